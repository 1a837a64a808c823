//! `has`, `is`, and the rows of grids.

use notation::{Finding, Piece, near};

use super::{
    compare::{code, codes, comparison},
    meaning::{Operand, Reader, operand},
    tree::Tree,
};
use crate::{Condition, Kind, Missing, read::Notes};

/// `needs has work`, `needs has any (…)`, `needs has all (…)`.
pub(super) fn has(
    of: &Tree<'_>,
    word: Piece<'_>,
    all: bool,
    pieces: &[Piece<'_>],
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<Condition> {
    let asked = match operand(of, reader, notes) {
        Operand::Set(asked) => asked,
        Operand::Unknown => return None,
        other => {
            let says = format!("`has` looks into the chosen codes of a `many`, not at {}", other.describe());
            let remedy = match &other {
                Operand::Code(of, _) => format!("write `{} = {}`", of.question(), pieces[0].text),
                _ => "compare it by `=`, `<` or `in`, or ask whether it is `answered(…)`".to_owned(),
            };
            notes.say(Finding::error("S035", reader.at(word), says).remedy(remedy));
            return None;
        }
    };
    let read: Vec<_> = pieces.iter().map(|piece| code(*piece, asked, reader, notes)).collect();
    let codes = read.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Condition::Has { question: asked.question.id.clone(), all, codes })
}

/// `q is prefer_not`.
pub(super) fn is(
    of: &Tree<'_>,
    missing: Piece<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<Condition> {
    let asked = match of {
        Tree::Name(name) => reader.question(*name, notes),
        _ => {
            let finding = Finding::error("S035", reader.place(of), "only a question is missing");
            notes.say(finding.remedy("write the name of a question before `is`"));
            None
        }
    };
    let why = Missing::of_code(missing.text);
    if why.is_none() {
        let says = format!("`{}` is not a missing answer", missing.text);
        let known = Missing::ALL.map(Missing::code);
        let finding = Finding::error("S007", reader.at(missing), says);
        let choice = asked.is_some_and(|asked| asked.question.choice(missing.text).is_some());
        notes.say(match near(missing.text, known) {
            _ if choice => finding.remedy(format!("write `= {}`", missing.text)),
            Some(near) => finding.perhaps(Some(near)),
            None => finding.remedy(format!("these are `{}`", known.join("`, `"))),
        });
    }
    Some(Condition::Is(asked?.question.id.clone(), why?))
}

/// `any row of GRID = CODE`.
pub(super) fn rows(
    every: bool,
    [grid, sign, wanted]: [Piece<'_>; 3],
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<Condition> {
    let asked = reader.question(grid, notes)?;
    if !matches!(asked.question.kind, Kind::Grid { .. }) {
        let says = format!("`{}` is not a grid", grid.text);
        let finding = Finding::error("S035", reader.at(grid), says).remedy("only a grid has rows");
        notes.say(finding.also(asked.at.clone(), "asked here"));
        return None;
    }
    let code = code(wanted, asked, reader, notes)?;
    let how = comparison(sign.text);
    Some(Condition::AnyRow { grid: asked.question.id.clone(), every, how, code, order: codes(asked) })
}
