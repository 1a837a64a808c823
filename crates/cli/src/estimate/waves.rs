//! One question in two waves.

use anyhow::{Context, Result, bail};
use estimates::{Cell, Study, Waves};

use super::{Args, told::said};
use crate::{
    kept::Kept,
    say::say,
    wave::{Answered, answered},
};

/// Print what changed from the first wave that is named to the second.
pub(super) fn run(args: &Args, waves: &[u16]) -> Result<()> {
    let [before, now] = waves else {
        bail!("name two waves, the earlier first, as --waves 2025,2027");
    };
    let data = args.data.clone().context("waves are compared from a data folder: name it with --data")?;
    let of = args.of.as_deref().context("name a question with --of")?;
    let kept = Kept { data, store: args.store.clone(), key: None };
    let study = |wave: u16| -> Result<Study> {
        let Answered { survey, recipe, respondents, tally } =
            answered(&args.survey_folder, &kept, Some(wave))?;
        Ok(Study::new(survey, recipe, respondents, tally.as_ref())?)
    };
    let changed = Waves::of(&study(*before)?, &study(*now)?, of)?;
    say(text(&changed, *before, *now));
    Ok(())
}

fn text(waves: &Waves, before: u16, now: u16) -> String {
    let mut text =
        format!("{:<28} {before:>8} {now:>8}  {:<22} {}\n", waves.question.as_str(), "difference", "reads");
    for line in &waves.lines {
        let name =
            line.row.as_ref().map_or_else(|| line.choice.to_string(), |row| format!("{row}.{}", line.choice));
        let before = line.before.as_ref().map(said).unwrap_or_default();
        let difference = line.difference.as_ref().map(points).unwrap_or_default();
        let reads = line.direction.words();
        text.push_str(&format!("{name:<28} {before:>8} {:>8}  {difference:<22} {reads}\n", said(&line.now)));
    }
    match waves.apart {
        Some(apart) => text.push_str(&format!("not comparable: {}\n", apart.words())),
        None => text.push_str(&format!(
            "per cent, weighted in each wave; ranges are indicative, and made for {} differences at once\n",
            waves.family
        )),
    }
    text
}

fn points(cell: &Cell) -> String {
    match cell {
        Cell::Shown(shown) => {
            let of = |number: estimates::Number| number.value() * 100.0;
            format!("{:+.0} ({:+.0} to {:+.0})", of(shown.value), of(shown.low), of(shown.high))
        }
        Cell::Withheld(why) => why.to_string(),
    }
}
