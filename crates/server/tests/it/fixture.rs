//! A small survey with every kind of question, in English, French and Arabic, and one line of Tigrinya.

use std::collections::BTreeMap;

use responses::Store;
use server::{Clock, Setup};
use survey::{
    Best, Choice, CodeOf, Comparison, Condition, Date, End, Kind, Language, Missing, Offered, Page, Question,
    Row, Survey, Version, Words,
};
use tempfile::TempDir;

pub(crate) const DAY: Date = Date::constant(2027, 2, 14);

pub(crate) fn language(tag: &str) -> Language {
    Language::of_tag(tag).unwrap()
}

/// Words with a French and an Arabic that can be told from the English.
pub(crate) fn words(path: &str, english: &str) -> Words {
    let translations = [("fr", format!("fr({english})")), ("ar", format!("ع({english})"))];
    let translations = translations.into_iter().map(|(tag, text)| (language(tag), text)).collect();
    Words { translations, ..Words::new(path, english) }
}

fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.into(),
        kind,
        asks: Some(words(id, &format!("Asking {id}?"))),
        hint: None,
        short: None,
        when: None,
        allow: vec![Missing::PreferNot],
        sensitive: false,
        role: None,
        margin: None,
        suppress: None,
        concept: None,
        check: None,
        warn: None,
        shuffled: false,
        audio: Vec::new(),
        was: Vec::new(),
        accepts: Vec::new(),
    }
}

fn choices(of: &str, codes: &[&str]) -> Vec<Choice> {
    let each =
        |code: &&str| Choice::new((*code).into(), words(&format!("{of}.{code}"), &format!("{of} {code}")));
    codes.iter().map(each).collect()
}

fn one(id: &str, codes: &[&str]) -> Question {
    question(id, Kind::One { choices: choices(id, codes), ordered: false })
}

fn ending(mut choices: Vec<Choice>, code: &str, end: &str) -> Vec<Choice> {
    choices
        .iter_mut()
        .filter(|choice| choice.id.as_str() == code)
        .for_each(|choice| choice.end = Some(end.into()));
    choices
}

fn is(question: &str, code: &str, codes: &[&str]) -> Condition {
    Condition::Code {
        of: CodeOf::Question(question.into()),
        how: Comparison::Equal,
        code: code.into(),
        order: codes.iter().map(|code| (*code).into()).collect(),
    }
}

fn page(id: &str, questions: Vec<Question>) -> Page {
    Page {
        id: page_id(id),
        title: words(id, &format!("Title {id}")),
        when: None,
        sensitive: None,
        support: None,
        questions,
    }
}

fn page_id(id: &str) -> survey::PageId {
    id.into()
}

fn start() -> Page {
    let agree = ending(choices("agree", &["yes", "no"]), "no", "declined");
    let mut consent = question("agree", Kind::Consent { choices: agree });
    consent.allow.clear();
    consent.hint = Some(words("agree:hint", "It is short. It is voluntary."));
    page("start", vec![consent])
}

/// Three questions of which the last looks at the first: two screens.
fn about() -> Page {
    let mut age = one("age", &["young", "adult"]);
    age.kind = Kind::One {
        choices: ending(choices("age", &["young", "adult"]), "young", "too_young"),
        ordered: true,
    };
    age.allow.clear();
    let mut way = one("way", &["work", "study", "other"]);
    if let Kind::One { choices, .. } = &mut way.kind {
        choices[2].specify = true;
    }
    let mut course = one("course", &["short", "long"]);
    course.when = Some(is("way", "study", &["work", "study", "other"]));
    page("about", vec![age, way, course])
}

fn typed() -> Page {
    let mut household = question("household", Kind::Number { low: 1.0, high: 20.0, decimals: 0, unit: None });
    household.hint = Some(words("household:hint", "Counting you"));
    let year = question("arrival", Kind::Year { first: 1950, last: None });
    let area = question("area", Kind::Fsa);
    let mut wish = question("wish", Kind::Text { most: 40 });
    wish.allow.clear();
    page("typed", vec![household, year, area, wish, question("said", Kind::Note)])
}

fn hard() -> Page {
    let mut hard = page("hard", vec![one("unfair", &["yes", "no"])]);
    hard.sensitive = Some(words("page.hard", "This part is hard."));
    hard.support = Some(words("page.hard:support", "Call 211."));
    hard
}

fn needs() -> Page {
    let codes = ["housing", "work", "health", "none"];
    let mut offered = choices("needs", &codes);
    offered[3].only = true;
    let needs = question("needs", Kind::Many { choices: offered, from: None, most: Some(2) });
    let top = question("top", Kind::Rank { choices: choices("top", &codes[..3]), from: None, top: 2 });
    let rows = ["here", "there"]
        .map(|row| Row::new(survey::RowId::new(row), words(&format!("feel.{row}"), &format!("Row {row}"))));
    let scale = choices("list.agree", &["1", "2", "3"]);
    let grid = Kind::Grid { rows: rows.into(), choices: scale, best: Some(Best::Last) };
    page("needs", vec![needs, top, question("feel", grid)])
}

fn end(id: &str) -> End {
    let says = Some(words(&format!("end.{id}:says"), &format!("Saying {id}.")));
    End { id: id.into(), title: words(&format!("end.{id}"), &format!("End {id}")), says, support: None }
}

pub(crate) fn survey() -> Survey {
    let offered = [("en", false), ("fr", false), ("ar", true)];
    Survey {
        name: "sample".into(),
        title: words("survey:title", "Sample survey"),
        version: Version { wave: 2027, edition: 1 },
        source: Language::english(),
        languages: offered.map(|(tag, draft)| Offered { language: language(tag), draft }).into(),
        host: words("survey:host", "The host"),
        eligible: None,
        contact: words("survey:contact", "902-555-0100"),
        ethics: None,
        field: None,
        withdraw: Some(Date::constant(2027, 3, 31)),
        draw: None,
        suppress: 10,
        missing: BTreeMap::from([(Missing::PreferNot, words("missing.prefer_not", "Rather not"))]),
        pages: vec![start(), about(), typed(), hard(), needs()],
        ends: vec![end("declined"), end("too_young"), end("done")],
        margins: BTreeMap::new(),
        forms: Vec::new(),
        sets: BTreeMap::new(),
        uses: Vec::new(),
        official: Vec::new(),
        fallback: 0,
    }
}

/// A collection box on a folder of its own.
pub(crate) struct Box {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
    pub(crate) router: axum::Router,
}

pub(crate) fn open(survey: Survey) -> Box {
    open_with(survey, |_| {})
}

/// What a box is started with when nothing special is wanted.
pub(crate) fn setup(survey: Survey, store: Store) -> Setup {
    Setup {
        survey,
        earlier: Vec::new(),
        store,
        clock: Clock::Fixed(DAY),
        demonstration: false,
        behind_https: false,
        apart: None,
        weights: Default::default(),
        logo: None,
    }
}

pub(crate) fn open_with(survey: Survey, change: impl FnOnce(&mut Setup)) -> Box {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut setup = setup(survey, store.clone());
    change(&mut setup);
    Box { folder, store, router: server::router(setup).unwrap() }
}
