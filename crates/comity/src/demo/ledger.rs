//! The demo's records in the making: signed, with the day on which each is logged and the node
//! that logs it, and remembered by a short key so that later records can refer to them.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context as _, Result};
use comity_model::date::{Day, LegalDate, Period};
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, PublicationBasis, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::standard::StandardReference;
use comity_model::status::EventSubject;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity;
use comity_signature::digest::{document_digest, record_digest, sha256, to_multibase};
use comity_signature::key::SigningKey;

use super::cast::Body;
use super::members::{NODES, node_of};

/// The second of a day at which its records are logged, after midnight UTC.
const LOGGED_AT: i64 = 9 * 3_600;

/// Signed records by the day they are logged, in the order they were added.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    batches: BTreeMap<Day, Vec<Signed>>,
    made: HashMap<String, Made>,
    /// The last event of each (record, signer): its sequence number and document digest.
    chains: HashMap<(String, &'static str), (u64, String)>,
}

/// A signed record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// The nodes that log it, by their number in [`NODES`].
    pub(super) at: Vec<usize>,
    /// Its bytes.
    pub(super) body: Vec<u8>,
}

/// What is remembered of a record.
#[derive(Debug)]
struct Made {
    reference: RecordReference,
    record_digest: [u8; 32],
}

/// A record to be added.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// What the demo calls it; its id is made of this.
    pub(super) key: &'a str,
    /// The day it is logged.
    pub(super) logged: &'a str,
    /// The issuer.
    pub(super) by: &'static Body,
    /// Title.
    pub(super) name: &'a str,
    /// What it says.
    pub(super) subject: Subject,
}

impl Ledger {
    /// Signs `draft` with the first key of its issuer.
    ///
    /// # Errors
    /// If the record cannot be signed.
    pub(super) fn add(&mut self, draft: Draft<'_>) -> Result<()> {
        let signer = (draft.by, draft.by.key(1));
        self.add_signed(draft, None, &[signer])
    }

    /// Signs `draft` with the keys given; it takes the place of the record `replaces`.
    ///
    /// # Errors
    /// If the record cannot be signed.
    pub(super) fn add_signed(
        &mut self,
        draft: Draft<'_>,
        replaces: Option<&str>,
        signers: &[(&'static Body, SigningKey)],
    ) -> Result<()> {
        let Draft { key, logged, .. } = draft;
        let logged = day(logged)?;
        let replaces = replaces.map(|older| self.reference(older)).transpose()?;
        let record = record(draft, logged, replaces);
        let mut body = canonical::to_canonical(&record.to_value())?;
        let created = logged.first_second().plus_seconds(LOGGED_AT).to_string();
        for (signer, signing_key) in signers {
            body = data_integrity::sign(
                &body,
                signer.did,
                signing_key,
                Some(&created),
                &Limits::default(),
            )
            .with_context(|| format!("signing {key}"))?;
        }
        let digest = document_digest(&canonical::check(&body, &Limits::default())?);
        let reference = RecordReference {
            authority: record.comity.authority.clone(),
            issuer: record.issuer.id.clone(),
            id: record.id.clone(),
            digest_multibase: to_multibase(digest),
        };
        if let Subject::StatusEvent(event) = &record.subject {
            for subject in &event.subjects {
                let last = (subject.sequence, reference.digest_multibase.clone());
                let signer = signers.first().map_or("", |(signer, _)| signer.did);
                self.chains.insert((subject.id.clone(), signer), last);
            }
        }
        let made = Made {
            reference,
            record_digest: record_digest(&body),
        };
        let twice = self.made.insert(key.to_owned(), made);
        anyhow::ensure!(twice.is_none(), "the demo has two records called {key}");
        let at = match &record.subject {
            Subject::FederationList(_) => (0..NODES.len()).collect(),
            _ => vec![
                node_of(&record.comity.authority)
                    .with_context(|| format!("{key} belongs to nobody who logs in this demo"))?,
            ],
        };
        self.batches
            .entry(logged)
            .or_default()
            .push(Signed { at, body });
        Ok(())
    }

    /// A reference to the record `key`.
    ///
    /// # Errors
    /// If nothing of that name was added before.
    pub(super) fn reference(&self, key: &str) -> Result<RecordReference> {
        Ok(self.made(key)?.reference.clone())
    }

    /// The digest of the bytes of the record `key`.
    ///
    /// # Errors
    /// As [`Self::reference`].
    pub(super) fn record_digest(&self, key: &str) -> Result<[u8; 32]> {
        Ok(self.made(key)?.record_digest)
    }

    fn made(&self, key: &str) -> Result<&Made> {
        let made = self.made.get(key);
        made.with_context(|| format!("the demo has no record called {key} yet"))
    }

    /// The record `key` as subject of the next event that `signer` makes of it.
    ///
    /// # Errors
    /// As [`Self::reference`].
    pub(super) fn subject(&self, key: &str, signer: &Body) -> Result<EventSubject> {
        let record = self.reference(key)?;
        let last = self.chains.get(&(record.id.clone(), signer.did));
        Ok(EventSubject {
            authority: record.authority,
            issuer: record.issuer,
            id: record.id,
            digest_multibase: record.digest_multibase,
            sequence: last.map_or(1, |(sequence, _)| sequence + 1),
            previous_event: last.map(|(_, digest)| digest.clone()),
        })
    }

    /// Everything added since this was asked before: for each day, in order, the records logged on
    /// it.
    pub(super) fn take_batches(&mut self) -> BTreeMap<Day, Vec<Signed>> {
        std::mem::take(&mut self.batches)
    }
}

fn record(draft: Draft<'_>, logged: Day, replaces: Option<RecordReference>) -> Record {
    let Draft {
        key,
        by,
        name,
        subject,
        ..
    } = draft;
    let (valid_from, valid_until) =
        (subject.envelope_dates()).unwrap_or((logged.first_second(), None));
    let publication_basis = match subject {
        Subject::Attestation(_) => Some(PublicationBasis::ClientConsent),
        Subject::Notice(_) => Some(PublicationBasis::OwnStatement),
        _ => None,
    };
    Record {
        id: id(key),
        issuer: Issuer {
            id: by.did.to_owned(),
            name: by.name.to_owned(),
        },
        name: name.to_owned(),
        valid_from,
        valid_until,
        comity: Envelope {
            authority: by.authority.to_owned(),
            language: by.language.to_owned(),
            model_version: MODEL_VERSION,
            replaces,
            imported_from: None,
            publication_basis,
        },
        subject,
    }
}

/// The id of the record `key`: the same in every run, so that instructions can name it.
pub(super) fn id(key: &str) -> String {
    let digest = sha256(format!("comity demo record: {key}").as_bytes());
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = from;
    }
    let uuid = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    format!("urn:uuid:{uuid}")
}

/// A day of the demo's calendar.
///
/// # Errors
/// If it is written wrongly.
pub(super) fn day(text: &str) -> Result<Day> {
    text.parse()
        .ok()
        .with_context(|| format!("{text} is not a day"))
}

/// The same as a legal date.
///
/// # Errors
/// As [`day`].
pub(super) fn on(text: &str) -> Result<LegalDate> {
    day(text).map(LegalDate::from)
}

/// From a day on.
///
/// # Errors
/// As [`day`].
pub(super) fn since(from: &str) -> Result<Period> {
    Ok(Period::new(day(from)?, None))
}

/// From a day to another, that day included.
///
/// # Errors
/// As [`day`].
pub(super) fn span(from: &str, until: &str) -> Result<Period> {
    Ok(Period::new(day(from)?, Some(on(until)?)))
}

/// Texts as records hold them.
pub(super) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// Standards as records cite them.
///
/// # Errors
/// If one is written wrongly.
pub(super) fn standards(texts: &[&str]) -> Result<Vec<StandardReference>> {
    let read = |text: &&str| {
        text.parse()
            .ok()
            .with_context(|| format!("{text} is not a standard"))
    };
    texts.iter().map(read).collect()
}
