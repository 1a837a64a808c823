//! A toy survey, and people who answered it: small enough to count by hand.

use std::{collections::BTreeMap, sync::OnceLock};

use estimates::{Recipe, Respondent, Study, read_recipe};
use notation::Sources;
use responses::State;
use survey::{Answer, Answers, FormId, Kind, Language, Missing, Question, Survey};

pub(crate) fn sources() -> Sources {
    let files = [
        ("toy.survey", include_str!("../toy/toy.survey")),
        ("toy.recipe", include_str!("../toy/toy.recipe")),
        ("margins/land-2021/place.csv", include_str!("../toy/margins/land-2021/place.csv")),
        ("benchmarks/colour.csv", include_str!("../toy/benchmarks/colour.csv")),
        ("benchmarks/hurt.csv", include_str!("../toy/benchmarks/hurt.csv")),
        ("benchmarks/wrong.csv", include_str!("../toy/benchmarks/wrong.csv")),
        ("margins/land-2021/age.csv", include_str!("../toy/margins/land-2021/age.csv")),
    ];
    files.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

pub(crate) fn survey() -> Survey {
    static READ: OnceLock<Survey> = OnceLock::new();
    let read = || {
        let (survey, findings) = survey::read(&sources());
        survey.unwrap_or_else(|| panic!("{}", notation::draw(&findings, &sources(), false)))
    };
    READ.get_or_init(read).clone()
}

pub(crate) fn recipe(survey: &Survey) -> Recipe {
    let (recipe, findings) = read_recipe(&sources(), survey);
    recipe.unwrap_or_else(|| panic!("{}", notation::draw(&findings, &sources(), false)))
}

/// No weights, and the loosest rules there may be.
pub(crate) fn plain(survey: &Survey) -> Recipe {
    let mut recipe = Recipe::unweighted(survey);
    (recipe.policy.base, recipe.policy.cell, recipe.policy.counts_to) = (20, 5, 5);
    recipe
}

pub(crate) fn study(recipe: impl Fn(&Survey) -> Recipe, people: Vec<Respondent>) -> Study {
    let survey = survey();
    let recipe = recipe(&survey);
    Study::new(survey, recipe, people, None).unwrap()
}

/// Somebody real who finished and said this: `("needs", "home work")`, `("views", "kind=1 quick=dont_know")`.
pub(crate) fn person(said: &[(&str, &str)]) -> Respondent {
    person_of(&survey(), said)
}

pub(crate) fn person_of(survey: &Survey, said: &[(&str, &str)]) -> Respondent {
    let mut answers = Answers::default();
    for (id, words) in said {
        let question = survey.question(id).unwrap();
        answers.given.insert(question.id.clone(), answer(question, words));
    }
    let (language, form) = (Language::english(), FormId::full());
    Respondent { language, form, state: State::Finished, synthetic: false, answers }
}

/// The same person so many times.
pub(crate) fn times(count: usize, said: &[(&str, &str)]) -> Vec<Respondent> {
    vec![person(said); count]
}

fn answer(question: &Question, words: &str) -> Answer {
    if let Some(missing) = Missing::of_code(words) {
        return Answer::Missing(missing);
    }
    let codes = words.split(' ').map(Into::into);
    match &question.kind {
        Kind::Many { .. } => Answer::Many(codes.collect()),
        Kind::Rank { .. } => Answer::Ranked(codes.collect()),
        Kind::Grid { .. } => {
            let rows = words.split(' ').map(|row| row.split_once('=').unwrap());
            let one = |code: &str| Missing::of_code(code).map_or(Answer::One(code.into()), Answer::Missing);
            Answer::Rows(rows.map(|(row, code)| (row.into(), one(code))).collect::<BTreeMap<_, _>>())
        }
        Kind::Number { .. } => Answer::Number(words.parse().unwrap()),
        Kind::Year { .. } => Answer::Year(words.parse().unwrap()),
        Kind::Text { .. } => Answer::Words(words.to_owned()),
        _ => Answer::One(words.into()),
    }
}

/// A seeded generator, the same on every machine.
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    /// The next whole number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A place drawn with these weights.
    pub(crate) fn draw(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        unreachable!("the weights add up to the limit")
    }
}
