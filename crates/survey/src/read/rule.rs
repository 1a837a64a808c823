//! `check EXPR else WORDS` and `warn EXPR else WORDS`: the condition, and what people are told.

use notation::{Finding, Line};

use super::{Written, notes::Notes};
use crate::Words;

/// A rule as read, before its condition is.
#[derive(Clone)]
pub(crate) struct Ruled<'t> {
    /// Its condition.
    pub(crate) holds: Written<'t>,
    /// What people are told where it does not hold.
    pub(crate) words: Words,
}

/// Part the condition of a rule from its words.
pub(super) fn read_rule<'t>(id: &str, line: &Line<'t>, notes: &mut Notes) -> Option<Ruled<'t>> {
    let path = format!("{id}:{}", line.word);
    let written = line.rest.written();
    let Some(start) = else_of(&written) else {
        notes.stands(&path, line.place.clone());
        let place = line.rest.place();
        let at = notation::Place { start: place.end, ..place };
        let finding = Finding::error("S033", at, "`else` and what people are told is missing at the end");
        notes.say(finding.remedy(format!("write `{} EXPR else WORDS`", line.word)));
        return None;
    };
    let (holds, rest) = (line.rest.part(0..start), line.rest.part(start..written.len()));
    let (_, words) = rest.first();
    if words.is_empty() {
        let says = format!("this `{}` has no words", line.word);
        let finding = Finding::error("S004", rest.place(), says);
        notes.say(finding.remedy("write after `else` what people are told"));
    }
    Some(Ruled { holds, words: notes.words(path, &words) })
}

/// Where the word `else` begins.
fn else_of(written: &str) -> Option<usize> {
    let begins = |at: usize| at == 0 || written[..at].ends_with(' ');
    let ends = |at: usize| written[at + 4..].is_empty() || written[at + 4..].starts_with(' ');
    written.match_indices("else").map(|(at, _)| at).find(|at| begins(*at) && ends(*at))
}
