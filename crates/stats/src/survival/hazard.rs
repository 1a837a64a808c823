//! What makes the event come sooner.

use super::Waiting;
use super::risk::{RiskSets, Watched};
use crate::influence::spread;
use crate::matrix::{Cholesky, Rows, dot, times};
use crate::replicate::covariance_of;
use crate::term::{dependent, names, rows_of};
use crate::{Basis, Design, Error, Mask, Term};

const ROUNDS: usize = 60;
const SETTLED: f64 = 1e-13;
/// A step of x'b that a settled iteration cannot make: it is on its way to infinity.
const RUNNING_AWAY: f64 = 1e-2;

/// A regression of hazards with the covariance of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct HazardRegression {
    /// Names of the terms.
    pub names: Vec<String>,
    /// b: the logarithms of the ratios of hazards.
    pub coefficients: Vec<f64>,
    /// Their covariance, by rows.
    pub covariance: Vec<Vec<f64>>,
    /// Degrees of freedom of the design plus one minus the number of coefficients.
    pub degrees_of_freedom: usize,
    /// Rows of the domain with a weight.
    pub respondents: usize,
    /// Of these, rows that the event reached.
    pub events: usize,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

impl HazardRegression {
    /// Standard error of the coefficient at `position`.
    ///
    /// # Panics
    /// When there is no such coefficient.
    pub fn standard_error(&self, position: usize) -> f64 {
        self.covariance[position][position].max(0.0).sqrt()
    }
}

/// Cox's regression: the hazard of the event is h0(t) exp(x'b), with Efron's rule for ties.
///
/// b maximises the weighted partial likelihood; its covariance is that of the weighted score residuals
/// times the inverse information. Terms have no intercept.
///
/// # Errors
/// [`Error::NoEvents`], [`Error::TooMany`], [`Error::TermDependent`],
/// [`Error::TermSeparates`], [`Error::Unsettled`], [`Error::EmptyDomain`],
/// [`Error::ValueNotFinite`], [`Error::RowsDiffer`], [`Error::LonelyCluster`].
///
/// # Source
/// Cox 1972; Efron 1977, Journal of the American Statistical Association 72, 557-565; Binder 1992,
/// Biometrika 79, 139-147; R `survey::svycoxph`.
pub fn hazard_regression(
    design: &Design,
    waiting: Waiting<'_>,
    terms: &[Term],
    domain: &Mask,
) -> Result<HazardRegression, Error> {
    for term in terms {
        design.check_rows("term", term.values.len())?;
    }
    let rows = waiting.rows(design, domain)?;
    let (degrees, coefficients) = (design.degrees_of_freedom(domain), terms.len());
    if coefficients == 0 || degrees < coefficients {
        return Err(Error::TooMany { what: "coefficients", asked: coefficients, degrees });
    }
    let data = Data { waiting, table: centred(rows_of(terms, &rows)?), rows, terms };
    let fitted = data.fit(design.weights(), vec![0.0; coefficients])?;
    let covariance = covariance_of(
        design,
        domain,
        &fitted.coefficients,
        || {
            let scores = data.scores(design.weights(), &fitted.coefficients);
            Ok(spread(&fitted.inverse, &scores, &data.rows, design.rows()))
        },
        |weights| data.fit(weights, fitted.coefficients.clone()).map(|fit| fit.coefficients),
    )?;
    Ok(HazardRegression {
        names: names(terms),
        coefficients: fitted.coefficients,
        covariance,
        degrees_of_freedom: degrees + 1 - coefficients,
        respondents: data.rows.len(),
        events: data.rows.iter().filter(|row| waiting.happened[**row]).count(),
        basis: design.basis(),
    })
}

/// Terms as distances from their mean, which changes no coefficient and keeps exp(x'b) in range.
fn centred(mut table: Rows) -> Rows {
    let size = table.first().map_or(0, Vec::len);
    for place in 0..size {
        let mean = table.iter().map(|row| row[place]).sum::<f64>() / table.len() as f64;
        table.iter_mut().for_each(|row| row[place] -= mean);
    }
    table
}

struct Data<'a> {
    waiting: Waiting<'a>,
    rows: Vec<usize>,
    table: Rows,
    terms: &'a [Term],
}

struct Fitted {
    coefficients: Vec<f64>,
    inverse: Rows,
}

impl Data<'_> {
    fn sets(&self, weights: &[f64], coefficients: &[f64]) -> RiskSets {
        RiskSets::new(&Watched {
            waiting: self.waiting,
            rows: &self.rows,
            terms: &self.table,
            predictor: &times(&self.table, coefficients),
            weights,
        })
    }

    fn fit(&self, weights: &[f64], start: Vec<f64>) -> Result<Fitted, Error> {
        let mut coefficients = start;
        let mut sets = self.sets(weights, &coefficients);
        for round in 0..ROUNDS {
            let split = Cholesky::new(&sets.information).map_err(|place| match round {
                0 => dependent(self.terms)(place),
                _ => self.separates(place),
            })?;
            let step = split.solve(&sets.score);
            let before = sets.likelihood;
            (coefficients, sets) = self.shorten(weights, &coefficients, &step, before);
            if (sets.likelihood - before).abs() <= SETTLED * before.abs() {
                let reach = |row: &Vec<f64>| dot(row, &step).abs();
                if self.table.iter().map(reach).fold(0.0, f64::max) > RUNNING_AWAY {
                    return Err(self.separates(largest(&step)));
                }
                // Where the last step began depends on the unit of the weights; where it ended does not.
                let ended = Cholesky::new(&sets.information).map_err(|place| self.separates(place))?;
                return Ok(Fitted { coefficients, inverse: ended.inverse() });
            }
        }
        Err(Error::Unsettled { model: "regression of hazards", rounds: ROUNDS })
    }

    fn separates(&self, place: usize) -> Error {
        Error::TermSeparates { term: self.terms[place].name.clone() }
    }

    /// The step, halved until the likelihood does not fall.
    fn shorten(&self, weights: &[f64], from: &[f64], step: &[f64], likelihood: f64) -> (Vec<f64>, RiskSets) {
        let mut share = 1.0;
        loop {
            let next: Vec<f64> = from.iter().zip(step).map(|(at, step)| at + share * step).collect();
            let sets = self.sets(weights, &next);
            if sets.likelihood >= likelihood - SETTLED * likelihood.abs() || share < 1e-6 {
                return (next, sets);
            }
            share /= 2.0;
        }
    }

    /// Score residuals: at the event x - mean, minus e sum of hazards x (x - mean) while watched.
    fn scores(&self, weights: &[f64], coefficients: &[f64]) -> Rows {
        let sets = self.sets(weights, coefficients);
        let size = coefficients.len();
        let mut passed = vec![(0.0, vec![0.0; size])];
        for event in &sets.times {
            let (hazard, means) = &passed[passed.len() - 1];
            let next = means.iter().zip(&event.hazard_mean).map(|(sum, mean)| sum + mean).collect();
            passed.push((hazard + event.hazard, next));
        }
        let one = |(row, x): (&usize, &Vec<f64>)| {
            let steps = sets.times.partition_point(|event| event.time <= self.waiting.times[*row]);
            let pull = dot(x, coefficients).exp();
            if !self.waiting.happened[*row] {
                let (hazard, means) = &passed[steps];
                return (0..size).map(|at| -pull * (x[at] * hazard - means[at])).collect();
            }
            let (event, (hazard, means)) = (&sets.times[steps - 1], &passed[steps - 1]);
            let whole = hazard + event.leaving;
            let drawn = |at: usize| x[at] * whole - means[at] - event.leaving_mean[at];
            (0..size).map(|at| x[at] - event.mean[at] - pull * drawn(at)).collect()
        };
        self.rows.iter().zip(&self.table).map(one).collect()
    }
}

fn largest(step: &[f64]) -> usize {
    (0..step.len()).rev().max_by(|a, b| step[*a].abs().total_cmp(&step[*b].abs())).unwrap_or(0)
}
