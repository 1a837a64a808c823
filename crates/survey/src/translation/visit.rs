//! Every text of a survey, in the order a reader meets it.

use crate::{End, Insert, Kind, Page, Question, Survey, Words};

impl Survey {
    /// Every text people read; one of a shared list as often as questions use it.
    pub fn words(&self) -> Vec<&Words> {
        let settings = [Some(&self.title), Some(&self.host), self.eligible.as_ref(), Some(&self.contact)];
        let mut all: Vec<&Words> = settings.into_iter().flatten().collect();
        all.extend(self.ethics.iter().chain(&self.draw).chain(self.missing.values()));
        for page in &self.pages {
            all.extend(
                [Some(&page.title), page.sensitive.as_ref(), page.support.as_ref()].into_iter().flatten(),
            );
            page.questions.iter().for_each(|question| of_question(question, &mut all));
        }
        all.extend(self.forms.iter().map(|form| &form.title));
        all.extend(self.sets.values());
        for end in &self.ends {
            all.extend([Some(&end.title), end.says.as_ref(), end.support.as_ref()].into_iter().flatten());
        }
        all
    }

    /// Every text people read, to be changed; one of a shared list as often as questions use it.
    pub fn words_mut(&mut self) -> Vec<&mut Words> {
        let mut all = vec![&mut self.title, &mut self.host, &mut self.contact];
        all.extend(self.eligible.iter_mut().chain(&mut self.ethics).chain(&mut self.draw));
        all.extend(self.missing.values_mut());
        self.pages.iter_mut().for_each(|page| of_page_mut(page, &mut all));
        self.ends.iter_mut().for_each(|end| of_end_mut(end, &mut all));
        all.extend(self.forms.iter_mut().map(|form| &mut form.title));
        all.extend(self.sets.values_mut());
        all
    }
}

impl Question {
    /// Every text of the question that people read, to be changed.
    pub(crate) fn words_mut(&mut self) -> Vec<&mut Words> {
        let mut all = Vec::new();
        of_question_mut(self, &mut all);
        all
    }

    /// Every text of the question that people read.
    pub(crate) fn words(&self) -> Vec<&Words> {
        let mut all = Vec::new();
        of_question(self, &mut all);
        all
    }

    /// What its words say of earlier answers.
    pub fn inserts(&self) -> impl Iterator<Item = &Insert> {
        self.words().into_iter().flat_map(|words| &words.inserts)
    }
}

fn of_question<'s>(question: &'s Question, all: &mut Vec<&'s Words>) {
    all.extend(question.asks.iter().chain(&question.hint).chain(&question.short));
    if let Kind::Number { unit, .. } = &question.kind {
        all.extend(unit);
    }
    for row in question.rows() {
        all.push(&row.words);
        all.extend(&row.short);
    }
    let rules = question.check.iter().chain(&question.warn);
    all.extend(rules.map(|rule| &rule.words));
    for choice in question.worded_choices() {
        all.push(&choice.words);
        all.extend(&choice.short);
    }
}

fn of_page_mut<'s>(page: &'s mut Page, all: &mut Vec<&'s mut Words>) {
    all.push(&mut page.title);
    all.extend(page.sensitive.iter_mut().chain(&mut page.support));
    page.questions.iter_mut().for_each(|question| of_question_mut(question, all));
}

fn of_end_mut<'s>(end: &'s mut End, all: &mut Vec<&'s mut Words>) {
    all.push(&mut end.title);
    all.extend(end.says.iter_mut().chain(&mut end.support));
}

fn of_question_mut<'s>(question: &'s mut Question, all: &mut Vec<&'s mut Words>) {
    all.extend(question.asks.iter_mut().chain(&mut question.hint).chain(&mut question.short));
    let rules = question.check.iter_mut().chain(&mut question.warn);
    all.extend(rules.map(|rule| &mut rule.words));
    match &mut question.kind {
        Kind::Number { unit, .. } => all.extend(unit),
        Kind::Grid { rows, choices, .. } => {
            for row in rows {
                all.push(&mut row.words);
                all.extend(&mut row.short);
            }
            of_choices_mut(choices, all);
        }
        Kind::Consent { choices }
        | Kind::One { choices, .. }
        | Kind::Many { choices, .. }
        | Kind::Rank { choices, .. }
        | Kind::Calc { choices } => of_choices_mut(choices, all),
        // The words of a `language` are the same in every language.
        Kind::Language { .. } => {}
        Kind::Year { .. }
        | Kind::Fsa
        | Kind::Text { .. }
        | Kind::Note
        | Kind::Computed { .. }
        | Kind::Date { .. } => {}
    }
}

fn of_choices_mut<'s>(choices: &'s mut [crate::Choice], all: &mut Vec<&'s mut Words>) {
    for choice in choices {
        all.push(&mut choice.words);
        all.extend(&mut choice.short);
    }
}
