//! The rows of `soundings estimate`: full precision where a number may be seen, nothing where it may not.

mod means;

use serde_json::{Map, Value};
use survey::{ChoiceId, QuestionId};

pub use means::Index;
use means::MEAN;

use crate::{
    Error, Letter, Study, Why, code, coded,
    count::{Share, Sheet},
    letter, round,
};

/// One number about one group of people.
#[derive(Clone, Debug, PartialEq)]
pub struct EstimateRow {
    /// The question counted.
    pub question: QuestionId,
    /// The choice; of a grid `row.choice`; `mean` of a number or a year.
    pub choice: String,
    /// The question compared by.
    pub by: Option<QuestionId>,
    /// The group.
    pub group: Option<ChoiceId>,
    /// The numbers; none where withheld.
    pub numbers: Option<Numbers>,
    /// Its quality letter.
    pub quality: Option<Letter>,
    /// Why there is no number.
    pub withheld: Option<Why>,
}

/// An estimate at full precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers {
    /// The base, unweighted: how many answered, rounded as the recipe says, since exact ones subtract.
    pub respondents: usize,
    /// The share, 0 to 1, or the mean.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Study {
    /// Count one question for everybody, or for each group of another.
    ///
    /// Shares have Korn and Graubard's interval, means a t interval. What a release would withhold is withheld here.
    ///
    /// # Errors
    /// [`Error::UnknownQuestion`], [`Error::NothingToCount`], [`Error::NotAGroup`], [`Error::NoColumns`],
    /// [`Error::Counting`].
    pub fn estimates(&self, of: &str, by: Option<&str>) -> Result<Vec<EstimateRow>, Error> {
        let question = self.question(of)?;
        let by = by.map(|by| self.question(by)).transpose()?;
        // A question that makes no groups is the graver slip.
        by.map(code::check_groups).transpose()?;
        for needed in by.into_iter().chain([question]) {
            coded::check_held(self.survey(), needed, self.people())?;
        }
        if let Some((values, base)) = code::numbers(question, self.people()) {
            return self.measures(question, by, &values, &base, &MEAN);
        }
        let (sheet, fates) = self.sheet(&question.id, by.map(|by| &by.id))?;
        let columns = by.map_or_else(|| vec![0], |by| sheet.groups_of(&by.id));
        let mut rows = Vec::new();
        for (block, counts) in sheet.blocks.iter().enumerate() {
            for (choice, shares) in counts.shares.iter().enumerate() {
                let code = &counts.block.choices[choice];
                let name =
                    counts.block.row.as_ref().map_or_else(|| code.to_string(), |row| format!("{row}.{code}"));
                for column in &columns {
                    let why = fates.shares[block][choice][*column];
                    rows.push(self.row(&sheet, &name, *column, &shares[*column], why));
                }
            }
        }
        Ok(rows)
    }

    fn row(
        &self,
        sheet: &Sheet,
        choice: &str,
        column: usize,
        share: &Share,
        why: Option<Why>,
    ) -> EstimateRow {
        let numbers = share.estimate.as_ref().map(|estimate| Numbers {
            respondents: self.told(share.base),
            value: estimate.value,
            standard_error: estimate.standard_error,
            low: estimate.low,
            high: estimate.high,
        });
        let letter = share.estimate.as_ref().and_then(|estimate| letter::grade(estimate).letter());
        let by = sheet.columns[column].by.clone();
        written(&sheet.question, choice, by, numbers, letter, why)
    }

    /// A count of people as the recipe tells it.
    fn told(&self, people: usize) -> usize {
        round::count(people, &self.recipe().policy).people() as usize
    }
}

/// The one door to a row: a withheld one has no number to hide.
fn written(
    question: &QuestionId,
    choice: &str,
    by: Option<(QuestionId, ChoiceId)>,
    numbers: Option<Numbers>,
    letter: Option<Letter>,
    why: Option<Why>,
) -> EstimateRow {
    let (by, group) = by.unzip();
    let numbers = numbers.filter(|_| why.is_none());
    EstimateRow {
        question: question.clone(),
        choice: choice.to_owned(),
        by,
        group,
        quality: letter.filter(|_| numbers.is_some()),
        withheld: why.or(if numbers.is_none() { Some(Why::Unreliable) } else { None }),
        numbers,
    }
}

/// The JSON schema of [`estimates_json`].
pub const SCHEMA: &str = include_str!("estimates.schema.json");

/// The rows as a JSON array of objects; a number that is withheld has no key.
pub fn estimates_json(rows: &[EstimateRow]) -> String {
    let objects: Vec<Value> = rows.iter().map(|row| Value::Object(object(row))).collect();
    format!("{:#}\n", Value::Array(objects))
}

fn object(row: &EstimateRow) -> Map<String, Value> {
    let text = |value: Option<String>| value.map_or(Value::Null, Value::String);
    let mut object = Map::new();
    object.insert("question".into(), row.question.as_str().into());
    object.insert("choice".into(), row.choice.as_str().into());
    object.insert("by".into(), text(row.by.as_ref().map(ToString::to_string)));
    object.insert("group".into(), text(row.group.as_ref().map(ToString::to_string)));
    if let Some(numbers) = &row.numbers {
        object.insert("respondents".into(), numbers.respondents.into());
        for (name, number) in named(numbers) {
            object.insert(name.into(), number.into());
        }
    }
    object.insert("quality".into(), text(row.quality.as_ref().map(ToString::to_string)));
    object.insert("withheld".into(), text(row.withheld.as_ref().map(ToString::to_string)));
    object
}

/// The rows as comma-separated values; a number that is withheld is empty.
pub fn estimates_csv(rows: &[EstimateRow]) -> String {
    const HEAD: &str =
        "question,choice,by,group,respondents,value,standard_error,low,high,quality,withheld\n";
    let lines = rows.iter().map(|row| {
        let mut cells = vec![row.question.to_string(), row.choice.clone(), told(&row.by), told(&row.group)];
        match &row.numbers {
            None => cells.extend([""; 5].map(str::to_owned)),
            Some(numbers) => {
                cells.push(numbers.respondents.to_string());
                cells.extend(named(numbers).map(|(_, number)| number.to_string()));
            }
        }
        cells.extend([told(&row.quality), told(&row.withheld)]);
        cells.join(",") + "\n"
    });
    HEAD.to_owned() + &lines.collect::<String>()
}

fn told<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn named(numbers: &Numbers) -> [(&'static str, f64); 4] {
    [
        ("value", numbers.value),
        ("standard_error", numbers.standard_error),
        ("low", numbers.low),
        ("high", numbers.high),
    ]
}
