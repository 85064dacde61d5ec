//! Who a record speaks of: registered parties by DID, others by name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::LangString;

#[cfg(test)]
mod tests;

/// Longest DID in bytes (format.md 1.10): it stands in every reference, key and index.
pub const MAX_DID_BYTES: usize = 200;

/// Longest label of a host name (RFC 1035, section 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// A registered party: the pair of its DID and the head authority that registered it
/// (format.md 2.2). The same DID under another authority is another party.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct PartyReference {
    /// DID of the party.
    pub id: String,
    /// DID of the head authority of its registration chain.
    pub registered_by: String,
}

/// A registered party with the name it goes by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamedParty {
    /// DID of the party; absent where a source names an unregistered party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// DID of the head authority of its registration chain; with `id` always present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_by: Option<String>,
    /// Name in the record's language.
    pub name: String,
    /// Names in further languages and scripts.
    #[serde(default, skip_serializing_if = "LangString::is_empty")]
    pub names: LangString,
    /// Identifiers in other registers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// ISO 3166-1 alpha-2 code of its seat; information, never decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Address as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl NamedParty {
    /// A party known by name only.
    pub fn named(name: &str) -> Self {
        Self {
            id: None,
            registered_by: None,
            name: name.to_owned(),
            names: LangString::default(),
            identifiers: Vec::new(),
            country: None,
            address: None,
        }
    }

    /// The registered party `id` under the authority `registered_by`.
    pub fn registered(id: &str, registered_by: &str, name: &str) -> Self {
        Self {
            id: Some(id.to_owned()),
            registered_by: Some(registered_by.to_owned()),
            ..Self::named(name)
        }
    }

    /// The pair that identifies it, where it is registered.
    pub fn reference(&self) -> Option<PartyReference> {
        Some(PartyReference {
            id: self.id.clone()?,
            registered_by: self.registered_by.clone()?,
        })
    }
}

/// An identifier in another register.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Identifier {
    /// The register: `lei`, `euid`, `uscc`, `vat`, `gln`, `duns`, `nb4`, `iafAb`, `other`...
    pub scheme: String,
    /// The identifier there.
    pub value: String,
}

/// The office to ask. Offices only: no natural person's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// Name of the office.
    pub office: String,
    /// Web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Mailbox of the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone of the office, for comparing keys by voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
}

/// Whether `code` has the form of an ISO 3166-1 alpha-2 code (two upper-case letters).
pub fn is_economy(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether `text` is a DID that records may use (format.md 1.10): `did:web:`, a lower-case ASCII
/// host of LDH labels without a port, path segments of `[a-z0-9-]+`, at most [`MAX_DID_BYTES`].
///
/// ```
/// assert!(comity_model::party::is_did("did:web:lab.example:testing"));
/// assert!(!comity_model::party::is_did("did:web:Lab.example"));
/// ```
pub fn is_did(text: &str) -> bool {
    let Some(name) = text.strip_prefix("did:web:") else {
        return false;
    };
    let mut parts = name.split(':');
    let host = parts.next().unwrap_or_default();
    // A last label of digits would be an address, and did:web names hosts by name.
    let last = host.rsplit('.').next().unwrap_or_default();
    text.len() <= MAX_DID_BYTES
        && host.split('.').all(is_host_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
        && parts.all(is_slug)
}

/// Whether `text` is `[a-z0-9-]+`, as path segments of DIDs and names of chapters are.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

fn is_host_label(label: &str) -> bool {
    is_slug(label)
        && label.len() <= MAX_LABEL_BYTES
        && !label.starts_with('-')
        && !label.ends_with('-')
}
