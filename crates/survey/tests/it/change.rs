//! What a change does to the answers: one row for each line of the table, on one small survey.

use survey::{Class, Sources, Survey, changes, read};

use crate::cases;

const OLD: &str = "\
survey    case
title     A case
version   2027.1
source    en
host      Somebody who asks
contact   Coordinator, 555-0100
suppress  below 10

missing prefer_not  Prefer not to say

page start  Before you begin
consent agree
  ? Shall we begin?
  - yes  Yes
  - no   No  [end declined]

page body  The questions
one pathway
  ? How did you come?
  - economic  For work
  - refugee   For safety
  - other     Another way  [specify]
  role profile
year arrival  1950..2027
  ? In what year did you come?
  role profile
calc period
  - before  Before 2020  [when arrival < 2020]
  - after   After        [when arrival >= 2020]
  role profile
  margin newcomers/period
many needs  max 3
  ? What did you need?
  hint Choose all that are true.
  when pathway in (economic, refugee)
  - housing  A home
  - work     A job
  - health   A doctor
  - none     None of these  [only]
  short Needs
  role outcome
one ease  ordered
  ? How easy is it here?
  - 1  Hard
  - 2  Neither
  - 3  Easy
  role outcome
number people  1..20
  ? How many people live with you?
  role profile
text wish
  ? What do you wish for?
  role quote

end declined  Thank you
  ? Nothing was kept.
";

fn survey(text: &str) -> Survey {
    let table = "# source: a test\ncode,count\nbefore,100\nafter,200\n".to_owned();
    let files =
        [("case.survey".to_owned(), text.to_owned()), ("margins/newcomers/period.csv".to_owned(), table)];
    let sources: Sources = files.into_iter().collect();
    let (survey, findings) = read(&sources);
    survey.unwrap_or_else(|| panic!("{}", survey::draw(&findings, &sources, false)))
}

/// The changes that come of replacing a text.
fn of(edits: &[(&str, &str)]) -> Vec<(Class, String)> {
    let mut text = OLD.to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in the survey");
        text = text.replace(from, to);
    }
    changes(&survey(OLD), &survey(&text)).into_iter().map(|change| (change.class, change.path)).collect()
}

fn each(class: Class, rows: &[(&str, &str, &str)]) {
    for (from, to, path) in rows {
        assert_eq!(of(&[(from, to)]), [(class, (*path).to_owned())], "`{from}` to `{to}`");
    }
}

#[test]
fn the_same_survey_has_no_changes() {
    assert_eq!(of(&[]), []);
    assert_eq!(of(&[("page body", "# A comment\npage body")]), []);
}

#[test]
fn what_is_safe() {
    each(
        Class::Safe,
        &[
            ("title     A case", "title     Another", "survey:title"),
            ("Choose all that are true.", "Choose as many as you like.", "needs:hint"),
            ("  short Needs", "  short What is needed", "needs:short"),
            ("? How easy is it here?", "? How EASY is it, here?", "ease"),
            ("- work     A job", "- work     A jop", "needs.work"),
            ("page body  The questions", "page body  What we ask", "page.body"),
            ("text wish\n", "text hope\n  ? And what do you hope for?\n  role quote\ntext wish\n", "hope"),
            (
                "  - economic  For work\n  - refugee   For safety\n",
                "  - refugee   For safety\n  - economic  For work\n",
                "pathway",
            ),
        ],
    );
}

#[test]
fn new_names_are_safe_and_conditions_follow_them() {
    let renamed = of(&[
        ("  - refugee   For safety\n", "  - protected  For safety  [was refugee]\n"),
        ("when pathway in (economic, refugee)", "when pathway in (economic, protected)"),
    ]);
    assert_eq!(renamed, [(Class::Safe, "pathway.protected".to_owned())]);
    let renamed = of(&[
        ("one pathway\n", "one way_here\n  was pathway\n"),
        ("when pathway in (economic, refugee)", "when way_here in (economic, refugee)"),
    ]);
    assert_eq!(renamed, [(Class::Safe, "way_here".to_owned())]);
}

#[test]
fn what_is_a_note() {
    each(
        Class::Note,
        &[
            ("? How easy is it here?", "? How hard do you find it?", "ease"),
            ("  - work     A job\n", "  - work     A job\n  - school   A school\n", "needs.school"),
            ("many needs  max 3", "many needs  max 2", "needs"),
            ("  - none     None of these  [only]", "  - none     None of these", "needs.none"),
            ("number people  1..20", "number people  1..30", "people"),
            ("  role quote", "  role profile", "wish:role"),
            ("  role outcome\none ease", "  order random\n  role outcome\none ease", "needs:order"),
            (
                "  when pathway in (economic, refugee)\n",
                "  when pathway in (economic, refugee, other)\n",
                "needs:when",
            ),
            ("  when pathway in (economic, refugee)\n", "", "needs:when"),
            ("  when pathway in (economic, refugee)\n", "  when answered(pathway)\n", "needs:when"),
            ("text wish\n", "text wish\n  when ease = 1\n", "wish:when"),
            ("suppress  below 10", "suppress  below 20", "survey:suppress"),
            ("  role profile\ntext wish", "  allow prefer_not\n  role profile\ntext wish", "people:allow"),
        ],
    );
}

#[test]
fn what_breaks() {
    each(
        Class::Break,
        &[
            ("text wish\n  ? What do you wish for?\n  role quote\n", "", "wish"),
            ("  - housing  A home\n", "", "needs.housing"),
            ("number people  1..20", "year people  1950..2027", "people"),
            ("- economic  For work", "- economic  For work  [end declined]", "pathway.economic"),
            ("  - 2  Neither\n", "", "ease.2"),
            ("number people  1..20", "number people  1..10", "people"),
            ("year arrival  1950..2027", "year arrival  1960..2027", "arrival"),
            ("  when pathway in (economic, refugee)\n", "  when pathway = economic\n", "needs:when"),
            ("[when arrival < 2020]", "[when arrival < 2019]", "period.before"),
            ("  margin newcomers/period\n", "", "period:margin"),
            ("? Shall we begin?", "? Shall we begin now?", "agree"),
            ("  - yes  Yes", "  - yes  I do", "agree.yes"),
            ("suppress  below 10", "suppress  below 5", "survey:suppress"),
        ],
    );
}

#[test]
fn changes_stand_in_the_order_of_the_newer_edition_and_what_is_gone_where_it_stood() {
    let paths: Vec<String> = of(&[
        ("title     A case", "title     Another"),
        ("one pathway\n  ? How did you come?", "one pathway\n  ? By which way?"),
        ("number people  1..20\n  ? How many people live with you?\n  role profile\n", ""),
        ("  ? Nothing was kept.", "  ? All of it is erased."),
    ])
    .into_iter()
    .map(|(_, path)| path)
    .collect();
    assert_eq!(paths, ["survey:title", "pathway", "people", "end.declined:says"]);
}

#[test]
fn a_question_that_moved_is_named_and_no_other() {
    let wish = "text wish\n  ? What do you wish for?\n  role quote\n";
    let moved = of(&[(wish, ""), ("year arrival  1950", &format!("{wish}year arrival  1950"))]);
    assert_eq!(moved, [(Class::Safe, "wish".to_owned())]);
}

#[test]
fn translations_are_counted_by_language() {
    let mut sources = cases::sources("ok/three_languages");
    let old = read(&sources).0.expect("the case is whole");
    let french = sources.get_mut("fr.po").expect("the case has French");
    *french = french.replacen("Que souhaitez-vous?", "Que voulez-vous?", 1);
    let new = read(&sources).0.expect("the case is whole");
    let found = changes(&old, &new);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].class, found[0].path.as_str()), (Class::Safe, "fr.po"));
    assert_eq!(found[0].says, "1 text in French changed");
}

#[test]
fn whatever_changes_the_fingerprint_is_a_change() {
    for name in ["ok/every_kind", "ok/rules", "ok/forms_and_dates", "ok/words_filled_in"] {
        let sources = cases::sources(name);
        let old = read(&sources).0.expect("the case is whole");
        let text = &sources["case.survey"];
        let mut told = 0;
        for line in text.split_inclusive('\n') {
            let mut without = sources.clone();
            without.insert("case.survey".to_owned(), text.replacen(line, "", 1));
            let Some(new) = read(&without).0 else { continue };
            if new.fingerprint() != old.fingerprint() {
                told += 1;
                assert!(!changes(&old, &new).is_empty(), "{name}: without `{}`", line.trim_end());
                assert!(!changes(&new, &old).is_empty(), "{name}: with `{}` once more", line.trim_end());
            }
        }
        assert!(told > 5, "{name}: only {told} lines can be left out");
    }
}
