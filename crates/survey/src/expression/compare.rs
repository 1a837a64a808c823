//! Comparisons and `in`.

use notation::{Finding, Piece, near};

use super::{
    meaning::{Operand, Reader, operand},
    tree::Tree,
};
use crate::{
    ChoiceId, CodeOf, Comparison, Condition, Kind, Missing, Moment, Value,
    read::{Asked, Notes},
};

/// `left = right` and its like.
pub(super) fn compare(
    left: &Tree<'_>,
    sign: Piece<'_>,
    right: &Tree<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<Condition> {
    let how = comparison(sign.text);
    let of = operand(left, reader, notes);
    match of {
        Operand::Unknown => None,
        Operand::Code(of, asked) => {
            let code = one_code(right, asked, reader, notes)?;
            is_in_order(asked, &of, how, sign, reader, notes)?;
            let order = codes(asked);
            Some(Condition::Code { of, how, code, order })
        }
        Operand::Number(left, what) => {
            let right = one_number(right, what, reader, notes)?;
            Some(Condition::Number { left, how, right })
        }
        Operand::Date(left) => {
            let right = one_moment(right, reader, notes)?;
            Some(Condition::Date { left, how, right })
        }
        Operand::Area(asked) => {
            let areas = vec![one_area(right, asked, reader, notes)?];
            let question = asked.question.id.clone();
            let is = Condition::AreaIn { question, areas };
            match how {
                Comparison::Equal => Some(is),
                Comparison::NotEqual => Some(Condition::Not(Box::new(is))),
                _ => {
                    no_order(asked, "areas", sign, reader, notes);
                    None
                }
            }
        }
        other => {
            not_compared(&other, sign, reader, notes);
            None
        }
    }
}

/// `of in (a, b..c)`.
pub(super) fn among(
    of: &Tree<'_>,
    word: Piece<'_>,
    spans: &[(Tree<'_>, Option<Tree<'_>>)],
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<Condition> {
    let of = operand(of, reader, notes);
    match of {
        Operand::Unknown => None,
        Operand::Code(of, asked) => {
            let codes = singles(spans, reader, notes, |tree, notes| one_code(tree, asked, reader, notes))?;
            Some(Condition::CodeIn { of, codes })
        }
        Operand::Area(asked) => {
            let areas = singles(spans, reader, notes, |tree, notes| one_area(tree, asked, reader, notes))?;
            Some(Condition::AreaIn { question: asked.question.id.clone(), areas })
        }
        Operand::Number(of, what) => {
            let mut read = |(low, high): &(Tree<'_>, Option<Tree<'_>>)| {
                let low = one_number(low, what, reader, notes);
                let high = match high {
                    Some(high) => one_number(high, what, reader, notes),
                    None => low.clone(),
                };
                low.zip(high)
            };
            let spans: Vec<_> = spans.iter().map(&mut read).collect();
            let spans = spans.into_iter().collect::<Option<Vec<_>>>()?;
            Some(Condition::NumberIn { of, spans })
        }
        Operand::Date(of) => {
            let spans = spans.iter().map(|(low, high)| {
                let low = one_moment(low, reader, notes);
                let high = high.as_ref().map_or_else(|| low.clone(), |high| one_moment(high, reader, notes));
                low.zip(high)
            });
            let spans: Vec<_> = spans.collect();
            Some(Condition::DateIn { of, spans: spans.into_iter().collect::<Option<_>>()? })
        }
        other => {
            not_compared(&other, word, reader, notes);
            None
        }
    }
}

fn singles<T>(
    spans: &[(Tree<'_>, Option<Tree<'_>>)],
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
    mut one: impl FnMut(&Tree<'_>, &mut Notes) -> Option<T>,
) -> Option<Vec<T>> {
    let mut all = Vec::new();
    let mut whole = true;
    for (single, end) in spans {
        if let Some(end) = end {
            let finding = Finding::error("S039", reader.place(end), "codes have no spans");
            notes.say(finding.remedy("name each code, with commas between them"));
            whole = false;
        } else {
            match one(single, notes) {
                Some(code) => all.push(code),
                None => whole = false,
            }
        }
    }
    whole.then_some(all)
}

/// The comparison of a sign.
pub(super) fn comparison(sign: &str) -> Comparison {
    match sign {
        "=" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::AtMost,
        ">" => Comparison::More,
        _ => Comparison::AtLeast,
    }
}

/// The codes of a question, in their order.
pub(super) fn codes(asked: &Asked<'_>) -> Vec<ChoiceId> {
    asked.question.choices().iter().map(|choice| choice.id.clone()).collect()
}

/// S039: codes without an order are only equal or not.
fn is_in_order(
    asked: &Asked<'_>,
    of: &CodeOf,
    how: Comparison,
    sign: Piece<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<()> {
    let ordered = match asked.question.kind {
        Kind::One { ordered, .. } => ordered,
        Kind::Grid { .. } => matches!(of, CodeOf::Row(..)),
        _ => false,
    };
    if ordered || asked.spoiled || matches!(how, Comparison::Equal | Comparison::NotEqual) {
        return Some(());
    }
    no_order(asked, "choices", sign, reader, notes);
    None
}

fn no_order(asked: &Asked<'_>, what: &str, sign: Piece<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) {
    let says = format!("the {what} of `{}` have no order", asked.question.id);
    let remedy = match asked.question.kind {
        Kind::One { .. } => "write `in (…)`, or mark the question `ordered`",
        _ => "write `in (…)`",
    };
    notes.say(Finding::error("S039", reader.at(sign), says).remedy(remedy));
}

fn not_compared(other: &Operand<'_, '_>, sign: Piece<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) {
    let says = format!("{} cannot be compared by `{}`", other.describe(), sign.text);
    let remedy = match other {
        Operand::Set(asked) => format!("write `{} has` and a code", asked.question.id),
        Operand::Grid(asked) => {
            let id = &asked.question.id;
            let row = asked.rows.first().map_or("row", |row| row.choice.id.as_str());
            format!("name a row, as `{id}.{row}`, or write `any row of {id}`")
        }
        Operand::Words(asked) => format!("of words, conditions know only `answered({})`", asked.question.id),
        _ => "compare something else".to_owned(),
    };
    notes.say(Finding::error("S035", reader.at(sign), says).remedy(remedy));
}

fn one_code(
    tree: &Tree<'_>,
    asked: &Asked<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<ChoiceId> {
    match tree {
        Tree::Name(piece) | Tree::Number(piece) => code(*piece, asked, reader, notes),
        _ => {
            let says = format!("a code of `{}` belongs here", asked.question.id);
            let finding = Finding::error("S035", reader.place(tree), says);
            notes.say(finding.remedy(format!("write one of {}", few(asked))));
            None
        }
    }
}

/// A code of a question (S031), or a number where a code belongs (S035).
pub(super) fn code(
    piece: Piece<'_>,
    asked: &Asked<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<ChoiceId> {
    let (text, id) = (piece.text, reader.origin(asked));
    if asked.question.choice(text).is_some() {
        return Some(text.into());
    }
    if asked.spoiled {
        return None;
    }
    let is_number = |text: &str| text.starts_with(|each: char| each.is_ascii_digit());
    let counts = asked.question.choices().iter().any(|choice| is_number(choice.id.as_str()));
    if is_number(text) && !counts && text.parse::<f64>().is_ok() {
        let says = format!("a code of `{id}` cannot be compared with a number");
        let finding = Finding::error("S035", reader.at(piece), says);
        notes.say(finding.remedy(format!("write one of {}", few(asked))));
        return None;
    }
    let finding = Finding::error("S031", reader.at(piece), format!("`{text}` is not a choice of `{id}`"));
    let known = asked.question.choices().iter().map(|choice| choice.id.as_str());
    notes.say(match (Missing::of_code(text), near(text, known)) {
        (Some(_), _) => finding.remedy(format!("write `{id} is {text}`")),
        (None, Some(near)) => finding.perhaps(Some(near)),
        // It may be the code that another choice has taken.
        (None, None) if asked.doubled => return None,
        (None, None) => finding.remedy(format!("its choices are {}", few(asked))),
    });
    None
}

/// The first choices of a question, for a remedy.
fn few(asked: &Asked<'_>) -> String {
    let choices = asked.question.choices();
    let few: Vec<_> = choices.iter().take(6).map(|choice| format!("`{}`", choice.id)).collect();
    if choices.len() > 6 { format!("{}, …", few.join(", ")) } else { few.join(", ") }
}

fn one_number(tree: &Tree<'_>, left: &str, reader: &Reader<'_, '_, '_>, notes: &mut Notes) -> Option<Value> {
    if let Tree::Name(piece) = tree
        && piece.text != "now"
        && !reader.names_a_question(piece.text)
        && let Some(owner) = reader.owner(piece.text)
    {
        let says = format!("{left} cannot be compared with a code of `{}`", owner.id);
        notes.say(Finding::error("S035", reader.at(*piece), says).remedy(format!("write {left}")));
        return None;
    }
    match operand(tree, reader, notes) {
        Operand::Number(value, _) => Some(value),
        Operand::Unknown => None,
        other => {
            let says = format!("{left} cannot be compared with {}", other.describe());
            notes.say(Finding::error("S035", reader.place(tree), says).remedy(format!("write {left}")));
            None
        }
    }
}

fn one_moment(tree: &Tree<'_>, reader: &Reader<'_, '_, '_>, notes: &mut Notes) -> Option<Moment> {
    let remedy = "write a day or a month, as `2026-05`";
    if let Tree::Name(piece) = tree
        && !reader.names_a_question(piece.text)
        && let Some(owner) = reader.owner(piece.text)
    {
        let says = format!("a date cannot be compared with a code of `{}`", owner.id);
        notes.say(Finding::error("S035", reader.at(*piece), says).remedy(remedy));
        return None;
    }
    match operand(tree, reader, notes) {
        Operand::Date(moment) => Some(moment),
        Operand::Unknown => None,
        other => {
            let says = format!("a date cannot be compared with {}", other.describe());
            notes.say(Finding::error("S035", reader.place(tree), says).remedy(remedy));
            None
        }
    }
}

fn one_area(
    tree: &Tree<'_>,
    asked: &Asked<'_>,
    reader: &Reader<'_, '_, '_>,
    notes: &mut Notes,
) -> Option<String> {
    let text = match tree {
        Tree::Name(piece) => piece.text,
        _ => "",
    };
    let shape: Vec<char> = text.chars().collect();
    if let [first, digit, last] = shape[..]
        && first.is_ascii_uppercase()
        && digit.is_ascii_digit()
        && last.is_ascii_uppercase()
    {
        return Some(text.to_owned());
    }
    let says = format!("`{}` holds the first three characters of a postal code", asked.question.id);
    let finding = Finding::error("S035", reader.place(tree), says);
    notes.say(finding.remedy("write three characters in capitals, as `B3H`"));
    None
}
