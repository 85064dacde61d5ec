use comity_model::record::{Kind, Subject};
use comity_model::samples::draft;

use super::*;
use crate::tests::{AUTHORITY, SEED, node, now, signed, today};

#[test]
fn a_log_is_used_as_asked_and_never_beyond_the_head() {
    let head = Head {
        origin: "own".to_owned(),
        size: 5,
        root: [0; 32],
        note: Vec::new(),
        updated_at: 0,
    };
    let sizes = |up_to: &[(&str, u64)]| {
        let up_to = up_to.iter().map(|(log, size)| ((*log).to_owned(), *size));
        let sizes = sizes_under(&head, &up_to.collect());
        (sizes.get("own").copied(), sizes.get("other").copied())
    };
    assert_eq!(sizes(&[]), (Some(5), None));
    assert_eq!(sizes(&[("own", 9), ("other", 9)]), (Some(5), Some(9)));
    assert_eq!(sizes(&[("own", 3)]), (Some(3), None));
}

/// Attestations of one signer under one number, and how that number is answered.
async fn asked(count: u8) -> (usize, bool) {
    let node = node().await;
    let bodies = (0..count).map(|number| {
        let id = format!("urn:uuid:01935fa0-0000-7000-8000-0000000000{number:02x}");
        let mut record = draft(Kind::Attestation, AUTHORITY, &id, today());
        record.comity.authority = AUTHORITY.to_owned();
        if let Subject::Attestation(attestation) = &mut record.subject {
            attestation.comity.certificate_number = "C-1".to_owned();
        }
        signed(&record, AUTHORITY, &SEED)
    });
    for outcome in node.publish(bodies.collect()).await.unwrap() {
        outcome.unwrap();
    }
    let number = |issuer: Option<&str>| Selector::Number {
        number: "C 1".to_owned(),
        issuer: issuer.map(str::to_owned),
    };
    let other = number(Some("did:web:other.example"));
    assert!(node.look_up(&other).await.unwrap().is_empty());
    let own = node.look_up(&number(Some(AUTHORITY))).await.unwrap();
    let gathered = node
        .shared
        .gather(
            &number(None),
            None,
            &TrustGraph::default(),
            (now(), &BTreeMap::new()),
        )
        .await
        .unwrap();
    (own.len(), gathered.cut)
}

#[tokio::test]
async fn more_records_than_are_looked_at_are_noticed() {
    assert_eq!(asked(64).await, (64, false));
    assert_eq!(asked(65).await, (64, true));
}
