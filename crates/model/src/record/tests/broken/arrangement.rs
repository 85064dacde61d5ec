//! Arrangements and participations.

use serde_json::json;

use super::super::{Kind, sample};
use super::{SUBJECT, broken, one};

#[test]
fn arrangement() {
    one(
        Kind::Arrangement,
        0,
        SUBJECT,
        &[
            ("/id", json!("goods"), "arrangementId"),
            (
                "/id",
                json!("did:web:secretariat.example#Goods"),
                "arrangementId",
            ),
            (
                "/id",
                json!("did:web:authority-kz.example#goods"),
                "arrangementId",
            ),
            ("/version", json!(0), "version"),
            ("/version", json!(2), "version"),
            ("/title", json!([]), "empty"),
            ("/signers/2/registeredBy", json!("kz"), "did"),
            ("/secretariat/id", json!("sec"), "did"),
            ("/parties/0", json!("FRA"), "economy"),
            ("/parties/1", json!("FR"), "duplicate"),
            ("/chapters", json!([]), "empty"),
            ("/chapters/0/id", json!("Testing"), "chapterId"),
            ("/chapters/1/id", json!("testing"), "duplicate"),
            (
                "/chapters/0/direction/pairs",
                json!([{"from": ["FR"]}]),
                "direction",
            ),
            ("/chapters/2/direction/pairs", json!([]), "direction"),
            ("/chapters/2/direction/pairs/0", json!({}), "direction"),
            ("/chapters/2/direction/pairs/0/to/0", json!("kz"), "economy"),
            ("/chapters/2/afterEnd/date", json!(null), "afterEnd"),
            ("/chapters/2/period/until", json!("2019-12-31"), "order"),
            ("/chapters/0/conditions/0", json!([]), "empty"),
            (
                "/chapters/0/issuerEligibility/grantorIn",
                json!("x"),
                "chapterName",
            ),
        ],
    );
    // A period of the pair, and an end date with another rule.
    broken(
        Kind::Arrangement,
        0,
        &[(
            "/credentialSubject/chapters/2/afterEnd/existingAttestations",
            json!("untilExpiry"),
        )],
        &[("/credentialSubject/chapters/2/afterEnd/date", "afterEnd")],
    );
    // A first version replaces nothing; a later one names what it replaces.
    broken(
        Kind::Arrangement,
        2,
        &[("/credentialSubject/version", json!(1))],
        &[("/credentialSubject/version", "version")],
    );
}

#[test]
fn signers() {
    let signers = "/credentialSubject/signers";
    // The issuer must be among the signers, under this record's authority.
    broken(
        Kind::Arrangement,
        0,
        &[(
            "/credentialSubject/signers/0/registeredBy",
            json!("did:web:other.example"),
        )],
        &[(signers, "signers")],
    );
    let party = json!({"id": "did:web:b.example", "registeredBy": "did:web:b.example"});
    let own = sample(Kind::Arrangement, 1)["credentialSubject"]["signers"][0].clone();
    broken(
        Kind::Arrangement,
        1,
        &[(signers, json!([own, party]))],
        &[(signers, "signers")],
    );
    broken(
        Kind::Arrangement,
        1,
        &[("/credentialSubject/transcription/source", json!(""))],
        &[("/credentialSubject/transcription/source", "emptyText")],
    );
}

#[test]
fn rule_of_levels_and_profiles() {
    one(
        Kind::Arrangement,
        1,
        "/credentialSubject/chapters/0",
        &[
            ("/level/rank", json!(9), "level"),
            ("/level/within/0", json!("FLR"), "level"),
            ("/coverage/profiles/0", json!("*"), "profile"),
            ("/coverage/profiles/0", json!("EX-*-PP"), "profile"),
        ],
    );
}

#[test]
fn participation() {
    one(
        Kind::Participation,
        1,
        SUBJECT,
        &[
            ("/arrangement/authority", json!("KZ"), "did"),
            ("/arrangement/id", json!("#goods"), "arrangementId"),
            ("/participant/economy", json!("kz"), "economy"),
            ("/roles", json!([]), "empty"),
            ("/additionalRequirements", json!([]), "declaration"),
            ("/arrangementVersion", json!(0), "version"),
        ],
    );
    broken(
        Kind::Participation,
        1,
        &[("/credentialSubject/chapters", json!(["A"]))],
        &[("/credentialSubject/chapters/0", "chapterId")],
    );
    broken(
        Kind::Participation,
        1,
        &[("/credentialSubject/assertedBy", json!("transcriber"))],
        &[("/credentialSubject/transcription", "transcription")],
    );
    broken(
        Kind::Participation,
        3,
        &[("/credentialSubject/assertedBy", json!("secretariat"))],
        &[("/credentialSubject/transcription", "transcription")],
    );
}

#[test]
fn a_participation_is_asserted_by_one_who_can_be_its_signer() {
    let asserted = "/credentialSubject/assertedBy";
    for word in ["participant", "peer"] {
        broken(
            Kind::Participation,
            1,
            &[
                (asserted, json!(word)),
                ("/issuer/id", json!("did:web:body-kz.example")),
            ],
            &[(asserted, "assertedBy")],
        );
    }
    broken(
        Kind::Participation,
        2,
        &[(asserted, json!("participant"))],
        &[(asserted, "assertedBy")],
    );
    broken(
        Kind::Participation,
        2,
        &[
            (asserted, json!("participant")),
            ("/issuer/id", json!("did:web:accreditation-kz.example")),
            ("/comity/authority", json!("did:web:authority-kz.example")),
        ],
        &[],
    );
    // A body is no destination.
    broken(
        Kind::Participation,
        2,
        &[("/credentialSubject/declaration", json!("accept"))],
        &[("/credentialSubject/declaration", "declaration")],
    );
}
