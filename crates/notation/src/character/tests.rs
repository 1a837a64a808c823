use super::{hidden, turns_around};

#[test]
fn the_bytes_say_the_same_as_the_letters() {
    for each in ('\u{0}'..='\u{ffff}').chain(['\u{10ffff}']) {
        let is_control = matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert_eq!(turns_around(&format!("a{each}b")), is_control, "U+{:04X}", u32::from(each));
    }
    assert!(!turns_around("") && !turns_around("é"));
    assert_eq!(hidden("a", "é\u{202e}\u{202c} b \u{2066}").len(), 2);
}
