//! Parts of a scale, one stack for each row.

use estimates::{Cell, Net, Row, Table, Why};
use survey::{Best, Kind, Question, RowId};

use super::{Composer, Drawn};
use crate::{
    definition::{FigureWish, Order},
    figure::{Chart, DataRow, DataTable, Fill, Likert, LikertRow, Part},
    palette::Ink,
    tongue::Tongue,
};

/// What one stack is made from, the bad end first.
struct Stack<'t> {
    label: String,
    cells: Vec<&'t Cell>,
    bad: &'t Cell,
    good: &'t Cell,
    respondents: estimates::Count,
}

/// The two answers at the bad end together.
const BAD: Fill = Fill::Both { frame: Ink::Low2, within: Ink::Low1 };
/// The two answers at the good end together.
const GOOD: Fill = Fill::Both { frame: Ink::High2, within: Ink::High1 };
/// The number of a part below this share may not fit in it.
const SMALL: f64 = 0.1;

impl<'c> Composer<'c> {
    pub(super) fn likert(&self, wish: &FigureWish, table: &'c Table, title: &str) -> Option<Drawn> {
        let question = self.question(table.query.question());
        let inks = inks(question.choices().len())?;
        let mut stacks: Vec<Stack<'c>> =
            table.nets.iter().map(|net| self.stack(table, question, net)).collect();
        if wish.order == Order::Size {
            stacks.sort_by(by_good_end);
        }
        stacks.truncate(wish.top.unwrap_or(usize::MAX));
        let told = |stack: &Stack<'_>| {
            let (bad, good) = ends(stack);
            stack.cells.iter().copied().chain(bad).chain(good).any(|cell| cell.shown().is_some())
        };
        if !stacks.iter().any(told) {
            return Some(self.withheld(table));
        }
        let bases = stacks.windows(2).any(|pair| pair[0].respondents != pair[1].respondents);
        let rows: Vec<LikertRow> = stacks.iter().map(|stack| self.likert_row(stack, &inks, bases)).collect();
        let mut choices: Vec<String> = question
            .choices()
            .iter()
            .map(|choice| choice.label().unanswered(&self.tongue.language).into_owned())
            .collect();
        if best_first(question) {
            choices.reverse();
        }
        let mut notes = self.likert_notes(&rows);
        notes.extend(
            self.notes(
                table,
                stacks
                    .iter()
                    .flat_map(|stack| [stack.bad, stack.good].into_iter().chain(stack.cells.iter().copied())),
            ),
        );
        notes.push(self.source());
        Some(Drawn {
            subtitle: self.subtitle(table),
            alt: self.likert_alt(title, &stacks),
            table: Some(self.likert_table(&stacks, &choices, table)),
            chart: Some(Chart::Likert(Likert { key: self.likert_key(&choices, &inks, &rows), rows })),
            notes,
            instead: None,
        })
    }

    /// The answers in the order of the scale, then what is summed in some row.
    fn likert_key(&self, choices: &[String], inks: &[Ink], rows: &[LikertRow]) -> Vec<(String, Fill)> {
        let one = choices.iter().cloned().zip(inks.iter().map(|ink| Fill::One(*ink)));
        let sums = [(BAD, &choices[..2]), (GOOD, &choices[choices.len() - 2..])];
        let sums = sums.into_iter().filter(|(fill, _)| parts_of(rows).any(|part| part.fill == *fill));
        let sums = sums.map(|(fill, both)| {
            let values = [("one", both[0].as_str()), ("other", &self.tongue.running(&both[1]))];
            (self.tongue.fill("likert.both", &values), fill)
        });
        one.chain(sums).collect()
    }

    fn likert_notes(&self, rows: &[LikertRow]) -> Vec<String> {
        let small = |part: &Part| part.value.value() < SMALL;
        let summed = |part: &Part| matches!(part.fill, Fill::Both { .. });
        let sums = rows.iter().any(|row| !row.low.is_empty() || !row.high.is_empty());
        let notes = [
            (sums, "note.likert"),
            (parts_of(rows).any(small), "note.likert_small"),
            (parts_of(rows).any(summed), "note.likert_both"),
        ];
        let told = notes.into_iter().filter(|(holds, _)| *holds);
        told.map(|(_, path)| self.tongue.say(path).to_owned()).collect()
    }

    fn stack(&self, table: &'c Table, question: &Question, net: &'c Net) -> Stack<'c> {
        let mut rows: Vec<&Row> = table.rows.iter().filter(|row| row.row == net.row).collect();
        let (mut bad, mut good) = (&net.low_end, &net.high_end);
        if best_first(question) {
            rows.reverse();
            std::mem::swap(&mut bad, &mut good);
        }
        let label = |row: &RowId| self.row_label(&question.id, row);
        Stack {
            label: net.row.as_ref().map_or_else(|| self.label_of(&question.id), label),
            cells: rows.iter().filter_map(|row| row.cells.first()).collect(),
            bad,
            good,
            respondents: net.respondents,
        }
    }

    fn likert_row(&self, stack: &Stack<'_>, inks: &[Ink], bases: bool) -> LikertRow {
        let (bad, good) = ends(stack);
        let net = |cell: Option<&Cell>| {
            cell.and_then(Cell::shown).map_or_else(String::new, |shown| self.lettered(shown))
        };
        let parts = self.parts(stack, inks);
        let why = stack.cells.iter().find_map(|cell| cell.withheld());
        LikertRow {
            label: stack.label.clone(),
            words: parts.is_empty().then(|| self.why(why.unwrap_or(Why::Unreliable))),
            parts,
            low: net(bad),
            high: net(good),
            respondents: bases.then(|| self.tongue.base(stack.respondents)),
        }
    }

    /// The parts of a stack. One withheld part would show as what is left over, so a side with one is told by
    /// its sum where that is published, or else the whole row in words.
    fn parts(&self, stack: &Stack<'_>, inks: &[Ink]) -> Vec<Part> {
        let part = |cell: &Cell, fill: Fill| {
            let shown = cell.shown()?;
            let bare = self.tongue.bare(shown.value);
            let words = shown.letter.map_or_else(|| bare.clone(), |letter| format!("{bare}\u{a0}{letter}"));
            Some(Part { fill, value: shown.value, words })
        };
        let side = |cells: &[&Cell], inks: &[Ink], sum: Option<&Cell>, both: Fill| {
            let each = cells.iter().zip(inks).map(|(cell, ink)| part(cell, Fill::One(*ink)));
            let whole: Option<Vec<Part>> = each.collect();
            whole.or_else(|| Some(vec![part(sum.filter(|_| cells.len() == 2)?, both)?]))
        };
        let (bad, good) = ends(stack);
        let (half, end) = (stack.cells.len() / 2, stack.cells.len().div_ceil(2));
        let parts = || {
            let low = side(&stack.cells[..half], &inks[..half], bad, BAD)?;
            let between = side(&stack.cells[half..end], &inks[half..end], None, BAD)?;
            let high = side(&stack.cells[end..], &inks[end..], good, GOOD)?;
            Some([low, between, high].concat())
        };
        parts().unwrap_or_default()
    }

    fn likert_alt(&self, title: &str, stacks: &[Stack<'_>]) -> String {
        let good = self.tongue.say("alt.good_end");
        let mut shown: Vec<_> =
            stacks.iter().filter_map(|stack| Some((stack, ends(stack).1?.shown()?))).collect();
        shown.sort_by(|one, other| other.1.value.value().total_cmp(&one.1.value.value()));
        let largest: Vec<String> = shown
            .iter()
            .take(3)
            .map(|(stack, shown)| format!("{} {}", stack.label, self.tongue.share(shown.value)))
            .collect();
        let largest =
            if largest.is_empty() { Vec::new() } else { vec![format!("{good} {}", largest.join(", "))] };
        let hidden =
            stacks.iter().filter(|stack| stack.cells.iter().any(|cell| cell.withheld().is_some())).count();
        self.alt(if largest.is_empty() { "alt.likert_none" } else { "alt.likert" }, title, &largest, hidden)
    }

    fn likert_table(&self, stacks: &[Stack<'_>], choices: &[String], table: &Table) -> DataTable {
        let say = |path: &str| self.tongue.say(path).to_owned();
        let mut heads = vec![self.label_of(table.query.question())];
        heads.extend(choices.iter().cloned());
        heads.extend([say("table.bad_end"), say("table.good_end"), say("table.people")]);
        let rows = stacks.iter().map(|stack| {
            let (bad, good) = ends(stack);
            let net = |cell: Option<&Cell>| cell.map_or_else(|| "–".to_owned(), |cell| self.with_range(cell));
            let mut cells: Vec<String> = stack.cells.iter().map(|cell| self.told(cell)).collect();
            cells.extend([net(bad), net(good), self.tongue.count(stack.respondents)]);
            DataRow { heading: false, label: stack.label.clone(), cells }
        });
        DataTable { caption: self.asked(table.query.question()), rows: rows.collect(), heads }
    }
}

fn parts_of(rows: &[LikertRow]) -> impl Iterator<Item = &Part> {
    rows.iter().flat_map(|row| &row.parts)
}

/// Both ends, unless together they would give a withheld middle away.
fn ends<'t>(stack: &Stack<'t>) -> (Option<&'t Cell>, Option<&'t Cell>) {
    let middle = (stack.cells.len() % 2 == 1).then(|| stack.cells[stack.cells.len() / 2]);
    if middle.is_some_and(|cell| cell.withheld().is_some()) {
        return (None, None);
    }
    (Some(stack.bad), Some(stack.good))
}

/// Published good ends from the largest; the others after them, in the order of the alphabet.
fn by_good_end(one: &Stack<'_>, other: &Stack<'_>) -> std::cmp::Ordering {
    let value = |stack: &Stack<'_>| ends(stack).1.and_then(Cell::shown).map(|shown| shown.value.value());
    match (value(one), value(other)) {
        (Some(first), Some(second)) => second.total_cmp(&first),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => Tongue::alphabetical(&one.label).cmp(&Tongue::alphabetical(&other.label)),
    }
}

fn best_first(question: &Question) -> bool {
    matches!(question.kind, Kind::Grid { best: Some(Best::First), .. })
}

/// The colours of a scale of so many parts, the bad end first.
fn inks(parts: usize) -> Option<Vec<Ink>> {
    Some(match parts {
        2 => vec![Ink::Low2, Ink::High2],
        3 => vec![Ink::Low2, Ink::Middle, Ink::High2],
        4 => vec![Ink::Low2, Ink::Low1, Ink::High1, Ink::High2],
        5 => vec![Ink::Low2, Ink::Low1, Ink::Middle, Ink::High1, Ink::High2],
        _ => return None,
    })
}
