use comity_signature::key::SigningKey;

use super::*;

fn report(number: &str) -> Report {
    Report {
        number: number.to_owned(),
        issued_on: "2026-11-20".parse().unwrap(),
        content_digest: [7; 32],
    }
}

fn signed_with(numbers: &[&str]) -> (Vec<Opening>, Record) {
    let key = NamedKey {
        did: "did:web:lab.example".to_owned(),
        key: SigningKey::from_seed(&[1; 32]).into(),
    };
    let signer = Signer {
        did: key.did.clone(),
        authority: "did:web:nqi.example".to_owned(),
        name: "Example Laboratory".to_owned(),
    };
    let committing = Committing {
        key: &key,
        signer: &signer,
        title: "Test reports",
        language: "en",
        batch: 2_000,
    };
    let reports: Vec<Report> = numbers.iter().map(|number| report(number)).collect();
    let now = "2026-11-23T08:00:00Z".parse().unwrap();
    let (openings, bytes) = committing.sign(&reports, now).unwrap();
    assert!(bytes.len() <= MAX_BODY_BYTES, "{}", bytes.len());
    (openings, Record::check(&bytes).unwrap())
}

#[test]
fn every_report_has_a_salt_of_its_own_and_opens() {
    let (openings, record) = signed_with(&["TR-1", "TR-2"]);
    let Subject::Commitment(commitment) = &record.subject else {
        panic!("{record:?}");
    };
    assert_ne!(openings[0].salt, openings[1].salt);
    for (opening, listed) in openings.iter().zip(&commitment.reports) {
        assert_eq!(opening.commitment, record.id);
        assert_eq!(opening.number, listed.number);
        let salt = comity_signature::digest::from_hex(&opening.salt).unwrap();
        assert_eq!(committed(&salt, &[7; 32]), listed.digest);
        assert!(!listed.digest.contains(&opening.salt));
    }
}

#[test]
fn the_largest_commitment_stays_within_the_limit_of_bodies() {
    // As many short numbers as there may be, and as many long ones as are let in by their bytes:
    // of 200 letters of two bytes each.
    let short: Vec<String> = (0..MAX_COMMITTED_REPORTS)
        .map(|n| format!("TR-{n:06}"))
        .collect();
    let size: usize = short.iter().map(|number| bytes_of(number)).sum();
    assert!(size <= MAX_BODY_BYTES - ENVELOPE_BYTES, "{size}");
    signed_with(&short.iter().map(String::as_str).collect::<Vec<_>>());
    let long = |n: usize| format!("{n:04}{}", "я".repeat(MAX_NUMBER_CHARS - 4));
    let count = (MAX_BODY_BYTES - ENVELOPE_BYTES) / bytes_of(&long(0));
    let long: Vec<String> = (0..count).map(long).collect();
    signed_with(&long.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn numbers_that_are_none_are_refused() {
    let longest = "1".repeat(MAX_NUMBER_CHARS);
    for number in ["TR-1", "ИЛ-2026/17", "检2026-1", &longest] {
        assert_eq!(fault_of_number(number), None, "{number}");
    }
    for number in [
        "",
        " ",
        "--",
        "TR\u{7}1",
        "TR-1\nTR-2",
        "TR-\u{202e}71",
        &format!("{longest}1"),
    ] {
        assert!(fault_of_number(number).is_some(), "{number:?}");
    }
}

#[test]
fn a_batch_has_one_to_two_thousand_reports() {
    assert_eq!(batch_size("1"), Ok(1));
    assert_eq!(batch_size("2000"), Ok(2_000));
    for text in ["0", "2001", "-1", "many"] {
        assert!(batch_size(text).is_err(), "{text}");
    }
}
