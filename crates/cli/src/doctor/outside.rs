//! The box as it is seen from outside, and the proxy in front of it.

use std::{fs, path::Path, process::Command};

use super::{Check, doubtful, ill, well};

/// What every answer carries, and what it must hold at least.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Look at the first page as a browser gets it.
pub(super) fn checks(at: &str) -> Vec<Check> {
    let asked = Command::new("curl")
        .args(["-sS", "-m", "15", "-o", "/dev/null", "-D", "-", "-L", "--max-redirs", "3", "--", at])
        .output();
    let output = match asked {
        Err(_) => return vec![doubtful("outside", "`curl` is not installed, so it was not asked")],
        Ok(output) => output,
    };
    if !output.status.success() {
        let cause = String::from_utf8_lossy(&output.stderr);
        return vec![ill("outside", format!("{at} does not answer: {}", cause.trim()))];
    }
    seen(at, &String::from_utf8_lossy(&output.stdout))
}

/// What the heads of the answers say; the last one is the page's.
fn seen(at: &str, heads: &str) -> Vec<Check> {
    let heads = heads.replace('\r', "");
    let last = heads.trim_end().rsplit("\n\n").next().unwrap_or_default().to_lowercase();
    let value = |name: &str| {
        let of = |line: &str| {
            line.split_once(':').filter(|(each, _)| *each == name).map(|(_, value)| value.trim().to_owned())
        };
        last.lines().find_map(of)
    };
    let status = last.lines().next().unwrap_or_default().to_owned();
    let mut checks = vec![match status.contains(" 200") {
        true => well("outside", format!("{at} answers")),
        false => ill("outside", format!("{at} answers `{status}`")),
    }];
    let missing: Vec<&str> = HEADERS
        .iter()
        .filter(|(name, holds)| !value(name).is_some_and(|value| value.contains(holds)))
        .map(|(name, _)| *name)
        .collect();
    checks.push(match missing.is_empty() {
        true => well("headers", "as the program sends them"),
        false => {
            ill("headers", format!("{} changed or missing: the proxy must pass them on", missing.join(", ")))
        }
    });
    checks.push(match (at.starts_with("https://"), value("strict-transport-security")) {
        (true, Some(_)) => well("https", "browsers keep to it"),
        (true, None) => ill("https", "no strict-transport-security: start the server with --behind-https"),
        (false, _) => ill("https", "answers travel readable: put a proxy with a certificate in front"),
    });
    if value("server").is_some_and(|name| name.contains("cloudflare")) || value("cf-ray").is_some() {
        checks.push(doubtful(
            "third party",
            "another company reads everything on its way: ask whether people were told",
        ));
    }
    checks
}

/// Whether the proxy's file keeps addresses.
pub(super) fn proxy(path: &Path) -> Check {
    match fs::read_to_string(path) {
        Ok(text) => read(&text),
        Err(cause) => ill("proxy", format!("`{}` cannot be read: {cause}", path.display())),
    }
}

fn read(text: &str) -> Check {
    let lines = || text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let is_nginx = lines().any(|line| line.starts_with("proxy_pass"));
    let logs = |line: &str| line.starts_with("access_log") && !line.starts_with("access_log off");
    if is_nginx && lines().any(logs) {
        return ill("proxy", "it keeps an access log, and with it addresses: access_log off;");
    }
    if is_nginx && !lines().any(|line| line.starts_with("access_log off")) {
        return ill("proxy", "nginx keeps an access log unless told otherwise: access_log off;");
    }
    if is_nginx && !lines().any(|line| line.starts_with("error_log") && line.ends_with(" crit;")) {
        return doubtful("proxy", "its error log holds addresses: give it the level `crit`");
    }
    if is_nginx && !text.contains("X-Forwarded-For") {
        return ill(
            "proxy",
            "it does not say who asks: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
        );
    }
    if !is_nginx && lines().any(|line| line == "log" || line.starts_with("log ")) {
        return ill("proxy", "it keeps an access log, and with it addresses: take `log` out");
    }
    well("proxy", "keeps no addresses, as far as its file tells; ask the hosting company, too")
}

#[cfg(test)]
mod tests {
    use super::{read, seen};
    use crate::doctor::Level;

    #[test]
    fn a_proxy_that_keeps_addresses_is_found() {
        let example = include_str!("../../../../deploy/nginx.conf");
        let caddy = include_str!("../../../../deploy/Caddyfile");
        assert_eq!((read(example).level, read(caddy).level), (Level::Well, Level::Well));
        for wrong in [
            example.replace("access_log off;", "access_log /var/log/nginx/access.log;"),
            example.replace("access_log off;", ""),
            example.replace("X-Forwarded-For", "X-Real-IP"),
            caddy.replace("reverse_proxy", "log\n\treverse_proxy"),
        ] {
            assert_eq!(read(&wrong).level, Level::Ill, "{wrong}");
        }
        assert_eq!(read(&example.replace(" crit;", ";")).level, Level::Doubtful);
    }

    #[test]
    fn the_last_head_counts_and_every_missing_header_is_named() {
        let page = "HTTP/2 200\r\ncontent-security-policy: default-src 'none'; img-src 'self'\r\n\
                    x-content-type-options: nosniff\r\nreferrer-policy: same-origin\r\n\
                    cross-origin-opener-policy: same-origin\r\ncache-control: no-store\r\n\
                    strict-transport-security: max-age=63072000\r\n\r\n";
        let heads = format!("HTTP/2 303\r\nlocation: /newcomer-needs\r\n\r\n{page}");
        assert!(seen("https://x", &heads).iter().all(|check| check.level == Level::Well));
        let bare = heads.replace("x-content-type-options: nosniff\r\n", "");
        let says: Vec<String> = seen("http://x", &bare).into_iter().map(|check| check.says).collect();
        assert!(
            says[1].starts_with("x-content-type-options changed") && says[2].contains("readable"),
            "{says:?}"
        );
    }
}
