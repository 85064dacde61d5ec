//! What does a record say?
//!
//! The kinds of records Comity holds, as typed views of W3C Verifiable Credentials 2.0 whose
//! signed bytes are canonical JSON. One module a kind, plus the vocabulary they share: legal
//! days, product codes, standards references, levels, texts in several languages.
//!
//! In scope: fields, checked forms, normalisation, field rules ([`record::Record::check`]),
//! samples and JSON Schemas. Out of scope: signatures (`comity-signature`), the log
//! (`comity-tlog`), whether a record counts somewhere (`comity-recognition`).
//!
//! A typed view is never written back in place of signed bytes: it serves reading and drafting.

pub mod arrangement;
pub mod attestation;
pub mod commitment;
pub mod coverage;
pub mod date;
pub mod fault;
pub mod federation;
pub mod grant;
pub mod import_rule;
pub mod level;
pub mod notice;
pub mod number;
pub mod participation;
pub mod party;
pub mod product;
pub mod record;
pub mod reference;
pub mod registration;
pub mod revocation;
pub mod samples;
pub mod schema;
pub mod standard;
pub mod status;
pub mod takedown;
pub mod text;
