//! What is noticed while somebody answers that a person might look at later; nobody is stopped for any of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use responses::{Evidence, Held, Rule, Signal, Weights};
use survey::{Answer, Best, ChoiceId, Kind, Question, Walk};

use crate::{app::App, posted::Posted, screen::is_asked};

/// A field that people do not see, and that is labelled to stay empty.
pub(crate) const TRAP: &str = "_rest";

/// So many characters of one's own come twice only when they are copied.
const LONG_TEXT: usize = 40;

/// So many bits of answers, if all choices were as likely, come twice only when they are copied.
const TELLING: f64 = 48.0;

/// A grid of fewer rows is no line.
const ROWS: usize = 3;

/// What was noticed of one page.
pub(crate) fn of_page(posted: &Posted) -> Vec<Signal> {
    let is_filled = posted.control(TRAP).is_some_and(|words| !words.trim().is_empty());
    let reason = "a field was filled that people do not see (some password managers do that)".to_owned();
    is_filled.then_some(Signal { rule: Rule::Trap, reason }).into_iter().collect()
}

/// What was noticed of a whole response about to be sent, and what the store compares with others.
pub(crate) fn of_response(app: &App, held: &Held, weights: &Weights) -> Evidence {
    let walk = app.walk(&held.form, &held.answers);
    let questions = app.survey.questions().map(|(_, question)| question);
    let asked: Vec<&Question> = questions.filter(|question| is_asked(question, &walk)).collect();
    let now = app.clock.seconds();
    let signals = [doubted(app, &asked, &walk), straight(&asked, &walk), burst(app, held, now)];
    Evidence {
        signals: signals.into_iter().flatten().collect(),
        marks: same_words(app, held, &asked).into_iter().chain(same_answers(app, held, &asked)).collect(),
        words: asked.iter().map(|question| words(question)).sum(),
        weights: weights.clone(),
    }
}

/// Answers that a `warn` rule of the survey objects to, and that were kept.
fn doubted(app: &App, asked: &[&Question], walk: &Walk<'_>) -> Option<Signal> {
    let is_doubted = |question: &&&Question| {
        let answer = walk.answers.get(&question.id);
        answer.is_some_and(|answer| question.warned(answer, &walk.answers, app.today()).is_some())
    };
    let doubted: Vec<String> =
        asked.iter().filter(is_doubted).map(|question| format!("`{}`", question.id)).collect();
    let reason = format!("kept against the survey's own warning: {}", doubted.join(", "));
    (!doubted.is_empty()).then_some(Signal { rule: Rule::Impossible, reason })
}

/// The same place down a grid whose good end is first, and down one whose good end is last.
fn straight(asked: &[&Question], walk: &Walk<'_>) -> Option<Signal> {
    let lines = |end: Best| -> BTreeSet<usize> {
        let of_end = asked
            .iter()
            .filter(|question| matches!(question.kind, Kind::Grid { best: Some(best), .. } if best == end));
        of_end.filter_map(|question| line(question, walk.answers.get(&question.id)?)).collect()
    };
    let reason = "the same place down grids that point in opposite directions".to_owned();
    let both = !lines(Best::First).is_disjoint(&lines(Best::Last));
    both.then_some(Signal { rule: Rule::StraightLine, reason })
}

/// The one place of the scale that every row has, if so.
fn line(question: &Question, answer: &Answer) -> Option<usize> {
    let Answer::Rows(rows) = answer else { return None };
    let code = |answer: &Answer| match answer {
        Answer::One(code) => Some(code.clone()),
        _ => None,
    };
    let codes: Vec<ChoiceId> = rows.values().filter_map(code).collect();
    let first = codes.first().filter(|_| codes.len() >= ROWS)?;
    let place = question.choices().iter().position(|choice| choice.id == *first)?;
    codes.iter().all(|code| code == first).then_some(place)
}

fn burst(app: &App, held: &Held, now: u32) -> Option<Signal> {
    let is_burst = app.bursts.finished(held.channel.as_deref(), now);
    let reason = "many more came through its channel in ten minutes than before".to_owned();
    is_burst.then_some(Signal { rule: Rule::Burst, reason })
}

fn same_words(app: &App, held: &Held, asked: &[&Question]) -> Vec<(Rule, [u8; 32])> {
    let long = |question: &&Question| match held.answers.get(&question.id)? {
        Answer::Words(words) => Some(folded(words)).filter(|words| words.chars().count() >= LONG_TEXT),
        _ => None,
    };
    let mark = |words: String| {
        let parts = [app.survey.name.as_bytes(), held.mode.code().as_bytes(), words.as_bytes()];
        (Rule::SameWords, app.store.keys().mac("same words", &parts))
    };
    asked.iter().filter_map(long).map(mark).collect()
}

/// Small letters with single spaces.
fn folded(words: &str) -> String {
    words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn same_answers(app: &App, held: &Held, asked: &[&Question]) -> Option<(Rule, [u8; 32])> {
    let mut bits = 0.0;
    let mut parts = vec![app.survey.name.clone(), held.mode.code().to_owned(), held.form.to_string()];
    for question in asked {
        let Some(answer) = held.answers.get(&question.id).filter(|answer| answer.missing().is_none()) else {
            continue;
        };
        bits += tells(question);
        parts.push(format!("{}={}", question.id, answer.to_json()));
    }
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    (bits >= TELLING).then(|| (Rule::SameAnswers, app.store.keys().mac("same answers", &parts)))
}

/// Bits an answer holds where all are as likely. Half of a list to tick: most people leave most of it.
fn tells(question: &Question) -> f64 {
    let choices = question.choices().len().max(1) as f64;
    match &question.kind {
        Kind::One { .. } => choices.log2(),
        Kind::Many { .. } => choices / 2.0,
        Kind::Rank { top, .. } => choices.log2() * (*top as f64),
        Kind::Grid { rows, .. } => choices.log2() * (rows.len() as f64),
        Kind::Number { low, high, .. } => (high - low + 1.0).log2().clamp(0.0, 7.0),
        Kind::Year { .. } | Kind::Fsa | Kind::Date { .. } => 5.0,
        _ => 0.0,
    }
}

/// Words that stand on the page with a question, in the source language: the measure is the same for everybody.
fn words(question: &Question) -> u32 {
    let texts = question.asks.iter().chain(&question.hint);
    let texts = texts.chain(question.choices().iter().map(|choice| &choice.words));
    let texts = texts.chain(question.rows().iter().map(|row| &row.words));
    u32::try_from(texts.map(|words| words.source.split_whitespace().count()).sum::<usize>())
        .unwrap_or(u32::MAX)
}

/// How many finished by channel, against what is usual there: in memory, and of no person.
#[derive(Default)]
pub(crate) struct Bursts {
    channels: Mutex<BTreeMap<Option<String>, Flow>>,
}

struct Flow {
    first: u32,
    slot: u32,
    before: u32,
    here: u32,
}

/// Counted together, in seconds.
const SLOT: u32 = 600;
/// Fewer than so many are no burst anywhere.
const MANY: u32 = 20;
/// So many times the usual.
const TIMES: u32 = 5;
/// What is usual is not known from less than half an hour.
const KNOWN: u32 = 3;

impl Bursts {
    /// Count one who finished; whether many more come now than before.
    fn finished(&self, channel: Option<&str>, now: u32) -> bool {
        let slot = now / SLOT;
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = Flow { first: slot, slot, before: 0, here: 0 };
        let flow = channels.entry(channel.map(str::to_owned)).or_insert(fresh);
        if flow.slot != slot {
            flow.before += flow.here;
            (flow.slot, flow.here) = (slot, 0);
        }
        flow.here += 1;
        let slots = slot.saturating_sub(flow.first);
        slots >= KNOWN && flow.here >= MANY && flow.here * slots > TIMES * flow.before
    }
}

#[cfg(test)]
mod tests {
    use super::{Bursts, SLOT, folded};

    #[test]
    fn a_class_of_forty_is_a_burst_only_against_quieter_hours() {
        let bursts = Bursts::default();
        let class = |at: u32| (0..40).filter(|_| bursts.finished(Some("class"), at * SLOT)).count();
        assert_eq!(class(100), 0, "nothing is known of the hours before");
        assert_eq!(class(101), 0, "a quarter of an hour tells nothing yet");
        for hour in 102..150 {
            bursts.finished(Some("class"), hour * SLOT);
        }
        assert_eq!(class(151), 21, "from the twentieth on");
        assert!(!bursts.finished(None, 151 * SLOT), "another channel is another flow");
    }

    #[test]
    fn spaces_and_capitals_make_no_other_text() {
        assert_eq!(folded("  Homes\u{a0}that  WE\ncan pay "), folded("homes that we can pay"));
    }
}
