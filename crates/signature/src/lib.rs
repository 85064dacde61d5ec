//! Who signed it?
//!
//! This crate turns received bytes into the one form that may be signed
//! ([`canonical`], RFC 8785 with the profile of format v1, section 1), hashes
//! it ([`digest`]), holds Ed25519 keys under the registry's rule ([`key`]),
//! reads `did:web` names ([`did`]), makes and checks `eddsa-jcs-2022`
//! proofs ([`data_integrity`]) and hashes what stays private ([`commitment`]).
//!
//! The key design decision: **a record is its canonical bytes**. They are
//! checked by one scan as they were received and never written out anew, so
//! what was signed, stored, hashed and served are the same octets, and the
//! document without its `proof` is a splice of them.
//!
//! Left out: what a record says (`comity-model`), whether its signer was
//! entitled to say it (`comity-recognition`), and whether it was published
//! (`comity-tlog`). Nothing here reads a clock, a file, the environment or a
//! random source; key seeds and salts are arguments, and a key that never leaves
//! its token signs through a closure ([`data_integrity::sign_with`]).

pub mod canonical;
pub mod commitment;
pub mod data_integrity;
pub mod did;
pub mod digest;
pub mod key;
