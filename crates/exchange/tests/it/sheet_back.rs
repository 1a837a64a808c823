//! What comes back from translators.
