//! Answers to and from their rows: codes in one table, the person's own words in another.

use std::collections::BTreeMap;

use survey::{Answer, Answers, ChoiceId, Language, Missing, QuestionId};

use super::{Sql, Value, row::damaged};
use crate::{Error, Recorded, ResponseId};

/// The choice under which the words of a text question stand.
const NO_CHOICE: &str = "";

/// Write an answer in place of what was said before.
pub(crate) fn record(
    sql: &dyn Sql,
    id: &ResponseId,
    recorded: &Recorded,
    language: &Language,
) -> Result<(), Error> {
    erase(sql, id, &recorded.question)?;
    match &recorded.answer {
        Answer::Words(words) => write_words(sql, id, &recorded.question, NO_CHOICE, words, language)?,
        answer => write_codes(sql, id, &recorded.question, answer, language)?,
    }
    recorded.specified.iter().try_for_each(|(choice, words)| {
        write_words(sql, id, &recorded.question, choice.as_str(), words, language)
    })
}

fn erase(sql: &dyn Sql, id: &ResponseId, question: &QuestionId) -> Result<(), Error> {
    for table in [
        "DELETE FROM answer WHERE response = ?1 AND question = ?2",
        "DELETE FROM words WHERE response = ?1 AND question = ?2",
    ] {
        sql.execute(table, &[(&id.0).into(), question.as_str().into()])?;
    }
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
    question: &QuestionId,
    answer: &Answer,
    language: &Language,
) -> Result<(), Error> {
    let missing = answer.missing().map(Missing::code);
    let value = if missing.is_none() { Some(answer.to_json()) } else { None };
    let (value, language) = (value.as_deref(), language.tag());
    sql.execute(
        "INSERT INTO answer (response, question, value, missing, language) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[(&id.0).into(), question.as_str().into(), value.into(), missing.into(), language.into()],
    )?;
    Ok(())
}

fn write_words(
    sql: &dyn Sql,
    id: &ResponseId,
    question: &QuestionId,
    choice: &str,
    words: &str,
    language: &Language,
) -> Result<(), Error> {
    sql.execute(
        "INSERT INTO words (response, question, choice, language, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            (&id.0).into(),
            question.as_str().into(),
            choice.into(),
            language.tag().into(),
            words.as_bytes().into(),
        ],
    )?;
    Ok(())
}

/// The answers of one response.
pub(crate) fn of_response(sql: &dyn Sql, id: &ResponseId) -> Result<Answers, Error> {
    let mut all = BTreeMap::new();
    add_codes(
        sql,
        "SELECT response, question, value, missing FROM answer WHERE response = ?1",
        (&id.0).into(),
        &mut all,
    )?;
    add_words(
        sql,
        "SELECT response, question, choice, sealed FROM words WHERE response = ?1",
        (&id.0).into(),
        &mut all,
    )?;
    Ok(all.remove(id).unwrap_or_default())
}

/// The answers of every response to a survey, by id.
pub(crate) fn of_survey(sql: &dyn Sql, survey: &str) -> Result<BTreeMap<ResponseId, Answers>, Error> {
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
        "SELECT words.response, question, choice, sealed FROM words
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
    query: &str,
    key: Value<'_>,
    all: &mut BTreeMap<ResponseId, Answers>,
) -> Result<(), Error> {
    sql.each(query, &[key], &mut |row| {
        let (question, choice) = (row.text(1)?, row.text(2)?);
        let words = String::from_utf8(row.bytes(3)?.to_vec()).map_err(|_| damaged("words", question))?;
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
