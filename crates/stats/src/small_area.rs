//! Small areas: direct estimates that borrow strength from what is known about every area.

mod error_of;
mod spread_between;
#[cfg(test)]
mod tests;

use crate::Error;
use crate::matrix::{Cholesky, Rows, dot, times, weighted_squares};
use crate::sum::sum;
use crate::term::{Term, dependent, names, rows_of};

/// How the variance between areas is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AreaMethod {
    /// Restricted maximum likelihood. The default.
    #[default]
    Restricted,
    /// Maximum likelihood.
    Likelihood,
    /// The moment equation of Fay and Herriot.
    Moment,
}

/// What a model of areas is made from; all columns have one entry per area.
#[derive(Clone, Copy, Debug)]
pub struct AreaModel<'a> {
    /// Direct estimates y_d.
    pub direct: &'a [f64],
    /// Their sampling variances psi_d, taken as known; smooth those from fewer than ten respondents first.
    pub variances: &'a [f64],
    /// What is known of every area; with [`Term::intercept`] when the model has one.
    pub terms: &'a [Term],
}

/// Estimates of small areas under a model, to be labelled "model-based".
#[derive(Clone, Debug, PartialEq)]
pub struct SmallAreas {
    /// gamma y + (1 - gamma) x'b for each area.
    pub values: Vec<f64>,
    /// Their mean squared errors, to second order.
    pub squared_errors: Vec<f64>,
    /// gamma, the part of each value that comes from the area's own respondents.
    pub own_share: Vec<f64>,
    /// Names of the coefficients.
    pub names: Vec<String>,
    /// b, by generalised least squares.
    pub coefficients: Vec<f64>,
    /// Standard errors of the coefficients.
    pub standard_errors: Vec<f64>,
    /// s2, the variance between areas that the terms do not explain; 0 when none is seen.
    pub variance_between: f64,
    /// Logarithm of the likelihood at these values.
    pub ln_likelihood: f64,
}

/// Fay and Herriot's model: y_d = x_d'b + u_d + e_d, with V(u) = s2 and V(e_d) = psi_d known.
///
/// The value of an area is gamma_d y_d + (1 - gamma_d) x_d'b with gamma_d = s2/(s2 + psi_d). Its mean
/// squared error is g1 + g2 + 2 g3, minus b (1 - gamma)^2 for the bias b of s2 under maximum likelihood
/// and the moment equation; g1 = gamma psi, g2 = (1 - gamma)^2 x'Qx, g3 = psi^2/(s2 + psi)^3 V(s2).
/// s2 is 0 when its score at 0 is not positive.
///
/// # Errors
/// [`Error::NotPositive`] for a variance, [`Error::TooFew`] unless there are more areas than
/// coefficients plus two, [`Error::TermDependent`], [`Error::RowsDiffer`], [`Error::ValueNotFinite`].
///
/// # Source
/// Fay and Herriot 1979, Journal of the American Statistical Association 74, 269-277; Prasad and Rao
/// 1990; Datta and Lahiri 2000; Datta, Rao and Smith 2005; R `sae::mseFH`.
///
/// # Example
/// ```
/// use stats::{AreaMethod, AreaModel, Term, fay_herriot};
/// let terms = [Term::intercept(4)];
/// let model = AreaModel { direct: &[1.0, 3.0, 5.0, 7.0], variances: &[1.0; 4], terms: &terms };
/// let areas = fay_herriot(model, AreaMethod::Moment)?;
/// // Sum of squares 20 over s2 + 1 equals m - p = 3.
/// assert!((areas.variance_between - 17.0 / 3.0).abs() < 1e-12);
/// assert!((areas.values[0] - (4.0 - 3.0 * 0.85)).abs() < 1e-12);
/// # Ok::<(), stats::Error>(())
/// ```
pub fn fay_herriot(model: AreaModel<'_>, method: AreaMethod) -> Result<SmallAreas, Error> {
    let areas = Areas::read(model)?;
    let between = spread_between::estimate(&areas, method)?;
    let fit = areas.fit(between)?;
    let own_share: Vec<f64> = areas.psi.iter().map(|psi| between / (between + psi)).collect();
    let blend = |((gamma, y), fitted): ((&f64, &f64), &f64)| gamma * y + (1.0 - gamma) * fitted;
    Ok(SmallAreas {
        values: own_share.iter().zip(areas.direct).zip(&fit.fitted).map(blend).collect(),
        squared_errors: error_of::squared_errors(&areas, &fit, between, method),
        names: names(model.terms),
        standard_errors: (0..model.terms.len()).map(|place| fit.q[place][place].sqrt()).collect(),
        ln_likelihood: fit.ln_likelihood(),
        coefficients: fit.coefficients,
        own_share,
        variance_between: between,
    })
}

/// Checked areas.
struct Areas<'a> {
    direct: &'a [f64],
    psi: &'a [f64],
    rows: Rows,
    terms: &'a [Term],
}

impl<'a> Areas<'a> {
    fn read(model: AreaModel<'a>) -> Result<Areas<'a>, Error> {
        let expected = model.direct.len();
        let lengths = model.terms.iter().map(|term| ("term", term.values.len()));
        for (what, got) in lengths.chain([("variances", model.variances.len())]) {
            if got != expected {
                return Err(Error::RowsDiffer { what, expected, got });
            }
        }
        if let Some(row) = model.direct.iter().position(|value| !value.is_finite()) {
            return Err(Error::ValueNotFinite { row });
        }
        let usable = |psi: &f64| psi.is_finite() && *psi > 0.0;
        if let Some(area) = model.variances.iter().position(|psi| !usable(psi)) {
            let (what, value) = ("sampling variance", model.variances[area]);
            return Err(Error::NotPositive { what, row: area, value });
        }
        if expected <= model.terms.len() + 2 {
            let (what, needed) = ("areas", model.terms.len() + 3);
            return Err(Error::TooFew { what, got: expected, needed });
        }
        let rows = rows_of(model.terms, &(0..expected).collect::<Vec<_>>())?;
        Ok(Areas { direct: model.direct, psi: model.variances, rows, terms: model.terms })
    }

    fn count(&self) -> f64 {
        self.direct.len() as f64
    }

    /// Generalised least squares with the variance `between` areas.
    fn fit(&self, between: f64) -> Result<Fit, Error> {
        let weights: Vec<f64> = self.psi.iter().map(|psi| 1.0 / (between + psi)).collect();
        let split = Cholesky::new(&weighted_squares(&self.rows, &weights)).map_err(dependent(self.terms))?;
        let mut right = vec![0.0; self.terms.len()];
        for ((row, y), weight) in self.rows.iter().zip(self.direct).zip(&weights) {
            right.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * y * x);
        }
        let coefficients = split.solve(&right);
        let fitted = times(&self.rows, &coefficients);
        let residuals = self.direct.iter().zip(&fitted).map(|(y, fitted)| y - fitted).collect();
        Ok(Fit { q: split.inverse(), weights, coefficients, fitted, residuals })
    }
}

/// A model fitted with a given variance between areas.
struct Fit {
    /// 1/(s2 + psi_d).
    weights: Vec<f64>,
    /// Q, the inverse of sum x x'/(s2 + psi).
    q: Rows,
    coefficients: Vec<f64>,
    fitted: Vec<f64>,
    residuals: Vec<f64>,
}

impl Fit {
    /// sum of f(residual, weight) over the areas.
    fn sum(&self, of: impl Fn(f64, f64) -> f64) -> f64 {
        sum(self.residuals.iter().zip(&self.weights).map(|(residual, weight)| of(*residual, *weight)))
    }

    /// tr(Q sum x x' weight^2).
    fn trace(&self, rows: &Rows) -> f64 {
        let squares: Vec<f64> = self.weights.iter().map(|weight| weight * weight).collect();
        let middle = weighted_squares(rows, &squares);
        sum(self.q.iter().zip(&middle).map(|(one, other)| dot(one, other)))
    }

    fn ln_likelihood(&self) -> f64 {
        let turn = 2.0 * std::f64::consts::PI;
        -0.5 * self.sum(|residual, weight| (turn / weight).ln() + weight * residual * residual)
    }
}
