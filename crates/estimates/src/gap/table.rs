//! The table a partnership acts on: each need with what became of it.

use survey::{ChoiceId, QuestionId};

use super::{
    Class, Interpreters, Level, Service,
    derive::{name_of, needs},
    names, routes,
};
use crate::{Cell, Count, Error, Query, Release, Shown, Study};

/// Each need of everybody, or of the groups of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct GapTable {
    /// The question that makes the groups.
    pub by: Option<QuestionId>,
    /// One row for each need and group; everybody first.
    pub rows: Vec<GapRow>,
    /// What kept people from help they needed, whatever it was, largest first; only what may be shown.
    pub barriers: Vec<(ChoiceId, Cell)>,
    /// How many services the inventory holds.
    pub services: usize,
}

/// One need of one group of people.
#[derive(Clone, Debug, PartialEq)]
pub struct GapRow {
    /// The need, by its code.
    pub need: String,
    /// The need in the words of the survey.
    pub words: String,
    /// The group; none for everybody.
    pub group: Option<ChoiceId>,
    /// How many of them have the need: the base of the classes.
    pub respondents: Count,
    /// The share of the group that has the need.
    pub needed: Option<Cell>,
    /// The share of each class among those who have it.
    pub classes: Vec<(Class, Cell)>,
    /// How many services are for this need.
    pub providers: usize,
    /// Who can act on the largest class that is shown.
    pub levels: Vec<Level>,
}

impl GapRow {
    /// The largest class of an unmet need that is shown.
    pub fn leading(&self) -> Option<(Class, &Shown)> {
        let shown = |(class, cell): &'_ (Class, Cell)| match cell {
            Cell::Shown(shown) if class.is_unmet() => Some((*class, shown.value)),
            _ => None,
        };
        let largest = self
            .classes
            .iter()
            .filter_map(shown)
            .max_by_key(|(class, value)| (value.units, std::cmp::Reverse(*class)))?;
        self.classes.iter().find_map(|(class, cell)| match cell {
            Cell::Shown(shown) if *class == largest.0 => Some((*class, shown)),
            _ => None,
        })
    }
}

impl GapTable {
    /// Ask a study that was made with [`with_gaps`](super::with_gaps) for every need.
    ///
    /// # Errors
    /// As [`Study::release`].
    pub fn of(study: &Study, by: Option<&str>, services: &[Service]) -> Result<GapTable, Error> {
        let by = by.map(|by| study.question(by).map(|question| question.id.clone())).transpose()?;
        let all = needs(study.survey());
        let shares = |question: QuestionId| Query::Shares { question, by: by.clone() };
        let (need, barrier) = (QuestionId::new(names::NEED), QuestionId::new(names::BARRIER));
        let mut queries: Vec<Query> = all.iter().map(|(code, _)| shares(name_of(code))).collect();
        queries.push(shares(need.clone()));
        let has_barriers = study.survey().question(names::BARRIER).is_some();
        queries.extend(has_barriers.then_some(Query::Shares { question: barrier, by: None }));
        let release = study.release(&queries)?;
        let needed = &release.tables[&shares(need)];
        let mut rows = Vec::new();
        for (code, words) in &all {
            let table = &release.tables[&shares(name_of(code))];
            for column in &table.columns {
                let group = column.group.as_ref().map(ChoiceId::as_str);
                let class = |class: Class| Some((class, *table.cell(None, class.code(), group)?));
                let mut row = GapRow {
                    need: code.clone(),
                    words: words.clone(),
                    group: column.group.clone(),
                    respondents: column.respondents,
                    needed: needed.cell(None, code, group).cloned(),
                    classes: Class::ALL.into_iter().filter_map(class).collect(),
                    providers: services.iter().filter(|service| service.domains.contains(code)).count(),
                    levels: Vec::new(),
                };
                row.levels = row.leading().map(|(class, _)| routes(code, class)).unwrap_or_default();
                rows.push(row);
            }
        }
        Ok(GapTable { by, rows, barriers: barriers(&release), services: services.len() })
    }
}

/// What kept people from help they needed.
fn barriers(release: &Release) -> Vec<(ChoiceId, Cell)> {
    let barrier = QuestionId::new(names::BARRIER);
    let Some(table) = release.tables.get(&Query::Shares { question: barrier, by: None }) else {
        return Vec::new();
    };
    let shown = |cell: &Cell| match cell {
        Cell::Shown(shown) => Some(shown.value),
        Cell::Withheld(_) => None,
    };
    let mut barriers: Vec<(ChoiceId, Cell)> = table
        .rows
        .iter()
        .filter(|row| shown(&row.cells[0]).is_some() && row.choice.as_str() != "none")
        .map(|row| (row.choice.clone(), row.cells[0]))
        .collect();
    barriers.sort_by_key(|(_, cell)| std::cmp::Reverse(shown(cell).map(|value| value.units)));
    barriers
}

/// Two services that might talk: for the same need, in the same area, for the same people, in a common language, both
/// with room. Never to be called duplication: people may need both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordination {
    /// The need they share.
    pub need: String,
    /// One service.
    pub one: String,
    /// The other.
    pub other: String,
}

/// The pairs of services worth a conversation, for needs of which `is_met` says that few are unmet.
pub fn coordination(services: &[Service], is_met: impl Fn(&str) -> bool) -> Vec<Coordination> {
    let mut pairs = Vec::new();
    for (place, one) in services.iter().enumerate() {
        for other in services[place + 1..].iter().filter(|other| meet(one, other)) {
            let shared = one.domains.intersection(&other.domains).filter(|need| is_met(need));
            pairs.extend(shared.map(|need| Coordination {
                need: need.clone(),
                one: one.name.clone(),
                other: other.name.clone(),
            }));
        }
    }
    pairs.sort_by(|a, b| (&a.need, &a.one, &a.other).cmp(&(&b.need, &b.one, &b.other)));
    pairs
}

fn meet(one: &Service, other: &Service) -> bool {
    let overlap = |a: &Option<std::collections::BTreeSet<String>>,
                   b: &Option<std::collections::BTreeSet<String>>| match (a, b) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => true,
    };
    let speak = overlap(&one.languages, &other.languages)
        || [one, other].iter().any(|service| service.interpreters == Interpreters::Yes);
    one.spare == Some(true)
        && other.spare == Some(true)
        && speak
        && overlap(&one.areas, &other.areas)
        && overlap(&one.eligible, &other.eligible)
}
