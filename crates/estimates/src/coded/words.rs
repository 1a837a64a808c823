//! What people wrote, away from all else they said.

use survey::{Answer, Fingerprint, Survey};

use crate::Respondent;

/// One line per text, sorted by question and then by a digest of the text itself: an order that tells nothing of the
/// rows of the coded file, nor of when anything was written.
pub(super) fn write(survey: &Survey, respondents: &[Respondent]) -> String {
    let mut written: Vec<(usize, String, Fingerprint, String)> = Vec::new();
    for (place, (_, question)) in survey.questions().enumerate() {
        for respondent in respondents {
            if let Some(Answer::Words(words)) = respondent.answers.get(&question.id) {
                written.push((place, question.id.to_string(), Fingerprint::of(words), words.clone()));
            }
            for ((of, choice), words) in &respondent.answers.specified {
                if *of == question.id {
                    written.push((place, format!("{of}.{choice}"), Fingerprint::of(words), words.clone()));
                }
            }
        }
    }
    written.sort();
    let lines = written.into_iter().map(|(_, path, _, words)| vec![path, words]);
    let head = vec!["path".to_owned(), "words".to_owned()];
    super::csv_of(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}
