use std::sync::Arc;

use notation::{Finding, Place, Sources, json, locate};

fn sources() -> Sources {
    [("a.survey".to_owned(), "title Été\n  when needs has wrok\n".to_owned())].into()
}

#[test]
fn one_object_on_each_line_with_every_key() {
    let text = &sources()["a.survey"];
    let start = text.find("wrok").unwrap();
    let at = Place { file: Arc::from("a.survey"), start, end: start + 4 };
    let finding =
        Finding::error("S031", at.clone(), "`wrok` is not a choice of `needs`").perhaps(Some("work"));
    let plain = Finding::warning("S065", at.clone(), "unused").also(at, "here");
    let expected = concat!(
        r#"{"code":"S031","severity":"error","file":"a.survey","line":2,"column":18,"end_line":2,"end_column":22,"#,
        r#""says":"`wrok` is not a choice of `needs`","remedy":"did you mean `work`?","also":[],"fix":"work"}"#,
        "\n",
        r#"{"code":"S065","severity":"warning","file":"a.survey","line":2,"column":18,"end_line":2,"end_column":22,"#,
        r#""says":"unused","remedy":null,"also":[{"file":"a.survey","line":2,"column":18,"says":"here"}],"fix":null}"#,
        "\n",
    );
    assert_eq!(json(&[finding, plain], &sources()), expected);
}

#[test]
fn columns_count_characters() {
    let at = Place { file: Arc::from("a.survey"), start: 6, end: 11 };
    let located = locate(&at, &sources());
    assert_eq!((located.line, located.column, located.end_line, located.end_column), (1, 7, 1, 10));
}
