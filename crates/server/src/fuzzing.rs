//! Doors for the fuzzer alone: what strangers send, without a socket and a store around it.

use axum::{body::Body, extract::FromRequest, http::Request};
use responses::Keys;
use survey::{Answers, Date, FormId, Survey};

use crate::{
    posted::Posted,
    seal::{self, Purpose, Sealer, Token},
    taken::{self, Asking},
};

/// Read a body as a form, and its fields as the answers of every question of the whole survey, as a screen would.
///
/// # Panics
/// If an answer that was accepted is not the same once it was kept and read back.
pub fn take_form(survey: &Survey, body: &[u8], today: Date) {
    let request = Request::post("/").header("content-type", "application/x-www-form-urlencoded");
    let request = request.body(Body::from(body.to_vec())).expect("a request of ours");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let Ok(posted) = runtime.block_on(Posted::from_request(request, &())) else { return };
    let (_, form) = (posted.go(), FormId::full());
    let asking = Asking { survey, form: &form, today };
    let mut answers = Answers::default();
    for page in &survey.pages {
        let taken = taken::take(&asking, &page.questions, posted.raw(), &answers);
        for given in &taken.given {
            let written = given.answer.to_json();
            let is_kept = given.answer.missing().is_some()
                || survey::Answer::from_json(&written).as_ref() == Some(&given.answer);
            assert!(is_kept, "{written}");
        }
        answers = taken.answers;
    }
    let settled = survey.settle(&form, &answers, today);
    assert_eq!(survey.settle(&form, &settled, today), settled, "settling twice is settling once");
}

/// Try a text as the hidden seal of every kind of form, and as a cookie; and a true seal with these changes made to it.
///
/// # Panics
/// If anything but what we sealed is opened.
pub fn open_seals(keys: &Keys, text: &str, changes: &[(u8, u8)]) {
    let (response, screen) = ([7; 16], "q1");
    let token = Token { nonce: [3; 16], revision: 5, shown: 9 };
    let sealer = Sealer::on(keys, Date::constant(2027, 2, 14));
    let purposes = [Purpose::Begin, Purpose::Screen, Purpose::Erase, Purpose::Contact];
    for purpose in purposes {
        let sealed = token.seal(sealer, purpose, &response, screen);
        if let Some(opened) = Token::open(sealer, purpose, &response, screen, text) {
            assert_eq!(text.to_lowercase(), opened.seal(sealer, purpose, &response, screen));
        }
        let mut bytes = sealed.clone().into_bytes();
        for (place, value) in changes {
            let place = usize::from(*place) % bytes.len();
            bytes[place] = *value;
        }
        let changed = String::from_utf8_lossy(&bytes);
        let opened = Token::open(sealer, purpose, &response, screen, &changed);
        assert_eq!(opened.is_some(), changed.to_lowercase() == sealed);
        for other in purposes.into_iter().filter(|other| *other != purpose) {
            assert!(Token::open(sealer, other, &response, screen, &sealed).is_none());
        }
    }
    assert!(seal::open_response(sealer, "cookie", "a", text).is_none(), "nobody guesses a digest");
}
