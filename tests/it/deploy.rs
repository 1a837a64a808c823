//! The examples in `deploy/` are what the program takes.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::program::{Serving, root, soundings};

fn example(name: &str) -> String {
    fs::read_to_string(root().join("deploy").join(name)).unwrap()
}

/// The words of the unit's command that follow the program.
fn command() -> Vec<String> {
    let unit = example("soundings.service");
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    line.split(' ').skip(1).map(str::to_owned).collect()
}

#[test]
fn the_unit_starts_what_there_is() {
    // With a folder that is not there, every flag is read first and the folder is what is missing.
    let output = soundings().args(command()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("/srv/soundings/surveys/newcomer-needs") && !said.contains("unexpected argument"),
        "{said}"
    );
    // And with one that is there, the same flags serve.
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let served = Serving::on_proxied(&folder.path().join("data"), port);
    assert!(get(port, "/healthz").contains("ok: last commit"));
    drop(served);
}

#[test]
fn every_verb_of_the_operators_page_is_one() {
    let page = example("README.md");
    let help = String::from_utf8(soundings().arg("--help").output().unwrap().stdout).unwrap();
    let verbs = page
        .lines()
        .filter_map(|line| line.strip_prefix("soundings "))
        .map(|rest| rest.split(' ').next().unwrap());
    let verbs: Vec<&str> = verbs.collect();
    assert!(verbs.len() >= 5);
    for verb in verbs {
        assert!(help.contains(&format!("\n  {verb} ")), "`{verb}` is no verb: {help}");
    }
}

/// The example of nginx, where it is installed: one server answers through it, and when that one is gone the other does.
#[test]
fn two_servers_answer_behind_the_proxy() {
    if !Proxy::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (front, one, two) = (free_port(), free_port(), free_port());
    let first = Serving::on_proxied(&folder.path().join("data"), one);
    let second = Serving::on_proxied(&folder.path().join("other/data"), two);
    let proxy = Proxy::start(folder.path(), front, one, two);
    assert!(get(front, "/newcomer-needs/en").contains("Newcomer needs survey"));
    first.cut_power();
    for _ in 0..4 {
        assert!(get(front, "/newcomer-needs/en").contains("Newcomer needs survey"), "the other one answers");
    }
    assert!(!folder.path().join("access.log").exists());
    drop((proxy, second));
}

/// The example of nginx at work.
pub(crate) struct Proxy(Child);

impl Proxy {
    /// Whether nginx is there; a test that insists on it fails where it is not.
    pub(crate) fn is_there() -> bool {
        let is_there = Path::new("/usr/sbin/nginx").exists();
        assert!(is_there || std::env::var_os("SOUNDINGS_NEED_NGINX").is_none(), "nginx is not installed");
        if !is_there {
            eprintln!("SKIPPED: nginx is not installed, so its example is not tried");
        }
        is_there
    }

    /// The example with plain HTTP and files of its own.
    pub(crate) fn start(folder: &Path, front: u16, one: u16, two: u16) -> Proxy {
        let here = folder.display();
        let site = example("nginx.conf")
            .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{front};"))
            // Everybody here comes from one address, and both servers should be met.
            .replace("ip_hash;", "")
            .replace("127.0.0.1:8080", &format!("127.0.0.1:{one}"))
            .replace("127.0.0.1:8081", &format!("127.0.0.1:{two}"))
            .replace("/var/log/nginx/soundings.log", &format!("{here}/error.log"));
        let site: String = site
            .lines()
            .filter(|line| !line.contains("ssl_certificate"))
            .map(|line| format!("{line}\n"))
            .collect();
        let whole = format!(
            "daemon off; pid {here}/pid; worker_processes 1; error_log {here}/error.log crit;\n\
             events {{ worker_connections 64; }}\nhttp {{ client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;\n\
             fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;\n{site}}}\n"
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, whole).unwrap();
        let mut command = Command::new("/usr/sbin/nginx");
        let child = command
            .args(["-e", &format!("{here}/error.log"), "-c"])
            .arg(&file)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", front)).is_ok() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        Proxy(child)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// A port nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn get(port: u16, path: &str) -> String {
    let mut line = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(line, "GET {path} HTTP/1.1\r\nhost: collect.example.ca\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
