//! Tests of the whole: what no single crate can show.
//!
//! One binary, one module for each subject. A test of one crate stands beside its module instead.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and these read the files they are about"
)]

/// The layers of the workspace and the rules about its sources. A new crate or edge goes here.
mod architecture;
/// Evidence files, and nodes compared with each other. A new way to lie goes here.
mod compare;
/// kill -9 at random moments loses nothing that was acknowledged. A new way to die goes here.
mod crash;
/// The documents: what they name exists. A new kind of mention goes here.
mod documents;
/// Several nodes as several processes. What no single node can show goes here.
mod federation;
/// The frozen bytes of format v1. Vectors are added here and never changed.
mod format_vectors;
/// What people do with the program, process by process. A new command or exit code goes here.
mod journeys;
/// A node that lies is caught, or nothing rests on it. A new lie goes here.
mod liars;
/// Software of others reads what we write. A new foreign verifier goes here.
mod peers;
/// The program as people use it: a harness for the modules that run it.
mod program;
/// Real registers, imported, asked about and audited. A new register or question goes here.
mod real_data;
/// Many nodes over a network that a seed spoils. A new fault of the network goes here.
mod simulation;
/// The witness endpoint, and witnesses of others. A new status or foreign program goes here.
mod witness;

use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Test data kept beside the repository, where it is there.
fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    path.exists().then_some(path)
}
