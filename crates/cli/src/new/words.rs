//! The words of a study that are made up, and whose place somebody's own take.

use std::io::{BufRead, Write};

use anyhow::{Result, bail};

use crate::say::{line, say};

/// Settings of our surveys that are made up, and what they are.
const MADE_UP: &[(&str, &str)] = &[
    ("host", "who asks"),
    ("contact", "whom to reach"),
    ("ethics", "where to complain"),
    ("field", "the first and last day, as 2027-02-01..2027-03-15"),
    ("withdraw", "the last day answers can be taken back"),
];

/// A word of a survey that may be somebody's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The name of a setting, or of a `set`.
    pub(super) name: String,
    /// What it says.
    pub(super) words: String,
    /// Whether it is a `set`, whose words stand in sentences.
    is_set: bool,
}

impl Word {
    /// Whether other languages have their own words for it.
    pub(super) fn is_translated(&self) -> bool {
        !["field", "withdraw"].contains(&self.name.as_str())
    }

    fn what(&self) -> &'static str {
        let made_up = MADE_UP.iter().find(|(name, _)| !self.is_set && *name == self.name);
        made_up.map_or("as it stands in sentences", |(_, what)| what)
    }
}

/// The words of a survey that are made up: every `set`, and the settings that name people and days.
pub(super) fn words_of(text: &str) -> Vec<Word> {
    text.lines().filter_map(word_of).collect()
}

fn word_of(line: &str) -> Option<Word> {
    let (head, rest) = line.split_once(' ')?;
    let rest = rest.trim();
    if head == "set" {
        let (name, words) = rest.split_once(' ')?;
        return Some(Word { name: name.to_owned(), words: words.trim().to_owned(), is_set: true });
    }
    let made_up = MADE_UP.iter().any(|(name, _)| *name == head);
    made_up.then(|| Word { name: head.to_owned(), words: rest.to_owned(), is_set: false })
}

/// Somebody's own words: those given, and those typed where somebody can be asked.
pub(super) fn choose(words: &[Word], given: &[(String, String)], can_ask: bool) -> Result<Vec<Word>> {
    for (name, _) in given {
        if !words.iter().any(|word| word.name == *name) {
            let known: Vec<&str> = words.iter().map(|word| word.name.as_str()).collect();
            bail!("this study has no word `{name}`: it has {}", known.join(", "));
        }
    }
    if can_ask && given.len() < words.len() {
        line("Your own words, one by one; Enter keeps ours.");
    }
    let mut chosen = Vec::new();
    for word in words {
        let own = given.iter().rev().find(|(name, _)| *name == word.name).map(|(_, own)| own.clone());
        let own = own.or_else(|| if can_ask { ask(word, &mut std::io::stdin().lock()) } else { None });
        if let Some(own) = own.filter(|own| *own != word.words) {
            chosen.push(Word { words: own, ..word.clone() });
        }
    }
    Ok(chosen)
}

/// What somebody types; `None` where it is nothing.
fn ask(word: &Word, input: &mut impl BufRead) -> Option<String> {
    say(format_args!("{} ({})\n  [{}]: ", word.name, word.what(), word.words));
    let mut typed = String::new();
    // Who ends the input answers no more: our words stay.
    if input.read_line(&mut typed).is_err() || !typed.ends_with('\n') {
        let _ = std::io::stdout().write_all(b"\n");
    }
    Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty())
}

/// The survey with somebody's own words in it.
pub(super) fn put(text: &str, chosen: &[Word]) -> String {
    let own = |line: &str| {
        let ours = word_of(line)?;
        let own = chosen.iter().find(|word| (&word.name, word.is_set) == (&ours.name, ours.is_set))?;
        let before = line.strip_suffix(&ours.words)?;
        Some(format!("{before}{}", plain(&own.words)))
    };
    text.lines().map(|line| own(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// Words as a survey writes them: what it would take for an insert or an escape is escaped.
fn plain(words: &str) -> String {
    words.replace('\\', "\\\\").replace('{', "\\{")
}

#[cfg(test)]
mod tests {
    use super::{Word, ask, choose, put, words_of};

    const TEXT: &str = "survey    x\nhost      Ours (made up)\nfield     2027-02-01..2027-03-15\n\nset region  Halifax\n\npage a  host\n  ? set\n";

    #[test]
    fn words_are_found_and_others_put_in_their_place() {
        let words = words_of(TEXT);
        let names: Vec<&str> = words.iter().map(|word| word.name.as_str()).collect();
        assert_eq!(names, ["host", "field", "region"]);
        let given =
            [("region".to_owned(), "Waterloo {Region}".to_owned()), ("host".to_owned(), "Us".to_owned())];
        let chosen = choose(&words, &given, false).unwrap();
        let own = put(TEXT, &chosen);
        let expected = TEXT.replace("Ours (made up)", "Us").replace("  Halifax", "  Waterloo \\{Region}");
        assert_eq!(own, expected);
        assert_eq!(put(TEXT, &[]), TEXT);
        let error = choose(&words, &[("reigon".to_owned(), "x".to_owned())], false).unwrap_err();
        assert!(error.to_string().contains("it has host, field, region"), "{error}");
    }

    #[test]
    fn enter_and_the_end_of_input_keep_our_words() {
        let word = Word { name: "region".to_owned(), words: "Halifax".to_owned(), is_set: true };
        assert_eq!(ask(&word, &mut "\n".as_bytes()), None);
        assert_eq!(ask(&word, &mut "".as_bytes()), None);
        assert_eq!(ask(&word, &mut " Laval \n".as_bytes()), Some("Laval".to_owned()));
    }
}
