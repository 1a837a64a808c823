//! About how many minutes a person takes: a model of reading, looking through, deciding and typing.
//!
//! Every constant and where it is from stands in the README under "Why".

use crate::{Choice, FormId, Kind, Question, Survey, Words};

mod odds;
mod visit;

use visit::Visit;

/// About how long answering takes, in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// A typical person, to the nearest minute and at least 1.
    pub usual: u32,
    /// Somebody who is shown everything that can be shown, chooses every choice and writes in every box, rounded up.
    pub at_most: u32,
}

/// How a person goes through a survey.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Person {
    /// The part of a list that is chosen where any number may be.
    chooses: f64,
    /// The part that is chosen again of what was chosen before, in a `from`.
    chooses_again: f64,
    /// The part of the boxes for words that are written in.
    writes: f64,
    /// Whether what somebody may be shown is all shown to this one.
    sees_all: bool,
}

const TYPICAL: Person = Person { chooses: 0.25, chooses_again: 2.0 / 3.0, writes: 0.5, sees_all: false };
const THOROUGH: Person = Person { chooses: 1.0, chooses_again: 1.0, writes: 1.0, sees_all: true };

/// Seconds to read a word of a sentence: three quarters of 238 words a minute.
const READ: f64 = 60.0 / (238.0 * 0.75);
/// Seconds to look past a word of a list: twice as fast.
const LOOK: f64 = READ / 2.0;
/// Seconds to remember, judge and press, once a question is read.
const DECIDE: f64 = 5.0;
/// The same for a row of a grid, whose question and scale are known by then.
const ROW: f64 = 3.0;
/// Seconds to mark one of several choices.
const MARK: f64 = 1.0;
/// Seconds to fill a place of a ranking: the list is looked through again.
const PLACE: f64 = 4.0;
/// Seconds to type a number or a postal code, or to find a year or a language in a long list.
const TYPE: f64 = 5.0;
/// Seconds to give a date in two or three parts.
const DATE: f64 = 10.0;
/// Seconds to think of and write a sentence or two, and how many characters those are.
const WRITE: f64 = 60.0;
const SENTENCES: f64 = 120.0;
/// Seconds from one page to the next.
const TURN: f64 = 3.0;
/// Seconds to look over one's answers before sending them.
const REVIEW: f64 = 15.0;

impl Survey {
    /// About how many minutes a person takes for this form, from the source words.
    ///
    /// The model: the first page is looked through; then every page, question and row counts by the share of people
    /// it is shown to, with the time to read it, decide and answer. Screens and boxes behind `[specify]` are left out.
    ///
    /// # Source
    /// Reading: M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109 (2019),
    /// 238 words a minute for adults reading English non-fiction in silence. The other constants: see the README.
    pub fn minutes(&self, form: &FormId) -> Minutes {
        let minutes = |person| self.seconds(form, person) / 60.0;
        // Seconds are finite and never below zero, and a conversion holds what is out of range at the nearest end.
        Minutes { usual: minutes(TYPICAL).round().max(1.0) as u32, at_most: minutes(THOROUGH).ceil() as u32 }
    }

    fn seconds(&self, form: &FormId, person: Person) -> f64 {
        let first_page = [&self.host, &self.contact].into_iter().chain(&self.eligible);
        let first_page = first_page.chain(&self.ethics).chain(&self.draw);
        let mut seconds = looked_through(first_page) + REVIEW;
        let mut visit = Visit::new(person);
        for page in &self.pages {
            let mut most_asked = 0.0_f64;
            for question in page.questions.iter().filter(|question| self.keeps(form, question)) {
                let share = visit.come_to(page, question);
                if question.is_shown() {
                    seconds += share * visit.seconds_at(question);
                    most_asked = most_asked.max(share);
                }
            }
            let said = page.sensitive.iter().chain(&page.support).chain([&page.title]);
            seconds += most_asked * (TURN + read(said));
        }
        seconds
    }
}

impl Visit<'_> {
    /// Seconds a question takes somebody who is asked it.
    fn seconds_at(&self, question: &Question) -> f64 {
        let unit = match &question.kind {
            Kind::Number { unit, .. } => unit.as_ref(),
            _ => None,
        };
        read(question.asks.iter().chain(&question.hint).chain(unit)) + self.seconds_to_answer(question)
    }

    fn seconds_to_answer(&self, question: &Question) -> f64 {
        match &question.kind {
            Kind::Note | Kind::Calc { .. } | Kind::Computed { .. } => 0.0,
            Kind::Consent { choices } | Kind::One { choices, .. } => DECIDE + self.looked_through(choices),
            Kind::Many { .. } => DECIDE + self.looked_through_list(question) + MARK * self.made(&question.id),
            Kind::Rank { .. } => {
                DECIDE + self.looked_through_list(question) + PLACE * self.made(&question.id)
            }
            Kind::Grid { rows, choices, .. } => {
                let row = |row: &crate::Row| self.shown(row.when.as_ref()) * (ROW + read([&row.words]));
                self.looked_through(choices) + rows.iter().map(row).sum::<f64>()
            }
            Kind::Number { .. } | Kind::Year { .. } | Kind::Fsa | Kind::Language { .. } => DECIDE + TYPE,
            Kind::Date { .. } => DECIDE + DATE,
            Kind::Text { most } => DECIDE + self.person.writes * WRITE * (*most as f64 / SENTENCES).min(1.0),
        }
    }

    fn looked_through(&self, choices: &[Choice]) -> f64 {
        choices.iter().map(|choice| self.shown(choice.when.as_ref()) * looked_through([&choice.words])).sum()
    }

    /// A list, of which a `from` offers as much as was chosen before, and its own lines.
    fn looked_through_list(&self, question: &Question) -> f64 {
        let of = |choice: &Choice| {
            let share = self.shown(choice.when.as_ref()) * self.offered(question, choice);
            share * looked_through([&choice.words])
        };
        question.choices().iter().map(of).sum()
    }
}

fn read<'w>(words: impl IntoIterator<Item = &'w Words>) -> f64 {
    READ * count(words)
}

fn looked_through<'w>(words: impl IntoIterator<Item = &'w Words>) -> f64 {
    LOOK * count(words)
}

fn count<'w>(words: impl IntoIterator<Item = &'w Words>) -> f64 {
    words.into_iter().map(|words| words.source.split_whitespace().count()).sum::<usize>() as f64
}

#[cfg(test)]
mod tests;
