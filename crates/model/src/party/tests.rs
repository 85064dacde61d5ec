use super::{MAX_DID_BYTES, NamedParty, is_did, is_economy, is_slug};

#[test]
fn dids_have_one_form() {
    for did in [
        "did:web:lab.example",
        "did:web:lab.example:testing",
        "did:web:a-1.b2.example:x:y-z",
        "did:web:xn--e1afmkfd.example",
    ] {
        assert!(is_did(did), "{did}");
    }
    for did in [
        "",
        "did:web:",
        "did:key:z6Mk",
        "did:web:Lab.example",
        "did:web:lab.example:",
        "did:web:lab.example:8080%3A",
        "did:web:lab.example%3A8080",
        "did:web:lab..example",
        "did:web:-lab.example",
        "did:web:lab-.example",
        "did:web:.example",
        "did:web:lab.example.",
        "did:web:127.0.0.1",
        "did:web:пример.example",
        "did:web:lab.example:A",
        "did:web:lab.example#key",
        "did:web:lab_1.example",
        " did:web:lab.example",
    ] {
        assert!(!is_did(did), "{did}");
    }
    let label = |length: usize| format!("did:web:{}.example", "a".repeat(length));
    assert!(is_did(&label(63)));
    assert!(!is_did(&label(64)));
    let long = |bytes: usize| format!("did:web:a.example:{}", "b".repeat(bytes - 18));
    assert!(is_did(&long(MAX_DID_BYTES)));
    assert!(!is_did(&long(MAX_DID_BYTES + 1)));
}

#[test]
fn economies_and_slugs() {
    assert!(is_economy("SE") && is_economy("XK"));
    for code in ["se", "SWE", "S", "", "S1", "ÅÄ"] {
        assert!(!is_economy(code), "{code}");
    }
    assert!(is_slug("a-1") && !is_slug("") && !is_slug("A") && !is_slug("a_b"));
}

#[test]
fn a_party_is_referred_to_by_the_pair() {
    let party = NamedParty::registered("did:web:lab.example", "did:web:aut.example", "Lab");
    let reference = party.reference().unwrap();
    assert_eq!(reference.id, "did:web:lab.example");
    assert_eq!(reference.registered_by, "did:web:aut.example");
    assert_eq!(NamedParty::named("Lab").reference(), None);
}
