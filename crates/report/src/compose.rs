//! From a report and a release to a document: every word is chosen here.

mod cells;
mod dumbbell;
mod likert;
mod methods;
mod notes;
mod profile;
mod ranked;
mod speak;
mod table;
mod test;

use estimates::{Query, Release, Table};
use notation::Finding;
use survey::{Language, Question, QuestionId, Survey};

use crate::{
    definition::{FigureWish, Item, Kind, Prose, Report, Section, Text},
    document::{BigNumber, Block, Document, PageWords, Part},
    figure::{Chart, DataTable, Figure},
    tongue::Tongue,
};
use speak::Said;

/// Put a release into words in one language.
///
/// The findings are R050: a paragraph or title gives way, because a number it rests on is withheld.
pub fn compose(
    report: &Report,
    release: &Release,
    survey: &Survey,
    language: &Language,
) -> (Document, Vec<Finding>) {
    let mut composer = Composer {
        report,
        release,
        survey,
        tongue: Tongue::new(language),
        findings: Vec::new(),
        figures: Vec::new(),
    };
    composer.figures = composer.numbered();
    let document = composer.document();
    (document, composer.findings)
}

/// What a chart, its table and its words are made from.
pub(crate) struct Drawn {
    subtitle: String,
    alt: String,
    chart: Option<Chart>,
    notes: Vec<String>,
    table: Option<DataTable>,
    instead: Option<String>,
}

pub(crate) struct Composer<'c> {
    pub(crate) report: &'c Report,
    pub(crate) release: &'c Release,
    pub(crate) survey: &'c Survey,
    pub(crate) tongue: Tongue,
    pub(crate) findings: Vec<Finding>,
    /// Names of the figures that are printed, in order.
    figures: Vec<String>,
}

impl<'c> Composer<'c> {
    fn numbered(&self) -> Vec<String> {
        let items = self.report.sections.iter().flat_map(|section| &section.items);
        items
            .filter_map(|item| match item {
                Item::Figure(wish) if self.is_drawn(wish) => Some(wish.name.clone()),
                _ => None,
            })
            .collect()
    }

    /// Whether the condition of a figure holds and the release has its tables.
    fn is_drawn(&self, wish: &FigureWish) -> bool {
        wish.when.as_ref().is_none_or(|when| self.holds(when) == Some(true))
            && wish.kind.queries().iter().all(|query| self.has(query))
    }

    fn has(&self, query: &Query) -> bool {
        match query {
            Query::Shares { .. } => self.release.tables.contains_key(query),
            Query::Profile { question } => self.release.profiles.contains_key(question),
        }
    }

    fn document(&mut self) -> Document {
        let sections = self.report.sections.iter().map(|section| self.section(section)).collect();
        let tongue = &self.tongue;
        let about = [
            ("survey", self.survey.title.text(&tongue.language)),
            ("wave", &self.survey.version.wave.to_string()),
            ("n", &tongue.people(self.release.fieldwork.respondents)),
            ("people", self.report.people.text(&tongue.language)),
        ];
        Document {
            language: tongue.language.clone(),
            languages: self.report.languages.clone(),
            title: self.report.title.text(&tongue.language).to_owned(),
            about: tongue.fill("page.about", &about),
            notices: self.notices(),
            numbers: self.report.numbers.iter().map(|measure| self.big_number(measure)).collect(),
            sections,
            words: PageWords {
                skip: tongue.say("page.skip").to_owned(),
                contents: tongue.say("page.contents").to_owned(),
                languages: tongue.say("page.languages").to_owned(),
                table: tongue.say("page.table").to_owned(),
                figure: tongue.say("page.figure").to_owned(),
                made: tongue.fill("page.made", &[("version", &self.survey.version.to_string())]),
            },
        }
    }

    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.release.fieldwork.synthetic {
            notices.push(self.tongue.say("page.synthetic").to_owned());
        }
        let language = &self.tongue.language;
        let offered = self.survey.language(language.tag());
        if self.report.drafts.contains(language) || offered.is_some_and(|offered| offered.draft) {
            notices.push(self.tongue.say("page.draft").to_owned());
        }
        notices
    }

    fn big_number(&self, measure: &crate::definition::Measure) -> BigNumber {
        let label = self.full_label(&measure.share);
        match self.cell(measure).and_then(estimates::Cell::shown) {
            Some(shown) => BigNumber {
                value: Some(self.lettered(shown)),
                label,
                range: format!("{} {}", self.range_name(), self.tongue.range(shown.low, shown.high)),
            },
            None => BigNumber { value: None, label: self.no_figure(measure), range: String::new() },
        }
    }

    fn section(&mut self, section: &Section) -> Part {
        let mut blocks = Vec::new();
        for item in &section.items {
            match item {
                Item::Text(text) => blocks.extend(self.text(text).into_iter().map(Block::Prose)),
                Item::Figure(wish) => {
                    blocks.extend(self.figure(wish).map(|figure| Block::Figure(Box::new(figure))))
                }
                Item::Methods { note } => blocks.extend(self.methods(note.as_ref())),
            }
        }
        let title = section.title.text(&self.tongue.language).to_owned();
        Part { id: section.name.clone(), title, blocks }
    }

    /// The paragraphs of a text, or what stands in for them.
    fn text(&mut self, text: &Text) -> Vec<String> {
        if text.when.as_ref().is_some_and(|when| self.holds(when) != Some(true)) {
            return self.paragraphs(&text.otherwise, &[]);
        }
        self.paragraphs(&text.paragraphs, &text.otherwise)
    }

    fn paragraphs(&mut self, paragraphs: &[Prose], otherwise: &[Prose]) -> Vec<String> {
        let mut out = Vec::new();
        let mut gave_way = false;
        for prose in paragraphs {
            match self.speak(prose, true) {
                Said::All(words) => out.push(words),
                Said::Withheld(sentence, finding) => {
                    self.findings.extend(finding);
                    if otherwise.is_empty() {
                        out.push(sentence);
                    } else if !gave_way {
                        out.extend(self.paragraphs(otherwise, &[]));
                        gave_way = true;
                    }
                }
            }
        }
        out
    }

    fn figure(&mut self, wish: &FigureWish) -> Option<Figure> {
        let number = self.figures.iter().position(|name| *name == wish.name)? + 1;
        let title = self.title(wish);
        let mut drawn = self.drawn(wish, &title)?;
        let note = wish.note.as_ref().filter(|_| drawn.instead.is_none());
        if let Some(Said::All(words)) = note.map(|note| self.speak(note, false)) {
            drawn.notes.insert(0, words);
        }
        Some(Figure {
            id: wish.name.clone(),
            number,
            title,
            subtitle: drawn.subtitle,
            alt: drawn.alt,
            chart: drawn.chart,
            notes: drawn.notes,
            table: drawn.table,
            instead: drawn.instead,
        })
    }

    fn drawn(&self, wish: &FigureWish, title: &str) -> Option<Drawn> {
        match &wish.kind {
            Kind::Ranked(question) => self.ranked(wish, self.shares(question, None)?, title),
            Kind::Likert(question) => self.likert(wish, self.shares(question, None)?, title),
            Kind::Dumbbell { question, by, pair } => {
                self.dumbbell(wish, self.shares(question, Some(by))?, pair, title)
            }
            Kind::Table { question, by } => self.table_figure(wish, self.shares(question, by.as_ref())?),
            Kind::Profile(questions) => self.profile(questions, title),
        }
    }

    /// The author's title where all it says is published; else the label of the question.
    fn title(&mut self, wish: &FigureWish) -> String {
        if let Some(prose) = &wish.title {
            match self.speak(prose, false) {
                Said::All(words) => return words,
                Said::Withheld(_, finding) => self.findings.extend(finding),
            }
        }
        let query = &wish.kind.queries()[0];
        self.label_of(query.question())
    }

    pub(crate) fn shares(&self, question: &QuestionId, by: Option<&QuestionId>) -> Option<&'c Table> {
        let query = Query::Shares { question: question.clone(), by: by.cloned() };
        self.release.tables.get(&query)
    }

    pub(crate) fn question(&self, id: &QuestionId) -> &'c Question {
        self.survey.question(id.as_str()).expect("the reader has resolved every question of the report")
    }
}
