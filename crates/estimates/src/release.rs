//! All that may leave: tables, who answered, and the rules they were made by.

use std::collections::BTreeMap;

use survey::{Date, FormId, Language, QuestionId};

use crate::{Count, Number, ProfileTable, Query, Table};

/// What a report may print. Nothing in it is finer than what may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The tables of shares by what was asked.
    pub tables: BTreeMap<Query, Table>,
    /// Who answered, by question.
    pub profiles: BTreeMap<QuestionId, ProfileTable>,
    /// How the answers came to be.
    pub fieldwork: Fieldwork,
    /// By which rules numbers were rounded and withheld.
    pub policy: Policy,
}

/// How the answers came in and were weighted. Counts other than `respondents` are rounded, and small ones bounded, so
/// that none follows from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Fieldwork {
    /// Those whose answers are in the tables, exactly.
    pub respondents: u32,
    /// Responses begun.
    pub begun: Count,
    /// Responses submitted.
    pub finished: Count,
    /// Responses begun and not submitted: in no table.
    pub unfinished: Count,
    /// People who did not consent: only this total is kept.
    pub declined: Count,
    /// Responses taken back: erased.
    pub withdrawn: Count,
    /// People an answer showed the survey is not for: in no table.
    pub screened_out: Count,
    /// Responses held for review or excluded by a reviewer: in no table.
    pub held: Count,
    /// Respondents by the language they answered in, the survey's order; none where it may not be told.
    pub languages: Vec<(Language, Option<Count>)>,
    /// Respondents by the form they answered, the whole survey first; none where it may not be told. Empty where a
    /// survey has only its whole.
    pub forms: Vec<(FormId, Option<Count>)>,
    /// Whether the answers were made up by a rehearsal.
    pub synthetic: bool,
    /// Made-up responses left out because real ones exist.
    pub rehearsed_left_out: u32,
    /// Kish's design effect of the weights, one decimal or two.
    pub design_effect: Number,
    /// Kish's effective number of respondents.
    pub effective: u32,
    /// The smallest and the largest weight; the mean is 1.
    pub weights: (Number, Number),
    /// The margins the weights were fitted to; empty when they were not.
    pub margins: Vec<MarginUsed>,
    /// Rounds of raking until the margins were met.
    pub rounds: usize,
    /// By how much the margins are off after trimming, as the largest relative gap; none without trimming.
    pub off: Option<Number>,
    /// The name of the population and the day it was counted.
    pub population: Option<(String, Date)>,
}

/// A margin the weights were fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginUsed {
    /// The question.
    pub question: QuestionId,
    /// The table, as the survey names it.
    pub path: String,
    /// The comment lines at its head: source, day and universe.
    pub source: Vec<String>,
    /// People in the population by code; none where the source does not cover the code.
    pub rows: Vec<(String, Option<u64>)>,
    /// Of those who answered the question, the share in a choice that the margin does not count, who keep their own
    /// share; none where too few people to be told.
    pub uncovered: Option<Number>,
    /// Of all respondents, the share without an answer to the question, who keep their own share too; none where too
    /// few people to be told.
    pub missing: Option<Number>,
}

/// The rules of a release, printed in its methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// A share of fewer people than this is withheld.
    pub base: u32,
    /// A share resting on fewer people than this, or leaving out fewer, is withheld.
    pub cell: u32,
    /// How quality is graded.
    pub letters: Letters,
    /// People chose to answer: intervals are indicative ranges.
    pub nonprobability: bool,
    /// Counts are rounded to a multiple of this; 1 when they are exact.
    pub counts_to: u32,
    /// Decimals of a percentage.
    pub shares_places: u8,
    /// The confidence level in per cent.
    pub confidence: u8,
}

/// A way to grade quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letters {
    /// After Statistics Canada's release rule for household surveys: E for a coefficient of variation of the rarer
    /// side above 16.6 %, F above 33.3 %; F too for a range of 30 points or more or an effective n below 30.
    StatcanEf,
}
