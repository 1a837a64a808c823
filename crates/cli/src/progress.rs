//! Progress of long work: a bar on a terminal, silence elsewhere.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that counts to `length` under a few words.
pub(crate) fn bar(length: u64, words: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:<28} {bar:32} {pos:>5} of {len} {elapsed:>4}")
        .expect("the template is a constant that is well formed");
    ProgressBar::new(length).with_style(style).with_message(words)
}
