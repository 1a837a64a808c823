//! Means as if every group had the same composition.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Design, Error, Margin, Mask, Missing, post_stratify};

/// The category that each row is standardised over, and the share of each category in the population.
#[derive(Clone, Debug)]
pub struct Composition<'a> {
    /// One code per row of the design; a missing one takes its row out of the domain.
    pub codes: &'a [Option<u32>],
    /// People per code; only their shares matter.
    pub population: BTreeMap<u32, f64>,
}

/// Scales weights inside every group so that its composition is that of the population.
///
/// In each group of `groups` the weight of category c becomes W_group N_c/N. Means by group of the design
/// returned are directly standardised, and their variances use residuals from the cell means. Returned
/// beside it is the domain that it is about: rows with a group and a category.
///
/// # Errors
/// [`Error::CategoryWithoutRespondents`] when a group has nobody in a category with a share,
/// [`Error::CategoryWithoutTarget`] when respondents stand in a category without one,
/// [`Error::TargetNotUsable`], [`Error::EmptyDomain`], [`Error::RowsDiffer`].
///
/// # Source
/// Kitagawa 1964, Demography 1, 296-315; R `survey::svystandardize`.
pub fn standardize(
    design: &Design,
    composition: &Composition<'_>,
    groups: &[Option<u32>],
    domain: &Mask,
) -> Result<(Design, Mask), Error> {
    design.check_rows("codes", composition.codes.len())?;
    design.check_rows("groups", groups.len())?;
    design.check_rows("domain", domain.rows())?;
    let known =
        |row: usize| domain.contains(row) && composition.codes[row].is_some() && groups[row].is_some();
    let domain = Mask::from_fn(design.rows(), known);
    if !(0..design.rows()).any(|row| domain.contains(row) && design.weights()[row] > 0.0) {
        return Err(Error::EmptyDomain);
    }
    let margin = cells(design, composition, groups, &domain)?;
    Ok((post_stratify(design, &margin, Missing::Refuse)?.design, domain))
}

/// Groups crossed with categories as one margin, and everybody else in a category of their own.
fn cells(
    design: &Design,
    composition: &Composition<'_>,
    groups: &[Option<u32>],
    domain: &Mask,
) -> Result<Margin, Error> {
    let inside = |row: &usize| domain.contains(*row);
    let of = |row: usize| groups[row].zip(composition.codes[row]).filter(|_| domain.contains(row));
    let mut people: BTreeMap<u32, f64> = BTreeMap::new();
    for row in (0..design.rows()).filter(inside) {
        *people.entry(groups[row].unwrap_or_default()).or_default() += design.weights()[row];
    }
    let whole: f64 = composition.population.values().sum();
    let mut all: BTreeSet<(u32, u32)> = (0..design.rows()).filter_map(of).collect();
    all.extend(
        people.keys().flat_map(|group| composition.population.keys().map(move |code| (*group, *code))),
    );
    let places: BTreeMap<(u32, u32), u32> = all.iter().copied().zip(1..).collect();
    let outside: f64 = (0..design.rows()).filter(|row| !inside(row)).map(|row| design.weights()[row]).sum();
    let target = |(group, code): &(u32, u32)| {
        composition.population.get(code).map_or(0.0, |count| people[group] * count / whole)
    };
    let label = |(group, code): &(u32, u32)| format!("category {code} of group {group}");
    Ok(Margin {
        name: "composition".into(),
        codes: (0..design.rows()).map(|row| Some(of(row).map_or(0, |cell| places[&cell]))).collect(),
        targets: std::iter::once(Some(outside)).chain(all.iter().map(|cell| Some(target(cell)))).collect(),
        labels: std::iter::once("outside".to_string()).chain(all.iter().map(label)).collect(),
    })
}
