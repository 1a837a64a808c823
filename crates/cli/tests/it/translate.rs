//! Words handed out and taken in, as a person does it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::study::{said, soundings};

/// A copy of the newcomer survey under this name, to be changed.
pub(crate) fn copy(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("newcomer-needs");
    let _ = fs::remove_dir_all(&copy);
    lay(&root.join("surveys/newcomer-needs"), &copy);
    copy
}

fn lay(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => lay(&entry.path(), &to),
            false => assert!(fs::copy(entry.path(), to).unwrap() > 0),
        }
    }
}

pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "`{from}` does not stand in {}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// The status of French.
pub(crate) fn french(folder: &Path) -> Value {
    let (out, error, code) = said(&soundings(&["translate", "status", &folder.to_string_lossy(), "--json"]));
    assert_eq!(code, Some(0), "{error}");
    let status: Value = serde_json::from_str(&out).unwrap();
    status["languages"].as_array().unwrap().iter().find(|each| each["language"] == "fr").unwrap().clone()
}

#[test]
fn changed_english_makes_exactly_its_translations_stale() {
    let folder = copy("stale");
    assert_eq!((&french(&folder)["stale"], &french(&folder)["missing"]), (&0.into(), &0.into()));
    edit(&folder.join("newcomer-needs.survey"), "How often do you feel lonely?", "How often are you lonely?");
    let stale = french(&folder);
    assert_eq!(stale["paths"]["stale"], serde_json::json!(["lonely"]));
    let path = folder.to_string_lossy().into_owned();
    let (table, _, _) = said(&soundings(&["translate", "status", &path]));
    assert!(table.contains("French") && table.contains("to do in fr, ar"), "{table}");
    let (out, error, code) = said(&soundings(&["translate", "extract", &path]));
    assert_eq!(code, Some(0), "{error}");
    assert!(out.contains("fr.po written: 0 missing, 1 stale, 0 retired"), "{out}");
    assert_eq!(french(&folder), stale);
    let text = fs::read_to_string(folder.join("fr.po")).unwrap();
    assert!(
        text.contains("#, fuzzy\n#| msgid \"How often do you feel lonely?\"\nmsgctxt \"lonely\"\n"),
        "{text}"
    );
    let (out, _, _) = said(&soundings(&["translate", "extract", &path]));
    assert_eq!(out.matches("was up to date").count(), 2, "{out}");
    assert_eq!(fs::read_to_string(folder.join("fr.po")).unwrap(), text);
}

#[test]
fn a_new_language_begins_with_every_text() {
    let folder = copy("begin");
    let path = folder.to_string_lossy().into_owned();
    let (out, _, code) = said(&soundings(&["translate", "extract", &path, "uk"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("uk.po written") && out.contains("`langs`"), "{out}");
    let text = fs::read_to_string(folder.join("uk.po")).unwrap();
    // One form for a text, and three for one that is said of a number.
    let (texts, plural) = (text.matches("msgid \"").count(), text.matches("msgid_plural \"").count());
    assert!(plural > 0);
    assert_eq!(text.matches("msgstr \"\"").count(), texts - plural);
    assert_eq!(text.matches("] \"\"").count(), 3 * plural);
    let (_, error, code) = said(&soundings(&["translate", "extract", &path, "tl"]));
    assert_eq!(code, Some(1));
    assert!(error.contains("`tl`"), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let folder = copy("broken");
    edit(&folder.join("fr.po"), "msgstr \"Jamais\"", "msgstr \"Jamais");
    let text = fs::read_to_string(folder.join("fr.po")).unwrap();
    let (_, error, code) = said(&soundings(&["translate", "extract", &folder.to_string_lossy()]));
    assert_eq!(code, Some(1));
    assert!(error.contains("error[S079]") && error.contains("left as it is"), "{error}");
    assert_eq!(fs::read_to_string(folder.join("fr.po")).unwrap(), text);
}
