//! What can fail between answers and numbers.

use std::fmt;

use survey::QuestionId;

/// Why answers could not be read, weighted or counted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no finished response.
    #[error("there is no finished response to count{left_out}")]
    NobodyToCount {
        /// What was left out.
        left_out: LeftOut,
    },
    /// A category to weight by has too few respondents.
    #[error(
        "`{category}` of `{question}` has {respondents} respondents, and the recipe wants at least {smallest} to \
         weight by it: merge it with a near one by `collapse {question} {category} into CODE`, or lower \
         `smallest`{left_out}"
    )]
    CategoryTooSmall {
        /// The question weighted by.
        question: QuestionId,
        /// The category.
        category: String,
        /// How many are in it.
        respondents: usize,
        /// How many the recipe wants.
        smallest: u32,
        /// What was left out.
        left_out: LeftOut,
    },
    /// The weights could not be fitted.
    #[error("the answers could not be weighted")]
    Weighing(#[source] stats::Error),
    /// The weights cannot be cut to the range.
    #[error("weights cannot be cut to {low}..{high}: write a wider range in `trim`, or leave the line out")]
    Trimming {
        /// The smallest weight asked for.
        low: f64,
        /// The largest.
        high: f64,
        /// Why not.
        #[source]
        source: stats::Error,
    },
    /// The margins could not be met.
    #[error(
        "the answers could not be brought to the margins: merge categories by `collapse`, weight by fewer questions, or \
         widen `bounds`, as fits the cause"
    )]
    Raking(#[source] stats::Error),
    /// Too many people did not tell the number that base weights rest on.
    #[error(
        "{silent} of {people} people did not tell `{question}`, which their base weights rest on: at most a fifth may \
         lack it; write `base equal` and say in the report how people were found"
    )]
    BaseUnknown {
        /// The question.
        question: QuestionId,
        /// How many did not tell it.
        silent: usize,
        /// How many there are.
        people: usize,
    },
    /// A class of those who finished cannot stand for those who did not.
    #[error(
        "of the class `{class}` {finished} finished and {left} did not: a class needs 20 who finished, and two at most who \
         did not for each of them; put people into larger classes, or leave `nonresponse` out"
    )]
    ClassTooSmall {
        /// The class.
        class: String,
        /// How many finished.
        finished: usize,
        /// How many did not.
        left: usize,
    },
    /// A number could not be computed.
    #[error("`{question}` could not be counted")]
    Counting {
        /// The question.
        question: QuestionId,
        /// Why.
        #[source]
        source: stats::Error,
    },
    /// The survey has no question of this name.
    #[error("the survey has no question `{question}`{}", near.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
    UnknownQuestion {
        /// The name.
        question: String,
        /// The name that was probably meant.
        near: Option<String>,
    },
    /// A question without numbers.
    #[error("`{question}` has no numbers, so no median: ask for a number or a year")]
    NoNumbers {
        /// The question.
        question: QuestionId,
    },
    /// A question without choices or numbers.
    #[error("`{question}` has nothing to count: ask for a question with choices or numbers")]
    NothingToCount {
        /// The question.
        question: QuestionId,
    },
    /// A question whose rows make no index.
    #[error("`{question}` is no grid: an index is made of the rows of a grid, which have one scale")]
    NotAGrid {
        /// The question.
        question: QuestionId,
    },
    /// More profile questions than two at once.
    #[error(
        "two questions can be crossed, not {questions}: of three together single people could be recognized"
    )]
    TooManyCrossed {
        /// How many.
        questions: usize,
    },
    /// A question that does not put everybody into one group.
    #[error("`{question}` makes no groups: compare by a question of one choice each")]
    NotAGroup {
        /// The question.
        question: QuestionId,
    },
    /// A release differs from an earlier one by a few people.
    #[error(
        "{before} people were in the release before and {now} are in this one: less than {cell} apart, the two tell what \
         those few said; wait for more answers, or keep the earlier release"
    )]
    ReleaseTooNear {
        /// How many were in the earlier one.
        before: usize,
        /// How many are now.
        now: usize,
        /// How far apart they must be.
        cell: u32,
    },
    /// A pool of too few partnerships.
    #[error(
        "a pool of {others} others tells too much of each: at least {fewest} are needed, so wait for more partnerships"
    )]
    PoolTooSmall {
        /// How many others there are.
        others: usize,
        /// The fewest.
        fewest: usize,
    },
    /// Too many numbers of a release hang together for its withheld ones to be proven safe.
    #[error(
        "{numbers} numbers of these tables hang together, and {most} are the most whose withheld ones can be proven safe: \
         compare by fewer questions at once, or by one with fewer groups"
    )]
    TablesTooLinked {
        /// How many.
        numbers: usize,
        /// The most.
        most: usize,
    },
    /// A number of too few people would follow from what is known, whatever is withheld beside it.
    #[error(
        "how many of a few people answered `{}` would follow whatever is withheld: compare by fewer groups, or leave the \
         question out",
        questions.iter().map(ToString::to_string).collect::<Vec<_>>().join("`, `")
    )]
    StillExposed {
        /// The questions it is told of.
        questions: Vec<QuestionId>,
    },
    /// Nobody's answers hold the question, not even as not asked.
    #[error(
        "the answers hold nothing of `{question}`: a file needs {} `{}`",
        if columns.len() == 1 { "the column" } else { "the columns" },
        columns.join("`, `")
    )]
    NoColumns {
        /// The question.
        question: QuestionId,
        /// The columns it has in a file.
        columns: Vec<String>,
    },
    /// A file of responses without a line.
    #[error("the file is empty: its first line names the columns, and each other line is a response")]
    EmptyFile,
    /// A file of responses that cannot be understood.
    #[error("row {row}, column `{column}`: {says}")]
    Responses {
        /// The row as an editor counts: the header is row 1.
        row: u64,
        /// The column's name.
        column: String,
        /// What is wrong, and what to do.
        says: String,
    },
    /// A file of responses whose lines are not comma-separated values.
    #[error("the responses are not comma-separated values")]
    NotCsv(#[source] csv::Error),
}

/// Made-up responses that do not count because real ones exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Finished made-up responses.
    pub made_up: usize,
    /// Finished real ones.
    pub real: usize,
}

impl fmt::Display for LeftOut {
    /// What to add to a message; nothing where nothing was left out.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.made_up {
            0 => Ok(()),
            made_up => write!(
                to,
                "; {made_up} made-up {} left out because {} real {}",
                if made_up == 1 { "response was" } else { "responses were" },
                self.real,
                if self.real == 1 { "one exists" } else { "ones exist" },
            ),
        }
    }
}
