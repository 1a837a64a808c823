//! What people wrote, away from all else they said.

use survey::{Answer, Fingerprint, Survey};

use crate::Respondent;

/// The columns, named as in the codebook.
pub(super) const HEAD: [&str; 3] = ["question", "code", "words"];

/// One line per text, sorted by question and then by a digest of the text itself: an order that tells nothing of the
/// rows of the coded file, nor of when anything was written.
pub(super) fn write(survey: &Survey, respondents: &[Respondent]) -> String {
    let mut written: Vec<(usize, [String; 2], Fingerprint, String)> = Vec::new();
    for (place, (_, question)) in survey.questions().enumerate() {
        for respondent in respondents {
            if let Some(Answer::Words(words)) = respondent.answers.get(&question.id) {
                let at = [question.id.to_string(), String::new()];
                written.push((place, at, Fingerprint::of(words), words.clone()));
            }
            for ((of, choice), words) in &respondent.answers.specified {
                if *of == question.id {
                    let at = [of.to_string(), choice.to_string()];
                    written.push((place, at, Fingerprint::of(words), words.clone()));
                }
            }
        }
    }
    written.sort();
    let lines = written.into_iter().map(|(_, [question, code], _, words)| vec![question, code, words]);
    let head = HEAD.map(str::to_owned).to_vec();
    super::csv_of(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}
