//! How a language writes numbers, ranges, lists and the program's own sentences.

use std::sync::LazyLock;

use estimates::{Count, Number};
use survey::{Date, Language, Po, po};

static ENGLISH: LazyLock<Po<'static>> =
    LazyLock::new(|| po::read("text/en.po", include_str!("../text/en.po")).0);
static FRENCH: LazyLock<Po<'static>> =
    LazyLock::new(|| po::read("text/fr.po", include_str!("../text/fr.po")).0);

/// A language the program itself speaks.
#[derive(Clone)]
pub(crate) struct Tongue {
    pub(crate) language: Language,
    own: &'static Po<'static>,
}

impl Tongue {
    /// French speaks French; every other language is spoken to in English for now.
    pub(crate) fn new(language: &Language) -> Tongue {
        let own = if language.tag() == "fr" { &*FRENCH } else { &*ENGLISH };
        Tongue { language: language.clone(), own }
    }

    /// The program's words of a path.
    ///
    /// # Panics
    /// If a path stands in neither file, which a test rules out.
    pub(crate) fn say(&self, path: &str) -> &'static str {
        self.own
            .text(path)
            .or_else(|| ENGLISH.text(path))
            .unwrap_or_else(|| panic!("`{path}` stands in text/en.po, which a test makes sure of"))
    }

    /// The words of a path if there are any.
    pub(crate) fn may_say(&self, path: &str) -> Option<&'static str> {
        self.own.text(path)
    }

    /// The words of a path, with `{name}` replaced.
    pub(crate) fn fill(&self, path: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.say(path).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A decimal with the language's point.
    pub(crate) fn decimal(&self, number: Number) -> String {
        let digits = number.to_string();
        let (sign, digits) =
            digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("\u{2212}", rest));
        let (whole, part) =
            digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
        let whole = grouped(whole, self.thousands());
        match part {
            Some(part) => format!("{sign}{whole}{}{part}", self.say("number.point")),
            None => format!("{sign}{whole}"),
        }
    }

    /// What stands between thousands, as the words of 1,000 show it.
    fn thousands(&self) -> &'static str {
        self.say("number.thousands").trim_start_matches('1').trim_end_matches('0')
    }

    /// A share as a percentage without its sign: 0.61 is 61.
    pub(crate) fn bare(&self, share: Number) -> String {
        let places = share.places.saturating_sub(2);
        let units = if share.places < 2 {
            share.units * 10_i64.pow(u32::from(2 - share.places))
        } else {
            share.units
        };
        self.decimal(Number { units, places })
    }

    /// `61%`, `61 %`.
    pub(crate) fn share(&self, share: Number) -> String {
        self.fill("number.share", &[("n", &self.bare(share))])
    }

    /// `56% to 66%`, `de 56 % à 66 %`.
    pub(crate) fn range(&self, low: Number, high: Number) -> String {
        self.fill("number.range", &[("low", &self.share(low)), ("high", &self.share(high))])
    }

    /// `56–66`, `56 à 66`.
    pub(crate) fn short_range(&self, low: Number, high: Number) -> String {
        self.fill("number.short_range", &[("low", &self.bare(low)), ("high", &self.bare(high))])
    }

    /// A count of people.
    pub(crate) fn people(&self, count: u32) -> String {
        grouped(&count.to_string(), self.thousands())
    }

    /// A count of people that may be rounded or bounded.
    pub(crate) fn count(&self, count: Count) -> String {
        match count {
            Count::Exactly(people) | Count::Rounded(people) => self.people(people),
            Count::Fewer(people) => self.fill("number.fewer", &[("n", &self.people(people))]),
            Count::Withheld => self.say("number.withheld").to_owned(),
        }
    }

    /// `n = 330`, `n < 10`.
    pub(crate) fn base(&self, count: Count) -> String {
        match count {
            Count::Exactly(people) | Count::Rounded(people) => {
                self.fill("number.base", &[("n", &self.people(people))])
            }
            Count::Fewer(people) => self.fill("number.base_fewer", &[("n", &self.people(people))]),
            Count::Withheld => self.say("number.base_withheld").to_owned(),
        }
    }

    /// A day in words.
    pub(crate) fn day(&self, day: Date) -> String {
        let month = self.say(&format!("month.{}", day.month())).to_owned();
        let first = day.day() == 1;
        let number = if first { self.say("number.first").to_owned() } else { day.day().to_string() };
        self.fill("number.day", &[("day", &number), ("month", &month), ("year", &day.year().to_string())])
    }

    /// Words in quotation marks.
    pub(crate) fn quoted(&self, words: &str) -> String {
        self.fill("number.quoted", &[("words", words)])
    }

    /// `a, b and c`.
    pub(crate) fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                format!("{}\u{20}{} {last}", first.join(", "), self.say("number.and"))
            }
        }
    }

    /// A label within a sentence: without its capital, unless its first word keeps one.
    pub(crate) fn running(&self, label: &str) -> String {
        let first = label.split([' ', ',', '-', '’', '\'']).next().unwrap_or_default();
        let proper = self.say("number.proper").split(' ').any(|word| word == first);
        let mut letters = label.chars();
        match letters.next() {
            Some(letter) if !proper && !letters.clone().next().is_some_and(char::is_uppercase) => {
                letter.to_lowercase().chain(letters).collect()
            }
            _ => label.to_owned(),
        }
    }

    /// A language's name in this one.
    pub(crate) fn language_name(&self, language: &Language) -> String {
        let path = format!("language.{}", language.tag());
        self.may_say(&path).map_or_else(|| language.english_name().to_owned(), str::to_owned)
    }

    /// What orders labels as the alphabet does: without case and accents.
    pub(crate) fn alphabetical(label: &str) -> String {
        label.chars().flat_map(char::to_lowercase).map(without_accent).collect()
    }
}

/// The first letter of a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Digits in threes.
fn grouped(digits: &str, mark: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        'œ' => 'o',
        other => other,
    }
}
