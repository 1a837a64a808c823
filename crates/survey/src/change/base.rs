//! Who is asked: the condition of a question together with its page's.

use super::{Class, Compared};
use crate::{Condition, Question, Role, canonical};

impl Compared<'_> {
    /// Compare who is asked; `pages` are the conditions of the page it stood on and of the one it stands on.
    pub(super) fn base(&mut self, old: &Question, new: &Question, pages: [Option<&Condition>; 2]) {
        let before = both(pages[0], old.when.as_ref()).map(|when| when.renamed(&self.names));
        let now = both(pages[1], new.when.as_ref());
        let path = format!("{}:when", new.id);
        if is_same(before.as_ref(), now.as_ref()) {
            return;
        }
        let wider = self.is_wider(before.as_ref(), now.as_ref());
        let fewer = "some who were asked may not be asked now";
        match wider {
            true if self.is_wider(now.as_ref(), before.as_ref()) => {
                self.say(Class::Safe, path, "the same people are asked, in other words")
            }
            true => self.say(Class::Note, path, "more people are asked"),
            false if is_counted(old) || is_counted(new) => {
                self.breaks(path, fewer, "ask those who were asked before as well, or begin a new wave")
            }
            false => self.say(Class::Note, path, fewer),
        };
    }

    /// Whether everybody who was asked is asked still; not where that is too much to try.
    fn is_wider(&self, old: Option<&Condition>, new: Option<&Condition>) -> bool {
        let everybody = Condition::And(Vec::new());
        new.is_none_or(|new| self.new.implies(old.unwrap_or(&everybody), new) == Some(true))
    }
}

/// Whether shares or weights rest on it.
pub(super) fn is_counted(question: &Question) -> bool {
    question.role == Some(Role::Outcome) || question.margin.is_some()
}

/// Whether two conditions say the same.
pub(super) fn is_same(old: Option<&Condition>, new: Option<&Condition>) -> bool {
    old.map(canonical::condition) == new.map(canonical::condition)
}

fn both(page: Option<&Condition>, own: Option<&Condition>) -> Option<Condition> {
    match (page, own) {
        (Some(page), Some(own)) => Some(Condition::And(vec![page.clone(), own.clone()])),
        (one, other) => one.or(other).cloned(),
    }
}
