//! The event itself: in which capacity, with which parts, as a record.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::date::{Day, Instant, LegalDate};
use comity_model::grant::ScopeItem;
use comity_model::party::PartyReference;
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, Record, Subject};
use comity_model::status::{Action, Capacity, EventSubject, StatusEvent};
use comity_model::text::LangString;
use comity_node::config::new_record_id;
use comity_node::remote::Remote;
use serde_json::Value;

use super::Statement;
use crate::asking::{self, Signer, items, record_path, text};
use crate::exit::Failure;
use crate::input::read_whole;
use crate::lint::words_of;
use crate::words::text_in_language;

/// Largest file with a resulting scope: as large as the event that carries it may be.
const MAX_SCOPE_BYTES: u64 = 1024 * 1024;

/// What is said, by whom, when.
pub(super) struct Act<'a> {
    pub(super) action: Action,
    pub(super) capacity: Capacity,
    pub(super) options: &'a Statement,
    pub(super) territory: &'a [String],
    pub(super) parts: &'a Parts,
    pub(super) signer: &'a Signer,
    pub(super) now: Instant,
}

/// What belongs to single actions.
#[derive(Default)]
pub(super) struct Parts {
    /// The scope from then on.
    resulting_scope: Option<Vec<ScopeItem>>,
    /// Who takes over.
    handover: Option<Handover>,
}

/// Who takes over, and until when the record still counts.
pub(super) struct Handover {
    pub(super) to: PartyReference,
    pub(super) grace_until: Day,
}

/// Where it holds: as said, or where the authority that acts as a destination is one.
pub(super) async fn territory(
    remote: &Remote,
    action: Action,
    options: &Statement,
    signer: &str,
) -> Result<Vec<String>> {
    let territorial = matches!(
        action,
        Action::RefuseRecognition | Action::RestoreRecognition
    );
    if !territorial || !options.territory.is_empty() {
        return Ok(options.territory.clone());
    }
    let node = asking::get(remote, "/v1/node", &[]).await?;
    if text(&node, "/authority") != signer {
        return Err(Failure::usage(format!(
            "of which economy {signer} is the authority is not known here"
        ))
        .help("name its economy with --territory, or ask its own node with --node")
        .into());
    }
    Ok(vec![text(&node, "/economy").to_owned()])
}

/// In which capacity: as said, as the action leaves no choice, or as issuer of its own records.
pub(super) fn capacity(
    action: Action,
    said: Option<Capacity>,
    signer: &str,
    chosen: &[Value],
) -> Result<Capacity> {
    if let Some(said) = said {
        return Ok(said);
    }
    let foreign = chosen
        .iter()
        .find(|record| text(record, "/issuer/id") != signer);
    match (action, foreign) {
        (Action::RefuseRecognition | Action::RestoreRecognition, _) => {
            Ok(Capacity::DestinationAuthority)
        }
        (Action::Disown, _) => Ok(Capacity::Laboratory),
        (_, None) => Ok(Capacity::Issuer),
        (_, Some(record)) => {
            let what = format!(
                "{} was issued by {}, not by {signer}",
                text(record, "/id"),
                text(record, "/issuer/id")
            );
            Err(Failure::usage(what)
                .help("say in which capacity you act with --capacity grantor, authority or court")
                .into())
        }
    }
}

/// Reads or works out what the action needs beside the list.
pub(super) async fn parts(
    remote: &Remote,
    action: Action,
    options: &Statement,
    chosen: &[Value],
    handover: Option<Handover>,
) -> Result<Parts> {
    let changes_scope = matches!(action, Action::ReduceScope | Action::ExtendScope);
    let resulting_scope = match &options.resulting_scope {
        Some(file) => Some(scope_in(file)?),
        None if action == Action::ReduceScope && !options.scope_items.is_empty() => {
            Some(remaining_scope(remote, options, chosen).await?)
        }
        None if changes_scope => {
            return Err(Failure::usage("it is not said what the scope is from then on")
                .help("give --resulting-scope FILE, or for a reduction the items that end with --scope-item")
                .into());
        }
        None => None,
    };
    Ok(Parts {
        resulting_scope,
        handover,
    })
}

fn scope_in(file: &str) -> Result<Vec<ScopeItem>> {
    let bytes = read_whole(file, MAX_SCOPE_BYTES)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Failure::unreadable(format!("{file} is no list of scope items: {error}"))
            .help(
                "take the member `scope` of the grant as a starting point: comity show GRANT --raw",
            )
            .into()
    })
}

/// The scope of the one grant without the items that end.
async fn remaining_scope(
    remote: &Remote,
    options: &Statement,
    chosen: &[Value],
) -> Result<Vec<ScopeItem>> {
    let [grant] = chosen else {
        return Err(Failure::usage("scopes are reduced one grant at a time").into());
    };
    let digest = text(grant, "/recordDigest");
    let history = items(&asking::get(remote, &record_path(digest, "/status-events"), &[]).await?);
    let changed = ["reduceScope", "extendScope"];
    if history
        .iter()
        .any(|event| changed.contains(&text(event, "/event/action")))
    {
        return Err(Failure::usage(
            "the scope was changed before, so what remains is not worked out here",
        )
        .help("give the whole scope with --resulting-scope FILE")
        .into());
    }
    let view = asking::get(remote, &record_path(digest, ""), &[]).await?;
    let scope = view
        .pointer("/document/credentialSubject/scope")
        .cloned()
        .unwrap_or_default();
    let scope: Vec<ScopeItem> = serde_json::from_value(scope)
        .map_err(|_| Failure::usage(format!("{} is no grant with a scope", text(grant, "/id"))))?;
    if let Some(unknown) = options
        .scope_items
        .iter()
        .find(|id| !scope.iter().any(|item| item.id == **id))
    {
        let ids: Vec<&str> = scope.iter().map(|item| item.id.as_str()).collect();
        return Err(Failure::usage(format!(
            "the scope has no item {unknown}; it has {}",
            ids.join(", ")
        ))
        .into());
    }
    let remains = scope
        .into_iter()
        .filter(|item| !options.scope_items.contains(&item.id));
    Ok(remains.collect())
}

/// The event as a record.
pub(super) fn record(act: &Act<'_>, subjects: Vec<EventSubject>) -> Result<Record> {
    let options = act.options;
    let today = act.now.day();
    let reason = options.text.as_ref().map(|said| {
        let (lang, text) = text_in_language(said);
        LangString::of(lang.unwrap_or("en"), text)
    });
    let reduced = act.parts.resulting_scope.is_some();
    let subject = StatusEvent {
        action: act.action,
        capacity: act.capacity,
        subjects,
        effective_from: options.effective.unwrap_or(today).into(),
        effective_until: options.until.map(LegalDate::from),
        territory: act.territory.to_vec(),
        // What ends is not named beside what remains.
        scope_items: if reduced {
            Vec::new()
        } else {
            options.scope_items.clone()
        },
        resulting_scope: act.parts.resulting_scope.clone(),
        reason_code: options.reason,
        reason: reason.unwrap_or_default(),
        legal_basis: options.legal_basis.clone(),
        decided_on: Some(today),
        successor: None,
        transferred_to: (act.parts.handover.as_ref()).map(|handover| handover.to.clone()),
        grace_until: (act.parts.handover.as_ref()).map(|handover| handover.grace_until),
        selection: options.list.select.clone(),
        observed: None,
    };
    let action = words_of(&crate::output::text_of(&serde_json::to_value(act.action)?));
    Ok(Record {
        id: new_record_id(act.now)?,
        issuer: Issuer {
            id: act.signer.did.clone(),
            name: act.signer.name.clone(),
        },
        name: match subject.subjects.as_slice() {
            [only] => format!("{action}: {}", only.id),
            several => format!("{action}: {} records", several.len()),
        },
        valid_from: act.now,
        valid_until: None,
        comity: Envelope {
            authority: act.signer.authority.clone(),
            language: "en".to_owned(),
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis: None,
        },
        subject: Subject::StatusEvent(Box::new(subject)),
    })
}
