use comity_model::date::LegalDate;
use comity_model::grant::GrantType;
use comity_model::product::ProductCode;
use comity_model::record::{Attribution, ImportedFrom, Kind, Record, Subject};
use comity_model::registration::Role;
use comity_model::samples::draft;
use comity_recognition::Policy;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest;
use comity_signature::key::SigningKey;

use super::facts::Facts;
use super::tally::Tally;
use super::*;
use crate::clock::Clock;
use crate::config::{Config, Keys, own_policy};
use crate::import::{imported_id, subject_digest};
use crate::tests::{AUTHORITY, SEED, grant, node, now, signed, today, uuid};
use crate::{Node, Place};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What is asked, such as `certificates by month,kind in SE from 2026-01-01 on 2026-11-23`.
fn query(text: &str) -> StatisticsQuery {
    let mut words = text.split(' ');
    let of = words.next().unwrap();
    let of = Population::ALL.into_iter().find(|one| one.name() == of);
    let mut query = StatisticsQuery::new(of.unwrap());
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        match name {
            "by" => {
                let by = value.split(',').map(|name| {
                    let mut all = Dimension::ALL.into_iter();
                    all.find(|by| by.name() == name).unwrap()
                });
                query.by = by.collect();
            }
            "in" => query.economies.push(value.to_owned()),
            "from" => query.from = Some(day(value)),
            "until" => query.until = Some(day(value)),
            _ => query.on = Some(day(value)),
        }
    }
    query
}

/// A line for each group: its values, the source, and the counts that are not zero.
fn lines(rows: &[Group], of: Population) -> Vec<String> {
    let line = |row: &Group| {
        let values = row.values.iter();
        let values: Vec<_> = values
            .map(|value| value.as_deref().unwrap_or("-"))
            .collect();
        let source = row.source.name();
        format!("{} {source}: {}", values.join(" "), counts(&row.counts, of))
    };
    rows.iter().map(line).collect()
}

fn counts(counts: &[u64], of: Population) -> String {
    let named = of.counts().iter().zip(counts);
    let said = named.filter(|(_, count)| **count > 0);
    let said: Vec<_> = said
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    said.join(", ")
}

fn facts(economies: &[&str], chapters: &[&str], dated: &str) -> Facts {
    let set = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    let dated: LegalDate = match dated.split_once("..") {
        Some((from, to)) => LegalDate::between(day(from), day(to)),
        None => day(dated).into(),
    };
    Facts {
        source: Source::Native,
        economies: set(economies),
        kinds: set(&["productCertificate"]),
        chapters: set(chapters),
        standards: set(&["IEC 1", "IEC 2"]),
        dated,
    }
}

#[test]
fn a_record_counts_in_each_of_its_groups_and_once_in_the_total() {
    let query = query("certificates by chapter,economy");
    let mut tally = Tally::new(&query);
    let on = day("2026-11-23");
    let two = facts(&["SE", "FI"], &["84", "85"], "2026-10-05");
    tally.add(&two, on, "inForce").unwrap();
    let one = facts(&["SE"], &["85"], "2026-10-06");
    tally.add(&one, on, "expired").unwrap();
    let none = facts(&[], &[], "2026-10-07");
    tally.add(&none, on, "inForce").unwrap();
    let imported = Facts {
        source: Source::Imported,
        ..one
    };
    tally.add(&imported, on, "inForce").unwrap();
    let (rows, [native, of_registers]) = tally.finish();
    assert_eq!(
        lines(&rows, query.of),
        [
            "- - native: total 1, inForce 1",
            "84 FI native: total 1, inForce 1",
            "84 SE native: total 1, inForce 1",
            "85 FI native: total 1, inForce 1",
            "85 SE native: total 2, inForce 1, expired 1",
            "85 SE imported: total 1, inForce 1",
        ]
    );
    assert_eq!(counts(&native, query.of), "total 3, inForce 2, expired 1");
    assert_eq!(counts(&of_registers, query.of), "total 1, inForce 1");
}

#[test]
fn days_and_economies_narrow_what_is_counted() {
    let records = [
        facts(&["SE", "FI"], &["84"], "2026-09-30"),
        facts(&["FI"], &["85"], "2026-10-01"),
        facts(&["SE"], &["85"], "2026-10-31"),
        // Counts by its last possible day, and in no month.
        facts(&["SE"], &["85"], "2026-10-20..2026-11-02"),
        facts(&["SE"], &["85"], "2026-11-01..2026-11-02"),
    ];
    let check = |text: &str, on: &str, expected: &[&str]| {
        let query = query(text);
        let mut tally = Tally::new(&query);
        for record in &records {
            tally.add(record, day(on), "inForce").unwrap();
        }
        let rows = tally.finish().0;
        assert_eq!(lines(&rows, query.of), expected, "{text} on {on}");
    };
    check(
        "certificates by month",
        "2026-11-02",
        &[
            "- native: total 1, inForce 1",
            "2026-09 native: total 1, inForce 1",
            "2026-10 native: total 2, inForce 2",
            "2026-11 native: total 1, inForce 1",
        ],
    );
    check(
        "certificates by month",
        "2026-11-01",
        &[
            "2026-09 native: total 1, inForce 1",
            "2026-10 native: total 2, inForce 2",
        ],
    );
    // Of a certificate for two economies the one asked for is counted.
    check(
        "certificates by economy in SE until 2026-10-31",
        "2026-11-23",
        &["SE native: total 2, inForce 2"],
    );
    check(
        "certificates by economy from 2026-10-01 until 2026-10-01",
        "2026-11-23",
        &["FI native: total 1, inForce 1"],
    );
}

#[test]
fn more_groups_than_the_limit_are_refused() {
    let query = query("certificates by chapter");
    let on = day("2026-11-23");
    let many = |count: usize| {
        let mut many = facts(&["SE"], &[], "2026-10-01");
        many.chapters = (0..count).map(|number| number.to_string()).collect();
        many
    };
    let mut tally = Tally::new(&query);
    tally.add(&many(MAX_GROUPS), on, "inForce").unwrap();
    // What falls into groups that are there still counts.
    tally.add(&many(MAX_GROUPS), on, "inForce").unwrap();
    let error = tally.add(&many(MAX_GROUPS + 1), on, "inForce");
    let Err(Error::Question { parameter, detail }) = error else {
        panic!("{error:?}");
    };
    assert_eq!(parameter, "by");
    assert!(detail.contains("more than 10000 groups"), "{detail}");
}

/// A certificate by the authority, issued on a day, for these HS codes.
fn certificate(number: u8, issued: &str, until: Option<&str>, codes: &[&str]) -> Record {
    let mut record = draft(Kind::Attestation, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::Attestation(attestation) = &mut record.subject {
        let details = &mut attestation.comity;
        details.certificate_number = format!("SE-{number}");
        details.grants.clear();
        details.legal_dates.issued_on = day(issued).into();
        details.legal_dates.valid_until = until.map(|until| day(until).into());
        let codes = codes.iter().filter_map(|code| ProductCode::hs(code, None));
        details.objects[0].product_codes = codes.collect();
    }
    dated(record)
}

/// With the dates of its envelope as its own say.
fn dated(mut record: Record) -> Record {
    (record.valid_from, record.valid_until) = record.subject.envelope_dates().unwrap();
    record
}

fn suspension(number: u8, subject: &Record, from: &str) -> Record {
    let mut record = draft(Kind::StatusEvent, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    let document = to_canonical(&subject.to_value()).unwrap();
    if let Subject::StatusEvent(event) = &mut record.subject {
        let about = &mut event.subjects[0];
        AUTHORITY.clone_into(&mut about.authority);
        AUTHORITY.clone_into(&mut about.issuer);
        about.id.clone_from(&subject.id);
        about.digest_multibase = digest::to_multibase(digest::sha256(&document));
        event.effective_from = day(from).into();
    }
    record
}

async fn publish(node: &Node, records: &[Record]) {
    let bodies = records
        .iter()
        .map(|record| signed(record, AUTHORITY, &SEED));
    for outcome in node.publish(bodies.collect()).await.unwrap() {
        outcome.unwrap();
    }
}

async fn counted(node: &Node, text: &str) -> std::sync::Arc<Statistics> {
    let asked = node.statistics(query(text), Duration::from_mins(1)).await;
    match asked.unwrap() {
        Counted::Done(counted) => counted,
        other => panic!("{other:?}"),
    }
}

async fn check(node: &Node, text: &str, groups: &[&str], totals: [&str; 2]) {
    let counted = counted(node, text).await;
    let of = counted.query.of;
    assert_eq!(lines(&counted.rows, of), groups, "{text}");
    let [native, imported] = &counted.totals;
    let found = [counts(native, of), counts(imported, of)];
    assert_eq!(found, totals, "{text}");
}

#[tokio::test]
async fn certificates_are_counted_as_of_a_day() {
    let node = node().await;
    let suspended = certificate(3, "2026-11-02", None, &[]);
    let records = [
        certificate(1, "2026-10-05", None, &["8516.72", "8418.10", "8516.60"]),
        certificate(2, "2026-10-20", Some("2026-11-01"), &["8516.60"]),
        suspended.clone(),
        // Issued after the day.
        certificate(4, "2026-11-24", None, &["8516.60"]),
        suspension(9, &suspended, "2026-11-10"),
    ];
    publish(&node, &records).await;
    let today = ["total 3, inForce 1, suspended 1, expired 1", ""];
    let by_month = [
        "2026-10 native: total 2, inForce 1, expired 1",
        "2026-11 native: total 1, suspended 1",
    ];
    check(&node, "certificates by month", &by_month, today).await;
    let by_chapter = [
        "- SE productCertificate native: total 1, suspended 1",
        "84 SE productCertificate native: total 1, inForce 1",
        "85 SE productCertificate native: total 2, inForce 1, expired 1",
    ];
    let asked = "certificates by chapter,economy,kind on 2026-11-23";
    check(&node, asked, &by_chapter, today).await;
    for (asked, total) in [
        (
            "on 2026-11-24",
            "total 4, inForce 2, suspended 1, expired 1",
        ),
        ("on 2026-11-09", "total 3, inForce 2, expired 1"),
        ("on 2026-11-01", "total 2, inForce 2"),
        ("in FI", ""),
        ("in SE in FI on 2026-11-01", "total 2, inForce 2"),
        (
            "from 2026-10-20 until 2026-11-02",
            "total 2, suspended 1, expired 1",
        ),
    ] {
        check(&node, &format!("certificates {asked}"), &[], [total, ""]).await;
    }
    let by = "suspensions by month,economy";
    check(&node, &format!("{by} on 2026-11-09"), &[], ["", ""]).await;
    let november = "2026-11 SE native: total 1, inForce 1";
    check(&node, by, &[november], ["total 1, inForce 1", ""]).await;
}

#[tokio::test]
async fn what_is_kept_ready_is_counted_anew_once_the_log_grows() {
    let node = node().await;
    publish(&node, &[certificate(1, "2026-10-05", None, &[])]).await;
    let first = counted(&node, "certificates").await;
    assert_eq!(first.logs, [(node.config().origin(), 1)]);
    let again = counted(&node, "certificates").await;
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    publish(&node, &[certificate(2, "2026-10-05", None, &[])]).await;
    let second = counted(&node, "certificates").await;
    assert_eq!(second.logs, [(node.config().origin(), 2)]);
    assert_eq!(second.totals[0][0], 2);
}

#[tokio::test]
async fn nobody_waits_longer_than_asked_and_the_count_goes_on() {
    let node = node().await;
    publish(&node, &[certificate(1, "2026-10-05", None, &[])]).await;
    let asked = query("certificates");
    let going = node.statistics(asked, Duration::ZERO).await.unwrap();
    assert!(matches!(going, Counted::Going { .. }), "{going:?}");
    let counted = counted(&node, "certificates").await;
    assert_eq!(counted.totals[0][0], 1);
}

#[tokio::test]
async fn two_wrappings_of_a_document_are_one_certificate() {
    let node = node().await;
    let record = certificate(1, "2026-10-05", None, &[]);
    let document = to_canonical(&record.to_value()).unwrap();
    let key = SigningKey::from_seed(&SEED);
    let wrapped = |created| sign(&document, AUTHORITY, &key, created, &Limits::default()).unwrap();
    let bodies = vec![wrapped(None), wrapped(Some("2026-11-01T00:00:00Z"))];
    for outcome in node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    assert_eq!(node.head().size, 2);
    check(&node, "certificates", &[], ["total 1, inForce 1", ""]).await;
}

const LABORATORY: &str = "did:web:lab.example.se";

/// A grant to the laboratory, for IEC 60335-1 and HS 8516, from 2026-09-01.
fn granted(number: u8, grant_type: GrantType) -> Record {
    let mut record = grant(number);
    if let Subject::CompetenceGrant(grant) = &mut record.subject {
        grant.grant_type = grant_type;
        grant.economies = vec!["SE".to_owned()];
        grant.grantee.id = Some(LABORATORY.to_owned());
        grant.grantee.registered_by = Some(AUTHORITY.to_owned());
        grant.period.from = day("2026-09-01").into();
        grant.initial_on = None;
        let scope = &mut grant.scope[0];
        scope.standards = vec!["IEC 60335-1:2020".parse().unwrap()];
        scope.products[0].include = vec!["8516".to_owned()];
    }
    dated(record)
}

/// The laboratory, which inspects too, registered from 2026-11-20.
fn registered(number: u8) -> Record {
    let mut record = draft(Kind::Registration, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::Registration(registration) = &mut record.subject {
        LABORATORY.clone_into(&mut registration.id);
        registration.economies = vec!["SE".to_owned()];
        registration.roles = vec![Role::Laboratory, Role::InspectionBody];
        let key = SigningKey::from_seed(&[9; 32]).verifying_key();
        registration.keys[0].key = key.to_multikey();
        registration.keys[0].from = None;
        registration.period.from = day("2026-11-20").into();
    }
    dated(record)
}

/// The same as a row of a register.
fn imported(mut record: Record) -> Record {
    record.comity.imported_from = Some(ImportedFrom {
        system: "register".to_owned(),
        source_id: "7".to_owned(),
        fetched_on: today(),
        attributed_to: Attribution {
            id: "https://register.example".to_owned(),
            name: "Register".to_owned(),
            economies: vec!["SE".to_owned()],
        },
        source_signed: false,
    });
    let digest = subject_digest(&record);
    record.id = imported_id(AUTHORITY, "register", "7", &digest, None);
    record
}

#[tokio::test]
async fn grants_and_bodies_are_counted_and_unknown_importers_are_not() {
    let node = node().await;
    let records = [
        granted(1, GrantType::Accreditation),
        imported(granted(2, GrantType::Designation)),
        registered(3),
    ];
    publish(&node, &records).await;
    let one = ["total 1, inForce 1", ""];
    let groups = [
        "accreditation 85 IEC 60335-1:2020 native: total 1, inForce 1",
        "accreditation 85 ISO/IEC 17025:2017 native: total 1, inForce 1",
    ];
    check(&node, "grants by kind,chapter,standard", &groups, one).await;
    // No importer is named in the policy of this node.
    let left_out = counted(&node, "grants by month").await.left_out;
    let expected = LeftOut {
        not_believed: 1,
        ..LeftOut::default()
    };
    assert_eq!(left_out, expected);
    // A body has the chapters of what it was granted, and both its roles.
    let groups = [
        "inspectionBody 85 2026-11 native: total 1, inForce 1",
        "laboratory 85 2026-11 native: total 1, inForce 1",
    ];
    check(&node, "bodies by kind,chapter,month", &groups, one).await;
    check(&node, "bodies on 2026-11-19", &[], ["", ""]).await;
}

#[tokio::test]
async fn what_a_named_importer_signs_is_counted_apart() {
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    let keys = Keys::from_seeds(&config, &SEED, &[8; 32]).unwrap();
    let importer = format!("\n[[importers]]\nsigner = \"{AUTHORITY}\"\nsystem = \"register\"\n");
    let policy = Policy::parse(&(own_policy(&config, &keys) + &importer)).unwrap();
    let clock = Clock::simulated(now());
    let node = Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap();
    let row = certificate(2, "2026-10-05", None, &["8516.60"]);
    let native = certificate(1, "2026-10-05", None, &["8516.60"]);
    publish(&node, &[native, imported(row)]).await;
    let groups = [
        "SE 2026-10 native: total 1, inForce 1",
        "SE 2026-10 imported: total 1, inForce 1",
    ];
    let one = "total 1, inForce 1";
    check(&node, "certificates by economy,month", &groups, [one, one]).await;
}

#[tokio::test]
async fn questions_beyond_a_limit_are_refused_by_name() {
    let node = node().await;
    for (text, parameter) in [
        ("certificates by economy,kind,chapter,month", "by"),
        ("certificates by kind,kind", "by"),
        ("certificates in Sweden", "in"),
        ("certificates from 2026-02-01 until 2026-01-31", "until"),
    ] {
        let refused = node.statistics(query(text), Duration::ZERO).await;
        let Err(Error::Question {
            parameter: named, ..
        }) = refused
        else {
            panic!("{text}: {refused:?}");
        };
        assert_eq!(named, parameter, "{text}");
    }
    let mut many = query("certificates");
    many.economies = vec!["SE".to_owned(); MAX_ECONOMIES + 1];
    assert!(node.statistics(many.clone(), Duration::ZERO).await.is_err());
    many.economies.truncate(MAX_ECONOMIES);
    many.by = vec![Dimension::Economy, Dimension::Kind, Dimension::Month];
    let asked = node.statistics(many, Duration::from_mins(1)).await;
    assert!(asked.is_ok(), "{asked:?}");
}
