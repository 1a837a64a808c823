//! The recipe: how answers become weights, and what may be published.

mod base;
mod benchmark;
mod check;
mod line;

use notation::{Finding, Place, Severity, Sources};
use survey::{ChoiceId, Date, QuestionId, Survey};

pub use benchmark::{Badge, Benchmark, Published};
pub(crate) use check::margin as margin_of;

use crate::{Letters, Policy};

/// A recipe that was read and found whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Its name: the file's.
    pub name: String,
    /// Of a probability sample: the list it was drawn from, how, and how many answered.
    pub frame: Option<Frame>,
    /// What everybody's weight is before anything is fitted.
    pub base: Base,
    /// Those who began and did not finish are stood for by those of their class who did.
    pub nonresponse: Option<ResponseClass>,
    /// The population its margins count and the day they did.
    pub population: Option<(String, Date)>,
    /// Categories merged before weighting, on respondents and population alike.
    pub collapses: Vec<Collapse>,
    /// The questions weighted by; their margins stand in the survey.
    pub rake: Vec<QuestionId>,
    /// The fewest respondents a weighted category may have.
    pub smallest: u32,
    /// What happens to those whom a margin does not cover.
    pub uncovered: Uncovered,
    /// The lowest and the highest factor by which raking may change a weight.
    pub bounds: Option<(f64, f64)>,
    /// The smallest and the largest weight, where the mean is 1.
    pub trim: Option<(f64, f64)>,
    /// The uncertainty by a bootstrap that weighs again in each replicate; without it by linearization.
    pub bootstrap: Option<Bootstrap>,
    /// Published figures that stand beside answers.
    pub benchmarks: Vec<Benchmark>,
    /// Questions of which 0 and all count as small cells, besides those the survey marks.
    pub sensitive: Vec<QuestionId>,
    /// The smallest cell of sensitive questions, where stricter.
    pub sensitive_cell: u32,
    /// Rounding and withholding; its `cell` is already the stricter of the survey's promise and the recipe's.
    pub policy: Policy,
}

/// What a probability sample was drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The list.
    pub name: String,
    /// How it was drawn from, in a word.
    pub selection: String,
    /// Answers per hundred who were drawn.
    pub response: u32,
}

/// Weights before fitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Everybody counts the same.
    Equal,
    /// People were sought until each choice of a question had its number: they are brought to its margin.
    Quota(QuestionId),
    /// People were met at places: whoever comes often is met often, and counts one over how often.
    Visits {
        /// How often, a number.
        often: QuestionId,
        /// Where: people of one place are alike.
        venue: QuestionId,
    },
    /// People recruited each other: whoever knows many is recruited often, and counts one over how many.
    Referral(QuestionId),
}

/// What puts people into classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseClass {
    /// The language last used.
    Language,
    /// The form.
    Form,
    /// A question of one choice each.
    Question(QuestionId),
}

/// Rao and Wu's bootstrap of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many replicates.
    pub replicates: u32,
    /// What they are drawn from: the same seed, the same numbers.
    pub seed: u64,
}

/// One category merged into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collapse {
    /// The question weighted by.
    pub question: QuestionId,
    /// The category that goes.
    pub from: ChoiceId,
    /// The category that takes it in.
    pub into: ChoiceId,
}

/// What happens to respondents whom a margin does not cover, or who did not answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncovered {
    /// They keep their own share; the others are weighted within the rest.
    OwnShare,
    /// Their presence stops the weighting.
    Refuse,
}

/// The strictest policy a recipe can leave unsaid, and the loosest it may choose.
const USUAL: (u32, u32) = (30, 10);
const LOOSEST: (u32, u32) = (20, 5);

impl Recipe {
    /// No weights, and the usual rules of withholding: for a survey that has no recipe.
    pub fn unweighted(survey: &Survey) -> Recipe {
        Recipe {
            name: survey.name.clone(),
            frame: None,
            base: Base::Equal,
            nonresponse: None,
            population: None,
            collapses: Vec::new(),
            rake: Vec::new(),
            smallest: 20,
            uncovered: Uncovered::OwnShare,
            bounds: None,
            trim: None,
            bootstrap: None,
            benchmarks: Vec::new(),
            sensitive: Vec::new(),
            sensitive_cell: 0,
            policy: Policy {
                base: USUAL.0,
                cell: USUAL.1.max(survey.suppress),
                letters: Letters::StatcanEf,
                nonprobability: true,
                counts_to: 5,
                shares_places: 0,
                confidence: 95,
            },
        }
    }
}

impl Recipe {
    /// The same rules of withholding and rounding, without weights.
    #[must_use]
    pub fn without_weights(self) -> Recipe {
        let (collapses, rake) = (Vec::new(), Vec::new());
        Recipe {
            population: None,
            base: Base::Equal,
            nonresponse: None,
            bounds: None,
            trim: None,
            collapses,
            rake,
            ..self
        }
    }
}

/// Read the recipe that stands beside a survey: `<survey>.recipe`, or the only other one.
///
/// The recipe is there only if nothing in it must be mended.
pub fn read_recipe(sources: &Sources, survey: &Survey) -> (Option<Recipe>, Vec<Finding>) {
    let own = format!("{}.recipe", survey.name);
    let found =
        sources.get_key_value(&own).or_else(|| sources.iter().find(|(path, _)| path.ends_with(".recipe")));
    let Some((file, text)) = found else {
        let at = Place { file: own.as_str().into(), start: 0, end: 0 };
        let says = format!("there is no recipe beside `{}.survey`", survey.name);
        return (None, vec![Finding::error("E002", at, says).remedy(format!("write `{own}`"))]);
    };
    let (recipe, findings) = line::read(file, text, survey, sources);
    let whole = findings.iter().all(|finding| finding.severity != Severity::Error);
    (whole.then_some(recipe), findings)
}
