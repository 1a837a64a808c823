use super::{ENGLISH, KNOWN, Language};

#[test]
fn languages_are_in_the_order_of_their_tags() {
    assert!(KNOWN.is_sorted_by(|one, other| one.0 < other.0));
    assert_eq!(ENGLISH.tag(), "en");
    assert!(Language::tags().all(|tag| Language::of_tag(tag).unwrap().tag() == tag));
}
