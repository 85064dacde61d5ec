//! Chains of status events (format.md 2.8): which number an event has for each record it acts
//! on, and how many records go into one event.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::status::{EventSubject, MAX_SUBJECTS};
use comity_signature::digest::{from_hex, to_multibase};
use serde_json::Value;

use crate::asking::text;
use crate::exit::{Exit, Failure};

/// A signer's last event on a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chain {
    /// Its number; 0 where there is none.
    pub(crate) sequence: u64,
    /// Its document digest, as multibase.
    pub(crate) last: Option<String>,
}

impl Chain {
    /// The chain of `signer` in a record's history as the node lists it.
    ///
    /// A gap or a fork cannot be continued: whatever came next would be `unknown`.
    pub(crate) fn of(history: &[Value], signer: &str) -> Result<Self> {
        let broken = |what: String| {
            Failure::new(Exit::CannotTell, what).help(
                "ask the authority of the node: an event was lost, or two were signed at once",
            )
        };
        let mut own: Vec<(u64, &str)> = Vec::new();
        for item in history {
            let by = text(item, "/event/signer/did");
            let sequence = item.pointer("/event/sequence").and_then(Value::as_u64);
            // An event that is overlooked here would make the next one a fork, for ever.
            let (Some(sequence), false) = (sequence, by.is_empty()) else {
                let what = "the node lists an event without its signer or its number";
                return Err(broken(what.to_owned()).into());
            };
            if by == signer {
                own.push((sequence, text(item, "/event/documentDigest")));
            }
        }
        own.sort_unstable();
        own.dedup();
        for (index, (sequence, _)) in own.iter().enumerate() {
            let expected = index as u64 + 1;
            if *sequence != expected {
                let what = format!(
                    "the events of {signer} on this record have no number {expected}, or two of one number"
                );
                return Err(broken(what).into());
            }
        }
        let Some((sequence, digest)) = own.last() else {
            return Ok(Self::default());
        };
        let digest = from_hex(digest)
            .ok_or_else(|| broken(format!("event {sequence} is listed without its digest")))?;
        Ok(Self {
            sequence: *sequence,
            last: Some(to_multibase(digest)),
        })
    }
}

/// A record as the node shows it (`RecordView` or a hit of a search), as the subject of the next
/// event of a chain.
pub(crate) fn subject(record: &Value, chain: Chain) -> Result<EventSubject> {
    let digest = from_hex(text(record, "/documentDigest"));
    let (Some(digest), false) = (digest, text(record, "/authority").is_empty()) else {
        let what = "the node's answer names no record: authority or document digest is missing";
        return Err(Failure::unreadable(what).into());
    };
    Ok(EventSubject {
        authority: text(record, "/authority").to_owned(),
        issuer: text(record, "/issuer/id").to_owned(),
        id: text(record, "/id").to_owned(),
        digest_multibase: to_multibase(digest),
        sequence: chain.sequence + 1,
        previous_event: chain.last,
    })
}

/// Subjects in portions that each fit into one event.
pub(crate) fn portions(subjects: Vec<EventSubject>) -> Vec<Vec<EventSubject>> {
    let mut subjects = subjects.into_iter().peekable();
    let mut portions = Vec::new();
    while subjects.peek().is_some() {
        portions.push(subjects.by_ref().take(MAX_SUBJECTS).collect());
    }
    portions
}
