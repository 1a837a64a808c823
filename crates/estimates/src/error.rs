//! What can fail between answers and numbers.

use survey::QuestionId;

/// Why answers could not be read, weighted or counted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no finished response.
    #[error("there is no finished response to count")]
    NobodyToCount,
    /// A category to weight by has too few respondents.
    #[error(
        "`{category}` of `{question}` has {respondents} respondents, and the recipe wants at least {smallest} to \
         weight by it: merge it with a near one by `collapse {question} {category} into CODE`, or lower `smallest`"
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
    },
    /// The weights could not be fitted.
    #[error("the answers could not be weighted")]
    Weighing(#[source] stats::Error),
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
    /// A question without choices or numbers.
    #[error("`{question}` has nothing to count: ask for a question with choices or numbers")]
    NothingToCount {
        /// The question.
        question: QuestionId,
    },
    /// A question that does not put everybody into one group.
    #[error("`{question}` makes no groups: compare by a question of one choice each")]
    NotAGroup {
        /// The question.
        question: QuestionId,
    },
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
