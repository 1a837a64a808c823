//! Surveys built by hand, for tests of what comes after reading.

use survey::{
    Answer, Answers, Choice, Condition, Date, Kind, Language, Missing, Offered, Page, PageId, Question,
    QuestionId, Raw, Row, Survey, Version, Words,
};

/// The day of all tests.
pub(crate) fn today() -> Date {
    survey::Date::constant(2027, 2, 14)
}

/// A plain choice, its words made from its code.
pub(crate) fn choice(question: &str, code: &str) -> Choice {
    Choice::new(code.into(), Words::new(format!("{question}.{code}"), format!("The words of {code}")))
}

/// Plain choices.
pub(crate) fn choices(question: &str, codes: &[&str]) -> Vec<Choice> {
    codes.iter().map(|code| choice(question, code)).collect()
}

/// A row of a grid.
pub(crate) fn row(question: &str, code: &str, when: Option<Condition>) -> Row {
    let words = Words::new(format!("{question}.{code}"), format!("The row of {code}"));
    Row { when, ..Row::new(code.into(), words) }
}

/// A question that allows `prefer_not`.
pub(crate) fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.into(),
        asks: (!matches!(kind, Kind::Calc { .. })).then(|| Words::new(id, format!("Do you {id}?"))),
        kind,
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

/// One of these codes.
pub(crate) fn one(id: &str, codes: &[&str]) -> Question {
    question(id, Kind::One { choices: choices(id, codes), ordered: false })
}

/// Any of these codes.
pub(crate) fn many(id: &str, codes: &[&str]) -> Question {
    question(id, Kind::Many { choices: choices(id, codes), from: None, most: None })
}

/// A whole number from 0 to 100.
pub(crate) fn number(id: &str) -> Question {
    question(id, Kind::Number { low: 0.0, high: 100.0, decimals: 0, unit: None })
}

/// A page of questions.
pub(crate) fn page(id: &str, questions: Vec<Question>) -> Page {
    let title = Words::new(format!("page.{id}"), format!("Page {id}"));
    Page { id: PageId::from(id), title, when: None, sensitive: None, support: None, questions }
}

/// A survey in English and French.
pub(crate) fn survey(pages: Vec<Page>) -> Survey {
    let offered =
        |tag| Offered { language: Language::of_tag(tag).expect("we have data for it"), draft: false };
    Survey {
        name: "sample".into(),
        title: Words::new("survey:title", "A sample survey"),
        version: Version { wave: 2027, edition: 1 },
        source: Language::english(),
        languages: ["en", "fr", "ar"].map(offered).into(),
        host: Words::new("survey:host", "Somebody who asks"),
        eligible: None,
        contact: Words::new("survey:contact", "Coordinator, 555-0100, survey@example.org"),
        ethics: None,
        field: None,
        withdraw: None,
        draw: None,
        suppress: 10,
        missing: [(Missing::PreferNot, Words::new("missing.prefer_not", "Prefer not to say"))].into(),
        pages,
        ends: Vec::new(),
        margins: Default::default(),
        forms: Vec::new(),
        sets: Default::default(),
        uses: Vec::new(),
        official: vec![Language::english(), Language::of_tag("fr").expect("French is known")],
        fallback: 0,
    }
}

/// One code.
pub(crate) fn said(code: &str) -> Answer {
    Answer::One(code.into())
}

/// A set of codes.
pub(crate) fn chose(codes: &[&str]) -> Answer {
    Answer::Many(codes.iter().map(|code| (*code).into()).collect())
}

/// Answers by question.
pub(crate) fn answers<const N: usize>(given: [(&str, Answer); N]) -> Answers {
    let given = given.into_iter().map(|(id, answer)| (QuestionId::from(id), answer)).collect();
    Answers { given, ..Answers::default() }
}

/// Fields as a form posts them.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What a question makes of these fields, to somebody who has answered nothing before.
pub(crate) fn accept(question: &Question, pairs: &[(&str, &str)]) -> Result<survey::Given, survey::Refusal> {
    question.accept(Raw(&fields(pairs)), &Answers::default(), today())
}
