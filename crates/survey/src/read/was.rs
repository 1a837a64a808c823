//! `was NAME…` and `audio TAG…`: the names a question had, and the languages it is spoken in.

use notation::{Finding, Line};

use super::{name, notes::Notes, setting::language};
use crate::{Language, Offered, QuestionId};

/// The names a question had in published versions.
pub(super) fn read_was(line: &Line<'_>, own: &str, notes: &mut Notes) -> Vec<QuestionId> {
    let names = line.rest.tokens();
    if names.is_empty() {
        let finding = Finding::error("S004", line.place.clone(), "`was` names nothing");
        notes.say(finding.remedy("write the names the question had in published versions"));
    }
    let mut was: Vec<QuestionId> = Vec::new();
    for piece in names {
        let at = line.rest.place_of(piece);
        if let Some(finding) = name::check_name(piece.text, at.clone()) {
            notes.say(finding);
        } else if piece.text == own || was.iter().any(|each| each.as_str() == piece.text) {
            let finding = Finding::error("S005", at, format!("`{}` is named twice here", piece.text));
            notes.say(finding.remedy("delete it: `was` names only what is called otherwise now"));
        } else {
            was.push(piece.text.into());
        }
    }
    was
}

/// The languages a question is spoken in; each is one that the survey offers.
pub(super) fn read_audio(line: &Line<'_>, offered: &[Offered], notes: &mut Notes) -> Vec<Language> {
    let tags = line.rest.tokens();
    if tags.is_empty() {
        let finding = Finding::error("S004", line.place.clone(), "`audio` names no language");
        notes.say(finding.remedy("write the tags of the languages that are recorded, as `audio ti so`"));
    }
    let mut spoken: Vec<Language> = Vec::new();
    for piece in tags {
        let Some(language) = language(piece, &line.rest, notes) else { continue };
        let at = line.rest.place_of(piece);
        if !offered.iter().any(|each| each.language == language) {
            let says = format!("the survey is not offered in `{language}`");
            let remedy = "add the language to `langs`, or take it out here";
            notes.say(Finding::error("S007", at, says).remedy(remedy));
        } else if spoken.contains(&language) {
            let finding = Finding::error("S005", at, format!("`{language}` is named twice"));
            notes.say(finding.remedy("delete it"));
        } else {
            spoken.push(language);
        }
    }
    spoken
}
