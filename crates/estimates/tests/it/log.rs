//! The weighting log says what the weights were made of.

use estimates::{Respondent, Study, write_coded};
use responses::State;

use crate::toy::{person, recipe, survey};

/// North 60, south 30, east 30 answered; young 70, old 50.
fn people() -> Vec<Respondent> {
    let mut people = Vec::new();
    for (count, place, age) in
        [(40, "north", "young"), (20, "north", "old"), (30, "south", "young"), (30, "east", "old")]
    {
        people.extend(vec![person(&[("place", place), ("age", age), ("colour", "red")]); count]);
    }
    let mut waiting = person(&[("place", "north"), ("age", "old")]);
    waiting.state = State::Quarantined;
    people.push(waiting);
    people
}

fn study() -> Study {
    let survey = survey();
    let recipe = recipe(&survey);
    Study::new(survey, recipe, people(), None).unwrap()
}

#[test]
fn margins_stand_before_and_after_beside_their_targets() {
    let study = study();
    let log = study.log();
    assert!(log.contains("not for publication") && log.contains("counted    120 respondents"), "{log}");
    assert!(log.contains("left out   1 that wait for a person's eyes"), "{log}");
    // What is weighted meets the target in every line that has one.
    let lines: Vec<Vec<&str>> = log.lines().map(|line| line.split_whitespace().collect()).collect();
    let met = lines.iter().filter(|words| words.len() == 8 && words[3] == "%");
    let met: Vec<(&str, &str, &str)> = met.map(|words| (words[0], words[4], words[6])).collect();
    assert_eq!(met, [("north", "50.00", "50.00"), ("south", "50.00", "50.00")], "{log}");
    assert!(log.contains("north                     60   66.67 %"), "{log}");
    assert!(log.contains("design effect") && log.contains("rounds"), "{log}");
    assert_eq!(study.log(), log, "the same inputs, the same bytes");
}

#[test]
fn weights_stand_beside_the_rows_of_the_export() {
    let study = study();
    let csv = study.weights_csv();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("row,weight"));
    let weights: Vec<(usize, f64)> = lines
        .map(|line| {
            let (row, weight) = line.split_once(',').unwrap();
            (row.parse().unwrap(), weight.parse().unwrap())
        })
        .collect();
    assert_eq!(weights.len(), 120);
    let mean = weights.iter().map(|(_, weight)| weight).sum::<f64>() / 120.0;
    assert!((mean - 1.0).abs() < 1e-9);
    let export = write_coded(&survey(), &people(), Some(&study)).responses;
    for (row, weight) in weights {
        let line = export.lines().nth(row).unwrap();
        assert!(line.starts_with(&format!("{row},")) && line.ends_with(&format!(",{weight}")), "{line}");
    }
}
