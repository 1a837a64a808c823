//! The shape of a condition, before anybody asks what its names mean.
//!
//! Precedence, tightest first: calls and parentheses; `* /`; `+ -`; comparisons, `has`, `in`, `is`; `not`; `and`; `or`.

use notation::{Finding, Piece, near};

use super::token::{Sort, Token};
use crate::read::{Notes, Written};

/// A part of a condition.
#[derive(Clone, Debug)]
pub(super) enum Tree<'t> {
    /// Joined by `and`.
    All(Vec<Tree<'t>>),
    /// Joined by `or`.
    Any(Vec<Tree<'t>>),
    /// After `not`.
    Not(Box<Tree<'t>>),
    /// Left, sign, right.
    Compare(Box<Tree<'t>>, Piece<'t>, Box<Tree<'t>>),
    /// `has CODE`, `has any (…)`, `has all (…)`.
    Has { of: Box<Tree<'t>>, word: Piece<'t>, all: bool, codes: Vec<Piece<'t>> },
    /// `in (…)`, single values and spans.
    In { of: Box<Tree<'t>>, word: Piece<'t>, spans: Vec<(Tree<'t>, Option<Tree<'t>>)> },
    /// `is MISSING`.
    Is { of: Box<Tree<'t>>, missing: Piece<'t> },
    /// `any row of GRID …`, `every row of GRID …`.
    Rows { every: bool, grid: Piece<'t>, sign: Piece<'t>, code: Piece<'t> },
    /// `+ - * /`.
    Sum(Box<Tree<'t>>, Piece<'t>, Box<Tree<'t>>),
    /// Digits.
    Number(Piece<'t>),
    /// A day or a month.
    Date(Piece<'t>),
    /// A bare word.
    Name(Piece<'t>),
    /// `grid.row`.
    Row(Piece<'t>, Piece<'t>),
    /// `count(q)`, `answered(q)`, `first(q)`.
    Call(Piece<'t>, Piece<'t>),
}

/// What stops the reading of a condition.
type Stop = Box<Finding>;

const FUNCTIONS: [&str; 3] = ["count", "answered", "first"];

struct Reader<'r, 't> {
    tokens: &'r [Token<'t>],
    written: &'r Written<'t>,
    next: usize,
    notes: &'r mut Notes,
}

/// Read all tokens as one condition.
pub(super) fn read<'t>(
    tokens: &[Token<'t>],
    written: &Written<'t>,
    notes: &mut Notes,
) -> Result<Tree<'t>, Stop> {
    let mut reader = Reader { tokens, written, next: 0, notes };
    let tree = reader.joined()?;
    match reader.peek() {
        None => Ok(tree),
        Some(token) => Err(reader.unexpected(token)),
    }
}

impl<'t> Tree<'t> {
    /// From its first byte to its last.
    pub(super) fn span(&self) -> (usize, usize) {
        match self {
            Tree::All(parts) | Tree::Any(parts) => {
                let first = parts.first().map_or(0, |part| part.span().0);
                (first, parts.last().map_or(first, |part| part.span().1))
            }
            Tree::Not(inner) => inner.span(),
            Tree::Compare(left, _, right) | Tree::Sum(left, _, right) => (left.span().0, right.span().1),
            Tree::Has { of, word, codes, .. } => {
                (of.span().0, codes.last().map_or(word.end(), |code| code.end()))
            }
            Tree::In { of, word, .. } => (of.span().0, word.end()),
            Tree::Is { of, missing } => (of.span().0, missing.end()),
            Tree::Rows { grid, code, .. } => (grid.start, code.end()),
            Tree::Number(piece) | Tree::Date(piece) | Tree::Name(piece) => (piece.start, piece.end()),
            Tree::Row(first, last) | Tree::Call(first, last) => (first.start, last.end()),
        }
    }
}

impl<'t> Reader<'_, 't> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.next).copied()
    }

    fn take(&mut self) -> Option<Token<'t>> {
        let token = self.peek();
        self.next += usize::from(token.is_some());
        token
    }

    /// The next token, if it is this word or sign.
    fn take_if(&mut self, text: &str) -> Option<Piece<'t>> {
        self.peek().filter(|token| token.piece.text == text)?;
        self.take().map(|token| token.piece)
    }

    /// Tests joined by `and` and `or`; S038 where both stand side by side.
    fn joined(&mut self) -> Result<Tree<'t>, Stop> {
        let mut any = vec![vec![self.not()?]];
        let mut joints: Vec<Piece<'t>> = Vec::new();
        while let Some(joint) = self.take_if("and").or_else(|| self.take_if("or")) {
            joints.push(joint);
            let part = self.not()?;
            match any.last_mut() {
                Some(all) if joint.text == "and" => all.push(part),
                _ => any.push(vec![part]),
            }
        }
        if let Some(other) = joints.iter().find(|joint| joint.text != joints[0].text) {
            let says =
                format!("readers will disagree about this `{}` beside `{}`", other.text, joints[0].text);
            let finding = Finding::error("S038", self.written.place_of(*other), says);
            self.notes.say(finding.remedy("put one pair in parentheses"));
        }
        let one = |mut parts: Vec<Tree<'t>>, many: fn(Vec<Tree<'t>>) -> Tree<'t>| {
            if parts.len() == 1 { parts.remove(0) } else { many(parts) }
        };
        Ok(one(any.into_iter().map(|all| one(all, Tree::All)).collect(), Tree::Any))
    }

    fn not(&mut self) -> Result<Tree<'t>, Stop> {
        if self.take_if("not").is_some() {
            return Ok(Tree::Not(Box::new(self.not()?)));
        }
        self.test()
    }

    fn test(&mut self) -> Result<Tree<'t>, Stop> {
        if let Some(rows) = self.rows()? {
            return Ok(rows);
        }
        let of = Box::new(self.sum()?);
        let Some(token) = self.peek() else { return Ok(*of) };
        let test = match token.piece.text {
            "has" => self.has(of)?,
            "in" => self.among(of)?,
            "is" => {
                self.next += 1;
                let missing = self.word("a missing answer, as `prefer_not`,")?;
                Tree::Is { of, missing }
            }
            _ if token.sort == Sort::Comparison => {
                self.next += 1;
                Tree::Compare(of, token.piece, Box::new(self.sum()?))
            }
            _ => return Ok(*of),
        };
        self.no_chain()?;
        Ok(test)
    }

    /// S039: `1 < x < 4`.
    fn no_chain(&mut self) -> Result<(), Stop> {
        let chains = |token: &Token<'t>| {
            token.sort == Sort::Comparison || matches!(token.piece.text, "has" | "in" | "is")
        };
        let Some(token) = self.peek().filter(chains) else { return Ok(()) };
        let says = "comparisons do not chain";
        let finding = Finding::error("S039", self.written.place_of(token.piece), says);
        Err(Box::new(finding.remedy("join two comparisons by `and`")))
    }

    /// `any row of GRID = CODE`.
    fn rows(&mut self) -> Result<Option<Tree<'t>>, Stop> {
        let word = |ahead: usize| self.tokens.get(self.next + ahead).map(|token| token.piece.text);
        let every = match (word(0), word(1)) {
            (Some("any"), Some("row")) => false,
            (Some("every"), Some("row")) => true,
            _ => return Ok(None),
        };
        self.next += 2;
        if self.take_if("of").is_none() {
            return Err(self.wanted("`of` and the name of a grid"));
        }
        let grid = self.word("the name of a grid")?;
        let sign = match self.peek() {
            Some(token) if token.sort == Sort::Comparison => token.piece,
            _ => return Err(self.wanted("a comparison, as `=` or `>=`,")),
        };
        self.next += 1;
        let code = self.code()?;
        self.no_chain()?;
        Ok(Some(Tree::Rows { every, grid, sign, code }))
    }

    fn has(&mut self, of: Box<Tree<'t>>) -> Result<Tree<'t>, Stop> {
        let word = self.take().map_or(Piece { text: "", start: 0 }, |token| token.piece);
        let all = match self.peek().map(|token| token.piece.text) {
            Some("any") => false,
            Some("all") => true,
            _ => return Ok(Tree::Has { of, word, all: true, codes: vec![self.code()?] }),
        };
        self.next += 1;
        let Some(open) = self.take_if("(") else {
            return Err(self.wanted("a list of codes, as `(housing, work)`,"));
        };
        let mut codes = vec![self.code()?];
        while self.take_if(",").is_some() {
            codes.push(self.code()?);
        }
        self.close(open, true)?;
        Ok(Tree::Has { of, word, all, codes })
    }

    fn among(&mut self, of: Box<Tree<'t>>) -> Result<Tree<'t>, Stop> {
        let word = self.take().map_or(Piece { text: "", start: 0 }, |token| token.piece);
        let Some(open) = self.take_if("(") else {
            return Err(self.wanted("a list in parentheses, as `(2016..2021, 2024)`,"));
        };
        let mut spans = vec![self.between()?];
        while self.take_if(",").is_some() {
            spans.push(self.between()?);
        }
        self.close(open, true)?;
        Ok(Tree::In { of, word, spans })
    }

    fn between(&mut self) -> Result<(Tree<'t>, Option<Tree<'t>>), Stop> {
        let low = self.sum()?;
        let high = self.take_if("..").map(|_| self.sum()).transpose()?;
        Ok((low, high))
    }

    fn sum(&mut self) -> Result<Tree<'t>, Stop> {
        let mut left = self.product()?;
        while let Some(sign) = self.take_if("+").or_else(|| self.take_if("-")) {
            left = Tree::Sum(Box::new(left), sign, Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Tree<'t>, Stop> {
        let mut left = self.atom()?;
        while let Some(sign) = self.take_if("*").or_else(|| self.take_if("/")) {
            left = Tree::Sum(Box::new(left), sign, Box::new(self.atom()?));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Tree<'t>, Stop> {
        let Some(token) = self.take() else { return Err(self.wanted("the other side")) };
        let piece = token.piece;
        match token.sort {
            Sort::Number => Ok(Tree::Number(piece)),
            Sort::Date => Ok(Tree::Date(piece)),
            Sort::Word if is_reserved(piece.text) => {
                self.next -= 1;
                Err(self.unexpected(token))
            }
            Sort::Word if self.take_if(".").is_some() => Ok(Tree::Row(piece, self.code()?)),
            Sort::Word => match self.take_if("(") {
                Some(open) => self.call(piece, open),
                None => Ok(Tree::Name(piece)),
            },
            Sort::Sign if piece.text == "(" => {
                let inner = self.joined()?;
                self.close(piece, false)?;
                Ok(inner)
            }
            _ => {
                self.next -= 1;
                Err(self.unexpected(token))
            }
        }
    }

    fn call(&mut self, function: Piece<'t>, open: Piece<'t>) -> Result<Tree<'t>, Stop> {
        if !FUNCTIONS.contains(&function.text) {
            return Err(self.unknown_function(function));
        }
        let of = self.word("the name of a question")?;
        self.close(open, false)?;
        Ok(Tree::Call(function, of))
    }

    fn unknown_function(&self, function: Piece<'t>) -> Stop {
        let name = function.text;
        let finding =
            Finding::error("S034", self.written.place_of(function), format!("there is no `{name}`"));
        let remedy = match name {
            "selected" | "is_selected" | "contains" => "write `needs has CODE`",
            "count-selected" | "count_selected" | "length" => "write `count(needs)`",
            "today" | "year" => "write `now`, the current year",
            "empty" | "is_empty" | "blank" => "write `not answered(needs)`",
            _ => "the functions are `count`, `answered` and `first`",
        };
        match near(name, FUNCTIONS) {
            Some(near) => Box::new(finding.perhaps(Some(near))),
            None => Box::new(finding.remedy(remedy)),
        }
    }

    /// S032 where nothing closes the parenthesis, S033 where something stands before what does.
    fn close(&mut self, open: Piece<'t>, list: bool) -> Result<(), Stop> {
        if self.take_if(")").is_some() {
            return Ok(());
        }
        let mut depth = 1;
        for token in &self.tokens[self.next..] {
            match token.piece.text {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Err(self.not_closed_yet(list));
            }
        }
        let says = "this `(` is never closed";
        let finding = Finding::error("S032", self.written.place_of(open), says);
        Err(Box::new(finding.remedy("write a `)` where what it opens ends")))
    }

    fn not_closed_yet(&self, list: bool) -> Stop {
        let Some(token) = self.peek() else { return self.wanted("a `)`") };
        let at = self.written.place_of(token.piece);
        Box::new(if list {
            Finding::error("S033", at, "a `,` or `)` is missing here").remedy("separate codes by commas")
        } else {
            Finding::error("S033", at, "a `)` is missing here").remedy("close the parenthesis before this")
        })
    }

    /// A bare word that is no word of the language.
    fn word(&mut self, wanted: &str) -> Result<Piece<'t>, Stop> {
        let fits = |token: &Token<'t>| token.sort == Sort::Word && !is_reserved(token.piece.text);
        let Some(token) = self.peek().filter(fits) else { return Err(self.wanted(wanted)) };
        self.next += 1;
        Ok(token.piece)
    }

    /// A code: a word, or a whole number.
    fn code(&mut self) -> Result<Piece<'t>, Stop> {
        match self.peek() {
            Some(token) if token.sort == Sort::Number => {
                self.next += 1;
                Ok(token.piece)
            }
            _ => self.word("a code"),
        }
    }

    fn wanted(&self, what: &str) -> Stop {
        let Some(token) = self.peek() else {
            let place = self.written.place();
            let at = notation::Place { start: place.end, ..place };
            let says = format!("{} is missing at the end", what.trim_end_matches(','));
            return Box::new(Finding::error("S033", at, says).remedy("finish the condition"));
        };
        let at = self.written.place_of(token.piece);
        let what = what.trim_end_matches(',');
        let says = format!("`{}` stands where {what} belongs", token.piece.text);
        Box::new(Finding::error("S033", at, says).remedy(format!("write {what} here")))
    }

    fn unexpected(&self, token: Token<'t>) -> Stop {
        let text = token.piece.text;
        let at = self.written.place_of(token.piece);
        let says = format!("`{text}` is not expected here");
        let remedy = match text {
            ")" => "delete it, or write the `(` it closes",
            "," => "commas stand only between codes in parentheses",
            _ if self.next == 0 => "a condition begins with a question, as `needs has work`",
            _ => "join two tests by `and` or `or`",
        };
        Box::new(Finding::error("S033", at, says).remedy(remedy))
    }
}

fn is_reserved(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "has" | "any" | "all" | "every" | "row" | "of" | "in" | "is")
}
