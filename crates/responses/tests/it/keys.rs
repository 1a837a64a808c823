//! The secret of a data folder.

use std::fs;

use responses::{Error, Store};

use crate::people::*;

#[test]
fn the_secret_is_made_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let first = Store::open(folder.path()).unwrap().keys().mac("test", &[]);
    assert_eq!(Store::open(folder.path()).unwrap().keys().mac("test", &[]), first);
    let path = folder.path().join("keys");
    assert_eq!(fs::read_dir(&path).unwrap().count(), 1, "no draft of it is left behind");
    assert_eq!(fs::read(path.join("secret")).unwrap().len(), 32);
    let other = tempfile::tempdir().unwrap();
    assert_ne!(Store::open(other.path()).unwrap().keys().mac("test", &[]), first);
}

#[test]
fn parts_and_purposes_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let keys = store.keys();
    let all = [
        keys.mac("a", &[b"bc"]),
        keys.mac("ab", &[b"c"]),
        keys.mac("a", &[b"b", b"c"]),
        keys.mac("a", &[b"bc", b""]),
        keys.mac("a", &[]),
    ];
    for (at, one) in all.iter().enumerate() {
        assert!(all[..at].iter().all(|other| other != one));
    }
    assert_eq!(keys.mac("a", &[b"bc"]), all[0]);
    assert_eq!(format!("{keys:?}"), "Keys(..)");
}

#[test]
fn answers_without_their_secret_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    publish(&store);
    store.close().unwrap();
    let secret = folder.path().join("keys/secret");
    fs::write(&secret, b"short").unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Error::KeyLength { length: 5, .. })));
    fs::remove_file(&secret).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Error::KeyMissing { .. })));
    assert!(!secret.exists());
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    publish(&store);
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    for (name, expected) in
        [("keys", 0o700), ("keys/secret", 0o600), ("answers.db", 0o600), ("answers.db-wal", 0o600)]
    {
        assert_eq!(mode(name), expected, "{name}");
    }
    store.close().unwrap();
    fs::set_permissions(folder.path().join("keys/secret"), fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Store::open(folder.path()).err().unwrap();
    assert!(matches!(refused, Error::KeyReadable { mode: 0o644, .. }), "{refused}");
}
