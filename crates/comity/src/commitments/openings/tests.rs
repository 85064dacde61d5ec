use super::*;

/// A folder, and the path of an openings file in it.
fn place() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openings.ndjson");
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

fn opening(number: &str, commitment: &str) -> Opening {
    Opening {
        number: number.to_owned(),
        issued_on: "2026-11-20".parse().unwrap(),
        content_digest: "ab".repeat(32),
        salt: "cd".repeat(32),
        commitment: commitment.to_owned(),
        laboratory: "did:web:lab.example".to_owned(),
        authority: "did:web:nqi.example".to_owned(),
    }
}

fn record(id: &str) -> Vec<u8> {
    format!(r#"{{"id":"{id}","proof":{{}}}}"#).into_bytes()
}

#[test]
fn what_was_written_is_read_again_byte_for_byte() {
    let (_folder, path) = place();
    let mut openings = Openings::open(&path).unwrap();
    let batch = openings.write(
        vec![opening("TR-1", "a"), opening("TR 2", "a")],
        record("a"),
    );
    let batch = batch.unwrap();
    drop(openings);
    let mut openings = Openings::open(&path).unwrap();
    assert_eq!(openings.pending(), [batch]);
    assert_eq!(openings.record(batch), record("a"));
    assert_eq!(openings.known("tr1").unwrap().content_digest, [0xab; 32]);
    let (found, standing) = openings.opened("TR-2").unwrap().unwrap();
    assert_eq!(
        (found, standing),
        (opening("TR 2", "a"), &Standing::Pending)
    );
    openings
        .logged(batch, json!({"log": {"index": 7}}))
        .unwrap();
    drop(openings);
    let openings = Openings::open(&path).unwrap();
    assert_eq!(openings.pending(), Vec::<usize>::new());
    assert_eq!(
        openings.standing(0),
        &Standing::Logged(json!({"log": {"index": 7}}))
    );
    let found = find(&path, "tr.2").unwrap().unwrap();
    assert_eq!(found.record, record("a"));
    assert_eq!(found.opening, opening("TR 2", "a"));
    assert_eq!(find(&path, "TR-3").unwrap(), None);
}

#[test]
fn a_batch_that_was_cut_off_counts_for_nothing() {
    let (_folder, path) = place();
    let mut openings = Openings::open(&path).unwrap();
    openings
        .write(vec![opening("TR-1", "a")], record("a"))
        .unwrap();
    drop(openings);
    let whole = std::fs::read(&path).unwrap();
    // At whatever byte of the second batch the power fails.
    let mut openings = Openings::open(&path).unwrap();
    openings
        .write(vec![opening("TR-2", "b")], record("b"))
        .unwrap();
    drop(openings);
    let both = std::fs::read(&path).unwrap();
    for length in whole.len()..both.len() - 1 {
        std::fs::write(&path, &both[..length]).unwrap();
        let mut openings = Openings::open(&path).unwrap();
        assert_eq!(openings.known("TR-2"), None, "{length}");
        assert_eq!(openings.pending(), [0]);
        // What is written next does not stand behind the rest of a line.
        openings
            .write(vec![opening("TR-2", "c")], record("c"))
            .unwrap();
        let (found, _) = openings.opened("TR-2").unwrap().unwrap();
        assert_eq!(found.commitment, "c", "{length}");
        drop(openings);
        let again = Openings::read(&path).unwrap();
        assert_eq!(again.pending(), [0, 1], "{length}");
        assert_eq!(again.opened("TR-2").unwrap().unwrap().0.commitment, "c");
        assert_eq!(find(&path, "TR-2").unwrap().unwrap().record, record("c"));
    }
}

#[test]
fn what_a_node_refused_is_free_again() {
    let (_folder, path) = place();
    let mut openings = Openings::open(&path).unwrap();
    let batch = openings
        .write(vec![opening("TR-1", "a")], record("a"))
        .unwrap();
    openings.refused(batch, "not registered").unwrap();
    assert_eq!(openings.known("TR-1"), None);
    assert_eq!(find(&path, "TR-1").unwrap(), None);
    openings
        .write(vec![opening("TR-1", "b")], record("b"))
        .unwrap();
    drop(openings);
    let openings = Openings::open(&path).unwrap();
    assert_eq!(openings.pending(), [1]);
    assert_eq!(
        find(&path, "TR-1").unwrap().unwrap().opening.commitment,
        "b"
    );
}

#[test]
fn the_file_is_private_and_used_by_one_run_at_a_time() {
    use std::os::unix::fs::PermissionsExt as _;

    let (_folder, path) = place();
    let _held = Openings::open(&path).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let said = Openings::open(&path).unwrap_err().to_string();
    assert!(said.contains("is in use by another run"), "{said}");
}
