//! One column: small numbers, and the words they stand for.

use std::collections::BTreeMap;

use survey::Missing;

/// A column of the coded file. Code 0 is an empty cell; then come the choices, the reasons why there is no answer, and
/// whatever else was said, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Codes {
    words: Vec<Box<str>>,
    /// How many choices there are, from code 1.
    choices: u32,
    /// Whether the reasons follow.
    reasons: bool,
    codes: Packed,
    /// By a digest of a known word: its candidates.
    slots: Vec<Vec<u32>>,
    /// The others.
    others: BTreeMap<Box<str>, u32>,
}

#[derive(Clone, Debug)]
enum Packed {
    Narrow(Vec<u8>),
    Wide(Vec<u32>),
}

const SLOTS: usize = 128;

fn slot(word: &[u8]) -> usize {
    let at = |place: usize| word.get(place).copied().unwrap_or_default() as usize;
    let end = word.last().copied().unwrap_or_default() as usize;
    (word.len() * 31 + at(0) * 7 + at(1) * 3 + at(word.len() / 2) * 13 + end * 5) % SLOTS
}

impl Codes {
    /// An empty column of these choices, with the reasons why there is no answer where it can have any.
    pub(crate) fn of<'w>(choices: impl IntoIterator<Item = &'w str>, reasons: bool) -> Codes {
        let mut words: Vec<Box<str>> = std::iter::once("").chain(choices).map(Box::from).collect();
        let count = words.len() as u32 - 1;
        if reasons {
            words.extend(Missing::ALL.map(|why| Box::from(why.code())));
        }
        let mut slots = vec![Vec::new(); SLOTS];
        (1..).zip(&words[1..]).for_each(|(code, word)| slots[slot(word.as_bytes())].push(code));
        let codes = Packed::Narrow(Vec::new());
        Codes { words, choices: count, reasons, codes, slots, others: BTreeMap::new() }
    }

    /// The code of a word, if the column knows it.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        if word.is_empty() {
            return Some(0);
        }
        let known = self.slots[slot(word.as_bytes())].iter().copied();
        known
            .into_iter()
            .find(|code| *self.words[*code as usize] == *word)
            .or_else(|| self.others.get(word).copied())
    }

    /// The code of a word, a new one where it is new.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        if let Some(code) = self.find(word) {
            return code;
        }
        let code = self.words.len() as u32;
        self.words.push(word.into());
        self.others.insert(word.into(), code);
        code
    }

    pub(crate) fn push_word(&mut self, word: &str) {
        let code = self.intern(word);
        self.push(code);
    }

    pub(crate) fn push(&mut self, code: u32) {
        match (&mut self.codes, u8::try_from(code)) {
            (Packed::Narrow(codes), Ok(code)) => codes.push(code),
            (Packed::Wide(codes), _) => codes.push(code),
            (Packed::Narrow(codes), Err(_)) => {
                let mut wide: Vec<u32> = codes.iter().map(|code| u32::from(*code)).collect();
                wide.push(code);
                self.codes = Packed::Wide(wide);
            }
        }
    }

    /// The code of the last cell.
    pub(crate) fn last(&self) -> u32 {
        match &self.codes {
            Packed::Narrow(codes) => codes.last().map_or(0, |code| u32::from(*code)),
            Packed::Wide(codes) => codes.last().copied().unwrap_or_default(),
        }
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        match &self.codes {
            Packed::Narrow(codes) => codes.len(),
            Packed::Wide(codes) => codes.len(),
        }
    }

    /// How many choices there are.
    pub(crate) fn choices(&self) -> u32 {
        self.choices
    }

    pub(crate) fn get(&self, row: usize) -> u32 {
        match &self.codes {
            Packed::Narrow(codes) => u32::from(codes[row]),
            Packed::Wide(codes) => codes[row],
        }
    }

    /// Every code, in the order of the rows.
    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match &self.codes {
            Packed::Narrow(codes) => Box::new(codes.iter().map(|code| u32::from(*code))),
            Packed::Wide(codes) => Box::new(codes.iter().copied()),
        }
    }

    /// Something made of every code, in the order of the rows; `of` is asked once for each word.
    pub(crate) fn map<T: Copy>(&self, of: impl Fn(u32) -> T) -> Vec<T> {
        let known: Vec<T> = (0..self.words.len() as u32).map(of).collect();
        match &self.codes {
            Packed::Narrow(codes) => codes.iter().map(|code| known[usize::from(*code)]).collect(),
            Packed::Wide(codes) => codes.iter().map(|code| known[*code as usize]).collect(),
        }
    }

    /// What a person's cell says.
    pub(crate) fn word(&self, row: usize) -> &str {
        self.word_of(self.get(row))
    }

    pub(crate) fn word_of(&self, code: u32) -> &str {
        &self.words[code as usize]
    }

    /// Every word there is a code for.
    pub(crate) fn words(&self) -> usize {
        self.words.len()
    }

    /// Which of the choices a code is, from 0.
    pub(crate) fn choice(&self, code: u32) -> Option<u32> {
        (1..=self.choices).contains(&code).then(|| code - 1)
    }

    /// Why there is no answer, if a code says so.
    pub(crate) fn missing(&self, code: u32) -> Option<Missing> {
        let at = code.checked_sub(self.choices + 1).filter(|_| self.reasons)?;
        Missing::ALL.get(at as usize).copied()
    }

    /// Whether a code is an answer: neither nothing nor a reason.
    pub(crate) fn is_answer(&self, code: u32) -> bool {
        code != 0 && self.missing(code).is_none()
    }

    /// How many cells hold a word.
    pub(crate) fn count(&self, word: &str) -> usize {
        let Some(code) = self.find(word) else { return 0 };
        self.iter().filter(|each| *each == code).count()
    }

    pub(super) fn append(&mut self, other: &Codes) {
        let codes: Vec<u32> = other.words.iter().map(|word| self.intern(word)).collect();
        let same = codes.iter().zip(0..).all(|(code, other)| *code == other);
        match (&mut self.codes, &other.codes) {
            (Packed::Narrow(own), Packed::Narrow(others)) if same => own.extend_from_slice(others),
            _ => other.iter().for_each(|code| self.push(codes[code as usize])),
        }
    }

    pub(super) fn take(&self, rows: &[u32]) -> Codes {
        let codes = match &self.codes {
            Packed::Narrow(codes) => Packed::Narrow(rows.iter().map(|row| codes[*row as usize]).collect()),
            Packed::Wide(codes) => Packed::Wide(rows.iter().map(|row| codes[*row as usize]).collect()),
        };
        Codes {
            codes,
            words: self.words.clone(),
            slots: self.slots.clone(),
            others: self.others.clone(),
            ..*self
        }
    }
}
