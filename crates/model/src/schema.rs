//! JSON Schemas of the kinds and the JSON-LD context of our terms, generated from the types.
//!
//! The files in `schemas/` are these values; a test keeps them equal. A schema says the form of
//! members only: [`crate::record::Record::check`] says more, and signatures say who.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::arrangement::Arrangement;
use crate::attestation::Attestation;
use crate::commitment::Commitment;
use crate::coverage::CoverageStatement;
use crate::federation::{FederationList, MemberKeys};
use crate::grant::CompetenceGrant;
use crate::import_rule::ImportRule;
use crate::notice::Notice;
use crate::participation::Participation;
use crate::record::{CONTEXT_COMITY, Document, Kind, OPEN_ENVELOPE, OPEN_ISSUER, OPEN_UNTP};
use crate::registration::Registration;
use crate::revocation::KeyRevocation;
use crate::standard::Standard;
use crate::status::StatusEvent;
use crate::takedown::Takedown;

#[cfg(test)]
mod tests;

/// File name of the JSON-LD context.
pub const CONTEXT_FILE: &str = "context-v1.jsonld";

/// Terms that the W3C context defines and protects; ours must not define them again.
const W3C_TERMS: [&str; 7] = [
    "description",
    "digestMultibase",
    "digestSRI",
    "id",
    "mediaType",
    "name",
    "type",
];

/// Definitions whose objects are UNTP's: further members are allowed, their terms are not ours.
const UNTP_DEFINITIONS: [&str; 2] = ["UntpNamed", "UntpParty"];

/// The JSON Schema (draft 2020-12) of every kind, each with its file name.
pub fn schemas() -> Vec<(String, Value)> {
    Kind::ALL
        .into_iter()
        .map(|kind| (file_name(kind), schema(kind)))
        .collect()
}

/// The JSON Schema (draft 2020-12) of a document of that kind, signed or not.
pub fn schema(kind: Kind) -> Value {
    let mut schema = match kind {
        Kind::Attestation => generate::<Attestation>(),
        Kind::CompetenceGrant => generate::<CompetenceGrant>(),
        Kind::Arrangement => generate::<Arrangement>(),
        Kind::Participation => generate::<Participation>(),
        Kind::StatusEvent => generate::<StatusEvent>(),
        Kind::Registration => generate::<Registration>(),
        Kind::KeyRevocation => generate::<KeyRevocation>(),
        Kind::FederationList => generate::<FederationList>(),
        Kind::MemberKeys => generate::<MemberKeys>(),
        Kind::Standard => generate::<Standard>(),
        Kind::ImportRule => generate::<ImportRule>(),
        Kind::Commitment => generate::<Commitment>(),
        Kind::Notice => generate::<Notice>(),
        Kind::Takedown => generate::<Takedown>(),
        Kind::CoverageStatement => generate::<CoverageStatement>(),
    };
    close(&mut schema);
    open_untp(&mut schema);
    pin(&mut schema, kind);
    schema
}

/// The JSON-LD context that defines every term of ours explicitly. UNTP's type-scoped `@vocab`
/// would take in terms that are left undefined.
pub fn context() -> Value {
    let mut terms = BTreeSet::from(["comity".to_owned()]);
    for kind in Kind::ALL {
        collect_terms(&schema(kind), &mut terms);
    }
    let mut context = Map::new();
    context.insert("@version".to_owned(), json!(1.1));
    for term in terms {
        if !W3C_TERMS.contains(&term.as_str()) {
            let iri = format!("{CONTEXT_COMITY}#{term}");
            context.insert(term, json!(iri));
        }
    }
    for kind in Kind::ALL {
        let term = format!("Comity{kind}");
        let iri = format!("{CONTEXT_COMITY}#{term}");
        context.insert(term, json!(iri));
    }
    // Room for others: their members are data here, not terms.
    let extension = json!({"@id": format!("{CONTEXT_COMITY}#extension"), "@type": "@json"});
    context.insert("extension".to_owned(), extension);
    json!({ "@context": context })
}

fn file_name(kind: Kind) -> String {
    format!("{}.json", kind.slug())
}

fn generate<S: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Document<S>>()
        .to_value()
}

/// Forbids further members of every object that lists its members, and puts descriptions on one
/// line.
fn close(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if object.contains_key("properties") && !object.contains_key("additionalProperties") {
        object.insert("additionalProperties".to_owned(), json!(false));
    }
    for (keyword, value) in object.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(members)) => {
                members.values_mut().for_each(close);
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(items)) => {
                items.iter_mut().for_each(close);
            }
            ("items", item) => close(item),
            ("description", Value::String(text)) => *text = text.replace('\n', " "),
            _ => {}
        }
    }
}

/// Opens what belongs to others: UNTP's objects, members kept and not read, the proof.
fn open_untp(schema: &mut Value) {
    for name in UNTP_DEFINITIONS {
        if let Some(definition) = schema.pointer_mut(&format!("/$defs/{name}")) {
            definition["additionalProperties"] = json!(true);
        }
    }
    let kept = "Kept in the signed bytes and not read.";
    for (place, names) in [
        ("/properties", OPEN_ENVELOPE.as_slice()),
        ("/$defs/Issuer/properties", OPEN_ISSUER.as_slice()),
        ("/$defs/Attestation/properties", OPEN_UNTP.as_slice()),
    ] {
        if let Some(properties) = schema.pointer_mut(place) {
            for name in names {
                properties[*name] = json!({ "description": kept });
            }
        }
    }
    let proof = json!({ "type": "object", "required": ["type", "proofValue"] });
    schema["properties"]["proof"] = json!({
        "description": "Data-integrity proof, or proof set of two or more.",
        "anyOf": [proof, { "type": "array", "items": proof, "minItems": 2, "maxItems": 15 }],
    });
}

/// Pins what is the same in every document of the kind (format.md 1.1 and 1.2).
fn pin(schema: &mut Value, kind: Kind) {
    schema["$id"] = json!(format!("{CONTEXT_COMITY}/schemas/{}", file_name(kind)));
    schema["title"] = json!(format!("Comity {kind}"));
    schema["properties"]["@context"]["const"] = json!(kind.context());
    schema["properties"]["type"]["const"] = json!(kind.types());
}

/// Names of members of ours. The envelope's are W3C's, and UNTP's objects name their own; of an
/// attestation's subject only `comity` is ours.
fn collect_terms(schema: &Value, terms: &mut BTreeSet<String>) {
    let definitions = schema.get("$defs").and_then(Value::as_object);
    for (name, definition) in definitions.into_iter().flatten() {
        let others = name == "Attestation" || name == "Issuer";
        if !others && !UNTP_DEFINITIONS.contains(&name.as_str()) {
            collect_properties(definition, terms);
        }
    }
}

fn collect_properties(schema: &Value, terms: &mut BTreeSet<String>) {
    let Some(object) = schema.as_object() else {
        return;
    };
    for (keyword, value) in object {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(members)) => {
                terms.extend(members.keys().cloned());
                for member in members.values() {
                    collect_properties(member, terms);
                }
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(items)) => {
                for item in items {
                    collect_properties(item, terms);
                }
            }
            ("items", item) => collect_properties(item, terms),
            _ => {}
        }
    }
}
