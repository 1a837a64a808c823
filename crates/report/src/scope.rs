//! What the names of a report mean: questions, choices, groups and nets.

use std::{collections::BTreeMap, ops::Range};

use notation::{Finding, Place, near};
use survey::{ChoiceId, Kind, Question, QuestionId, Survey};

use crate::definition::{Counted, End, Share};

/// A word of a line or insert, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    pub(crate) range: Range<usize>,
}

/// Words parted at blanks; brackets and commas are words of their own.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    for (byte, each) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        let alone = matches!(each, '(' | ')' | ',');
        if each.is_whitespace() || alone {
            if let Some(start) = begun.take() {
                found.push(Token { text: &text[start..byte], range: start..byte });
            }
            if alone {
                found.push(Token { text: &text[byte..=byte], range: byte..byte + 1 });
            }
        } else {
            begun.get_or_insert(byte);
        }
    }
    found
}

/// One end of a scale under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NetOf {
    pub(crate) question: QuestionId,
    pub(crate) end: End,
}

/// The names known so far.
pub(crate) struct Scope<'s> {
    pub(crate) survey: &'s Survey,
    /// Groups by name; the question stands for itself.
    pub(crate) groups: BTreeMap<String, QuestionId>,
    pub(crate) nets: BTreeMap<String, NetOf>,
}

type At<'a> = &'a dyn Fn(Range<usize>) -> Place;

impl<'s> Scope<'s> {
    /// The question a token names.
    pub(crate) fn question(
        &self,
        token: &Token<'_>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<&'s Question> {
        let found = self.survey.question(token.text);
        if found.is_none() {
            findings.push(self.no_question(token.text, at(token.range.clone())));
        }
        found
    }

    /// The question whose choices are the groups a token names.
    pub(crate) fn groups(
        &self,
        token: &Token<'_>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<QuestionId> {
        if let Some(question) = self.groups.get(token.text) {
            return Some(question.clone());
        }
        let question = self.question(token, at, findings)?;
        if !matches!(question.kind, Kind::One { .. } | Kind::Calc { .. } | Kind::Language { .. }) {
            let says = format!("`{}` does not part people into groups", token.text);
            let finding = Finding::error("R013", at(token.range.clone()), says);
            findings.push(finding.remedy("compare by a question of one choice each"));
            return None;
        }
        Some(question.id.clone())
    }

    /// A group, as `arrive_period.after_2021`.
    pub(crate) fn group(
        &self,
        token: &Token<'_>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<(QuestionId, ChoiceId)> {
        let (name, code) = self.split(token, at, findings)?;
        let question = self.groups(&name, at, findings)?;
        let choice = self.choice(&question, &code, at, findings)?;
        Some((question, choice))
    }

    /// `(a, b)`: two groups of a question; what follows them is returned too.
    pub(crate) fn pair<'t>(
        &self,
        words: &'t [Token<'t>],
        by: &QuestionId,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> (Option<(ChoiceId, ChoiceId)>, &'t [Token<'t>]) {
        let texts: Vec<&str> = words.iter().take(5).map(|token| token.text).collect();
        if let ["(", _, ",", _, ")"] = texts[..] {
            let first = self.choice(by, &words[1], at, findings);
            let second = self.choice(by, &words[3], at, findings);
            return (first.zip(second), &words[5..]);
        }
        let place = words.first().map_or(0..0, |token| token.range.clone());
        let finding = Finding::error("R011", at(place), "two groups are wanted here");
        findings.push(finding.remedy("write them as `(one, other)`"));
        (None, &[])
    }

    /// A share, as `needs.housing`, `community.welcome.4`, `agree.welcome` or `agree`.
    pub(crate) fn share(&self, token: &Token<'_>, at: At<'_>, findings: &mut Vec<Finding>) -> Option<Share> {
        let name = token.text.split('.').next().unwrap_or_default();
        if let Some(net) = self.nets.get(name) {
            return self.net_share(name, net, token, at, findings);
        }
        let (name, code) = self.split(token, at, findings)?;
        let question = self.question(&name, at, findings)?;
        if question.rows().is_empty() {
            let choice = self.choice(&question.id, &code, at, findings)?;
            return Some(Share { question: question.id.clone(), row: None, of: Counted::Choice(choice) });
        }
        let (row, code) = self.split(&code, at, findings)?;
        let row_id = self.row(question, &row, at, findings)?;
        let choice = self.choice(&question.id, &code, at, findings)?;
        Some(Share { question: question.id.clone(), row: Some(row_id), of: Counted::Choice(choice) })
    }

    fn net_share(
        &self,
        name: &str,
        net: &NetOf,
        token: &Token<'_>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<Share> {
        let question = self.survey.question(net.question.as_str())?;
        let of = Counted::Net { name: name.to_owned(), end: net.end };
        let row = if question.rows().is_empty() {
            None
        } else {
            let (_, row) = self.split(token, at, findings)?;
            Some(self.row(question, &row, at, findings)?)
        };
        Some(Share { question: net.question.clone(), row, of })
    }

    fn row(
        &self,
        question: &Question,
        token: &Token<'_>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<survey::RowId> {
        let rows = question.rows();
        let found = rows.iter().find(|row| row.id.as_str() == token.text).map(|row| row.id.clone());
        if found.is_none() {
            let says = format!("`{}` is not a row of `{}`", token.text, question.id);
            let known = rows.iter().map(|row| row.id.as_str());
            let finding = Finding::error("R012", at(token.range.clone()), says);
            findings.push(finding.perhaps(near(token.text, known)));
        }
        found
    }

    /// The choice a token names.
    pub(crate) fn choice(
        &self,
        question: &QuestionId,
        token: &Token<'_>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<ChoiceId> {
        let choices = self.survey.question(question.as_str()).map_or(&[][..], Question::choices);
        let found =
            choices.iter().find(|choice| choice.id.as_str() == token.text).map(|choice| choice.id.clone());
        if found.is_none() {
            let says = format!("`{}` is not a choice of `{question}`", token.text);
            let known = choices.iter().map(|choice| choice.id.as_str());
            let finding = Finding::error("R012", at(token.range.clone()), says);
            findings.push(finding.perhaps(near(token.text, known)));
        }
        found
    }

    fn split<'t>(
        &self,
        token: &Token<'t>,
        at: At<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<(Token<'t>, Token<'t>)> {
        if let Some(dot) = token.text.find('.') {
            let start = token.range.start;
            let before = Token { text: &token.text[..dot], range: start..start + dot };
            let after = Token { text: &token.text[dot + 1..], range: start + dot + 1..token.range.end };
            return Some((before, after));
        }
        if self.survey.question(token.text).is_none() && !self.groups.contains_key(token.text) {
            findings.push(self.no_question(token.text, at(token.range.clone())));
            return None;
        }
        let says = format!("`{}` names no choice", token.text);
        let finding = Finding::error("R012", at(token.range.clone()), says);
        findings.push(finding.remedy(format!("write `{}.CHOICE`", token.text)));
        None
    }

    fn no_question(&self, name: &str, place: Place) -> Finding {
        let known = self.survey.questions().map(|(_, question)| question.id.as_str());
        let names = self.groups.keys().chain(self.nets.keys()).map(String::as_str);
        let says = format!("`{name}` is not a question of `{}`", self.survey.name);
        Finding::error("R010", place, says).perhaps(near(name, known.chain(names)))
    }
}
