//! `use SURVEY LIST…`: lists of another survey in the same folder of surveys, with their translations.

use notation::{Finding, Item, Piece, Place, Sources, near};

use super::{
    list::{List, read_list},
    name,
    notes::Notes,
};
use crate::Use;

/// A `use` as read.
pub(crate) struct Used<'t> {
    /// What it takes over.
    pub(crate) taken: Use,
    /// Where each list is named.
    pub(crate) at: Vec<Place>,
    /// The lists, as far as they were found.
    pub(crate) lists: Vec<List<'t>>,
    /// Names of lists that may have been meant by what was not found.
    pub(crate) unknown: Vec<String>,
}

/// The file of a survey that stands beside this one.
pub(crate) fn beside(survey: &str, file: &str) -> String {
    format!("../{survey}/{file}")
}

/// Read a `use` item against the files of the other surveys.
pub(super) fn read_use<'t>(item: &Item<'t>, sources: &'t Sources, notes: &mut Notes) -> Option<Used<'t>> {
    let rest = &item.head.rest;
    let (Some(survey), lists) = rest.first() else {
        let finding = Finding::error("S004", item.head.place.clone(), "this `use` names no survey");
        notes.say(finding.remedy("write `use SURVEY LIST`, as `use newcomer-needs services`"));
        return None;
    };
    let mut used = Used {
        taken: Use { survey: survey.text.to_owned(), lists: Vec::new() },
        at: Vec::new(),
        lists: Vec::new(),
        unknown: Vec::new(),
    };
    let path = beside(survey.text, &format!("{}.survey", survey.text));
    let Some((file, text)) = sources.get_key_value(&path) else {
        notes.say(no_survey(survey, rest.place_of(survey), sources));
        used.unknown = lists.tokens().into_iter().map(|name| name.text.to_owned()).collect();
        return Some(used);
    };
    let names = lists.tokens();
    if names.is_empty() {
        let says = format!("nothing is taken over from `{}`", survey.text);
        let finding = Finding::error("S004", rest.place_of(survey), says);
        notes.say(finding.remedy("name the lists behind it, as `use newcomer-needs services`"));
    }
    let (items, _) = notation::read(file, text);
    for name in names {
        take(name, rest.place_of(name), &items, &mut used, notes);
    }
    Some(used)
}

fn take<'t>(name: Piece<'t>, at: Place, items: &[Item<'t>], used: &mut Used<'t>, notes: &mut Notes) {
    let lists = || items.iter().filter(|item| item.head.word == "list");
    let named = |item: &&Item<'t>| item.head.rest.first().0.is_some_and(|id| id.text == name.text);
    // What is wrong in the other file is said when that survey is checked.
    let mut elsewhere = Notes::default();
    match lists().find(named).and_then(|item| read_list(item, &mut elsewhere)) {
        Some(list) => {
            notes.places.extend(elsewhere.places.into_keys().map(|path| (path, at.clone())));
            notes.inserts.extend(elsewhere.inserts);
            used.lists.push(List { at: at.clone(), ..list });
        }
        None => {
            let survey = &used.taken.survey;
            let finding =
                Finding::error("S007", at.clone(), format!("`{survey}` has no list named `{}`", name.text));
            let names = lists().filter_map(|item| item.head.rest.first().0).map(|id| id.text);
            let nearest = near(name.text, names);
            used.unknown.extend([name.text].into_iter().chain(nearest).map(str::to_owned));
            notes.say(match nearest {
                Some(_) => finding.perhaps(nearest),
                None => finding.remedy("write the name of a list of that survey"),
            });
        }
    }
    used.taken.lists.push(name.text.to_owned());
    used.at.push(at);
}

fn no_survey(survey: Piece<'_>, at: Place, sources: &Sources) -> Finding {
    if let Some(finding) = name::check_survey_name(survey.text, at.clone()) {
        return finding;
    }
    let finding = Finding::error("S007", at, format!("no survey `{}` stands beside this one", survey.text));
    let others = sources.keys().filter_map(|file| file.strip_prefix("../")?.split('/').next());
    match near(survey.text, others) {
        Some(near) => finding.perhaps(Some(near)),
        None => finding.remedy("`use` takes lists of a survey whose folder stands beside this one"),
    }
}
