//! A node in memory behind its router, and what tests ask it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use comity_model::date::Instant;
use comity_model::notice::{NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::party::NamedParty;
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_model::text::LangString;
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys, own_policy};
use comity_node::{Node, Place};
use comity_recognition::Policy;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest;
use comity_signature::key::SigningKey;
use futures::StreamExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::{Options, router};

/// The authority of the node under test.
pub(crate) const AUTHORITY: &str = "did:web:nqi.example.se";
const SEED: [u8; 32] = [7; 32];

/// A node, its router and its clock.
pub(crate) struct Tested {
    pub(crate) node: Node,
    pub(crate) router: Router,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The moment at which tests stand.
pub(crate) fn now() -> Instant {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

/// A node that believes itself only, with nothing in it.
pub(crate) async fn empty() -> Tested {
    with(Options::default()).await
}

/// The same with other options.
pub(crate) async fn with(options: Options) -> Tested {
    believing("", options).await
}

/// A node that believes itself and what `more` adds to its policy.
pub(crate) async fn believing(more: &str, options: Options) -> Tested {
    by_policy(|own| own + more, options).await
}

/// A node with the policy that `of_own` makes of the one by which it believes itself.
pub(crate) async fn by_policy(of_own: impl Fn(String) -> String, options: Options) -> Tested {
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    let keys = Keys::from_seeds(&config, &SEED, &[8; 32]).unwrap();
    let policy = of_own(own_policy(&config, &keys));
    let policy = Policy::parse(&policy).unwrap();
    let clock = Clock::simulated(now());
    let node = Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap();
    let router = router(node.clone(), options);
    Tested { node, router }
}

/// A node with one grant (number 1) and one attestation (number 2), both by the authority.
pub(crate) async fn filled() -> Tested {
    let tested = empty().await;
    let bodies = vec![signed(&grant(1)), signed(&attestation(2))];
    for outcome in tested.node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    tested.node.indexed().await;
    tested
}

/// A record id that ends in that number.
pub(crate) fn uuid(number: u32) -> String {
    format!("01935fa0-0000-7000-8000-0000{number:08x}")
}

/// A record of the authority of that kind, as an empty form.
pub(crate) fn record(kind: Kind, number: u32) -> Record {
    let id = format!("urn:uuid:{}", uuid(number));
    let mut record = draft(kind, AUTHORITY, &id, now().day());
    record.comity.authority = AUTHORITY.to_owned();
    record
}

/// A grant by the authority.
pub(crate) fn grant(number: u32) -> Record {
    let mut record = record(Kind::CompetenceGrant, number);
    if let Subject::CompetenceGrant(grant) = &mut record.subject {
        grant.grantor.registered_by = Some(AUTHORITY.to_owned());
    }
    record
}

/// A certificate `SE-<number>` by the authority, that relies on no grant.
pub(crate) fn attestation(number: u32) -> Record {
    let mut record = record(Kind::Attestation, number);
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.certificate_number = format!("SE-{number:04}");
        attestation.comity.grants.clear();
    }
    record
}

/// An event of the authority that suspends `subject`.
pub(crate) fn suspension(number: u32, subject: &Record) -> Record {
    let mut record = record(Kind::StatusEvent, number);
    let document = to_canonical(&subject.to_value()).unwrap();
    if let Subject::StatusEvent(event) = &mut record.subject {
        let about = event.subjects.first_mut().unwrap();
        about.authority = AUTHORITY.to_owned();
        about.issuer = AUTHORITY.to_owned();
        about.id.clone_from(&subject.id);
        about.digest_multibase = digest::to_multibase(digest::sha256(&document));
        about.sequence = 1;
        about.previous_event = None;
    }
    record
}

/// A warning by the authority that papers with this number of [`LABORATORY`] are forged.
pub(crate) fn forged(number: u32, printed: &str) -> Record {
    let mut record = record(Kind::Notice, number);
    if let Subject::Notice(notice) = &mut record.subject {
        let about = PrintedNumber {
            number: printed.to_owned(),
            issuer: Some(NamedParty::registered(LABORATORY, AUTHORITY, "Laboratory")),
        };
        let nothing_else = NoticeSubject {
            record: None,
            number: Some(about),
            party: None,
        };
        notice.sort = NoticeSort::ForgedCertificate;
        notice.about = vec![nothing_else];
        notice.text = LangString::of("en", "Forged <b>&</b>");
        notice.addressee = None;
        notice.answer_by = None;
        notice.in_reply_to = None;
        notice.answer = None;
    }
    record
}

/// A laboratory that [`registration`] registers; it signs with [`LABORATORY_SEED`].
pub(crate) const LABORATORY: &str = "did:web:lab.example.se";
const LABORATORY_SEED: [u8; 32] = [9; 32];

/// The authority's registration of [`LABORATORY`], for certificates of every kind.
pub(crate) fn registration(number: u32) -> Record {
    let mut record = record(Kind::Registration, number);
    if let Subject::Registration(registration) = &mut record.subject {
        LABORATORY.clone_into(&mut registration.id);
        let key = SigningKey::from_seed(&LABORATORY_SEED).verifying_key();
        for registered in &mut registration.keys {
            registered.key = key.to_multikey();
            registered.from = None;
            registered.until = None;
        }
        registration.mandate.attestation_kinds.clear();
        registration.economies = vec!["SE".to_owned()];
    }
    record
}

/// The record issued and signed by [`LABORATORY`], under the name that it is registered with.
pub(crate) fn by_laboratory(mut record: Record) -> Vec<u8> {
    LABORATORY.clone_into(&mut record.issuer.id);
    "EDIT name of the body".clone_into(&mut record.issuer.name);
    let document = to_canonical(&record.to_value()).unwrap();
    let key = SigningKey::from_seed(&LABORATORY_SEED);
    sign(&document, LABORATORY, &key, None, &Limits::default()).unwrap()
}

/// The record signed by the authority.
pub(crate) fn signed(record: &Record) -> Vec<u8> {
    signed_with(record, &SEED)
}

/// The record signed in the authority's name with some key.
pub(crate) fn signed_with(record: &Record, seed: &[u8; 32]) -> Vec<u8> {
    let document = to_canonical(&record.to_value()).unwrap();
    let key = SigningKey::from_seed(seed);
    sign(&document, AUTHORITY, &key, None, &Limits::default()).unwrap()
}

/// The record digest of signed bytes, in hex.
pub(crate) fn digest_of(body: &[u8]) -> String {
    hex::encode(digest::record_digest(body))
}

impl Tested {
    /// Any request.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            bytes.extend_from_slice(&piece.unwrap());
        }
        Reply {
            status: parts.status,
            headers: parts.headers,
            body: bytes.into(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[]).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, media: &str, body: impl Into<Body>) -> Reply {
        let request = Request::post(path).header("content-type", media);
        self.ask(request.body(body.into()).unwrap()).await
    }
}

impl Reply {
    /// The body as JSON of an answer with that status.
    #[track_caller]
    pub(crate) fn json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The body as a problem document of that type, complete.
    #[track_caller]
    pub(crate) fn problem(&self, slug: &str) -> Value {
        let kind = self
            .headers
            .get("content-type")
            .map(|kind| kind.to_str().unwrap());
        assert_eq!(
            kind,
            Some("application/problem+json"),
            "{} {}",
            self.status,
            self.text()
        );
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["type"], format!("/problems/{slug}"), "{problem}");
        assert_eq!(problem["status"], self.status.as_u16());
        for member in ["title", "detail", "instance", "requestId"] {
            assert!(
                problem[member]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{problem}"
            );
        }
        assert_eq!(problem["requestId"], self.header("x-request-id"));
        problem
    }

    /// The parameter that a problem names.
    #[track_caller]
    pub(crate) fn wrong_parameter(&self) -> String {
        let problem = self.problem("invalid-parameter");
        problem["errors"][0]["parameter"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The lines of an answer.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    pub(crate) fn header(&self, name: &str) -> String {
        let value = self.headers.get(name);
        value
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
