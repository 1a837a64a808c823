//! Languages nobody speaks, made in memory: what a test renders in them and still finds in plain English is written
//! into the program, or does not fit where words are longer or run from the right.

use crate::po::Plurals;
use crate::{Language, Offered, Survey};

/// Offer a survey in a language nobody speaks: `en-XA`, accented, longer by two fifths and in brackets, or `ar-XB`, each
/// word mirrored and the whole from right to left. Nothing of it is ever written to a file.
///
/// # Example
/// ```
/// let text = "survey tiny\ntitle Tiny\nversion 1.1\nsource en\nhost Us\ncontact us@example.org\npage start Start\n\
///     consent agree\n  ? Shall we begin?\n  - yes Yes\n  - no No  [end bye]\nend bye Goodbye\n";
/// let (survey, _) = survey::read(&[("tiny.survey".to_owned(), text.to_owned())].into());
/// let mut survey = survey.expect("it is whole");
/// let language = survey::Language::of_tag("en-XA").expect("it is known");
/// survey::translation::pseudo(&mut survey, &language);
/// assert_eq!(survey.consent().asks.as_ref().map(|words| words.text(&language)), Some("[Šĥååļļ ŵéé ƀééĝîîñ?]"));
/// ```
pub fn pseudo(survey: &mut Survey, language: &Language) {
    for words in survey.words_mut() {
        words.translations.insert(language.clone(), disguise(&words.source, language));
        if let (Some(plural), Some(rule)) = (&mut words.plural, Plurals::read("nplurals=2; plural=(n != 1);"))
        {
            let one = plural.one.as_ref().unwrap_or(&words.source);
            let forms = [one, &words.source].map(|form| disguise(form, language));
            plural.forms.insert(language.clone(), (rule, forms.into()));
        }
    }
    if survey.language(language.tag()).is_none() {
        survey.languages.push(Offered { language: language.clone(), draft: false });
    }
}

/// One text in a language nobody speaks; what stands in braces stays.
pub fn disguise(text: &str, language: &Language) -> String {
    let mirrored = language.tag() == "ar-XB";
    let change = if mirrored { mirror } else { accent };
    let mut changed = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').unwrap_or((after, ""));
        changed += &change(before);
        changed += &format!("{{{inside}}}");
        rest = after;
    }
    changed += &change(rest);
    if mirrored { changed } else { format!("[{changed}]") }
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const ACCENTED: &str = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";
const CAPITALS: &str = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ";

/// Accented; the vowels, two letters of five, stand twice.
fn accent(text: &str) -> String {
    text.chars()
        .flat_map(|each| std::iter::repeat_n(accented(each), usize::from(is_vowel(each)) + 1))
        .collect()
}

fn accented(each: char) -> char {
    let from = if each.is_ascii_uppercase() { CAPITALS } else { ACCENTED };
    let place = LETTERS.find(each.to_ascii_lowercase());
    place.and_then(|place| from.chars().nth(place)).unwrap_or(each)
}

fn is_vowel(each: char) -> bool {
    matches!(each, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Each word between U+202E and U+202C, as a word of a script from the right would stand.
fn mirror(text: &str) -> String {
    let word = |word: &str| format!("\u{202e}{word}\u{202c}");
    let mut mirrored = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let bare = piece.trim_end();
        if !bare.is_empty() {
            mirrored += &word(bare);
        }
        mirrored += &piece[bare.len()..];
    }
    mirrored
}
