use super::*;

fn call(bytes: usize) -> Call {
    let row = NewRecord {
        position: 0,
        digest: [0; 32],
        document_digest: [0; 32],
        kind: String::new(),
        authority: String::new(),
        issuer: String::new(),
        id: String::new(),
        body: vec![0; bytes],
        received_at: 0,
        valid_from: None,
        valid_until: None,
        identifiers: Vec::new(),
        subjects: Vec::new(),
        references: Vec::new(),
    };
    Call {
        rows: vec![row],
        evidence: Vec::new(),
        answer: oneshot::channel().0,
    }
}

#[test]
fn a_commit_is_full_by_bytes() {
    let gathered = |first: usize| {
        let (sender, mut waiting) = mpsc::channel(2);
        sender.try_send(call(1)).unwrap();
        sender.try_send(call(1)).unwrap();
        gather(call(first), &mut waiting).len()
    };
    assert_eq!(gathered(MAX_GATHERED_BYTES), 1);
    assert_eq!(gathered(MAX_GATHERED_BYTES - 1), 2);
    assert_eq!(gathered(MAX_GATHERED_BYTES - 2), 3);
}

#[test]
fn a_commit_is_full_by_records() {
    let gathered = |first: usize| {
        let (sender, mut waiting) = mpsc::channel(1);
        sender.try_send(call(1)).unwrap();
        let rows = (0..first).flat_map(|_| call(0).rows).collect();
        let first = Call { rows, ..call(0) };
        gather(first, &mut waiting).len()
    };
    assert_eq!(gathered(MAX_BATCH_RECORDS), 1);
    assert_eq!(gathered(MAX_BATCH_RECORDS - 1), 2);
}
