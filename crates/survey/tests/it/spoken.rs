//! A survey in the languages that are ready.

use survey::{Language, read_ready};

use crate::cases;

fn tags<'l>(languages: impl IntoIterator<Item = &'l Language>) -> Vec<&'static str> {
    let tags = languages.into_iter().map(Language::tag);
    tags.map(|tag| Language::tags().find(|known| *known == tag).expect("it is known")).collect()
}

#[test]
fn a_language_with_an_error_is_left_out_and_the_others_stay() {
    let mut sources = cases::sources("ok/three_languages");
    let whole = read_ready(&sources);
    assert_eq!(tags(whole.survey.expect("it is whole").all_languages()), ["en", "fr", "ar"]);
    assert_eq!(whole.left_out, []);

    let french = sources.get_mut("fr.po").expect("it has French");
    *french = french.replace("Que souhaitez-vous?", "");
    let ready = read_ready(&sources);
    assert_eq!(tags(ready.survey.expect("it is read").all_languages()), ["en", "ar"]);
    assert_eq!(tags(&ready.left_out), ["fr"]);
    assert!(ready.findings.iter().all(|finding| finding.code == "S080"), "{:?}", ready.findings);
    assert!(!ready.findings.is_empty());

    let arabic = sources.get_mut("ar.po").expect("it has Arabic");
    *arabic = arabic.replace("ماذا تتمنى؟", "");
    let ready = read_ready(&sources);
    let tags_shown = tags(ready.survey.expect("it is read").all_languages());
    assert_eq!(tags_shown, ["en", "ar"], "what is not official is shown as far as it is");

    let text = sources.get_mut("case.survey").expect("it is there");
    *text = text.replace("langs     fr ar\n", "langs     fr ar\nofficial  en fr ar\n");
    let ready = read_ready(&sources);
    assert_eq!(tags(ready.survey.expect("it is read").all_languages()), ["en"]);
    assert_eq!(tags(&ready.left_out), ["fr", "ar"]);
}

#[test]
fn an_error_of_the_survey_itself_leaves_nothing() {
    let mut sources = cases::sources("ok/three_languages");
    let text = sources.get_mut("case.survey").expect("it is there");
    *text = text.replace("consent", "cosnent");
    let ready = read_ready(&sources);
    assert!(ready.survey.is_none() && ready.left_out.is_empty() && !ready.findings.is_empty());
}

#[test]
fn a_language_of_a_form_is_left_out_of_the_form() {
    let mut sources = cases::sources("ok/forms_and_dates");
    let text = sources.get_mut("case.survey").expect("it is there");
    *text = text.replace("  keeps home_lang\n", "  keeps home_lang\n  langs so\n");
    *text = text.replace("source    en\n", "source    en\nofficial  en so\n");
    let ready = read_ready(&sources);
    let survey = ready.survey.expect("it is read");
    assert_eq!(tags(survey.all_languages()), ["en"]);
    assert_eq!(tags(&ready.left_out), ["so"]);
}
