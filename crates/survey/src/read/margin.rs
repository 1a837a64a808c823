//! Population tables: `code,count`, after comment lines that say where the counts come from.

use std::sync::Arc;

use notation::{Finding, Place, Sources};

use crate::Margin;

/// The first line of a table, after its comments.
const HEADER: &str = "code,count";

/// Every `margins/PATH.csv` of the sources.
pub(super) fn read_margins(sources: &Sources) -> (Vec<Margin>, Vec<Finding>) {
    let mut margins = Vec::new();
    let mut findings = Vec::new();
    for (file, text) in sources {
        let path = file.strip_prefix("margins/").and_then(|path| path.strip_suffix(".csv"));
        if let Some(path) = path {
            let (margin, found) = read_margin(path, file, text);
            margins.push(margin);
            findings.extend(found);
        }
    }
    (margins, findings)
}

fn read_margin(path: &str, file: &str, text: &str) -> (Margin, Vec<Finding>) {
    let mut margin = Margin { path: path.to_owned(), counts: Vec::new(), source: Vec::new() };
    let mut findings = Vec::new();
    let mut headed = false;
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let place = Place { file: Arc::from(file), start, end: start + raw.trim_end().len() };
        start += raw.len();
        if let Some(comment) = line.strip_prefix('#') {
            margin.source.push(comment.trim().to_owned());
        } else if !headed && !line.is_empty() {
            headed = true;
            if line != HEADER {
                findings.push(table(
                    place,
                    "the table does not begin as tables do",
                    "write `code,count` above its rows",
                ));
            }
        } else if !line.is_empty() {
            findings.extend(read_row(line, place, &mut margin));
        }
    }
    (margin, findings)
}

fn read_row(line: &str, place: Place, margin: &mut Margin) -> Option<Finding> {
    let Some((code, count)) = line.split_once(',') else {
        return Some(table(place, "this row has no count", "write a code, a comma and a count"));
    };
    let (code, count) = (code.trim(), count.trim());
    if margin.counts.iter().any(|(earlier, _)| earlier == code) {
        return Some(table(place, &format!("`{code}` stands twice in the table"), "delete one of the rows"));
    }
    let number = count.parse::<u64>().ok();
    margin.counts.push((code.to_owned(), number));
    (number.is_none() && !count.is_empty()).then(|| {
        let remedy =
            "write a whole number without separators, or nothing where the source does not cover the code";
        table(place, &format!("`{count}` is not a count"), remedy)
    })
}

fn table(place: Place, says: &str, remedy: &str) -> Finding {
    Finding::error("S070", place, says).remedy(remedy)
}
