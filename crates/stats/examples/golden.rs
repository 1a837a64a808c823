//! Compares this crate with stored reference values.
//!
//! `cargo run --release -p stats --example golden -- FOLDER` reads every `*.json` of the folder, prints
//! `N passed, N failed` per file and each failing case with what was expected and what came out, and ends
//! with exit code 1 when any case failed. What the runner does not know counts as failed.

use std::path::Path;
use std::process::ExitCode;

#[path = "golden/runner.rs"]
mod runner;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: golden FOLDER");
        return ExitCode::from(2);
    };
    let reports = match runner::run_folder(Path::new(&folder)) {
        Ok(reports) => reports,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    let mut failed = 0;
    for report in &reports {
        println!("{}: {} passed, {} failed", report.file, report.passed.len(), report.failed.len());
        for (name, why) in &report.failed {
            println!("  {name}: {why}");
        }
        failed += report.failed.len();
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
