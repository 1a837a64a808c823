//! Answers repeated in the words of later questions.

use survey::{Sources, Survey};

use crate::{
    fixture::{Box, language, open},
    phone::{Phone, Shown},
};

const SURVEY: &str = "\
survey    sample
title     A sample
version   2027.1
source    en
langs     ar
host      Us
contact   us@example.org
set region  Halifax

page start  Start
consent agree
  ? Do you agree?
  - yes  Yes
  - no   No  [end declined]

page about  About
many needs
  ? What do you need in {region}?
  - home    A home
  - work    Work
  - school  A school
  - health  A doctor
  - legal   Papers
  - rest    Rest
  - money   Money
  - food    Food
  - talk    Talk
  - friend  Friends
  - bus     Buses
  - none    Nothing  [only]
one way
  ? How did you come?
  - boat   By boat <slowly>
  - train  By train
number people  1..20000  decimals 1
  ? How many people?
date since
  ? Since when?

page more  More
one top
  ? Of the {count(needs)} things you chose ({needs}), is one urgent?
  ?1 Is the one thing you chose ({needs}) urgent?
  when count(needs) > 0
  - yes  Yes
  - no   No
one trip
  ? You came {way}. Was it long?
  when answered(way)
  - yes  Yes, {way} is long
  - no   No
one crowd
  ? Is it loud with {people} people since {since}?
  when answered(people) and answered(since)
  - yes  Yes
  - no   No

end declined  Bye
  ? Nothing was kept.
";

const ARABIC: &str = r#"msgid ""
msgstr ""
"Language: ar\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\n"

msgctxt "top"
msgid "Is the one thing you chose ({needs}) urgent?"
msgid_plural "Of the {count(needs)} things you chose ({needs}), is one urgent?"
msgstr[0] "هل هناك شيء عاجل {needs}؟"
msgstr[1] "هل الشيء الذي اخترته عاجل ({needs})؟"
msgstr[2] "هل أحد الشيئين عاجل ({needs})؟"
msgstr[3] "من بين {count(needs)} أشياء ({needs})، هل أحدها عاجل؟"
msgstr[4] "من بين {count(needs)} شيئًا ({needs})، هل أحدها عاجل؟"
msgstr[5] "من بين {count(needs)} شيء ({needs})، هل أحدها عاجل؟"

msgctxt "crowd"
msgid "Is it loud with {people} people since {since}?"
msgid_plural "Is it loud with {people} people since {since}?"
msgstr[0] "هل هو صاخب مع {people} منذ {since}؟"
msgstr[1] "هل هو صاخب مع {people} منذ {since}؟"
msgstr[2] "هل هو صاخب مع {people} منذ {since}؟"
msgstr[3] "هل هو صاخب مع {people} منذ {since}؟"
msgstr[4] "هل هو صاخب مع {people} منذ {since}؟"
msgstr[5] "هل هو صاخب مع {people} منذ {since}؟"
"#;

/// The Arabic of everything that has no plural.
const SAID: &[(&str, &str, &str)] = &[
    ("agree", "Do you agree?", "هل توافق؟"),
    ("agree.yes", "Yes", "نعم"),
    ("agree.no", "No", "لا"),
    ("top.yes", "Yes", "نعم"),
    ("top.no", "No", "لا"),
    ("trip", "You came {way}. Was it long?", "جئت {way}. هل كان طويلًا؟"),
    ("trip.yes", "Yes, {way} is long", "نعم، {way} طويل"),
    ("trip.no", "No", "لا"),
    ("crowd.yes", "Yes", "نعم"),
    ("crowd.no", "No", "لا"),
    ("needs", "What do you need in {region}?", "ماذا تحتاج في {region}؟"),
    ("set.region", "Halifax", "هاليفاكس"),
    ("needs.home", "A home", "سكن"),
    ("needs.work", "Work", "عمل"),
    ("needs.school", "A school", "مدرسة"),
    ("way.train", "By train", "بالقطار"),
];

/// The sample; `more` adds Arabic.
fn sample(more: &[(&str, &str, &str)]) -> Survey {
    let entry = |(path, english, said): &(&str, &str, &str)| {
        format!("\nmsgctxt \"{path}\"\nmsgid \"{english}\"\nmsgstr \"{said}\"\n")
    };
    let arabic: String = SAID.iter().chain(more).map(entry).collect();
    let sources: Sources = [("sample.survey".to_owned(), SURVEY.to_owned())].into();
    let (survey, findings) = survey::read_source(&sources);
    let mut survey = survey.unwrap_or_else(|| panic!("{}", survey::draw(&findings, &sources, false)));
    let file = format!("{ARABIC}{arabic}");
    let (po, findings) = survey::po::read("ar.po", &file);
    assert!(findings.is_empty(), "{findings:?}");
    // What has no Arabic is told and shown in English; the tests want some of that.
    let _ = survey::translate(&mut survey, &language("ar"), &po, &Default::default());
    survey
}

/// The last page of questions for those who answered this.
async fn more(server: &Box, tag: &str, answers: &[(&str, &str)]) -> (Phone, Shown) {
    let mut phone = Phone::new(server);
    let about = phone.begin(tag).await;
    let more = phone.go(&about, "next", answers).await;
    (phone, more)
}

const CODES: &[&str] =
    &["home", "work", "school", "health", "legal", "rest", "money", "food", "talk", "friend", "bus"];

fn chose(count: usize) -> Vec<(&'static str, &'static str)> {
    CODES[..count].iter().map(|code| ("needs", *code)).collect()
}

#[tokio::test]
async fn numbers_and_lists_are_repeated_each_isolated() {
    let server = open(sample(&[]));
    let (_, one) = more(&server, "en", &chose(1)).await;
    assert!(one.text.contains("Is the one thing you chose (<bdi>A home</bdi>) urgent?"), "{}", one.text);
    let (_, three) = more(&server, "en", &chose(3)).await;
    let says = "Of the <bdi>3</bdi> things you chose (<bdi>A home, Work and A school</bdi>), is one urgent?";
    assert!(three.text.contains(says), "{}", three.text);
    assert!(!three.text.split("<main").nth(1).unwrap().contains('{'), "no brace is left");
}

#[tokio::test]
async fn words_of_an_answer_are_words_and_no_markup() {
    let server = open(sample(&[]));
    let (_, page) = more(&server, "en", &[("way", "boat")]).await;
    assert!(page.text.contains("You came <bdi>By boat &lt;slowly&gt;</bdi>. Was it long?"), "{}", page.text);
    assert!(page.text.contains("Yes, <bdi>By boat &lt;slowly&gt;</bdi> is long"), "in a choice too");
    assert!(!page.text.contains("is one urgent"), "nothing is repeated that was not said");
}

#[tokio::test]
async fn numbers_and_days_are_written_as_the_language_writes_them() {
    let server = open(sample(&[]));
    let answers = [("people", "1234.5"), ("since", "2026-11")];
    let (_, english) = more(&server, "en", &answers).await;
    assert!(english.text.contains("with <bdi>1,234.5</bdi> people since <bdi>November 2026</bdi>?"));
    let (_, arabic) = more(&server, "ar", &answers).await;
    assert!(arabic.text.contains("مع <bdi>1,234.5</bdi> منذ <bdi>نوفمبر 2026</bdi>؟"), "{}", arabic.text);
}

#[tokio::test]
async fn arabic_has_a_form_for_each_kind_of_number() {
    let rest = [
        ("needs.health", "A doctor", "طبيب"),
        ("needs.legal", "Papers", "أوراق"),
        ("needs.rest", "Rest", "راحة"),
        ("needs.money", "Money", "مال"),
        ("needs.food", "Food", "طعام"),
        ("needs.talk", "Talk", "حديث"),
        ("needs.friend", "Friends", "أصدقاء"),
        ("needs.bus", "Buses", "حافلات"),
        ("needs.none", "Nothing", "لا شيء"),
    ];
    let server = open(sample(&rest));
    for (count, says) in [
        (1, "هل الشيء الذي اخترته عاجل (<bdi>سكن</bdi>)؟"),
        (2, "هل أحد الشيئين عاجل (<bdi>سكن وعمل</bdi>)؟"),
        (3, "من بين <bdi>3</bdi> أشياء (<bdi>سكن وعمل ومدرسة</bdi>)، هل أحدها عاجل؟"),
        (11, "من بين <bdi>11</bdi> شيئًا (<bdi>سكن وعمل"),
    ] {
        let (_, page) = more(&server, "ar", &chose(count)).await;
        assert!(page.text.contains(says), "{count}: {}", page.text);
    }
}

#[tokio::test]
async fn a_question_that_repeats_what_has_no_arabic_is_whole_in_english() {
    let server = open(sample(&[]));
    let (mut phone, page) = more(&server, "ar", &[("way", "train")]).await;
    assert!(page.text.contains("جئت <bdi>بالقطار</bdi>. هل كان طويلًا؟"), "{}", page.text);
    let back = phone.go(&page, "back", &[]).await;
    let page = phone.go(&back, "next", &[("way", "boat")]).await;
    assert!(page.text.contains("<div lang=\"en\" dir=\"ltr\">"), "{}", page.text);
    assert!(page.text.contains("You came <bdi>By boat"), "never two languages in one question");
    assert!(!page.text.contains("جئت"));
}

#[tokio::test]
async fn the_review_repeats_them_too_and_another_language_says_them_anew() {
    let server = open(sample(&[]));
    let (mut phone, page) =
        more(&server, "en", &[("needs", "work"), ("needs", "home"), ("way", "train")]).await;
    let review = phone.go(&page, "next", &[("top", "yes"), ("trip", "no")]).await;
    assert!(review.text.contains("Of the <bdi>2</bdi> things you chose (<bdi>A home and Work</bdi>)"));
    let arabic = phone.go(&review, "lang:ar", &[]).await;
    assert!(arabic.text.contains("هل أحد الشيئين عاجل (<bdi>سكن وعمل</bdi>)؟"), "{}", arabic.text);
}

#[tokio::test]
async fn a_refusal_names_its_question_with_what_it_repeats() {
    let server = open(sample(&[]));
    let (mut phone, page) = more(&server, "en", &[("way", "train")]).await;
    let refused = phone.press(&page, "next", &[("trip", "maybe")]).await;
    assert_eq!(refused.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    let named = refused.text.split("class=\"errors\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(named.contains("You came <bdi>By train</bdi>. Was it long?"), "{named}");
}
