//! A small study of two hundred made-up people, made once for all tests of this binary.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// Run the program in the root of the repository.
pub(crate) fn soundings(words: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    Command::new(env!("CARGO_BIN_EXE_soundings")).args(words).current_dir(root).output().unwrap()
}

/// What it says on its two streams, and the code it ends with.
pub(crate) fn said(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

/// The folder of the study.
pub(crate) fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("study");
        let path = folder.to_string_lossy();
        let done = soundings(&["demo", "--once", "--respondents", "200", "--seed", "5", "--dir", &path]);
        assert!(done.status.success(), "{}", said(&done).1);
        folder
    })
}
