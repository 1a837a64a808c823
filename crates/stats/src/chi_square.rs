//! Whether two questions are related: tests of a table under the design.

mod table;
#[cfg(test)]
mod tests;
mod wald;
mod weighted_sum;

use crate::distributions::{chi_square_above, f_above};
use crate::matrix::{Cholesky, Rows, dot, product, symmetric_eigenvalues, times, transposed};
use crate::sum::sum;
use crate::{Basis, Design, Error, Mask, RowTotals, Totals};
use table::{Answers, Coded, Table};

/// How the test of a table is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AssociationMethod {
    /// Rao and Scott's second order, as F. The default.
    #[default]
    RaoScottF,
    /// Rao and Scott's first order, as a scaled chi-square.
    RaoScottChiSquare,
    /// Wald's quadratic form of the differences from independence, as F.
    Wald,
    /// The same, adjusted for estimating the covariance from few clusters.
    AdjustedWald,
    /// The weighted sum of chi-squares by Kuonen's saddle point.
    Saddlepoint,
    /// The weighted sum of chi-squares by numerical integration.
    LinearCombination,
}

/// A test of whether rows and columns of a table are independent in the population.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// F, X2 or Wald's F, as the method says.
    pub statistic: f64,
    /// Degrees of freedom of the statistic; none for a weighted sum of chi-squares.
    pub numerator: Option<f64>,
    /// Degrees of freedom of the denominator of F; none otherwise.
    pub denominator: Option<f64>,
    /// Chance of a larger statistic under independence.
    pub p: f64,
    /// Codes of the rows that have respondents; the others left the table.
    pub rows: Vec<u32>,
    /// Codes of the columns that have respondents; the others left the table.
    pub columns: Vec<u32>,
    /// Rows of the design with a weight and both answers in the domain.
    pub respondents: usize,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// Tests whether two categorical answers are independent.
///
/// With p the weighted shares of the cells, V their design covariance, n respondents, C contrasts of
/// independence and D = diag p: delta = (C'D^-1 C/n)^-1 C'D^-1 V D^-1 C with eigenvalues l. X2 is
/// Pearson's, n sum (p - r c)^2/(r c).
/// - `RaoScottF`: F = X2/sum l on d0 = (sum l)^2/sum l^2 and d0 x degrees of freedom of the design.
/// - `RaoScottChiSquare`: X2/mean l as chi-square on the number of contrasts; the statistic shown is X2.
/// - `Wald`, `AdjustedWald`: Y'V(Y)^-1 Y of the totals' differences Y from independence.
/// - `Saddlepoint`, `LinearCombination`: P(sum l chi2_1 > X2 chi2_v/v) with v = d0 x degrees of freedom.
///
/// Rows and columns without respondents leave first. A missing code takes its row out of the domain.
///
/// # Errors
/// [`Error::TooFew`] with fewer than two rows or columns left, [`Error::TooMany`] when the
/// design has fewer degrees of freedom than contrasts, [`Error::NoVariation`] when the cells do not vary,
/// and those of [`means`](crate::means).
///
/// # Source
/// Rao and Scott 1984, Annals of Statistics 12, 46-60; Fellegi 1980; Kuonen 1999, Biometrika 86, 929-935;
/// R `survey::svychisq`.
pub fn chi_square(
    design: &Design,
    rows: &[Option<u32>],
    columns: &[Option<u32>],
    domain: &Mask,
    method: AssociationMethod,
) -> Result<Association, Error> {
    let answers = Answers::new(design, rows, columns, domain)?;
    if let Some((sums, coded)) = Coded::summed(&answers, design)? {
        return test(&sums, &Table::new(&coded, &coded.cells), coded, method);
    }
    let coded = Coded::read(&answers, design)?;
    match (RowTotals { design, cells: &coded.cells, columns: &[] }).by_cell() {
        Ok(sums) => test(sums.design(), &Table::new(&coded, sums.cells()), coded, method),
        // Calibration and later stages need the rows themselves.
        Err(Error::NotSummable) => test(design, &Table::new(&coded, &coded.cells), coded, method),
        Err(error) => Err(error),
    }
}

fn test(
    design: &Design,
    table: &Table,
    coded: Coded,
    method: AssociationMethod,
) -> Result<Association, Error> {
    let degrees = design.degrees_of_freedom(&table.domain);
    let contrasts = table.contrasts();
    if degrees < contrasts {
        return Err(Error::TooMany { what: "contrasts", asked: contrasts, degrees });
    }
    let outcome = match method {
        AssociationMethod::Wald => wald::plain(design, table, degrees as f64)?,
        AssociationMethod::AdjustedWald => wald::adjusted(design, table, degrees as f64)?,
        _ => rao_scott(design, table, degrees as f64, method)?,
    };
    Ok(Association {
        statistic: outcome.statistic,
        numerator: outcome.numerator,
        denominator: outcome.denominator,
        p: outcome.p,
        respondents: outcome.respondents,
        rows: coded.rows,
        columns: coded.columns,
        basis: design.basis(),
    })
}

/// What a method finds.
struct Outcome {
    statistic: f64,
    numerator: Option<f64>,
    denominator: Option<f64>,
    p: f64,
    respondents: usize,
}

fn rao_scott(
    design: &Design,
    table: &Table,
    degrees: f64,
    method: AssociationMethod,
) -> Result<Outcome, Error> {
    let estimates = table.shares(design)?;
    let shares = &estimates.values;
    let respondents = estimates.respondents[0];
    let n = respondents as f64;
    let pearson = n * table.distance(shares);
    let effects = effects(table, shares, &estimates.covariance, n)?;
    let total = sum(effects.iter().copied());
    let d0 = total * total / dot(&effects, &effects);
    let v = d0 * degrees;
    let (statistic, numerator, denominator, p) = match method {
        AssociationMethod::RaoScottChiSquare => {
            let contrasts = effects.len() as f64;
            let p = chi_square_above(pearson / (total / contrasts), contrasts);
            (pearson, Some(contrasts), None, p)
        }
        AssociationMethod::Saddlepoint => {
            (pearson, None, None, weighted_sum::saddlepoint(pearson, &effects, v))
        }
        AssociationMethod::LinearCombination => {
            (pearson, None, None, weighted_sum::integrated(pearson, &effects, v))
        }
        _ => (pearson / total, Some(d0), Some(v), f_above(pearson / total, d0, v)),
    };
    Ok(Outcome { statistic, numerator, denominator, p, respondents })
}

/// The eigenvalues l: how much wider each contrast varies than under simple random sampling.
fn effects(table: &Table, shares: &[f64], covariance: &Rows, n: f64) -> Result<Vec<f64>, Error> {
    // D^-1 C, one contrast per line; an empty cell carries nothing.
    let scale = |contrast: &Vec<f64>| {
        contrast.iter().zip(shares).map(|(c, p)| if *p > 0.0 { c / p } else { 0.0 }).collect::<Vec<f64>>()
    };
    let contrasts = table.independence();
    let scaled: Rows = contrasts.iter().map(scale).collect();
    let simple: Rows = contrasts.iter().map(|c| times(&scaled, c).iter().map(|s| s / n).collect()).collect();
    let split = Cholesky::new(&simple).map_err(|_| Error::NoVariation)?;
    let spread = product(&scaled, &transposed(&product(&scaled, covariance)));
    // L^-1 S L^-T has the eigenvalues of A^-1 S.
    let half: Rows = spread.iter().map(|row| split.solve_lower(row)).collect();
    let both: Rows = transposed(&half).iter().map(|row| split.solve_lower(row)).collect();
    let effects = symmetric_eigenvalues(&both);
    if sum(effects.iter().copied()) <= 0.0 {
        return Err(Error::NoVariation);
    }
    Ok(effects)
}
