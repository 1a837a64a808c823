//! Sections, and the prose in them.

use notation::{Finding, Item as Lines, Words};

use super::{Reader, place_in};
use crate::{
    definition::{Item, Prose, Section, Text},
    insert::Verb,
    scope::tokens,
    test::{self, Test},
};

impl Reader<'_> {
    /// `section NAME  WORDS`.
    pub(super) fn section(&mut self, item: &Lines<'_>) {
        let (name, words) = item.head.rest.first();
        let Some(name) = name else { return self.shape(&item.head, "section NAME  TITLE") };
        if !self.is_new("section", name.text, item.head.rest.place_of(name)) {
            return;
        }
        let title = self.words(&format!("section.{}", name.text), &words);
        self.report.sections.push(Section { name: name.text.to_owned(), title, items: Vec::new() });
        for line in &item.body {
            self.unknown(line, line.word, &["text", "figure"]);
        }
    }

    /// Put something into the open section.
    pub(super) fn put(&mut self, head: &notation::Line<'_>, item: Item) {
        match self.report.sections.last_mut() {
            Some(section) => section.items.push(item),
            None => {
                let finding = Finding::error("R006", head.place.clone(), "this belongs to no section");
                self.findings.push(finding.remedy("open one with `section NAME  TITLE`"));
            }
        }
    }

    /// `text NAME [when TEST]` and its paragraphs.
    pub(super) fn text(&mut self, item: &Lines<'_>) {
        let (name, rest) = item.head.rest.first();
        let Some(name) = name else { return self.shape(&item.head, "text NAME") };
        if !self.is_new("text", name.text, item.head.rest.place_of(name)) {
            return;
        }
        let when = self.condition(&rest);
        let paragraphs = self.paragraphs(item, &format!("text.{}", name.text));
        let text = Text { name: name.text.to_owned(), when, paragraphs, otherwise: Vec::new() };
        self.put(&item.head, Item::Text(text));
    }

    /// `else` after a text.
    pub(super) fn otherwise(&mut self, item: &Lines<'_>) {
        let name = match self.report.sections.last().and_then(|section| section.items.last()) {
            Some(Item::Text(text)) if text.otherwise.is_empty() => text.name.clone(),
            _ => {
                let finding = Finding::error("R007", item.head.place.clone(), "this `else` follows no text");
                return self.findings.push(finding.remedy("put it directly below the text it stands in for"));
            }
        };
        let paragraphs = self.paragraphs(item, &format!("text.{name}:else"));
        if let Some(Item::Text(text)) =
            self.report.sections.last_mut().and_then(|section| section.items.last_mut())
        {
            text.otherwise = paragraphs;
        }
    }

    /// `when TEST`, if anything is written.
    pub(super) fn condition(&mut self, rest: &Words<'_>) -> Option<Test> {
        let (written, at) = (rest.written(), place_in(rest));
        let words = tokens(&written);
        let (first, others) = words.split_first()?;
        if first.text != "when" {
            let finding =
                Finding::error("R003", at(first.range.clone()), format!("`{}` is not `when`", first.text));
            self.findings.push(finding.remedy("write `text NAME when TEST`, or nothing"));
            return None;
        }
        test::read(others, &at, &self.scope, &mut self.findings)
    }

    fn paragraphs(&mut self, item: &Lines<'_>, path: &str) -> Vec<Prose> {
        let file = item.head.place.file.clone();
        let start = item.head.place.end;
        item.prose().into_iter().map(|pieces| self.prose(path, &Words::new(&file, start, pieces))).collect()
    }

    /// `methods`, with a `note`.
    pub(super) fn methods(&mut self, item: &Lines<'_>) {
        let mut note = None;
        for line in &item.body {
            match line.word {
                "note" => note = Some(self.prose("methods.note", &line.rest)),
                other => self.unknown(line, other, &["note"]),
            }
        }
        self.put(&item.head, Item::Methods { note });
    }

    /// Inserts that name a figure are resolved when all figures are known.
    pub(super) fn figures_named(&mut self) {
        let figures = self.report.sections.iter().flat_map(|section| &section.items);
        let names: Vec<&str> = figures
            .filter_map(|item| match item {
                Item::Figure(figure) => Some(figure.name.as_str()),
                _ => None,
            })
            .collect();
        for prose in self.report.proses() {
            for insert in prose.inserts() {
                let Verb::Figure(name) = &insert.verb else { continue };
                if !names.contains(&name.as_str()) {
                    let finding =
                        Finding::error("R010", insert.at.clone(), format!("`{name}` is not a figure"));
                    self.findings.push(finding.perhaps(notation::near(name, names.iter().copied())));
                }
            }
        }
    }
}
