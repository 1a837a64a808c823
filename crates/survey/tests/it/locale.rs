//! Numbers, lists and dates in every language.

use survey::{Date, Language, Listed};

const DAY: Date = Date::constant(2026, 11, 22);

fn language(tag: &str) -> Language {
    Language::of_tag(tag).expect("we have data for it")
}

fn listed(tag: &str, items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
    let pieces = language(tag).list(&items).into_iter().map(|piece| match piece {
        Listed::Item(place) => items[place].clone(),
        Listed::Between(text) => text,
    });
    pieces.collect()
}

#[test]
fn numbers_have_the_digits_and_the_comma_of_their_language() {
    let number = |tag: &str| language(tag).number(12_345.6, 1);
    assert_eq!(
        ["en", "fr", "es", "ar", "fa", "fa-AF", "ps", "ckb", "ht", "zh-Hans"].map(number),
        [
            "12,345.6",
            "12\u{a0}345,6",
            "12.345,6",
            "12,345.6",
            "۱۲٬۳۴۵٫۶",
            "۱۲٬۳۴۵٫۶",
            "۱۲٬۳۴۵٫۶",
            "١٢٬٣٤٥٫٦",
            "12\u{a0}345,6",
            "12,345.6",
        ]
    );
    assert_eq!(language("en").number(-0.0, 0), "0");
    assert_eq!(language("en").number(f64::INFINITY, 0), "inf");
}

#[test]
fn years_have_no_thousands() {
    let year = |tag: &str| language(tag).year(2026);
    assert_eq!(["en", "fa", "ckb", "am"].map(year), ["2026", "۲۰۲۶", "٢٠٢٦", "2026"]);
}

#[test]
fn days_are_gregorian_whatever_calendar_the_language_keeps() {
    let said = |tag: &str| (language(tag).day(DAY), language(tag).month(DAY));
    for (tag, day, month) in [
        ("en", "November 22, 2026", "November 2026"),
        ("fr", "22 novembre 2026", "novembre 2026"),
        ("ht", "22 novembre 2026", "novembre 2026"),
        ("ar", "22 نوفمبر 2026", "نوفمبر 2026"),
        ("fa", "۲۲ نوامبر ۲۰۲۶", "نوامبر ۲۰۲۶"),
        ("fa-AF", "۲۲ نومبر ۲۰۲۶", "نومبر ۲۰۲۶"),
        ("ps", "۲۲ نومبر ۲۰۲۶", "۲۰۲۶ نومبر"),
        ("uk", "22 листопада 2026\u{202f}р.", "листопад 2026\u{202f}р."),
        ("zh-Hant", "2026年11月22日", "2026年11月"),
    ] {
        assert_eq!(said(tag), (day.to_owned(), month.to_owned()), "{tag}");
    }
    for language in Language::all() {
        for said in [language.day(DAY), language.month(DAY)] {
            let years = [language.year(2026), "2026".to_owned()];
            assert!(years.iter().any(|year| said.contains(year)), "{language}: {said}");
            assert_ne!(said, DAY.to_string(), "{language} has data of its own");
        }
    }
}

#[test]
fn lists_end_as_the_language_ends_them() {
    let three = |tag: &str| listed(tag, &["A", "B", "C"]);
    assert_eq!(["en", "fr", "uk"].map(three), ["A, B and C", "A, B et C", "A, B і C"]);
    assert_eq!(listed("ar", &["س", "ص", "ع"]), "س وص وع");
    assert_eq!(listed("es", &["A", "iglesia"]), "A e iglesia", "what is between depends on what follows");
    assert_eq!(listed("en", &["and"]), "and");
    assert_eq!(listed("en", &["and", "and, and"]), "and and and, and");
    assert_eq!(listed("en", &[]), "");
    for language in Language::all() {
        let items: Vec<String> = ["A", "B", "C", "D"].map(str::to_owned).into();
        let pieces = language.list(&items);
        let places: Vec<usize> = pieces
            .iter()
            .filter_map(|piece| if let Listed::Item(place) = piece { Some(*place) } else { None })
            .collect();
        assert_eq!(places, [0, 1, 2, 3], "{language}");
    }
}

#[test]
fn other_calendars_are_known() {
    let other = Language::all().into_iter().filter(Language::keeps_another_calendar);
    let mut tags: Vec<String> = other.map(|language| language.tag().to_owned()).collect();
    tags.sort();
    assert_eq!(tags, ["am", "fa", "fa-AF", "ps", "ti"]);
}
