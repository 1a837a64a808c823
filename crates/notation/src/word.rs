//! Words that keep their places: a text may run over several lines of a file.

use std::{ops::Range, sync::Arc};

use crate::Place;

/// A stretch of one line, and where it begins in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The text.
    pub text: &'t str,
    /// Its first byte in the file.
    pub start: usize,
}

/// A text of one or more pieces, one for each line it runs over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words<'t> {
    /// The file it stands in.
    pub file: Arc<str>,
    /// Never blank pieces, but there may be none.
    pub pieces: Vec<Piece<'t>>,
    /// The byte the words begin at, or would begin at.
    pub start: usize,
}

impl<'t> Piece<'t> {
    /// The byte after its last.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// The piece without blanks at both ends, or `None` if nothing is left.
    pub fn trimmed(self) -> Option<Piece<'t>> {
        let begins = self.text.len() - self.text.trim_start().len();
        let text = self.text.trim();
        (!text.is_empty()).then_some(Piece { text, start: self.start + begins })
    }

    /// Its place in a file.
    pub fn place(self, file: &Arc<str>) -> Place {
        Place { file: Arc::clone(file), start: self.start, end: self.end() }
    }

    /// What stands before and after a byte of its text.
    pub fn split_at(self, byte: usize) -> (Piece<'t>, Piece<'t>) {
        let (before, after) = self.text.split_at(byte);
        (Piece { text: before, start: self.start }, Piece { text: after, start: self.start + byte })
    }

    /// The words of the piece, parted at blanks.
    pub fn tokens(self) -> impl Iterator<Item = Piece<'t>> {
        self.text.split_whitespace().map(move |text| Piece {
            text,
            start: self.start + (text.as_ptr() as usize - self.text.as_ptr() as usize),
        })
    }
}

impl<'t> Words<'t> {
    /// Words of these pieces; blank pieces are dropped and the others trimmed.
    pub fn new(file: &Arc<str>, start: usize, pieces: impl IntoIterator<Item = Piece<'t>>) -> Words<'t> {
        let pieces: Vec<_> = pieces.into_iter().filter_map(Piece::trimmed).collect();
        let start = pieces.first().map_or(start, |first| first.start);
        Words { file: Arc::clone(file), pieces, start }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The text as written, its lines joined by one space.
    pub fn written(&self) -> String {
        self.pieces.iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
    }

    /// The text as it is meant: as written, with `\[`, `\{`, `\#` and `\\` read as what they stand for.
    pub fn text(&self) -> String {
        let written = self.written();
        if !written.contains('\\') {
            return written;
        }
        let mut meant = String::with_capacity(written.len());
        let mut rest = written.chars().peekable();
        while let Some(each) = rest.next() {
            let escaped = rest.next_if(|next| each == '\\' && ESCAPED.contains(next));
            meant.push(escaped.unwrap_or(each));
        }
        meant
    }

    /// From its first byte to its last.
    pub fn place(&self) -> Place {
        let end = self.pieces.last().map_or(self.start, |last| last.end());
        Place { file: Arc::clone(&self.file), start: self.start, end }
    }

    /// The place of a piece of these words.
    pub fn place_of(&self, piece: Piece<'t>) -> Place {
        piece.place(&self.file)
    }

    /// Its words, parted at blanks.
    pub fn tokens(&self) -> Vec<Piece<'t>> {
        self.pieces.iter().flat_map(|piece| piece.tokens()).collect()
    }

    /// The first word, and what follows it.
    pub fn first(&self) -> (Option<Piece<'t>>, Words<'t>) {
        let Some((head, others)) = self.pieces.split_first() else { return (None, self.clone()) };
        let end = head.text.find(char::is_whitespace).unwrap_or(head.text.len());
        let (word, after) = head.split_at(end);
        let rest = Words::new(&self.file, after.start, std::iter::once(after).chain(others.iter().copied()));
        (Some(word), rest)
    }

    /// The part of the words in this range of [`Words::written`].
    pub fn part(&self, range: Range<usize>) -> Words<'t> {
        let mut begins = 0;
        let mut pieces = Vec::new();
        let mut start = self.start;
        for piece in &self.pieces {
            let ends = begins + piece.text.len();
            let low = range.start.clamp(begins, ends) - begins;
            let high = range.end.clamp(begins, ends) - begins;
            if begins <= range.start && range.start <= ends {
                start = piece.start + low;
            }
            if low < high {
                pieces.push(Piece { text: &piece.text[low..high], start: piece.start + low });
            }
            begins = ends + 1;
        }
        Words::new(&self.file, start, pieces)
    }
}

/// What a backslash may stand before.
const ESCAPED: [char; 4] = ['[', '{', '#', '\\'];
