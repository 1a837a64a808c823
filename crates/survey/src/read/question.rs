//! One question: its head, its lines, and what kind of answer it takes.

use std::collections::BTreeMap;

use notation::{Finding, Item, Line, Place, near};

use super::{
    Written,
    accept::{Accepted, read_accepts},
    choice::{Around, Drafted, check_codes, has_twice, read_choice},
    inner::{misplaced, or_else, sort_lines},
    list::List,
    name,
    notes::Notes,
    option::{Options, read_options},
    rule::{Ruled, read_rule},
    setting::{allowed, below},
    was::{read_audio, read_was},
};
use crate::{Choice, Concept, Kind, Language, Missing, Offered, Question, QuestionId, Role, Value, Words};

/// Every type of question.
pub(super) const TYPES: &[&str] = &[
    "consent", "language", "one", "many", "rank", "grid", "number", "year", "date", "fsa", "text", "note",
    "calc",
];

/// The roles.
const ROLES: &[(&str, Role)] = &[
    ("profile", Role::Profile),
    ("outcome", Role::Outcome),
    ("geography", Role::Geography),
    ("quote", Role::Quote),
    ("weight", Role::Weight),
    ("design", Role::Design),
];

/// A question as read, before its conditions are.
pub(crate) struct Asked<'t> {
    /// The question, without conditions.
    pub(crate) question: Question,
    /// The page it stands on.
    pub(crate) page: usize,
    /// Where its name stands.
    pub(crate) at: Place,
    /// Where each of its lines begins and what it says.
    pub(crate) lines: BTreeMap<&'static str, Line<'t>>,
    /// Its choices with their places.
    pub(crate) choices: Vec<Drafted<'t>>,
    /// Its rows with their places.
    pub(crate) rows: Vec<Drafted<'t>>,
    /// The list it names, whether there is one or not.
    pub(crate) list: Option<String>,
    /// The missing answers it allows, with the places where it says so.
    pub(crate) allow: Vec<(Missing, Place)>,
    /// A code of it stands twice, so that another may be missing.
    pub(crate) doubled: bool,
    /// Some line of it could not be read, so that what seems to be missing may be there.
    pub(crate) spoiled: bool,
    /// Its `check` and its `warn`.
    pub(crate) rules: [Option<Ruled<'t>>; 2],
    /// Its wording for one (`?1`).
    pub(crate) one: Option<Words>,
    /// The findings it lets stand.
    pub(crate) accepted: Vec<Accepted>,
}

/// What a question is read against.
pub(super) struct Before<'a, 't> {
    pub(super) lists: &'a [&'a List<'t>],
    pub(super) asked: &'a [Asked<'t>],
    /// Names of lists and questions that could not be read.
    pub(super) unknown: &'a std::collections::BTreeSet<String>,
    pub(super) allow: &'a [(Missing, Place)],
    pub(super) suppress: u32,
    pub(super) languages: &'a [Offered],
    pub(super) page: usize,
}

/// Read a question.
pub(super) fn read_question<'t>(
    item: &Item<'t>,
    before: &Before<'_, 't>,
    notes: &mut Notes,
) -> Option<Asked<'t>> {
    let (Some(id), rest) = item.head.rest.first() else {
        let says = format!("this `{}` has no name", item.head.word);
        notes.say(
            Finding::error("S008", item.head.place.clone(), says)
                .remedy("name it: the name is what the data is called"),
        );
        return None;
    };
    let at = item.head.rest.place_of(id);
    notes.findings.extend(name::check_name(id.text, at.clone()));
    let options = read_options(&item.head, &rest, notes);
    let (lines, spoiled) = sort_lines(item, id.text, notes);
    let mut asked = Asked {
        question: plain(id.text),
        page: before.page,
        at,
        lines,
        choices: Vec::new(),
        rows: Vec::new(),
        list: options.list.map(|piece| piece.text.to_owned()),
        allow: Vec::new(),
        doubled: false,
        spoiled,
        rules: [None, None],
        one: None,
        accepted: read_accepts(item, notes),
    };
    read_choices(item, &options, &rest, before, &mut asked, notes);
    read_words(&mut asked, notes);
    read_rest(item.head.word, before, &mut asked, notes);
    asked.rules =
        ["check", "warn"].map(|word| asked.lines.get(word).and_then(|line| read_rule(id.text, line, notes)));
    asked.question.kind = kind(&item.head, &options, before, &mut asked, notes);
    read_order(&mut asked, notes);
    read_life(before, &mut asked, notes);
    Some(asked)
}

fn plain(id: &str) -> Question {
    Question {
        id: QuestionId::from(id),
        kind: Kind::Note,
        asks: None,
        hint: None,
        short: None,
        when: None,
        allow: Vec::new(),
        sensitive: false,
        role: None,
        margin: None,
        suppress: None,
        concept: None,
        check: None,
        warn: None,
        shuffled: false,
        audio: Vec::new(),
        was: Vec::new(),
        accepts: Vec::new(),
    }
}

fn read_choices<'t>(
    item: &Item<'t>,
    options: &Options<'t>,
    rest: &Written<'t>,
    before: &Before<'_, 't>,
    asked: &mut Asked<'t>,
    notes: &mut Notes,
) {
    let kind = item.head.word;
    if let Some(named) = options.list {
        let list = before.lists.iter().find(|list| list.name == named.text).copied();
        asked.choices.extend(list.iter().flat_map(|list| list.choices.iter().cloned()));
        asked.spoiled |= list.is_none_or(|list| list.spoiled);
        if list.is_none() && !before.unknown.contains(named.text) {
            let names = before.lists.iter().map(|list| list.name.as_str());
            let says = format!("no list is named `{}`", named.text);
            notes.say(or_else(
                Finding::error("S007", rest.place_of(named), says),
                near(named.text, names),
                "write the list above: `list NAME` and its choices",
            ));
        }
    }
    if let Some(named) = options.from {
        read_from(named.text, rest.place_of(named), before, asked, notes);
    }
    let ordered = options.ordered;
    let id = asked.question.id.to_string();
    let here = Around { path: &id, kind, marks: marks_of(kind), ordered };
    let row = Around { path: &id, kind: "row", marks: &["when", "short", "was"], ordered };
    for line in &item.body {
        match line.word {
            "-" if !has_choices(kind) || asked.lines.contains_key("=") => notes.say(misplaced(line, kind)),
            "|" if kind != "grid" => notes.say(misplaced(line, kind)),
            "-" => match read_choice(line, &here, notes) {
                Some(choice) => asked.choices.push(choice),
                None => asked.spoiled = true,
            },
            "|" => match read_choice(line, &row, notes) {
                Some(row) => asked.rows.push(row),
                None => asked.spoiled = true,
            },
            _ => {}
        }
    }
    check_codes(&asked.choices, &id, notes);
    check_codes(&asked.rows, &id, notes);
    asked.doubled = has_twice(&asked.choices) || has_twice(&asked.rows);
}

fn has_choices(kind: &str) -> bool {
    matches!(kind, "consent" | "one" | "many" | "rank" | "calc")
}

fn marks_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "consent" => &["short", "was", "end"],
        "one" => &["when", "specify", "last", "short", "was", "end"],
        "many" => &["when", "specify", "only", "last", "short", "was"],
        "rank" => &["when", "specify", "last", "short", "was"],
        _ => &["when", "short", "was"],
    }
}

/// What an earlier `many` offers here: its choices, without those that exclude the others.
fn read_from<'t>(named: &str, at: Place, before: &Before<'_, 't>, asked: &mut Asked<'t>, notes: &mut Notes) {
    let Some(earlier) = before.asked.iter().find(|each| each.question.id.as_str() == named) else {
        asked.spoiled = true;
        if !before.unknown.contains(named) {
            let names = before.asked.iter().map(|each| each.question.id.as_str());
            let says = format!("no question is named `{named}`");
            notes.say(or_else(
                Finding::error("S030", at, says),
                near(named, names),
                "`from` offers what was chosen in an earlier `many`",
            ));
        }
        return;
    };
    asked.spoiled |= earlier.spoiled;
    if !matches!(earlier.question.kind, Kind::Many { .. }) {
        asked.spoiled = true;
        let says = format!("`{named}` is not a `many`");
        notes.say(
            Finding::error("S035", at, says)
                .remedy("`from` offers what was chosen in an earlier `many`")
                .also(earlier.at.clone(), "asked here"),
        );
        return;
    }
    let carried = earlier.choices.iter().filter(|each| !each.choice.only).cloned();
    asked.choices.extend(carried.map(|mut each| {
        // Their conditions held when they were chosen.
        each.when = None;
        each
    }));
}

fn read_words(asked: &mut Asked<'_>, notes: &mut Notes) {
    let id = asked.question.id.to_string();
    let mut words = |line: &str, path: String| {
        let written = &asked.lines.get(line)?.rest;
        if written.is_empty() {
            let says = format!("`{line}` says nothing");
            let at = asked.lines[line].place.clone();
            notes.say(Finding::error("S004", at, says).remedy("write its words, or delete the line"));
        }
        Some(notes.words(path, written))
    };
    asked.question.asks = words("?", id.clone());
    let one = words("?1", format!("{id}:one"));
    asked.question.hint = words("hint", format!("{id}:hint"));
    asked.question.short = words("short", format!("{id}:short"));
    asked.one = one;
}

fn read_rest(kind: &str, before: &Before<'_, '_>, asked: &mut Asked<'_>, notes: &mut Notes) {
    let Asked { question, lines, allow, .. } = asked;
    *allow = match lines.get("allow") {
        Some(line) => allowed(&line.rest, notes),
        None if matches!(kind, "consent" | "text" | "note" | "calc") => Vec::new(),
        None => before.allow.to_vec(),
    };
    question.allow = allow.iter().map(|(missing, _)| *missing).collect();
    let counts = if lines.contains_key("=") { "number" } else { kind };
    question.role = lines.get("role").and_then(|line| read_role(line, counts, notes));
    question.margin = lines.get("margin").map(|line| line.rest.written());
    question.concept = lines.get("concept").and_then(|line| read_concept(line, notes));
    question.suppress = lines.get("suppress").and_then(|line| {
        let count = below(&line.rest, notes)?;
        if count < before.suppress {
            let says = format!("the survey promises to show no count below {}", before.suppress);
            let finding = Finding::error("S010", line.rest.place(), says);
            notes.say(finding.remedy("a question may only raise that number"));
        }
        Some(count)
    });
    if let Some(line) = lines.get("sensitive") {
        question.sensitive = true;
        if !line.rest.is_empty() {
            let says = "the words of `sensitive` stand on a page, not on a question";
            notes
                .say(Finding::error("S009", line.rest.place(), says).remedy("delete them, or move the line"));
        }
    }
}

/// What it was called, what is recorded of it, and what its author lets stand.
fn read_life(before: &Before<'_, '_>, asked: &mut Asked<'_>, notes: &mut Notes) {
    let own = asked.question.id.to_string();
    if let Some(line) = asked.lines.get("was") {
        asked.question.was = read_was(line, &own, notes);
    }
    if let Some(line) = asked.lines.get("audio") {
        asked.question.audio = read_audio(line, before.languages, notes);
    }
    let reasons = asked.accepted.iter().map(|each| (each.code.clone(), each.words.clone()));
    asked.question.accepts = reasons.collect();
}

/// Whether each person sees the choices in an order of their own.
fn read_order(asked: &mut Asked<'_>, notes: &mut Notes) {
    let Some(line) = asked.lines.get("order") else { return };
    let finding = if line.rest.written() != "random" {
        let says = format!("`{}` is not an order", line.rest.written());
        Finding::error("S010", line.rest.place(), says)
            .remedy("write `order random`; without it, choices stand in the order of the file")
    } else if matches!(asked.question.kind, Kind::One { ordered: true, .. }) {
        Finding::error("S010", line.word_place(), "a scale keeps its order")
            .remedy("delete the line, or take `ordered` away")
    } else {
        asked.question.shuffled = true;
        return;
    };
    notes.say(finding);
}

/// The shared item, and the version of its wording.
fn read_concept(line: &Line<'_>, notes: &mut Notes) -> Option<Concept> {
    let written = line.rest.written();
    let (path, version) = match written.split_once('@') {
        Some((path, version)) => (path, Some(version.parse().ok().filter(|version| *version > 0))),
        None => (written.as_str(), None),
    };
    let fits = |each: char| each.is_ascii_alphanumeric() || matches!(each, '_' | '-' | '/' | '.');
    if path.is_empty() || !path.chars().all(fits) || version == Some(None) {
        let says = format!("`{written}` is not the path of a concept");
        let finding = Finding::error("S010", line.rest.place(), says);
        notes.say(finding.remedy("write a path and, if you like, a version, as `belonging/community@2`"));
        return None;
    }
    Some(Concept { path: path.to_owned(), version: version.flatten() })
}

fn read_role(line: &Line<'_>, kind: &str, notes: &mut Notes) -> Option<Role> {
    let written = line.rest.written();
    let Some((_, role)) = ROLES.iter().find(|(name, _)| *name == written) else {
        let says = format!("`{written}` is not a role");
        let names = ROLES.iter().map(|(name, _)| *name);
        let list: Vec<_> = names.clone().map(|name| format!("`{name}`")).collect();
        let remedy = format!("the roles are {}", list.join(", "));
        notes.say(or_else(Finding::error("S007", line.rest.place(), says), near(&written, names), &remedy));
        return None;
    };
    let wanted = match role {
        Role::Quote => "text",
        Role::Weight => "number",
        _ => kind,
    };
    if wanted != kind {
        let says = format!("the role `{written}` belongs to `{wanted}`");
        notes.say(Finding::error("S009", line.rest.place(), says).remedy("choose another role"));
    }
    Some(*role)
}

fn kind<'t>(
    head: &Line<'t>,
    options: &Options<'t>,
    before: &Before<'_, 't>,
    asked: &mut Asked<'t>,
    notes: &mut Notes,
) -> Kind {
    let list =
        options.list.and_then(|named| before.lists.iter().find(|list| list.name == named.text)).copied();
    let choices: Vec<_> = asked.choices.iter().map(|each| each.choice.clone()).collect();
    let from = options.from.map(|piece| QuestionId::from(piece.text));
    let range = |notes: &mut Notes| {
        if options.range.is_none() {
            let says = format!("this `{}` has no range", head.word);
            let remedy = if head.word == "year" { "write `1950..now`" } else { "write `0..20`" };
            notes.say(Finding::error("S010", asked.at.clone(), says).remedy(remedy));
        }
        options.range.map_or((0.0, None), |(_, low, high)| (low, high))
    };
    match head.word {
        "consent" => Kind::Consent { choices },
        "one" => Kind::One { choices, ordered: options.ordered || list.is_some_and(|list| list.ordered) },
        "many" => Kind::Many { choices, from, most: options.most.as_ref().map(|(most, _)| *most) },
        "rank" => {
            let top = options.top.as_ref().map_or(choices.len(), |(top, _)| *top);
            Kind::Rank { choices, from, top }
        }
        "grid" => {
            let rows = asked.rows.iter().map(Drafted::row).collect();
            Kind::Grid { rows, choices, best: list.and_then(|list| list.best) }
        }
        "number" => {
            let (low, high) = range(notes);
            let unit = asked.lines.get("unit").map(|line| &line.rest);
            let unit = unit.map(|written| notes.words(format!("{}:unit", asked.question.id), written));
            Kind::Number { low, high: high.unwrap_or(low), decimals: options.decimals, unit }
        }
        "year" => {
            let (low, high) = range(notes);
            Kind::Year { first: low as i16, last: high.map(|high| high as i16) }
        }
        "fsa" => Kind::Fsa,
        "language" => Kind::Language { choices: languages(&asked.question.id, before.languages) },
        "date" => {
            let (first, last) = options.dates;
            Kind::Date { first, last, to_day: options.to_day }
        }
        // The expression is read when all questions are.
        "calc" if asked.lines.contains_key("=") => Kind::Computed { value: Value::Literal(0.0) },
        "text" => Kind::Text { most: options.most.as_ref().map_or(600, |(most, _)| *most) },
        "calc" => Kind::Calc { choices },
        _ => Kind::Note,
    }
}

/// The languages a person may name: the survey's first, then every other we know, and a box.
fn languages(id: &QuestionId, offered: &[Offered]) -> Vec<Choice> {
    let ours = offered.iter().map(|each| each.language.clone());
    let others = Language::all().into_iter().filter(|each| !offered.iter().any(|own| own.language == *each));
    let of_language = |language: Language| {
        let path = format!("{id}.{language}");
        let short = Words::new(format!("{path}:short"), language.english_name());
        Choice {
            short: Some(short),
            ..Choice::new(language.tag().into(), Words::new(path, language.endonym()))
        }
    };
    let other = Choice::new("other".into(), Words::new(format!("{id}.other"), "Another language"));
    let other = Choice { specify: true, last: true, ..other };
    ours.chain(others).map(of_language).chain([other]).collect()
}

impl Asked<'_> {
    /// The place of one of its lines, or of its name.
    pub(crate) fn line_place(&self, line: &str) -> Place {
        self.lines.get(line).map_or_else(|| self.at.clone(), Line::word_place)
    }
}
