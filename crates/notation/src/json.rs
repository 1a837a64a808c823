//! Findings as data.

use serde_json::{Value, json};

use crate::{Finding, Severity, Sources, locate};

/// The JSON Schema (draft 2020-12) of one finding as [`json()`] gives it.
pub const FINDING_SCHEMA: &str = include_str!("../schema/finding.schema.json");

/// Findings as JSON, one object on each line.
///
/// The keys are `code severity file line column end_line end_column says remedy also fix`; lines and columns count
/// from 1, columns in characters; `remedy` and `fix` are null where there is none.
pub fn json(findings: &[Finding], sources: &Sources) -> String {
    findings.iter().map(|finding| format!("{}\n", object(finding, sources))).collect()
}

fn object(finding: &Finding, sources: &Sources) -> Value {
    let at = locate(&finding.at, sources);
    let also: Vec<Value> = finding
        .also
        .iter()
        .map(|(place, says)| {
            let at = locate(place, sources);
            json!({ "file": &*place.file, "line": at.line, "column": at.column, "says": says })
        })
        .collect();
    json!({
        "code": finding.code,
        "severity": finding.severity.as_str(),
        "file": &*finding.at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "says": finding.says,
        "remedy": finding.remedy,
        "also": also,
        "fix": finding.fix,
    })
}

impl Severity {
    /// Its word: `error`, `warning` or `hint`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}
