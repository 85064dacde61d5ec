//! A small world and as many records of it as are asked for.

use comity_model::date::{Day, Instant};
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_node::config::{Config, Keys, own_policy};
use comity_recognition::Policy;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;

pub(crate) const LABORATORY: &str = "did:web:lab.example";

/// An authority with a registered body, on one day.
pub(crate) struct World {
    pub(crate) config: Config,
    authority: SigningKey,
    laboratory: SigningKey,
    today: Day,
}

impl World {
    pub(crate) fn new() -> Self {
        let now = comity_node::clock::Clock::System.now();
        let config = Config::new("SE", "nqi.example.se", "Authority", now).unwrap();
        Self {
            config,
            authority: SigningKey::from_seed(&[1; 32]),
            laboratory: SigningKey::from_seed(&[2; 32]),
            today: now.day(),
        }
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys::from_seeds(&self.config, &[1; 32], &[3; 32]).unwrap()
    }

    pub(crate) fn policy(&self) -> Policy {
        Policy::parse(&own_policy(&self.config, &self.keys())).unwrap()
    }

    /// The registration of the body.
    pub(crate) fn registration(&self) -> Vec<u8> {
        let id = "urn:uuid:01935fa0-0000-7000-9000-000000000000";
        let mut record = draft(Kind::Registration, &self.config.authority(), id, self.today);
        record.issuer.name.clone_from(&self.config.name);
        let name = self.attestation(0).issuer.name;
        if let Subject::Registration(registration) = &mut record.subject {
            LABORATORY.clone_into(&mut registration.id);
            registration.economies = vec!["SE".to_owned()];
            registration.names = comity_model::text::LangString::of("en", &name);
            registration.mandate.kinds = vec![Kind::Attestation];
            registration.mandate.attestation_kinds.clear();
            for key in &mut registration.keys {
                key.key = self.laboratory.verifying_key().to_multikey();
                key.from = None;
                key.until = None;
            }
            registration.keys.truncate(1);
        }
        signed(&record, &self.config.authority(), &self.authority)
    }

    /// `count` different certificates of the body.
    pub(crate) fn attestations(&self, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|number| self.certificate(number)).collect()
    }

    /// One of them.
    pub(crate) fn certificate(&self, number: usize) -> Vec<u8> {
        signed(&self.attestation(number), LABORATORY, &self.laboratory)
    }

    fn attestation(&self, number: usize) -> Record {
        let id = format!("urn:uuid:01935fa0-0000-7000-8000-{number:012x}");
        let mut record = draft(Kind::Attestation, LABORATORY, &id, self.today);
        record.comity.authority = self.config.authority();
        if let Subject::Attestation(attestation) = &mut record.subject {
            let details = &mut attestation.comity;
            details.certificate_number = format!("LAB-{number:06}");
            details.grants.clear();
            for object in &mut details.objects {
                object.model_numbers = vec![format!("M-{}", number % 977)];
            }
        }
        record
    }
}

fn signed(record: &Record, did: &str, key: &SigningKey) -> Vec<u8> {
    let document = to_canonical(&record.to_value()).unwrap();
    sign(&document, did, key, None, &Limits::default()).unwrap()
}

/// The present moment.
pub(crate) fn now() -> Instant {
    comity_node::clock::Clock::System.now()
}
