use notation::{Finding, Severity, read};

fn codes(findings: &[Finding]) -> Vec<(&str, usize, usize)> {
    findings.iter().map(|finding| (finding.code, finding.at.start, finding.at.end)).collect()
}

#[test]
fn items_own_the_indented_lines_below_them() {
    let text = "# above\nmany needs  max 6\n  ? What did\n    you need?\n  # within\n  - work  A job\n\npage next  Next\n";
    let (items, findings) = read("a.survey", text);
    assert_eq!(codes(&findings), []);
    assert_eq!(items.len(), 2);
    let needs = &items[0];
    assert_eq!((needs.head.word, needs.head.rest.text().as_str()), ("many", "needs  max 6"));
    let lines: Vec<_> = needs.body.iter().map(|line| (line.word, line.rest.text())).collect();
    assert_eq!(lines, [("?", "What did you need?".to_owned()), ("-", "work  A job".to_owned())]);
    let comments: Vec<_> = needs.comments.iter().map(|line| line.rest.text()).collect();
    assert_eq!(comments, ["above", "within"]);
    assert!(items[1].head.after_blank);
}

#[test]
fn places_survive_joining() {
    let text = "one a\n  when b = c\n    or d = e\n";
    let (items, _) = read("a.survey", text);
    let when = &items[0].body[0];
    let tokens: Vec<_> = when.rest.tokens();
    let last = tokens.last().unwrap();
    assert_eq!(&text[last.start..last.end()], "e");
    assert_eq!(&text[when.place.start..when.place.end], "when b = c\n    or d = e");
    let part = when.rest.part(when.rest.written().find("or").unwrap()..8);
    assert_eq!(&text[part.place().start..part.place().end], "or");
}

#[test]
fn signs_need_no_blank_after_them() {
    let (items, _) = read("a.survey", "one a\n  ?Do you\n  ?1 One\n  ?10 years\n  -yes  Yes\n  = 1 + 1\n");
    let words: Vec<_> = items[0].body.iter().map(|line| (line.word, line.rest.text())).collect();
    let expected = [("?", "Do you"), ("?1", "One"), ("?", "10 years"), ("-", "yes  Yes"), ("=", "1 + 1")];
    assert_eq!(words, expected.map(|(word, rest)| (word, rest.to_owned())));
}

#[test]
fn odd_indentation_is_said_once_and_read_on() {
    let (items, findings) = read("a.survey", "one a\n   - yes  Yes\n\t- no  No\n - na  Neither\n");
    assert_eq!(codes(&findings), [("N001", 6, 9), ("N001", 20, 21), ("N001", 30, 31)]);
    assert_eq!(items[0].body.len(), 3);
    assert!(findings[1].says.contains("tab"));
}

#[test]
fn a_line_under_no_item_is_said() {
    let (items, findings) = read("a.survey", "  ? Lost\n");
    assert_eq!(codes(&findings), [("N001", 0, 2)]);
    assert_eq!(items.len(), 1);
}

#[test]
fn hidden_controls_are_errors_and_odd_blanks_warnings() {
    let (_, findings) =
        read("a.survey", "one a\n  ? How \u{202e}old\n  hint 12\u{a0}years\n  short e\u{301}t\n");
    let found: Vec<_> = findings.iter().map(|finding| (finding.code, finding.severity)).collect();
    let expected = [("N002", Severity::Error), ("N004", Severity::Warning), ("N004", Severity::Warning)];
    assert_eq!(found, expected);
    assert_eq!(findings[1].fix.as_deref(), Some(" "));
}

#[test]
fn a_byte_order_mark_and_crlf_are_read() {
    let (items, findings) = read("a.survey", "\u{feff}survey a\r\ntitle B\r\n");
    assert_eq!(codes(&findings), []);
    assert_eq!((items[0].head.word, items[1].head.rest.text().as_str()), ("survey", "B"));
}

#[test]
fn prose_keeps_its_paragraphs() {
    let (items, _) = read("a.report", "text lead\n  {about x} needed\n  **help**.\n\n  - one\n  - two\n");
    let prose: Vec<Vec<&str>> =
        items[0].prose().iter().map(|lines| lines.iter().map(|line| line.text).collect()).collect();
    assert_eq!(prose, [vec!["{about x} needed", "**help**."], vec!["- one", "- two"]]);
}

#[test]
fn escapes_are_read_as_what_they_stand_for() {
    let (items, _) = read("a.survey", r"title \[a\] \{b\} \# \\ \n");
    assert_eq!(items[0].head.rest.text(), r"[a\] {b\} # \ \n");
}

#[test]
fn reading_never_panics() {
    let text = "\u{feff}survey a\r\n\t? b\u{202e}\n   [x\n# é\n\u{a0}\u{a0}é [when\n    more ] \\[";
    for (byte, _) in text.char_indices() {
        let (items, _) = read("a.survey", &text[..byte]);
        for line in items.iter().flat_map(|item| &item.body) {
            notation::marks(&line.rest, &["when"]);
            notation::inserts(&line.rest);
        }
    }
}
