//! The probes of transparency-dev/merkle.

use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::folder;
use crate::Hash;
use crate::tree::{verify_consistency, verify_inclusion};

/// A hash of a probe, if it is one: some are of another length.
fn exact(value: &Value) -> Option<Hash> {
    crate::text::base64_hash(value.as_str().unwrap())
}

/// A hash of a probe, or a stand-in for one of another length, so that equal
/// ones stay equal.
fn hash(value: &Value) -> Hash {
    let stand_in = || Sha256::digest(format!("other length {value}")).into();
    exact(value).unwrap_or_else(stand_in)
}

fn probe(file: &Path) -> bool {
    let probe: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let proof = probe["proof"].as_array();
    let proof: Vec<_> = proof.into_iter().flatten().map(hash).collect();
    let number = |name: &str| probe[name].as_u64().unwrap();
    let held = if probe["leafIdx"].is_u64() {
        // What is no hash cannot even be asked about.
        exact(&probe["leafHash"])
            .zip(exact(&probe["root"]))
            .is_some_and(|(leaf, root)| {
                verify_inclusion(&leaf, number("leafIdx"), number("treeSize"), &proof, &root)
                    .is_ok()
            })
    } else {
        let (old, new) = (hash(&probe["root1"]), hash(&probe["root2"]));
        verify_consistency(number("size1"), &old, number("size2"), &new, &proof).is_ok()
    };
    let refused = probe["wantErr"].as_bool().unwrap();
    assert_eq!(!held, refused, "{}", file.display());
    refused
}

/// Runs all probes below a folder: how many hold, and how many are refused.
fn probes(folder: &Path) -> (u32, u32) {
    let (mut held, mut refused) = (0, 0);
    for place in std::fs::read_dir(folder).unwrap() {
        let path = place.unwrap().path();
        let (more_held, more_refused) = if path.is_dir() {
            probes(&path)
        } else if probe(&path) {
            (0, 1)
        } else {
            (1, 0)
        };
        held += more_held;
        refused += more_refused;
    }
    (held, refused)
}

#[test]
fn inclusion_probes_end_as_expected() {
    let Some(folder) = folder("vectors/tlog-merkle-proofs/testdata") else {
        return;
    };
    assert_eq!(probes(&folder.join("inclusion")), (6, 92));
}

#[test]
fn consistency_probes_end_as_expected() {
    let Some(folder) = folder("vectors/tlog-merkle-proofs/testdata") else {
        return;
    };
    assert_eq!(probes(&folder.join("consistency")), (6, 92));
}
