//! Samples of every kind.
