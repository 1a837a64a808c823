//! In which order questions are asked.

use std::collections::BTreeSet;

use super::{Class, Compared};
use crate::QuestionId;

impl Compared<'_> {
    /// Questions that moved past others; the fewest that explain the new order.
    pub(super) fn order(&mut self) {
        let stayed = self.old.questions().filter_map(|(_, old)| Some(&self.heir(old)?.id));
        let mut old: Vec<&QuestionId> = stayed.collect();
        let new: Vec<&QuestionId> = self.new.questions().map(|(_, question)| &question.id).collect();
        let place = |id: &QuestionId| new.iter().position(|each| *each == id);
        let mut moved = Vec::new();
        loop {
            let passed: Vec<usize> = old.iter().map(|id| crossings(id, &old, &place)).collect();
            let Some((most, index)) =
                passed.iter().zip(0..).max_by_key(|(count, index)| (**count, usize::MAX - index))
            else {
                break;
            };
            if *most == 0 {
                break;
            }
            moved.push(old.remove(index));
        }
        let linked = self.linked();
        for id in moved {
            match linked.contains(id) {
                true => {
                    self.say(Class::Note, id.as_str(), "asked elsewhere in the order, and conditions link it")
                }
                false => self.say(Class::Safe, id.as_str(), "asked elsewhere in the order"),
            };
        }
    }

    /// Questions that are asked on a condition, or that one looks at.
    fn linked(&self) -> BTreeSet<QuestionId> {
        let mut linked = BTreeSet::new();
        for (page, question) in self.new.questions() {
            let seen: Vec<&QuestionId> = question
                .looks_at()
                .into_iter()
                .chain(page.when.iter().flat_map(|when| when.looks_at()))
                .collect();
            if !seen.is_empty() {
                linked.insert(question.id.clone());
            }
            linked.extend(seen.into_iter().cloned());
        }
        linked
    }
}

/// Past how many of the others a question moved.
fn crossings(id: &QuestionId, old: &[&QuestionId], place: &dyn Fn(&QuestionId) -> Option<usize>) -> usize {
    let own = old.iter().position(|each| *each == id);
    let crossed = |(index, other): (usize, &&QuestionId)| (Some(index) < own) != (place(other) < place(id));
    old.iter().enumerate().filter(|(_, other)| **other != id).filter(|each| crossed((each.0, each.1))).count()
}
