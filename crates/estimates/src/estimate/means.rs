//! Numbers that have a middle: means, medians, and the index of a grid.

use stats::{Mask, QuantileInterval, QuantileOptions, QuantileRule};
use survey::{ChoiceId, Kind, Question};

use super::{EstimateRow, Numbers, written};
use crate::{
    Error, Number, Study, Why, code, coded,
    count::LEVEL,
    letter::{self, Grade},
    withhold::Rule,
};

/// What is told of the numbers of a group.
pub(super) struct Measure {
    /// Its name in a row.
    name: &'static str,
    of: fn(&Study, &Question, &[f64], &Mask) -> Measured,
}

/// The numbers, if there can be any, and how good they are.
type Measured = Result<(Option<Numbers>, Grade), Error>;

/// The mean, with a t interval.
pub(super) const MEAN: Measure = Measure { name: "mean", of: Study::mean };
/// The median, with Woodruff's interval.
const MEDIAN: Measure = Measure { name: "median", of: Study::median };
/// The mean of an index.
const INDEX: Measure = Measure { name: "index", of: Study::mean };

/// The items of a grid as one number for each person: the mean of her places on the scale, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// Its mean by group.
    pub rows: Vec<EstimateRow>,
    /// How many items it has.
    pub items: usize,
    /// Cronbach's alpha: how much the items go together; none where too few people answered all of them.
    pub alpha: Option<Number>,
}

impl Study {
    /// The median of a number or a year for everybody, or for each group of another question.
    ///
    /// # Errors
    /// As [`Study::estimates`]; [`Error::NoNumbers`].
    pub fn medians(&self, of: &str, by: Option<&str>) -> Result<Vec<EstimateRow>, Error> {
        let question = self.question(of)?;
        let by = by.map(|by| self.question(by)).transpose()?;
        coded::check_held(self.survey(), question, self.people())?;
        let Some((values, base)) = code::numbers(question, self.people()) else {
            return Err(Error::NoNumbers { question: question.id.clone() });
        };
        self.measures(question, by, &values, &base, &MEDIAN)
    }

    /// The index of a grid for everybody, or for each group of another question: of who answered every row.
    ///
    /// # Errors
    /// As [`Study::estimates`]; [`Error::NotAGrid`].
    ///
    /// # Source
    /// Cronbach 1951, Psychometrika 16, 297-334.
    pub fn index(&self, of: &str, by: Option<&str>) -> Result<Index, Error> {
        let question = self.question(of)?;
        let by = by.map(|by| self.question(by)).transpose()?;
        let Kind::Grid { .. } = question.kind else {
            return Err(Error::NotAGrid { question: question.id.clone() });
        };
        coded::check_held(self.survey(), question, self.people())?;
        let place = |code: Option<u32>| code.map_or(f64::NAN, |place| f64::from(place) + 1.0);
        let items: Vec<Vec<f64>> = self
            .people()
            .columns(&question.id)
            .iter()
            .map(|codes| codes.map(|code| place(codes.choice(code))))
            .collect();
        let mean = |row: usize| items.iter().map(|item| item[row]).sum::<f64>() / items.len() as f64;
        let values: Vec<f64> = (0..self.people().len()).map(mean).collect();
        let base = Mask::from_fn(values.len(), |row| !values[row].is_nan());
        let values: Vec<f64> =
            values.into_iter().map(|value| if value.is_nan() { 0.0 } else { value }).collect();
        let rows = self.measures(question, by, &values, &base, &INDEX)?;
        let columns: Vec<&[f64]> = items.iter().map(Vec::as_slice).collect();
        let alpha = stats::cronbach_alpha(self.design(), &columns, &Mask::all(values.len())).ok();
        let alpha = alpha.filter(|alpha| alpha.respondents >= self.recipe().policy.base as usize);
        Ok(Index { rows, items: items.len(), alpha: alpha.map(|alpha| Number::round(alpha.value, 2)) })
    }

    pub(super) fn measures(
        &self,
        question: &Question,
        by: Option<&Question>,
        values: &[f64],
        base: &stats::Mask,
        measure: &Measure,
    ) -> Result<Vec<EstimateRow>, Error> {
        let asked = by.iter().map(|by| &by.id).collect();
        let mut groups = Vec::new();
        for name in self.with_other_names(&asked)? {
            code::check_groups(name)?;
            let codes = code::categories(name, self.people());
            for (number, choice) in (0..).zip(name.choices()) {
                let mask = stats::Mask::from_fn(codes.len(), |row| codes[row] == Some(number));
                groups.push((Some((name, choice.id.clone())), mask.and(base)));
            }
        }
        if by.is_none() {
            groups.push((None, base.clone()));
        }
        let mut means = Vec::new();
        for (group, mask) in groups {
            let names: Vec<&Question> = group.iter().map(|(by, _)| *by).chain([question]).collect();
            let rule = Rule::of(self.survey(), self.recipe(), &names);
            let (numbers, grade) = (measure.of)(self, question, values, &mask)?;
            let why = match grade {
                _ if mask.count() < rule.base as usize => Some(Why::Confidential),
                Grade::Unreliable => Some(Why::Unreliable),
                Grade::Caution | Grade::Good => None,
            };
            means.push(Mean { group, mask, numbers, grade, why });
        }
        hide_second(&mut means);
        let asked = |mean: &Mean<'_>| mean.group.as_ref().map(|(name, _)| &name.id) == by.map(|by| &by.id);
        Ok(means.into_iter().filter(asked).map(|mean| mean.row(question, measure.name)).collect())
    }

    fn mean(&self, question: &Question, values: &[f64], mask: &stats::Mask) -> Measured {
        let failed = |source| Error::Counting { question: question.id.clone(), source };
        let mean = match stats::mean(self.design(), values, mask) {
            Ok(mean) => mean,
            Err(stats::Error::EmptyDomain | stats::Error::NoDegreesOfFreedom { .. }) => {
                return Ok((None, Grade::Unreliable));
            }
            Err(other) => return Err(failed(other)),
        };
        let interval = mean.interval(LEVEL).map_err(failed)?;
        let numbers = Numbers {
            respondents: self.told(mask.count()),
            value: mean.value,
            standard_error: mean.standard_error,
            low: interval.low,
            high: interval.high,
        };
        Ok((Some(numbers), letter::grade_mean(&mean)))
    }

    fn median(&self, question: &Question, values: &[f64], mask: &Mask) -> Measured {
        let (interval, level) = (QuantileInterval::Beta, LEVEL);
        let options = QuantileOptions { rule: QuantileRule::Math, interval, level };
        let found = match stats::quantiles(self.design(), values, &[0.5], mask, &options) {
            Ok(found) => found[0],
            Err(stats::Error::EmptyDomain | stats::Error::NoDegreesOfFreedom { .. }) => {
                return Ok((None, Grade::Unreliable));
            }
            Err(source) => return Err(Error::Counting { question: question.id.clone(), source }),
        };
        // Without both ends nobody knows how far off it is.
        let Some(((low, high), standard_error)) = found.low.zip(found.high).zip(found.standard_error) else {
            return Ok((None, Grade::Unreliable));
        };
        let respondents = self.told(mask.count());
        let numbers = Numbers { respondents, value: found.value, standard_error, low, high };
        // How good a median is does not depend on where its scale begins, so only the people behind it count.
        let grade = self.mean(question, values, mask)?.1;
        Ok((Some(numbers), if grade == Grade::Unreliable { Grade::Unreliable } else { Grade::Good }))
    }
}

/// The mean of a group, and what becomes of it.
struct Mean<'s> {
    group: Option<(&'s Question, ChoiceId)>,
    mask: stats::Mask,
    numbers: Option<Numbers>,
    grade: Grade,
    why: Option<Why>,
}

impl Mean<'_> {
    fn row(self, question: &Question, name: &str) -> EstimateRow {
        let group = self.group.map(|(name, group)| (name.id.clone(), group));
        written(&question.id, name, group, self.numbers, self.grade.letter(), self.why)
    }
}

/// A lone hole among the groups of a question follows from the mean of everybody, so the smallest other group is
/// hidden too; and the same people are hidden under every name.
fn hide_second(means: &mut [Mean<'_>]) {
    loop {
        let hidden: Vec<(stats::Mask, Why)> =
            means.iter().filter_map(|mean| Some((mean.mask.clone(), mean.why?))).collect();
        for mean in means.iter_mut() {
            let same = hidden.iter().filter(|(mask, _)| *mask == mean.mask).map(|(_, why)| *why);
            mean.why = same.chain(mean.why).min();
        }
        let Some(next) = second(means) else { return };
        means[next].why = Some(Why::Confidential);
    }
}

/// The group to hide beside a lone hole.
fn second(means: &[Mean<'_>]) -> Option<usize> {
    let name = |mean: &Mean<'_>| mean.group.as_ref().map(|(name, _)| &name.id).cloned();
    means.iter().filter(|mean| mean.why.is_some() && mean.mask.count() > 0).find_map(|hole| {
        let beside = || means.iter().enumerate().filter(|(_, mean)| name(mean) == name(hole));
        let holes = beside().filter(|(_, mean)| mean.why.is_some() && mean.mask.count() > 0).count();
        let open = beside().filter(|(_, mean)| mean.why.is_none());
        open.min_by_key(|(_, mean)| mean.mask.count()).map(|(place, _)| place).filter(|_| holes == 1)
    })
}
