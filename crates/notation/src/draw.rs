//! Findings as people read them: the line, the carets below it, and what to do.

use std::{borrow::Cow, ops::Range};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::{Finding, Place, Severity, Sources, locate::boundary};

/// Draw findings one below the other, a blank line between them.
///
/// In a line with right-to-left letters carets would lie: there the whole string is underlined, and the part that is
/// meant is quoted between isolating controls.
pub fn draw(findings: &[Finding], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let drawn: Vec<String> = findings.iter().map(|finding| draw_one(finding, sources, &renderer)).collect();
    if drawn.is_empty() { String::new() } else { drawn.join("\n\n") + "\n" }
}

fn draw_one(finding: &Finding, sources: &Sources, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let mut group = level
        .primary_title(&finding.says)
        .id(finding.code)
        .elements(Vec::<Snippet<'_, Annotation<'_>>>::new());
    for file in files(finding) {
        group = element(group, finding, file, sources);
    }
    if let Some(remedy) = &finding.remedy {
        group = group.element(Level::HELP.message(remedy));
    }
    renderer.render(&[group])
}

/// The files of a finding, its own first, each once.
fn files(finding: &Finding) -> Vec<&str> {
    let mut files = vec![&*finding.at.file];
    for (place, _) in &finding.also {
        if !files.contains(&&*place.file) {
            files.push(&place.file);
        }
    }
    files
}

fn element<'a>(group: Group<'a>, finding: &'a Finding, file: &'a str, sources: &'a Sources) -> Group<'a> {
    let Some(text) = sources.get(file) else { return group.element(Origin::path(file)) };
    let mut strokes: Vec<Stroke<'a>> = Vec::new();
    if &*finding.at.file == file {
        strokes.push(Stroke::new(&finding.at, AnnotationKind::Primary, None, text));
    }
    for (place, says) in finding.also.iter().filter(|(place, _)| &*place.file == file) {
        strokes.push(Stroke::new(place, AnnotationKind::Context, Some(says), text));
    }
    // Only the lines that matter are handed on: a translation file holds thousands.
    let first = strokes.iter().map(|stroke| line_of(text, stroke.range.start).start).min().unwrap_or(0);
    let last = strokes.iter().map(|stroke| line_of(text, stroke.range.end).end).max().unwrap_or(0);
    let line = text[..first].bytes().filter(|each| *each == b'\n').count() + 1;
    let snippet = Snippet::source(&text[first..last]).path(file).line_start(line);
    group.element(snippet.annotations(strokes.into_iter().map(|stroke| stroke.annotation(first))))
}

/// One underlined stretch of a file.
struct Stroke<'a> {
    range: Range<usize>,
    kind: AnnotationKind,
    label: Option<Cow<'a, str>>,
}

impl<'a> Stroke<'a> {
    fn new(place: &Place, kind: AnnotationKind, says: Option<&'a str>, text: &str) -> Stroke<'a> {
        let start = boundary(text, place.start);
        let range = start..boundary(text, place.end).max(start);
        let label = says.map(Cow::Borrowed);
        let line = line_of(text, range.start);
        let whole = string_around(text, &line);
        if !text[line].chars().any(runs_right_to_left) || whole.end < range.end || whole == range {
            return Stroke { range, kind, label };
        }
        let part = format!("\u{2068}{}\u{2069}", &text[range]);
        let label = Some(Cow::Owned(label.map_or(part.clone(), |says| format!("{says}: {part}"))));
        Stroke { range: whole, kind, label }
    }

    fn annotation(self, first: usize) -> Annotation<'a> {
        self.kind.span(self.range.start - first..self.range.end - first).label(self.label)
    }
}

/// The line around a byte, without its end.
fn line_of(text: &str, byte: usize) -> Range<usize> {
    let start = text[..byte].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[byte..].find('\n').map_or(text.len(), |length| byte + length);
    start..end
}

/// The quoted string of a line, quotes included, or else all of it but its indentation.
fn string_around(text: &str, line: &Range<usize>) -> Range<usize> {
    let written = &text[line.clone()];
    match (written.find('"'), written.rfind('"')) {
        (Some(open), Some(close)) if open < close => line.start + open..line.start + close + 1,
        _ => line.end - written.trim_start().len()..line.start + written.trim_end().len(),
    }
}

/// Whether a letter belongs to a script that runs from right to left.
fn runs_right_to_left(each: char) -> bool {
    matches!(each, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
