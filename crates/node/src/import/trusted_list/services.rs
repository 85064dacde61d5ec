//! Services of a list to grants of competence, each under an identifier that stays the same from
//! one list to the next.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::{Day, Period};
use comity_model::grant::{CompetenceGrant, Flexibility, GrantType, ScopeItem};
use comity_model::number::MAX_NUMBER_CHARS;
use comity_model::party::{Identifier, NamedParty};
use comity_model::record::{
    Attribution, Envelope, ImportedFrom, Issuer, MODEL_VERSION, Record, Subject,
};
use comity_model::status::SourceStatement;
use comity_model::text::{LangString, MAX_NAME_CHARS};
use sha2::{Digest as _, Sha256};

use super::read::{Identity, Provider, Service, TrustedList};
use super::words;
use crate::import::Source;
use crate::import::identity::{imported_id, subject_digest};
use crate::import::known::Known;

/// Scheme of the SHA-256 of a certificate (DER), in hex.
pub const CERTIFICATE: &str = "x509-sha256";
/// Scheme of a subject key identifier, in hex.
pub const KEY_IDENTIFIER: &str = "x509-ski";
/// Scheme of a subject's distinguished name.
pub const SUBJECT_NAME: &str = "x509-subject";
/// Before the number of a grant that follows one that was withdrawn.
pub(super) const AGAIN: char = '#';

/// A service with the grant that stands for it.
pub(super) struct Row {
    /// The service's identifier; that of its record may have [`AGAIN`] and a number behind it.
    pub(super) service_id: String,
    pub(super) record: Record,
    pub(super) statements: Vec<SourceStatement>,
}

/// A row for each service.
pub(super) fn rows(list: &TrustedList, source: &Source, system: &str, known: &Known) -> Vec<Row> {
    let services: Vec<(&Provider, &Service)> = list
        .providers
        .iter()
        .flat_map(|provider| {
            provider
                .services
                .iter()
                .map(move |service| (provider, service))
        })
        .collect();
    let ids = service_ids(list, &services, known);
    services
        .iter()
        .zip(ids)
        .map(|((provider, service), service_id)| {
            let draft = Draft {
                list,
                source,
                system,
                provider,
                service,
            };
            Row {
                record: draft.record(&service_id),
                statements: service.statements.clone(),
                service_id,
            }
        })
        .collect()
}

/// Where the grant for a service begins that is written with these statements, the newest first.
pub(super) fn begin(statements: &[SourceStatement]) -> Day {
    let first = statements.last();
    first.map_or(comity_model::date::Instant::EPOCH.day(), |first| {
        first.since.day()
    })
}

/// `record` under another source id, or with another first day.
pub(super) fn settle(record: &mut Record, source_id: &str, begin: Day) {
    if let Subject::CompetenceGrant(grant) = &mut record.subject {
        grant.period.from = begin.into();
    }
    record.valid_from = begin.first_second();
    let digest = subject_digest(record);
    if let Some(imported) = &mut record.comity.imported_from {
        source_id.clone_into(&mut imported.source_id);
        record.id = imported_id(
            &record.issuer.id,
            &imported.system,
            source_id,
            &digest,
            None,
        );
    }
}

/// The identifier of each service: territory, type, and a hash of type and key (a service is one
/// type and one key, TS 119 612, clause 5.5.3). Where lists say several services of one type and
/// key, a hash of name and further information tells them apart, and their order what is left.
fn service_ids(
    list: &TrustedList,
    services: &[(&Provider, &Service)],
    known: &Known,
) -> Vec<String> {
    let plain: Vec<String> = services
        .iter()
        .map(|(_, service)| {
            let key = short_hash(&format!("{}\n{}", service.sort, key(service)));
            let sort = words::short_type(&service.sort);
            format!("{}/{sort}/{key}", list.territory)
        })
        .collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, id) in plain.iter().enumerate() {
        groups.entry(id).or_default().push(place);
    }
    let mut ids = plain.clone();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (id, group) in groups {
        let split = format!("{id}/");
        let was_split = known.rows().keys().any(|known| known.starts_with(&split));
        if group.len() == 1 && !was_split {
            continue;
        }
        // The service that had the identifier alone keeps it: the one of its name, else the first.
        let holder = known.rows().get(id).map(|held| {
            let named = group.iter().copied().find(|place| {
                services
                    .get(*place)
                    .is_some_and(|(provider, service)| name(provider, service) == held.name)
            });
            named.or(group.first().copied())
        });
        for place in group {
            if Some(Some(place)) == holder {
                continue;
            }
            let Some((_, service)) = services.get(place) else {
                continue;
            };
            let told = format!("{:?}\n{}", service.names, service.information.join("\n"));
            let hash: String = short_hash(&told).chars().take(8).collect();
            let mut own = format!("{id}/{hash}");
            let mut number = 2;
            while !taken.insert(own.clone()) {
                own = format!("{id}/{hash}-{number}");
                number += 1;
            }
            if let Some(slot) = ids.get_mut(place) {
                *slot = own;
            }
        }
    }
    ids
}

/// What the list identifies the key of a service by: the key itself where it gives a certificate.
fn key(service: &Service) -> String {
    let Identity {
        certificates,
        key_identifiers,
        subject_names,
        others,
    } = &service.identity;
    if let Some(certificate) = certificates.first() {
        return match certificate.public_key.as_slice() {
            [] => format!("certificate {}", hex::encode(certificate.digest)),
            key => format!("key {}", hex::encode(Sha256::digest(key))),
        };
    }
    if let Some(identifier) = key_identifiers.first() {
        return format!("ski {}", hex::encode(identifier));
    }
    let text = others.first().or(subject_names.first());
    text.map_or_else(
        || format!("name {:?}", service.names),
        |text| format!("text {text}"),
    )
}

fn short_hash(text: &str) -> String {
    let digest = hex::encode(Sha256::digest(text.as_bytes()));
    digest.chars().take(16).collect()
}

/// The name of a service's record.
fn name(provider: &Provider, service: &Service) -> String {
    let of = |names: &LangString, otherwise: &str| {
        names.in_language("en").unwrap_or(otherwise).to_owned()
    };
    let subject = service.identity.subject_names.first();
    let subject = subject.map_or_else(|| words::short_type(&service.sort), String::as_str);
    let name = format!(
        "{}: {}",
        of(&provider.names, "provider without a name"),
        of(&service.names, subject)
    );
    cut(&name)
}

/// As much of a name as a record holds.
pub(super) fn cut(name: &str) -> String {
    name.chars().take(MAX_NAME_CHARS).collect()
}

struct Draft<'a> {
    list: &'a TrustedList,
    source: &'a Source,
    system: &'a str,
    provider: &'a Provider,
    service: &'a Service,
}

impl Draft<'_> {
    fn record(&self, source_id: &str) -> Record {
        let list = self.list;
        let begin = begin(&self.service.statements);
        let mut record = Record {
            id: String::new(),
            issuer: Issuer {
                id: self.source.signer.clone(),
                name: self.source.signer_name.clone(),
            },
            name: name(self.provider, self.service),
            valid_from: begin.first_second(),
            valid_until: None,
            comity: Envelope {
                authority: self.source.authority.clone(),
                language: language(&self.service.names),
                model_version: MODEL_VERSION,
                replaces: None,
                imported_from: Some(ImportedFrom {
                    system: self.system.to_owned(),
                    source_id: source_id.to_owned(),
                    fetched_on: self.source.fetched_on,
                    attributed_to: Attribution {
                        id: format!("trusted list of {}", list.territory),
                        name: cut(&list.document.operator),
                        economies: vec![list.economy.clone()],
                    },
                    source_signed: false,
                }),
                publication_basis: None,
            },
            subject: Subject::CompetenceGrant(Box::new(self.grant(begin))),
        };
        settle(&mut record, source_id, begin);
        record
    }

    fn grant(&self, begin: Day) -> CompetenceGrant {
        let mut sectors = vec![self.service.sort.clone()];
        for uri in &self.service.information {
            if !sectors.contains(uri) {
                sectors.push(uri.clone());
            }
        }
        CompetenceGrant {
            grant_type: GrantType::Approval,
            grantor: NamedParty {
                country: Some(self.list.economy.clone()),
                ..party(&self.list.operator, "scheme operator")
            },
            grantee: NamedParty {
                country: self.provider.country.clone(),
                address: self.provider.address.clone(),
                identifiers: self.identifiers(),
                ..party(&self.provider.names, "provider without a name")
            },
            economies: vec![self.list.economy.clone()],
            number: self.number(),
            criteria: Vec::new(),
            activities: Vec::new(),
            period: Period::new(begin, None),
            period_inferred: false,
            initial_on: None,
            flexibility: Flexibility::default(),
            scope: vec![ScopeItem {
                id: "service".to_owned(),
                description: self.service.names.clone(),
                sectors,
                ..ScopeItem::default()
            }],
            under_chapters: Vec::new(),
        }
    }

    /// A list numbers no services: what it identifies this one by.
    fn number(&self) -> String {
        let identity = &self.service.identity;
        let certificate = identity.certificates.first();
        let number = certificate
            .map(|certificate| hex::encode(certificate.digest))
            .or_else(|| identity.key_identifiers.first().map(hex::encode))
            .or_else(|| identity.subject_names.first().cloned())
            .unwrap_or_else(|| name(self.provider, self.service));
        number.chars().take(MAX_NUMBER_CHARS).collect()
    }

    /// Trade names, which hold the registered identifiers (TS 119 612, clause 5.4.2), and what
    /// identifies the service: a grant has no other place for either.
    fn identifiers(&self) -> Vec<Identifier> {
        let identity = &self.service.identity;
        let mut found: Vec<Identifier> = Vec::new();
        let mut note = |scheme: &str, value: String| {
            let identifier = Identifier {
                scheme: scheme.to_owned(),
                value,
            };
            if !found.contains(&identifier) {
                found.push(identifier);
            }
        };
        for name in &self.provider.trade_names.0 {
            let scheme = match name.value.get(..3) {
                Some("VAT") => "vat",
                Some("NTR") => "ntr",
                _ => "tradeName",
            };
            note(scheme, name.value.clone());
        }
        for certificate in &identity.certificates {
            note(CERTIFICATE, hex::encode(certificate.digest));
        }
        for identifier in &identity.key_identifiers {
            note(KEY_IDENTIFIER, hex::encode(identifier));
        }
        for subject in &identity.subject_names {
            note(SUBJECT_NAME, subject.clone());
        }
        found
    }
}

/// A party by its names: the first of them, and all in their languages.
fn party(names: &LangString, otherwise: &str) -> NamedParty {
    NamedParty {
        names: LangString(names.0.iter().skip(1).cloned().collect()),
        ..NamedParty::named(&cut(names.in_language("en").unwrap_or(otherwise)))
    }
}

/// The language of texts without a tag of their own.
fn language(names: &LangString) -> String {
    let first = names.0.first();
    first.map_or_else(|| "en".to_owned(), |text| text.lang.clone())
}
