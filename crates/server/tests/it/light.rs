use crate::{
    fixture::{open, open_with, survey},
    phone::{Phone, Shown},
};

fn other_hosts(page: &Shown) -> Vec<&str> {
    let values = ["href=\"", "src=\"", "action=\"", "url(", "@import"];
    let all = values.iter().flat_map(|before| page.text.split(before).skip(1));
    all.map(|rest| rest.split('"').next().unwrap())
        .filter(|url| url.starts_with("//") || !(url.starts_with(['/', '#']) || *url == "data:,"))
        .collect()
}

#[tokio::test]
async fn the_first_page_is_one_light_request() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.extra = vec![("accept-encoding", "gzip")];
    for tag in ["en", "fr", "ar"] {
        let first = phone.get(&format!("/sample/{tag}")).await;
        assert_eq!(first.headers["content-encoding"], "gzip");
        assert!(first.size <= 13_000, "{tag}: {} bytes", first.size);
        assert!(!first.text.contains("src="), "nothing else is fetched");
        assert_eq!(other_hosts(&first), Vec::<&str>::new());
    }
}

#[tokio::test]
async fn a_demonstration_says_so_on_every_page() {
    let server = open_with(survey(), |setup| setup.demonstration = true);
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    for page in
        [about, phone.get("/sample/fr").await, phone.get("/sample/privacy").await, phone.get("/x").await]
    {
        assert!(page.text.contains("synthetic") || page.text.contains("synthétiques"));
    }
    let plain = open(survey());
    assert!(!Phone::new(&plain).get("/sample/en").await.text.contains("synthetic"));
}

#[tokio::test]
async fn enter_means_continue() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let first = about.text.split("<button").nth(1).unwrap().split('>').next().unwrap();
    assert!(first.contains("value=\"next\""), "the first submit button of the form is `{first}`");
}

#[tokio::test]
async fn pages_that_may_come_are_counted() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    assert!(about.text.contains("Page <bdi>1</bdi> of about <bdi>8</bdi>"), "{}", about.text);
}
