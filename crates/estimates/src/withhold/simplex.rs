//! The lowest and the highest value a number can have, given what is known of all numbers together.

/// Equations over numbers that each lie between two ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    /// By number: its lowest and highest value.
    pub(super) ends: Vec<(f64, f64)>,
    /// Each a list of (number, factor), and what they add up to.
    pub(super) equations: Vec<(Vec<(usize, f64)>, f64)>,
}

/// Steps after which the first number that helps is taken instead of the one that helps most, so that it ends.
const PATIENCE: usize = 2_000;

/// A solution that meets the equations, and the way to others.
///
/// Bounded primal simplex on a dense tableau: each row expresses one basic number in those that are at an end.
///
/// # Source
/// Dantzig 1963, Linear Programming and Extensions, chapter 18 (upper bounds); Bland 1977 for an end.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    /// By row, then number.
    rows: Vec<Vec<f64>>,
    /// By row: the number it expresses, and its value.
    basic: Vec<(usize, f64)>,
    ends: Vec<(f64, f64)>,
    /// By number: whether it stands at its highest value, if it is not basic.
    high: Vec<bool>,
    is_basic: Vec<bool>,
}

impl Program {
    /// A solution; none where the equations contradict each other.
    pub(super) fn solve(&self) -> Option<Solved> {
        let (numbers, count) = (self.ends.len(), self.equations.len());
        let mut solved = Solved {
            rows: Vec::with_capacity(count),
            basic: Vec::with_capacity(count),
            ends: self.ends.clone(),
            high: vec![false; numbers + count],
            is_basic: vec![false; numbers + count],
        };
        for (at, (terms, total)) in self.equations.iter().enumerate() {
            let mut row = vec![0.0; numbers + count];
            terms.iter().for_each(|(number, factor)| row[*number] += factor);
            let left =
                total - terms.iter().map(|(number, factor)| factor * self.ends[*number].0).sum::<f64>();
            if left < 0.0 {
                row.iter_mut().for_each(|factor| *factor = -*factor);
            }
            // What an equation lacks when every number is at its lowest value; it must come down to nothing.
            row[numbers + at] = 1.0;
            solved.rows.push(row);
            solved.basic.push((numbers + at, left.abs()));
            solved.is_basic[numbers + at] = true;
            solved.ends.push((0.0, f64::INFINITY));
        }
        let costs: Vec<f64> =
            (0..numbers + count).map(|number| f64::from(u8::from(number >= numbers))).collect();
        solved.descend(&costs);
        let lacking: f64 =
            solved.basic.iter().filter(|(number, _)| *number >= numbers).map(|(_, value)| value).sum();
        solved.ends[numbers..].iter_mut().for_each(|ends| *ends = (0.0, 0.0));
        let whole: f64 = self.equations.iter().map(|(_, total)| total.abs()).fold(1.0, f64::max);
        (lacking <= 1e-6 * whole).then_some(solved)
    }
}

impl Solved {
    /// The lowest and the highest value of a number.
    pub(super) fn range(&mut self, number: usize) -> (f64, f64) {
        let mut costs = vec![0.0; self.ends.len()];
        costs[number] = 1.0;
        self.descend(&costs);
        let low = self.value(number);
        costs[number] = -1.0;
        self.descend(&costs);
        (low, self.value(number))
    }

    fn value(&self, number: usize) -> f64 {
        let basic = self.basic.iter().find(|(each, _)| *each == number).map(|(_, value)| *value);
        basic.unwrap_or(if self.high[number] { self.ends[number].1 } else { self.ends[number].0 })
    }

    /// Goes from corner to corner until no step lowers the sum of costs x numbers.
    fn descend(&mut self, costs: &[f64]) {
        for step in 0..20 * PATIENCE {
            let Some((enters, rises)) = self.entering(costs, step > PATIENCE) else { return };
            self.step(enters, if rises { 1.0 } else { -1.0 });
        }
    }

    /// The number whose change lowers the sum, and whether it rises.
    fn entering(&self, costs: &[f64], first: bool) -> Option<(usize, bool)> {
        let mut reduced = costs.to_vec();
        for ((basic, _), row) in self.basic.iter().zip(&self.rows) {
            let cost = costs[*basic];
            if cost != 0.0 {
                reduced.iter_mut().zip(row).for_each(|(reduced, factor)| *reduced -= cost * factor);
            }
        }
        let helps = |number: &usize| {
            let (low, high) = self.ends[*number];
            let gain = if self.high[*number] { reduced[*number] } else { -reduced[*number] };
            !self.is_basic[*number] && high > low && gain > 1e-9
        };
        let mut all = (0..costs.len()).filter(helps);
        let best = match first {
            true => all.next(),
            false => all.max_by(|a, b| reduced[*a].abs().total_cmp(&reduced[*b].abs())),
        };
        best.map(|number| (number, !self.high[number]))
    }

    /// Moves a number up or down as far as all others allow.
    fn step(&mut self, enters: usize, direction: f64) {
        let (low, high) = self.ends[enters];
        let (mut length, mut leaves): (f64, Option<(usize, bool)>) = (high - low, None);
        for (at, (row, (basic, value))) in self.rows.iter().zip(&self.basic).enumerate() {
            let slope = -direction * row[enters];
            if slope.abs() <= 1e-9 {
                continue;
            }
            let (low, high) = self.ends[*basic];
            let room = if slope < 0.0 { value - low } else { high - value };
            let reach = room.max(0.0) / slope.abs();
            if reach < length - 1e-12 {
                (length, leaves) = (reach, Some((at, slope > 0.0)));
            }
        }
        for (row, (_, value)) in self.rows.iter().zip(&mut self.basic) {
            *value -= direction * length * row[enters];
        }
        match leaves {
            None => self.high[enters] = direction > 0.0,
            Some((at, at_high)) => {
                let value = if direction > 0.0 { low + length } else { high - length };
                let left = self.basic[at].0;
                (self.is_basic[left], self.high[left]) = (false, at_high);
                (self.basic[at], self.is_basic[enters]) = ((enters, value), true);
                self.pivot(at, enters);
            }
        }
    }

    fn pivot(&mut self, at: usize, number: usize) {
        let scale = self.rows[at][number];
        self.rows[at].iter_mut().for_each(|factor| *factor /= scale);
        let pivot = self.rows[at].clone();
        for row in self.rows.iter_mut().enumerate().filter(|(each, _)| *each != at).map(|(_, row)| row) {
            let times = row[number];
            if times.abs() > 1e-13 {
                row.iter_mut().zip(&pivot).for_each(|(factor, of)| *factor -= times * of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: f64 = 1e-7;

    fn range(ends: &[(f64, f64)], equations: &[(&[(usize, f64)], f64)], number: usize) -> Option<(f64, f64)> {
        let equations = equations.iter().map(|(terms, total)| (terms.to_vec(), *total)).collect();
        let mut solved = Program { ends: ends.to_vec(), equations }.solve()?;
        let again = solved.range(number);
        assert_eq!(solved.range(number), again, "asked twice, answered alike");
        Some(again)
    }

    #[test]
    fn two_holes_of_a_line_are_known_by_their_sum() {
        // 40 people; two choices are told as 50 % and 30 %, give or take half a unit.
        let ends = [(19.8, 20.2), (11.8, 12.2), (0.0, 40.0), (0.0, 40.0)];
        let line: &[(usize, f64)] = &[(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)];
        let (low, high) = range(&ends, &[(line, 40.0)], 2).unwrap();
        assert!((low - 0.0).abs() < NOTHING && (high - 8.4).abs() < NOTHING, "{low} {high}");
    }

    #[test]
    fn four_holes_at_the_corners_of_a_rectangle_bound_each_other() {
        // Rows a + b = 5, c + d = 9; columns a + c = 6, b + d = 8.
        let all = [(0.0, 20.0); 4];
        let lines: [(&[(usize, f64)], f64); 4] = [
            (&[(0, 1.0), (1, 1.0)], 5.0),
            (&[(2, 1.0), (3, 1.0)], 9.0),
            (&[(0, 1.0), (2, 1.0)], 6.0),
            (&[(1, 1.0), (3, 1.0)], 8.0),
        ];
        let (low, high) = range(&all, &lines, 0).unwrap();
        assert!(low.abs() < NOTHING && (high - 5.0).abs() < NOTHING, "{low} {high}");
        let (low, high) = range(&all, &lines, 3).unwrap();
        assert!((low - 3.0).abs() < NOTHING && (high - 8.0).abs() < NOTHING, "{low} {high}");
    }

    #[test]
    fn a_lone_hole_is_known_and_contradictions_are_seen() {
        let ends = [(2.0, 2.0), (0.0, 9.0)];
        assert_eq!(range(&ends, &[(&[(0, 1.0), (1, 1.0)], 5.0)], 1), Some((3.0, 3.0)));
        assert_eq!(range(&ends, &[(&[(0, 1.0), (1, 1.0)], 50.0)], 1), None);
        assert_eq!(range(&ends, &[(&[(0, 1.0), (1, -1.0)], -4.0)], 1), Some((6.0, 6.0)));
    }
}
