//! What stands around the questions: settings, pages, forms and ends.

use super::{Class, Compared, Weight};
use crate::{End, Page, Words};

impl Compared<'_> {
    pub(super) fn settings(&mut self) {
        let (old, new) = (self.old, self.new);
        self.words(Some(&old.title), Some(&new.title), Weight::Nothing);
        self.words(Some(&old.host), Some(&new.host), Weight::Meaning);
        self.words(old.eligible.as_ref(), new.eligible.as_ref(), Weight::Meaning);
        self.words(Some(&old.contact), Some(&new.contact), Weight::Meaning);
        self.words(old.ethics.as_ref(), new.ethics.as_ref(), Weight::Meaning);
        self.words(old.draw.as_ref(), new.draw.as_ref(), Weight::Meaning);
        if old.source != new.source {
            self.say(Class::Note, "survey:source", "written in another language");
        }
        if old.field != new.field {
            self.say(Class::Note, "survey:field", "open on other days");
        }
        if old.withdraw != new.withdraw {
            self.say(Class::Note, "survey:withdraw", "answers can be taken back until another day");
        }
        self.suppress("survey:suppress".to_owned(), old.suppress, new.suppress);
        let missing: Vec<[Option<&Words>; 2]> = old
            .missing
            .keys()
            .chain(new.missing.keys())
            .map(|each| [old.missing.get(each), new.missing.get(each)])
            .collect();
        missing.into_iter().for_each(|[old, new]| self.words(old, new, Weight::Meaning));
        let sets: Vec<[Option<&Words>; 2]> = old
            .sets
            .keys()
            .chain(new.sets.keys())
            .map(|each| [old.sets.get(each), new.sets.get(each)])
            .collect();
        sets.into_iter().for_each(|[old, new]| self.words(old, new, Weight::Meaning));
        self.pages();
    }

    fn pages(&mut self) {
        let pairs: Vec<(&Page, &Page)> =
            self.new.pages.iter().filter_map(|page| Some((self.old.page(page.id.as_str())?, page))).collect();
        for (old, new) in pairs {
            self.words(Some(&old.title), Some(&new.title), Weight::Nothing);
            self.words(old.sensitive.as_ref(), new.sensitive.as_ref(), Weight::Meaning);
            self.words(old.support.as_ref(), new.support.as_ref(), Weight::Nothing);
        }
        let (old, new) = (self.old, self.new);
        for page in new.pages.iter().filter(|page| old.page(page.id.as_str()).is_none()) {
            self.say(Class::Safe, format!("page.{}", page.id), "a new page");
        }
        for page in old.pages.iter().filter(|page| new.page(page.id.as_str()).is_none()) {
            self.say(Class::Safe, format!("page.{}", page.id), "the page is gone");
        }
    }

    pub(super) fn forms_and_ends(&mut self) {
        let (old, new) = (self.old, self.new);
        for form in &new.forms {
            let path = format!("form.{}", form.id);
            let Some(was) = old.form(&form.id) else {
                self.say(Class::Safe, path, "a new form");
                continue;
            };
            self.words(Some(&was.title), Some(&form.title), Weight::Nothing);
            let kept: std::collections::BTreeSet<_> =
                was.keeps.iter().map(|id| self.names.question(id).clone()).collect();
            if kept != form.keeps {
                self.say(Class::Note, path, "it keeps other questions");
            }
        }
        for was in old.forms.iter().filter(|was| new.form(&was.id).is_none()) {
            self.say(Class::Note, format!("form.{}", was.id), "the form is gone");
        }
        self.ends();
    }

    fn ends(&mut self) {
        let (old, new) = (self.old, self.new);
        for end in &new.ends {
            match old.end(end.id.as_str()) {
                Some(was) => self.end(was, end),
                None => {
                    self.say(Class::Safe, format!("end.{}", end.id), "a new last page");
                }
            }
        }
        for was in old.ends.iter().filter(|was| new.end(was.id.as_str()).is_none()) {
            let remedy = format!("keep `end {}`, or begin a new wave", was.id);
            self.breaks(format!("end.{}", was.id), "the last page is gone", remedy);
        }
    }

    fn end(&mut self, old: &End, new: &End) {
        self.words(Some(&old.title), Some(&new.title), Weight::Nothing);
        self.words(old.says.as_ref(), new.says.as_ref(), Weight::Meaning);
        self.words(old.support.as_ref(), new.support.as_ref(), Weight::Nothing);
    }
}
