//! Registrations: authorities register accreditation bodies, those register everybody else. Some
//! bodies had a key before the one they have.

use anyhow::Result;
use comity_model::date::Day;
use comity_model::party::Identifier;
use comity_model::record::{Kind, Subject};
use comity_model::registration::{Mandate, RegisteredKey, Registration, Role};
use comity_model::revocation::{KeyRevocation, RevocationReason};
use comity_model::text::LangString;
use comity_signature::key::SigningKey;

use super::Foundation;
use crate::generate::cast::{Body, Cast, Sort, public_seed};
use crate::generate::tables::Words;

/// Bodies, one in so many, that replaced a key.
const KEYS_REPLACED: usize = 16;
/// Days before the base day on which they did.
const REPLACED_DAYS: i32 = 900;

const TITLE: Words = [
    "DEMO registration: {}",
    "演示登记：{}",
    "ДЕМО-регистрация: {}",
    "تسجيل تجريبي: {}",
    "Enregistrement DÉMO : {}",
];
const REVOKED: Words = [
    "DEMO key replaced: {}",
    "演示密钥更换：{}",
    "ДЕМО: замена ключа: {}",
    "استبدال مفتاح، تجريبي: {}",
    "Clé DÉMO remplacée : {}",
];

/// Adds the registrations of the accreditation bodies.
pub(super) fn of_accreditors(foundation: &mut Foundation, cast: &Cast) -> Result<()> {
    for (authority, accreditor) in cast.authorities.iter().zip(&cast.accreditors) {
        let mut registration = registration(foundation, accreditor, &accreditor.key, 1);
        registration.roles = vec![Role::AccreditationBody];
        registration.mandate = Mandate {
            kinds: vec![
                Kind::CompetenceGrant,
                Kind::StatusEvent,
                Kind::Registration,
                Kind::KeyRevocation,
            ],
            attestation_kinds: Vec::new(),
            may_register: true,
        };
        let begun = foundation.begun;
        add(foundation, authority, accreditor, registration, begun)?;
    }
    Ok(())
}

/// Adds those of everybody else, and the keys that were replaced.
pub(super) fn of_bodies(foundation: &mut Foundation, cast: &Cast) -> Result<()> {
    let begun = foundation.begun;
    for (place, body) in cast.bodies.iter().enumerate() {
        let parent = &cast.accreditors[body.economy];
        if place % KEYS_REPLACED != KEYS_REPLACED - 1 {
            let registration = registration(foundation, body, &body.key, 1);
            add(foundation, parent, body, registration, begun)?;
            continue;
        }
        let name = format!("earlier key of {}", body.did);
        let earlier = SigningKey::from_seed(&public_seed(foundation.seed, &name));
        let first = registration(foundation, body, &earlier, 1);
        add(foundation, parent, body, first, begun)?;
        let on = foundation.date.plus_days(-REPLACED_DAYS);
        let revocation = KeyRevocation {
            id: body.did.clone(),
            key: earlier.verifying_key().to_multikey(),
            reason: RevocationReason::Superseded,
            effective_from: on.first_second(),
        };
        let title = parent.say(&REVOKED).replace("{}", &body.name);
        let subject = Subject::KeyRevocation(Box::new(revocation));
        foundation.add(parent, on, title, subject)?;
        let second = registration(foundation, body, &body.key, 2);
        add(foundation, parent, body, second, on)?;
    }
    Ok(())
}

fn add(
    foundation: &mut Foundation,
    parent: &Body,
    body: &Body,
    registration: Registration,
    on: Day,
) -> Result<()> {
    let title = parent.say(&TITLE).replace("{}", &body.name);
    let subject = Subject::Registration(Box::new(registration));
    foundation.add(parent, on, title, subject)?;
    Ok(())
}

fn registration(
    foundation: &mut Foundation,
    body: &Body,
    key: &SigningKey,
    version: u64,
) -> Registration {
    let mut names = LangString::of(body.tag(), &body.name);
    if body.english != body.name {
        names = names.and("en", &body.english);
    }
    let digits = foundation.chance.below(10_000);
    Registration {
        id: body.did.clone(),
        version,
        names,
        economies: vec![body.code().to_owned()],
        roles: body.sort.map(Sort::role).into_iter().collect(),
        identifiers: vec![Identifier {
            scheme: "other".to_owned(),
            value: format!("DEMO-{}-{digits:04}", body.code()),
        }],
        keys: vec![RegisteredKey {
            key: key.verifying_key().to_multikey(),
            from: None,
            until: None,
        }],
        mandate: Mandate {
            // Whoever may be named in a notice may respond to it.
            kinds: vec![
                Kind::Attestation,
                Kind::StatusEvent,
                Kind::Commitment,
                Kind::CoverageStatement,
                Kind::Notice,
            ],
            attestation_kinds: body
                .sort
                .map(|sort| sort.issues().to_vec())
                .unwrap_or_default(),
            may_register: false,
        },
        contact: Some(body.office()),
        period: foundation.since(),
        same_as: Vec::new(),
    }
}
