//! Answers to and from their rows: codes in one table, the person's own words in another.

use std::collections::BTreeMap;

use survey::{Answer, Answers, ChoiceId, Language, Missing, QuestionId};

use super::{Sql, Value, row::damaged};
use crate::{Error, Recorded, ResponseId};

/// The choice under which the words of a text question stand.
const NO_CHOICE: &str = "";

/// So many answers go into one statement at most: a page has fewer.
const TOGETHER: usize = 100;

/// Write answers in place of what was said before.
pub(crate) fn record(
    sql: &dyn Sql,
    id: &ResponseId,
    recorded: &[Recorded],
    language: &Language,
) -> Result<(), Error> {
    for some in recorded.chunks(TOGETHER) {
        let is_words = |each: &&Recorded| matches!(each.answer, Answer::Words(_));
        let (words, codes): (Vec<&Recorded>, Vec<&Recorded>) = some.iter().partition(is_words);
        erase(sql, "words", id, &some.iter().collect::<Vec<_>>())?;
        erase(sql, "answer", id, &words)?;
        write_codes(sql, id, &codes, language)?;
        write_words(sql, id, some, language)?;
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
) -> Result<(), Error> {
    let mut with: Vec<Value<'_>> = Vec::new();
    for each in recorded {
        let own = match &each.answer {
            Answer::Words(words) => Some((NO_CHOICE, words)),
            _ => None,
        };
        let boxed = each.specified.iter().map(|(choice, words)| (choice.as_str(), words));
        for (choice, words) in own.into_iter().chain(boxed) {
            with.extend([(&id.0).into(), Value::from(each.question.as_str()), choice.into()]);
            with.extend([language.tag().into(), Value::Bytes(words.as_bytes())]);
        }
    }
    if with.is_empty() {
        return Ok(());
    }
    let rows = rows(with.len() / 5, 5);
    let statement = "INSERT INTO words (response, question, choice, language, sealed) VALUES";
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
