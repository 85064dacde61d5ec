use super::*;

fn view() -> Value {
    json!({
        "name": "Kettle", "kind": "Attestation", "state": "suspended", "certificateNumber": "C-1",
        "issuer": {"id": "did:web:lab.se", "name": "Lab"}, "authority": "did:web:nqi.se",
        "validUntil": "2029-01-01", "stateAsOf": "2026-11-23T08:00:00Z",
        "document": {"credentialSubject": {
            "kinds": ["Attestation"], "since": "2026-01-01", "withinHours": 24, "issuers": [],
        }},
        "promise": {"cut": true, "late": [
            {"id": "urn:uuid:1", "issuer": "did:web:lab.se", "dueAt": "A", "loggedAt": "B"},
        ]},
    })
}

#[test]
fn a_record_is_told_in_the_language_asked_for() {
    let english = words(&view(), Language::En);
    for line in [
        "state        suspended\n",
        "valid until  2029-01-01\n",
        "promises     every Attestation issued from 2026-01-01 on, within 24 hours",
        "BROKEN by    urn:uuid:1 of did:web:lab.se was due at A and logged at B\n",
    ] {
        assert!(english.contains(line), "{line} in {english}");
    }
    let french = words(&view(), Language::Fr);
    for line in ["état         suspendu\n", "valable au   2029-01-01\n"] {
        assert!(french.contains(line), "{line} in {french}");
    }
    // A wide letter takes two places.
    let chinese = words(&view(), Language::ZhHans);
    assert!(chinese.contains("\n编号         C-1\n"), "{chinese}");
    let labels = [
        "state",
        "valid",
        "suspended",
        "Attestation",
        "promises",
        "BROKEN",
    ];
    for language in [Language::ZhHans, Language::Ru, Language::Ar, Language::Fr] {
        let told = words(&view(), language);
        for label in labels {
            assert!(!told.contains(label), "{label} in {told}");
        }
    }
}
