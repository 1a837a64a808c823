//! One step: announced, run, timed by its reader's patience only, and stopped at the first failure.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Run a program to its end; a failure ends the chore.
pub(crate) fn run(name: &str, program: &str, arguments: &[&str]) -> Result<()> {
    run_with(name, program, arguments, &[])
}

/// The same with variables in its environment.
pub(crate) fn run_with(
    name: &str,
    program: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<()> {
    println!("== {name}: {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .envs(variables.iter().copied())
        .status()
        .with_context(|| format!("`{program}` cannot be started"))?;
    if !status.success() {
        bail!("{name} failed");
    }
    Ok(())
}

/// Run a test runner, pass its lines on, and count what passed.
pub(crate) fn count(name: &str, program: &str, arguments: &[&str]) -> Result<u64> {
    count_with(name, program, arguments, &[])
}

/// The same with variables in its environment.
pub(crate) fn count_with(
    name: &str,
    program: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<u64> {
    println!("== {name}: {program} {}", arguments.join(" "));
    let mut child = Command::new(program)
        .args(arguments)
        .envs(variables.iter().copied())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{program}` cannot be started"))?;
    let output = child.stdout.take().context("the runner has no output")?;
    let mut passed = 0;
    for line in BufReader::new(output).lines() {
        let line = line.context("the runner broke off")?;
        passed += passed_in(&line);
        println!("{line}");
    }
    if !child.wait().context("the runner broke off")?.success() {
        bail!("{name} failed");
    }
    Ok(passed)
}

/// What a closing line of cargo's or node's runner says has passed.
fn passed_in(line: &str) -> u64 {
    let cargo = line.strip_prefix("test result: ok. ").and_then(|rest| rest.split(' ').next());
    let node = line.strip_prefix("# pass ").or_else(|| line.strip_prefix("ℹ pass "));
    cargo.or(node).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}
