//! Totals from memory, from pieces and from elsewhere; quantiles; unequal chances.

use proptest::prelude::*;
use stats::*;

use crate::close;

type Row = (u32, u32, u32, f64, f64);

/// Stratum, cluster, cell, weight and value of each row; every stratum has clusters of its own.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..2_u32, 0..4_u32, 0..3_u32, 0.5..4.0_f64, -5.0..5.0_f64);
    prop::collection::vec(row, 10..60).prop_map(|mut rows| {
        rows.iter_mut().for_each(|row| row.1 += 10 * row.0);
        // Two clusters per stratum at least, and everybody in some cell.
        rows.extend([(0, 0, 0, 1.0, 1.0), (0, 1, 1, 1.0, 2.0), (1, 10, 2, 1.0, 3.0), (1, 11, 0, 2.0, 4.0)]);
        rows
    })
}

fn column<T>(rows: &[Row], of: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

fn design(rows: &[Row]) -> Design {
    Design::new(DesignParts {
        strata: Some(column(rows, |row| row.0)),
        clusters: Some(column(rows, |row| row.1)),
        ..DesignParts::weighted(column(rows, |row| row.3), Basis::Probability)
    })
    .unwrap()
}

/// Each row a part of its own: sums may come in as many pieces as they like.
fn parts(rows: &[Row]) -> PartTotals {
    let part = |row: &Row| Part {
        stratum: row.0,
        cluster: row.1,
        cell: row.2,
        respondents: 1,
        weight: row.3,
        squares: row.3 * row.3,
        values: vec![row.3 * row.4],
    };
    PartTotals {
        parts: column(rows, part),
        labels: ClusterLabels::Unique,
        basis: Basis::Probability,
        lonely: Lonely::Fail,
    }
}

#[track_caller]
fn same(one: &Estimates, other: &Estimates) {
    for (at, value) in one.values.iter().enumerate() {
        close(*value, other.values[at]);
        close(one.effective_n[at], other.effective_n[at]);
        one.covariance[at].iter().zip(&other.covariance[at]).for_each(|(a, b)| close(*a, *b));
    }
    assert_eq!((&one.respondents, &one.reach), (&other.respondents, &other.reach));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sums_from_anywhere_give_the_estimates_of_the_rows(rows in rows()) {
        let (design, values, cells) =
            (design(&rows), column(&rows, |row| row.4), column(&rows, |row| row.2));
        let domains: Vec<Mask> =
            (0..3).map(|cell| Mask::from_fn(rows.len(), |row| cells[row] == cell)).collect();
        let variables: Vec<Variable<'_>> =
            domains.iter().map(|domain| Variable { values: &values, domain }).collect();
        let expected = means(&design, &variables).unwrap();
        same(&means_by(&design, &values, &cells).unwrap(), &expected);
        let here = RowTotals { design: &design, cells: &cells, columns: &[&values] }.by_cell().unwrap();
        for table in [here, parts(&rows).by_cell().unwrap()] {
            let domains: Vec<Mask> = (0..3).map(|cell| table.domain(|own| own == cell)).collect();
            same(&table.means(0, &domains).unwrap(), &expected);
            same(&table.totals(0, &domains).unwrap(), &totals(&design, &variables).unwrap());
        }
    }

    #[test]
    fn a_bootstrap_of_sums_is_that_of_the_rows(rows in rows()) {
        let kind = ReplicateKind::Bootstrap { replicates: 15, seed: 5 };
        let (design, values) = (design(&rows), column(&rows, |row| row.4));
        let cells = column(&rows, |row| row.2);
        let table = RowTotals { design: &design, cells: &cells, columns: &[&values] }.by_cell().unwrap();
        let boot = table.design().with_replicates(kind, Centre::Estimate).unwrap();
        let table = table.with_design(boot).unwrap();
        let boot = design.with_replicates(kind, Centre::Estimate).unwrap();
        let all = Mask::all(rows.len());
        let expected = totals(&boot, &[Variable { values: &values, domain: &all }]).unwrap();
        same(&table.totals(0, &[table.domain(|_| true)]).unwrap(), &expected);
        let by_cell = Mask::from_fn(rows.len(), |row| cells[row] == 0);
        let expected = totals(&boot, &[Variable { values: &values, domain: &by_cell }]).unwrap();
        same(&table.totals(0, &[table.domain(|cell| cell == 0)]).unwrap(), &expected);
    }

    #[test]
    fn quantiles_stay_within_the_data_and_rise_with_their_share(rows in rows(), rule in 0..10_usize) {
        use QuantileRule::*;
        let rule = [Math, School, ShahVaish, Hf3, Hf4, Hf5, Hf6, Hf7, Hf8, Hf9][rule];
        let options = QuantileOptions { rule, interval: QuantileInterval::Mean, level: 0.9 };
        let (design, values) = (design(&rows), column(&rows, |row| row.4));
        let shares = [0.0, 0.1, 0.3, 0.5, 0.9, 1.0];
        let each = quantiles(&design, &values, &shares, &Mask::all(rows.len()), &options).unwrap();
        let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
        for pair in each.windows(2) {
            prop_assert!(pair[0].value <= pair[1].value + 1e-12);
        }
        prop_assert!(each.iter().all(|one| one.value >= low && one.value <= high));
    }
}

#[test]
fn sums_do_not_depend_on_how_many_threads_add_them() {
    // More rows than a chunk has; what one thread adds in order, chunk by chunk, is the answer.
    let rows: Vec<Row> = (0..200_000_u32)
        .map(|row| (row % 4, row % 40, row % 3, 1.0 + f64::from(row % 7) / 3.0, f64::from(row % 11) / 7.0))
        .collect();
    let (design, values) = (design(&rows), column(&rows, |row| row.4));
    let all = Mask::all(rows.len());
    let first = mean(&design, &values, &all).unwrap();
    for _ in 0..3 {
        assert_eq!(mean(&design, &values, &all).unwrap(), first);
    }
    let weight: f64 = rows.iter().map(|row| row.3).sum();
    let value: f64 = rows.iter().map(|row| row.3 * row.4).sum();
    close(first.value, value / weight);
}

#[test]
fn a_calibrated_design_cannot_be_summed() {
    let design = Design::new(DesignParts::weighted(vec![1.0; 4], Basis::Probability)).unwrap();
    let margin = Margin {
        name: "m".into(),
        codes: vec![Some(0), Some(0), Some(1), Some(1)],
        targets: vec![Some(3.0), Some(1.0)],
        labels: vec!["a".into(), "b".into()],
    };
    let design = post_stratify(&design, &margin, Missing::Refuse).unwrap().design;
    let rows = RowTotals { design: &design, cells: &[0, 1, 0, 1], columns: &[] };
    assert_eq!(rows.by_cell().unwrap_err(), Error::NotSummable);
    // Means by group still come, from the rows.
    assert_eq!(means_by(&design, &[1.0, 2.0, 3.0, 4.0], &[0, 1, 0, 1]).unwrap().respondents, [2, 2]);
}

fn quantile_of(values: &[f64], weights: &[f64], share: f64, rule: QuantileRule) -> f64 {
    let design = Design::new(DesignParts::weighted(weights.to_vec(), Basis::Probability)).unwrap();
    let options = QuantileOptions { rule, interval: QuantileInterval::Mean, level: 0.95 };
    quantiles(&design, values, &[share], &Mask::all(values.len()), &options).unwrap()[0].value
}

#[test]
fn rules_differ_between_values() {
    let (values, weights) = ([40.0, 10.0, 30.0, 20.0], [1.0; 4]);
    let of = |rule| quantile_of(&values, &weights, 0.5, rule);
    assert_eq!(of(QuantileRule::Math), 20.0);
    assert_eq!(of(QuantileRule::School), 25.0);
    assert_eq!(of(QuantileRule::Hf3), 20.0);
    close(of(QuantileRule::Hf4), 20.0);
    close(of(QuantileRule::Hf5), 25.0);
    close(of(QuantileRule::Hf6), 25.0);
    close(of(QuantileRule::Hf7), 25.0);
    close(of(QuantileRule::Hf8), 25.0);
    close(of(QuantileRule::Hf9), 25.0);
    // The weight of 3 takes the median to itself.
    assert_eq!(quantile_of(&[1.0, 2.0, 3.0], &[1.0, 3.0, 1.0], 0.5, QuantileRule::Math), 2.0);
    assert_eq!(quantile_of(&[1.0, 2.0, 3.0], &[1.0, 3.0, 1.0], 0.2, QuantileRule::Math), 1.0);
}

#[test]
fn shares_below_values_are_cumulated() {
    let design = Design::new(DesignParts::weighted(vec![1.0, 3.0, 1.0], Basis::Probability)).unwrap();
    let shares = cumulative_shares(&design, &[1.0, 2.0, 3.0], &[0.0, 1.0, 2.5, 3.0], &Mask::all(3)).unwrap();
    shares.values.iter().zip([0.0, 0.2, 0.8, 1.0]).for_each(|(got, expected)| close(*got, expected));
}

#[test]
fn two_units_with_unequal_chances() {
    let (chances, t) = ([0.5, 0.25], [3.0, 1.0]);
    let weights = chances.iter().map(|chance| 1.0 / chance).collect();
    let sample = Design::new(DesignParts::weighted(weights, Basis::Probability)).unwrap();
    // Weighted totals 6 and 4.
    let variance = |joint| {
        let design = sample.with_unequal_chances(&chances, joint).unwrap();
        total(&design, &t, &Mask::all(2)).unwrap().standard_error.powi(2)
    };
    // 2 x (0.5 x 1^2 + 0.75 x 1^2)
    close(variance(JointChances::Brewer), 2.5);
    let known = |variance| JointChances::Known { chances: vec![vec![0.5, 0.1], vec![0.1, 0.25]], variance };
    // D = (0.1 - 0.125)/0.1 = -0.25: 0.5 x 36 + 0.75 x 16 - 0.5 x 24, and 0.25 x (6 - 4)^2.
    close(variance(known(PairVariance::HorvitzThompson)), 18.0);
    close(variance(known(PairVariance::YatesGrundy)), 1.0);
    // Overton: D = 1 - (2 - 0.375)/1 = -0.625.
    close(variance(JointChances::Overton(PairVariance::YatesGrundy)), 2.5);
    // Hartley and Rao with c = 0.375: D = 1 - (2 - 0.75 + 0.375)/1, the same.
    let rao = JointChances::HartleyRao { constant: None, variance: PairVariance::YatesGrundy };
    close(variance(rao), 2.5);
    let wrong = sample.with_unequal_chances(&[0.5, 1.5], JointChances::Brewer);
    assert_eq!(wrong.unwrap_err(), Error::ChanceNotUsable { row: 1, chance: 1.5 });
}

#[test]
fn equal_chances_are_a_simple_sample_by_brewer() {
    let population = vec![10.0; 4];
    let parts = DesignParts::weighted(vec![2.5; 4], Basis::Probability);
    let simple = Design::new(DesignParts { population: Some(population), ..parts.clone() }).unwrap();
    let brewer = Design::new(parts).unwrap().with_unequal_chances(&[0.4; 4], JointChances::Brewer).unwrap();
    let (y, all) = ([1.0, 2.0, 3.0, 9.0], Mask::all(4));
    close(mean(&brewer, &y, &all).unwrap().standard_error, mean(&simple, &y, &all).unwrap().standard_error);
}

#[test]
fn a_cross_table_counts_weights() {
    let design = Design::new(DesignParts::weighted(vec![1.0, 2.0, 4.0, 8.0], Basis::Probability)).unwrap();
    let (one, other) = ([Some(0), Some(1), Some(1), None], [Some(1), Some(0), Some(1), Some(0)]);
    let inside = Mask::from(vec![true, true, true, true]);
    assert_eq!(cross_table(&design, &one, &other, &inside).unwrap(), [[0.0, 1.0], [2.0, 4.0]]);
    let without_third = Mask::from(vec![true, true, false, true]);
    assert_eq!(cross_table(&design, &one, &other, &without_third).unwrap(), [[0.0, 1.0], [2.0, 0.0]]);
}

#[test]
fn a_code_that_only_the_last_people_give_is_in_the_table() {
    // More people than tell how large the codes are; the last row and column come after them, or before.
    let people: Vec<Row> = (0..6_000_u32)
        .map(|row| (row % 3, 10 * (row % 3) + row / 3 % 5, 0, 1.0 + f64::from(row % 7), f64::from(row)))
        .collect();
    let late = |row: &Row| row.4 >= 5_000.0;
    let one = |row: &Row| Some(if late(row) { 2 + row.4 as u32 % 2 } else { row.4 as u32 / 3 % 2 });
    let other = |row: &Row| Some(if late(row) { row.4 as u32 % 3 } else { row.4 as u32 / 5 % 2 });
    let test = |people: &[Row]| {
        let all = Mask::all(people.len());
        let (rows, columns) = (column(people, one), column(people, other));
        chi_square(&design(people), &rows, &columns, &all, AssociationMethod::RaoScottF).unwrap()
    };
    let after = test(&people);
    let turned: Vec<Row> = people.iter().rev().copied().collect();
    let before = test(&turned);
    assert!(after.statistic > 1.0);
    assert!((after.statistic / before.statistic - 1.0).abs() < 1e-10, "{after:?} {before:?}");
    let without: Vec<Row> = people.iter().copied().filter(|row| !late(row)).collect();
    assert!((after.statistic / test(&without).statistic - 1.0).abs() > 1e-3, "they count");
}

/// 3,000 people of two strata, raked on two margins and trimmed or not, with equal or unequal base weights.
fn people(unequal: bool, raked: bool, trimmed: bool) -> (Design, Vec<u32>) {
    let rows = 3_000_usize;
    let code = |row: usize, by: usize, of: usize| (row.wrapping_mul(2_654_435_761) >> by) % of;
    let weights = (0..rows).map(|row| if unequal { 1.0 + code(row, 7, 9) as f64 / 4.0 } else { 1.0 });
    let strata = Some((0..rows).map(|row| code(row, 3, 2) as u32).collect());
    let parts =
        DesignParts { strata, ..DesignParts::weighted(weights.collect(), Basis::NonprobabilityRaked) };
    let mut design = Design::new(parts).unwrap();
    let margin = |name: &str, by: usize, targets: &[f64]| Margin {
        name: name.into(),
        codes: (0..rows)
            .map(|row| Some(code(row, by, targets.len() + 1) as u32))
            .map(|code| code.filter(|code| *code < 4))
            .collect(),
        targets: targets.iter().map(|target| Some(target * 3_000.0)).chain([None]).collect(),
        labels: (0..=targets.len()).map(|code| code.to_string()).collect(),
    };
    let margins = [margin("status", 5, &[0.5, 0.3, 0.2]), margin("period", 11, &[0.25, 0.75])];
    if raked {
        design = rake(&design, &margins, &RakeOptions::with(Missing::OwnShare)).unwrap().design;
    }
    if trimmed {
        let upper = Some(Limit::TimesMedian(1.3));
        design = trim(&design, &TrimOptions { lower: None, upper, strict: false }).unwrap();
    }
    (design, (0..rows).map(|row| code(row, 9, 5) as u32).collect())
}

#[test]
fn people_alike_give_what_their_rows_give() {
    for case in 0..8 {
        let [unequal, raked, trimmed] = [1, 2, 4].map(|bit| case & bit != 0);
        let (design, cells) = people(unequal, raked, trimmed);
        let kinds = Kinds::of(&design).unwrap();
        let table = KindTotals { design: &design, kinds: &kinds, cells: &cells }.by_cell().unwrap();
        assert!(table.cells().len() < cells.len() / 2, "{} rows in case {case}", table.cells().len());
        for inside in [[0, 1, 2, 3, 4].as_slice(), &[0, 1, 2], &[3, 4]] {
            let of = |cells: &[u32]| -> (Vec<f64>, Mask) {
                let values = cells.iter().map(|cell| f64::from(u8::from(*cell == 1 || *cell == 3)));
                (values.collect(), Mask::from_fn(cells.len(), |row| inside.contains(&cells[row])))
            };
            let ask = |design: &Design, cells: &[u32]| {
                let (values, domain) = of(cells);
                let found = proportion(design, &values, &domain, ProportionInterval::Beta, 0.95).unwrap();
                let rest = Mask::from_fn(cells.len(), |row| cells[row] == 4);
                let apart = difference(design, &values, &domain, &rest, 0.95).ok();
                (found, apart.map(|apart| [apart.value, apart.low, apart.high]))
            };
            let ((rows, apart), (sums, again)) = (ask(&design, &cells), ask(table.design(), table.cells()));
            for (rows, sums) in [
                (rows.value, sums.value),
                (rows.standard_error, sums.standard_error),
                (rows.low, sums.low),
                (rows.high, sums.high),
                (rows.effective_n, sums.effective_n),
            ] {
                crate::close(sums, rows);
            }
            assert_eq!(
                (rows.respondents, rows.degrees_of_freedom),
                (sums.respondents, sums.degrees_of_freedom)
            );
            for (rows, sums) in apart.into_iter().flatten().zip(again.into_iter().flatten()) {
                crate::close(sums, rows);
            }
        }
    }
}

#[test]
fn rows_that_something_else_tells_apart_are_not_alike() {
    let parts = DesignParts {
        clusters: Some(vec![0, 0, 1]),
        ..DesignParts::weighted(vec![1.0; 3], Basis::Probability)
    };
    assert!(matches!(Kinds::of(&Design::new(parts).unwrap()), Err(Error::NotSummable)));
    let plain = Design::new(DesignParts::weighted(vec![1.0; 3], Basis::Probability)).unwrap();
    let kind = ReplicateKind::Bootstrap { replicates: 50, seed: 1 };
    let repeated = plain.with_replicates(kind, Centre::MeanOfReplicates).unwrap();
    assert!(matches!(Kinds::of(&repeated), Err(Error::NotSummable)));
}
