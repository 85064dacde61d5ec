//! Bundles: what is proved in them, what is not, and that every byte matters.

mod logs;

use comity_model::status::Action;
use comity_signature::key::SigningKey;

use super::world::{World, authority, noon, seed};
use super::{Shared, Trade};
use crate::bundle::{self, Contents, MAX_BUNDLE_BYTES, NotMade, Refused, encode, needed, read};
use crate::evidence::NoStatement;
use crate::policy::Policy;
use crate::question::{ProductFacts, Question};
use crate::trust_graph::TrustGraph;
use crate::verdict::{Code, Outcome, StepName, Verdict, VerdictResult};
use logs::Logs;

/// The key by which the node of SE states what it knows.
fn status_key() -> SigningKey {
    SigningKey::from_seed(&seed("status of SE"))
}

/// A trade of which one certificate was suspended and reinstated, and one withdrawn.
struct Case {
    trade: Trade,
    certificate: Shared,
    withdrawn: Shared,
}

impl Case {
    fn new() -> Self {
        let mut trade = Trade::new();
        let status = status_key().verifying_key().to_multikey();
        trade.world.policy_head = format!("status_signers = [\"{status}\"]\n");
        let certificate = trade.certificate();
        let withdrawn = trade.certificate();
        let lab = trade.lab.clone();
        trade.world.on("2019-05-01");
        let suspension = trade
            .world
            .event(&lab, &certificate, Action::Suspend, |_| {});
        trade
            .world
            .event(&lab, &withdrawn, Action::Withdraw, |_| {});
        trade.world.on("2019-06-01");
        trade
            .world
            .event(&lab, &certificate, Action::Reinstate, |event| {
                event.subjects[0].sequence = 2;
                event.subjects[0].previous_event = Some(suspension.document_multibase.clone());
            });
        trade.world.on("2019-07-01");
        Self {
            trade,
            certificate,
            withdrawn,
        }
    }

    fn policy(&self) -> Policy {
        self.trade.world.policy()
    }

    fn question(&self) -> Question {
        self.trade.world.ask(&self.certificate, "JP")
    }

    fn contents(&self, question: &Question) -> (Contents, Verdict) {
        let logs = Logs::of(&self.trade.world);
        let policy = self.policy();
        let needed = logs.with_evidence(question, |evidence| needed(question, evidence, &policy));
        let contents = Contents {
            made_by: authority("SE").did,
            policy_digest: *policy.digest(),
            question: question.clone(),
            heads: logs.heads(&needed.origins),
            checkpoints: Vec::new(),
            records: logs.lines(&needed.records),
        };
        (contents, needed.verdict)
    }

    fn bundle(&self, question: &Question) -> (Vec<u8>, Verdict) {
        let (contents, verdict) = self.contents(question);
        (encode(contents, Some(&status_key())).unwrap(), verdict)
    }

    fn open(&self, bundle: &[u8]) -> bundle::Opened {
        read(bundle, &self.policy()).unwrap()
    }
}

/// The lines of a bundle, the first without its digest.
fn lines(bundle: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bundle).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The same lines as a bundle whose digest is made anew, as anybody can.
fn repacked(lines: &[String]) -> Vec<u8> {
    let mut lines = lines.to_vec();
    lines[0] = format!("{{{}", &lines[0][77..]);
    let mut text = lines.join("\n") + "\n";
    let digest = hex::encode(comity_signature::digest::sha256(text.as_bytes()));
    text.insert_str(1, &format!("\"digest\":\"{digest}\","));
    text.into_bytes()
}

/// What every one of the six steps that state an absence answers, and the result.
fn cannot_tell(verdict: &Verdict) {
    for (step, code) in [
        (StepName::Registration, Code::RegistrationNoStatement),
        (StepName::Status, Code::StatusNoStatement),
        (StepName::Territory, Code::TerritoryNoStatement),
        (StepName::Competence, Code::CompetenceNoStatement),
        (StepName::Arrangement, Code::ArrangementNoStatement),
    ] {
        let step = verdict.step(step).unwrap();
        assert_eq!((step.outcome, step.code), (Outcome::Unknown, code));
    }
    assert_eq!(verdict.result, VerdictResult::CannotTell);
}

/// Reads and judges for the question it names.
fn judged(case: &Case, bundle: &[u8]) -> (Option<NoStatement>, Verdict) {
    let opened = case.open(bundle);
    let verdict = opened.decide(&opened.question, &case.policy());
    (opened.no_statement(&opened.question), verdict)
}

#[test]
fn the_verdict_is_the_same_byte_for_byte() {
    let case = Case::new();
    for (record, destination, result) in [
        (&case.certificate, "JP", VerdictResult::Recognised),
        (&case.certificate, "SE", VerdictResult::Recognised),
        (&case.certificate, "KZ", VerdictResult::NotRecognised),
        (&case.withdrawn, "JP", VerdictResult::NotRecognised),
    ] {
        let question = case.trade.world.ask(record, destination);
        let (bundle, verdict) = case.bundle(&question);
        assert_eq!(verdict.result, result, "{destination}");
        let logs = Logs::of(&case.trade.world);
        let at_node = logs.with_evidence(&question, |evidence| {
            crate::decide(&question, evidence, &case.policy())
        });
        let opened = case.open(&bundle);
        assert_eq!(opened.question, question);
        let offline = opened.decide(&opened.question, &case.policy());
        assert_eq!(
            String::from_utf8(offline.canonical_bytes()),
            String::from_utf8(at_node.canonical_bytes())
        );
        assert_eq!(offline.canonical_bytes(), verdict.canonical_bytes());
        assert_eq!(opened.no_statement(&question), None);
    }
}

#[test]
fn a_bundle_has_what_was_looked_at_and_no_more() {
    let case = Case::new();
    let mut trade = Case::new().trade;
    let other = trade.world.body("SE", "other");
    let unrelated = trade.world.attest(&other, |_| {});
    let opened = case.open(&case.bundle(&case.question()).0);
    let digests: Vec<_> = opened.records.iter().map(|r| r.record_digest).collect();
    assert!(digests.contains(&case.certificate.record_digest));
    assert!(!digests.contains(&case.withdrawn.record_digest));
    assert!(!digests.contains(&unrelated.record_digest));
    // Certificate, its two events, registration, grant, arrangement, two participations.
    assert_eq!(digests.len(), 8);
    assert_eq!(opened.age_seconds(noon("2019-07-02")), 86_400);
}

#[test]
fn every_changed_byte_is_refused_with_its_line() {
    let case = Case::new();
    let (bundle, _) = case.bundle(&case.question());
    let policy = case.policy();
    let mut line = 1;
    let (mut stride, mut column) = (0_usize, 0_usize);
    for at in 0..bundle.len() {
        let byte = bundle[at];
        // Every byte of the first line, the first sixty of each other line, and of the rest every
        // forty-first, so that all lines and members are met.
        stride += 1;
        column = if byte == b'\n' { 0 } else { column + 1 };
        if line == 1 || column < 60 || stride % 41 == 0 {
            let mut changed = bundle.clone();
            changed[at] = if byte == b'0' { b'1' } else { byte ^ 1 };
            let refused = read(&changed, &policy).expect_err("a changed byte");
            let near = [1, line, line + 1];
            assert!(
                near.contains(&refused.line),
                "{at} in line {line}: {refused}"
            );
            assert!(!refused.reason.is_empty());
        }
        line += usize::from(byte == b'\n');
    }
    assert!(line > 12, "{line} lines");
}

#[test]
fn bytes_added_or_cut_off_are_refused() {
    let case = Case::new();
    let (bundle, _) = case.bundle(&case.question());
    let policy = case.policy();
    let refusal = |bytes: &[u8]| read(bytes, &policy).unwrap_err().to_string();
    for cut in [1, 2, 40, 64, 80, bundle.len() / 2, bundle.len()] {
        assert!(!refusal(&bundle[..bundle.len() - cut]).is_empty());
    }
    for added in ["\n", " ", "{}\n", "x"] {
        assert!(!refusal(&[&bundle, added.as_bytes()].concat()).is_empty());
        assert!(!refusal(&[added.as_bytes(), &bundle].concat()).is_empty());
    }
    let large = vec![b' '; MAX_BUNDLE_BYTES + 1];
    assert!(refusal(&large).contains("at most"));
}

#[test]
fn without_its_withdrawal_it_cannot_tell() {
    let case = Case::new();
    let question = case.trade.world.ask(&case.withdrawn, "JP");
    let (bundle, verdict) = case.bundle(&question);
    assert_eq!(
        verdict.step(StepName::Status).unwrap().code,
        Code::StatusWithdrawn
    );
    let mut kept = lines(&bundle);
    let before = kept.len();
    kept.retain(|line| !line.contains("\"withdraw\""));
    assert_eq!(kept.len(), before - 1);
    let (why, verdict) = judged(&case, &repacked(&kept));
    assert_eq!(why, Some(NoStatement::RecordMissing));
    cannot_tell(&verdict);
}

#[test]
fn without_a_statement_it_cannot_tell() {
    let case = Case::new();
    let (bundle, _) = case.bundle(&case.question());
    let mut kept = lines(&bundle);
    kept.pop();
    let (why, verdict) = judged(&case, &repacked(&kept));
    assert_eq!(why, Some(NoStatement::Missing));
    cannot_tell(&verdict);
    let (contents, _) = case.contents(&case.question());
    let (why, verdict) = judged(&case, &encode(contents, None).unwrap());
    assert_eq!(why, Some(NoStatement::Missing));
    cannot_tell(&verdict);
}

#[test]
fn a_borrowed_statement_is_none() {
    let case = Case::new();
    let question = case.question();
    let (bundle, _) = case.bundle(&question);
    let other_record = case.trade.world.ask(&case.withdrawn, "JP");
    let other_destination = case.trade.world.ask(&case.certificate, "SE");
    let other_day = Question {
        on: noon("2019-07-20").day(),
        ..question.clone()
    };
    let other_moment = Question {
        known_at: noon("2019-06-30"),
        ..question.clone()
    };
    for (lender, why) in [
        (other_record, NoStatement::OtherRecord),
        (other_destination, NoStatement::OtherDestination),
        (other_moment, NoStatement::OtherMoment),
    ] {
        let (borrowed, _) = case.bundle(&lender);
        let mut mixed = lines(&bundle);
        mixed.pop();
        mixed.push(lines(&borrowed).pop().unwrap());
        let (found, verdict) = judged(&case, &repacked(&mixed));
        assert_eq!(found, Some(why));
        cannot_tell(&verdict);
    }
    // Made for a legal day to come, and used for another day to come.
    let (ahead, verdict) = case.bundle(&other_day);
    assert_eq!(verdict.result, VerdictResult::Recognised);
    let opened = case.open(&ahead);
    assert_eq!(opened.no_statement(&other_day), None);
    let later = Question {
        on: noon("2019-07-21").day(),
        ..other_day
    };
    assert_eq!(opened.no_statement(&later), Some(NoStatement::OtherDay));
    cannot_tell(&opened.decide(&later, &case.policy()));
}

#[test]
fn a_day_that_was_known_and_any_product_may_be_asked_about() {
    let case = Case::new();
    let opened = case.open(&case.bundle(&case.question()).0);
    let suspended = Question {
        on: noon("2019-05-15").day(),
        ..case.question()
    };
    let verdict = opened.decide(&suspended, &case.policy());
    assert_eq!(
        verdict.step(StepName::Status).unwrap().code,
        Code::StatusSuspended
    );
    let another = Question {
        product: ProductFacts {
            model: Some("Z-9".to_owned()),
            ..ProductFacts::default()
        },
        ..case.question()
    };
    let verdict = opened.decide(&another, &case.policy());
    assert_eq!(
        verdict.step(StepName::Product).unwrap().code,
        Code::ProductModelNotListed
    );
    let logs = Logs::of(&case.trade.world);
    for question in [suspended, another] {
        let at_node = logs.with_evidence(&question, |evidence| {
            crate::decide(&question, evidence, &case.policy())
        });
        let offline = opened.decide(&question, &case.policy());
        assert_eq!(offline.canonical_bytes(), at_node.canonical_bytes());
    }
}

#[test]
fn a_statement_by_a_key_that_is_not_listed_is_none() {
    let case = Case::new();
    let (contents, _) = case.contents(&case.question());
    let stranger = SigningKey::from_seed(&seed("stranger"));
    let (why, verdict) = judged(&case, &encode(contents, Some(&stranger)).unwrap());
    assert_eq!(why, Some(NoStatement::SignerNotListed));
    cannot_tell(&verdict);
}

#[test]
fn a_statement_covers_the_lines_before_it() {
    let case = Case::new();
    let question = case.question();
    let (bundle, _) = case.bundle(&question);
    // A cosignature line less, or the receipt of another moment, is another bundle.
    let mut changed = lines(&bundle);
    let asked = "\"on\":\"2019-07-01\"";
    assert!(changed[0].contains(asked));
    changed[0] = changed[0].replace(asked, "\"on\":\"2019-06-20\"");
    let (why, verdict) = judged(&case, &repacked(&changed));
    assert_eq!(why, Some(NoStatement::OtherContents));
    cannot_tell(&verdict);
}

#[test]
fn notes_of_two_histories_are_not_believed_together() {
    let case = Case::new();
    let (mut contents, verdict) = case.contents(&case.question());
    let head = verdict.heads.first().unwrap();
    let logs = Logs::of(&case.trade.world);
    contents.checkpoints = vec![logs.other_history(&head.origin, head.size)];
    let refused = read(
        &encode(contents, Some(&status_key())).unwrap(),
        &case.policy(),
    );
    let refused = refused.unwrap_err();
    assert_eq!(refused.what, "checkpoint");
    assert!(refused.reason.contains("another history"), "{refused}");
}

#[test]
fn keys_never_come_from_the_bundle() {
    let case = Case::new();
    let question = case.question();
    let policy = case.policy();
    // The whole world anew, its logs signed by other keys under the same names.
    let forged = Logs::forged(&case.trade.world);
    let needed = forged.with_evidence(&question, |evidence| needed(&question, evidence, &policy));
    let contents = Contents {
        made_by: authority("SE").did,
        policy_digest: *policy.digest(),
        question: question.clone(),
        heads: forged.heads(&["se.example/log/2018".to_owned()].into()),
        checkpoints: Vec::new(),
        records: Vec::new(),
    };
    let refused = read(
        &encode(contents.clone(), Some(&status_key())).unwrap(),
        &policy,
    );
    assert_eq!(refused.unwrap_err().what, "head");
    let contents = Contents {
        heads: Vec::new(),
        records: forged.lines(&needed.records),
        ..contents
    };
    let refused = read(&encode(contents, Some(&status_key())).unwrap(), &policy).unwrap_err();
    assert_eq!(refused.what, "record");
    assert!(refused.reason.contains("does not prove it"), "{refused}");
}

#[test]
fn logs_that_the_reader_does_not_pin_prove_nothing() {
    let mut case = Case::new();
    let (bundle, _) = case.bundle(&case.question());
    case.trade.world.unpinned = vec!["INT"];
    let (why, verdict) = judged(&case, &bundle);
    assert_eq!(why, None);
    assert_eq!(verdict.result, VerdictResult::NotRecognised);
    assert_eq!(
        verdict.step(StepName::Arrangement).unwrap().code,
        Code::ArrangementNone
    );
}

#[test]
fn what_cannot_be_bundled_says_why() {
    let case = Case::new();
    let (contents, _) = case.contents(&case.question());
    let by_number = Contents {
        question: Question {
            record: crate::question::Selector::Id("urn:uuid:1".to_owned()),
            ..case.question()
        },
        ..contents.clone()
    };
    let made = encode(by_number, Some(&status_key()));
    assert!(made.unwrap_err().to_string().contains("names no record"));
    let mut garbled = contents;
    garbled.records[0].receipts.push("nothing".to_owned());
    let made: Result<_, NotMade> = encode(garbled, None);
    assert!(made.is_err());
}

#[test]
fn lines_out_of_order_or_twice_are_refused() {
    let case = Case::new();
    let (bundle, _) = case.bundle(&case.question());
    let policy = case.policy();
    let all = lines(&bundle);
    let count = all.len();
    let refused = |lines: &[String]| -> Refused { read(&repacked(lines), &policy).unwrap_err() };
    let mut swapped = all.clone();
    swapped.swap(count - 2, count - 3);
    assert!(refused(&swapped).reason.contains("not in order"));
    let mut twice = all.clone();
    twice.insert(1, all[1].clone());
    assert_eq!(refused(&twice).line, 3);
    let mut after = all.clone();
    after.push(all[count - 2].clone());
    assert!(refused(&after).reason.contains("is the last"));
    let mut unknown = all;
    unknown.insert(1, "{\"more\":1}".to_owned());
    assert_eq!(refused(&unknown).what, "line");
}

#[test]
fn a_receipt_before_the_log_counts_as_at_the_node() {
    let mut trade = Trade::new();
    let status = status_key().verifying_key().to_multikey();
    trade.world.policy_head = format!("status_signers = [\"{status}\"]\n");
    let certificate = trade.certificate();
    let lab = trade.lab.clone();
    trade.world.on("2019-05-01");
    trade
        .world
        .event(&lab, &certificate, Action::Withdraw, |_| {});
    // Received then, logged a month later, asked about in between.
    trade.world.on("2019-05-15");
    let mut logs = Logs::of(&trade.world);
    logs.delay_last(noon("2019-06-01"));
    let question = trade.world.ask(&certificate, "JP");
    let policy = trade.world.policy();
    let needed = logs.with_evidence(&question, |evidence| needed(&question, evidence, &policy));
    assert_eq!(needed.verdict.result, VerdictResult::NotRecognised);
    let contents = Contents {
        made_by: authority("SE").did,
        policy_digest: *policy.digest(),
        question: question.clone(),
        heads: logs.heads(&needed.origins),
        checkpoints: Vec::new(),
        records: logs.lines(&needed.records),
    };
    let opened = read(&encode(contents, Some(&status_key())).unwrap(), &policy).unwrap();
    let offline = opened.decide(&question, &policy);
    assert_eq!(offline.canonical_bytes(), needed.verdict.canonical_bytes());
}

#[test]
fn the_world_has_no_bundle_without_logs() {
    // The helper makes real logs of the world's records: each of them stands in one.
    let case = Case::new();
    let logs = Logs::of(&case.trade.world);
    assert_eq!(logs.records().len(), case.trade.world.records.len());
    assert!(
        logs.records()
            .iter()
            .all(|record| record.locations.len() == 1)
    );
    let _: &World = &case.trade.world;
}

#[test]
fn what_is_read_for_names_alone_is_not_noted() {
    let trade = Trade::new();
    let (graph, reads) = TrustGraph::build(trade.world.records.iter().cloned()).watched();
    let authority_did = authority("SE").did;
    let look_up = || graph.registrations(&authority_did, &trade.lab.did).len();
    let held = graph.unnoted(look_up);
    assert!(held > 0);
    assert_eq!(reads.records().len(), 0);
    // From then on it is noted again.
    assert_eq!(look_up(), held);
    assert_eq!(reads.records().len(), held);
}
