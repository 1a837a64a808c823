//! The class of one need of one person.

use std::collections::BTreeSet;

use survey::{Answer, Answers, Missing, QuestionId};

use super::{
    Interpreters, Service,
    inventory::{code, codes},
    names,
};

/// What became of a need. Use decides first, then whether there is anybody, whether she may, whether she knew, and what
/// stood in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// No service for this need reaches her area.
    NoProvider,
    /// There are services, and each shuts out every status she may have, or every language she may speak.
    NotEligible,
    /// There is one she may use, and she did not know where to get it.
    NotAware,
    /// She knew, and did not use it.
    Barrier,
    /// She used it, and it helped in part or not.
    UsedUnmet,
    /// She used it, and it helped fully.
    Served,
    /// An answer on the way is missing: counted, never imputed.
    Unknown,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 7] = [
        Class::NoProvider,
        Class::NotEligible,
        Class::NotAware,
        Class::Barrier,
        Class::UsedUnmet,
        Class::Served,
        Class::Unknown,
    ];

    /// The letter it is known by, as a code.
    pub fn code(self) -> &'static str {
        match self {
            Class::NoProvider => "a",
            Class::NotEligible => "b",
            Class::NotAware => "c",
            Class::Barrier => "d",
            Class::UsedUnmet => "e",
            Class::Served => "f",
            Class::Unknown => "u",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Class::NoProvider => "no service reaches them",
            Class::NotEligible => "not eligible, or not in their language",
            Class::NotAware => "did not know where to get it",
            Class::Barrier => "knew, and something stood in the way",
            Class::UsedUnmet => "used it, and it did not help fully",
            Class::Served => "used it, and it helped fully",
            Class::Unknown => "not known",
        }
    }

    /// Whether the need was met by nobody: classes A to D.
    pub fn is_unmet(self) -> bool {
        self <= Class::Barrier
    }
}

/// The class of this need of this person; none if she does not have it, or was not asked.
pub fn classify(answers: &Answers, need: &str, services: &[Service]) -> Option<Class> {
    let needs = codes(answers, names::NEED)?;
    if !needs.contains(need) {
        return None;
    }
    Some(match said(answers, names::USED, need) {
        Said::Yes => used(answers, need),
        Said::Unknown => Class::Unknown,
        Said::No => not_used(answers, need, services),
    })
}

fn used(answers: &Answers, need: &str) -> Class {
    let Some(Answer::Rows(rows)) = answers.get(&QuestionId::new(names::HELPED)) else {
        return Class::Unknown;
    };
    let helped = rows.iter().find(|(row, _)| row.as_str() == need).and_then(|(_, answer)| answer.code());
    match helped.map(|code| code.as_str()) {
        Some("fully") => Class::Served,
        Some(_) => Class::UsedUnmet,
        None => Class::Unknown,
    }
}

fn not_used(answers: &Answers, need: &str, services: &[Service]) -> Class {
    let of_need: Vec<&Service> = services.iter().filter(|service| service.domains.contains(need)).collect();
    let reaching = match code(answers, names::AREA) {
        Some(area) => of_need.iter().copied().filter(|service| reaches(service, &area)).collect(),
        // Where she lives is not known: only services for every area surely reach her.
        None => {
            let everywhere: Vec<&Service> =
                of_need.iter().copied().filter(|each| each.areas.is_none()).collect();
            if everywhere.is_empty() && !of_need.is_empty() {
                return Class::Unknown;
            }
            everywhere
        }
    };
    if reaching.is_empty() {
        return Class::NoProvider;
    }
    let (statuses, languages) = (statuses(answers), languages(answers));
    if reaching.iter().all(|service| shuts_out(service, statuses.as_ref(), languages.as_ref())) {
        return Class::NotEligible;
    }
    match said(answers, names::KNEW, need) {
        Said::No => Class::NotAware,
        Said::Yes => Class::Barrier,
        Said::Unknown => Class::Unknown,
    }
}

fn reaches(service: &Service, area: &str) -> bool {
    service.areas.as_ref().is_none_or(|areas| areas.contains(area))
}

/// Whether a service is closed to every status she may have, or to every language she may speak.
pub(super) fn shuts_out(
    service: &Service,
    statuses: Option<&BTreeSet<&str>>,
    languages: Option<&BTreeSet<String>>,
) -> bool {
    let by_status = match (&service.eligible, statuses) {
        (Some(eligible), Some(statuses)) => !statuses.iter().any(|status| eligible.contains(*status)),
        _ => false,
    };
    let by_language = match (&service.languages, languages) {
        (Some(spoken), Some(hers)) => {
            service.interpreters == Interpreters::No && !hers.iter().any(|language| spoken.contains(language))
        }
        _ => false,
    };
    by_status || by_language
}

/// Every status she may have, by the codes of the inventory; none where nothing is known.
fn statuses(answers: &Answers) -> Option<BTreeSet<&'static str>> {
    let for_safety = code(answers, names::PATHWAY).as_deref() == Some("protection");
    let mut statuses: BTreeSet<&'static str> = match code(answers, names::STATUS).as_deref() {
        Some("permanent") => ["pr", "citizen"].into(),
        Some("temporary") => ["claimant", "worker", "student", "cuaet"].into(),
        _ => return None,
    };
    // Whoever came for safety may be protected by now, whatever else she is.
    if for_safety {
        statuses.insert("protected");
    }
    Some(statuses)
}

/// Every language she speaks, as far as it is known; none where her official languages are not.
fn languages(answers: &Answers) -> Option<BTreeSet<String>> {
    let official: &[&str] = match code(answers, names::OFFICIAL)?.as_str() {
        "both" => &["english", "french"],
        "english" => &["english"],
        "french" => &["french"],
        _ => &[],
    };
    let tongue = code(answers, names::TONGUE);
    // Another language than those of the list may be any.
    if tongue.as_deref().is_none_or(|tongue| tongue == "other") && official.is_empty() {
        return None;
    }
    Some(official.iter().map(|each| (*each).to_owned()).chain(tongue).collect())
}

/// Whether a code was chosen where several could be.
enum Said {
    Yes,
    No,
    Unknown,
}

/// Who was not asked, since an earlier answer settled it, said no.
fn said(answers: &Answers, question: &str, need: &str) -> Said {
    match answers.get(&QuestionId::new(question)) {
        Some(Answer::Missing(Missing::NotAsked)) => Said::No,
        Some(answer) if answer.missing().is_none() => {
            if answer.codes().iter().any(|code| code.as_str() == need) { Said::Yes } else { Said::No }
        }
        _ => Said::Unknown,
    }
}
