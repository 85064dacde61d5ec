//! Models: a set, each exact or by one trailing `*` (format.md 1.14).

use std::collections::BTreeSet;

use comity_model::number::{fold_model, normalise};
use comity_model::text::several;

use super::rules::{COVERED, NOT_SAID, READING, Relation, SAME, excluded, one_of};
use crate::code::{Code, Outcome};

/// Most models that are read in one text; of more a person has to read it.
pub const MAX_MODELS: usize = 50;

/// The models that a paper prints: one, or [`several`]. They are a set: their order says nothing,
/// nor what stands there twice.
pub(super) fn model(asked: &str, listed: &[&str]) -> Relation {
    if listed.is_empty() {
        return NOT_SAID;
    }
    let listed = Models::new(listed);
    let whole = fold_model(asked);
    if !whole.is_empty() && listed.known.contains(&whole) {
        return one_of(listed.known.len());
    }
    let parts = parts(asked);
    if parts.len() > MAX_MODELS {
        return READING;
    }
    if parts == listed.known {
        return SAME;
    }
    let as_one = listed.relation(&whole);
    let each = parts.iter().map(|part| listed.relation(part));
    let Some(worst) = each.max_by_key(|one| one.weight()) else {
        return as_one;
    };
    // What only looks like several may be one, under a star or with another space.
    if worst.outcome == Outcome::Fail && as_one.outcome != Outcome::Fail {
        READING
    } else {
        worst
    }
}

/// Several models of a paper that no object covers by itself: each by the object that fits it best.
/// None where the paper prints one.
pub(super) fn over_objects(asked: &str, objects: &[Vec<&str>]) -> Option<Relation> {
    let parts = parts(asked);
    if !(2..=MAX_MODELS).contains(&parts.len()) {
        return None;
    }
    let objects: Vec<Models> = objects.iter().map(|listed| Models::new(listed)).collect();
    let each = parts.iter().map(|part| {
        let each = objects.iter().map(|listed| listed.relation(part));
        each.min_by_key(|one| one.weight())
    });
    let worst = each.flatten().max_by_key(|one| one.weight());
    worst.filter(|worst| worst.outcome != Outcome::Fail)
}

fn parts(text: &str) -> BTreeSet<String> {
    several(text).map(fold_model).collect()
}

/// The models that a record lists, read once however many are asked about.
struct Models {
    /// Each after [`fold_model`].
    known: BTreeSet<String>,
    /// What stands before a trailing `*`.
    begin: Vec<String>,
    /// The same of what stands in texts that look like [`several`].
    begin_within: Vec<String>,
    /// Each without what separates its parts.
    bare: BTreeSet<String>,
    /// What stands in texts that look like [`several`].
    within: BTreeSet<String>,
}

impl Models {
    fn new(listed: &[&str]) -> Self {
        let known: BTreeSet<String> = listed.iter().map(|one| fold_model(one)).collect();
        let within = known.iter().filter(|one| several(one).nth(1).is_some());
        let within: BTreeSet<String> = within
            .flat_map(|one| several(one))
            .map(fold_model)
            .collect();
        let begin = |models: &BTreeSet<String>| -> Vec<String> {
            let begin = models.iter().filter_map(|one| one.strip_suffix('*'));
            begin.map(str::to_owned).collect()
        };
        Self {
            begin: begin(&known),
            begin_within: begin(&within),
            bare: known
                .iter()
                .chain(&within)
                .map(|one| normalise(one))
                .collect(),
            known,
            within,
        }
    }

    /// A model after [`fold_model`].
    fn relation(&self, asked: &str) -> Relation {
        if asked.is_empty() {
            return excluded(Code::ProductModelNotListed);
        }
        let bare = normalise(asked);
        let mut rests = self
            .begin
            .iter()
            .filter_map(|one| asked.strip_prefix(&**one));
        let begun = |begin: &[String]| begin.iter().any(|one| asked.starts_with(&**one));
        if self.known.contains(asked) || rests.any(is_one_word) {
            COVERED
        } else if begun(&self.begin)
            || begun(&self.begin_within)
            || self.within.contains(asked)
            || (!bare.is_empty() && self.bare.contains(&bare))
        {
            // Further words under a star, one of several in one text, or another hyphen or space,
            // perhaps only of the print.
            READING
        } else {
            excluded(Code::ProductModelNotListed)
        }
    }
}

/// Whether a star stands for all of it: letters, digits and hyphens, and nothing that begins another
/// value.
fn is_one_word(rest: &str) -> bool {
    let hyphen = |c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    rest.chars().all(|c| c.is_alphanumeric() || hyphen(c))
}
