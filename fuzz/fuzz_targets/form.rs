//! Any bytes as what a browser posts: no panic, and whatever is accepted is kept and read back as the same.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use survey::{Date, Sources, Survey, read};

static SURVEYS: LazyLock<Vec<Survey>> = LazyLock::new(|| {
    let texts = [include_str!("../seeds/survey/every_kind"), include_str!("../seeds/survey/forms_and_dates")];
    // The table of population figures lies in no seed.
    let alone = |text: &str| text.replace("  margin newcomers-2026/period\n", "");
    let survey = |text: &str| read(&Sources::from([("case.survey".to_owned(), alone(text))])).0;
    texts.into_iter().map(|text| survey(text).expect("a seed is a survey")).collect()
});

fuzz_target!(|body: &[u8]| {
    SURVEYS.iter().for_each(|survey| server::fuzzing::take_form(survey, body, Date::constant(2027, 2, 14)));
});
