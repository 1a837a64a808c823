//! What was noticed about responses, compared with others and kept with its reasons.

use survey::Date;

use super::{
    Sql, Value, exists,
    row::{self, Standing, damaged},
};
use crate::{
    Error, Event, Evidence, Outcome, QUEUED_FROM, Queued, Receipt, ResponseId, Rule, Signal, State, Verdict,
    Weights, signal::Band,
};

/// So many must have finished before anybody is called fast.
const KNOWN: i64 = 30;

/// Quarter octaves in a third: more than so many below the median is faster than a third of it.
const A_THIRD: i64 = 6;

/// Where submitting leads: the signals are written, and from three points on a person looks first.
pub(crate) fn judge(
    sql: &dyn Sql,
    id: &ResponseId,
    response: &Standing,
    evidence: &Evidence,
) -> Result<Event, Error> {
    let mut signals = evidence.signals.clone();
    signals.extend(same(sql, id, evidence)?);
    signals.extend(fast(sql, id, response, evidence.words)?);
    write(sql, id, &signals, &evidence.weights)?;
    let points = weigh(sql, id, &evidence.weights)?;
    Ok(if points >= QUEUED_FROM { Event::Queued } else { Event::Finished })
}

/// Give every signal of a response the weight the study gives it; their sum.
fn weigh(sql: &dyn Sql, id: &ResponseId, weights: &Weights) -> Result<u32, Error> {
    let mut points = 0;
    for (signal, weight) in self::signals(sql, id)? {
        let weighs = weights.of(signal.rule);
        points += weighs;
        if weighs != weight {
            let statement = "UPDATE signal SET weight = ?3 WHERE response = ?1 AND rule = ?2";
            sql.execute(statement, &[(&id.0).into(), signal.rule.code().into(), weighs.into()])?;
        }
    }
    Ok(points)
}

/// Write signals; one that is there already stays as it is.
pub(crate) fn write(
    sql: &dyn Sql,
    id: &ResponseId,
    signals: &[Signal],
    weights: &Weights,
) -> Result<(), Error> {
    for signal in signals {
        sql.execute(
            "INSERT INTO signal (response, rule, weight, reason) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            &[
                (&id.0).into(),
                signal.rule.code().into(),
                weights.of(signal.rule).into(),
                signal.reason.as_str().into(),
            ],
        )?;
    }
    Ok(())
}

/// Keep the marks, and say which of them came before with another response.
fn same(sql: &dyn Sql, id: &ResponseId, evidence: &Evidence) -> Result<Vec<Signal>, Error> {
    let mut signals: Vec<Signal> = Vec::new();
    for (rule, key) in &evidence.marks {
        let query = "SELECT 1 FROM mark WHERE mark_key = ?1 AND rule = ?2 AND response <> ?3";
        let came_before = exists(sql, query, &[key.into(), rule.code().into(), (&id.0).into()])?;
        sql.execute(
            "INSERT INTO mark (response, rule, mark_key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            &[(&id.0).into(), rule.code().into(), key.into()],
        )?;
        if came_before && !signals.iter().any(|signal| signal.rule == *rule) {
            let what = if *rule == Rule::SameWords { "a long text" } else { "the whole set of answers" };
            signals.push(Signal { rule: *rule, reason: format!("{what} came before with another response") });
        }
    }
    Ok(signals)
}

/// Count how long she took per word among the others, and say whether it was faster than a third of their median.
fn fast(sql: &dyn Sql, id: &ResponseId, response: &Standing, words: u32) -> Result<Option<Signal>, Error> {
    let Some(bucket) = bucket(sql, id, words)? else { return Ok(None) };
    let (language, mode) = (response.language.tag(), response.mode.code());
    let group: [Value<'_>; 4] =
        [response.survey.as_str().into(), language.into(), response.form.as_str().into(), mode.into()];
    let mut others = Vec::new();
    let query = "SELECT bucket, n FROM pace
                 WHERE survey = ?1 AND language = ?2 AND form = ?3 AND mode = ?4 ORDER BY bucket";
    sql.each(query, &group, &mut |row| {
        others.push((row.whole(0)?, row.whole(1)?));
        Ok(())
    })?;
    let mut with = group.to_vec();
    with.push(Value::Whole(bucket));
    sql.execute(
        "INSERT INTO pace (survey, language, form, mode, bucket, n) VALUES (?1, ?2, ?3, ?4, ?5, 1)
         ON CONFLICT (survey, language, form, mode, bucket) DO UPDATE SET n = pace.n + 1",
        &with,
    )?;
    let is_fast = median(&others).is_some_and(|median| bucket < median - A_THIRD);
    let reason = "faster than a third of the median per word, in this language and form".to_owned();
    Ok(is_fast.then_some(Signal { rule: Rule::Fast, reason }))
}

/// The place of a response among the paces, if its pages were timed.
fn bucket(sql: &dyn Sql, id: &ResponseId, words: u32) -> Result<Option<i64>, Error> {
    let mut hundredths = 0_u32;
    let query = "SELECT seconds FROM page WHERE response = ?1 AND seconds IS NOT NULL";
    sql.each(query, &[(&id.0).into()], &mut |row| {
        hundredths = hundredths.saturating_add(Band::hundredths(row.revision(0)?));
        Ok(())
    })?;
    let is_known = hundredths > 0 && words > 0;
    // Log-2 of what is above zero is finite and small.
    Ok(is_known.then(|| (4.0 * (f64::from(hundredths) / f64::from(words)).log2()).round() as i64))
}

/// The bucket in which the median of thirty and more lies.
fn median(buckets: &[(i64, i64)]) -> Option<i64> {
    let all: i64 = buckets.iter().map(|(_, n)| n).sum();
    let mut below = 0;
    let middle = buckets.iter().find(|(_, n)| {
        below += n;
        2 * below >= all
    });
    middle.filter(|_| all >= KNOWN).map(|(bucket, _)| *bucket)
}

/// What a person decided about a response.
pub(crate) fn decide(sql: &dyn Sql, id: &ResponseId, verdict: &Verdict) -> Result<Receipt, Error> {
    let response = row::to_change(sql, id)?.ok_or(Error::UnknownResponse)?;
    let event = match verdict.outcome {
        Outcome::Keep => Event::Kept,
        Outcome::Exclude => Event::Excluded,
        Outcome::Recall => Event::Recalled,
    };
    let state = response.after(event)?;
    sql.execute("UPDATE response SET state = ?2 WHERE id = ?1", &[(&id.0).into(), state.code().into()])?;
    let before = u32::try_from(verdicts(sql, id)?.len()).unwrap_or(u32::MAX);
    sql.execute(
        "INSERT INTO verdict (response, number, outcome, rule, reason, reviewer, on_day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            (&id.0).into(),
            (before + 1).into(),
            verdict.outcome.code().into(),
            verdict.rule.as_str().into(),
            verdict.reason.as_str().into(),
            verdict.reviewer.as_str().into(),
            verdict.on_day.to_string().as_str().into(),
        ],
    )?;
    response.count(sql, event, verdict.on_day)?;
    Ok(Receipt::Decided)
}

/// Have a person look at everything that came by a channel and counts; how many.
pub(crate) fn recall_channel(sql: &dyn Sql, survey: &str, code: &str, today: Date) -> Result<Receipt, Error> {
    let mut ids = Vec::new();
    sql.each(
        "SELECT response.id FROM response JOIN version ON version.fingerprint = response.version
         WHERE version.survey = ?1 AND channel = ?2 AND state = ?3",
        &[survey.into(), code.into(), State::Finished.code().into()],
        &mut |row| {
            ids.push(ResponseId(row.key(0)?));
            Ok(())
        },
    )?;
    let mut recalled = 0;
    for id in ids {
        let Some(response) = row::to_change(sql, &id)? else { continue };
        let Ok(state) = response.after(Event::Recalled) else { continue };
        sql.execute("UPDATE response SET state = ?2 WHERE id = ?1", &[(&id.0).into(), state.code().into()])?;
        let reason = format!("its channel `{code}` was revoked");
        write(sql, &id, &[Signal { rule: Rule::RevokedChannel, reason }], &Weights::default())?;
        response.count(sql, Event::Recalled, today)?;
        recalled += 1;
    }
    Ok(Receipt::Recalled { responses: recalled })
}

/// Everything of a survey that waits for a person's eyes, or was decided about, in the order of random ids.
pub(crate) fn queue(sql: &dyn Sql, survey: &str) -> Result<Vec<Queued>, Error> {
    let mut queue = Vec::new();
    sql.each(
        "SELECT response.id, state, language, form, channel.words FROM response
         JOIN version ON version.fingerprint = response.version
         LEFT JOIN channel ON channel.code = response.channel AND channel.survey = version.survey
         WHERE version.survey = ?1 AND (state IN (?2, ?3)
           OR EXISTS (SELECT 1 FROM verdict WHERE verdict.response = response.id)) ORDER BY response.id",
        &[survey.into(), State::Quarantined.code().into(), State::Excluded.code().into()],
        &mut |row| {
            queue.push(Queued {
                id: ResponseId(row.key(0)?),
                state: row::state(row.text(1)?)?,
                language: row::language(row.text(2)?)?,
                form: survey::FormId::new(row.text(3)?),
                channel: row.maybe_text(4)?.map(str::to_owned),
                signals: Vec::new(),
                verdicts: Vec::new(),
            });
            Ok(())
        },
    )?;
    for queued in &mut queue {
        queued.signals = signals(sql, &queued.id)?;
        queued.verdicts = verdicts(sql, &queued.id)?;
    }
    Ok(queue)
}

fn signals(sql: &dyn Sql, id: &ResponseId) -> Result<Vec<(Signal, u32)>, Error> {
    let mut signals = Vec::new();
    let query = "SELECT rule, weight, reason FROM signal WHERE response = ?1 ORDER BY rule";
    sql.each(query, &[(&id.0).into()], &mut |row| {
        let rule = Rule::of_code(row.text(0)?).ok_or_else(|| damaged("a rule", id.to_string().as_str()))?;
        signals.push((Signal { rule, reason: row.text(2)?.to_owned() }, row.revision(1)?));
        Ok(())
    })?;
    Ok(signals)
}

fn verdicts(sql: &dyn Sql, id: &ResponseId) -> Result<Vec<Verdict>, Error> {
    let mut verdicts = Vec::new();
    let query =
        "SELECT outcome, rule, reason, reviewer, on_day FROM verdict WHERE response = ?1 ORDER BY number";
    sql.each(query, &[(&id.0).into()], &mut |row| {
        let text = |at| row.text(at).map(str::to_owned);
        verdicts.push(Verdict {
            outcome: Outcome::of_code(row.text(0)?).ok_or_else(|| damaged("an outcome", "of a verdict"))?,
            rule: text(1)?,
            reason: text(2)?,
            reviewer: text(3)?,
            on_day: row::day(row.text(4)?)?,
        });
        Ok(())
    })?;
    Ok(verdicts)
}
