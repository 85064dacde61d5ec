//! From text in any script to the terms under which it is found.
//!
//! One analysis serves documents and queries: clean, NFKC and lower case, cut at elisions, segment
//! by dictionary, then stem and only then fold, because the Arabic stemmer needs the letters that
//! folding removes.

mod clean;
mod fold;
mod ideographs;
mod latin;
mod plain;
mod segment;
#[cfg(test)]
mod spaced;
mod stem;

pub(crate) use clean::clean;
pub(crate) use fold::{compatible, fold, prepare};
pub(crate) use ideographs::{beginnings, grams, is_ideographic, runs};
pub(crate) use latin::{accented, is_vietnamese, latin, pairs};
pub(crate) use segment::words;
#[cfg(test)]
pub(crate) use spaced::spaced_words;
pub(crate) use stem::{Stems, is_stop_word};

#[cfg(test)]
mod tests;
