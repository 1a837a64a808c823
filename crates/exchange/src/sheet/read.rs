//! From a workbook to the rows of its words.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, Xlsx};
use survey::Language;
use survey::translation::{Row, Told};

use super::cell::{Cell, Cells, rows};
use super::{MARK, Sheet, heading, kind};
use crate::Error;

/// Columns may stand below a title somebody wrote.
const HEADINGS_WITHIN: usize = 20;

/// The rows of a sheet by their numbers from 1.
type Rows = BTreeMap<u32, Cells>;

/// Read a workbook that came back from translators, saved by whatever program.
///
/// The words may stand in any of its sheets, and its columns in any order: their headings say what they are.
///
/// # Errors
/// If it is no workbook of this kind; the message says what it is instead, and what to do.
pub fn read(bytes: &[u8]) -> Result<Sheet, Error> {
    kind::may_be_a_workbook(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut words = None;
    let mut marks = BTreeMap::new();
    for name in sheets {
        let rows = rows(&mut workbook, &name)?;
        if name == MARK {
            marks = pairs(&rows);
        } else if words.is_none() {
            words = Columns::of(&rows).map(|columns| (columns, rows));
        }
    }
    let Some((columns, rows)) = words else { return Err(Error::NoColumns { missing: Columns::wanted() }) };
    let mark = |name: &str| marks.remove(name).ok_or(Error::NoMark);
    let [survey, version, tag] = marks_of(mark)?;
    let language = Language::of_tag(&tag).ok_or(Error::UnknownLanguage { tag })?;
    let mut sheet = Sheet { survey, version, language, rows: Vec::new(), unreadable: Vec::new() };
    for (number, cells) in rows.range(columns.below..) {
        match columns.row(*number, cells) {
            Ok(row) => sheet.rows.extend(row),
            Err(told) => sheet.unreadable.push(told),
        }
    }
    Ok(sheet)
}

fn marks_of(mut mark: impl FnMut(&str) -> Result<String, Error>) -> Result<[String; 3], Error> {
    Ok([mark("survey")?, mark("version")?, mark("language")?])
}

/// The pairs of the hidden sheet: a name in its first column, its value in the second.
fn pairs(rows: &Rows) -> BTreeMap<String, String> {
    let text = |cell: Option<&Cell>| cell.and_then(|cell| cell.as_ref().ok()).cloned();
    rows.values().filter_map(|cells| Some((text(cells.get(&0))?, text(cells.get(&1))?))).collect()
}

/// Where the columns of the words stand, from 0.
struct Columns {
    /// The first row below the headings.
    below: u32,
    id: u32,
    english: u32,
    translation: u32,
    note: Option<u32>,
    reviewer: Option<u32>,
    before: Option<u32>,
}

impl Columns {
    /// The columns of a sheet, if it is one of words.
    fn of(rows: &Rows) -> Option<Columns> {
        rows.iter().take(HEADINGS_WITHIN).find_map(|(number, cells)| {
            let named = |wanted: &dyn Fn(&str) -> bool| {
                let mut cells = cells.iter();
                cells.find(|(_, cell)| cell.as_deref().is_ok_and(wanted)).map(|(column, _)| *column)
            };
            let column = |name: &str| named(&|heading| heading.eq_ignore_ascii_case(name));
            Some(Columns {
                below: number + 1,
                id: column(heading::ID)?,
                english: named(&is_a_language)?,
                translation: column(heading::TRANSLATION)?,
                note: column(heading::NOTE),
                reviewer: column(heading::REVIEWER),
                before: column(heading::BEFORE),
            })
        })
    }

    fn wanted() -> String {
        format!("`{}`, `English` and `{}`", heading::ID, heading::TRANSLATION)
    }

    /// A row that says something, or what cannot be read of it.
    fn row(&self, number: u32, cells: &Cells) -> Result<Option<Row>, Told> {
        let id = cells.get(&self.id).and_then(|cell| cell.as_deref().ok()).unwrap_or_default();
        let told = |says: String| Told { number, id: id.to_owned(), says };
        let text = |column: Option<u32>, name: &str| match column.and_then(|column| cells.get(&column)) {
            Some(Ok(text)) => Ok(text.clone()),
            Some(Err(instead)) => {
                Err(told(format!("its {name} holds {instead} and not words: type it again, as text")))
            }
            None => Ok(String::new()),
        };
        let english = text(Some(self.english), "English")?;
        let translation = text(Some(self.translation), heading::TRANSLATION)?;
        let note = text(self.note, heading::NOTE)?;
        let reviewer = text(self.reviewer, heading::REVIEWER)?;
        let before = self.before.map(|column| text(Some(column), heading::BEFORE)).transpose()?;
        if [&translation, &note, &reviewer].into_iter().all(|text| text.is_empty()) {
            return Ok(None);
        }
        if id.is_empty() {
            return Err(told("it has no ID: copy the words into the row they belong to".to_owned()));
        }
        let (path, form) = path_and_form(id);
        let translation = as_the_english(&translation, &english);
        Ok(Some(Row { number, path, form, english, translation, before, note, reviewer }))
    }
}

fn is_a_language(heading: &str) -> bool {
    Language::all().iter().any(|language| language.english_name().eq_ignore_ascii_case(heading))
}

/// The two parts of an ID: `top_needs[2]` is the third plural form of `top_needs`.
fn path_and_form(id: &str) -> (String, Option<usize>) {
    let form = || {
        let (path, form) = id.strip_suffix(']')?.rsplit_once('[')?;
        Some((path.to_owned(), Some(form.parse().ok()?)))
    };
    form().unwrap_or_else(|| (id.to_owned(), None))
}

/// A translation on one line where its English is.
fn as_the_english(translation: &str, english: &str) -> String {
    match english.contains('\n') {
        true => translation.to_owned(),
        false => {
            translation.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}
