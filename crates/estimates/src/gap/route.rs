//! Who can act on a gap.

use super::Class;

/// A level that can act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Transit, recreation, library, by-laws on housing.
    Municipal,
    /// Health, schools, child care, bodies that recognize credentials, labour standards.
    Provincial,
    /// Admission, eligibility by status, language training, money for settlement.
    Federal,
    /// Employers, faith groups, neighbours, and the partnership's own members.
    Community,
}

impl Level {
    /// The code it is known by.
    pub fn code(self) -> &'static str {
        match self {
            Level::Municipal => "municipal",
            Level::Provincial => "provincial",
            Level::Federal => "federal",
            Level::Community => "community",
        }
    }
}

/// Whose business each need is, by the codes of the survey of newcomers.
const NEEDS: &[(&str, &[Level])] = &[
    ("settlement", &[Level::Federal, Level::Community]),
    ("language", &[Level::Federal]),
    ("work", &[Level::Provincial, Level::Community]),
    ("credentials", &[Level::Provincial]),
    ("housing", &[Level::Municipal, Level::Provincial]),
    ("health", &[Level::Provincial]),
    ("school", &[Level::Provincial]),
    ("legal", &[Level::Federal, Level::Provincial]),
    ("basics", &[Level::Provincial, Level::Community]),
    ("interpret", &[Level::Provincial, Level::Community]),
    ("social", &[Level::Community]),
    ("recreation", &[Level::Municipal]),
];

/// Who can act on a class of a need: several may. Eligibility is for those who set it, knowledge and barriers for those
/// who give the service; what there is no service for is everybody's whose business the need is.
pub fn routes(need: &str, class: Class) -> Vec<Level> {
    let of_need =
        NEEDS.iter().find(|(name, _)| *name == need).map_or(&[Level::Community][..], |(_, levels)| levels);
    match class {
        Class::NoProvider => of_need.to_vec(),
        Class::NotEligible => {
            let mut levels = vec![Level::Federal];
            levels.extend(of_need.iter().filter(|level| **level == Level::Provincial));
            levels.sort_unstable();
            levels
        }
        Class::NotAware | Class::Barrier | Class::UsedUnmet => {
            let mut levels: Vec<Level> =
                of_need.iter().copied().filter(|level| *level == Level::Municipal).collect();
            levels.push(Level::Community);
            levels
        }
        Class::Served | Class::Unknown => Vec::new(),
    }
}
