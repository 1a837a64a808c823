//! What the names of a condition mean, and whether the two sides of each test agree.

use std::sync::Arc;

use notation::{Finding, Piece, Place, near};

use super::{Scope, compare, member, tree::Tree};
use crate::{
    Arithmetic, CodeOf, Condition, Kind, Moment, Question, QuestionId, Value,
    read::{Asked, Notes, date},
};

/// What a condition is read against.
pub(super) struct Reader<'r, 's, 't> {
    pub(super) scope: &'r Scope<'s, 't>,
    pub(super) file: &'r Arc<str>,
}

/// One side of a test.
pub(super) enum Operand<'s, 't> {
    /// A name that could not be read: it agrees with everything.
    Unknown,
    /// A code, and the question whose choices it is one of.
    Code(CodeOf, &'s Asked<'t>),
    /// The chosen codes of a `many` or `rank`.
    Set(&'s Asked<'t>),
    /// A number.
    Number(Value, &'static str),
    /// A day or a month.
    Date(Moment),
    /// A postal area.
    Area(&'s Asked<'t>),
    /// A whole grid.
    Grid(&'s Asked<'t>),
    /// Words or nothing: only `answered` looks at it.
    Words(&'s Asked<'t>),
}

/// The condition a tree means; nothing where a side of it has a finding or is unknown.
pub(super) fn condition(
    tree: &Tree<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<Condition> {
    let mut each = |parts: &[Tree<'_>]| {
        let read: Vec<_> = parts.iter().map(|part| condition(part, reader, notes)).collect();
        read.into_iter().collect::<Option<Vec<_>>>()
    };
    match tree {
        Tree::All(parts) => each(parts).map(Condition::And),
        Tree::Any(parts) => each(parts).map(Condition::Or),
        Tree::Not(inner) => condition(inner, reader, notes).map(|inner| Condition::Not(Box::new(inner))),
        Tree::Compare(left, sign, right) => compare::compare(left, *sign, right, reader, notes),
        Tree::In { of, word, spans } => compare::among(of, *word, spans, reader, notes),
        Tree::Has { of, word, all, codes } => member::has(of, *word, *all, codes, reader, notes),
        Tree::Is { of, missing } => member::is(of, *missing, reader, notes),
        Tree::Rows { every, grid, sign, code } => member::rows(*every, [*grid, *sign, *code], reader, notes),
        Tree::Call(function, of) if function.text == "answered" => {
            reader.question(*of, notes).map(|asked| Condition::Answered(asked.question.id.clone()))
        }
        _ => {
            alone(tree, reader, notes);
            None
        }
    }
}

/// S033: a question where a test belongs.
fn alone(tree: &Tree<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) {
    let remedy = match operand(tree, reader, notes) {
        Operand::Unknown => return,
        Operand::Set(asked) => format!("write `{} has` and a code", asked.question.id),
        Operand::Code(_, asked) => format!("write `{} =` and a code", asked.question.id),
        Operand::Number(..) => "compare it with a number".to_owned(),
        Operand::Date(_) => "compare it with a day or a month, as `2026-05`".to_owned(),
        Operand::Grid(asked) => format!("write `any row of {} =` and a code", asked.question.id),
        Operand::Area(asked) | Operand::Words(asked) => format!("write `answered({})`", asked.question.id),
    };
    let finding = Finding::error("S033", reader.place(tree), "this alone is neither true nor false");
    notes.say(finding.remedy(remedy));
}

/// What a side of a test is; what is wrong with it is said here.
pub(super) fn operand<'s, 't>(
    tree: &Tree<'_>,
    reader: &Reader<'_, 's, 't>,
    notes: &mut Notes,
) -> Operand<'s, 't> {
    match tree {
        Tree::Number(piece) => {
            Operand::Number(Value::Literal(piece.text.parse().unwrap_or(f64::NAN)), "a number")
        }
        Tree::Date(piece) => moment(*piece, reader, notes).map_or(Operand::Unknown, Operand::Date),
        Tree::Name(piece) if piece.text == "now" => Operand::Number(Value::Now, "a year"),
        Tree::Name(piece) => reader.question(*piece, notes).map_or(Operand::Unknown, of_question),
        Tree::Row(grid, row) => row_of(*grid, *row, reader, notes),
        Tree::Call(function, of) => call(*function, *of, reader, notes),
        Tree::Sum(left, sign, right) => sum(left, *sign, right, reader, notes),
        _ => {
            let finding = Finding::error("S035", reader.place(tree), "a test stands where a value belongs");
            notes.say(finding.remedy("join tests by `and` or `or`"));
            Operand::Unknown
        }
    }
}

fn of_question<'s, 't>(asked: &'s Asked<'t>) -> Operand<'s, 't> {
    let id = asked.question.id.clone();
    match asked.question.kind {
        Kind::Consent { .. } | Kind::One { .. } | Kind::Calc { .. } | Kind::Language { .. } => {
            Operand::Code(CodeOf::Question(id), asked)
        }
        Kind::Many { .. } | Kind::Rank { .. } => Operand::Set(asked),
        Kind::Number { .. } | Kind::Computed { .. } => Operand::Number(Value::Of(id), "a number"),
        Kind::Date { to_day, .. } => Operand::Date(Moment::Of { question: id, to_day }),
        Kind::Year { .. } => Operand::Number(Value::Of(id), "a year"),
        Kind::Fsa => Operand::Area(asked),
        Kind::Grid { .. } => Operand::Grid(asked),
        Kind::Text { .. } | Kind::Note => Operand::Words(asked),
    }
}

/// A day or month as written (S035 where there is no such day).
fn moment(piece: Piece<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) -> Option<Moment> {
    let date = date(piece.text);
    if date.is_none() {
        let finding =
            Finding::error("S035", reader.at(piece), format!("`{}` is not a day or month", piece.text));
        notes.say(finding.remedy("write a day as `2026-05-31`, or a month as `2026-05`"));
    }
    date.map(|(first, last)| if first == last { Moment::Day(first) } else { Moment::Month(first) })
}

fn row_of<'s, 't>(
    grid: Piece<'_>,
    row: Piece<'_>,
    reader: &Reader<'_, 's, 't>,
    notes: &mut Notes,
) -> Operand<'s, 't> {
    let Some(asked) = reader.question(grid, notes) else { return Operand::Unknown };
    if !matches!(asked.question.kind, Kind::Grid { .. }) {
        let says = format!("`{}` is not a grid", grid.text);
        let finding = Finding::error("S035", reader.at(grid), says);
        notes
            .say(finding.remedy("only the rows of a grid are named so").also(asked.at.clone(), "asked here"));
        return Operand::Unknown;
    }
    if !asked.rows.iter().any(|each| each.choice.id.as_str() == row.text) {
        if !asked.spoiled {
            let says = format!("`{}` is not a row of `{}`", row.text, grid.text);
            let rows = asked.rows.iter().map(|each| each.choice.id.as_str());
            let nearest = near(row.text, rows);
            if nearest.is_some() || !asked.doubled {
                let finding = Finding::error("S031", reader.at(row), says);
                let remedy = format!("write the code of a row of `{}`", grid.text);
                notes.say(if nearest.is_some() { finding.perhaps(nearest) } else { finding.remedy(remedy) });
            }
        }
        return Operand::Unknown;
    }
    Operand::Code(CodeOf::Row(asked.question.id.clone(), row.text.into()), asked)
}

fn call<'s, 't>(
    function: Piece<'_>,
    of: Piece<'_>,
    reader: &Reader<'_, 's, 't>,
    notes: &mut Notes,
) -> Operand<'s, 't> {
    let Some(asked) = reader.question(of, notes) else { return Operand::Unknown };
    let id = asked.question.id.clone();
    match (function.text, &asked.question.kind) {
        ("count", Kind::Many { .. } | Kind::Rank { .. }) => Operand::Number(Value::Count(id), "a number"),
        ("first", Kind::Rank { .. }) => Operand::Code(CodeOf::First(id), asked),
        (name, _) => {
            let (wanted, remedy) = match name {
                "count" => ("a `many` or a `rank`", "only chosen codes are counted"),
                "first" => ("a `rank`", "only a `rank` has a first code"),
                _ => ("a test", "`answered` is a test of its own: join it by `and` or `or`"),
            };
            let says = match name {
                "answered" => format!("`answered({})` is not a value", of.text),
                _ => format!("`{}` is not {wanted}", of.text),
            };
            notes.say(Finding::error("S035", reader.at(of), says).remedy(remedy));
            Operand::Unknown
        }
    }
}

fn sum<'s, 't>(
    left: &Tree<'_>,
    sign: Piece<'_>,
    right: &Tree<'_>,
    reader: &Reader<'_, 's, 't>,
    notes: &mut Notes,
) -> Operand<'s, 't> {
    let sides = [counted(left, reader, notes), counted(right, reader, notes)];
    let [Some((left, one)), Some((right, other))] = sides else { return Operand::Unknown };
    let how = match sign.text {
        "+" => Arithmetic::Plus,
        "-" => Arithmetic::Minus,
        "*" => Arithmetic::Times,
        _ => Arithmetic::Over,
    };
    // A year and a number make a year, two years a number of years.
    let what = match (how, one, other) {
        (Arithmetic::Plus | Arithmetic::Minus, "a year", "a number") => "a year",
        (Arithmetic::Plus, "a number", "a year") => "a year",
        _ => "a number",
    };
    Operand::Number(Value::Sum(Box::new(left), how, Box::new(right)), what)
}

/// A side that must be a number; S035 where it is something else.
pub(super) fn number(tree: &Tree<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) -> Option<Value> {
    counted(tree, reader, notes).map(|(value, _)| value)
}

fn counted(tree: &Tree<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) -> Option<(Value, &'static str)> {
    match operand(tree, reader, notes) {
        Operand::Number(value, what) => Some((value, what)),
        Operand::Unknown => None,
        other => {
            let says = format!("nothing is computed with {}", other.describe());
            notes.say(
                Finding::error("S035", reader.place(tree), says).remedy("compute with numbers and years"),
            );
            None
        }
    }
}

impl Operand<'_, '_> {
    /// How an author would call it.
    pub(super) fn describe(&self) -> String {
        match self {
            Operand::Unknown => "something".to_owned(),
            Operand::Code(of, _) => format!("a code of `{}`", of.question()),
            Operand::Set(asked) => format!("the chosen codes of `{}`", asked.question.id),
            Operand::Number(_, what) => (*what).to_owned(),
            Operand::Date(_) => "a date".to_owned(),
            Operand::Area(asked) => format!("the postal area of `{}`", asked.question.id),
            Operand::Grid(asked) => format!("the whole grid `{}`", asked.question.id),
            Operand::Words(asked) => format!("the words of `{}`", asked.question.id),
        }
    }
}

impl<'s, 't> Reader<'_, 's, 't> {
    /// The question of this name, if it is asked before (S030, S037).
    pub(super) fn question(&self, name: Piece<'_>, notes: &mut Notes) -> Option<&'s Asked<'t>> {
        let Scope { asked, before, unknown } = *self.scope;
        let index = asked.iter().position(|each| each.question.id.as_str() == name.text);
        match index {
            Some(index) if index < before => return Some(&asked[index]),
            Some(index) => {
                let itself = index == before;
                let says = if itself {
                    format!("`{}` cannot depend on its own answer", name.text)
                } else {
                    format!("`{}` is asked after this", name.text)
                };
                let remedy = "a question can only look back, so that no two can wait for each other";
                let finding = Finding::error("S037", self.at(name), says).remedy(remedy);
                notes.say(finding.also(asked[index].at.clone(), "asked here"));
            }
            None if unknown.contains(name.text) => {}
            None => {
                let earlier = asked[..before].iter().rev().chain(&asked[before..]);
                let names = earlier.map(|each| each.question.id.as_str());
                let says = format!("no question is named `{}`", name.text);
                let finding = Finding::error("S030", self.at(name), says);
                notes.say(match near(name.text, names.chain(unknown.iter().map(String::as_str))) {
                    Some(near) => finding.perhaps(Some(near)),
                    None => finding.remedy("write the name of a question that is asked before this"),
                });
            }
        }
        None
    }

    /// The question whose choices these are: of a `from`, the one they were first offered in.
    pub(super) fn origin<'a>(&self, asked: &'a Asked<'t>) -> &'a QuestionId
    where
        's: 'a,
    {
        let named = |id: &QuestionId| self.scope.asked.iter().find(|each| each.question.id == *id);
        let mut of: &'a Asked<'t> = asked;
        // A `from` looks back, so this ends; a name given twice might not.
        for _ in 0..self.scope.asked.len() {
            match of.question.from().and_then(named) {
                Some(earlier) => of = earlier,
                None => break,
            }
        }
        &of.question.id
    }

    /// Whether any question has this name.
    pub(super) fn names_a_question(&self, name: &str) -> bool {
        self.scope.unknown.contains(name)
            || self.scope.asked.iter().any(|each| each.question.id.as_str() == name)
    }

    /// The question, nearest before this or else after it, that has a choice of this code.
    pub(super) fn owner(&self, code: &str) -> Option<&'s Question> {
        let (before, after) = self.scope.asked.split_at(self.scope.before);
        before
            .iter()
            .rev()
            .chain(after)
            .map(|each| &each.question)
            .find(|question| question.choice(code).is_some())
    }

    /// The place of a piece.
    pub(super) fn at(&self, piece: Piece<'_>) -> Place {
        piece.place(self.file)
    }

    /// The place of a tree.
    pub(super) fn place(&self, tree: &Tree<'_>) -> Place {
        let (start, end) = tree.span();
        Place { file: Arc::clone(self.file), start, end }
    }
}
