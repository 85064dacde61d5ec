//! From text in any script to the terms under which it is found.
//!
//! One analysis serves documents and queries: clean, NFKC and lower case, cut at elisions, segment
//! by dictionary, then stem and only then fold, because the Arabic stemmer needs the letters that
//! folding removes.

mod clean;
mod fold;
mod segment;
mod stem;

pub(crate) use clean::clean;
pub(crate) use fold::{compatible, fold, latin, prepare};
pub(crate) use segment::{grams, is_ideographic, words};
pub(crate) use stem::{Stems, is_stop_word};

#[cfg(test)]
mod tests;
