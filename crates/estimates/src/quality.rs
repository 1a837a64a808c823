//! The quality of the data: what was left open, where people stopped, and who went straight down a grid.

use survey::{Kind, Language, Missing, Page, PageId, Question, QuestionId};

use crate::{
    Count, Number, Study, code,
    people::{Codes, Said},
    respondent::UNFINISHED,
    round,
};

/// How complete the answers are.
#[derive(Clone, Debug, PartialEq)]
pub struct Quality {
    /// One line for each question that people answer, in the order of the survey.
    pub items: Vec<Item>,
    /// Where people stopped who did not finish: the last page on which they said anything.
    pub stops: Vec<Stop>,
    /// One line for each grid.
    pub lines: Vec<StraightLine>,
}

/// Item nonresponse, of those who finished and were asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The question.
    pub question: QuestionId,
    /// How many were asked.
    pub asked: Count,
    /// The share that left it empty; none where too few people are behind it.
    pub left_empty: Option<Number>,
    /// The share that would rather not say.
    pub prefer_not: Option<Number>,
    /// The share that does not know.
    pub dont_know: Option<Number>,
}

/// How many stopped after a page, in a language.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The last page with an answer; none for who said nothing after agreeing.
    pub page: Option<PageId>,
    /// The language last used; none for everybody.
    pub language: Option<Language>,
    /// How many.
    pub people: Count,
}

/// How many chose one place for every row of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct StraightLine {
    /// The grid.
    pub question: QuestionId,
    /// How many answered three and more rows.
    pub answered: Count,
    /// The share of them with one place down all rows; none where too few people are behind it.
    pub straight: Option<Number>,
}

/// Fewer rows are no line.
const ROWS: usize = 3;

impl Study {
    /// How complete the answers are: counts rounded and bounded, shares of few people withheld, as in any release.
    pub fn quality(&self) -> Quality {
        let questions = self.survey().questions().map(|(_, question)| question);
        let asked: Vec<&Question> = questions.filter(|each| is_asked_of_people(each)).collect();
        Quality {
            items: asked.iter().map(|question| self.item(question)).collect(),
            stops: self.stops(),
            lines: asked.iter().filter_map(|question| self.straight_line(question)).collect(),
        }
    }

    fn item(&self, question: &Question) -> Item {
        let said = (0..self.people().len()).map(|row| self.people().said(&question.id, row));
        let said: Vec<Said> = said.filter(was_asked).collect();
        let share = |of: Missing| {
            self.share(said.iter().filter(|each| **each == Said::Missing(of)).count(), said.len())
        };
        Item {
            question: question.id.clone(),
            asked: round::count(said.len(), &self.recipe().policy),
            left_empty: share(Missing::NoAnswer),
            prefer_not: share(Missing::PreferNot),
            dont_know: share(Missing::DontKnow),
        }
    }

    /// A share of people, unless few are behind it or on either side of it. Nobody is no small group here.
    fn share(&self, people: usize, of: usize) -> Option<Number> {
        let policy = &self.recipe().policy;
        let few = |people: usize| people > 0 && people < policy.cell as usize;
        let told = of >= policy.base as usize && !few(people) && !few(of - people);
        told.then(|| round::number(people as f64 / of as f64, policy))
    }

    fn stops(&self) -> Vec<Stop> {
        let (synthetic, others) = (self.fieldwork().synthetic, self.others());
        let is_stopped = |row: &usize| {
            let state = others.state(*row);
            others.is_synthetic(*row) == synthetic && state.is_some_and(|state| UNFINISHED.contains(&state))
        };
        let stop = |row: usize| {
            let said = |page: &Page| {
                page.questions.iter().any(|question| others.said(&question.id, row) != Said::Nothing)
            };
            let pages = self.survey().pages.iter().enumerate().skip(1).rev();
            (pages.filter(|(_, page)| said(page)).map(|(at, _)| at).next(), others.language(row))
        };
        let stopped: Vec<(Option<usize>, &str)> = (0..others.len()).filter(is_stopped).map(stop).collect();
        let pages = std::iter::once(None).chain((1..self.survey().pages.len()).map(Some));
        let languages: Vec<&Language> = self.survey().all_languages();
        let of = |page: Option<usize>, language: Option<&Language>| {
            let here = |stop: &&(Option<usize>, &str)| {
                stop.0 == page && language.is_none_or(|language| stop.1 == language.tag())
            };
            stopped.iter().filter(here).count()
        };
        let mut stops = Vec::new();
        for page in pages.filter(|page| of(*page, None) > 0) {
            for language in std::iter::once(None).chain(languages.iter().copied().map(Some)) {
                stops.push(Stop {
                    page: page.map(|at| self.survey().pages[at].id.clone()),
                    language: language.cloned(),
                    people: round::count(of(page, language), &self.recipe().policy),
                });
            }
        }
        stops
    }

    fn straight_line(&self, question: &Question) -> Option<StraightLine> {
        if !matches!(question.kind, Kind::Grid { .. }) {
            return None;
        }
        let columns = self.people().columns(&question.id);
        let lines: Vec<bool> = (0..self.people().len()).filter_map(|row| is_straight(columns, row)).collect();
        Some(StraightLine {
            question: question.id.clone(),
            answered: round::count(lines.len(), &self.recipe().policy),
            straight: self.share(lines.iter().filter(|line| **line).count(), lines.len()),
        })
    }
}

fn is_asked_of_people(question: &Question) -> bool {
    let computed = matches!(
        question.kind,
        Kind::Note | Kind::Consent { .. } | Kind::Calc { .. } | Kind::Computed { .. }
    );
    !computed
}

fn was_asked(said: &Said) -> bool {
    match said {
        Said::Nothing => false,
        Said::Missing(why) => code::was_asked(*why),
        Said::Something => true,
    }
}

/// Whether every row has one code; none of a grid with fewer than three answers.
fn is_straight(columns: &[Codes], row: usize) -> Option<bool> {
    let codes = columns.iter().map(|codes| (codes, codes.get(row)));
    let codes: Vec<u32> =
        codes.filter(|(codes, code)| codes.is_answer(*code)).map(|(_, code)| code).collect();
    let first = codes.first().filter(|_| codes.len() >= ROWS)?;
    Some(codes.iter().all(|code| code == first))
}
