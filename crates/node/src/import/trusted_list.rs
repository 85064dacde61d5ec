//! Trusted lists of ETSI TS 119 612 to records: services to grants and what the list says of their
//! status over time to events, pointers to other lists to participations, and recognition
//! agreements between lists to arrangements.
//!
//! Three steps as for a spreadsheet: [`read`] the XML, [`plan()`] what to sign of its services and
//! [`transcribe`] its pointers, compare with what is [`Known`](super::Known) and [`Texts`]. Signing
//! and publishing is the caller's part. `docs/import/trusted-lists.md` has the mapping.

mod agreement;
mod certificate;
mod plan;
mod pointers;
mod read;
mod services;
mod texts;
mod words;
mod xml;

#[cfg(test)]
mod tests;

use comity_model::date::{Day, Instant};

pub use plan::{ListPlan, plan, service_of};
pub use read::{TrustedList, read};
pub use services::{CERTIFICATE, KEY_IDENTIFIER, SUBJECT_NAME};
pub use texts::{Texts, transcribe};

/// Largest list in bytes; the largest national list known has some five million.
pub const MAX_LIST_BYTES: usize = 32 * 1024 * 1024;
/// Most nodes of its XML: they take more room in memory than in the file.
pub const MAX_NODES: u32 = 2_000_000;
/// Most levels of elements; the specification needs some twenty.
pub const MAX_DEPTH: usize = 64;
/// Most services of one list; the largest known have some hundred.
pub const MAX_SERVICES: usize = 20_000;
/// Most pointers to other lists.
pub const MAX_POINTERS: usize = 1_000;

/// Why a list was not read, or is not imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ListError {
    #[error("it is packed; unpack it first: {} -d FILE", tool(.0))]
    Packed(&'static str),
    #[error("it is no well-formed XML without a DTD: {0}")]
    Xml(String),
    #[error("it is no trusted list of ETSI TS 119 612: {0}")]
    NoList(String),
    #[error("it has more than {1} {0}")]
    Limit(&'static str, usize),
    #[error(
        "it was issued at {issued_at}, but a list issued at {known} is known; an older list would \
         undo newer facts"
    )]
    Older { issued_at: Instant, known: Instant },
}

fn tool(format: &str) -> &str {
    if format == "gzip" { "gzip" } else { "xz" }
}

/// The name under which policies name the importers of a list: `trusted-list-` and the territory
/// as the list writes it, in lower case.
pub fn system_of(list: &TrustedList) -> String {
    format!("trusted-list-{}", list.territory.to_ascii_lowercase())
}

/// The day up to which an import of the list counts as seen: today, and for a list that should have
/// been replaced by then the day of its `NextUpdate` (TS 119 612, clause 5.3.15). Nobody stands by
/// it afterwards.
pub fn seen_on(list: &TrustedList, today: Day) -> Day {
    let promised = list.document.next_update.map(Instant::day);
    promised.map_or(today, |promised| promised.min(today))
}

/// How many days the list has been past its `NextUpdate` on `today`; `None` where it is not.
pub fn days_overdue(list: &TrustedList, today: Day) -> Option<i32> {
    let promised = list.document.next_update?.day();
    let days = today.days_since_epoch() - promised.days_since_epoch();
    (days > 0).then_some(days)
}
