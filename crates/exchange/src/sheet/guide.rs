//! The first sheet: what to do, for somebody who translates people's words and not files.

use survey::{Direction, Language, Survey};

/// A line of the guide.
pub(super) enum Line {
    Title(String),
    Part(&'static str),
    Sentence(String),
}

/// The guide to the sheet of a language; `plurals` if a text of it has a row for each plural form.
pub(super) fn guide(survey: &Survey, language: &Language, plurals: bool) -> Vec<Line> {
    let (from, to) = (survey.source.english_name(), language.english_name());
    let mut lines = vec![
        Line::Title(format!("{}: from {from} into {to}", survey.title.source)),
        Line::Sentence(format!("Version {} of the survey", survey.version)),
        Line::Part("What to do"),
    ];
    lines.extend(to_do(from, to).map(Line::Sentence));
    lines.push(Line::Part("Good to know"));
    lines.extend(to_know(from, to).map(Line::Sentence));
    if plurals {
        let says = "Some texts are said differently of different numbers, and have a row for each way. “Where” says which \
                    numbers a row is for. Where that is one number only, it may be left out of the words.";
        lines.push(Line::Sentence(says.to_owned()));
    }
    if language.direction() == Direction::Rtl {
        lines.push(Line::Sentence(format!(
            "The cells are set for {to}, from right to left. Please add no invisible marks for the direction."
        )));
    }
    lines
}

fn to_do(from: &str, to: &str) -> [String; 5] {
    [
        "1.  Open the sheet “Words” (its name stands at the bottom of the window). Each row is one text that people \
         will read. “Where” says where they will see it."
            .to_owned(),
        format!("2.  Write the {to} into the coloured cell, beside the {from}. Write as you would say it to a neighbour."),
        "3.  If something is unclear, or you had to choose between two words, say so under “Note”.".to_owned(),
        "4.  Somebody else then reads each text again, and writes their name under “Reviewer”.".to_owned(),
        "5.  Save the file as an Excel workbook (.xlsx) and send it back to whoever sent it to you. It need not be \
         finished: an empty cell changes nothing."
            .to_owned(),
    ]
}

fn to_know(from: &str, to: &str) -> [String; 5] {
    [
        format!(
            "{{…}}: what stands in braces is filled in later, with a number or with words of the person who answers. \
             Copy it letter for letter, and put it where it should stand in {to}."
        ),
        format!(
            "“Status” says what is to do. Where the {from} has changed, the earlier {from} stands there: correct the \
             translation, or, if it is still right as it is, write your name under “Reviewer”."
        ),
        "Names, telephone numbers and addresses stay as they are.".to_owned(),
        "The other cells are locked, so that nothing is changed by mistake. There is no password.".to_owned(),
        "Nobody's work is lost: what you send back replaces only what stood in this file when it was sent to you."
            .to_owned(),
    ]
}
