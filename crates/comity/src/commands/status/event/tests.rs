use serde_json::json;

use super::*;

const SIGNER: &str = "did:web:lab.example";

fn of(issuer: &str) -> Value {
    json!({"id": "urn:uuid:1", "issuer": {"id": issuer}})
}

#[test]
fn an_issuer_acts_on_its_own_records() {
    let chosen = [of(SIGNER)];
    assert_eq!(
        capacity(Action::Suspend, None, SIGNER, &chosen).unwrap(),
        Capacity::Issuer
    );
}

#[test]
fn on_records_of_others_the_capacity_is_not_guessed() {
    let chosen = [of(SIGNER), of("did:web:other.example")];
    assert!(capacity(Action::Suspend, None, SIGNER, &chosen).is_err());
    let said = capacity(Action::Suspend, Some(Capacity::Grantor), SIGNER, &chosen);
    assert_eq!(said.unwrap(), Capacity::Grantor);
}

#[test]
fn some_actions_leave_no_choice() {
    let chosen = [of("did:web:other.example")];
    let capacity = |action| capacity(action, None, SIGNER, &chosen).unwrap();
    assert_eq!(
        capacity(Action::RefuseRecognition),
        Capacity::DestinationAuthority
    );
    assert_eq!(
        capacity(Action::RestoreRecognition),
        Capacity::DestinationAuthority
    );
    assert_eq!(capacity(Action::Disown), Capacity::Laboratory);
}
