use serde_json::json;

use super::*;

const SIGNER: &str = "did:web:lab.example";

fn event(signer: &str, sequence: u64, digest: u8) -> Value {
    let digest = hex::encode([digest; 32]);
    json!({"event": {"signer": {"did": signer}, "sequence": sequence, "documentDigest": digest}})
}

fn record(id: usize) -> Value {
    json!({
        "id": format!("urn:uuid:00000000-0000-7000-8000-{id:012}"),
        "authority": "did:web:nqi.example",
        "issuer": {"id": SIGNER},
        "documentDigest": hex::encode([7; 32]),
    })
}

#[test]
fn the_first_event_has_number_one() {
    let history = [event("did:web:other.example", 1, 1)];
    assert_eq!(Chain::of(&history, SIGNER).unwrap(), Chain::default());
    let subject = subject(&record(1), Chain::default()).unwrap();
    assert_eq!((subject.sequence, subject.previous_event), (1, None));
}

#[test]
fn the_next_event_names_the_one_before() {
    let history = [
        event(SIGNER, 2, 2),
        event("did:web:other.example", 9, 9),
        event(SIGNER, 1, 1),
    ];
    let chain = Chain::of(&history, SIGNER).unwrap();
    let subject = subject(&record(1), chain).unwrap();
    assert_eq!(subject.sequence, 3);
    assert_eq!(subject.previous_event, Some(to_multibase([2; 32])));
}

#[test]
fn a_gap_or_a_fork_is_not_continued() {
    assert!(Chain::of(&[event(SIGNER, 2, 2)], SIGNER).is_err());
    assert!(Chain::of(&[event(SIGNER, 1, 1), event(SIGNER, 1, 2)], SIGNER).is_err());
    let listed_twice = [event(SIGNER, 1, 1), event(SIGNER, 1, 1)];
    assert_eq!(Chain::of(&listed_twice, SIGNER).unwrap().sequence, 1);
}

#[test]
fn a_thousand_records_go_into_one_event() {
    let subjects = |count: usize| -> Vec<EventSubject> {
        (0..count)
            .map(|id| subject(&record(id), Chain::default()).unwrap())
            .collect()
    };
    let sizes = |count| {
        portions(subjects(count))
            .iter()
            .map(Vec::len)
            .collect::<Vec<_>>()
    };
    assert_eq!(sizes(0), [0; 0]);
    assert_eq!(sizes(1_000), [1_000]);
    assert_eq!(sizes(1_001), [1_000, 1]);
}

#[test]
fn an_event_that_cannot_be_placed_stops_the_chain() {
    let unsigned = json!({"event": {"sequence": 1, "documentDigest": hex::encode([1; 32])}});
    let unnumbered = json!({"event": {"signer": {"did": SIGNER}}});
    for item in [unsigned, unnumbered, json!({"action": "suspend"})] {
        assert!(Chain::of(&[item], SIGNER).is_err());
    }
}
