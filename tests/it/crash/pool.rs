//! Records signed in advance, so that a stream is as fast as the node takes it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_model::text::LangString;
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys};
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;

const LABORATORY: &str = "did:web:lab.example";

/// Records by authority and number of them.
type Signed = BTreeMap<(String, usize), Vec<Vec<u8>>>;

/// Records of a registered body, and the registration of that body at one node.
pub(crate) struct Pool {
    /// Signed bytes, without a newline. The first is the registration.
    pub(crate) records: Vec<Vec<u8>>,
    /// Verification key of the log.
    pub(crate) vkey: String,
    /// Name of the log.
    pub(crate) log: String,
}

impl Pool {
    /// `count` records for the node in `folder`.
    pub(crate) fn sign(folder: &Path, count: usize) -> Self {
        // Under one authority the body's records are the same: signed once for each
        // number of them.
        static OF_THE_BODY: Mutex<Signed> = Mutex::new(BTreeMap::new());
        let config = Config::load(folder).unwrap();
        let keys = Keys::load(folder, &config).unwrap();
        let key = SigningKey::from_seed(&[7; 32]);
        let authority = config.authority();
        let registration = signed(&registration(&config, &key), &authority, &keys.authority);
        let mut kept = OF_THE_BODY.lock().unwrap();
        let others = kept
            .entry((authority.clone(), count))
            .or_insert_with(|| of_the_body(&authority, &key, count));
        Self {
            records: std::iter::once(registration)
                .chain(others.iter().cloned())
                .collect(),
            vkey: keys.log.vkey().to_string(),
            log: config.log,
        }
    }
}

/// The records from 1 up to `count`, signed on every core.
fn of_the_body(authority: &str, key: &SigningKey, count: usize) -> Vec<Vec<u8>> {
    let attestation = template(Kind::Attestation, authority);
    let grant = template(Kind::CompetenceGrant, authority);
    let numbers: Vec<usize> = (1..count).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let sign = |numbers: &[usize]| -> Vec<Vec<u8>> {
        let record = |&number: &usize| {
            let of = if is_grant(number) {
                &grant
            } else {
                &attestation
            };
            signed(&numbered(of, number), LABORATORY, key)
        };
        numbers.iter().map(record).collect()
    };
    let sign = &sign;
    std::thread::scope(|scope| {
        let parts = numbers.chunks(count.div_ceil(cores));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || sign(part))).collect();
        let parts = threads.into_iter().map(|thread| thread.join().unwrap());
        parts.flatten().collect()
    })
}

/// Some are grants, so that more than one kind is counted.
fn is_grant(number: usize) -> bool {
    number.is_multiple_of(10)
}

/// The number printed on a record of the pool.
pub(crate) fn printed(number: usize) -> String {
    format!("CRASH-{number:06}")
}

/// The id of a record of the pool.
pub(crate) fn id(number: usize) -> String {
    format!("urn:uuid:01935fa0-0000-7000-8000-{number:012x}")
}

fn template(kind: Kind, authority: &str) -> Record {
    let mut record = draft(kind, LABORATORY, &id(0), Clock::System.now().day());
    authority.clone_into(&mut record.comity.authority);
    "Laboratory".clone_into(&mut record.issuer.name);
    match &mut record.subject {
        Subject::Attestation(attestation) => attestation.comity.grants.clear(),
        Subject::CompetenceGrant(grant) => {
            grant.grantor.registered_by = Some(authority.to_owned());
        }
        _ => {}
    }
    record
}

fn numbered(template: &Record, number: usize) -> Record {
    let mut record = template.clone();
    record.id = id(number);
    match &mut record.subject {
        Subject::Attestation(attestation) => {
            attestation.comity.certificate_number = printed(number);
        }
        Subject::CompetenceGrant(grant) => grant.number = printed(number),
        _ => {}
    }
    record
}

fn registration(config: &Config, key: &SigningKey) -> Record {
    let today = Clock::System.now().day();
    let mut record = draft(Kind::Registration, &config.authority(), &id(0), today);
    record.issuer.name.clone_from(&config.name);
    if let Subject::Registration(registration) = &mut record.subject {
        LABORATORY.clone_into(&mut registration.id);
        registration.names = LangString::of("en", "Laboratory");
        registration.economies = vec![config.economy.clone()];
        registration.mandate.kinds = vec![Kind::Attestation, Kind::CompetenceGrant];
        registration.mandate.attestation_kinds.clear();
        registration.keys.truncate(1);
        for registered in &mut registration.keys {
            registered.key = key.verifying_key().to_multikey();
        }
    }
    record
}

fn signed(record: &Record, did: &str, key: &SigningKey) -> Vec<u8> {
    let document = to_canonical(&record.to_value()).unwrap();
    sign(&document, did, key, None, &Limits::default()).unwrap()
}
