//! The diary of a disk, and what it holds after the power went at any line of it.

use std::{collections::BTreeMap, fs, path::Path};

/// One thing that happened to the files of the folder, or was said on standard output.
pub(crate) enum Line {
    Write {
        file: String,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        length: usize,
    },
    Synced {
        file: String,
    },
    /// A sync failed: a kernel may then forget what waited for it.
    Deaf {
        file: String,
    },
    /// A write was refused for want of room.
    NoRoom,
    Unlinked {
        file: String,
    },
    Said {
        text: String,
    },
}

/// Read a diary; the half line of a program that was killed while writing is left out.
pub(crate) fn read(path: &Path) -> Vec<Line> {
    let bytes = fs::read(path).unwrap();
    let (mut rest, mut lines) = (bytes.as_slice(), Vec::new());
    while let Some((line, after)) = line(rest) {
        lines.push(line);
        rest = after;
    }
    lines
}

fn line(bytes: &[u8]) -> Option<(Line, &[u8])> {
    let (what, rest) = bytes.split_first()?;
    let size = |at: usize| Some(u64::from_le_bytes(rest.get(8 * at..8 * at + 8)?.try_into().ok()?) as usize);
    let (name, length, offset) = (size(0)?, size(1)?, size(2)?);
    let (name, rest) = rest.get(24..)?.split_at_checked(name)?;
    let (data, rest) = rest.split_at_checked(length)?;
    let file = Path::new(std::str::from_utf8(name).unwrap()).file_name();
    let file = file.map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    let line = match what {
        b'W' => Line::Write { file, offset, bytes: data.to_vec() },
        b'T' => Line::Truncate { file, length: offset },
        b'S' => Line::Synced { file },
        b'F' => Line::Deaf { file },
        b'N' => Line::NoRoom,
        b'U' => Line::Unlinked { file },
        b'A' => Line::Said { text: String::from_utf8_lossy(data).into_owned() },
        other => panic!("no line of a diary begins with {other}"),
    };
    Some((line, rest))
}

/// A file as the platter has it, and what still waits in the cache.
#[derive(Clone, Default)]
struct File {
    durable: Vec<u8>,
    waiting: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

/// A disk while its diary is played.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    files: BTreeMap<String, File>,
    chance: u64,
}

impl Disk {
    /// A disk with the files of a folder on it.
    pub(crate) fn of_folder(folder: &Path, chance: u64) -> Disk {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.insert(name, File { durable: fs::read(&path).unwrap(), waiting: Vec::new() });
            }
        }
        Disk { files, chance: chance.wrapping_mul(2).wrapping_add(1) }
    }

    /// The next line happens.
    pub(crate) fn play(&mut self, line: &Line) {
        match line {
            Line::Write { file, offset, bytes } => {
                self.file(file).waiting.push(Change::Write(*offset, bytes.clone()));
            }
            Line::Truncate { file, length } => self.file(file).waiting.push(Change::Truncate(*length)),
            Line::Synced { file } => {
                let file = self.file(file);
                for change in std::mem::take(&mut file.waiting) {
                    apply(&mut file.durable, &change, |_| true);
                }
            }
            Line::Deaf { file } => self.lose(&file.clone()),
            Line::Unlinked { file } => drop(self.files.remove(file)),
            Line::Said { .. } | Line::NoRoom => {}
        }
    }

    /// The power goes: of what waits, any part came through, sector by sector and in any choice.
    pub(crate) fn lose_power(mut self, into: &Path) {
        for name in self.files.keys().cloned().collect::<Vec<_>>() {
            self.lose(&name);
            fs::write(into.join(&name), &self.files[&name].durable).unwrap();
        }
    }

    fn file(&mut self, name: &str) -> &mut File {
        self.files.entry(name.to_owned()).or_default()
    }

    /// Some of what waits for a file reaches the platter, the rest is gone.
    fn lose(&mut self, name: &str) {
        let waiting = std::mem::take(&mut self.file(name).waiting);
        // A third of the times everything came through, a third nothing, and else some of it.
        let fate = self.draw() % 3;
        for change in waiting {
            let mut chance = self.draw();
            let file = self.file(name);
            apply(&mut file.durable, &change, |_| match fate {
                0 => true,
                1 => false,
                _ => {
                    chance = step(chance);
                    chance >> 63 == 0
                }
            });
        }
    }

    fn draw(&mut self) -> u64 {
        self.chance = step(self.chance);
        self.chance ^ (self.chance >> 29)
    }
}

/// Marsaglia's xorshift, so that a run comes back.
fn step(mut state: u64) -> u64 {
    state ^= state << 13;
    state ^= state >> 7;
    state ^ (state << 17)
}

/// A change comes through in the sectors for which `comes` says so.
fn apply(bytes: &mut Vec<u8>, change: &Change, mut comes: impl FnMut(usize) -> bool) {
    match change {
        Change::Truncate(length) => {
            if comes(0) {
                bytes.resize(*length, 0);
            }
        }
        Change::Write(offset, written) => {
            let mut at = 0;
            while at < written.len() {
                let until = (SECTOR - (offset + at) % SECTOR + at).min(written.len());
                if comes(offset + at) {
                    let end = offset + until;
                    if bytes.len() < end {
                        bytes.resize(end, 0);
                    }
                    bytes[offset + at..end].copy_from_slice(&written[at..until]);
                }
                at = until;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, apply};

    #[test]
    fn a_torn_write_comes_through_in_whole_sectors() {
        let mut bytes = vec![0; 1024];
        apply(&mut bytes, &Change::Write(500, vec![1; 100]), |at| at >= 512);
        assert_eq!(bytes.iter().position(|byte| *byte == 1), Some(512));
        assert_eq!(bytes.iter().filter(|byte| **byte == 1).count(), 88);
        apply(&mut bytes, &Change::Truncate(513), |_| true);
        assert_eq!((bytes.len(), bytes[512]), (513, 1));
    }
}
