//! Columns, domains and groups of an operation.

use stats::Mask;

use crate::runner::design::Sample;
use crate::runner::fields::Fields;
use crate::runner::{Failure, expression};

/// A column with missing values.
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) values: Vec<Option<f64>>,
}

impl Variable {
    /// Numbers for the crate; missing ones lie outside every domain they are used in.
    pub(crate) fn filled(&self) -> Vec<f64> {
        self.values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()
    }
}

/// Columns by name; a categorical one gives one 0/1 column per level, called column+level.
pub(crate) fn variables(sample: &Sample<'_>, names: &[&str]) -> Result<Vec<Variable>, Failure> {
    let mut variables = Vec::new();
    for name in names {
        let column = sample.table.column(name)?;
        if let Some(numbers) = &column.numbers {
            variables.push(Variable { name: name.to_string(), values: numbers.clone() });
            continue;
        }
        let (levels, codes) = column.levels();
        for (level, code) in levels.iter().zip(0..) {
            let values =
                codes.iter().map(|own| own.map(|own: u32| f64::from(u8::from(own == code)))).collect();
            variables.push(Variable { name: format!("{name}{level}"), values });
        }
    }
    Ok(variables)
}

/// A 0/1 or numeric column given as an expression.
pub(crate) fn expressed(sample: &Sample<'_>, text: &str) -> Result<Variable, Failure> {
    Ok(Variable { name: text.to_string(), values: expression::read(text)?.numbers(sample.table)? })
}

/// The domain of an expression within that of the sample.
pub(crate) fn domain(sample: &Sample<'_>, text: Option<&str>) -> Result<Mask, Failure> {
    match text {
        Some(text) => Ok(sample.domain.and(&Mask::from(expression::read(text)?.truths(sample.table)?))),
        None => Ok(sample.domain.clone()),
    }
}

/// The domain `where` of an operation.
pub(crate) fn domain_of(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Mask, Failure> {
    domain(sample, op.text("where")?)
}

/// The rows of a domain without a missing value in any variable; without `na_rm` there must be none.
pub(crate) fn answered(domain: &Mask, variables: &[Variable], na_rm: bool) -> Result<Mask, Failure> {
    let full = |row: usize| variables.iter().all(|variable| variable.values[row].is_some());
    let answered = Mask::from_fn(domain.rows(), |row| domain.contains(row) && full(row));
    if !na_rm && answered != *domain {
        return Err(Failure::Broken("missing values without `na_rm`".into()));
    }
    Ok(answered)
}

/// Combinations of the levels of columns that occur in a domain, the first column fastest.
pub(crate) struct Groups {
    pub(crate) columns: Vec<String>,
    /// For each group, its level of each column.
    pub(crate) levels: Vec<Vec<String>>,
    pub(crate) masks: Vec<Mask>,
}

pub(crate) fn groups(sample: &Sample<'_>, domain: &Mask, columns: &[&str]) -> Result<Groups, Failure> {
    let mut groups = Groups {
        columns: columns.iter().map(|name| name.to_string()).collect(),
        levels: vec![Vec::new()],
        masks: vec![domain.clone()],
    };
    for name in columns {
        let (levels, codes) = sample.table.column(name)?.levels();
        let (mut next_levels, mut next_masks) = (Vec::new(), Vec::new());
        for (level, code) in levels.iter().zip(0..) {
            for (before, mask) in groups.levels.iter().zip(&groups.masks) {
                let inside = Mask::from_fn(mask.rows(), |row| mask.contains(row) && codes[row] == Some(code));
                if inside.count() > 0 {
                    next_levels.push([before.as_slice(), std::slice::from_ref(level)].concat());
                    next_masks.push(inside);
                }
            }
        }
        (groups.levels, groups.masks) = (next_levels, next_masks);
    }
    Ok(groups)
}

impl Groups {
    /// Levels of each group joined with a dot.
    pub(crate) fn names(&self) -> Vec<String> {
        self.levels.iter().map(|levels| levels.join(".")).collect()
    }

    /// The levels of one column over all groups.
    pub(crate) fn levels_of(&self, column: usize) -> Vec<&str> {
        self.levels.iter().map(|levels| levels[column].as_str()).collect()
    }
}
