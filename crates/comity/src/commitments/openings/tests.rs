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

/// A commitment to these numbers, as far as the file reads one.
fn commitment(id: &str, numbers: &[&str]) -> Vec<u8> {
    let reports = numbers
        .iter()
        .map(|number| json!({"number": number, "issuedOn": "2026-11-20", "digest": "zQmX"}));
    let reports: Vec<_> = reports.collect();
    json!({"id": id, "credentialSubject": {"reports": reports}, "proof": {}})
        .to_string()
        .into_bytes()
}

#[test]
fn a_damaged_line_is_a_lost_report_and_is_not_free_again() {
    let (_folder, path) = place();
    let mut openings = Openings::open(&path).unwrap();
    let opened = vec![opening("TR-1", "a"), opening("TR-2", "a")];
    openings
        .write(opened, commitment("a", &["TR-1", "TR-2"]))
        .unwrap();
    drop(openings);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"TR-2\"", "\"TR-2\u{0}\"x", 1)).unwrap();
    let openings = Openings::open(&path).unwrap();
    assert_eq!(openings.lost_count(), 1);
    assert_eq!(openings.lost("TR-1"), None);
    let why = openings.lost("tr 2").unwrap();
    assert!(why.contains("openings.ndjson, line 2"), "{why}");
    let report = crate::commitments::Report {
        number: "TR-2".to_owned(),
        issued_on: "2026-11-20".parse().unwrap(),
        content_digest: [0xab; 32],
    };
    let answer = crate::commitments::already(&openings, &report).unwrap();
    assert_eq!(answer.outcome, crate::commitments::Outcome::Wrong);
    drop(openings);
    // A line that a crash cut off before its batch was closed is nobody's.
    std::fs::write(&path, text.clone() + "{\"number\":\"TR-9\",\"iss\n").unwrap();
    let mut openings = Openings::open(&path).unwrap();
    openings
        .write(vec![opening("TR-3", "b")], commitment("b", &["TR-3"]))
        .unwrap();
    drop(openings);
    assert_eq!(Openings::open(&path).unwrap().lost_count(), 0);
}

#[test]
fn openings_of_another_laboratory_are_refused() {
    let (_folder, path) = place();
    let mut openings = Openings::open(&path).unwrap();
    openings.check_laboratory("did:web:any.example").unwrap();
    openings
        .write(vec![opening("TR-1", "a")], record("a"))
        .unwrap();
    drop(openings);
    let openings = Openings::open(&path).unwrap();
    openings.check_laboratory("did:web:lab.example").unwrap();
    let error = openings.check_laboratory("did:web:other.example");
    let error = error.unwrap_err().to_string();
    assert!(error.contains("did:web:lab.example"), "{error}");
    assert!(error.contains("did:web:other.example"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_noticed() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place();
    drop(Openings::open(&path).unwrap());
    assert!(!is_open_to_others(&path));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(is_open_to_others(&path));
}
