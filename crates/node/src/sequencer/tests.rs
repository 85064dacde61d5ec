use super::*;

const ORIGIN: &str = "nqi.example.se/log/2026";

fn record(number: u8) -> NewRecord {
    let body = vec![number; 9];
    NewRecord {
        position: 0,
        digest: comity_signature::digest::sha256(&body),
        document_digest: [number; 32],
        kind: "Attestation".to_owned(),
        authority: "did:web:nqi.example.se".to_owned(),
        issuer: "did:web:lab.example".to_owned(),
        id: format!("urn:uuid:{number}"),
        body,
        received_at: 1,
        valid_from: None,
        valid_until: None,
        identifiers: Vec::new(),
        subjects: Vec::new(),
        references: Vec::new(),
    }
}

async fn open(store: &Store) -> Sequencer {
    let clock = Clock::simulated("2026-11-23T08:00:00Z".parse().unwrap());
    let log = NoteSigner::log(ORIGIN, &[8; 32]).unwrap();
    let cosigner = NoteSigner::cosigner(ORIGIN, &[8; 32]).unwrap();
    Sequencer::open(store.clone(), clock, ORIGIN, "one", log, cosigner)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_taken_up() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let mut sequencer = open(&store).await;
    // The same commit, made beside the sequencer: it never hears of it.
    let after = open(&store)
        .await
        .append(vec![record(1)])
        .await
        .unwrap()
        .head;
    sequencer.unsettled = Some(after);
    let next = sequencer.append(vec![record(1), record(2)]).await.unwrap();
    let places: Vec<_> = next
        .placed
        .iter()
        .map(|placed| (placed.position, placed.already))
        .collect();
    assert_eq!(places, [(0, true), (1, false)]);
    assert!(sequencer.take_missed());
    assert!(!sequencer.take_missed());
}

#[tokio::test]
async fn a_failed_commit_that_stands_is_no_failure() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let mut sequencer = open(&store).await;
    let before = sequencer.head().clone();
    let lost = || comity_store::Error::UnknownLog {
        origin: ORIGIN.to_owned(),
    };
    assert!(
        sequencer
            .after_failure(
                lost(),
                &Head {
                    size: 1,
                    ..before.clone()
                }
            )
            .await
            .is_err()
    );
    let after = open(&store)
        .await
        .append(vec![record(1)])
        .await
        .unwrap()
        .head;
    sequencer.after_failure(lost(), &after).await.unwrap();
    assert_eq!(sequencer.head(), &after);
    assert!(sequencer.after_failure(lost(), &before).await.is_err());
    assert_eq!(sequencer.halted(), None);
}

#[tokio::test]
async fn a_head_moved_by_another_process_halts() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let mut sequencer = open(&store).await;
    open(&store).await.append(vec![record(1)]).await.unwrap();
    assert!(sequencer.append(vec![record(2)]).await.is_err());
    assert!(sequencer.halted().is_some());
}
