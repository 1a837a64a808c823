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
    programs: PathBuf,
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
    let cluster = Cluster { programs, folder, databases: AtomicU32::new(0), _guard: guard };
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

fn server(programs: &Path, folder: &Path, more: &str) -> String {
    let here = folder.display();
    format!("{}/postgres -D {here}/data -k {here} -c listen_addresses= {more}", programs.display())
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
        assert!(self.program("createdb", &[&name]), "{name} cannot be made");
        format!("postgres://postgres@{}/{name}", self.folder.display().to_string().replace('/', "%2F"))
    }

    fn program(&self, name: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new(self.programs.join(name));
        command.arg("-h").arg(&self.folder).args(["-U", "postgres"]).args(arguments);
        command.stdout(Stdio::null()).status().unwrap().success()
    }

    fn wait(&self) {
        for _ in 0..200 {
            if self.program("pg_isready", &["-q"]) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("PostgreSQL did not start: {log}");
    }

    /// End the server as a power cut does, and start it again.
    #[allow(dead_code, reason = "only the journeys cut its power")]
    pub(crate) fn cut_power(&self) {
        let pid = fs::read_to_string(self.folder.join("pid")).unwrap();
        run(&format!("kill -9 {}", pid.trim()));
        // What served the connections ends by itself, and only then a new server may begin.
        let here = self.folder.display();
        run(&format!(
            "for i in 1 2 3 4 5 6 7 8 9 10; do {} >>{here}/log 2>&1 & echo $! >{here}/pid; sleep 0.5; \
             kill -0 $(cat {here}/pid) 2>/dev/null && break; done",
            server(&self.programs, &self.folder, "")
        ));
        self.wait();
    }
}
