//! Choices and rows: a code, its words, and the marks behind them.

use notation::{Finding, Line, Mark, Piece, Place, marks};

use super::{Written, name, notes::Notes};
use crate::{Choice, EndId, Row};

/// Every mark a choice or row may carry.
pub(crate) const MARKS: &[&str] = &["when", "specify", "only", "last", "short", "was", "end"];

/// A choice or row as read, before its condition is.
#[derive(Clone)]
pub(crate) struct Drafted<'t> {
    /// The choice; a row uses no more of it than a row has.
    pub(crate) choice: Choice,
    /// Where its code stands.
    pub(crate) at: Place,
    /// Its `[when]`.
    pub(crate) when: Option<Written<'t>>,
    /// Where the name of its `[end]` stands.
    pub(crate) end: Option<Place>,
    /// A mark of it could not be read, so that what seems to be missing may be there.
    pub(crate) marks_lost: bool,
}

/// What a line of choices belongs to.
pub(super) struct Around<'a> {
    /// What its path begins with: a question, or `list.NAME`.
    pub(super) path: &'a str,
    /// How the author would call it: `one`, `list`, `row`.
    pub(super) kind: &'a str,
    /// The marks that mean something here.
    pub(super) marks: &'a [&'a str],
    /// Whether whole numbers may be codes.
    pub(super) ordered: bool,
}

/// Read a `-` or `|` line; nothing is left of one without a code.
pub(super) fn read_choice<'t>(
    line: &Line<'t>,
    around: &Around<'_>,
    notes: &mut Notes,
) -> Option<Drafted<'t>> {
    let (words, marks, findings) = marks(&line.rest, MARKS);
    let marks_lost = !findings.is_empty();
    notes.findings.extend(findings);
    let (Some(code), words) = words.first() else {
        let says = "this line has neither code nor words";
        notes.say(
            Finding::error("S004", line.place.clone(), says).remedy("write a code and the words for it"),
        );
        return None;
    };
    let at = line.rest.place_of(code);
    notes.findings.extend(name::check_code(code.text, at.clone(), around.ordered));
    let path = format!("{}.{}", around.path, code.text);
    let text = notes.words(path.clone(), &words);
    if marks_lost {
        notes.stands(&format!("{path}:short"), line.place.clone());
    }
    if words.is_empty() {
        let says = format!("`{}` has no words", code.text);
        notes.say(Finding::error("S004", at.clone(), says).remedy("write what people read after the code"));
    }
    let choice = Choice::new(code.text.into(), text);
    let mut drafted = Drafted { choice, at, when: None, end: None, marks_lost };
    let mut seen: Vec<&str> = Vec::new();
    for mark in &marks {
        if seen.contains(&mark.name.text) {
            let says = format!("`[{}]` stands twice here", mark.name.text);
            notes.say(Finding::error("S005", mark.place.clone(), says).remedy("delete one of them"));
        }
        seen.push(mark.name.text);
        take_mark(mark, &path, around, &mut drafted, notes);
    }
    Some(drafted)
}

fn take_mark<'t>(
    mark: &Mark<'t>,
    path: &str,
    around: &Around<'_>,
    drafted: &mut Drafted<'t>,
    notes: &mut Notes,
) {
    let name = mark.name.text;
    if !around.marks.contains(&name) {
        let says = format!("`[{name}]` has no meaning in a `{}`", around.kind);
        return notes.say(Finding::error("S009", mark.place.clone(), says).remedy("delete it"));
    }
    if mark.rest.is_empty() != matches!(name, "specify" | "only" | "last") {
        return notes.say(half_a_mark(mark));
    }
    let choice = &mut drafted.choice;
    match name {
        "when" => drafted.when = Some(mark.rest.clone()),
        "specify" => choice.specify = true,
        "only" => choice.only = true,
        "last" => choice.last = true,
        "short" => choice.short = Some(notes.words(format!("{path}:short"), &mark.rest)),
        "was" => {
            let was = mark.rest.written();
            notes.findings.extend(name::check_code(&was, mark.rest.place(), around.ordered));
            choice.was = Some(was.as_str().into());
        }
        _ => {
            drafted.end = Some(mark.rest.place());
            choice.end = Some(EndId::new(mark.rest.written()));
        }
    }
}

fn half_a_mark(mark: &Mark<'_>) -> Finding {
    let Piece { text, .. } = mark.name;
    if mark.rest.is_empty() {
        Finding::error("S033", mark.place.clone(), format!("`[{text}]` says nothing more"))
            .remedy(format!("write what belongs to `{text}` before the `]`"))
    } else {
        Finding::error("S033", mark.rest.place(), format!("`[{text}]` takes nothing more"))
            .remedy(format!("write `[{text}]`"))
    }
}

impl Drafted<'_> {
    /// The row it is.
    pub(crate) fn row(&self) -> Row {
        let Choice { id, words, short, was, .. } = &self.choice;
        let was = was.as_ref().map(|was| was.as_str().into());
        Row { short: short.clone(), was, ..Row::new(id.as_str().into(), words.clone()) }
    }
}

/// Whether a code stands twice.
pub(super) fn has_twice(drafted: &[Drafted<'_>]) -> bool {
    let codes: std::collections::BTreeSet<_> = drafted.iter().map(|each| &each.choice.id).collect();
    codes.len() < drafted.len()
}

/// S006: codes that stand twice.
pub(super) fn check_codes(drafted: &[Drafted<'_>], of: &str, notes: &mut Notes) {
    for (index, each) in drafted.iter().enumerate() {
        let Some(first) = drafted[..index].iter().find(|first| first.choice.id == each.choice.id) else {
            continue;
        };
        let says = format!("`{}` stands twice in `{of}`", each.choice.id);
        let finding = Finding::error("S006", each.at.clone(), says);
        notes.say(
            finding
                .remedy("codes are what the data stores: give each choice its own")
                .also(first.at.clone(), "first here"),
        );
    }
}
