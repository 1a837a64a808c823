//! `accept CODE WORDS`: a warning or a hint that its author lets stand, with the reason.

use notation::{Finding, Item, Line, Place, Severity};

use super::notes::Notes;

/// An `accept` as read.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    /// The code of the finding.
    pub(crate) code: String,
    /// Why it may stand.
    pub(crate) words: String,
    /// Where the code stands.
    pub(crate) at: Place,
    /// The question whose findings it lets stand, from its head to its last line.
    pub(crate) item: Place,
}

/// Warnings and hints that a survey file alone decides about: an `accept` of one of these that finds nothing is idle.
const OF_THE_FILE: &str = "N004 S012 S050 S051 S053 S060 S061 S062 S064 S065 S066";
/// Those that other files have a part in.
const OF_OTHERS: &str = "S085 S088 S089 S091 S092 S093 S102";

fn is_one_of(codes: &str, code: &str) -> bool {
    codes.split(' ').any(|each| each == code)
}

/// Read every `accept` of a question.
pub(super) fn read_accepts(item: &Item<'_>, notes: &mut Notes) -> Vec<Accepted> {
    let end = item.body.last().map_or(item.head.place.end, |line| line.written.place().end);
    let whole = Place { end, ..item.head.place.clone() };
    let lines = item.body.iter().filter(|line| line.word == "accept");
    lines.filter_map(|line| read_accept(line, &whole, notes)).collect()
}

fn read_accept(line: &Line<'_>, item: &Place, notes: &mut Notes) -> Option<Accepted> {
    let (Some(code), words) = line.rest.first() else {
        let finding = Finding::error("S004", line.place.clone(), "`accept` names no finding");
        notes.say(finding.remedy("write `accept S064` and why it may stand"));
        return None;
    };
    let at = line.rest.place_of(code);
    let is_known = is_one_of(OF_THE_FILE, code.text) || is_one_of(OF_OTHERS, code.text);
    if !is_known {
        let finding = Finding::error("S010", at, format!("`{}` cannot be accepted", code.text));
        notes.say(finding.remedy("only warnings and hints can be: an error must be mended"));
        return None;
    }
    if words.is_empty() {
        let finding = Finding::error("S004", at.clone(), format!("`accept {}` gives no reason", code.text));
        notes.say(finding.remedy("write behind the code why it may stand: others will ask"));
    }
    Some(Accepted { code: code.text.to_owned(), words: words.text(), at, item: item.clone() })
}

/// The findings without those that are accepted; an idle `accept` is S012.
pub(super) fn accept(findings: Vec<Finding>, accepted: &[Accepted]) -> Vec<Finding> {
    let lets = |each: &&Accepted, finding: &Finding| {
        let is_within =
            |at: &Place| at.file == each.item.file && (each.item.start..=each.item.end).contains(&at.start);
        // What stands in another file is accepted where the words it is about stand.
        let about = finding.also.iter().filter(|_| is_one_of(OF_OTHERS, &each.code)).map(|(at, _)| at);
        finding.severity != Severity::Error
            && finding.code == each.code
            && std::iter::once(&finding.at).chain(about).any(is_within)
    };
    let has_error = |item: &Place| {
        findings.iter().any(|finding| {
            finding.severity == Severity::Error
                && finding.at.file == item.file
                && (item.start..=item.end).contains(&finding.at.start)
        })
    };
    let idle = accepted.iter().filter(|each| {
        is_one_of(OF_THE_FILE, &each.code)
            && !findings.iter().any(|finding| lets(each, finding))
            && !has_error(&each.item)
    });
    let idle: Vec<Finding> = idle
        .map(|each| {
            let says = format!("nothing here is `{}`", each.code);
            Finding::warning("S012", each.at.clone(), says).remedy("delete the line")
        })
        .collect();
    let stays = |finding: &Finding| !accepted.iter().any(|each| lets(&each, finding));
    findings.into_iter().filter(stays).chain(idle).collect()
}
