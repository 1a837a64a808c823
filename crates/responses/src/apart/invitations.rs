//! Single-use codes: who holds one may begin once, and nobody can tell which response it was.

use std::path::Path;

use super::{Apart, Plan};
use crate::{Error, Keys, sql::Sql};

const PLAN: Plan = Plan {
    file: "invitations.db",
    application: 0x536e_6449,
    of_file: &[
        include_str!("../../migrations/sqlite/invitations_0001.sql"),
        include_str!("../../migrations/sqlite/invitations_0002_copy.sql"),
    ],
    of_database: &[
        include_str!("../../migrations/postgres/invitations_0001.sql"),
        include_str!("../../migrations/postgres/invitations_0002_copy.sql"),
    ],
    table: "invitation",
};

/// The invitations of a study.
pub struct Invitations {
    apart: Apart,
    keys: Keys,
}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationState {
    /// Whoever holds it may begin.
    Unused,
    /// Somebody began with it.
    Used,
    /// It was taken back.
    Revoked,
    /// There is no such invitation.
    Unknown,
}

/// Letters and digits that are not taken for each other.
const SIGNS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// Random signs of a code; one more checks them.
const LENGTH: usize = 9;

impl Invitations {
    /// The invitations in a data folder, in a file of their own.
    ///
    /// # Errors
    /// If the file cannot be used or is another program's.
    pub fn open(folder: &Path, keys: &Keys) -> Result<Invitations, Error> {
        Ok(Invitations { apart: Apart::open(folder, &PLAN)?, keys: keys.clone() })
    }

    /// The invitations in a PostgreSQL database of their own, which is not that of the answers.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub fn connect(url: &str, keys: &Keys) -> Result<Invitations, Error> {
        Ok(Invitations { apart: Apart::connect(url, &PLAN)?, keys: keys.clone() })
    }

    /// Make so many codes of one batch. They are given back this once; only keyed hashes are kept.
    ///
    /// # Errors
    /// If the store fails.
    pub fn issue(&self, survey: &str, batch: &str, count: usize) -> Result<Vec<String>, Error> {
        let codes: Vec<String> = (0..count).map(|_| draw_code()).collect();
        self.apart.change(|sql| {
            codes.iter().try_for_each(|code| {
                let key = self.key(survey, code);
                sql.execute(
                    "INSERT INTO invitation (survey, code_key, batch, state) VALUES (?1, ?2, ?3, 'unused')",
                    &[survey.into(), (&key).into(), batch.into()],
                )
                .map(drop)
            })
        })?;
        Ok(codes)
    }

    /// Where the invitation of a code stands; looking changes nothing.
    ///
    /// # Errors
    /// If the store fails.
    pub fn state(&self, survey: &str, code: &str) -> Result<InvitationState, Error> {
        let Some(code) = read_code(code) else { return Ok(InvitationState::Unknown) };
        let key = self.key(survey, &code);
        self.apart.look(|sql| state(sql, survey, &key))
    }

    /// Use an invitation up by a copy of the first page: true for the copy that came first, however often it is sent.
    ///
    /// # Errors
    /// If the store fails.
    pub fn spend(&self, survey: &str, code: &str, nonce: &[u8; 16]) -> Result<bool, Error> {
        let Some(code) = read_code(code) else { return Ok(false) };
        let key = self.key(survey, &code);
        let copy = self.keys.mac("invitation copy", &[survey.as_bytes(), nonce]);
        self.apart.change(|sql| {
            let statement = "UPDATE invitation SET state = 'used', copy_key = ?3
                             WHERE survey = ?1 AND code_key = ?2
                               AND (state = 'unused' OR (state = 'used' AND copy_key = ?3))";
            Ok(sql.execute(statement, &[survey.into(), (&key).into(), (&copy).into()])? == 1)
        })
    }

    /// Take back every invitation of a batch that nobody used; how many.
    ///
    /// # Errors
    /// If the store fails.
    pub fn revoke(&self, survey: &str, batch: &str) -> Result<u64, Error> {
        self.apart.change(|sql| {
            let statement = "UPDATE invitation SET state = 'revoked'
                             WHERE survey = ?1 AND batch = ?2 AND state = 'unused'";
            sql.execute(statement, &[survey.into(), batch.into()])
        })
    }

    /// How many of each batch are unused, used and revoked.
    ///
    /// # Errors
    /// If the store fails.
    pub fn totals(&self, survey: &str) -> Result<Vec<(String, String, u64)>, Error> {
        self.apart.look(|sql| {
            let mut totals = Vec::new();
            let query = "SELECT batch, state, count(*) FROM invitation WHERE survey = ?1
                         GROUP BY 1, 2 ORDER BY 1, 2";
            sql.each(query, &[survey.into()], &mut |row| {
                totals.push((row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.whole(2)?.unsigned_abs()));
                Ok(())
            })?;
            Ok(totals)
        })
    }

    fn key(&self, survey: &str, code: &str) -> [u8; 32] {
        self.keys.mac("invitation", &[survey.as_bytes(), code.as_bytes()])
    }
}

fn state(sql: &dyn Sql, survey: &str, key: &[u8; 32]) -> Result<InvitationState, Error> {
    let mut state = InvitationState::Unknown;
    let query = "SELECT state FROM invitation WHERE survey = ?1 AND code_key = ?2";
    sql.each(query, &[survey.into(), key.into()], &mut |row| {
        state = match row.text(0)? {
            "unused" => InvitationState::Unused,
            "used" => InvitationState::Used,
            _ => InvitationState::Revoked,
        };
        Ok(())
    })?;
    Ok(state)
}

fn draw_code() -> String {
    let mut values = Vec::new();
    while values.len() < LENGTH {
        let mut byte = [0; 1];
        getrandom::fill(&mut byte).expect("the operating system gave randomness when the store was opened");
        // What is beyond the last whole round of signs would favour the first ones.
        if usize::from(byte[0]) < SIGNS.len() * (256 / SIGNS.len()) {
            values.push(usize::from(byte[0]) % SIGNS.len());
        }
    }
    values.push(check(&values));
    values.into_iter().map(|value| char::from(SIGNS[value])).collect()
}

/// The sign that makes the weighted sum of all a multiple of 31: the number is prime, so every single wrong sign and
/// every swap of neighbours is found.
fn check(values: &[usize]) -> usize {
    let sum: usize = values.iter().zip(1..).map(|(value, weight)| value * weight).sum();
    // The check sign has the weight 10, whose inverse modulo 31 is 28.
    (SIGNS.len() - sum % SIGNS.len()) * 28 % SIGNS.len()
}

/// A code as it is kept: small letters without spaces and hyphens, if its check sign fits.
fn read_code(typed: &str) -> Option<String> {
    let kept = typed.chars().filter(|each| !each.is_whitespace() && *each != '-');
    let code: String = kept.flat_map(char::to_lowercase).take(LENGTH + 2).collect();
    let place = |sign: u8| SIGNS.iter().position(|each| *each == sign);
    let values: Vec<usize> = code.bytes().map(place).collect::<Option<_>>()?;
    let (last, first) = values.split_last()?;
    (values.len() == LENGTH + 1 && check(first) == *last).then_some(code)
}

/// Whether a text is written as an invitation; a door for the fuzzer alone.
#[cfg(fuzzing)]
pub fn is_invitation_code(typed: &str) -> bool {
    read_code(typed).is_some()
}

#[cfg(test)]
mod tests {
    use super::{SIGNS, draw_code, read_code};

    #[test]
    fn every_slip_of_one_sign_and_every_swap_is_found() {
        for _ in 0..50 {
            let code = draw_code();
            let spaced = format!(" {}-{} ", &code[..5].to_uppercase(), &code[5..]);
            assert_eq!(read_code(&spaced), Some(code.clone()));
            let bytes = code.as_bytes();
            for place in 0..bytes.len() {
                for sign in SIGNS.iter().filter(|sign| **sign != bytes[place]) {
                    let mut slip = bytes.to_vec();
                    slip[place] = *sign;
                    assert_eq!(read_code(std::str::from_utf8(&slip).expect("signs are ASCII")), None);
                }
                if place + 1 < bytes.len() && bytes[place] != bytes[place + 1] {
                    let mut swap = bytes.to_vec();
                    swap.swap(place, place + 1);
                    assert_eq!(read_code(std::str::from_utf8(&swap).expect("signs are ASCII")), None);
                }
            }
        }
        assert_eq!(
            (read_code(""), read_code("0000000000"), read_code(&"2".repeat(4_000))),
            (None, None, None)
        );
    }
}
