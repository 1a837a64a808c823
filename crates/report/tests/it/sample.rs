//! The sample survey and report of the house, and a release made by hand: nobody answered anything.

use std::{collections::BTreeMap, fs, path::PathBuf};

use estimates::{
    Cell, Column, Contrast, Count, Fieldwork, Letter, Letters, MarginUsed, Net, Number, Policy, ProfileRow,
    ProfileTable, Query, Release, Row, Shown, Table, Verdict, Why,
};
use report::{Report, read};
use survey::{Date, Kind, Language, Question, Survey};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text file of a folder and the folders in it, by path from the folder.
fn sources(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root().join(folder)];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let name = path.strip_prefix(root().join(folder)).unwrap().to_string_lossy().into_owned();
                found.insert(name, text);
            }
        }
    }
    found
}

/// The survey of the house.
pub(crate) fn survey() -> Survey {
    let (survey, findings) = survey::read(&sources("surveys/newcomer-needs"));
    survey.unwrap_or_else(|| panic!("{findings:?}"))
}

/// The files of the report of the house.
pub(crate) fn report_sources() -> BTreeMap<String, String> {
    sources("reports/newcomer-needs")
}

/// The report of the house.
pub(crate) fn report(survey: &Survey) -> Report {
    let sources = report_sources();
    let (report, findings) = read(&sources, survey);
    report.unwrap_or_else(|| panic!("{}", notation::draw(&findings, &sources, false)))
}

pub(crate) fn language(tag: &str) -> Language {
    Language::of_tag(tag).unwrap()
}

pub(crate) fn share(percent: i64) -> Number {
    Number { units: percent, places: 2 }
}

pub(crate) fn shown(percent: i64, half: i64) -> Cell {
    let letter = (percent < 12).then_some(Letter::E);
    Cell::Shown(Shown {
        value: share(percent),
        low: share((percent - half).max(0)),
        high: share((percent + half).min(100)),
        letter,
    })
}

/// Everything a list of queries asks for.
pub(crate) fn release(survey: &Survey, queries: &[Query]) -> Release {
    let mut tables = BTreeMap::new();
    let mut profiles = BTreeMap::new();
    for query in queries {
        match query {
            Query::Shares { question, by } => {
                let question = survey.question(question.as_str()).unwrap();
                let by = by.as_ref().map(|by| survey.question(by.as_str()).unwrap());
                tables.insert(query.clone(), table(query, question, by));
            }
            Query::Profile { question } => {
                profiles.insert(question.clone(), profile(survey.question(question.as_str()).unwrap()));
            }
        }
    }
    Release { tables, profiles, fieldwork: fieldwork(survey), policy: policy() }
}

/// Shares of the choices of a question of several answers, by their place.
const NEEDS: [i64; 13] = [38, 41, 57, 33, 61, 49, 21, 16, 27, 9, 30, 18, 6];

fn table(query: &Query, question: &Question, by: Option<&Question>) -> Table {
    let groups: Vec<_> =
        by.map_or(Vec::new(), |by| by.choices().iter().map(|choice| choice.id.clone()).collect());
    let several = matches!(question.kind, Kind::Many { .. });
    let columns: Vec<Column> = std::iter::once(None)
        .chain(groups.iter().cloned().map(Some))
        .map(|group| Column { respondents: Count::Rounded(if group.is_some() { 135 } else { 405 }), group })
        .collect();
    let (rows, nets) =
        if question.rows().is_empty() { (needs(question, &groups), Vec::new()) } else { grid(question) };
    let contrasts = rows.iter().flat_map(|row| contrasts(row, &groups)).collect();
    let family = groups.len() * groups.len().saturating_sub(1) / 2;
    Table {
        query: query.clone(),
        columns,
        rows,
        nets,
        contrasts,
        family: family.max(1),
        several,
        base: Count::Rounded(405),
    }
}

fn needs(question: &Question, groups: &[survey::ChoiceId]) -> Vec<Row> {
    let row = |(place, choice): (usize, &survey::Choice)| {
        let percent = NEEDS[place % NEEDS.len()];
        let cells: Vec<Cell> = match choice.id.as_str() {
            "legal" => vec![Cell::Withheld(Why::Unreliable); groups.len() + 1],
            "interpret" | "lease" => vec![Cell::Withheld(Why::Confidential); groups.len() + 1],
            _ => std::iter::once(shown(percent, 5))
                .chain((0..groups.len()).map(|group| shown((percent + SHIFT[(group + place) % 3]).max(2), 8)))
                .collect(),
        };
        let unweighted = cells.iter().map(|cell| cell.shown().map(|_| share(percent - 4))).collect();
        let respondents = vec![Count::Rounded(405); cells.len()];
        Row { row: None, choice: choice.id.clone(), cells, unweighted, respondents }
    };
    question.choices().iter().enumerate().map(row).collect()
}

const SHIFT: [i64; 3] = [-9, 2, 9];

/// The last group less the first, and so on: clear where 15 points or more.
fn contrasts(row: &Row, groups: &[survey::ChoiceId]) -> Vec<Contrast> {
    let mut found = Vec::new();
    for (first, a) in groups.iter().enumerate() {
        for (second, b) in groups.iter().enumerate().skip(first + 1) {
            let both = row.cells[first + 1].shown().zip(row.cells[second + 1].shown());
            let (difference, verdict) = match both {
                None => (Cell::Withheld(Why::Confidential), Verdict::NotTestable),
                Some((one, other)) => {
                    let units = one.value.units - other.value.units;
                    let (low, high) = (share(units - 11), share(units + 11));
                    let cell = Cell::Shown(Shown { value: share(units), low, high, letter: None });
                    let verdict = match units {
                        12.. => Verdict::Higher,
                        ..=-12 => Verdict::Lower,
                        _ => Verdict::NoClearDifference,
                    };
                    (cell, verdict)
                }
            };
            found.push(Contrast {
                row: row.row.clone(),
                choice: row.choice.clone(),
                a: a.clone(),
                b: b.clone(),
                difference,
                verdict,
            });
        }
    }
    found
}

/// Five statements; of the last, two parts are withheld.
fn grid(question: &Question) -> (Vec<Row>, Vec<Net>) {
    const PARTS: [[i64; 5]; 5] = [
        [4, 9, 14, 43, 30],
        [7, 15, 16, 41, 21],
        [11, 20, 15, 36, 18],
        [21, 27, 12, 26, 14],
        [17, 29, 31, 17, 6],
    ];
    let mut rows = Vec::new();
    let mut nets = Vec::new();
    for (place, statement) in question.rows().iter().enumerate() {
        let parts = PARTS[place % 5];
        let hidden = statement.id.as_str() == "can_rely";
        let respondents = Count::Rounded(400 - 5 * u32::try_from(place).unwrap());
        for (choice, percent) in question.choices().iter().zip(parts) {
            let withheld = hidden && matches!(choice.id.as_str(), "1" | "2");
            let cell = if withheld { Cell::Withheld(Why::Confidential) } else { shown(percent.max(12), 4) };
            let cell = match cell {
                Cell::Shown(shown) => Cell::Shown(Shown { value: share(percent), ..shown }),
                withheld => withheld,
            };
            rows.push(Row {
                row: Some(statement.id.clone()),
                choice: choice.id.clone(),
                unweighted: vec![cell.shown().map(|_| share(percent))],
                cells: vec![cell],
                respondents: vec![respondents],
            });
        }
        let codes =
            |from: usize| question.choices()[from..from + 2].iter().map(|choice| choice.id.clone()).collect();
        nets.push(Net {
            row: Some(statement.id.clone()),
            low: codes(0),
            high: codes(3),
            low_end: shown(parts[0] + parts[1], 5),
            high_end: shown(parts[3] + parts[4], 5),
            respondents,
            missing: Count::Fewer(10),
        });
    }
    (rows, nets)
}

fn profile(question: &Question) -> ProfileTable {
    const SHARES: [(i64, i64, Option<i64>); 5] =
        [(22, 31, Some(44)), (19, 17, Some(24)), (37, 23, Some(32)), (17, 25, None), (5, 4, None)];
    let rows =
        question.choices().iter().zip(SHARES).map(|(choice, (sample, weighted, population))| ProfileRow {
            choice: choice.id.clone(),
            sample: Some(share(sample)),
            weighted: Some(share(weighted)),
            population: population.map(share),
        });
    ProfileTable {
        question: question.id.clone(),
        rows: rows.collect(),
        respondents: Count::Exactly(407),
        raked: true,
    }
}

fn fieldwork(survey: &Survey) -> Fieldwork {
    let margin = |question: &str| {
        let path = survey.question(question).unwrap().margin.clone().unwrap();
        let table = &survey.margins[&path];
        MarginUsed {
            question: question.into(),
            path,
            source: table.source.clone(),
            rows: table.counts.clone(),
            uncovered: Some(share(14)),
            missing: Some(share(2)),
        }
    };
    Fieldwork {
        respondents: 407,
        begun: Count::Exactly(600),
        finished: Count::Exactly(431),
        unfinished: Count::Exactly(158),
        declined: Count::Exactly(1_012),
        withdrawn: Count::Exactly(11),
        screened_out: Count::Exactly(24),
        held: Count::Exactly(0),
        languages: vec![
            (language("en"), Some(Count::Rounded(290))),
            (language("fr"), Some(Count::Rounded(75))),
            (language("ar"), Some(Count::Rounded(40))),
        ],
        forms: Vec::new(),
        synthetic: true,
        rehearsed_left_out: 0,
        design_effect: Number { units: 142, places: 2 },
        effective: 287,
        weights: (Number { units: 48, places: 2 }, Number { units: 231, places: 2 }),
        margins: vec![margin("census_status"), margin("census_period")],
        rounds: 9,
        off: None,
        population: Some(("halifax-2021".to_owned(), Date::constant(2021, 5, 11))),
    }
}

fn policy() -> Policy {
    Policy {
        base: 30,
        cell: 10,
        letters: Letters::StatcanEf,
        nonprobability: true,
        counts_to: 5,
        shares_places: 0,
        confidence: 95,
    }
}
