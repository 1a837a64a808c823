//! Whether one condition holds wherever another does.

use super::base::is_same;
use crate::{ChoiceId, CodeOf, Comparison, Condition, Survey};

/// Whether `new` holds for all answers for which `old` does; `None` where that cannot be told.
pub(super) fn implies(_survey: &Survey, old: &Condition, new: &Condition) -> Option<bool> {
    is_wider(old, new).then_some(true)
}

fn is_wider(old: &Condition, new: &Condition) -> bool {
    if is_same(Some(old), Some(new)) {
        return true;
    }
    match (old, new) {
        (Condition::Or(parts), _) => parts.iter().all(|part| is_wider(part, new)),
        (_, Condition::And(parts)) => parts.iter().all(|part| is_wider(old, part)),
        (_, Condition::Or(parts)) => parts.iter().any(|part| is_wider(old, part)),
        (Condition::And(parts), _) => parts.iter().any(|part| is_wider(part, new)),
        (
            Condition::Has { question, all: false, codes },
            Condition::Has { question: same, all: false, codes: more },
        ) => question == same && codes.iter().all(|code| more.contains(code)),
        _ => match (among(old), among(new)) {
            (Some((of, codes)), Some((same, more))) => {
                of == same && codes.iter().all(|code| more.contains(code))
            }
            _ => false,
        },
    }
}

/// The codes a condition wants of a question.
fn among(condition: &Condition) -> Option<(&CodeOf, &[ChoiceId])> {
    match condition {
        Condition::CodeIn { of, codes } => Some((of, codes)),
        Condition::Code { of, how: Comparison::Equal, code, .. } => Some((of, std::slice::from_ref(code))),
        _ => None,
    }
}
