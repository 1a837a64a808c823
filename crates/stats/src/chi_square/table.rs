//! The cells of a table that have respondents, row by row.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::estimate::{means_of, totals_of};
use crate::linear::Reading;
use crate::totals::sum_people;
use crate::{Design, Error, Estimates, Mask, Variable, chunks, means, totals};

/// Codes below this are looked up in a list, others in a tree.
const LISTED: usize = 1 << 12;
const WORDS: usize = LISTED / 64;
/// So many people tell how large the codes are, nearly always.
const FIRST: usize = 4_096;
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
    pub(super) fn read(answers: &Answers<'_>, design: &Design) -> Result<Coded, Error> {
        let (row_codes, column_codes) = answers.codes(design.weights());
        let cells = answers.cells(&row_codes, &column_codes);
        Coded { rows: row_codes, columns: column_codes, cells }.checked()
    }

    /// Sums the rows by cluster and cell, where codes are small; the cells are those of the sums.
    ///
    /// The codes of the first people are nearly always those of all, and then one pass is enough; where somebody gives
    /// a larger one, the sizes are read and the rows summed again.
    pub(super) fn summed(answers: &Answers<'_>, design: &Design) -> Result<Option<(Design, Coded)>, Error> {
        let first = answers.sizes(answers.rows.len().min(FIRST));
        let sums = sums_within(answers, design, first);
        let all = || answers.sizes(answers.rows.len());
        let (sizes, sums) = match sums {
            Sums::Beyond => {
                let sizes = all();
                (sizes, sums_within(answers, design, sizes))
            }
            sums => (first, sums),
        };
        match sums {
            Sums::All(design, cells) => Coded::of_sums(design, &cells, sizes).map(Some),
            Sums::Beyond | Sums::TooMany => Ok(None),
        }
    }

    /// The cells that occur among sums over a table of this height and width, and one for everybody outside.
    fn of_sums(
        design: Design,
        cells: &[u32],
        (height, width): (usize, usize),
    ) -> Result<(Design, Coded), Error> {
        let outside = height * width;
        let mut held = vec![false; outside + 1];
        let weighted = cells.iter().zip(design.weights());
        weighted.for_each(|(cell, weight)| held[*cell as usize] |= *weight > 0.0);
        let occurs = |row: usize, column: usize| held[row * width + column];
        let rows = (0..height).filter(|row| (0..width).any(|column| occurs(*row, column)));
        let columns = (0..width).filter(|column| (0..height).any(|row| occurs(row, *column)));
        let (rows, columns): (Vec<u32>, Vec<u32>) =
            (rows.map(|code| code as u32).collect(), columns.map(|code| code as u32).collect());
        let kept = rows.iter().flat_map(|row| columns.iter().map(move |column| row * width as u32 + column));
        let mut places = vec![(rows.len() * columns.len()) as u32; outside + 1];
        kept.zip(0..).for_each(|(cell, place)| places[cell as usize] = place);
        let cells = cells.iter().map(|cell| places[*cell as usize]).collect();
        Ok((design, Coded { rows, columns, cells }.checked()?))
    }

    fn checked(self) -> Result<Coded, Error> {
        for (what, got) in [("rows", self.rows.len()), ("columns", self.columns.len())] {
            if got < 2 {
                return Err(Error::TooFew { what, got, needed: 2 });
            }
        }
        Ok(self)
    }
}

/// What came of summing rows over a table of some height and width.
enum Sums {
    /// Every row is in it: the design of the sums, and the cell of each.
    All(Design, Vec<u32>),
    /// Somebody gave a code beyond it.
    Beyond,
    /// There are too many cells, or the rows themselves are needed.
    TooMany,
}

fn sums_within(answers: &Answers<'_>, design: &Design, (height, width): (usize, usize)) -> Sums {
    let Some(outside) = height.checked_mul(width).filter(|cells| *cells < LISTED) else {
        return Sums::TooMany;
    };
    let beyond = AtomicBool::new(false);
    let cell = |row: usize| match (answers.rows[row], answers.columns[row], answers.inside[row]) {
        (Some(one), Some(other), true) if (one as usize) < height && (other as usize) < width => {
            one * width as u32 + other
        }
        (Some(_), Some(_), true) => {
            beyond.store(true, Ordering::Relaxed);
            outside as u32
        }
        _ => outside as u32,
    };
    let sums = sum_people(design, outside + 1, cell);
    match sums {
        _ if beyond.load(Ordering::Relaxed) => Sums::Beyond,
        Some((design, cells)) => Sums::All(design, cells),
        None => Sums::TooMany,
    }
}

/// Both answers of every row, and whether it is in the domain.
pub(super) struct Answers<'a> {
    rows: &'a [Option<u32>],
    columns: &'a [Option<u32>],
    inside: &'a [bool],
}

impl<'a> Answers<'a> {
    pub(super) fn new(
        design: &Design,
        rows: &'a [Option<u32>],
        columns: &'a [Option<u32>],
        domain: &'a Mask,
    ) -> Result<Answers<'a>, Error> {
        design.check_rows("rows of the table", rows.len())?;
        design.check_rows("columns of the table", columns.len())?;
        design.check_rows("domain", domain.rows())?;
        Ok(Answers { rows, columns, inside: domain.as_slice() })
    }

    /// One more than the largest code of each side that the first `people` gave, whoever they are.
    fn sizes(&self, people: usize) -> (usize, usize) {
        let most = |codes: &[Option<u32>]| {
            codes.iter().fold(0, |most, code| most.max(code.map_or(0, |code| code as usize + 1)))
        };
        let parts =
            chunks::map(people, 0, |part| (most(&self.rows[part.clone()]), most(&self.columns[part])));
        parts.into_iter().fold((0, 0), |most, part| (most.0.max(part.0), most.1.max(part.1)))
    }

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
    /// Cell of each row; one more than there are for those outside.
    cells: Vec<u32>,
}

impl Table {
    pub(super) fn new(coded: &Coded, cells: &[u32]) -> Table {
        let (height, width) = (coded.rows.len(), coded.columns.len());
        let count = (height * width) as u32;
        let domain = Mask::from_fn(cells.len(), |row| cells[row] < count);
        Table { height, width, domain, cells: cells.to_vec() }
    }

    /// (r - 1)(c - 1).
    pub(super) fn contrasts(&self) -> usize {
        (self.height - 1) * (self.width - 1)
    }

    /// One 0/1 column per cell.
    fn columns(&self) -> Vec<Vec<f64>> {
        let column = |cell: u32| self.cells.iter().map(|own| f64::from(u8::from(*own == cell))).collect();
        (0..self.count() as u32).map(column).collect()
    }

    fn count(&self) -> usize {
        self.height * self.width
    }

    pub(super) fn shares(&self, design: &Design) -> Result<Estimates, Error> {
        match Reading::of_cells(design, &self.cells, self.count()) {
            Some(readings) => means_of(design, &readings, &self.domain),
            None => means(design, &variables(&self.columns(), &self.domain)),
        }
    }

    pub(super) fn counts(&self, design: &Design) -> Result<Estimates, Error> {
        match Reading::of_cells(design, &self.cells, self.count()) {
            Some(readings) => totals_of(design, &readings, &self.domain),
            None => totals(design, &variables(&self.columns(), &self.domain)),
        }
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

fn variables<'a>(columns: &'a [Vec<f64>], domain: &'a Mask) -> Vec<Variable<'a>> {
    columns.iter().map(|values| Variable { values, domain }).collect()
}
