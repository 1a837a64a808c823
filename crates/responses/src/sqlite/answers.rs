//! Answers to and from their rows: codes in one table, the person's own words in another.

use std::collections::BTreeMap;

use rusqlite::{Connection, Params, params};
use survey::{Answer, Answers, ChoiceId, Language, Missing, QuestionId};

use super::row::damaged;
use crate::{Error, Recorded, ResponseId};

/// The choice under which the words of a text question stand.
const NO_CHOICE: &str = "";

/// Write an answer in place of what was said before.
pub(crate) fn record(
    connection: &Connection,
    id: &ResponseId,
    recorded: &Recorded,
    language: &Language,
) -> Result<(), Error> {
    erase(connection, id, &recorded.question)?;
    match &recorded.answer {
        Answer::Words(words) => write_words(connection, id, &recorded.question, NO_CHOICE, words, language)?,
        answer => write_codes(connection, id, &recorded.question, answer, language)?,
    }
    recorded.specified.iter().try_for_each(|(choice, words)| {
        write_words(connection, id, &recorded.question, choice.as_str(), words, language)
    })
}

fn erase(connection: &Connection, id: &ResponseId, question: &QuestionId) -> Result<(), Error> {
    for table in [
        "DELETE FROM answer WHERE response = ?1 AND question = ?2",
        "DELETE FROM words WHERE response = ?1 AND question = ?2",
    ] {
        connection.prepare_cached(table)?.execute(params![id.0, question.as_str()])?;
    }
    Ok(())
}

/// Erase all that was said.
pub(crate) fn erase_all(connection: &Connection, id: &ResponseId) -> Result<(), Error> {
    for table in ["DELETE FROM answer WHERE response = ?1", "DELETE FROM words WHERE response = ?1"] {
        connection.prepare_cached(table)?.execute([id.0])?;
    }
    Ok(())
}

fn write_codes(
    connection: &Connection,
    id: &ResponseId,
    question: &QuestionId,
    answer: &Answer,
    language: &Language,
) -> Result<(), Error> {
    let missing = answer.missing().map(Missing::code);
    let value = if missing.is_none() { Some(answer.to_json()) } else { None };
    let mut statement = connection.prepare_cached(
        "INSERT INTO answer (response, question, value, missing, language) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    statement.execute(params![id.0, question.as_str(), value, missing, language.tag()])?;
    Ok(())
}

fn write_words(
    connection: &Connection,
    id: &ResponseId,
    question: &QuestionId,
    choice: &str,
    words: &str,
    language: &Language,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO words (response, question, choice, language, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    statement.execute(params![id.0, question.as_str(), choice, language.tag(), words.as_bytes()])?;
    Ok(())
}

/// The answers of one response.
pub(crate) fn of_response(connection: &Connection, id: &ResponseId) -> Result<Answers, Error> {
    let mut all = BTreeMap::new();
    add_codes(
        connection,
        "SELECT response, question, value, missing FROM answer WHERE response = ?1",
        [id.0],
        &mut all,
    )?;
    add_words(
        connection,
        "SELECT response, question, choice, sealed FROM words WHERE response = ?1",
        [id.0],
        &mut all,
    )?;
    Ok(all.remove(id).unwrap_or_default())
}

/// The answers of every response to a survey, by id.
pub(crate) fn of_survey(
    connection: &Connection,
    survey: &str,
) -> Result<BTreeMap<ResponseId, Answers>, Error> {
    let mut all = BTreeMap::new();
    add_codes(
        connection,
        "SELECT answer.response, question, value, missing FROM answer
         JOIN response ON response.id = answer.response
         JOIN version ON version.fingerprint = response.version WHERE version.survey = ?1",
        [survey],
        &mut all,
    )?;
    add_words(
        connection,
        "SELECT words.response, question, choice, sealed FROM words
         JOIN response ON response.id = words.response
         JOIN version ON version.fingerprint = response.version WHERE version.survey = ?1",
        [survey],
        &mut all,
    )?;
    Ok(all)
}

fn add_codes(
    connection: &Connection,
    sql: &str,
    key: impl Params,
    all: &mut BTreeMap<ResponseId, Answers>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(key)?;
    while let Some(row) = rows.next()? {
        let question: String = row.get(1)?;
        let value: Option<String> = row.get(2)?;
        let missing: Option<String> = row.get(3)?;
        let answer = match (value, missing) {
            (Some(value), _) => Answer::from_json(&value),
            (None, missing) => missing.and_then(|code| Missing::of_code(&code)).map(Answer::Missing),
        };
        let answer = answer.ok_or_else(|| damaged("an answer", &question))?;
        all.entry(ResponseId(row.get(0)?)).or_default().given.insert(QuestionId::new(question), answer);
    }
    Ok(())
}

fn add_words(
    connection: &Connection,
    sql: &str,
    key: impl Params,
    all: &mut BTreeMap<ResponseId, Answers>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(key)?;
    while let Some(row) = rows.next()? {
        let question: String = row.get(1)?;
        let choice: String = row.get(2)?;
        let words = String::from_utf8(row.get(3)?).map_err(|_| damaged("words", &question))?;
        let answers = all.entry(ResponseId(row.get(0)?)).or_default();
        let question = QuestionId::new(question);
        if choice == NO_CHOICE {
            answers.given.insert(question, Answer::Words(words));
        } else {
            answers.specified.insert((question, ChoiceId::new(choice)), words);
        }
    }
    Ok(())
}
