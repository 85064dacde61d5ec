//! Rules of `StatusEvent` (format.md 2.7 and 2.8).

use std::collections::HashSet;

use crate::fault::Faults;
use crate::record::Record;
use crate::status::{
    Action, Capacity, EventSubject, MAX_STATEMENTS, MAX_SUBJECTS, Observation, StatusEvent,
};

use super::grant::check_scope;
use super::parts::{
    check_date, check_did, check_digest, check_distinct, check_economies, check_lang_string,
    check_lang_string_given, check_optional_date, check_order, check_party_reference,
    check_record_id, check_record_reference,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &StatusEvent) {
    faults.require(
        subject.action != Action::Unread,
        "action",
        "action",
        "no action of this name is defined here; correct its spelling",
    );
    check_capacity(faults, subject);
    check_refusal(faults, subject);
    check_transfer(faults, subject);
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
    if let Some(observed) = &subject.observed {
        faults.member("observed", |faults| {
            check_observed(faults, subject, observed);
        });
    }
}

/// What a document said is of one row, in one order, and stands in no event that does something
/// (format.md 2.9).
fn check_observed(faults: &mut Faults, subject: &StatusEvent, observed: &Observation) {
    if let Some(document) = &observed.document {
        faults.member("document", |faults| {
            check_digest(faults, "digestMultibase", &document.digest_multibase);
            if let Some(digest) = &document.signer_certificate {
                check_digest(faults, "signerCertificate", digest);
            }
        });
    }
    let promised = observed.document.as_ref();
    let promised = promised.and_then(|document| document.next_update);
    faults.require(
        promised.is_none_or(|promised| observed.fetched_on <= promised.day()),
        "fetchedOn",
        "fetchedOn",
        "expected no day after the document's nextUpdate: nobody stands by it then",
    );
    let statements = &observed.statements;
    if statements.is_empty() {
        return;
    }
    faults.require(
        observed.document.is_some(),
        "statements",
        "statements",
        "expected with the document whose words they are, and only then",
    );
    faults.require(
        subject.action == Action::Observed,
        "statements",
        "statements",
        "expected only with the action observed: another has a day of its own",
    );
    faults.require(
        subject.subjects.len() == 1,
        "statements",
        "statements",
        "expected with one subject: they are the history of one row",
    );
    faults.require(
        statements.len() <= MAX_STATEMENTS,
        "statements",
        "tooLong",
        &format!("expected at most {MAX_STATEMENTS}"),
    );
    faults.require(
        statements.is_sorted_by(|newer, older| newer.since >= older.since),
        "statements",
        "order",
        "expected the newest first",
    );
    check_distinct(faults, "statements", statements);
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
    let may_transfer = matches!(subject.capacity, Capacity::Issuer | Capacity::Authority);
    let (holds, message) = if subject.action == Action::Transfer && !may_transfer {
        (
            false,
            "a transfer is announced by the issuer, or by its authority where the issuer no longer can",
        )
    } else {
        (holds, message)
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

/// A destination that refuses says why and by which law: whoever is refused must be able to
/// answer it, and the obligation to recognise stands until a ground is named.
fn check_refusal(faults: &mut Faults, subject: &StatusEvent) {
    if subject.action != Action::RefuseRecognition {
        return;
    }
    check_lang_string_given(faults, "reason", &subject.reason);
    if subject.legal_basis.is_none() {
        faults.note_at(
            "legalBasis",
            "legalBasis",
            "required of a refusal: the law or decision it rests on",
        );
    }
}

/// A transfer names the body that takes over and the last day of the old record.
fn check_transfer(faults: &mut Faults, subject: &StatusEvent) {
    let transfers = subject.action == Action::Transfer;
    faults.require(
        subject.transferred_to.is_some() == transfers,
        "transferredTo",
        "transferredTo",
        "expected with transfer, and only then: the body that takes over",
    );
    faults.require(
        subject.grace_until.is_some() == transfers,
        "graceUntil",
        "graceUntil",
        "expected with transfer, and only then: the last day on which the record still counts",
    );
    if let Some(to) = &subject.transferred_to {
        faults.member("transferredTo", |faults| check_party_reference(faults, to));
        let itself =
            |target: &EventSubject| target.issuer == to.id && target.authority == to.registered_by;
        faults.require(
            !subject.subjects.iter().any(itself),
            "transferredTo",
            "transferredTo",
            "expected another body than the record's own issuer",
        );
    }
    if let Some(until) = subject.grace_until {
        faults.require(
            until >= subject.effective_from.latest(),
            "graceUntil",
            "order",
            "expected no day before effectiveFrom",
        );
    }
    if transfers {
        faults.require(
            subject.scope_items.is_empty(),
            "scopeItems",
            "scopeItems",
            "a record is transferred as a whole; reduce its scope for a part",
        );
        faults.require(
            subject.territory.is_empty(),
            "territory",
            "territory",
            "a record is transferred everywhere",
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
