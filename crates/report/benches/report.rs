//! The whole report from a release made by hand: read, compose and write both languages.

#![allow(clippy::unwrap_used, dead_code, reason = "a bench that cannot go on should stop where it stands")]

#[path = "../tests/it/sample.rs"]
mod sample;

use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Two pages of five figures each.
#[divan::bench]
fn both_pages(bencher: Bencher<'_, '_>) {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let release = sample::release(&survey, &report.queries());
    let fonts = report::Fonts::new();
    bencher.bench_local(|| {
        for language in &report.languages {
            let (document, _) = report::compose(&report, &release, &survey, language);
            black_box(report::html(&document, &fonts));
        }
    });
}

/// The author's files into a report.
#[divan::bench]
fn read_and_check(bencher: Bencher<'_, '_>) {
    let survey = sample::survey();
    let sources = sample::report_sources();
    bencher.bench_local(|| black_box(report::read(&sources, &survey)));
}
