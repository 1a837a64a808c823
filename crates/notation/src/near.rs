//! The word that was probably meant.

/// The nearest known word: 1 edit away for words of up to four letters, 2 for longer ones.
///
/// An edit is a letter added, dropped or changed, or two neighbours that changed places (Damerau-Levenshtein
/// distance, restricted). Of words equally near the first known one is taken, so name the likely ones first.
///
/// # Example
/// ```
/// assert_eq!(notation::near("wrok", ["housing", "work"]), Some("work"));
/// assert_eq!(notation::near("wrok", ["none"]), None);
/// ```
pub fn near<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let letters: Vec<char> = word.chars().collect();
    let limit = if letters.len() <= 4 { 1 } else { 2 };
    let mut best: Option<(usize, &str)> = None;
    for each in known {
        let away = count(&letters, each);
        if away <= limit && away > 0 && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, each));
        }
    }
    best.map(|(_, word)| word)
}

/// How many edits lie between two texts, as [`near`] counts them; `usize::MAX` where their lengths differ by more
/// than two letters.
pub fn edits(left: &str, right: &str) -> usize {
    count(&left.chars().collect::<Vec<_>>(), right)
}

fn count(left: &[char], right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > 2 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let change = above[column] + usize::from(letter != other);
            let mut least = change.min(above[column + 1] + 1).min(here[column] + 1);
            let swapped = row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            here.push(least);
        }
        before = std::mem::replace(&mut above, here);
    }
    above[right.len()]
}
