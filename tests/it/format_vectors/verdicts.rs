//! Verdicts over the story: canonical bytes of the answers to a few questions.
//!
//! The evidence is all of the vectors: every record with its places in both logs, every
//! checkpoint with its verified cosignatures, the newest checkpoint of each log as its head.
//! Nothing was received before it was logged.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::Kind;
use comity_recognition::evidence::{CheckpointEvidence, CosignatureTime, Location, LogHead};
use comity_recognition::trust_graph::TrustGraph;
use comity_recognition::verdict::StepName;
use comity_recognition::{Evidence, EvidenceRecord, Policy, Question, Verdict, decide};
use comity_signature::canonical;
use comity_tlog::bundle;
use comity_tlog::checkpoint;
use comity_tlog::entry::Entry;
use comity_tlog::note::SignedNote;
use serde_json::{Value, json};

use super::logs::{NORDA_LOG, NORDA_MIRROR, SUDA_LOG, SUDA_MIRROR, Signers};
use super::story::{NORDA, SUDA, Signed, multikey};

/// Files of the vectors by path.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// When all questions are asked: three hours after the newest heads were signed.
const KNOWN_AT: &str = "2026-09-02T12:00:00Z";

/// The questions by name, with what they change in the plain one.
fn questions(records: &[Signed]) -> Vec<(&'static str, Value)> {
    let identity = |file: &str| {
        let record = records.iter().find(|record| record.file == file).unwrap();
        let value: Value = serde_json::from_slice(&record.bytes).unwrap();
        json!({"identity": {
            "authority": value["comity"]["authority"],
            "id": value["id"],
            "issuer": value["issuer"]["id"],
        }})
    };
    let kettle = identity("attestation.json");
    let imported = identity("attestation-imported.json");
    let asked = |record: &Value, economy: &str, day: &str| json!({"in": economy, "knownAt": KNOWN_AT, "on": day, "record": record});
    let code = |code: &str| json!([{"code": code, "edition": "2022", "scheme": "HS"}]);
    let mut covered = asked(&kettle, "XS", "2026-04-01");
    covered["product"] = json!({"codes": code("851679"), "model": "K-1"});
    let mut another_product = asked(&kettle, "XS", "2026-04-01");
    another_product["product"] = json!({"codes": code("940520")});
    vec![
        ("recognised", asked(&kettle, "XS", "2026-04-01")),
        ("recognised-for-the-product", covered),
        ("another-product", another_product),
        ("before-issue", asked(&kettle, "XS", "2026-03-01")),
        ("suspended", asked(&kettle, "XS", "2026-06-15")),
        ("reinstated", asked(&kettle, "XS", "2026-07-01")),
        ("domestic", asked(&kettle, "XN", "2026-04-01")),
        ("not-pinned", asked(&kettle, "XT", "2026-04-01")),
        ("imported", asked(&imported, "XS", "2026-03-02")),
        ("imported-stale", asked(&imported, "XS", "2026-05-01")),
    ]
}

/// The policy of the verifier who asks.
pub(super) fn policy_text() -> String {
    let norda = Signers::of(NORDA_LOG, SUDA_MIRROR);
    let suda = Signers::of(SUDA_LOG, NORDA_MIRROR);
    format!(
        r#"# Whose evidence is believed. Test keys only.
max_age_hours = 24

[[authority]]
did = "{NORDA}"
economy = "XN"
keys = [{{ key = "{norda_key}" }}]

[[authority]]
did = "{SUDA}"
economy = "XS"
keys = [{{ key = "{suda_key}" }}]

[[log]]
origin = "{NORDA_LOG}"
vkey = "{norda_log}"
dated_by = "quorum"
economy = "XN"

[[log]]
origin = "{SUDA_LOG}"
vkey = "{suda_log}"
dated_by = "quorum"
economy = "XS"

[[cosigners]]
from = "2026-01-01T00:00:00Z"
members = [
  {{ vkey = "{norda_mirror}", economy = "XN" }},
  {{ vkey = "{suda_mirror}", economy = "XS" }},
]

[[importers]]
signer = "{NORDA}"
system = "suda-old-register"
"#,
        norda_key = multikey("norda authority"),
        suda_key = multikey("suda authority"),
        norda_log = norda.log.vkey(),
        suda_log = suda.log.vkey(),
        norda_mirror = suda.mirror.vkey(),
        suda_mirror = norda.mirror.vkey(),
    )
}

/// The policy, the questions and the canonical bytes of the verdicts.
pub(crate) fn verdict_files(records: &[Signed], logs: &Files) -> Files {
    let text = policy_text();
    let policy = Policy::parse(&text).unwrap();
    let mut files = Files::new();
    files.insert("verdict/policy.toml".to_owned(), text.into_bytes());
    let digest = hex::encode(policy.digest());
    files.insert(
        "verdict/policy.sha256".to_owned(),
        format!("{digest}\n").into_bytes(),
    );
    for (name, question) in questions(records) {
        let verdict = answer(&question, records, logs, &policy);
        let question = canonical::to_canonical(&question).unwrap();
        files.insert(format!("verdict/{name}.question.json"), question);
        files.insert(
            format!("verdict/{name}.verdict.json"),
            first_steps(&verdict),
        );
    }
    files
}

/// The canonical bytes of a verdict without the steps that came later: a step that was not built
/// yet is absent, and everything else stays as it was (format.md 4.3).
pub(super) fn first_steps(verdict: &Verdict) -> Vec<u8> {
    let mut value: Value = serde_json::from_slice(&verdict.canonical_bytes()).unwrap();
    let steps = value["steps"].as_array_mut().unwrap();
    let later = StepName::ALL
        .into_iter()
        .filter(|step| step.is_listed_if_asked());
    let later: Vec<&str> = later.map(StepName::name).collect();
    steps.retain(|step| !later.contains(&step["step"].as_str().unwrap()));
    canonical::to_canonical(&value).unwrap()
}

fn answer(question: &Value, records: &[Signed], logs: &Files, policy: &Policy) -> Verdict {
    let question: Question = serde_json::from_value(question.clone()).unwrap();
    with_evidence(&question, records, logs, |evidence| {
        decide(&question, evidence, policy)
    })
}

/// All evidence of the vectors, as it bears on a question.
pub(super) fn with_evidence<T>(
    question: &Question,
    records: &[Signed],
    logs: &Files,
    answer: impl FnOnce(&Evidence<'_>) -> T,
) -> T {
    let norda = LogEvidence::read(logs, "log-norda", &Signers::of(NORDA_LOG, SUDA_MIRROR));
    let suda = LogEvidence::read(logs, "log-suda", &Signers::of(SUDA_LOG, NORDA_MIRROR));
    let examined = records.iter().map(|record| {
        let places = [&norda, &suda];
        let places = places.iter().filter_map(|log| log.place(record));
        Arc::new(EvidenceRecord::examine(
            &record.bytes,
            places.collect(),
            None,
        ))
    });
    let examined: Vec<_> = examined.collect();
    let of = |kinds: &[Kind]| {
        let kept = examined.iter().filter(|record| {
            record
                .record
                .as_ref()
                .is_ok_and(|read| kinds.contains(&read.kind()))
        });
        kept.cloned().collect::<Vec<_>>()
    };
    // Whoever gathers evidence gives the documents of the identity asked for.
    let comity_recognition::question::Selector::Identity(identity) = &question.record else {
        panic!("asked by identity");
    };
    let mut candidates = of(&[Kind::Attestation]);
    candidates.retain(|record| record.identity().as_ref() == Some(identity));
    let heads = [norda.head.clone(), suda.head.clone()];
    let evidence = Evidence {
        candidates,
        revisions: Vec::new(),
        events: of(&[Kind::StatusEvent]),
        trust: &TrustGraph::build(examined.iter().cloned()),
        heads: &heads,
        taken_down: Vec::new(),
        held_of_issuer: None,
        reports: Vec::new(),
        issued: Vec::new(),
        unread: comity_recognition::evidence::Unread::default(),
        no_statement: None,
    };
    answer(&evidence)
}

/// What one log of the vectors proves.
struct LogEvidence {
    entries: Vec<Entry>,
    checkpoints: Arc<[CheckpointEvidence]>,
    head: LogHead,
}

impl LogEvidence {
    fn read(logs: &Files, folder: &str, signers: &Signers) -> Self {
        let below = |path: &str| format!("{folder}/{path}");
        let read = |path: &str| checkpoint_evidence(&logs[path], signers);
        let heads = logs
            .keys()
            .filter(|path| path.starts_with(&below("checkpoint")));
        let checkpoints: Vec<_> = heads.map(|path| read(path)).collect();
        let newest = read(&below("checkpoint"));
        let bundle = logs
            .iter()
            .find(|(path, _)| path.starts_with(&below("tile/entries/")));
        let entries = bundle::parse(bundle.unwrap().1).unwrap();
        Self {
            entries: entries
                .into_iter()
                .map(|entry| Entry::parse(entry).unwrap())
                .collect(),
            checkpoints: checkpoints.into(),
            head: LogHead {
                origin: signers.log.vkey().name().to_owned(),
                size: newest.size,
                root: newest.root,
                lines: newest.lines,
                closed: false,
                successor: None,
                forked: false,
                lacks: Vec::new(),
            },
        }
    }

    /// Where a record stands in this log.
    fn place(&self, record: &Signed) -> Option<Location> {
        let entry = super::logs::entry(record);
        let index = self.entries.iter().position(|held| *held == entry)?;
        Some(Location {
            origin: self.head.origin.as_str().into(),
            index: index as u64,
            checkpoints: Arc::clone(&self.checkpoints),
        })
    }
}

/// A checkpoint with its verified cosignatures.
fn checkpoint_evidence(note: &[u8], signers: &Signers) -> CheckpointEvidence {
    let note = SignedNote::parse(note).unwrap();
    let head = checkpoint::open(&note, signers.log.vkey()).unwrap();
    let cosigners = [&signers.own, &signers.mirror];
    let lines = cosigners.into_iter().flat_map(|signer| {
        let lines = checkpoint::cosignatures(&note, std::slice::from_ref(signer.vkey()));
        lines.into_iter().map(|line| CosignatureTime {
            cosigner: *signer.vkey().public_key(),
            time: Instant::from_seconds(i64::try_from(line.time_unix).unwrap()).unwrap(),
        })
    });
    CheckpointEvidence {
        size: head.size(),
        root: *head.root(),
        lines: lines.collect(),
    }
}

/// What each question comes to by the rules of format v1, worked out by hand: result, decisive
/// step and its code.
const BY_HAND: [(&str, &str, &str); 10] = [
    // Norda's accreditation and Suda's signature on both sides, in force from 2026-03-01.
    ("recognised", "recognised", "arrangement.covers"),
    (
        "recognised-for-the-product",
        "recognised",
        "arrangement.covers",
    ),
    // The certificate lists 851679 only.
    ("another-product", "notRecognised", "product.codeNotListed"),
    // Issued on 2026-03-16.
    ("before-issue", "notRecognised", "dates.notYetValid"),
    // Suspended from 2026-06-01, reinstated from 2026-07-01.
    ("suspended", "notRecognised", "status.suspended"),
    ("reinstated", "recognised", "arrangement.covers"),
    // Norda's own body: no chapter is needed.
    ("domestic", "recognised", "arrangement.domestic"),
    // The policy pins nobody there, so an absence cannot be concluded.
    ("not-pinned", "cannotTell", "territory.noLogPinned"),
    // Attributed to a body of Suda, seen on the day of the fetch; two months later nobody knows.
    ("imported", "recognised", "arrangement.domestic"),
    ("imported-stale", "cannotTell", "status.staleObservation"),
];

#[test]
fn verdicts_are_those_worked_out_by_hand() {
    let records = super::story::records();
    let logs = super::logs::story_logs(&records);
    let policy = Policy::parse(&policy_text()).unwrap();
    let mut found = Vec::new();
    for (name, question) in questions(&records) {
        let verdict = answer(&question, &records, &logs, &policy);
        let value: Value = serde_json::from_slice(&verdict.canonical_bytes()).unwrap();
        let steps = value["steps"].as_array().unwrap();
        let decisive = steps
            .iter()
            .find(|step| step["step"] == value["decisiveStep"])
            .unwrap();
        for step in steps {
            eprintln!(
                "{name} {} {} {}",
                step["step"], step["outcome"], step["code"]
            );
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        found.push((name, text(&value["result"]), text(&decisive["code"])));
    }
    let wanted = BY_HAND.map(|(name, result, code)| (name, result.to_owned(), code.to_owned()));
    assert_eq!(found, wanted);
}
