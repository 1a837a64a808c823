//! Signs that a response may not come from a person who took part once: scored and explained, never acted on alone.

use std::{collections::BTreeMap, fmt};

use survey::Date;

use crate::{ResponseId, State};

/// What is noticed. Never that an address or a device is shared, that somebody reads slowly, the language, or that a
/// phone runs no script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A field was filled that people do not see.
    Trap,
    /// It went faster than a third of the median per word, of thirty and more in the same language and form.
    Fast,
    /// A text of forty and more characters came before, word for word.
    SameWords,
    /// A whole set of telling answers came before.
    SameAnswers,
    /// Answers that the survey's own rules doubt together.
    Impossible,
    /// The same place on scales that point in opposite directions.
    StraightLine,
    /// Many more came through this channel in ten minutes than before.
    Burst,
    /// A person revoked the channel it came by, and asked for another look.
    RevokedChannel,
}

/// One rule that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Which.
    pub rule: Rule,
    /// What was seen, in words for a reviewer; never an answer.
    pub reason: String,
}

/// From so many points on a person looks first. No single rule weighs as much, but for a person's own.
pub const QUEUED_FROM: u32 = 3;

/// How much each rule weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights(BTreeMap<Rule, u32>);

/// What a server noticed about a response while it was given, and what the store compares with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What was noticed already.
    pub signals: Vec<Signal>,
    /// Keyed hashes that say, if they came before, that something is the same.
    pub marks: Vec<(Rule, [u8; 32])>,
    /// How many words stood on the pages that were shown; 0 where nobody counts.
    pub words: u32,
    /// How much each rule weighs.
    pub weights: Weights,
}

/// A response that waits for a person's eyes, or that a person has decided about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Which.
    pub id: ResponseId,
    /// Where it stands.
    pub state: State,
    /// The language last used.
    pub language: survey::Language,
    /// The form that was answered.
    pub form: survey::FormId,
    /// What the study calls the channel it came by.
    pub channel: Option<String>,
    /// What was noticed, with its weight.
    pub signals: Vec<(Signal, u32)>,
    /// What was decided, the last one counting.
    pub verdicts: Vec<Verdict>,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What.
    pub outcome: Outcome,
    /// The rule of the study it follows.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub reviewer: String,
    /// On which day.
    pub on_day: Date,
}

/// What can be decided about a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It counts.
    Keep,
    /// It does not count; its answers stay.
    Exclude,
    /// It waits for another look.
    Recall,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 8] = [
        Rule::Trap,
        Rule::Fast,
        Rule::SameWords,
        Rule::SameAnswers,
        Rule::Impossible,
        Rule::StraightLine,
        Rule::Burst,
        Rule::RevokedChannel,
    ];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Rule::Trap => "trap",
            Rule::Fast => "fast",
            Rule::SameWords => "same_words",
            Rule::SameAnswers => "same_answers",
            Rule::Impossible => "impossible",
            Rule::StraightLine => "straight_line",
            Rule::Burst => "burst",
            Rule::RevokedChannel => "revoked_channel",
        }
    }

    /// The rule of a code.
    pub fn of_code(code: &str) -> Option<Rule> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// What it weighs unless a study weighs it otherwise.
    fn usual_weight(self) -> u32 {
        match self {
            Rule::Trap | Rule::Fast | Rule::StraightLine | Rule::Burst => 1,
            Rule::SameWords | Rule::SameAnswers | Rule::Impossible => 2,
            Rule::RevokedChannel => QUEUED_FROM,
        }
    }
}

impl Weights {
    /// The usual weights with some of them changed; none may queue a response alone.
    pub fn changed(changes: &[(Rule, u32)]) -> Weights {
        let mut weights = Weights::default();
        for (rule, weight) in changes.iter().filter(|(rule, _)| *rule != Rule::RevokedChannel) {
            weights.0.insert(*rule, (*weight).min(QUEUED_FROM - 1));
        }
        weights
    }

    /// What a rule weighs.
    pub fn of(&self, rule: Rule) -> u32 {
        self.0.get(&rule).copied().unwrap_or_else(|| rule.usual_weight())
    }
}

impl Default for Weights {
    fn default() -> Weights {
        Weights(Rule::ALL.into_iter().map(|rule| (rule, rule.usual_weight())).collect())
    }
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 3] = [Outcome::Keep, Outcome::Exclude, Outcome::Recall];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Keep => "keep",
            Outcome::Exclude => "exclude",
            Outcome::Recall => "recall",
        }
    }

    /// The outcome of a code.
    pub fn of_code(code: &str) -> Option<Outcome> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

/// How long a page was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band(u8);

/// Where each band ends, in seconds; the last has no end.
const ENDS: [u32; 4] = [5, 15, 60, 300];

/// About how long a page of each band was looked at, in hundredths of a second.
const MIDDLES: [u32; 5] = [300, 1_000, 3_500, 15_000, 40_000];

impl Band {
    /// The band of so many seconds.
    pub fn of_seconds(seconds: u32) -> Band {
        let place = ENDS.iter().position(|end| seconds < *end).unwrap_or(ENDS.len());
        Band(place as u8)
    }

    /// As it is stored.
    pub(crate) fn number(self) -> u32 {
        self.0.into()
    }

    /// About so many hundredths of a second.
    pub(crate) fn hundredths(number: u32) -> u32 {
        MIDDLES.get(number as usize).copied().unwrap_or(MIDDLES[4])
    }
}

#[cfg(test)]
mod tests {
    use super::{Band, QUEUED_FROM, Rule, Weights};

    #[test]
    fn no_rule_queues_a_response_alone_but_a_persons_own() {
        let usual = Weights::default();
        let heavy = Weights::changed(&Rule::ALL.map(|rule| (rule, 9)));
        for rule in Rule::ALL {
            let alone = rule == Rule::RevokedChannel;
            assert_eq!(usual.of(rule) >= QUEUED_FROM, alone, "{rule}");
            assert_eq!(heavy.of(rule) >= QUEUED_FROM, alone, "{rule}");
            assert_eq!(Rule::of_code(rule.code()), Some(rule));
        }
        assert_eq!(Weights::changed(&[(Rule::Trap, 0)]).of(Rule::Trap), 0);
    }

    #[test]
    fn seconds_fall_into_bands() {
        let bands =
            [0, 4, 5, 14, 15, 59, 60, 299, 300, u32::MAX].map(|seconds| Band::of_seconds(seconds).number());
        assert_eq!(bands, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    }
}
