//! Lines and items: what stands at column 0 opens an item, what is indented belongs to it.

use std::sync::Arc;

use crate::{Finding, Piece, Place, Words, character};

/// One line with the lines that continue it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// Its first word or sign: `survey`, `hint`, `?`, `-`; `#` of a comment.
    pub word: &'t str,
    /// What follows the word.
    pub rest: Words<'t>,
    /// All of it, the word included: prose begins with no word.
    pub written: Words<'t>,
    /// From the word to the end of the last line that continues it.
    pub place: Place,
    /// Whether a blank line stands before it: in prose, a new paragraph.
    pub after_blank: bool,
}

/// A line at column 0 with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'t> {
    /// The line at column 0.
    pub head: Line<'t>,
    /// The indented lines, in order.
    pub body: Vec<Line<'t>>,
    /// The comments above the head and within the body.
    pub comments: Vec<Line<'t>>,
}

impl Line<'_> {
    /// The place of the word alone.
    pub fn word_place(&self) -> Place {
        Place { end: self.place.start + self.word.len(), ..self.place.clone() }
    }
}

impl<'t> Item<'t> {
    /// The body as prose: paragraphs of lines as written, parted where a blank line stood.
    pub fn prose(&self) -> Vec<Vec<Piece<'t>>> {
        let mut paragraphs: Vec<Vec<Piece<'t>>> = Vec::new();
        for line in &self.body {
            match paragraphs.last_mut() {
                Some(open) if !line.after_blank => open.extend(&line.written.pieces),
                _ => paragraphs.push(line.written.pieces.clone()),
            }
        }
        paragraphs
    }
}

/// Read a text into its items.
///
/// Whatever the text, everything readable is read: an item or line with a finding still stands in the result.
///
/// # Example
/// ```
/// let (items, findings) = notation::read("a.survey", "many needs\n  ? What did you need\n    help with?\n");
/// assert_eq!(items[0].head.word, "many");
/// assert_eq!(items[0].body[0].rest.text(), "What did you need help with?");
/// assert!(findings.is_empty());
/// ```
pub fn read<'t>(file: &str, text: &'t str) -> (Vec<Item<'t>>, Vec<Finding>) {
    let mut reader = Reader {
        file: Arc::from(file),
        items: Vec::new(),
        comments: Vec::new(),
        findings: Vec::new(),
        after_blank: false,
        full: false,
    };
    let (text, too_long) = within(&reader.file, text);
    reader.findings.extend(too_long);
    reader.findings.extend(character::hidden(file, text));
    reader.findings.extend(character::untidy(file, text));
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        reader.line(Piece { text: raw.trim_end_matches(['\n', '\r']), start });
        start += raw.len();
    }
    if let Some(last) = reader.items.last_mut() {
        last.comments.append(&mut reader.comments);
    }
    (reader.items, reader.findings)
}

/// So many bytes of a file are read: the longest questionnaire anybody wrote takes a tenth of it.
const BYTES_MOST: usize = 1 << 20;
/// So many items of a file are read.
const ITEMS_MOST: usize = 2_000;
/// So many lines of an item are read.
const LINES_MOST: usize = 500;

/// The text as far as it is read, and N005 where it is longer.
fn within<'t>(file: &Arc<str>, text: &'t str) -> (&'t str, Option<Finding>) {
    if text.len() <= BYTES_MOST {
        return (text, None);
    }
    let end = text[..crate::locate::boundary(text, BYTES_MOST)].rfind('\n').map_or(0, |newline| newline + 1);
    let place = Place { file: Arc::clone(file), start: end, end };
    let says = format!("the file is longer than {BYTES_MOST} bytes, and is not read from here on");
    (&text[..end], Some(Finding::error("N005", place, says).remedy("make two files of it")))
}

struct Reader<'t> {
    file: Arc<str>,
    items: Vec<Item<'t>>,
    /// Comments at column 0, which wait for the item below them.
    comments: Vec<Line<'t>>,
    findings: Vec<Finding>,
    after_blank: bool,
    /// There is more than is read: nothing below is.
    full: bool,
}

impl<'t> Reader<'t> {
    fn line(&mut self, raw: Piece<'t>) {
        if self.full {
            return;
        }
        let begun = if raw.start == 0 { raw.text.trim_start_matches('\u{feff}') } else { raw.text };
        let raw = Piece { text: begun, start: raw.end() - begun.len() };
        let Some(piece) = raw.trimmed() else {
            self.after_blank = true;
            return;
        };
        let indent = Piece { text: &raw.text[..piece.start - raw.start], start: raw.start };
        if piece.text.starts_with('#') {
            return self.comment(indent, piece);
        }
        match self.depth(indent, piece) {
            Depth::Head => self.head(piece),
            Depth::Inner => self.inner(piece),
            Depth::More => self.more(piece),
        }
        self.after_blank = false;
    }

    fn comment(&mut self, indent: Piece<'t>, piece: Piece<'t>) {
        let line = self.cut(piece, 1);
        match self.items.last_mut() {
            Some(open) if !indent.text.is_empty() => open.comments.push(line),
            _ => self.comments.push(line),
        }
    }

    fn head(&mut self, piece: Piece<'t>) {
        if self.items.len() == ITEMS_MOST {
            return self.stop(piece, &format!("there are more than {ITEMS_MOST} items"));
        }
        let end = piece.text.find(char::is_whitespace).unwrap_or(piece.text.len());
        let head = self.cut(piece, end);
        let comments = std::mem::take(&mut self.comments);
        self.items.push(Item { head, body: Vec::new(), comments });
    }

    fn inner(&mut self, piece: Piece<'t>) {
        if self.items.last().is_some_and(|open| open.body.len() == LINES_MOST) {
            return self.stop(piece, &format!("this item has more than {LINES_MOST} lines"));
        }
        let line = self.cut(piece, sign(piece.text));
        if let Some(open) = self.items.last_mut() {
            open.comments.append(&mut self.comments);
            open.body.push(line);
        }
    }

    fn stop(&mut self, piece: Piece<'t>, says: &str) {
        let says = format!("{says}, and nothing is read from here on");
        let finding = Finding::error("N005", piece.place(&self.file), says);
        self.findings.push(finding.remedy("make several of it"));
        self.full = true;
    }

    fn more(&mut self, piece: Piece<'t>) {
        let Some(open) = self.items.last_mut() else { return };
        let line = open.body.last_mut().unwrap_or(&mut open.head);
        line.rest.pieces.push(piece);
        line.written.pieces.push(piece);
        line.rest.start = line.rest.pieces[0].start;
        line.place.end = piece.end();
    }

    fn cut(&self, piece: Piece<'t>, word: usize) -> Line<'t> {
        let (word, rest) = piece.split_at(word);
        Line {
            word: word.text,
            rest: Words::new(&self.file, rest.start, [rest]),
            written: Words::new(&self.file, piece.start, [piece]),
            place: piece.place(&self.file),
            after_blank: self.after_blank,
        }
    }

    /// How deep a line stands; what is not plainly indented is said, and read as what it most likely is.
    fn depth(&mut self, indent: Piece<'t>, piece: Piece<'t>) -> Depth {
        let spaces = indent.text.len();
        let depth = match spaces {
            0 => return Depth::Head,
            1..=3 => Depth::Inner,
            _ => Depth::More,
        };
        if self.items.is_empty() {
            let says = "this line is indented, but there is no item above it";
            let finding = Finding::error("N001", indent.place(&self.file), says);
            self.findings.push(finding.remedy("begin the item at the start of the line"));
            return Depth::Head;
        }
        if let Some(tab) = indent.text.find(|each| each != ' ') {
            let kind =
                if indent.text[tab..].starts_with('\t') { "a tab" } else { "a character that is no space" };
            self.odd_indent(indent, &format!("this line is indented by {kind}"), "  ");
            return self.behind_a_tab(indent, piece);
        }
        if spaces == 1 || spaces == 3 {
            let plural = if spaces == 1 { "" } else { "s" };
            self.odd_indent(indent, &format!("this line is indented by {spaces} space{plural}"), "  ");
        }
        depth
    }

    /// Two tabs, or one before a sentence, most likely continue the line above.
    fn behind_a_tab(&self, indent: Piece<'t>, piece: Piece<'t>) -> Depth {
        let continues = indent.text.matches('\t').count() > 1
            || piece.text.starts_with(|first: char| first.is_uppercase() || !first.is_ascii());
        let has_lines = self.items.last().is_some_and(|open| !open.body.is_empty());
        if continues && has_lines { Depth::More } else { Depth::Inner }
    }

    fn odd_indent(&mut self, indent: Piece<'t>, says: &str, fix: &str) {
        let mut finding = Finding::error("N001", indent.place(&self.file), says)
            .remedy("two spaces belong to the item above, four continue the line above");
        finding.fix = Some(fix.to_owned());
        self.findings.push(finding);
    }
}

enum Depth {
    Head,
    Inner,
    More,
}

/// The length of the sign or word an inner line begins with.
fn sign(text: &str) -> usize {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    if text.starts_with("?1") && word == 2 {
        2
    } else if text.starts_with(['?', '-', '|', '=']) {
        1
    } else {
        word
    }
}
