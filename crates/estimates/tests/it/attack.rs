//! An intruder with everything a release tells, and a solver that is not ours: he bounds every withheld number.

use std::collections::BTreeMap;

use estimates::{Cell, Count as Told, Query, Recipe, Release, Respondent, Study, Table, Why};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

use crate::toy::{Seed, person, plain, survey};

/// A question, its row and a choice, in everybody or in a group: the same whichever way round a table is turned.
type Name = [Option<(String, String)>; 2];

/// What the intruder knows of one count of people.
#[derive(Clone, Debug)]
struct Count {
    low: f64,
    high: f64,
    /// The truth, which he does not know.
    people: f64,
    /// How many are in the smallest group it is told of.
    base: f64,
    withheld: bool,
    /// The number of people in its group.
    of: Option<usize>,
}

struct Intruder {
    names: BTreeMap<Name, usize>,
    counts: Vec<Count>,
    sums: Vec<(Vec<(usize, f64)>, f64)>,
}

/// How many of everybody answered, or of a group, and then which unknown that is.
#[derive(Clone, Copy)]
struct Base {
    known: f64,
    unknown: Option<usize>,
}

/// By how many people a base may be off that is told as a multiple of five.
const OFF: f64 = 2.0;
/// The fewest people a share is told of.
const BASE: f64 = 20.0;
/// Half of one per cent: shares are told as whole per cents.
const HALF: f64 = 0.005;

impl Intruder {
    /// He reads the tables, and is told how many answered each question in each group.
    fn of(release: &Release, people: &[Respondent]) -> Intruder {
        let mut intruder = Intruder { names: BTreeMap::new(), counts: Vec::new(), sums: Vec::new() };
        for table in release.tables.values() {
            intruder.read(table, people);
        }
        intruder
    }

    fn read(&mut self, table: &Table, people: &[Respondent]) {
        let question = table.query.question().as_str();
        let by = table.query.by().map(|by| by.as_str());
        let mut at: Vec<Vec<usize>> = Vec::new();
        let mut bases: Vec<Vec<Base>> = Vec::new();
        for line in &table.rows {
            let row = line.row.as_ref().map(|row| row.as_str());
            let (mut places, mut own): (Vec<usize>, Vec<Base>) = (Vec::new(), Vec::new());
            for (column, cell) in line.cells.iter().enumerate() {
                let group = table.columns[column].group.as_ref().map(|group| group.as_str());
                let inside = |each: &&Respondent| {
                    group.is_none_or(|group| said(each, by.unwrap(), None).contains(&group))
                };
                let base =
                    || people.iter().filter(inside).filter(|each| !said(each, question, row).is_empty());
                let chose =
                    base().filter(|each| said(each, question, row).contains(&line.choice.as_str())).count();
                let base = base().count() as f64;
                let told = line.unweighted[column].map(|share| share.value());
                let name = row.map_or(question.to_owned(), |row| format!("{question}.{row}"));
                let name = (name, line.choice.to_string());
                let group = group.map(|group| (by.unwrap().to_owned(), group.to_owned()));
                own.push(self.base(by, group.as_ref(), base, line.respondents[column], people));
                let most = match line.respondents[column] {
                    Told::Fewer(_) => BASE - 1.0,
                    Told::Withheld => people.len() as f64,
                    Told::Rounded(about) => f64::from(about) + OFF,
                    Told::Exactly(_) => base,
                };
                places.push(self.learn(
                    [Some(name), group],
                    chose as f64,
                    [base, most],
                    (told, own.last().and_then(|base| base.unknown)),
                    cell,
                ));
            }
            at.push(places);
            bases.push(own);
        }
        self.add_up(table, &at, &bases, people.len() as f64);
    }

    fn learn(
        &mut self,
        mut name: Name,
        people: f64,
        [base, most]: [f64; 2],
        (told, of): (Option<f64>, Option<usize>),
        cell: &Cell,
    ) -> usize {
        name.sort();
        let next = self.counts.len();
        let at = *self.names.entry(name).or_insert(next);
        if at == next {
            self.counts.push(Count { low: 0.0, high: most, people, base, withheld: false, of: None });
        }
        let count = &mut self.counts[at];
        count.base = count.base.min(base);
        count.high = count.high.min(most);
        count.of = count.of.or(of);
        count.withheld |= cell.withheld() == Some(Why::Confidential);
        if let (Some(share), Some(_)) = (told, cell.shown()) {
            count.low = count.low.max((share - HALF) * base - 1e-6);
            count.high = count.high.min((share + HALF) * base + 1e-6);
        }
        at
    }

    /// How many answered: told at the head of a column, as a multiple of five; of a few only that they are fewer than twenty.
    fn base(
        &mut self,
        by: Option<&str>,
        group: Option<&(String, String)>,
        base: f64,
        told: Told,
        people: &[Respondent],
    ) -> Base {
        let Some(group) = group else { return Base { known: base, unknown: None } };
        let all =
            people.iter().filter(|each| said(each, by.unwrap(), None).contains(&group.1.as_str())).count();
        if all == 0 {
            return Base { known: 0.0, unknown: None };
        }
        let next = self.counts.len();
        // Where all of a group answered, it is the group.
        let at = match all as f64 == base {
            true => *self.names.entry([None, Some(group.clone())]).or_insert(next),
            false => next,
        };
        if at == next {
            let high = people.len() as f64;
            self.counts.push(Count { low: 0.0, high, people: base, base: high, withheld: false, of: None });
        }
        let count = &mut self.counts[at];
        match told {
            Told::Fewer(_) => count.high = count.high.min(BASE - 1.0),
            Told::Withheld => {}
            Told::Rounded(about) => {
                let (low, high) = (f64::from(about) - OFF, f64::from(about) + OFF);
                (count.low, count.high) = (count.low.max(low), count.high.min(high));
            }
            Told::Exactly(_) => unreachable!("only the number of all is exact"),
        }
        Base { known: base, unknown: Some(at) }
    }

    fn add_up(&mut self, table: &Table, at: &[Vec<usize>], bases: &[Vec<Base>], everybody: f64) {
        let blocks: Vec<_> = table.rows.chunk_by(|one, other| one.row == other.row).map(<[_]>::len).collect();
        let mut first = 0;
        for size in blocks.into_iter().filter(|_| !table.several) {
            for column in 0..table.columns.len() {
                let mut terms: Vec<_> = (first..first + size).map(|line| (at[line][column], 1.0)).collect();
                let Base { known, unknown } = bases[first][column];
                terms.extend(unknown.map(|at| (at, -1.0)));
                if unknown.is_none() {
                    // Everybody's base is rounded too, and nobody who did not answer is in it.
                    terms.push((self.counts.len(), -1.0));
                    let high = OFF.min(everybody - known);
                    self.counts.push(Count {
                        low: -OFF,
                        high,
                        people: -1.0,
                        base: 0.0,
                        withheld: false,
                        of: None,
                    });
                }
                self.sums.push((terms, if unknown.is_some() { 0.0 } else { known }));
            }
            first += size;
        }
        for (line, places) in at.iter().enumerate().filter(|(_, places)| places.len() > 1) {
            let mut terms: Vec<(usize, f64)> = places[1..].iter().map(|place| (*place, 1.0)).collect();
            terms.push((places[0], -1.0));
            let left =
                bases[line][0].known - bases[line][1..].iter().map(|base| base.known).sum::<f64>() + OFF;
            terms.push((self.counts.len(), 1.0));
            self.counts.push(Count {
                low: 0.0,
                high: left,
                people: -1.0,
                base: left,
                withheld: false,
                of: None,
            });
            self.sums.push((terms, 0.0));
        }
    }

    /// The lowest and the highest number of people this can be.
    fn range(&self, at: usize) -> (f64, f64) {
        [OptimizationDirection::Minimize, OptimizationDirection::Maximize]
            .map(|direction| {
                let mut problem = Problem::new(direction);
                let cost = |each: usize| f64::from(u8::from(each == at));
                let counts = self.counts.iter().enumerate();
                let variables: Vec<_> = counts
                    .map(|(each, count)| problem.add_var(cost(each), (count.low, count.high)))
                    .collect();
                for (terms, total) in &self.sums {
                    let terms: Vec<_> =
                        terms.iter().map(|(each, factor)| (variables[*each], *factor)).collect();
                    problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, *total);
                }
                match problem.solve().expect("the truth is a solution") {
                    SolveOutcome::Solution(solution) => solution.objective(),
                    SolveOutcome::Interrupted(_) => panic!("no limit was set"),
                }
            })
            .into()
    }

    /// The withheld numbers of few people, on either side, that he can tell more closely than a cell.
    fn leaks(&self, cell: f64) -> Vec<(usize, (f64, f64))> {
        let is_secret = |count: &Count| {
            let few = |people: f64| people > 0.0 && people < cell;
            // Nobody is nobody's secret: what nobody at all chose, nobody in a group chose.
            count.withheld && count.people > 0.0 && (few(count.people) || few(count.base - count.people))
        };
        let secret = (0..self.counts.len()).filter(|at| is_secret(&self.counts[*at]));
        let found = secret.map(|at| (at, self.range(at)));
        found
            .filter(|(at, (low, high))| {
                let base = self.counts[*at].base;
                // Of a group he knows to be small nobody can be more than all of it.
                let most = self.counts[*at].of.filter(|_| base < BASE).map_or(base, |of| self.range(of).1);
                let enough = cell.min(base).min(most) - 1e-3;
                high - low < enough || *high < enough || base - low < enough
            })
            .collect()
    }

    fn secrets(&self, cell: f64) -> usize {
        let few = |people: f64| people > 0.0 && people < cell;
        self.counts.iter().filter(|count| count.withheld && few(count.people)).count()
    }
}

/// The codes somebody chose.
fn said<'r>(each: &'r Respondent, question: &str, row: Option<&str>) -> Vec<&'r str> {
    let answer = each.answers.get(&question.into());
    let answer = match (answer, row) {
        (Some(survey::Answer::Rows(rows)), Some(row)) => rows.get(&survey::RowId::from(row)),
        (answer, _) => answer,
    };
    answer.map(|answer| answer.codes().iter().map(|code| code.as_str()).collect()).unwrap_or_default()
}

/// A small town: groups and answers of very unequal sizes, and some who do not say.
fn town(seed: &mut Seed) -> Vec<Respondent> {
    let size = 40 + seed.below(160);
    let common = 20 + seed.below(60);
    let one = |seed: &mut Seed| {
        let place = ["north", "south", "east", "abroad", "prefer_not"][seed.draw(&[common, 40, 8, 12, 3])];
        let colour = ["red", "green", "blue", "other", "no_answer"][seed.draw(&[common, 35, 12, 3, 2])];
        let needs = ["home", "work", "home work", "school", "none"][seed.draw(&[40, common, 20, 4, 6])];
        let age = ["young", "old"][seed.draw(&[common, 20])];
        let views = format!(
            "kind={} quick={}",
            1 + seed.draw(&[2, 8, 20, 40, 30]),
            1 + seed.draw(&[30, 30, 30, 9, 1])
        );
        person(&[("place", place), ("colour", colour), ("needs", needs), ("age", age), ("views", &views)])
    };
    (0..size).map(|_| one(seed)).collect()
}

fn queries() -> Vec<Query> {
    // Two of them are one table turned round.
    let pairs =
        [("colour", "place"), ("place", "colour"), ("needs", "age"), ("views", "age"), ("needs", "place")];
    pairs.map(|(of, by)| Query::Shares { question: of.into(), by: Some(by.into()) }).into()
}

const CELL: f64 = 5.0;

fn release(people: &[Respondent]) -> Release {
    let survey = survey();
    let recipe: Recipe = plain(&survey);
    Study::new(survey, recipe, people.to_vec(), None).unwrap().release(&queries()).unwrap()
}

/// A thousand towns, half of them in each of two tests.
#[test]
fn no_withheld_number_of_five_hundred_towns_can_be_told_more_closely_than_a_cell() {
    attack(0..500);
}

#[test]
fn nor_of_five_hundred_others() {
    attack(500..1_000);
}

fn attack(towns: std::ops::Range<u64>) {
    let (mut secrets, mut shown) = (0, 0);
    for seed in towns {
        let people = town(&mut Seed(seed));
        let release = release(&people);
        let intruder = Intruder::of(&release, &people);
        assert_eq!(intruder.leaks(CELL), [], "town {seed}");
        secrets += intruder.secrets(CELL);
        let cells = release.tables.values().flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
        shown += cells.filter(|cell| cell.shown().is_some()).count();
    }
    assert!(
        secrets > 2_500 && shown > 10_000,
        "{secrets} secrets among {shown} numbers: the test needs both"
    );
}

#[test]
fn the_intruder_finds_a_leak_that_is_put_there() {
    let mut found = 0;
    for seed in 0..40 {
        let people = town(&mut Seed(seed));
        let mut release = release(&people);
        // What was withheld beside a small number is told after all, with its true share.
        for table in release.tables.values_mut() {
            let (question, by) = (table.query.question().clone(), table.query.by().cloned().unwrap());
            for line in &mut table.rows {
                for (column, cell) in line.cells.iter_mut().enumerate().skip(1) {
                    let group = table.columns[column].group.clone().unwrap();
                    let row = line.row.as_ref().map(|row| row.as_str());
                    let inside =
                        people.iter().filter(|each| said(each, by.as_str(), None).contains(&group.as_str()));
                    let answers: Vec<_> = inside.map(|each| said(each, question.as_str(), row)).collect();
                    let base = answers.iter().filter(|answer| !answer.is_empty()).count();
                    let chose =
                        answers.iter().filter(|answer| answer.contains(&line.choice.as_str())).count();
                    let few = |people: usize| people > 0 && people < CELL as usize;
                    if cell.withheld().is_some() && base >= 20 && !few(chose) && !few(base - chose) {
                        let share = estimates::Number::round(chose as f64 / base as f64, 2);
                        *cell = Cell::Shown(estimates::Shown {
                            value: share,
                            low: share,
                            high: share,
                            letter: None,
                        });
                        line.unweighted[column] = Some(share);
                    }
                }
            }
        }
        found += usize::from(!Intruder::of(&release, &people).leaks(CELL).is_empty());
    }
    assert!(found >= 30, "only {found} of 40 towns leak");
}
