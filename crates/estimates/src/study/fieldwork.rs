//! How the answers came to be, in numbers without people.

use responses::{Event, Mode, State, Tally};
use survey::{FormId, Language, Survey};

use crate::{
    Count, Error, Fieldwork, Number, People, Recipe,
    respondent::{Counted, UNFINISHED},
    round,
    weigh::Weighed,
};

/// Describes the fieldwork of those who count and of those who do not.
pub(super) fn describe(
    survey: &Survey,
    recipe: &Recipe,
    counted: &Counted,
    weighed: &Weighed,
    tally: Option<&Tally>,
) -> Result<Fieldwork, Error> {
    let kish = stats::kish(weighed.design.weights()).map_err(Error::Weighing)?;
    let weights = || weighed.design.weights().iter().copied();
    let totals = tally.map_or_else(|| of_respondents(counted), |tally| of_tally(tally, counted));
    let told = |people: usize| round::count(people, &recipe.policy);
    Ok(Fieldwork {
        respondents: whole(counted.people.len()),
        begun: told(totals.begun),
        finished: told(totals.finished),
        // Who was sent away has not left by choice.
        unfinished: told(totals.unfinished.saturating_sub(counted.screened_out_early)),
        declined: told(totals.declined),
        withdrawn: told(totals.withdrawn),
        screened_out: told(totals.screened_out + counted.screened_out + counted.screened_out_early),
        held: told(totals.held),
        languages: languages(survey, recipe, &counted.people),
        forms: forms(survey, recipe, &counted.people),
        synthetic: counted.synthetic,
        rehearsed_left_out: whole(counted.rehearsed_left_out),
        design_effect: Number::round(kish.design_effect, 2),
        effective: kish.effective_n.round() as u32,
        weights: (
            Number::round(weights().fold(f64::INFINITY, f64::min), 2),
            Number::round(weights().fold(0.0, f64::max), 2),
        ),
        margins: weighed.margins.clone(),
        rounds: weighed.rounds,
        off: weighed.off.map(|off| Number::round(off, 3)),
        population: recipe.population.clone(),
    })
}

#[derive(Default)]
struct Totals {
    begun: usize,
    finished: usize,
    unfinished: usize,
    declined: usize,
    withdrawn: usize,
    /// Of whom no response was kept.
    screened_out: usize,
    held: usize,
}

/// Where responses stand that a person must look at, or has looked at and left out.
const HELD: &[State] = &[State::Quarantined, State::Excluded];

/// From the store's totals, of made-up or of real responses, as those who count are.
fn of_tally(tally: &Tally, counted: &Counted) -> Totals {
    let ours = |mode: Mode| (mode == Mode::Rehearsal) == counted.synthetic;
    let happened = |event: Event| {
        let events = tally.events.iter().filter(|((each, _, mode), _)| *each == event && ours(*mode));
        events.map(|(_, count)| *count as usize).sum::<usize>()
    };
    let standing = |states: &[State]| {
        let states = tally.states.iter().filter(|((each, _, mode), _)| states.contains(each) && ours(*mode));
        states.map(|(_, count)| *count as usize).sum::<usize>()
    };
    Totals {
        begun: happened(Event::Begun),
        finished: happened(Event::Finished) + happened(Event::Queued),
        unfinished: standing(UNFINISHED),
        declined: happened(Event::Declined),
        withdrawn: happened(Event::Withdrawn),
        screened_out: happened(Event::ScreenedOut),
        held: standing(HELD),
    }
}

/// From a file, which knows only of responses that are there.
fn of_respondents(counted: &Counted) -> Totals {
    Totals {
        begun: counted.standing(&State::ALL),
        finished: counted.standing(&[State::Finished]),
        unfinished: counted.standing(UNFINISHED),
        held: counted.standing(HELD),
        ..Totals::default()
    }
}

/// Respondents by language.
fn languages(survey: &Survey, recipe: &Recipe, people: &People) -> Vec<(Language, Option<Count>)> {
    let spoken = |language: &Language| people.in_language(language);
    let all = survey.all_languages().into_iter();
    told(all.map(|language| (language.clone(), spoken(language))).collect(), recipe)
}

/// Respondents by form.
fn forms(survey: &Survey, recipe: &Recipe, people: &People) -> Vec<(FormId, Option<Count>)> {
    if survey.forms.is_empty() {
        return Vec::new();
    }
    let named = survey.forms.iter().map(|form| form.id.clone());
    let answered = |form: &FormId| people.in_form(form);
    let all = std::iter::once(FormId::full()).chain(named);
    told(all.map(|form| (form.clone(), answered(&form))).collect(), recipe)
}

/// Parts of a known sum: a lone small one is not told, nor then the next smallest.
fn told<T>(counts: Vec<(T, usize)>, recipe: &Recipe) -> Vec<(T, Option<Count>)> {
    let policy = &recipe.policy;
    let small = |people: usize| people > 0 && people < policy.cell as usize;
    let lone = counts.iter().filter(|(_, people)| small(*people)).count() == 1;
    let others = counts.iter().map(|(_, people)| *people).filter(|people| *people >= policy.cell as usize);
    let second = others.min().filter(|_| lone);
    let told =
        |people: usize| (!small(people) && Some(people) != second).then(|| round::count(people, policy));
    counts.into_iter().map(|(part, people)| (part, told(people))).collect()
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
