use comity_recognition::wording::Language;
use serde_json::json;

use super::lines;

#[test]
fn a_warning_and_what_was_answered_are_read_apart_from_the_verdict() {
    let by = json!({"id": "did:web:nqi.example.se", "name": "Authority"});
    let answer = json!({"verdict": "cannotTell", "notices": {"total": 2, "all": "/v1/notices?number=X-1", "items": [
        {
            "sort": "forgedCertificate", "state": "active", "by": by, "id": "urn:uuid:1",
            "knownSince": "2026-11-23T08:00:00Z",
            "text": [{"lang": "sv", "value": "Falskt"}, {"lang": "en", "value": "Forged\u{202e}"}],
            "about": [{"number": {"number": "X-1", "issuer": {"name": "Lab"}}}],
            "answers": [{
                "sort": "response", "state": "withdrawn", "by": by, "id": "urn:uuid:2",
                "knownSince": "2026-11-24T08:00:00Z", "text": [{"lang": "sv", "value": "Nej"}],
            }],
        },
        {
            "sort": "confirmationRequest", "state": "active", "by": by, "id": "urn:uuid:3",
            "knownSince": "2026-11-25T08:00:00Z", "text": [], "answerBy": "2026-12-01",
            "addressee": {"id": "did:web:nqi.example.kz"}, "request": "noAnswerByTheDay",
            "terms": "Authorities only",
        },
    ]}});
    let expected = [
        "Notices (do not decide the verdict)",
        "  ! FORGED CERTIFICATE by Authority (did:web:nqi.example.se), 2026-11-23: Forged",
        "      about number X-1 of Lab",
        "      id: urn:uuid:1",
        "      ! RESPONSE (withdrawn) by Authority (did:web:nqi.example.se), 2026-11-24: Nej",
        "          id: urn:uuid:2",
        "  ! REQUEST FOR CONFIRMATION by Authority (did:web:nqi.example.se), 2026-11-25: ",
        "      asked of did:web:nqi.example.kz by 2026-12-01: no answer by the day",
        "      terms: Authorities only",
        "      id: urn:uuid:3",
    ];
    assert_eq!(lines(&answer, Language::En), expected);
    assert_eq!(
        lines(&json!({"verdict": "recognised"}), Language::En),
        Vec::<String>::new()
    );
}

#[test]
fn notices_are_told_in_the_language_asked_for() {
    let by = json!({"id": "did:web:nqi.se", "name": "Authority"});
    let answer = json!({"notices": {"total": 1, "items": [{
        "sort": "confirmationRequest", "state": "withdrawn", "by": by, "id": "urn:uuid:3",
        "knownSince": "2026-11-25T08:00:00Z", "answerBy": "2026-12-01", "request": "noAnswerByTheDay",
        "text": [{"lang": "en", "value": "Genuine?"}, {"lang": "fr", "value": "Authentique ?"}],
        "addressee": {"id": "did:web:nqi.kz"},
    }]}});
    let told = lines(&answer, Language::Fr).join("\n");
    for part in [
        "DEMANDE DE CONFIRMATION (retiré) de Authority (did:web:nqi.se), 2026-11-25\u{a0}: Authentique ?",
        "demandé à did:web:nqi.kz pour le 2026-12-01\u{a0}: pas de réponse au jour dit",
    ] {
        assert!(told.contains(part), "{told}");
    }
    let told = lines(&answer, Language::Ru).join("\n");
    assert!(
        told.contains("Genuine?") && !told.contains("REQUEST"),
        "{told}"
    );
}
