//! Work on many rows by several threads, with results that do not depend on how many there are.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::OnceLock;
use std::thread;

/// Rows of a chunk. Chunks, not threads, decide in which order sums are added.
const ROWS: usize = 1 << 16;

fn threads() -> usize {
    // Asking the system reads files: once is enough.
    static THREADS: OnceLock<usize> = OnceLock::new();
    *THREADS.get_or_init(|| thread::available_parallelism().map_or(1, NonZeroUsize::get).min(8))
}

/// `work` on each chunk of `rows` rows; results in the order of the chunks.
///
/// A chunk has at least `smallest` rows, for work that needs a table of its own.
pub(crate) fn map<T: Send>(rows: usize, smallest: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let size = ROWS.max(smallest);
    let chunk = |number: usize| work(number * size..rows.min((number + 1) * size));
    each(rows.div_ceil(size), chunk)
}

/// `work` on each of `count` tasks; results in their order.
pub(crate) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let share = count.div_ceil(threads()).max(1);
    if count <= share {
        return (0..count).map(work).collect();
    }
    thread::scope(|scope| {
        let work = &work;
        let start = |first: usize| {
            scope.spawn(move || (first..count.min(first + share)).map(work).collect::<Vec<T>>())
        };
        let others: Vec<_> = (share..count).step_by(share).map(start).collect();
        let mut results: Vec<T> = (0..share).map(work).collect();
        for other in others {
            results.extend(other.join().expect("the work does not panic"));
        }
        results
    })
}

/// Fills `out` chunk by chunk; `work` gets the first row of its chunk and the entries to write.
pub(crate) fn fill<T: Send, U: Send>(out: &mut [T], work: impl Fn(usize, &mut [T]) -> U + Sync) -> Vec<U> {
    let share = out.len().div_ceil(ROWS).div_ceil(threads()).max(1) * ROWS;
    let part = |first: usize, part: &mut [T]| -> Vec<U> {
        let chunks = part.chunks_mut(ROWS).enumerate();
        chunks.map(|(number, chunk)| work(first + number * ROWS, chunk)).collect()
    };
    if out.len() <= share {
        return part(0, out);
    }
    thread::scope(|scope| {
        let part = &part;
        let parts = out.chunks_mut(share).enumerate();
        let start = |(number, rows)| scope.spawn(move || part(number * share, rows));
        let running: Vec<_> = parts.map(start).collect();
        running.into_iter().flat_map(|one| one.join().expect("the work does not panic")).collect()
    })
}
