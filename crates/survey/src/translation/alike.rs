//! S084: two choices of one question, or two of its rows, that read alike.

use std::collections::BTreeSet;

use notation::Finding;

use super::Check;
use crate::{Survey, Words};

/// Every such pair, once.
pub(super) fn alike(check: &Check<'_>, survey: &Survey) -> Vec<Finding> {
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut texts = Vec::new();
    for (_, question) in survey.questions() {
        let choices = question.choices().iter().map(|choice| &choice.words);
        add_pairs(&mut pairs, &mut texts, check, choices);
        add_pairs(&mut pairs, &mut texts, check, question.rows().iter().map(|row| &row.words));
    }
    pairs.into_iter().filter_map(|(first, second)| one_pair(check, first, second)).collect()
}

/// Add the paths of all that read like an earlier one; `texts` is room that is used again.
fn add_pairs<'w>(
    pairs: &mut BTreeSet<(&'w str, &'w str)>,
    texts: &mut Vec<(&'w str, usize, &'w Words)>,
    check: &Check<'_>,
    all: impl Iterator<Item = &'w Words>,
) {
    texts.clear();
    texts.extend(all.enumerate().filter_map(|(place, words)| {
        let text = words.translations.get(check.language)?;
        Some((text.trim(), place, words))
    }));
    texts.sort_unstable_by_key(|(text, place, _)| (*text, *place));
    for run in texts.chunk_by(|one, other| one.0 == other.0) {
        let (_, _, first) = run[0];
        let others = run.iter().map(|(_, _, words)| *words).filter(|words| words.source != first.source);
        pairs.extend(others.map(|words| (first.path.as_str(), words.path.as_str())));
    }
}

fn one_pair(check: &Check<'_>, first: &str, second: &str) -> Option<Finding> {
    let place = |path| Some(check.po.place(check.po.get(path)?.msgstrs.first()?));
    let name = check.language.english_name();
    let says = format!("`{first}` and `{second}` read alike in {name}");
    let finding = Finding::error("S084", place(second)?, says)
        .remedy("nobody can choose between them: say the difference in one of the two");
    Some(finding.also(place(first)?, "the same words"))
}
