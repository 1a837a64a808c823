use super::rule;
use crate::Language;
use crate::po::Plurals;

#[test]
fn the_rule_of_every_language_can_be_read_and_uses_every_form() {
    for language in Language::all() {
        let plurals = Plurals::read(rule(&language)).unwrap_or_else(|| panic!("{language}"));
        assert!((0..plurals.count()).all(|form| plurals.example(form).is_some()), "{language}");
    }
    let counts = ["zh-Hans", "en", "fr", "uk", "ar"]
        .map(|tag| Plurals::read(rule(&Language::of_tag(tag).unwrap())).unwrap().count());
    assert_eq!(counts, [1, 2, 2, 3, 6]);
}
