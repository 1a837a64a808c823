//! Breaking a label into lines of even length.

use crate::fonts::{Fonts, Weight};

/// The fewest lines that hold `text` within `room` px, as even as they can be; a single word longer than the room
/// stands alone. Only ordinary spaces break: a number keeps its sign across a no-break space.
///
/// Even means that the widest line is as narrow as possible, which also spares the lone word on a last line.
pub fn wrap(text: &str, room: f64, size: f64, weight: Weight, fonts: &Fonts) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let width = |from: usize, to: usize| fonts.width(&words[from..to].join(" "), size, weight);
    let filled = greedy(words.len(), room, &width);
    let joined = |breaks: Vec<(usize, usize)>| {
        breaks.into_iter().map(|(from, to)| words[from..to].join(" ")).collect()
    };
    if words.len() > PROSE {
        return joined(filled);
    }
    let fewest = filled.len();
    let mut candidates: Vec<f64> = (0..words.len())
        .flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)))
        .map(|(from, to)| width(from, to))
        .filter(|candidate| *candidate <= room)
        .collect();
    candidates.sort_by(f64::total_cmp);
    let even = candidates
        .into_iter()
        .map(|candidate| greedy(words.len(), candidate, &width))
        .find(|breaks| breaks.len() <= fewest)
        .unwrap_or(filled);
    joined(even)
}

/// Words of a label; what is longer is prose, whose lines are filled as far as they go.
const PROSE: usize = 16;

/// Lines as pairs of word numbers, each filled as far as the room goes.
fn greedy(words: usize, room: f64, width: &impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut from = 0;
    while from < words {
        let mut to = from + 1;
        while to < words && width(from, to + 1) <= room {
            to += 1;
        }
        lines.push((from, to));
        from = to;
    }
    lines
}
