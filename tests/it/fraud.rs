//! A farm of programs among honest people: it is noticed, nobody else is, and nothing is thrown away.

use std::{fs, path::Path};

use responses::{State, Store};

use crate::program::{Serving, run, soundings};

const SURVEY: &str = "newcomer-needs";

fn done(arguments: &[&str]) -> String {
    let output = run(arguments);
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {out}{error}");
    out.into_owned()
}

fn standing(data: &Path, state: State) -> u64 {
    let tally = Store::open_to_read(data).unwrap().tally(SURVEY).unwrap();
    tally.states.iter().filter(|((each, _, _), _)| *each == state).map(|(_, n)| n).sum()
}

/// Honest people first, forty behind one address among them (all come from this machine); then sixty times one program.
#[test]
fn a_farm_is_queued_and_an_honest_class_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Serving::start(&data, 0);
    let survey = folder.path().join("surveys/newcomer-needs").to_string_lossy().into_owned();
    let come = |people: &str, bots: &str| {
        let mut command = soundings();
        command.args(["rehearse", &survey, "--url", &server.url, "--seed", "3"]);
        assert!(command.args(["--respondents", people, "--bots", bots]).status().unwrap().success());
    };
    come("200", "0");
    let (honest, queued) = (standing(&data, State::Finished), standing(&data, State::Quarantined));
    assert!(honest > 120 && queued * 100 < honest, "{queued} of {honest} honest people wait for a person");
    come("60", "60");
    let caught = standing(&data, State::Quarantined) - queued;
    assert!(caught >= 57, "{caught} of 60 programs were noticed");
    assert_eq!(standing(&data, State::Excluded), 0, "nothing is left out by itself");
    server.stop();

    // A person looks, leaves one out, lets another count, and it is told who decided what.
    let at = ["--data", &*data.to_string_lossy()];
    let list = done(&[&["review", "list", &survey], &at[..]].concat());
    assert!(list.contains("same_answers") && list.contains("same_words") && list.contains("trap"), "{list}");
    let ids: Vec<&str> = list.lines().filter(|line| !line.starts_with(' ')).map(|line| &line[..8]).collect();
    let said = done(&[&["review", "show", &survey, ids[0]], &at[..]].concat());
    assert!(said.contains("stay_kind"), "{said}");
    let decide = |act: &str, id: &str| {
        let why = ["--rule", "three signals", "--reason", "sent by a program", "--reviewer", "A. Reviewer"];
        done(&[&["review", act, &survey, id][..], &why, &at].concat())
    };
    assert!(decide("exclude", ids[0]).contains("1 response: left out"));
    assert!(decide("keep", ids[1]).contains("1 response: counts"));
    assert_eq!(
        (standing(&data, State::Excluded), standing(&data, State::Finished)),
        (1, honest + 61 - caught)
    );
    let list = done(&[&["review", "list", "--all", &survey], &at[..]].concat());
    assert!(list.contains("A. Reviewer: exclude (three signals): sent by a program"), "{list}");

    // What waits counts in no estimate, and the answers are all still there.
    let all = Store::open_to_read(&data).unwrap().responses(SURVEY).unwrap();
    assert!(
        all.iter().filter(|each| each.state == State::Excluded).all(|each| !each.answers.given.is_empty())
    );
    assert!(fs::exists(data.join("answers.db")).unwrap());
}
