//! Lines that add up, and what a reader with a pencil can compute from them.

use crate::Why;

/// Places whose masses, each times its factor, add up to something everybody knows.
pub(super) struct Line {
    pub(super) terms: Vec<Term>,
    pub(super) kind: Kind,
}

/// How a line adds up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// To the last digit, as choices do.
    Exact,
    /// For who knows the weights of groups.
    Near,
    /// To the last digit, but of a whole that no other line knows.
    Alone,
}

/// One place of a line.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub(super) place: usize,
    pub(super) factor: f64,
}

/// Factors are whole numbers, so whatever elimination leaves below this is nothing.
const NOTHING: f64 = 1e-9;

/// The next place to hide and why, because a hidden one follows from what is shown; none when none follows.
///
/// People are protected against every line. An unreliable number hurts nobody, so it is only kept from those who would
/// read it off as the remainder of an exact line.
pub(super) fn neighbour(lines: &[Line], hidden: &[Option<Why>], people: &[usize]) -> Option<(usize, Why)> {
    let next = |lines: &[&Line], why: Why| {
        let follow = determined(lines, hidden).into_iter().filter(|place| hidden[*place] == Some(why));
        follow.into_iter().find_map(|place| beside(place, lines, hidden, people)).map(|place| (place, why))
    };
    let joined: Vec<&Line> = lines.iter().filter(|line| line.kind != Kind::Alone).collect();
    let exact: Vec<&Line> = lines.iter().filter(|line| line.kind == Kind::Exact).collect();
    let alone = || {
        let alone = lines.iter().filter(|line| line.kind == Kind::Alone);
        alone.into_iter().find_map(|line| second(line, hidden, people))
    };
    next(&joined, Why::Confidential).or_else(|| next(&exact, Why::Unreliable)).or_else(alone)
}

/// The second hole of a line with a lone one: the shown place with the fewest people.
fn second(line: &Line, hidden: &[Option<Why>], people: &[usize]) -> Option<(usize, Why)> {
    let places = || line.terms.iter().map(|term| term.place);
    let mut holes = places().filter_map(|place| hidden[place]);
    let why = holes.next()?;
    let next = places().filter(|place| hidden[*place].is_none()).min_by_key(|place| (people[*place], *place));
    next.filter(|_| holes.next().is_none()).map(|place| (place, why))
}

/// The shown place of the shortest line through a hidden one, with the fewest people; else one a line further.
fn beside(place: usize, lines: &[&Line], hidden: &[Option<Why>], people: &[usize]) -> Option<usize> {
    let shown = |line: &Line| -> Option<usize> {
        let open = line.terms.iter().map(|term| term.place).filter(|place| hidden[*place].is_none());
        open.min_by_key(|place| (people[*place], *place))
    };
    let holds = |line: &Line, place: usize| line.terms.iter().any(|term| term.place == place);
    let mut through: Vec<&Line> = lines.iter().copied().filter(|line| holds(line, place)).collect();
    through.sort_by_key(|line| line.terms.len());
    let near = through.iter().find_map(|line| shown(line));
    near.or_else(|| {
        let further = through.iter().flat_map(|line| line.terms.iter().map(|term| term.place));
        further.flat_map(|place| lines.iter().copied().filter(move |line| holds(line, place))).find_map(shown)
    })
}

/// The hidden places whose number follows from the lines and the numbers shown.
///
/// The lines, with the shown places moved to the known side, are brought to reduced echelon form; a place follows
/// exactly if it is the only one left in its row.
fn determined(lines: &[&Line], hidden: &[Option<Why>]) -> Vec<usize> {
    let unknown: Vec<usize> = (0..hidden.len()).filter(|place| hidden[*place].is_some()).collect();
    let mut rows: Vec<Vec<f64>> = lines.iter().map(|line| row(line, &unknown)).collect();
    rows.retain(|row| row.iter().any(|factor| *factor != 0.0));
    reduce(&mut rows, unknown.len());
    let lone = rows.iter().filter_map(|row| {
        let mut left = row.iter().enumerate().filter(|(_, factor)| factor.abs() > NOTHING);
        let (column, _) = left.next()?;
        left.next().is_none().then_some(unknown[column])
    });
    lone.collect()
}

fn row(line: &Line, unknown: &[usize]) -> Vec<f64> {
    let factor = |place: &usize| {
        line.terms.iter().filter(|term| term.place == *place).map(|term| term.factor).sum::<f64>()
    };
    unknown.iter().map(factor).collect()
}

/// Gauss and Jordan, with the largest pivot of each column.
fn reduce(rows: &mut [Vec<f64>], columns: usize) {
    let mut done = 0;
    for column in 0..columns {
        let best =
            (done..rows.len()).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        let Some(pivot) = best.filter(|row| rows[*row][column].abs() > NOTHING) else { continue };
        rows.swap(done, pivot);
        let scale = rows[done][column];
        rows[done].iter_mut().for_each(|factor| *factor /= scale);
        let pivot = rows[done].clone();
        let others = rows.iter_mut().enumerate().filter(|(number, _)| *number != done);
        for (_, row) in others {
            let times = row[column];
            if times != 0.0 {
                row.iter_mut().zip(&pivot).for_each(|(factor, of)| *factor -= times * of);
            }
        }
        done += 1;
    }
}
