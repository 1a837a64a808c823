//! Answers to and from their rows: codes in one table, the person's own words in another.

use std::collections::BTreeMap;

use survey::{Answer, Answers, ChoiceId, Language, Missing, QuestionId};

use super::{Sql, Value, row::damaged};
use crate::{Error, Keys, Recorded, ResponseId, StudyKey};

/// The choice under which the words of a text question stand.
const NO_CHOICE: &str = "";

/// What stands for words that are sealed, to who has no key: that something was written counts, what it was is closed.
pub const SEALED: &str = "[sealed]";

/// How words are kept: as they are (by earlier programs, and once the secret is destroyed), under the secret of the data
/// folder while she may go back to them, and under the key of the study.
const PLAIN: &str = "none";
const HIDDEN: &str = "server";
const AGE: &str = "age";

/// What words are put under.
#[derive(Clone, Copy)]
pub(crate) enum Under<'k> {
    /// The secret of the data folder.
    Secret(&'k Keys),
    /// The key of the study, which opens nothing.
    Study(&'k StudyKey),
}

impl<'k> Under<'k> {
    /// What words are put under that nobody goes back to: the key of the study, where there is one.
    pub(crate) fn last(keys: &'k Keys) -> Under<'k> {
        keys.seals().map_or(Under::Secret(keys), Under::Study)
    }

    fn put(self, words: &str) -> Result<Vec<u8>, Error> {
        match self {
            Under::Secret(keys) => keys.hide(words),
            Under::Study(key) => key.seal(words),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Under::Secret(_) => HIDDEN,
            Under::Study(_) => AGE,
        }
    }
}

/// So many answers go into one statement at most: a page has fewer.
const TOGETHER: usize = 100;

/// Write answers in place of what was said before, words under what is given.
pub(crate) fn record(
    sql: &dyn Sql,
    id: &ResponseId,
    recorded: &[Recorded],
    language: &Language,
    under: Under<'_>,
) -> Result<(), Error> {
    for some in recorded.chunks(TOGETHER) {
        let is_words = |each: &&Recorded| matches!(each.answer, Answer::Words(_));
        let (words, codes): (Vec<&Recorded>, Vec<&Recorded>) = some.iter().partition(is_words);
        erase(sql, "words", id, &some.iter().collect::<Vec<_>>())?;
        erase(sql, "answer", id, &words)?;
        write_codes(sql, id, &codes, language)?;
        write_words(sql, id, some, language, under)?;
    }
    Ok(())
}

/// Erase what stands in a table under these questions.
fn erase(sql: &dyn Sql, table: &str, id: &ResponseId, recorded: &[&Recorded]) -> Result<(), Error> {
    if recorded.is_empty() {
        return Ok(());
    }
    let mut with: Vec<Value<'_>> = vec![(&id.0).into()];
    with.extend(recorded.iter().map(|each| Value::from(each.question.as_str())));
    let places: Vec<String> = (2..=with.len()).map(|place| format!("?{place}")).collect();
    let places = places.join(", ");
    sql.execute(&format!("DELETE FROM {table} WHERE response = ?1 AND question IN ({places})"), &with)?;
    Ok(())
}

/// Erase all that was said.
pub(crate) fn erase_all(sql: &dyn Sql, id: &ResponseId) -> Result<(), Error> {
    for table in ["DELETE FROM answer WHERE response = ?1", "DELETE FROM words WHERE response = ?1"] {
        sql.execute(table, &[(&id.0).into()])?;
    }
    Ok(())
}

fn write_codes(
    sql: &dyn Sql,
    id: &ResponseId,
    recorded: &[&Recorded],
    language: &Language,
) -> Result<(), Error> {
    if recorded.is_empty() {
        return Ok(());
    }
    let missing = |each: &Recorded| each.answer.missing().map(Missing::code);
    let value = |each: &&Recorded| missing(each).is_none().then(|| each.answer.to_json());
    let values: Vec<Option<String>> = recorded.iter().map(value).collect();
    let mut with = Vec::new();
    for (each, value) in recorded.iter().zip(&values) {
        let (question, value): (Value<'_>, Value<'_>) =
            (each.question.as_str().into(), value.as_deref().into());
        with.extend([(&id.0).into(), question, value, missing(each).into(), language.tag().into()]);
    }
    let rows = rows(recorded.len(), 5);
    sql.execute(
        &format!(
            "INSERT INTO answer (response, question, value, missing, language) VALUES {rows}
             ON CONFLICT (response, question) DO UPDATE SET value = excluded.value,
               missing = excluded.missing, language = excluded.language"
        ),
        &with,
    )?;
    Ok(())
}

fn write_words(
    sql: &dyn Sql,
    id: &ResponseId,
    recorded: &[Recorded],
    language: &Language,
    under: Under<'_>,
) -> Result<(), Error> {
    let mut all: Vec<(&str, &str, Vec<u8>)> = Vec::new();
    for each in recorded {
        let question = each.question.as_str();
        if let Answer::Words(words) = &each.answer {
            all.push((question, NO_CHOICE, under.put(words)?));
        }
        for (choice, words) in &each.specified {
            all.push((question, choice.as_str(), under.put(words)?));
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    let mut with: Vec<Value<'_>> = Vec::new();
    for (question, choice, kept) in &all {
        with.extend([(&id.0).into(), Value::from(*question), (*choice).into()]);
        with.extend([language.tag().into(), under.code().into(), Value::Bytes(kept)]);
    }
    let rows = rows(all.len(), 6);
    let statement = "INSERT INTO words (response, question, choice, language, seal, sealed) VALUES";
    sql.execute(&format!("{statement} {rows}"), &with)?;
    Ok(())
}

/// The places of so many rows of so many parameters.
fn rows(count: usize, width: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=width).map(|place| format!("?{}", row * width + place)).collect();
        format!("({})", places.join(", "))
    };
    (0..count).map(row).collect::<Vec<_>>().join(", ")
}

/// Seal the words of a response that can still be opened here to the key of the study, where there is one.
pub(crate) fn seal(sql: &dyn Sql, keys: &Keys, id: &ResponseId) -> Result<(), Error> {
    let Some(key) = keys.seals() else { return Ok(()) };
    for (question, choice, words) in open(sql, keys, id)? {
        put(sql, id, (&question, &choice), &key.seal(&words)?, AGE)?;
    }
    Ok(())
}

/// Let the words of a response stand as they are, where only a secret that is about to be destroyed would open them.
pub(crate) fn lay_open(sql: &dyn Sql, keys: &Keys, id: &ResponseId) -> Result<(), Error> {
    for (question, choice, words) in open(sql, keys, id)? {
        put(sql, id, (&question, &choice), words.as_bytes(), PLAIN)?;
    }
    Ok(())
}

/// The words of a response that can be opened here, with question and choice.
fn open(sql: &dyn Sql, keys: &Keys, id: &ResponseId) -> Result<Vec<(String, String, String)>, Error> {
    let mut all = Vec::new();
    let query = "SELECT question, choice, sealed, seal FROM words WHERE response = ?1 AND seal <> ?2";
    sql.each(query, &[(&id.0).into(), AGE.into()], &mut |row| {
        let question = row.text(0)?;
        let words = readable(keys, row.text(3)?, row.bytes(2)?).ok_or_else(|| damaged("words", question))?;
        all.push((question.to_owned(), row.text(1)?.to_owned(), words));
        Ok(())
    })?;
    Ok(all)
}

/// Words that no key of the study is needed for.
fn readable(keys: &Keys, seal: &str, kept: &[u8]) -> Option<String> {
    match seal {
        PLAIN => String::from_utf8(kept.to_vec()).ok(),
        HIDDEN => keys.reveal(kept),
        _ => None,
    }
}

fn put(
    sql: &dyn Sql,
    id: &ResponseId,
    (question, choice): (&str, &str),
    kept: &[u8],
    seal: &str,
) -> Result<(), Error> {
    sql.execute(
        "UPDATE words SET sealed = ?4, seal = ?5 WHERE response = ?1 AND question = ?2 AND choice = ?3",
        &[(&id.0).into(), question.into(), choice.into(), kept.into(), seal.into()],
    )
    .map(drop)
}

/// The answers of one response.
pub(crate) fn of_response(sql: &dyn Sql, keys: &Keys, id: &ResponseId) -> Result<Answers, Error> {
    let mut all = BTreeMap::new();
    add_codes(
        sql,
        "SELECT response, question, value, missing FROM answer WHERE response = ?1",
        (&id.0).into(),
        &mut all,
    )?;
    add_words(
        sql,
        keys,
        "SELECT response, question, choice, sealed, seal FROM words WHERE response = ?1",
        (&id.0).into(),
        &mut all,
    )?;
    Ok(all.remove(id).unwrap_or_default())
}

/// The answers of every response to a survey, by id.
pub(crate) fn of_survey(
    sql: &dyn Sql,
    keys: &Keys,
    survey: &str,
) -> Result<BTreeMap<ResponseId, Answers>, Error> {
    let mut all = BTreeMap::new();
    add_codes(
        sql,
        "SELECT answer.response, question, value, missing FROM answer
         JOIN response ON response.id = answer.response
         JOIN version ON version.fingerprint = response.version WHERE version.survey = ?1",
        survey.into(),
        &mut all,
    )?;
    add_words(
        sql,
        keys,
        "SELECT words.response, question, choice, sealed, seal FROM words
         JOIN response ON response.id = words.response
         JOIN version ON version.fingerprint = response.version WHERE version.survey = ?1",
        survey.into(),
        &mut all,
    )?;
    Ok(all)
}

fn add_codes(
    sql: &dyn Sql,
    query: &str,
    key: Value<'_>,
    all: &mut BTreeMap<ResponseId, Answers>,
) -> Result<(), Error> {
    sql.each(query, &[key], &mut |row| {
        let question = row.text(1)?;
        let answer = match (row.maybe_text(2)?, row.maybe_text(3)?) {
            (Some(value), _) => Answer::from_json(value),
            (None, missing) => missing.and_then(Missing::of_code).map(Answer::Missing),
        };
        let answer = answer.ok_or_else(|| damaged("an answer", question))?;
        all.entry(ResponseId(row.key(0)?)).or_default().given.insert(QuestionId::new(question), answer);
        Ok(())
    })
}

fn add_words(
    sql: &dyn Sql,
    keys: &Keys,
    query: &str,
    key: Value<'_>,
    all: &mut BTreeMap<ResponseId, Answers>,
) -> Result<(), Error> {
    sql.each(query, &[key], &mut |row| {
        let (question, choice) = (row.text(1)?, row.text(2)?);
        let words = match (row.text(4)?, keys.opens()) {
            (AGE, Some(secret)) => secret.open(row.bytes(3)?)?,
            (AGE, None) => SEALED.to_owned(),
            (seal, _) => readable(keys, seal, row.bytes(3)?).ok_or_else(|| damaged("words", question))?,
        };
        let answers = all.entry(ResponseId(row.key(0)?)).or_default();
        let question = QuestionId::new(question);
        if choice == NO_CHOICE {
            answers.given.insert(question, Answer::Words(words));
        } else {
            answers.specified.insert((question, ChoiceId::new(choice)), words);
        }
        Ok(())
    })
}
