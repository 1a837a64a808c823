//! How complete the answers are.

use estimates::{Number, Quality, Study};

use super::told::people;
use crate::say::say;

/// Print item nonresponse, where people stopped, and straight lines.
pub(super) fn run(study: &Study) {
    say(text(&study.quality()));
}

fn text(quality: &Quality) -> String {
    let mut text = format!(
        "{:<24} {:>8} {:>8} {:>11} {:>11}\n",
        "question", "asked", "empty", "prefer not", "don't know"
    );
    for item in &quality.items {
        let (empty, prefer_not, dont_know) =
            (share(item.left_empty), share(item.prefer_not), share(item.dont_know));
        let asked = people(item.asked);
        text.push_str(&format!(
            "{:<24} {asked:>8} {empty:>8} {prefer_not:>11} {dont_know:>11}\n",
            item.question.as_str()
        ));
    }
    text.push_str("\nwhere people stopped who did not finish\n");
    for stop in &quality.stops {
        let page = stop.page.as_ref().map_or("(nothing said)", |page| page.as_str());
        let language = stop.language.as_ref().map_or("all", |language| language.tag());
        text.push_str(&format!("{page:<24} {language:<8} {:>8}\n", people(stop.people)));
    }
    text.push_str("\none place down all rows of a grid\n");
    for line in &quality.lines {
        let (answered, straight) = (people(line.answered), share(line.straight));
        text.push_str(&format!("{:<24} {answered:>8} {straight:>8}\n", line.question.as_str()));
    }
    text.push_str("per cent, unweighted; x: too few people to be told\n");
    text
}

fn share(share: Option<Number>) -> String {
    share.map_or("x".to_owned(), |share| format!("{:.0}", share.value() * 100.0))
}
