//! Somebody changes her mind, and the number takes everything back.

use responses::{State, Store};

use crate::visitor::{Visitor, answer_all, begin};

#[test]
fn the_number_takes_the_answers_back_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut newcomer = Visitor::new(&store);
    let first = begin(&mut newcomer, "fr");
    let number = answer_all(&mut newcomer, first).number();
    assert_eq!(store.responses("newcomer-needs").unwrap().len(), 1);

    // Another day, another phone: nothing but the slip of paper with the number.
    let mut later = Visitor::new(&store);
    let typed = number.replace(' ', "-");
    let asked = later.open("/newcomer-needs/withdraw");
    let shown = later.send(&asked, &[("number", &typed)], "next");
    assert_eq!(store.responses("newcomer-needs").unwrap().len(), 1, "looking erases nothing");
    later.send(&shown, &[("number", &typed)], "erase");
    assert!(store.responses("newcomer-needs").unwrap().is_empty());
    let number = responses::Number::read(&number).unwrap();
    assert_eq!(store.find(&number).unwrap().map(|found| found.1), Some(State::Withdrawn));
}
