//! Iterative proportional fitting on the cells of the crossed margins.

use super::RakeOptions;

/// Sums to be met: a table of cells with the categories that they belong to.
pub(super) struct Problem<'a> {
    /// For each margin, the category of each cell.
    pub(super) categories: &'a [Vec<u32>],
    /// Sum of the weights before in each cell.
    pub(super) before: &'a [f64],
    /// For each margin, the target of each category.
    pub(super) targets: &'a [Vec<f64>],
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

/// Meets one margin after the other until all are met or the rounds run out.
pub(super) fn fit(problem: &Problem<'_>, options: &RakeOptions) -> Fitted {
    let mut fitted = problem.measure(vec![1.0; problem.before.len()], 0);
    while !fitted.meets(options.tolerance) && fitted.rounds < options.rounds {
        let mut factors = fitted.factors;
        for margin in 0..problem.targets.len() {
            problem.meet(margin, &mut factors);
        }
        fitted = problem.measure(factors, fitted.rounds + 1);
    }
    fitted
}

impl Problem<'_> {
    fn meet(&self, margin: usize, factors: &mut [f64]) {
        let achieved = self.sums(margin, factors);
        let ratio = |(target, got): (&f64, &f64)| if *got > 0.0 { target / got } else { 1.0 };
        let ratios: Vec<f64> = self.targets[margin].iter().zip(&achieved).map(ratio).collect();
        for (factor, category) in factors.iter_mut().zip(&self.categories[margin]) {
            *factor *= ratios[*category as usize];
        }
    }

    /// What every margin adds up to.
    pub(super) fn people(&self) -> f64 {
        self.targets.first().map_or(0.0, |targets| targets.iter().sum())
    }

    pub(super) fn measure(&self, factors: Vec<f64>, rounds: usize) -> Fitted {
        let achieved: Vec<Vec<f64>> =
            (0..self.targets.len()).map(|margin| self.sums(margin, &factors)).collect();
        let (mut gap, mut worst) = (0.0_f64, (0, 0));
        for (number, (targets, achieved)) in self.targets.iter().zip(&achieved).enumerate() {
            for (category, (target, got)) in targets.iter().zip(achieved).enumerate() {
                let off = if *target == 0.0 { 0.0 } else { (got / target - 1.0).abs() };
                // A sum that left the range of numbers counts as the largest gap.
                if off > gap || off.is_nan() {
                    (gap, worst) = (off, (number, category));
                }
            }
        }
        Fitted { factors, achieved, rounds, gap, worst }
    }

    fn sums(&self, margin: usize, factors: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.targets[margin].len()];
        for ((category, weight), factor) in self.categories[margin].iter().zip(self.before).zip(factors) {
            sums[*category as usize] += weight * factor;
        }
        sums
    }
}
