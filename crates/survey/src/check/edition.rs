//! Rules between a survey and its published versions.
//!
//! S005 an old name given to a new thing, S100 answers would break, S101 version not raised, S102 meaning may have
//! moved.

use std::collections::BTreeMap;

use notation::{Finding, Place, Severity, Sources, near};

use crate::{
    Change, Choice, Class, Published, Question, Survey, Version, changes, published::files, read::Places,
};

/// An earlier edition, read again.
type Edition = (Version, Survey);

/// Check a survey that was read without an error against what was published of it.
pub(crate) fn editions(
    survey: &Survey,
    sources: &Sources,
    places: &Places,
    words: &BTreeMap<String, Place>,
) -> Vec<Finding> {
    let mut findings = unreadable(sources);
    let published = Published::all(sources);
    let editions: Vec<Edition> =
        published.iter().filter_map(|each| Some((each.version, each.edition()?))).collect();
    names(survey, &editions, places, &mut findings);
    let (Some((version, newest)), Some(last)) = (editions.last(), published.last()) else { return findings };
    let as_offered = survey.clone().offering(&last.languages);
    let changes = changes(newest, survey);
    if survey.version <= *version
        && (survey.version < *version || as_offered.canonical() != newest.canonical())
    {
        findings.push(not_raised(survey, *version, places));
    }
    if survey.version.wave == version.wave {
        findings.extend(changes.iter().filter_map(|change| judged(change, *version, places, words)));
    }
    findings
}

/// S101 of a file that is not as it was written.
fn unreadable(sources: &Sources) -> Vec<Finding> {
    let broken = files(sources).filter(|(_, text)| Published::read(text).is_none());
    let finding = |(file, _): (&String, &String)| {
        let at = Place { file: file.as_str().into(), start: 0, end: 0 };
        let remedy = "what is published stays as it is: take the file back from where you keep versions";
        Finding::error("S101", at, format!("`{file}` is not as it was published")).remedy(remedy)
    };
    broken.map(finding).collect()
}

/// S101.
fn not_raised(survey: &Survey, published: Version, places: &Places) -> Finding {
    let says = match survey.version == published {
        true => format!("{published} is published, and this is not the same"),
        false => format!("{published} is published already"),
    };
    let next = published.next().to_string();
    let finding = Finding::error("S101", places.of_path("survey:version"), says);
    Finding { fix: Some(next.clone()), ..finding.remedy(format!("write `version {next}`")) }
}

/// S100 and S102.
fn judged(
    change: &Change,
    published: Version,
    places: &Places,
    words: &BTreeMap<String, Place>,
) -> Option<Finding> {
    let named = || places.of_path(change.instead.as_ref().unwrap_or(&change.path));
    let at = words.get(&change.path).filter(|_| change.is_of_words).cloned().unwrap_or_else(named);
    if change.class == Class::Break {
        let says = format!("answers to {published} would break at `{}`: {}", change.path, change.says);
        let finding = Finding::error("S100", at, says);
        return Some(finding.remedy(change.remedy.clone().unwrap_or_else(|| "begin a new wave".to_owned())));
    }
    (change.class == Class::Note && change.is_of_words).then(|| {
        let says = format!("the words of `{}` changed by more than a slip since {published}", change.path);
        let remedy = "if the meaning did too, give it a new name";
        Finding { severity: Severity::Hint, ..Finding::error("S102", at, says).remedy(remedy) }
    })
}

/// S005 and S100 of names.
fn names(survey: &Survey, editions: &[Edition], places: &Places, findings: &mut Vec<Finding>) {
    for (_, question) in survey.questions() {
        let earlier = earlier(question, editions);
        taken_again(survey, question, editions, places, findings);
        for was in &question.was {
            if editions.iter().any(|(_, edition)| edition.question(was.as_str()).is_some())
                || editions.is_empty()
            {
                continue;
            }
            let known = editions
                .iter()
                .flat_map(|(_, edition)| edition.questions())
                .map(|(_, each)| each.id.as_str());
            let at = places.of_path(&format!("{}:was", question.id));
            findings.push(nothing(was.as_str(), "question", at, near(was.as_str(), known)));
        }
        for choice in question.worded_choices() {
            choice_names(question, choice, &earlier, places, findings);
        }
    }
}

/// What a question was in each edition that had it.
fn earlier<'e>(question: &Question, editions: &'e [Edition]) -> Vec<(Version, &'e Question)> {
    let of = |(version, edition): &'e Edition| {
        let mut names = std::iter::once(&question.id).chain(&question.was);
        Some((*version, names.find_map(|name| edition.question(name.as_str()))?))
    };
    editions.iter().filter_map(of).collect()
}

/// S005 of a question.
fn taken_again(
    survey: &Survey,
    question: &Question,
    editions: &[Edition],
    places: &Places,
    findings: &mut Vec<Finding>,
) {
    let id = &question.id;
    let heir = survey.questions().map(|(_, each)| each).find(|each| each.id != *id && each.was.contains(id));
    if let Some(heir) = heir {
        return findings.push(reused(id.as_str(), places.of_path(id.as_str()), &format!("`{}`", heir.id)));
    }
    let newest =
        editions.last().is_some_and(|edition| !earlier(question, std::slice::from_ref(edition)).is_empty());
    let mut older = editions
        .iter()
        .rev()
        .filter_map(|(version, edition)| Some((version, edition.question(id.as_str())?)));
    let Some((version, old)) = older.next().filter(|_| !newest) else { return };
    let says_the_same =
        old.asks.as_ref().map(|words| &words.source) == question.asks.as_ref().map(|words| &words.source);
    if !says_the_same {
        findings.push(reused(
            id.as_str(),
            places.of_path(id.as_str()),
            &format!("another question in {version}"),
        ));
    }
}

/// S005 and S100 of a choice.
fn choice_names(
    question: &Question,
    choice: &Choice,
    earlier: &[(Version, &Question)],
    places: &Places,
    findings: &mut Vec<Finding>,
) {
    let at = places.of_path(&format!("{}.{}", question.id, choice.id));
    let others = || question.choices().iter().filter(|each| each.id != choice.id);
    if let Some(heir) = others().find(|each| each.was.as_ref() == Some(&choice.id)) {
        return findings.push(reused(choice.id.as_str(), at, &format!("`{}`", heir.id)));
    }
    if let Some(was) = &choice.was
        && !earlier.is_empty()
        && !earlier.iter().any(|(_, old)| old.choice(was.as_str()).is_some())
    {
        let known = earlier.iter().flat_map(|(_, old)| old.choices()).map(|each| each.id.as_str());
        let known = known.filter(|code| *code != choice.id.as_str());
        return findings.push(nothing(was.as_str(), "choice", at, near(was.as_str(), known)));
    }
    let is_in_newest = earlier.last().is_none_or(|(_, newest)| {
        newest.choice(choice.id.as_str()).is_some()
            || choice.was.as_ref().is_some_and(|was| newest.choice(was.as_str()).is_some())
    });
    let old =
        earlier.iter().rev().find_map(|(version, old)| Some((version, old.choice(choice.id.as_str())?)));
    let Some((version, _)) = old.filter(|(_, old)| !is_in_newest && old.words.source != choice.words.source)
    else {
        return;
    };
    findings.push(reused(choice.id.as_str(), at, &format!("another choice in {version}")));
}

fn reused(name: &str, at: Place, of: &str) -> Finding {
    Finding::error("S005", at, format!("`{name}` was the name of {of}"))
        .remedy("answers under the old name are there: give the new thing a name nothing ever had")
}

fn nothing(was: &str, kind: &str, at: Place, nearest: Option<&str>) -> Finding {
    let finding = Finding::error("S100", at, format!("no {kind} named `{was}` was ever published"));
    match nearest {
        Some(_) => finding.perhaps(nearest),
        None => finding.remedy("`was` names what earlier versions called it: take it out"),
    }
}
