//! Federation lists, key lists and takedowns before they are logged.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{Record, Subject};
use comity_model::takedown::Takedown;

use super::{NotEntitled, RecordState};
use crate::evidence::EvidenceRecord;
use crate::federation::FederationView;
use crate::known::Known;
use crate::policy::Policy;
use crate::trust_graph::TrustGraph;

/// Whether a list or a key list follows from the list that the policy pins, with every proof that
/// is needed and none to spare (format.md 1.5). `None` of other kinds.
pub(super) fn admits(
    record: &EvidenceRecord,
    read: &Record,
    trust: &TrustGraph,
    policy: &Policy,
    at: Instant,
) -> Option<Result<(), String>> {
    let from = effective_from(read)?;
    let Some(pinned) = &policy.file().federation else {
        let why = "the policy of this node pins no federation list; set list_digest in its \
                   [federation] first";
        return Some(Err(why.to_owned()));
    };
    // As if it came alone: a proof that is missing here is not made up for by another copy.
    let others = trust
        .federal_records()
        .filter(|held| held.document_digest != record.document_digest);
    let alone = others.cloned().chain([Arc::new(record.clone())]);
    let view = FederationView::walk(&pinned.list_digest, &TrustGraph::build(alone), from.max(at));
    Some(view.admits(record, read, at))
}

/// The state of a list or a key list; `None` of other kinds.
pub(super) fn state(
    record: &EvidenceRecord,
    read: &Record,
    trust: &TrustGraph,
    policy: &Policy,
    known_at: Instant,
) -> Option<RecordState> {
    let from = effective_from(read)?;
    let Some(pinned) = &policy.file().federation else {
        return Some(RecordState::Unknown);
    };
    let view = FederationView::walk(&pinned.list_digest, trust, from.max(known_at));
    let digests: Vec<&str> = match &read.subject {
        Subject::MemberKeys(_) => (view.member(&read.comity.authority).into_iter())
            .flat_map(|member| &member.versions)
            .map(|version| version.document_multibase.as_str())
            .collect(),
        _ => view
            .lists
            .iter()
            .map(|version| version.document_multibase.as_str())
            .collect(),
    };
    let place = digests
        .iter()
        .position(|digest| *digest == record.document_multibase);
    Some(match place {
        None => RecordState::Unknown,
        Some(_) if from > known_at => RecordState::Pending,
        Some(place) if place + 1 < digests.len() => RecordState::Superseded,
        Some(_) => RecordState::Active,
    })
}

fn effective_from(read: &Record) -> Option<Instant> {
    match &read.subject {
        Subject::FederationList(list) => Some(list.effective_from),
        Subject::MemberKeys(keys) => Some(keys.effective_from),
        _ => None,
    }
}

/// A takedown is signed by the record's own authority, or by that of a log.
pub(super) fn takes_down(
    known: &Known<'_>,
    read: &Record,
    takedown: &Takedown,
) -> Result<(), NotEntitled> {
    let by = &read.issuer.id;
    let of_log = known.logs.iter().any(|log| {
        let operator = log.operator;
        operator.is_some_and(|economy| known.policy.is_authority_of(by, economy))
    });
    if *by == takedown.authority || of_log {
        Ok(())
    } else {
        Err(NotEntitled::Takedown(takedown.authority.clone()))
    }
}
