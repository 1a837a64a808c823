//! One wave at a time, under the names the survey has now.

use std::collections::BTreeMap;

use estimates::{newest, of_wave, touched};
use responses::{Mode, Response, State};
use survey::{Answer, Answers, Fingerprint, Language, Missing, Sources, Survey, Version};

const FIRST: &str = "\
survey case
title A case
version 2027.1
source en
host Somebody who asks
contact Coordinator, 555-0100
page start  Before you begin
consent agree
  ? Shall we begin?
  - yes  Yes
  - no   No  [end declined]
page body  The questions
one pathway
  ? How did you come?
  - refugee  For safety
  - other    Another way  [specify]
  role profile
many needs
  ? What did you need?
  - home  A home
  - none  None of these  [only]
  role outcome
end declined  Thank you
";

fn survey(edits: &[(&str, &str)]) -> Survey {
    let text = edits.iter().fold(FIRST.to_owned(), |text, (from, to)| text.replace(from, to));
    let sources: Sources = [("case.survey".to_owned(), text)].into();
    survey::read(&sources).0.expect("the survey is whole")
}

fn response(version: &Survey, state: State, given: &[(&str, Answer)]) -> Response {
    let given = given.iter().map(|(id, answer)| ((*id).into(), answer.clone())).collect();
    let specified = [(("pathway".into(), "other".into()), "by boat".to_owned())].into();
    Response {
        version: version.fingerprint(),
        form: survey::FormId::full(),
        mode: Mode::OwnDevice,
        state,
        language: Language::english(),
        answers: Answers { given, specified },
        pages: 1,
    }
}

/// Three editions: a code gets a new name in the second, the question and the code in the third.
fn editions() -> [Survey; 3] {
    let second = [
        ("version 2027.1", "version 2027.2"),
        ("- refugee  For safety", "- protected  For safety  [was refugee]"),
    ];
    let third = [
        ("version 2027.1", "version 2027.3"),
        ("one pathway\n", "one way_here\n  was pathway\n"),
        ("- refugee  For safety", "- safety  For safety  [was protected]"),
        ("- home  A home", "- home  A home\n  - work  A job"),
        ("many needs", "text wish\n  ? What do you wish for?\n  role quote\nmany needs"),
    ];
    [survey(&[]), survey(&second), survey(&third)]
}

fn versions(surveys: &[Survey]) -> BTreeMap<Fingerprint, Version> {
    surveys.iter().map(|survey| (survey.fingerprint(), survey.version)).collect()
}

#[test]
fn answers_of_every_edition_stand_under_the_newest_names() {
    let all = editions();
    let [first, second, third] = &all;
    let said = |code: &str| Answer::One(code.into());
    let responses = vec![
        response(first, State::Finished, &[("pathway", said("refugee"))]),
        response(second, State::Finished, &[("pathway", said("protected"))]),
        response(third, State::Finished, &[("way_here", said("safety"))]),
    ];
    let wave = of_wave(2027, third, &all[..2], &versions(&all), responses);
    assert_eq!(wave.left_out, 0);
    for respondent in &wave.respondents {
        assert_eq!(respondent.answers.get(&"way_here".into()), Some(&said("safety")));
        assert_eq!(respondent.answers.get(&"pathway".into()), None);
        let words = respondent.answers.specified.get(&("way_here".into(), "other".into()));
        assert_eq!(words.map(String::as_str), Some("by boat"));
    }
    assert_eq!(touched("way_here.safety", &wave.respondents), Some(3));
    assert_eq!(touched("way_here:when", &wave.respondents), Some(3));
    assert_eq!(touched("way_here.other", &wave.respondents), Some(0));
    assert_eq!(touched("survey:title", &wave.respondents), None);
}

#[test]
fn what_an_edition_did_not_ask_is_missing_by_design_and_only_where_somebody_finished() {
    let all = editions();
    let [first, _, third] = &all;
    let needs = Answer::Many(["home".into()].into());
    let responses = vec![
        response(first, State::Finished, &[("needs", needs.clone())]),
        response(first, State::Saved, &[("needs", needs.clone())]),
        response(third, State::Finished, &[("needs", needs)]),
    ];
    let wave = of_wave(2027, third, &all[..2], &versions(&all), responses);
    let wish: Vec<Option<&Answer>> =
        wave.respondents.iter().map(|each| each.answers.get(&"wish".into())).collect();
    assert_eq!(wish, [Some(&Answer::Missing(Missing::NotInForm)), None, None]);
}

#[test]
fn waves_are_never_pooled() {
    let old = survey(&[]);
    let new = survey(&[("version 2027.1", "version 2028.1")]);
    let surveys = [old.clone(), new.clone()];
    let responses = vec![
        response(&old, State::Finished, &[]),
        response(&old, State::Finished, &[]),
        response(&new, State::Finished, &[]),
    ];
    let versions = versions(&surveys);
    assert_eq!(newest(&versions, &responses), Some(2028));
    assert_eq!(newest(&versions, &responses[..2]), Some(2027));
    let wave = of_wave(2027, &old, &[], &versions, responses.clone());
    assert_eq!((wave.respondents.len(), wave.left_out), (2, 1));
    let wave = of_wave(2028, &new, &[], &versions, responses);
    assert_eq!((wave.respondents.len(), wave.left_out), (1, 2));
}
