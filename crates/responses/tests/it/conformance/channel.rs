//! Channels: who came through whom, in totals.

use responses::{Job, Receipt, Store, draw_channel_code, is_channel_code};

use super::Place;
use crate::people::*;

fn open(store: &Store, code: &str, words: &str) {
    let (survey, code, words) = (SURVEY.to_owned(), code.to_owned(), words.to_owned());
    let kind = responses::ChannelKind::Class;
    let receipt = store.record(Job::OpenChannel { survey, code, words, kind }).unwrap();
    assert_eq!(receipt, Receipt::ChannelChanged { found: true });
}

fn revoke(store: &Store, code: &str) -> bool {
    let job = Job::RevokeChannel { survey: SURVEY.to_owned(), code: code.to_owned() };
    store.record(job).unwrap() == Receipt::ChannelChanged { found: true }
}

fn by(mut job: Job, code: &str) -> Job {
    match &mut job {
        Job::Begin { channel, .. } | Job::Decline { channel, .. } => *channel = Some(code.to_owned()),
        _ => panic!("nobody comes by a channel there"),
    }
    job
}

/// Opened, declined, begun, finished.
fn totals(store: &Store, code: &str) -> [u64; 4] {
    let channels = store.channels(SURVEY).unwrap();
    let channel = channels.iter().find(|channel| channel.code == code).unwrap();
    [channel.opened, channel.declined, channel.begun, channel.finished]
}

pub(crate) fn a_channel_counts_who_comes_by_it(place: &impl Place) {
    let store = place.open();
    publish(&store);
    open(&store, "abc234", "Monday class");
    let opened = Job::Opened { survey: SURVEY.to_owned(), channel: "abc234".to_owned(), n: 7 };
    store.record(opened).unwrap();
    let Receipt::Begun(id) = store.record(by(begin_job(1, english()), "abc234")).unwrap() else { panic!() };
    store.record(by(begin_job(1, english()), "abc234")).unwrap();
    store.record(by(decline_job(2), "abc234")).unwrap();
    store.record(by(decline_job(2), "abc234")).unwrap();
    store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
    store.record(finish_job(id, vec![])).unwrap();
    assert_eq!(totals(&store, "abc234"), [7, 1, 1, 1], "what is sent twice counts once");
    assert_eq!(totals(&place.open(), "abc234"), [7, 1, 1, 1]);
}

pub(crate) fn what_is_no_channel_counts_for_none(place: &impl Place) {
    let store = place.open();
    publish(&store);
    open(&store, "abc234", "Monday class");
    assert!(revoke(&store, "abc234") && !revoke(&store, "zzz999"));
    for (person, code) in [(1, "abc234"), (2, "zzz999")] {
        let begun = store.record(by(begin_job(person, english()), code)).unwrap();
        assert!(matches!(begun, Receipt::Begun(_)), "nobody is turned away for a bad code");
    }
    store.record(Job::Opened { survey: SURVEY.to_owned(), channel: "zzz999".to_owned(), n: 1 }).unwrap();
    assert_eq!((totals(&store, "abc234"), store.channels(SURVEY).unwrap().len()), ([0; 4], 1));
    open(&store, "abc234", "Tuesday class");
    let channels = store.channels(SURVEY).unwrap();
    assert!(!channels[0].revoked && channels[0].words == "Tuesday class");
    assert!(store.channels("another").unwrap().is_empty());
}

pub(crate) fn codes_can_be_read_aloud(_: &impl Place) {
    let codes: std::collections::BTreeSet<String> = (0..500).map(|_| draw_channel_code()).collect();
    assert_eq!(codes.len(), 500);
    for code in &codes {
        assert!(
            code.len() == 6 && is_channel_code(code) && !code.contains(['0', '1', 'o', 'i', 'l']),
            "{code}"
        );
    }
    assert!(!is_channel_code("") && !is_channel_code("A b") && !is_channel_code(&"a".repeat(17)));
}
