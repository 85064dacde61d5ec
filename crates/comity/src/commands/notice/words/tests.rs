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
    assert_eq!(lines(&answer), expected);
    assert_eq!(
        lines(&json!({"verdict": "recognised"})),
        Vec::<String>::new()
    );
}
