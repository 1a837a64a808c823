//! How values scatter between people, and what the design costs compared with a simple sample.

use crate::sum::sum;
use crate::{Design, Error, Estimate, Estimates, Mask, Variable, mean, means};

/// A simple random sample of the same size, to compare a design with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimpleSample {
    /// Drawn without replacement from a population of sum w people.
    WithoutReplacement,
    /// Drawn with replacement.
    WithReplacement,
}

/// The covariance of two values in the population: n/(n-1) sum w (x - mean x)(y - mean y) / sum w.
///
/// n counts rows of the domain with a weight. With `x` twice it is the population variance.
///
/// # Errors
/// Those of [`mean`], and [`Error::NoDegreesOfFreedom`] for a single respondent.
///
/// # Source
/// R `survey::svyvar`.
pub fn population_covariance(
    design: &Design,
    x: &[f64],
    y: &[f64],
    domain: &Mask,
) -> Result<Estimate, Error> {
    let products = products(design, x, y, domain)?;
    let estimate = mean(design, &products, domain)?;
    let Some(replicates) = design.replicates() else { return Ok(estimate) };
    let variance = replicates.covariance(&[estimate.value], &repeated(design, x, y, domain)?)?[0][0];
    Ok(Estimate { standard_error: variance.sqrt(), ..estimate })
}

/// n/(n-1) (mean xy - mean x mean y) under each replicate, about its own means.
fn repeated(design: &Design, x: &[f64], y: &[f64], domain: &Mask) -> Result<Vec<Vec<f64>>, Error> {
    let centres = means(design, &[Variable { values: x, domain }, Variable { values: y, domain }])?;
    let n = centres.respondents[0] as f64;
    // Distances from the full-sample means, so that no digits are lost in the difference below.
    let from =
        |values: &[f64], centre: f64| -> Vec<f64> { values.iter().map(|value| value - centre).collect() };
    let (x, y) = (from(x, centres.values[0]), from(y, centres.values[1]));
    let both: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x * y).collect();
    let replicates = design.replicates().expect("only designs with replicates are asked");
    let (by_x, all) = replicates.totals(&x, domain);
    let (by_y, by_both) = (replicates.totals(&y, domain).0, replicates.totals(&both, domain).0);
    let one = |at: usize| vec![n / (n - 1.0) * (by_both[at] - by_x[at] * by_y[at] / all[at]) / all[at]];
    Ok((0..all.len()).map(one).collect())
}

/// V / V_srs: the variance of a mean under the design over that of a simple random sample.
///
/// V_srs = s^2/n, times 1 - n/sum w when drawn without replacement.
///
/// # Errors
/// Those of [`mean`], and [`Error::NoVariation`] when all values of the domain are equal or the whole
/// population was asked.
///
/// # Source
/// Kish 1965, section 8.2; R `survey::svymean(deff = )`.
pub fn design_effect(
    design: &Design,
    values: &[f64],
    domain: &Mask,
    simple: SimpleSample,
) -> Result<f64, Error> {
    let estimates: Estimates = means(design, &[Variable { values, domain }])?;
    let products = products(design, values, values, domain)?;
    let inside =
        || (0..design.rows()).filter(|row| domain.contains(*row)).map(|row| (row, design.weights()[row]));
    let people = sum(inside().map(|(_, weight)| weight));
    let spread = sum(inside().map(|(row, weight)| weight * products[row])) / people;
    let n = estimates.respondents[0] as f64;
    let remaining = match simple {
        SimpleSample::WithoutReplacement => (people - n) / people,
        SimpleSample::WithReplacement => 1.0,
    };
    let plain = spread / n * remaining;
    if plain > 0.0 { Ok(estimates.covariance[0][0] / plain) } else { Err(Error::NoVariation) }
}

/// n/(n-1) (x - mean x)(y - mean y) for each row of the domain, 0 outside.
fn products(design: &Design, x: &[f64], y: &[f64], domain: &Mask) -> Result<Vec<f64>, Error> {
    let centres = means(design, &[Variable { values: x, domain }, Variable { values: y, domain }])?;
    let n = centres.respondents[0];
    if n < 2 {
        return Err(Error::NoDegreesOfFreedom { clusters: n, strata: 1 });
    }
    let (centre_x, centre_y) = (centres.values[0], centres.values[1]);
    let factor = n as f64 / (n - 1) as f64;
    let product = |row: usize| match domain.contains(row) {
        true => factor * (x[row] - centre_x) * (y[row] - centre_y),
        false => 0.0,
    };
    Ok((0..design.rows()).map(product).collect())
}
