//! Does it count here, and why?
//!
//! [`decide`] answers a [`Question`] from [`Evidence`] under a [`Policy`] with a [`Verdict`]: every
//! check is a step with an outcome, a stable code and the records it rests on. Pure: no clock, no
//! input or output, no chance; the same question, evidence and policy give the same verdict, byte
//! for byte (format.md 4.1).
//!
//! The key design decision: two things are kept apart. *The destination decides what it
//! recognises*, by arrangements and participations its own authority signed. *The verifier
//! decides whose evidence it believes*, by its policy, which may turn a yes into `cannotTell` or
//! no and then names itself, and never turns a no into a yes.
//!
//! Out of scope: what a record says (`comity-model`), whether a signature is valid
//! (`comity-signature`), tree and checkpoint arithmetic (`comity-tlog`), gathering the evidence
//! (`comity-node`).

pub mod absence;
mod arrangement;
pub mod bundle;
pub mod code;
mod competence;
mod decide;
mod editions;
pub mod evidence;
mod federal;
pub mod federation;
mod finding;
pub mod import_rule;
mod known;
pub mod notice;
pub mod offices;
pub mod paper;
pub mod policy;
pub mod question;
pub mod signers;
mod standing;
pub mod standing_now;
mod status;
mod steps;
mod subject;
mod takedown;
#[cfg(test)]
mod tests;
pub mod trust_graph;
pub mod verdict;
pub mod wording;

pub use arrangement::{matrix, ways};
pub use decide::{MAX_CANDIDATES, MAX_CONDITIONS, decide};
pub use evidence::{Evidence, EvidenceRecord};
pub use federation::FederationView;
pub use policy::Policy;
pub use question::Question;
pub use verdict::Verdict;
