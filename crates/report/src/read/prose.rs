//! Prose with inserts, its translations, and what must not be said of such a survey.

use std::{collections::BTreeMap, ops::Range};

use notation::{Finding, Place, Words};
use survey::{Language, po::Entry};

use super::{Reader, Translation};
use crate::{
    definition::{Prose, Span},
    insert,
};

/// Words nobody may say of people who chose to answer, by language.
const CLAIMS: [(&str, &[&str]); 2] = [
    ("en", &["margin of error", "significant", "representative", "plus or minus", "times out of 20"]),
    (
        "fr",
        &["marge d’erreur", "marge d'erreur", "significati", "représentati", "plus ou moins", "fois sur 20"],
    ),
];

impl Reader<'_> {
    /// Words without inserts, with their translations.
    pub(super) fn words(&mut self, path: &str, words: &Words<'_>) -> survey::Words {
        let mut made = survey::Words::new(path, words.text());
        if words.is_empty() {
            self.findings.push(Finding::error("R003", words.place(), "words are missing here"));
            return made;
        }
        for (language, (text, _)) in self.translated(path, &made.source, &words.place()) {
            made.translations.insert(language, text);
        }
        made
    }

    /// A paragraph, title or note, with its translations; inserts must be the same in all of them.
    pub(super) fn prose(&mut self, path: &str, words: &Words<'_>) -> Prose {
        let written = words.written();
        let source = self.spans(&written, &|range| words.part(range).place(), &Language::english());
        let mut spoken = BTreeMap::new();
        for (language, (text, place)) in self.translated(path, &written, &words.place()) {
            let spans = self.spans(&text, &|_| place.clone(), &language);
            self.same_inserts(&source, &spans, &language, &words.place(), &place);
            spoken.insert(language, spans);
        }
        spoken.insert(Language::english(), source);
        Prose { at: words.place(), spoken }
    }

    /// The translations made for exactly this text; what is missing or stale is said (R040).
    fn translated(&mut self, path: &str, source: &str, place: &Place) -> BTreeMap<Language, (String, Place)> {
        let mut found = BTreeMap::new();
        for (language, translation) in &mut self.translations {
            match fitting(translation, path, source) {
                Ok(text) => {
                    found.insert(language.clone(), text);
                }
                Err(says) => {
                    let says = format!("the {} of `{path}` {says}", language.english_name());
                    let finding = Finding::error("R040", place.clone(), says);
                    let remedy =
                        format!("translate it in `{}` under exactly these words", translation.po.file);
                    self.findings.push(finding.remedy(remedy));
                }
            }
        }
        found
    }

    fn spans(&mut self, text: &str, at: &dyn Fn(Range<usize>) -> Place, language: &Language) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut begun = 0;
        while let Some(open) = brace(text, begun) {
            let Some(close) = text[open..].find('}').map(|length| open + length) else {
                let finding = Finding::error("R011", at(open..open + 1), "this `{` is never closed");
                self.findings.push(finding.remedy("close it with `}`; to print a brace write `\\{`"));
                break;
            };
            self.plain(&text[begun..open], begun, at, language, &mut spans);
            let inner = |range: Range<usize>| at(open + 1 + range.start..open + 1 + range.end);
            spans.extend(
                insert::read(&text[open + 1..close], &inner, &self.scope, &mut self.findings)
                    .map(|insert| Span::Insert(Box::new(insert))),
            );
            begun = close + 1;
        }
        self.plain(&text[begun..], begun, at, language, &mut spans);
        spans
    }

    fn plain(
        &mut self,
        text: &str,
        start: usize,
        at: &dyn Fn(Range<usize>) -> Place,
        language: &Language,
        spans: &mut Vec<Span>,
    ) {
        if text.is_empty() {
            return;
        }
        if let Some(range) = typed_share(text) {
            let place = at(start + range.start..start + range.end);
            let finding =
                Finding::warning("R030", place, "this number was typed by hand and will not follow the data");
            self.findings.push(finding.remedy("write `{pct QUESTION.CHOICE}`"));
        }
        let low = text.to_lowercase();
        let claims = CLAIMS.iter().filter(|(tag, _)| *tag == language.tag()).flat_map(|(_, claims)| *claims);
        for claim in claims {
            if let Some(byte) = low.find(claim).filter(|_| low.len() == text.len()) {
                let place = at(start + byte..start + byte + claim.len());
                let says = format!(
                    "`{}` claims more than people who chose to answer allow",
                    &text[byte..byte + claim.len()]
                );
                let finding = Finding::warning("R032", place, says);
                self.findings.push(finding.remedy("say what was found, and for whom"));
            }
        }
        let meant = text.replace("\\{", "{").replace("\\[", "[").replace("\\#", "#");
        spans.push(Span::Words(meant));
    }

    fn same_inserts(
        &mut self,
        source: &[Span],
        other: &[Span],
        language: &Language,
        here: &Place,
        there: &Place,
    ) {
        let written = |spans: &[Span]| {
            let mut all: Vec<String> = spans
                .iter()
                .filter_map(|span| match span {
                    Span::Insert(insert) => Some(insert.written.clone()),
                    Span::Words(_) => None,
                })
                .collect();
            all.sort();
            all
        };
        let (wanted, found) = (written(source), written(other));
        let lost = wanted.iter().find(|insert| count(&found, insert) < count(&wanted, insert));
        let extra = found.iter().find(|insert| count(&wanted, insert) < count(&found, insert));
        for (insert, says) in [(lost, "is missing from"), (extra, "is only in")] {
            let Some(insert) = insert else { continue };
            let says = format!("`{{{insert}}}` {says} the {}", language.english_name());
            let finding = Finding::error("R041", there.clone(), says);
            self.findings.push(finding.also(here.clone(), "the English stands here"));
        }
    }

    /// Entries of the PO files that belong to nothing.
    pub(super) fn strays(&mut self) {
        for translation in self.translations.values() {
            for entry in translation.po.live() {
                let (Some(path), Some(context)) = (entry.path(), &entry.msgctxt) else { continue };
                if !translation.used.contains(path) {
                    let finding = Finding::warning(
                        "R042",
                        translation.po.place(context),
                        format!("`{path}` is not in the report"),
                    );
                    self.findings.push(finding.remedy("delete the entry, or mend its path"));
                }
            }
        }
    }
}

fn count(all: &[String], insert: &str) -> usize {
    all.iter().filter(|each| *each == insert).count()
}

/// The translation made for exactly this source, or what is wrong.
///
/// A text of several paragraphs has an entry for each, as `text.lead.1`; the number only tells them apart, so that a
/// paragraph put between two others makes neither stale.
fn fitting(
    translation: &mut Translation<'_>,
    path: &str,
    source: &str,
) -> Result<(String, Place), &'static str> {
    let Translation { po, used } = translation;
    let family: Vec<&Entry<'_>> =
        po.live().filter(|entry| entry.path().is_some_and(|own| is_of(own, path))).collect();
    let Some(entry) = family.iter().find(|entry| entry.english() == source) else {
        used.extend(family.iter().filter_map(|entry| entry.path()).map(str::to_owned));
        return Err(if family.is_empty() { "is missing" } else { "was made for other words" });
    };
    used.extend(entry.path().map(str::to_owned));
    let Some(text) = entry.text() else { return Err("is empty or in doubt") };
    let place = entry.msgstrs.first().map(|text| po.place(text));
    Ok((text.to_owned(), place.expect("an entry with a text has a msgstr")))
}

/// Whether a path of a PO file is this one, or one of its paragraphs.
fn is_of(own: &str, path: &str) -> bool {
    own.strip_prefix(path).is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('.').is_some_and(|number| number.bytes().all(|each| each.is_ascii_digit()))
    })
}

/// The next `{` that no backslash stands before.
fn brace(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|byte| bytes[*byte] == b'{' && (*byte == 0 || bytes[byte - 1] != b'\\'))
}

/// Digits before a per cent sign or word.
fn typed_share(text: &str) -> Option<Range<usize>> {
    let sign = ["%", " %", "\u{a0}%", " per cent", " percent", " pour cent"];
    text.char_indices().filter(|(_, each)| each.is_ascii_digit()).find_map(|(byte, _)| {
        let after = &text[byte + 1..];
        let sign = sign.iter().find(|sign| after.starts_with(**sign))?;
        let begins = text[..byte].rfind(|each: char| !each.is_ascii_digit()).map_or(0, |before| before + 1);
        text.is_char_boundary(begins).then_some(begins..byte + 1 + sign.len())
    })
}
