//! The W3C's vector, and another implementation's view of our signatures.

use std::path::Path;

use affinidi_data_integrity::{DataIntegrityProof, VerifyOptions};
use serde_json::Value;

use super::super::proof::Proof;
use super::super::sign::sign_as;
use super::super::{Invalid, hash_data, published_form, verify};
use super::{RECORD, signed};
use crate::canonical::{Limits, canonicalise, check};
use crate::digest::document_digest;
use crate::key::{SigningKey, VerifyingKey};

/// A file of the W3C vectors, or `None` with a word why.
fn read(name: &str) -> Option<String> {
    let folder = "../../../shared/vectors/vc-di-eddsa/TestVectors";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join(name);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: no W3C vectors beside the repository");
    }
    text
}

fn canonical(text: &str) -> Vec<u8> {
    canonicalise(text.as_bytes(), &Limits::default()).unwrap()
}

/// The key of the vector, whose multikey head 0x80 0x26 says "secret".
fn vector_key(pair: &str) -> SigningKey {
    let pair: Value = serde_json::from_str(pair).unwrap();
    let secret = pair["privateKeyMultibase"].as_str().unwrap();
    let bytes = bs58::decode(secret.strip_prefix('z').unwrap())
        .into_vec()
        .unwrap();
    let seed = bytes.strip_prefix(&[0x80, 0x26]).unwrap();
    let key = SigningKey::from_seed(seed.try_into().unwrap());
    assert_eq!(
        key.verifying_key().to_multikey(),
        pair["publicKeyMultibase"].as_str().unwrap()
    );
    key
}

#[test]
fn the_w3c_vector_bit_for_bit() {
    let Some(pair) = read("keyPair.json") else {
        return;
    };
    let file = |name: &str| {
        read(&format!("eddsa-jcs-2022/{name}"))
            .unwrap()
            .trim()
            .to_owned()
    };
    let key = vector_key(&pair);

    // Signing gives the published document.
    let unsigned = canonical(&read("unsigned.json").unwrap());
    assert_eq!(unsigned, file("canonDocJCS.txt").as_bytes());
    let controller = format!("did:key:{}", key.verifying_key().to_multikey());
    let created = Some("2023-02-24T23:36:38Z");
    let ours = sign_as(&unsigned, &controller, &key, created, &Limits::default()).unwrap();
    let published = canonical(&file("signedJCS.json"));
    assert_eq!(
        String::from_utf8_lossy(&ours),
        String::from_utf8_lossy(&published)
    );

    // Every step between agrees as well.
    let document = check(&published, &Limits::default()).unwrap();
    let proof = Proof::read(document.proof().unwrap(), 0).unwrap().unwrap();
    let digest = document_digest(&document);
    assert_eq!(hex::encode(proof.digest), file("proofHashJCS.txt"));
    assert_eq!(hex::encode(digest), file("docHashJCS.txt"));
    assert_eq!(
        hex::encode(hash_data(&proof.digest, &digest)),
        file("combinedHashJCS.txt")
    );
    assert_eq!(hex::encode(proof.signature), file("sigHexJCS.txt"));
    assert!(String::from_utf8_lossy(&published).contains(&file("sigBTC58JCS.txt")));

    // Verifying accepts it; publishing does not, for it is signed by did:key.
    let answer = verify(&document).unwrap();
    assert_eq!(answer.signers[0].did, controller);
    let form = published_form(&document).unwrap_err();
    assert!(matches!(form, Invalid::DidMalformed { proof: 0, .. }));
}

#[test]
fn w3c_proofs_of_another_suite_do_not_count() {
    for name in ["signedProofSet2.json", "signedProofChain2.json"] {
        let Some(text) = read(&format!("proof-set-chain/{name}")) else {
            return;
        };
        let bytes = canonical(&text);
        let answer = verify(&check(&bytes, &Limits::default()).unwrap());
        assert_eq!(answer, Err(Invalid::NoCountedProof));
    }
}

/// What another implementation says of each proof of a document.
fn foreign_verdicts(bytes: &[u8]) -> Vec<bool> {
    let mut document: Value = serde_json::from_slice(bytes).unwrap();
    let proof = document.as_object_mut().unwrap().remove("proof").unwrap();
    let proofs = match proof {
        Value::Array(proofs) => proofs,
        alone => vec![alone],
    };
    let judge = |proof: Value| {
        let proof: DataIntegrityProof = serde_json::from_value(proof).unwrap();
        let (_, multikey) = proof.verification_method.split_once('#').unwrap();
        let key = VerifyingKey::from_multikey(multikey).unwrap();
        let context = document["@context"].as_array().map(|entries| {
            let texts = entries
                .iter()
                .map(|entry| entry.as_str().unwrap().to_owned());
            texts.collect()
        });
        let options = context.map_or_else(VerifyOptions::new, |context| {
            VerifyOptions::new().with_expected_context(context)
        });
        proof
            .verify_with_public_key(&document, key.as_bytes(), options)
            .is_ok()
    };
    proofs.into_iter().map(judge).collect()
}

#[test]
fn another_implementation_accepts_ours() {
    let rich = canonical(
        r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://w3id.org/comity/v1"],
            "name":"认证 شهادة сертификат 😂 \n\t\"\\", "\ufb33":1, "😂":2,
            "numbers":[0,-1,1.5,1e-7,1e+30,9007199254740991],"nested":[[],{},[{"a":null}]]}"#,
    );
    for document in [RECORD.as_bytes(), rich.as_slice()] {
        let one = signed(document, "did:web:a.example", 1);
        assert_eq!(foreign_verdicts(&one), [true]);
        let two = signed(&one, "did:web:b.example:authority", 2);
        assert_eq!(foreign_verdicts(&two), [true, true]);
        // It looks at the document, so its yes means something.
        let text = String::from_utf8(two).unwrap();
        let changed = text.replacen("\",\"", "x\",\"", 1);
        assert!(!foreign_verdicts(changed.as_bytes()).contains(&true));
        let changed = text.replacen(":web:b", ":web:c", 1);
        assert_eq!(foreign_verdicts(changed.as_bytes()), [true, false]);
    }
}
