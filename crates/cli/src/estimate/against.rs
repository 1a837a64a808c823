//! One question beside that of others.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use estimates::{Against, Badge, Benchmark, Cell, Study, Verdict};

use super::{columns_of, told::said};
use crate::{kept::Kept, say::say, wave::answered};

/// What an answer is set beside.
#[derive(clap::Args)]
pub(crate) struct Beside {
    /// Beside each number the published figure that the recipe names for the question (`benchmark`)
    #[arg(long, conflicts_with_all = ["by", "gap", "waves", "held", "all", "beside", "pool"])]
    benchmark: bool,
    /// The folder of another survey that asks the same in the same words, as `surveys/host-community`
    #[arg(long, conflicts_with_all = ["by", "gap", "waves", "held", "all", "pool"])]
    beside: Option<PathBuf>,
    /// The data folder of the other survey, or a file that `soundings export` wrote of it
    #[arg(long, requires = "beside")]
    beside_data: Option<PathBuf>,
    /// Files that `soundings export` wrote of other partnerships asking this survey, three or more: each counts the same
    #[arg(long, value_delimiter = ',', conflicts_with_all = ["by", "gap", "waves", "held", "all"])]
    pool: Vec<PathBuf>,
}

impl Beside {
    /// Whether anything is asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.benchmark || self.beside.is_some() || !self.pool.is_empty()
    }
}

/// Print a question beside that of others.
pub(super) fn run(beside: &Beside, study: &Study, survey_folder: &Path, question: &str) -> Result<()> {
    if beside.benchmark {
        let all = || study.recipe().benchmarks.iter();
        let known: Vec<&Benchmark> = all().filter(|each| each.question.as_str() == question).collect();
        if known.is_empty() {
            let named: Vec<String> = all().map(|each| format!("`{}`", each.question)).collect();
            let named = if named.is_empty() { "none yet".to_owned() } else { named.join(", ") };
            bail!(
                "the recipe names no benchmark for `{question}` ({named}): add a line `benchmark {question} \
                 benchmarks/FILE.csv  recall 5y  mode online`"
            );
        }
        for benchmark in known {
            let against = Against::benchmark(study, benchmark)?;
            say(text(&against, "published") + &badges(benchmark));
        }
        return Ok(());
    }
    if let Some(folder) = &beside.beside {
        let there = other(folder, beside.beside_data.as_deref())?;
        say(text(&Against::beside(study, &there, question)?, "there"));
        return Ok(());
    }
    let others = beside.pool.iter().map(|file| of_file(survey_folder, file)).collect::<Result<Vec<_>>>()?;
    say(text(&Against::pool(study, &others, question)?, "pool"));
    Ok(())
}

/// The study of another survey.
fn other(folder: &Path, data: Option<&Path>) -> Result<Study> {
    let data = data.context("name the answers to the other survey with --beside-data")?;
    if !data.is_dir() {
        return of_file(folder, data);
    }
    let answers = answered(folder, &Kept::folder(data), None)?;
    Ok(Study::new(answers.survey, answers.recipe, answers.respondents, answers.tally.as_ref())?)
}

fn of_file(folder: &Path, file: &Path) -> Result<Study> {
    let (survey, recipe, people) = columns_of(folder, file)?;
    Study::of(survey, recipe, &people, None).with_context(|| format!("in `{}`", file.display()))
}

fn text(against: &Against, there: &str) -> String {
    let mut text =
        format!("{:<28} {:>8} {there:>10}  {:<22} reads\n", against.question.as_str(), "here", "difference");
    for line in &against.lines {
        let name =
            line.row.as_ref().map_or_else(|| line.choice.to_string(), |row| format!("{row}.{}", line.choice));
        let there = line.there.map_or("..".to_owned(), |there| format!("{:.0}", there.value() * 100.0));
        let difference = match &line.difference {
            Some(Cell::Shown(shown)) => {
                let [value, low, high] =
                    [shown.value, shown.low, shown.high].map(|number| number.value() * 100.0);
                format!("{value:+.0} ({low:+.0} to {high:+.0})")
            }
            _ => String::new(),
        };
        let reads = match line.verdict {
            Verdict::Higher => "higher here",
            Verdict::Lower => "lower here",
            Verdict::NoClearDifference => "no clear difference",
            Verdict::NotTestable => "not comparable",
        };
        text.push_str(&format!("{name:<28} {:>8} {there:>10}  {difference:<22} {reads}\n", said(&line.here)));
    }
    match against.apart {
        Some(apart) => text.push_str(&format!("not comparable: {}\n", apart.elsewhere())),
        None => text.push_str(&format!(
            "per cent, weighted; ranges are indicative, and made for {} differences at once\n",
            against.family
        )),
    }
    text
}

/// In what a published figure is another one.
fn badges(benchmark: &Benchmark) -> String {
    let mut text = format!("published: {} ({})\n", benchmark.source, benchmark.year);
    for badge in &benchmark.badges {
        text.push_str(&match badge {
            Badge::Mode(mode) => {
                format!("  other mode: answered {mode}; people say less of what is painful to a voice\n")
            }
            Badge::Wording => "  other wording\n".to_owned(),
            Badge::Population(people) => format!("  of {people}\n"),
        });
    }
    text
}
