//! A node in memory with a record of most kinds, behind its pages.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use comity_model::arrangement::{ArrangementType, Degree, LegalNature};
use comity_model::date::Instant;
use comity_model::participation::{AssertedBy, Participant};
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_model::text::LangString;
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys, own_policy};
use comity_node::{Node, Place};
use comity_recognition::Policy;
use comity_recognition::wording::Language;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;
use tower::ServiceExt as _;

use crate::site::Site;
use crate::{Options, router};

/// The authority of the node under test.
pub(crate) const AUTHORITY: &str = "did:web:nqi.example.se";
/// A laboratory that it registers.
pub(crate) const LABORATORY: &str = "did:web:lab.example.se";
const SEED: [u8; 32] = [7; 32];
/// Largest page that a test reads, in bytes.
const MAX_PAGE_BYTES: usize = 4 << 20;

/// A name as somebody would write it who means harm.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script><b onclick=\"x()\">&amp;";

/// A node and its pages.
pub(crate) struct Tested {
    pub(crate) node: Node,
    router: Router,
}

/// A page.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

fn now() -> Instant {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

/// A node that holds nothing.
pub(crate) async fn empty() -> Tested {
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    let keys = Keys::from_seeds(&config, &SEED, &[8; 32]).unwrap();
    let policy = Policy::parse(&own_policy(&config, &keys)).unwrap();
    let clock = Clock::simulated(now());
    let node = Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap();
    let router = router(node.clone(), Options::default());
    Tested { node, router }
}

/// A node that holds a record of most kinds; names are [`HOSTILE`].
pub(crate) async fn filled() -> Tested {
    let tested = empty().await;
    let records = [
        registration(1),
        grant(2),
        attestation(3),
        edition(4),
        rule(5),
        arrangement(6),
        joins(7, "SE", AssertedBy::Participant),
        joins(8, "JP", AssertedBy::Peer),
    ];
    tested.publish(&records).await;
    tested
}

pub(crate) fn record(kind: Kind, number: u32) -> Record {
    let id = format!("urn:uuid:01935fa0-0000-7000-8000-0000{number:08x}");
    let mut record = draft(kind, AUTHORITY, &id, now().day());
    AUTHORITY.clone_into(&mut record.comity.authority);
    HOSTILE.clone_into(&mut record.name);
    record
}

fn registration(number: u32) -> Record {
    let mut record = record(Kind::Registration, number);
    if let Subject::Registration(registration) = &mut record.subject {
        LABORATORY.clone_into(&mut registration.id);
        registration.names = LangString::of("en", HOSTILE);
        registration.economies = vec!["SE".to_owned()];
        let key = SigningKey::from_seed(&[9; 32]).verifying_key();
        for registered in &mut registration.keys {
            registered.key = key.to_multikey();
            registered.from = None;
            registered.until = None;
        }
        if let Some(contact) = &mut registration.contact {
            contact.office = HOSTILE.to_owned();
        }
    }
    record
}

fn grant(number: u32) -> Record {
    let mut record = record(Kind::CompetenceGrant, number);
    if let Subject::CompetenceGrant(grant) = &mut record.subject {
        grant.grantor.registered_by = Some(AUTHORITY.to_owned());
        grant.economies = vec!["SE".to_owned()];
        HOSTILE.clone_into(&mut grant.grantee.name);
    }
    record
}

pub(crate) fn attestation(number: u32) -> Record {
    let mut record = record(Kind::Attestation, number);
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.certificate_number = "SE-0003".to_owned();
        attestation.comity.grants.clear();
        HOSTILE.clone_into(&mut attestation.issued_to_party.name);
    }
    record
}

fn edition(number: u32) -> Record {
    let mut record = record(Kind::Standard, number);
    if let Subject::Standard(edition) = &mut record.subject {
        edition.title = LangString::of("en", HOSTILE);
        edition.economies = vec!["SE".to_owned()];
    }
    record
}

fn rule(number: u32) -> Record {
    let mut record = record(Kind::ImportRule, number);
    if let Subject::ImportRule(rule) = &mut record.subject {
        rule.economy = "SE".to_owned();
        rule.title = LangString::of("en", HOSTILE);
        HOSTILE.clone_into(&mut rule.legal_basis);
        for products in &mut rule.products {
            products.include = vec!["8516".to_owned()];
        }
        for requirement in &mut rule.requirements {
            requirement.text = LangString::of("en", HOSTILE);
        }
    }
    record
}

fn arrangement(number: u32) -> Record {
    let mut record = record(Kind::Arrangement, number);
    if let Subject::Arrangement(arrangement) = &mut record.subject {
        arrangement.title = LangString::of("en", HOSTILE);
        arrangement.arrangement_type = ArrangementType::Unilateral;
        arrangement.legal_nature = LegalNature::UnilateralMeasure;
        arrangement.signers.truncate(1);
        arrangement.parties = vec!["SE".to_owned(), "JP".to_owned()];
        for chapter in &mut arrangement.chapters {
            chapter.degree = Degree::Certificates;
        }
    }
    record
}

pub(crate) fn joins(number: u32, economy: &str, word: AssertedBy) -> Record {
    let mut record = record(Kind::Participation, number);
    if let Subject::Participation(participation) = &mut record.subject {
        participation.participant = Participant::Economy(economy.to_owned());
        participation.asserted_by = word;
    }
    record
}

fn signed(record: &Record) -> Vec<u8> {
    let document = to_canonical(&record.to_value()).unwrap();
    let key = SigningKey::from_seed(&SEED);
    sign(&document, AUTHORITY, &key, None, &Limits::default()).unwrap()
}

impl Tested {
    /// Publishes a certificate with this number on it.
    pub(crate) async fn certificate(&self, number: u32, printed: &str) {
        let mut record = attestation(number);
        if let Subject::Attestation(attestation) = &mut record.subject {
            printed.clone_into(&mut attestation.comity.certificate_number);
        }
        self.publish(&[record]).await;
    }

    /// Publishes records that the authority signs.
    pub(crate) async fn publish(&self, records: &[Record]) {
        let bodies = records.iter().map(signed).collect();
        for outcome in self.node.publish(bodies).await.unwrap() {
            outcome.unwrap();
        }
        self.node.indexed().await;
    }

    /// The node in one language, as its pages have it.
    pub(crate) fn site(&self, language: Language) -> Site {
        let app = crate::app(self.node.clone(), Options::default());
        Site::new(Arc::new(app), language)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, MAX_PAGE_BYTES).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}
