//! Entries in a draw, and people who may be asked again: sealed to the study, once for each contact.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Apart, Plan, StudyKey, StudySecret};
use crate::{Error, Keys, number::digit};

const PLAN: Plan = Plan {
    file: "draw.db",
    application: 0x536e_6444,
    of_file: &[include_str!("../../migrations/sqlite/draw_0001.sql")],
    of_database: &[include_str!("../../migrations/postgres/draw_0001.sql")],
    table: "entry",
};

/// What somebody leaves her contact for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The draw.
    Draw,
    /// To be asked to a conversation.
    Contact,
}

/// The draw of a study.
pub struct Draw {
    apart: Apart,
    keys: Keys,
}

/// An entry, opened by whoever holds the secret of the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// The hash of its id, as the published list has it.
    pub hash: String,
    /// The contact; none where it was sealed to another key.
    pub contact: Option<String>,
}

impl EntryKind {
    fn code(self) -> &'static str {
        match self {
            EntryKind::Draw => "draw",
            EntryKind::Contact => "contact",
        }
    }
}

impl Draw {
    /// The draw in a data folder, in a file of its own.
    ///
    /// # Errors
    /// If the file cannot be used or is another program's.
    pub fn open(folder: &Path, keys: &Keys) -> Result<Draw, Error> {
        Ok(Draw { apart: Apart::open(folder, &PLAN)?, keys: keys.clone() })
    }

    /// The draw in a PostgreSQL database of its own, which is not that of the answers.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub fn connect(url: &str, keys: &Keys) -> Result<Draw, Error> {
        Ok(Draw { apart: Apart::connect(url, &PLAN)?, keys: keys.clone() })
    }

    /// Put a contact in, sealed; one that is in already changes nothing, and nobody is told which it was.
    ///
    /// # Errors
    /// If the store fails.
    pub fn enter(&self, survey: &str, kind: EntryKind, contact: &str, key: &StudyKey) -> Result<(), Error> {
        let sealed = key.seal(contact)?;
        let folded = fold(contact);
        let contact_key =
            self.keys.mac("contact", &[survey.as_bytes(), kind.code().as_bytes(), folded.as_bytes()]);
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| Error::NoRandomness)?;
        self.apart.change(|sql| {
            sql.execute(
                "INSERT INTO entry (id, survey, kind, contact_key, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
                &[
                    (&id).into(),
                    survey.into(),
                    kind.code().into(),
                    (&contact_key).into(),
                    sealed.as_slice().into(),
                ],
            )
            .map(drop)
        })
    }

    /// The hashes of all entries in their order: what is published after closing, so that anybody can draw again.
    ///
    /// # Errors
    /// If the store fails.
    pub fn list(&self, survey: &str, kind: EntryKind) -> Result<Vec<String>, Error> {
        Ok(self.entries(survey, kind)?.into_iter().map(|(hash, _)| hash).collect())
    }

    /// The entries of these hashes opened, in the order of the list, and nobody else's.
    ///
    /// # Errors
    /// If the store fails.
    pub fn opened(
        &self,
        survey: &str,
        kind: EntryKind,
        secret: &StudySecret,
        hashes: &[String],
    ) -> Result<Vec<Entrant>, Error> {
        let entries = self.entries(survey, kind)?.into_iter().filter(|(hash, _)| hashes.contains(hash));
        Ok(entries.map(|(hash, sealed)| Entrant { hash, contact: secret.open(&sealed).ok() }).collect())
    }

    /// Erase every entry: on the stated day, when prizes are handed out; how many.
    ///
    /// # Errors
    /// If the store fails.
    pub fn erase(&self, survey: &str) -> Result<u64, Error> {
        self.apart.change(|sql| sql.execute("DELETE FROM entry WHERE survey = ?1", &[survey.into()]))
    }

    fn entries(&self, survey: &str, kind: EntryKind) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let mut entries = self.apart.look(|sql| {
            let mut entries = Vec::new();
            let query = "SELECT id, sealed FROM entry WHERE survey = ?1 AND kind = ?2";
            sql.each(query, &[survey.into(), kind.code().into()], &mut |row| {
                entries.push((hash(&row.key::<16>(0)?), row.bytes(1)?.to_vec()));
                Ok(())
            })?;
            Ok(entries)
        })?;
        entries.sort();
        Ok(entries)
    }
}

/// An entry as it is published: the id itself stays here.
fn hash(id: &[u8; 16]) -> String {
    crate::backup::hex(&Sha256::digest(id))
}

/// One person's contact however she writes it: an address without spaces in small letters, a telephone number by its
/// digits alone, in any script, without the 1 of North America.
fn fold(contact: &str) -> String {
    let digits: String =
        contact.chars().filter_map(|each| digit(each).map(|digit| char::from(b'0' + digit))).collect();
    if contact.contains('@') || digits.len() < 7 {
        return contact.chars().filter(|each| !each.is_whitespace()).flat_map(char::to_lowercase).collect();
    }
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_contact_is_one_however_it_is_written() {
        for written in ["902-555-0100", "(902) 555 0100", "+1 902.555.0100", "٩٠٢٥٥٥٠١٠٠", "tel: 9025550100"]
        {
            assert_eq!(fold(written), "9025550100", "{written}");
        }
        assert_eq!(fold(" Amina1975 @Example.ORG"), "amina1975@example.org");
        assert_eq!(fold("+44 20 7946 0123"), "442079460123");
    }
}
