//! Reads golden files, runs their cases on the crate, and compares.

mod compare;
mod data;
mod design;
mod expression;
mod fields;
mod formula;
mod ops;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use data::Table;
use fields::Fields;

/// Why a case has no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The crate refused, with its reason.
    Refused(stats::Error),
    /// The runner does not know an operation, an option or a design.
    Unknown(String),
    /// The case or its data cannot be read.
    Broken(String),
}

impl From<stats::Error> for Failure {
    fn from(error: stats::Error) -> Failure {
        Failure::Refused(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Refused(error) => write!(out, "refused: {error}"),
            Failure::Unknown(what) => write!(out, "not known: {what}"),
            Failure::Broken(what) => write!(out, "cannot be read: {what}"),
        }
    }
}

/// What came of one file: names of cases that passed, names and reasons of those that failed.
pub(crate) struct Report {
    pub(crate) file: String,
    pub(crate) passed: Vec<String>,
    pub(crate) failed: Vec<(String, String)>,
}

/// Runs every `*.json` of a folder, in byte order of their names.
pub(crate) fn run_folder(folder: &Path) -> Result<Vec<Report>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: there is no *.json", folder.display()));
    }
    files.iter().map(|file| run_file(folder, file)).collect()
}

fn run_file(folder: &Path, file: &Path) -> Result<Report, String> {
    let explain = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(|error| explain(&error))?;
    let cases: Vec<Value> = serde_json::from_str(&text).map_err(|error| explain(&error))?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut report = Report { file: name, passed: Vec::new(), failed: Vec::new() };
    let mut tables = BTreeMap::new();
    for case in &cases {
        let name = case["name"].as_str().unwrap_or("(no name)").to_string();
        match judge(folder, case, &mut tables) {
            Ok(()) => report.passed.push(name),
            Err(why) => report.failed.push((name, why)),
        }
    }
    Ok(report)
}

/// Whether a case passes, and if not, why.
fn judge(folder: &Path, case: &Value, tables: &mut BTreeMap<String, Table>) -> Result<(), String> {
    let expected = &case["result"];
    let outcome = run_case(folder, case, tables);
    if let Some(reason) = expected.get("error") {
        return match outcome {
            Err(Failure::Refused(error)) if is_refusal(&error) => Ok(()),
            Err(failure) => Err(format!("expected a refusal ({reason}), got {failure}")),
            Ok(got) => Err(format!("expected a refusal ({reason}), got {got}")),
        };
    }
    let tolerance = case["rtol"].as_f64().ok_or("the case has no rtol")?;
    compare::compare(expected, &outcome.map_err(|failure| failure.to_string())?, tolerance)
}

/// Whether an error speaks about the situation, and not about how it was asked.
fn is_refusal(error: &stats::Error) -> bool {
    use stats::Error::*;
    !matches!(
        error,
        RowsDiffer { .. }
            | NoRows
            | WeightNotUsable { .. }
            | ValueNotFinite { .. }
            | NotAnIndicator { .. }
            | LevelNotUsable { .. }
            | CoefficientsDiffer { .. }
            | NotAProbability { .. }
            | CodeWithoutLabel { .. }
            | CollapseUnknown { .. }
            | ClusterInTwoStrata { .. }
            | Overflow { .. }
    )
}

const CASE: [&str; 9] = ["name", "data", "design", "op", "call", "setup", "options", "rtol", "result"];
const OPTIONS: [&str; 2] = ["survey.lonely.psu", "survey.adjust.domain.lonely"];

fn run_case(folder: &Path, case: &Value, tables: &mut BTreeMap<String, Table>) -> Result<Value, Failure> {
    let known = |keys: &[&str], key: &str| keys.contains(&key);
    let parts = case.as_object().ok_or_else(|| Failure::Broken("a case is an object".into()))?;
    if let Some(key) = parts.keys().find(|key| !known(&CASE, key) && *key != "verified") {
        return Err(Failure::Unknown(format!("field `{key}`")));
    }
    // Options are repeated in `op`, where they are read; here only unknown ones must not slip through.
    if let Some(key) = case["options"].as_object().and_then(|o| o.keys().find(|key| !known(&OPTIONS, key))) {
        return Err(Failure::Unknown(format!("option `{key}`")));
    }
    let table = match case["data"].as_str() {
        None => None,
        Some(name) => {
            if !tables.contains_key(name) {
                let path = folder.join("data").join(name);
                tables.insert(name.to_string(), Table::read(&path).map_err(Failure::Broken)?);
            }
            tables.get(name)
        }
    };
    let op = Fields::new("op", &case["op"])?;
    let got = ops::run(&op, &case["design"], table, &folder.join("data"))?;
    op.finish()?;
    Ok(got)
}
