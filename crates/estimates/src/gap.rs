//! Needs meet services: which newcomer could have been helped, by whom, and what stood in the way.

mod class;
mod derive;
mod inventory;
mod json;
mod route;
mod table;

pub use class::{Class, classify};
pub use derive::with_gaps;
pub use inventory::{Interpreters, Service, read_inventory};
pub use json::gaps_json;
pub use route::{Level, routes};
pub use table::{Coordination, GapRow, GapTable, coordination};

/// The questions of the two surveys that meet, by their names in ours.
pub(crate) mod names {
    /// Needed in the last months.
    pub(crate) const NEED: &str = "svc_need";
    /// Knew where to get it.
    pub(crate) const KNEW: &str = "svc_knew";
    /// Used it.
    pub(crate) const USED: &str = "svc_used";
    /// How much it helped.
    pub(crate) const HELPED: &str = "svc_helped";
    /// What stood in the way.
    pub(crate) const BARRIER: &str = "svc_barrier";
    /// Where she lives.
    pub(crate) const AREA: &str = "area";
    /// Her status now, in broad groups.
    pub(crate) const STATUS: &str = "stay_kind";
    /// How she came.
    pub(crate) const PATHWAY: &str = "pathway";
    /// Her first language.
    pub(crate) const TONGUE: &str = "mother_tongue";
    /// In which official languages she can hold a conversation.
    pub(crate) const OFFICIAL: &str = "off_lang";
    /// What a question is called that holds the class of a need.
    pub(crate) const DERIVED: &str = "gap_";
}
