//! The share still waiting.

use super::Waiting;
use crate::replicate::covariance_of;
use crate::{Design, Error, Estimates, Mask, kish_of};

/// The share still waiting after each time of `at`: prod over event times <= t of (1 - d/Y).
///
/// d is the weight of those whom the event reached at a time, Y of those still watched then. Variance by
/// linearisation of ln S: z_i = -S sum (dN_i - Y_i d/Y)/(Y - d).
///
/// # Errors
/// [`Error::NoEvents`], [`Error::EmptyDomain`], [`Error::ValueNotFinite`], [`Error::RowsDiffer`],
/// [`Error::LonelyCluster`].
///
/// # Source
/// Kaplan and Meier 1958, Journal of the American Statistical Association 53, 457-481; R `survey::svykm`.
pub fn kaplan_meier(
    design: &Design,
    waiting: Waiting<'_>,
    domain: &Mask,
    at: &[f64],
) -> Result<Estimates, Error> {
    let rows = waiting.rows(design, domain)?;
    let values = Curve::new(waiting, &rows, design.weights()).values(at);
    let covariance = covariance_of(
        design,
        domain,
        &values,
        || Ok(influences(design, waiting, &rows, at)),
        |weights| Ok(Curve::new(waiting, &rows, weights).values(at)),
    )?;
    Ok(Estimates {
        respondents: vec![rows.len(); values.len()],
        effective_n: vec![kish_of(design, domain)?.effective_n; values.len()],
        reach: vec![design.reach(domain); values.len()],
        basis: design.basis(),
        values,
        covariance,
    })
}

/// The steps of the curve.
struct Curve {
    /// Event times, ascending.
    times: Vec<f64>,
    /// Weight of those whom the event reached.
    reached: Vec<f64>,
    /// Weight of those still watched.
    watched: Vec<f64>,
}

impl Curve {
    fn new(waiting: Waiting<'_>, rows: &[usize], weights: &[f64]) -> Curve {
        let mut order = rows.to_vec();
        order.sort_by(|a, b| waiting.times[*b].total_cmp(&waiting.times[*a]));
        let mut curve = Curve { times: Vec::new(), reached: Vec::new(), watched: Vec::new() };
        let mut watched = 0.0;
        for ties in order.chunk_by(|a, b| waiting.times[*a] == waiting.times[*b]) {
            watched += ties.iter().map(|row| weights[*row]).sum::<f64>();
            let reached: f64 =
                ties.iter().filter(|row| waiting.happened[**row]).map(|row| weights[*row]).sum();
            if reached > 0.0 {
                curve.times.push(waiting.times[ties[0]]);
                curve.reached.push(reached);
                curve.watched.push(watched);
            }
        }
        curve.times.reverse();
        curve.reached.reverse();
        curve.watched.reverse();
        curve
    }

    fn steps(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        self.times.iter().zip(&self.reached).zip(&self.watched).map(|((time, d), y)| (*time, *d, *y))
    }

    fn values(&self, at: &[f64]) -> Vec<f64> {
        at.iter().map(|at| self.value(*at)).collect()
    }

    fn value(&self, at: f64) -> f64 {
        self.steps().take_while(|(time, ..)| *time <= at).map(|(_, d, y)| (1.0 - d / y).max(0.0)).product()
    }
}

fn influences(design: &Design, waiting: Waiting<'_>, rows: &[usize], at: &[f64]) -> Vec<Vec<f64>> {
    let curve = Curve::new(waiting, rows, design.weights());
    // Cumulated d/(Y (Y - d)), and 1/(Y - d), at each event time.
    let mut hazards = Vec::with_capacity(curve.times.len());
    let mut total = 0.0;
    for (_, d, y) in curve.steps() {
        total += d / (y * (y - d));
        hazards.push((total, 1.0 / (y - d)));
    }
    let one = |at: &f64| {
        let mut column = vec![0.0; design.rows()];
        let value = curve.value(*at);
        // Where nobody is left waiting, the curve is at zero and stays there.
        for row in rows.iter().filter(|_| value > 0.0) {
            let time = waiting.times[*row].min(*at);
            let steps = curve.times.partition_point(|event| *event <= time);
            let passed = if steps == 0 { 0.0 } else { hazards[steps - 1].0 };
            let reached = waiting.happened[*row] && waiting.times[*row] <= *at;
            let jump = if reached { hazards[steps - 1].1 } else { 0.0 };
            column[*row] = value * (passed - jump);
        }
        column
    };
    at.iter().map(one).collect()
}
