//! The record itself: signature, log, days, product, and look-ups that fit none or several.

use comity_model::product::ProductCode;
use comity_model::status::Action;
use expect_test::{Expect, expect};

use super::world::{World, authority, date, day, noon};
use super::{Trade, check};
use crate::evidence::{CosignatureTime, EvidenceRecord, Location};
use crate::question::{ProductFacts, Question, Selector};
use crate::wording::{Language, Style, sentence};

#[test]
fn an_edited_certificate() {
    let mut trade = Trade::new();
    let record = trade.world.attest_draft(&trade.lab.clone(), |_| {});
    let value = record.to_value();
    let lab = trade.lab.clone();
    let bytes = comity_signature::canonical::to_canonical(&value).unwrap();
    let limits = comity_signature::canonical::Limits::default();
    let signed = comity_signature::data_integrity::sign(&bytes, &lab.did, &lab.key, None, &limits);
    let text = String::from_utf8(signed.unwrap()).unwrap();
    let edited = trade.world.log(text.replace("X-1", "X-2").as_bytes(), "SE");
    check(
        &trade.world,
        &trade.world.ask(&edited, "JP"),
        &expect![[r#"
        NotRecognised, None: integrity
        Fail integrity.signatureInvalid
    "#]],
    );
    let spaced = trade
        .world
        .log(text.replacen(':', ": ", 1).as_bytes(), "SE");
    check(
        &trade.world,
        &trade.world.ask(&spaced, "JP"),
        &expect![[r#"
        NotRecognised, None: integrity
        Fail integrity.notCanonical
    "#]],
    );
    let unsigned = trade.world.log(&bytes, "SE");
    let mut question = trade.world.ask(&unsigned, "JP");
    question.record = Selector::RecordDigest(hex::encode(unsigned.record_digest));
    check(
        &trade.world,
        &question,
        &expect![[r#"
        NotRecognised, None: integrity
        Fail integrity.notSigned
    "#]],
    );
}

#[test]
fn a_record_that_was_not_logged_where_it_counts() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let question = trade.world.ask(&certificate, "JP");
    trade.world.records.pop();
    let mut moved = (*certificate).clone();
    moved.locations.clear();
    trade.world.records.push(std::sync::Arc::new(moved.clone()));
    check(
        &trade.world,
        &question,
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: log
        Unknown log.notLogged
    "#]],
    );
    trade.world.records.pop();
    moved.locations = vec![Location {
        origin: "other.example/log/2018".into(),
        ..certificate.locations[0].clone()
    }];
    trade.world.records.push(std::sync::Arc::new(moved));
    check(
        &trade.world,
        &question,
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: log
        Unknown log.notPinned
    "#]],
    );
}

#[test]
fn as_known_earlier() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let mut question = trade.world.ask(&certificate, "JP");
    question.on = day("2019-05-01");
    question.known_at = noon("2019-05-01");
    trade.world.on("2019-06-01");
    let lab = trade.lab.clone();
    trade
        .world
        .event(&lab, &certificate, Action::Withdraw, |event| {
            event.effective_from = date("2019-04-01");
        });
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    question.known_at = noon("2019-06-01");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: status
        Fail status.withdrawn
    "#]],
    );
    // Before it was logged nothing could be told.
    question.known_at = noon("2019-02-01");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: log
        Unknown log.notYetLogged
    "#]],
    );
}

#[test]
fn what_takes_away_is_known_from_its_receipt() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let lab = trade.lab.clone();
    trade.world.on("2019-06-01");
    let event = trade
        .world
        .event(&lab, &certificate, Action::Suspend, |event| {
            event.effective_from = date("2019-04-01");
        });
    trade.world.records.pop();
    let mut early = (*event).clone();
    early.received_at = Some(noon("2019-04-15"));
    trade.world.records.push(std::sync::Arc::new(early));
    let mut question = trade.world.ask(&certificate, "JP");
    question.on = day("2019-04-20");
    question.known_at = noon("2019-04-20");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: status
        Fail status.suspended
    "#]],
    );
    question.known_at = noon("2019-04-10");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
}

#[test]
fn days() {
    let ask = |from: Option<&str>, until: Option<&str>, on: &str, expected: &Expect| {
        let mut trade = Trade::new();
        let lab = trade.lab.clone();
        let certificate = trade.world.attest(&lab, |details| {
            details.legal_dates.valid_from = from.map(date);
            details.legal_dates.valid_until = until.map(date);
        });
        trade.world.on(on);
        check(&trade.world, &trade.world.ask(&certificate, "JP"), expected);
    };
    ask(
        None,
        Some("2020-03-01"),
        "2020-03-01",
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    ask(
        None,
        Some("2020-03-01"),
        "2020-03-02",
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: dates
        Fail dates.expired
    "#]],
    );
    ask(
        Some("2019-04-01"),
        None,
        "2019-03-31",
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: dates
        Fail dates.notYetValid
    "#]],
    );
}

#[test]
fn a_day_of_issue_that_is_only_claimed() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let certificate = trade
        .world
        .attest(&lab, |d| d.legal_dates.issued_on = date("2018-12-01"));
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn dates.issueNotProven
        "#]],
    );
    trade.world.policy_head = "require_proven_issue_date = true\n".to_owned();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: dates
            Unknown dates.issueNotProven
        "#]],
    );
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one certificate, asked about in many ways"
)]
fn another_product() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let certificate = trade.world.attest(&lab, |details| {
        details.objects[0].lots = vec!["L 7".to_owned()];
        details.objects[0].quantity = Some(comity_model::attestation::Quantity {
            value: "100".to_owned(),
            unit: "t".to_owned(),
        });
    });
    let ask = |product: ProductFacts, expected: &Expect| {
        let question = Question {
            product,
            ..trade.world.ask(&certificate, "JP")
        };
        check(&trade.world, &question, expected);
    };
    let some = |text: &str| Some(text.to_owned());
    let nothing = ProductFacts::default;
    ask(
        ProductFacts {
            model: some("x-1"),
            lot: some("L-7"),
            ..nothing()
        },
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    ask(
        ProductFacts {
            model: some("X-2"),
            ..nothing()
        },
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: product
            Fail product.modelNotListed
        "#]],
    );
    ask(
        ProductFacts {
            lot: some("L8"),
            ..nothing()
        },
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: product
            Fail product.lotNotListed
        "#]],
    );
    ask(
        ProductFacts {
            gtin: some("04006381333931"),
            ..nothing()
        },
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: product
            Unknown product.notSaid
        "#]],
    );
    let hs = |code| ProductCode::hs(code, None).into_iter().collect();
    ask(
        ProductFacts {
            codes: hs("851672"),
            ..nothing()
        },
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    ask(
        ProductFacts {
            codes: hs("8516"),
            ..nothing()
        },
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: product
            Unknown product.needsReading
        "#]],
    );
    ask(
        ProductFacts {
            codes: hs("851650"),
            ..nothing()
        },
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: product
            Fail product.codeNotListed
        "#]],
    );
    let tonnes = |value: &str| {
        Some(comity_model::attestation::Quantity {
            value: value.to_owned(),
            unit: "t".to_owned(),
        })
    };
    ask(
        ProductFacts {
            quantity: tonnes("99.5"),
            ..nothing()
        },
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    ask(
        ProductFacts {
            quantity: tonnes("100.01"),
            ..nothing()
        },
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: product
            Fail product.quantityExceeded
        "#]],
    );
    ask(
        ProductFacts {
            holder: some("Somebody else"),
            ..nothing()
        },
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: product
            Unknown product.holderDiffers
        "#]],
    );
}

#[test]
fn nothing_fits_and_several_fit() {
    let mut trade = Trade::new();
    let question = |world: &World, number: &str| Question {
        record: Selector::Number {
            number: number.to_owned(),
            issuer: None,
        },
        in_economy: "JP".to_owned(),
        on: world.now.day(),
        known_at: world.now,
        product: ProductFacts::default(),
        file_number: Some("F-1".to_owned()),
    };
    check(
        &trade.world,
        &question(&trade.world, "C-100"),
        &expect![[r#"
        CannotTell, None: identity
        Unknown record.notHeld
    "#]],
    );
    let certificate = trade.certificate();
    check(
        &trade.world,
        &question(&trade.world, "C-100"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    // A stranger who signs the same number makes nothing ambiguous.
    let stranger = authority("XX").with_key("stranger");
    trade.world.attest(&stranger, |_| {});
    check(
        &trade.world,
        &question(&trade.world, "C-100"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    let other = trade.world.body("SE", "other");
    trade.world.attest(&other, |_| {});
    let several = trade.world.answer(&question(&trade.world, "C-100"));
    expect![[r#"
        CannotTell, None: identity
        Unknown record.ambiguous
    "#]]
    .assert_eq(&super::describe(&several));
    assert_eq!(several.candidates.len(), 2);
    assert_eq!(several.question.file_number.as_deref(), Some("F-1"));
    assert!(
        !String::from_utf8(several.canonical_bytes())
            .unwrap()
            .contains("F-1")
    );
    assert!(
        several
            .candidates
            .contains(&certificate.identity().unwrap())
    );
}

#[test]
fn something_else_than_an_attestation() {
    let trade = Trade::new();
    let mut question = trade.world.ask(&trade.grant, "JP");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        CannotTell, None: integrity
        Unknown integrity.notAnAttestation
    "#]],
    );
    question.record = Selector::RecordDigest(hex::encode([7; 32]));
    check(
        &trade.world,
        &question,
        &expect![[r#"
        CannotTell, None: identity
        Unknown record.notHeld
    "#]],
    );
}

#[test]
fn a_quorum_dates_a_log() {
    let mut trade = Trade::new();
    let names = ["JP", "KZ", "BR", "IN"];
    let signer = |economy: &str| {
        let seed = comity_signature::digest::sha256(economy.as_bytes());
        comity_tlog::note::NoteSigner::cosigner(&format!("{economy}.example"), &seed).unwrap()
    };
    let members: Vec<String> = (names.iter())
        .map(|name| {
            format!(
                "{{ vkey = \"{}\", economy = \"{name}\" }}",
                signer(name).vkey()
            )
        })
        .collect();
    let cosigners = format!(
        "[[cosigners]]\nfrom = \"2018-01-01T00:00:00Z\"\nmembers = [{}]\n",
        members.join(", ")
    );
    let certificate = trade.certificate();
    trade.world.records.pop();
    let cosigned = |hours: &[i64]| {
        let mut moved: EvidenceRecord = (*certificate).clone();
        let mut checkpoint = moved.locations[0].checkpoints[0].clone();
        checkpoint.lines = (names.iter().zip(hours))
            .map(|(name, hours)| CosignatureTime {
                cosigner: *signer(name).vkey().public_key(),
                time: noon("2019-03-01").plus_seconds(hours * 3_600),
            })
            .collect();
        moved.locations[0].checkpoints = std::sync::Arc::new([checkpoint]);
        moved
    };
    let quorum = format!("{}{cosigners}", trade.world.policy);
    let text = |trade: &Trade| {
        // Only the log of SE is dated by the quorum.
        let policy = toml::to_string(trade.world.policy().file()).unwrap();
        let mut file: crate::policy::PolicyFile = toml::from_str(&policy).unwrap();
        file.cosigners = toml::from_str::<crate::policy::PolicyFile>(&quorum)
            .unwrap()
            .cosigners;
        file.log[0].dated_by = crate::policy::DatedBy::Quorum;
        crate::Policy::new(file).unwrap()
    };
    let policy = text(&trade);
    let mut question = trade.world.ask(&certificate, "JP");
    question.known_at = noon("2019-03-02");
    let trust = crate::trust_graph::TrustGraph::default();
    let log_step = |hours: &[i64]| {
        let evidence = crate::Evidence {
            candidates: vec![std::sync::Arc::new(cosigned(hours))],
            revisions: Vec::new(),
            events: Vec::new(),
            trust: &trust,
            heads: &[],
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            no_statement: None,
        };
        let verdict = crate::decide(&question, &evidence, &policy);
        let step = verdict.step(crate::verdict::StepName::Log).unwrap();
        sentence(step, Language::En, Style::Codes)
    };
    // Four members: three lines are enough, and the second smallest time counts.
    expect!["It was logged in se.example/log/2018 at index 5 on 2019-03-01T14:00:00Z."]
        .assert_eq(&log_step(&[1, 2, 3]));
    expect!["It was logged in se.example/log/2018 at index 5 on 2019-03-01T14:00:00Z."]
        .assert_eq(&log_step(&[-900, 2, 3, 4]));
    expect!["Too few cosigners date its entry in se.example/log/2018."]
        .assert_eq(&log_step(&[1, 2]));
}
