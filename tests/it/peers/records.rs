//! Two verifiers of `eddsa-jcs-2022` that are not ours: a Rust one and an npm one.

use std::path::PathBuf;
use std::process::Command;

use affinidi_data_integrity::{DataIntegrityProof, VerifyOptions};
use comity_signature::key::VerifyingKey;
use serde_json::Value;

use super::{copy_files, printed, run};
use crate::format_vectors::{folder, frozen};

/// Records of all seven kinds, by file name.
fn records() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder().join("records")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 7);
    files
}

/// What the Rust verifier says of each proof of a document.
fn rust_verdicts(bytes: &[u8]) -> Vec<bool> {
    let mut document: Value = serde_json::from_slice(bytes).unwrap();
    let proofs = match document.as_object_mut().unwrap().remove("proof").unwrap() {
        Value::Array(proofs) => proofs,
        alone => vec![alone],
    };
    let entries = document["@context"].as_array().unwrap().iter();
    let context: Vec<String> = entries
        .map(|entry| entry.as_str().unwrap().to_owned())
        .collect();
    let judge = |proof: Value| {
        let proof: DataIntegrityProof = serde_json::from_value(proof).unwrap();
        let (_, multikey) = proof.verification_method.split_once('#').unwrap();
        let key = VerifyingKey::from_multikey(multikey).unwrap();
        let options = VerifyOptions::new().with_expected_context(context.clone());
        proof
            .verify_with_public_key(&document, key.as_bytes(), options)
            .is_ok()
    };
    proofs.into_iter().map(judge).collect()
}

#[test]
fn the_rust_verifier_accepts_every_record() {
    for file in records() {
        let bytes = std::fs::read(&file).unwrap();
        let several = file.ends_with("arrangement.json");
        let wanted: &[bool] = if several { &[true, true] } else { &[true] };
        assert_eq!(rust_verdicts(&bytes), wanted, "{}", file.display());
    }
    // Its yes means something.
    assert_eq!(
        rust_verdicts(&frozen("negative/06-text-changed.json")),
        [false]
    );
    assert_eq!(
        rust_verdicts(&frozen("negative/11-hash-order-swapped.json")),
        [false]
    );
    assert_eq!(
        rust_verdicts(&frozen("negative/12-signed-by-another-key.json")),
        [false]
    );
}

/// The npm verifier installed below the target folder; `None` with a word why.
fn npm_verifier() -> Option<PathBuf> {
    let Some(source) = crate::shared("peers/npm") else {
        eprintln!("skipped: no npm verifier beside the repository");
        return None;
    };
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("npm-verifier");
    let verifier = place.join("eddsa_jcs_verify.mjs");
    if place.join("node_modules/jsonld-signatures").exists() {
        return Some(verifier);
    }
    copy_files(&source, &place);
    let mut install = Command::new("npm");
    install
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&place);
    match run(&mut install) {
        Some(output) if output.status.success() => Some(verifier),
        Some(output) => {
            let words = printed(&output);
            eprintln!("skipped: npm could not install the verifier: {words}");
            None
        }
        None => {
            eprintln!("skipped: npm is not installed");
            None
        }
    }
}

/// What the npm verifier says of a document.
fn npm_verdict(verifier: &PathBuf, record: &PathBuf) -> Option<Value> {
    let documents = std::fs::read_dir(folder().join("did")).unwrap();
    let documents = documents.map(|file| file.unwrap().path());
    let mut node = Command::new("node");
    let Some(output) = run(node.arg(verifier).arg(record).args(documents)) else {
        eprintln!("skipped: node is not installed");
        return None;
    };
    let answer = serde_json::from_slice(&output.stdout);
    Some(answer.unwrap_or_else(|_| panic!("no answer: {}", printed(&output))))
}

#[test]
fn the_npm_verifier_accepts_every_record() {
    let Some(verifier) = npm_verifier() else {
        return;
    };
    for file in records() {
        let Some(answer) = npm_verdict(&verifier, &file) else {
            return;
        };
        assert_eq!(answer["verified"], true, "{}: {answer}", file.display());
        let proofs = if file.ends_with("arrangement.json") {
            2
        } else {
            1
        };
        assert_eq!(answer["results"].as_array().unwrap().len(), proofs);
    }
    // It refuses what breaks the W3C's rules, and accepts what breaks only ours.
    let refused = [
        "05-integer-too-large",
        "06-text-changed",
        "10-purpose-changed",
        "11-hash-order-swapped",
        "12-signed-by-another-key",
    ];
    let accepted = [
        "01-pretty-printed",
        "07-context-appended",
        "14-cosigner-stripped",
    ];
    for name in refused.iter().chain(&accepted) {
        let file = folder().join(format!("negative/{name}.json"));
        let Some(answer) = npm_verdict(&verifier, &file) else {
            return;
        };
        assert_eq!(answer["verified"], accepted.contains(name), "{name}");
    }
}
