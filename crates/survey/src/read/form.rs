//! Forms: which questions each keeps, and the languages it adds.

use notation::{Finding, Item, Line, Place};

use super::{
    name,
    notes::Notes,
    page::{lines, titled},
    setting::language,
};
use crate::{Form, FormId, Language, Offered};

/// A form as read.
pub(crate) struct Formed<'t> {
    /// The form.
    pub(crate) form: Form,
    /// Where its name stands.
    pub(crate) at: Place,
    /// The line that says what it keeps.
    pub(crate) keeps: Option<Line<'t>>,
    /// The line that says which languages it adds.
    pub(crate) langs: Option<Line<'t>>,
    /// Some line of it could not be read.
    pub(crate) spoiled: bool,
}

/// Read a `form` item; `offered` are the languages of the whole survey.
pub(super) fn read_form<'t>(item: &Item<'t>, offered: &[Offered], notes: &mut Notes) -> Option<Formed<'t>> {
    let (id, at, title) = titled(item, notes)?;
    if id == FormId::full().as_str() {
        notes.say(name::taken_by(&id, at.clone(), "stands for the whole survey"));
    }
    let (known, spoiled) = lines(item, &["keeps", "langs"], notes);
    let line = |word: &str| known.iter().find(|line| line.word == word).map(|line| (*line).clone());
    let (keeps, langs) = (line("keeps"), line("langs"));
    let names = keeps.iter().flat_map(|line| line.rest.tokens());
    let form = Form {
        id: id.as_str().into(),
        title,
        keeps: names.map(|name| name.text.into()).collect(),
        languages: langs.iter().flat_map(|line| read_langs(line, offered, notes)).collect(),
    };
    if form.keeps.is_empty() && !spoiled {
        let says = format!("the form `{id}` keeps no question");
        notes.say(Finding::error("S004", at.clone(), says).remedy("add `keeps` and the names of questions"));
    }
    Some(Formed { form, at, keeps, langs, spoiled })
}

fn read_langs(line: &Line<'_>, offered: &[Offered], notes: &mut Notes) -> Vec<Offered> {
    let mut added: Vec<Language> = Vec::new();
    for piece in line.rest.tokens() {
        let Some(language) = language(piece, &line.rest, notes) else { continue };
        let at = line.rest.place_of(piece);
        if added.contains(&language) {
            let says = format!("`{language}` is named twice");
            notes.say(Finding::error("S005", at, says).remedy("delete it"));
        } else if offered.iter().any(|each| each.language == language) {
            let says = format!("`{language}` is offered for the whole survey");
            let remedy = "delete it: `langs` of a form adds languages in which only this form is offered";
            notes.say(Finding::error("S005", at, says).remedy(remedy));
        } else {
            added.push(language);
        }
    }
    added.into_iter().map(|language| Offered { language, draft: false }).collect()
}
