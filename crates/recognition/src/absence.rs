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
use comity_model::number::normalise;
use comity_model::party::PartyReference;
use comity_model::record::{Kind, Record, Subject as Says};
use comity_model::reference::Identity;

use crate::code::{Code, Outcome, StepName};
use crate::evidence::{Digest, Evidence, EvidenceRecord};
use crate::finding::Finding;
use crate::known::Known;
use crate::policy::Policy;
use crate::question::Question;
use crate::standing::Standing;
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
    /// The last day of the promise up to which everything issued is here, and was due by then;
    /// `None` while nothing is due yet.
    pub(crate) complete_until: Option<Day>,
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
        day >= self.statement.since
            && self.due(day) <= self.as_of
            && begun == Truth::Yes
            && over == Truth::No
    }

    /// When what was issued on `day` is due. What was issued before the promise was given has as
    /// long from then on.
    fn due(&self, day: Day) -> Instant {
        day.last_second()
            .max(self.promised_at)
            .plus_seconds(self.within)
    }

    /// The last day that is due and within the promise, if any is.
    fn last_due(&self) -> Option<Day> {
        let since = self.statement.since;
        if self.due(since) > self.as_of {
            return None;
        }
        // The last day of which the end is that long ago: the promise itself is as old.
        let ended = self.as_of.plus_seconds(-self.within).plus_seconds(1);
        let last = ended.day().plus_days(-1);
        let until = self.statement.period.until;
        Some(until.map_or(last, |until| last.min(until.earliest())))
    }
}

/// Every statement that counts for records of a kind by that party, in the order of digests. Who
/// has broken one of its promises for the party proves nothing by another; somebody else who may
/// promise does.
pub(crate) fn promises<'a>(
    known: &Known<'a>,
    issuer: &PartyReference,
    kind: Kind,
) -> Vec<Promise<'a>> {
    let held = known.evidence.trust.coverage(&issuer.id).into_iter();
    let mut promises: Vec<_> = held
        .filter_map(|evidence| promise(known, evidence, issuer, kind))
        .collect();
    let broken = promises.iter().filter_map(|promise| match promise {
        Promise::Broken(statement, late) => Some((publisher(statement)?, *statement, *late)),
        _ => None,
    });
    let broken: Vec<_> = broken.collect();
    for promise in &mut promises {
        if let Promise::Kept(kept) = promise
            && let Some((_, statement, late)) =
                (broken.iter()).find(|(by, ..)| Some(*by) == publisher(kept.evidence))
        {
            *promise = Promise::Broken(statement, late);
        }
    }
    promises
}

/// Who gives the promise of a statement.
fn publisher(statement: &EvidenceRecord) -> Option<&str> {
    let record = statement.record.as_ref().ok()?;
    Some(&record.issuer.id)
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
    let (since, standing) = given(known, evidence, record, issuer)?;
    let state = known.state_by_chain(evidence, &standing.chain, known.question.on);
    if state.condition != Condition::Active {
        return None;
    }
    let economy = standing.head.economy.as_deref()?;
    let Some((as_of, logs)) = known.seen_until(economy, kind) else {
        return Some(Promise::Stale(evidence));
    };
    let within = i64::try_from(statement.within_hours).ok()? * SECONDS_OF_AN_HOUR;
    if let Some((late, _)) = first_late(known, issuer, statement, since) {
        return Some(Promise::Broken(evidence, late));
    }
    if known.evidence.unread.parties.contains(&issuer.id) {
        return Some(Promise::Unread(evidence));
    }
    let mut kept = Kept {
        evidence,
        statement,
        complete_until: None,
        promised_at: since,
        within,
        as_of,
        logs,
    };
    kept.complete_until = kept.last_due();
    Some(Promise::Kept(kept))
}

/// Since when the promise of `record` counts for a party, and who gave it: the party itself, or its
/// authority.
fn given<'a>(
    known: &Known<'a>,
    evidence: &'a EvidenceRecord,
    record: &'a Record,
    issuer: &PartyReference,
) -> Option<(Instant, Standing<'a>)> {
    let since = known.given_at(evidence)?;
    let standing = known.standing(evidence, record, since).ok()?;
    promises_for(record, issuer).then_some((since, standing))
}

/// Whether whoever signs `record` may promise for the party: itself, or its head authority, under
/// that authority (format.md 2.15).
pub(crate) fn promises_for(record: &Record, issuer: &PartyReference) -> bool {
    let by_issuer = record.issuer.id == issuer.id;
    let by_authority = record.issuer.id == issuer.registered_by;
    record.comity.authority == issuer.registered_by && (by_issuer || by_authority)
}

/// The first in the order of digests that came late, with when it was due and when it came.
fn first_late<'a>(
    known: &Known<'a>,
    issuer: &PartyReference,
    statement: &CoverageStatement,
    since: Instant,
) -> Option<(&'a EvidenceRecord, (Instant, Instant))> {
    let others = known.evidence.issued.iter().chain(&known.evidence.reports);
    let late = others.filter_map(|record| {
        let times = is_late(known, record, issuer, statement, since)?;
        Some((&**record, times))
    });
    late.min_by_key(|(late, _)| late.record_digest)
}

/// A record that was published later than a statement promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Its name.
    pub identity: Identity,
    /// SHA-256 of its bytes.
    pub record_digest: Digest,
    /// When it was due.
    pub due_at: Instant,
    /// When it was logged.
    pub logged_at: Instant,
}

/// What broke the promise that `statement` gives for a party, as known at the question's moment:
/// the first in the order of digests among the records of the party in the evidence.
pub fn broken_by(
    statement: &EvidenceRecord,
    issuer: &PartyReference,
    question: &Question,
    evidence: &Evidence<'_>,
    policy: &Policy,
) -> Option<Late> {
    let policy = &*policy.resolve(evidence.trust, question.known_at);
    let known = Known::new(question, evidence, policy);
    let held = evidence.trust.coverage(&issuer.id).into_iter();
    let mut held = held.filter(|held| held.record_digest == statement.record_digest);
    let evidence = held.next()?;
    let record = evidence.record.as_ref().ok()?;
    let Says::CoverageStatement(says) = &record.subject else {
        return None;
    };
    let (since, _) = given(&known, evidence, record, issuer)?;
    let (late, (due_at, logged_at)) = first_late(&known, issuer, says, since)?;
    Some(Late {
        identity: late.identity()?,
        record_digest: late.record_digest,
        due_at,
        logged_at,
    })
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

/// When a record of the party was due and when it came, if that was later than the statement
/// promises. What was issued before the statement was made has as long from then on.
fn is_late<'a>(
    known: &Known<'a>,
    evidence: &'a EvidenceRecord,
    issuer: &PartyReference,
    statement: &CoverageStatement,
    promised_at: Instant,
) -> Option<(Instant, Instant)> {
    let record = evidence.record.as_ref().ok()?;
    let of_issuer =
        record.issuer.id == issuer.id && record.comity.authority == issuer.registered_by;
    let covered = of_issuer
        && record.comity.imported_from.is_none()
        && statement.kinds.contains(&record.kind());
    let day = issue_day(record).filter(|_| covered)?;
    let period = &statement.period;
    let promised = day >= statement.since
        && period.from.reached_on(day) == Truth::Yes
        && period
            .until
            .is_none_or(|until| until.passed_on(day) == Truth::No);
    let hours = i64::try_from(statement.within_hours).unwrap_or(i64::MAX);
    let within = hours.saturating_mul(SECONDS_OF_AN_HOUR);
    let due = |day: Day| day.last_second().max(promised_at).plus_seconds(within);
    // What others sign in its name breaks no promise.
    let logged_after = |evidence: &'a EvidenceRecord, record: &Record, due: Instant| {
        let logged = known.given_at(evidence).filter(|logged| *logged > due);
        logged.filter(|logged| known.standing(evidence, record, *logged).is_ok())
    };
    let logged = logged_after(evidence, record, due(day)).filter(|_| promised)?;
    (!is_excused(known, evidence, record, &due)).then_some((due(day), logged))
}

/// Whether a record that came late takes the place of one with its number that came in time, however
/// many revisions lie between: such a number was never missing. A made-up predecessor excuses nothing.
fn is_excused<'a>(
    known: &Known<'a>,
    evidence: &'a EvidenceRecord,
    record: &Record,
    due: &dyn Fn(Day) -> Instant,
) -> bool {
    let mut seen = BTreeSet::from([evidence.record_digest]);
    let mut later = record;
    while let Some(reference) = &later.comity.replaces {
        let held = predecessors(known).find(|held| {
            held.document_multibase == reference.digest_multibase
                && held.identity() == Some(reference.identity())
        });
        let Some(held) = held else {
            // Where not all were looked through it may be among the others.
            return known.evidence.unread.parties.contains(&record.issuer.id);
        };
        let Ok(earlier) = &held.record else {
            return false;
        };
        let same = earlier.issuer.id == record.issuer.id
            && earlier.comity.authority == record.comity.authority
            && number(earlier).is_some()
            && number(earlier) == number(record);
        if !same || !seen.insert(held.record_digest) {
            return false;
        }
        let logged = known.given_at(held);
        let logged = logged.filter(|at| known.standing(held, earlier, *at).is_ok());
        let day = issue_day(earlier);
        if logged.is_some_and(|logged| day.is_some_and(|day| logged <= due(day))) {
            return true;
        }
        later = earlier;
    }
    false
}

/// Records that may be what a revision takes the place of.
fn predecessors<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a EvidenceRecord> {
    let evidence = known.evidence;
    let held = (evidence.issued.iter())
        .chain(&evidence.reports)
        .chain(&evidence.revisions)
        .chain(&evidence.candidates);
    held.map(|record| &**record)
}

/// The printed number, as numbers are compared.
fn number(record: &Record) -> Option<String> {
    match &record.subject {
        Says::Attestation(attestation) => Some(normalise(&attestation.comity.certificate_number)),
        _ => None,
    }
}

/// The day of issue from which a promise is counted; all of a batch are late where the first is.
fn issue_day(record: &Record) -> Option<Day> {
    match &record.subject {
        Says::Attestation(attestation) => Some(attestation.comity.legal_dates.issued_on.latest()),
        Says::Commitment(commitment) => commitment
            .reports
            .iter()
            .map(|report| report.issued_on)
            .min(),
        _ => None,
    }
}

/// What is said of a number that no record has: an invented one of an issuer whose promise is
/// kept is proved absent on the day that the paper prints.
pub(crate) fn of_number<'a>(known: &Known<'a>, issuer: &str) -> Option<Finding<'a>> {
    let finding = |outcome, code, statement| {
        let mut found = Finding::new(StepName::Identity, outcome, code)
            .cite(statement)
            .ask(Who::Issuer, None, Some(issuer));
        found.party("issuer", None, issuer);
        found
    };
    let mut best: Option<Finding<'a>> = None;
    let mut broken: Vec<&'a EvidenceRecord> = Vec::new();
    for party in known.evidence.trust.parties_covered(issuer) {
        for promise in promises(known, &party, Kind::Attestation) {
            let found = match promise {
                Promise::Broken(statement, late) => {
                    broken.extend([statement, late]);
                    finding(Outcome::Unknown, Code::RecordPromiseBroken, statement).cite(late)
                }
                Promise::Stale(statement) => {
                    finding(Outcome::Unknown, Code::RecordPromiseStale, statement)
                }
                Promise::Unread(statement) => {
                    finding(Outcome::Unknown, Code::RecordTooMany, statement)
                }
                Promise::Kept(kept) => by_kept(known, &kept, &finding),
            };
            // A kept promise that proves it decides; else a broken one is shown before all others.
            let rank = |finding: &Finding<'_>| {
                (
                    finding.outcome != Outcome::Fail,
                    finding.code != Code::RecordPromiseBroken,
                )
            };
            if (best.as_ref()).is_none_or(|held| rank(&found) < rank(held)) {
                best = Some(found);
            }
        }
    }
    // Somebody else's broken promise is shown beside it.
    let mut best = best?;
    for record in broken {
        let digest = record.record_digest;
        if !(best.evidence.iter()).any(|cited| cited.record_digest == digest) {
            best.evidence.push(record);
        }
    }
    Some(best)
}

/// What a kept promise says of a number that no record has.
fn by_kept<'a>(
    known: &Known<'a>,
    kept: &Kept<'a>,
    finding: &dyn Fn(Outcome, Code, &'a EvidenceRecord) -> Finding<'a>,
) -> Finding<'a> {
    let (outcome, code) = match (kept.complete_until, known.question.product.issued_on) {
        (None, _) => (Outcome::Unknown, Code::RecordPromiseNotDue),
        (_, None) => (Outcome::Unknown, Code::RecordIssueDayNeeded),
        (_, Some(day)) if kept.covers(day) && day <= known.question.on => {
            (Outcome::Fail, Code::RecordProvedAbsent)
        }
        (_, Some(_)) => (Outcome::Unknown, Code::RecordOutsidePromise),
    };
    let said = finding(outcome, code, kept.evidence)
        .with("since", kept.statement.since)
        .with("withinHours", kept.statement.within_hours)
        .rests_on_all(&kept.logs);
    match kept.complete_until {
        Some(until) => said.with("completeUntil", until),
        None => said.with("dueAt", kept.due(kept.statement.since)),
    }
}
