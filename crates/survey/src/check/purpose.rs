//! Rules of purpose: that a question can be answered truly, left out safely, and is wanted at all.

use notation::Finding;

use crate::{
    Kind, Missing,
    read::{Asked, Draft, Notes},
};

/// From so many choices on, one of them is asked to be an open one.
const MANY: usize = 5;

/// S063: what is sensitive can be declined.
pub(super) fn sensitive_has_a_way_out(asked: &Asked<'_>, notes: &mut Notes) {
    if asked.question.sensitive && !asked.question.allow.contains(&Missing::PreferNot) {
        let says = format!("`{}` is sensitive and has no `prefer_not`", asked.question.id);
        let finding = Finding::error("S063", asked.line_place("sensitive"), says);
        notes.say(finding.remedy("add `allow prefer_not`"));
    }
}

/// S063: after a sensitive part, people are told where to turn.
pub(super) fn sensitive_pages_support(draft: &Draft<'_>, notes: &mut Notes) {
    for titled in draft.pages.iter().filter(|titled| titled.page.support.is_none() && !titled.spoiled) {
        let Some(at) = &titled.sensitive else { continue };
        let says = format!("the page `{}` is sensitive and offers no support", titled.page.id);
        notes.say(Finding::error("S063", at.clone(), says).remedy("add `support` and whom people can call"));
    }
}

/// S064: an empty `many` cannot be told from one that was skipped.
pub(super) fn many_has_a_fitting_answer(asked: &Asked<'_>, notes: &mut Notes) {
    let Kind::Many { choices, .. } = &asked.question.kind else { return };
    let fitting =
        choices.iter().any(|choice| choice.only) || asked.choices.iter().any(|each| each.marks_lost);
    if !asked.spoiled && !choices.is_empty() && !fitting {
        let says = "an empty answer cannot be told from a skipped one";
        let finding = Finding::warning("S064", asked.at.clone(), says);
        notes.say(finding.remedy("add `- none  None of these  [only]`"));
    }
}

/// S064: of many choices to one question, that none may be true of somebody.
pub(super) fn one_has_a_fitting_answer(asked: &Asked<'_>, notes: &mut Notes) {
    let Kind::One { choices, ordered: false } = &asked.question.kind else { return };
    let open = |code: &str| matches!(code, "other" | "none" | "no" | "na" | "not_sure" | "no_opinion");
    let fitting =
        choices.iter().any(|choice| choice.specify || choice.end.is_some() || open(choice.id.as_str()));
    let says_so = asked.question.allow.contains(&Missing::DontKnow);
    if choices.len() < MANY
        || fitting
        || says_so
        || asked.spoiled
        || asked.choices.iter().any(|each| each.marks_lost)
    {
        return;
    }
    let says = format!("whom none of the {} choices suits has no answer", choices.len());
    let finding = Finding::warning("S064", asked.at.clone(), says);
    notes.say(finding.remedy("add `- other  Something else  [specify]`"));
}

/// S065: a question that nothing uses.
pub(super) fn has_a_use(asked: &Asked<'_>, draft: &Draft<'_>, notes: &mut Notes) {
    let question = &asked.question;
    let is_asked = !matches!(question.kind, Kind::Note | Kind::Consent { .. });
    let used = asked.lines.contains_key("role")
        || question.margin.is_some()
        || asked.spoiled
        || question.is_needed()
        || draft.mentioned.contains(question.id.as_str())
        || draft.questions.iter().any(|each| each.question.from() == Some(&question.id));
    if is_asked && !used {
        let says = format!("`{}` has no role, and no condition looks at it", question.id);
        let finding = Finding::warning("S065", asked.at.clone(), says);
        notes.say(finding.remedy("say what it is for, as `role outcome`, or do not ask"));
    }
}

/// S012: lists, sets, ends and missing answers nobody uses.
pub(super) fn never_used(draft: &Draft<'_>, notes: &mut Notes) {
    let unreadable = draft.meant.iter().any(|meant| !crate::read::is_setting(meant));
    if unreadable || draft.questions.is_empty() {
        // What could not be read may use any of them.
        return;
    }
    let misnamed = notes.findings.iter().any(|finding| finding.code == "S007");
    let mut unused = |at: &notation::Place, says: String| {
        notes.say(Finding::warning("S012", at.clone(), says).remedy("delete it, or use it"));
    };
    let taken = draft.used.iter().flat_map(|used| &used.lists);
    for list in draft.lists.iter().chain(taken).filter(|list| !is_used(&list.name, draft)) {
        unused(&list.at, format!("no question uses the list `{}`", list.name));
    }
    for (name, (_, at)) in draft.sets.iter().filter(|(name, _)| !draft.printed.contains(*name)) {
        unused(at, format!("no words print `{{{name}}}`"));
    }
    if misnamed {
        return;
    }
    for last in draft.ends.iter().filter(|last| last.end.id.as_str() != "done") {
        let mut choices = draft.questions.iter().flat_map(|asked| &asked.choices);
        let leads = choices.any(|each| each.marks_lost || each.choice.end.as_ref() == Some(&last.end.id));
        if !leads && !draft.questions.iter().any(|asked| asked.spoiled) {
            unused(&last.at, format!("no choice leads to the end `{}`", last.end.id));
        }
    }
    for (missing, (_, at)) in &draft.missing {
        if !draft.questions.iter().any(|asked| asked.question.allow.contains(missing)) {
            unused(at, format!("no question allows `{}`", missing.code()));
        }
    }
}

/// Whether a question names this list, or may mean it by a name it got wrong.
fn is_used(list: &str, draft: &Draft<'_>) -> bool {
    let named = || draft.questions.iter().filter_map(|asked| asked.list.as_deref());
    let known = |name: &str| draft.list(name).is_some();
    named().any(|name| name == list || (!known(name) && notation::near(name, [list]).is_some()))
}
