//! Marks: what follows the words of a choice or row stands in brackets.

use crate::{Finding, Piece, Place, Words, near};

/// One mark, as `[when needs has work]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark<'t> {
    /// Its name.
    pub name: Piece<'t>,
    /// What follows the name.
    pub rest: Words<'t>,
    /// From bracket to bracket.
    pub place: Place,
}

/// Part words from the marks that follow them; `known` are the marks of this notation.
///
/// Unknown marks, brackets left open and words between marks are said (N003) and left out.
pub fn marks<'t>(words: &Words<'t>, known: &[&str]) -> (Words<'t>, Vec<Mark<'t>>, Vec<Finding>) {
    let written = words.written();
    let Some(first) = unescaped(&written, '[', 0) else { return (words.clone(), Vec::new(), Vec::new()) };
    let mut marks = Vec::new();
    let mut findings = Vec::new();
    let mut open = first;
    loop {
        let Some(close) = written[open..].find(']').map(|length| open + length) else {
            findings.push(left_open(words, open));
            break;
        };
        if let Some(next) = unescaped(&written, '[', open + 1).filter(|next| *next < close) {
            findings.push(left_open(words, open));
            open = next;
            continue;
        }
        let place = Place { start: words.part(open..open + 1).start, ..words.part(open..close + 1).place() };
        read_mark(&words.part(open + 1..close), place, known, &mut marks, &mut findings);
        let Some(next) = unescaped(&written, '[', close + 1) else {
            findings.extend(between(&words.part(close + 1..written.len())));
            break;
        };
        findings.extend(between(&words.part(close + 1..next)));
        open = next;
    }
    (words.part(0..first), marks, findings)
}

/// Every insert, as `{name}`, among words: from brace to brace, or to the end where it is left open.
pub fn inserts<'t>(words: &Words<'t>) -> Vec<Words<'t>> {
    let written = words.written();
    let mut inserts = Vec::new();
    let mut from = 0;
    while let Some(open) = unescaped(&written, '{', from) {
        let close = written[open..].find('}').map_or(written.len(), |length| open + length + 1);
        inserts.push(words.part(open..close));
        from = close;
    }
    inserts
}

fn read_mark<'t>(
    inside: &Words<'t>,
    place: Place,
    known: &[&str],
    marks: &mut Vec<Mark<'t>>,
    findings: &mut Vec<Finding>,
) {
    match inside.first() {
        (Some(name), rest) if known.contains(&name.text) => marks.push(Mark { name, rest, place }),
        (Some(name), _) => {
            let nearest = near(name.text, known.iter().copied());
            let says = format!("`{}` is not a mark", name.text);
            let finding = Finding::error("N003", name.place(&inside.file), says);
            findings.push(match nearest {
                Some(_) => finding.perhaps(nearest),
                None => finding.remedy("to print a bracket write `\\[`"),
            });
        }
        (None, _) => findings.push(
            Finding::error("N003", place, "nothing stands between these brackets")
                .remedy("to print a bracket write `\\[`"),
        ),
    }
}

fn left_open(words: &Words<'_>, open: usize) -> Finding {
    Finding::error("N003", words.part(open..open + 1).place(), "this `[` is never closed")
        .remedy("close the mark with `]`; to print a bracket write `\\[`")
}

fn between(words: &Words<'_>) -> Option<Finding> {
    (!words.is_empty()).then(|| {
        Finding::error("N003", words.place(), "only marks may follow a mark")
            .remedy("write the words before the first mark; to print a bracket write `\\[`")
    })
}

/// The first such character at or after a byte that no backslash stands before.
fn unescaped(text: &str, wanted: char, from: usize) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(byte, each)| {
        let found = each == wanted && !escaped && byte >= from;
        escaped = each == '\\' && !escaped;
        found.then_some(byte)
    })
}
