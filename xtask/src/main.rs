//! The developers own chores.
fn main() {}
