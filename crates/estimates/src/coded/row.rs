//! The rows of a coded file, cell by cell into columns of codes.

use responses::State;
use survey::{FormId, Kind, Language, Question, Survey};

use super::{
    FIRST,
    answer::{self, Slip},
    column::Column,
};
use crate::{
    People,
    people::{Codes, by_question},
};

/// The rows read so far.
pub(super) struct Rows<'s> {
    survey: &'s Survey,
    people: People,
    questions: Vec<Read<'s>>,
    /// Where the columns before those of the questions stand.
    first: [Option<usize>; 4],
    /// Where the row's own number stands.
    number: Option<usize>,
    numbers: Numbers,
}

/// A question, its columns, and where they stand in the file.
struct Read<'s> {
    question: &'s Question,
    columns: Vec<Column<'s>>,
    at: Vec<Option<usize>>,
    kept: Vec<Codes>,
}

/// Row numbers of the file, with the line each stands in.
#[derive(Default)]
pub(super) struct Numbers {
    counted: Vec<(u64, u64)>,
    named: Vec<(String, u64)>,
}

impl<'s> Rows<'s> {
    pub(super) fn of(head: &[String], survey: &'s Survey) -> Rows<'s> {
        let at = |name: &str| head.iter().position(|each| each == name);
        let mut people = People::empty(survey);
        let questions = by_question(survey).into_iter().map(|(question, columns)| Read {
            question,
            at: columns.iter().map(|column| at(&column.name)).collect(),
            kept: people.questions.remove(&question.id).unwrap_or_default(),
            columns,
        });
        Rows {
            questions: questions.collect(),
            first: std::array::from_fn(|place| at(FIRST[place + 1])),
            number: at(FIRST[0]),
            numbers: Numbers::default(),
            people,
            survey,
        }
    }

    /// Takes a row in.
    pub(super) fn read(&mut self, cells: &csv::StringRecord, row: u64) -> Result<(), Slip> {
        for place in 0..self.first.len() {
            let cell = self.first[place].and_then(|at| cells.get(at)).unwrap_or_default();
            self.first_cell(place, cell)?;
        }
        for read in &mut self.questions {
            read.take(cells)?;
        }
        if let Some(label) = self.number.and_then(|at| cells.get(at)).filter(|label| !label.is_empty()) {
            self.numbers.add(label, row);
        }
        self.people.end_row();
        Ok(())
    }

    pub(super) fn done(mut self) -> (People, Numbers) {
        for read in self.questions {
            self.people.questions.insert(read.question.id.clone(), read.kept);
        }
        (self.people, self.numbers)
    }

    /// A cell before those of the questions; a word is looked at once.
    fn first_cell(&mut self, place: usize, cell: &str) -> Result<(), Slip> {
        let codes = &mut self.people.first[place];
        match codes.find(cell).filter(|code| *code != 0) {
            Some(code) => codes.push(code),
            None => {
                let word = self.first_word(place, cell)?;
                self.people.first[place].push_word(&word);
            }
        }
        Ok(())
    }

    /// What an empty cell stands for, or the cell if it is one that can be.
    fn first_word(&self, place: usize, cell: &str) -> Result<String, Slip> {
        let name = FIRST[place + 1];
        let wrong = |says: String| Err(Slip { column: name.to_owned(), says });
        match (name, cell) {
            ("language", "") => Ok(self.survey.source.tag().to_owned()),
            ("language", tag) => match Language::of_tag(tag) {
                Some(language) => Ok(language.tag().to_owned()),
                None => wrong(format!("`{tag}` is not a language we know")),
            },
            ("form", "") => Ok(FormId::full().to_string()),
            ("form", form) => self.form(form),
            ("state", "") => Ok(State::Finished.code().to_owned()),
            ("state", code) if State::of_code(code).is_none() => {
                let codes = State::ALL.map(State::code).join(", ");
                wrong(format!("`{code}` is not one of {codes}"))
            }
            ("synthetic", "") => Ok("0".to_owned()),
            ("synthetic", other) if !matches!(other, "0" | "1") => {
                wrong(format!("`{other}` is neither 0 nor 1"))
            }
            (_, word) => Ok(word.to_owned()),
        }
    }

    fn form(&self, form: &str) -> Result<String, Slip> {
        let id = FormId::new(form);
        if id == FormId::full() || self.survey.form(&id).is_some() {
            return Ok(form.to_owned());
        }
        let named = self.survey.forms.iter().map(|form| form.id.as_str());
        let forms: Vec<&str> = std::iter::once("full").chain(named).collect();
        Err(Slip { column: "form".to_owned(), says: format!("`{form}` is not one of {}", forms.join(", ")) })
    }
}

impl Read<'_> {
    fn take(&mut self, cells: &csv::StringRecord) -> Result<(), Slip> {
        let mut fits = true;
        for (place, kept) in self.kept.iter_mut().enumerate() {
            let cell = self.at.get(place).copied().flatten().and_then(|at| cells.get(at)).unwrap_or_default();
            match kept.find(cell) {
                Some(code) => kept.push(code),
                // Numbers, days and areas are not known before they are seen.
                None if self.question.choices().is_empty() => {
                    answer::single(&self.columns[place], cell)?;
                    kept.push_word(cell);
                }
                None => fits = false,
            }
        }
        match fits && self.is_whole() {
            true => Ok(()),
            false => self.slip(cells),
        }
    }

    /// Whether the cells of the last row go together; what does not is looked at once more, to say why.
    fn is_whole(&self) -> bool {
        let is_many = matches!(self.question.kind, Kind::Many { .. });
        if !is_many && !matches!(self.question.kind, Kind::Rank { .. }) {
            return true;
        }
        let cells = || self.kept.iter().map(|codes| (codes, codes.last())).filter(|(_, code)| *code != 0);
        let reasons = cells().filter(|(codes, code)| codes.missing(*code).is_some()).count();
        if reasons > 0 {
            let first = cells().next().map(|(_, code)| code);
            return cells().all(|(_, code)| Some(code) == first);
        }
        !is_many || cells().next().is_none() || cells().any(|(codes, code)| codes.word_of(code) == "1")
    }

    fn slip(&self, cells: &csv::StringRecord) -> Result<(), Slip> {
        let cell = |at: &Option<usize>| at.and_then(|at| cells.get(at)).unwrap_or_default();
        answer::answer(self.question, self.columns.iter().zip(self.at.iter().map(cell))).map(|_| ())
    }
}

impl Numbers {
    fn add(&mut self, label: &str, row: u64) {
        match label.parse() {
            Ok(number) => self.counted.push((number, row)),
            Err(_) => self.named.push((label.to_owned(), row)),
        }
    }

    pub(super) fn append(&mut self, other: Numbers) {
        self.counted.extend(other.counted);
        self.named.extend(other.named);
    }

    /// A label that stands twice, with both lines.
    pub(super) fn twice(mut self) -> Option<(String, u64, u64)> {
        fn first<T: Ord + Clone>(labels: &mut [(T, u64)]) -> Option<(T, u64, u64)> {
            labels.sort();
            let pairs = labels.windows(2).filter(|pair| pair[0].0 == pair[1].0);
            pairs.min_by_key(|pair| pair[1].1).map(|pair| (pair[0].0.clone(), pair[0].1, pair[1].1))
        }
        let counted = first(&mut self.counted).map(|(label, before, row)| (label.to_string(), before, row));
        counted.into_iter().chain(first(&mut self.named)).min_by_key(|(_, _, row)| *row)
    }
}
