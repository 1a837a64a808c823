//! Tests of tables, means and ranks.

use serde_json::{Value, json};
use stats::{AssociationMethod, Mask, RankScore, chi_square, rank_test, t_test, t_test_of_zero};

use super::groups::domain_of;
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::expression;
use crate::runner::fields::Fields;
use crate::runner::formula::{Formula, Values};

pub(crate) fn chisq(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let names = op.need_texts("vars")?;
    let [rows, columns] = names.as_slice() else {
        return Err(Failure::Broken("a table has two variables".into()));
    };
    let method = match op.need_text("statistic")? {
        "F" => AssociationMethod::RaoScottF,
        "Chisq" => AssociationMethod::RaoScottChiSquare,
        "Wald" => AssociationMethod::Wald,
        "adjWald" => AssociationMethod::AdjustedWald,
        "saddlepoint" => AssociationMethod::Saddlepoint,
        "lincom" => AssociationMethod::LinearCombination,
        other => return Err(op.unknown("statistic", other)),
    };
    op.flag("na_rm")?;
    let domain = domain_of(op, &sample)?;
    let codes = |name: &str| Ok::<_, Failure>(sample.table.column(name)?.levels().1);
    let test = chi_square(&sample.design, &codes(rows)?, &codes(columns)?, &domain, method)?;
    let degrees: Vec<f64> = [test.numerator, test.denominator].into_iter().flatten().collect();
    Ok(json!({ "statistic": test.statistic, "parameter": degrees, "p_value": test.p }))
}

/// A response and the groups that a formula compares it between.
struct Compared {
    values: Vec<f64>,
    groups: Vec<Option<u32>>,
    domain: Mask,
}

fn compared(op: &Fields<'_>, sample: &Sample<'_>, formula: &Formula<'_>) -> Result<Compared, Failure> {
    let values = expression::read(formula.response)?.numbers(sample.table)?;
    let grouping = Values::read(formula.only_term()?, sample.table)?;
    let asked = domain_of(op, sample)?;
    let known = |row: usize| asked.contains(row) && values[row].is_some() && grouping.is_known(row);
    let domain = Mask::from_fn(asked.rows(), known);
    let (_, groups) = grouping.levels(&domain);
    Ok(Compared {
        values: values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
        groups,
        domain,
    })
}

pub(crate) fn ttest(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let formula = Formula::read(op.need_text("formula")?)?;
    let test = if formula.is_against(false) || formula.is_against(true) {
        let values = expression::read(formula.response)?.numbers(sample.table)?;
        let asked = domain_of(op, &sample)?;
        let domain = Mask::from_fn(asked.rows(), |row| asked.contains(row) && values[row].is_some());
        let values: Vec<f64> = values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        t_test_of_zero(&sample.design, &values, &domain, 0.95)?
    } else {
        let data = compared(op, &sample, &formula)?;
        let groups = data.groups.iter().flatten().max().map_or(0, |last| *last as usize + 1);
        if groups != 2 {
            return Err(stats::Error::GroupsNotTwo { groups }.into());
        }
        let of = |code: u32| Mask::from_fn(data.groups.len(), |row| data.groups[row] == Some(code));
        t_test(&sample.design, &data.values, &of(0), &of(1), 0.95)?
    };
    Ok(json!({
        "statistic": test.t,
        "parameter": test.degrees_of_freedom,
        "p_value": test.p,
        "estimate": test.value,
        "conf_int": [test.low, test.high],
    }))
}

pub(crate) fn ranktest(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let formula = Formula::read(op.need_text("formula")?)?;
    let score = match op.need_text("test")? {
        "wilcoxon" | "KruskalWallis" => RankScore::Wilcoxon,
        "vanderWaerden" => RankScore::VanDerWaerden,
        "median" => RankScore::Median,
        other => return Err(op.unknown("test", other)),
    };
    let data = compared(op, &sample, &formula)?;
    let test = rank_test(&sample.design, &data.values, &data.groups, &data.domain, score)?;
    Ok(match test.t() {
        Some(t) => json!({
            "statistic": t,
            "parameter": test.degrees_of_freedom,
            "p_value": test.p,
            "estimate": test.differences,
            "chisq": test.chi_square,
            "df": test.contrasts,
        }),
        None => json!({ "chisq": test.chi_square, "df": test.contrasts, "p_value": test.p }),
    })
}

pub(crate) fn cronbach_alpha(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    match op.text("missing")? {
        None | Some("listwise") => {}
        Some(other) => return Err(op.unknown("missing", other)),
    }
    let items = super::groups::variables(&sample, &op.need_texts("vars")?)?;
    let filled: Vec<Vec<f64>> = items.iter().map(super::groups::Variable::filled).collect();
    let columns: Vec<&[f64]> = filled.iter().map(Vec::as_slice).collect();
    let alpha = stats::cronbach_alpha(&sample.design, &columns, &domain_of(op, &sample)?)?;
    Ok(json!({ "alpha": alpha.value }))
}
