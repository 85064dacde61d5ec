//! Published vectors and real logs, read from a folder beside the repository
//! that is not part of it. Where it is absent the tests say so and pass.
#![expect(clippy::disallowed_methods, reason = "tests read vectors")]

use std::path::PathBuf;

use crate::Hash;

/// A log by an earlier form of ours: 300 entries, receipts, a fork.
mod comity_worked_example;
/// Inclusion and consistency probes, good and bad.
mod merkle_probes;
/// Hash tiles and entries of a Certificate Transparency log.
mod sunlight;
/// A small log by Go software, from size 0 to 15.
mod tessera;

/// A folder of vectors, if it is there.
fn folder(name: &str) -> Option<PathBuf> {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = PathBuf::from(shared).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no {name} in ../shared");
    None
}

/// The lines of a file, each a hash in base64.
fn hashes(file: &str) -> Vec<Hash> {
    file.lines()
        .map(|line| crate::text::base64_hash(line).unwrap())
        .collect()
}
