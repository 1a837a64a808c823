//! The fingerprint: it changes with what people read and are asked, and with nothing else.

use survey::{Fingerprint, Sources, read};

use crate::cases;

fn fingerprint(sources: &Sources) -> Fingerprint {
    let (survey, findings) = read(sources);
    survey.unwrap_or_else(|| panic!("{}", survey::draw(&findings, sources, false))).fingerprint()
}

fn changed(name: &str, file: &str, from: &str, to: &str) -> bool {
    let mut sources = cases::sources(name);
    let before = fingerprint(&sources);
    let text = sources.get_mut(file).expect("the case has this file");
    assert!(text.contains(from), "`{from}` stands in {file}");
    *text = text.replacen(from, to, 1);
    fingerprint(&sources) != before
}

#[test]
fn comments_layout_and_population_tables_change_nothing() {
    assert!(!changed("ok/every_kind", "case.survey", "page body", "# A comment\n\npage body"));
    assert!(!changed("ok/every_kind", "case.survey", "title     Every", "title Every"));
    assert!(!changed("ok/every_kind", "margins/newcomers-2026/period.csv", "before,100", "before,101"));
}

#[test]
fn words_in_any_language_change_it() {
    let name = "ok/three_languages";
    assert!(changed(name, "fr.po", "Que souhaitez-vous?", "Que voulez-vous?"));
    assert!(changed(name, "ar.po", "ماذا تتمنى؟", "ماذا تريد؟"));
    assert!(changed("ok/every_kind", "case.survey", "It takes five minutes", "It takes ten minutes"));
}

#[test]
fn rules_and_settings_change_it() {
    let name = "ok/every_kind";
    assert!(changed(name, "case.survey", "when not needs has none", "when needs has work"));
    assert!(changed(name, "case.survey", "1..20", "1..21"));
    assert!(changed(name, "case.survey", "  role weight", "  role profile"));
    assert!(changed(name, "case.survey", "2027-03-31", "2027-03-30"));
    assert!(changed(name, "case.survey", " [last]", ""));
}

#[test]
fn the_canonical_text_is_the_same_every_time() {
    let sources = cases::sources("ok/every_condition");
    let canonical = || read(&sources).0.expect("the case is whole").canonical();
    assert_eq!(canonical(), canonical());
    assert!(canonical().starts_with(r#"{"survey":"case","title":{"path":"survey:title""#));
}
