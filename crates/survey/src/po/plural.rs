//! Which of its plural forms a language takes for a number: the C expression of a PO file's header.

/// The rule of `Plural-Forms`: how many forms there are, and which one serves a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plurals {
    count: usize,
    form: Expression,
}

/// The most forms any language has.
const FORMS_MOST: usize = 6;

/// How deep an expression may nest; real ones nest six deep.
const DEEPEST: usize = 24;

/// How many operators an expression may have; real ones have about twenty.
const OPERATORS_MOST: usize = 100;

/// Numbers that tell the forms of every known rule apart.
const TRIED: u64 = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expression {
    Number(u64),
    N,
    Not(Box<Expression>),
    Two(Box<Expression>, Operator, Box<Expression>),
    If(Box<Expression>, Box<Expression>, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
}

/// Binary operators from the loosest to the tightest; longer signs first.
const LEVELS: &[&[(&str, Operator)]] = &[
    &[("||", Operator::Or)],
    &[("&&", Operator::And)],
    &[("==", Operator::Equal), ("!=", Operator::NotEqual)],
    &[("<=", Operator::AtMost), (">=", Operator::AtLeast), ("<", Operator::Less), (">", Operator::More)],
    &[("+", Operator::Plus), ("-", Operator::Minus)],
    &[("*", Operator::Times), ("/", Operator::Over), ("%", Operator::Modulo)],
];

impl Plurals {
    /// Read `nplurals=2; plural=(n != 1);`; `None` where it is no such rule, or where it names a form that is not there.
    ///
    /// # Example
    /// ```
    /// let plurals = survey::po::Plurals::read("nplurals=2; plural=(n > 1);").unwrap();
    /// assert_eq!((plurals.count(), plurals.form(1), plurals.form(5)), (2, 0, 1));
    /// ```
    pub fn read(header: &str) -> Option<Plurals> {
        let (count, rule) = header.split_once(';')?;
        let (name, count) = count.split_once('=')?;
        let count = count.trim().parse().ok().filter(|count| (1..=FORMS_MOST).contains(count))?;
        let (plural, rule) = rule.split_once('=')?;
        if name.trim() != "nplurals" || plural.trim() != "plural" {
            return None;
        }
        let mut reader = Reader { rest: rule.trim().trim_end_matches(';').trim(), depth: 0, operators: 0 };
        let form = reader.choice()?;
        let fits = |n: u64| form.value(n).is_some_and(|form| form < count as u64);
        (reader.rest.is_empty() && (0..=TRIED).all(fits)).then_some(Plurals { count, form })
    }

    /// How many forms the language has.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The form that serves a number, from 0; the last one where the rule divides by zero.
    pub fn form(&self, n: u64) -> usize {
        self.form.value(n).map_or(self.count - 1, |form| (form as usize).min(self.count - 1))
    }

    /// The numbers up to 200 that a form serves, in order.
    pub fn serves(&self, form: usize) -> Vec<u64> {
        (0..=TRIED).filter(|n| self.form(*n) == form).collect()
    }

    /// A number that a form serves, for whoever translates it: the smallest, but 0 only where there is no other.
    pub fn example(&self, form: usize) -> Option<u64> {
        let serves = self.serves(form);
        serves.iter().find(|n| **n > 0).or(serves.first()).copied()
    }

    /// The numbers a form serves, in words: `n = 2`, `n = 3 to 10 and so on`, `n = 2 and more`.
    ///
    /// # Example
    /// ```
    /// let plurals = survey::po::Plurals::read("nplurals=2; plural=(n > 1);").unwrap();
    /// assert_eq!((plurals.said(0).as_str(), plurals.said(1).as_str()), ("n = 0 to 1", "n = 2 and more"));
    /// ```
    pub fn said(&self, form: usize) -> String {
        let serves = self.serves(form);
        let runs: Vec<&[u64]> = serves.chunk_by(|one, other| one + 1 == *other).collect();
        let named = |run: &&[u64]| match run {
            [only] => only.to_string(),
            [first, .., TRIED] => format!("{first} and more"),
            [first, .., last] => format!("{first} to {last}"),
            [] => String::new(),
        };
        // One stretch shows what is meant; of single numbers it takes a few.
        let shown = if runs.first().is_some_and(|first| first.len() > 1) { 1 } else { 3 };
        let names: Vec<String> = runs.iter().take(shown).map(named).collect();
        let more = if runs.len() > shown { " and so on" } else { "" };
        format!("n = {}{more}", names.join(", "))
    }
}

impl Expression {
    fn value(&self, n: u64) -> Option<u64> {
        match self {
            Expression::Number(number) => Some(*number),
            Expression::N => Some(n),
            Expression::Not(inner) => Some(u64::from(inner.value(n)? == 0)),
            Expression::If(test, yes, no) => {
                if test.value(n)? != 0 {
                    yes.value(n)
                } else {
                    no.value(n)
                }
            }
            Expression::Two(left, operator, right) => match (operator, left.value(n)?) {
                // What is certain already is not asked any further, as in C.
                (Operator::And, 0) => Some(0),
                (Operator::Or, 1..) => Some(1),
                (operator, left) => operator.of(left, right.value(n)?),
            },
        }
    }
}

impl Operator {
    fn of(self, left: u64, right: u64) -> Option<u64> {
        let truth = |test: bool| Some(u64::from(test));
        match self {
            Operator::Or => truth(left != 0 || right != 0),
            Operator::And => truth(left != 0 && right != 0),
            Operator::Equal => truth(left == right),
            Operator::NotEqual => truth(left != right),
            Operator::Less => truth(left < right),
            Operator::AtMost => truth(left <= right),
            Operator::More => truth(left > right),
            Operator::AtLeast => truth(left >= right),
            Operator::Plus => Some(left.wrapping_add(right)),
            Operator::Minus => Some(left.wrapping_sub(right)),
            Operator::Times => Some(left.wrapping_mul(right)),
            Operator::Over => left.checked_div(right),
            Operator::Modulo => left.checked_rem(right),
        }
    }
}

struct Reader<'r> {
    rest: &'r str,
    depth: usize,
    operators: usize,
}

impl Reader<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        self.rest = rest.trim_start();
        true
    }

    /// `test ? yes : no`, or no choice at all.
    fn choice(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let test = self.level(0)?;
        let whole = if self.take("?") {
            let yes = self.choice()?;
            if !self.take(":") {
                return None;
            }
            Expression::If(Box::new(test), Box::new(yes), Box::new(self.choice()?))
        } else {
            test
        };
        self.depth -= 1;
        Some(whole)
    }

    fn level(&mut self, level: usize) -> Option<Expression> {
        let Some(operators) = LEVELS.get(level) else { return self.single() };
        let mut left = self.level(level + 1)?;
        while let Some((_, operator)) = operators.iter().find(|(sign, _)| self.take(sign)) {
            self.operators += 1;
            if self.operators > OPERATORS_MOST {
                return None;
            }
            left = Expression::Two(Box::new(left), *operator, Box::new(self.level(level + 1)?));
        }
        Some(left)
    }

    fn single(&mut self) -> Option<Expression> {
        if self.take("(") {
            let inner = self.choice()?;
            return self.take(")").then_some(inner);
        }
        if self.take("!") {
            self.depth += 1;
            let inner = if self.depth > DEEPEST { None } else { self.single() };
            self.depth -= 1;
            return Some(Expression::Not(Box::new(inner?)));
        }
        if self.take("n") {
            return Some(Expression::N);
        }
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest.trim_start();
        number.parse().ok().map(Expression::Number)
    }
}
