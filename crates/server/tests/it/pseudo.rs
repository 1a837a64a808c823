//! Every kind of page in languages nobody speaks: what is still plain English is written into the program.

use axum::http::StatusCode;
use survey::{Date, Form, Language, Survey, translation::pseudo};

use crate::{
    fixture::{Box, language, open, open_with, survey, words},
    journey::{ABOUT, NEEDS, TYPED},
    phone::{Phone, Shown},
    withdraw::number,
};

const TAGS: [&str; 2] = ["en-XA", "ar-XB"];

/// The sample with two forms, in a language nobody speaks.
fn sample(tag: &str) -> Survey {
    let mut survey = survey();
    survey.forms = vec![Form {
        id: "short".into(),
        title: words("form.short", "Short form"),
        keeps: ["age"].map(Into::into).into(),
        languages: Vec::new(),
    }];
    pseudo(&mut survey, &language(tag));
    survey
}

/// The plain English words of a page: not those of a person, nor what languages are called, nor days.
fn english(page: &Shown) -> Vec<String> {
    let mut text = page.text.split("</style>").nth(1).unwrap().to_owned();
    for language in Language::all() {
        text = text.replace(&format!(">{}<", language.endonym()), "><");
    }
    for typed in ["by boat", "مكتبة &lt;b&gt;"] {
        text = text.replace(typed, "");
    }
    text = without(text, "\u{202e}", "\u{202c}");
    text = without(text, "<time", "</time>");
    let title = page.text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    let labels = page.text.split("aria-label=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let seen = text.split('<').filter_map(|part| part.split_once('>')).map(|(_, seen)| seen);
    let all: Vec<&str> = seen.chain(labels).chain([title]).collect();
    let plain = |words: &&str| {
        let bare = words.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("&quot;", "");
        bare.split(|each: char| !each.is_ascii_alphabetic()).any(|word| word.len() > 2)
            && !words.contains('\u{202e}')
    };
    all.into_iter().filter(plain).map(str::to_owned).collect()
}

fn without(text: String, start: &str, end: &str) -> String {
    let Some((before, inside)) = text.split_once(start) else { return text };
    let after = inside.split_once(end).map_or("", |(_, after)| after);
    format!("{before}{}", without(after.to_owned(), start, end))
}

/// The pages seen, with a name for each.
type Seen = Vec<(&'static str, Shown)>;

/// The first page and what can be wrong with it; then the first screen.
async fn begin(phone: &mut Phone, tag: &str, seen: &mut Seen) -> Shown {
    let first = phone.get(&format!("/sample/{tag}")).await;
    let unread = phone.press(&first, "next", &[]).await;
    let unsealed = phone.post(&format!("/sample/begin?lang={tag}"), &[("agree", "yes")]).await;
    let other = phone.press(&first, "next", &[("agree", "yes"), ("_form", "tiny")]).await;
    let about = phone.go(&first, "next", &[("agree", "yes"), ("_form", "full")]).await;
    seen.extend([("first", first), ("unread", unread), ("unsealed", unsealed), ("another form", other)]);
    about
}

/// Every screen and what can be wrong with it; then the review.
async fn answer(phone: &mut Phone, about: Shown, seen: &mut Seen) -> Shown {
    let refused = phone.press(&about, "next", &[("way", "nowhere")]).await;
    let typed = phone.go(&about, "next", ABOUT).await;
    let mistyped = [("household", "x"), ("arrival", "3"), ("area", "x"), ("wish", &"ö ".repeat(30))];
    let mistyped = phone.press(&typed, "next", &mistyped).await;
    let older = phone.get("/sample/q/typed").await;
    let typed = phone.get("/sample/q/typed").await;
    let before = phone.go(&typed, "next", TYPED).await;
    let stale = phone.press(&older, "next", &[("household", "9")]).await;
    let hard = phone.go(&before, "next", &[]).await;
    let after = phone.go(&hard, "next", &[]).await;
    let needs = phone.go(&after, "next", &[]).await;
    let several = [("needs", "none"), ("needs", "work"), ("top.1", "work"), ("top.2", "work")];
    let several = phone.press(&needs, "next", &several).await;
    let review = phone.go(&needs, "next", NEEDS).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    for each in [&refused, &mistyped, &several] {
        assert_eq!(each.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    seen.extend([("choices", about), ("refused", refused), ("fields", typed), ("mistyped", mistyped)]);
    seen.extend([("warning", before), ("stale", stale), ("hard", hard), ("support", after)]);
    seen.extend([("grid", needs), ("several refused", several), ("review", review.clone())]);
    review
}

/// Sending, and taking back what was sent.
async fn send(phone: &mut Phone, tag: &str, review: &Shown, seen: &mut Seen) {
    let sure = phone.press(review, "erase", &[]).await;
    let thanks = phone.press(review, "finish", &[]).await;
    let ask = phone.get(&format!("/sample/withdraw?lang={tag}")).await;
    let wrong = phone.press(&ask, "next", &[("number", "1")]).await;
    let code = number(&thanks.text);
    let confirm = phone.press(&ask, "next", &[("number", &code)]).await;
    let erased = phone.press(&confirm, "erase", &[("number", &code), ("_sure", "yes")]).await;
    let already = phone.press(&ask, "next", &[("number", &code)]).await;
    seen.extend([("sure", sure), ("thanks", thanks), ("ask", ask), ("wrong", wrong), ("confirm", confirm)]);
    seen.extend([("erased", erased), ("already", already)]);
}

/// Every kind of page.
async fn pages(server: &Box, tag: &str) -> Seen {
    let (mut phone, mut seen) = (Phone::new(server), Vec::new());
    let about = begin(&mut phone, tag, &mut seen).await;
    let review = answer(&mut phone, about, &mut seen).await;
    send(&mut phone, tag, &review, &mut seen).await;
    for page in ["review", "q/nowhere", "begin", "privacy", "stopped/declined"] {
        seen.push((page, phone.get(&format!("/sample/{page}?lang={tag}")).await));
    }
    seen
}

#[tokio::test]
async fn no_page_says_anything_that_is_not_among_the_words() {
    for tag in TAGS {
        let server = open(sample(tag));
        for (name, page) in pages(&server, tag).await {
            assert!(page.text.contains(&format!("<html lang=\"{tag}\"")), "{tag} {name}");
            assert_eq!(english(&page), Vec::<String>::new(), "{tag} {name}");
        }
    }
}

#[tokio::test]
async fn nor_do_the_pages_of_a_closed_survey_and_of_a_demonstration() {
    for tag in TAGS {
        let over = Survey {
            field: Some((Date::constant(2027, 1, 1), Date::constant(2027, 1, 2))),
            withdraw: Some(Date::constant(2027, 1, 3)),
            ..sample(tag)
        };
        let closed = Phone::new(&open(over)).get(&format!("/sample/{tag}")).await;
        assert_eq!(english(&closed), Vec::<String>::new());
        let server = open_with(sample(tag), |setup| setup.demonstration = true);
        let shown = Phone::new(&server).get(&format!("/sample/{tag}")).await;
        assert!(shown.text.contains("class=\"notice demonstration\""));
        assert_eq!(english(&shown), Vec::<String>::new());
    }
}

#[test]
fn plain_english_would_be_found() {
    let page = |main: &str| Shown {
        status: StatusCode::OK,
        headers: Default::default(),
        text: format!("<title>[Ťîţļé]</title><style></style><p>{main}</p>"),
        size: 0,
    };
    assert_eq!(english(&page("Press <b>here</b>")), ["Press ", "here"]);
    assert_eq!(english(&page("[Þŕéšš] 12 <i aria-label=\"Close\">x</i>")), ["Close"]);
}
