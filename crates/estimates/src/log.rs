//! What the weights were made of, for whoever must answer for them.

use std::fmt::Write;

use survey::ChoiceId;

use crate::{Base, Frame, People, ResponseClass, Study, code, coded, recipe::margin_of};

impl Study {
    /// The weighting in words and numbers: who counts, each margin before and after, the weights, and what they cost.
    ///
    /// Small groups stand in it with exact numbers: it is for who checks the weights, and never to be published.
    pub fn log(&self) -> String {
        let (survey, recipe) = (self.survey(), self.recipe());
        let mut text = format!(
            "Weighting log of the recipe `{}`: `{}` {}\n\
             For whoever checks the weights. Exact numbers of small groups stand here: not for publication.\n\n",
            recipe.name, survey.name, survey.version
        );
        let made_up = if self.fieldwork().synthetic { " (all made up by a rehearsal)" } else { "" };
        let _ = writeln!(text, "counted    {} respondents{made_up}", self.people().len());
        for (what, people) in self.left_out() {
            let _ = writeln!(text, "left out   {people} {what}");
        }
        self.log_design(&mut text);
        for merge in &recipe.collapses {
            let _ = writeln!(text, "collapsed  {}: {} into {}", merge.question, merge.from, merge.into);
        }
        for question in &recipe.rake {
            self.log_margin(question.as_str(), &mut text);
        }
        self.log_weights(&mut text);
        text
    }

    /// On what ground the sample speaks, and what everybody's weight is before fitting.
    fn log_design(&self, text: &mut String) {
        let recipe = self.recipe();
        let _ = match &recipe.frame {
            None => writeln!(
                text,
                "design     nonprobability: people chose to answer, so ranges are indicative and no margin of error"
            ),
            Some(Frame { name, selection, response }) => writeln!(
                text,
                "design     probability: drawn from `{name}`, selection {selection}, {response} % answered"
            ),
        };
        let _ = match &recipe.base {
            Base::Equal => writeln!(text, "base       everybody the same"),
            Base::Quota(question) => {
                writeln!(text, "base       quotas of `{question}`, brought to its margin")
            }
            Base::Visits { often, venue } => {
                writeln!(text, "base       one over `{often}`, people of one `{venue}` being alike")
            }
            Base::Referral(degree) => writeln!(
                text,
                "base       one over `{degree}` (Volz and Heckathorn): who recruited whom is not in the answers, so ranges \
                 are too narrow"
            ),
        };
        let _ = match &recipe.nonresponse {
            None => Ok(()),
            Some(ResponseClass::Language) => {
                writeln!(text, "classes    who did not finish is stood for by who did, by language")
            }
            Some(ResponseClass::Form) => {
                writeln!(text, "classes    who did not finish is stood for by who did, by form")
            }
            Some(ResponseClass::Question(question)) => {
                writeln!(text, "classes    who did not finish is stood for by who did, by `{question}`")
            }
        };
        if let Some((low, high)) = recipe.bounds {
            let _ = writeln!(text, "bounds     raking changes no weight by a factor outside {low}..{high}");
        }
        if let Some((population, day)) = &recipe.population {
            let age = i32::from(self.survey().version.wave) - i32::from(day.year());
            let _ = writeln!(text, "population {population} on {day}{}", old(age));
        }
    }

    /// Who does not count, and how many: exactly.
    fn left_out(&self) -> Vec<(&'static str, usize)> {
        use responses::State;
        let of = |states: &[State]| self.standing(states);
        let finished = of(&[State::Finished]);
        let all = [
            ("that were never finished", of(&[State::Begun, State::Saved, State::Partial])),
            ("that wait for a person's eyes", of(&[State::Quarantined])),
            ("that a reviewer left out", of(&[State::Excluded])),
            ("of people it is not for, or made up beside real ones", finished - self.people().len()),
        ];
        all.into_iter().filter(|(_, people)| *people > 0).collect()
    }

    fn standing(&self, states: &[responses::State]) -> usize {
        let of = |people: &People| {
            let is = |row: &usize| people.state(*row).is_some_and(|state| states.contains(&state));
            (0..people.len()).filter(is).count()
        };
        of(self.people()) + of(self.others())
    }

    /// A margin: each category as answered, as weighted, and in the population.
    fn log_margin(&self, id: &str, text: &mut String) {
        let (Some(question), Some(used)) = (
            self.survey().question(id),
            self.fieldwork().margins.iter().find(|used| used.question.as_str() == id),
        ) else {
            return;
        };
        let codes = code::categories(question, self.people());
        let counts =
            margin_of(self.survey(), &question.id).map(|margin| margin.counts.clone()).unwrap_or_default();
        let target = |code: &ChoiceId| counts.iter().find(|row| row.0 == code.as_str()).and_then(|row| row.1);
        let total: u64 = counts.iter().filter_map(|row| row.1).sum();
        let covered =
            |at: usize| question.choices().get(at).is_some_and(|choice| target(&choice.id).is_some());
        let sum = |want: &dyn Fn(usize) -> bool| -> (usize, f64) {
            let rows = codes.iter().zip(self.weights());
            let of =
                rows.filter_map(|(code, weight)| Some((code.filter(|code| want(*code as usize))?, weight)));
            of.fold((0, 0.0), |(people, weights), (_, weight)| (people + 1, weights + weight))
        };
        let (all, weighed) = sum(&covered);
        let _ = writeln!(text, "\nmargin     {id} ({})", used.path);
        for line in &used.source {
            let _ = writeln!(text, "           {line}");
        }
        let _ = writeln!(
            text,
            "  {:<20} {:>7} {:>9} {:>9} {:>9}",
            "category", "people", "answered", "weighted", "target"
        );
        for (at, choice) in question.choices().iter().enumerate() {
            let (people, weight) = sum(&|code| code == at);
            let share = |part: f64, of: f64| {
                if of > 0.0 { format!("{:.2} %", 100.0 * part / of) } else { String::new() }
            };
            let (answered, weighted, aim) = match target(&choice.id) {
                Some(count) => (
                    share(people as f64, all as f64),
                    share(weight, weighed),
                    share(count as f64, total as f64),
                ),
                None => (String::new(), String::new(), "own share".to_owned()),
            };
            let _ = writeln!(
                text,
                "  {:<20} {people:>7} {answered:>9} {weighted:>9} {aim:>9}",
                choice.id.to_string()
            );
        }
        let missing = codes.iter().filter(|code| code.is_none()).count();
        let _ = writeln!(text, "  {:<20} {missing:>7} {:>29}", "no answer", "own share");
    }

    fn log_weights(&self, text: &mut String) {
        let mut weights = self.weights().to_vec();
        weights.sort_by(f64::total_cmp);
        let at = |share: f64| weights[((weights.len() - 1) as f64 * share).round() as usize];
        let fieldwork = self.fieldwork();
        let _ = writeln!(text, "\nrounds     {} of raking", fieldwork.rounds);
        if let Some(bootstrap) = self.recipe().bootstrap {
            let (replicates, seed) = (bootstrap.replicates, bootstrap.seed);
            let _ = writeln!(
                text,
                "bootstrap  {replicates} replicates of people (Rao and Wu), seed {seed}, each weighted again"
            );
        }
        if let (Some((low, high)), Some(off)) = (self.recipe().trim, fieldwork.off) {
            let _ = writeln!(
                text,
                "trimmed    to {low}..{high}; margins are then off by up to {off} of themselves"
            );
        }
        let _ = writeln!(
            text,
            "weights    mean 1; smallest {:.3}, 5 % below {:.3}, median {:.3}, 5 % above {:.3}, largest {:.3}",
            at(0.0),
            at(0.05),
            at(0.5),
            at(0.95),
            at(1.0)
        );
        let _ = writeln!(
            text,
            "cost       design effect {} (Kish, 1 + CV^2): as good as {} respondents without weights",
            fieldwork.design_effect, fieldwork.effective
        );
    }

    /// The weights as comma-separated values: the row of each counted response in the export, and its weight.
    pub fn weights_csv(&self) -> String {
        coded::weights(self)
    }
}

/// What to say of margins that are more than five years older than the answers.
fn old(years: i32) -> String {
    if years <= 5 {
        String::new()
    } else {
        format!(": {years} years before the answers, use newer margins if there are any")
    }
}
