//! The plural rules of PO headers: read, bounded, and said in words.

use proptest::prelude::*;
use survey::po::Plurals;

const ARABIC: &str =
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";
const UKRAINIAN: &str =
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);";

fn read(header: &str) -> Plurals {
    Plurals::read(header).unwrap_or_else(|| panic!("{header}"))
}

#[test]
fn a_number_has_the_form_that_gettext_gives_it() {
    let forms = |header: &str, numbers: &[u64]| -> Vec<usize> {
        numbers.iter().map(|n| read(header).form(*n)).collect()
    };
    assert_eq!(forms(ARABIC, &[0, 1, 2, 3, 10, 11, 99, 100, 102, 103]), [0, 1, 2, 3, 3, 4, 4, 5, 5, 3]);
    assert_eq!(forms(UKRAINIAN, &[1, 2, 5, 11, 12, 21, 22, 111]), [0, 1, 2, 2, 2, 0, 1, 2]);
    assert_eq!(forms("nplurals=2; plural=n != 1;", &[0, 1, 2]), [1, 0, 1]);
    assert_eq!(forms("nplurals=1; plural=0", &[0, 7]), [0, 0]);
    assert_eq!(forms("nplurals = 2 ; plural = !(n<2) ;", &[1, 2, u64::MAX]), [0, 1, 1]);
}

#[test]
fn each_form_is_said_in_words_and_has_an_example() {
    let said = |header: &str| -> Vec<(String, Option<u64>)> {
        let plurals = read(header);
        (0..plurals.count()).map(|form| (plurals.said(form), plurals.example(form))).collect()
    };
    let expected = [
        ("n = 0", 0),
        ("n = 1", 1),
        ("n = 2", 2),
        ("n = 3 to 10 and so on", 3),
        ("n = 11 to 99 and so on", 11),
        ("n = 100 to 102 and so on", 100),
    ];
    assert_eq!(said(ARABIC), expected.map(|(said, n)| (said.to_owned(), Some(n))));
    let expected = [("n = 1, 21, 31 and so on", 1), ("n = 2 to 4 and so on", 2)];
    assert_eq!(said(UKRAINIAN)[..2], expected.map(|(said, n)| (said.to_owned(), Some(n))));
    assert_eq!(
        said("nplurals=2; plural=n>1;"),
        [("n = 0 to 1".into(), Some(1)), ("n = 2 and more".into(), Some(2))]
    );
}

#[test]
fn what_is_no_rule_is_none() {
    let deep = format!("nplurals=2; plural={}n{};", "(".repeat(500), ")".repeat(500));
    let long = format!("nplurals=2; plural=n{};", "+0".repeat(100_000));
    let never = format!("nplurals=2; plural={}n;", "!".repeat(100_000));
    for header in [
        "",
        "nplurals=2",
        "nplurals=0; plural=0;",
        "nplurals=7; plural=0;",
        "nplurals=2; plural=2;",
        "nplurals=2; plural=n;",
        "nplurals=2; plural=n / 0;",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=(n > 1;",
        "nplurals=2; plural=m != 1;",
        "plural=n != 1; nplurals=2;",
        &deep,
        &long,
        &never,
    ] {
        assert_eq!(Plurals::read(header), None, "{:.40}", header);
    }
}

#[test]
fn what_is_certain_is_not_divided_any_further() {
    assert_eq!(read("nplurals=2; plural=(n == 0 || 10 / n > 100) ? 0 : 1;").form(0), 0);
    assert_eq!(read("nplurals=2; plural=n != 0 && 10 / n > 4;").form(0), 0);
}

proptest! {
    #[test]
    fn no_header_makes_it_panic(text in any::<String>(), n in any::<u64>()) {
        if let Some(plurals) = Plurals::read(&text) {
            plurals.form(n);
        }
    }

    #[test]
    fn every_rule_that_is_read_names_a_form_for_every_number(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "n", "n", "0", "1", "10", "100", "(", ")", "!", "?", ":", "&&", "||", "==", "!=", "<", "<=", ">", ">=",
                "+", "-", "*", "/", "%", " ",
            ]),
            1..14,
        ),
        n in any::<u64>(),
    ) {
        if let Some(plurals) = Plurals::read(&format!("nplurals=3; plural={};", pieces.concat())) {
            prop_assert!(plurals.form(n) < plurals.count());
            let served: usize = (0..plurals.count()).map(|form| plurals.serves(form).len()).sum();
            prop_assert_eq!(served, 201);
            (0..plurals.count()).for_each(|form| assert!(plurals.said(form).starts_with("n = ")));
        }
    }
}
