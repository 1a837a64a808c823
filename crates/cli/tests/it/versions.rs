//! The life of a version: published, answered, renamed, published again; the old answers stand under the new code.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    study::{said, soundings},
    translate::{copy, edit},
};

/// A server of a published version, ended with the test.
struct Serving {
    child: Child,
    url: String,
}

impl Serving {
    fn start(folder: &Path, data: &Path) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_soundings"))
            .arg("serve")
            .arg(folder)
            .args(["--today", "2027-02-01", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let host = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let url = format!("http://{}", host.unwrap_or_else(|| panic!("no address in `{line}`")));
        Serving { child, url }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Rename the choice `cost` everywhere an author and a translator write it.
fn rename_cost(folder: &Path, mark: &str) {
    let survey = folder.join("newcomer-needs.survey");
    let text = fs::read_to_string(&survey).unwrap();
    let asked = text.split("many housing_issue").nth(1).unwrap();
    let line = asked.lines().find(|line| line.trim_start().starts_with("- cost ")).unwrap().to_owned();
    edit(&survey, &line, &format!("{}{mark}", line.replacen("- cost ", "- price ", 1)));
    for file in ["fr.po", "ar.po"] {
        edit(&folder.join(file), "\"housing_issue.cost\"", "\"housing_issue.price\"");
        edit(&folder.join(file), "\"housing_issue.cost:short\"", "\"housing_issue.price:short\"");
    }
}

fn run(words: &[&str]) -> (String, String, Option<i32>) {
    said(&soundings(words))
}

/// How many of an export chose this code of `housing_issue`.
fn exported(folder: &str, data: &str, out: &Path, code: &str) -> usize {
    let (_, error, done) = run(&["export", folder, "--data", data, "--out", &out.to_string_lossy()]);
    assert_eq!(done, Some(0), "{error}");
    let text = fs::read_to_string(out.join("responses.csv")).unwrap();
    let mut lines = text.lines();
    let wanted = format!("housing_issue_{code}");
    let column = lines.next().unwrap().split(',').position(|name| name == wanted);
    column.map_or(0, |column| lines.filter(|line| line.split(',').nth(column) == Some("1")).count())
}

/// Publish the copy and let thirty people answer it; the folder, the data and where exports go.
fn answered(name: &str) -> (PathBuf, String, String, PathBuf) {
    let folder = copy(name);
    let path = folder.to_string_lossy().into_owned();
    let room = folder.parent().unwrap();
    let data = room.join("data");
    let _ = fs::remove_dir_all(&data);
    let (out, error, done) = run(&["check", "--publish", "--allow-drafts", &path]);
    assert!(done == Some(0) && out.contains("2027.1.json written"), "{out}{error}");
    let server = Serving::start(&folder, &data);
    let (_, error, done) =
        run(&["rehearse", &path, "--respondents", "30", "--seed", "3", "--url", &server.url]);
    assert_eq!(done, Some(0), "{error}");
    drop(server);
    (folder.clone(), path, data.to_string_lossy().into_owned(), room.join("export"))
}

#[test]
fn old_answers_stand_under_the_new_code() {
    let (folder, path, data, out) = answered("renamed");
    let cost = exported(&path, &data, &out, "cost");
    assert!(cost > 3, "only {cost} people named costs");
    rename_cost(&folder, " [was cost]");
    edit(&folder.join("newcomer-needs.survey"), "version   2027.1", "version   2027.2");
    let (out_text, error, done) = run(&["diff", &path, "--data", &data]);
    assert_eq!(done, Some(0), "{out_text}{error}");
    assert!(out_text.contains("housing_issue.price") && out_text.contains("was `cost`"), "{out_text}");
    let (_, error, done) = run(&["check", "--publish", "--allow-drafts", &path]);
    assert_eq!(done, Some(0), "{error}");
    assert_eq!(exported(&path, &data, &out, "price"), cost);
    assert_eq!(exported(&path, &data, &out, "cost"), 0);
    let codebook = fs::read_to_string(out.join("codebook.csv")).unwrap();
    assert!(codebook.contains("price") && !codebook.contains(",cost,"), "{codebook}");
}

#[test]
fn a_code_that_is_gone_breaks_and_says_how_many_answers_it_breaks() {
    let (folder, path, data, _) = answered("gone");
    rename_cost(&folder, "");
    edit(&folder.join("newcomer-needs.survey"), "version   2027.1", "version   2027.2");
    let (out, _, done) = run(&["check", &path]);
    assert_eq!(done, Some(1), "{out}");
    assert!(out.contains("error[S100]") && out.contains("`[was cost]` if the meaning is the same"), "{out}");
    let (out, error, done) = run(&["diff", &path, "--data", &data, "--json"]);
    assert_eq!(done, Some(1), "{out}{error}");
    let changes: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let gone = changes.iter().find(|change| change["path"] == "housing_issue.cost").unwrap();
    assert_eq!(gone["class"], "break");
    assert!(gone["answers"].as_u64().unwrap() > 3, "{gone}");
    let (_, _, done) = run(&["check", "--publish", "--allow-drafts", &path]);
    assert_eq!(done, Some(1));
    assert!(!folder.join("published/2027.2.json").exists());
}

#[test]
fn what_a_change_does_is_said_before_its_translations_follow() {
    let folder = copy("ahead");
    let path = folder.to_string_lossy().into_owned();
    let (out, error, done) = run(&["check", "--publish", "--allow-drafts", &path]);
    assert_eq!(done, Some(0), "{out}{error}");
    edit(&folder.join("newcomer-needs.survey"), "one lonely", "one lonesome");
    edit(
        &folder.join("newcomer-needs.survey"),
        "belong_local lonely discrim_any",
        "belong_local lonesome discrim_any",
    );
    let (out, error, done) = run(&["diff", &path]);
    assert_eq!(done, Some(1), "{out}{error}");
    assert!(out.contains("lonely") && out.contains("1 break"), "{out}");
    assert!(error.contains("translations are not compared"), "{error}");
    assert!(!out.contains("fr.po") && !out.contains("ar.po"), "{out}");
}

#[test]
fn waves_are_never_counted_together() {
    let (folder, path, data, out) = answered("waves");
    let cost = exported(&path, &data, &out, "cost");
    edit(&folder.join("newcomer-needs.survey"), "version   2027.1", "version   2028.1");
    rename_cost(&folder, "");
    // The answers are those of 2027, and so are their codes.
    assert_eq!(exported(&path, &data, &out, "cost"), cost);
    let out = out.to_string_lossy();
    let (_, error, done) = run(&["export", &path, "--data", &data, "--out", &out, "--wave", "2028"]);
    assert_eq!(done, Some(1));
    assert!(error.contains("no answers to wave 2028") || error.contains("wave 2028"), "{error}");
}

#[test]
fn nothing_is_served_that_is_not_published() {
    let folder = copy("unpublished");
    let path = folder.to_string_lossy().into_owned();
    let data = folder.join("data").to_string_lossy().into_owned();
    let (_, error, done) = run(&["serve", &path, "--data", &data]);
    assert_eq!(done, Some(1));
    assert!(error.contains("--publish") && error.contains("--rehearsal"), "{error}");
    assert!(!Path::new(&data).exists(), "a refusal leaves no folder behind");
    // Drafts that nobody has read hold back an official language.
    let (out, _, done) = run(&["check", "--publish", &path]);
    assert!(done == Some(1) && out.contains("warning[S092]") && out.contains("not published"), "{out}");
    let (_, error, done) = run(&["check", "--publish", "--allow-drafts", &path]);
    assert_eq!(done, Some(0), "{error}");
    let (out, _, done) = run(&["check", "--publish", &path]);
    assert!(done == Some(0) && out.contains("published already"), "{out}");
    let (_, error, done) = run(&["serve", &path, "--data", &data, "--version", "2027.2"]);
    assert!(done == Some(1) && error.contains("there are 2027.1"), "{error}");
    edit(&folder.join("newcomer-needs.survey"), "How often do you feel lonely?", "How lonely are you?");
    let (out, _, done) = run(&["check", &path]);
    assert!(done == Some(1) && out.contains("error[S101]") && out.contains("version 2027.2"), "{out}");
}
