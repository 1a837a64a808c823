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
    /// Of a question whose population table leaves choices out: who is in those, among everybody.
    pub(crate) outside: Option<Outside>,
}

/// The people in the choices that a population table does not count.
pub(crate) struct Outside {
    /// By choice: whether the table counts it.
    pub(crate) covered: Vec<bool>,
    /// Their share of everybody who answered.
    pub(crate) share: Share,
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

/// Counts a question for everybody and by the groups of each question in `by`; `covered` says of each choice whether
/// the question's population table counts it.
///
/// # Errors
/// [`Error::NothingToCount`], [`Error::NotAGroup`], or [`Error::Counting`] with the cause.
pub(crate) fn count(
    question: &Question,
    by: &[&Question],
    covered: Option<&[bool]>,
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
    let blocks = coded.blocks.into_iter().map(|block| counts(block, ordered, covered, &columns, design));
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
    covered: Option<&[bool]>,
    columns: &[Group],
    design: &Design,
) -> Result<Counts, stats::Error> {
    let bases: Vec<Mask> = columns.iter().map(|column| block.base.and(&column.mask)).collect();
    // Groups of the same people under two names are counted once.
    let first = |base: &Mask| bases.iter().position(|other| other == base).unwrap_or_default();
    let firsts: Vec<usize> = bases.iter().map(first).collect();
    let in_columns = |values: &[f64]| {
        let mut counted: Vec<Share> = Vec::new();
        for (column, first) in firsts.iter().enumerate() {
            let again = counted.get(*first).cloned();
            counted.push(again.map_or_else(|| share(design, values, &bases[column]), Ok)?);
        }
        Ok(counted)
    };
    let shares: Vec<Vec<Share>> =
        block.choices.iter().map(|(_, values)| in_columns(values)).collect::<Result<_, stats::Error>>()?;
    let ends = if ordered { ends(&block, &bases[0], design)? } else { None };
    let outside = covered.map(|covered| outside(&block, &bases[0], covered, design)).transpose()?.flatten();
    Ok(Counts { block, bases, shares, ends, outside })
}

/// Who is in a choice that is not covered; none where every choice is, or none.
fn outside(
    block: &code::Block,
    base: &Mask,
    covered: &[bool],
    design: &Design,
) -> Result<Option<Outside>, stats::Error> {
    if covered.iter().all(|each| *each == covered[0]) {
        return Ok(None);
    }
    let left = block.choices.iter().zip(covered).filter(|(_, covered)| !**covered);
    let share = share(design, &sum(left.map(|(choice, _)| choice), base.rows()), base)?;
    Ok(Some(Outside { covered: covered.to_vec(), share }))
}

/// 1 for those who chose any of these choices, of which nobody can choose two.
pub(crate) fn sum<'b>(choices: impl Iterator<Item = &'b (ChoiceId, Vec<f64>)>, rows: usize) -> Vec<f64> {
    let mut total = vec![0.0; rows];
    for (_, values) in choices {
        total.iter_mut().zip(values).for_each(|(total, value)| *total += value);
    }
    total
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
    let low = share(design, &sum(block.choices[..half].iter(), base.rows()), base)?;
    let high = share(design, &sum(block.choices[choices - half..].iter(), base.rows()), base)?;
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
