//! Two tabs, retries and second thoughts in any order, against a model of what should stand.

use std::collections::BTreeMap;

use proptest::prelude::*;
use responses::{Receipt, Store};

use crate::people::*;

#[derive(Clone, Debug)]
enum Act {
    /// Load the page in a tab.
    Load(usize),
    /// Send what a tab shows with this choice.
    Send(usize, u8),
    /// Send again exactly what a tab sent last.
    Resend(usize),
}

#[derive(Clone, Copy)]
struct Tab {
    nonce: u64,
    seen: u32,
    last: Option<u8>,
}

/// What should stand: the choice, its revision and the rendering that wrote it.
#[derive(Default)]
struct Model {
    choice: Option<u8>,
    revision: u32,
    nonce: u64,
    receipts: BTreeMap<(u64, u8), u32>,
}

impl Model {
    fn send(&mut self, tab: Tab, choice: u8) -> Receipt {
        let before = self.receipts.get(&(tab.nonce, choice)).copied();
        let mine = self.nonce == tab.nonce;
        match before {
            Some(revision) if !mine || self.choice == Some(choice) => {
                return Receipt::Saved { revision, repeated: true };
            }
            None if !mine && tab.seen != self.revision => {
                return Receipt::Stale { revision: self.revision };
            }
            _ => {}
        }
        self.revision += 1;
        (self.choice, self.nonce) = (Some(choice), tab.nonce);
        self.receipts.insert((tab.nonce, choice), self.revision);
        Receipt::Saved { revision: self.revision, repeated: false }
    }
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..2_usize).prop_map(Act::Load),
        (0..2_usize, 0..3_u8).prop_map(|(tab, choice)| Act::Send(tab, choice)),
        (0..2_usize).prop_map(Act::Resend),
    ]
}

fn play(store: &Store, person: u64, acts: &[Act]) -> Result<(), TestCaseError> {
    let id = begin(store, person);
    let mut model = Model::default();
    let mut tabs = [1, 2].map(|nonce| Tab { nonce, seen: 0, last: None });
    for (at, act) in acts.iter().enumerate() {
        let (tab, choice) = match act {
            Act::Load(tab) => {
                tabs[*tab] = Tab { nonce: 10 + at as u64, seen: model.revision, last: None };
                continue;
            }
            Act::Send(tab, choice) => (*tab, Some(*choice)),
            Act::Resend(tab) => (*tab, tabs[*tab].last),
        };
        let Some(choice) = choice else { continue };
        tabs[tab].last = Some(choice);
        let given = vec![one("housing", &format!("choice_{choice}"))];
        let receipt = store.record(sent(id, "needs", tabs[tab].nonce, choice, tabs[tab].seen, given));
        prop_assert_eq!(receipt.unwrap(), model.send(tabs[tab], choice));
        let expected = model.choice.map_or("nothing".to_owned(), |choice| format!("choice_{choice}"));
        prop_assert_eq!(standing(store, &id, "housing"), expected);
    }
    Ok(())
}

#[test]
fn the_last_honest_edit_stands() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    publish(&store);
    let mut person = 0;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(60));
    let acts = proptest::collection::vec(act(), 1..12);
    let person = std::cell::RefCell::new(&mut person);
    runner
        .run(&acts, |acts| {
            **person.borrow_mut() += 1;
            play(&store, **person.borrow(), &acts)
        })
        .unwrap();
}
