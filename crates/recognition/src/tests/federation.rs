//! A federation of the world's economies: lists by keyholders, keys by offline roots, logs that
//! the others' mirrors date.

mod admission;
mod rotation;
mod trust_list;
mod walk;

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_model::attestation::AttestationDetails;
use comity_model::date::Instant;
use comity_model::federation::{
    AuthorityKey, Cosigner, Cosigners, DatedKey, DatedVkey, FederationList, FederationMember,
    Keyholder, MemberKeys,
};
use comity_model::record::{Record, Subject};
use comity_model::revocation::RevocationReason;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest::sha256;
use comity_signature::key::SigningKey;
use comity_tlog::note::NoteSigner;

use super::world::{Body, Shared, World, authority, noon};
use crate::code::{Code, Outcome, StepName};
use crate::evidence::{CheckpointEvidence, CosignatureTime, EvidenceRecord, Location, LogHead};
use crate::federation::FederationView;
use crate::policy::Policy;
use crate::question::Question;
use crate::trust_graph::TrustGraph;
use crate::verdict::Verdict;

pub(super) const ECONOMIES: [&str; 3] = ["JP", "KZ", "SE"];

pub(super) fn key(name: &str) -> SigningKey {
    SigningKey::from_seed(&sha256(name.as_bytes()))
}

pub(super) fn multikey(name: &str) -> String {
    key(name).verifying_key().to_multikey()
}

fn origin(economy: &str) -> String {
    format!("{}.example/log/2018", economy.to_ascii_lowercase())
}

/// The signer of the log of an economy, in one of its generations.
fn log_signer(economy: &str, generation: &str) -> NoteSigner {
    let origin = origin(economy);
    NoteSigner::log(&origin, &sha256(format!("{origin}{generation}").as_bytes())).unwrap()
}

fn mirror(economy: &str, generation: &str) -> NoteSigner {
    let name = format!("{}.example/mirror", economy.to_ascii_lowercase());
    NoteSigner::cosigner(&name, &sha256(format!("{name}{generation}").as_bytes())).unwrap()
}

pub(super) fn roots(economy: &str) -> Vec<String> {
    (1..=3).map(|n| format!("{economy} root {n}")).collect()
}

pub(super) fn dated(signer: &NoteSigner, from: Instant, until: Option<Instant>) -> DatedVkey {
    DatedVkey {
        vkey: signer.vkey().to_string(),
        from,
        until,
    }
}

pub(super) fn authority_key(name: &str, from: Instant) -> AuthorityKey {
    AuthorityKey {
        key: multikey(name),
        from,
        until: None,
        reason: None,
    }
}

/// The world, federated from 2018-01-01 on: three keyholders of whom two sign, three economies
/// with three roots each of which two sign, and three mirrors.
pub(super) struct Federal {
    pub(super) world: World,
    /// The newest list and the digest of its document.
    pub(super) list: (FederationList, String),
    /// The newest keys of each economy and the digest of their document.
    pub(super) keys: BTreeMap<&'static str, (MemberKeys, String)>,
    /// Digest that the policy pins.
    pub(super) pinned: String,
    /// Generation of each economy's mirror key.
    pub(super) mirrors: BTreeMap<&'static str, &'static str>,
}

impl Federal {
    pub(super) fn new() -> Self {
        let mut federal = Self::founded();
        for economy in ECONOMIES {
            let keys = federal.first_keys(economy);
            federal.publish_keys(economy, &keys, &roots(economy)[..2]);
        }
        federal
    }

    /// The list alone: nobody's keys are known yet.
    pub(super) fn founded() -> Self {
        let mut world = World::new();
        world.on("2018-01-01");
        world.unpinned = vec!["SE", "JP", "KZ", "INT"];
        let from = noon("2018-01-01");
        let list = FederationList {
            version: 1,
            previous: None,
            effective_from: from,
            valid_until: noon("2019-01-01"),
            keyholders: (1..=3)
                .map(|n| Keyholder {
                    did: format!("did:web:holder-{n}.example"),
                    key: multikey(&format!("holder {n}")),
                })
                .collect(),
            threshold: 2,
            members: ECONOMIES.map(member).into(),
            cosigners: Cosigners {
                threshold: None,
                members: ECONOMIES
                    .map(|economy| Cosigner {
                        economy: economy.to_owned(),
                        vkey: None,
                    })
                    .into(),
            },
        };
        let mut federal = Self {
            world,
            list: (list.clone(), String::new()),
            keys: BTreeMap::new(),
            pinned: String::new(),
            mirrors: ECONOMIES.map(|economy| (economy, "")).into(),
        };
        let record = federal.publish_list(&list, &["1", "2"]);
        federal.pinned.clone_from(&record.document_multibase);
        federal
    }

    /// Version 1 of the keys of an economy: one of each sort.
    #[expect(clippy::unused_self, reason = "reads like the next versions")]
    pub(super) fn first_keys(&self, economy: &str) -> MemberKeys {
        let from = noon("2018-01-01");
        MemberKeys {
            economy: economy.to_owned(),
            version: 1,
            previous: None,
            effective_from: from,
            roots: None,
            log_keys: vec![dated(&log_signer(economy, ""), from, None)],
            mirror_keys: vec![dated(&mirror(economy, ""), from, None)],
            witness_keys: Vec::new(),
            status_keys: vec![DatedKey {
                key: multikey(&format!("{economy} status")),
                from,
                until: None,
            }],
            authority_keys: vec![authority_key(&format!("{economy} authority"), from)],
            terms: None,
        }
    }

    /// A next version of the keys of an economy, in effect from now on.
    pub(super) fn next_keys(&self, economy: &str) -> MemberKeys {
        let (last, digest) = &self.keys[economy];
        MemberKeys {
            version: last.version + 1,
            previous: Some(digest.clone()),
            effective_from: self.world.now,
            roots: None,
            ..last.clone()
        }
    }

    /// A next version of the list, in effect from now on.
    pub(super) fn next_list(&self) -> FederationList {
        let (last, digest) = &self.list;
        FederationList {
            version: last.version + 1,
            previous: Some(digest.clone()),
            effective_from: self.world.now,
            ..last.clone()
        }
    }

    pub(super) fn publish_list(&mut self, list: &FederationList, holders: &[&str]) -> Shared {
        let signers: Vec<_> = (holders.iter())
            .map(|n| (format!("did:web:holder-{n}.example"), format!("holder {n}")))
            .collect();
        let issuer = Body {
            did: "did:web:holder-1.example".to_owned(),
            authority: "did:web:holder-1.example".to_owned(),
            economy: "SE".to_owned(),
            key: key("holder 1"),
        };
        let mut record = self
            .world
            .draft(&issuer, Subject::FederationList(Box::new(list.clone())));
        record.valid_from = list.effective_from;
        record.valid_until = Some(list.valid_until);
        record.comity.publication_basis = None;
        let record = self.publish("SE", &record, &signers);
        self.list = (list.clone(), record.document_multibase.clone());
        record
    }

    /// Publishes keys of an economy in its log, signed by those of its roots.
    pub(super) fn publish_keys(
        &mut self,
        economy: &'static str,
        keys: &MemberKeys,
        roots: &[String],
    ) -> Shared {
        self.publish_keys_in(economy, economy, keys, roots)
    }

    pub(super) fn publish_keys_in(
        &mut self,
        log: &str,
        economy: &'static str,
        keys: &MemberKeys,
        roots: &[String],
    ) -> Shared {
        let issuer = authority(economy);
        let signers: Vec<_> = roots
            .iter()
            .map(|root| (issuer.did.clone(), root.clone()))
            .collect();
        let mut record = self
            .world
            .draft(&issuer, Subject::MemberKeys(Box::new(keys.clone())));
        record.valid_from = keys.effective_from;
        record.comity.publication_basis = None;
        let record = self.publish(log, &record, &signers);
        self.keys
            .insert(economy, (keys.clone(), record.document_multibase.clone()));
        record
    }

    /// A record by these (DID, name of the key), in the log of an economy, co-signed by all.
    pub(super) fn publish(
        &mut self,
        economy: &str,
        record: &Record,
        signers: &[(String, String)],
    ) -> Shared {
        let location = self.location(economy);
        let shared = Arc::new(signed(
            record,
            signers,
            vec![location],
            Some(self.world.now),
        ));
        self.world.records.push(shared.clone());
        shared
    }

    /// Two versions of the keys of an economy, signed and not yet logged.
    pub(super) fn two_versions(
        &mut self,
        economy: &str,
        first: &MemberKeys,
        roots: &[String],
        change: impl FnOnce(&mut MemberKeys),
    ) -> (EvidenceRecord, EvidenceRecord) {
        let issuer = authority(economy);
        let signers: Vec<_> = roots
            .iter()
            .map(|root| (issuer.did.clone(), root.clone()))
            .collect();
        let mut version = |keys: &MemberKeys| {
            let subject = Subject::MemberKeys(Box::new(keys.clone()));
            let mut record = self.world.draft(&issuer, subject);
            record.valid_from = keys.effective_from;
            record.comity.publication_basis = None;
            signed(&record, &signers, Vec::new(), None)
        };
        let one = version(first);
        let mut next = MemberKeys {
            version: first.version + 1,
            previous: Some(one.document_multibase.clone()),
            ..first.clone()
        };
        change(&mut next);
        let two = version(&next);
        (one, two)
    }

    /// Logs a record now, in the log of an economy.
    pub(super) fn place(&mut self, economy: &str, record: &EvidenceRecord) {
        let location = self.location(economy);
        let mut record = record.clone();
        record.locations = vec![location];
        record.received_at = Some(self.world.now);
        self.world.records.push(Arc::new(record));
    }

    fn location(&mut self, economy: &str) -> Location {
        let place = self.world.location(economy);
        let lines = self.lines(self.world.now);
        Location {
            checkpoints: Arc::new([CheckpointEvidence {
                size: place.index + 1,
                root: [0; 32],
                lines,
            }]),
            ..place
        }
    }

    pub(super) fn lines(&self, time: Instant) -> Vec<CosignatureTime> {
        let line = |(economy, generation): (&&str, &&str)| CosignatureTime {
            cosigner: *mirror(economy, generation).vkey().public_key(),
            time,
        };
        self.mirrors.iter().map(line).collect()
    }

    /// A certificate by an authority, signed with the key of that name.
    pub(super) fn certify(&mut self, economy: &str, key: &str) -> Shared {
        self.certify_in(economy, economy, key)
    }

    pub(super) fn certify_in(&mut self, log: &str, economy: &str, key: &str) -> Shared {
        let issuer = authority(economy);
        let record = self
            .world
            .attest_draft(&issuer, |_: &mut AttestationDetails| {});
        self.publish(log, &record, &[(issuer.did, key.to_owned())])
    }

    pub(super) fn policy(&self) -> Policy {
        let text = format!("[federation]\nlist_digest = \"{}\"\n", self.pinned);
        Policy::parse(&(self.world.policy_head.clone() + &text + &self.world.policy)).unwrap()
    }

    pub(super) fn trust(&self) -> TrustGraph {
        TrustGraph::build(self.world.records.iter().cloned())
    }

    pub(super) fn view(&self) -> FederationView {
        FederationView::walk(&self.pinned, &self.trust(), self.world.now)
    }

    /// What is answered now about `record` in its own economy, with fresh heads of every log.
    pub(super) fn ask(&self, record: &Shared, economy: &str) -> Verdict {
        self.answer(record, &self.world.ask(record, economy))
    }

    /// The same of any question about it.
    pub(super) fn answer(&self, record: &Shared, question: &Question) -> Verdict {
        let mut heads: Vec<LogHead> = ECONOMIES.map(|economy| self.head(economy)).into();
        for head in &mut heads {
            head.lines = self.lines(question.known_at);
        }
        let trust = self.trust();
        let candidates = vec![record.clone()];
        let evidence = crate::evidence::Evidence {
            candidates,
            revisions: Vec::new(),
            events: Vec::new(),
            trust: &trust,
            heads: &heads,
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            no_statement: None,
        };
        crate::decide(question, &evidence, &self.policy())
    }

    pub(super) fn head(&self, economy: &str) -> LogHead {
        LogHead {
            origin: origin(economy),
            size: 1_000,
            root: [1; 32],
            lines: self.lines(self.world.now),
            closed: false,
            successor: None,
            forked: false,
            lacks: Vec::new(),
        }
    }

    /// What the step `registration` says of it now.
    pub(super) fn registration(&self, record: &Shared, economy: &str) -> (Outcome, Code) {
        let verdict = self.ask(record, economy);
        let step = verdict.step(StepName::Registration).unwrap();
        (step.outcome, step.code)
    }
}

fn member(economy: &str) -> FederationMember {
    let host = format!("{}.example", economy.to_ascii_lowercase());
    FederationMember {
        economy: economy.to_owned(),
        authority: format!("did:web:{host}"),
        root_keys: roots(economy).iter().map(|root| multikey(root)).collect(),
        root_threshold: 2,
        url: Some(format!("https://{host}")),
        log_at: None,
    }
}

pub(super) fn signed(
    record: &Record,
    signers: &[(String, String)],
    locations: Vec<Location>,
    received: Option<Instant>,
) -> EvidenceRecord {
    if !matches!(record.subject, Subject::Attestation(_)) {
        assert_eq!(record.validate(), [], "{record:?}");
    }
    let mut bytes = to_canonical(&record.to_value()).unwrap();
    for (did, name) in signers {
        bytes = sign(&bytes, did, &key(name), None, &Limits::default()).unwrap();
    }
    EvidenceRecord::examine(&bytes, locations, received)
}

pub(super) const COUNTS: (Outcome, Code) = (Outcome::Pass, Code::RegistrationAuthority);

/// Takes an economy out of a list.
pub(super) fn remove(list: &mut FederationList, economy: &str) {
    list.members.retain(|member| member.economy != economy);
    list.cosigners
        .members
        .retain(|cosigner| cosigner.economy != economy);
}

/// Ends the authority key of that name in `keys`.
pub(super) fn end(keys: &mut MemberKeys, name: &str, until: Instant, reason: RevocationReason) {
    let key = multikey(name);
    let held = keys
        .authority_keys
        .iter_mut()
        .find(|held| held.key == key)
        .unwrap();
    held.until = Some(until);
    held.reason = Some(reason);
}
