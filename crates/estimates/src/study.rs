//! A survey, its recipe and its answers, weighted: whatever is asked of them is asked here.

mod fieldwork;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use responses::Tally;
use stats::Design;
use survey::{Question, QuestionId, Survey};

use crate::{
    Coded, Error, Fieldwork, Query, Recipe, Release, Respondent, coded,
    count::{self, Sheet},
    respondent::choose,
    weigh::weigh,
    withhold::{self, Fates, Rule},
    write_coded,
};

/// Weighted answers, ready to be counted.
#[derive(Debug)]
pub struct Study {
    survey: Survey,
    recipe: Recipe,
    /// Everybody, counted or not.
    everybody: Vec<Respondent>,
    /// Those who count.
    respondents: Vec<Respondent>,
    design: Design,
    fieldwork: Fieldwork,
}

impl Study {
    /// Choose who counts, and weigh them by the recipe.
    ///
    /// Only finished responses of people the survey is for count, and made-up ones only where there is no real one.
    /// The order of `everybody` does not matter. Without a `tally` (answers from a file) the fieldwork is counted
    /// from everybody's answers, and who declined or withdrew is not known.
    ///
    /// # Errors
    /// [`Error::NobodyToCount`], [`Error::CategoryTooSmall`], [`Error::Weighing`].
    pub fn new(
        survey: Survey,
        recipe: Recipe,
        everybody: Vec<Respondent>,
        tally: Option<&Tally>,
    ) -> Result<Study, Error> {
        let mut counted = choose(&survey, &everybody);
        // Sums of decimals depend on their order, so the order is made from what was said.
        let columns = coded::columns(&survey);
        counted.respondents.sort_by_cached_key(|each| coded::record(&columns, each));
        let weighed = weigh(&survey, &recipe, &counted.respondents)?;
        let fieldwork = fieldwork::describe(&survey, &recipe, &everybody, &counted, &weighed, tally)?;
        Ok(Study {
            survey,
            recipe,
            everybody,
            respondents: counted.respondents,
            design: weighed.design,
            fieldwork,
        })
    }

    /// Those who count, in an order made from what they said.
    pub fn respondents(&self) -> &[Respondent] {
        &self.respondents
    }

    /// Their weights, with a mean of 1.
    pub fn weights(&self) -> &[f64] {
        self.design.weights()
    }

    /// Every response as columns of codes, with the weights of those who count.
    pub fn export(&self) -> Coded {
        write_coded(&self.survey, &self.everybody, Some(self))
    }

    /// Answer every query of a report at once, so that no table gives away what another withholds.
    ///
    /// # Errors
    /// [`Error::UnknownQuestion`], [`Error::NothingToCount`], [`Error::NotAGroup`], [`Error::Counting`].
    pub fn release(&self, queries: &[Query]) -> Result<Release, Error> {
        let mut wanted: BTreeMap<&QuestionId, BTreeSet<&QuestionId>> = BTreeMap::new();
        for query in queries {
            wanted.entry(query.question()).or_default().extend(query.by());
        }
        let mut release = Release {
            tables: BTreeMap::new(),
            profiles: BTreeMap::new(),
            fieldwork: self.fieldwork.clone(),
            policy: self.recipe.policy.clone(),
        };
        for (question, by) in wanted {
            let by: Vec<&QuestionId> = by.into_iter().collect();
            let (sheet, fates) = self.sheet(question.as_str(), &by)?;
            for query in queries.iter().filter(|query| query.question() == question) {
                match query {
                    Query::Shares { .. } => {
                        release.tables.insert(query.clone(), self.table(query, &sheet, &fates));
                    }
                    Query::Profile { .. } => {
                        release.profiles.insert(question.clone(), self.profile(&sheet, &fates));
                    }
                }
            }
        }
        Ok(release)
    }

    /// A question counted for everybody and by the groups of others, and what of it is withheld.
    pub(crate) fn sheet(&self, question: &str, by: &[&QuestionId]) -> Result<(Sheet, Fates), Error> {
        let question = self.question(question)?;
        let by = by.iter().map(|by| self.question(by.as_str())).collect::<Result<Vec<_>, _>>()?;
        let sheet = count::count(question, &by, &self.respondents, &self.design)?;
        let rule = |column: &count::Group| {
            let group = column.by.as_ref().and_then(|(by, _)| self.survey.question(by.as_str()));
            let both: Vec<&Question> = group.into_iter().chain([question]).collect();
            Rule::of(&self.survey, &self.recipe, &both)
        };
        let rules: Vec<Rule> = sheet.columns.iter().map(rule).collect();
        let fates = withhold::withhold(&sheet, &rules);
        Ok((sheet, fates))
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
