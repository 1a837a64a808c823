//! The CSV of a case.

use std::collections::BTreeMap;
use std::path::Path;

use super::Failure;

pub(crate) struct Table {
    pub(crate) rows: usize,
    names: Vec<String>,
    columns: BTreeMap<String, Column>,
}

/// A column as it stands in the file, and as numbers when every cell that is not empty is one.
#[derive(Clone)]
pub(crate) struct Column {
    pub(crate) texts: Vec<Option<String>>,
    pub(crate) numbers: Option<Vec<Option<f64>>>,
}

impl Table {
    pub(crate) fn read(path: &Path) -> Result<Table, String> {
        let explain = |error: csv::Error| format!("{}: {error}", path.display());
        let mut reader = csv::Reader::from_path(path).map_err(explain)?;
        let names: Vec<String> = reader.headers().map_err(explain)?.iter().map(str::to_string).collect();
        let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); names.len()];
        let mut rows = 0;
        for record in reader.records() {
            let record = record.map_err(explain)?;
            rows += 1;
            for (column, cell) in cells.iter_mut().zip(record.iter()) {
                column.push((!cell.is_empty()).then(|| cell.to_string()));
            }
        }
        let columns = names.iter().cloned().zip(cells.into_iter().map(Column::new)).collect();
        Ok(Table { rows, names, columns })
    }

    pub(crate) fn column(&self, name: &str) -> Result<&Column, Failure> {
        self.columns.get(name).ok_or_else(|| Failure::Broken(format!("there is no column `{name}`")))
    }

    pub(crate) fn numbers(&self, name: &str) -> Result<&[Option<f64>], Failure> {
        let numbers = self.column(name)?.numbers.as_deref();
        numbers.ok_or_else(|| Failure::Broken(format!("column `{name}` is not numeric")))
    }

    /// All columns as numbers, as they stand in the file.
    pub(crate) fn columns_in_order(&self) -> Result<Vec<Vec<f64>>, Failure> {
        self.names.iter().map(|name| self.complete(name)).collect()
    }

    /// Numbers of a column in which none may be missing.
    pub(crate) fn complete(&self, name: &str) -> Result<Vec<f64>, Failure> {
        let full: Option<Vec<f64>> = self.numbers(name)?.iter().copied().collect();
        full.ok_or_else(|| Failure::Broken(format!("column `{name}` has empty cells")))
    }
}

impl Column {
    pub(crate) fn new(texts: Vec<Option<String>>) -> Column {
        let number = |text: &Option<String>| match text {
            None => Some(None),
            Some(text) => text.trim().parse::<f64>().ok().filter(|value| value.is_finite()).map(Some),
        };
        let numbers = texts.iter().map(number).collect();
        Column { texts, numbers }
    }

    /// Levels in byte order, numbers in their own, with the level of each row.
    pub(crate) fn levels(&self) -> (Vec<String>, Vec<Option<u32>>) {
        let mut levels: Vec<String> = self.texts.iter().flatten().cloned().collect();
        levels.sort();
        levels.dedup();
        if self.numbers.is_some() {
            let value = |text: &String| text.trim().parse::<f64>().unwrap_or(f64::NAN);
            levels.sort_by(|a, b| value(a).total_cmp(&value(b)));
        }
        let place = |text: &String| levels.iter().position(|level| level == text).map(|place| place as u32);
        let codes = self.texts.iter().map(|text| text.as_ref().and_then(place)).collect();
        (levels, codes)
    }
}
