//! What each column and each code means, in the languages of the survey.

use survey::{FormId, Kind, Language, Missing, Question, Role, Survey, Words};

use super::column::{Column, Part, columns};

const HEAD: [&str; 7] = ["file", "column", "question", "type", "role", "code", "value"];
const RESPONSES: &str = "responses.csv";
const WORDS: &str = "words.csv";

/// One line per column of the other files, then one per code it may hold; in every language the survey is offered in.
pub(super) fn write(survey: &Survey, weighted: bool) -> String {
    let languages = survey.all_languages().into_iter().map(Language::tag);
    let mut lines: Vec<Vec<String>> = vec![HEAD.into_iter().chain(languages).map(str::to_owned).collect()];
    let own = OWN.iter().filter(|own| weighted || own.column != "weight");
    for own in own {
        lines.push(own_column(own, "", ours(survey, own.words)));
        if own.column == "form" {
            lines.extend(forms(survey, own));
        }
    }
    for column in columns(survey) {
        lines.push(head(survey, &column));
        lines.extend(codes(survey, &column));
    }
    lines.extend(survey.questions().flat_map(|(_, question)| written(survey, question)));
    super::csv_of(&lines)
}

/// A column that is not of one question.
struct Own {
    file: &'static str,
    column: &'static str,
    kind: &'static str,
    words: [&'static str; 2],
}

const OWN: [Own; 9] = [
    Own {
        file: RESPONSES,
        column: "row",
        kind: "number",
        words: ["Number of the row, sorted by content", "Numéro de la ligne, triée par contenu"],
    },
    Own {
        file: RESPONSES,
        column: "language",
        kind: "code",
        words: ["Language last used", "Dernière langue utilisée"],
    },
    Own {
        file: RESPONSES,
        column: "form",
        kind: "code",
        words: ["Form of the survey that was answered", "Formulaire de l’enquête qui a été rempli"],
    },
    Own {
        file: RESPONSES,
        column: "state",
        kind: "code",
        words: [
            "Where the response stands; only finished ones count",
            "État de la réponse; seules les réponses terminées comptent",
        ],
    },
    Own {
        file: RESPONSES,
        column: "synthetic",
        kind: "0 or 1",
        words: ["1: made up by a rehearsal", "1 : inventée par une répétition"],
    },
    Own {
        file: RESPONSES,
        column: "weight",
        kind: "number",
        words: ["Weight, mean 1; empty where not counted", "Poids, moyenne de 1; vide si non comptée"],
    },
    Own {
        file: WORDS,
        column: "question",
        kind: "code",
        words: ["The question the words answer", "La question à laquelle les mots répondent"],
    },
    Own {
        file: WORDS,
        column: "code",
        kind: "code",
        words: [
            "The choice the words specify; empty for a question of words",
            "Le choix que les mots précisent; vide pour une question ouverte",
        ],
    },
    Own {
        file: WORDS,
        column: "words",
        kind: "text",
        words: [
            "What was written, in no order that leads to a row",
            "Ce qui a été écrit, dans un ordre qui ne mène à aucune ligne",
        ],
    },
];

fn own_column(own: &Own, code: &str, words: Vec<String>) -> Vec<String> {
    let first = [own.file, own.column, "", own.kind, "", code, ""].map(str::to_owned);
    first.into_iter().chain(words).collect()
}

/// The whole survey and each of its forms.
fn forms(survey: &Survey, own: &Own) -> Vec<Vec<String>> {
    let whole =
        own_column(own, FormId::full().as_str(), ours(survey, ["All questions", "Toutes les questions"]));
    let named = survey.forms.iter();
    let named = named.map(|form| own_column(own, form.id.as_str(), theirs(survey, &[&form.title])));
    std::iter::once(whole).chain(named).collect()
}

/// Words of this program, in the languages it speaks.
fn ours(survey: &Survey, [en, fr]: [&str; 2]) -> Vec<String> {
    let word = |tag: &str| match tag {
        "en" => en,
        "fr" => fr,
        _ => "",
    };
    survey.all_languages().into_iter().map(|language| word(language.tag()).to_owned()).collect()
}

/// Words of the survey, in every language it is offered in.
fn theirs(survey: &Survey, parts: &[&Words]) -> Vec<String> {
    let joined = |language: &Language| {
        let spoken = parts.iter().map(|words| spoken(survey, words, language));
        spoken.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" | ")
    };
    survey.all_languages().into_iter().map(joined).collect()
}

/// What of a question stands in the file of words: all of it, or what specifies a choice.
fn written(survey: &Survey, question: &Question) -> Vec<Vec<String>> {
    let asks = question.asks.as_ref().or(question.short.as_ref());
    let line = |code: &str, words: Option<&Words>| {
        let role = question.role.map(role).unwrap_or_default();
        let first = [WORDS, "words", question.id.as_str(), kind(&question.kind), role, code, ""];
        let parts: Vec<&Words> = asks.into_iter().chain(words).collect();
        first.map(str::to_owned).into_iter().chain(theirs(survey, &parts)).collect()
    };
    if matches!(question.kind, Kind::Text { .. }) {
        return vec![line("", None)];
    }
    let specified = question.choices().iter().filter(|choice| choice.specify);
    specified.map(|choice| line(choice.id.as_str(), Some(&choice.words))).collect()
}

fn head(survey: &Survey, column: &Column<'_>) -> Vec<String> {
    let question = column.question;
    let part = match column.part {
        Part::Choice(code) => question.choice(code.as_str()).map(|choice| &choice.words),
        Part::Row(row) => question.rows().iter().find(|each| each.id == *row).map(|row| &row.words),
        Part::Whole | Part::Place(_) => None,
    };
    let asks = question.asks.as_ref().or(question.short.as_ref());
    line(column, "", "", theirs(survey, &asks.into_iter().chain(part).collect::<Vec<_>>()))
}

fn codes(survey: &Survey, column: &Column<'_>) -> Vec<Vec<String>> {
    let question = column.question;
    let words = |words: &Words| theirs(survey, &[words]);
    let mut lines = match column.part {
        Part::Choice(_) => vec![
            line(column, "0", "", ours(survey, ["Not chosen", "Non choisi"])),
            line(column, "1", "", ours(survey, ["Chosen", "Choisi"])),
        ],
        _ => question
            .choices()
            .iter()
            .map(|choice| line(column, choice.id.as_str(), "", words(&choice.words)))
            .collect(),
    };
    lines.extend(Missing::ALL.iter().filter(|missing| occurs(survey, question, **missing)).map(|missing| {
        let own = survey.missing.get(missing).map(words);
        line(
            column,
            missing.code(),
            &missing.value().to_string(),
            own.unwrap_or_else(|| ours(survey, built_in(*missing))),
        )
    }));
    lines
}

/// Whether a missing answer can stand in a column of a question that people answer by themselves.
fn occurs(survey: &Survey, question: &Question, missing: Missing) -> bool {
    match missing {
        Missing::PreferNot | Missing::DontKnow => !question.is_shown() || question.allow.contains(&missing),
        Missing::Unreadable => false,
        Missing::NotInForm => survey.forms.iter().any(|form| !survey.keeps(&form.id, question)),
        Missing::NotAsked | Missing::NoAnswer => true,
    }
}

fn line(column: &Column<'_>, code: &str, value: &str, words: Vec<String>) -> Vec<String> {
    let question = column.question;
    let role = question.role.map(role).unwrap_or_default();
    let first = [RESPONSES, &column.name, question.id.as_str(), kind(&question.kind), role, code, value];
    first.map(str::to_owned).into_iter().chain(words).collect()
}

/// The words in a language, or nothing where there are none that fit.
fn spoken<'w>(survey: &Survey, words: &'w Words, language: &Language) -> &'w str {
    let own = (survey.source == *language).then_some(words.source.as_str());
    words.translations.get(language).map(String::as_str).or(own).unwrap_or_default()
}

fn built_in(missing: Missing) -> [&'static str; 2] {
    match missing {
        Missing::NotAsked => ["Not asked: routing passed it by", "Question non posée : sans objet"],
        Missing::NotInForm => ["Not in this form", "Absente de ce formulaire"],
        Missing::NoAnswer => ["Seen and left empty", "Vue et laissée sans réponse"],
        Missing::PreferNot => ["Prefer not to answer", "Préfère ne pas répondre"],
        Missing::DontKnow => ["Don't know", "Ne sait pas"],
        Missing::Unreadable => ["Unreadable", "Illisible"],
    }
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
