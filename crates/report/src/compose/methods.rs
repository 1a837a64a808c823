//! How the numbers were made: written from the fieldwork and the rules of the release, never by hand.

use estimates::{MarginUsed, Number};
use survey::FormId;

use super::{Composer, speak::Said};
use crate::{
    definition::Prose,
    document::Block,
    figure::{DataRow, DataTable},
};

type Fact = (String, String);

impl Composer<'_> {
    pub(super) fn methods(&self, note: Option<&Prose>) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(Said::All(words)) = note.map(|note| self.speak(note, true)) {
            blocks.push(Block::Prose(words));
        }
        let mut facts = self.who();
        facts.extend(self.answers());
        facts.extend(self.weighting());
        facts.extend(self.rules());
        blocks.push(Block::Facts(facts));
        for margin in &self.release.fieldwork.margins {
            blocks.push(Block::Table(self.margin(margin)));
            // The lines at the head of a margin are written once, in the language of the survey's author.
            let lines = margin.source.clone();
            blocks.push(Block::Source { language: self.survey.source.clone(), lines });
        }
        blocks
    }

    fn fact(&self, name: &str, values: &[(&str, &str)]) -> Fact {
        let term = self.tongue.say(&format!("methods.{name}")).to_owned();
        (term, self.tongue.fill(&format!("methods.{name}:says"), values))
    }

    fn who(&self) -> Vec<Fact> {
        let language = &self.tongue.language;
        let people = self.report.people.text(language);
        let mut facts = vec![self.fact("people", &[("people", people)])];
        if let Some(eligible) = &self.survey.eligible {
            facts.push(self.fact("eligible", &[("eligible", eligible.text(language))]));
        }
        facts.push(self.fact("host", &[("host", self.survey.host.text(language))]));
        if self.release.policy.nonprobability {
            facts.push(self.fact("recruitment", &[]));
        }
        if let Some((first, last)) = self.survey.field {
            let (first, last) = (self.tongue.day(first), self.tongue.day(last));
            facts.push(self.fact("field", &[("first", &first), ("last", &last)]));
        }
        facts
    }

    fn answers(&self) -> Vec<Fact> {
        let fieldwork = &self.release.fieldwork;
        let people = |count| self.tongue.people(count);
        let mut facts = vec![self.fact("used", &[("n", &people(fieldwork.respondents))])];
        facts.push((self.tongue.say("methods.received").to_owned(), self.received()));
        facts.push(self.fact("languages", &[("languages", &self.languages())]));
        if !fieldwork.forms.is_empty() {
            facts.push(self.fact("forms", &[("forms", &self.forms())]));
        }
        if fieldwork.synthetic {
            facts.push(self.fact("synthetic", &[]));
        } else if fieldwork.rehearsed_left_out > 0 {
            facts.push(self.fact("rehearsed", &[("n", &people(fieldwork.rehearsed_left_out))]));
        }
        facts
    }

    /// How many came how far; what nobody did is not spoken of.
    fn received(&self) -> String {
        let fieldwork = &self.release.fieldwork;
        let steps = [
            ("methods.begun", fieldwork.begun),
            ("methods.finished", fieldwork.finished),
            ("methods.unfinished", fieldwork.unfinished),
            ("methods.declined", fieldwork.declined),
            ("methods.withdrawn", fieldwork.withdrawn),
            ("methods.screened", fieldwork.screened_out),
            ("methods.held", fieldwork.held),
        ];
        let told = steps.into_iter().filter(|(_, people)| people.people() > 0);
        let told = told.map(|(path, people)| self.tongue.fill(path, &[("n", &self.tongue.count(people))]));
        told.collect::<Vec<_>>().join(" ")
    }

    fn languages(&self) -> String {
        let languages = self.release.fieldwork.languages.iter();
        self.with_numbers(
            languages.map(|(language, count)| (self.tongue.language_name(language).to_owned(), *count)),
        )
    }

    fn forms(&self) -> String {
        let name = |form: &FormId| match self.survey.form(form) {
            Some(form) => self.tongue.quoted(form.title.text(&self.tongue.language)),
            None => self.tongue.say("methods.form_full").to_owned(),
        };
        self.with_numbers(self.release.fieldwork.forms.iter().map(|(form, count)| (name(form), *count)))
    }

    /// Parts of the people by name, each with its number, or `x` where that may not be told.
    fn with_numbers(&self, parts: impl Iterator<Item = (String, Option<estimates::Count>)>) -> String {
        let one = |(name, count): (String, Option<estimates::Count>)| match count {
            Some(count) => format!("{name} ({})", self.tongue.count(count)),
            None => format!("{name} (x)"),
        };
        self.tongue.list(&parts.map(one).collect::<Vec<_>>())
    }

    fn weighting(&self) -> Vec<Fact> {
        let fieldwork = &self.release.fieldwork;
        let effective = self.tongue.people(fieldwork.effective);
        if fieldwork.margins.is_empty() {
            return vec![self.fact("unweighted", &[])];
        }
        let questions: Vec<String> = fieldwork
            .margins
            .iter()
            .map(|margin| self.tongue.quoted(&self.label_of(&margin.question)))
            .collect();
        let mut facts = vec![self.fact(
            "weighting",
            &[
                ("questions", &self.tongue.list(&questions)),
                ("rounds", &self.tongue.people(rounds(fieldwork.rounds))),
            ],
        )];
        if let Some((_, day)) = &fieldwork.population {
            facts.push(self.fact("population", &[("day", &self.tongue.day(*day))]));
        }
        for margin in &fieldwork.margins {
            let Some(uncovered) = margin.uncovered.filter(|share| share.units > 0) else { continue };
            let values = [
                ("question", self.tongue.quoted(&self.label_of(&margin.question))),
                ("share", self.tongue.share(uncovered)),
            ];
            facts.push(self.fact("uncovered", &[("question", &values[0].1), ("share", &values[1].1)]));
        }
        let decimal = |number: Number| self.tongue.decimal(number);
        let (low, high) = fieldwork.weights;
        facts.push(self.fact("weights", &[("low", &decimal(low)), ("high", &decimal(high))]));
        let effect = decimal(fieldwork.design_effect);
        facts.push(self.fact("design_effect", &[("effect", &effect), ("effective", &effective)]));
        facts
    }

    fn rules(&self) -> Vec<Fact> {
        let policy = &self.release.policy;
        let base = self.tongue.people(policy.base);
        let below = self.tongue.people(policy.cell.saturating_sub(1));
        let indicative = self.if_weighted("indicative", "indicative_plain");
        let ranges = if policy.nonprobability { indicative } else { "confidence" };
        let rounding = if policy.counts_to > 1 { "rounding" } else { "rounding_shares" };
        let mut facts = vec![
            self.fact(ranges, &[("confidence", &self.confidence())]),
            self.fact("withholding", &[("base", &base), ("below", &below)]),
            self.fact("letters", &[]),
            self.fact("differences", &[("confidence", &self.confidence())]),
            self.fact(rounding, &[("to", &self.tongue.people(policy.counts_to))]),
        ];
        if policy.nonprobability {
            facts.push(self.fact(self.if_weighted("limits", "limits_plain"), &[]));
        }
        facts
    }

    fn margin(&self, margin: &MarginUsed) -> DataTable {
        let rows = margin.rows.iter().map(|(code, count)| DataRow {
            heading: false,
            label: self.choice_label(&margin.question, &code.as_str().into()),
            cells: vec![match count {
                Some(count) => self
                    .tongue
                    .decimal(Number { units: i64::try_from(*count).unwrap_or(i64::MAX), places: 0 }),
                None => self.tongue.say("methods.not_covered").to_owned(),
            }],
        });
        let label = self.label_of(&margin.question);
        DataTable {
            caption: self.tongue.fill("methods.margin", &[("question", &label)]),
            heads: vec![label, self.tongue.say("methods.people_counted").to_owned()],
            rows: rows.collect(),
        }
    }
}

fn rounds(rounds: usize) -> u32 {
    u32::try_from(rounds).unwrap_or(u32::MAX)
}
