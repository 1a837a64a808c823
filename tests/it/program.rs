//! The built program, started as a person starts it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The program beside this test: built by `cargo test --workspace` and by `cargo xtask test`.
pub(crate) fn soundings() -> Command {
    let here = std::env::current_exe().unwrap();
    let path = here.parent().and_then(Path::parent).unwrap().join("soundings");
    assert!(path.exists(), "`{}` is not there: run cargo build -p cli", path.display());
    let mut command = Command::new(path);
    command.current_dir(root());
    command
}

/// Run it to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    soundings().args(arguments).output().unwrap()
}

/// The newcomer survey under this folder, published in every language, whose drafts say that they are drafts.
fn published(folder: &Path) -> PathBuf {
    let copy = folder.join("surveys/newcomer-needs");
    if !copy.exists() {
        lay(&root().join("surveys/newcomer-needs"), &copy);
        let done = run(&["check", "--publish", "--allow-drafts", &copy.to_string_lossy()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
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

/// A running server, ended with the test.
pub(crate) struct Serving {
    child: Child,
    /// Where it answers.
    pub(crate) url: String,
}

impl Serving {
    /// Serve the newcomer survey, published beside this data folder; port 0 takes a free one.
    pub(crate) fn start(data: &Path, port: u16) -> Serving {
        Serving::on(data, port, &[])
    }

    /// The same with answers in a database, the folder holding the secret only.
    pub(crate) fn on_database(data: &Path, url: &str) -> Serving {
        Serving::on(data, 0, &["--store", url])
    }

    /// The same behind a proxy, as the examples start it.
    pub(crate) fn on_proxied(data: &Path, port: u16) -> Serving {
        Serving::on(data, port, &["--behind-https"])
    }

    /// One of several servers on one database behind a proxy.
    pub(crate) fn on_database_proxied(data: &Path, url: &str, port: u16) -> Serving {
        Serving::on(data, port, &["--store", url, "--behind-https"])
    }

    /// Behind a proxy, and telling everything it tells, into the file `<data>.log`.
    pub(crate) fn on_talkative(data: &Path) -> Serving {
        Serving::on(data, 0, &["--behind-https", "--log-level", "trace", "--log-format", "json"])
    }

    /// A survey of the repository as it stands, to be rehearsed.
    pub(crate) fn rehearsed(survey: &str, data: &Path) -> Serving {
        Serving::with(Path::new(survey), data, 0, &["--rehearsal"])
    }

    fn on(data: &Path, port: u16, more: &[&str]) -> Serving {
        Serving::with(&published(data.parent().unwrap()), data, port, more)
    }

    fn with(survey: &Path, data: &Path, port: u16, more: &[&str]) -> Serving {
        let mut child = soundings()
            .arg("serve")
            .arg(survey)
            .args(["--today", "2027-02-01", "--data"])
            .arg(data)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .args(more)
            .stderr(fs::File::create(data.with_extension("log")).unwrap())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split("http://").nth(1).unwrap_or_else(|| panic!("no address in `{line}`"));
        let host = url.split('/').next().unwrap();
        Serving { child, url: format!("http://{host}") }
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.url.rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Ask it to stop, as the service manager does; it ends well, within ten seconds.
    pub(crate) fn stop(mut self) {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        for _ in 0..100 {
            if let Some(ended) = self.child.try_wait().unwrap() {
                assert!(ended.success(), "it did not end well");
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("it took longer than ten seconds to stop");
    }

    /// End it as a power cut does: SIGKILL, no time for a last word.
    pub(crate) fn cut_power(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
