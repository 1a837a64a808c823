//! How long reading and checking takes: surveys of 40 and of 100 questions in twelve languages, translations included.
//!
//! The aim is 10 ms for the longer one, on one core. Beside it stands how long pyxform takes for as many questions in
//! one language, where it is installed.

mod large;
mod pyxform;

use survey::Sources;

fn main() {
    divan::main();
    pyxform::print();
}

#[divan::bench(args = [40, 100])]
fn read_and_check(bencher: divan::Bencher<'_, '_>, questions: usize) {
    let sources = large::large(questions, large::LANGUAGES);
    bencher.bench(|| survey::read(divan::black_box(&sources)));
}

#[divan::bench(args = [40, 100])]
fn read_and_check_without_translations(bencher: divan::Bencher<'_, '_>, questions: usize) {
    let sources = large::large(questions, &[]);
    bencher.bench(|| survey::read(divan::black_box(&sources)));
}

#[divan::bench]
fn read_a_po_file(bencher: divan::Bencher<'_, '_>) {
    let sources: Sources = large::large(100, large::LANGUAGES);
    let text = &sources["ar.po"];
    bencher
        .counter(divan::counter::BytesCount::of_str(text))
        .bench(|| survey::po::read("ar.po", divan::black_box(text)));
}

#[divan::bench]
fn fingerprint(bencher: divan::Bencher<'_, '_>) {
    let survey = survey::read(&large::large(40, large::LANGUAGES)).0.expect("it is whole");
    bencher.bench(|| divan::black_box(&survey).fingerprint());
}
