//! Rules of forms.
//!
//! S030 of what a form keeps, S052 a form drops what it needs.

use std::collections::BTreeSet;

use notation::{Finding, Place, near};

use crate::{
    Condition, QuestionId,
    read::{Asked, Draft, Formed, Notes},
};

/// Check every form.
pub(super) fn forms(draft: &Draft<'_>, notes: &mut Notes) {
    for formed in &draft.forms {
        names_known(formed, draft, notes);
        if !formed.spoiled {
            needs_kept(formed, draft, notes);
        }
    }
}

fn names_known(formed: &Formed<'_>, draft: &Draft<'_>, notes: &mut Notes) {
    let Some(line) = &formed.keeps else { return };
    let names = || draft.questions.iter().map(|asked| asked.question.id.as_str());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for piece in line.rest.tokens() {
        let at = line.rest.place_of(piece);
        if !seen.insert(piece.text) {
            let says = format!("`{}` is kept twice", piece.text);
            notes.say(Finding::error("S005", at, says).remedy("delete it"));
        } else if !names().any(|name| name == piece.text) && !draft.unknown.contains(piece.text) {
            let finding = Finding::error("S030", at, format!("no question is named `{}`", piece.text));
            let nearest = near(piece.text, names().chain(draft.unknown.iter().map(String::as_str)));
            notes.say(match nearest {
                Some(_) => finding.perhaps(nearest),
                None => finding.remedy("write the names of questions of this survey"),
            });
        }
    }
}

/// S052; one finding for each question that lacks something.
fn needs_kept(formed: &Formed<'_>, draft: &Draft<'_>, notes: &mut Notes) {
    let kept = kept(formed, draft);
    for asked in draft.questions.iter().filter(|asked| kept.contains(&asked.question.id)) {
        let missing = needs(asked, draft).into_iter().find(|id| !kept.contains(id));
        // What could not be read is named by the form or not: nobody can tell what it was meant to be.
        let missing = missing.filter(|id| !draft.unknown.contains(id.as_str()));
        let Some(missing) = missing.filter(|id| !may_be_meant(id, formed, draft)) else { continue };
        let says = format!("`{}` looks at `{missing}`, which `{}` drops", asked.question.id, formed.form.id);
        let at = place_of(asked.question.id.as_str(), formed);
        notes.say(Finding::error("S052", at, says).remedy(format!("keep `{missing}` too")));
    }
}

/// Whether a name the form got wrong may stand for this question.
fn may_be_meant(id: &QuestionId, formed: &Formed<'_>, draft: &Draft<'_>) -> bool {
    let known = |name: &QuestionId| draft.questions.iter().any(|asked| asked.question.id == *name);
    let wrong = formed.form.keeps.iter().filter(|name| !known(name));
    let mut wrong = wrong.map(QuestionId::as_str);
    wrong.any(|name| near(name, [id.as_str()]).is_some())
}

/// What the form has: what it names, what every form has, and the calcs whose inputs it has.
fn kept<'d>(formed: &Formed<'_>, draft: &'d Draft<'_>) -> BTreeSet<&'d QuestionId> {
    let mut kept: BTreeSet<&QuestionId> = BTreeSet::new();
    for question in draft.questions.iter().map(|asked| &asked.question) {
        let named = formed.form.keeps.contains(&question.id) || question.is_needed();
        if named || (question.is_computed() && question.looks_at().iter().all(|id| kept.contains(*id))) {
            kept.insert(&question.id);
        }
    }
    kept
}

/// Everything a question looks at, its page's condition included.
fn needs<'d>(asked: &'d Asked<'_>, draft: &'d Draft<'_>) -> BTreeSet<&'d QuestionId> {
    let page = draft.pages.get(asked.page).and_then(|titled| titled.page.when.as_ref());
    let rules = asked.question.check.iter().chain(&asked.question.warn).map(|rule| &rule.holds);
    let conditions = page.into_iter().chain(rules).flat_map(Condition::looks_at);
    let of_others = conditions.filter(|id| **id != asked.question.id);
    asked.question.looks_at().into_iter().chain(of_others).collect()
}

fn place_of(name: &str, formed: &Formed<'_>) -> Place {
    let line = formed.keeps.as_ref().map(|line| &line.rest);
    let piece = line.and_then(|rest| rest.tokens().into_iter().find(|piece| piece.text == name));
    match (line, piece) {
        (Some(rest), Some(piece)) => rest.place_of(piece),
        _ => formed.at.clone(),
    }
}
