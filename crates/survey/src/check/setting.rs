//! Rules of the survey as a whole.

use notation::Finding;

use crate::{
    Kind,
    read::{Draft, Notes},
};

/// What every survey must say, and why.
const NEEDED: &[(&str, &str, &str)] = &[
    ("survey", "the survey has no name", "write `survey NAME` on the first line"),
    ("title", "the survey has no title", "add `title` and what people read above every page"),
    ("version", "the survey has no version", "add `version 2027.1`: the wave, and its edition"),
    ("source", "the survey does not say its language", "add `source en`: the language of its words"),
    ("host", "nobody says who asks", "add `host` and the name of who asks"),
    ("contact", "nobody to reach", "add `contact` and whom people can reach with questions"),
];

/// S011 of settings.
pub(super) fn settings(draft: &Draft<'_>, notes: &mut Notes) {
    for (setting, says, remedy) in NEEDED {
        let line = draft.settings.lines.get(setting);
        let at = match line {
            None if draft.meant.contains(setting) => continue,
            None if *setting == "survey" && notes.findings.iter().any(|finding| finding.code == "S011") => {
                continue;
            }
            None => draft.first_line(),
            // The readers of these three have said it already.
            Some(_) if matches!(*setting, "survey" | "version" | "source") => continue,
            Some(line) if !line.rest.is_empty() => continue,
            Some(line) => line.place.clone(),
        };
        notes.say(Finding::error("S011", at, *says).remedy(*remedy));
    }
}

/// S011 and S010 of consent: it is the first thing asked, and can be declined.
pub(super) fn consent_first(draft: &Draft<'_>, notes: &mut Notes) {
    let is_consent = |kind: &Kind| matches!(kind, Kind::Consent { .. });
    let mut asked = draft.questions.iter().filter(|asked| !matches!(asked.question.kind, Kind::Note));
    let consents: Vec<_> = asked.clone().filter(|asked| is_consent(&asked.question.kind)).collect();
    let Some(consent) = consents.first() else {
        if !draft.meant.contains("consent") {
            let finding = Finding::error("S011", draft.first_line(), "nobody is asked to agree");
            notes.say(finding.remedy("begin with a `consent` question"));
        }
        return;
    };
    let first = asked.next();
    if first.is_some_and(|first| first.at != consent.at) {
        let finding = Finding::error("S011", consent.at.clone(), "`consent` is not the first question");
        notes.say(finding.remedy("move it above every other question; notes may come before it"));
    }
    for second in &consents[1..] {
        let finding = Finding::error("S009", second.at.clone(), "consent is asked once");
        notes.say(finding.remedy("ask the rest with `one`").also(consent.at.clone(), "first here"));
    }
    let ending = consent.choices.iter().filter(|each| each.choice.end.is_some()).count();
    let bad =
        !consent.spoiled && !consent.choices.is_empty() && (ending == 0 || ending == consent.choices.len());
    let marks_lost = consent.choices.iter().any(|each| each.marks_lost);
    if bad && !marks_lost {
        let says = if ending == 0 { "nobody can decline" } else { "nobody can go on" };
        let finding = Finding::error("S010", consent.at.clone(), says);
        notes.say(finding.remedy("one choice at least goes on, and one carries `[end NAME]`"));
    }
}
