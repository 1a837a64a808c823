//! The power goes ten times while five hundred people answer, and nothing that was acknowledged is lost.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use responses::{ResponseId, State, Store};

use crate::program::{Serving, soundings};

const PEOPLE: &str = "500";
const CUTS: u64 = 10;

/// What a visit was told is kept: screen to fields, the last acknowledgement of each screen.
type Acknowledged = BTreeMap<String, Vec<(String, Vec<(String, String)>)>>;

#[test]
fn ten_power_cuts_lose_no_acknowledged_page_and_double_none() {
    let folder = tempfile::tempdir().unwrap();
    let (data, journal) = (folder.path().join("data"), folder.path().join("journal"));
    let mut server = Serving::start(&data, 0);
    let port = server.port();
    let mut people = rehearse(&server.url, PEOPLE, &journal);
    for cut in 0..CUTS {
        thread::sleep(Duration::from_millis(120 + 67 * (cut % 5)));
        assert!(people.try_wait().unwrap().is_none(), "everybody had answered before cut {cut}");
        server.cut_power();
        server = Serving::start(&data, port);
    }
    assert!(people.wait().unwrap().success());
    drop(server);
    every_acknowledged_page_is_there(&Store::open(&data).unwrap(), &journal, 400);
    let calm = folder.path().join("calm");
    let quiet = Serving::start(&calm, 0);
    assert!(rehearse(&quiet.url, PEOPLE, &folder.path().join("calm-journal")).wait().unwrap().success());
    drop(quiet);
    the_same_answers_as_on_a_calm_day(&Store::open(&data).unwrap(), &Store::open(&calm).unwrap());
}

/// So many people come to these servers; every page that was acknowledged is written down.
pub(crate) fn rehearse(urls: &str, people: &str, journal: &Path) -> Child {
    soundings()
        .args([
            "rehearse",
            "surveys/newcomer-needs",
            "--respondents",
            people,
            "--seed",
            "7",
            "--patience",
            "300",
        ])
        .args(["--url", urls, "--journal"])
        .arg(journal)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Every page that at least so many visits were told is kept stands in the store.
pub(crate) fn every_acknowledged_page_is_there(store: &Store, journal: &Path, visits: usize) {
    let acknowledged = read(journal);
    assert!(acknowledged.len() > visits, "only {} visits were acknowledged", acknowledged.len());
    let mut pages = 0;
    for (visit, screens) in &acknowledged {
        let held = store.held(&id(visit)).unwrap().unwrap_or_else(|| panic!("visit {visit} is gone"));
        // Who went back answered a screen twice: the later answer may have changed what is asked.
        let went_back = screens
            .iter()
            .enumerate()
            .any(|(place, (path, _))| screens[..place].iter().any(|(earlier, _)| earlier == path));
        if held.state == State::Withdrawn || went_back {
            continue;
        }
        for (path, fields) in screens {
            pages += 1;
            for (name, value) in fields.iter().filter(|(name, _)| !name.ends_with(".words")) {
                let question = name.split('.').next().unwrap();
                let kept = held.answers.get(&question.into()).map(survey::Answer::to_json);
                let kept = kept.unwrap_or_else(|| panic!("{visit} {path}: `{question}` is lost"));
                assert!(kept.contains(value.trim()), "{visit} {path}: {name}={value} became {kept}");
            }
        }
    }
    assert!(pages > 7 * visits, "only {pages} acknowledged pages were compared");
}

pub(crate) fn the_same_answers_as_on_a_calm_day(cut: &Store, calm: &Store) {
    let of = |store: &Store| {
        let responses = store.responses("newcomer-needs").unwrap();
        let rows =
            responses.iter().map(|each| format!("{:?} {} {:?}", each.state, each.language, each.answers));
        rows.collect::<Vec<_>>()
    };
    let (cut, quiet) = (of(cut), of(calm));
    assert_eq!(cut.len(), quiet.len(), "a response was doubled or lost");
    assert_eq!(cut, quiet);
}

fn read(journal: &Path) -> Acknowledged {
    let mut acknowledged = Acknowledged::new();
    for line in fs::read_to_string(journal).unwrap().lines() {
        let mut parts = line.splitn(3, ' ');
        let (visit, path, said) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or(""));
        let fields = said.split('&').filter_map(|pair| pair.split_once('='));
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        if visit != "-" {
            acknowledged.entry(visit.to_owned()).or_default().push((path.to_owned(), fields));
        }
    }
    acknowledged
}

/// The response a visit of the journal names.
pub(crate) fn id(visit: &str) -> ResponseId {
    let byte = |place: usize| u8::from_str_radix(&visit[2 * place..2 * place + 2], 16).unwrap();
    ResponseId(std::array::from_fn(byte))
}
