#![doc = include_str!("../README.md")]

mod against;
mod cell;
mod change;
mod code;
mod coded;
mod count;
mod cross;
mod derived;
mod earlier;
mod error;
mod estimate;
mod gap;
mod judge;
mod letter;
mod log;
mod number;
mod people;
mod quality;
mod recipe;
mod release;
mod respondent;
mod round;
mod set;
mod study;
mod table;
mod touched;
mod wave;
mod weigh;
mod withhold;

pub use against::{Against, AgainstLine};
pub use cell::{Cell, Letter, Shown, Why};
pub use change::{Apart, Change, Direction, Waves, apart};
pub use coded::{Coded, read_coded, read_people, write_coded};
pub use cross::crossed;
pub use earlier::Earlier;
pub use error::{Error, LeftOut};
pub use estimate::{EstimateRow, Index, Numbers, SCHEMA, estimates_csv, estimates_json};
pub use gap::{
    Class, Coordination, GapRow, GapTable, Interpreters, Level, Service, classify, coordination, gaps_json,
    read_inventory, routes, with_gaps,
};
pub use number::{Count, Number};
pub use people::People;
pub use quality::{Item, Quality, Stop, StraightLine};
pub use recipe::{
    Badge, Base, Benchmark, Bootstrap, Collapse, Frame, Published, Recipe, ResponseClass, Uncovered,
    read_recipe,
};
pub use release::{Fieldwork, Letters, MarginUsed, Policy, Release};
pub use respondent::Respondent;
pub use study::Study;
pub use table::{Column, Contrast, Net, ProfileRow, ProfileTable, Query, Row, Table, Verdict};
pub use touched::touched;
pub use wave::{Wave, newest, of_wave};
