//! The rows of `soundings estimate`: full precision where a number may be seen, nothing where it may not.

use serde_json::{Map, Value};
use survey::{ChoiceId, Question, QuestionId};

use crate::{
    Error, Letter, Study, Why, code,
    count::{LEVEL, Share, Sheet},
    letter::{self, Grade},
    withhold::Rule,
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
    /// The base, unweighted: how many answered.
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
    /// [`Error::UnknownQuestion`], [`Error::NothingToCount`], [`Error::NotAGroup`], [`Error::Counting`].
    pub fn estimates(&self, of: &str, by: Option<&str>) -> Result<Vec<EstimateRow>, Error> {
        let question = self.question(of)?;
        let by = by.map(|by| self.question(by)).transpose()?;
        if let Some((values, base)) = code::numbers(question, self.respondents()) {
            return self.means(question, by, &values, &base);
        }
        let (sheet, fates) = self.sheet(of, &by.iter().map(|by| &by.id).collect::<Vec<_>>())?;
        let columns = by.map_or_else(|| vec![0], |by| sheet.groups_of(&by.id));
        let mut rows = Vec::new();
        for (block, counts) in sheet.blocks.iter().enumerate() {
            for (choice, shares) in counts.shares.iter().enumerate() {
                let code = &counts.block.choices[choice].0;
                let name =
                    counts.block.row.as_ref().map_or_else(|| code.to_string(), |row| format!("{row}.{code}"));
                for column in &columns {
                    let why = fates.shares[block][choice][*column];
                    rows.push(Self::row(&sheet, &name, *column, &shares[*column], why));
                }
            }
        }
        Ok(rows)
    }

    fn row(sheet: &Sheet, choice: &str, column: usize, share: &Share, why: Option<Why>) -> EstimateRow {
        let numbers = share.estimate.as_ref().map(|estimate| Numbers {
            respondents: share.base,
            value: estimate.value,
            standard_error: estimate.standard_error,
            low: estimate.low,
            high: estimate.high,
        });
        let letter = share.estimate.as_ref().and_then(|estimate| letter::grade(estimate).letter());
        let by = sheet.columns[column].by.clone();
        written(&sheet.question, choice, by, numbers, letter, why)
    }

    fn means(
        &self,
        question: &Question,
        by: Option<&Question>,
        values: &[f64],
        base: &stats::Mask,
    ) -> Result<Vec<EstimateRow>, Error> {
        let groups = match by {
            None => vec![(None, base.clone())],
            Some(by) => code::groups(by, self.respondents())?
                .into_iter()
                .map(|(group, mask)| (Some((by.id.clone(), group)), mask.and(base)))
                .collect(),
        };
        let both: Vec<&Question> = by.into_iter().chain([question]).collect();
        let rule = Rule::of(self.survey(), self.recipe(), &both);
        let rows = groups.into_iter().map(|(group, mask)| {
            let (numbers, grade) = self.mean(question, values, &mask)?;
            let why = match grade {
                _ if mask.count() < rule.base as usize => Some(Why::Confidential),
                Grade::Unreliable => Some(Why::Unreliable),
                Grade::Caution | Grade::Good => None,
            };
            Ok((mask.count(), written(&question.id, "mean", group, numbers, grade.letter(), why)))
        });
        rows.collect::<Result<Vec<_>, Error>>().map(hide_second)
    }

    fn mean(
        &self,
        question: &Question,
        values: &[f64],
        mask: &stats::Mask,
    ) -> Result<(Option<Numbers>, Grade), Error> {
        let failed = |source| Error::Counting { question: question.id.clone(), source };
        let mean = match stats::mean(self.design(), values, mask) {
            Ok(mean) => mean,
            Err(stats::Error::EmptyDomain | stats::Error::NoDegreesOfFreedom { .. }) => {
                return Ok((None, Grade::Unreliable));
            }
            Err(other) => return Err(failed(other)),
        };
        let interval = mean.interval(LEVEL).map_err(failed)?;
        let numbers = Numbers {
            respondents: mask.count(),
            value: mean.value,
            standard_error: mean.standard_error,
            low: interval.low,
            high: interval.high,
        };
        Ok((Some(numbers), letter::grade_mean(&mean)))
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

/// A lone hole among groups follows from the mean of everybody, so the smallest other group is hidden too.
fn hide_second(mut rows: Vec<(usize, EstimateRow)>) -> Vec<EstimateRow> {
    let holes = rows.iter().filter(|(people, row)| row.withheld.is_some() && *people > 0).count();
    let open = rows.iter_mut().filter(|(_, row)| row.withheld.is_none());
    if holes == 1
        && let Some((_, row)) = open.min_by_key(|(people, _)| *people)
    {
        (row.numbers, row.quality, row.withheld) = (None, None, Some(Why::Confidential));
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

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
