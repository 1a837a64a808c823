//! Inserts: `{pct needs.housing}` stands in prose for a published number. Typed and checked, without logic.

use std::ops::Range;

use estimates::Query;
use notation::{Finding, Place};
use survey::{ChoiceId, QuestionId};

use crate::{
    definition::{Counted, Measure, Share},
    scope::{Scope, Token, tokens},
};

/// A number or name to be put into prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Insert {
    /// What it says.
    pub verb: Verb,
    /// The noun after `of`: for one and for many, where both are given.
    pub noun: Option<(Option<String>, String)>,
    /// Words printed where the number is withheld.
    pub otherwise: Option<String>,
    /// As written, without braces, noun and words: the same in every language.
    pub written: String,
    /// Where it stands.
    pub at: Place,
}

/// What an insert says.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    /// `{pct M}`: 61%.
    Percent(Measure),
    /// `{ci M}`: the range, by the name the design allows.
    Range(Measure),
    /// `{n QUESTION}`: n = 330.
    Respondents(QuestionId),
    /// `{about M of newcomers}`: about six in ten newcomers.
    About(Measure),
    /// `{compare M by GROUP}` or `{compare M by GROUP (a, b)}`: what may be said of the groups.
    Compare {
        /// The share compared.
        share: Share,
        /// The question of the groups.
        by: QuestionId,
        /// The two groups; else the pair with the largest clear difference.
        pair: Option<(ChoiceId, ChoiceId)>,
    },
    /// `{rank QUESTION 1 to 3}`: the choices named most often.
    Rank {
        /// The question.
        question: QuestionId,
        /// The first place told.
        from: usize,
        /// The last place told.
        to: usize,
    },
    /// `{label M}`: the words of a choice.
    Label(Share),
    /// `{figure NAME}`: Figure 2.
    Figure(String),
    /// `{people}`: whom the report is about.
    People,
}

/// The verbs there are.
pub(crate) const VERBS: [&str; 9] =
    ["pct", "ci", "n", "about", "compare", "rank", "label", "figure", "people"];

impl Insert {
    /// The tables it needs.
    pub fn query(&self) -> Option<Query> {
        let shares = |question: &QuestionId, by: Option<&QuestionId>| {
            Some(Query::Shares { question: question.clone(), by: by.cloned() })
        };
        match &self.verb {
            Verb::Percent(measure) | Verb::Range(measure) | Verb::About(measure) => Some(measure.query()),
            Verb::Respondents(question) | Verb::Rank { question, .. } => shares(question, None),
            Verb::Compare { share, by, .. } => shares(&share.question, Some(by)),
            Verb::Label(_) | Verb::Figure(_) | Verb::People => None,
        }
    }
}

/// Read what stands between two braces; `at` turns a range of `body` into a place.
pub(crate) fn read(
    body: &str,
    at: &dyn Fn(Range<usize>) -> Place,
    scope: &Scope<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Insert> {
    let (told, otherwise) = match body.split_once('|') {
        Some((told, words)) => (told, Some(words.trim().to_owned())),
        None => (body, None),
    };
    let (told, noun) = match told.split_once(" of ") {
        Some((told, noun)) => (told, Some(nouns(noun.trim()))),
        None => (told, None),
    };
    let words = tokens(told);
    let mut reader = Reader { rest: &words, scope, at, findings, all: 0..body.len() };
    let verb = reader.verb()?;
    if let Some(extra) = reader.rest.first() {
        let place = at(extra.range.clone());
        reader.findings.push(Finding::error("R011", place, format!("`{}` is too much here", extra.text)));
        return None;
    }
    if noun.is_none() && matches!(verb, Verb::About(_)) {
        let finding = Finding::error("R011", at(0..body.len()), "`about` wants a noun");
        findings.push(finding.remedy("write `{about QUESTION.CHOICE of newcomers}`"));
        return None;
    }
    let written = words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    Some(Insert { verb, noun, otherwise, written, at: at(0..body.len()) })
}

/// `one person / people` gives both forms; a single form is for many.
fn nouns(noun: &str) -> (Option<String>, String) {
    match noun.split_once(" / ") {
        Some((one, many)) => (Some(one.trim().to_owned()), many.trim().to_owned()),
        None => (None, noun.to_owned()),
    }
}

struct Reader<'r, 's> {
    rest: &'r [Token<'r>],
    scope: &'r Scope<'s>,
    at: &'r dyn Fn(Range<usize>) -> Place,
    findings: &'r mut Vec<Finding>,
    all: Range<usize>,
}

impl<'r> Reader<'r, '_> {
    fn next(&mut self, wanted: &str) -> Option<Token<'r>> {
        let Some((first, rest)) = self.rest.split_first() else {
            let place = (self.at)(self.all.clone());
            self.findings.push(Finding::error("R011", place, format!("{wanted} is missing here")));
            return None;
        };
        self.rest = rest;
        Some(first.clone())
    }

    fn skip(&mut self, word: &str) -> bool {
        let found = self.rest.first().is_some_and(|token| token.text == word);
        self.rest = if found { &self.rest[1..] } else { self.rest };
        found
    }

    fn verb(&mut self) -> Option<Verb> {
        let verb = self.next("what to say")?;
        match verb.text {
            "pct" => Some(Verb::Percent(self.measure()?)),
            "ci" => Some(Verb::Range(self.measure()?)),
            "about" => Some(Verb::About(self.measure()?)),
            "n" => Some(Verb::Respondents(self.question()?)),
            "label" => Some(Verb::Label(self.share()?)),
            "people" => Some(Verb::People),
            "figure" => Some(Verb::Figure(self.next("the name of a figure")?.text.to_owned())),
            "compare" => self.compare(),
            "rank" => self.rank(),
            other => {
                let near = notation::near(other, VERBS);
                let finding =
                    Finding::error("R011", (self.at)(verb.range), format!("`{other}` is not an insert"));
                let remedy = format!("the inserts are {}", VERBS.join(", "));
                self.findings.push(if near.is_some() {
                    finding.perhaps(near)
                } else {
                    finding.remedy(remedy)
                });
                None
            }
        }
    }

    fn measure(&mut self) -> Option<Measure> {
        let token = self.next("a QUESTION.CHOICE")?;
        let share = self.scope.share(&token, self.at, self.findings)?;
        let group = if self.skip("for") {
            let token = self.next("a GROUP.CHOICE")?;
            self.no_net(&share, &token)?;
            Some(self.scope.group(&token, self.at, self.findings)?)
        } else {
            None
        };
        Some(Measure { share, group })
    }

    /// Nets are only counted for everybody.
    fn no_net(&mut self, share: &Share, token: &Token<'_>) -> Option<()> {
        if matches!(share.of, Counted::Choice(_)) {
            return Some(());
        }
        let says = "a net is counted for everybody, not for groups";
        let finding = Finding::error("R013", (self.at)(token.range.clone()), says);
        self.findings.push(finding.remedy("name a choice of the question"));
        None
    }

    fn share(&mut self) -> Option<Share> {
        let token = self.next("a QUESTION.CHOICE")?;
        self.scope.share(&token, self.at, self.findings)
    }

    fn question(&mut self) -> Option<QuestionId> {
        let token = self.next("a question")?;
        self.scope.question(&token, self.at, self.findings).map(|question| question.id.clone())
    }

    fn compare(&mut self) -> Option<Verb> {
        let share = self.share()?;
        if !self.skip("by") {
            let place = (self.at)(self.all.clone());
            self.findings.push(
                Finding::error("R011", place, "`compare` wants `by`").remedy("write `{compare M by GROUP}`"),
            );
            return None;
        }
        let token = self.next("a group")?;
        self.no_net(&share, &token)?;
        let by = self.scope.groups(&token, self.at, self.findings)?;
        let pair = match self.rest.first() {
            Some(_) => Some(self.pair(&by)?),
            None => None,
        };
        Some(Verb::Compare { share, by, pair })
    }

    fn pair(&mut self, by: &QuestionId) -> Option<(ChoiceId, ChoiceId)> {
        let (pair, rest) = self.scope.pair(self.rest, by, self.at, self.findings);
        self.rest = rest;
        pair
    }

    fn rank(&mut self) -> Option<Verb> {
        let question = self.question()?;
        let from = self.place()?;
        let to = if self.skip("to") { self.place()? } else { from };
        Some(Verb::Rank { question, from, to: to.max(from) })
    }

    fn place(&mut self) -> Option<usize> {
        let token = self.next("a place, from 1")?;
        let place = token.text.parse().ok().filter(|place| (1..=20).contains(place));
        if place.is_none() {
            let says = format!("`{}` is not a place from 1 to 20", token.text);
            self.findings.push(Finding::error("R011", (self.at)(token.range), says));
        }
        place
    }
}
