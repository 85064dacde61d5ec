//! Records in somebody's name that others signed, mirrored by the hundred, beside the true one.

use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::commitment::CommittedReport;
use comity_model::coverage::CoverageStatement;
use comity_model::date::Period;
use comity_model::notice::{ConfirmationAnswer, Notice, NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::party::NamedParty;
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::samples::draft;
use comity_model::text::LangString;
use comity_recognition::code::Code;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_recognition::verdict::{StepName, Verdict, VerdictResult};

use super::bare::{BareLog, Eye, bare_log};
use super::world::World;
use crate::notices::{NoticeQuery, Touched};
use crate::peers::PeerMode;
use crate::recognise::Ask;
use crate::tests::{signed, today};

/// More than any look-up takes in.
const MANY: u32 = 300;
/// Of the authority of the first node.
const SEED: [u8; 32] = [7; 32];
const STRANGER: [u8; 32] = [99; 32];

fn id(number: u32) -> String {
    format!("urn:uuid:01935fa0-0000-7000-8000-0000{number:08x}")
}

fn by_authority(world: &World, kind: Kind, number: u32) -> Record {
    let did = world.nodes[0].config().authority();
    let mut record = draft(kind, &did, &id(number), today());
    record.comity.authority = did;
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.grants.clear();
        attestation.comity.based_on.clear();
        attestation.comity.certificate_number = "C-1".to_owned();
    }
    record
}

/// Logs `MANY` copies of a record under other ids, signed by a stranger, and mirrors them.
async fn crowd(log: &mut BareLog, eye: &Eye, record: &Record) {
    let did = record.issuer.id.clone();
    for number in 0..MANY {
        let decoy = Record {
            id: id(1_000 + number),
            ..record.clone()
        };
        let body = signed(&decoy, &did, &STRANGER);
        log.add_record(record.kind().name(), &body);
    }
    assert!(eye.pull().await.is_ok());
}

async fn publish(world: &World, record: &Record) -> RecordReference {
    let body = signed(record, &record.issuer.id, &SEED);
    for outcome in world.nodes[0].publish(vec![body.clone()]).await.unwrap() {
        outcome.unwrap();
    }
    let examined = EvidenceRecord::examine(&body, Vec::new(), None);
    RecordReference {
        authority: record.comity.authority.clone(),
        issuer: record.issuer.id.clone(),
        id: record.id.clone(),
        digest_multibase: examined.document_multibase,
    }
}

fn number(world: &World, number: &str) -> Selector {
    Selector::Number {
        number: number.to_owned(),
        issuer: Some(world.nodes[0].config().authority()),
    }
}

async fn asked(world: &World, node: usize, selector: Selector) -> Verdict {
    let ask = Ask::new(selector, "SE");
    world.nodes[node].recognise(ask).await.unwrap().verdict
}

fn code(verdict: &Verdict, step: StepName) -> Option<Code> {
    verdict.step(step).map(|step| step.code)
}

#[tokio::test]
async fn strangers_crowd_out_no_number() {
    let world = World::of(1).await;
    let (mut log, eye) = bare_log(&world);
    let record = by_authority(&world, Kind::Attestation, 1);
    crowd(&mut log, &eye, &record).await;
    publish(&world, &record).await;
    let verdict = asked(&world, 0, number(&world, "C-1")).await;
    assert_eq!(verdict.result, VerdictResult::Recognised);
    assert_eq!(verdict.judged.unwrap().identity, Some(record.identity()));
}

#[tokio::test]
async fn strangers_crowd_out_no_revision() {
    let world = World::of(1).await;
    let (mut log, eye) = bare_log(&world);
    let record = by_authority(&world, Kind::Attestation, 1);
    let replaced = publish(&world, &record).await;
    let mut revision = by_authority(&world, Kind::Attestation, 2);
    revision.comity.replaces = Some(replaced);
    crowd(&mut log, &eye, &revision).await;
    let before = asked(&world, 0, Selector::Id(id(1))).await;
    assert_eq!(code(&before, StepName::Status), Some(Code::StatusActive));
    let shown = world.nodes[0].look_up(&Selector::Id(id(1))).await.unwrap();
    assert_eq!(shown.first().unwrap().state, "active");
    publish(&world, &revision).await;
    let after = asked(&world, 0, Selector::Id(id(1))).await;
    assert_eq!(code(&after, StepName::Status), Some(Code::StatusSuperseded));
}

#[tokio::test]
async fn strangers_crowd_out_no_commitment() {
    let world = World::of(1).await;
    let (mut log, eye) = bare_log(&world);
    let did = world.nodes[0].config().authority();
    let mut commitment = by_authority(&world, Kind::Commitment, 1);
    if let Subject::Commitment(commitment) = &mut commitment.subject {
        commitment.reports = vec![CommittedReport {
            number: "R-1".to_owned(),
            issued_on: today(),
            digest: comity_signature::digest::to_multibase([1; 32]),
        }];
    }
    crowd(&mut log, &eye, &commitment).await;
    publish(&world, &commitment).await;
    world.pass_seconds(60);
    for (at, report) in [(2, "R-1"), (3, "R-2")] {
        let mut record = by_authority(&world, Kind::Attestation, at);
        if let Subject::Attestation(attestation) = &mut record.subject {
            attestation.comity.based_on = vec![BasedOn {
                role: EvidenceRole::TestReport,
                record: None,
                issuer: Some(NamedParty::registered(&did, &did, "Authority")),
                number: Some(report.to_owned()),
                issued_on: None,
            }];
        }
        publish(&world, &record).await;
    }
    let found = asked(&world, 0, Selector::Id(id(2))).await;
    let step = StepName::EvidenceChain;
    assert_eq!(code(&found, step), Some(Code::EvidenceChainExistedBefore));
    // That it commits at all is seen beside the strangers' too.
    let other = asked(&world, 0, Selector::Id(id(3))).await;
    assert_eq!(code(&other, step), Some(Code::EvidenceChainNotCommitted));
}

#[tokio::test]
async fn strangers_crowd_out_no_answer() {
    let world = World::of(1).await;
    let (mut log, eye) = bare_log(&world);
    let did = world.nodes[0].config().authority();
    let notice = |sort| Notice {
        sort,
        about: vec![NoticeSubject {
            record: None,
            number: Some(PrintedNumber {
                number: "X-1".to_owned(),
                issuer: None,
            }),
            party: None,
        }],
        text: LangString::of("en", "Test"),
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: None,
        legal_basis: None,
    };
    let mut request = by_authority(&world, Kind::Notice, 1);
    let mut said = notice(NoticeSort::ConfirmationRequest);
    said.addressee = NamedParty::registered(&did, &did, "Authority").reference();
    said.answer_by = Some(today().plus_days(7));
    request.subject = Subject::Notice(Box::new(said));
    let request = publish(&world, &request).await;
    let mut reply = by_authority(&world, Kind::Notice, 2);
    let mut said = notice(NoticeSort::ConfirmationReply);
    said.in_reply_to = Some(request);
    said.answer = Some(ConfirmationAnswer::Confirmed);
    reply.subject = Subject::Notice(Box::new(said));
    crowd(&mut log, &eye, &reply).await;
    world.pass_seconds(60);
    publish(&world, &reply).await;
    let query = NoticeQuery {
        of: Touched::number("X-1", None),
        on: Some(today().plus_days(8)),
        ..NoticeQuery::default()
    };
    let page = world.nodes[0].notices(&query).await.unwrap();
    let mut asked = page.items.iter().filter_map(|item| item.request);
    assert!(asked.next().unwrap().answered_on.is_some());
}

/// A follower that keeps no attestations says so of the log wherever a promise is asked about.
#[tokio::test]
async fn who_keeps_no_attestations_says_that_the_log_lacks_them() {
    for mode in [PeerMode::Mirror, PeerMode::Follower] {
        let world = World::of(2).await;
        world.follow(1, 0, mode);
        let did = world.nodes[0].config().authority();
        let mut promise = by_authority(&world, Kind::CoverageStatement, 1);
        promise.subject = Subject::CoverageStatement(Box::new(CoverageStatement {
            issuers: NamedParty::registered(&did, &did, "Authority")
                .reference()
                .into_iter()
                .collect(),
            kinds: vec![Kind::Attestation],
            since: today(),
            within_hours: 24,
            period: Period::new(today(), None),
        }));
        publish(&world, &promise).await;
        world.mirror(1).await;
        let ask = Ask::new(number(&world, "C-999"), "JP");
        let prepared = world.nodes[1].shared.prepare(ask).await.unwrap();
        let mut heads = prepared.heads.iter();
        let head = heads.find(|head| head.origin == world.origin(0)).unwrap();
        let lacks = match mode {
            PeerMode::Mirror => Vec::new(),
            PeerMode::Follower => vec![Kind::Attestation, Kind::Commitment],
        };
        assert_eq!(head.lacks, lacks);
    }
}
