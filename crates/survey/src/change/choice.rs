//! Choices and rows: what stands in the data.

use super::{Class, Compared, Weight, base::is_same, question::weight};
use crate::{Choice, ChoiceId, Kind, Question, Row};

impl Compared<'_> {
    pub(super) fn choices(&mut self, old: &Question, new: &Question) {
        let (before, now) = (own(self.old, old), own(self.new, new));
        let pairs: Vec<(Option<&Choice>, &Choice)> = now
            .iter()
            .map(|choice| (before.iter().copied().find(|old| is_heir(choice, old)), *choice))
            .collect();
        for (was, choice) in &pairs {
            match was {
                Some(was) => self.choice(new, was, choice),
                None => self.added(new, choice),
            }
        }
        for (index, was) in before.iter().enumerate() {
            if !now.iter().any(|choice| is_heir(choice, was)) {
                let newcomers =
                    pairs.iter().filter(|(origin, _)| origin.is_none()).map(|(_, choice)| *choice);
                self.choice_gone(new, was, stands_for(was, index, &now, newcomers.collect()));
            }
        }
        let order: Vec<&ChoiceId> = pairs.iter().filter_map(|(was, _)| Some(&(*was)?.id)).collect();
        self.order_of_choices(new, &order, &before);
    }

    fn choice(&mut self, question: &Question, old: &Choice, new: &Choice) {
        let path = format!("{}.{}", question.id, new.id);
        if old.id != new.id {
            self.say(Class::Safe, &path, format!("was `{}`", old.id));
        } else if old.was != new.was {
            self.say(Class::Safe, &path, "another earlier code");
        }
        self.words(Some(&old.words), Some(&new.words), weight(question));
        self.words(old.short.as_ref(), new.short.as_ref(), Weight::Nothing);
        if old.end != new.end {
            let says = match (&old.end, &new.end) {
                (None, _) => "choosing it ends the survey now",
                (_, None) => "choosing it ended the survey",
                _ => "choosing it ends the survey elsewhere",
            };
            self.breaks(&path, says, "keep the `[end …]` as it was, or begin a new wave");
        }
        if old.only != new.only {
            self.say(Class::Note, &path, "`[only]` changed");
        }
        if old.specify != new.specify {
            self.say(Class::Note, &path, "`[specify]` changed");
        }
        if old.last != new.last {
            self.say(Class::Safe, &path, "`[last]` changed");
        }
        let before = old.when.as_ref().map(|when| when.renamed(&self.names));
        if !is_same(before.as_ref(), new.when.as_ref()) {
            self.computed(question, &path, "`[when]` changed");
        }
    }

    fn added(&mut self, question: &Question, choice: &Choice) {
        let path = format!("{}.{}", question.id, choice.id);
        match is_scale(question) {
            true => self.breaks(path, "a scale has one code more", "keep the scale, or begin a new wave"),
            false => self.computed(question, &path, "a new choice"),
        };
    }

    fn choice_gone(&mut self, question: &Question, was: &Choice, instead: Option<&Choice>) {
        let path = format!("{}.{}", question.id, was.id);
        let otherwise = if is_scale(question) { "begin a new wave" } else { "keep it and add a choice" };
        let remedy = format!("`[was {}]` if the meaning is the same, else {otherwise}", was.id);
        if let Some(change) = self.say(Class::Break, path, "the choice is gone") {
            change.remedy = Some(remedy);
            change.instead = Some(match instead {
                Some(choice) => format!("{}.{}", question.id, choice.id),
                None => question.id.as_str().to_owned(),
            });
        }
    }

    /// `stayed` are the old codes in the new order.
    fn order_of_choices(&mut self, question: &Question, stayed: &[&ChoiceId], before: &[&Choice]) {
        let codes = before.iter().map(|choice| &choice.id).filter(|code| stayed.contains(code));
        if codes.eq(stayed.iter().copied()) {
            return;
        }
        let id = question.id.as_str();
        match question.kind {
            _ if is_scale(question) => {
                self.breaks(id, "the order of a scale changed", "keep the order, or begin a new wave")
            }
            // The first row that holds is taken.
            Kind::Calc { .. } => self.computed(question, id, "its rows stand in another order"),
            _ => self.say(Class::Safe, id, "its choices stand in another order"),
        };
    }

    pub(super) fn rows(&mut self, old: &Question, new: &Question) {
        let is_heir = |row: &Row, old: &Row| row.id == old.id || row.was.as_ref() == Some(&old.id);
        for row in new.rows() {
            let path = format!("{}.{}", new.id, row.id);
            let Some(was) = old.rows().iter().find(|old| is_heir(row, old)) else {
                self.say(Class::Note, path, "a new row");
                continue;
            };
            if was.id != row.id {
                self.say(Class::Safe, &path, format!("was `{}`", was.id));
            } else if was.was != row.was {
                self.say(Class::Safe, &path, "another earlier code");
            }
            self.words(Some(&was.words), Some(&row.words), Weight::Meaning);
            self.words(was.short.as_ref(), row.short.as_ref(), Weight::Nothing);
            let before = was.when.as_ref().map(|when| when.renamed(&self.names));
            if !is_same(before.as_ref(), row.when.as_ref()) {
                self.say(Class::Note, path, "`[when]` changed");
            }
        }
        let gone = old.rows().iter().filter(|old| !new.rows().iter().any(|row| is_heir(row, old)));
        for was in gone {
            let remedy = format!("`[was {}]` if the meaning is the same, else keep it and add a row", was.id);
            self.breaks(format!("{}.{}", new.id, was.id), "the row is gone", remedy);
        }
    }
}

fn is_heir(new: &Choice, old: &Choice) -> bool {
    new.id == old.id || new.was.as_ref() == Some(&old.id)
}

fn is_scale(question: &Question) -> bool {
    matches!(question.kind, Kind::One { ordered: true, .. } | Kind::Grid { .. })
}

/// The choices that are compared at this question: those it takes from another are compared there, and tags are ours.
fn own<'q>(survey: &'q crate::Survey, question: &'q Question) -> Vec<&'q Choice> {
    let from = question.from().and_then(|from| survey.question(from.as_str()));
    let inherited = |choice: &&Choice| from.is_some_and(|from| from.choice(choice.id.as_str()).is_some());
    question.worded_choices().iter().filter(|choice| !inherited(choice)).collect()
}

/// The new choice that seems to stand for one that is gone: at its place, or else the only one.
fn stands_for<'c>(
    was: &Choice,
    index: usize,
    now: &[&'c Choice],
    newcomers: Vec<&'c Choice>,
) -> Option<&'c Choice> {
    let same_words = newcomers.iter().find(|choice| choice.words.source == was.words.source);
    let same_place = newcomers.iter().find(|choice| now.get(index).is_some_and(|here| here.id == choice.id));
    let only = newcomers.first().filter(|_| newcomers.len() == 1);
    same_words.or(same_place).or(only).copied()
}
