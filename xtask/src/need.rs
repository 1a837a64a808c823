//! What the tests need beside the Rust toolchain, installed when it is missing.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::step;

/// Where Debian puts the browser.
const CHROMIUM: &str = "/usr/bin/chromium";

/// Where the browser journeys live.
const JOURNEYS: &str = "tests/browser";

/// Chromium, fonts for Arabic, Node.js, and the pinned packages of the journeys.
pub(crate) fn browser() -> Result<()> {
    let mut missing = Vec::new();
    if !Path::new(CHROMIUM).exists() {
        missing.extend(["chromium", "fonts-noto-core"]);
    }
    if !is_there("node") {
        missing.extend(["nodejs", "npm"]);
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    if !Path::new(JOURNEYS).join("node_modules/playwright-core").exists() {
        step::run("packages", "npm", &["--prefix", JOURNEYS, "ci", "--no-audit", "--no-fund"])?;
    }
    Ok(())
}

/// Where Debian puts the programs of PostgreSQL; the tests start a server of their own.
const POSTGRES: &str = "/usr/lib/postgresql";

/// PostgreSQL's server and its programs.
pub(crate) fn postgres() -> Result<()> {
    let is_there = |version: std::io::Result<std::fs::DirEntry>| {
        version.is_ok_and(|version| version.path().join("bin/initdb").exists())
    };
    match std::fs::read_dir(POSTGRES).is_ok_and(|versions| versions.into_iter().any(is_there)) {
        true => Ok(()),
        false => install(&["postgresql"]),
    }
}

/// The proxy of the examples; the tests run it with a file of their own, and it is not to be started by itself.
pub(crate) fn nginx() -> Result<()> {
    if Path::new("/usr/sbin/nginx").exists() { Ok(()) } else { install(&["nginx-light"]) }
}

/// The arguments that make node run the journeys.
pub(crate) fn browser_tests() -> Result<Vec<&'static str>> {
    Path::new(JOURNEYS).exists().then_some(()).context("run this from the root of the repository")?;
    Ok(vec!["--test", "--test-reporter=tap", "tests/browser/journeys.test.mjs"])
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Install Debian packages; without root, through sudo.
fn install(packages: &[&str]) -> Result<()> {
    let quiet = [("DEBIAN_FRONTEND", "noninteractive")];
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let (program, before): (&str, &[&str]) =
        if is_root { ("apt-get", &[]) } else { ("sudo", &["-E", "apt-get"]) };
    step::run_with("package lists", program, &[before, &["update", "-qq"]].concat(), &quiet)?;
    let wanted = [before, &["install", "-y", "-qq", "--no-install-recommends"], packages].concat();
    step::run_with("packages", program, &wanted, &quiet)
}
