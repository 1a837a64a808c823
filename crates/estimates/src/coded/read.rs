//! The way back: a coded file as columns of codes.

use std::{io::Read, num::NonZeroUsize, thread};

use notation::near;
use survey::Survey;

use super::{
    FIRST,
    column::{Column, columns},
    quotes,
    row::{Numbers, Rows},
};
use crate::{Error, People, Respondent, people::by_question};

/// Read a coded file of this survey, as [`write_coded`](crate::write_coded) writes it, person by person.
///
/// # Errors
/// Those of [`read_people`].
pub fn read_coded(text: &str, survey: &Survey) -> Result<Vec<Respondent>, Error> {
    read_people(text, survey).map(|people| people.respondents(survey))
}

/// Read a coded file of this survey, as [`write_coded`](crate::write_coded) writes it, column by column.
///
/// Columns may stand in any order and some may be absent; `row` and `weight` are passed over, since weights are made
/// again by the recipe. Words are not in the file, so they are not in the answers. A file without `form`
/// holds answers to the whole survey, one without `state` finished responses, one without `synthetic` real ones.
///
/// # Errors
/// [`Error::EmptyFile`], [`Error::NotCsv`], and [`Error::Responses`] with row and column for all that is not of this
/// survey, for a quotation mark without an end, for a row number that stands twice, and for a question of which some
/// columns are absent.
pub fn read_people(text: &str, survey: &Survey) -> Result<People, Error> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().is_empty() {
        return Err(Error::EmptyFile);
    }
    let is_plain = !text.as_bytes().contains(&b'"');
    if !is_plain {
        quotes::check(text)?;
    }
    let (head, rows) = text.split_once('\n').unwrap_or((text, ""));
    let parts = if is_plain { parts(rows) } else { vec![rows] };
    let several = if parts.len() > 1 { at_once(head, &parts, survey).ok() } else { None };
    // What is wrong is told with the row of the file, so then it is read once more from its beginning.
    several.map_or_else(|| part(head, rows, survey).and_then(whole), Ok)
}

/// Bytes worth a thread.
const WORTH: usize = 1 << 20;

/// Pieces of about the same size that end with a line, one for each processor.
fn parts(rows: &str) -> Vec<&str> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(8);
    let size = rows.len().div_ceil(threads).max(WORTH);
    let (mut parts, mut rest) = (Vec::new(), rows);
    while rest.len() > size {
        let Some(end) = rest.as_bytes()[size..].iter().position(|byte| *byte == b'\n') else { break };
        let (part, after) = rest.split_at(size + end + 1);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// The parts read side by side and put together in their order.
fn at_once(head: &str, parts: &[&str], survey: &Survey) -> Result<People, Error> {
    let read = thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|rows| scope.spawn(|| part(head, rows, survey))).collect();
        running.into_iter().map(|each| each.join().expect("reading does not panic")).collect::<Vec<_>>()
    });
    let mut read = read.into_iter();
    let mut all = read.next().expect("there is a part")?;
    for part in read {
        let (people, numbers) = part?;
        all.0.append(&people);
        all.1.append(numbers);
    }
    whole(all)
}

/// Rows under a head.
fn part(head: &str, rows: &str, survey: &Survey) -> Result<(People, Numbers), Error> {
    let text = head.as_bytes().chain(&b"\n"[..]).chain(rows.as_bytes());
    let mut reader = csv::Reader::from_reader(text);
    let head: Vec<String> = reader.headers().map_err(Error::NotCsv)?.iter().map(str::to_owned).collect();
    check_head(&head, &columns(survey))?;
    check_whole(&head, survey)?;
    let mut rows = Rows::of(&head, survey);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(Error::NotCsv)? {
        let row = record.position().map_or(0, csv::Position::line);
        let wrong =
            |slip: super::answer::Slip| Error::Responses { row, column: slip.column, says: slip.says };
        rows.read(&record, row).map_err(wrong)?;
    }
    Ok(rows.done())
}

fn whole((people, numbers): (People, Numbers)) -> Result<People, Error> {
    let Some((label, before, row)) = numbers.twice() else { return Ok(people) };
    let says = format!("`{label}` stands in row {before} already: keep each response once");
    Err(Error::Responses { row, column: "row".to_owned(), says })
}

fn check_head(head: &[String], columns: &[Column<'_>]) -> Result<(), Error> {
    let known =
        || FIRST.into_iter().chain(["weight"]).chain(columns.iter().map(|column| column.name.as_str()));
    for (place, name) in head.iter().enumerate() {
        let says = if head[..place].contains(name) {
            "the column stands twice: keep one".to_owned()
        } else if known().any(|each| each == name) {
            continue;
        } else {
            let perhaps = near(name, known()).map(|near| format!(": did you mean `{near}`?"));
            format!("no column of the survey has this name{}", perhaps.unwrap_or_default())
        };
        return Err(Error::Responses { row: 1, column: name.clone(), says });
    }
    Ok(())
}

/// Of a question with several columns all must be there, or none: an absent choice would read as not chosen.
fn check_whole(head: &[String], survey: &Survey) -> Result<(), Error> {
    for (question, columns) in by_question(survey) {
        let (here, absent): (Vec<_>, Vec<_>) =
            columns.iter().map(|column| column.name.as_str()).partition(|name| has(head, name));
        if let (Some(column), false) = (here.first(), absent.is_empty()) {
            let says = format!("other columns of `{}` are missing: `{}`", question.id, absent.join("`, `"));
            return Err(Error::Responses { row: 1, column: (*column).to_owned(), says });
        }
    }
    Ok(())
}

fn has(head: &[String], name: &str) -> bool {
    head.iter().any(|each| each == name)
}
