//! The source words of a survey by path: gathered once, asked for every language.

use std::collections::BTreeSet;

use super::number::numbers;
use crate::po::{Entry, Plurals};
use crate::{Kind, Survey, Words};

/// The source words by path, in the order a reader meets them.
pub(crate) struct English {
    all: Vec<Source>,
    /// Places in `all`, in the order of the paths.
    sorted: Vec<usize>,
    /// What paths taken twice belong to.
    twice: BTreeSet<String>,
}

/// One path and what is said there; at a path taken twice, several things.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) said: Vec<Said>,
    /// The code, of a choice or a row.
    pub(super) code: Option<String>,
    /// Whether it asks for a year or a day.
    pub(super) dated: bool,
}

/// One text, as a translator reads it.
pub(super) struct Said {
    /// Its only wording, or that for one.
    pub(super) one: Wording,
    /// The wording for more, of a text that is said of a number.
    pub(super) more: Option<Wording>,
    /// The insert that is that number.
    pub(super) pivot: Option<String>,
}

/// One wording, and what of it no translation may lose.
pub(super) struct Wording {
    pub(super) text: String,
    /// What is filled in, as written: `{count(needs)}`.
    pub(super) inserts: Vec<String>,
    /// The numbers in it.
    pub(super) numbers: Vec<String>,
}

impl English {
    /// Gather these texts of a survey; those of lists taken over are translated elsewhere.
    pub(crate) fn of(survey: &Survey, mut texts: Vec<&Words>) -> English {
        texts.retain(|words| !survey.takes_over(&words.path));
        let sets: Vec<String> = survey.sets.keys().map(|name| format!("{{{name}}}")).collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|place| &texts[*place].path);
        let runs = order.chunk_by(|one, other| texts[*one].path == texts[*other].path);
        let mut firsts: Vec<(usize, Source)> = runs.map(|run| (run[0], source(run, &texts, &sets))).collect();
        firsts.sort_unstable_by_key(|(first, _)| *first);
        let mut all: Vec<Source> = firsts.into_iter().map(|(_, source)| source).collect();
        let dated = dated(survey);
        all.iter_mut().for_each(|source| source.dated = dated.contains(source.path.as_str()));
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        sorted.sort_unstable_by_key(|place| &all[*place].path);
        let twice = all.iter().filter(|source| source.said.len() > 1);
        English { twice: twice.map(|source| owner(&source.path).to_owned()).collect(), all, sorted }
    }

    /// Every path with its words.
    pub(super) fn all(&self) -> &[Source] {
        &self.all
    }

    /// Whether the survey has a path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.sorted.binary_search_by(|place| self.all[*place].path.as_str().cmp(path)).is_ok()
    }

    /// Whether a question, list or page of this name, or a code of it, stands twice: which of its paths were meant
    /// for which entries is then anybody's guess.
    pub(super) fn is_taken_twice(&self, path: &str) -> bool {
        self.twice.contains(owner(path))
    }
}

/// The questions for a year or a day.
fn dated(survey: &Survey) -> BTreeSet<&str> {
    let questions = survey.questions().map(|(_, question)| question);
    let dated = questions.filter(|question| matches!(question.kind, Kind::Year { .. } | Kind::Date { .. }));
    dated.map(|question| question.id.as_str()).collect()
}

impl Source {
    /// Whether words an entry was made for are said here, whatever its plural.
    pub(super) fn has(&self, msgid: &str) -> bool {
        self.said.iter().any(|said| said.one.text == msgid)
    }

    /// What an entry was made for, if that is still said here.
    pub(super) fn said(&self, entry: &Entry<'_>) -> Option<&Said> {
        let more = entry.msgid_plural.as_ref().map(|plural| &*plural.text);
        self.said.iter().find(|said| {
            said.one.text == entry.english() && said.more.as_ref().map(|more| more.text.as_str()) == more
        })
    }
}

impl Said {
    fn new(words: &Words, sets: &[String]) -> Said {
        let inserts = || words.inserts.iter().map(|insert| &insert.written).chain(sets);
        let wording = |text: &str| Wording {
            text: text.to_owned(),
            inserts: match text.contains('{') {
                true => inserts().filter(|insert| text.contains(insert.as_str())).cloned().collect(),
                false => Vec::new(),
            },
            numbers: numbers(text),
        };
        let pivot = words.plural.as_ref().and_then(|plural| words.inserts.get(plural.pivot));
        Said {
            one: wording(words.msgid()),
            more: words.msgid_plural().map(wording),
            pivot: pivot.map(|insert| insert.written.clone()),
        }
    }

    /// Whether a part of a translation stands in the source as well.
    pub(super) fn has(&self, part: &str) -> bool {
        std::iter::once(&self.one).chain(&self.more).any(|wording| wording.text.contains(part))
    }

    /// The wording that a plural form of another language answers to, and whether the form serves but one number.
    pub(super) fn wording(&self, form: usize, plurals: Option<&Plurals>) -> (&Wording, bool) {
        let (Some(more), Some(plurals)) = (&self.more, plurals) else { return (&self.one, false) };
        match plurals.serves(form)[..] {
            [1] => (&self.one, true),
            [_] => (more, true),
            _ => (more, false),
        }
    }
}

/// What is said at one path, of whose texts these are the places.
fn source(places: &[usize], texts: &[&Words], sets: &[String]) -> Source {
    let first = texts[places[0]];
    let code = code(&first.path).map(str::to_owned);
    let mut source =
        Source { path: first.path.clone(), said: vec![Said::new(first, sets)], code, dated: false };
    for words in places.iter().map(|place| texts[*place]) {
        if !source.has(words.msgid()) {
            source.said.push(Said::new(words, sets));
        }
    }
    source
}

/// The code of a choice or row, by its path.
fn code(path: &str) -> Option<&str> {
    let (whole, line) = path.split_once(':').unwrap_or((path, ""));
    let (owner, code) = whole.rsplit_once('.')?;
    let has_no_codes = matches!(owner, "page" | "end" | "form" | "set");
    (line.is_empty() && !has_no_codes).then_some(code)
}

/// What a path belongs to: `needs` of `needs.work:short`, `list.ease5` of `list.ease5.1`.
pub(super) fn owner(path: &str) -> &str {
    let shared = ["list.", "page.", "end.", "form.", "set.", "missing."]
        .into_iter()
        .find(|shared| path.starts_with(shared));
    let begins = shared.map_or(0, str::len);
    let length = path[begins..].find(['.', ':']).unwrap_or(path.len() - begins);
    &path[..begins + length]
}
