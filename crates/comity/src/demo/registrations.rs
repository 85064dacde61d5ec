//! Registrations of the demo: authorities register accreditation bodies and some bodies, the
//! accreditation bodies register those they accredit. One key is stolen, revoked and replaced.

use anyhow::Result;
use comity_model::party::Contact;
use comity_model::record::{Kind, Subject};
use comity_model::registration::{Mandate, RegisteredKey, Registration};
use comity_model::revocation::{KeyRevocation, RevocationReason};
use comity_model::text::LangString;

use super::cast::{ENROLMENTS, Enrolment, KZ_ACCREDITOR, KZ_LABORATORY};
use super::ledger::{Draft, Ledger, day, since, texts};

/// The day accreditation bodies and those registered by authorities enter.
const AUTHORITIES_REGISTER: &str = "2024-06-03";
/// The day accreditation bodies register others.
const ACCREDITORS_REGISTER: &str = "2024-06-04";
/// The day the theft of a key is announced and a new key registered.
const THEFT_ANNOUNCED: &str = "2026-02-03";
/// The day from which the thief may have used it.
const STOLEN_SINCE: &str = "2025-12-01";

/// Adds every registration.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn register(ledger: &mut Ledger) -> Result<()> {
    for enrolment in &ENROLMENTS {
        let by_authority = enrolment.parent.did == enrolment.parent.authority;
        let logged = if by_authority {
            AUTHORITIES_REGISTER
        } else {
            ACCREDITORS_REGISTER
        };
        ledger.add(Draft {
            key: enrolment.body.did,
            logged,
            by: enrolment.parent,
            name: &title(enrolment),
            subject: Subject::Registration(Box::new(registration(enrolment, 1, logged)?)),
        })?;
    }
    Ok(())
}

/// Adds the revocation of the stolen key, and the registration of the key after it.
///
/// # Errors
/// As [`register`].
pub(super) fn revoke_stolen_key(ledger: &mut Ledger) -> Result<()> {
    let revocation = KeyRevocation {
        id: KZ_LABORATORY.did.to_owned(),
        key: KZ_LABORATORY.key(1).verifying_key().to_multikey(),
        reason: RevocationReason::KeyCompromise,
        effective_from: day(STOLEN_SINCE)?.first_second(),
    };
    ledger.add(Draft {
        key: "stolen key of the laboratory",
        logged: THEFT_ANNOUNCED,
        by: &KZ_ACCREDITOR,
        name: "ДЕМО: отзыв похищенного ключа",
        subject: Subject::KeyRevocation(Box::new(revocation)),
    })?;
    let of_laboratory = |enrolment: &&Enrolment| enrolment.body.did == KZ_LABORATORY.did;
    if let Some(enrolment) = ENROLMENTS.iter().find(of_laboratory) {
        ledger.add(Draft {
            key: "laboratory with a new key",
            logged: THEFT_ANNOUNCED,
            by: &KZ_ACCREDITOR,
            name: &title(enrolment),
            subject: Subject::Registration(Box::new(registration(enrolment, 2, THEFT_ANNOUNCED)?)),
        })?;
    }
    Ok(())
}

fn title(enrolment: &Enrolment) -> String {
    let word = match enrolment.parent.language {
        "fr" => "Enregistrement DÉMO",
        "ru" => "ДЕМО-регистрация",
        "zh-Hans" => "演示登记",
        "ar" => "تسجيل تجريبي",
        "ja" => "デモ登録",
        _ => "DEMO registration",
    };
    format!("{word}: {}", enrolment.body.name)
}

fn registration(enrolment: &Enrolment, version: u32, from: &str) -> Result<Registration> {
    let Enrolment {
        body, role, issues, ..
    } = enrolment;
    let mut names = LangString::of(body.language, body.name);
    if body.english != body.name {
        names = names.and("en", body.english);
    }
    let kinds = enrolment.kinds();
    Ok(Registration {
        id: body.did.to_owned(),
        version: u64::from(version),
        names,
        economies: body.economy.into_iter().map(str::to_owned).collect(),
        roles: vec![*role],
        identifiers: Vec::new(),
        keys: vec![RegisteredKey {
            key: body.key(version).verifying_key().to_multikey(),
            from: None,
            until: None,
        }],
        mandate: Mandate {
            may_register: kinds.contains(&Kind::Registration),
            kinds,
            attestation_kinds: issues.to_vec(),
        },
        contact: Some(Contact {
            office: "DEMO office".to_owned(),
            url: Some(format!("https://{}/contact", body.host())),
            email: Some(texts(&["office", body.host()]).join("@")),
            telephone: None,
        }),
        period: since(from)?,
        same_as: Vec::new(),
    })
}
