//! What a whole population would answer on average if a term had a given value for everyone.

use super::{Data, Family, Predicted, weighted_sum};
use crate::matrix::{dot, times};
use crate::replicate::covariance_of;
use crate::{Design, Error, Mask, Term};

/// The mean response over a domain if its terms had the values of `instead`.
///
/// The regression of `response` on `terms` is fitted, then M = sum w mu(x~'b) / sum w with x~ the row of
/// `instead`, which has the same terms with some columns changed. Its variance comes from
/// z = (mu~ - M)/W + d'A^-1 x (y - mu), d = sum w x~ V(mu~)/W: both the people and the coefficients vary.
///
/// # Errors
/// As for [`regression`](crate::regression); [`Error::CoefficientsDiffer`] when `instead` has other terms.
///
/// # Source
/// Graubard and Korn 1999, Biometrics 55, 652-659; R `survey::svypredmeans`.
pub fn predictive_margin(
    design: &Design,
    response: &[f64],
    terms: &[Term],
    instead: &[Term],
    domain: &Mask,
    family: Family,
) -> Result<Predicted, Error> {
    if instead.len() != terms.len() {
        return Err(Error::CoefficientsDiffer { coefficients: instead.len(), estimates: terms.len() });
    }
    let data = Data::read(design, response, terms, domain, family)?;
    let other = Data::read(design, response, instead, domain, family)?;
    let margin = |weights: &[f64], coefficients: &[f64]| {
        let means = times(&other.rows, coefficients).into_iter().map(|eta| family.mean(eta));
        let people = weighted_sum(weights, &data.kept, std::iter::repeat(1.0));
        weighted_sum(weights, &data.kept, means) / people
    };
    let fitted = data.fit(design.weights(), None)?;
    let value = margin(design.weights(), &fitted.coefficients);
    let influence = || {
        let people = weighted_sum(design.weights(), &data.kept, std::iter::repeat(1.0));
        let means: Vec<f64> =
            times(&other.rows, &fitted.coefficients).into_iter().map(|eta| family.mean(eta)).collect();
        let slope = |place: usize| {
            let parts = other.rows.iter().zip(&means).map(|(row, mean)| row[place] * family.variance(*mean));
            weighted_sum(design.weights(), &data.kept, parts) / people
        };
        let direction = times(&fitted.inverse, &(0..terms.len()).map(slope).collect::<Vec<_>>());
        let mut column = vec![0.0; design.rows()];
        for ((row, mean), score) in data.kept.iter().zip(&means).zip(data.scores(&fitted)) {
            column[*row] = (mean - value) / people + dot(&direction, &score);
        }
        Ok(vec![column])
    };
    let again = |weights: &[f64]| {
        Ok(vec![margin(weights, &data.fit(weights, Some(&fitted.coefficients))?.coefficients)])
    };
    let covariance = covariance_of(design, domain, &[value], influence, again)?;
    Ok(Predicted { value, standard_error: covariance[0][0].max(0.0).sqrt() })
}
