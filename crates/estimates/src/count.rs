//! The shares of a question in every column it is wanted in, at full precision: nothing here may leave as it is.

use stats::{Design, Mask, Proportion, ProportionInterval};
use survey::{ChoiceId, Question, QuestionId};

use crate::{Error, Respondent, code};

/// The level of every interval.
pub(crate) const LEVEL: f64 = 0.95;

/// A question counted: its choices (and the nets of a scale) in every column.
pub(crate) struct Sheet {
    pub(crate) question: QuestionId,
    pub(crate) several: bool,
    /// Everybody first, then the groups of each question compared by.
    pub(crate) columns: Vec<Group>,
    pub(crate) blocks: Vec<Counts>,
}

/// A column: everybody, or a group.
pub(crate) struct Group {
    pub(crate) by: Option<(QuestionId, ChoiceId)>,
    pub(crate) mask: Mask,
    /// How many answered the question.
    pub(crate) respondents: usize,
}

/// The choices of a question or of one row of a grid.
pub(crate) struct Counts {
    pub(crate) block: code::Block,
    /// By column: the base.
    pub(crate) bases: Vec<Mask>,
    /// By choice, then by column.
    pub(crate) shares: Vec<Vec<Share>>,
    /// The two ends of a scale among everybody: how many choices each has, and their shares.
    pub(crate) ends: Option<(usize, Share, Share)>,
}

/// A share and what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// People in the base.
    pub(crate) base: usize,
    /// People who chose it.
    pub(crate) chose: usize,
    /// The estimate; none where the base is too small for one.
    pub(crate) estimate: Option<Proportion>,
}

/// Counts a question for everybody and by the groups of each question in `by`.
///
/// # Errors
/// [`Error::NothingToCount`], [`Error::NotAGroup`], or [`Error::Counting`] with the cause.
pub(crate) fn count(
    question: &Question,
    by: &[&Question],
    respondents: &[Respondent],
    design: &Design,
) -> Result<Sheet, Error> {
    let coded = code::code(question, respondents)?;
    let answered = coded.blocks.iter().map(|block| block.base.clone()).reduce(|a, b| either(&a, &b));
    let answered = answered.unwrap_or_else(|| Mask::all(respondents.len()));
    let mut columns = vec![column(None, Mask::all(respondents.len()), &answered)];
    for by in by {
        for (group, mask) in code::groups(by, respondents)? {
            columns.push(column(Some((by.id.clone(), group)), mask, &answered));
        }
    }
    let counting = |source| Error::Counting { question: question.id.clone(), source };
    let (several, ordered) = (coded.several, coded.ordered);
    let blocks = coded.blocks.into_iter().map(|block| counts(block, ordered, &columns, design));
    let blocks = blocks.collect::<Result<Vec<_>, _>>().map_err(counting)?;
    Ok(Sheet { question: question.id.clone(), several, columns, blocks })
}

impl Sheet {
    /// The columns of the groups of a question, by number.
    pub(crate) fn groups_of(&self, by: &QuestionId) -> Vec<usize> {
        let is =
            |column: &usize| self.columns[*column].by.as_ref().is_some_and(|(question, _)| question == by);
        (1..self.columns.len()).filter(is).collect()
    }
}

fn column(by: Option<(QuestionId, ChoiceId)>, mask: Mask, answered: &Mask) -> Group {
    let respondents = mask.and(answered).count();
    Group { by, mask, respondents }
}

fn either(a: &Mask, b: &Mask) -> Mask {
    a.not().and(&b.not()).not()
}

fn counts(
    block: code::Block,
    ordered: bool,
    columns: &[Group],
    design: &Design,
) -> Result<Counts, stats::Error> {
    let bases: Vec<Mask> = columns.iter().map(|column| block.base.and(&column.mask)).collect();
    let in_columns = |values: &[f64]| bases.iter().map(|base| share(design, values, base)).collect();
    let shares: Vec<Vec<Share>> =
        block.choices.iter().map(|(_, values)| in_columns(values)).collect::<Result<_, _>>()?;
    let ends = if ordered { ends(&block, &bases[0], design)? } else { None };
    Ok(Counts { block, bases, shares, ends })
}

/// The lower and the upper half of a scale; the middle of an odd number of choices is in neither.
fn ends(
    block: &code::Block,
    base: &Mask,
    design: &Design,
) -> Result<Option<(usize, Share, Share)>, stats::Error> {
    let (choices, half) = (block.choices.len(), block.choices.len() / 2);
    if half == 0 {
        return Ok(None);
    }
    let sum = |part: &[(ChoiceId, Vec<f64>)]| -> Vec<f64> {
        (0..base.rows()).map(|row| part.iter().map(|(_, values)| values[row]).sum()).collect()
    };
    let low = share(design, &sum(&block.choices[..half]), base)?;
    let high = share(design, &sum(&block.choices[choices - half..]), base)?;
    Ok(Some((half, low, high)))
}

fn share(design: &Design, values: &[f64], base: &Mask) -> Result<Share, stats::Error> {
    let chose =
        values.iter().zip(base.as_slice()).filter(|(value, inside)| **inside && **value == 1.0).count();
    let estimate = match stats::proportion(design, values, base, ProportionInterval::Beta, LEVEL) {
        Ok(estimate) => Some(estimate),
        // Nobody, or one person alone: withheld anyway.
        Err(stats::Error::EmptyDomain | stats::Error::NoDegreesOfFreedom { .. }) => None,
        Err(other) => return Err(other),
    };
    Ok(Share { base: base.count(), chose, estimate })
}
