//! What the destination asks, what the laboratory keeps private, and what is absent: the kinds that
//! came later, in no log of the vectors.
//!
//! The laboratory gets a mandate for them. Suda asks for a certificate and accepts none of a rival
//! scheme; its edition of the standard deviates in a clause. The laboratory commits to the report on
//! which its certificate rests, and promises that all of them are here. Suda asks whether the report
//! is genuine, and the laboratory confirms it.

use comity_model::record::Kind;
use comity_signature::digest;
use serde_json::{Value, json};

use super::{
    BODY, BODY_NAME, Envelope, LABORATORY, LABORATORY_NAME, NORDA, SUDA, SUDA_NAME, Signed,
    multikey, signed,
};

/// The report that the certificate of the kettle is based on, as it was issued.
pub(crate) const REPORT: &str = "Test report NEL-T-2026-0193\nPassed.\n";

/// The salt of a report: of the vectors, and so the opposite of random.
pub(crate) fn salt(first: u8) -> [u8; 32] {
    std::array::from_fn(|index| first + u8::try_from(index).unwrap())
}

/// The digest of a committed report (`docs/format.md` 1.18), written down from the text.
pub(crate) fn committed(salt: [u8; 32], content: &[u8]) -> [u8; 32] {
    let mut message = b"comity.commitment/v1\n".to_vec();
    message.extend(salt);
    message.extend(digest::sha256(content));
    assert_eq!(message.len(), 85);
    digest::sha256(&message)
}

/// What the folder `further` holds.
pub(crate) fn further(records: &[Signed]) -> Vec<Signed> {
    let attestation = records
        .iter()
        .find(|record| record.file == "attestation.json")
        .unwrap();
    let request = request(attestation);
    let reply = reply(attestation, &request);
    vec![
        registration(),
        standard(),
        import_rule_required(),
        import_rule_refused(),
        commitment(),
        coverage_statement(),
        request,
        reply,
    ]
}

fn laboratory(kind: Kind, number: u8, name: &'static str) -> Envelope<'static> {
    Envelope {
        kind,
        number,
        issuer: (LABORATORY, LABORATORY_NAME),
        authority: NORDA,
        language: "en",
        name,
        valid_from: "2026-03-10T00:00:00Z",
        valid_until: None,
    }
}

fn suda(kind: Kind, number: u8, name: &'static str) -> Envelope<'static> {
    Envelope {
        kind,
        number,
        issuer: (SUDA, SUDA_NAME),
        authority: SUDA,
        language: "ru",
        name,
        valid_from: "2026-03-01T00:00:00Z",
        valid_until: None,
    }
}

fn by_laboratory(file: &'static str, kind: Kind, document: &Value, created: &str) -> Signed {
    signed(
        file,
        kind,
        document,
        "norda laboratory 1",
        LABORATORY,
        created,
    )
}

fn by_suda(file: &'static str, kind: Kind, document: &Value, created: &str) -> Signed {
    signed(file, kind, document, "suda authority", SUDA, created)
}

/// The second version of the laboratory's registration, with a mandate for more kinds.
fn registration() -> Signed {
    let document = Envelope {
        kind: Kind::Registration,
        number: 70,
        issuer: (BODY, BODY_NAME),
        authority: NORDA,
        language: "en",
        name: "Registration of Norda Electrical Laboratory, version 2",
        valid_from: "2026-03-02T00:00:00Z",
        valid_until: None,
    }
    .document(&json!({
        "id": LABORATORY,
        "version": 2,
        "names": [
            {"lang": "en", "value": LABORATORY_NAME},
            {"lang": "zh-Hans", "value": "诺达电气实验室"},
        ],
        "economies": ["XN"],
        "roles": ["laboratory", "certificationBody"],
        "keys": [
            {"key": multikey("norda laboratory 1"), "until": "2028-01-13T00:00:00Z"},
            {"from": "2026-01-13T00:00:00Z", "key": multikey("norda laboratory 2")},
        ],
        "mandate": {
            "kinds": ["Attestation", "StatusEvent", "Commitment", "CoverageStatement", "Notice"],
            "attestationKinds": ["productCertificate", "testReport"],
        },
        "period": {"from": "2026-03-02"},
        "sameAs": [{"sourceId": "N-0077", "system": "norda-old-register"}],
    }));
    signed(
        "registration-laboratory-2.json",
        Kind::Registration,
        &document,
        "norda accreditation body",
        BODY,
        "2026-03-02T08:00:00Z",
    )
}

/// Suda's modified adoption, beside which the edition before counts for ten months.
fn standard() -> Signed {
    let document = suda(Kind::Standard, 71, "СТ Суда 60335-2-15-2026").document(&json!({
        "standard": "СТ СУДА 60335-2-15-2026",
        "sort": "standard",
        "title": [
            {"lang": "ru", "value": "Приборы для нагревания жидкостей. Требования безопасности"},
            {"lang": "en", "value": "Appliances for heating liquids: safety requirements"},
        ],
        "economies": ["XS"],
        "period": {"from": "2026-03-01"},
        "replaces": [
            {"standard": "СТ СУДА 60335-2-15-2008", "coexistsUntil": "2026-12-31"},
        ],
        "adopts": [{
            "standard": "IEC 60335-2-15:2012",
            "correspondence": "MOD",
            "deviations": [{
                "clause": "25.8",
                "sort": "more",
                "text": [
                    {"lang": "ru", "value": "Шнур питания длиной не менее 1,2 м"},
                    {"lang": "en", "value": "A supply cord of at least 1.2 m"},
                ],
            }],
        }],
        "ics": ["97.040.50"],
    }));
    by_suda(
        "standard.json",
        Kind::Standard,
        &document,
        "2026-03-01T09:00:00Z",
    )
}

/// What Suda asks for kettles: a certificate, its deviation, a mark, a language.
fn import_rule_required() -> Signed {
    let document = suda(Kind::ImportRule, 72, "Правило ввоза: чайники").document(&json!({
        "economy": "XS",
        "title": [
            {"lang": "ru", "value": "Электрические чайники"},
            {"lang": "en", "value": "Electric kettles"},
        ],
        "products": [{"edition": "2022", "include": ["851610", "851679"], "scheme": "HS"}],
        "effect": "required",
        "requirements": [
            {
                "id": "certificate",
                "sort": "attestation",
                "text": [{"lang": "ru", "value": "Сертификат безопасности"}],
                "attestation": {
                    "kinds": ["productCertificate"],
                    "standards": ["IEC 60335-2-15", "СТ СУДА 60335-2-15"],
                    "grantTypes": ["accreditation"],
                },
            },
            {
                "id": "cord",
                "sort": "deviation",
                "text": [{"lang": "ru", "value": "Длина шнура питания"}],
                "deviation": {"economy": "XS", "standard": "IEC 60335-2-15:2012", "clause": "25.8"},
            },
            {
                "id": "mark",
                "sort": "marking",
                "text": [{"lang": "ru", "value": "Знак обращения Суды"}],
            },
            {
                "id": "manual",
                "sort": "language",
                "text": [{"lang": "ru", "value": "Инструкция на русском языке"}],
                "languages": ["ru"],
            },
        ],
        "legalBasis": "Закон Суды 12/2026, статья 4",
        "contact": {"office": "Отдел ввоза", "url": "https://authority.suda.example/import"},
        "period": {"from": "2026-03-01"},
    }));
    by_suda(
        "import-rule-required.json",
        Kind::ImportRule,
        &document,
        "2026-03-01T09:05:00Z",
    )
}

fn import_rule_refused() -> Signed {
    let mut envelope = suda(Kind::ImportRule, 73, "Отказ в признании схемы");
    envelope.valid_until = Some("2026-12-31T23:59:59Z");
    let document = envelope.document(&json!({
        "economy": "XS",
        "title": [{"lang": "ru", "value": "Сертификаты схемы EX-QUICK не признаются"}],
        "effect": "refused",
        "attestations": {"schemes": ["EX-QUICK"], "issuerEconomies": ["XN"]},
        "legalBasis": "Постановление Суды 31/2026",
        "period": {"from": "2026-03-01", "until": "2026-12-31"},
    }));
    by_suda(
        "import-rule-refused.json",
        Kind::ImportRule,
        &document,
        "2026-03-01T09:10:00Z",
    )
}

/// Two reports, the first of them the one that the certificate is based on.
fn commitment() -> Signed {
    let report = |number: &str, day: &str, digest: [u8; 32]| json!({"number": number, "issuedOn": day, "digest": digest::to_multibase(digest)});
    let document =
        laboratory(Kind::Commitment, 74, "Test reports of 9 March 2026").document(&json!({
            "reports": [
                report("NEL-T-2026-0193", "2026-03-09", committed(salt(0), REPORT.as_bytes())),
                report("NEL-T-2026-0194", "2026-03-09", committed(salt(32), b"")),
            ],
        }));
    by_laboratory(
        "commitment.json",
        Kind::Commitment,
        &document,
        "2026-03-10T08:00:00Z",
    )
}

fn coverage_statement() -> Signed {
    let mut envelope = laboratory(
        Kind::CoverageStatement,
        75,
        "Every report and certificate of the laboratory is here",
    );
    envelope.valid_until = Some("2027-12-31T23:59:59Z");
    let document = envelope.document(&json!({
        "kinds": ["Attestation", "Commitment"],
        "issuers": [{"id": LABORATORY, "registeredBy": NORDA}],
        "since": "2026-03-10",
        "withinHours": 48,
        "period": {"from": "2026-03-10", "until": "2027-12-31"},
    }));
    by_laboratory(
        "coverage-statement.json",
        Kind::CoverageStatement,
        &document,
        "2026-03-10T08:05:00Z",
    )
}

/// Suda asks whether the report exists.
fn request(attestation: &Signed) -> Signed {
    let mut document = suda(Kind::Notice, 76, "Запрос подтверждения").document(&json!({
        "sort": "confirmationRequest",
        "about": [
            {"record": attestation.reference()},
            {"number": {
                "number": "NEL-T-2026-0193",
                "issuer": {"name": LABORATORY_NAME, "id": LABORATORY, "registeredBy": NORDA},
            }},
        ],
        "text": [
            {"lang": "ru", "value": "Просим подтвердить протокол испытаний"},
            {"lang": "en", "value": "Please confirm the test report"},
        ],
        "addressee": {"id": LABORATORY, "registeredBy": NORDA},
        "answerBy": "2026-04-30",
        "terms": "Только для надзора",
    }));
    document["comity"]["publicationBasis"] = json!("law");
    by_suda(
        "notice-request.json",
        Kind::Notice,
        &document,
        "2026-04-01T09:00:00Z",
    )
}

fn reply(attestation: &Signed, request: &Signed) -> Signed {
    let mut document = laboratory(Kind::Notice, 77, "Reply: the report is ours").document(&json!({
        "sort": "confirmationReply",
        "about": [{"record": attestation.reference()}],
        "text": [{"lang": "en", "value": "The report is ours and unchanged"}],
        "inReplyTo": request.reference(),
        "answer": "confirmed",
    }));
    document["comity"]["publicationBasis"] = json!("ownStatement");
    by_laboratory(
        "notice-reply.json",
        Kind::Notice,
        &document,
        "2026-04-02T08:00:00Z",
    )
}
