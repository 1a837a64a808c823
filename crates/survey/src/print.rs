//! A survey written down again: the files that [`read`](crate::read) makes the same survey of.

mod condition;
mod item;
mod question;
mod translated;

use notation::Sources;

use crate::{Survey, Words};

/// Where the words of an insert or a set stand, and what else is written with a backslash.
const ESCAPED: [char; 4] = ['\\', '[', '{', '#'];

/// The files of a survey: its text, a PO file for each language, its tables, and the surveys it takes lists from.
///
/// Reading them gives the same survey. Comments, layout, and whatever a PO file says besides translations are not part of a
/// survey, and are not there again.
///
/// # Example
/// ```
/// # let text = "survey tiny\ntitle Tiny\nversion 2027.1\nsource en\nhost Us\ncontact us@example.org\n\
/// # page main  Main\nconsent agree\n  ? Shall we?\n  - yes  Yes\n  - no  No  [end bye]\nend bye  Bye\n";
/// let (survey, _) = survey::read(&[("tiny.survey".to_owned(), text.to_owned())].into());
/// let (again, _) = survey::read(&survey::print(survey.as_ref().unwrap()));
/// assert_eq!(again, survey);
/// ```
pub fn print(survey: &Survey) -> Sources {
    let mut sources = Sources::from([(format!("{}.survey", survey.name), item::survey(survey))]);
    sources.extend(translated::files(survey));
    sources.extend(item::sisters(survey));
    for margin in survey.margins.values() {
        sources.insert(format!("margins/{}.csv", margin.path), table(margin));
    }
    sources
}

fn table(margin: &crate::Margin) -> String {
    let comments = margin.source.iter().map(|line| format!("# {line}\n"));
    let rows = margin.counts.iter().map(|(code, count)| {
        let count = count.map_or(String::new(), |count| count.to_string());
        format!("{code},{count}\n")
    });
    comments.chain(["code,count\n".to_owned()]).chain(rows).collect()
}

/// Words as an author writes them: what is no insert and no set is written with a backslash where it must be.
fn written(words: &Words, sets: &[String]) -> String {
    text(&words.as_written().source, words, sets)
}

/// One text of some words, in the same way.
fn text(text: &str, words: &Words, sets: &[String]) -> String {
    let braced = words.inserts.iter().map(|insert| insert.written.as_str());
    let braced: Vec<&str> = braced.chain(sets.iter().map(String::as_str)).collect();
    let mut to = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let insert = braced.iter().find(|each| rest.starts_with(**each)).copied();
        match insert {
            Some(insert) => to.push_str(insert),
            None => {
                if ESCAPED.contains(&first) {
                    to.push('\\');
                }
                to.push(first);
            }
        }
        rest = &rest[insert.map_or(first.len_utf8(), str::len)..];
    }
    to
}

/// The sets of a survey as they stand in braces.
fn braced(survey: &Survey) -> Vec<String> {
    survey.sets.keys().map(|name| format!("{{{name}}}")).collect()
}
