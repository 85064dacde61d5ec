use super::*;

const SIGNER: &str = "did:web:jp.example";

#[test]
fn what_no_reinstatement_brings_back_is_said() {
    let record = |number: &str, state: &str| serde_json::json!({"certificateNumber": number, "id": "urn:uuid:1", "state": state});
    assert_eq!(
        in_vain(&[record("A", "active"), record("B", "suspended")]),
        None
    );
    let chosen =
        ["withdrawn", "annulled", "superseded", "suspended"].map(|state| record(state, state));
    let words = in_vain(&chosen).unwrap();
    assert_eq!(words.matches("warning: ").count(), 3, "{words}");
    assert!(words.contains("withdrawn is withdrawn; reinstating it changes nothing"));
    assert!(!words.contains("suspended is"));
}

#[test]
fn what_is_refused_is_not_refused_again() {
    let today: Day = "2026-06-15".parse().unwrap();
    let act = |action: &str, sequence: u64, until: Value| {
        json!({"event": {
            "action": action, "effectiveFrom": "2026-05-01", "effectiveUntil": until,
            "sequence": sequence, "signer": {"did": SIGNER},
        }})
    };
    let refusal = act("refuseRecognition", 1, Value::Null);
    let ended = act("refuseRecognition", 1, json!("2026-06-14"));
    let ending = act("refuseRecognition", 1, json!("2026-06-15"));
    let restored = [act("restoreRecognition", 2, Value::Null), refusal.clone()];
    let mut by_another = refusal.clone();
    by_another["event"]["signer"]["did"] = json!("did:web:kz.example");
    let refuse =
        |history: &[Value]| in_that_state(Action::RefuseRecognition, history, SIGNER, today);
    let restore =
        |history: &[Value]| in_that_state(Action::RestoreRecognition, history, SIGNER, today);
    let refusal = std::slice::from_ref(&refusal);
    assert_eq!(
        refuse(refusal).as_deref(),
        Some("already refused, from 2026-05-01 on")
    );
    assert_eq!(restore(refusal), None);
    for history in [&restored[..], &[by_another], &[]] {
        assert_eq!(refuse(history), None);
        assert_eq!(
            restore(history).as_deref(),
            Some("not refused by this authority")
        );
    }
    for history in [&ended, &ending] {
        assert_eq!(refuse(std::slice::from_ref(history)), None);
    }
    assert_eq!(restore(&[ended]).as_deref(), Some("its refusal has ended"));
    assert_eq!(restore(&[ending]), None);
    assert_eq!(in_that_state(Action::Suspend, refusal, SIGNER, today), None);
}
