//! Counters without people, for whoever watches over the machine.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use responses::{Event, Job, Store};

use crate::{Error, app::App};

/// Totals below this are not told: with few people a total is somebody.
const LEAST: u64 = 5;

/// Between two canaries.
pub(crate) const BETWEEN_CANARIES: Duration = Duration::from_secs(10);

/// A canary older than this says that answers cannot be kept.
const OLDEST: Duration = Duration::from_secs(45);

/// What is counted in memory.
#[derive(Default)]
pub(crate) struct Counts {
    answers: Mutex<BTreeMap<u16, u64>>,
    canary: Mutex<Option<Instant>>,
}

impl Counts {
    /// Count an answer by its status.
    pub(crate) fn answered(&self, status: u16) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner).entry(status).or_default() += 1;
    }

    /// Seconds since the disk last took a commit of our own; none where nobody asks it.
    fn since_canary(&self) -> Option<Duration> {
        self.canary.lock().unwrap_or_else(PoisonError::into_inner).map(|then| then.elapsed())
    }

    /// Whether answers can be kept, as far as is known.
    pub(crate) fn is_well(&self) -> bool {
        self.since_canary().is_none_or(|since| since < OLDEST)
    }

    /// What `/healthz` says.
    pub(crate) fn health(&self) -> String {
        match self.since_canary() {
            Some(since) => format!("{}: last commit {} s ago\n", word(self.is_well()), since.as_secs()),
            None => "ok\n".to_owned(),
        }
    }
}

fn word(is_well: bool) -> &'static str {
    if is_well { "ok" } else { "answers cannot be kept" }
}

/// From time to time, have the disk take a commit that says nothing.
#[expect(clippy::disallowed_methods, reason = "the server measures how long the disk has been silent")]
pub(crate) async fn send_canaries(app: Arc<App>) {
    *app.counts.canary.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    loop {
        if app.record(Job::Canary).await.is_ok() {
            *app.counts.canary.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        tokio::time::sleep(BETWEEN_CANARIES).await;
    }
}

/// The counters as a service of its own, for the machine's own address only.
pub(crate) fn routes(app: Arc<App>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(app)
}

async fn show(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Error> {
    let (store, survey) = (app.store.clone(), app.survey.name.clone());
    let totals = tokio::task::spawn_blocking(move || finished(&store, &survey)).await;
    let totals = totals.map_err(|_| Error::Interrupted)??;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text(&app.counts, &totals)))
}

fn finished(store: &Store, survey: &str) -> Result<BTreeMap<String, u64>, responses::Error> {
    let mut by_language: BTreeMap<String, u64> = BTreeMap::new();
    for ((event, language, _), n) in store.tally(survey)?.events {
        if event == Event::Finished {
            *by_language.entry(language.tag().to_owned()).or_default() += n;
        }
    }
    by_language.retain(|_, n| *n >= LEAST);
    Ok(by_language)
}

/// In the text format that Prometheus reads.
fn text(counts: &Counts, finished: &BTreeMap<String, u64>) -> String {
    let mut text = String::from("# TYPE soundings_answers_total counter\n");
    let answers = counts.answers.lock().unwrap_or_else(PoisonError::into_inner);
    for (status, n) in answers.iter() {
        let _ = writeln!(text, "soundings_answers_total{{status=\"{status}\"}} {n}");
    }
    text.push_str("# TYPE soundings_finished_total counter\n");
    for (language, n) in finished {
        let _ = writeln!(text, "soundings_finished_total{{language=\"{language}\"}} {n}");
    }
    if let Some(since) = counts.since_canary() {
        text.push_str("# TYPE soundings_seconds_since_commit gauge\n");
        let _ = writeln!(text, "soundings_seconds_since_commit {}", since.as_secs());
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Counts, OLDEST};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a canary is as old as it is")]
    fn a_silent_disk_is_told_after_a_while() {
        let counts = Counts::default();
        assert!(counts.is_well(), "nobody asks the disk");
        let last =
            |ago: Duration| *counts.canary.lock().expect("nobody panicked") = Instant::now().checked_sub(ago);
        last(OLDEST - Duration::from_secs(5));
        assert!(counts.is_well() && counts.health().starts_with("ok: last commit 40 s ago"));
        last(OLDEST + Duration::from_secs(1));
        assert!(
            !counts.is_well() && counts.health().starts_with("answers cannot be kept: last commit 46 s ago")
        );
    }
}
