//! Ten slips in one survey of three languages: all ten are found in one run, each once.

use survey::{Severity, Sources, read};

use crate::cases;

fn replace(sources: &mut Sources, file: &str, from: &str, to: &str) {
    let text = sources.get_mut(file).expect("the survey has this file");
    assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {file}");
    *text = text.replace(from, to);
}

#[test]
fn ten_slips_are_ten_findings() {
    let mut sources = cases::sources("ok/three_languages");
    assert_eq!(read(&sources).1, []);
    let survey = "case.survey";
    replace(&mut sources, survey, "when needs has work\n", "when neeeds has work\n");
    replace(&mut sources, survey, "[when needs has housing]", "[when needs has huosing]");
    replace(&mut sources, survey, "- refugee ", "- economic ");
    replace(&mut sources, survey, "text wish", "txet wish");
    replace(&mut sources, survey, "arrival_year in (2016..2021)", "arrival_year in (2016..2021");
    replace(&mut sources, survey, "arrival_year < 2016", "arrival_year < economic");
    replace(&mut sources, survey, "  hint Choose all", "\thint Choose all");
    replace(&mut sources, survey, "  ? In what year", "  In what year");
    replace(&mut sources, "fr.po", "msgid \"What did you need?\"", "msgid \"What do you need?\"");
    replace(&mut sources, "ar.po", "msgstr \"وظيفة\"", "msgstr \"\"");
    let (survey, findings) = read(&sources);
    assert!(survey.is_none());
    // A language that is not official holds nothing back.
    let graveness = |finding: &survey::Finding| match &*finding.at.file {
        "ar.po" => Severity::Warning,
        _ => Severity::Error,
    };
    assert!(
        findings.iter().all(|finding| finding.remedy.is_some() && finding.severity == graveness(finding))
    );
    let found: Vec<(&str, &str, usize)> = findings
        .iter()
        .map(|finding| (finding.code, &*finding.at.file, notation::locate(&finding.at, &sources).line))
        .collect();
    let expected = [
        ("S006", "case.survey", 19),
        ("S003", "case.survey", 23),
        ("S035", "case.survey", 26),
        ("S032", "case.survey", 27),
        ("N001", "case.survey", 31),
        ("S030", "case.survey", 38),
        ("S031", "case.survey", 43),
        ("S001", "case.survey", 45),
        ("S080", "ar.po", 69),
        ("S081", "fr.po", 61),
    ];
    assert_eq!(found, expected);
}

#[test]
fn any_code_or_name_given_twice_is_one_finding() {
    let slips = [
        ("- work     A job\n", "- housing  A job\n"),
        ("many needs\n", "many pathway\n"),
        ("| work     A job ", "| housing  A job "),
        ("  - 2  Neither\n", "  - 1  Neither\n"),
    ];
    for (from, to) in slips {
        let mut sources = cases::sources("ok/three_languages");
        replace(&mut sources, "case.survey", from, to);
        let (_, findings) = read(&sources);
        let twice =
            findings.iter().filter(|finding| finding.code == "S005" || finding.code == "S006").count();
        let strays =
            findings.iter().filter(|finding| matches!(finding.code, "S080" | "S081" | "S090")).count();
        assert_eq!((twice, strays), (1, 0), "{to}: {}", survey::draw(&findings, &sources, false));
    }
}

#[test]
fn one_slip_is_one_finding() {
    let slips = [
        ("  - work     A job\n", "\t- work     A job\n", "N001"),
        ("grid access", "\tgrid access", "N001"),
        ("  ? What do you wish", "   What do you wish", "S003"),
        ("  ? What do you wish for?\n", "", "S004"),
        ("many needs", "mnay needs", "S001"),
        ("many needs", "many neesd", "S030"),
        ("  - work     A job\n", "  - wrok     A job\n", "S031"),
        ("page body", "pgae body", "S001"),
        ("list ease3", "lsit ease3", "S001"),
        ("of ease3", "of eas3", "S007"),
        ("[end declined]", "[end declnied]", "S007"),
        ("[when needs has housing]", "[when needs has housing", "N003"),
        ("[specify]", "[spceify]", "N003"),
        ("  when needs has work\n", "  relevent needs has work\n", "S002"),
        ("langs     fr ar", "langs     fr ara", "S087"),
        ("consent agree", "consnet agree", "S001"),
    ];
    for (from, to, code) in slips {
        let mut sources = cases::sources("ok/three_languages");
        replace(&mut sources, "case.survey", from, to);
        let (_, findings) = read(&sources);
        let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code], "{to}: {}", survey::draw(&findings, &sources, false));
    }
}

#[test]
fn any_word_of_any_condition_misspelt_is_one_finding() {
    let sources = cases::sources("ok/every_condition");
    let text = &sources["case.survey"];
    let mut tried = 0;
    for (start, line) in text.match_indices("  when ").map(|(start, _)| (start + 7, &text[start + 7..])) {
        let line = &line[..line.find("\n  role").unwrap_or(line.len())];
        let is_word = |each: char| each.is_ascii_alphanumeric() || each == '_';
        for word in line.split(|each| !is_word(each)).filter(|word| word.len() > 3 && !word.starts_with("19"))
        {
            let at = start + (word.as_ptr() as usize - line.as_ptr() as usize);
            if word.starts_with(|first: char| first.is_ascii_digit()) {
                continue;
            }
            let misspelt = format!("{}{}qx{}", &text[..at], &word[..2], &text[at + 2..]);
            let sources = [("case.survey".to_owned(), misspelt)].into();
            let errors: Vec<_> =
                read(&sources).1.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
            assert_eq!(errors.len(), 1, "`{word}` in `{line}`: {}", survey::draw(&errors, &sources, false));
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried} words were tried");
}
