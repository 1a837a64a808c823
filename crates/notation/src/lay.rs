//! Laying a file out: the same items, words and comments, lined up. The engine of every `fmt`.

use std::collections::BTreeMap;

use crate::{Item, Line, Mark, Words, marks};

/// How the files of one notation are laid out.
pub struct Layout<'l> {
    /// Words and signs of inner lines in the order they are written; all others follow, in the author's order.
    pub order: &'l [&'l str],
    /// Marks in the order they are written.
    pub marks: &'l [&'l str],
    /// Signs behind which a code stands.
    pub coded: &'l [&'l str],
    /// Heads that a blank line parts from what is above them.
    pub apart: &'l [&'l str],
    /// Options that belong with the word behind them, as `max 6`.
    pub paired: &'l [&'l str],
    /// What stands behind the word of a head.
    pub shape: fn(&str) -> Shape,
}

/// What stands behind the word of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Its value, lined up with the settings around it.
    Setting,
    /// A code and words, lined up with those of the same word around it.
    Coded,
    /// A name and words.
    Titled,
    /// A name and options.
    Options,
    /// Names.
    Names,
}

/// A comment as it stands in the file.
#[derive(Clone, Copy)]
struct Comment<'t> {
    start: usize,
    written: &'t str,
}

/// A line to be written, and whether a blank line stands before it.
struct Row {
    blank: bool,
    text: String,
}

/// The text of these items, which were read from `text` without an error, laid out.
///
/// Nothing is changed but blanks, blank lines, and the order of inner lines and marks. Words are never wrapped anew, items
/// never sorted, and comments stay above the line they stand above.
///
/// # Example
/// ```
/// use notation::{Layout, Shape, lay_out, read};
/// let layout = Layout {
///     order: &["?", "-"],
///     marks: &[],
///     coded: &["-"],
///     apart: &[],
///     paired: &["max"],
///     shape: |_| Shape::Options,
/// };
/// let text = "many needs max 6\n  - work Work\n  # the roof\n  - housing Home\n  ?  Which?\n";
/// let laid = "many needs  max 6\n  ? Which?\n  - work     Work\n  # the roof\n  - housing  Home\n";
/// assert_eq!(lay_out(text, &read("a.survey", text).0, &layout), laid);
/// ```
pub fn lay_out(text: &str, items: &[Item<'_>], layout: &Layout<'_>) -> String {
    let page = Page { text, items, layout, comments: comments(text, items) };
    let mut to = String::with_capacity(text.len());
    for (number, item) in items.iter().enumerate() {
        for row in page.item(number, item) {
            if row.blank && !to.is_empty() {
                to.push('\n');
            }
            to.push_str(row.text.trim_end());
            to.push('\n');
        }
    }
    to
}

/// The comments above each line, by item and line, the head being line 0; below the last line of an item it is one more.
type Comments<'t> = BTreeMap<(usize, usize), Vec<Comment<'t>>>;

struct Page<'p, 't> {
    text: &'t str,
    items: &'p [Item<'t>],
    layout: &'p Layout<'p>,
    comments: Comments<'t>,
}

/// Every comment with the line it stands above or within.
fn comments<'t>(text: &'t str, items: &[Item<'t>]) -> Comments<'t> {
    let lines = items.iter().enumerate().flat_map(|(number, item)| {
        let lines = std::iter::once(&item.head).chain(&item.body);
        lines.enumerate().map(move |(line, of)| ((number, line), &of.place))
    });
    let lines: Vec<_> = lines.collect();
    let mut comments = Comments::new();
    for comment in items.iter().flat_map(|item| &item.comments) {
        let start = comment.place.start;
        let begins = begin_of_line(text, start);
        let written = text[begins..comment.place.end].trim_start_matches('\u{feff}').trim_end();
        let place = lines.partition_point(|(_, place)| place.end <= start);
        let indented = written.starts_with(char::is_whitespace);
        let below = |(number, _): (usize, usize)| (number, items[number].body.len() + 1);
        let owner = match lines.get(place) {
            // An indented comment above the next item still belongs to this one.
            Some((owner, at)) if owner.1 == 0 && owner.0 > 0 && indented && start < at.start => {
                below(lines[place - 1].0)
            }
            Some((owner, _)) => *owner,
            None => below(lines[lines.len() - 1].0),
        };
        comments.entry(owner).or_default().push(Comment { start, written });
    }
    comments.values_mut().for_each(|comments| comments.sort_by_key(|comment| comment.start));
    comments
}

fn begin_of_line(text: &str, byte: usize) -> usize {
    text[..byte].rfind('\n').map_or(0, |newline| newline + 1)
}

impl<'t> Page<'_, 't> {
    fn item(&self, number: usize, item: &Item<'t>) -> Vec<Row> {
        let mut rows = self.line((number, 0), &item.head, &self.head(number, item));
        if self.layout.apart.contains(&item.head.word) && !rows.iter().any(|row| row.blank) {
            rows[0].blank = true;
        }
        let place = |word: &str| self.layout.order.iter().position(|each| *each == word);
        let mut body: Vec<(usize, &Line<'t>)> = item.body.iter().enumerate().collect();
        body.sort_by_key(|(_, line)| place(line.word).unwrap_or(self.layout.order.len()));
        for (inner, line) in body {
            rows.extend(self.line((number, inner + 1), line, &format!("  {}", self.inner(item, line))));
        }
        let below = self.comments.get(&(number, item.body.len() + 1));
        rows.extend(below.into_iter().flatten().map(|comment| self.comment(*comment)));
        rows
    }

    /// The comments above a line, the line, and the lines that continue it.
    fn line(&self, which: (usize, usize), line: &Line<'t>, first: &str) -> Vec<Row> {
        let mut waiting = self.comments.get(&which).into_iter().flatten().copied().peekable();
        let mut rows = Vec::new();
        for (place, piece) in line.written.pieces.iter().enumerate() {
            while let Some(comment) = waiting.next_if(|comment| comment.start < piece.start) {
                rows.push(self.comment(comment));
            }
            rows.push(match place {
                0 => Row { blank: self.after_blank(piece.start), text: first.to_owned() },
                _ => Row { blank: false, text: format!("    {}", piece.text) },
            });
        }
        rows
    }

    fn comment(&self, comment: Comment<'_>) -> Row {
        Row { blank: self.after_blank(comment.start), text: comment.written.to_owned() }
    }

    /// Whether the line above the one of this byte is blank.
    fn after_blank(&self, byte: usize) -> bool {
        let above = self.text[..begin_of_line(self.text, byte)].strip_suffix('\n');
        above.is_some_and(|above| above[begin_of_line(above, above.len())..].trim().is_empty())
    }

    fn head(&self, number: usize, item: &Item<'t>) -> String {
        let (word, rest) = (item.head.word, first_rest(&item.head));
        let (name, words) = name(rest);
        match (self.layout.shape)(word) {
            Shape::Setting => {
                let wide = self.run(number).map(|item| length(item.head.word)).max().unwrap_or(0);
                format!("{word:wide$}  {rest}")
            }
            Shape::Coded => {
                let codes = self.run(number).map(|item| length(name_of(item)));
                let wide = codes.max().unwrap_or(0);
                format!("{word} {name:wide$}  {words}")
            }
            Shape::Titled => format!("{word} {name}  {words}"),
            Shape::Options => format!("{word} {name}  {}", self.options(words)),
            Shape::Names => format!("{word} {}", rest.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }

    /// The items of one line each that stand around an item without a blank line between, and are of its kind.
    fn run(&self, number: usize) -> impl Iterator<Item = &Item<'t>> {
        let shape = |item: &Item<'t>| (self.layout.shape)(item.head.word);
        let alike = |one: usize, other: usize| {
            let (one, other) = (&self.items[one], &self.items[other]);
            let coded = shape(one) == Shape::Coded;
            shape(one) == shape(other) && (!coded || one.head.word == other.head.word) && one.body.is_empty()
        };
        let joins = |lower: usize| {
            let lead = self.comments.get(&(lower, 0)).into_iter().flatten().map(|comment| comment.start);
            let mut starts = lead.chain([self.items[lower].head.place.start]);
            alike(lower - 1, lower) && !starts.any(|start| self.after_blank(start))
        };
        let first =
            (1..=number).rev().take_while(|lower| joins(*lower)).last().map_or(number, |lower| lower - 1);
        let last = (number + 1..self.items.len()).take_while(|lower| joins(*lower)).last().unwrap_or(number);
        self.items[first..=last].iter()
    }

    fn options(&self, written: &str) -> String {
        let mut options: Vec<String> = Vec::new();
        let mut words = written.split_whitespace();
        while let Some(word) = words.next() {
            let argument = if self.layout.paired.contains(&word) { words.next() } else { None };
            options.push(argument.map_or(word.to_owned(), |argument| format!("{word} {argument}")));
        }
        options.join("  ")
    }

    fn inner(&self, item: &Item<'t>, line: &Line<'t>) -> String {
        if !self.layout.coded.contains(&line.word) {
            return format!("{} {}", line.word, first_rest(line));
        }
        let alike = || item.body.iter().filter(|other| other.word == line.word);
        let codes = alike().map(|line| length(name(first_rest(line)).0)).max().unwrap_or(0);
        let code = name(first_rest(line)).0;
        let Some((words, marked)) = self.parted(line) else {
            return format!("{} {code:codes$}  {}", line.word, name(first_rest(line)).1);
        };
        let has_marks = |line: &&Line<'t>| self.parted(line).is_some_and(|(_, marks)| !marks.is_empty());
        let lines: Vec<&Line<'t>> = alike().collect();
        // Marks line up with those of their neighbours; a line without any ends the run.
        let mut runs = lines.split(|line| !has_marks(line));
        let run = runs.find(|run| run.iter().any(|other| other.place == line.place)).unwrap_or_default();
        let wide = run
            .iter()
            .filter_map(|line| self.parted(line))
            .map(|(words, _)| length(&words))
            .max()
            .unwrap_or(0);
        format!("{} {code:codes$}  {words:wide$}  {marked}", line.word)
    }

    /// The words of a coded line and its marks in order; `None` where it runs over several lines, or is no clear case.
    fn parted(&self, line: &Line<'t>) -> Option<(String, String)> {
        if line.written.pieces.len() != 1 {
            return None;
        }
        let (words, mut marks, findings) = marks(&line.rest.first().1, self.layout.marks);
        let place = |mark: &Mark<'_>| self.layout.marks.iter().position(|each| *each == mark.name.text);
        marks.sort_by_key(place);
        let marks: Vec<String> = marks.iter().map(written_mark).collect();
        findings.is_empty().then(|| (words.written(), marks.join(" ")))
    }
}

fn written_mark(mark: &Mark<'_>) -> String {
    let rest: &Words<'_> = &mark.rest;
    format!("[{}]", format!("{} {}", mark.name.text, rest.written()).trim_end())
}

/// What stands behind the word on the line itself, the lines that continue it aside.
fn first_rest<'t>(line: &Line<'t>) -> &'t str {
    line.written.pieces[0].text[line.word.len()..].trim()
}

/// The first word, and what follows it.
fn name(rest: &str) -> (&str, &str) {
    rest.split_once(char::is_whitespace).map_or((rest, ""), |(name, words)| (name, words.trim()))
}

fn name_of<'t>(item: &Item<'t>) -> &'t str {
    name(first_rest(&item.head)).0
}

fn length(text: &str) -> usize {
    text.chars().count()
}
