//! When a record that is not held is proved not to exist: the promise of completeness of its
//! publisher (`CoverageStatement`), and what breaks it.
//!
//! A statement promises that what an issuer issued from one day on is published within so many
//! hours. The logs of the issuer's economy, as fresh as they are held, then show everything that
//! was issued up to that long before: what is not among it was not issued in that time. Outside
//! of it nothing is said, and one record that was published too late takes the promise away.

use std::collections::BTreeSet;

use comity_model::coverage::CoverageStatement;
use comity_model::date::{Day, Instant, Truth};
use comity_model::party::PartyReference;
use comity_model::record::{Kind, Subject as Says};

use crate::code::{Code, Outcome, StepName};
use crate::evidence::{Digest, EvidenceRecord};
use crate::finding::Finding;
use crate::known::Known;
use crate::status::Condition;
use crate::verdict::Who;

const SECONDS_OF_AN_HOUR: i64 = 3_600;

/// A statement, and what became of it.
pub(crate) enum Promise<'a> {
    Kept(Kept<'a>),
    /// The statement, and a record that was published too late.
    Broken(&'a EvidenceRecord, &'a EvidenceRecord),
    /// The logs that would show what is there are not fresh, or not held whole.
    Stale(&'a EvidenceRecord),
    /// There are more records of the party than were looked through for a late one.
    Unread(&'a EvidenceRecord),
}

/// A promise that holds.
pub(crate) struct Kept<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    statement: &'a CoverageStatement,
    /// Everything issued up to the end of this day is here, and was due by then.
    pub(crate) complete_until: Day,
    /// Since when the promise is given.
    promised_at: Instant,
    /// Seconds within which a record is due.
    within: i64,
    /// Up to when the logs show everything.
    as_of: Instant,
    /// The logs looked through, by their place in [`Known::logs`].
    pub(crate) logs: Vec<usize>,
}

impl Kept<'_> {
    /// Whether what was issued on `day` would be here.
    pub(crate) fn covers(&self, day: Day) -> bool {
        let period = &self.statement.period;
        let begun = period.from.reached_on(day);
        let over = period.until.map_or(Truth::No, |until| until.passed_on(day));
        // What was issued before the promise was given has as long from then on.
        let due = day
            .last_second()
            .max(self.promised_at)
            .plus_seconds(self.within);
        day >= self.statement.since && due <= self.as_of && begun == Truth::Yes && over == Truth::No
    }
}

/// Every statement that counts for records of a kind by that party, in the order of digests.
pub(crate) fn promises<'a>(
    known: &Known<'a>,
    issuer: &PartyReference,
    kind: Kind,
) -> Vec<Promise<'a>> {
    let held = known.evidence.trust.coverage(&issuer.id).into_iter();
    held.filter_map(|evidence| promise(known, evidence, issuer, kind))
        .collect()
}

fn promise<'a>(
    known: &Known<'a>,
    evidence: &'a EvidenceRecord,
    issuer: &PartyReference,
    kind: Kind,
) -> Option<Promise<'a>> {
    let record = evidence.record.as_ref().ok()?;
    let Says::CoverageStatement(statement) = &record.subject else {
        return None;
    };
    if !statement.issuers.contains(issuer) || !statement.kinds.contains(&kind) {
        return None;
    }
    let since = known.given_at(evidence)?;
    let standing = known.standing(evidence, record, since).ok()?;
    let by_issuer = record.issuer.id == issuer.id;
    let by_authority = record.issuer.id == issuer.registered_by;
    let state = known.state_by_chain(evidence, &standing.chain, known.question.on);
    if record.comity.authority != issuer.registered_by
        || !(by_issuer || by_authority)
        || state.condition != Condition::Active
    {
        return None;
    }
    let economy = standing.head.economy.as_deref()?;
    let Some((as_of, logs)) = known.seen_until(economy, kind) else {
        return Some(Promise::Stale(evidence));
    };
    let within = i64::try_from(statement.within_hours).ok()? * SECONDS_OF_AN_HOUR;
    let late = |record: &&'a EvidenceRecord| is_late(known, record, issuer, statement, since);
    let others = known.evidence.issued.iter().chain(&known.evidence.reports);
    let late = others.map(|record| &**record).filter(late);
    if let Some(late) = late.min_by_key(|late| late.record_digest) {
        return Some(Promise::Broken(evidence, late));
    }
    if known.evidence.unread.parties.contains(&issuer.id) {
        return Some(Promise::Unread(evidence));
    }
    // The last day of which the end is that long ago.
    let complete_until = as_of
        .plus_seconds(-within)
        .plus_seconds(1)
        .day()
        .plus_days(-1);
    Some(Promise::Kept(Kept {
        evidence,
        statement,
        complete_until,
        promised_at: since,
        within,
        as_of,
        logs,
    }))
}

/// Digests of those that break the promises held for the parties whose further records were looked
/// through.
pub(crate) fn late(known: &Known<'_>) -> BTreeSet<Digest> {
    let issued = known.evidence.issued.iter();
    let issuers = issued.filter_map(|record| Some(record.record.as_ref().ok()?.issuer.id.as_str()));
    let issuers: BTreeSet<&str> = issuers.collect();
    let mut late = BTreeSet::new();
    for issuer in issuers {
        for party in known.evidence.trust.parties_covered(issuer) {
            for kind in [Kind::Attestation, Kind::Commitment] {
                for promise in promises(known, &party, kind) {
                    if let Promise::Broken(_, by) = promise {
                        late.insert(by.record_digest);
                    }
                }
            }
        }
    }
    late
}

/// Whether a record of the party was published later than the statement promises. What was issued
/// before the statement was made has as long from then on.
fn is_late<'a>(
    known: &Known<'a>,
    evidence: &'a EvidenceRecord,
    issuer: &PartyReference,
    statement: &CoverageStatement,
    promised_at: Instant,
) -> bool {
    let Ok(record) = &evidence.record else {
        return false;
    };
    let of_issuer =
        record.issuer.id == issuer.id && record.comity.authority == issuer.registered_by;
    let first: Option<Day> = match &record.subject {
        Says::Attestation(attestation) => Some(attestation.comity.legal_dates.issued_on.latest()),
        // All of a batch are late where the first is.
        Says::Commitment(commitment) => commitment
            .reports
            .iter()
            .map(|report| report.issued_on)
            .min(),
        _ => None,
    };
    // A revision keeps the day of what it takes the place of.
    let first_hand = record.comity.imported_from.is_none() && record.comity.replaces.is_none();
    let covered = of_issuer && first_hand && statement.kinds.contains(&record.kind());
    let Some(day) = first.filter(|_| covered) else {
        return false;
    };
    let period = &statement.period;
    let promised = day >= statement.since
        && period.from.reached_on(day) == Truth::Yes
        && period
            .until
            .is_none_or(|until| until.passed_on(day) == Truth::No);
    let hours = i64::try_from(statement.within_hours).unwrap_or(i64::MAX);
    let within = hours.saturating_mul(SECONDS_OF_AN_HOUR);
    let due = day.last_second().max(promised_at).plus_seconds(within);
    // What others sign in its name breaks no promise.
    let logged = known.given_at(evidence).filter(|logged| *logged > due);
    promised && logged.is_some_and(|logged| known.standing(evidence, record, logged).is_ok())
}

/// What is said of a number that no record has: an invented one of an issuer whose promise is
/// kept is proved absent on the day that the paper prints.
pub(crate) fn of_number<'a>(known: &Known<'a>, issuer: &str) -> Option<Finding<'a>> {
    let finding = |outcome, code, statement| {
        Finding::new(StepName::Identity, outcome, code)
            .cite(statement)
            .with("issuer", issuer)
            .ask(Who::Issuer, None, Some(issuer))
    };
    let mut best: Option<Finding<'a>> = None;
    for party in known.evidence.trust.parties_covered(issuer) {
        for promise in promises(known, &party, Kind::Attestation) {
            let found = match promise {
                Promise::Broken(statement, late) => {
                    finding(Outcome::Unknown, Code::RecordPromiseBroken, statement).cite(late)
                }
                Promise::Stale(statement) => {
                    finding(Outcome::Unknown, Code::RecordPromiseStale, statement)
                }
                Promise::Unread(statement) => {
                    finding(Outcome::Unknown, Code::RecordTooMany, statement)
                }
                Promise::Kept(kept) => {
                    let (outcome, code) = match known.question.product.issued_on {
                        None => (Outcome::Unknown, Code::RecordIssueDayNeeded),
                        Some(day) if kept.covers(day) && day <= known.question.on => {
                            (Outcome::Fail, Code::RecordProvedAbsent)
                        }
                        Some(_) => (Outcome::Unknown, Code::RecordOutsidePromise),
                    };
                    finding(outcome, code, kept.evidence)
                        .with("since", kept.statement.since)
                        .with("completeUntil", kept.complete_until)
                        .with("withinHours", kept.statement.within_hours)
                        .rests_on_all(&kept.logs)
                }
            };
            // A kept promise decides; of several broken ones the first.
            let better = best.as_ref().is_none_or(|held| {
                let rank = |finding: &Finding<'_>| {
                    (
                        finding.code != Code::RecordPromiseBroken,
                        finding.outcome != Outcome::Fail,
                    )
                };
                rank(&found) < rank(held)
            });
            if better {
                best = Some(found);
            }
        }
    }
    best
}
