//! `Notice`.

use serde_json::{Value, json};

use super::{Kind, SUBJECT, broken, one};

#[test]
fn what_a_notice_is_about() {
    let about = format!("{SUBJECT}/about");
    broken(
        Kind::Notice,
        0,
        &[(&about, json!([]))],
        &[(&about, "empty")],
    );
    let place = format!("{about}/0");
    let party = json!({"name": "Sample Trader"});
    for (changed, code) in [
        (json!({}), "about"),
        (
            json!({"party": party, "number": {"number": "X 1"}}),
            "about",
        ),
    ] {
        broken(Kind::Notice, 0, &[(&place, changed)], &[(&place, code)]);
    }
    one(
        Kind::Notice,
        0,
        &format!("{about}/0/number"),
        &[
            ("/number", json!("--"), "number"),
            ("/number", json!("9".repeat(201)), "number"),
            ("/issuer/id", json!("certifier"), "did"),
            ("/issuer/registeredBy", json!(null), "registeredBy"),
        ],
    );
    one(
        Kind::Notice,
        1,
        &format!("{about}/0/record"),
        &[
            ("/id", json!("urn:uuid:1"), "recordId"),
            ("/issuer", json!("certifier"), "did"),
            ("/digestMultibase", json!("uEiAA"), "digest"),
        ],
    );
    one(
        Kind::Notice,
        3,
        &format!("{about}/0/party"),
        &[("/country", json!("Egypt"), "economy")],
    );
    broken(
        Kind::Notice,
        3,
        &[(
            &format!("{about}/0/party/id"),
            json!("did:web:trader.example"),
        )],
        &[(&format!("{about}/0/party/registeredBy"), "registeredBy")],
    );
    broken(
        Kind::Notice,
        3,
        &[(&about, json!([{"party": party}, {"party": party}]))],
        &[(&format!("{about}/1"), "duplicate")],
    );
    one(
        Kind::Notice,
        0,
        "",
        &[
            ("/credentialSubject/text", json!([]), "empty"),
            ("/credentialSubject/sort", json!("rumour"), "malformed"),
            ("/comity/publicationBasis", json!(null), "publicationBasis"),
        ],
    );
}

#[test]
fn each_sort_has_its_own_members() {
    for (at, missing) in [
        (1, "/addressee"),
        (1, "/answerBy"),
        (2, "/inReplyTo"),
        (2, "/answer"),
        (4, "/inReplyTo"),
    ] {
        let table = [(missing, json!(null), "noticeSort")];
        one(Kind::Notice, at, SUBJECT, &table);
    }
    let addressee = json!({"id": "did:web:a.example", "registeredBy": "did:web:a.example"});
    let reply = json!({
        "authority": "did:web:a.example",
        "issuer": "did:web:a.example",
        "id": "urn:uuid:01936c00-0000-7000-8000-000000000001",
        "digestMultibase": "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    });
    for (at, member, value) in [
        (0, "/addressee", &addressee),
        (0, "/answerBy", &json!("2026-12-31")),
        (0, "/inReplyTo", &reply),
        (0, "/answer", &json!("confirmed")),
        (1, "/inReplyTo", &reply),
        (1, "/answer", &json!("confirmed")),
        (2, "/addressee", &addressee),
        (2, "/answerBy", &json!("2026-12-31")),
        (4, "/answer", &json!("cannotSay")),
    ] {
        let table = [(member, value.clone(), "noticeSort")];
        one(Kind::Notice, at, SUBJECT, &table);
    }
    one(
        Kind::Notice,
        1,
        SUBJECT,
        &[
            ("/addressee/id", json!("authority"), "did"),
            ("/addressee/registeredBy", json!("authority"), "did"),
            ("/answerBy", json!("soon"), "malformed"),
        ],
    );
    one(
        Kind::Notice,
        2,
        SUBJECT,
        &[
            ("/answer", json!("maybe"), "malformed"),
            ("/inReplyTo/digestMultibase", json!("uEiAA"), "digest"),
        ],
    );
}

/// Whoever is asked has time to answer, nobody answers himself, and nobody is quoted as answering.
#[test]
fn words_of_its_own() {
    // The sample begins on 2026-01-05.
    one(
        Kind::Notice,
        1,
        SUBJECT,
        &[("/answerBy", json!("2026-01-04"), "order")],
    );
    let last = format!("{SUBJECT}/answerBy");
    broken(Kind::Notice, 1, &[(&last, json!("2026-01-05"))], &[]);
    one(
        Kind::Notice,
        2,
        SUBJECT,
        &[(
            "/inReplyTo/id",
            json!("urn:uuid:01936c00-0000-7000-8000-000000000943"),
            "itself",
        )],
    );
    let sort = format!("{SUBJECT}/sort");
    for (at, refused) in [(0, false), (3, false), (1, true), (2, true), (4, true)] {
        let fault = (sort.as_str(), "importedKind");
        let expected = if refused { vec![fault] } else { Vec::new() };
        broken(
            Kind::Notice,
            at,
            &[("/comity/importedFrom", imported())],
            &expected,
        );
    }
}

fn imported() -> Value {
    json!({
        "system": "sample-alerts",
        "sourceId": "1",
        "fetchedOn": "2026-10-01",
        "sourceSigned": false,
        "attributedTo": {
            "id": "https://alerts.example",
            "name": "Sample Alerts",
            "economies": ["KZ"],
        },
    })
}
