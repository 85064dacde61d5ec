//! What was made: counts by kind, language, economy and state, and a few numbers to ask about.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use super::sign::Signed;
use super::tables::LANGUAGES;
use crate::output::{self, Column, Format};

const COLUMNS: [Column; 4] = [
    ("Of", "/of"),
    ("What", "/what"),
    ("Records", "/count"),
    ("Share", "/share"),
];
/// Numbers shown of each state.
const EXAMPLES: usize = 2;

/// Counts of records.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// How many there are.
    pub(super) records: u64,
    /// Their bytes.
    pub(super) bytes: u64,
    counts: BTreeMap<(&'static str, String), u64>,
    examples: BTreeMap<&'static str, Vec<(String, &'static str)>>,
}

impl Tally {
    /// Counts a record.
    pub(super) fn count(&mut self, signed: &Signed) {
        self.records += 1;
        self.bytes += signed.body.len() as u64;
        self.add("kind", signed.kind.name());
        self.add(
            "language",
            LANGUAGES.get(signed.language).copied().unwrap_or("en"),
        );
        let Some(paper) = &signed.paper else { return };
        self.add("attestations of an economy", paper.economy);
        self.add("attestations in a state", paper.state);
        let examples = self.examples.entry(paper.state).or_default();
        if examples.len() < EXAMPLES {
            examples.push((paper.number.clone(), paper.economy));
        }
    }

    fn add(&mut self, of: &'static str, what: &str) {
        *self.counts.entry((of, what.to_owned())).or_default() += 1;
    }

    /// Shows the counts on stdout, with `facts` about the run in the JSON form.
    ///
    /// # Errors
    /// If stdout is closed.
    pub(super) fn show(&self, format: Format, mut facts: Value) -> Result<()> {
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for ((of, _), count) in &self.counts {
            *totals.entry(of).or_default() += count;
        }
        let rows = self.counts.iter().map(|((of, what), count)| {
            let total = totals.get(of).copied().unwrap_or(1).max(1);
            let tenths = count * 1_000 / total;
            let share = format!("{}.{} %", tenths / 10, tenths % 10);
            json!({"of": of, "what": what, "count": count, "share": share})
        });
        let rows: Vec<Value> = rows.collect();
        facts["records"] = json!(self.records);
        facts["bytes"] = json!(self.bytes);
        facts["counts"] = json!(rows);
        facts["examples"] = json!(self.examples);
        output::rows(format, &facts, &rows, &COLUMNS)
    }

    /// A number in that state and the economy of its issuer.
    pub(super) fn example(&self, state: &str) -> Option<&(String, &'static str)> {
        self.examples.get(state)?.first()
    }
}
