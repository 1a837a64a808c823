//! What may not be seen cannot be seen, and cannot be worked out either.

use std::collections::BTreeSet;

use estimates::{Cell, Count, Number, Query, Recipe, Respondent, Table, Verdict, Why};
use survey::Survey;

use crate::toy::{Seed, person, plain, study, survey, times};

fn shares(question: &str, by: Option<&str>) -> Query {
    Query::Shares { question: question.into(), by: by.map(Into::into) }
}

fn colours(counts: [usize; 4]) -> Vec<Respondent> {
    let codes = ["red", "green", "blue", "other"];
    codes.iter().zip(counts).flat_map(|(code, count)| times(count, &[("colour", code)])).collect()
}

fn table(people: Vec<Respondent>, query: &Query) -> Table {
    study(plain, people).release(std::slice::from_ref(query)).unwrap().tables[query].clone()
}

fn why(table: &Table, choice: &str, group: Option<&str>) -> Option<Why> {
    table.cell(None, choice, group).unwrap().withheld()
}

#[test]
fn a_large_cell_is_shown_with_its_range() {
    let table = table(colours([100, 60, 40, 0]), &shares("colour", None));
    let red = table.cell(None, "red", None).unwrap().shown().unwrap();
    assert_eq!(red.value, Number { units: 50, places: 2 });
    assert!(red.low.units < 50 && red.high.units > 50);
    assert_eq!(table.row(None, "red").unwrap().unweighted, [Some(Number { units: 50, places: 2 })]);
    let nobody = table.cell(None, "other", None).unwrap().shown().unwrap();
    assert_eq!(nobody.value.units, 0, "a nobody that hurts nobody is a number");
}

#[test]
fn a_lone_small_cell_takes_its_smallest_neighbour_along() {
    let table = table(colours([100, 60, 40, 3]), &shares("colour", None));
    assert_eq!(why(&table, "other", None), Some(Why::Confidential));
    assert_eq!(
        why(&table, "blue", None),
        Some(Why::Confidential),
        "else 100 % less the others gives it away"
    );
    assert_eq!(why(&table, "green", None), None);
    assert_eq!(table.row(None, "blue").unwrap().unweighted, [None]);
}

#[test]
fn a_small_base_shows_nothing() {
    let table = table(colours([10, 9, 0, 0]), &shares("colour", None));
    assert!(table.rows.iter().all(|row| row.cells[0] == Cell::Withheld(Why::Confidential)));
}

#[test]
fn almost_everybody_is_as_small_as_almost_nobody() {
    let people = [times(96, &[("needs", "home")]), times(4, &[("needs", "work")])].concat();
    let table = table(people, &shares("needs", None));
    assert_eq!(why(&table, "home", None), Some(Why::Confidential));
    assert_eq!(why(&table, "school", None), None);
}

#[test]
fn of_a_sensitive_question_nobody_and_everybody_are_small() {
    let people = times(100, &[("hurt", "no"), ("needs", "home"), ("colour", "red")]);
    let hurt = table(people.clone(), &shares("hurt", None));
    assert!(hurt.rows.iter().all(|row| row.cells[0] == Cell::Withheld(Why::Confidential)));
    let named = |survey: &Survey| {
        let mut recipe: Recipe = plain(survey);
        recipe.sensitive.push("needs".into());
        recipe
    };
    let needs = study(named, people).release(&[shares("needs", None)]).unwrap();
    assert_eq!(why(&needs.tables[&shares("needs", None)], "school", None), Some(Why::Confidential));
}

#[test]
fn letters_follow_the_rarer_side() {
    // n = 200: 20 % has a coefficient of variation of 14 %, 10 % of 21 %, 4 % of 35 %; so have 80, 90 and 96 %.
    for (some, letter, unreliable) in [(40, false, false), (20, true, false), (8, false, true)] {
        for (chose, left) in [(some, 200 - some), (200 - some, some)] {
            let people = [times(chose, &[("needs", "home")]), times(left, &[("needs", "work")])].concat();
            let table = table(people, &shares("needs", None));
            match table.cell(None, "home", None).unwrap() {
                Cell::Shown(shown) => {
                    assert_eq!((shown.letter.is_some(), false), (letter, unreliable), "{chose}")
                }
                Cell::Withheld(why) => assert_eq!((*why, true), (Why::Unreliable, unreliable), "{chose}"),
            }
        }
    }
}

#[test]
fn a_range_of_thirty_points_is_no_number() {
    let people = [times(20, &[("needs", "home")]), times(20, &[("needs", "work")])].concat();
    assert_eq!(why(&table(people, &shares("needs", None)), "home", None), Some(Why::Unreliable));
}

#[test]
fn a_hidden_group_hides_another_group() {
    let groups = |place: &str, red: usize, green: usize| {
        let some = |count, colour| times(count, &[("place", place), ("colour", colour)]);
        [some(red, "red"), some(green, "green")].concat()
    };
    let people = [groups("north", 100, 90), groups("south", 100, 100), groups("east", 3, 60)].concat();
    let query = shares("colour", Some("place"));
    let table = table(people, &query);
    assert_eq!(why(&table, "red", None), None);
    assert_eq!(why(&table, "red", Some("east")), Some(Why::Confidential));
    let holes = ["north", "south"].iter().filter(|group| why(&table, "red", Some(group)).is_some()).count();
    assert_eq!(holes, 1, "everybody less two groups would be the third");
    let hidden: Vec<_> = table.contrasts.iter().filter(|each| each.difference.withheld().is_some()).collect();
    assert!(!hidden.is_empty() && hidden.iter().all(|each| each.verdict == Verdict::NotTestable));
}

#[test]
fn swapping_what_is_withheld_changes_nothing() {
    let queries = [
        shares("colour", None),
        shares("colour", Some("age")),
        shares("needs", Some("colour")),
        Query::Profile { question: "colour".into() },
    ];
    let codes = ["red", "green", "blue", "other"];
    let group = |age: &'static str, counts: [usize; 4]| {
        let each = |(code, count)| times(count, &[("colour", code), ("age", age), ("needs", "home")]);
        codes.into_iter().zip(counts).flat_map(each).collect::<Vec<_>>()
    };
    let release = |young: [usize; 4], old: [usize; 4]| {
        let people = [group("young", young), group("old", old)].concat();
        format!("{:?}", study(plain, people).release(&queries).unwrap())
    };
    // Small cells change places; what is shown of everybody, of the young and of the old stays.
    let expected = release([60, 50, 4, 2], [90, 80, 2, 4]);
    assert_eq!(release([60, 50, 2, 4], [90, 80, 4, 2]), expected);
    assert_eq!(release([60, 50, 3, 3], [90, 80, 3, 3]), expected);
    assert_ne!(release([60, 50, 40, 20], [90, 80, 2, 4]), expected, "the test can tell");
}

/// Masses of a table as unknowns, and the lines that a reader knows to add up.
struct Puzzle {
    hidden: Vec<bool>,
    lines: Vec<Vec<(usize, f64)>>,
}

/// Whether the number of an unknown follows: without its column the lines lose rank.
fn follows(puzzle: &Puzzle, place: usize) -> bool {
    let unknown: Vec<usize> = (0..puzzle.hidden.len()).filter(|each| puzzle.hidden[*each]).collect();
    let matrix = |without: Option<usize>| -> Vec<Vec<f64>> {
        let columns = unknown.iter().filter(|each| Some(**each) != without);
        let row = |line: &Vec<(usize, f64)>| {
            let factor =
                |at: &usize| line.iter().filter(|(each, _)| each == at).map(|(_, factor)| factor).sum();
            columns.clone().map(factor).collect()
        };
        puzzle.lines.iter().map(row).collect()
    };
    rank(matrix(Some(place))) < rank(matrix(None))
}

fn rank(mut rows: Vec<Vec<f64>>) -> usize {
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].abs() > 1e-9) else { continue };
        rows.swap(rank, pivot);
        let (head, tail) = rows.split_at_mut(rank + 1);
        for row in tail {
            let times = row[column] / head[rank][column];
            row.iter_mut().zip(&head[rank]).for_each(|(factor, of)| *factor -= times * of);
        }
        rank += 1;
    }
    rank
}

/// All a reader knows of a table by groups: choices add up in each column, groups add up to everybody.
fn puzzle(table: &Table, with_groups: bool) -> Puzzle {
    let width = table.columns.len();
    let hidden =
        table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.withheld().is_some())).collect();
    let mut lines = Vec::new();
    let blocks: BTreeSet<_> = table.rows.iter().map(|row| row.row.clone()).collect();
    for block in blocks {
        let rows: Vec<usize> = (0..table.rows.len()).filter(|row| table.rows[*row].row == block).collect();
        if !table.several {
            lines.extend(
                (0..width).map(|column| rows.iter().map(|row| (row * width + column, 1.0)).collect()),
            );
        }
    }
    for row in (0..table.rows.len()).filter(|_| with_groups && width > 1) {
        let with_people = (1..width).filter(|column| table.columns[*column].respondents != Count::Rounded(0));
        let groups = with_people.map(|column| (row * width + column, 1.0));
        lines.push(groups.chain([(row * width, -1.0)]).collect());
    }
    Puzzle { hidden, lines }
}

#[test]
fn no_hidden_number_follows_from_the_others() {
    let survey = survey();
    let queries =
        [shares("colour", Some("place")), shares("needs", Some("place")), shares("views", Some("age"))];
    let (mut holes, mut shown) = (0, 0);
    for seed in 0..60 {
        let people = crowd(&mut Seed(seed), 120 + 10 * (seed as usize % 30));
        let release = estimates::Study::new(survey.clone(), plain(&survey), people, None).unwrap();
        for (query, table) in release.release(&queries).unwrap().tables {
            let (puzzle, columns_alone) = (puzzle(&table, true), puzzle(&table, false));
            for place in (0..puzzle.hidden.len()).filter(|place| puzzle.hidden[*place]) {
                let why =
                    table.rows[place / table.columns.len()].cells[place % table.columns.len()].withheld();
                // An unreliable number is nobody's secret: it must only not be the remainder of its column.
                let attacked = if why == Some(Why::Confidential) { &puzzle } else { &columns_alone };
                assert!(!follows(attacked, place), "seed {seed}, {query:?}, place {place}, {why:?}");
            }
            holes += puzzle.hidden.iter().filter(|hidden| **hidden).count();
            shown += puzzle.hidden.iter().filter(|hidden| !**hidden).count();
        }
    }
    assert!(holes > 1000 && shown > 1000, "{holes} holes and {shown} numbers: the test needs both");
}

#[test]
fn the_attack_itself_works() {
    let lines = vec![vec![(0, 1.0), (1, 1.0)], vec![(1, 1.0), (2, 1.0)]];
    let puzzle = Puzzle { hidden: vec![true, false, true], lines };
    assert!(follows(&puzzle, 0) && follows(&puzzle, 2));
    let puzzle = Puzzle { hidden: vec![true; 3], ..puzzle };
    assert!(!follows(&puzzle, 0));
}

/// People whose groups and answers have very unequal sizes.
fn crowd(seed: &mut Seed, size: usize) -> Vec<Respondent> {
    let one = |seed: &mut Seed| {
        let place = ["north", "south", "east", "abroad"][seed.draw(&[50, 40, 8, 12])];
        let colour = ["red", "green", "blue", "other"][seed.draw(&[50, 35, 12, 3])];
        let needs = ["home", "work", "home work", "school", "none"][seed.draw(&[40, 20, 20, 4, 6])];
        let age = ["young", "old"][seed.draw(&[80, 20])];
        let views = format!(
            "kind={} quick={}",
            1 + seed.draw(&[2, 8, 20, 40, 30]),
            1 + seed.draw(&[30, 30, 30, 9, 1])
        );
        person(&[("place", place), ("colour", colour), ("needs", needs), ("age", age), ("views", &views)])
    };
    (0..size).map(|_| one(seed)).collect()
}
