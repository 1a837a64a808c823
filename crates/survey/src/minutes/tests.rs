use super::{
    DATE, DECIDE, LOOK, MARK, PLACE, Person, READ, REVIEW, ROW, THOROUGH, TURN, TYPE, TYPICAL, WRITE,
};
use crate::{FormId, Minutes, Sources, Survey, read};

/// Ten words on the first page, six of a question, one of a page's title; two choices of one and three words.
const BASE: &str = "survey    case
title     A case
version   2027.1
source    en
host      One two three four five six
contact   Seven eight nine ten

form short  Short
  keeps mood

page start  Start
consent agree
  ? One two three four five six?
  - yes  Yes
  - no   No and thanks  [end declined]

page more  More
QUESTIONS
end declined  Thank you
";

fn survey(questions: &str) -> Survey {
    let text = BASE.replace("QUESTIONS\n", questions);
    let (survey, findings) = read(&Sources::from([("case.survey".to_owned(), text)]));
    survey.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// Seconds of the second page, which only `questions` stand on, without its title and the turn to it.
fn seconds_of(questions: &str, form: &str, person: Person) -> f64 {
    let first = REVIEW + 10.0 * LOOK + TURN + READ + 6.0 * READ + DECIDE + 4.0 * LOOK;
    survey(questions).seconds(&form.into(), person) - first - TURN - READ
}

fn assert_near(seconds: f64, expected: f64) {
    assert!((seconds - expected).abs() < 1e-9, "{seconds} is not {expected}");
}

const MOOD: &str = "one mood\n  ? How are you?\n  - good  Very good\n  - bad   Bad\n";
const MOOD_SECONDS: f64 = 3.0 * READ + DECIDE + 3.0 * LOOK;

#[test]
fn every_kind_of_question_takes_its_time() {
    let seconds = |questions: &str| seconds_of(&format!("{MOOD}{questions}"), "full", TYPICAL) - MOOD_SECONDS;
    assert_near(seconds(""), 0.0);
    assert_near(seconds("note hello\n  ? One two three.\n"), 3.0 * READ);
    assert_near(
        seconds("number size  0..9\n  ? How many?\n  hint All of you.\n"),
        5.0 * READ + DECIDE + TYPE,
    );
    assert_near(seconds("year born  1950..now\n  ? When?\n"), READ + DECIDE + TYPE);
    assert_near(seconds("date moved  2020-01..now\n  ? When?\n"), READ + DECIDE + DATE);
    assert_near(seconds("fsa area\n  ? Where?\n"), READ + DECIDE + TYPE);
    assert_near(seconds("text more  max 600\n  ? What?\n"), READ + DECIDE + WRITE / 2.0);
    assert_near(seconds("text job  max 60\n  ? What?\n"), READ + DECIDE + WRITE / 4.0);
    let grid = "list two  ordered\n  - 1  No\n  - 2  Yes\n\npage g  G\ngrid rows  of two\n  ? How?\n  | a  One two\n  | b  Three\n";
    assert_near(seconds(grid), TURN + READ + READ + 2.0 * LOOK + 2.0 * ROW + 3.0 * READ);
}

#[test]
fn a_list_takes_longer_the_more_is_chosen_and_a_follow_up_offers_only_that() {
    let letters = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let choices: String = letters.iter().map(|code| format!("  - {code}  Letter\n")).collect();
    let seconds = |questions: &str, person| {
        seconds_of(&format!("{MOOD}many needs\n  ? What?\n{choices}{questions}"), "full", person)
            - MOOD_SECONDS
    };
    let typical = READ + DECIDE + 8.0 * LOOK + 2.0 * MARK;
    assert_near(seconds("", TYPICAL), typical);
    let thorough = READ + DECIDE + 8.0 * LOOK + 8.0 * MARK;
    assert_near(seconds("", THOROUGH), thorough);
    let rank = "rank top_needs  from needs  top 3\n  ? Which?\n";
    assert_near(seconds(rank, TYPICAL), typical + READ + DECIDE + 2.0 * LOOK + 2.0 * PLACE);
    assert_near(seconds(rank, THOROUGH), thorough + READ + DECIDE + 8.0 * LOOK + 3.0 * PLACE);
    let again = "many had  from needs\n  ? Which?\n  - none  None  [only]\n";
    // Two of the needs and the question's own line, of which two thirds are chosen.
    assert_near(seconds(again, TYPICAL), typical + READ + DECIDE + 3.0 * LOOK + 2.0 * MARK);
}

#[test]
fn what_has_a_condition_counts_by_the_share_it_holds_for() {
    let asked = READ + DECIDE + LOOK + LOOK;
    let share = |when: &str| {
        let why = format!("one why\n  ? Why?\n  - x  X\n  - y  Y\n  when {when}\n");
        let seconds = |person| seconds_of(&format!("{MOOD}{why}"), "full", person) - MOOD_SECONDS;
        assert_near(seconds(THOROUGH), asked);
        seconds(TYPICAL) / asked
    };
    assert_near(share("mood = bad"), 0.5);
    assert_near(share("not mood = bad"), 0.5);
    assert_near(share("mood = bad or mood = good"), 0.75);
    assert_near(share("mood is no_answer"), 0.05);
    // Who goes on has agreed.
    assert_near(share("agree = yes and mood = bad"), 0.5);
    assert_near(share("answered(mood)"), 1.0);
}

#[test]
fn a_form_counts_what_it_keeps() {
    let why = "one why\n  ? Why?\n  - x  X\n  - y  Y\n";
    let both = format!("{MOOD}{why}");
    assert_near(seconds_of(&both, "short", TYPICAL), MOOD_SECONDS);
    assert_near(seconds_of(&both, "full", TYPICAL), MOOD_SECONDS + READ + DECIDE + 2.0 * LOOK);
}

#[test]
fn minutes_are_rounded_to_the_nearest_and_the_most_upwards() {
    let minutes = |questions: &str| survey(questions).minutes(&FormId::full());
    assert_eq!(minutes(MOOD), Minutes { usual: 1, at_most: 1 });
    let more = format!("{MOOD}text a\n  ? A?\ntext b\n  ? B?\ntext c\n  ? C?\n");
    assert_eq!(minutes(&more), Minutes { usual: 2, at_most: 4 });
}
