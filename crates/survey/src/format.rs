//! A survey file laid out: blanks and the order of lines changed, its meaning never.

use notation::{Finding, Layout, Severity, Shape, Sources, lay_out};

use crate::read::{is_own, is_setting};
use crate::read_source;

const LAYOUT: Layout<'static> = Layout {
    order: &[
        "?1",
        "?",
        "hint",
        "unit",
        "when",
        "check",
        "warn",
        "order",
        "-",
        "|",
        "=",
        "allow",
        "audio",
        "sensitive",
        "support",
        "short",
        "role",
        "concept",
        "margin",
        "suppress",
        "was",
        "accept",
        "keeps",
        "langs",
    ],
    marks: &["when", "specify", "only", "last", "short", "was", "end"],
    coded: &["-", "|"],
    apart: &["page", "list", "form", "end"],
    paired: &["of", "from", "max", "top", "decimals", "to", "best"],
    shape,
};

fn shape(word: &str) -> Shape {
    match word {
        "missing" | "set" => Shape::Coded,
        "page" | "end" | "form" => Shape::Titled,
        "use" => Shape::Names,
        _ if is_setting(word) => Shape::Setting,
        _ => Shape::Options,
    }
}

/// The text of the `.survey` file laid out, and the errors that forbid it.
///
/// Laying out changes no meaning and is done once: the canonical JSON is the same before and after, and the result laid
/// out again is itself. Words are never wrapped anew, items never sorted, comments never touched. A file with an error
/// is left alone, since what is meant by it is not certain.
///
/// # Example
/// ```
/// # let text = "survey tiny\ntitle Tiny\nversion 2027.1\nsource en\nhost Us\ncontact us@example.org\n\
/// # page main  Main\nconsent agree\n  ? Shall we?\n  - yes Yes\n  - no No [end bye]\nend bye  Bye\n";
/// let (laid, findings) = survey::format(&[("tiny.survey".to_owned(), text.to_owned())].into());
/// assert!(findings.is_empty());
/// assert!(laid.unwrap().contains("  - yes  Yes\n  - no   No  [end bye]\n\nend bye  Bye\n"));
/// ```
pub fn format(sources: &Sources) -> (Option<String>, Vec<Finding>) {
    let (_, findings) = read_source(sources);
    let Some((file, text)) = sources.iter().find(|(file, _)| is_own(file)) else {
        return (None, findings);
    };
    let is_error = |finding: &Finding| finding.severity == Severity::Error && *finding.at.file == **file;
    let errors: Vec<Finding> = findings.into_iter().filter(is_error).collect();
    if !errors.is_empty() {
        return (None, errors);
    }
    (Some(lay_out(text, &notation::read(file, text).0, &LAYOUT)), errors)
}
