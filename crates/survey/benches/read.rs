//! How long reading and checking takes: 40 questions in three languages, translations included.

use std::fmt::Write as _;

use survey::Sources;

fn main() {
    divan::main();
}

const HEAD: &str = "survey large\ntitle A large survey\nversion 2027.1\nsource en\nlangs fr ar\nhost Somebody\n\
    contact Coordinator, 555-0100\nsuppress below 10\n\npage start  Before you begin\nconsent agree\n  ? Shall we begin?\n  \
    - yes  Yes\n  - no  No  [end declined]\n\n";

/// A survey of so many questions beside consent, and its translations.
fn large(questions: usize) -> Sources {
    let mut survey = HEAD.to_owned();
    for index in 0..questions {
        if index % 5 == 0 {
            let _ = write!(survey, "page part{index}  Part {index}\n\n");
        }
        let _ = write!(survey, "many question{index}\n  ? What did you need in part {index} of the year?\n");
        if index > 0 {
            let _ = writeln!(survey, "  when question{} has any (housing, work) and agree = yes", index - 1);
        }
        for (code, words) in
            [("housing", "A home"), ("work", "A job"), ("school", "A school"), ("none", "None")]
        {
            let only = if code == "none" { "  [only]" } else { "" };
            let _ = writeln!(survey, "  - {code}  {words} in part {index}{only}");
        }
        survey.push_str("  hint Choose all that are true for you.\n  role outcome\n\n");
    }
    survey.push_str("end declined  Thank you\n");
    let mut sources: Sources = [("large.survey".to_owned(), survey)].into();
    let (survey, _) = survey::read(&sources);
    assert!(survey.is_none(), "its translations are missing still");
    for (tag, word) in [("fr", "Mots"), ("ar", "كلمات")] {
        let po = translated(&sources, tag, word);
        sources.insert(format!("{tag}.po"), po);
    }
    sources
}

/// A PO file for every path that a source without other languages has.
fn translated(sources: &Sources, tag: &str, word: &str) -> String {
    let alone = sources["large.survey"].replace("langs fr ar\n", "");
    let (survey, _) = survey::read(&[("large.survey".to_owned(), alone)].into());
    let survey = survey.expect("in one language it is whole");
    let mut po = format!("msgid \"\"\nmsgstr \"\"\n\"Language: {tag}\\n\"\n");
    for (index, words) in survey.words().into_iter().enumerate() {
        let (path, english) = (&words.path, &words.source);
        let _ = write!(po, "\nmsgctxt \"{path}\"\nmsgid \"{english}\"\nmsgstr \"{word} {index}\"\n");
    }
    po
}

#[divan::bench(args = [40, 100])]
fn read_and_check(bencher: divan::Bencher<'_, '_>, questions: usize) {
    let sources = large(questions);
    assert_eq!(survey::draw(&survey::read(&sources).1, &sources, false), "");
    bencher.bench(|| survey::read(divan::black_box(&sources)));
}

#[divan::bench]
fn fingerprint(bencher: divan::Bencher<'_, '_>) {
    let survey = survey::read(&large(40)).0.expect("it is whole");
    bencher.bench(|| divan::black_box(&survey).fingerprint());
}
