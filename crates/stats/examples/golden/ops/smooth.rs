//! Contrasts: linear combinations and smooth functions of estimates.

use serde_json::{Value, json};

use super::shapes::{self, Read, Statistic};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::expression::{self, Expression, Sign, arithmetic, call};
use crate::runner::fields::Fields;

pub(crate) fn contrast(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let base = Fields::new("base", op.need("base")?)?;
    let read = shapes::read(&base, &sample, Statistic::read(&base, "fn")?)?;
    base.finish()?;
    let (value, se) = match (op.numbers("coef")?, op.text("expr")?) {
        (Some(coefficients), None) => read.estimates.contrast(&coefficients)?,
        (None, Some(text)) => {
            let (value, gradient) = Dual::of(&expression::read(text)?, &read)?.parts();
            read.estimates.smooth(value, &gradient)?
        }
        _ => return Err(Failure::Broken("a contrast has either `coef` or `expr`".into())),
    };
    let reach = stats::normal_quantile(0.975) * se;
    Ok(json!({ "est": value, "se": se, "ci95_normal": [value - reach, value + reach] }))
}

/// A number with its derivatives by every estimate.
#[derive(Clone)]
struct Dual(f64, Vec<f64>);

impl Dual {
    fn parts(self) -> (f64, Vec<f64>) {
        (self.0, self.1)
    }

    fn of(expression: &Expression, read: &Read) -> Result<Dual, Failure> {
        let size = read.estimates.values.len();
        match expression {
            Expression::Number(value) => Ok(Dual(*value, vec![0.0; size])),
            Expression::Column(name) => {
                let names = read.groups.as_ref().map_or_else(|| read.names.clone(), |groups| groups.names());
                let place = names.iter().position(|known| known == name);
                let place = place.ok_or_else(|| Failure::Broken(format!("no estimate `{name}`")))?;
                let mut gradient = vec![0.0; size];
                gradient[place] = 1.0;
                Ok(Dual(read.estimates.values[place], gradient))
            }
            Expression::Negative(inner) => Ok(Dual::of(inner, read)?.scaled(-1.0)),
            Expression::Call(name, inner) => Dual::of(inner, read)?.call(name),
            Expression::Pair(sign, left, right) => Dual::of(left, read)?.pair(*sign, &Dual::of(right, read)?),
            _ => Err(Failure::Broken("a contrast is a smooth expression".into())),
        }
    }

    fn scaled(self, factor: f64) -> Dual {
        Dual(self.0 * factor, self.1.into_iter().map(|slope| slope * factor).collect())
    }

    fn call(self, name: &str) -> Result<Dual, Failure> {
        let value = call(name, self.0)?;
        let slope = match name {
            "log" => 1.0 / self.0,
            "exp" => value,
            _ => 0.5 / value,
        };
        Ok(Dual(value, self.1.into_iter().map(|inner| inner * slope).collect()))
    }

    fn pair(&self, sign: Sign, other: &Dual) -> Result<Dual, Failure> {
        let (a, b) = (self.0, other.0);
        let (by_a, by_b) = match sign {
            Sign::Plus => (1.0, 1.0),
            Sign::Minus => (1.0, -1.0),
            Sign::Times => (b, a),
            Sign::Over => (1.0 / b, -a / (b * b)),
            Sign::Power if a > 0.0 => (b * a.powf(b - 1.0), a.powf(b) * a.ln()),
            Sign::Power => (b * a.powf(b - 1.0), 0.0),
            _ => return Err(Failure::Broken("a contrast is a smooth expression".into())),
        };
        let slopes = self.1.iter().zip(&other.1).map(|(left, right)| by_a * left + by_b * right);
        Ok(Dual(arithmetic(sign, a, b), slopes.collect()))
    }
}
