use comity_model::attestation::AttestationKind;
use comity_model::record::Kind;
use comity_signature::key::SigningKey;

use super::*;

fn key(seed: u8) -> NamedKey {
    NamedKey {
        did: "did:web:lab.example".to_owned(),
        key: SigningKey::from_seed(&[seed; 32]).into(),
    }
}

fn request(keys: &[&NamedKey]) -> Request {
    Request {
        type_name: REQUEST_TYPE.to_owned(),
        id: "did:web:lab.example".to_owned(),
        authority: None,
        created: "2026-01-01T08:00:00Z".parse().unwrap(),
        names: LangString::of("sv", "Provlab"),
        economies: vec!["SE".to_owned()],
        roles: vec![Role::Laboratory],
        identifiers: Vec::new(),
        keys: keys
            .iter()
            .map(|key| key.key.verifying_key().to_multikey())
            .collect(),
        mandate: Mandate {
            kinds: vec![Kind::Attestation, Kind::StatusEvent],
            attestation_kinds: vec![AttestationKind::TestReport, AttestationKind::PtReport],
            may_register: false,
        },
        contact: Contact {
            office: "Registry".to_owned(),
            ..Contact::default()
        },
    }
}

fn granted(mandate: &Mandate) -> Granted {
    Granted {
        authority: Authority {
            did: "did:web:nqi.example".to_owned(),
            name: "Authority".to_owned(),
            language: "en".to_owned(),
        },
        id: "urn:uuid:00000000-0000-7000-8000-000000000001".to_owned(),
        version: 1,
        mandate: mandate.clone(),
        period: Period::new(
            "2026-01-01".parse::<comity_model::date::Day>().unwrap(),
            None,
        ),
        now: "2026-01-02T00:00:00Z".parse().unwrap(),
    }
}

#[test]
fn a_request_comes_back_as_it_was_signed() {
    let (a, b) = (key(1), key(2));
    let request = request(&[&a, &b]);
    let signed = request.sign(&[a, b]).unwrap();
    assert_eq!(Request::verify(&signed).unwrap(), request);
}

#[test]
fn a_listed_key_that_did_not_sign_is_refused() {
    let (a, b) = (key(1), key(2));
    let signed = request(&[&a, &b]).sign(&[a]).unwrap();
    let error = Request::verify(&signed).unwrap_err().to_string();
    assert!(error.contains("did not sign"), "{error}");
}

#[test]
fn a_signature_beyond_the_listed_keys_is_refused() {
    let (a, b) = (key(1), key(2));
    let signed = request(&[&a]).sign(&[a, b]).unwrap();
    assert!(Request::verify(&signed).is_err());
}

#[test]
fn a_changed_request_is_refused() {
    let a = key(1);
    let signed = request(&[&a]).sign(&[a]).unwrap();
    let text = String::from_utf8(signed).unwrap();
    assert!(Request::verify(text.replace("Provlab", "Annan").as_bytes()).is_err());
    let unknown = text.replace("\"contact\"", "\"contacts\"");
    assert!(Request::verify(unknown.as_bytes()).is_err());
}

#[test]
fn what_is_granted_keeps_the_rules_of_records() {
    let a = key(1);
    let request = request(&[&a]);
    let record = request.grant(&granted(&request.mandate));
    assert_eq!(record.validate(), []);
    let authority = SigningKey::from_seed(&[9; 32]);
    assert!(signed(&record, "did:web:nqi.example", &authority.into()).is_ok());
}

#[test]
fn a_mandate_is_narrowed_and_never_widened() {
    let a = key(1);
    let wished = request(&[&a]).mandate;
    let by = |kinds: &[Kind], attestation_kinds: &[AttestationKind]| Mandate {
        kinds: kinds.to_vec(),
        attestation_kinds: attestation_kinds.to_vec(),
        may_register: true,
    };
    assert_eq!(narrowed(&wished, &by(&[], &[])).unwrap(), wished);
    let less = narrowed(
        &wished,
        &by(&[Kind::Attestation], &[AttestationKind::TestReport]),
    )
    .unwrap();
    assert_eq!(less.kinds, [Kind::Attestation]);
    assert_eq!(less.attestation_kinds, [AttestationKind::TestReport]);
    assert!(!less.may_register, "what was not asked for is not granted");
    assert!(narrowed(&wished, &by(&[Kind::Registration], &[])).is_err());
    assert!(narrowed(&wished, &by(&[], &[AttestationKind::Permit])).is_err());
}
