use super::*;

#[test]
fn what_was_found_is_told_in_the_language_asked_for() {
    let genuine = json!({
        "file": "a.json", "line": 1, "genuine": true, "kind": "Attestation",
        "signers": ["did:web:lab.se#z6Mk"], "recordDigest": "ab",
    });
    let told = words(&genuine, Language::En);
    assert_eq!(
        told,
        "a.json:1: genuine Attestation, signed by did:web:lab.se#z6Mk\n  record digest ab"
    );
    let told = words(&genuine, Language::Fr);
    assert!(
        told.starts_with("a.json:1\u{a0}: authentique, attestation, signé par"),
        "{told}"
    );
    let forged =
        json!({"file": "a.json", "line": 2, "genuine": false, "fault": "line one\nline two"});
    let told = words(&forged, Language::En);
    assert_eq!(told, "a.json:2: NOT GENUINE: line one\nline two");
    let told = words(&forged, Language::Ru);
    assert_eq!(told, "a.json:2: НЕ ПОДЛИННО: line one\nline two");
}
