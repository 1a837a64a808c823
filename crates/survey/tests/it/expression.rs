//! What conditions mean, from the text to the truth.

use std::collections::BTreeSet;

use survey::{Answer, Answers, Condition, Missing, Sources, Truth, read};

use crate::{cases, sample::today};

/// The condition of a question that is added to a survey with one question of every kind.
fn condition(text: &str) -> Condition {
    let mut sources: Sources = cases::sources("ok/every_condition");
    let survey = sources.get_mut("case.survey").expect("the case has a survey");
    // Of a calc a row that nobody reaches is only a warning.
    let added = format!("calc tested\n  - held  Held  [when {text}]\n  role profile\n\nend declined");
    *survey = survey.replace("\nend declined", &added);
    let (survey, findings) = read(&sources);
    let others: Vec<_> = findings.into_iter().filter(|finding| finding.code != "S051").collect();
    assert_eq!(survey::draw(&others, &sources, false), "", "{text}");
    let survey = survey.expect("no finding is an error");
    let tested = survey.question("tested").expect("it was added");
    tested.choices()[0].when.clone().expect("it has a condition")
}

fn answers() -> Answers {
    let many: BTreeSet<_> = [survey::ChoiceId::from("housing"), "work".into()].into();
    let rows = [("housing", "1"), ("work", "3")];
    let rows = rows.map(|(row, code)| (row.into(), Answer::One(code.into()))).into();
    let given = [
        ("pathway", Answer::One("refugee".into())),
        ("arrival_year", Answer::Year(2020)),
        ("needs", Answer::Many(many)),
        ("access", Answer::Rows(rows)),
        ("household", Answer::Missing(Missing::PreferNot)),
        ("area", Answer::Area("B3H".to_owned())),
        ("top_needs", Answer::Ranked(vec!["work".into(), "housing".into()])),
    ];
    let given = given.map(|(id, answer)| (id.into(), answer)).into();
    Answers { given, ..Answers::default() }
}

#[test]
fn conditions_mean_what_they_say() {
    use Truth::{No, Unknown, Yes};
    let expected = [
        ("pathway = refugee", Yes),
        ("pathway != refugee", No),
        ("pathway in (economic, other)", No),
        ("needs has work", Yes),
        ("needs has all (work, none)", No),
        ("needs has any (work, none)", Yes),
        ("not needs has none", Yes),
        ("count(needs) = 2", Yes),
        ("first(top_needs) = work", Yes),
        ("first(top_needs) in (housing)", No),
        ("area in (B3H, B3J)", Yes),
        ("area != B3H", No),
        ("arrival_year in (1990..1999, 2020)", Yes),
        ("now - arrival_year > 6", Yes),
        ("2 + 3 * 2 = 8", Yes),
        ("(2 + 3) * 2 = 10", Yes),
        ("arrival_year / 0 > 1", Unknown),
        ("access.work > 2", Yes),
        ("access.housing > 1", No),
        ("any row of access = 3", Yes),
        ("every row of access = 3", No),
        ("household > 3", Unknown),
        ("household is prefer_not", Yes),
        ("household is dont_know", No),
        ("answered(household)", No),
        ("household > 3 or pathway = refugee", Yes),
        ("household > 3 and pathway = economic", No),
        ("not (household > 3 and pathway = refugee)", Unknown),
        ("not pathway = economic and needs has work", Yes),
    ];
    for (text, truth) in expected {
        assert_eq!(condition(text).holds(&answers(), today()), truth, "{text}");
    }
}
