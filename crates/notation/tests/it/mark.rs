use notation::{inserts, marks, read};

const KNOWN: &[&str] = &["when", "only", "short"];

fn marked(line: &str) -> (String, Vec<(String, String)>, Vec<String>) {
    let text = format!("one a\n  - {line}\n");
    let (items, _) = read("a.survey", &text);
    let (words, marks, findings) = marks(&items[0].body[0].rest, KNOWN);
    let marks = marks.iter().map(|mark| (mark.name.text.to_owned(), mark.rest.text())).collect();
    let found = findings.iter().map(|each| format!("{} {}", &text[each.at.start..each.at.end], each.says));
    (words.text(), marks, found.collect())
}

#[test]
fn marks_follow_the_words() {
    let (words, marks, findings) = marked("work  A job  [when a = b] [only] [short My job]");
    assert_eq!(words, "work  A job");
    let expected = [("when", "a = b"), ("only", ""), ("short", "My job")];
    assert_eq!(marks, expected.map(|(name, rest)| (name.to_owned(), rest.to_owned())));
    assert!(findings.is_empty());
}

#[test]
fn an_escaped_bracket_is_a_bracket() {
    assert_eq!(marked(r"a  Papers \[PR]  [only]").0, "a  Papers [PR]");
}

#[test]
fn slips_in_marks_are_said_and_the_rest_read() {
    let (words, marks, findings) = marked("a  None [onyl] [short No");
    assert_eq!((words.as_str(), marks.len()), ("a  None", 0));
    assert_eq!(findings, ["onyl `onyl` is not a mark", "[ this `[` is never closed"]);
    assert_eq!(marked("a  None [only] more").2, ["more only marks may follow a mark"]);
    assert_eq!(marked("a  None []").2, ["[] nothing stands between these brackets"]);
}

#[test]
fn an_insert_is_found_unless_escaped() {
    let of = |line: &str| {
        let (items, _) = read("a.survey", line);
        inserts(&items[0].head.rest).first().map(notation::Words::written)
    };
    assert_eq!(of(r"title You chose {count(needs)} things").as_deref(), Some("{count(needs)}"));
    assert_eq!(of(r"title You chose {count").as_deref(), Some("{count"));
    assert_eq!(of(r"title You chose \{count}"), None);
}
