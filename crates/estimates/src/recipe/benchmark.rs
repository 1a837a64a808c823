//! What somebody else found: a published figure to stand beside an answer, with all that makes it another figure.

use std::sync::Arc;

use notation::{Finding, Piece, Place, Sources, near};
use survey::{Question, QuestionId};

use super::line::Reader;

/// A published figure for a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    /// The question it stands beside.
    pub question: QuestionId,
    /// The file it was read from.
    pub path: String,
    /// Who published it and where.
    pub source: String,
    /// The year it is of.
    pub year: u16,
    /// In what it differs from the survey.
    pub badges: Vec<Badge>,
    /// What was found.
    pub shares: Vec<Published>,
}

/// The published share of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The choice.
    pub choice: String,
    /// Its share, 0 to 1.
    pub share: f64,
    /// The ends of its 95 % interval, where these were published.
    pub ends: Option<(f64, f64)>,
}

/// Why a published figure is not quite the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Badge {
    /// People answered in another way: by telephone, in person, on paper.
    Mode(String),
    /// It was asked in other words.
    Wording,
    /// Other people were asked.
    Population(String),
}

/// The lines at the head of a benchmark's file.
const HEADS: [&str; 6] = ["source", "year", "mode", "recall", "population", "wording"];

impl Reader<'_> {
    /// `benchmark QUESTION PATH  recall PERIOD  mode MODE`: what the survey itself asks about, and how.
    pub(super) fn benchmark(&mut self, args: &[Piece<'_>], place: Place, sources: &Sources) {
        let [question, path, recall, period, mode, how] = args else {
            return self.error("E003", place, "this `benchmark` line is not complete", FORM);
        };
        if (recall.text, mode.text) != ("recall", "mode") {
            return self.error("E003", place, "this `benchmark` line is not complete", FORM);
        }
        let Some(found) = self.question(*question) else { return };
        let Some(text) = sources.get(path.text) else {
            let says = format!("there is no file `{}` beside the survey", path.text);
            let files = sources.keys().map(String::as_str).filter(|name| name.ends_with(".csv"));
            let finding = Finding::error("E017", path.place(&self.file), says)
                .remedy("write the figures into a file such as `benchmarks/css-2024.csv`");
            return self.findings.push(finding.perhaps(near(path.text, files)));
        };
        let file = File { path: path.text, text };
        if let Some((own, here)) = file.head("recall").zip(Some(period.text))
            && own != here
        {
            let says = format!(
                "the benchmark asks about {own}, and `{}` about {here}: the two are not one figure",
                found.id
            );
            let remedy = "ask about the same period, or leave the benchmark out";
            return self.error("E017", period.place(&self.file), says, remedy);
        }
        match file.benchmark(found, how.text) {
            Ok(benchmark) => self.recipe.benchmarks.push(benchmark),
            Err((at, says)) => {
                let remedy = "a benchmark has lines `# source: ..`, `# year: ..`, `# mode: ..`, `# recall: ..`, then `choice,share` \
                              and a line for each choice, shares between 0 and 1";
                self.findings.push(Finding::error("E017", file.place(at), says).remedy(remedy));
            }
        }
    }
}

const FORM: &str = "write `benchmark QUESTION benchmarks/FILE.csv  recall 5y  mode online`";

/// The file of a benchmark.
struct File<'f> {
    path: &'f str,
    text: &'f str,
}

impl File<'_> {
    /// What the head says after `# NAME:`.
    fn head(&self, name: &str) -> Option<&str> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix('#'));
        lines
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, says)| says.trim())
    }

    fn place(&self, line: usize) -> Place {
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let end = start + self.text[start.min(self.text.len())..].lines().next().unwrap_or_default().len();
        Place { file: Arc::from(self.path), start, end }
    }

    /// The figures; or the line where the file is wrong, and what is.
    fn benchmark(&self, question: &Question, mode: &str) -> Result<Benchmark, (usize, String)> {
        let needed = |name: &str| {
            self.head(name).ok_or_else(|| {
                (0, format!("the benchmark does not say its `{name}`: its head has {}", HEADS.join(", ")))
            })
        };
        let source = needed("source")?.to_owned();
        needed("recall")?;
        let year = needed("year")?;
        let year = year.parse().map_err(|_| (0, format!("`{year}` is not a year")))?;
        let own_mode = needed("mode")?;
        let mut badges = Vec::new();
        if own_mode != mode {
            badges.push(Badge::Mode(own_mode.to_owned()));
        }
        let asks = question.asks.as_ref().map(|words| words.source.as_str());
        if self.head("wording").is_none_or(|wording| asks != Some(wording)) {
            badges.push(Badge::Wording);
        }
        badges.extend(self.head("population").map(|population| Badge::Population(population.to_owned())));
        let shares = self.shares(question)?;
        Ok(Benchmark {
            question: question.id.clone(),
            path: self.path.to_owned(),
            source,
            year,
            badges,
            shares,
        })
    }

    fn shares(&self, question: &Question) -> Result<Vec<Published>, (usize, String)> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let mut shares = Vec::new();
        for (at, line) in lines.skip(1) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let share = |place: usize| {
                cells.get(place).filter(|cell| !cell.is_empty()).map(|cell| cell.parse::<f64>())
            };
            let inside = |number: f64| (0.0..=1.0).contains(&number);
            let code = cells.first().copied().unwrap_or_default();
            if question.choice(code).is_none() {
                return Err((at, format!("`{code}` is not a choice of `{}`", question.id)));
            }
            let Some(Ok(value)) = share(1).filter(|share| share.as_ref().is_ok_and(|share| inside(*share)))
            else {
                return Err((at, format!("the share of `{code}` is not a number between 0 and 1")));
            };
            let ends = match (share(2), share(3)) {
                (Some(Ok(low)), Some(Ok(high)))
                    if inside(low) && inside(high) && low <= value && value <= high =>
                {
                    Some((low, high))
                }
                (None, None) => None,
                _ => return Err((at, format!("the interval of `{code}` does not hold its share"))),
            };
            shares.push(Published { choice: code.to_owned(), share: value, ends });
        }
        if shares.is_empty() { Err((0, "the benchmark has no shares".to_owned())) } else { Ok(shares) }
    }
}
