//! Every insert, in both languages: with a number, with a letter, withheld.

use std::collections::BTreeMap;

use report::{Block, compose, read};

use crate::sample;

/// What one paragraph becomes in English and in French.
fn spoken(english: &str, french: &str) -> [String; 2] {
    let survey = sample::survey();
    let report = format!(
        "report    try\ntitle     A try\nsurvey    newcomer-needs\npeople    newcomers\nlangs     en fr\n\
         net agree  community (4, 5)  Agree\nsection one  One\ntext lead\n  {english}\n\
         figure needs  ranked svc_need\n"
    );
    let entry = |path: &str, id: &str, text: &str| {
        format!("msgctxt \"{path}\"\nmsgid \"{id}\"\nmsgstr \"{text}\"\n\n")
    };
    let po = [
        entry("title", "A try", "Un essai"),
        entry("people", "newcomers", "nouveaux arrivants"),
        entry("net.agree", "Agree", "D’accord"),
        entry("section.one", "One", "Un"),
        entry("text.lead", english, french),
    ]
    .concat();
    let sources: BTreeMap<_, _> = [("try.report".to_owned(), report), ("fr.po".to_owned(), po)].into();
    let (read, findings) = read(&sources, &survey);
    let report = read.unwrap_or_else(|| panic!("{}", notation::draw(&findings, &sources, false)));
    let release = sample::release(&survey, &report.queries());
    ["en", "fr"].map(|tag| {
        let (document, _) = compose(&report, &release, &survey, &sample::language(tag));
        match &document.sections[0].blocks[0] {
            Block::Prose(text) => text.replace('\u{a0}', "~"),
            other => panic!("{other:?}"),
        }
    })
}

fn same(insert: &str) -> [String; 2] {
    spoken(insert, insert)
}

#[test]
fn shares_and_ranges() {
    assert_eq!(same("a {pct svc_need.housing}"), ["a 61%", "a 61~%"]);
    assert_eq!(same("a {pct svc_need.none}"), ["a 6% (E)", "a 6~% (E)"]);
    assert_eq!(
        same("a {ci svc_need.housing}"),
        ["a indicative range 56% to 66%", "a intervalle indicatif de 56~% à 66~%"]
    );
    assert_eq!(same("a {n svc_need}"), ["a n =~405", "a n =~405"]);
    assert_eq!(same("a {pct agree.welcome}"), ["a 73%", "a 73~%"]);
    assert_eq!(same("a {pct svc_need.housing for arrive_period.before_2016}"), ["a 63%", "a 63~%"]);
}

#[test]
fn about_in_words() {
    let about = |code: &str| {
        let english = format!("{{about svc_need.{code} of newcomers}} x");
        let french = format!("{{about svc_need.{code} of un nouvel arrivant / nouveaux arrivants}} x");
        spoken(&english, &french)
    };
    assert_eq!(
        about("housing"),
        ["About six in ten newcomers x", "Environ six nouveaux arrivants sur dix x"]
    );
    assert_eq!(
        about("credentials"),
        ["About one in three newcomers x", "Environ un nouvel arrivant sur trois x"]
    );
    assert_eq!(
        about("social"),
        ["About three in ten newcomers x", "Environ trois nouveaux arrivants sur dix x"]
    );
    assert_eq!(about("none"), ["About 6% of newcomers (E) x", "Environ 6~% des nouveaux arrivants (E) x"]);
}

#[test]
fn a_language_without_a_noun_for_one_is_not_guessed() {
    let said = spoken(
        "{about svc_need.credentials of newcomers} x",
        "{about svc_need.credentials of nouveaux arrivants} x",
    );
    assert_eq!(said[1], "Environ trois nouveaux arrivants sur dix x");
}

#[test]
fn withheld_numbers_take_the_paragraph_with_them() {
    assert_eq!(
        same("We found {pct svc_need.legal} of people."),
        [
            "Too few people answered for a reliable figure on “Legal or immigration” (F).",
            "Trop peu de personnes ont répondu pour un chiffre fiable sur «~Aide juridique, immigration~» (F)."
        ]
    );
    assert_eq!(
        same("We found {pct svc_need.interpret} of people.")[0],
        "“Interpretation” is not shown, to protect the people who answered (x)."
    );
    assert_eq!(
        spoken("We found {pct svc_need.legal | too few to say}.", "On a {pct svc_need.legal | trop peu}."),
        ["We found too few to say.", "On a trop peu."]
    );
}

#[test]
fn comparisons_say_only_what_is_clear() {
    let clear = same("{compare svc_need.settlement by arrive_period (after_2021, before_2016)}");
    assert_eq!(
        clear[0],
        "The share is clearly higher, among those who answered, for “2022 or later” (47%) than for “Before 2016” (29%): \
         18 points (7 to 29)."
    );
    assert!(
        clear[1].starts_with("Parmi les personnes qui ont répondu, la part est nettement plus élevée"),
        "{}",
        clear[1]
    );
    let unclear = same("{compare svc_need.housing by arrive_period (after_2021, before_2016)}");
    assert!(unclear[0].contains("no clear difference by time of arrival"), "{}", unclear[0]);
    assert!(unclear[0].contains("0 points higher to 22 points higher"), "{}", unclear[0]);
    assert!(unclear[1].contains("aucune différence nette"), "{}", unclear[1]);
    let none = same("{compare svc_need.legal by arrive_period}");
    assert!(none[0].starts_with("Too few people answered to compare"), "{}", none[0]);
}

#[test]
fn ranks_labels_and_figures() {
    assert_eq!(same("a {rank svc_need 1 to 2}")[0], "a housing and finding work (no clear order)");
    assert_eq!(same("a {rank svc_need 1}")[1], "a logement (sans ordre net)");
    assert_eq!(same("a {label svc_need.health}")[0], "a Health care");
    assert_eq!(same("a {figure needs}"), ["a Figure 1", "a figure 1"]);
    assert_eq!(same("a {people}"), ["a newcomers", "a nouveaux arrivants"]);
}
