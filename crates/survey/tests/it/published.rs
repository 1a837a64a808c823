//! Published versions: written once, read again as they were, and through the gate first.

use survey::{Date, Drafts, Published, Sources, Version, gate, read};

use crate::cases;

fn published(sources: &Sources) -> Published {
    let (survey, _) = read(sources);
    Published::of(&survey.expect("the case is whole"), sources, Date::constant(2027, 1, 15))
}

#[test]
fn a_version_is_read_again_as_it_was_written() {
    for name in ["ok/every_kind", "ok/three_languages", "ok/forms_and_dates", "ok/words_filled_in"] {
        let sources = cases::sources(name);
        let written = published(&sources);
        assert_eq!(Published::read(&written.write()), Some(written.clone()), "{name}");
        let edition = written.edition().expect("its files hold a survey");
        assert_eq!(Some(edition), read(&sources).0, "{name}");
    }
}

#[test]
fn a_file_that_somebody_changed_is_not_a_version() {
    let text = published(&cases::sources("ok/three_languages")).write();
    for (from, to) in
        [("\"draft\":false", "\"draft\":true"), ("2027-01-15", "someday"), ("\"sources\"", "\"files\"")]
    {
        assert!(text.contains(from), "{from}");
        assert_eq!(Published::read(&text.replacen(from, to, 1)), None, "{from}");
    }
}

#[test]
fn a_version_keeps_the_files_its_reader_needs_and_no_others() {
    let mut sources = cases::sources("ok/every_kind");
    sources.insert("case.recipe".to_owned(), "recipe case\n".to_owned());
    sources.insert("so.po".to_owned(), String::new());
    let kept: Vec<String> = published(&sources).sources.into_keys().collect();
    assert!(kept.contains(&"case.survey".to_owned()) && kept.iter().any(|name| name.starts_with("margins/")));
    assert!(!kept.contains(&"case.recipe".to_owned()) && !kept.contains(&"so.po".to_owned()), "{kept:?}");
}

#[test]
fn versions_are_told_apart_by_wave_and_edition() {
    let mut sources = Sources::new();
    let base = cases::sources("ok/every_kind");
    for label in ["2027.10", "2027.9", "2028.1"] {
        let mut own = base.clone();
        let text = own.get_mut("case.survey").expect("the case has a survey");
        let line =
            text.lines().find(|line| line.starts_with("version")).expect("it has a version").to_owned();
        *text = text.replacen(&line, &format!("version {label}"), 1);
        sources.insert(format!("published/{label}.json"), published(&own).write());
    }
    let labels: Vec<String> = Published::all(&sources).iter().map(|each| each.version.to_string()).collect();
    assert_eq!(labels, ["2027.9", "2027.10", "2028.1"]);
    assert_eq!(Version::of_label("2027.0"), None);
}

#[test]
fn a_language_below_its_gate_is_not_offered_and_holds_nothing_back() {
    let sources = cases::sources("S091_not_offered");
    let (gate, findings) = gate(&sources, Drafts::Offered);
    let gate = gate.unwrap_or_else(|| panic!("{}", survey::draw(&findings, &sources, false)));
    let tags: Vec<&str> = gate.survey.languages.iter().map(|each| each.language.tag()).collect();
    assert_eq!(tags, ["en"]);
    assert!(gate.languages.iter().any(|each| each.language.tag() == "ar" && !each.is_offered()));
    assert!(!gate.survey.canonical().contains("هل نبدأ؟"), "no word of it is left");
}

#[test]
fn what_may_fall_back_is_counted_in_whole_questions() {
    let mut sources = cases::sources("S091_not_offered");
    let text = sources.get_mut("case.survey").expect("the case has a survey");
    *text = text.replacen("host ", "fallback  25\nhost ", 1);
    let passed = |sources: &Sources| {
        let gate = gate(sources, Drafts::Offered).0.expect("nothing official is short");
        gate.survey.languages.len() == 2
    };
    assert!(passed(&sources), "1 of 4 questions may fall back");
    let text = sources.get_mut("case.survey").expect("the case has a survey");
    *text = text.replacen("fallback  25", "fallback  24", 1);
    assert!(!passed(&sources));
}

#[test]
fn a_draft_is_offered_as_a_draft_or_waits_for_its_reviewer() {
    for name in ["S092_draft", "S092_not_reviewed"] {
        let sources = cases::sources(name);
        let (waits, _) = gate(&sources, Drafts::HeldBack);
        assert_eq!(waits.expect("Arabic is not official").survey.languages.len(), 1, "{name}");
        let (draft, findings) = gate(&sources, Drafts::Offered);
        assert!(findings.is_empty(), "{name}");
        let draft = draft.expect("drafts are let through").survey;
        assert!(draft.language("ar").expect("Arabic is offered").draft, "{name}");
    }
}

#[test]
fn an_official_language_that_nobody_reviewed_holds_the_version_back() {
    let mut sources = cases::sources("S092_not_reviewed");
    let text = sources.get_mut("case.survey").expect("the case has a survey");
    *text = text.replacen("host ", "official  en ar\nhost ", 1);
    assert!(gate(&sources, Drafts::HeldBack).0.is_none());
    assert!(gate(&sources, Drafts::Offered).0.is_some());
}

#[test]
fn a_warning_holds_the_version_back_until_it_is_accepted() {
    let mut sources = cases::sources("S064_no_fitting_answer");
    let (shut, findings) = gate(&sources, Drafts::Offered);
    assert!(shut.is_none() && findings.iter().any(|finding| finding.code == "S064"));
    let text = sources.get_mut("case.survey").expect("the case has a survey");
    let question = text.lines().find(|line| line.starts_with("many ")).expect("it asks a many").to_owned();
    *text = text.replacen(&question, &format!("{question}\n  accept S064 everybody needs one of these"), 1);
    let (open, findings) = gate(&sources, Drafts::Offered);
    assert!(open.is_some(), "{}", survey::draw(&findings, &sources, false));
}
