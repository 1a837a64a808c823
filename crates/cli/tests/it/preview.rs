//! The working copy in a browser.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::Command,
    time::Duration,
};

use crate::{
    running::Running,
    study::{said, soundings},
    translate::{copy, edit},
};

/// A preview, and where it is.
struct Shown {
    running: Running,
    address: String,
}

impl Shown {
    fn start(folder: &Path, kept: &Path) -> Shown {
        let mut command = Command::new(env!("CARGO_BIN_EXE_soundings"));
        command.arg("preview").arg(folder).args(["--listen", "127.0.0.1:0"]).env("TMPDIR", kept);
        let running = Running::start(command);
        let first = running.wait_for("http://");
        let address = first.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Shown { running, address }
    }

    /// The first page in this language.
    fn page(&self, tag: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let address = &self.address;
        write!(stream, "GET /newcomer-needs/{tag} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        page
    }
}

#[test]
fn a_saved_file_is_shown_an_error_is_not_and_nothing_is_kept() {
    let folder = copy("shown");
    let file = folder.join("newcomer-needs.survey");
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shown_kept");
    let _ = fs::remove_dir_all(&kept);
    fs::create_dir_all(&kept).unwrap();
    let shown = Shown::start(&folder, &kept);
    let page = shown.page("en");
    assert!(page.contains("Preview: nothing you enter here is kept."), "{page}");
    assert!(!page.contains("Errors in the working copy"));
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 1, "answers wait in a folder that goes");

    // The French title does not fit any more. Nor does the Arabic one; but Arabic may wait.
    edit(&file, "title     Newcomer needs survey", "title     Another title");
    shown.running.wait_for("French (fr) is left out");
    let page = shown.page("en");
    assert!(page.contains("Another title") && !page.contains("hreflang=\"fr\""), "{page}");

    edit(&file, "many svc_need", "mnay svc_need");
    shown.running.wait_for("to mend");
    let page = shown.page("en");
    assert!(page.contains("Another title") && page.contains("Errors in the working copy: <bdi>"), "{page}");

    edit(&file, "mnay svc_need", "many svc_need");
    shown.running.wait_for("French (fr) is left out");
    edit(&file, "title     Another title", "title     Newcomer needs survey");
    shown.running.wait_for("shown anew: reload the page");
    let page = shown.page("fr");
    assert!(page.contains("Aperçu") && !page.contains("copie de travail"), "{page}");
    assert_eq!(shown.running.stop(), Some(0));
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 0, "nothing is kept");
}

#[test]
fn a_survey_that_cannot_be_read_is_refused_with_its_errors() {
    let folder = copy("not_shown");
    edit(&folder.join("newcomer-needs.survey"), "many svc_need", "mnay svc_need");
    let (_, error, code) = said(&soundings(&["preview", &folder.to_string_lossy()]));
    assert!(error.contains("error[S001]") && error.contains("mend them first") && code == Some(1), "{error}");
    let (_, error, code) = said(&soundings(&["preview", "surveys"]));
    assert!(error.contains("give the folder of a survey") && code == Some(1), "{error}");
}
