//! What an operator does besides: the doctor, and the end of the numbers.

use std::fs;

use responses::Store;

use crate::{
    study::{said, soundings},
    translate::copy,
};

#[test]
fn the_doctor_says_what_to_do() {
    let folder = copy("doctor");
    let place = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (path, data, backups) = (folder.to_string_lossy().into_owned(), place("data"), place("backups"));
    let (out, _, code) = said(&soundings(&["doctor", &path, "--data", &data]));
    assert!(code == Some(1) && out.contains("is not there: `soundings serve` makes it"), "{out}");
    Store::open(&folder.join("data")).unwrap().close().unwrap();
    fs::create_dir(folder.join("backups")).unwrap();
    let (published, _, code) = said(&soundings(&["check", "--publish", "--allow-drafts", &path]));
    assert_eq!(code, Some(0), "{published}");
    let examine = |today: &str| {
        let proxy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/nginx.conf");
        let more = ["--proxy", proxy, "--backups", &backups, "--today", today];
        let (out, _, code) = said(&soundings(&[&["doctor", &path, "--data", &data][..], &more].concat()));
        (out, code)
    };
    let (out, code) = examine("2027-02-14");
    assert!(code == Some(1) && out.contains("error   backup") && out.contains("warning languages"), "{out}");
    for well in ["folder", "space", "proxy", "clock", "responses", "review", "due"] {
        assert!(out.lines().any(|line| line.starts_with(&format!("ok      {well} "))), "{well}: {out}");
    }
    fs::write(folder.join("backups/answers.age"), b"age").unwrap();
    let (out, code) = examine("2027-02-14");
    assert!(code == Some(0), "{out}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder.join("data"), fs::Permissions::from_mode(0o755)).unwrap();
        let (out, code) = examine("2027-02-14");
        assert!(code == Some(1) && out.contains("chmod 700"), "{out}");
    }
}

#[test]
fn numbers_end_after_the_last_day_and_not_before() {
    let folder = copy("anonymize");
    let place = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (path, data, out) = (folder.to_string_lossy().into_owned(), place("data"), place("certificate.txt"));
    Store::open(&folder.join("data")).unwrap().close().unwrap();
    let secret = fs::read(folder.join("data/keys/secret")).unwrap();
    let end = |today: &str| {
        said(&soundings(&["anonymize", &path, "--data", &data, "--out", &out, "--today", today]))
    };
    let (_, error, code) = end("2027-02-14");
    assert!(code == Some(1) && error.contains("may take their answers back until"), "{error}");
    assert_eq!(fs::read(folder.join("data/keys/secret")).unwrap(), secret);
    let (said_, error, code) = end("2099-01-01");
    assert!(code == Some(0) && said_.contains("certificate in"), "{said_}{error}");
    let certificate = fs::read_to_string(&out).unwrap();
    assert!(
        certificate.contains("Day: 2099-01-01") && certificate.contains("None was found."),
        "{certificate}"
    );
    assert_ne!(fs::read(folder.join("data/keys/secret")).unwrap(), secret);
    let (_, error, code) = end("2099-01-02");
    assert!(code == Some(1) && error.contains("never covers another"), "{error}");
}
