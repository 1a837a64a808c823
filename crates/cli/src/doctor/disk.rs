//! The disk under the data folder.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{Check, doubtful, ill, well};

/// File systems on which another machine decides whether something is on the disk.
const ELSEWHERE: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs", "afs", "vboxsf"];

/// Those that are gone with the power.
const IN_MEMORY: &[&str] = &["tmpfs", "ramfs"];

/// Less free space than this is ill, less than twice as much doubtful, in bytes.
const SPACE: u64 = 512 * 1024 * 1024;

/// So many syncs are timed.
const SYNCS: usize = 15;

/// A disk that keeps its word needs longer than this for a sync; one that is well, less than the other.
const PLAUSIBLE: (Duration, Duration) = (Duration::from_micros(20), Duration::from_millis(100));

/// Everything about the disk.
pub(super) fn checks(data: &Path) -> Vec<Check> {
    if !data.exists() {
        return vec![ill("folder", format!("`{}` is not there: `soundings serve` makes it", data.display()))];
    }
    let mut checks = vec![permissions(data), file_system(data), space(data), syncs(data)];
    checks.extend(secret(&data.join("keys/secret")));
    checks
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).ok().map(|known| known.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

fn permissions(data: &Path) -> Check {
    match mode(data) {
        Some(mode) if mode & 0o077 != 0 => {
            ill("folder", format!("others may enter `{}` ({mode:o}): chmod 700 {0}", data.display()))
        }
        _ => well("folder", "only its owner enters"),
    }
}

fn secret(path: &Path) -> Option<Check> {
    if !path.exists() {
        return Some(doubtful("secret", "there is none yet: it is drawn when the store is opened first"));
    }
    let open = mode(path).filter(|mode| mode & 0o077 != 0)?;
    Some(ill("secret", format!("others may read it ({open:o}): chmod 600 {}", path.display())))
}

/// The mount a path lies on, as the kernel lists them: its file system.
fn kind_of(path: &Path, mounts: &str) -> Option<String> {
    let of = |line: &str| -> Option<(usize, String)> {
        let mut words = line.split(' ').skip(1);
        // Spaces in the names of mounts are written as `\040`.
        let (point, kind) = (words.next()?.replace("\\040", " "), words.next()?);
        path.starts_with(&point).then(|| (PathBuf::from(&point).components().count(), kind.to_owned()))
    };
    mounts.lines().filter_map(of).max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

fn file_system(data: &Path) -> Check {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let kind = data.canonicalize().ok().and_then(|path| kind_of(&path, &mounts));
    match kind {
        Some(kind) if ELSEWHERE.contains(&kind.as_str()) => ill(
            "file system",
            format!(
                "{kind} lies on another machine, which may tell of syncs too early: use a disk of this one"
            ),
        ),
        Some(kind) if IN_MEMORY.contains(&kind.as_str()) => {
            ill("file system", format!("{kind} is gone with the power: use a disk"))
        }
        Some(kind) => well("file system", kind),
        None => doubtful("file system", "it is not known which one it is"),
    }
}

fn space(data: &Path) -> Check {
    let Ok(known) = rustix::fs::statvfs(data) else {
        return doubtful("space", "the system does not say how much is free");
    };
    let free = known.f_bavail.saturating_mul(known.f_frsize);
    let says = format!("{} MB free", free / (1024 * 1024));
    match free / SPACE {
        0 => ill("space", format!("{says}: nothing is taken any more when it is full; make room")),
        1 => doubtful("space", says),
        _ => well("space", says),
    }
}

/// Time some syncs of a small file, in the folder where they will matter.
fn syncs(data: &Path) -> Check {
    let timed = || -> std::io::Result<Duration> {
        let path = data.join(format!("doctor.{}", std::process::id()));
        let mut file = File::create_new(&path)?;
        let took = (0..SYNCS).map(|_| sync(&mut file)).collect::<std::io::Result<Vec<_>>>();
        fs::remove_file(&path)?;
        let mut took = took?;
        took.sort_unstable();
        Ok(took[SYNCS / 2])
    };
    let (least, most) = PLAUSIBLE;
    match timed() {
        Ok(median) if median < least => doubtful(
            "sync",
            format!("{median:.1?} is faster than disks are: does it, or the virtual machine, really write?"),
        ),
        Ok(median) if median > most => {
            doubtful("sync", format!("{median:.1?}: pages will be slow to be kept"))
        }
        Ok(median) => well("sync", format!("{median:.1?}")),
        Err(cause) => ill("sync", format!("nothing can be written in `{}`: {cause}", data.display())),
    }
}

#[expect(clippy::disallowed_methods, reason = "the doctor measures the disk")]
fn sync(file: &mut File) -> std::io::Result<Duration> {
    let begun = Instant::now();
    file.write_all(&[0; 4096])?;
    file.sync_data()?;
    Ok(begun.elapsed())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::kind_of;

    #[test]
    fn a_path_lies_on_the_mount_nearest_to_it() {
        let mounts =
            "/dev/sda1 / ext4 rw 0 0\nbox:/x /srv nfs4 rw 0 0\n/dev/sdb /srv/my\\040data xfs rw 0 0\n";
        let kind = |path: &str| kind_of(Path::new(path), mounts);
        assert_eq!(kind("/var/lib").as_deref(), Some("ext4"));
        assert_eq!(kind("/srv/answers").as_deref(), Some("nfs4"));
        assert_eq!(kind("/srv/my data/a").as_deref(), Some("xfs"));
        assert_eq!(kind("/srvx").as_deref(), Some("ext4"));
    }
}
