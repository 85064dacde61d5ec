use super::*;

#[test]
fn a_selection_is_words_or_pairs() {
    assert_eq!(
        selection("water meters"),
        [("q", "water meters".to_owned())]
    );
    assert_eq!(
        selection("standard=IEC 60335-1&status=active"),
        [
            ("standard", "IEC 60335-1".to_owned()),
            ("status", "active".to_owned())
        ]
    );
}

#[test]
fn what_is_no_known_filter_is_searched_as_words() {
    assert_eq!(selection("E=mc2"), [("q", "E=mc2".to_owned())]);
    assert_eq!(
        selection("status=active&x"),
        [("q", "status=active&x".to_owned())]
    );
}

#[test]
fn what_no_reinstatement_brings_back_is_said() {
    let record = |number: &str, state: &str| serde_json::json!({"certificateNumber": number, "id": "urn:uuid:1", "state": state});
    assert_eq!(
        in_vain(&[record("A", "active"), record("B", "suspended")]),
        None
    );
    let chosen =
        ["withdrawn", "annulled", "superseded", "suspended"].map(|state| record(state, state));
    let words = in_vain(&chosen).unwrap();
    assert_eq!(words.matches("warning: ").count(), 3, "{words}");
    assert!(words.contains("withdrawn is withdrawn; reinstating it changes nothing"));
    assert!(!words.contains("suspended is"));
}
