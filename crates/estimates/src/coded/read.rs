//! The way back: a coded file as respondents.

use std::collections::BTreeMap;

use notation::near;
use responses::State;
use survey::{
    Answer, Answers, ChoiceId, FormId, Kind, Language, Missing, Question, QuestionId, RowId, Survey,
};

use super::{
    FIRST,
    column::{Column, Part, columns},
    quotes,
};
use crate::{Error, Respondent};

/// Read a coded file of this survey, as [`write_coded`](crate::write_coded) writes it.
///
/// Columns may stand in any order and some may be absent; `row` and `weight` are passed over, since weights are made
/// again by the recipe. Words are not in the file, so they are not in the respondents. A file without `form`
/// holds answers to the whole survey, one without `state` finished responses, one without `synthetic` real ones.
///
/// # Errors
/// [`Error::EmptyFile`], [`Error::NotCsv`], and [`Error::Responses`] with row and column for all that is not of this
/// survey, for a quotation mark without an end, for a row number that stands twice, and for a question of which some
/// columns are absent.
pub fn read_coded(text: &str, survey: &Survey) -> Result<Vec<Respondent>, Error> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Error::EmptyFile);
    }
    quotes::check(text)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().map_err(Error::NotCsv)?.iter().map(str::to_owned).collect();
    let columns = columns(survey);
    check_head(&head, &columns)?;
    check_whole(&head, &columns)?;
    let plan = Plan::of(&head, &columns);
    let mut respondents = Vec::new();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(Error::NotCsv)? {
        let row = record.position().map_or(0, csv::Position::line);
        let line = Line { survey, row, plan: &plan, cells: &record };
        if let Some(number) = line.first("row")
            && let Some(before) = rows.insert(number.to_owned(), row)
        {
            let says = format!("`{number}` stands in row {before} already: keep each response once");
            return Err(line.wrong("row", says));
        }
        respondents.push(line.respondent()?);
    }
    Ok(respondents)
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
fn check_whole(head: &[String], columns: &[Column<'_>]) -> Result<(), Error> {
    for (question, columns) in by_question(columns) {
        let (here, absent): (Vec<_>, Vec<_>) =
            columns.into_iter().map(|column| column.name.as_str()).partition(|name| has(head, name));
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

/// Where each column of the survey stands in the file, looked up once.
struct Plan<'s> {
    first: Vec<(&'static str, Option<usize>)>,
    questions: Vec<(&'s Question, Vec<Placed<'s>>)>,
}

/// A column, and where it stands.
struct Placed<'s> {
    column: Column<'s>,
    at: Option<usize>,
}

impl<'s> Plan<'s> {
    fn of(head: &[String], columns: &[Column<'s>]) -> Plan<'s> {
        let at = |name: &str| head.iter().position(|each| each == name);
        let placed = |column: &Column<'s>| Placed { at: at(&column.name), column: column.clone() };
        let questions = by_question(columns).into_iter();
        let questions =
            questions.map(|(question, columns)| (question, columns.into_iter().map(placed).collect()));
        Plan { first: FIRST.map(|name| (name, at(name))).into(), questions: questions.collect() }
    }
}

/// One row of the file.
struct Line<'a> {
    survey: &'a Survey,
    row: u64,
    plan: &'a Plan<'a>,
    cells: &'a csv::StringRecord,
}

impl Line<'_> {
    fn respondent(&self) -> Result<Respondent, Error> {
        let mut answers = Answers::default();
        for (question, columns) in &self.plan.questions {
            if let Some(answer) = self.answer(question, columns)? {
                answers.given.insert(question.id.clone(), answer);
            }
        }
        Ok(Respondent {
            language: self.language()?,
            form: self.form()?,
            state: self.state()?,
            synthetic: self.synthetic()?,
            answers,
        })
    }

    fn language(&self) -> Result<Language, Error> {
        let Some(tag) = self.first("language") else { return Ok(self.survey.source.clone()) };
        Language::of_tag(tag)
            .ok_or_else(|| self.wrong("language", format!("`{tag}` is not a language we know")))
    }

    fn form(&self) -> Result<FormId, Error> {
        let form = self.first("form").map_or_else(FormId::full, FormId::new);
        if form == FormId::full() || self.survey.form(&form).is_some() {
            return Ok(form);
        }
        let named = self.survey.forms.iter().map(|form| form.id.as_str());
        let forms: Vec<&str> = std::iter::once("full").chain(named).collect();
        Err(self.wrong("form", format!("`{form}` is not one of {}", forms.join(", "))))
    }

    fn state(&self) -> Result<State, Error> {
        let Some(code) = self.first("state") else { return Ok(State::Finished) };
        let codes = State::ALL.map(State::code).join(", ");
        State::of_code(code).ok_or_else(|| self.wrong("state", format!("`{code}` is not one of {codes}")))
    }

    fn synthetic(&self) -> Result<bool, Error> {
        match self.first("synthetic") {
            None | Some("0") => Ok(false),
            Some("1") => Ok(true),
            Some(other) => Err(self.wrong("synthetic", format!("`{other}` is neither 0 nor 1"))),
        }
    }

    /// The answer in the columns of a question; none where all are empty or absent.
    fn answer(&self, question: &Question, columns: &[Placed<'_>]) -> Result<Option<Answer>, Error> {
        let filled = columns.iter().filter_map(|placed| Some((&placed.column, self.cell(placed.at)?)));
        let filled: Vec<(&Column<'_>, &str)> = filled.collect();
        let Some((first, cell)) = filled.first() else { return Ok(None) };
        if let Some(missing) = Missing::of_code(cell)
            && filled.iter().all(|(_, other)| other == cell)
        {
            return Ok(Some(Answer::Missing(missing)));
        }
        match &question.kind {
            Kind::Many { .. } => self.many(&filled).map(Some),
            Kind::Rank { .. } => {
                let codes = filled.iter().map(|(column, cell)| self.code(column, cell));
                Ok(Some(Answer::Ranked(codes.collect::<Result<_, _>>()?)))
            }
            Kind::Grid { .. } => self.grid(&filled).map(Some),
            _ => self.single(first, cell).map(Some),
        }
    }

    fn many(&self, filled: &[(&Column<'_>, &str)]) -> Result<Answer, Error> {
        let mut chosen = std::collections::BTreeSet::new();
        for (column, cell) in filled {
            match (*cell, column.part) {
                ("1", Part::Choice(code)) => {
                    chosen.insert(code.clone());
                }
                ("0", _) => {}
                _ => {
                    let says = format!(
                        "`{cell}` is neither 0 nor 1, nor a missing code in all columns of the question"
                    );
                    return Err(self.wrong(&column.name, says));
                }
            }
        }
        if chosen.is_empty() {
            let says = "no choice is 1: write `no_answer` in all columns of the question".to_owned();
            return Err(self.wrong(&filled[0].0.name, says));
        }
        Ok(Answer::Many(chosen))
    }

    fn grid(&self, filled: &[(&Column<'_>, &str)]) -> Result<Answer, Error> {
        let mut rows: BTreeMap<RowId, Answer> = BTreeMap::new();
        for (column, cell) in filled {
            let Part::Row(row) = column.part else { continue };
            let answer = match Missing::of_code(cell) {
                Some(Missing::NotAsked) => continue,
                Some(missing) => Answer::Missing(missing),
                None => Answer::One(self.code(column, cell)?),
            };
            rows.insert(row.clone(), answer);
        }
        Ok(Answer::Rows(rows))
    }

    fn single(&self, column: &Column<'_>, cell: &str) -> Result<Answer, Error> {
        let number = |what: &str| self.wrong(&column.name, format!("`{cell}` is not {what}"));
        Ok(match &column.question.kind {
            Kind::Number { .. } | Kind::Computed { .. } => {
                let value: Option<f64> = cell.parse().ok().filter(|value: &f64| value.is_finite());
                Answer::Number(value.ok_or_else(|| number("a number"))?)
            }
            Kind::Year { .. } => Answer::Year(cell.parse().map_err(|_| number("a year"))?),
            Kind::Date { .. } => Answer::Date(cell.parse().map_err(|_| number("a date"))?),
            Kind::Fsa => Answer::Area(cell.to_owned()),
            _ => Answer::One(self.code(column, cell)?),
        })
    }

    fn code(&self, column: &Column<'_>, cell: &str) -> Result<ChoiceId, Error> {
        let question = column.question;
        question.choice(cell).map(|choice| choice.id.clone()).ok_or_else(|| {
            let codes = question.choices().iter().map(|choice| choice.id.as_str());
            let perhaps = near(cell, codes).map(|near| format!(": did you mean `{near}`?"));
            let says =
                format!("`{cell}` is not a choice of `{}`{}", question.id, perhaps.unwrap_or_default());
            self.wrong(&column.name, says)
        })
    }

    fn cell(&self, at: Option<usize>) -> Option<&str> {
        self.cells.get(at?).filter(|cell| !cell.is_empty())
    }

    /// The cell of a column before those of the questions.
    fn first(&self, name: &str) -> Option<&str> {
        self.cell(self.plan.first.iter().find(|(each, _)| *each == name)?.1)
    }

    fn wrong(&self, column: &str, says: String) -> Error {
        Error::Responses { row: self.row, column: column.to_owned(), says }
    }
}

fn by_question<'c, 's>(columns: &'c [Column<'s>]) -> Vec<(&'s Question, Vec<&'c Column<'s>>)> {
    let mut questions: Vec<(&'s Question, Vec<&'c Column<'s>>)> = Vec::new();
    let same = |question: &Question, id: &QuestionId| question.id == *id;
    for column in columns {
        match questions.last_mut() {
            Some((question, own)) if same(question, &column.question.id) => own.push(column),
            _ => questions.push((column.question, vec![column])),
        }
    }
    questions
}
