//! The house keeps its walls: arrows, sizes, and clean files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::program::{root, run};

/// Which of our crates each crate may use. What is not here is not allowed.
const ARROWS: &[(&str, &[&str])] = &[
    ("notation", &[]),
    ("stats", &[]),
    ("survey", &["notation"]),
    ("responses", &["survey"]),
    ("exchange", &["survey"]),
    ("estimates", &["notation", "survey", "responses", "stats"]),
    ("report", &["notation", "survey", "estimates"]),
    ("server", &["survey", "responses"]),
    ("cli", &["notation", "survey", "responses", "exchange", "estimates", "report", "server"]),
];

/// Packages that one crate alone may know.
const ALONE: &[(&str, &str)] = &[
    ("rusqlite", "responses"),
    ("plotters", "report"),
    ("statrs", "stats"),
    ("calamine", "exchange"),
    ("rust_xlsxwriter", "exchange"),
];

/// Lines of a function: at the median, at the 95th percentile, at most.
const FUNCTION: (usize, usize, usize) = (10, 40, 60);

/// Lines of a file, at most.
const FILE: usize = 500;

#[test]
fn arrows_point_down() {
    for (name, uses) in dependencies() {
        let allowed = ARROWS.iter().find(|row| row.0 == name).map(|row| row.1);
        let allowed = allowed.unwrap_or_else(|| panic!("crate `{name}` is not on the plan"));
        let ours = uses.iter().filter(|used| ARROWS.iter().any(|row| row.0 == used.as_str()));
        for used in ours {
            assert!(allowed.contains(&used.as_str()), "`{name}` must not use `{used}`");
        }
    }
}

#[test]
fn what_one_crate_knows_no_other_knows() {
    for (name, uses) in dependencies() {
        for (package, owner) in ALONE {
            assert!(
                name == *owner || !uses.contains(*package),
                "only `{owner}` may know {package}, not `{name}`"
            );
        }
    }
}

#[test]
fn only_responses_speaks_sql() {
    for path in rust_files().iter().filter(|path| !path.starts_with(root().join("crates/responses"))) {
        let text = fs::read_to_string(path).unwrap();
        for word in ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE "] {
            assert!(!text.contains(word), "{} speaks SQL: `{word}`", path.display());
        }
    }
}

#[test]
fn every_readme_answers_why() {
    for manifest in manifests() {
        let readme = fs::read_to_string(manifest.with_file_name("README.md")).unwrap();
        assert!(readme.contains("\n## Why\n"), "{} has no section `Why`", manifest.display());
    }
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    // Written apart, so that this file does not name them itself.
    let never = [["crates", ".io"], ["npm", "js.org"], ["py", "pi.org"], ["/wo", "rk/"], ["/ro", "ot/"]];
    let kept =
        ["crates", "surveys", "reports", "tests/it", "xtask/src", "README.md", "justfile", "Cargo.toml"];
    for path in kept.iter().flat_map(|name| files(&root().join(name))) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for parts in never {
            assert!(!text.contains(&parts.concat()), "{} names `{}`", path.display(), parts.concat());
        }
    }
}

#[test]
fn every_crate_of_the_plan_stands() {
    let standing: BTreeSet<String> = dependencies().into_keys().collect();
    let planned: BTreeSet<String> = ARROWS.iter().map(|row| row.0.to_owned()).collect();
    assert_eq!(standing, planned);
}

#[test]
fn versions_stand_in_the_root_alone() {
    for manifest in manifests() {
        let text = fs::read_to_string(&manifest).unwrap();
        let own = text.lines().filter(|line| line.contains("version = \"")).count();
        assert_eq!(own, 0, "{} names a version: it belongs in the root", manifest.display());
    }
}

#[test]
fn functions_are_short() {
    let mut lengths: Vec<(usize, String)> = rust_files().iter().flat_map(|path| functions(path)).collect();
    lengths.sort();
    let at = |share: f64| lengths[((lengths.len() - 1) as f64 * share) as usize].0;
    let (longest, name) = lengths.last().unwrap();
    assert!(at(0.5) <= FUNCTION.0, "half of all functions are longer than {} lines", at(0.5));
    assert!(at(0.95) <= FUNCTION.1, "a twentieth of all functions are longer than {} lines", at(0.95));
    assert!(*longest <= FUNCTION.2, "`{name}` has {longest} lines");
}

#[test]
fn files_are_short() {
    for path in rust_files() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= FILE, "{} has {lines} lines", path.display());
    }
}

#[test]
fn surveys_and_reports_check_clean() {
    let checked = run(&["check", "surveys", "reports"]);
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success() && said.contains("nothing to mend"), "{said}");
}

#[test]
fn the_program_carries_every_file_of_every_study() {
    let carried = fs::read_to_string(root().join("crates/cli/src/study.rs")).unwrap();
    for folder in ["surveys", "reports"] {
        for path in files(&root().join(folder)) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            assert!(name.ends_with(".md") || carried.contains(&name), "`{name}` is missing in the program");
        }
    }
}

fn manifests() -> Vec<PathBuf> {
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let mut manifests: Vec<PathBuf> = crates.map(|entry| entry.unwrap().path().join("Cargo.toml")).collect();
    manifests.sort();
    manifests
}

/// What each crate depends on, development aside.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    manifests()
        .into_iter()
        .map(|manifest| {
            let name = manifest.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&manifest).unwrap();
            // Dependencies of one target alone count as well; those of tests do not.
            let blocks = text.split("\n[").filter(|block| {
                let head = block.split(']').next().unwrap_or_default();
                head.ends_with("dependencies") && !head.contains("dev-")
            });
            let lines = blocks.flat_map(|block| block.lines().skip(1));
            let used = lines.filter_map(|line| line.split(['.', ' ', '=']).next());
            (name, used.filter(|used| !used.is_empty()).map(str::to_owned).collect())
        })
        .collect()
}

fn rust_files() -> Vec<PathBuf> {
    let crates = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path().join("src"));
    let all = crates.chain([root().join("xtask/src")]).flat_map(|folder| files(&folder));
    all.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_path_buf()];
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Whether a line begins a function, whatever stands before `fn`.
fn opens_a_function(code: &str) -> bool {
    let before = code.split("fn ").next().unwrap_or_default();
    let words = ["pub", "pub(crate)", "pub(super)", "pub(in", "const", "async", "unsafe", "extern"];
    code.contains("fn ") && before.split_whitespace().all(|word| words.contains(&word))
}

/// Every function of a file with its lines, from its signature to its closing brace.
fn functions(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        if !opens_a_function(code) || code.ends_with(';') {
            continue;
        }
        let close = format!("{indent}}}");
        let length = lines[start..].iter().position(|line| *line == close).map_or(1, |end| end + 1);
        found.push((length, format!("{}:{}", path.display(), start + 1)));
    }
    found
}
