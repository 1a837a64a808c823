//! What is printed reads as the same survey: the cases, and random surveys of every kind of question.

use std::collections::BTreeMap;

use proptest::prelude::{ProptestConfig, any, proptest};
use survey::{Severity, Sources, Survey, draw, format, print, read};

use crate::{cases, random};

/// Read what is printed, and say what is wrong with it.
fn again(survey: &Survey) -> Survey {
    let sources = print(survey);
    let (again, findings) = read(&sources);
    let errors: Vec<_> = findings.into_iter().filter(|each| each.severity == Severity::Error).collect();
    let texts: Vec<_> = sources.iter().map(|(file, text)| format!("--- {file}\n{text}")).collect();
    again.unwrap_or_else(|| panic!("{}\n{}", draw(&errors, &sources, false), texts.join("")))
}

/// The first place where two canonical texts differ, for a person to see.
fn difference(one: &Survey, other: &Survey) -> String {
    let (one, other) = (one.canonical(), other.canonical());
    let at = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 120)])
            .into_owned()
    };
    format!("{}\n{}", around(&one), around(&other))
}

fn is_the_same(survey: &Survey, name: &str) {
    let again = again(survey);
    assert_eq!(again.canonical(), survey.canonical(), "{name}: {}", difference(survey, &again));
    assert!(again == *survey, "{name}: what the canonical text does not hold differs");
}

#[test]
fn every_good_case_reads_again_as_itself() {
    for (name, sources) in cases::good() {
        let survey = read(&sources).0.unwrap_or_else(|| panic!("{name} is whole"));
        is_the_same(&survey, &name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn random_surveys_read_again_as_themselves(seed in any::<u64>()) {
        let sources = random::survey(seed);
        let (survey, findings) = read(&sources);
        let survey = survey.unwrap_or_else(|| panic!("{}", draw(&findings, &sources, false)));
        is_the_same(&survey, &format!("seed {seed}"));
    }

    #[test]
    fn a_file_laid_out_twice_is_laid_out_once_and_means_the_same(seed in any::<u64>()) {
        let sources = random::survey(seed);
        let (laid, findings) = format(&sources);
        let laid = laid.unwrap_or_else(|| panic!("{}", draw(&findings, &sources, false)));
        let with = |text: &str| {
            let mut sources = sources.clone();
            sources.insert("case.survey".to_owned(), text.to_owned());
            sources
        };
        let once = with(&laid);
        assert_eq!(format(&once).0.as_deref(), Some(laid.as_str()));
        let canonical = |sources: &Sources| {
            let (survey, findings) = read(sources);
            survey.unwrap_or_else(|| panic!("{}", draw(&findings, sources, false))).canonical()
        };
        assert_eq!(canonical(&once), canonical(&sources));
    }
}

#[test]
fn random_surveys_have_every_kind_of_question_and_line() {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..60 {
        let sources = random::survey(seed);
        let lines =
            sources["case.survey"].lines().map(|line| line.trim_start().split(' ').next().unwrap_or(""));
        lines.for_each(|word| *words.entry(word.to_owned()).or_default() += 1);
    }
    let wanted = "langs set use form keeps list page sensitive support end consent language one many rank grid number \
        year date fsa text note calc = ? ?1 hint short unit when check warn order allow was role concept suppress - |";
    for word in wanted.split_whitespace() {
        assert!(words.get(word).is_some_and(|times| *times > 3), "`{word}`: {:?}", words.get(word));
    }
}
