//! The cells of a table that have respondents, row by row.

use std::collections::BTreeSet;

use crate::{Design, Error, Estimates, Mask, Variable, chunks, means, totals};

/// Codes below this are looked up in a list, others in a tree.
const LISTED: usize = 1 << 12;

/// The cell of every row.
pub(super) struct Coded {
    /// Codes of the rows of the table, in their order.
    pub(super) rows: Vec<u32>,
    /// Codes of its columns, in their order.
    pub(super) columns: Vec<u32>,
    /// Number of the cell, row by row; one more than there are for everybody outside.
    pub(super) cells: Vec<u32>,
}

impl Coded {
    /// Reads the rows once for the codes that occur and once for their cells.
    pub(super) fn read(
        design: &Design,
        rows: &[Option<u32>],
        columns: &[Option<u32>],
        domain: &Mask,
    ) -> Result<Coded, Error> {
        design.check_rows("rows of the table", rows.len())?;
        design.check_rows("columns of the table", columns.len())?;
        design.check_rows("domain", domain.rows())?;
        let (inside, weights) = (domain.as_slice(), design.weights());
        let answer = |row: usize| if inside[row] { rows[row].zip(columns[row]) } else { None };
        let seen = chunks::map(design.rows(), 0, |part| {
            let mut seen = (Codes::default(), Codes::default());
            for (one, other) in part.filter(|row| weights[*row] > 0.0).filter_map(answer) {
                seen.0.add(one);
                seen.1.add(other);
            }
            seen
        });
        let (mut row_codes, mut column_codes) = (Codes::default(), Codes::default());
        for (one, other) in &seen {
            row_codes.join(one);
            column_codes.join(other);
        }
        let (row_codes, column_codes) = (row_codes.sorted(), column_codes.sorted());
        for (what, got) in [("rows", row_codes.len()), ("columns", column_codes.len())] {
            if got < 2 {
                return Err(Error::TooFew { what, got, needed: 2 });
            }
        }
        let (by_row, by_column) = (Places::new(&row_codes), Places::new(&column_codes));
        let (width, outside) = (column_codes.len() as u32, (row_codes.len() * column_codes.len()) as u32);
        let mut cells = vec![0; design.rows()];
        chunks::fill(&mut cells, |first, part| {
            for (row, cell) in (first..).zip(part) {
                let place = answer(row).and_then(|(one, other)| by_row.of(one).zip(by_column.of(other)));
                *cell = place.map_or(outside, |(one, other)| one * width + other);
            }
        });
        Ok(Coded { rows: row_codes, columns: column_codes, cells })
    }
}

/// Codes that have occurred.
#[derive(Default)]
struct Codes {
    listed: Vec<bool>,
    others: BTreeSet<u32>,
}

impl Codes {
    fn add(&mut self, code: u32) {
        let place = code as usize;
        if place >= LISTED {
            self.others.insert(code);
            return;
        }
        if place >= self.listed.len() {
            self.listed.resize(place + 1, false);
        }
        self.listed[place] = true;
    }

    fn join(&mut self, other: &Codes) {
        other.sorted().into_iter().for_each(|code| self.add(code));
    }

    fn sorted(&self) -> Vec<u32> {
        let listed = (0..).zip(&self.listed).filter(|(_, seen)| **seen).map(|(code, _)| code);
        listed.chain(self.others.iter().copied()).collect()
    }
}

/// The place of a code among those that occur.
struct Places<'a> {
    codes: &'a [u32],
    listed: Vec<Option<u32>>,
}

impl<'a> Places<'a> {
    fn new(codes: &'a [u32]) -> Places<'a> {
        let mut listed = vec![None; LISTED];
        for (code, place) in codes.iter().zip(0..) {
            if let Some(entry) = listed.get_mut(*code as usize) {
                *entry = Some(place);
            }
        }
        Places { codes, listed }
    }

    fn of(&self, code: u32) -> Option<u32> {
        match self.listed.get(code as usize) {
            Some(place) => *place,
            None => self.codes.binary_search(&code).ok().map(|place| place as u32),
        }
    }
}

/// The table over the rows of a design, which may be sums of people.
pub(super) struct Table {
    height: usize,
    width: usize,
    /// Those who gave both answers.
    pub(super) domain: Mask,
    /// One 0/1 column per cell.
    cells: Vec<Vec<f64>>,
}

impl Table {
    pub(super) fn new(coded: &Coded, cells: &[u32]) -> Table {
        let (height, width) = (coded.rows.len(), coded.columns.len());
        let count = (height * width) as u32;
        let column = |cell: u32| cells.iter().map(|own| f64::from(u8::from(*own == cell))).collect();
        let domain = Mask::from_fn(cells.len(), |row| cells[row] < count);
        Table { height, width, domain, cells: (0..count).map(column).collect() }
    }

    /// (r - 1)(c - 1).
    pub(super) fn contrasts(&self) -> usize {
        (self.height - 1) * (self.width - 1)
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
        let rows = cells.chunks(self.width).map(|row| row.iter().sum()).collect();
        let columns = 0..self.width;
        (rows, columns.map(|column| cells.iter().skip(column).step_by(self.width).sum()).collect())
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
        let one = |(row, column): (usize, usize)| {
            let cell = |at: usize| side(at / self.width, row) * side(at % self.width, column);
            (0..self.height * self.width).map(cell).collect()
        };
        (1..self.height).flat_map(|row| (1..self.width).map(move |column| (row, column))).map(one).collect()
    }
}
