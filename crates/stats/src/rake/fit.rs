//! Iterative proportional fitting on the cells of the crossed margins.

use super::RakeOptions;
use super::check::Ready;
use crate::Design;

/// Non-empty combinations of the margins' categories.
pub(super) struct Cells {
    /// Cell of each row.
    pub(super) of_rows: Vec<u32>,
    /// For each margin, the category of each cell.
    pub(super) categories: Vec<Vec<u32>>,
    /// Sum of the weights before in each cell.
    pub(super) before: Vec<f64>,
}

/// The end of the iteration, met or not.
pub(super) struct Fitted {
    /// Factor of each cell.
    pub(super) factors: Vec<f64>,
    /// Sum of the weights after, per margin and category.
    pub(super) achieved: Vec<Vec<f64>>,
    pub(super) rounds: usize,
    /// Largest |achieved/target - 1|.
    pub(super) gap: f64,
    /// Margin and category of the largest gap.
    pub(super) worst: (usize, usize),
}

impl Fitted {
    /// Whether every margin is met; never when a sum left the range of numbers.
    pub(super) fn meets(&self, tolerance: f64) -> bool {
        self.gap <= tolerance
    }
}

/// Numbers the combinations that occur, in order of first appearance.
pub(super) fn collapse_rows(design: &Design, margins: &[Ready]) -> Cells {
    let mut of_rows = vec![0_u32; design.rows()];
    let mut categories: Vec<Vec<u32>> = Vec::new();
    let mut count = 1;
    for margin in margins {
        let width = margin.targets.len();
        let mut known = vec![u32::MAX; count * width];
        let mut parents = Vec::new();
        let mut own = Vec::new();
        for (cell, code) in of_rows.iter_mut().zip(&margin.codes) {
            let slot = &mut known[*cell as usize * width + *code as usize];
            if *slot == u32::MAX {
                *slot = own.len() as u32;
                parents.push(*cell);
                own.push(*code);
            }
            *cell = *slot;
        }
        count = own.len();
        for earlier in &mut categories {
            *earlier = parents.iter().map(|parent| earlier[*parent as usize]).collect();
        }
        categories.push(own);
    }
    let mut before = vec![0.0; count];
    of_rows.iter().zip(design.weights()).for_each(|(cell, weight)| before[*cell as usize] += weight);
    Cells { of_rows, categories, before }
}

/// Meets one margin after the other until all are met or the rounds run out.
pub(super) fn fit(cells: &Cells, margins: &[Ready], options: &RakeOptions) -> Fitted {
    let mut factors = vec![1.0; cells.before.len()];
    let mut fitted = measure(cells, margins, factors.clone(), 0);
    while !fitted.meets(options.tolerance) && fitted.rounds < options.rounds {
        for (margin, categories) in margins.iter().zip(&cells.categories) {
            let achieved = sums(cells, categories, margin.targets.len(), &factors);
            for (factor, category) in factors.iter_mut().zip(categories) {
                let category = *category as usize;
                if achieved[category] > 0.0 {
                    *factor *= margin.targets[category] / achieved[category];
                }
            }
        }
        fitted = measure(cells, margins, factors.clone(), fitted.rounds + 1);
    }
    fitted
}

fn measure(cells: &Cells, margins: &[Ready], factors: Vec<f64>, rounds: usize) -> Fitted {
    let both = margins.iter().zip(&cells.categories);
    let achieved: Vec<Vec<f64>> =
        both.map(|(margin, categories)| sums(cells, categories, margin.targets.len(), &factors)).collect();
    let (mut gap, mut worst) = (0.0_f64, (0, 0));
    for (number, (margin, achieved)) in margins.iter().zip(&achieved).enumerate() {
        for (category, (target, got)) in margin.targets.iter().zip(achieved).enumerate() {
            let off = if *target == 0.0 { 0.0 } else { (got / target - 1.0).abs() };
            // A sum that left the range of numbers counts as the largest gap.
            if off > gap || off.is_nan() {
                (gap, worst) = (off, (number, category));
            }
        }
    }
    Fitted { factors, achieved, rounds, gap, worst }
}

fn sums(cells: &Cells, categories: &[u32], width: usize, factors: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; width];
    for ((category, weight), factor) in categories.iter().zip(&cells.before).zip(factors) {
        sums[*category as usize] += weight * factor;
    }
    sums
}
