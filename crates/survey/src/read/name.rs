//! Names and codes: small letters, digits and `_`, short enough for every export (S008).

use notation::{Finding, Place};

use crate::Missing;

/// The longest name of a question, page, list or end.
const NAME_LONGEST: usize = 20;
/// The longest code of a choice or row: `name_code` then fits the 32 characters of Stata.
const CODE_LONGEST: usize = 11;
/// Words of expressions, which no name may be.
const RESERVED: &[&str] = &[
    "and", "or", "not", "has", "any", "all", "every", "row", "of", "in", "is", "now", "count", "answered",
    "first",
];
/// Survey names that stand for something else in an address.
const ADDRESSES: &[&str] = &["x", "exit", "kit", "kiosk", "healthz", "metrics", "robots.txt", ".well-known"];

/// What is wrong with the name of a question, page, list or end.
pub(super) fn check_name(name: &str, at: Place) -> Option<Finding> {
    ill_formed(name, at, "name", NAME_LONGEST)
}

/// What is wrong with the code of a choice or row; `ordered` lists may count.
pub(super) fn check_code(code: &str, at: Place, ordered: bool) -> Option<Finding> {
    if ordered && code.len() <= CODE_LONGEST && code.bytes().all(|each| each.is_ascii_digit()) {
        return None;
    }
    if Missing::of_code(code).is_some() {
        let says = format!("`{code}` is the code of a missing answer");
        return Some(Finding::error("S008", at, says).remedy(format!("write `allow {code}` instead")));
    }
    ill_formed(code, at, "code", CODE_LONGEST)
}

/// What is wrong with the name of a survey, which also stands in addresses.
pub(super) fn check_survey_name(name: &str, at: Place) -> Option<Finding> {
    if ADDRESSES.contains(&name) {
        let says = format!("`{name}` stands for something else in the address of a survey");
        return Some(Finding::error("S008", at, says).remedy("choose another name"));
    }
    let fits = |each: char| each.is_ascii_lowercase() || each.is_ascii_digit() || matches!(each, '_' | '-');
    if name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(fits) {
        return None;
    }
    let says = format!("`{name}` is not the name of a survey");
    Some(Finding::error("S008", at, says).remedy("names of surveys are small letters, digits and `-`"))
}

fn ill_formed(name: &str, at: Place, kind: &str, longest: usize) -> Option<Finding> {
    if RESERVED.contains(&name) {
        let says = format!("`{name}` is a word of conditions");
        return Some(Finding::error("S008", at, says).remedy(format!("choose another {kind}")));
    }
    if name.chars().count() > longest {
        let says = format!("`{name}` is longer than {longest} characters");
        return Some(Finding::error("S008", at, says).remedy(format!("choose a shorter {kind}")));
    }
    if is_well_formed(name) {
        return None;
    }
    let finding = Finding::error("S008", at, format!("`{name}` is not a {kind}"));
    let rule = format!("{kind}s are small letters, digits and `_`, and begin with a letter");
    Some(match mended(name) {
        Some(mended) => {
            let mut finding = finding.remedy(format!("{rule}: write `{mended}`"));
            finding.fix = Some(mended);
            finding
        }
        None => finding.remedy(rule),
    })
}

/// S008: a name that means something already.
pub(super) fn taken_by(name: &str, at: Place, what: &str) -> Finding {
    Finding::error("S008", at, format!("`{name}` {what}")).remedy("choose another name")
}

fn is_well_formed(name: &str) -> bool {
    let fits = |each: char| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '_';
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(fits)
}

fn mended(name: &str) -> Option<String> {
    let mended = name.to_lowercase().replace(['-', ' '], "_");
    (is_well_formed(&mended) && !RESERVED.contains(&mended.as_str())).then_some(mended)
}
