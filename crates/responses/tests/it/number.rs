//! The number: twelve digits, one of which checks the others.

use responses::{Mistyped, Number};

/// A number of eleven given digits, found by trying the twelfth.
fn number(eleven: &str) -> String {
    let fits = |last: &u8| Number::read(&format!("{eleven}{last}")).is_ok();
    let last: Vec<u8> = (0..10).filter(fits).collect();
    assert_eq!(last.len(), 1, "{eleven} has one check digit");
    format!("{eleven}{}", last[0])
}

const ELEVENS: [&str; 5] = ["00000000000", "12345678901", "99999999999", "50000000005", "31415926535"];

#[test]
fn the_published_example_checks() {
    // 572 has the check digit 4; zeros before it change nothing, since 0 followed by 0 is 0.
    assert!(Number::read("0000 0000 5724").is_ok());
    assert_eq!(Number::read("0000 0000 5720"), Err(Mistyped::Check));
}

#[test]
fn every_single_wrong_digit_is_found() {
    for good in ELEVENS.map(number) {
        for place in 0..12 {
            for digit in ('0'..='9').filter(|digit| good.chars().nth(place) != Some(*digit)) {
                let mut typed: Vec<char> = good.chars().collect();
                typed[place] = digit;
                let typed: String = typed.into_iter().collect();
                assert_eq!(Number::read(&typed), Err(Mistyped::Check), "{good} as {typed}");
            }
        }
    }
}

#[test]
fn every_swap_of_neighbours_is_found() {
    for good in ELEVENS.map(number) {
        let digits: Vec<char> = good.chars().collect();
        for place in (0..11).filter(|place| digits[*place] != digits[place + 1]) {
            let mut typed = digits.clone();
            typed.swap(place, place + 1);
            let typed: String = typed.into_iter().collect();
            assert_eq!(Number::read(&typed), Err(Mistyped::Check), "{good} as {typed}");
        }
    }
}

#[test]
fn it_is_shown_in_three_groups_and_never_in_a_log() {
    let read = Number::read(&number("12345678901")).unwrap();
    let shown = read.to_string();
    assert_eq!(shown.len(), 14);
    assert!(shown.starts_with("1234 5678 901"));
    assert_eq!(format!("{read:?}"), "Number(..)");
}

#[test]
fn digits_of_every_script_are_folded() {
    let good = Number::read("0000 0000 5724").unwrap();
    for typed in [
        "000000005724",
        " 0000-0000-5724 ",
        "0000\u{2011}0000\u{2013}5724",
        "٠٠٠٠ ٠٠٠٠ ٥٧٢٤",
        "۰۰۰۰ ۰۰۰۰ ۵۷۲۴",
        "००००००००५७२४",
        "\u{2067}٠٠٠٠\u{a0}٠٠٠٠\u{a0}٥٧٢٤\u{2069}\u{200f}",
        "００００　００００　５７２４",
        "0000٠٠٠٠५७२४",
    ] {
        assert_eq!(Number::read(typed), Ok(good), "{typed}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    for (typed, why) in [
        ("", Mistyped::Length { digits: 0 }),
        ("1234", Mistyped::Length { digits: 4 }),
        ("0000 0000 5724 0", Mistyped::Length { digits: 13 }),
        ("0000 0000 572o", Mistyped::NotADigit('o')),
        ("0000.0000.5724", Mistyped::NotADigit('.')),
        ("99999999999999999999999999999", Mistyped::Length { digits: 29 }),
    ] {
        assert_eq!(Number::read(typed), Err(why), "{typed}");
    }
}
