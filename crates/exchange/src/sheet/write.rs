//! From a survey and its PO file to a workbook for translators.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use survey::po::Entry;
use survey::translation::{Form, Phrase, State, extract, forms, imprint, phrases, state};
use survey::{Date, Language, Po, Survey};

use super::guide::{Line, guide};
use super::look::{self, Look};
use super::{GUIDE, MARK, WORDS, heading};
use crate::Error;

/// The widths of the columns, in characters: on a landscape page they fill the width at a size people can read.
const WIDTHS: [f64; 7] = [20.0, 26.0, 42.0, 42.0, 20.0, 22.0, 14.0];

/// The columns of the words.
const ENGLISH: usize = 2;
const TRANSLATION: usize = 3;

/// The columns in small letters: ID, Where, Status.
const SMALL: [usize; 3] = [0, 1, 5];

/// The column of the imprints, which nobody needs to see.
const BEFORE: u16 = 7;

/// How many numbers stand for all that a plural form serves.
const EXAMPLES: usize = 3;

/// Width of the guide's one column, in characters.
const GUIDE_WIDTH: f64 = 80.0;

/// How much of the title stands at the foot of each page, in characters: a footer holds 255 in all.
const FOOTER: usize = 80;

/// US Letter, as printers here hold it.
const PAPER: u8 = 1;

/// A row as it is handed out.
struct Handed<'s> {
    phrase: &'s Phrase<'s>,
    entry: &'s Entry<'s>,
    form: Form<'s>,
}

/// Write the words of a language as a workbook.
///
/// `written` stands in its properties; the same survey, file and day give the same bytes.
///
/// # Errors
/// If a text is longer than a cell holds (32,767 characters).
pub fn write(
    survey: &Survey,
    language: &Language,
    po: Option<&Po<'_>>,
    written: Date,
) -> Result<Vec<u8>, Error> {
    let po = extract(survey, language, po);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(survey, language, written)?);
    let phrases = phrases(survey, language);
    let rows: Vec<Handed<'_>> = phrases.iter().flat_map(|phrase| handed(phrase, &po)).collect();
    let plurals = rows.iter().any(|row| row.form.number.is_some());
    read_me(workbook.add_worksheet(), &guide(survey, language, plurals))?;
    words(workbook.add_worksheet(), survey, language, &rows)?;
    mark(workbook.add_worksheet(), survey, language)?;
    Ok(workbook.save_to_buffer()?)
}

fn properties(survey: &Survey, language: &Language, written: Date) -> Result<DocProperties, XlsxError> {
    let number = |number: i8| number.unsigned_abs();
    let (year, month, day) = (written.year().unsigned_abs(), number(written.month()), number(written.day()));
    let title = format!("{}, {}, {}", survey.title.source, survey.version, language.english_name());
    Ok(DocProperties::new()
        .set_title(title)
        .set_author("Soundings")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}

fn read_me(sheet: &mut Worksheet, guide: &[Line]) -> Result<(), XlsxError> {
    sheet.set_name(GUIDE)?.set_column_width(0, GUIDE_WIDTH)?;
    for (row, line) in (0..).zip(guide) {
        match line {
            Line::Title(text) => sheet.write_string_with_format(row, 0, text.as_str(), &look::title())?,
            Line::Part(text) => sheet.write_string_with_format(row, 0, *text, &look::part())?,
            Line::Sentence(text) => {
                let lines = look::lines(text, GUIDE_WIDTH, 1.0);
                sheet.set_row_height(row, look::height(lines))?;
                sheet.write_string_with_format(row, 0, text.as_str(), &look::sentence())?
            }
        };
    }
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0).protect();
    Ok(())
}

fn words(
    sheet: &mut Worksheet,
    survey: &Survey,
    language: &Language,
    rows: &[Handed<'_>],
) -> Result<(), XlsxError> {
    let look = Look::of(&survey.source, language);
    let english = survey.source.english_name();
    let headings = [
        heading::ID,
        heading::WHERE,
        english,
        heading::TRANSLATION,
        heading::NOTE,
        heading::STATUS,
        heading::REVIEWER,
        heading::BEFORE,
    ];
    sheet.set_name(WORDS)?;
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(0, column, heading, &look.heading)?;
    }
    for (row, handed) in (1..).zip(rows) {
        one_row(sheet, row, handed, &look)?;
    }
    lay_out(sheet, survey, language, rows.len())
}

/// The rows of a text: one, or one for each plural form.
fn handed<'s>(phrase: &'s Phrase<'s>, po: &'s Po<'s>) -> Vec<Handed<'s>> {
    let Some(entry) = po.get(&phrase.words.path) else { return Vec::new() };
    forms(po, entry).into_iter().map(|form| Handed { phrase, entry, form }).collect()
}

impl Handed<'_> {
    fn id(&self) -> String {
        let path = &self.phrase.words.path;
        self.form.number.map_or_else(|| path.clone(), |number| format!("{path}[{number}]"))
    }

    /// Where people see it, and of which numbers it is said.
    fn place(&self) -> String {
        let mut numbers: Vec<String> = self.form.serves.iter().take(EXAMPLES).map(u64::to_string).collect();
        if numbers.is_empty() {
            return self.phrase.appears.clone();
        }
        if self.form.serves.len() > EXAMPLES {
            numbers.push("…".to_owned());
        }
        format!("{}; where the number is {}", self.phrase.appears, numbers.join(", "))
    }

    /// How it stands, in words a translator can act upon.
    fn standing(&self) -> String {
        match (state(self.phrase, Some(self.entry)), &self.entry.previous.msgid) {
            _ if self.form.translation.is_empty() => "To do".to_owned(),
            (State::Stale, Some(earlier)) => format!("The words have changed. They were: “{}”", earlier.text),
            (State::Stale, None) => "Somebody doubts this: please look again".to_owned(),
            (State::Ok, _) => format!("Reviewed by {}", self.entry.reviewer().unwrap_or_default()),
            (State::Missing | State::Unreviewed | State::Retired, _) => "Written, not reviewed".to_owned(),
        }
    }
}

fn one_row(sheet: &mut Worksheet, row: u32, handed: &Handed<'_>, look: &Look) -> Result<(), XlsxError> {
    let notes: Vec<&str> = handed.entry.notes().collect();
    let cells: [(&str, &Format); 8] = [
        (&handed.id(), &look.id),
        (&handed.place(), &look.remark),
        (handed.form.english, &look.english),
        (handed.form.translation, &look.translation),
        (&notes.join("\n"), &look.note),
        (&handed.standing(), &look.remark),
        // Always empty: a name under words that were changed since would vouch for what nobody has read.
        ("", &look.note),
        (&imprint(handed.form.translation), &look.id),
    ];
    if let Some(lines) = more_lines(&cells) {
        sheet.set_row_height(row, look::height(lines))?;
    }
    for (column, (text, format)) in (0..).zip(cells) {
        match text.is_empty() {
            true => sheet.write_blank(row, column, format)?,
            false => sheet.write_string_with_format(row, column, text, format)?,
        };
    }
    Ok(())
}

/// The lines a row needs if it is more than one: a low row grows by itself, a high one leaves room for the translation.
fn more_lines(cells: &[(&str, &Format); 8]) -> Option<f64> {
    let lines = |column: usize, growth: f64| {
        let width = WIDTHS[column] * if SMALL.contains(&column) { look::SMALLER } else { 1.0 };
        look::lines(cells[column].0, width, growth)
    };
    let expected = if cells[TRANSLATION].0.is_empty() { lines(ENGLISH, look::GROWTH) } else { 1.0 };
    let most = (0..WIDTHS.len()).map(|column| lines(column, 1.0)).fold(expected, f64::max);
    (most > 1.0).then_some(most)
}

fn lay_out(
    sheet: &mut Worksheet,
    survey: &Survey,
    language: &Language,
    rows: usize,
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let last = u32::try_from(rows).unwrap_or(u32::MAX);
    sheet.set_column_hidden(BEFORE)?.set_freeze_panes(1, 0)?.autofilter(0, 0, last, BEFORE - 1)?;
    let open = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    sheet.protect_with_options(&open);
    let title: String = survey.title.source.chars().take(FOOTER).collect();
    let title = title.replace('&', "&&");
    let footer = format!("&L{title}, {}, {}&R&P / &N", survey.version, language.english_name());
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0).set_footer(footer);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// What makes the workbook ours: whose words these are, out of the way of whoever translates them.
fn mark(sheet: &mut Worksheet, survey: &Survey, language: &Language) -> Result<(), XlsxError> {
    sheet.set_name(MARK)?.set_hidden(true).protect();
    let version = survey.version.to_string();
    let marks = [("survey", survey.name.as_str()), ("version", &version), ("language", language.tag())];
    let text = Format::new().set_num_format("@");
    for (row, (name, value)) in (0..).zip(marks) {
        sheet
            .write_string_with_format(row, 0, name, &text)?
            .write_string_with_format(row, 1, value, &text)?;
    }
    Ok(())
}
