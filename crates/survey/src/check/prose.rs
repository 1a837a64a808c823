//! Rules about words: that they are short, plain, ask one thing, and do not ask who somebody is.
//!
//! S060 hard to read, S061 long for a phone, S062 two questions in one, S066 asks who someone is.

use notation::{Finding, Place};

use crate::{
    Kind, Language,
    read::{Asked, Draft, Drafted, Notes},
};

/// The longest question, in characters: four lines of a narrow phone.
const QUESTION_LONGEST: usize = 140;
/// The longest choice, in characters.
const CHOICE_LONGEST: usize = 60;
/// The most choices that are looked through rather than searched.
const CHOICES_MOST: usize = 12;
/// The most rows a person sees of one grid.
const ROWS_MOST: usize = 7;
/// Characters on a line at 320 px, in the type the pages use.
const LINE: usize = 28;
/// The reading grade above which a question is worth another look.
const GRADE_MOST: f64 = 9.0;
/// Of fewer words no grade can be told.
const WORDS_LEAST: usize = 8;

/// Check the words of every question.
pub(super) fn prose(draft: &Draft<'_>, notes: &mut Notes) {
    let is_english = draft.settings.languages.first().is_none_or(|each| each.language == Language::english());
    for asked in draft.questions.iter().filter(|asked| asked.question.is_shown()) {
        long(asked, notes);
        asks_who(asked, notes);
        if is_english {
            hard(asked, notes);
            two_in_one(asked, notes);
        }
    }
    for list in &draft.lists {
        list.choices.iter().for_each(|drafted| long_choice(drafted, "choice", notes));
    }
}

/// S061.
fn long(asked: &Asked<'_>, notes: &mut Notes) {
    let question = &asked.question;
    let length = question.asks.as_ref().map_or(0, |asks| asks.source.chars().count());
    let agrees = matches!(question.kind, Kind::Consent { .. } | Kind::Note);
    if let Some(line) = asked.lines.get("?").filter(|_| length > QUESTION_LONGEST && !agrees) {
        let lines = length.div_ceil(LINE);
        let says = format!("{length} characters, {lines} lines on a narrow phone");
        let remedy = format!("at most {QUESTION_LONGEST}: say the rest in a `hint`, or leave it out");
        notes.say(Finding::warning("S061", line.rest.place(), says).remedy(remedy));
    }
    let own = |drafted: &&Drafted<'_>| drafted.choice.words.path.starts_with(&format!("{}.", question.id));
    asked.choices.iter().filter(own).for_each(|drafted| long_choice(drafted, "choice", notes));
    asked.rows.iter().for_each(|drafted| long_choice(drafted, "row", notes));
    many(asked, notes);
}

fn long_choice(drafted: &Drafted<'_>, kind: &str, notes: &mut Notes) {
    let length = drafted.choice.words.source.chars().count();
    if length > CHOICE_LONGEST {
        let says = format!("`{}` is {length} characters long", drafted.choice.id);
        let finding = Finding::warning("S061", drafted.at.clone(), says);
        notes.say(finding.remedy(format!("at most {CHOICE_LONGEST} for a {kind}: leave out what can be")));
    }
}

/// S061 of too many choices or rows; those that only some people see do not count.
fn many(asked: &Asked<'_>, notes: &mut Notes) {
    let question = &asked.question;
    let always = |drafted: &&Drafted<'_>| drafted.when.is_none() && !drafted.choice.only;
    let choices = asked.choices.iter().filter(always).count();
    let rows = asked.rows.iter().filter(always).count();
    let looked_through = matches!(question.kind, Kind::One { .. } | Kind::Many { .. } | Kind::Rank { .. });
    let (count, most, what) = match (looked_through && question.from().is_none(), rows) {
        (true, _) if choices > CHOICES_MOST => (choices, CHOICES_MOST, "choices"),
        (_, rows) if rows > ROWS_MOST => (rows, ROWS_MOST, "rows"),
        _ => return,
    };
    let says = format!("`{}` has {count} {what}: nobody looks through so many on a phone", question.id);
    let finding = Finding::warning("S061", asked.at.clone(), says);
    notes.say(finding.remedy(format!("at most {most}: join or drop some, or ask in two steps")));
}

/// S060: the grade of Flesch and Kincaid.
fn hard(asked: &Asked<'_>, notes: &mut Notes) {
    let (Some(asks), Some(line)) = (&asked.question.asks, asked.lines.get("?")) else { return };
    let Some(grade) = grade(&asks.source).filter(|grade| *grade > GRADE_MOST) else { return };
    let says = format!("reading grade {grade:.0} (Flesch-Kincaid)");
    let finding = Finding { severity: notation::Severity::Hint, ..at("S060", line.rest.place(), says) };
    notes.say(finding.remedy("aim for 8: shorter sentences, common words"));
}

fn at(code: &'static str, place: Place, says: String) -> Finding {
    Finding::warning(code, place, says)
}

/// 0.39 words per sentence + 11.8 syllables per word - 15.59, of at least eight words.
fn grade(text: &str) -> Option<f64> {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    if words.len() < WORDS_LEAST {
        return None;
    }
    let ends =
        |word: &&&str| word.trim_end_matches([')', '"', '”', '’']).ends_with(['.', '!', '?', ':', ';']);
    let sentences = words.iter().filter(ends).count().max(1) as f64;
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    Some(0.39 * count / sentences + 11.8 * syllables as f64 / count - 15.59)
}

/// Groups of vowels, without an `e` that is not heard at the end.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|each| each.is_alphabetic()).collect();
    let is_vowel = |each: char| matches!(each, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let begins = |place: usize| is_vowel(letters[place]) && (place == 0 || !is_vowel(letters[place - 1]));
    let groups = (0..letters.len()).filter(|place| begins(*place)).count();
    let silent = matches!(letters[..], [.., before, 'e'] if !is_vowel(before) && before != 'l');
    groups.saturating_sub(usize::from(silent)).max(1)
}

/// S062: an answer to "safe and welcome" says nothing of either.
fn two_in_one(asked: &Asked<'_>, notes: &mut Notes) {
    let one_answer = matches!(asked.question.kind, Kind::One { .. } | Kind::Number { .. });
    let Some(line) = asked.lines.get("?").filter(|_| one_answer) else { return };
    let written = line.rest.written();
    let asks = written.rfind(['.', '!', ':']).filter(|end| end + 1 < written.len()).map_or(0, |end| end + 1);
    let Some(joint) = written[asks..].find(" and ").map(|joint| asks + joint) else { return };
    if written[asks..joint].contains("between ") {
        return;
    }
    let place = line.rest.part(joint + 1..joint + 4).place();
    let finding = Finding {
        severity: notation::Severity::Hint,
        ..at("S062", place, "two questions in one?".to_owned())
    };
    notes.say(finding.remedy("one answer cannot serve both: ask twice, or name one thing"));
}

/// Names of questions that ask who somebody is.
const WHO: &[&str] = &[
    "name",
    "first_name",
    "last_name",
    "full_name",
    "surname",
    "email",
    "e_mail",
    "phone",
    "telephone",
    "address",
    "street",
    "birth_date",
    "date_of_birth",
    "dob",
    "sin",
    "uci",
    "passport",
    "file_number",
    "postal_code",
];
/// Words that ask for it.
const ASKS_WHO: &[&str] = &[
    "your name",
    "your full name",
    "your first name",
    "your last name",
    "your email",
    "your e-mail",
    "your phone",
    "your telephone",
    "your street",
    "your home address",
    "your mailing address",
    "date of birth",
    "your birthday",
    "client identifier",
    "your passport",
    "your file number",
    "social insurance",
    "your full postal code",
];

/// S066.
fn asks_who(asked: &Asked<'_>, notes: &mut Notes) {
    let question = &asked.question;
    if !matches!(question.kind, Kind::Text { .. } | Kind::Number { .. } | Kind::Date { .. }) {
        return;
    }
    let asks = question.asks.as_ref().map_or(String::new(), |asks| asks.source.to_lowercase());
    let is_named = WHO.contains(&question.id.as_str());
    let is_asked = ASKS_WHO.iter().any(|words| asks.contains(words));
    let exact_day = matches!(question.kind, Kind::Date { to_day: true, .. }) && asks.contains("born");
    if is_named || is_asked || exact_day {
        let says = format!("`{}` asks who somebody is", question.id);
        let remedy = "drop it, or write `accept S066` and why it is needed";
        notes.say(Finding::warning("S066", asked.at.clone(), says).remedy(remedy));
    }
}
