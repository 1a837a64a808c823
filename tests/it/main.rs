//! Journeys and tidy checks.
