//! The counts themselves.

use std::collections::{BTreeSet, HashMap};

use comity_model::date::Day;

use super::facts::{Facts, month};
use super::{Dimension, Group, MAX_GROUPS, Source, StatisticsQuery};
use crate::error::Error;

/// Counts of one question, growing.
#[derive(Debug)]
pub(super) struct Tally<'q> {
    query: &'q StatisticsQuery,
    groups: HashMap<(Vec<Option<String>>, Source), Vec<u64>>,
    totals: [Vec<u64>; 2],
}

impl<'q> Tally<'q> {
    pub(super) fn new(query: &'q StatisticsQuery) -> Self {
        let none = || vec![0; query.of.counts().len()];
        Self {
            query,
            groups: HashMap::new(),
            totals: [none(), none()],
        }
    }

    /// Counts one thing under `name`, one of the counts of what is counted: once in each group
    /// that it belongs to and once in the total. A rough date counts by its last day.
    ///
    /// # Errors
    /// [`Error::Question`] if there are more groups than [`MAX_GROUPS`].
    pub(super) fn add(&mut self, facts: &Facts, on: Day, name: &str) -> Result<(), Error> {
        let dated = facts.dated.latest();
        let query = self.query;
        let outside = query.from.is_some_and(|from| dated < from)
            || query.until.is_some_and(|until| dated > until);
        if dated > on || outside {
            return Ok(());
        }
        let all = query.economies.is_empty();
        let asked = |economy: &&String| all || query.economies.contains(*economy);
        let economies: BTreeSet<String> = facts.economies.iter().filter(asked).cloned().collect();
        if economies.is_empty() && !all {
            return Ok(());
        }
        let names = query.of.counts();
        let at = names.iter().position(|count| *count == name);
        let count = |counts: &mut Vec<u64>| {
            for (index, number) in counts.iter_mut().enumerate() {
                *number += u64::from(index == 0 || Some(index) == at);
            }
        };
        let [native, imported] = &mut self.totals;
        count(match facts.source {
            Source::Native => native,
            Source::Imported => imported,
        });
        if query.by.is_empty() {
            return Ok(());
        }
        for values in combined(query, facts, &economies) {
            let full = self.groups.len() >= MAX_GROUPS;
            let key = (values, facts.source);
            if full && !self.groups.contains_key(&key) {
                return Err(too_many());
            }
            let none = || vec![0; names.len()];
            count(self.groups.entry(key).or_insert_with(none));
        }
        Ok(())
    }

    /// The groups in order, and the totals.
    pub(super) fn finish(self) -> (Vec<Group>, [Vec<u64>; 2]) {
        let groups = self.groups.into_iter();
        let mut rows: Vec<Group> = groups
            .map(|((values, source), counts)| Group {
                values,
                source,
                counts,
            })
            .collect();
        rows.sort_unstable();
        (rows, self.totals)
    }
}

fn too_many() -> Error {
    Error::Question {
        parameter: "by",
        detail: format!(
            "there are more than {MAX_GROUPS} groups; break down by less, or narrow it with in, from and until"
        ),
    }
}

/// Every combination of the values of a record, for the dimensions asked for.
fn combined<'f>(
    query: &'f StatisticsQuery,
    facts: &'f Facts,
    economies: &'f BTreeSet<String>,
) -> impl Iterator<Item = Vec<Option<String>>> + 'f {
    let values: Vec<Vec<Option<String>>> = (query.by.iter())
        .map(|dimension| match dimension {
            Dimension::Economy => each(economies),
            Dimension::Kind => each(&facts.kinds),
            Dimension::Chapter => each(&facts.chapters),
            Dimension::Standard => each(&facts.standards),
            Dimension::Month => vec![month(&facts.dated)],
        })
        .collect();
    // One after the other, so that a record with a thousand of everything takes no room.
    let combinations: usize = values.iter().map(Vec::len).product();
    (0..combinations).map(move |number| {
        let mut rest = number;
        let chosen = values.iter().map(|of_dimension| {
            let at = rest % of_dimension.len().max(1);
            rest /= of_dimension.len().max(1);
            of_dimension.get(at).cloned().flatten()
        });
        chosen.collect()
    })
}

fn each(values: &BTreeSet<String>) -> Vec<Option<String>> {
    if values.is_empty() {
        return vec![None];
    }
    values.iter().cloned().map(Some).collect()
}
