//! A PostgreSQL of the tests' own: in a temporary folder, on a socket in it, gone with the process that started it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

/// Where Debian puts the programs.
const VERSIONS: &str = "/usr/lib/postgresql";

/// A running cluster.
pub(crate) struct Cluster {
    folder: PathBuf,
    databases: AtomicU32,
    /// Its standard input keeps it alive: it ends when this process does.
    _guard: Child,
}

/// The cluster of this process; none where PostgreSQL is not installed and nobody insists on it.
pub(crate) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(|| with("")).as_ref()
}

/// A cluster with more settings.
pub(crate) fn with(more: &str) -> Option<Cluster> {
    static STARTED: AtomicU32 = AtomicU32::new(0);
    let Some(programs) = programs() else {
        assert!(std::env::var_os("SOUNDINGS_NEED_POSTGRES").is_none(), "PostgreSQL is not installed");
        eprintln!("SKIPPED: PostgreSQL is not installed, so nothing is tried on it");
        return None;
    };
    let number = STARTED.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("soundings-postgres-{}-{number}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    own(&folder);
    let here = folder.display();
    run(&format!("{}/initdb -D {here}/data -A trust -U postgres --no-sync >/dev/null", programs.display()));
    let guard = guarded(&programs, &folder, more);
    let cluster = Cluster { folder, databases: AtomicU32::new(0), _guard: guard };
    cluster.wait();
    Some(cluster)
}

/// The newest version that is installed.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    versions.filter(|programs| programs.join("initdb").exists()).max()
}

/// The server as a child that ends, and takes its folder along, when its standard input is closed.
fn guarded(programs: &Path, folder: &Path, more: &str) -> Child {
    let here = folder.display();
    let server =
        format!("{}/postgres -D {here}/data -k {here} -c listen_addresses= {more}", programs.display());
    let script = format!(
        "{server} >{here}/log 2>&1 & echo $! >{here}/pid; cat >/dev/null; kill -INT $(cat {here}/pid); wait; rm -rf {here}"
    );
    as_postgres(&script).stdin(Stdio::piped()).spawn().unwrap()
}

/// PostgreSQL refuses to run as root.
fn as_postgres(script: &str) -> Command {
    let mut command = match is_root() {
        true => {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", script]);
            command
        }
        false => {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        }
    };
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn own(folder: &Path) {
    if is_root() {
        assert!(Command::new("chown").arg("postgres").arg(folder).status().unwrap().success());
    }
}

fn run(script: &str) {
    assert!(as_postgres(script).status().unwrap().success(), "{script}");
}

impl Cluster {
    /// The address of a new, empty database.
    pub(crate) fn database(&self) -> String {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.client().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{folder}/{database}")
    }

    /// A connection of the tests' own to a database.
    pub(crate) fn connect(url: &str) -> postgres::Client {
        postgres::Client::connect(url, postgres::NoTls).unwrap()
    }

    fn client(&self) -> postgres::Client {
        Cluster::connect(&self.url("postgres"))
    }

    fn wait(&self) {
        for _ in 0..200 {
            if postgres::Client::connect(&self.url("postgres"), postgres::NoTls).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("PostgreSQL did not start: {log}");
    }
}
