//! Inserts: what answers, and the words of a partnership, put into other words.

use std::collections::BTreeMap;

use notation::{Finding, Place, near};

use super::{Written, draft::Draft, question::Asked};
use crate::{Insert, Kind, Plural, Question};

/// An insert as read, before anybody asks what its name means.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    /// As written, braces included.
    pub(crate) written: String,
    /// The name inside.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) at: Place,
    /// Whether it counts.
    pub(crate) count: bool,
}

/// Read an insert (N003).
pub(super) fn read_insert(insert: &Written<'_>) -> Result<Pending, Box<Finding>> {
    let written = insert.written();
    let Some(inside) = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        let finding = Finding::error("N003", insert.place(), "this `{` is never closed");
        return Err(Box::new(finding.remedy("close the insert with `}`; to print a brace write `\\{`")));
    };
    let (function, name) = match inside.trim().strip_suffix(')').and_then(|call| call.split_once('(')) {
        Some((function, name)) => (Some(function.trim()), name.trim()),
        None => (None, inside.trim()),
    };
    let is_name = !name.is_empty() && name.bytes().all(|each| each.is_ascii_alphanumeric() || each == b'_');
    if let Some(function) = function.filter(|function| *function != "count" && is_name) {
        let finding = Finding::error("N003", insert.place(), format!("`{function}` is not an insert"));
        return Err(Box::new(match near(function, ["count"]) {
            Some(near) => finding.perhaps(Some(near)),
            None => finding.remedy("an insert is `{name}` or `{count(name)}`; to print a brace write `\\{`"),
        }));
    }
    if !is_name {
        let finding = Finding::error("N003", insert.place(), format!("`{written}` is not an insert"));
        return Err(Box::new(finding.remedy("to print a brace write `\\{`")));
    }
    let start = written.find(name).unwrap_or(1);
    let at = insert.part(start..start + name.len()).place();
    Ok(Pending { name: name.to_owned(), at, count: function.is_some(), written })
}

/// What every insert of the survey means: which answers are put into which words, by their path.
///
/// S030 unknown name, S037 looks forward, S035 an answer that cannot be said, S009 an answer where there is none.
pub(super) fn resolve(draft: &mut Draft<'_>) {
    let mut inserts: BTreeMap<String, Vec<Insert>> = BTreeMap::new();
    let mut findings = Vec::new();
    let homes = homes(&draft.questions);
    for (path, pending) in &draft.notes.inserts {
        for each in pending {
            if !path.starts_with("set.") && draft.sets.contains_key(&each.name) && !each.count {
                draft.printed.insert(each.name.clone());
                continue;
            }
            match meaning(each, path, homes.get(path).copied(), draft) {
                Ok(Some(insert)) => {
                    let known = inserts.entry(path.clone()).or_default();
                    if !known.contains(&insert) {
                        known.push(insert);
                    }
                }
                Ok(None) => {}
                Err(finding) => {
                    // The set that was probably meant is not called unused besides.
                    draft.printed.extend(finding.fix.clone());
                    findings.push(*finding);
                }
            }
        }
    }
    let names = draft.notes.inserts.values().flatten().map(|each| each.name.clone());
    draft.mentioned.extend(names);
    for asked in &mut draft.questions {
        let one = asked.one.as_ref().map(|one| one.source.clone());
        put_inserts(&mut asked.question, one, &inserts);
    }
    draft.notes.findings.extend(findings);
}

/// Give the words of a question the answers they print, and `?` its wording for one.
fn put_inserts(question: &mut Question, one: Option<String>, inserts: &BTreeMap<String, Vec<Insert>>) {
    for words in question.words_mut() {
        words.inserts = inserts.get(&words.path).cloned().unwrap_or_default();
    }
    if let Some(asks) = &mut question.asks {
        let pivot = asks.inserts.iter().position(|insert| insert.number);
        asks.plural = pivot.map(|pivot| Plural { pivot, one, ..Plural::default() });
    }
}

/// The place, among the questions, of the one each text belongs to; choices of lists belong to none.
fn homes(questions: &[Asked<'_>]) -> BTreeMap<String, usize> {
    let mut homes = BTreeMap::new();
    for (index, asked) in questions.iter().enumerate().filter(|(_, asked)| asked.question.is_shown()) {
        let id = asked.question.id.as_str();
        let lines = ["", ":one", ":hint", ":check", ":warn"].map(|line| format!("{id}{line}"));
        homes.extend(lines.into_iter().map(|path| (path, index)));
        let parts = asked.choices.iter().chain(&asked.rows).map(|each| format!("{id}.{}", each.choice.id));
        homes.extend(parts.map(|path| (path, index)));
    }
    homes
}

fn meaning(
    each: &Pending,
    path: &str,
    home: Option<usize>,
    draft: &Draft<'_>,
) -> Result<Option<Insert>, Box<Finding>> {
    let name = each.name.as_str();
    let index = draft.questions.iter().position(|asked| asked.question.id.as_str() == name);
    let error = |code, says: String| Finding::error(code, each.at.clone(), says);
    let (Some(index), Some(home)) = (index, home) else { return absent(each, path, index, draft) };
    let asked = &draft.questions[index];
    if index >= home {
        let says = if index == home {
            format!("`{name}` has no answer yet where it is asked")
        } else {
            format!("`{name}` is asked after this")
        };
        let finding = error("S037", says).remedy("only earlier answers can stand in a question");
        return Err(Box::new(finding.also(asked.at.clone(), "asked here")));
    }
    let can_be_counted = matches!(asked.question.kind, Kind::Many { .. } | Kind::Rank { .. });
    let can_be_said = !matches!(asked.question.kind, Kind::Grid { .. } | Kind::Note | Kind::Consent { .. });
    if each.count && !can_be_counted {
        let says = format!("`{name}` is not a `many` or a `rank`");
        return Err(Box::new(error("S035", says).remedy("only chosen codes are counted")));
    }
    if !can_be_said {
        let says = format!("the answer to `{name}` cannot be said in a few words");
        let remedy = "put in the answer to a question with choices, a number, a date or words";
        return Err(Box::new(error("S035", says).remedy(remedy)));
    }
    let question = asked.question.id.clone();
    let number = each.count || matches!(asked.question.kind, Kind::Number { .. } | Kind::Computed { .. });
    Ok(Some(Insert { written: each.written.clone(), question, count: each.count, number }))
}

/// An insert that names no question, or stands where there are no answers.
fn absent(
    each: &Pending,
    path: &str,
    index: Option<usize>,
    draft: &Draft<'_>,
) -> Result<Option<Insert>, Box<Finding>> {
    let name = each.name.as_str();
    if draft.unknown.contains(name) {
        // Its translations were made for words that say it.
        let insert = Insert {
            written: each.written.clone(),
            question: name.into(),
            count: each.count,
            number: each.count,
        };
        return Ok(Some(insert));
    }
    if draft.meant.contains("set") {
        return Ok(None);
    }
    if index.is_some() || draft.sets.contains_key(name) {
        let says = format!("`{}` cannot be put in here", each.written);
        let finding = Finding::error("S009", each.at.clone(), says);
        let remedy = match (path.starts_with("set."), index) {
            (true, _) => "words that are filled in hold no inserts: write them out",
            (false, Some(_)) => "answers are put into questions that come after them, and nowhere else",
            (false, None) => "words that are filled in are not counted: write `{name}`",
        };
        return Err(Box::new(finding.remedy(remedy)));
    }
    let earlier = draft.questions.iter().map(|asked| asked.question.id.as_str());
    let names = draft.sets.keys().map(String::as_str).chain(earlier);
    let says = format!("no question is named `{name}`");
    let finding = Finding::error("S030", each.at.clone(), says);
    Err(Box::new(match near(name, names) {
        Some(near) => finding.perhaps(Some(near)),
        None => finding.remedy("write the name of an earlier question, or add `set NAME WORDS`"),
    }))
}
