//! Write the report of the house from a release made by hand: `cargo run -p report --example pages -- FOLDER`.

#![allow(clippy::unwrap_used, dead_code, reason = "an example that cannot go on should stop where it stands")]

#[path = "../tests/it/sample.rs"]
mod sample;

fn main() {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let survey = sample::survey();
    let report = sample::report(&survey);
    let release = sample::release(&survey, &report.queries());
    for language in &report.languages {
        let (document, findings) = report::compose(&report, &release, &survey, language);
        println!("{language}: {} findings", findings.len());
        let place = folder.join(language.tag());
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join("index.html"), report::html(&document, &report::Fonts::new())).unwrap();
    }
}
