//! Any line as a condition of a small survey: where it is read, it can be walked by and counted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::{Answers, Date, FormId, Sources, draw, read};

const SURVEY: &str = include_str!("expression.survey");

fuzz_target!(|line: &str| {
    let line: String = line.chars().filter(|each| !each.is_control()).collect();
    let sources = Sources::from([("case.survey".to_owned(), SURVEY.replace("EXPR", &line))]);
    let (survey, findings) = read(&sources);
    draw(&findings, &sources, false);
    if let Some(survey) = survey {
        survey.walk(&FormId::full(), &Answers::default(), Date::constant(2027, 2, 14));
        let minutes = survey.minutes(&FormId::full());
        assert!(1 <= minutes.usual && minutes.usual <= minutes.at_most);
    }
});
