//! People and what they do, in one line each.

use std::collections::BTreeMap;

use responses::{Error, Evidence, Job, Mode, Receipt, Recorded, ResponseId, Store};
use survey::{Answer, Date, Fingerprint, FormId, Language};

pub(crate) const SURVEY: &str = "newcomer-needs";
pub(crate) const COMPILED: &str = r#"{"survey":"newcomer-needs"}"#;

pub(crate) fn today() -> Date {
    Date::constant(2027, 3, 9)
}

pub(crate) fn english() -> Language {
    Language::english()
}

pub(crate) fn arabic() -> Language {
    Language::of_tag("ar").unwrap()
}

pub(crate) fn version() -> Fingerprint {
    Fingerprint::of(COMPILED)
}

pub(crate) fn nonce(of: u64) -> [u8; 16] {
    u128::from(of).to_be_bytes()
}

pub(crate) fn body(of: u8) -> [u8; 32] {
    [of; 32]
}

pub(crate) fn publish(store: &Store) -> Fingerprint {
    store.publish(SURVEY, "2027.1", version(), COMPILED, today()).unwrap()
}

pub(crate) fn said(question: &str, answer: Answer) -> Recorded {
    Recorded { question: question.into(), answer, specified: BTreeMap::new() }
}

pub(crate) fn one(question: &str, code: &str) -> Recorded {
    said(question, Answer::One(code.into()))
}

pub(crate) fn words(question: &str, words: &str) -> Recorded {
    said(question, Answer::Words(words.to_owned()))
}

pub(crate) fn begin_job(of: u64, language: Language) -> Job {
    begin_form_job(of, language, FormId::full())
}

pub(crate) fn begin_form_job(of: u64, language: Language, form: FormId) -> Job {
    Job::Begin {
        survey: SURVEY.to_owned(),
        version: version(),
        form,
        nonce: nonce(of),
        language,
        mode: Mode::Rehearsal,
        channel: None,
        answers: vec![one("consent", "agree")],
        today: today(),
    }
}

/// Someone new agrees; `of` is the nonce of her first page.
pub(crate) fn begin(store: &Store, of: u64) -> ResponseId {
    begin_form(store, of, "full")
}

/// Someone new agrees to answer a form.
pub(crate) fn begin_form(store: &Store, of: u64, form: &str) -> ResponseId {
    match store.record(begin_form_job(of, english(), form.into())) {
        Ok(Receipt::Begun(id)) => id,
        other => panic!("expected a response, got {other:?}"),
    }
}

/// A page named `needs`, sent once from an empty form.
pub(crate) fn page_job(response: ResponseId, given: Vec<Recorded>) -> Job {
    sent(response, "needs", 1, 1, 0, given)
}

pub(crate) fn sent(
    response: ResponseId,
    page: &str,
    from: u64,
    bytes: u8,
    seen: u32,
    given: Vec<Recorded>,
) -> Job {
    Job::Page {
        response,
        page: page.to_owned(),
        nonce: nonce(from),
        body: body(bytes),
        seen,
        given,
        draft: None,
        language: english(),
        seconds: None,
        signals: Vec::new(),
        today: today(),
    }
}

pub(crate) fn finish_job(response: ResponseId, settled: Vec<Recorded>) -> Job {
    finish_with(response, settled, Evidence::default())
}

/// Submitted, with what a server noticed.
pub(crate) fn finish_with(response: ResponseId, settled: Vec<Recorded>, evidence: Evidence) -> Job {
    Job::Finish { response, settled, evidence, today: today() }
}

pub(crate) fn screen_out_job(response: ResponseId) -> Job {
    Job::ScreenOut { response, today: today() }
}

pub(crate) fn withdraw_job(response: ResponseId) -> Job {
    Job::Withdraw { response, today: today() }
}

pub(crate) fn decline_job(of: u64) -> Job {
    let (survey, language) = (SURVEY.to_owned(), arabic());
    Job::Decline { survey, language, mode: Mode::OwnDevice, channel: None, nonce: nonce(of), today: today() }
}

/// The code that stands for a question, or what stands in its place.
pub(crate) fn standing(store: &Store, response: &ResponseId, question: &str) -> String {
    let held = store.held(response).unwrap().expect("the response is there");
    match held.answers.get(&question.into()) {
        Some(Answer::One(code)) => code.to_string(),
        Some(other) => other.to_json(),
        None => "nothing".to_owned(),
    }
}

pub(crate) fn message(result: Result<Receipt, Error>) -> String {
    result.expect_err("it cannot be done").to_string()
}
