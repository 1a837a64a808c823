//! Any text as a survey: it is read without a panic, its findings can be drawn, and laying it out twice is once.

#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::{Sources, draw, format, json, read};

fuzz_target!(|text: &str| {
    let sources = Sources::from([("case.survey".to_owned(), text.to_owned())]);
    let (survey, findings) = read(&sources);
    draw(&findings, &sources, false);
    json(&findings, &sources);
    if let Some(survey) = survey {
        assert!(survey.minutes(&survey::FormId::full()).usual >= 1);
        assert_eq!(survey.canonical(), survey.canonical());
    }
    if let Some(once) = format(&sources).0 {
        let laid = Sources::from([("case.survey".to_owned(), once.clone())]);
        assert_eq!(format(&laid).0, Some(once), "laid out again, it differs");
    }
});
