//! What the numbers would be with the responses that wait for a person's eyes.

use anyhow::{Result, ensure};
use estimates::{EstimateRow, Study};
use responses::State;
use survey::QuestionId;

use crate::wave::Answered;

/// Fewer than so many and the difference would be theirs.
const LEAST: usize = 10;

/// The same study with everything that waits counted, to ask one question of.
pub(super) fn study(answers: &Answered, question: &str) -> Result<Study> {
    let id = QuestionId::new(question);
    let mut respondents = answers.respondents.clone();
    let mut waiting = 0;
    for each in respondents.iter_mut().filter(|each| each.state == State::Quarantined) {
        each.state = State::Finished;
        waiting += usize::from(each.answers.get(&id).is_some_and(|answer| answer.missing().is_none()));
    }
    ensure!(
        waiting >= LEAST,
        "{waiting} responses with an answer to `{question}` wait for a person: the difference that fewer than {LEAST} make \
         would tell what they said; look at them first (soundings review list)"
    );
    Ok(Study::new(answers.survey.clone(), answers.recipe.clone(), respondents, answers.tally.as_ref())?)
}

/// Both, side by side.
pub(super) fn text(rows: &[EstimateRow], with_held: &[EstimateRow]) -> String {
    let mut text =
        format!("{:<28} {:<16} {:>8} {:>10} {:>7}\n", "choice", "group", "value", "with held", "points");
    for (row, other) in rows.iter().zip(with_held) {
        let of = |row: &EstimateRow| row.numbers.map(|numbers| numbers.value);
        // A number that one side withholds is told on neither.
        let both = of(row).zip(of(other));
        let points =
            both.map(|(value, other)| format!("{:+.1}", 100.0 * (other - value))).unwrap_or_default();
        let (value, other) = match both {
            Some((value, other)) => (format!("{value:.3}"), format!("{other:.3}")),
            None => (why(row, other), why(row, other)),
        };
        let group = row.group.as_ref().map_or("", |group| group.as_str());
        text.push_str(
            format!("{:<28} {group:<16} {value:>8} {other:>10} {points:>7}", row.choice).trim_end(),
        );
        text.push('\n');
    }
    text.push_str("with held: as if every response that waits for a person counted\n");
    text
}

/// Why there is no number, on either side.
fn why(row: &EstimateRow, other: &EstimateRow) -> String {
    row.withheld.or(other.withheld).map(|why| why.to_string()).unwrap_or_default()
}
