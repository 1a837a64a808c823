//! Where the things of a survey are named: what changed is pointed at there, whatever words it has.

use std::collections::BTreeMap;

use notation::Place;

use super::draft::Draft;

/// Places by path: `needs`, `needs.work`, `needs:when`, `page.start`, `end.done`, `form.short`, `survey:suppress`, `langs:fr`.
pub(crate) struct Places {
    by_path: BTreeMap<String, Place>,
    first_line: Place,
}

impl Places {
    /// The places of a draft that is still whole.
    pub(super) fn of(draft: &Draft<'_>) -> Places {
        let mut by_path: BTreeMap<String, Place> = BTreeMap::new();
        let settings = draft.settings.lines.iter();
        by_path.extend(settings.map(|(word, line)| (format!("survey:{word}"), line.rest.place())));
        for asked in &draft.questions {
            let id = &asked.question.id;
            by_path.insert(id.to_string(), asked.at.clone());
            by_path
                .extend(asked.lines.iter().map(|(word, line)| (format!("{id}:{word}"), line.rest.place())));
            let parts = asked.choices.iter().chain(&asked.rows);
            by_path.extend(parts.map(|part| (format!("{id}.{}", part.choice.id), part.at.clone())));
        }
        by_path.extend(draft.pages.iter().map(|page| (format!("page.{}", page.page.id), page.at.clone())));
        by_path.extend(draft.ends.iter().map(|last| (format!("end.{}", last.end.id), last.at.clone())));
        by_path.extend(draft.forms.iter().map(|form| (format!("form.{}", form.form.id), form.at.clone())));
        let of_forms = draft.forms.iter().flat_map(|form| &form.form.languages);
        let languages = draft.settings.languages.iter().chain(of_forms).map(|offered| offered.language.tag());
        by_path.extend(languages.map(|tag| (format!("langs:{tag}"), draft.language_place(tag))));
        Places { by_path, first_line: draft.first_line() }
    }

    /// Where a path stands, or else what it is a part of.
    pub(crate) fn of_path(&self, path: &str) -> Place {
        let (whole, _) = path.split_once(':').unwrap_or((path, ""));
        let (owner, _) = whole.rsplit_once('.').unwrap_or((whole, ""));
        let known = [path, whole, owner].into_iter().find_map(|path| self.by_path.get(path));
        known.unwrap_or(&self.first_line).clone()
    }
}
