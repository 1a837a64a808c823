//! One slip is one finding: what the rules say twice is said once.

use notation::Finding;

/// The findings in the order of the files, the survey first; of several at one place the gravest.
pub(super) fn each_once(mut findings: Vec<Finding>, survey: &str) -> Vec<Finding> {
    if findings.iter().any(|finding| finding.code == "N005") {
        // What stands below is not read: nothing can be said to be missing.
        findings.retain(|finding| finding.code.starts_with('N'));
    }
    join_indents(&mut findings);
    join_unknown_names(&mut findings);
    join_stale(&mut findings, survey);
    join_strays(&mut findings);
    let order = |finding: &Finding| (*finding.at.file != *survey, finding.at.clone(), finding.severity);
    findings.sort_by_key(order);
    let mut once: Vec<Finding> = Vec::new();
    for finding in findings {
        let here = once.iter().rev().take_while(|earlier| earlier.at == finding.at);
        // What is missing as a whole has no place of its own: there, several stand at the first line.
        let has_a_place = finding.at.start < finding.at.end && finding.code != "S011";
        if !here.into_iter().any(|earlier| has_a_place || earlier.says == finding.says) {
            once.push(finding);
        }
    }
    once
}

/// A name that nothing has is one finding with all its places.
fn join_unknown_names(findings: &mut Vec<Finding>) {
    let mut joined: Vec<Finding> = Vec::new();
    findings.sort_by(|one, other| one.at.cmp(&other.at));
    for finding in findings.drain(..) {
        let same = |first: &&mut Finding| first.code == finding.code && first.says == finding.says;
        let is_name = matches!(finding.code, "S007" | "S030" | "S031");
        match joined.iter_mut().filter(|_| is_name).find(same) {
            Some(first) => first.also.push((finding.at, "and here".to_owned())),
            None => joined.push(finding),
        }
    }
    *findings = joined;
    join_margin_codes(findings);
}

/// The entries of a name that the survey lost are no strays besides.
fn join_strays(findings: &mut Vec<Finding>) {
    let lost: Vec<String> = findings.iter().filter_map(lost_path).collect();
    findings.retain(|finding| {
        let path = finding.says.split('`').nth(1).unwrap_or_default();
        let is_of = |lost: &String| {
            let rest = path.strip_prefix(lost.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
        };
        finding.code != "S090" || !lost.iter().any(is_of)
    });
}

/// The path of a name that conditions and forms look for in vain.
fn lost_path(finding: &Finding) -> Option<String> {
    let mut names = finding.says.split('`').skip(1).step_by(2);
    match finding.code {
        "S030" => names.next().map(str::to_owned),
        "S031" => names.next().zip(names.next()).map(|(code, of)| format!("{of}.{code}")),
        _ => None,
    }
}

/// A translation is not stale besides where the words it was made for have a slip.
fn join_stale(findings: &mut Vec<Finding>, survey: &str) {
    let slips: Vec<Finding> =
        findings.iter().filter(|finding| *finding.at.file == *survey).cloned().collect();
    findings.retain(|finding| {
        let has_slip = |place: &notation::Place| {
            let within = |slip: &Finding| place.start <= slip.at.start && slip.at.end <= place.end;
            *place.file == *survey && slips.iter().any(within)
        };
        !matches!(finding.code, "S081" | "S082") || !finding.also.iter().any(|(place, _)| has_slip(place))
    });
}

/// A code that a table and a condition miss alike is one that its question lost.
fn join_margin_codes(findings: &mut Vec<Finding>) {
    let lost: Vec<Finding> = findings.extract_if(.., |finding| finding.code == "S070").collect();
    for table in lost {
        let code = table.says.split('`').nth(1);
        let of = table.says.split('`').nth(3);
        let same = |finding: &&mut Finding| {
            let mut names = finding.says.split('`');
            finding.code == "S031" && names.nth(1) == code && names.nth(1) == of
        };
        match findings.iter_mut().find(same) {
            Some(finding) => finding.also.push((table.at, "and in this table".to_owned())),
            None => findings.push(table),
        }
    }
}

/// Of an oddly indented line, the one finding that says what happened.
///
/// A `?` that was deleted leaves three spaces behind: the line lost its sign. Any other line that is oddly indented is
/// read as best it can be, and what it seems to lack is not said besides.
fn join_indents(findings: &mut Vec<Finding>) {
    let indents: Vec<Finding> = findings.iter().filter(|finding| finding.code == "N001").cloned().collect();
    let mut dropped = Vec::new();
    findings.retain(|finding| {
        if !matches!(finding.code, "S002" | "S003") {
            return true;
        }
        let follows =
            |indent: &&Finding| indent.at.file == finding.at.file && indent.at.end == finding.at.start;
        let Some(indent) = indents.iter().find(follows) else { return true };
        let asks = finding.fix.as_ref().is_some_and(|fix| fix.starts_with("? "));
        let lost_sign = asks && indent.says.contains("spaces");
        if lost_sign {
            dropped.push(indent.at.clone());
        }
        lost_sign
    });
    findings.retain(|finding| finding.code != "N001" || !dropped.contains(&finding.at));
}
