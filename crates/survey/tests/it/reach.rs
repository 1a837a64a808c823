//! Which condition implies which, over every combination of answers.

use survey::{Condition, Sources, Survey, read};

use crate::cases;

/// The conditions, each of a question added to a survey with one question of every kind.
fn conditions(texts: &[&str]) -> (Survey, Vec<Condition>) {
    let mut sources: Sources = cases::sources("ok/every_condition");
    let survey = sources.get_mut("case.survey").expect("the case has a survey");
    let added: String = texts
        .iter()
        .enumerate()
        .map(|(place, text)| format!("text tested{place}\n  ? What else?\n  when {text}\n  role quote\n"))
        .collect();
    *survey = survey.replace("\nend declined", &format!("{added}\nend declined"));
    let (survey, findings) = read(&sources);
    let survey = survey.unwrap_or_else(|| panic!("{}", survey::draw(&findings, &sources, false)));
    let of = |place: usize| {
        let question = survey.question(&format!("tested{place}")).expect("it was added");
        question.when.clone().expect("it has a condition")
    };
    let conditions = (0..texts.len()).map(of).collect();
    (survey, conditions)
}

fn implies(one: &str, other: &str) -> Option<bool> {
    let (survey, conditions) = conditions(&[one, other]);
    survey.implies(&conditions[0], &conditions[1])
}

#[test]
fn a_narrower_condition_implies_a_wider_one_and_not_the_other_way_round() {
    let pairs = [
        ("needs has work", "needs has any (work, housing)"),
        ("needs has all (work, housing)", "needs has work"),
        ("needs has none", "not needs has any (work, housing)"),
        ("needs has all (work, housing)", "count(needs) = 2"),
        ("count(needs) >= 2", "needs has all (work, housing)"),
        ("arrival_year > 2016", "arrival_year > 2015"),
        ("arrival_year in (2000..2010)", "arrival_year >= 2000 and arrival_year <= 2015"),
        ("now - arrival_year > 10", "now - arrival_year > 9"),
        ("pathway = refugee", "pathway in (refugee, other)"),
        ("pathway = refugee", "answered(pathway)"),
        ("pathway = refugee", "pathway != other"),
        ("access.work >= 2", "any row of access >= 2"),
        ("every row of access = 3", "access.work = 3"),
        ("household > 3", "answered(needs)"),
        ("first(top_needs) = work", "answered(top_needs)"),
        ("area = B3H", "area in (B3H, B3J)"),
    ];
    for (narrow, wide) in pairs {
        assert_eq!(implies(narrow, wide), Some(true), "{narrow} => {wide}");
        if narrow == "needs has all (work, housing)" && wide == "count(needs) = 2"
            || narrow == "count(needs) >= 2"
            || narrow == "needs has none"
        {
            // These two say the same of a list of three, one of which stands alone.
            continue;
        }
        assert_eq!(implies(wide, narrow), Some(false), "{wide} => {narrow}");
    }
}

#[test]
fn what_is_too_much_to_try_is_left_undecided() {
    let many = (0..40).map(|_| "household + arrival_year > 5").collect::<Vec<_>>().join(" and ");
    assert_eq!(implies(&format!("{many} and count(needs) > 0 and area = B3H"), "household > 1"), Some(false));
    let wide = "household * arrival_year > 7 and any row of access = 1 and needs has any (work, housing)";
    assert_eq!(implies(wide, "household > 300 or area = B3H"), None);
}
