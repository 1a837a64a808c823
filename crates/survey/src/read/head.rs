//! Heads that slipped: an oddly indented line that plainly begins an item does begin one.

use notation::{Finding, Item, Line};

use super::{draft::OTHERS, question::TYPES};

/// The items, with heads behind a tab or a stray space taken for the heads they are.
pub(super) fn set_right<'t>(items: Vec<Item<'t>>, findings: &[Finding]) -> Vec<Item<'t>> {
    let indented = |line: &Line<'_>| {
        let is_head = TYPES.contains(&line.word) || OTHERS.contains(&line.word);
        is_head && findings.iter().any(|finding| finding.code == "N001" && finding.at.end == line.place.start)
    };
    if !items.iter().any(|item| item.body.iter().any(indented)) {
        return items;
    }
    let mut right = Vec::new();
    for Item { head, body, comments } in items {
        let mut open = Item { head, body: Vec::new(), comments };
        for line in body {
            if indented(&line) {
                let next = Item { head: line, body: Vec::new(), comments: Vec::new() };
                right.push(std::mem::replace(&mut open, next));
            } else {
                open.body.push(line);
            }
        }
        right.push(open);
    }
    right
}
