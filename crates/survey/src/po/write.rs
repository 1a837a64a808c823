//! From entries to the text of a PO file, in the one layout we write.
//!
//! One line for each text, however long, unless it holds line breaks: a changed word is then a changed line, and nothing
//! is wrapped anew.

use super::{Entry, Po, Text};

/// Write a PO file.
pub(super) fn write(po: &Po<'_>) -> String {
    let mut blocks: Vec<String> = po.entries.iter().map(entry).collect();
    if !po.trailing.is_empty() {
        blocks.push(po.trailing.iter().map(|comment| remarks("#", comment)).collect());
    }
    blocks.join("\n")
}

fn entry(entry: &Entry<'_>) -> String {
    let mut to = String::new();
    for (sign, comments) in [("#", &entry.comments), ("#.", &entry.extracted), ("#:", &entry.references)] {
        comments.iter().for_each(|comment| to.push_str(&remarks(sign, comment)));
    }
    if !entry.flags.is_empty() {
        to.push_str(&remarks("#,", &entry.flags.join(", ")));
    }
    let (now, before) = if entry.obsolete { ("#~ ", "#~| ") } else { ("", "#| ") };
    let previous = &entry.previous;
    field(&mut to, before, "msgctxt", &previous.msgctxt);
    field(&mut to, before, "msgid", &previous.msgid);
    field(&mut to, before, "msgid_plural", &previous.msgid_plural);
    field(&mut to, now, "msgctxt", &entry.msgctxt);
    field(&mut to, now, "msgid", &entry.msgid);
    field(&mut to, now, "msgid_plural", &entry.msgid_plural);
    if let ([only], None) = (&entry.msgstrs[..], &entry.msgid_plural) {
        said(&mut to, now, "msgstr", &only.text);
    } else {
        for (form, text) in entry.msgstrs.iter().enumerate() {
            said(&mut to, now, &format!("msgstr[{form}]"), &text.text);
        }
    }
    to
}

/// A comment behind its sign, each of its lines on a line.
fn remarks(sign: &str, comment: &str) -> String {
    if comment.is_empty() {
        return format!("{sign}\n");
    }
    comment.lines().map(|line| format!("{}\n", format!("{sign} {line}").trim_end())).collect()
}

fn field(to: &mut String, sign: &str, keyword: &str, text: &Option<Text<'_>>) {
    if let Some(text) = text {
        said(to, sign, keyword, &text.text);
    }
}

fn said(to: &mut String, sign: &str, keyword: &str, text: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if let [] | [_] = lines[..] {
        to.push_str(&format!("{sign}{keyword} \"{}\"\n", escaped(text)));
        return;
    }
    to.push_str(&format!("{sign}{keyword} \"\"\n"));
    lines.iter().for_each(|line| to.push_str(&format!("{sign}\"{}\"\n", escaped(line))));
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            '\u{7}' => escaped.push_str("\\a"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            '\u{b}' => escaped.push_str("\\v"),
            '\\' | '"' => escaped.extend(['\\', each]),
            _ => escaped.push(each),
        }
    }
    escaped
}
