//! Somebody begins in Arabic and goes on in French; nothing is lost on the way.

use responses::Store;
use survey::Answer;

use crate::visitor::{Visitor, answer_all, begin, for_screen};

#[test]
fn a_switch_half_way_keeps_place_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut newcomer = Visitor::new(&store);
    let mut page = begin(&mut newcomer, "ar");
    for _ in 0..3 {
        assert!(page.text.contains("dir=\"rtl\"") && page.text.contains("lang=\"ar\""), "{}", page.path);
        let fields = for_screen(&page);
        page = newcomer.send(&page, &fields, "next");
    }
    let (place, typed) = (page.path.clone(), for_screen(&page));
    let page = newcomer.send(&page, &typed, "lang:fr");
    assert_eq!(page.path, place);
    assert!(page.text.contains("<html lang=\"fr\" dir=\"ltr\""), "{}", &page.text[..200]);
    for (name, value) in typed {
        assert!(page.is_checked(name, value) || page.text.contains("selected"), "{name}={value} is lost");
    }
    answer_all(&mut newcomer, page);
    let responses = store.responses("newcomer-needs").unwrap();
    assert_eq!(responses.len(), 1);
    assert_eq!(responses[0].answers.get(&"age_group".into()), Some(&Answer::One("a25_34".into())));
    assert_eq!(responses[0].answers.get(&"lf_status".into()), Some(&Answer::One("full_time".into())));
}
