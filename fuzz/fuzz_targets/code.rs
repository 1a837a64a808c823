//! Any text as a number, an invitation or a channel: no panic, and a number is read as it is shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use responses::{Number, is_channel_code, is_invitation_code};

fuzz_target!(|text: &str| {
    if let Ok(number) = Number::read(text) {
        let shown = number.to_string();
        assert_eq!(Number::read(&shown), Ok(number));
        let digits: usize = text.chars().filter(|each| each.is_numeric()).count();
        assert!(shown.len() == 14 && digits == 12, "{text}");
    }
    if is_channel_code(text) {
        assert!(text.is_ascii() && text.len() < 64, "{text}");
    }
    if is_invitation_code(text) {
        assert!(text.chars().filter(|each| each.is_alphanumeric()).count() == 10, "{text}");
    }
});
