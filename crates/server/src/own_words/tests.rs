use super::*;

fn placeholders(words: &str) -> std::collections::BTreeSet<&str> {
    words.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_language_says_everything_that_english_says() {
    let own = OwnWords::read().unwrap();
    let english = &own.by_language[&Language::english()];
    assert!(english.len() > 80);
    for (language, words) in &own.by_language {
        for (path, said) in english {
            let theirs = words.get(path).unwrap_or_else(|| panic!("{language} lacks `{path}`"));
            assert_eq!(placeholders(theirs), placeholders(said), "{language} `{path}`");
        }
        assert_eq!(words.len(), english.len(), "{language} says more than English");
    }
}

#[test]
fn every_path_in_the_program_is_in_the_files() {
    let own = OwnWords::read().unwrap();
    let english = &own.by_language[&Language::english()];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for file in files(&folder) {
        let text = std::fs::read_to_string(file).unwrap();
        for call in ["say(\"", "plain(\"", "say_with(\"", " with(\"", "refuse(\"", "notice(\""] {
            for rest in text.split(call).skip(1) {
                let path = rest.split('"').next().unwrap();
                assert!(path.contains('{') || english.contains_key(path), "`{path}` is in no file");
                seen += 1;
            }
        }
    }
    assert!(seen > 80, "only {seen} paths were found in the program");
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_language_the_server_does_not_speak_falls_back_to_english_and_says_so() {
    let own = OwnWords::read().unwrap();
    let tigrinya = Language::of_tag("ti").unwrap();
    assert_eq!(own.get("back", &tigrinya), ("Back", &Language::english()));
}

#[test]
fn french_is_set_as_in_canada() {
    let own = OwnWords::read().unwrap();
    let french = &own.by_language[&Language::of_tag("fr").unwrap()];
    for (path, words) in french {
        assert!(!words.contains(['\'', '"']) && !words.to_lowercase().contains("sondage"), "{path}: {words}");
        let letters: Vec<char> = words.chars().collect();
        for pair in letters.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let is_fit = match after {
                ':' | '»' | '%' => before == '\u{a0}',
                ';' | '?' | '!' => !before.is_whitespace(),
                _ => before != '«' || after == '\u{a0}',
            };
            assert!(is_fit, "{path}: {words}");
        }
    }
}
