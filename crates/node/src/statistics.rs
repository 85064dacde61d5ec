//! Statistics: how many certificates, bodies, grants and suspensions there are as of a legal day,
//! by economy, kind, product chapter, standard and month.
//!
//! Counted from the store, record by record in pages, never from the search index. Whether a
//! record counts, for which economy and in which state is said by
//! [`comity_recognition::standing_now::account`], that is by what verdicts rest on. A pass over
//! many records takes time: it goes on by itself, one asker waits for it as long as it likes, and
//! the answer is kept ready while the logs stay as they are.

mod facts;
mod pass;
mod running;
mod tally;

use std::time::Duration;

use comity_model::date::{Day, Instant};
use comity_model::party::is_economy;

pub(crate) use running::Counting;

use crate::Node;
use crate::error::Error;

/// Most groups in one answer: a count by standard and month of all economies may have more.
pub const MAX_GROUPS: usize = 10_000;
/// Most properties by which one count is broken down.
pub const MAX_DIMENSIONS: usize = 3;
/// Most economies named in one question.
pub const MAX_ECONOMIES: usize = 100;
/// Most counts under way at once: each keeps a core busy.
pub const MAX_COUNTS: usize = 2;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Population {
    /// Attestations, by the day of issue.
    Certificates,
    /// Registered bodies, by the first day of their registration.
    Bodies,
    /// Grants of competence, by their first day.
    Grants,
    /// Suspensions of certificates and grants, by the day from which they have effect.
    Suspensions,
}

/// A property by which counts are broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// The economy it counts for.
    Economy,
    /// Kind of attestation, type of grant, role of a body.
    Kind,
    /// Chapter of the Harmonized System: the first two digits of the codes.
    Chapter,
    /// Standard, with the edition where one is named.
    Standard,
    /// Month of the day by which it is counted.
    Month,
}

/// A question for statistics.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatisticsQuery {
    /// What is counted.
    pub of: Population,
    /// By what, in this order; nothing gives totals only.
    pub by: Vec<Dimension>,
    /// Of these economies only; of all if empty.
    pub economies: Vec<String>,
    /// Dated on this day or later.
    pub from: Option<Day>,
    /// Dated on this day or earlier.
    pub until: Option<Day>,
    /// As of this day; today if absent.
    pub on: Option<Day>,
}

/// Who answers for a record: its signer itself, or a register from which it was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Signed by the one who issued it.
    Native,
    /// A row of a register, signed by its importer.
    Imported,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// What was asked, with its day.
    pub query: StatisticsQuery,
    /// The day.
    pub on: Day,
    /// What was logged by then was known.
    pub known_at: Instant,
    /// The logs it was counted from: origin, and how many entries of it.
    pub logs: Vec<(String, u64)>,
    /// One for each group and source in which anything was counted, by group.
    pub rows: Vec<Group>,
    /// Counts over all groups, each record once.
    pub totals: [Vec<u64>; 2],
    /// What was not counted.
    pub left_out: LeftOut,
}

/// The counts of one group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// A value for each dimension asked for; `None` where a record has none.
    pub values: Vec<Option<String>>,
    /// Native and imported records are never added up.
    pub source: Source,
    /// A number for each of [`Population::counts`].
    pub counts: Vec<u64>,
}

/// How many records were not counted, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// They were taken down.
    pub taken_down: u64,
    /// They are held and not valid.
    pub invalid: u64,
    /// Their log, their signer or their importer is none that this node's policy believes.
    pub not_believed: u64,
}

/// How far a question for statistics has come.
#[derive(Clone, Debug)]
pub enum Counted {
    /// The answer.
    Done(std::sync::Arc<Statistics>),
    /// It is being counted; so many records were read. To be asked again.
    Going {
        /// Records read so far.
        records: u64,
    },
    /// [`MAX_COUNTS`] others are under way.
    Full,
}

impl Population {
    /// Every population.
    pub const ALL: [Self; 4] = [
        Self::Certificates,
        Self::Bodies,
        Self::Grants,
        Self::Suspensions,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certificates => "certificates",
            Self::Bodies => "bodies",
            Self::Grants => "grants",
            Self::Suspensions => "suspensions",
        }
    }

    /// The names of its counts. `total` is the sum of the others.
    pub fn counts(self) -> &'static [&'static str] {
        match self {
            Self::Certificates | Self::Bodies | Self::Grants => &[
                "total",
                "inForce",
                "suspended",
                "superseded",
                "withdrawn",
                "annulled",
                "expired",
                "pending",
                "unknown",
            ],
            Self::Suspensions => &["total", "inForce", "over", "unknown"],
        }
    }

    /// What one count means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Certificates => {
                "One count is one certificate, report or other attestation issued on or before the day, in \
                 the state in which it is on the day; each revision is one. Its economy is that of the grant \
                 it relies on, else that of its signer's registration."
            }
            Self::Bodies => {
                "One count is one body registered on or before the day, under one authority, in the state of \
                 its newest registration that has begun by the day. Its chapters and standards are those of \
                 grants to it that are in force on the day."
            }
            Self::Grants => {
                "One count is one accreditation, designation or other grant that begins on or before the day, \
                 in the state in which it is on the day; each revision is one. Its economies are those its \
                 grantor can act for."
            }
            Self::Suspensions => {
                "One count is one event, by somebody entitled to it, that has suspended one certificate or \
                 grant, in whole or in part, from a day on or before the day. It is in force if it is by it \
                 that the record is suspended on the day. Economy, kind, chapter and standard are those of \
                 the record suspended."
            }
        }
    }
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 5] = [
        Self::Economy,
        Self::Kind,
        Self::Chapter,
        Self::Standard,
        Self::Month,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Economy => "economy",
            Self::Kind => "kind",
            Self::Chapter => "chapter",
            Self::Standard => "standard",
            Self::Month => "month",
        }
    }
}

impl Source {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Native, Self::Imported];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Imported => "imported",
        }
    }
}

impl StatisticsQuery {
    /// Totals of a population, today.
    pub fn new(of: Population) -> Self {
        Self {
            of,
            by: Vec::new(),
            economies: Vec::new(),
            from: None,
            until: None,
            on: None,
        }
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = |parameter, detail: String| Err(Error::Question { parameter, detail });
        if self.by.len() > MAX_DIMENSIONS {
            let detail = format!("at most {MAX_DIMENSIONS} properties break one count down");
            return wrong("by", detail);
        }
        let twice = self.by.iter().enumerate();
        let mut twice = twice.filter(|(at, one)| self.by.iter().take(*at).any(|by| by == *one));
        if let Some((_, dimension)) = twice.next() {
            let detail = format!("{} is named twice", dimension.name());
            return wrong("by", detail);
        }
        if self.economies.len() > MAX_ECONOMIES {
            return wrong("in", format!("at most {MAX_ECONOMIES} economies are named"));
        }
        if let Some(other) = self.economies.iter().find(|code| !is_economy(code)) {
            let detail = format!("{other:?} is no ISO 3166-1 alpha-2 code such as JP");
            return wrong("in", detail);
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) if from > until => {
                wrong("until", format!("{until} lies before {from}"))
            }
            _ => Ok(()),
        }
    }
}

impl Node {
    /// Counts records. Waits no longer than `patience`; what is not counted by then is counted on,
    /// and whoever asks the same again is told how far it is.
    ///
    /// # Errors
    /// [`Error::Question`] if the question is beyond a limit, or if there are more groups than
    /// [`MAX_GROUPS`]; [`Error::Store`].
    pub async fn statistics(
        &self,
        mut query: StatisticsQuery,
        patience: Duration,
    ) -> Result<Counted, Error> {
        query.check()?;
        query.on = Some(query.on.unwrap_or_else(|| self.shared.clock.now().day()));
        running::answer(&self.shared, query, patience).await
    }
}

#[cfg(test)]
mod tests;
