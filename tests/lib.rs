//! Nothing here: this package exists for its tests, `it/main.rs`.
