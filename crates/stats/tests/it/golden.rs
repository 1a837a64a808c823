//! Reference values, and that the runner cannot pass by not knowing.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::runner::run_folder;

fn stored() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn every_stored_case_passes() {
    let reports = run_folder(&stored()).unwrap();
    let failed: Vec<_> = reports.iter().flat_map(|report| &report.failed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let passed: usize = reports.iter().map(|report| report.passed.len()).sum();
    assert!(passed >= 540, "cases went missing: {passed}");
    assert!(reports.iter().any(|report| report.file == "lonely_psu.json"));
}

/// Cases on public files with other designs, from their own script.
#[test]
fn every_case_on_public_files_passes() {
    let reports = run_folder(&stored().with_file_name("golden_public")).unwrap();
    let failed: Vec<_> = reports.iter().flat_map(|report| &report.failed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(reports.iter().map(|report| report.passed.len()).sum::<usize>(), 33);
}

/// Runs one case written by hand and gives the reason of its failure.
fn run_one(case: &str) -> Option<String> {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("stats-golden-{}-{number}", std::process::id()));
    fs::create_dir_all(folder.join("data")).unwrap();
    fs::write(folder.join("data/d.csv"), "w,y,g\n1,1,a\n2,3,a\n1,5,b\n").unwrap();
    fs::write(folder.join("one.json"), format!("[{case}]")).unwrap();
    let reports = run_folder(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    reports[0].failed.first().map(|(_, why)| why.clone())
}

fn case(design: &str, op: &str, result: &str) -> String {
    format!(r#"{{"name":"x","data":"d.csv","design":{design},"op":{op},"rtol":1e-9,"result":{result}}}"#)
}

const PLAIN: &str =
    r#"{"id":"d","kind":"taylor","ids":null,"strata":null,"weights":"w","fpc":null,"nest":false}"#;

#[test]
fn a_case_is_compared_number_by_number() {
    let op = r#"{"fn":"mean","vars":["y"]}"#;
    assert_eq!(run_one(&case(PLAIN, op, r#"{"est":[3.0],"df":2}"#)), None);
    assert_eq!(run_one(&case(PLAIN, op, r#"{"est":3.0, "note":"a scalar may stand for a list"}"#)), None);
    let wrong = run_one(&case(PLAIN, op, r#"{"est":[3.001]}"#)).unwrap();
    assert!(wrong.contains("expected 3.001, got 3.0"), "{wrong}");
    let absent = run_one(&case(PLAIN, op, r#"{"median":[3]}"#)).unwrap();
    assert!(absent.contains("got nothing"), "{absent}");
}

#[test]
fn what_is_not_known_fails_even_where_a_refusal_is_expected() {
    let refusal = r#"{"error":"must refuse"}"#;
    for op in [
        r#"{"fn":"divine","vars":["y"]}"#,
        r#"{"fn":"mean","vars":["y"],"by_magic":true}"#,
        r#"{"fn":"mean","vars":["nosuch"]}"#,
        r#"{"fn":"mean","vars":["y"],"where":"y >"}"#,
    ] {
        assert!(run_one(&case(PLAIN, op, refusal)).is_some(), "{op}");
    }
    let design = PLAIN.replace("taylor", "oracle");
    assert!(run_one(&case(&design, r#"{"fn":"mean","vars":["y"]}"#, refusal)).is_some());
    let option = case(PLAIN, r#"{"fn":"mean","vars":["y"]}"#, r#"{"est":[3]}"#)
        .replace("\"rtol\"", r#""options":{"x":1},"rtol""#);
    assert!(run_one(&option).unwrap().contains("option `x`"));
}

#[test]
fn a_refusal_must_come_from_the_crate() {
    let empty = r#"{"fn":"mean","vars":["y"],"where":"y > 100"}"#;
    assert_eq!(run_one(&case(PLAIN, empty, r#"{"error":"nobody"}"#)), None);
    let answered = r#"{"fn":"mean","vars":["y"]}"#;
    assert!(run_one(&case(PLAIN, answered, r#"{"error":"nobody"}"#)).is_some());
}
