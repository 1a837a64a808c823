//! Whether a condition holds of the published numbers.

use estimates::{Shown, Verdict};

use super::Composer;
use crate::{
    definition::{Counted, Measure},
    test::Test,
};

impl Composer<'_> {
    /// `None` where a number is withheld: then neither the condition nor its negation holds.
    pub(crate) fn holds(&self, test: &Test) -> Option<bool> {
        match test {
            Test::Weighted => Some(self.is_weighted()),
            Test::Published(measure) => Some(self.shown(measure).is_some()),
            Test::Caution(measure) => Some(self.shown(measure)?.letter.is_some()),
            Test::Above(measure, bound) => Some(self.shown(measure)?.low.value() * 100.0 > f64::from(*bound)),
            Test::Below(measure, bound) => {
                Some(self.shown(measure)?.high.value() * 100.0 < f64::from(*bound))
            }
            Test::Differs(share, by) => {
                let Counted::Choice(choice) = &share.of else { return None };
                let table = self.shares(&share.question, Some(by))?;
                let pairs =
                    table.contrasts.iter().filter(|each| each.row == share.row && each.choice == *choice);
                let verdicts: Vec<Verdict> = pairs
                    .map(|each| each.verdict)
                    .filter(|verdict| *verdict != Verdict::NotTestable)
                    .collect();
                let clear = |verdict: &Verdict| matches!(verdict, Verdict::Higher | Verdict::Lower);
                (!verdicts.is_empty()).then(|| verdicts.iter().any(clear))
            }
            Test::Not(test) => self.holds(test).map(|holds| !holds),
            Test::And(one, other) => match (self.holds(one), self.holds(other)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (one, other) => Some(one? && other?),
            },
            Test::Or(one, other) => match (self.holds(one), self.holds(other)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (one, other) => Some(one? || other?),
            },
        }
    }

    pub(super) fn is_weighted(&self) -> bool {
        !self.release.fieldwork.margins.is_empty()
    }

    /// One path of our own words where the answers are weighted, another where every answer counts the same.
    pub(super) fn if_weighted<'p>(&self, weighted: &'p str, plain: &'p str) -> &'p str {
        if self.is_weighted() { weighted } else { plain }
    }

    fn shown(&self, measure: &Measure) -> Option<&Shown> {
        self.cell(measure)?.shown()
    }
}
