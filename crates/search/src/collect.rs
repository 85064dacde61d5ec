//! One pass over the matching documents: how many, which come first, and how they divide.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use crate::cursor::Cursor;
use crate::query::{Facet, Sort};
use crate::schema::DIGEST_COLUMNS;

/// What to collect.
#[derive(Debug, Clone)]
pub(crate) struct Collect {
    pub(crate) sort: Sort,
    /// Only documents after this place are kept; all are counted.
    pub(crate) after: Option<Cursor>,
    /// How many documents to keep.
    pub(crate) keep: usize,
    pub(crate) facets: Vec<Facet>,
}

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// The first documents, in order.
    pub(crate) top: Vec<Candidate>,
    pub(crate) count: u64,
    pub(crate) facets: BTreeMap<Facet, BTreeMap<String, u64>>,
}

/// A document in the order (key descending, tie ascending). A total order, as no two documents
/// share a digest; half of it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    pub(crate) key: u64,
    pub(crate) tie: Reverse<u128>,
    pub(crate) address: DocAddress,
}

impl Candidate {
    /// Relevance, where the key is one.
    pub(crate) fn score(&self, sort: Sort) -> f32 {
        match sort {
            #[expect(clippy::cast_possible_truncation, reason = "it is only shown")]
            Sort::Relevance => f64::from_bits(self.key) as f32,
            Sort::Newest | Sort::Expiring | Sort::Logged => 0.0,
        }
    }
}

impl Facet {
    /// The column that holds its values.
    fn column(self) -> &'static str {
        match self {
            Facet::Kind => "kind",
            Facet::Status => "status",
            Facet::Issuer => "issuer",
            Facet::Holder => "holder",
            Facet::Grantor => "grantor",
            Facet::Economy => "economy",
            Facet::IssuerEconomy => "issuer_economy",
            Facet::Standard => "standard_name",
            Facet::Scheme => "scheme",
            Facet::HsChapter => "hs_chapter",
            Facet::Year => "year",
        }
    }
}

impl Collector for Collect {
    type Fruit = Collected;
    type Child = SegmentCollect;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> Result<SegmentCollect, TantivyError> {
        let columns = reader.fast_fields();
        let mut facets = Vec::new();
        for facet in &self.facets {
            if let Some(column) = columns.str(facet.column())? {
                let counts = vec![0; column.num_terms()];
                facets.push((*facet, column, counts));
            }
        }
        let [first, second, ..] = DIGEST_COLUMNS;
        Ok(SegmentCollect {
            segment,
            key: match self.sort {
                Sort::Relevance => Key::Score {
                    issued_on: columns.i64("issued_on")?,
                    in_force: InForce::read(columns.str("status")?)?,
                },
                Sort::Newest => Key::Descending(columns.i64("issued_on")?),
                Sort::Expiring => Key::Ascending(columns.i64("valid_until")?),
                Sort::Logged => Key::Descending(columns.i64("logged_at")?),
            },
            digest: (columns.u64(first)?, columns.u64(second)?),
            after: self.after.map(|cursor| (cursor.key, Reverse(cursor.tie))),
            keep: self.keep,
            top: BinaryHeap::with_capacity(self.keep + 1),
            count: 0,
            facets,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.keep > 0
    }

    fn merge_fruits(
        &self,
        segments: Vec<Result<Collected, TantivyError>>,
    ) -> Result<Collected, TantivyError> {
        let mut merged = Collected::default();
        for segment in segments {
            let segment = segment?;
            merged.top.extend(segment.top);
            merged.count += segment.count;
            for (facet, counts) in segment.facets {
                let known = merged.facets.entry(facet).or_default();
                for (value, count) in counts {
                    *known.entry(value).or_default() += count;
                }
            }
        }
        merged.top.sort_unstable_by(|left, right| right.cmp(left));
        merged.top.truncate(self.keep);
        Ok(merged)
    }
}

/// What the hits of one segment are ordered by.
enum Key {
    Score {
        issued_on: Column<i64>,
        in_force: InForce,
    },
    Descending(Column<i64>),
    Ascending(Column<i64>),
}

/// Added to the score of what is in force: it decides between what fits about as well.
const IN_FORCE: f64 = 0.06;
/// Added for each day of issue since 1970-01-01: of what is otherwise equal the newer comes first.
const DAY: f64 = 1e-6;
/// The last day for which something is added, in the year 2079.
const LAST_DAY: i32 = 40_000;

/// The key of a score with what is added to it. Neither is ever negative, so that the bits are in
/// order; in single precision the days would be lost beside a high score.
fn relevance(score: Score, day: i64, in_force: bool) -> u64 {
    let days = i32::try_from(day.max(0)).map_or(LAST_DAY, |day| day.min(LAST_DAY));
    let in_force = if in_force { IN_FORCE } else { 0.0 };
    (f64::from(score) + f64::from(days) * DAY + in_force).to_bits()
}

/// Which documents of a segment are in force.
struct InForce {
    statuses: Option<StrColumn>,
    active: Option<u64>,
}

impl InForce {
    fn read(statuses: Option<StrColumn>) -> Result<Self, TantivyError> {
        let active = match &statuses {
            Some(column) => column.dictionary().term_ord(ACTIVE)?,
            None => None,
        };
        Ok(Self { statuses, active })
    }

    fn has(&self, document: DocId) -> bool {
        let status = self.statuses.as_ref();
        let status = status.and_then(|column| column.ords().first(document));
        status.is_some() && status == self.active
    }
}

/// The status of what is in force without any limit.
const ACTIVE: &[u8] = b"active";

/// The pass over one segment.
pub(crate) struct SegmentCollect {
    segment: SegmentOrdinal,
    key: Key,
    digest: (Column<u64>, Column<u64>),
    after: Option<(u64, Reverse<u128>)>,
    keep: usize,
    /// The worst kept document on top.
    top: BinaryHeap<Reverse<Candidate>>,
    count: u64,
    facets: Vec<(Facet, StrColumn, Vec<u64>)>,
}

impl SegmentCollect {
    /// Higher is earlier.
    fn key(&self, document: DocId, score: Score) -> u64 {
        let ascending = |column: &Column<i64>| {
            let value = column.first(document).unwrap_or_default();
            value.cast_unsigned() ^ (1 << 63)
        };
        match &self.key {
            Key::Score {
                issued_on,
                in_force,
            } => {
                let day = issued_on.first(document).unwrap_or_default();
                relevance(score, day, in_force.has(document))
            }
            Key::Descending(column) => ascending(column),
            Key::Ascending(column) => u64::MAX - ascending(column),
        }
    }

    fn tie(&self, document: DocId) -> u128 {
        let part = |column: &Column<u64>| u128::from(column.first(document).unwrap_or_default());
        part(&self.digest.0) << 64 | part(&self.digest.1)
    }

    fn consider(&mut self, document: DocId, score: Score) {
        let key = self.key(document, score);
        let full = self.top.len() == self.keep;
        // Most documents are behind the worst kept one: leave before the digest is read.
        if full && self.top.peek().is_some_and(|worst| key < worst.0.key) {
            return;
        }
        let tie = Reverse(self.tie(document));
        if self.after.is_some_and(|after| (key, tie) >= after) {
            return;
        }
        self.top.push(Reverse(Candidate {
            key,
            tie,
            address: DocAddress::new(self.segment, document),
        }));
        if full {
            self.top.pop();
        }
    }
}

impl SegmentCollector for SegmentCollect {
    type Fruit = Result<Collected, TantivyError>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.count += 1;
        for (_, column, counts) in &mut self.facets {
            for ordinal in column.ords().values_for_doc(document) {
                let place = usize::try_from(ordinal).ok();
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count += 1;
                }
            }
        }
        if self.keep > 0 {
            self.consider(document, score);
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut facets = BTreeMap::new();
        let mut value = String::new();
        for (facet, column, counts) in self.facets {
            let named: &mut BTreeMap<String, u64> = facets.entry(facet).or_default();
            for (ordinal, count) in (0_u64..).zip(counts) {
                if count > 0 {
                    value.clear();
                    column.ord_to_str(ordinal, &mut value)?;
                    named.insert(value.clone(), count);
                }
            }
        }
        Ok(Collected {
            top: self.top.into_iter().map(|Reverse(kept)| kept).collect(),
            count: self.count,
            facets,
        })
    }
}

#[cfg(test)]
mod tests;
