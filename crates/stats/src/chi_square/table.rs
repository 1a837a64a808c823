//! The cells of a table that have respondents, row by row.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::{Design, Error, Estimates, Mask, Variable, chunks, means, totals};

/// Codes below this are looked up in a list, others in a tree.
const LISTED: usize = 1 << 12;
const WORDS: usize = LISTED / 64;
/// The place of a code that does not occur.
const NOWHERE: u32 = u32::MAX;

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
        let answers = Answers { rows, columns, inside: domain.as_slice() };
        let (row_codes, column_codes) = answers.codes(design.weights());
        for (what, got) in [("rows", row_codes.len()), ("columns", column_codes.len())] {
            if got < 2 {
                return Err(Error::TooFew { what, got, needed: 2 });
            }
        }
        let cells = answers.cells(&row_codes, &column_codes);
        Ok(Coded { rows: row_codes, columns: column_codes, cells })
    }
}

/// Both answers of every row, and whether it is in the domain.
struct Answers<'a> {
    rows: &'a [Option<u32>],
    columns: &'a [Option<u32>],
    inside: &'a [bool],
}

impl Answers<'_> {
    fn of(&self, part: Range<usize>) -> impl Iterator<Item = Option<(u32, u32)>> {
        let pairs = self.rows[part.clone()].iter().zip(&self.columns[part.clone()]);
        pairs.zip(&self.inside[part]).map(|((one, other), inside)| match (one, other, inside) {
            (Some(one), Some(other), true) => Some((*one, *other)),
            _ => None,
        })
    }

    /// Codes that somebody with a weight gave beside the other answer.
    fn codes(&self, weights: &[f64]) -> (Vec<u32>, Vec<u32>) {
        let parts = chunks::map(weights.len(), 0, |part| {
            let mut seen = (Codes::default(), Codes::default());
            for (pair, weight) in self.of(part.clone()).zip(&weights[part]) {
                if let (Some((one, other)), true) = (pair, *weight > 0.0) {
                    seen.0.add(one);
                    seen.1.add(other);
                }
            }
            seen
        });
        let mut whole = (Codes::default(), Codes::default());
        for (one, other) in &parts {
            whole.0.join(one);
            whole.1.join(other);
        }
        (whole.0.sorted(), whole.1.sorted())
    }

    fn cells(&self, rows: &[u32], columns: &[u32]) -> Vec<u32> {
        let width = columns.len() as u32;
        let (by_row, by_column) = (Places::new(rows, width), Places::new(columns, 1));
        let outside = rows.len() as u32 * width;
        let mut cells = vec![outside; self.rows.len()];
        chunks::fill(&mut cells, |first, part| {
            let pairs = self.of(first..first + part.len());
            for (cell, pair) in part.iter_mut().zip(pairs) {
                let (one, other) =
                    pair.map_or((NOWHERE, NOWHERE), |(one, other)| (by_row.of(one), by_column.of(other)));
                *cell = if one == NOWHERE || other == NOWHERE { outside } else { one + other };
            }
        });
        cells
    }
}

/// Codes that have occurred.
struct Codes {
    /// One bit per code.
    listed: [u64; WORDS],
    others: BTreeSet<u32>,
}

impl Default for Codes {
    fn default() -> Codes {
        Codes { listed: [0; WORDS], others: BTreeSet::new() }
    }
}

impl Codes {
    fn add(&mut self, code: u32) {
        match self.listed.get_mut(code as usize / 64) {
            Some(word) => *word |= 1 << (code % 64),
            None => {
                self.others.insert(code);
            }
        }
    }

    fn join(&mut self, other: &Codes) {
        self.listed.iter_mut().zip(&other.listed).for_each(|(word, more)| *word |= more);
        self.others.extend(&other.others);
    }

    fn sorted(&self) -> Vec<u32> {
        let listed =
            (0..LISTED as u32).filter(|code| self.listed[*code as usize / 64] >> (code % 64) & 1 == 1);
        listed.chain(self.others.iter().copied()).collect()
    }
}

/// The place of a code among those that occur, times a step.
struct Places<'a> {
    codes: &'a [u32],
    step: u32,
    listed: Vec<u32>,
}

impl<'a> Places<'a> {
    fn new(codes: &'a [u32], step: u32) -> Places<'a> {
        let mut listed = vec![NOWHERE; LISTED];
        for (code, place) in codes.iter().zip(0..) {
            if let Some(entry) = listed.get_mut(*code as usize) {
                *entry = place * step;
            }
        }
        Places { codes, step, listed }
    }

    fn of(&self, code: u32) -> u32 {
        match self.listed.get(code as usize) {
            Some(place) => *place,
            None => self.codes.binary_search(&code).map_or(NOWHERE, |place| place as u32 * self.step),
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
