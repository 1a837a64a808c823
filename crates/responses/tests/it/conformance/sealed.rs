//! People's own words, sealed to the study when they finish.

use age::secrecy::ExposeSecret;
use responses::{SEALED, StudyKey, StudySecret};
use survey::Answer;

use super::Place;
use crate::people::*;

pub(crate) fn words_are_sealed_when_she_finishes(place: &impl Place) {
    let identity = age::x25519::Identity::generate();
    let store = place.open();
    store.seal_words(StudyKey::read(&identity.to_public().to_string()).unwrap());
    publish(&store);
    let id = begin(&store, 1);
    let mut boxed = one("pathway", "other");
    boxed.specified.insert("other".into(), "by sea".to_owned());
    let said = vec![boxed, words("story", "the ☃ sentence")];
    store.record(page_job(id, said.clone())).unwrap();
    assert_eq!(
        standing(&store, &id, "story"),
        r#"{"words":"the ☃ sentence"}"#,
        "until then she goes back to it"
    );
    store.record(finish_job(id, said)).unwrap();
    assert_eq!(standing(&store, &id, "story"), format!(r#"{{"words":"{SEALED}"}}"#));
    assert_eq!(standing(&store, &id, "pathway"), "other", "codes are as they were");
    let mut dumped = Vec::new();
    store.dump(&mut dumped).unwrap();
    let dumped = String::from_utf8(dumped).unwrap();
    assert!(!dumped.contains("sentence") && !dumped.contains("by sea"));
    drop(store);

    let reader = place.open();
    reader.open_words(StudySecret::read(identity.to_string().expose_secret()).unwrap());
    let response = &reader.responses(SURVEY).unwrap()[0];
    assert_eq!(response.answers.get(&"story".into()), Some(&Answer::Words("the ☃ sentence".to_owned())));
    assert_eq!(response.answers.specified[&("pathway".into(), "other".into())], "by sea");
    let other = place.open();
    let stranger = age::x25519::Identity::generate();
    other.open_words(StudySecret::read(stranger.to_string().expose_secret()).unwrap());
    assert!(other.responses(SURVEY).is_err(), "another key is no silent emptiness");
}
