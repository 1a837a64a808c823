//! From the author's files to a report whose every name is resolved, with every finding in one run.

mod figure;
mod prose;
mod section;

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use notation::{Finding, Item, Line, Place, Severity, Sources, Words};
use survey::{Language, Po, Survey};

use crate::{
    definition::{End, Measure, Report},
    scope::{NetOf, Scope, Token, tokens},
};

/// What may open an item.
const HEADS: [&str; 14] = [
    "report", "title", "people", "survey", "langs", "group", "net", "snapshot", "section", "text", "else",
    "figure", "methods", "note",
];

/// Read the one `.report` of the sources and the PO files beside it.
///
/// The report is given only when no finding is an error.
pub fn read(sources: &Sources, survey: &Survey) -> (Option<Report>, Vec<Finding>) {
    let Some((file, text)) = sources.iter().find(|(path, _)| path.ends_with(".report")) else {
        return (None, Vec::new());
    };
    let (items, findings) = notation::read(file, text);
    let mut reader = Reader::new(file, sources, survey, findings);
    reader.translations(&items);
    for item in &items {
        reader.item(item);
    }
    reader.finish(&items)
}

pub(crate) struct Reader<'s> {
    file: Arc<str>,
    sources: &'s Sources,
    pub(crate) scope: Scope<'s>,
    pub(crate) findings: Vec<Finding>,
    translations: BTreeMap<Language, Translation<'s>>,
    report: Report,
    /// Kind and name of sections, texts and figures, and where they stand.
    names: BTreeMap<String, Place>,
}

/// A PO file, and which of its paths were used.
struct Translation<'s> {
    po: Po<'s>,
    used: std::collections::BTreeSet<String>,
}

/// A place of one line's words.
fn place_in<'a>(words: &'a Words<'_>) -> impl Fn(Range<usize>) -> Place + 'a {
    |range| words.part(range).place()
}

impl<'s> Reader<'s> {
    fn new(file: &str, sources: &'s Sources, survey: &'s Survey, findings: Vec<Finding>) -> Reader<'s> {
        let empty = || survey::Words::new("", "");
        let report = Report {
            name: String::new(),
            survey: String::new(),
            title: empty(),
            people: empty(),
            languages: vec![Language::english()],
            drafts: Vec::new(),
            nets: BTreeMap::new(),
            numbers: Vec::new(),
            sections: Vec::new(),
        };
        Reader {
            file: Arc::from(file),
            sources,
            scope: Scope { survey, groups: BTreeMap::new(), nets: BTreeMap::new() },
            findings,
            translations: BTreeMap::new(),
            report,
            names: BTreeMap::new(),
        }
    }

    /// The languages first: every text wants its translations when it is read.
    fn translations(&mut self, items: &[Item<'_>]) {
        let folder = self.file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let lines = items.iter().filter(|item| item.head.word == "langs");
        for (tag, place) in lines.flat_map(|item| tags(&item.head)) {
            let Some(language) = Language::of_tag(&tag) else {
                self.findings.push(Finding::error(
                    "R015",
                    place,
                    format!("`{tag}` is not a language we know"),
                ));
                continue;
            };
            if language == Language::english() {
                continue;
            }
            let file = format!("{folder}{tag}.po");
            let Some(text) = self.sources.get(&file) else {
                let finding =
                    Finding::error("R040", place, format!("`{tag}.po` is missing beside the report"));
                self.findings.push(finding.remedy(format!("put the words of the report into `{file}`")));
                continue;
            };
            let (po, found) = survey::po::read(&file, text);
            self.findings.extend(found);
            if po.header("X-Soundings-State") == Some("draft") {
                self.report.drafts.push(language.clone());
            }
            self.report.languages.push(language.clone());
            self.translations.insert(language, Translation { po, used: Default::default() });
        }
    }

    fn item(&mut self, item: &Item<'_>) {
        let head = &item.head;
        match head.word {
            "report" => self.report.name = head.rest.text(),
            "survey" => self.survey(head),
            "title" => self.report.title = self.words("title", &head.rest),
            "people" => self.report.people = self.words("people", &head.rest),
            "langs" => {}
            "group" => self.group(head),
            "net" => self.net(head),
            "snapshot" => self.snapshot(item),
            "section" => self.section(item),
            "text" => self.text(item),
            "else" => self.otherwise(item),
            "figure" => self.figure(item),
            "methods" => self.methods(item),
            other => self.unknown(head, other, &HEADS),
        }
    }

    /// A line whose first word means nothing here.
    fn unknown(&mut self, line: &Line<'_>, word: &str, known: &[&str]) {
        let near = notation::near(word, known.iter().copied());
        let finding = Finding::error("R001", line.word_place(), format!("`{word}` does not belong here"));
        let remedy = format!("what may stand here: {}", known.join(", "));
        self.findings.push(if near.is_some() { finding.perhaps(near) } else { finding.remedy(remedy) });
    }

    fn survey(&mut self, head: &Line<'_>) {
        self.report.survey = head.rest.text();
        if self.report.survey != self.scope.survey.name {
            let says =
                format!("`{}` is not the survey read: `{}`", self.report.survey, self.scope.survey.name);
            self.findings.push(Finding::error("R002", head.rest.place(), says));
        }
    }

    /// `group NAME  by QUESTION`.
    fn group(&mut self, head: &Line<'_>) {
        let (written, at) = (head.rest.written(), place_in(&head.rest));
        let words = tokens(&written);
        let [name, by, question, ..] = &words[..] else { return self.shape(head, "group NAME  by QUESTION") };
        if by.text != "by" {
            return self.shape(head, "group NAME  by QUESTION");
        }
        if let Some(question) = self.scope.groups(question, &at, &mut self.findings) {
            self.scope.groups.insert(name.text.to_owned(), question);
        }
    }

    /// `net NAME  QUESTION (CODE, ..)  PROSE`: one end of a scale.
    fn net(&mut self, head: &Line<'_>) {
        const SHAPE: &str = "net NAME  QUESTION (CODE, ..)  WORDS";
        let (written, at) = (head.rest.written(), place_in(&head.rest));
        let words = tokens(&written);
        let closed = words.iter().position(|token| token.text == ")");
        let (Some(name), Some(question), Some(closed)) = (words.first(), words.get(1), closed) else {
            return self.shape(head, SHAPE);
        };
        let Some(question) = self.scope.question(question, &at, &mut self.findings) else { return };
        let codes: Vec<&Token<'_>> =
            words[2..closed].iter().filter(|token| !matches!(token.text, "(" | ",")).collect();
        let known: Vec<_> = codes
            .iter()
            .filter_map(|code| self.scope.choice(&question.id, code, &at, &mut self.findings))
            .collect();
        if known.len() < codes.len() {
            return;
        }
        let Some(end) = end_of(question, &known) else {
            let range = words[2].range.start..words[closed].range.end;
            let finding = Finding::error("R029", at(range), "these choices are not one end of the scale");
            self.findings.push(finding.remedy("a net is the upper or the lower half, the middle left out"));
            return;
        };
        let prose = head.rest.part(words[closed].range.end..written.len());
        let label = self.words(&format!("net.{}", name.text), &prose);
        self.report.nets.insert(name.text.to_owned(), label);
        self.scope.nets.insert(name.text.to_owned(), NetOf { question: question.id.clone(), end });
    }

    /// `snapshot` with `numbers M, ..`.
    fn snapshot(&mut self, item: &Item<'_>) {
        for line in &item.body {
            if line.word != "numbers" {
                self.unknown(line, line.word, &["numbers"]);
                continue;
            }
            let (written, at) = (line.rest.written(), place_in(&line.rest));
            for token in tokens(&written).iter().filter(|token| token.text != ",") {
                if let Some(share) = self.scope.share(token, &at, &mut self.findings) {
                    self.report.numbers.push(Measure { share, group: None });
                }
            }
            if self.report.numbers.len() > 3 {
                let finding = Finding::error("R016", line.place.clone(), "more than three numbers");
                self.findings.push(finding.remedy("a reader keeps three"));
            }
        }
    }

    /// A head that lacks its parts.
    fn shape(&mut self, line: &Line<'_>, shape: &str) {
        let finding = Finding::error("R003", line.place.clone(), "this line is not complete");
        self.findings.push(finding.remedy(format!("write `{shape}`")));
    }

    /// Whether no other item of this kind has the name; if one has, that is said.
    fn is_new(&mut self, kind: &str, name: &str, place: Place) -> bool {
        let Some(first) = self.names.get(&format!("{kind} {name}")) else {
            self.names.insert(format!("{kind} {name}"), place);
            return true;
        };
        let finding = Finding::error("R004", place, format!("there is a {kind} `{name}` already"));
        self.findings.push(finding.also(first.clone(), "here"));
        false
    }

    fn finish(mut self, items: &[Item<'_>]) -> (Option<Report>, Vec<Finding>) {
        for word in ["report", "title", "people", "survey"] {
            if !items.iter().any(|item| item.head.word == word && !item.head.rest.is_empty()) {
                let place = Place { file: Arc::clone(&self.file), start: 0, end: 0 };
                let finding = Finding::error("R005", place, format!("the line `{word}` is missing"));
                self.findings
                    .push(finding.remedy("begin a report with `report`, `title`, `people` and `survey`"));
            }
        }
        self.figures_named();
        self.strays();
        self.findings.sort_by(|one, other| one.at.cmp(&other.at));
        let broken = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        ((!broken).then_some(self.report), self.findings)
    }
}

fn tags(line: &Line<'_>) -> Vec<(String, Place)> {
    line.rest.tokens().into_iter().map(|tag| (tag.text.to_owned(), line.rest.place_of(tag))).collect()
}

/// Which half of the scale these choices are, the middle of an odd one left out.
fn end_of(question: &survey::Question, codes: &[survey::ChoiceId]) -> Option<End> {
    let all: Vec<&survey::ChoiceId> = question.choices().iter().map(|choice| &choice.id).collect();
    let half = all.len() / 2;
    let same = |part: &[&survey::ChoiceId]| {
        part.len() == codes.len() && codes.iter().all(|code| part.contains(&code))
    };
    if same(&all[..half]) {
        Some(End::Low)
    } else if same(&all[all.len() - half..]) {
        Some(End::High)
    } else {
        None
    }
}
