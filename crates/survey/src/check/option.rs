//! Rules of options: S010.

use notation::Finding;

use crate::{
    Kind,
    read::{Asked, Draft, Drafted, Notes},
};

/// S010: more places or choices than there are.
pub(super) fn numbers_fit(asked: &Asked<'_>, notes: &mut Notes) {
    let (word, number) = match asked.question.kind {
        Kind::Many { most: Some(most), .. } => ("max", most),
        Kind::Rank { top, .. } => ("top", top),
        _ => return,
    };
    let choices = asked.choices.len();
    if number > choices && choices > 0 && !asked.spoiled {
        let says = format!("`{word} {number}` of {choices} choices");
        let finding = Finding::error("S010", asked.at.clone(), says);
        notes.say(finding.remedy(format!("write `{word} {choices}` or less")));
    }
}

/// S010: the codes of a scale that count must rise.
pub(super) fn scale_rises(choices: &[Drafted<'_>], notes: &mut Notes) {
    let number = |drafted: &Drafted<'_>| drafted.choice.id.as_str().parse::<u64>().ok();
    for pair in choices.windows(2) {
        if let (Some(one), Some(next)) = (number(&pair[0]), number(&pair[1]))
            && next < one
        {
            let says = format!("the codes of a scale rise, and {next} follows {one}");
            let finding = Finding::error("S010", pair[1].at.clone(), says);
            return notes.say(finding.remedy("number the choices in their order, beginning with the lowest"));
        }
    }
}

/// S010: a grid has one scale.
pub(super) fn grid_is_ordered(asked: &Asked<'_>, draft: &Draft<'_>, notes: &mut Notes) {
    if !matches!(asked.question.kind, Kind::Grid { .. }) {
        return;
    }
    let list = asked.list.as_ref().and_then(|name| draft.list(name));
    if let Some(list) = list.filter(|list| !list.ordered) {
        let says = format!("the list `{}` is not ordered", list.name);
        let finding = Finding::error("S010", asked.at.clone(), says).remedy("mark the list `ordered`");
        notes.say(finding.also(list.at.clone(), "the list"));
    }
}
