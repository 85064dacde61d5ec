//! Requests for registration: a body proves that it holds its keys, and says what it wishes.
//!
//! A request is a JSON document of type `ComityRegistrationRequest` under `eddsa-jcs-2022`, signed
//! with every key it lists. It is handed to the authority, never logged. What it does *not* prove
//! is who sent it: the authority compares the keys with the body over another way, by telephone.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::date::{Instant, Period};
use comity_model::fault::Fault;
use comity_model::party::{Contact, Identifier, is_did};
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, Record, Subject};
use comity_model::registration::{MAX_KEYS, Mandate, RegisteredKey, Registration, Role};
use comity_model::text::LangString;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity;
use comity_signature::digest;
use serde::{Deserialize, Serialize};

use crate::exit::Failure;
use crate::key::{Key, NamedKey};

/// The type of a request.
pub(crate) const REQUEST_TYPE: &str = "ComityRegistrationRequest";

/// What a body asks of its authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Request {
    /// Always [`REQUEST_TYPE`].
    #[serde(rename = "type")]
    pub(crate) type_name: String,
    /// DID of the body.
    pub(crate) id: String,
    /// The authority it is meant for, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authority: Option<String>,
    /// When it was made, by the body's clock.
    pub(crate) created: Instant,
    /// Every name it wishes to publish under.
    pub(crate) names: LangString,
    /// Economies whose body it is.
    pub(crate) economies: Vec<String>,
    /// What it does.
    pub(crate) roles: Vec<Role>,
    /// Its identifiers in other registers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) identifiers: Vec<Identifier>,
    /// Its keys, as multikeys; each has signed.
    pub(crate) keys: Vec<String>,
    /// What it wishes to issue.
    pub(crate) mandate: Mandate,
    /// The office to ask.
    pub(crate) contact: Contact,
}

impl Request {
    /// The signed document: canonical bytes with one proof for each key.
    pub(crate) fn sign(&self, keys: &[NamedKey]) -> Result<Vec<u8>> {
        let mut bytes = canonical::to_canonical(self)?;
        for key in keys {
            let created = self.created.to_string();
            let created = Some(created.as_str());
            bytes = key
                .key
                .sign(&bytes, &key.did, created, &Limits::default())?;
        }
        Ok(bytes)
    }

    /// Reads a signed request: every key it lists, and no other, must have signed it.
    pub(crate) fn verify(bytes: &[u8]) -> Result<Self> {
        let unusable = |why: String| {
            Failure::no(format!("the request cannot be used: {why}"))
                .help("have the body make it again with `comity register request`, and send that file unchanged")
        };
        let document = canonical::check(bytes, &Limits::default())
            .map_err(|refusal| unusable(refusal.to_string()))?;
        data_integrity::published_form(&document)
            .map_err(|invalid| unusable(invalid.to_string()))?;
        let verified =
            data_integrity::verify(&document).map_err(|invalid| unusable(invalid.to_string()))?;
        let request: Self = serde_json::from_slice(&document.without_proof())
            .map_err(|error| unusable(error.to_string()))?;
        if request.type_name != REQUEST_TYPE {
            return Err(unusable(format!(
                "its type is {:?}, not {REQUEST_TYPE:?}",
                request.type_name
            ))
            .into());
        }
        if !is_did(&request.id) {
            return Err(unusable(format!("{:?} is no DID of a body", request.id)).into());
        }
        if !(1..=MAX_KEYS).contains(&request.keys.len()) {
            return Err(unusable(format!("it lists {} keys", request.keys.len())).into());
        }
        let signed: Vec<String> = verified
            .signers
            .iter()
            .filter(|signer| signer.did == request.id)
            .map(|signer| signer.key.to_multikey())
            .collect();
        if let Some(missing) = request.keys.iter().find(|key| !signed.contains(key)) {
            return Err(unusable(format!("the key {missing} is listed but did not sign")).into());
        }
        if signed.len() != verified.signers.len() || signed.len() != request.keys.len() {
            return Err(unusable("somebody else signed it too".to_owned()).into());
        }
        Ok(request)
    }

    /// The registration that grants what is asked, as version `version`, by `authority`.
    pub(crate) fn grant(&self, granted: &Granted) -> Record {
        let keys = self.keys.iter().map(|key| RegisteredKey {
            key: key.clone(),
            from: None,
            until: None,
        });
        let subject = Registration {
            id: self.id.clone(),
            version: granted.version,
            names: self.names.clone(),
            economies: self.economies.clone(),
            roles: self.roles.clone(),
            identifiers: self.identifiers.clone(),
            keys: keys.collect(),
            mandate: granted.mandate.clone(),
            contact: Some(self.contact.clone()),
            period: granted.period,
            same_as: Vec::new(),
        };
        let name = self.names.0.first().map_or(&*self.id, |name| &*name.value);
        by_authority(
            &granted.authority,
            granted.id.clone(),
            format!("Registration of {name}, version {}", granted.version),
            granted.now,
            Subject::Registration(Box::new(subject)),
        )
    }
}

/// What an authority grants on a request.
#[derive(Clone, Debug)]
pub(crate) struct Granted {
    /// Who grants.
    pub(crate) authority: Authority,
    /// Id of the new record.
    pub(crate) id: String,
    /// 1 for the first registration, then one more each.
    pub(crate) version: u64,
    /// What the body may issue.
    pub(crate) mandate: Mandate,
    /// From when to when.
    pub(crate) period: Period,
    /// The present moment.
    pub(crate) now: Instant,
}

/// An authority as it signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    /// DID.
    pub(crate) did: String,
    /// Name.
    pub(crate) name: String,
    /// Language of its records.
    pub(crate) language: String,
}

/// A record that an authority issues in its own name.
pub(crate) fn by_authority(
    authority: &Authority,
    id: String,
    name: String,
    now: Instant,
    subject: Subject,
) -> Record {
    let (valid_from, valid_until) = subject.envelope_dates().unwrap_or((now, None));
    Record {
        id,
        issuer: Issuer {
            id: authority.did.clone(),
            name: authority.name.clone(),
        },
        name,
        valid_from,
        valid_until,
        comity: Envelope {
            authority: authority.did.clone(),
            language: authority.language.clone(),
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis: None,
        },
        subject,
    }
}

/// A mandate that asks no more than `wished`: the given lists where there are any.
pub(crate) fn narrowed(wished: &Mandate, by: &Mandate) -> Result<Mandate> {
    let too_wide = |what: String| {
        Failure::usage(format!("{what} was not asked for, so it cannot be granted"))
            .help("narrow the request, or have the body ask anew")
    };
    let kinds = if by.kinds.is_empty() {
        &wished.kinds
    } else {
        &by.kinds
    };
    if let Some(kind) = kinds.iter().find(|kind| !wished.kinds.contains(kind)) {
        return Err(too_wide(kind.name().to_owned()).into());
    }
    let wished_kinds = &wished.attestation_kinds;
    let attestation_kinds = if by.attestation_kinds.is_empty() {
        wished_kinds
    } else {
        &by.attestation_kinds
    };
    let wider = |kind: &&_| !wished_kinds.is_empty() && !wished_kinds.contains(kind);
    if let Some(kind) = attestation_kinds.iter().find(wider) {
        return Err(too_wide(format!("{kind:?}")).into());
    }
    let attests = kinds.contains(&comity_model::record::Kind::Attestation);
    Ok(Mandate {
        kinds: kinds.clone(),
        attestation_kinds: if attests {
            attestation_kinds.clone()
        } else {
            Vec::new()
        },
        may_register: wished.may_register && by.may_register,
    })
}

/// Signs a record of our own making; it must keep every rule.
pub(crate) fn signed(record: &Record, did: &str, key: &Key) -> Result<Vec<u8>> {
    let bytes = canonical::to_canonical(&record.to_value())?;
    let bytes = key.sign(&bytes, did, None, &Limits::default())?;
    Record::check(&bytes).map_err(|faults| Failure::no(listed(&faults)))?;
    Ok(bytes)
}

/// Faults in words, one a line.
pub(crate) fn listed(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("\n  ")
}

/// A multikey as words to be compared by telephone.
pub(crate) fn spoken(multikey: &str) -> Result<String> {
    let key = comity_signature::key::VerifyingKey::from_multikey(multikey)?;
    Ok(digest::words(key.as_bytes()))
}
