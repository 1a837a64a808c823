//! The cells of a table that have respondents, row by row.

use std::collections::BTreeSet;

use crate::{Design, Error, Estimates, Mask, Variable, means, totals};

pub(super) struct Table {
    /// Codes of the rows, in their order.
    pub(super) rows: Vec<u32>,
    /// Codes of the columns, in their order.
    pub(super) columns: Vec<u32>,
    /// Those who gave both answers.
    pub(super) domain: Mask,
    pub(super) respondents: usize,
    /// One 0/1 column per cell.
    cells: Vec<Vec<f64>>,
}

impl Table {
    pub(super) fn read(
        design: &Design,
        rows: &[Option<u32>],
        columns: &[Option<u32>],
        domain: &Mask,
    ) -> Result<Table, Error> {
        design.check_rows("rows of the table", rows.len())?;
        design.check_rows("columns of the table", columns.len())?;
        design.check_rows("domain", domain.rows())?;
        let both = |row: usize| domain.contains(row) && rows[row].is_some() && columns[row].is_some();
        let domain = Mask::from_fn(design.rows(), both);
        let counted: Vec<usize> =
            (0..design.rows()).filter(|row| domain.contains(*row) && design.weights()[*row] > 0.0).collect();
        let seen = |codes: &[Option<u32>]| -> Vec<u32> {
            counted.iter().filter_map(|row| codes[*row]).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let (row_codes, column_codes) = (seen(rows), seen(columns));
        for (what, got) in [("rows", row_codes.len()), ("columns", column_codes.len())] {
            if got < 2 {
                return Err(Error::TooFew { what, got, needed: 2 });
            }
        }
        let cell = |row_code: u32, column_code: u32| -> Vec<f64> {
            let inside = rows.iter().zip(columns).map(|pair| pair == (&Some(row_code), &Some(column_code)));
            inside.map(|inside| f64::from(u8::from(inside))).collect()
        };
        let pairs = row_codes.iter().flat_map(|row| column_codes.iter().map(move |column| (*row, *column)));
        let cells = pairs.map(|(row, column)| cell(row, column)).collect();
        Ok(Table { respondents: counted.len(), rows: row_codes, columns: column_codes, domain, cells })
    }

    /// (r - 1)(c - 1).
    pub(super) fn contrasts(&self) -> usize {
        (self.rows.len() - 1) * (self.columns.len() - 1)
    }

    fn variables(&self) -> Vec<Variable<'_>> {
        self.cells.iter().map(|values| Variable { values, domain: &self.domain }).collect()
    }

    pub(super) fn shares(&self, design: &Design) -> Result<Estimates, Error> {
        means(design, &self.variables())
    }

    pub(super) fn counts(&self, design: &Design) -> Result<Estimates, Error> {
        totals(design, &self.variables())
    }

    /// Sums of the cells by rows and by columns.
    pub(super) fn margins(&self, cells: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let width = self.columns.len();
        let rows = cells.chunks(width).map(|row| row.iter().sum()).collect();
        let columns = (0..width).map(|column| cells.iter().skip(column).step_by(width).sum()).collect();
        (rows, columns)
    }

    /// sum (p - r c)^2/(r c).
    pub(super) fn distance(&self, shares: &[f64]) -> f64 {
        let (rows, columns) = self.margins(shares);
        let expected = rows.iter().flat_map(|row| columns.iter().map(move |column| row * column));
        shares.iter().zip(expected).map(|(share, expected)| (share - expected).powi(2) / expected).sum()
    }

    /// Contrasts that are zero under independence of any margins: sums over every row and column vanish.
    pub(super) fn independence(&self) -> Vec<Vec<f64>> {
        let side = |place: usize, chosen: usize| match place {
            0 => 1.0,
            place if place == chosen => -1.0,
            _ => 0.0,
        };
        let (height, width) = (self.rows.len(), self.columns.len());
        let one = |row: usize, column: usize| {
            let cell = |at: usize| side(at / width, row) * side(at % width, column);
            (0..height * width).map(cell).collect()
        };
        (1..height)
            .flat_map(|row| (1..width).map(move |column| (row, column)))
            .map(|(r, c)| one(r, c))
            .collect()
    }
}
