//! Rules of `StatusEvent` (format.md 2.7 and 2.8).

use std::collections::HashSet;

use crate::fault::Faults;
use crate::record::Record;
use crate::status::{Action, Capacity, EventSubject, MAX_SUBJECTS, StatusEvent};

use super::grant::check_scope;
use super::parts::{
    check_date, check_did, check_digest, check_distinct, check_economies, check_lang_string,
    check_optional_date, check_order, check_record_id, check_record_reference,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &StatusEvent) {
    check_capacity(faults, subject);
    check_subjects(faults, record, subject);
    check_date(faults, "effectiveFrom", &subject.effective_from);
    check_optional_date(faults, "effectiveUntil", subject.effective_until.as_ref());
    check_order(
        faults,
        "effectiveUntil",
        &subject.effective_from,
        subject.effective_until.as_ref(),
    );
    let may_end = matches!(subject.action, Action::Suspend | Action::RefuseRecognition);
    faults.require(
        may_end || subject.effective_until.is_none(),
        "effectiveUntil",
        "effectiveUntil",
        "expected only with suspend and refuseRecognition: nothing else ends by itself",
    );
    check_economies(faults, "territory", &subject.territory, 0);
    check_distinct(faults, "scopeItems", &subject.scope_items);
    check_parts(faults, subject);
    check_lang_string(faults, "reason", &subject.reason);
}

/// Which capacity may do what (format.md 2.7).
fn check_capacity(faults: &mut Faults, subject: &StatusEvent) {
    let by_destination = matches!(
        subject.action,
        Action::RefuseRecognition | Action::RestoreRecognition
    );
    let (holds, message) = match subject.capacity {
        Capacity::DestinationAuthority => (
            by_destination,
            "a destination may only refuse and restore recognition in its own territory",
        ),
        Capacity::Laboratory => (
            subject.action == Action::Disown,
            "a laboratory may only disown a report cited as its own",
        ),
        Capacity::Issuer => (
            !by_destination && subject.action != Action::Disown,
            "an issuer neither refuses recognition nor disowns; it suspends, withdraws or annuls",
        ),
        Capacity::Grantor | Capacity::Authority | Capacity::Court => (
            !by_destination && !matches!(subject.action, Action::Disown | Action::Observed),
            "expected an action on the record's own status",
        ),
    };
    faults.require(holds, "action", "capacity", message);
    if subject.capacity == Capacity::DestinationAuthority && subject.territory.len() != 1 {
        faults.note_at(
            "territory",
            "territory",
            "expected exactly one economy, the destination's own",
        );
    }
    if subject.capacity == Capacity::Court && subject.legal_basis.is_none() {
        faults.note_at(
            "legalBasis",
            "legalBasis",
            "required of a court's decision: the court and its file number",
        );
    }
}

fn check_subjects(faults: &mut Faults, record: &Record, subject: &StatusEvent) {
    if !(1..=MAX_SUBJECTS).contains(&subject.subjects.len()) {
        faults.note_at(
            "subjects",
            "subjects",
            format!("expected 1 to {MAX_SUBJECTS} records"),
        );
    }
    let mut seen = HashSet::new();
    faults.each("subjects", &subject.subjects, |faults, _, target| {
        if !seen.insert(target.identity()) {
            faults.note("duplicate", "expected each only once");
        }
        check_subject(faults, target);
        let own = target.issuer == record.issuer.id && target.authority == record.comity.authority;
        faults.require(
            own || subject.capacity != Capacity::Issuer,
            "issuer",
            "capacity",
            "expected a record of this event's own signer: as issuer it acts on no other",
        );
    });
}

fn check_subject(faults: &mut Faults, target: &EventSubject) {
    check_did(faults, "authority", &target.authority);
    check_did(faults, "issuer", &target.issuer);
    check_record_id(faults, &target.id);
    check_digest(faults, "digestMultibase", &target.digest_multibase);
    faults.require(
        target.sequence >= 1,
        "sequence",
        "sequence",
        "expected 1 for the signer's first event on the record, then one more each",
    );
    match &target.previous_event {
        Some(digest) => {
            faults.require(
                target.sequence > 1,
                "previousEvent",
                "previousEvent",
                "expected from sequence 2 on",
            );
            check_digest(faults, "previousEvent", digest);
        }
        None => faults.require(
            target.sequence <= 1,
            "previousEvent",
            "previousEvent",
            "required from sequence 2 on: the document digest of the event before",
        ),
    }
}

/// Members that belong to single actions.
fn check_parts(faults: &mut Faults, subject: &StatusEvent) {
    let changes_scope = matches!(subject.action, Action::ReduceScope | Action::ExtendScope);
    match &subject.resulting_scope {
        Some(scope) => {
            faults.require(
                changes_scope,
                "resultingScope",
                "resultingScope",
                "expected only with reduceScope and extendScope",
            );
            faults.require(
                !scope.is_empty(),
                "resultingScope",
                "resultingScope",
                "expected what remains; withdraw the grant if nothing does",
            );
            check_scope(faults, "resultingScope", scope);
        }
        None => faults.require(
            !changes_scope,
            "resultingScope",
            "resultingScope",
            "required with reduceScope and extendScope: the whole scope from then on",
        ),
    }
    faults.require(
        subject.successor.is_some() == (subject.action == Action::Supersede),
        "successor",
        "successor",
        "expected with supersede, and only then",
    );
    if let Some(successor) = &subject.successor {
        faults.member("successor", |faults| {
            check_record_reference(faults, successor);
        });
    }
    faults.require(
        subject.observed.is_some() || subject.action != Action::Observed,
        "observed",
        "observed",
        "required with the action observed: the register and the day of the fetch",
    );
}
