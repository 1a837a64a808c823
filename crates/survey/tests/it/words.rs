//! What is put into words: answers, sets, and the form for a number.

use survey::{Language, Part, Survey, Words, read};

use crate::{
    cases,
    sample::{answers, chose, said},
};

fn survey() -> Survey {
    read(&cases::sources("ok/words_filled_in")).0.expect("the case is whole")
}

fn asks<'s>(survey: &'s Survey, id: &str) -> &'s Words {
    survey.question(id).and_then(|question| question.asks.as_ref()).expect("the case asks it")
}

/// The text with the questions of its inserts in angle brackets.
fn told(words: &Words, tag: &str, answers: &survey::Answers) -> String {
    let language = Language::of_tag(tag).expect("we have data for it");
    let parts = words.parts(&language, answers).0.into_iter().map(|part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Insert(insert) => format!("<{}>", insert.question),
    });
    parts.collect()
}

#[test]
fn sets_stand_in_the_words_and_answers_where_they_are_put() {
    let (survey, given) = (survey(), answers([("pathway", said("economic"))]));
    let needs = asks(&survey, "needs");
    let english = "You came to Halifax <pathway> and not {alone}. What did you need?";
    assert_eq!(told(needs, "en", &given), english);
    assert_eq!(told(needs, "es", &given), "Usted llegó a Jálifax <pathway> y no {alone}. ¿Qué necesitaba?");
    assert_eq!(needs.msgid(), "You came to {region} {pathway} and not {alone}. What did you need?");
    let spanish = Language::of_tag("es").expect("we have data for it");
    assert_eq!(needs.unanswered(&spanish), "Usted llegó a Jálifax … y no {alone}. ¿Qué necesitaba?");
}

#[test]
fn a_number_has_its_form_in_each_language() {
    let survey = survey();
    let top = asks(&survey, "top_needs");
    let (one, two) = (answers([("needs", chose(&["home"]))]), answers([("needs", chose(&["home", "work"]))]));
    assert_eq!(told(top, "en", &one), "Of the one thing you chose, how much does it matter?");
    assert_eq!(told(top, "en", &two), "Of the <needs> things you chose, which matter most?");
    assert_eq!(told(top, "es", &one), "De lo único que eligió, ¿cuánto importa?");
    assert_eq!(told(top, "es", &two), "De las <needs> cosas que eligió, ¿cuáles importan más?");
    assert_eq!(
        told(top, "fr", &one),
        told(top, "en", &one),
        "who has no words in a language reads the source"
    );
}
