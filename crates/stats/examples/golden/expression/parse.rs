//! From text to an expression.

use super::{Expression, Sign};
use crate::runner::Failure;

/// Signs from those that bind least to those that bind most; longer signs first among equals.
const LADDER: [&[(&str, Sign)]; 6] = [
    &[("|", Sign::Or)],
    &[("&", Sign::And)],
    &[
        ("==", Sign::Equal),
        ("!=", Sign::Unequal),
        ("<=", Sign::AtMost),
        (">=", Sign::AtLeast),
        ("<", Sign::Less),
        (">", Sign::More),
    ],
    &[("+", Sign::Plus), ("-", Sign::Minus)],
    &[("*", Sign::Times), ("/", Sign::Over)],
    &[("^", Sign::Power)],
];

/// Deepest nesting that is read; more is a mistake.
const DEPTH: usize = 100;

/// Reads a whole expression.
pub(crate) fn read(text: &str) -> Result<Expression, Failure> {
    let mut rest = Rest { text, left: text, depth: 0 };
    let expression = rest.level(0)?;
    rest.skip();
    if rest.left.is_empty() { Ok(expression) } else { Err(rest.wrong()) }
}

struct Rest<'a> {
    text: &'a str,
    left: &'a str,
    depth: usize,
}

impl Rest<'_> {
    fn skip(&mut self) {
        self.left = self.left.trim_start();
    }

    fn wrong(&self) -> Failure {
        Failure::Broken(format!("expression `{}` at `{}`", self.text, self.left))
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip();
        let rest = self.left.strip_prefix(sign);
        self.left = rest.unwrap_or(self.left);
        rest.is_some()
    }

    fn need(&mut self, sign: &str) -> Result<(), Failure> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong()) }
    }

    fn level(&mut self, rung: usize) -> Result<Expression, Failure> {
        let Some(signs) = LADDER.get(rung) else { return self.atom() };
        let mut left = self.level(rung + 1)?;
        while let Some((_, sign)) = signs.iter().find(|(text, _)| self.take(text)) {
            let right = self.level(rung + 1)?;
            left = Expression::Pair(*sign, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Expression, Failure> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.wrong());
        }
        let atom = self.read_atom();
        self.depth -= 1;
        atom
    }

    fn read_atom(&mut self) -> Result<Expression, Failure> {
        if self.take("!") {
            return Ok(Expression::Not(Box::new(self.atom()?)));
        }
        if self.take("-") {
            return Ok(Expression::Negative(Box::new(self.atom()?)));
        }
        if self.take("(") {
            return self.closed();
        }
        if self.take("\"") {
            let (text, rest) = self.left.split_once('"').ok_or_else(|| self.wrong())?;
            self.left = rest;
            return Ok(Expression::Text(text.to_string()));
        }
        if self.left.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return self.number();
        }
        self.name()
    }

    fn closed(&mut self) -> Result<Expression, Failure> {
        let inner = self.level(0)?;
        self.need(")")?;
        Ok(inner)
    }

    fn number(&mut self) -> Result<Expression, Failure> {
        let mut length = self.word(|c| c.is_ascii_digit() || c == '.').len();
        let exponent =
            self.left[length..].strip_prefix(['e', 'E']).map(|rest| rest.trim_start_matches(['+', '-']));
        if exponent.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            length += 1 + self.left[length + 1..].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            length +=
                self.left[length..].find(|c: char| !c.is_ascii_digit()).unwrap_or(self.left.len() - length);
        }
        let value = self.left[..length].parse().map_err(|_| self.wrong())?;
        self.left = &self.left[length..];
        Ok(Expression::Number(value))
    }

    fn name(&mut self) -> Result<Expression, Failure> {
        let name = self.word(|c| c.is_alphanumeric() || c == '_' || c == '.').to_string();
        if name.is_empty() {
            return Err(self.wrong());
        }
        self.left = &self.left[name.len()..];
        if !self.take("(") {
            return Ok(Expression::Column(name));
        }
        let inner = self.closed()?;
        match (name.as_str(), inner) {
            ("I", inner) => Ok(inner),
            ("is.na", Expression::Column(column)) => Ok(Expression::IsMissing(column)),
            (_, inner) => Ok(Expression::Call(name, Box::new(inner))),
        }
    }

    fn word(&self, belongs: impl Fn(char) -> bool) -> &str {
        let end = self.left.find(|c| !belongs(c)).unwrap_or(self.left.len());
        &self.left[..end]
    }
}
