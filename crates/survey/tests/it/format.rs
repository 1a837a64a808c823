//! Laying a survey out: once, and without changing what it means.

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use survey::{Sources, format, read_source};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The newcomer survey with its tables, under another text.
fn sources(text: &str) -> Sources {
    let mut sources = Sources::from([("newcomer-needs.survey".to_owned(), text.to_owned())]);
    for path in ["halifax-2021/period", "halifax-2021/status", "st-johns-2021/period", "st-johns-2021/status"]
    {
        let path = format!("margins/{path}.csv");
        let table =
            fs::read_to_string(root().join("surveys/newcomer-needs").join(&path)).expect("it is ours");
        sources.insert(path, table);
    }
    sources
}

fn sample() -> String {
    fs::read_to_string(root().join("surveys/newcomer-needs/newcomer-needs.survey")).expect("it is ours")
}

fn laid(text: &str) -> String {
    let (laid, findings) = format(&sources(text));
    laid.unwrap_or_else(|| panic!("{findings:#?}\n{text}"))
}

/// The first line in which two texts differ: a survey is too long to be shown whole.
fn differ(one: &str, other: &str) -> Option<(String, String)> {
    let end = std::iter::once("the end");
    one.lines()
        .chain(end.clone())
        .zip(other.lines().chain(end))
        .find(|(one, other)| one != other)
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
}

fn canonical(text: &str) -> String {
    let (survey, findings) = read_source(&sources(text));
    survey.unwrap_or_else(|| panic!("{findings:#?}\n{text}")).canonical()
}

#[test]
fn our_own_surveys_stand_as_they_are_laid_out() {
    assert_eq!(differ(&laid(&sample()), &sample()), None);
}

/// The line with other blanks behind its word, its code, and before its marks.
fn untidy(line: &str, blanks: usize, trailing: &str) -> String {
    let blanks = " ".repeat(blanks);
    let body = line.trim_start();
    let indent = &line[..line.len() - body.len()];
    if body.starts_with('#') || indent.len() > 2 || body.is_empty() {
        return line.to_owned();
    }
    let squeezed = match body.starts_with(['-', '|']) {
        true => {
            let words: Vec<&str> = body.splitn(3, ' ').collect();
            let mut line = format!("{}{blanks}{}{blanks}{}", words[0], words[1], words[2].trim());
            while let Some(at) = line.find("  [") {
                line.replace_range(at..at + 3, "\u{1}[");
            }
            line.replace('\u{1}', &blanks)
        }
        false => body.replacen(' ', &blanks, 1),
    };
    format!("{indent}{squeezed}{trailing}")
}

/// The text with the lines that follow each head turned around, the choices and what continues a line aside.
fn turned(text: &str) -> String {
    let mut items: Vec<Vec<String>> = Vec::new();
    for line in text.lines() {
        let starts_item = !line.starts_with(' ') && !line.is_empty();
        // Of several `accept` lines, as of choices, the order is the author's.
        let stays = |rest: &str| rest.starts_with([' ', '-', '|', '#']) || rest.starts_with("accept ");
        let inner = line.strip_prefix("  ").filter(|rest| !stays(rest));
        match (items.last_mut(), inner) {
            (Some(item), Some(_)) => item.insert(1, line.to_owned()),
            (Some(item), None) if !starts_item => item.push(line.to_owned()),
            _ => items.push(vec![line.to_owned()]),
        }
    }
    items.concat().join("\n") + "\n"
}

/// The sample with every line in one piece: what continues a line cannot be turned around without its beginning.
fn in_one_piece(text: &str) -> String {
    let mut whole = String::new();
    for line in text.lines() {
        match line.strip_prefix("    ") {
            Some(more) => whole.push_str(&format!(" {}", more.trim_start())),
            None => whole.push_str(&format!("\n{line}")),
        }
    }
    format!("{}\n", whole.trim_start())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_untidy_hand_changes_nothing(
        blanks in 1_usize..5, trailing in any::<bool>(), gaps in any::<bool>(), windows in any::<bool>(),
    ) {
        let trailing = if trailing { " \t" } else { "" };
        let mut text: String = sample().lines().map(|line| untidy(line, blanks, trailing) + "\n").collect();
        if gaps {
            text = text.replace("\n\n", "\n   \n\n");
        }
        if windows {
            text = text.replace('\n', "\r\n");
        }
        prop_assert!(canonical(&text) == canonical(&sample()));
        prop_assert_eq!(differ(&laid(&text), &sample()), None);
    }

    #[test]
    fn laying_out_twice_is_laying_out_once_and_changes_no_meaning(
        places in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..6), 0..40),
    ) {
        let mut lines: Vec<String> = sample().lines().map(str::to_owned).collect();
        for (place, what) in places {
            let place = place.index(lines.len());
            match what {
                0 => lines.insert(place, String::new()),
                1 => lines.insert(place, "# at the margin".to_owned()),
                2 => lines.insert(place, "    # deep inside".to_owned()),
                3 => lines.insert(place, "  # within".to_owned()),
                4 if lines[place].is_empty() => drop(lines.remove(place)),
                _ => lines[place].push_str(" \t"),
            }
        }
        let text = lines.join("\n");
        let once = laid(&text);
        prop_assert!(canonical(&once) == canonical(&sample()));
        prop_assert_eq!(differ(&laid(&once), &once), None);
        let remarks = |text: &str| text.matches("\n# at").count() + text.matches("    # deep").count() + text.matches("\n  # within").count();
        prop_assert_eq!(remarks(&format!("\n{once}")), remarks(&format!("\n{text}")));
        prop_assert!(!once.contains("\n\n\n") && !once.contains(" \n") && !once.contains('\t'));
    }
}

#[test]
fn inner_lines_find_their_order() {
    let text = in_one_piece(&sample());
    let turned = turned(&text);
    assert!(differ(&turned, &text).is_some());
    assert_eq!(differ(&laid(&turned), &text), None);
}

#[test]
fn marks_find_their_order_and_their_column() {
    let text = sample().replace(
        "Another way                                          [specify]",
        "Another way [short Any] [specify]",
    );
    assert!(laid(&text).contains(
        "  - other       Another way                                          [specify] [short Any]\n"
    ));
}

#[test]
fn a_run_of_settings_lines_up_and_a_blank_line_ends_it() {
    let text =
        sample().replace("host      Example", "\nhost Example").replace("withdraw  2027", "withdraw 2027");
    let laid = laid(&text);
    assert!(laid.starts_with("survey   newcomer-needs\ntitle    Newcomer needs survey\n"), "{laid}");
    assert!(laid.contains("\n\nhost      Example") && laid.contains("\nwithdraw  2027"));
}

#[test]
fn a_file_with_an_error_is_left_alone() {
    for (from, to) in
        [("page you", "pgae you"), ("[only]", "[onyl]"), ("when not svc_need", "when not svc_nede")]
    {
        let (laid, findings) = format(&sources(&sample().replacen(from, to, 1)));
        assert_eq!((laid, findings.len()), (None, 1), "{to}");
    }
}

/// Every case of the reader that holds a survey without an error.
#[test]
fn every_sound_case_keeps_its_meaning() {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    let mut sound = 0;
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("it is ours").map(|entry| entry.expect("it is ours").path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let whole = fs::read_to_string(&path).expect("it is ours");
            let text = whole.split("\n--- ").next().unwrap_or_default().to_owned() + "\n";
            let sources = |text: &str| Sources::from([("case.survey".to_owned(), text.to_owned())]);
            let (Some(survey), (Some(laid), _)) = (read_source(&sources(&text)).0, format(&sources(&text)))
            else {
                continue;
            };
            sound += 1;
            let (again, findings) = read_source(&sources(&laid));
            let again = again.unwrap_or_else(|| panic!("{}: {findings:#?}\n{laid}", path.display()));
            assert_eq!(again.canonical(), survey.canonical(), "{}", path.display());
            assert_eq!(format(&sources(&laid)).0.as_ref(), Some(&laid), "{}", path.display());
        }
    }
    assert!(sound > 15, "only {sound} cases were laid out");
}
