//! Forms, languages, dates and computed numbers, read from a survey and answered.

use survey::{Answer, Answers, ChoiceId, Date, FormId, Given, Missing, Raw, Survey, Why, read};

use crate::{cases, sample::today};

fn survey(case: &str) -> Survey {
    read(&cases::sources(case)).0.expect("the case is whole")
}

fn give(survey: &Survey, answers: &mut Answers, id: &str, value: &str) -> Result<(), Why> {
    let question = survey.question(id).expect("the survey asks it");
    let Given { answer, specified } = question
        .accept(Raw(&[(id.to_owned(), value.to_owned())]), answers, today())
        .map_err(|refusal| refusal.why)?;
    let specified = specified.into_iter().map(|(code, words)| ((question.id.clone(), code), words));
    answers.specified.extend(specified);
    answers.given.insert(question.id.clone(), answer);
    Ok(())
}

#[test]
fn a_form_asks_what_it_keeps_and_what_ends_the_survey() {
    let survey = survey("ok/forms_and_dates");
    let asked = |form: &str| {
        let walk = survey.walk(&form.into(), &Answers::default(), today());
        walk.asked.iter().map(|question| question.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(asked("full"), ["agree", "home_lang", "needs", "rent", "income"]);
    assert_eq!(asked("short"), ["agree", "home_lang", "needs", "rent", "income"]);
    assert_eq!(asked("tiny"), ["agree", "home_lang"]);
    let settled = survey.settle(&"tiny".into(), &Answers::default(), today());
    let why = |id: &str| settled.get(&id.into()).and_then(Answer::missing);
    assert_eq!(why("home_lang"), Some(Missing::NoAnswer));
    assert_eq!(why("rent"), Some(Missing::NotInForm));
    assert_eq!(why("burden"), Some(Missing::NotInForm), "a calc whose inputs are dropped is dropped");
    let settled = survey.settle(&FormId::full(), &settled, today());
    assert_eq!(settled.get(&"rent".into()).and_then(Answer::missing), Some(Missing::NoAnswer));
    assert_eq!(settled.get(&"permit".into()).and_then(Answer::missing), Some(Missing::NotAsked));
}

#[test]
fn a_number_is_computed_or_missing_by_its_first_missing_operand() {
    let survey = survey("ok/forms_and_dates");
    let burden = |rent: &str, income: &str| {
        let mut answers = Answers::default();
        give(&survey, &mut answers, "agree", "yes").expect("it is taken");
        give(&survey, &mut answers, "rent", rent).expect("it is taken");
        give(&survey, &mut answers, "income", income).expect("it is taken");
        survey.walk(&"short".into(), &answers, today()).answers.given["burden"].clone()
    };
    assert_eq!(burden("900", "3000"), Answer::Number(30.0));
    assert_eq!(burden("900", ""), Answer::Missing(Missing::NoAnswer));
    assert_eq!(burden("900", "0"), Answer::Missing(Missing::NotAsked), "division by zero");
}

#[test]
fn a_date_is_taken_to_its_precision_and_compared_by_the_coarser() {
    let survey = survey("ok/forms_and_dates");
    let mut answers = Answers::default();
    let give = |answers: &mut Answers, id: &str, value: &str| give(&survey, answers, id, value);
    assert_eq!(give(&mut answers, "moved", "2026-05"), Err(Why::NotADate { to_day: true }));
    assert_eq!(give(&mut answers, "moved", "2026-02-30"), Err(Why::NotADate { to_day: true }));
    let range = |first, last| Err(Why::DateOutOfRange { first: Some(first), last: Some(last) });
    assert_eq!(give(&mut answers, "moved", "2027-02-15"), range(Date::constant(2020, 1, 1), today()));
    assert_eq!(
        give(&mut answers, "permit", "2027-04"),
        range(Date::constant(2015, 6, 1), Date::constant(2027, 3, 31))
    );
    for (id, value) in [("agree", "yes"), ("home_lang", "ti"), ("rent", "900"), ("income", "1000")] {
        give(&mut answers, id, value).expect("it is taken");
    }
    give(&mut answers, "moved", "۲۰۲۰/۱۲/۳۱").expect("digits of any script and slashes are read");
    assert_eq!(answers.given["moved"], Answer::Date(Date::constant(2020, 12, 31)));
    give(&mut answers, "permit", "2020-12").expect("it is taken");
    assert_eq!(answers.given["permit"], Answer::Date(Date::constant(2020, 12, 1)));
    let walk = survey.walk(&FormId::full(), &answers, today());
    assert!(walk.asked.iter().any(|question| question.id.as_str() == "late"), "a day is in its month");
    let json = answers.given["permit"].to_json();
    assert_eq!(json, r#"{"date":"2020-12-01"}"#);
    assert_eq!(Answer::from_json(&json), Some(answers.given["permit"].clone()));
}

#[test]
fn a_language_is_one_of_ours_first_then_of_all_then_another() {
    let survey = survey("ok/forms_and_dates");
    let question = survey.question("home_lang").expect("the survey asks it");
    let tags: Vec<&str> = question.choices().iter().map(|choice| choice.id.as_str()).collect();
    assert_eq!((tags[0], tags[tags.len() - 1]), ("en", "other"));
    assert_eq!(tags.iter().filter(|tag| **tag == "en").count(), 1);
    let mut answers = Answers::default();
    let posted = [
        ("home_lang".to_owned(), "other".to_owned()),
        ("home_lang.other.words".to_owned(), "Twi".to_owned()),
    ];
    let given = question.accept(Raw(&posted), &answers, today()).expect("it is taken");
    assert_eq!(given.answer, Answer::One("other".into()));
    assert_eq!(given.specified[&ChoiceId::from("other")], "Twi");
    assert_eq!(give(&survey, &mut answers, "home_lang", "xx"), Err(Why::NotOffered));
    give(&survey, &mut answers, "home_lang", "zh-Hans").expect("it is taken");
}

#[test]
fn a_language_of_a_form_needs_the_words_of_that_form_only() {
    let mut sources = cases::sources("ok/forms_and_dates");
    let text = sources.get_mut("case.survey").expect("it is there");
    *text = text.replace("  keeps home_lang\n", "  keeps home_lang\n  langs so\n");
    let entry = |(path, english): (&str, &str)| {
        format!("msgctxt \"{path}\"\nmsgid \"{english}\"\nmsgstr \"Af {english} ah\"\n\n")
    };
    let words = [
        ("survey:title", "A case"),
        ("survey:host", "Somebody who asks"),
        ("survey:contact", "Coordinator, 555-0100"),
        ("page.start", "Before you begin"),
        ("agree", "Shall we begin?"),
        ("agree.yes", "Yes"),
        ("agree.no", "No"),
        ("page.body", "The questions"),
        ("home_lang", "What language do you speak at home?"),
        ("end.declined", "Thank you"),
        ("form.tiny", "The tiny form"),
    ];
    sources.insert("so.po".to_owned(), words.map(entry).concat());
    let (survey, findings) = read(&sources);
    assert_eq!(findings, []);
    let survey = survey.expect("it was found whole");
    let tags: Vec<_> = survey.all_languages().into_iter().map(survey::Language::tag).collect();
    assert_eq!(tags, ["en", "so"]);
    assert_eq!(survey.languages.len(), 1, "the whole survey is not offered in Somali");
}

#[test]
fn a_check_refuses_and_a_warning_asks_once() {
    let survey = survey("ok/rules");
    let mut answers = Answers::default();
    let check = |path: &str| Err(Why::Check { path: path.to_owned() });
    assert_eq!(give(&survey, &mut answers, "children", "3"), Ok(()), "unknown does not object");
    give(&survey, &mut answers, "household", "3").expect("it is taken");
    assert_eq!(give(&survey, &mut answers, "children", "3"), check("children:check"));
    assert_eq!(give(&survey, &mut answers, "children", "2"), Ok(()));
    let several = ["housing", "work", "health", "other"].map(|code| ("needs".to_owned(), code.to_owned()));
    let needs = survey.question("needs").expect("the survey asks it");
    let refusal = needs.accept(Raw(&several), &answers, today()).expect_err("it is refused");
    assert_eq!((refusal.field.as_str(), refusal.why), ("needs", Why::Check { path: "needs:check".into() }));
    let area = survey.question("area").expect("the survey asks it");
    let warned =
        |code: &str| area.warned(&Answer::Area(code.into()), &answers, today()).map(|refusal| refusal.why);
    assert_eq!(warned("N2G"), None);
    assert_eq!(warned("B3H"), Some(Why::Warn { path: "area:warn".into() }));
    assert_eq!(area.warned(&Answer::Missing(Missing::NoAnswer), &answers, today()), None);
}

#[test]
fn each_person_has_an_order_of_their_own_with_the_end_kept() {
    let survey = survey("ok/rules");
    let needs = survey.question("needs").expect("the survey asks it");
    let order = |seed: u64| {
        let offered = needs.offered(&Answers::default(), today());
        let codes = needs.in_order(offered, seed).into_iter().map(|choice| choice.id.to_string());
        codes.collect::<Vec<_>>()
    };
    let mut first = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..3000 {
        let order = order(seed);
        assert_eq!(order[3..], ["other", "none"]);
        assert_eq!(order, self::each_person_order(needs, seed));
        *first.entry(order.concat()).or_default() += 1;
    }
    assert_eq!(first.len(), 6, "every order comes about");
    assert!(first.values().all(|count| (400..600).contains(count)), "{first:?}");
    let without_work = needs.choices().iter().filter(|choice| choice.id.as_str() != "work").collect();
    let order_without: Vec<_> =
        needs.in_order(without_work, 7).into_iter().map(|choice| choice.id.to_string()).collect();
    let mut expected = order(7);
    expected.retain(|code| code != "work");
    assert_eq!(order_without, expected, "what is not offered moves no other");
}

fn each_person_order(question: &survey::Question, seed: u64) -> Vec<String> {
    let all = question.choices().iter().collect();
    question.in_order(all, seed).into_iter().map(|choice| choice.id.to_string()).collect()
}
