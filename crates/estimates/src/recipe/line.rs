//! Line by line: what each line of a recipe says, with a finding for each slip.

use std::{collections::BTreeMap, sync::Arc};

use notation::{Finding, Item, Piece, Place, Sources, near};
use survey::{Date, Kind, Question, QuestionId, Survey};

use super::{Bootstrap, Collapse, LOOSEST, Recipe, Uncovered, base, check};

/// The lines of a recipe, in the order of a recipe.
const LINES: &[&str] = &[
    "recipe",
    "survey",
    "design",
    "exclude",
    "base",
    "nonresponse",
    "population",
    "collapse",
    "rake",
    "uncovered",
    "trim",
    "bootstrap",
    "withhold",
    "sensitive",
    "round",
    "letters",
    "benchmark",
];
/// Those that may stand several times.
const REPEATED: &[&str] = &["collapse", "sensitive", "benchmark"];
/// Those without which nothing can be weighted.
const NEEDED: &[&str] = &["recipe", "survey", "design"];

/// Reads a recipe's text; what could not be read keeps its usual value.
pub(super) fn read(file: &str, text: &str, survey: &Survey, sources: &Sources) -> (Recipe, Vec<Finding>) {
    let (items, findings) = notation::read(file, text);
    let mut reader = Reader {
        file: Arc::from(file),
        survey,
        sources,
        recipe: Recipe::unweighted(survey),
        findings,
        seen: BTreeMap::new(),
        raked: Vec::new(),
        collapsed: Vec::new(),
    };
    items.iter().for_each(|item| reader.item(item));
    reader.needed(text);
    check::margins(&mut reader);
    check::collapses(&mut reader);
    base::check(&mut reader);
    reader.recipe.policy.cell = reader.recipe.policy.cell.max(survey.suppress);
    (reader.recipe, reader.findings)
}

pub(super) struct Reader<'s> {
    pub(super) file: Arc<str>,
    pub(super) survey: &'s Survey,
    sources: &'s Sources,
    pub(super) recipe: Recipe,
    pub(super) findings: Vec<Finding>,
    seen: BTreeMap<String, Place>,
    /// Where each question weighted by stands.
    pub(super) raked: Vec<(QuestionId, Place)>,
    /// Where each merge stands.
    pub(super) collapsed: Vec<(Collapse, Place)>,
}

impl<'s> Reader<'s> {
    fn item(&mut self, item: &Item<'_>) {
        let word = item.head.word;
        for line in &item.body {
            let says = "a recipe has no indented lines";
            self.error(
                "E003",
                line.place.clone(),
                says,
                "begin the line at column 1, or indent it by four to continue",
            );
        }
        if !LINES.contains(&word) {
            let says = format!("`{word}` is not a line of a recipe");
            let known = format!("the lines are {}", LINES.join(", "));
            let finding = Finding::error("E001", item.head.word_place(), says).remedy(known);
            return self.findings.push(finding.perhaps(near(word, LINES.iter().copied())));
        }
        let before = self.seen.insert(word.to_owned(), item.head.word_place());
        if let Some(before) = before.filter(|_| !REPEATED.contains(&word)) {
            let says = format!("`{word}` stands twice");
            let finding = Finding::error("E002", item.head.word_place(), says).remedy("keep one of the two");
            return self.findings.push(finding.also(before, "the first"));
        }
        let args = item.head.rest.tokens();
        let place = item.head.place.clone();
        self.line(word, &args, place);
    }

    fn line(&mut self, word: &str, args: &[Piece<'_>], place: Place) {
        match (word, args) {
            ("recipe", [name]) => self.name(*name),
            ("survey", [name, wave]) => self.survey(*name, *wave),
            ("design", [design, rest @ ..]) => self.design(*design, rest),
            ("base", [kind, rest @ ..]) => self.base(*kind, rest, place),
            ("nonresponse", [class]) => self.nonresponse(*class),
            ("benchmark", args) => self.benchmark(args, place, self.sources),
            ("exclude", states) if !states.is_empty() => {
                states.iter().for_each(|state| {
                    self.word(*state, &["unfinished", "held"]);
                });
            }
            ("population", [name, on, day]) if on.text == "on" => self.population(*name, *day),
            ("collapse", [question, from, into, to]) if into.text == "into" => {
                self.collapse(*question, *from, *to, place);
            }
            ("rake", [rest @ .., bounds, range]) if bounds.text == "bounds" && !rest.is_empty() => {
                self.bounds(*range);
                self.line(word, rest, place);
            }
            ("rake", [questions @ .., smallest, number]) if smallest.text == "smallest" => {
                self.recipe.smallest = self.number(*number).unwrap_or(self.recipe.smallest);
                self.rake(questions);
            }
            ("rake", questions) if !questions.is_empty() => self.rake(questions),
            ("uncovered", [policy]) => self.uncovered(*policy),
            ("trim", [range]) => self.trim(*range),
            ("bootstrap", [replicates, word, seed]) if word.text == "seed" => {
                self.bootstrap(*replicates, *seed)
            }
            ("withhold", [base, people, cell, few]) if (base.text, cell.text) == ("base", "cell") => {
                self.withhold(*people, *few);
            }
            ("sensitive", [questions @ .., cell, few]) if cell.text == "cell" => {
                let few = self.number(*few).unwrap_or(0);
                self.recipe.sensitive_cell = self.recipe.sensitive_cell.max(few);
                self.sensitive(questions);
            }
            ("sensitive", questions) if !questions.is_empty() => self.sensitive(questions),
            ("round", [counts, to, shares, places]) if (counts.text, shares.text) == ("counts", "shares") => {
                self.round(*to, *places);
            }
            ("letters", [letters]) => {
                self.word(*letters, &["statcan_ef"]);
            }
            _ => self.error(
                "E003",
                place,
                format!("this `{word}` line is not complete"),
                format!("write `{}`", form(word)),
            ),
        }
    }

    fn name(&mut self, name: Piece<'_>) {
        let expected = self
            .file
            .rsplit('/')
            .next()
            .and_then(|file| file.strip_suffix(".recipe"))
            .unwrap_or_default()
            .to_owned();
        if name.text != expected {
            let says = format!("the recipe `{}` stands in a file named `{expected}.recipe`", name.text);
            let finding = Finding::error("E004", name.place(&self.file), says);
            self.findings.push(finding.perhaps(Some(&expected)));
        }
        self.recipe.name = name.text.to_owned();
    }

    fn survey(&mut self, name: Piece<'_>, wave: Piece<'_>) {
        let (known, now) = (self.survey.name.clone(), self.survey.version.wave.to_string());
        if name.text != known {
            let finding =
                Finding::error("E004", name.place(&self.file), format!("the survey beside it is `{known}`"));
            self.findings.push(finding.perhaps(Some(&known)));
        } else if wave.text != now {
            let says = format!("the survey beside it is of wave {now}");
            let finding = Finding::error("E004", wave.place(&self.file), says);
            self.findings.push(finding.perhaps(Some(&now)));
        }
    }

    fn population(&mut self, name: Piece<'_>, day: Piece<'_>) {
        match day.text.parse::<Date>() {
            Ok(day) => self.recipe.population = Some((name.text.to_owned(), day)),
            Err(_) => {
                let says = format!("`{}` is not a day", day.text);
                self.error("E012", day.place(&self.file), says, "write it as 2021-05-11");
            }
        }
    }

    fn rake(&mut self, questions: &[Piece<'_>]) {
        for piece in questions {
            let Some(id) = self.question(*piece).map(|question| question.id.clone()) else { continue };
            let place = piece.place(&self.file);
            if let Some((_, first)) = self.raked.iter().find(|(raked, _)| *raked == id) {
                let finding = Finding::error("E002", place, format!("`{id}` stands twice"));
                let finding = finding.also(first.clone(), "the first").remedy("keep one of the two");
                self.findings.push(finding);
                continue;
            }
            self.raked.push((id.clone(), place));
            self.recipe.rake.push(id);
        }
    }

    fn collapse(&mut self, question: Piece<'_>, from: Piece<'_>, into: Piece<'_>, place: Place) {
        let Some(question) = self.question(question) else { return };
        let mut known = true;
        for code in [from, into].into_iter().filter(|code| question.choice(code.text).is_none()) {
            known = false;
            let says = format!("`{}` is not a choice of `{}`", code.text, question.id);
            let codes = question.choices().iter().map(|choice| choice.id.as_str());
            let finding =
                Finding::error("E006", code.place(&self.file), says).remedy("write the code, not the words");
            self.findings.push(finding.perhaps(near(code.text, codes)));
        }
        if known {
            let merge =
                Collapse { question: question.id.clone(), from: from.text.into(), into: into.text.into() };
            self.collapsed.push((merge.clone(), place));
            self.recipe.collapses.push(merge);
        }
    }

    fn uncovered(&mut self, policy: Piece<'_>) {
        self.recipe.uncovered = match self.word(policy, &["own_share", "refuse"]) {
            Some("refuse") => Uncovered::Refuse,
            _ => Uncovered::OwnShare,
        };
    }

    fn trim(&mut self, range: Piece<'_>) {
        let says = "weights have a mean of 1, so they are trimmed to a range around 1";
        self.recipe.trim = self.around_one(range, says);
    }

    /// A range that 1 lies inside, or a finding.
    pub(super) fn around_one(&mut self, range: Piece<'_>, says: &str) -> Option<(f64, f64)> {
        let ends: Option<(f64, f64)> =
            range.text.split_once("..").and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
        let inside = |(low, high): &(f64, f64)| (0.0..1.0).contains(low) && *high > 1.0 && high.is_finite();
        let ends = ends.filter(inside);
        if ends.is_none() {
            self.error("E012", range.place(&self.file), says, "write a range such as 0.3..3");
        }
        ends
    }

    fn bootstrap(&mut self, replicates: Piece<'_>, seed: Piece<'_>) {
        let (Some(count), Some(drawn_from)) = (self.number(replicates), self.number(seed)) else { return };
        if !(50..=5_000).contains(&count) {
            let says = "fewer than 50 replicates say little of uncertainty, and more than 5,000 nothing more";
            return self.error(
                "E012",
                replicates.place(&self.file),
                says,
                "write `bootstrap 500  seed 20270315`",
            );
        }
        self.recipe.bootstrap = Some(Bootstrap { replicates: count, seed: drawn_from.into() });
    }

    fn withhold(&mut self, base: Piece<'_>, cell: Piece<'_>) {
        let (Some(people), Some(few)) = (self.number(base), self.number(cell)) else { return };
        for (given, loosest, piece) in [(people, LOOSEST.0, base), (few, LOOSEST.1, cell)] {
            if given < loosest {
                let says = format!("below {loosest}, answers of single people could be recognized");
                self.error("E011", piece.place(&self.file), says, format!("write {loosest} or more"));
            }
        }
        self.recipe.policy.base = people;
        self.recipe.policy.cell = few;
    }

    fn sensitive(&mut self, questions: &[Piece<'_>]) {
        let ids =
            questions.iter().filter_map(|piece| self.question(*piece).map(|question| question.id.clone()));
        let ids: Vec<QuestionId> = ids.collect();
        self.recipe.sensitive.extend(ids);
    }

    fn round(&mut self, counts: Piece<'_>, shares: Piece<'_>) {
        let (Some(to), Some(places)) = (self.number(counts), self.number(shares)) else { return };
        if to == 0 || places > 2 {
            let piece = if to == 0 { counts } else { shares };
            let says =
                "counts are rounded to a multiple of 1 or more, shares to 0, 1 or 2 decimals of a per cent";
            return self.error("E012", piece.place(&self.file), says, "write `round counts 5 shares 0`");
        }
        self.recipe.policy.counts_to = to;
        self.recipe.policy.shares_places = places as u8;
    }

    /// The question of this name, or a finding.
    pub(super) fn question(&mut self, piece: Piece<'_>) -> Option<&'s Question> {
        let survey = self.survey;
        let found = survey.question(piece.text);
        if found.is_none() {
            let says = format!("no question is named `{}`", piece.text);
            let names = survey
                .questions()
                .map(|(_, question)| question)
                .filter(|each| !matches!(each.kind, Kind::Note));
            let finding = Finding::error("E005", piece.place(&self.file), says)
                .remedy(format!("name a question of `{}.survey`", survey.name))
                .perhaps(near(piece.text, names.map(|question| question.id.as_str())));
            self.findings.push(finding);
        }
        found
    }

    /// One of a few words, or a finding.
    pub(super) fn word(&mut self, piece: Piece<'_>, known: &[&'static str]) -> Option<&'static str> {
        let found = known.iter().copied().find(|word| *word == piece.text);
        if found.is_none() {
            let says = format!("`{}` is not known here", piece.text);
            let finding = Finding::error("E007", piece.place(&self.file), says)
                .remedy(format!("write {}", known.join(" or ")))
                .perhaps(near(piece.text, known.iter().copied()));
            self.findings.push(finding);
        }
        found
    }

    pub(super) fn number(&mut self, piece: Piece<'_>) -> Option<u32> {
        let number = piece.text.parse().ok();
        if number.is_none() {
            let says = format!("`{}` is not a whole number", piece.text);
            self.error("E012", piece.place(&self.file), says, "write a whole number");
        }
        number
    }

    /// Where a line stands.
    pub(super) fn line_of(&self, word: &str) -> Option<Place> {
        self.seen.get(word).cloned()
    }

    fn needed(&mut self, text: &str) {
        let absent: Vec<&str> =
            NEEDED.iter().copied().filter(|word| !self.seen.contains_key(*word)).collect();
        for word in absent {
            let end = text.lines().next().unwrap_or_default().len();
            let at = Place { file: self.file.clone(), start: 0, end };
            self.error(
                "E002",
                at,
                format!("the recipe has no line `{word}`"),
                format!("add `{}`", form(word)),
            );
        }
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: Place,
        says: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.findings.push(Finding::error(code, at, says).remedy(remedy));
    }
}

/// How a line is written.
fn form(word: &str) -> &'static str {
    match word {
        "recipe" => "recipe NAME",
        "survey" => "survey NAME WAVE",
        "design" => "design nonprobability",
        "base" => "base equal",
        "nonresponse" => "nonresponse language",
        "exclude" => "exclude unfinished held",
        "population" => "population NAME on 2021-05-11",
        "collapse" => "collapse QUESTION CODE into CODE",
        "rake" => "rake QUESTION QUESTION  smallest 20",
        "uncovered" => "uncovered own_share",
        "trim" => "trim 0.3..3",
        "bootstrap" => "bootstrap 500  seed 20270315",
        "withhold" => "withhold base 30  cell 10",
        "sensitive" => "sensitive QUESTION  cell 15",
        "round" => "round counts 5  shares 0",
        _ => "letters statcan_ef",
    }
}
