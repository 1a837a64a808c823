//! An answer beside that of others: a published figure, the host community, the other partnerships of a pool.

use survey::{ChoiceId, QuestionId, RowId};

use crate::{
    Apart, Benchmark, Cell, Error, Number, Study, Verdict, apart,
    change::apart_by,
    count::{Counts, Share},
    round,
};

/// A question here and elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The question.
    pub question: QuestionId,
    /// Why the two may not be compared, if so; the numbers of each stand all the same.
    pub apart: Option<Apart>,
    /// One line for each choice, of a grid for each row and choice.
    pub lines: Vec<AgainstLine>,
    /// How many differences the intervals are made for.
    pub family: usize,
}

/// A choice here and elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct AgainstLine {
    /// The row of a grid.
    pub row: Option<RowId>,
    /// The choice.
    pub choice: ChoiceId,
    /// Its share here.
    pub here: Cell,
    /// Its share elsewhere; none where that is not told.
    pub there: Option<Number>,
    /// The share here less the share elsewhere.
    pub difference: Option<Cell>,
    /// What may be said of it.
    pub verdict: Verdict,
}

/// The fewest other partnerships a pool has: what all of them say less what one says would be that of the last.
const FEWEST: usize = 3;

/// A share elsewhere and its standard error.
type Known = Option<(f64, f64)>;

impl Against {
    /// An answer beside a published figure. Where no interval was published, the figure counts as exact.
    ///
    /// # Errors
    /// As [`Study::estimates`].
    pub fn benchmark(here: &Study, benchmark: &Benchmark) -> Result<Against, Error> {
        let known = |_: &Counts, choice: &ChoiceId| {
            let found = benchmark.shares.iter().find(|each| each.choice == choice.as_str())?;
            // An interval of 95 % is two times 1.96 standard errors wide.
            let error =
                found.ends.map_or(0.0, |(low, high)| (high - low) / (2.0 * stats::normal_quantile(0.975)));
            Some((found.share, error))
        };
        Against::of(here, benchmark.question.as_str(), None, known)
    }

    /// The same question in another survey, as newcomers and the host community are asked it.
    ///
    /// # Errors
    /// As [`Study::estimates`].
    pub fn beside(here: &Study, there: &Study, question: &str) -> Result<Against, Error> {
        let asked = here.question(question)?;
        let Some(other) = there.survey().question(question) else {
            return Against::of(here, question, Some(Apart::NotAsked), |_, _| None);
        };
        let apart = apart(other, asked);
        let known = told(there, question)?;
        Against::of(here, question, apart, |counts, choice| known(counts.block.row.as_ref(), choice))
    }

    /// The same question in other partnerships, each of which counts the same: mean = sum p_j/k, SE = sqrt(sum SE_j^2)/k.
    ///
    /// # Errors
    /// [`Error::PoolTooSmall`] with fewer than three others; as [`Study::estimates`].
    pub fn pool(here: &Study, others: &[Study], question: &str) -> Result<Against, Error> {
        if others.len() < FEWEST {
            return Err(Error::PoolTooSmall { others: others.len(), fewest: FEWEST });
        }
        let asked = here.question(question)?;
        let mut known = Vec::new();
        for other in others {
            match other.survey().question(question) {
                Some(there) if apart(there, asked).is_none() => known.push(told(other, question)?),
                Some(there) => return Against::of(here, question, apart(there, asked), |_, _| None),
                None => return Against::of(here, question, Some(Apart::NotAsked), |_, _| None),
            }
        }
        let mean = |counts: &Counts, choice: &ChoiceId| {
            let shares: Vec<(f64, f64)> =
                known.iter().map(|known| known(counts.block.row.as_ref(), choice)).collect::<Option<_>>()?;
            let of = shares.len() as f64;
            let squares: f64 = shares.iter().map(|(_, error)| error * error).sum();
            Some((shares.iter().map(|(share, _)| share).sum::<f64>() / of, squares.sqrt() / of))
        };
        Against::of(here, question, None, mean)
    }

    fn of(
        here: &Study,
        question: &str,
        apart: Option<Apart>,
        known: impl Fn(&Counts, &ChoiceId) -> Known,
    ) -> Result<Against, Error> {
        let asked = here.question(question)?;
        let (sheet, fates) = here.sheet(&asked.id, None)?;
        let mut sides = Vec::new();
        for (block, counts) in sheet.blocks.iter().enumerate() {
            for (at, choice) in counts.block.choices.iter().enumerate() {
                let (share, why) = (&counts.shares[at][0], fates.shares[block][at][0]);
                sides.push((counts.block.row.clone(), choice, share, why, known(counts, choice)));
            }
        }
        let own =
            |share: &Share| share.estimate.as_ref().map(|estimate| (estimate.value, estimate.standard_error));
        let family = sides.iter().filter(|(_, _, share, why, there)| {
            apart.is_none() && why.is_none() && own(share).is_some() && there.is_some()
        });
        let family = family.count();
        let policy = &here.recipe().policy;
        let lines = sides.into_iter().map(|(row, choice, share, why, there)| {
            let both = own(share).zip(there).filter(|_| apart.is_none() && why.is_none());
            let difference = both.map(|(own, there)| apart_by(there, own, family, policy));
            AgainstLine {
                row,
                choice: choice.clone(),
                here: round::cell(share, why, policy),
                there: there.map(|(share, _)| round::number(share, policy)),
                verdict: verdict(difference.as_ref()),
                difference,
            }
        });
        Ok(Against { question: asked.id.clone(), apart, lines: lines.collect(), family })
    }
}

/// The shares of a study that may be seen, by row and choice.
fn told(study: &Study, question: &str) -> Result<impl Fn(Option<&RowId>, &ChoiceId) -> Known + use<>, Error> {
    let (sheet, fates) = study.sheet(&study.question(question)?.id, None)?;
    let mut told = Vec::new();
    for (block, counts) in sheet.blocks.iter().enumerate() {
        for (at, choice) in counts.block.choices.iter().enumerate() {
            let estimate = counts.shares[at][0].estimate.as_ref();
            let seen = estimate.filter(|_| fates.shares[block][at][0].is_none());
            let known = seen.map(|estimate| (estimate.value, estimate.standard_error));
            told.push((counts.block.row.clone(), choice.clone(), known));
        }
    }
    Ok(move |row: Option<&RowId>, choice: &ChoiceId| {
        told.iter().find(|(each, code, _)| each.as_ref() == row && code == choice)?.2
    })
}

/// What may be said of a difference.
pub(crate) fn verdict(difference: Option<&Cell>) -> Verdict {
    match difference.and_then(Cell::shown) {
        None => Verdict::NotTestable,
        Some(shown) if shown.low.units > 0 => Verdict::Higher,
        Some(shown) if shown.high.units < 0 => Verdict::Lower,
        Some(_) => Verdict::NoClearDifference,
    }
}
