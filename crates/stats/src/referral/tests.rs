//! Referral samples countable by hand.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::*;

/// Two seeds, each with a line of four recruits that takes turns between groups in the given way.
fn lines(groups: [[u32; 5]; 2], degrees: [[f64; 5]; 2]) -> (Referral, Vec<Option<u32>>) {
    let recruiters = (0..10).map(|row| (row % 5 > 0).then(|| row - 1)).collect();
    let degrees = degrees.concat().into_iter().map(Some).collect();
    (Referral::new(recruiters, degrees).unwrap(), groups.concat().into_iter().map(Some).collect())
}

fn two() -> (Referral, Vec<Option<u32>>) {
    lines([[0, 1, 0, 0, 1], [1, 1, 0, 1, 0]], [[2.0, 4.0, 2.0, 2.0, 4.0], [4.0, 4.0, 2.0, 4.0, 2.0]])
}

#[test]
fn shares_of_two_groups() {
    let (sample, group) = two();
    // Five of each; 1/d adds to 5/2 and 5/4.
    let second = sample.shares(&group, ReferralMethod::VolzHeckathorn).unwrap();
    assert_eq!(second.groups, [0, 1]);
    assert!((second.shares[0] - 2.0 / 3.0).abs() < 1e-12);
    // 0 recruits 0 once and 1 three times; 1 recruits 0 three times and 1 once.
    assert_eq!(sample.transitions(&group).unwrap().counts, [[1.0, 3.0], [3.0, 1.0]]);
    // S_10 D_1/(S_01 D_0 + S_10 D_1) with S = 3/4 both and D = 2, 4.
    let first = sample.shares(&group, ReferralMethod::SalganikHeckathorn).unwrap();
    assert!((first.shares[0] - 4.0 / 6.0).abs() < 1e-12);
    assert_eq!(sample.differential_activity(&group, 0).unwrap(), [2.0]);
    let homophily = sample.homophily(&group).unwrap();
    assert!((homophily.recruitment - 2.0 / 4.0).abs() < 1e-12);
    assert!((homophily.index[0] - (0.25 - 2.0 / 3.0) / (2.0 / 3.0)).abs() < 1e-12);
}

#[test]
fn equal_degrees_and_symmetric_recruitment_give_the_sample_share() {
    let (sample, group) = lines([[0, 1, 0, 0, 1], [1, 1, 0, 1, 0]], [[3.0; 5]; 2]);
    for method in [ReferralMethod::SalganikHeckathorn, ReferralMethod::VolzHeckathorn] {
        let shares = sample.shares(&group, method).unwrap().shares;
        assert!((shares[0] - 0.5).abs() < 1e-12, "{method:?}");
    }
    let everyone = ReferralMethod::SuccessiveSampling { population: 40.0 };
    assert!((sample.shares(&group, everyone).unwrap().shares[0] - 0.5).abs() < 1e-9);
}

#[test]
fn waves_and_series() {
    let (sample, group) = two();
    let waves = sample.waves();
    assert_eq!((waves.by_wave, waves.descendants, waves.most_recruits), (vec![2; 5], vec![4, 4], 1));
    assert_eq!(sample.waves().largest_share(), 0.5);
    let series = sample.convergence(&group, &[1, 2, 10]).unwrap();
    assert_eq!(series[0], [1.0, 0.0]);
    assert!((series[1][0] - 2.0 / 3.0).abs() < 1e-12 && (series[2][0] - 2.0 / 3.0).abs() < 1e-12);
    let bottleneck = sample.bottleneck(&group).unwrap();
    assert_eq!((bottleneck[1].seed, bottleneck[1].rows.len()), (5, 5));
    assert!((bottleneck[1].shares[4][0] - 1.0 / (1.0 + 0.75)).abs() < 1e-12);
}

#[test]
fn chances_agree_with_draws() {
    // 12 people of size 1, 6 of size 2, 4 of size 5; eight are drawn one by one.
    let (sizes, people, sample) = ([1.0, 2.0, 5.0], [12.0, 6.0, 4.0], 8);
    let expected = inclusion::of_classes(&sizes, &people, sample as f64);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut drawn = [0.0; 3];
    let rounds = 20_000;
    for _ in 0..rounds {
        let mut left = people;
        for _ in 0..sample {
            let whole: f64 = left.iter().zip(sizes).map(|(n, k)| n * k).sum();
            let mut at = random.next_u32() as f64 / 4_294_967_296.0 * whole;
            let place = (0..3).find(|place| {
                at -= left[*place] * sizes[*place];
                at < 0.0
            });
            let place = place.unwrap();
            left[place] -= 1.0;
            drawn[place] += 1.0;
        }
    }
    for place in 0..3 {
        let simulated = drawn[place] / people[place] / f64::from(rounds);
        assert!((expected[place] / simulated - 1.0).abs() < 0.015, "{} {simulated}", expected[place]);
    }
    let total: f64 = expected.iter().zip(people).map(|(chance, n)| chance * n).sum();
    assert!((total - sample as f64).abs() < 0.02, "{total}");
}

#[test]
fn a_census_has_equal_weights() {
    let (sample, _) = two();
    let all = ReferralMethod::SuccessiveSampling { population: 10.0 };
    sample.weights(all, 10.0).unwrap().iter().for_each(|weight| assert!((weight - 1.0).abs() < 1e-12));
    let plain = sample.weights(ReferralMethod::VolzHeckathorn, 30.0).unwrap();
    assert!((plain[0] - 4.0).abs() < 1e-12 && (plain[1] - 2.0).abs() < 1e-12);
}

#[test]
fn intervals_hold_the_estimate_and_depend_on_the_seed_alone() {
    let rows = 200_usize;
    let recruiters: Vec<Option<usize>> = (0..rows).map(|row| (row >= 4).then(|| (row - 4) / 2)).collect();
    let mixed = |row: usize| (row * 2_654_435_761 % 1000) as f64 / 1000.0;
    let degrees = (0..rows).map(|row| Some(2.0 + (9.0 * mixed(row + 7)).floor())).collect();
    let group: Vec<Option<u32>> = (0..rows).map(|row| Some(u32::from(mixed(row) < 0.4))).collect();
    let sample = Referral::new(recruiters, degrees).unwrap();
    let population = 1000.0;
    for resampling in [Resampling::Chain, Resampling::Tree, Resampling::SuccessiveSampling { population }] {
        for method in [ReferralMethod::VolzHeckathorn, ReferralMethod::SuccessiveSampling { population }] {
            let bootstrap = ReferralBootstrap { resampling, replicates: 60, seed: 3, level: 0.95 };
            let shares = sample.intervals(&group, method, &bootstrap).unwrap();
            assert_eq!(shares, sample.intervals(&group, method, &bootstrap).unwrap());
            let one = shares[1];
            assert!(one.interval.low < one.value && one.value < one.interval.high, "{resampling:?} {one:?}");
            assert!(one.standard_error > 0.01 && one.standard_error < 0.12, "{resampling:?} {one:?}");
        }
    }
}

#[test]
fn refusals_have_names() {
    let method = ReferralMethod::VolzHeckathorn;
    let (sample, group) = two();
    let apart = sample.shares(&[0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map(Some), method).unwrap_err();
    assert_eq!(apart, Error::Referral(ReferralFault::GroupApart { group: 0 }));
    // Group 1 recruits nobody of group 0: RDS-II can still be read, RDS-I has no stationary shares.
    let one_way = [0, 0, 1, 1, 1, 0, 0, 0, 1, 1].map(Some);
    assert!(sample.shares(&one_way, method).is_ok());
    let first = sample.shares(&one_way, ReferralMethod::SalganikHeckathorn).unwrap_err();
    assert!(matches!(first, Error::Referral(ReferralFault::GroupApart { .. })));
    assert_eq!(
        sample.shares(&[Some(1); 10], method).unwrap_err(),
        Error::TooFew { what: "groups", got: 1, needed: 2 }
    );
    let small = ReferralMethod::SuccessiveSampling { population: 9.0 };
    let refused = sample.shares(&group, small).unwrap_err();
    assert_eq!(
        refused,
        Error::Referral(ReferralFault::PopulationBelowSample { population: 9.0, sample: 10 })
    );
    let star: Vec<Option<usize>> = (0..10).map(|row| (row >= 2).then_some(row % 2)).collect();
    let star = Referral::new(star, vec![Some(1.0); 10]).unwrap();
    assert_eq!(
        star.shares(&group, method).unwrap_err(),
        Error::TooFew { what: "waves of recruits", got: 1, needed: 3 }
    );
    let line: Vec<Option<usize>> = (0..10).map(|row| (row > 1).then(|| row - 1)).collect();
    let line = Referral::new(line, vec![Some(1.0); 10]).unwrap();
    assert_eq!(
        line.weights(method, 1.0).unwrap_err(),
        Error::Referral(ReferralFault::SeedDominates { seed: 1, people: 9, rows: 10 })
    );
    let mut silent = vec![Some(1.0); 10];
    silent[..3].fill(None);
    let silent = Referral::new(sample.recruiters.clone(), silent).unwrap();
    assert_eq!(
        silent.shares(&group, method).unwrap_err(),
        Error::Referral(ReferralFault::DegreesMissing { missing: 3, rows: 10 })
    );
    let ahead = Referral::new(vec![None, Some(2), None], vec![None; 3]).unwrap_err();
    assert_eq!(ahead, Error::Referral(ReferralFault::RecruiterNotBefore { row: 1, recruiter: 2 }));
    let none = Referral::new(vec![None], vec![Some(0.0)]).unwrap_err();
    assert_eq!(none, Error::NotPositive { what: "network size", row: 0, value: 0.0 });
}
