//! What can be written, and what is said back once the disk has it.

use std::collections::BTreeMap;

use survey::{Answer, ChoiceId, Date, Fingerprint, FormId, Language, QuestionId};

use crate::{Band, ChannelKind, Evidence, Mode, ResponseId, Rows, Signal, Verdict};

/// One thing to write: all of it or nothing.
#[derive(Clone, Debug)]
pub enum Job {
    /// A definition goes to the field; publishing it again changes nothing.
    Publish {
        /// The survey's name.
        survey: String,
        /// Its wave and edition, as people read it.
        label: String,
        /// The fingerprint of `compiled`.
        fingerprint: Fingerprint,
        /// The definition with the words of every language, as canonical JSON.
        compiled: String,
        /// The day it was published.
        today: Date,
    },
    /// Someone agreed to take part; the same nonce again gives the same response, and may change its form as long as
    /// no page was sent.
    Begin {
        /// The survey's name.
        survey: String,
        /// The definition she saw.
        version: Fingerprint,
        /// The form of it she answers.
        form: FormId,
        /// Drawn when the first page was shown.
        nonce: [u8; 16],
        /// The language she reads.
        language: Language,
        /// How she answers.
        mode: Mode,
        /// The code of the channel she came by; one that is unknown or revoked is forgotten.
        channel: Option<String>,
        /// The consent, and what else the first page asked.
        answers: Vec<Recorded>,
        /// The day.
        today: Date,
    },
    /// Someone declined: only a total is kept, and the same nonce counts once.
    Decline {
        /// The survey's name.
        survey: String,
        /// The language she reads.
        language: Language,
        /// How she would have answered.
        mode: Mode,
        /// The code of the channel she came by.
        channel: Option<String>,
        /// Drawn when the first page was shown.
        nonce: [u8; 16],
        /// The day.
        today: Date,
    },
    /// A page was sent.
    Page {
        /// Whose.
        response: ResponseId,
        /// The page's name.
        page: String,
        /// Drawn when the page was shown.
        nonce: [u8; 16],
        /// A digest of all that was sent.
        body: [u8; 32],
        /// The revision the page was shown from; 0 if there was none.
        seen: u32,
        /// The answers that were accepted.
        given: Vec<Recorded>,
        /// The raw pairs of fields refused or not yet looked at, as JSON.
        draft: Option<String>,
        /// The language the page was answered in.
        language: Language,
        /// About how long it was looked at, where somebody knows.
        seconds: Option<Band>,
        /// What was noticed about this page.
        signals: Vec<Signal>,
        /// The day.
        today: Date,
    },
    /// The response was submitted: it counts, or waits for a person's eyes.
    Finish {
        /// Which.
        response: ResponseId,
        /// Every answer as it counts, missing ones and calcs included: they replace all that was recorded before.
        settled: Vec<Recorded>,
        /// What was noticed on the way.
        evidence: Evidence,
        /// The day.
        today: Date,
    },
    /// An answer showed that she cannot take part: everything is erased, and only a total remains.
    ScreenOut {
        /// Which.
        response: ResponseId,
        /// The day.
        today: Date,
    },
    /// A channel is made, or opened again.
    OpenChannel {
        /// The survey's name.
        survey: String,
        /// Its code.
        code: String,
        /// What the study calls it.
        words: String,
        /// What kind it is.
        kind: ChannelKind,
    },
    /// A channel counts no more; its link still opens the survey.
    RevokeChannel {
        /// The survey's name.
        survey: String,
        /// Its code.
        code: String,
    },
    /// Everything that came by a channel and counts waits for a person's eyes.
    RecallChannel {
        /// The survey's name.
        survey: String,
        /// The code.
        code: String,
        /// The day.
        today: Date,
    },
    /// A person decided about a response.
    Decide {
        /// Which.
        response: ResponseId,
        /// What, and why.
        verdict: Verdict,
    },
    /// So many first pages were shown to who came by a channel.
    Opened {
        /// The survey's name.
        survey: String,
        /// The code in their links.
        channel: String,
        /// How many.
        n: u32,
    },
    /// A day has passed: what was begun and left is erased, what was never finished is kept as it is, and what was kept
    /// for retries only is let go.
    Expire {
        /// The survey's name.
        survey: String,
        /// The day.
        today: Date,
    },
    /// The field is closed: rows are put into the order of their keys, and nothing tells in which order they came.
    Rewrite,
    /// The last day to take answers back is over: nothing leads from a number to a response any more.
    Anonymize,
    /// A commit that says nothing, to know that the disk takes commits.
    Canary,
    /// Rows of a backup come back, into an empty store.
    Load {
        /// As they stood.
        rows: Rows,
    },
    /// The response was taken back.
    Withdraw {
        /// Which.
        response: ResponseId,
        /// The day.
        today: Date,
    },
}

/// The answer to one question, with the words of its `[specify]` boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Which question.
    pub question: QuestionId,
    /// What was said.
    pub answer: Answer,
    /// The words in the boxes of chosen `[specify]` choices.
    pub specified: BTreeMap<ChoiceId, String>,
}

/// What the disk now holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// The definition is there.
    Published(Fingerprint),
    /// The response is there, made now or by the same nonce before.
    Begun(ResponseId),
    /// The total counts this refusal, once.
    Declined,
    /// The page is there.
    Saved {
        /// Its revision.
        revision: u32,
        /// Whether this very submission had been recorded before.
        repeated: bool,
    },
    /// Another tab or device wrote meanwhile: nothing was written.
    Stale {
        /// The revision that stands.
        revision: u32,
    },
    /// The response is submitted.
    Finished {
        /// Whether it was already.
        repeated: bool,
    },
    /// Nothing of the response is there any more.
    ScreenedOut {
        /// Whether nothing was already.
        repeated: bool,
    },
    /// The channel is as wished.
    ChannelChanged {
        /// Whether there is such a channel.
        found: bool,
    },
    /// So many responses wait for a person's eyes.
    Recalled {
        /// How many.
        responses: u64,
    },
    /// The decision is there.
    Decided,
    /// What has run out is ended.
    Expired {
        /// Responses that were begun and left, erased.
        abandoned: usize,
        /// Responses that were never finished.
        unfinished: usize,
    },
    /// Every table is in the order of its keys.
    Rewritten,
    /// No number leads to a response.
    Anonymized {
        /// How many responses there are.
        responses: usize,
    },
    /// The disk took a commit.
    Alive,
    /// The total is there.
    Counted,
    /// The rows are there.
    Loaded,
    /// The answers are erased.
    Withdrawn {
        /// Whether they were already.
        repeated: bool,
    },
}
