//! Conditions as authors write them: tokens, then a tree, then a condition whose types agree.
//!
//! S030 unknown question, S031 unknown choice, S032 bracket open, S033 word not expected, S034 unknown function,
//! S035 types differ, S036 quotes, S037 looks forward, S038 `and` beside `or`, S039 impossible comparison.

mod compare;
mod meaning;
mod member;
mod token;
mod tree;

use std::collections::BTreeSet;

use crate::{
    Condition, Rule, Value,
    read::{Asked, Draft, Notes, Ruled, Written},
};

/// The questions a condition may look at.
pub(crate) struct Scope<'s, 't> {
    /// Every question in order.
    asked: &'s [Asked<'t>],
    /// How many of them are asked before the condition is needed.
    before: usize,
    /// Names that could not be read and agree with everything.
    unknown: &'s BTreeSet<String>,
}

/// Read one condition; nothing is left of one with a finding.
fn read(written: &Written<'_>, scope: &Scope<'_, '_>, notes: &mut Notes) -> Option<Condition> {
    let before = notes.findings.len();
    let tree = shape(written, notes)?;
    let condition = meaning::condition(&tree, &meaning::Reader { scope, file: &written.file }, notes);
    condition.filter(|_| notes.findings.len() == before)
}

fn shape<'t>(written: &Written<'t>, notes: &mut Notes) -> Option<tree::Tree<'t>> {
    let tokens = token::tokens(written).map_err(|finding| notes.say(*finding)).ok()?;
    tree::read(&tokens, written, notes).map_err(|finding| notes.say(*finding)).ok()
}

/// Read the number of a `calc`.
fn number(written: &Written<'_>, before: usize, draft: &mut Draft<'_>) -> Option<Value> {
    draft.mentioned.extend(mentions(written));
    let notes = &mut draft.notes;
    let said = notes.findings.len();
    let tree = shape(written, notes)?;
    let scope = Scope { asked: &draft.questions, before, unknown: &draft.unknown };
    let value = meaning::number(&tree, &meaning::Reader { scope: &scope, file: &written.file }, notes);
    value.filter(|_| notes.findings.len() == said)
}

/// The names a condition mentions, even one that cannot be read.
fn mentions(written: &Written<'_>) -> impl Iterator<Item = String> {
    let text = written.written();
    let is_name = |each: char| each.is_ascii_alphanumeric() || each == '_';
    let names: Vec<_> = text.split(|each| !is_name(each)).map(str::to_owned).collect();
    names.into_iter().filter(|name| !name.is_empty())
}

/// Read the conditions of every page, question, choice and row against what is asked before each.
pub(crate) fn read_conditions(draft: &mut Draft<'_>) {
    for index in 0..draft.pages.len() {
        let Some(when) = draft.pages[index].when.clone() else { continue };
        let before = draft.questions.iter().take_while(|asked| asked.page < index).count();
        draft.pages[index].page.when = one(&when, before, draft);
    }
    for index in 0..draft.questions.len() {
        let when = draft.questions[index].lines.get("when").map(|line| line.rest.clone());
        let condition = when.and_then(|when| one(&when, index, draft));
        draft.questions[index].question.when = condition;
        if let Some(line) = draft.questions[index].lines.get("=") {
            let written = line.rest.clone();
            if let (Some(value), crate::Kind::Computed { .. }) =
                (number(&written, index, draft), &draft.questions[index].question.kind)
            {
                draft.questions[index].question.kind = crate::Kind::Computed { value };
            }
        }
        for line in ["check", "warn"].iter().filter_map(|word| draft.questions[index].lines.get(word)) {
            // Also of a rule that could not be read; to be looked at by its own rules is not a use.
            let own = draft.questions[index].question.id.as_str();
            draft.mentioned.extend(mentions(&line.rest).filter(|name| name != own));
        }
        let rules =
            draft.questions[index].rules.clone().map(|rule| rule.and_then(|rule| check(rule, index, draft)));
        let question = &mut draft.questions[index].question;
        [question.check, question.warn] = rules;
        let choices = each_when(&draft.questions[index].choices);
        let choices: Vec<_> =
            choices.into_iter().map(|when| when.and_then(|when| one(&when, index, draft))).collect();
        let rows = each_when(&draft.questions[index].rows);
        let rows: Vec<_> =
            rows.into_iter().map(|when| when.and_then(|when| one(&when, index, draft))).collect();
        place(&mut draft.questions[index].question.kind, choices, rows);
    }
}

/// A rule of a question, which may name the question itself.
fn check(rule: Ruled<'_>, index: usize, draft: &mut Draft<'_>) -> Option<Rule> {
    let scope = Scope { asked: &draft.questions, before: index + 1, unknown: &draft.unknown };
    let holds = read(&rule.holds, &scope, &mut draft.notes);
    holds.map(|holds| Rule { holds, words: rule.words })
}

fn each_when<'t>(drafted: &[crate::read::Drafted<'t>]) -> Vec<Option<Written<'t>>> {
    drafted.iter().map(|each| each.when.clone()).collect()
}

fn one(when: &Written<'_>, before: usize, draft: &mut Draft<'_>) -> Option<Condition> {
    draft.mentioned.extend(mentions(when));
    let scope = Scope { asked: &draft.questions, before, unknown: &draft.unknown };
    read(when, &scope, &mut draft.notes)
}

/// Give the choices and rows of a question their conditions.
fn place(kind: &mut crate::Kind, choices: Vec<Option<Condition>>, rows: Vec<Option<Condition>>) {
    use crate::Kind::{Calc, Consent, Grid, Many, One, Rank};
    if let Grid { rows: grid, .. } = kind {
        grid.iter_mut().zip(rows).for_each(|(row, when)| row.when = when);
    }
    if let Consent { choices: all }
    | One { choices: all, .. }
    | Many { choices: all, .. }
    | Rank { choices: all, .. }
    | Grid { choices: all, .. }
    | Calc { choices: all } = kind
    {
        all.iter_mut().zip(choices).for_each(|(choice, when)| choice.when = when);
    }
}
