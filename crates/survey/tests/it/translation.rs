//! Which words of a PO file fit a survey, and what is said of the others.

use std::collections::BTreeMap;

use notation::{Finding, Place, Severity};
use survey::{Kind, Language, Survey, po, translate};

use crate::sample::{choice, choices, one, page, question, survey};

/// One entry of a PO file.
fn entry(path: &str, english: &str, text: &str) -> String {
    format!("msgctxt \"{path}\"\nmsgid \"{english}\"\nmsgstr \"{text}\"\n\n")
}

/// A question with a hint, of two choices.
fn home() -> Survey {
    let mut home = one("home", &["rent", "own"]);
    home.hint = Some(survey::Words::new("home:hint", "The place you sleep"));
    survey(vec![page("a", vec![home])])
}

/// Every text of [`home`] in words of its own, apart from the entries left out or changed.
fn file(words: &[(&str, &str)], changes: &[(&str, String)]) -> String {
    let english: BTreeMap<String, String> =
        home().words().into_iter().map(|words| (words.path.clone(), words.source.clone())).collect();
    let mut text = "msgid \"\"\nmsgstr \"X-Soundings-State: draft\\n\"\n\n".to_owned();
    for (path, translated) in words {
        let whole = entry(path, &english[*path], translated);
        text += changes.iter().find(|(changed, _)| changed == path).map_or(&whole, |(_, other)| other);
    }
    text
}

const FRENCH: &[(&str, &str)] = &[
    ("survey:title", "Une enquête"),
    ("survey:host", "Les gens qui demandent"),
    ("survey:contact", "Coordination, 555-0100, survey@example.org"),
    ("missing.prefer_not", "Je préfère ne rien dire"),
    ("page.a", "Page un"),
    ("home", "Où logez-vous?"),
    ("home:hint", "L’endroit où vous dormez"),
    ("home.rent", "Les mots de louer"),
    ("home.own", "Les mots de posséder"),
];

const ARABIC: &[(&str, &str)] = &[
    ("survey:title", "استبيان"),
    ("survey:host", "من يسأل"),
    ("survey:contact", "المنسق، 555-0100، survey@example.org"),
    ("missing.prefer_not", "أفضّل عدم الإجابة"),
    ("page.a", "صفحة"),
    ("home", "أين تسكن؟"),
    ("home:hint", "مكان نومك"),
    ("home.rent", "إيجار"),
    ("home.own", "ملك"),
];

fn places(survey: &Survey) -> BTreeMap<String, Place> {
    let paths = survey.words().into_iter().map(|words| words.path.clone());
    let place = |at| Place { file: "home.survey".into(), start: at, end: at + 1 };
    paths.enumerate().map(|(at, path)| (path, place(at))).collect()
}

/// Translate, and say of each finding its code and what it says.
fn told(survey: &mut Survey, tag: &str, text: &str) -> (Vec<Finding>, Vec<(&'static str, String)>) {
    let (po, unreadable) = po::read(&format!("{tag}.po"), text);
    assert_eq!(unreadable, []);
    let places = places(survey);
    let findings = translate(survey, &Language::of_tag(tag).expect("we have data for it"), &po, &places);
    let told = findings.iter().map(|finding| (finding.code, finding.says.clone())).collect();
    (findings, told)
}

/// The findings of [`home`] with these changes to its French.
fn french(changes: &[(&str, String)]) -> (Vec<Finding>, Vec<(&'static str, String)>) {
    told(&mut home(), "fr", &file(FRENCH, changes))
}

fn says(code: &'static str, says: &str) -> (&'static str, String) {
    (code, says.to_owned())
}

#[test]
fn whole_files_give_a_whole_survey_and_no_finding() {
    let mut survey = home();
    assert_eq!(told(&mut survey, "fr", &file(FRENCH, &[])).1, []);
    assert_eq!(told(&mut survey, "ar", &file(ARABIC, &[])).1, []);
    let (fr, ar) = (Language::of_tag("fr").unwrap(), Language::of_tag("ar").unwrap());
    assert!(survey.words().iter().all(|words| words.speaks(&fr) && words.speaks(&ar)));
    assert_eq!(survey.question("home").unwrap().choices()[0].words.text(&ar), "إيجار");
}

#[test]
fn a_draft_is_marked_as_one() {
    let mut survey = home();
    told(&mut survey, "fr", &file(FRENCH, &[]));
    told(&mut survey, "ar", &file(ARABIC, &[]).replace("draft", "reviewed"));
    let drafts: Vec<_> = survey.languages.iter().map(|offered| offered.draft).collect();
    assert_eq!(drafts, [false, true, false]);
}

#[test]
fn a_missing_text_is_told_at_its_empty_line_or_at_the_english() {
    let (findings, told) = french(&[("home.own", entry("home.own", "The words of own", ""))]);
    assert_eq!(told, [says("S080", "`home.own` has no French")]);
    assert_eq!((&*findings[0].at.file, findings[0].severity), ("fr.po", Severity::Error));
    let (findings, told) = french(&[("home.own", String::new())]);
    assert_eq!(told, [says("S080", "`home.own` has no French")]);
    assert_eq!(&*findings[0].at.file, "home.survey");
    assert!(findings[0].remedy.as_ref().unwrap().contains("msgctxt \"home.own\""));
}

#[test]
fn hints_may_be_absent_where_the_language_is_not_official() {
    assert_eq!(french(&[("home:hint", String::new())]).1, [says("S080", "`home:hint` has no French")]);
    assert_eq!(told(&mut home(), "ar", &file(ARABIC, &[("home:hint", String::new())])).1, []);
    let gone = [("home.own", String::new())];
    assert_eq!(told(&mut home(), "ar", &file(ARABIC, &gone)).1, [says("S080", "`home.own` has no Arabic")]);
}

#[test]
fn a_translation_of_other_english_is_stale_and_not_shown() {
    let changed = entry("home", "Where do you sleep?", "Où dormez-vous?");
    let text = file(FRENCH, &[("home", changed)]);
    let mut survey = home();
    let (findings, told) = told(&mut survey, "fr", &text);
    assert_eq!(told, [says("S081", "this French was made for other English words")]);
    assert_eq!(&text[findings[0].at.start..findings[0].at.end], "\"Où dormez-vous?\"");
    let also: Vec<_> = findings[0].also.iter().map(|(at, says)| (&*at.file, says.as_str())).collect();
    assert_eq!(also, [("fr.po", "the English it was made for"), ("home.survey", "the English now")]);
    assert!(!survey.question("home").unwrap().speaks(&Language::of_tag("fr").unwrap()));
}

#[test]
fn a_fuzzy_translation_is_stale_though_its_english_is_the_one_now() {
    let now = entry("home", "Do you home?", "Où logez-vous?");
    let (findings, told) = french(&[("home", format!("#, fuzzy\n{now}"))]);
    assert_eq!(told, [says("S081", "this French is marked as doubtful, so nobody is shown it")]);
    assert!(findings[0].remedy.as_ref().unwrap().ends_with("remove `fuzzy`"));
    let (findings, told) = french(&[("home", format!("#, fuzzy\n#| msgid \"Where?\"\n{now}"))]);
    assert_eq!(told, [says("S081", "this French was made for other English words")]);
    assert_eq!(findings[0].also[0].1, "the English it was made for");
}

#[test]
fn two_choices_that_read_alike_are_told_once() {
    let (findings, told) =
        french(&[("home.own", entry("home.own", "The words of own", "Les mots de louer"))]);
    assert_eq!(told, [says("S084", "`home.rent` and `home.own` read alike in French")]);
    assert_eq!(findings[0].also.len(), 1);
}

/// The numbers that the English of hand-made surveys holds.
const NUMBERS: &str = "555-0100, 1, 2";

#[test]
fn a_shared_list_is_one_matter_however_many_questions_use_it() {
    let scale = || Kind::One { choices: choices("list.ease", &["1", "2"]), ordered: true };
    let mut survey = survey(vec![page("a", vec![question("work", scale()), question("home", scale())])]);
    let words: Vec<_> =
        survey.words().into_iter().map(|words| (words.path.clone(), words.source.clone())).collect();
    let mut text = String::new();
    for (at, (path, english)) in words.iter().enumerate().filter(|(_, (path, _))| path != "list.ease.2") {
        if !text.contains(&format!("\"{path}\"")) {
            text += &entry(path, english, &format!("Texte {at} ({NUMBERS})"));
        }
    }
    let missing = told(&mut survey, "fr", &text).1;
    assert_eq!(missing, [says("S080", "`list.ease.2` has no French")]);
    let one = words.iter().position(|(path, _)| path == "list.ease.1").unwrap();
    text += &entry("list.ease.2", "The words of 2", &format!("Texte {one} ({NUMBERS})"));
    let alike = told(&mut survey, "fr", &text).1;
    assert_eq!(alike, [says("S084", "`list.ease.1` and `list.ease.2` read alike in French")]);
}

#[test]
fn english_left_standing_is_a_warning_unless_it_is_meant_or_a_name() {
    let left = entry("home.rent", "The words of rent", "The words of rent");
    let (findings, told) = french(&[("home.rent", left.clone())]);
    assert_eq!(told, [says("S085", "identical to the English")]);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert_eq!(french(&[("home.rent", format!("# same: a name\n{left}"))]).1, []);
    let mut named = home();
    for words in named.words_mut().into_iter().filter(|words| words.path == "home.rent") {
        words.source = "Halifax".to_owned();
    }
    let name = [("home.rent", entry("home.rent", "Halifax", "Halifax"))];
    assert_eq!(self::told(&mut named, "fr", &file(FRENCH, &name)).1, []);
}

#[test]
fn another_script_is_another_language() {
    let change = |text: &str| [("home.own", entry("home.own", "The words of own", text))];
    let arabic = |text: &str| told(&mut home(), "ar", &file(ARABIC, &change(text))).1;
    assert_eq!(arabic("Hindi"), [says("S086", "no Arabic letter in Arabic")]);
    assert_eq!(
        arabic("The words of own"),
        [says("S086", "no Arabic letter in Arabic")],
        "not left in English too"
    );
    for fine in ["في كندا PR", "555-0100", "a@example.org", "https://example.org"] {
        assert_eq!(arabic(fine), [], "{fine}");
    }
    assert_eq!(french(&change("ملك")).1, [says("S086", "no Latin letter in French")]);
}

#[test]
fn an_entry_of_no_path_is_stray_and_what_it_was_meant_for_is_not_missing_besides() {
    let (findings, told) = french(&[("home.own", entry("home.onw", "The words of own", "Les mots"))]);
    assert_eq!(told, [says("S090", "nothing in the survey has the path `home.onw`")]);
    assert_eq!(findings[0].remedy.as_deref(), Some("did you mean `home.own`?"));
    let extra =
        format!("{}{}", entry("home.own", "The words of own", "Les mots"), entry("zoo", "Zoo", "Parc"));
    let (findings, told) = french(&[("home.own", extra)]);
    assert_eq!(told, [says("S090", "nothing in the survey has the path `zoo`")]);
    assert!(findings[0].remedy.as_ref().unwrap().starts_with("delete the entry"));
    let nameless = "msgid \"The words of own\"\nmsgstr \"Les mots\"\n\n".to_owned();
    assert_eq!(french(&[("home.own", nameless)]).1, [says("S090", "this entry does not say what it is of")]);
    let retired = "#~ msgctxt \"zoo\"\n#~ msgid \"Zoo\"\n#~ msgstr \"Parc\"\n\n".to_owned();
    assert_eq!(french(&[("home.own", retired)]).1, [says("S080", "`home.own` has no French")]);
}

#[test]
fn a_slip_of_the_survey_is_not_told_again_of_its_translations() {
    let mut unsigned = home();
    unsigned.pages[0].questions[0].asks = None;
    let text = file(FRENCH, &[]);
    let (po, _) = po::read("fr.po", &text);
    let fr = Language::of_tag("fr").unwrap();
    assert_eq!(translate(&mut unsigned, &fr, &po, &BTreeMap::new()), [], "a question that lost its sign");
    let mut twice = home();
    let Kind::One { choices, .. } = &mut twice.pages[0].questions[0].kind else {
        unreachable!("it is a one")
    };
    choices[1] = choice("home", "rent");
    choices[1].words.source = "The words of own".to_owned();
    assert_eq!(translate(&mut twice, &fr, &po, &BTreeMap::new()), [], "a code taken twice");
    let mut unread = home();
    let places = places(&unread);
    unread.pages[0].questions.clear();
    assert_eq!(translate(&mut unread, &fr, &po, &places), [], "a question of unknown type");
}

#[test]
fn a_line_that_cannot_be_read_is_told_once() {
    let broken = [
        "msgctxt \"home.own\"\nmsgid \"The words of own\"\nmsgstr \"Les mots\n\n",
        "msgctx \"home.own\"\nmsgid \"The words of own\"\nmsgstr \"Les mots\"\n\n",
        "msgctxt \"home.own\"\nmsgid \"The words of own\"\nmsgst \"Les mots\"\n\n",
    ];
    for broken in broken {
        let mut survey = home();
        let text = file(FRENCH, &[("home.own", broken.to_owned())]);
        let (po, unreadable) = po::read("fr.po", &text);
        assert_eq!(unreadable.len(), 1, "{broken}");
        let places = places(&survey);
        assert_eq!(translate(&mut survey, &Language::of_tag("fr").unwrap(), &po, &places), [], "{broken}");
    }
}

#[test]
fn the_source_language_needs_no_translation() {
    let (po, _) = po::read("en.po", "");
    assert_eq!(translate(&mut home(), &Language::english(), &po, &BTreeMap::new()), []);
}

#[test]
fn every_text_is_visited_whether_to_read_or_to_change() {
    let mut survey = home();
    let mut read: Vec<_> = survey.words().into_iter().map(|words| words.path.clone()).collect();
    let mut changed: Vec<_> = survey.words_mut().into_iter().map(|words| words.path.clone()).collect();
    read.sort();
    changed.sort();
    assert_eq!(read, changed);
    assert_eq!(read.len(), FRENCH.len());
}
