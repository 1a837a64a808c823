//! Forms: parts of the one bank of questions, each offered by itself.

use std::collections::BTreeSet;

use crate::{Form, FormId, Kind, Language, Offered, Question, QuestionId, Survey, Words};

impl Survey {
    /// The form of this name; `None` for the whole survey and for names nobody gave.
    pub fn form(&self, id: &FormId) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == *id)
    }

    /// Whether a form has this question: what it names, `consent` and every question that can end the survey, and
    /// a `calc` whose inputs it has.
    pub fn keeps(&self, form: &FormId, question: &Question) -> bool {
        self.form(form).is_none_or(|form| self.form_keeps(form, question))
    }

    fn form_keeps(&self, form: &Form, question: &Question) -> bool {
        if form.keeps.contains(&question.id) || question.is_needed() {
            return true;
        }
        !question.is_shown()
            && question
                .looks_at()
                .into_iter()
                .all(|id| self.question(id.as_str()).is_some_and(|input| self.form_keeps(form, input)))
    }

    /// Every language some form is offered in: those of the whole survey first.
    pub fn all_languages(&self) -> Vec<&Language> {
        self.all_offered().into_iter().map(|offered| &offered.language).collect()
    }

    /// Every language some form is offered in, and how far it is: those of the whole survey first.
    pub fn all_offered(&self) -> Vec<&Offered> {
        let of_forms = self.forms.iter().flat_map(|form| &form.languages);
        let mut all: Vec<&Offered> = Vec::new();
        for offered in self.languages.iter().chain(of_forms) {
            if !all.iter().any(|each| each.language == offered.language) {
                all.push(offered);
            }
        }
        all
    }

    /// Whether the whole survey is offered in a language.
    pub(crate) fn offers_everything_in(&self, language: &Language) -> bool {
        self.languages.iter().any(|offered| offered.language == *language)
    }

    /// The forms offered in a language, the whole survey first.
    pub fn forms_in(&self, language: &Language) -> Vec<FormId> {
        let named = self.forms.iter().map(|form| form.id.clone());
        std::iter::once(FormId::full()).chain(named).filter(|form| self.offers(form, language)).collect()
    }

    /// Whether a form is offered in a language: every form in those of the whole survey, a named one in its own too.
    pub fn offers(&self, form: &FormId, language: &Language) -> bool {
        let own = self.form(form).into_iter().flat_map(|form| &form.languages);
        (self.form(form).is_some() || *form == FormId::full())
            && self.languages.iter().chain(own).any(|offered| offered.language == *language)
    }

    /// The texts that people who answer in this language may meet: all, unless only some forms are offered in it.
    pub(crate) fn words_for(&self, language: &Language) -> Vec<&Words> {
        let mut words = self.words();
        if self.offers_everything_in(language) {
            return words;
        }
        let offers = |form: &&Form| form.languages.iter().any(|offered| offered.language == *language);
        let forms: Vec<&Form> = self.forms.iter().filter(offers).collect();
        let is_kept = |question: &Question| forms.iter().any(|form| self.form_keeps(form, question));
        let (kept, dropped): (Vec<_>, Vec<_>) =
            self.questions().map(|(_, question)| question).partition(|question| is_kept(question));
        let said = |questions: &[&Question]| -> BTreeSet<String> {
            let own = questions.iter().flat_map(|question| question.words());
            own.map(|words| words.path.clone()).collect()
        };
        let (kept_paths, dropped_paths) = (said(&kept), said(&dropped));
        let kept: BTreeSet<&QuestionId> = kept.iter().map(|question| &question.id).collect();
        let empty_pages =
            self.pages.iter().filter(|page| !page.questions.iter().any(|each| kept.contains(&each.id)));
        let empty_pages: Vec<String> = empty_pages.map(|page| format!("page.{}", page.id)).collect();
        words.retain(|words| {
            let of_empty_page = empty_pages.iter().any(|page| {
                words
                    .path
                    .strip_prefix(page.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            });
            let of_other_form = words
                .path
                .strip_prefix("form.")
                .is_some_and(|id| !forms.iter().any(|form| form.id.as_str() == id));
            let of_dropped = dropped_paths.contains(&words.path) && !kept_paths.contains(&words.path);
            !of_empty_page && !of_other_form && !of_dropped
        });
        words
    }
}

impl Question {
    /// Whether it is computed from others.
    pub fn is_computed(&self) -> bool {
        matches!(self.kind, Kind::Calc { .. } | Kind::Computed { .. })
    }
}
