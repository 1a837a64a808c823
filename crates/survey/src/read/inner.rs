//! The lines of a question: which there may be, and what a line that is none of them was probably meant for.

use std::collections::BTreeMap;

use notation::{Finding, Item, Line, near};

use super::notes::Notes;

/// Every line a question may have.
const LINES: &[&str] = &[
    "?1",
    "?",
    "hint",
    "short",
    "unit",
    "-",
    "|",
    "=",
    "when",
    "check",
    "warn",
    "order",
    "allow",
    "role",
    "margin",
    "suppress",
    "concept",
    "sensitive",
    "audio",
    "was",
    "accept",
];

/// Words of other systems, with the word that is used here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("relevant", "when"),
    ("relevent", "when"),
    ("relevance", "when"),
    ("if", "when"),
    ("label", "?"),
    ("title", "?"),
    ("question", "?"),
    ("help", "hint"),
    ("note", "hint"),
    ("choice", "-"),
    ("*", "-"),
    ("row", "|"),
    ("constraint", "check"),
    ("validate", "check"),
    ("randomize", "order"),
    ("shuffle", "order"),
];

/// The lines that stand once, by their word; choices and rows are left for later.
pub(super) fn sort_lines<'t>(
    item: &Item<'t>,
    id: &str,
    notes: &mut Notes,
) -> (BTreeMap<&'static str, Line<'t>>, bool) {
    let mut lines: BTreeMap<&'static str, Line<'t>> = BTreeMap::new();
    let mut spoiled = false;
    for line in &item.body {
        let known = LINES.iter().find(|known| **known == line.word);
        match known {
            // Of these there may be several.
            Some(&"-" | &"|" | &"accept") => {}
            Some(known) if !belongs(known, item.head.word) => notes.say(misplaced(line, item.head.word)),
            Some(known) => match lines.get(known) {
                Some(first) => notes.say(twice(line, first)),
                None => {
                    lines.insert(known, line.clone());
                }
            },
            None => {
                spoiled = true;
                let asks = item.body.iter().any(|line| line.word == "?");
                notes.say(unknown_line(line, item.head.word, asks));
                notes.stands(id, line.written.place());
                ["hint", "short", "unit", "check", "warn"]
                    .iter()
                    .for_each(|part| notes.stands(&format!("{id}:{part}"), line.written.place()));
            }
        }
    }
    (lines, spoiled)
}

fn belongs(line: &str, kind: &str) -> bool {
    match line {
        "unit" => kind == "number",
        "=" => kind == "calc",
        "check" | "warn" => !matches!(kind, "consent" | "note" | "calc"),
        "order" => matches!(kind, "one" | "many" | "rank"),
        "?" | "?1" | "when" | "audio" if kind == "calc" => false,
        "hint" | "allow" | "sensitive" => !matches!(kind, "calc") && (line != "allow" || kind != "note"),
        "short" | "role" | "suppress" | "concept" | "margin" => kind != "note",
        _ => true,
    }
}

/// S009: a line of another type of question.
pub(super) fn misplaced(line: &Line<'_>, kind: &str) -> Finding {
    let says = format!("`{}` has no meaning in a `{kind}`", line.word);
    Finding::error("S009", line.word_place(), says).remedy("delete the line")
}

/// S005: a line given twice.
pub(super) fn twice(line: &Line<'_>, first: &Line<'_>) -> Finding {
    Finding::error("S005", line.word_place(), format!("`{}` is given twice", line.word))
        .remedy("keep one of the two")
        .also(first.word_place(), "first here")
}

/// S002 or, where a sentence begins without a sign, S003.
fn unknown_line(line: &Line<'_>, kind: &str, asks: bool) -> Finding {
    let word = line.word;
    let sentence = word.starts_with(|first: char| first.is_uppercase() || !first.is_ascii())
        || line.written.written().ends_with('?');
    let known =
        || LINES.iter().copied().filter(|known| belongs(known, kind) && known.len() > 1 && *known != "?1");
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == word.trim_end_matches(':'));
    if sentence && elsewhere.is_none() {
        let remedy = if asks {
            "begin a choice with `-`; to continue the line above, indent by four spaces"
        } else {
            "did the question lose its `?`"
        };
        let finding = Finding::error("S003", line.word_place(), "this line has no sign").remedy(remedy);
        return Finding { fix: (!asks).then(|| format!("? {word}")), ..finding };
    }
    let finding = Finding::error("S002", line.word_place(), format!("`{word}` is not a line of a question"));
    match (elsewhere, near(word, known())) {
        (Some((_, here)), _) => {
            Finding { fix: Some((*here).to_owned()), ..finding.remedy(format!("here it is `{here}`")) }
        }
        (None, Some(near)) => finding.perhaps(Some(near)),
        (None, None) => {
            let known: Vec<_> = known().map(|line| format!("`{line}`")).collect();
            finding.remedy(format!("the lines are `?`, `-` and {}", known.join(", ")))
        }
    }
}

/// The finding with the near word, or with another remedy where none is near.
pub(super) fn or_else(finding: Finding, near: Option<&str>, remedy: &str) -> Finding {
    match near {
        Some(_) => finding.perhaps(near),
        None => finding.remedy(remedy),
    }
}
