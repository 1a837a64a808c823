//! How many people's answers a change of the survey is about.

use survey::Answer;

use crate::Respondent;

/// How many answered the question of this path, or chose the code it names; `None` where a path is about neither, as
/// `survey:title`.
pub fn touched(path: &str, respondents: &[Respondent]) -> Option<usize> {
    let (whole, _) = path.split_once(':').unwrap_or((path, ""));
    let (question, part) = whole.split_once('.').unwrap_or((whole, ""));
    let answers = || respondents.iter().filter_map(|each| each.answers.get(&question.into()));
    let is_around =
        ["survey", "missing", "list", "page", "form", "end", "set"].contains(&question) || part == "po";
    (!is_around).then(|| answers().filter(|answer| says(answer, part)).count())
}

fn says(answer: &Answer, part: &str) -> bool {
    match answer {
        Answer::Missing(_) => false,
        _ if part.is_empty() => true,
        Answer::Rows(rows) => rows.iter().any(|(row, answer)| {
            (row.as_str() == part && answer.missing().is_none()) || says_code(answer, part)
        }),
        answer => says_code(answer, part),
    }
}

fn says_code(answer: &Answer, code: &str) -> bool {
    answer.codes().into_iter().any(|each| each.as_str() == code)
}
