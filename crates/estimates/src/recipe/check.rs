//! Whether the lines of a recipe fit each other and the survey's margins.

use notation::{Finding, Place};
use survey::{Kind, Margin, QuestionId, Survey};

use super::line::Reader;

/// Totals further apart than this share are not rounding of the source.
const SAME_TOTAL: f64 = 0.01;

/// E009: only a question with a margin can be weighted by. E010: the margins count the same people.
/// E014: they are of the population the recipe names.
pub(super) fn margins(reader: &mut Reader<'_>) {
    let mut first: Option<(Place, f64)> = None;
    for (id, place) in reader.raked.clone() {
        let Some(margin) = margin(reader.survey, &id) else {
            let says = format!("`{id}` cannot be weighted by: it has no `margin`");
            let with = with_margins(reader.survey);
            let remedy = if with.is_empty() {
                "give a question of one choice each a line `margin PATH`".to_owned()
            } else {
                format!("the questions with a margin are {with}")
            };
            reader.error("E009", place, says, remedy);
            continue;
        };
        let total = margin.counts.iter().filter_map(|(_, count)| *count).sum::<u64>() as f64;
        let population = reader.recipe.population.as_ref().map(|(name, _)| name.clone());
        if let Some(population) = population
            && margin.path.split('/').next() != Some(population.as_str())
        {
            let says = format!("the margin of `{id}` is `{}`, not one of `{population}`", margin.path);
            let finding = Finding::warning("E014", place.clone(), says);
            reader.findings.push(finding.remedy("name the population that the margins count"));
        }
        match &first {
            None => first = Some((place, total)),
            Some((other, expected)) if (total - expected).abs() > SAME_TOTAL * expected => {
                let says = format!("this margin counts {total} people and the first {expected}");
                let finding = Finding::error("E010", place, says).also(other.clone(), "the first");
                reader
                    .findings
                    .push(finding.remedy(
                        "use margins of the same people, such as immigrants and temporary residents",
                    ));
            }
            Some(_) => {}
        }
    }
}

/// E013: a merge is of a question weighted by, goes somewhere else, and does not go on from there.
pub(super) fn collapses(reader: &mut Reader<'_>) {
    let all = reader.collapsed.clone();
    for (merge, place) in &all {
        let others = || all.iter().map(|(other, _)| other).filter(|other| other.question == merge.question);
        let says = if !reader.recipe.rake.contains(&merge.question) {
            format!("`{}` is not weighted by, so nothing is merged", merge.question)
        } else if merge.from == merge.into {
            format!("`{}` is merged into itself", merge.from)
        } else if others().any(|other| other.from == merge.into) {
            format!("`{}` is itself merged into another", merge.into)
        } else if others().filter(|other| other.from == merge.from).count() > 1 {
            format!("`{}` is merged twice", merge.from)
        } else {
            continue;
        };
        reader.error("E013", place.clone(), says, "merge each category once, into one that stays");
    }
}

/// The population table of a question that everybody answers with one choice.
pub(crate) fn margin<'s>(survey: &'s Survey, id: &QuestionId) -> Option<&'s Margin> {
    let question = survey.question(id.as_str())?;
    matches!(question.kind, Kind::One { .. } | Kind::Calc { .. }).then_some(())?;
    survey.margins.get(question.margin.as_ref()?)
}

fn with_margins(survey: &Survey) -> String {
    let named = survey.questions().filter(|(_, question)| margin(survey, &question.id).is_some());
    named.map(|(_, question)| format!("`{}`", question.id)).collect::<Vec<_>>().join(", ")
}
