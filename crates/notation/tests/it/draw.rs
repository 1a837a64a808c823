use std::sync::Arc;

use notation::{Finding, Place, Sources, draw};

fn sources() -> Sources {
    let survey = "survey a\n\nyear arrival\n  ? In what year did you come?\n  when needs has any (housing, wrok, health)\n";
    let po = "msgctxt \"arrival\"\nmsgid \"When?\"\nmsgstr \"متى أتيت؟\"\n";
    [("a.survey", survey), ("ar.po", po)].map(|(file, text)| (file.to_owned(), text.to_owned())).into()
}

fn place(file: &str, text: &str) -> Place {
    let start = sources()[file].find(text).expect("the text stands in the file");
    Place { file: Arc::from(file), start, end: start + text.len() }
}

#[test]
fn a_finding_shows_the_line_the_carets_and_the_help() {
    let finding = Finding::error("S031", place("a.survey", "wrok"), "`wrok` is not a choice of `needs`")
        .perhaps(Some("work"));
    let expected = "\
error[S031]: `wrok` is not a choice of `needs`
 --> a.survey:5:32
  |
5 |   when needs has any (housing, wrok, health)
  |                                ^^^^
  |
  = help: did you mean `work`?
";
    assert_eq!(draw(&[finding], &sources(), false), expected);
}

#[test]
fn a_right_to_left_line_is_underlined_whole_and_the_part_quoted() {
    let finding = Finding::warning("S080", place("ar.po", "أتيت"), "this is odd")
        .also(place("a.survey", "In what year did you come?"), "the English now");
    let expected = "\
warning[S080]: this is odd
 --> ar.po:3:8
  |
3 | msgstr \"متى أتيت؟\"
  |        ^^^^^^^^^^^ \u{2068}أتيت\u{2069}
  |
 ::: a.survey:4:5
  |
4 |   ? In what year did you come?
  |     -------------------------- the English now
";
    let drawn = draw(&[finding], &sources(), false);
    assert_eq!(drawn, expected);
}

#[test]
fn places_beyond_the_text_do_not_panic() {
    let beyond = Place { file: Arc::from("a.survey"), start: 900, end: 901 };
    let elsewhere = Place { file: Arc::from("b.csv"), start: 0, end: 0 };
    let finding = Finding::error("S070", beyond, "gone").also(elsewhere, "there");
    let drawn = draw(&[finding.clone(), finding], &sources(), true);
    assert_eq!(drawn.matches("S070").count(), 2);
}
