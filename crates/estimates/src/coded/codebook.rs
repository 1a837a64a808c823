//! What each column and each code means, in English and French.

use survey::{Kind, Language, Missing, Question, Role, Survey, Words};

use super::column::{Column, Part, columns};

const HEAD: [&str; 8] = ["column", "question", "type", "role", "code", "value", "en", "fr"];

/// One line per column, then one per code it may hold.
pub(super) fn write(survey: &Survey, weighted: bool) -> String {
    let mut lines: Vec<Vec<String>> = vec![HEAD.map(str::to_owned).to_vec()];
    lines.extend(own_columns(weighted));
    for column in columns(survey) {
        lines.push(head(survey, &column));
        lines.extend(codes(survey, &column));
    }
    super::csv_of(&lines)
}

/// The columns that are not questions.
fn own_columns(weighted: bool) -> Vec<Vec<String>> {
    let line = |name: &str, kind: &str, en: &str, fr: &str| {
        [name, "", kind, "", "", "", en, fr].map(str::to_owned).to_vec()
    };
    let mut lines = vec![
        line(
            "row",
            "number",
            "Number of the row, sorted by content",
            "Numéro de la ligne, triée par contenu",
        ),
        line("language", "code", "Language last used", "Dernière langue utilisée"),
        line(
            "state",
            "code",
            "Where the response stands; only finished ones count",
            "État de la réponse; seules les réponses terminées comptent",
        ),
        line("synthetic", "0 or 1", "1: made up by a rehearsal", "1 : inventée par une répétition"),
    ];
    if weighted {
        let words = ("Weight, mean 1; empty where not counted", "Poids, moyenne de 1; vide si non comptée");
        lines.push(line("weight", "number", words.0, words.1));
    }
    lines
}

fn head(survey: &Survey, column: &Column<'_>) -> Vec<String> {
    let question = column.question;
    let part = match column.part {
        Part::Choice(code) => question.choice(code.as_str()).map(|choice| &choice.words),
        Part::Row(row) => question.rows().iter().find(|each| each.id == *row).map(|row| &row.words),
        Part::Whole | Part::Place(_) => None,
    };
    let label = |tag: &str| {
        let asks = question.asks.as_ref().or(question.short.as_ref());
        let words = asks.into_iter().chain(part).map(|words| spoken(survey, words, tag));
        words.collect::<Vec<_>>().join(" | ")
    };
    line(column, "", "", [label("en"), label("fr")])
}

fn codes(survey: &Survey, column: &Column<'_>) -> Vec<Vec<String>> {
    let question = column.question;
    let words = |words: &Words| ["en", "fr"].map(|tag| spoken(survey, words, tag));
    let mut lines = match column.part {
        Part::Choice(_) => vec![
            line(column, "0", "", ["Not chosen", "Non choisi"].map(str::to_owned)),
            line(column, "1", "", ["Chosen", "Choisi"].map(str::to_owned)),
        ],
        _ => question
            .choices()
            .iter()
            .map(|choice| line(column, choice.id.as_str(), "", words(&choice.words)))
            .collect(),
    };
    lines.extend(Missing::ALL.iter().filter(|missing| occurs(question, **missing)).map(|missing| {
        let own = survey.missing.get(missing).map(words);
        line(column, missing.code(), &missing.value().to_string(), own.unwrap_or_else(|| built_in(*missing)))
    }));
    lines
}

/// Whether a missing answer can stand in a column of a question that people answer by themselves.
fn occurs(question: &Question, missing: Missing) -> bool {
    match missing {
        Missing::PreferNot | Missing::DontKnow => !question.is_shown() || question.allow.contains(&missing),
        Missing::Unreadable | Missing::NotInForm => false,
        Missing::NotAsked | Missing::NoAnswer => true,
    }
}

fn line(column: &Column<'_>, code: &str, value: &str, words: [String; 2]) -> Vec<String> {
    let [en, fr] = words;
    let role = column.question.role.map(role).unwrap_or_default();
    let first = [&column.name, column.question.id.as_str(), kind(&column.question.kind), role, code, value];
    first.map(str::to_owned).into_iter().chain([en, fr]).collect()
}

/// The words in a language, or nothing where there are none that fit.
fn spoken(survey: &Survey, words: &Words, tag: &str) -> String {
    let Some(language) = Language::of_tag(tag) else { return String::new() };
    match words.translations.get(&language) {
        Some(text) => text.clone(),
        None if survey.source == language => words.source.clone(),
        None => String::new(),
    }
}

fn built_in(missing: Missing) -> [String; 2] {
    match missing {
        Missing::NotAsked => ["Not asked: routing passed it by", "Question non posée : sans objet"],
        Missing::NotInForm => ["Not in this form", "Absente de ce formulaire"],
        Missing::NoAnswer => ["Seen and left empty", "Vue et laissée sans réponse"],
        Missing::PreferNot => ["Prefer not to answer", "Préfère ne pas répondre"],
        Missing::DontKnow => ["Don't know", "Ne sait pas"],
        Missing::Unreadable => ["Unreadable", "Illisible"],
    }
    .map(str::to_owned)
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Consent { .. } => "consent",
        Kind::One { ordered: true, .. } => "one ordered",
        Kind::One { .. } => "one",
        Kind::Many { .. } => "many",
        Kind::Rank { .. } => "rank",
        Kind::Grid { .. } => "grid",
        Kind::Number { .. } => "number",
        Kind::Year { .. } => "year",
        Kind::Fsa => "fsa",
        Kind::Text { .. } => "text",
        Kind::Note => "note",
        Kind::Calc { .. } | Kind::Computed { .. } => "calc",
        Kind::Language { .. } => "language",
        Kind::Date { .. } => "date",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Profile => "profile",
        Role::Outcome => "outcome",
        Role::Geography => "geography",
        Role::Quote => "quote",
        Role::Weight => "weight",
        Role::Design => "design",
    }
}
