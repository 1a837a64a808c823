//! What no single line shows: one function for each rule.
//!
//! S004 nothing asked or offered, S005 name taken, S007 unknown end, missing answer or table, S009 before consent,
//! S010 impossible option, S011 setting missing, S012 never used, S063 sensitive without a way out, S064 no fitting
//! answer, S052 form drops a need, S065 no use for it, S070 margin codes differ; what answers can come about: see `reach`.

mod edition;
mod form;
mod option;
mod prose;
mod purpose;
mod reach;
mod setting;

pub(crate) use edition::editions;

use std::collections::BTreeMap;

use notation::{Finding, Place, near};

use crate::{
    EndId, Kind, Margin, Missing,
    read::{Asked, Draft, Notes},
};

/// Check a draft by every rule.
pub(crate) fn check(draft: &mut Draft<'_>, margins: &[Margin]) {
    let mut notes = std::mem::take(&mut draft.notes);
    names_taken(draft, &mut notes);
    setting::settings(draft, &mut notes);
    setting::consent_first(draft, &mut notes);
    for asked in &draft.questions {
        asks_something(asked, &mut notes);
        option::numbers_fit(asked, &mut notes);
        option::scale_rises(&asked.choices, &mut notes);
        option::grid_is_ordered(asked, draft, &mut notes);
        purpose::sensitive_has_a_way_out(asked, &mut notes);
        purpose::many_has_a_fitting_answer(asked, &mut notes);
        purpose::one_has_a_fitting_answer(asked, &mut notes);
        purpose::has_a_use(asked, draft, &mut notes);
        margin_codes(asked, margins, &mut notes);
    }
    for list in draft.lists.iter().filter(|list| list.ordered) {
        option::scale_rises(&list.choices, &mut notes);
    }
    purpose::sensitive_pages_support(draft, &mut notes);
    ends(draft, &mut notes);
    form::forms(draft, &mut notes);
    missing_words(draft, &mut notes);
    prose::prose(draft, &mut notes);
    reach::reach(draft, &mut notes);
    purpose::never_used(draft, &mut notes);
    draft.notes = notes;
}

/// S005.
fn names_taken(draft: &Draft<'_>, notes: &mut Notes) {
    let questions = draft.questions.iter().map(|asked| (asked.question.id.as_str(), &asked.at));
    taken(questions, "question", notes);
    taken(draft.lists.iter().map(|list| (list.name.as_str(), &list.at)), "list", notes);
    taken(draft.pages.iter().map(|titled| (titled.page.id.as_str(), &titled.at)), "page", notes);
    taken(draft.ends.iter().map(|last| (last.end.id.as_str(), &last.at)), "end", notes);
    taken(draft.forms.iter().map(|formed| (formed.form.id.as_str(), &formed.at)), "form", notes);
}

fn taken<'a>(names: impl Iterator<Item = (&'a str, &'a Place)>, kind: &str, notes: &mut Notes) {
    let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
    for (name, at) in names {
        let Some(earlier) = first.get(name) else {
            first.insert(name, at);
            continue;
        };
        let finding =
            Finding::error("S005", at.clone(), format!("the name `{name}` is taken by another {kind}"));
        let remedy = format!("every {kind} needs a name of its own");
        notes.say(finding.remedy(remedy).also((*earlier).clone(), "first here"));
    }
}

/// S004.
fn asks_something(asked: &Asked<'_>, notes: &mut Notes) {
    if asked.spoiled {
        return;
    }
    let question = &asked.question;
    let id = &question.id;
    let mut nothing = |says: String, remedy: &str| {
        notes.say(Finding::error("S004", asked.at.clone(), says).remedy(remedy));
    };
    if question.asks.is_none() && !question.is_computed() {
        nothing(format!("`{id}` asks nothing"), "add a line `? Words`");
    }
    match &question.kind {
        Kind::Grid { rows, choices, .. } if rows.is_empty() || choices.is_empty() => {
            let what = if rows.is_empty() { "rows" } else { "choices" };
            let remedy =
                if rows.is_empty() { "add lines `| code  Words`" } else { "write `of LIST` on its head" };
            nothing(format!("`{id}` has no {what}"), remedy);
        }
        Kind::Calc { choices } if choices.is_empty() => {
            nothing(
                format!("`{id}` has no rows"),
                "add lines `- code  Words  [when …]`, or a number as `= EXPR`",
            );
        }
        Kind::Consent { choices }
        | Kind::One { choices, .. }
        | Kind::Many { choices, .. }
        | Kind::Rank { choices, .. }
            if choices.is_empty() =>
        {
            nothing(
                format!("`{id}` has no choices"),
                "add lines `- code  Words`, or write `of LIST` on its head",
            );
        }
        _ => {}
    }
}

/// S007 of ends.
fn ends(draft: &Draft<'_>, notes: &mut Notes) {
    let known = |id: &EndId| draft.ends.iter().any(|last| last.end.id == *id);
    for drafted in draft.questions.iter().flat_map(|asked| &asked.choices) {
        let (Some(end), Some(at)) = (&drafted.choice.end, &drafted.end) else { continue };
        let silent = draft.unknown.contains(end.as_str()) || draft.meant.contains("end");
        if !known(end) && !silent {
            let finding = Finding::error("S007", at.clone(), format!("no end is named `{end}`"));
            let nearest = near(end.as_str(), draft.ends.iter().map(|last| last.end.id.as_str()));
            notes.say(match nearest {
                Some(_) => finding.perhaps(nearest),
                None => finding.remedy(format!("add an item `end {end} Title`")),
            });
        }
    }
}

/// S007 of missing answers that are allowed and have no words; said once for each.
fn missing_words(draft: &Draft<'_>, notes: &mut Notes) {
    let mut said: Vec<Missing> = Vec::new();
    let allowed = draft.settings.allow.iter().chain(draft.questions.iter().flat_map(|asked| &asked.allow));
    for (missing, at) in allowed {
        let silent = draft.unknown.contains(missing.code()) || draft.meant.contains("missing");
        if !draft.missing.contains_key(missing) && !said.contains(missing) && !silent {
            let code = missing.code();
            let finding = Finding::error("S007", at.clone(), format!("`{code}` has no words"));
            notes.say(finding.remedy(format!("add a line `missing {code} Words` above the first page")));
            said.push(*missing);
        }
    }
}

/// S007 of tables, and S070.
fn margin_codes(asked: &Asked<'_>, margins: &[Margin], notes: &mut Notes) {
    let (Some(path), Some(line)) = (&asked.question.margin, asked.lines.get("margin")) else { return };
    let at = line.rest.place();
    let Some(margin) = margins.iter().find(|margin| margin.path == *path) else {
        let finding = Finding::error("S007", at, format!("there is no table `margins/{path}.csv`"));
        let nearest = near(path, margins.iter().map(|margin| margin.path.as_str()));
        return notes.say(match nearest {
            Some(_) => finding.perhaps(nearest),
            None => {
                finding.remedy("add the table: comment lines with its source, `code,count`, and its rows")
            }
        });
    };
    if asked.spoiled {
        return;
    }
    let codes = || asked.question.choices().iter().map(|choice| choice.id.as_str());
    let only_table =
        margin.counts.iter().map(|(code, _)| code.as_str()).find(|code| !codes().any(|own| own == *code));
    let only_question = codes().find(|code| !margin.counts.iter().any(|(own, _)| own == code));
    let says = match (only_table, only_question) {
        (Some(code), _) => format!("the table has `{code}`, `{}` has not", asked.question.id),
        (None, Some(code)) => format!("`{}` has `{code}`, the table has not", asked.question.id),
        (None, None) => return,
    };
    let remedy =
        "recode with a `calc` whose rows are the codes of the table; a row it does not cover has no count";
    notes.say(Finding::error("S070", at, says).remedy(remedy));
}
