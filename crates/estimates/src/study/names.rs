//! One group of people under several names, as the temporary residents of a question and of its census recode.

use std::collections::{BTreeMap, BTreeSet};

use survey::{QuestionId, Survey};

use crate::{People, code, set::Set};

/// The questions that make groups, and which of them name the same people.
#[derive(Debug)]
pub(super) struct Names {
    /// By question: the first of those it shares a group with, directly or by way of another.
    first: BTreeMap<QuestionId, usize>,
}

impl Names {
    pub(super) fn of(survey: &Survey, people: &People) -> Names {
        let mut first: Vec<(QuestionId, usize)> = Vec::new();
        let mut known: BTreeMap<Set, usize> = BTreeMap::new();
        for (_, question) in survey.questions() {
            if code::check_groups(question).is_err() {
                continue;
            }
            let own = first.len();
            first.push((question.id.clone(), own));
            let mut sets = vec![Set::default(); question.choices().len()];
            for (row, code) in code::categories(question, people).into_iter().enumerate() {
                if let Some(code) = code {
                    sets[code as usize].add(row);
                }
            }
            // Everybody and nobody are no group of people.
            for set in sets.into_iter().filter(|set| (1..people.len()).contains(&set.people)) {
                let other = *known.entry(set).or_insert(own);
                join(&mut first, other, own);
            }
        }
        Names { first: first.into_iter().collect() }
    }

    /// The questions that share groups with this one, itself included.
    pub(super) fn family<'n>(&'n self, question: &'n QuestionId) -> BTreeSet<&'n QuestionId> {
        let family = self.first.get(question);
        let same = self.first.iter().filter(|(_, first)| family == Some(*first)).map(|(id, _)| id);
        same.chain([question]).collect()
    }
}

fn join(first: &mut [(QuestionId, usize)], one: usize, other: usize) {
    let (one, other) = (first[one].1, first[other].1);
    let (early, late) = (one.min(other), one.max(other));
    first.iter_mut().filter(|each| each.1 == late).for_each(|each| each.1 = early);
}
