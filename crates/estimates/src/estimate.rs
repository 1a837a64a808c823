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
    /// The base, unweighted: how many answered; none where that is itself too few to tell.
    pub respondents: Option<usize>,
    /// The share, 0 to 1, or the mean; none where withheld.
    pub value: Option<f64>,
    /// Its standard error; none where withheld.
    pub standard_error: Option<f64>,
    /// The lower end of its 95 % interval; none where withheld.
    pub low: Option<f64>,
    /// The upper end; none where withheld.
    pub high: Option<f64>,
    /// Its quality letter.
    pub quality: Option<Letter>,
    /// Why there is no number.
    pub withheld: Option<Why>,
}

/// A number at full precision.
struct Full {
    value: f64,
    standard_error: f64,
    low: f64,
    high: f64,
    quality: Option<Letter>,
}

impl Study<'_> {
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
        let by = sheet.columns[column].by.clone();
        let full = share.estimate.as_ref().map(|estimate| Full {
            value: estimate.value,
            standard_error: estimate.standard_error,
            low: estimate.low,
            high: estimate.high,
            quality: letter::grade(estimate).letter(),
        });
        self.written(&sheet.question, choice.to_owned(), by, share.base, full, why)
    }

    /// The one door to a row: a withheld one has nothing to hide behind.
    fn written(
        &self,
        question: &QuestionId,
        choice: String,
        by: Option<(QuestionId, ChoiceId)>,
        base: usize,
        full: Option<Full>,
        why: Option<Why>,
    ) -> EstimateRow {
        let (by, group) = by.unzip();
        let full = full.filter(|_| why.is_none());
        let few = base > 0 && base < self.recipe().policy.cell as usize;
        EstimateRow {
            question: question.clone(),
            choice,
            by,
            group,
            respondents: (!few).then_some(base),
            value: full.as_ref().map(|full| full.value),
            standard_error: full.as_ref().map(|full| full.standard_error),
            low: full.as_ref().map(|full| full.low),
            high: full.as_ref().map(|full| full.high),
            quality: full.as_ref().and_then(|full| full.quality),
            withheld: why.or(if full.is_none() { Some(Why::Unreliable) } else { None }),
        }
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
            let small = mask.count() < rule.base as usize;
            let (full, grade) = self.mean(question, values, &mask)?;
            let unreliable = (grade == Grade::Unreliable).then_some(Why::Unreliable);
            let why = if small { Some(Why::Confidential) } else { unreliable };
            Ok(self.written(&question.id, "mean".to_owned(), group, mask.count(), full, why))
        });
        rows.collect::<Result<Vec<_>, Error>>().map(hide_second)
    }

    fn mean(
        &self,
        question: &Question,
        values: &[f64],
        mask: &stats::Mask,
    ) -> Result<(Option<Full>, Grade), Error> {
        let failed = |source| Error::Counting { question: question.id.clone(), source };
        let mean = match stats::mean(self.design(), values, mask) {
            Ok(mean) => mean,
            Err(stats::Error::EmptyDomain | stats::Error::NoDegreesOfFreedom { .. }) => {
                return Ok((None, Grade::Unreliable));
            }
            Err(other) => return Err(failed(other)),
        };
        let interval = mean.interval(LEVEL).map_err(failed)?;
        let grade = letter::grade_mean(&mean);
        let full = Full {
            value: mean.value,
            standard_error: mean.standard_error,
            low: interval.low,
            high: interval.high,
            quality: grade.letter(),
        };
        Ok((Some(full), grade))
    }
}

/// A lone hole among groups follows from the mean of everybody, so the smallest other group is hidden too.
fn hide_second(mut rows: Vec<EstimateRow>) -> Vec<EstimateRow> {
    let holes = rows.iter().filter(|row| row.withheld.is_some() && row.respondents != Some(0)).count();
    let open = rows.iter_mut().filter(|row| row.withheld.is_none());
    if holes == 1
        && let Some(row) = open.min_by_key(|row| row.respondents)
    {
        (row.value, row.standard_error, row.low, row.high, row.quality) = (None, None, None, None, None);
        row.withheld = Some(Why::Confidential);
    }
    rows
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
    if let Some(respondents) = row.respondents {
        object.insert("respondents".into(), respondents.into());
    }
    for (name, number) in numbers(row) {
        if let Some(number) = number {
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
        cells.push(told(&row.respondents));
        cells.extend(numbers(row).map(|(_, number)| told(&number)));
        cells.extend([told(&row.quality), told(&row.withheld)]);
        cells.join(",") + "\n"
    });
    HEAD.to_owned() + &lines.collect::<String>()
}

fn told<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn numbers(row: &EstimateRow) -> [(&'static str, Option<f64>); 4] {
    [("value", row.value), ("standard_error", row.standard_error), ("low", row.low), ("high", row.high)]
}
