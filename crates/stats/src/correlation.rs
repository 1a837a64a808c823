//! How strongly two values go together.

use crate::{Design, Error, Estimate, Mask, Variable, means};

/// Pearson's correlation in the population: cov(x, y) / sqrt(var x var y), weighted.
///
/// Variance by linearisation of the three means of products about the means, with gradient
/// (1/s, -r/(2 v_x), -r/(2 v_y)), s = sqrt(v_x v_y).
///
/// # Errors
/// Those of [`mean`](crate::mean), and [`Error::NoVariation`] when a value is the same for everybody.
///
/// # Source
/// R `cov2cor` of `survey::svyvar`; its variance as by `svycontrast`.
///
/// # Example
/// ```
/// use stats::{Basis, Design, DesignParts, Mask, correlation};
/// let design = Design::new(DesignParts::weighted(vec![1.0; 4], Basis::Probability))?;
/// let r = correlation(&design, &[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0], &Mask::all(4))?;
/// assert!((r.value - 0.8).abs() < 1e-12);
/// # Ok::<(), stats::Error>(())
/// ```
pub fn correlation(design: &Design, x: &[f64], y: &[f64], domain: &Mask) -> Result<Estimate, Error> {
    let centres = means(design, &[Variable { values: x, domain }, Variable { values: y, domain }])?;
    let product = |row: usize, one: &[f64], a: f64, other: &[f64], b: f64| match domain.contains(row) {
        true => (one[row] - a) * (other[row] - b),
        false => 0.0,
    };
    let (a, b) = (centres.values[0], centres.values[1]);
    let column = |of: &dyn Fn(usize) -> f64| (0..design.rows()).map(of).collect::<Vec<f64>>();
    let both = column(&|row| product(row, x, a, y, b));
    let (xx, yy) = (column(&|row| product(row, x, a, x, a)), column(&|row| product(row, y, b, y, b)));
    let moments = [&both, &xx, &yy].map(|values| Variable { values, domain });
    let moments = means(design, &moments)?;
    let (together, own, other) = (moments.values[0], moments.values[1], moments.values[2]);
    if own <= 0.0 || other <= 0.0 {
        return Err(Error::NoVariation);
    }
    let scale = (own * other).sqrt();
    let value = together / scale;
    let (_, standard_error) =
        moments.contrast(&[1.0 / scale, -value / (2.0 * own), -value / (2.0 * other)])?;
    Ok(Estimate { value, standard_error, ..moments.estimate(0)? })
}
