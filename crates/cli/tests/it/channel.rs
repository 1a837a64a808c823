use std::{fs, path::Path};

use crate::{
    study::{said, soundings},
    translate::copy,
};

fn run(arguments: &[&str]) -> (String, String, Option<i32>) {
    said(&soundings(arguments))
}

fn done(arguments: &[&str]) -> String {
    let (out, error, code) = run(arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {out}{error}");
    out
}

#[test]
fn a_channel_is_made_listed_printed_and_revoked() {
    let folder = copy("channel");
    let (path, data) =
        (folder.to_string_lossy().into_owned(), folder.join("data").to_string_lossy().into_owned());
    done(&["check", "--publish", "--allow-drafts", &path]);
    let added =
        done(&["channel", "add", &path, "--data", &data, "--words", "Monday class", "--kind", "class"]);
    let code = added.split(' ').next().unwrap();
    assert!(added.contains(&format!("/newcomer-needs?c={code}")), "{added}");
    let listed = done(&["channel", "list", &path, "--data", &data]);
    assert!(listed.contains(code) && listed.contains("Monday class"), "{listed}");
    let posters = folder.join("posters");
    let to = posters.to_string_lossy().into_owned();
    let poster = ["poster", &path, "--data", &data, "--url", "https://collect.example.ca", "--out", &to];
    assert!(done(&poster).contains("3 posters"));
    let arabic = fs::read_to_string(posters.join(format!("{code}-ar.html"))).unwrap();
    assert!(arabic.contains("dir=\"rtl\"") && arabic.contains("5 min") && arabic.contains("· draft"));
    assert!(arabic.contains(&format!("collect.example.ca/newcomer-needs/ar?c={code}")));
    assert!(!arabic.contains("<script") && !arabic.contains("src="), "a poster loads nothing");
    assert!(Path::new(&posters).join(format!("{code}-fr.svg")).exists());
    done(&["channel", "revoke", &path, "--data", &data, code]);
    assert!(done(&["channel", "list", &path, "--data", &data]).contains("(revoked)"));
    let (_, error, failed) = run(&["channel", "revoke", &path, "--data", &data, "zzz999"]);
    assert!(failed == Some(1) && error.contains("channel list"), "{error}");
    let (_, error, failed) = run(&poster);
    assert!(failed == Some(1) && error.contains("channel add"), "a revoked channel has no poster: {error}");
}
