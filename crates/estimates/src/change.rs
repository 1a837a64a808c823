//! This wave and the last: what changed, and what cannot be said to have changed.

use survey::{Best, ChoiceId, Kind, Question, QuestionId, RowId};

use crate::{
    Cell, Error, Policy, Shown, Study, Why,
    count::{LEVEL, Share},
    round,
};

/// One question in two waves.
#[derive(Clone, Debug, PartialEq)]
pub struct Waves {
    /// The question, as the later wave names it.
    pub question: QuestionId,
    /// Why the two may not be compared, if so; the numbers of each wave stand all the same.
    pub apart: Option<Apart>,
    /// One line for each choice, of a grid for each row and choice.
    pub lines: Vec<Change>,
    /// How many differences the intervals are made for.
    pub family: usize,
}

/// A choice in two waves.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The row of a grid.
    pub row: Option<RowId>,
    /// The choice.
    pub choice: ChoiceId,
    /// Its share in the earlier wave; none where that did not offer it.
    pub before: Option<Cell>,
    /// Its share in the later wave.
    pub now: Cell,
    /// The share now less the share before.
    pub difference: Option<Cell>,
    /// What may be said of it.
    pub direction: Direction,
}

/// Why two waves of a question may not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// The earlier wave did not ask it.
    NotAsked,
    /// It was another kind of question.
    Kind,
    /// It was asked in other words.
    Wording,
    /// Other choices were offered, or under other words.
    Choices,
    /// Other people were asked.
    Asked,
}

/// What may be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Clearly more people than before are at the good end of a scale, or fewer at the other.
    Better,
    /// The other way round.
    Worse,
    /// A clearly larger share, where neither end is good.
    Higher,
    /// A clearly smaller one.
    Lower,
    /// The interval holds 0: never to be worded as "no change".
    NoClearChange,
    /// The two may not be compared, or a side is withheld.
    NotComparable,
}

impl Apart {
    /// In words, where the other is not before but elsewhere.
    pub fn elsewhere(self) -> &'static str {
        match self {
            Apart::NotAsked => "it is not asked there",
            Apart::Kind => "it is another kind of question there",
            Apart::Wording => "it is asked in other words there",
            Apart::Choices => "other answers are offered there, or in other words",
            Apart::Asked => "other people are asked there",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Apart::NotAsked => "it was not asked before",
            Apart::Kind => "it was another kind of question before",
            Apart::Wording => "it was asked in other words before",
            Apart::Choices => "other answers were offered before, or in other words",
            Apart::Asked => "other people were asked before",
        }
    }
}

impl Direction {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Direction::Better => "better",
            Direction::Worse => "worse",
            Direction::Higher => "higher",
            Direction::Lower => "lower",
            Direction::NoClearChange => "no clear change",
            Direction::NotComparable => "not comparable",
        }
    }
}

/// Why two wordings of a question may not be compared, if so. Hints, short words and the order on the page may differ.
pub fn apart(before: &Question, now: &Question) -> Option<Apart> {
    let words = |question: &Question| question.asks.as_ref().map(|words| words.source.clone());
    let kind = |question: &Question| std::mem::discriminant(&question.kind);
    let choices = |question: &Question| -> Vec<(String, String)> {
        question.choices().iter().map(|choice| (choice.id.to_string(), choice.words.source.clone())).collect()
    };
    let rows = |question: &Question| -> Vec<(String, String)> {
        question.rows().iter().map(|row| (row.id.to_string(), row.words.source.clone())).collect()
    };
    if kind(before) != kind(now) {
        return Some(Apart::Kind);
    }
    if words(before) != words(now) {
        return Some(Apart::Wording);
    }
    if choices(before) != choices(now) || rows(before) != rows(now) {
        return Some(Apart::Choices);
    }
    (before.when != now.when).then_some(Apart::Asked)
}

impl Waves {
    /// Compare a question in two waves, whose samples are independent of each other.
    ///
    /// d = p2 - p1, SE(d) = sqrt(SE(p1)^2 + SE(p2)^2), and the interval d ± z SE(d) at the level 1 - 0.05/m, where m
    /// counts the differences whose two sides may be seen (Bonferroni). A direction is given only where the interval
    /// as printed excludes 0. Different people answer each wave: a change of who answers is a change, too.
    ///
    /// # Errors
    /// As [`Study::estimates`].
    pub fn of(before: &Study, now: &Study, question: &str) -> Result<Waves, Error> {
        let asked = now.question(question)?;
        let earlier = std::iter::once(&asked.id).chain(&asked.was);
        let earlier = earlier.filter_map(|id| before.survey().question(id.as_str())).next();
        let apart = match earlier {
            None => Some(Apart::NotAsked),
            Some(earlier) => apart(earlier, asked),
        };
        let old = earlier.map(|earlier| before.sheet(&earlier.id, None)).transpose()?;
        let (sheet, fates) = now.sheet(&asked.id, None)?;
        let mut sides = Vec::new();
        for (block, counts) in sheet.blocks.iter().enumerate() {
            for (choice, shares) in counts.shares.iter().enumerate() {
                let code = counts.block.choices[choice].clone();
                let side = Side { share: &shares[0], why: fates.shares[block][choice][0] };
                let other = old.as_ref().and_then(|(sheet, fates)| {
                    let block = sheet.blocks.iter().position(|each| each.block.row == counts.block.row)?;
                    let choice = sheet.blocks[block].block.choices.iter().position(|each| *each == code)?;
                    let share = &sheet.blocks[block].shares[choice][0];
                    Some(Side { share, why: fates.shares[block][choice][0] })
                });
                sides.push((counts.block.row.clone(), code, other, side));
            }
        }
        let seen = |before: &Option<Side<'_>>, now: &Side<'_>| {
            apart.is_none() && before.as_ref().is_some_and(Side::is_seen) && now.is_seen()
        };
        let family = sides.iter().filter(|(_, _, before, now)| seen(before, now)).count();
        let lines = sides.iter().map(|(row, choice, before, side)| {
            let difference = match before {
                Some(before) if seen(&Some(*before), side) => Some(difference(before, side, family, now)),
                _ => None,
            };
            Change {
                row: row.clone(),
                choice: choice.clone(),
                before: before.map(|before| before.cell(now)),
                now: side.cell(now),
                direction: direction(asked, choice, difference.as_ref()),
                difference,
            }
        });
        let lines = lines.collect();
        Ok(Waves { question: asked.id.clone(), apart, lines, family })
    }
}

/// A share in one wave.
#[derive(Clone, Copy)]
struct Side<'s> {
    share: &'s Share,
    why: Option<Why>,
}

impl Side<'_> {
    fn is_seen(&self) -> bool {
        self.why.is_none() && self.share.estimate.is_some()
    }

    fn cell(&self, study: &Study) -> Cell {
        round::cell(self.share, self.why, &study.recipe().policy)
    }
}

fn difference(before: &Side<'_>, now: &Side<'_>, family: usize, study: &Study) -> Cell {
    let (Some(one), Some(other)) = (&before.share.estimate, &now.share.estimate) else {
        return Cell::Withheld(Why::Unreliable);
    };
    let [one, other] = [one, other].map(|share| (share.value, share.standard_error));
    apart_by(one, other, family, &study.recipe().policy)
}

/// A number of one source less that of another, both with their standard errors: the sources know nothing of each other.
///
/// SE(d) = sqrt(SE(a)^2 + SE(b)^2), and the interval d ± z SE(d) at the level 1 - 0.05/`family`.
pub(crate) fn apart_by(one: (f64, f64), other: (f64, f64), family: usize, policy: &Policy) -> Cell {
    let value = other.0 - one.0;
    let error = one.1.hypot(other.1);
    let z = stats::normal_quantile(1.0 - (1.0 - LEVEL) / (2.0 * family.max(1) as f64));
    Cell::Shown(Shown {
        value: round::number(value, policy),
        low: round::number((value - z * error).max(-1.0), policy),
        high: round::number((value + z * error).min(1.0), policy),
        letter: None,
    })
}

/// A word for a difference; where the survey says which end of a scale is good, whether it is for the better.
fn direction(question: &Question, choice: &ChoiceId, difference: Option<&Cell>) -> Direction {
    let Some(Cell::Shown(shown)) = difference else { return Direction::NotComparable };
    let is_higher = shown.low.units > 0;
    if !is_higher && shown.high.units >= 0 {
        return Direction::NoClearChange;
    }
    match (is_good(question, choice), is_higher) {
        (Some(good), higher) if good == higher => Direction::Better,
        (Some(_), _) => Direction::Worse,
        (None, true) => Direction::Higher,
        (None, false) => Direction::Lower,
    }
}

/// Whether a choice stands at the good end of a scale; none where neither end is good, and for a middle choice.
fn is_good(question: &Question, choice: &ChoiceId) -> Option<bool> {
    let Kind::Grid { choices, best: Some(best), .. } = &question.kind else { return None };
    let place = choices.iter().position(|each| each.id == *choice)?;
    let half = choices.len() / 2;
    let (first, last) = (place < half, place >= choices.len() - half);
    match best {
        _ if !first && !last => None,
        Best::First => Some(first),
        Best::Last => Some(last),
    }
}
