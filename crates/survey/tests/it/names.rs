//! Each name of a survey misspelt in turn is one finding: where it is given, and where it is used.

use std::collections::BTreeSet;

use survey::{Sources, draw, read};

use crate::cases;

/// Words of the language itself, and numbers, which are no names.
const WORDS: &[&str] = &[
    "and", "or", "not", "has", "any", "all", "every", "row", "of", "in", "is", "now", "when", "from", "max",
    "top", "ordered", "best", "last", "random", "below", "none", "else", "count", "answered", "first",
];

/// Where names stand on a line: the stretch behind each of these, up to what follows it.
fn stretches(line: &str) -> Vec<(usize, usize)> {
    let indented = line.starts_with("  ");
    let rest = line.trim_start();
    let start = line.len() - rest.len();
    let word = rest.split_whitespace().next().unwrap_or_default();
    let whole = || vec![(start, line.len())];
    let mut found = match (indented, word) {
        (true, "when" | "keeps" | "allow" | "role" | "margin" | "=" | "order") => whole(),
        (true, "check" | "warn") => vec![(start, line.find(" else ").unwrap_or(line.len()))],
        (true, "-" | "|") => {
            let code = rest[1..].trim_start();
            let begins = line.len() - code.len();
            vec![(begins, begins + code.find(' ').unwrap_or(code.len()))]
        }
        (
            false,
            "missing" | "page" | "end" | "form" | "set" | "consent" | "text" | "fsa" | "calc" | "note",
        ) => {
            let name = rest[word.len()..].trim_start();
            let begins = line.len() - name.len();
            vec![(begins, begins + name.find(' ').unwrap_or(name.len()))]
        }
        (false, "list" | "one" | "many" | "rank" | "grid" | "number" | "year" | "date" | "use") => whole(),
        _ => Vec::new(),
    };
    for (open, _) in line.match_indices(['[', '{']) {
        let close = line[open..].find([']', '}']).map_or(line.len(), |length| open + length);
        found.push((open + 1, close));
    }
    found
}

/// Every name of the survey as first byte and last.
fn names(text: &str) -> Vec<(usize, usize)> {
    let mut names = BTreeSet::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (from, to) in stretches(line.trim_end()) {
            let is_word = |each: char| each.is_ascii_alphanumeric() || each == '_';
            for word in line[from..to].split(|each| !is_word(each)).filter(|word| word.len() > 3) {
                let at = start + (word.as_ptr() as usize - line.as_ptr() as usize);
                let is_name = word.starts_with(|first: char| first.is_ascii_lowercase());
                if is_name && !WORDS.contains(&word) {
                    names.insert((at, at + word.len()));
                }
            }
        }
        start += line.len();
    }
    names.into_iter().collect()
}

/// Whether a name is given here: behind the word of an item, or as the code of a choice or row.
fn is_given(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = text[start..at].trim();
    matches!(before, "-" | "|")
        || (!text[start..].starts_with(' ') && !before.contains(' ') && before != "use")
}

fn misspelt(name: &str) -> String {
    format!("{}x{}", &name[..2], &name[3..])
}

#[test]
fn each_name_misspelt_in_turn_is_one_finding() {
    let sources: Sources = cases::sources("ok/names");
    let text = &sources["case.survey"];
    let names = names(text);
    let mut wrong = Vec::new();
    let mut given = 0;
    for (from, to) in &names {
        let mut sources = sources.clone();
        let name = &text[*from..*to];
        let changed = format!("{}{}{}", &text[..*from], misspelt(name), &text[*to..]);
        sources.insert("case.survey".to_owned(), changed);
        let (_, findings) = read(&sources);
        // A name that nothing refers to may be any other.
        let is_given = is_given(text, *from);
        let fits = findings.len() == 1 || (is_given && findings.is_empty());
        given += usize::from(is_given && findings.len() == 1);
        if !fits || findings.iter().any(|finding| finding.remedy.is_none()) {
            let line = text[..*from].matches('\n').count() + 1;
            wrong.push(format!(
                "`{name}` on line {line}: {}\n{}",
                findings.len(),
                draw(&findings, &sources, false)
            ));
        }
    }
    assert!(names.len() > 150 && given > 20, "{} names, {given} of them given and used", names.len());
    assert!(wrong.is_empty(), "{} of {}:\n\n{}", wrong.len(), names.len(), wrong.join("\n"));
}
