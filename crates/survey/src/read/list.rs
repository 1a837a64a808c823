//! Lists: choices that several questions share.

use notation::{Finding, Item, Place, near};

use super::{
    choice::{Around, Drafted, check_codes, read_choice},
    inner::or_else,
    name,
    notes::Notes,
};
use crate::Best;

/// A list as read.
pub(crate) struct List<'t> {
    /// Its name.
    pub(crate) name: String,
    /// Where its name stands.
    pub(crate) at: Place,
    /// Whether it is a scale.
    pub(crate) ordered: bool,
    /// Which end is good.
    pub(crate) best: Option<Best>,
    /// Its choices.
    pub(crate) choices: Vec<Drafted<'t>>,
    /// Some line of it could not be read.
    pub(crate) spoiled: bool,
}

/// Read a `list` item.
pub(super) fn read_list<'t>(item: &Item<'t>, notes: &mut Notes) -> Option<List<'t>> {
    let (Some(id), rest) = item.head.rest.first() else {
        let says = "this list has no name";
        notes.say(Finding::error("S008", item.head.place.clone(), says).remedy("write `list NAME`"));
        return None;
    };
    let at = item.head.rest.place_of(id);
    notes.findings.extend(name::check_name(id.text, at.clone()));
    let mut list = List {
        name: id.text.to_owned(),
        at,
        ordered: false,
        best: None,
        choices: Vec::new(),
        spoiled: false,
    };
    let mut tokens = rest.tokens().into_iter();
    while let Some(token) = tokens.next() {
        let place = rest.place_of(token);
        match token.text {
            "ordered" => list.ordered = true,
            "best" => list.best = read_best(tokens.next().map(|end| end.text), place, notes),
            other => {
                let finding = Finding::error("S009", place, format!("`{other}` is not an option of `list`"));
                let nearest = near(other, ["ordered", "best"]);
                notes.say(or_else(
                    finding,
                    nearest,
                    "a list may be `ordered`, and `best first` or `best last`",
                ));
                break;
            }
        }
    }
    read_lines(item, &mut list, notes);
    Some(list)
}

fn read_best(end: Option<&str>, at: Place, notes: &mut Notes) -> Option<Best> {
    match end {
        Some("first") => Some(Best::First),
        Some("last") => Some(Best::Last),
        _ => {
            let says = "`best` says which end of the scale is good";
            notes.say(Finding::error("S010", at, says).remedy("write `best first` or `best last`"));
            None
        }
    }
}

fn read_lines<'t>(item: &Item<'t>, list: &mut List<'t>, notes: &mut Notes) {
    let path = format!("list.{}", list.name);
    let marks = &["when", "specify", "only", "last", "short", "was"];
    let around = Around { path: &path, kind: "list", marks, ordered: list.ordered };
    for line in &item.body {
        let choice = if line.word == "-" {
            read_choice(line, &around, notes)
        } else {
            let says = format!("`{}` is not a line of a list", line.word);
            notes.say(
                Finding::error("S002", line.word_place(), says)
                    .remedy("a list has only choices: `- code  Words`"),
            );
            None
        };
        list.spoiled |= choice.is_none();
        list.choices.extend(choice);
    }
    check_codes(&list.choices, &list.name, notes);
    if list.choices.is_empty() && !list.spoiled {
        let says = format!("the list `{}` has no choices", list.name);
        notes.say(Finding::error("S004", list.at.clone(), says).remedy("add lines `- code  Words`"));
    }
}
