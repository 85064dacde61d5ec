use super::super::Outcome;
use super::*;

const NODE: &str = "https://nqi.example";

fn sent(digest: &str, outcome: Outcome) -> Sent {
    Sent {
        line: 1,
        record_digest: digest.to_owned(),
        outcome,
        answer: json!({"outcome": "logged", "id": "urn:uuid:1"}),
    }
}

#[test]
fn what_was_acknowledged_is_known_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str();
    let mut receipts = Receipts::open("year.ndjson", folder, NODE).unwrap();
    let answers = [
        sent("aa", Outcome::Logged),
        sent("bb", Outcome::Refused),
        sent("cc", Outcome::AlreadyLogged),
    ];
    receipts.keep(&answers).unwrap();

    let again = Receipts::open("year.ndjson", folder, NODE).unwrap();
    assert!(again.holds("aa") && again.holds("cc"));
    assert!(!again.holds("bb"), "what was refused is sent again");
    let elsewhere = Receipts::open("year.ndjson", folder, "https://other.example").unwrap();
    assert!(
        !elsewhere.holds("aa"),
        "another node has acknowledged nothing"
    );
}

#[test]
fn a_line_cut_off_by_a_crash_is_no_receipt() {
    let whole = json!({"node": NODE, "recordDigest": "aa"}).to_string();
    assert_eq!(digest_in(whole.as_bytes(), NODE), Some("aa".to_owned()));
    let torn = whole.trim_end_matches('}');
    assert_eq!(digest_in(torn.as_bytes(), NODE), None);

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("year.ndjson.receipt.ndjson"), torn).unwrap();
    let folder = folder.path().to_str();
    let mut receipts = Receipts::open("year.ndjson", folder, NODE).unwrap();
    receipts.keep(&[sent("bb", Outcome::Refused)]).unwrap();
    receipts.keep(&[sent("cc", Outcome::Logged)]).unwrap();
    receipts.keep(&[sent("dd", Outcome::Logged)]).unwrap();
    let again = Receipts::open("year.ndjson", folder, NODE).unwrap();
    assert!(again.holds("cc"), "the line after the torn one is whole");
    assert!(again.holds("dd") && !again.holds("aa"));
}

#[test]
fn receipts_stand_beside_the_file_or_in_a_folder() {
    assert_eq!(
        receipt_path("a/b.json", None).as_deref(),
        Some("a/b.json.receipt.ndjson")
    );
    assert_eq!(
        receipt_path("a/b.json", Some("r")).as_deref(),
        Some("r/b.json.receipt.ndjson")
    );
    assert_eq!(receipt_path("-", None), None);
    assert_eq!(
        receipt_path("-", Some("r")).as_deref(),
        Some("r/stdin.receipt.ndjson")
    );
}
