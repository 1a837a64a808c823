//! Characters that people cannot see and would trip over.

use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::{Finding, Piece};

/// Controls that turn the direction of a text around: one N002 for each run of them.
pub fn hidden(file: &str, text: &str) -> Vec<Finding> {
    if !turns_around(text) {
        return Vec::new();
    }
    let is_control = |each: char| matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let finding = |piece: Piece<'_>| {
        let names = names(piece.text);
        let says = format!("an invisible control ({names}) reverses what people see");
        let mut finding = Finding::error("N002", piece.place(&Arc::from(file)), says)
            .remedy("delete it; direction comes from the language");
        finding.fix = Some(String::new());
        finding
    };
    runs(text, is_control).map(finding).collect()
}

/// Whether a text holds one of the controls [`hidden`] looks for, by their bytes.
///
/// Translations are long and in many scripts, and hardly any has one: without a way out of the loop, many bytes are
/// looked at at a time, and no letter is made of them.
fn turns_around(text: &str) -> bool {
    text.as_bytes().windows(3).fold(false, |found, bytes| {
        let embeds = (bytes[1] == 0x80) & (bytes[2] >= 0xaa) & (bytes[2] <= 0xae);
        let isolates = (bytes[1] == 0x81) & (bytes[2] >= 0xa6) & (bytes[2] <= 0xa9);
        found | ((bytes[0] == 0xe2) & (embeds | isolates))
    })
}

/// Blanks that are no plain space, and letters that are not composed: one N004 for each run or line.
pub fn untidy(file: &str, text: &str) -> Vec<Finding> {
    let file = Arc::from(file);
    let is_odd_blank =
        |each: char| matches!(each, '\u{a0}' | '\u{202f}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    let blank = |piece: Piece<'_>| {
        let says = format!("an invisible character ({}) that is no plain space", names(piece.text));
        let mut finding = Finding::warning("N004", piece.place(&file), says);
        let wide = piece.text.chars().any(|each| matches!(each, '\u{a0}' | '\u{202f}'));
        finding.fix = Some(if wide { " " } else { "" }.to_owned());
        finding.remedy(if wide { "write a plain space" } else { "delete it" })
    };
    let mark_at_start = |piece: &Piece<'_>| piece.start == 0 && piece.text == "\u{feff}";
    let mut findings: Vec<_> =
        runs(text, is_odd_blank).filter(|piece| !mark_at_start(piece)).map(blank).collect();
    findings.extend(lines(text).filter(|line| !line.text.is_ascii() && !is_nfc(line.text)).map(|line| {
        let says = "letters and their accents are stored apart here";
        let mut finding = Finding::warning("N004", line.place(&file), says);
        finding.fix = Some(line.text.nfc().collect());
        finding.remedy("store them composed (Unicode NFC), so that equal words compare equal")
    }));
    findings
}

fn names(text: &str) -> String {
    let names: Vec<_> = text.chars().map(|each| format!("U+{:04X}", each as u32)).collect();
    names.join(" ")
}

fn lines(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let pieces = text.split_inclusive('\n').scan(0, |start, line| {
        let piece = Piece { text: line, start: *start };
        *start += line.len();
        Some(piece)
    });
    pieces.filter_map(Piece::trimmed)
}

/// Every run of neighbours that a test picks.
fn runs(text: &str, picks: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(picks)?;
        let rest = &text[start..];
        let length = rest.find(|each| !picks(each)).unwrap_or(rest.len());
        at = start + length;
        Some(Piece { text: &rest[..length], start })
    })
}

#[cfg(test)]
mod tests;
