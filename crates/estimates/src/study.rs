//! A survey, its recipe and its answers, weighted: whatever is asked of them is asked here.

mod fieldwork;
mod names;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use responses::Tally;
use stats::{Design, Kinds};
use survey::{Question, QuestionId, Survey};

use names::Names;

use crate::{
    Error, Fieldwork, People, Query, Recipe, Release, Respondent, code, coded,
    count::{self, Sheet, Weighted},
    recipe::margin_of,
    respondent::choose,
    weigh::weigh,
    withhold::{self, Audited, Fates, Rule, Told},
};

/// Weighted answers, ready to be counted.
#[derive(Debug)]
pub struct Study {
    survey: Survey,
    recipe: Recipe,
    /// Those who count.
    people: People,
    /// All the others.
    others: People,
    design: Design,
    /// Which of those who count nothing tells apart; none where replicates need each of them.
    kinds: Option<Kinds>,
    fieldwork: Fieldwork,
    names: Names,
}

impl Study {
    /// Choose who counts, and weigh them by the recipe.
    ///
    /// Only finished responses of people the survey is for count, and made-up ones only where there is no real one.
    /// The order of `everybody` does not matter. Without a `tally` (answers from a file) the fieldwork is counted
    /// from everybody's answers, and who declined or withdrew is not known.
    ///
    /// # Errors
    /// [`Error::NobodyToCount`], [`Error::NoColumns`], [`Error::CategoryTooSmall`], [`Error::Weighing`].
    pub fn new(
        survey: Survey,
        recipe: Recipe,
        everybody: Vec<Respondent>,
        tally: Option<&Tally>,
    ) -> Result<Study, Error> {
        let people = People::of(&survey, &everybody);
        drop(everybody);
        Study::of(survey, recipe, &people, tally)
    }

    /// The same of answers that are columns already.
    ///
    /// # Errors
    /// Those of [`Study::new`].
    pub fn of(
        survey: Survey,
        recipe: Recipe,
        everybody: &People,
        tally: Option<&Tally>,
    ) -> Result<Study, Error> {
        let counted = choose(&survey, everybody);
        let weighed = weigh(&survey, &recipe, &counted)?;
        let fieldwork = fieldwork::describe(&survey, &recipe, &counted, &weighed, tally)?;
        let names = Names::of(&survey, &counted.people);
        Ok(Study {
            names,
            survey,
            recipe,
            people: counted.people,
            others: counted.others,
            kinds: Kinds::of(&weighed.design).ok(),
            design: weighed.design,
            fieldwork,
        })
    }

    /// Those who count, in an order made from what they said.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Their weights, with a mean of 1.
    pub fn weights(&self) -> &[f64] {
        self.design.weights()
    }

    /// Answer every query of a report at once, so that no table gives away what another withholds.
    ///
    /// # Errors
    /// [`Error::UnknownQuestion`], [`Error::NothingToCount`], [`Error::NotAGroup`], [`Error::Counting`].
    pub fn release(&self, queries: &[Query]) -> Result<Release, Error> {
        // What the methods say of those outside a margin is a number of that question too.
        let mut wanted: BTreeMap<&QuestionId, BTreeSet<&QuestionId>> =
            self.fieldwork.margins.iter().map(|margin| (&margin.question, BTreeSet::new())).collect();
        for query in queries {
            wanted.entry(query.question()).or_default().extend(query.by());
        }
        let mut release = Release {
            tables: BTreeMap::new(),
            profiles: BTreeMap::new(),
            fieldwork: self.fieldwork.clone(),
            policy: self.recipe.policy.clone(),
        };
        let mut done: BTreeSet<&QuestionId> = BTreeSet::new();
        let mut families = Vec::new();
        for question in wanted.keys() {
            if done.contains(question) {
                continue;
            }
            let family = self.names.family(question);
            let by = family.iter().filter_map(|each| wanted.get(each)).flatten().copied().collect();
            families.push(self.judged(&family, &by)?);
            done.extend(family);
        }
        let half = 0.5 / 10_f64.powi(i32::from(self.recipe.policy.shares_places) + 2);
        withhold::protect(
            &mut families,
            Told { half, counts_to: self.recipe.policy.counts_to, unweighted: true },
        )?;
        families.iter().flatten().for_each(|judged| self.answer(queries, judged, &mut release));
        Ok(release)
    }

    /// The queries of one question.
    fn answer(&self, queries: &[Query], Audited { sheet, fates, .. }: &Audited, release: &mut Release) {
        let own = || queries.iter().filter(|query| *query.question() == sheet.question);
        for query in own() {
            match query {
                Query::Shares { .. } => {
                    release.tables.insert(query.clone(), self.table(query, sheet, fates));
                }
                Query::Profile { .. } => {
                    let alone = !own().any(|query| matches!(query, Query::Shares { .. }));
                    release.profiles.insert(sheet.question.clone(), self.profile(sheet, fates, alone));
                }
            }
        }
        if fates.outside.iter().any(Option::is_some) {
            let margins = release.fieldwork.margins.iter_mut();
            let own = margins.filter(|margin| margin.question == sheet.question);
            own.for_each(|margin| margin.uncovered = None);
        }
    }

    /// A question counted for everybody and by the groups of another.
    ///
    /// Its numbers may be told with every digit.
    pub(crate) fn sheet(
        &self,
        question: &QuestionId,
        by: Option<&QuestionId>,
    ) -> Result<(Sheet, Fates), Error> {
        let mut judged = [self.judged(&self.names.family(question), &by.into_iter().collect())?];
        withhold::protect(
            &mut judged,
            Told { half: 0.0, counts_to: self.recipe.policy.counts_to, unweighted: false },
        )?;
        let own = judged.into_iter().flatten().find(|judged| judged.sheet.question == *question);
        let own = own.expect("a question is of its own family");
        Ok((own.sheet, own.fates))
    }

    /// The questions of a family counted for everybody and by the groups of others, and what of it is withheld.
    ///
    /// Whoever else names one of the groups is counted too, so that a group has one fate under all its names.
    fn judged(
        &self,
        family: &BTreeSet<&QuestionId>,
        by: &BTreeSet<&QuestionId>,
    ) -> Result<Vec<Audited>, Error> {
        let groups = self.with_other_names(by)?;
        let mut sheets = Vec::new();
        for question in family {
            let question = self.question(question.as_str())?;
            let covered = margin_of(&self.survey, &question.id).map(|margin| {
                let counted = |code: &str| margin.counts.iter().any(|row| row.0 == code && row.1.is_some());
                question.choices().iter().map(|choice| counted(choice.id.as_str())).collect::<Vec<_>>()
            });
            let sheet = count::count(question, &groups, covered.as_deref(), self.weighted())?;
            let rules = sheet.columns.iter().map(|column| self.rule(question, column)).collect();
            sheets.push(Audited::of(sheet, rules));
        }
        withhold::withhold(&mut sheets);
        Ok(sheets)
    }

    /// Questions to compare by, and those that name some of their groups too.
    pub(crate) fn with_other_names(&self, by: &BTreeSet<&QuestionId>) -> Result<Vec<&Question>, Error> {
        let all: BTreeSet<&QuestionId> = by.iter().flat_map(|by| self.names.family(by)).collect();
        all.into_iter().map(|by| self.question(by.as_str())).collect()
    }

    fn rule(&self, question: &Question, column: &count::Group) -> Rule {
        let group = column.by.as_ref().and_then(|(by, _)| self.survey.question(by.as_str()));
        let both: Vec<&Question> = group.into_iter().chain([question]).collect();
        Rule::of(&self.survey, &self.recipe, &both)
    }

    pub(crate) fn question(&self, id: &str) -> Result<&Question, Error> {
        self.survey.question(id).ok_or_else(|| {
            let names = self.survey.questions().map(|(_, question)| question.id.as_str());
            Error::UnknownQuestion {
                question: id.to_owned(),
                near: notation::near(id, names).map(str::to_owned),
            }
        })
    }

    /// Those who do not count.
    pub(crate) fn others(&self) -> &People {
        &self.others
    }

    /// Those who count, with their weights.
    fn weighted(&self) -> Weighted<'_> {
        Weighted { people: &self.people, design: &self.design, kinds: self.kinds.as_ref() }
    }

    /// How the answers came to be.
    pub(crate) fn fieldwork(&self) -> &Fieldwork {
        &self.fieldwork
    }

    /// The questions that have something to count, and of which anybody's answers hold anything.
    pub fn countable(&self) -> impl Iterator<Item = &Question> {
        let questions = self.survey.questions().map(|(_, question)| question);
        questions.filter(|question| {
            let counted = !question.choices().is_empty() || code::numbers(question, &self.people).is_some();
            counted && coded::check_held(&self.survey, question, &self.people).is_ok()
        })
    }

    /// The survey.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// The recipe they were weighted by.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    pub(crate) fn design(&self) -> &Design {
        &self.design
    }
}
