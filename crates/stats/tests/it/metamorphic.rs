//! What must stay true of every estimate, test and model when the same survey is written down otherwise.
//!
//! Here, under weights scaled, rows permuted, split or of no weight, labels and categories renamed, and anything
//! standing outside the domain: `chi_square` (Rao-Scott, scaled, Wald), `t_test`, `rank_test`, `cronbach_alpha`,
//! `correlation`, `pairwise`, `regression` (three families), `predictive_margin`, `ordinal_regression`,
//! `standardize`, `kaplan_meier`, `hazard_regression`, `log_rank`, `mean`, `ratio`, `proportion`, `quantiles`,
//! `multi_response` (three bases), `difference`, and means after `rake` (free and within bounds, to shares),
//! `post_stratify` and `nonresponse_classes`.
//!
//! Elsewhere: `total`, contrasts, `trim` and wide bounds in `properties`; `means_by` and sums from parts in `sums`;
//! replicates in `replicates`; distances of `calibrate` in `weighting`. `Referral` and `fay_herriot` have no rows with
//! weights, and their equal cases stand beside their code.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use stats::*;

/// A survey of 72 people in 3 strata of 4 clusters.
#[derive(Clone, Debug)]
struct Sheet {
    strata: Vec<u32>,
    clusters: Vec<u32>,
    weights: Vec<f64>,
    /// Two numbers, a group of three and a group of two.
    x: Vec<f64>,
    y: Vec<f64>,
    three: Vec<u32>,
    two: Vec<u32>,
    waits: Vec<f64>,
    happened: Vec<bool>,
    domain: Vec<bool>,
}

impl Sheet {
    fn new(seed: u64) -> Sheet {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut share = || (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let rows = 72_usize;
        let mut sheet = Sheet {
            strata: (0..rows).map(|row| row as u32 / 24).collect(),
            clusters: (0..rows).map(|row| row as u32 / 6).collect(),
            weights: (0..rows).map(|_| 1.0 + 4.0 * share()).collect(),
            x: (0..rows).map(|_| 10.0 * share()).collect(),
            y: vec![],
            three: (0..rows).map(|_| (3.0 * share()) as u32).collect(),
            two: (0..rows).map(|_| (2.0 * share()) as u32).collect(),
            waits: (0..rows).map(|_| 20.0 * share()).collect(),
            happened: (0..rows).map(|_| share() < 0.7).collect(),
            domain: (0..rows).map(|_| share() < 0.9).collect(),
        };
        sheet.y = sheet.x.iter().map(|x| 0.3 * x + 5.0 * share()).collect();
        sheet
    }

    fn rows(&self) -> usize {
        self.weights.len()
    }

    /// The same rows in the order of `order`, any row twice when it stands there twice.
    fn picked(&self, order: &[usize]) -> Sheet {
        fn pick<T: Copy>(from: &[T], order: &[usize]) -> Vec<T> {
            order.iter().map(|row| from[*row]).collect()
        }
        Sheet {
            strata: pick(&self.strata, order),
            clusters: pick(&self.clusters, order),
            weights: pick(&self.weights, order),
            x: pick(&self.x, order),
            y: pick(&self.y, order),
            three: pick(&self.three, order),
            two: pick(&self.two, order),
            waits: pick(&self.waits, order),
            happened: pick(&self.happened, order),
            domain: pick(&self.domain, order),
        }
    }

    fn design(&self) -> Design {
        Design::new(DesignParts {
            strata: Some(self.strata.clone()),
            clusters: Some(self.clusters.clone()),
            ..DesignParts::weighted(self.weights.clone(), Basis::Probability)
        })
        .unwrap()
    }

    /// The design with two replicates for each cluster, in which it weighs a little more, or less, beside the other
    /// three of its stratum: their scatter is what Taylor's first derivative says it is.
    fn nudged(&self) -> Design {
        const STEP: f64 = 0.3;
        let nudge = |cluster: u32, step: f64| {
            let share = |own: u32| if own == cluster { 0.75 } else { -0.25 };
            let factor = |own: &u32| if *own / 4 == cluster / 4 { 1.0 + step * share(*own) } else { 1.0 };
            self.clusters.iter().map(factor).collect()
        };
        let clusters = self.clusters.iter().max().map_or(0, |last| last + 1);
        let replicates = (0..clusters).flat_map(|cluster| [nudge(cluster, STEP), nudge(cluster, -STEP)]);
        let (weights, scale) = (ReplicateWeights::Factors(replicates.collect()), 0.5 / STEP / STEP);
        let parts = ReplicateParts { weights, scale, rscales: vec![4.0 / 3.0], centre: Centre::Estimate };
        self.design().with_replicate_weights(parts).unwrap()
    }

    fn mask(&self) -> Mask {
        Mask::from(self.domain.clone())
    }

    fn codes(&self, of: &[u32]) -> Vec<Option<u32>> {
        of.iter().map(|code| Some(*code)).collect()
    }

    fn terms(&self) -> Vec<Term> {
        let group = self.two.iter().map(|code| f64::from(*code)).collect();
        vec![Term::intercept(self.rows()), Term::new("x", self.x.clone()), Term::new("two", group)]
    }
}

/// One statistic under a name, with what may change by rounding or by where an iteration stops.
type Answer = (&'static str, Result<Vec<f64>, Error>, f64);

fn answers(sheet: &Sheet) -> Vec<Answer> {
    let design = sheet.design();
    [tests(sheet, &design), models(sheet, &design), waits(sheet, &design), shares(sheet, &design)].concat()
}

fn tests(sheet: &Sheet, design: &Design) -> Vec<Answer> {
    let mask = sheet.mask();
    let (three, two) = (sheet.codes(&sheet.three), sheet.codes(&sheet.two));
    let of = |code: u32| Mask::from_fn(sheet.rows(), |row| mask.contains(row) && sheet.two[row] == code);
    let table = |method| {
        chi_square(design, &three, &two, &mask, method).map(|test| match method {
            // X2 itself grows with the number of rows.
            AssociationMethod::RaoScottChiSquare => vec![test.p],
            _ => vec![test.statistic, test.p],
        })
    };
    let t = t_test(design, &sheet.y, &of(0), &of(1), 0.95).map(|t| vec![t.value, t.standard_error, t.p]);
    let rank = rank_test(design, &sheet.y, &three, &mask, RankScore::Wilcoxon);
    let alpha = cronbach_alpha(design, &[&sheet.x, &sheet.y], &mask).map(|alpha| vec![alpha.value]);
    let r = correlation(design, &sheet.x, &sheet.y, &mask).map(|r| vec![r.value, r.standard_error]);
    let family = pairwise(design, &sheet.y, &[of(0), of(1)], Adjustment::Holm, 0.95);
    vec![
        ("rao scott", table(AssociationMethod::RaoScottF), 1e-7),
        ("scaled chi-square", table(AssociationMethod::RaoScottChiSquare), 1e-7),
        ("wald", table(AssociationMethod::Wald), 1e-7),
        ("t test", t, 1e-9),
        ("rank test", rank.map(|test| vec![test.chi_square, test.p]), 1e-8),
        ("alpha", alpha, 1e-9),
        ("correlation", r, 1e-9),
        ("pairwise", family.map(|family| vec![family.comparisons[0].p_adjusted]), 1e-9),
    ]
}

fn shares(sheet: &Sheet, design: &Design) -> Vec<Answer> {
    let mask = sheet.mask();
    let number = |yes: bool| f64::from(u8::from(yes));
    let yes: Vec<f64> = sheet.happened.iter().map(|yes| number(*yes)).collect();
    let group: Vec<f64> = sheet.two.iter().map(|code| f64::from(*code)).collect();
    let both = |one: Result<Estimate, Error>| one.map(|one| vec![one.value, one.standard_error]);
    let share = |method| {
        proportion(design, &yes, &mask, method, 0.95).map(|share| vec![share.value, share.low, share.high])
    };
    let halves = QuantileOptions { rule: QuantileRule::Math, interval: QuantileInterval::Mean, level: 0.9 };
    let middle = quantiles(design, &sheet.y, &[0.5], &mask, &halves);
    let ticks = |share_of| {
        let found = multi_response(design, &[&yes, &group], &mask, &mask, share_of)?;
        Ok([found.shares.values.clone(), vec![found.shares.standard_error(1)]].concat())
    };
    let of = |code: u32| Mask::from_fn(sheet.rows(), |row| mask.contains(row) && sheet.two[row] == code);
    let apart = difference(design, &sheet.y, &of(0), &of(1), 0.95);
    vec![
        ("mean", both(mean(design, &sheet.y, &mask)), 1e-9),
        ("ratio", both(ratio(design, &sheet.x, &sheet.y, &mask)), 1e-9),
        ("logit share", share(ProportionInterval::LinearisedLogit), 1e-8),
        ("wilson share", share(ProportionInterval::Wilson), 1e-8),
        ("arcsine share", share(ProportionInterval::Arcsine), 1e-8),
        ("quantile", middle.map(|found| vec![found[0].value]), 1e-9),
        ("respondents", ticks(ShareOf::Respondents), 1e-9),
        ("cases", ticks(ShareOf::Cases), 1e-9),
        ("responses", ticks(ShareOf::Responses), 1e-9),
        ("difference", apart.map(|apart| vec![apart.value, apart.standard_error]), 1e-9),
        ("raked", weighted(sheet, design, None), 1e-7),
        ("raked within bounds", weighted(sheet, design, Some((0.2, 4.0))), 1e-6),
    ]
}

/// Means after weighting: to a margin by raking, by classes of response.
fn weighted(sheet: &Sheet, design: &Design, bounds: Option<(f64, f64)>) -> Result<Vec<f64>, Error> {
    let mask = sheet.mask();
    let margin = |name: &str, codes: Vec<Option<u32>>, targets: [f64; 2]| Margin {
        name: name.into(),
        codes,
        targets: targets.map(Some).to_vec(),
        labels: vec!["no".into(), "yes".into()],
    };
    let happened = sheet.happened.iter().map(|yes| Some(u32::from(*yes))).collect();
    let margins =
        [margin("two", sheet.codes(&sheet.two), [0.45, 0.55]), margin("happened", happened, [0.35, 0.65])];
    let options = RakeOptions { targets: Targets::Shares, bounds, ..RakeOptions::with(Missing::Refuse) };
    let raked = rake(design, &margins, &options)?.design;
    let one = post_stratify(design, &margin("two", sheet.codes(&sheet.two), [30.0, 42.0]), Missing::Refuse)?;
    let classes = nonresponse_classes(design, &sheet.two, &mask)?;
    let value = |design: &Design| mean(design, &sheet.y, &mask).map(|mean| mean.value);
    Ok(vec![value(&raked)?, value(&one.design)?, value(&classes)?])
}

fn models(sheet: &Sheet, design: &Design) -> Vec<Answer> {
    let (mask, terms) = (sheet.mask(), sheet.terms());
    let yes: Vec<f64> = sheet.three.iter().map(|code| f64::from(u8::from(*code == 0))).collect();
    let counts: Vec<f64> = sheet.three.iter().map(|code| f64::from(*code)).collect();
    let fit = |response: &[f64], family| {
        regression(design, response, &terms, &mask, family).map(|fit| {
            let errors = (0..3).map(|place| fit.standard_error(place));
            fit.coefficients.iter().copied().chain(errors).collect()
        })
    };
    let mut instead = terms.clone();
    instead[2].values = vec![1.0; sheet.rows()];
    let margin = predictive_margin(design, &yes, &terms, &instead, &mask, Family::Binomial);
    let ordinal = ordinal_regression(design, &sheet.codes(&sheet.three), &terms[1..], &mask);
    let composition =
        Composition { codes: &sheet.codes(&sheet.two), population: [(0, 3.0), (1, 1.0)].into() };
    let standard = standardize(design, &composition, &sheet.codes(&sheet.three), &mask);
    let standard = standard.and_then(|(design, domain)| mean(&design, &sheet.y, &domain));
    vec![
        ("gaussian", fit(&sheet.y, Family::Gaussian), 1e-9),
        // Where the information is taken depends on the path.
        ("binomial", fit(&yes, Family::Binomial), 1e-3),
        ("poisson", fit(&counts, Family::Poisson), 1e-3),
        ("margin", margin.map(|margin| vec![margin.value, margin.standard_error]), 1e-3),
        // As shares, since a threshold near 0 says nothing of how far it moved.
        (
            "ordinal",
            ordinal.map(|fit| fit.thresholds.iter().map(|cut| 1.0 / (1.0 + (-cut).exp())).collect()),
            5e-3,
        ),
        ("standardized", standard.map(|mean| vec![mean.value, mean.standard_error]), 1e-9),
    ]
}

fn waits(sheet: &Sheet, design: &Design) -> Vec<Answer> {
    let mask = sheet.mask();
    let waiting = Waiting { times: &sheet.waits, happened: &sheet.happened };
    let curve = kaplan_meier(design, waiting, &mask, &[5.0, 10.0]);
    let hazard = hazard_regression(design, waiting, &sheet.terms()[1..], &mask);
    let rank = log_rank(design, waiting, &sheet.codes(&sheet.two), &mask);
    vec![
        ("curve", curve.map(|shares| [shares.values.clone(), vec![shares.standard_error(1)]].concat()), 1e-9),
        ("hazard", hazard.map(|fit| vec![fit.coefficients[0], fit.standard_error(1)]), 1e-7),
        ("log rank", rank.map(|test| vec![test.z, test.p]), 1e-8),
    ]
}

#[track_caller]
/// Weights in another unit once moved the last step of the regression of hazards, and with it the standard error.
#[test]
fn the_unit_of_weights_moves_no_standard_error() {
    let sheet = Sheet::new(2_286_382_801_270_072_868);
    let mut scaled = sheet.clone();
    scaled.weights.iter_mut().for_each(|weight| *weight *= 431.521_532_108_025_4);
    same(&sheet, &scaled, &[]);
}

fn same(before: &Sheet, after: &Sheet, but: &[&str]) {
    for ((name, expected, slack), (_, got, _)) in answers(before).into_iter().zip(answers(after)) {
        match (expected, got) {
            _ if but.contains(&name) => {}
            (Ok(expected), Ok(got)) => {
                for (one, other) in expected.iter().zip(&got) {
                    let far = (one - other).abs() > slack * one.abs().max(1e-2);
                    assert!(!far, "{name}: {expected:?} became {got:?}");
                }
                assert_eq!(expected.len(), got.len());
            }
            (Err(one), Err(other)) => {
                assert_eq!(std::mem::discriminant(&one), std::mem::discriminant(&other), "{name}");
            }
            (expected, got) => panic!("{name}: {expected:?} became {got:?}"),
        }
    }
}

/// Exact times of two people make a tie, which Efron's rule does not treat as one person of both weights.
const TIES: [&str; 2] = ["hazard", "log rank"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn scaled_weights(seed: u64, factor in 0.01_f64..1000.0) {
        let sheet = Sheet::new(seed);
        let mut scaled = sheet.clone();
        scaled.weights.iter_mut().for_each(|weight| *weight *= factor);
        same(&sheet, &scaled, &[]);
    }

    #[test]
    fn permuted_rows(seed: u64, turn in 1_usize..71) {
        let sheet = Sheet::new(seed);
        let order: Vec<usize> = (0..72).map(|row| (row * 5 + turn) % 72).rev().collect();
        same(&sheet, &sheet.picked(&order), &[]);
    }

    #[test]
    fn split_rows(seed: u64, row in 0_usize..72) {
        let sheet = Sheet::new(seed);
        let order: Vec<usize> = (0..72).chain([row]).collect();
        let mut split = sheet.picked(&order);
        split.weights[row] /= 2.0;
        split.weights[72] /= 2.0;
        same(&sheet, &split, &TIES);
    }

    #[test]
    fn relabelled_strata_and_clusters(seed: u64) {
        let sheet = Sheet::new(seed);
        let mut other = sheet.clone();
        other.strata.iter_mut().for_each(|label| *label = 90 - 7 * *label);
        other.clusters.iter_mut().for_each(|label| *label = (*label * 5 + 3) % 12 + 100);
        same(&sheet, &other, &[]);
    }

    #[test]
    fn relabelled_categories(seed: u64) {
        let sheet = Sheet::new(seed);
        let mut other = sheet.clone();
        other.three.iter_mut().for_each(|code| *code = 10 * *code + 4);
        // The codes of `three` are also the counts and the answers of models.
        same(&sheet, &other, &["binomial", "poisson", "margin"]);
    }

    #[test]
    fn what_stands_outside_the_domain(seed: u64) {
        let sheet = Sheet::new(seed);
        let mut other = sheet.clone();
        for row in (0..72).filter(|row| !sheet.domain[*row]) {
            (other.x[row], other.y[row], other.waits[row]) = (f64::NAN, f64::NAN, f64::NAN);
        }
        same(&sheet, &other, &[]);
    }

    #[test]
    fn rows_of_no_weight(seed: u64, row in 0_usize..72) {
        let sheet = Sheet::new(seed);
        let order: Vec<usize> = (0..72).chain([row]).collect();
        let mut more = sheet.picked(&order);
        more.weights[72] = 0.0;
        same(&sheet, &more, &[]);
    }

    #[test]
    fn two_groups_turned_round(seed: u64) {
        let sheet = Sheet::new(seed);
        let (design, mask) = (sheet.design(), sheet.mask());
        let of = |code: u32| Mask::from_fn(72, |row| sheet.domain[row] && sheet.two[row] == code);
        let one = t_test(&design, &sheet.y, &of(0), &of(1), 0.95).unwrap();
        let other = t_test(&design, &sheet.y, &of(1), &of(0), 0.95).unwrap();
        prop_assert!((one.value + other.value).abs() < 1e-12 && (one.p - other.p).abs() < 1e-12);
        let turned: Vec<Option<u32>> = sheet.two.iter().map(|code| Some(1 - code)).collect();
        let waiting = Waiting { times: &sheet.waits, happened: &sheet.happened };
        let one = log_rank(&design, waiting, &sheet.codes(&sheet.two), &mask).unwrap();
        let other = log_rank(&design, waiting, &turned, &mask).unwrap();
        prop_assert!((one.z + other.z).abs() < 1e-9);
        let (rows, columns) = (sheet.codes(&sheet.three), sheet.codes(&sheet.two));
        let one = chi_square(&design, &rows, &columns, &mask, AssociationMethod::RaoScottF).unwrap();
        let other = chi_square(&design, &columns, &rows, &mask, AssociationMethod::RaoScottF).unwrap();
        prop_assert!((one.statistic - other.statistic).abs() < 1e-9 * one.statistic.max(1.0));
    }

    /// A jackknife of linear statistics is Taylor's variance; replicates that hardly move are that of all others.
    #[test]
    fn replicates_and_taylor(seed: u64) {
        let sheet = Sheet::new(seed);
        let (design, mask, terms) = (sheet.design(), sheet.mask(), sheet.terms());
        let jackknife =
            design.with_replicates(ReplicateKind::StratifiedJackknife, Centre::Estimate).unwrap();
        let groups = sheet.codes(&sheet.two);
        let linear = |design: &Design| {
            let rank = rank_test(design, &sheet.y, &groups, &mask, RankScore::Wilcoxon).unwrap();
            let waiting = Waiting { times: &sheet.waits, happened: &sheet.happened };
            let wait = log_rank(design, waiting, &groups, &mask).unwrap();
            (rank.covariance[0][0].sqrt(), wait.standard_error)
        };
        let (one, other) = (linear(&design), linear(&jackknife));
        prop_assert!((one.0 / other.0 - 1.0).abs() < 1e-9 && (one.1 / other.1 - 1.0).abs() < 1e-9);
        let fitted = |design: &Design| {
            let waiting = Waiting { times: &sheet.waits, happened: &sheet.happened };
            let curve = kaplan_meier(design, waiting, &mask, &[8.0]).unwrap();
            let hazard = hazard_regression(design, waiting, &terms[1..], &mask).unwrap();
            let ordinal = ordinal_regression(design, &sheet.codes(&sheet.three), &terms[1..], &mask).unwrap();
            let line = regression(design, &sheet.y, &terms, &mask, Family::Gaussian).unwrap();
            // An ordinal model stops where R stops, now and then a hundredth of an error from the bottom.
            [
                (curve.standard_error(0), 0.03),
                (hazard.standard_error(0), 0.03),
                (ordinal.standard_error(0), 0.1),
                (line.standard_error(1), 0.03),
            ]
        };
        for ((one, slack), (other, _)) in fitted(&design).into_iter().zip(fitted(&sheet.nudged())) {
            prop_assert!((one / other - 1.0).abs() < slack, "{one} {other}");
        }
    }
}

/// An empty domain is refused by everything, never answered with a zero.
#[test]
fn nobody_in_the_domain() {
    let mut sheet = Sheet::new(5);
    sheet.domain.fill(false);
    for (name, answer, _) in answers(&sheet) {
        assert!(answer.is_err(), "{name}: {answer:?}");
    }
}

/// A number that is none, inside the domain, is refused by everything that reads it.
#[test]
fn a_value_that_is_no_number() {
    let mut sheet = Sheet::new(5);
    sheet.domain.fill(true);
    (sheet.x[3], sheet.y[3], sheet.waits[3]) = (f64::NAN, f64::INFINITY, f64::NAN);
    for (name, answer, _) in answers(&sheet) {
        // These read codes alone, or take NaN for an item without an answer.
        let codes = ["rao scott", "scaled chi-square", "wald", "alpha", "respondents", "cases", "responses"];
        if !codes.contains(&name) && !name.ends_with("share") {
            assert!(matches!(answer, Err(Error::ValueNotFinite { row: 3 })), "{name}: {answer:?}");
        }
    }
}

/// Shares of responses are those of a sheet with one row per tick, its people's clusters being the units.
#[test]
fn one_row_per_tick() {
    for seed in 0..8 {
        let sheet = Sheet::new(seed);
        let ticks: [Vec<bool>; 3] = [
            sheet.three.iter().map(|code| *code == 0).collect(),
            sheet.two.iter().map(|code| *code == 1).collect(),
            sheet.happened.clone(),
        ];
        let columns: Vec<Vec<f64>> =
            ticks.iter().map(|ticks| ticks.iter().map(|tick| f64::from(u8::from(*tick))).collect()).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let everyone = Mask::all(sheet.rows());
        let shares =
            multi_response(&sheet.design(), &columns, &everyone, &sheet.mask(), ShareOf::Responses).unwrap();
        let pairs = (0..3).flat_map(|option| (0..72).map(move |row| (option, row)));
        let (options, rows): (Vec<usize>, Vec<usize>) =
            pairs.filter(|(option, row)| ticks[*option][*row]).unzip();
        let exploded = sheet.picked(&rows);
        for option in 0..3 {
            let chosen: Vec<f64> = options.iter().map(|own| f64::from(u8::from(*own == option))).collect();
            let share = mean(&exploded.design(), &chosen, &exploded.mask()).unwrap();
            crate::close(shares.shares.values[option], share.value);
            crate::close(shares.shares.standard_error(option), share.standard_error);
        }
    }
}
