//! From a draft to a survey.

use notation::Place;

use super::draft::Draft;
use crate::{Language, Margin, Survey, Words};

/// Put the survey together; where a setting is missing another's words stand in, and the survey is not handed out.
pub(super) fn assemble(draft: &mut Draft<'_>, margins: Vec<Margin>) -> Survey {
    let mut setting = |word: &str| draft.said.remove(word);
    let [title, host, contact] = ["title", "host", "contact"].map(&mut setting);
    let [eligible, ethics] = ["eligible", "ethics"].map(&mut setting);
    let stand_in = stand_in(draft, [&title, &host, &contact]);
    let mut pages: Vec<_> = draft.pages.drain(..).map(|titled| titled.page).collect();
    for asked in draft.questions.drain(..) {
        if let Some(page) = pages.get_mut(asked.page) {
            page.questions.push(asked.question);
        }
    }
    let settings = &mut draft.settings;
    let mut languages = std::mem::take(&mut settings.languages);
    let english = Language::english();
    if languages.is_empty() {
        languages.push(crate::Offered { language: english, draft: false });
    }
    Survey {
        name: std::mem::take(&mut settings.name),
        title: title.unwrap_or_else(|| stand_in.clone()),
        version: settings.version,
        source: languages[0].language.clone(),
        languages,
        host: host.unwrap_or_else(|| stand_in.clone()),
        eligible,
        contact: contact.unwrap_or(stand_in),
        ethics,
        field: settings.field,
        withdraw: settings.withdraw,
        draw: settings.draw.take(),
        suppress: settings.suppress,
        missing: draft.missing.iter().map(|(missing, (words, _))| (*missing, words.clone())).collect(),
        pages,
        ends: draft.ends.drain(..).map(|last| last.end).collect(),
        forms: draft.forms.drain(..).map(|formed| formed.form).collect(),
        sets: std::mem::take(&mut draft.sets).into_iter().map(|(name, (words, _))| (name, words)).collect(),
        uses: draft.used.iter().map(|used| used.taken.clone()).collect(),
        official: std::mem::take(&mut settings.official),
        fallback: settings.fallback,
        margins: margins.into_iter().map(|margin| (margin.path.clone(), margin)).collect(),
    }
}

/// Words for settings that are missing: others of the survey, so that no translation is asked for besides.
fn stand_in(draft: &mut Draft<'_>, settings: [&Option<Words>; 3]) -> Words {
    for word in ["title", "host", "eligible", "contact", "ethics", "draw"] {
        let at: Place = draft.first_line();
        draft.notes.stands(&format!("survey:{word}"), at);
    }
    let first = settings.into_iter().flatten().next().cloned();
    let of_pages = || draft.pages.first().map(|titled| titled.page.title.clone());
    first.or_else(of_pages).unwrap_or_else(|| Words::new("survey:title", ""))
}
