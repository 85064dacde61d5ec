//! What the store and the index keep of a record so that it can be found. All of it can be made
//! again from the log; none of it decides a verdict.

use comity_model::attestation::{Attestation, AttestationDetails, AttestationKind};
use comity_model::date::Day;
use comity_model::grant::CompetenceGrant;
use comity_model::number::{MAX_NUMBER_CHARS, normalise};
use comity_model::record::{Record, Subject};
use comity_model::reference::Reference;
use comity_model::text::{LangString, projected};
use comity_recognition::ways::Traits;
use comity_search::{Document, Text, Weight};
use comity_store::{Identifier, SubjectKey};

/// Scheme of the report numbers that a laboratory has committed to with a key, each with the
/// laboratory.
pub fn committed_with(key: &str) -> String {
    format!("committed with {key}")
}

/// Scheme of certificate numbers signed with a key, each with the signer: what is signed with
/// another key in its name crowds out nothing here.
pub fn number_signed_with(key: &str) -> String {
    format!("number signed with {key}")
}

/// The same by an importer, each with the one to whom the register attributes the row.
pub fn number_attributed_with(key: &str) -> String {
    format!("number attributed with {key}")
}

/// Most identifiers kept of one record; more would be a list, not a name.
pub const MAX_IDENTIFIERS: usize = 2_000;

/// Most proofs of an issuer under whose keys a record is kept; published records have one
/// (format.md 1.5).
const MAX_SIGNERS: usize = 2;

/// Scheme of certificate numbers with the signer, whatever the key: of use where none of its keys
/// is known.
pub const NUMBER_OF_ISSUER: &str = "number of issuer";
/// The same with the one to whom a register attributes an imported row.
pub const NUMBER_ATTRIBUTED: &str = "number attributed to";

/// Numbers under which people look for a record, normalised. `keys` are those with which its
/// issuer signed it.
pub fn identifiers(record: &Record, keys: &[&str]) -> Vec<Identifier> {
    let mut found = numbers_of(record, keys);
    let mut note = |scheme: &str, value: &str| {
        let value = normalise(value);
        let scheme = scheme.to_owned();
        if !value.is_empty() && found.len() < MAX_IDENTIFIERS {
            let identifier = Identifier { scheme, value };
            if !found.contains(&identifier) {
                found.push(identifier);
            }
        }
    };
    match &record.subject {
        Subject::Attestation(attestation) => {
            let details = &attestation.comity;
            note("number", &details.certificate_number);
            for object in &details.objects {
                object.gtins.iter().for_each(|gtin| note("gtin", gtin));
                object
                    .serial_numbers
                    .iter()
                    .for_each(|serial| note("serial", serial));
            }
            for report in &details.based_on {
                report
                    .number
                    .iter()
                    .for_each(|number| note("report", number));
            }
        }
        Subject::CompetenceGrant(grant) => note("grant", &grant.number),
        Subject::Standard(edition) => note("standard", &edition.standard.to_string()),
        Subject::Registration(registration) => {
            for identifier in &registration.identifiers {
                note(&identifier.scheme, &identifier.value);
            }
        }
        _ => {}
    }
    if let Some(from) = &record.comity.imported_from {
        note("source", &format!("{} {}", from.system, from.source_id));
    }
    found
}

/// The certificate number with whose it is, or the numbers that a laboratory has committed to.
fn numbers_of(record: &Record, keys: &[&str]) -> Vec<Identifier> {
    let keys = || keys.iter().take(MAX_SIGNERS);
    let attestation = match &record.subject {
        Subject::Attestation(attestation) => attestation,
        Subject::Commitment(commitment) => {
            let reports = commitment.reports.iter();
            let committed = reports.flat_map(|report| {
                let value = number_of(&normalise(&report.number), &record.issuer.id);
                keys().map(move |key| Identifier {
                    scheme: committed_with(key),
                    value: value.clone(),
                })
            });
            return committed.collect();
        }
        _ => return Vec::new(),
    };
    let number = normalise(&attestation.comity.certificate_number);
    if number.is_empty() {
        return Vec::new();
    }
    let identifier = |scheme: &str, whose: &str| Identifier {
        scheme: scheme.to_owned(),
        value: number_of(&number, whose),
    };
    let issuer = &record.issuer.id;
    let mut found = vec![identifier(NUMBER_OF_ISSUER, issuer)];
    found.extend(keys().map(|key| identifier(&number_signed_with(key), issuer)));
    if let Some(from) = &record.comity.imported_from {
        let whose = &from.attributed_to.id;
        found.push(identifier(NUMBER_ATTRIBUTED, whose));
        found.extend(keys().map(|key| identifier(&number_attributed_with(key), whose)));
    }
    found
}

/// Names a record points at, for walking from a record to what speaks of it; where only its
/// signer's word counts, also under each of the `keys` with which its issuer signed it.
pub fn references(record: &Record, keys: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let keys = || keys.iter().take(MAX_SIGNERS);
    if let Some(replaced) = &record.comity.replaces {
        let (authority, issuer) = (&record.comity.authority, &record.issuer.id);
        found.push(replaces_key(authority, issuer, &replaced.id));
    }
    if let Some(from) = &record.comity.imported_from {
        found.push(source_key(&record.issuer.id, &from.system, &from.source_id));
    }
    let revised = found.clone();
    found.extend(keys().flat_map(|key| revised.iter().map(|name| signed_with(key, name))));
    if let Subject::Attestation(attestation) = &record.subject {
        for reliance in &attestation.comity.grants {
            found.push(match &reliance.grant {
                Reference::Record(grant) => grant_key(&grant.id),
                Reference::Source(row) => {
                    grant_key(&source_key(&row.signer, &row.system, &row.source_id))
                }
            });
        }
        let name = issuer_key(&record.issuer.id);
        found.extend(keys().map(|key| signed_with(key, &name)));
    }
    match &record.subject {
        Subject::Commitment(_) => {
            let name = commitments_key(&record.issuer.id);
            found.extend(keys().map(|key| signed_with(key, &name)));
        }
        Subject::Notice(notice) => {
            found.extend(notices::keys(notice));
            found.push(notices::by(&record.issuer.id));
            if let Some(to) = &notice.in_reply_to {
                let name = notices::of_record(&to.identity());
                found.extend(keys().map(|key| signed_with(key, &name)));
            }
        }
        _ => {}
    }
    found.extend(rests::keys(record));
    found.sort_unstable();
    found.dedup();
    found
}

/// Under which attestations are found from the id of a grant they rely on, or from the
/// [`source_key`] of an imported one.
pub fn grant_key(grant: &str) -> String {
    format!("grant {grant}")
}

/// A name with the key of who points at it. The key stands first: what is cut is the name.
pub fn signed_with(key: &str, name: &str) -> String {
    format!("{key} {name}")
}

/// Under which a revision is found from the id of the record it replaces: what only its signer
/// revises, under [`signed_with`].
pub fn replaces_key(authority: &str, issuer: &str, id: &str) -> String {
    format!("replaces {authority} {issuer} {id}")
}

/// A number together with whose it is, as kept under [`NUMBER_OF_ISSUER`] and
/// [`NUMBER_ATTRIBUTED`]; `number` is normalised.
pub fn number_of(number: &str, whose: &str) -> String {
    format!("{number} {whose}")
}

/// Under which every revision of an imported row is found.
pub fn source_key(signer: &str, system: &str, source_id: &str) -> String {
    format!("source {signer} {system} {source_id}")
}

/// Under which, [`signed_with`] a key, the attestations of an issuer are found.
pub fn issuer_key(issuer: &str) -> String {
    format!("issuer {issuer}")
}

/// Under which, [`signed_with`] a key, the commitments of a laboratory are found.
pub fn commitments_key(laboratory: &str) -> String {
    format!("commitments {laboratory}")
}

/// Whom a status event acts on.
pub fn subjects(record: &Record) -> Vec<SubjectKey> {
    let Subject::StatusEvent(event) = &record.subject else {
        return Vec::new();
    };
    let key = |subject: &comity_model::status::EventSubject| SubjectKey {
        authority: subject.authority.clone(),
        issuer: subject.issuer.clone(),
        id: subject.id.clone(),
        sequence: subject.sequence,
    };
    event.subjects.iter().map(key).collect()
}

/// First and last second of the legal validity, where a record has one.
pub fn validity(record: &Record) -> (Option<i64>, Option<i64>) {
    (
        Some(record.valid_from.seconds()),
        record.valid_until.map(comity_model::date::Instant::seconds),
    )
}

/// The record as the search index sees it.
pub fn document(
    digest: [u8; 32],
    origin: &str,
    position: u64,
    record: &Record,
    status: &str,
) -> Document {
    let mut document = Document {
        digest,
        id: record.id.clone(),
        kind: record.kind().name().to_owned(),
        origin: origin.to_owned(),
        position,
        issuer: Some(record.issuer.id.clone()),
        issuer_name: Some(projected(&record.issuer.name)),
        status: status.to_owned(),
        valid_from: Some(record.valid_from.day().days_since_epoch()),
        valid_until: record.valid_until.map(|at| at.day().days_since_epoch()),
        ..Document::default()
    };
    let language = record.comity.language.as_str();
    document
        .texts
        .push(text(Some(language), &record.name, Weight::Title));
    if let Some(from) = &record.comity.imported_from {
        document.economies.clone_from(&from.attributed_to.economies);
        document
            .parties
            .push(text(None, &from.attributed_to.name, Weight::Body));
        document.numbers.push(from.source_id.clone());
    }
    describe(&mut document, record, language);
    if let Some(traits) = Traits::of(record) {
        describe_ways(&mut document, traits);
    }
    document.numbers.truncate(MAX_IDENTIFIERS);
    document
}

fn describe(document: &mut Document, record: &Record, language: &str) {
    match &record.subject {
        Subject::Attestation(attestation) => describe_attestation(document, attestation, language),
        Subject::CompetenceGrant(grant) => describe_grant(document, grant, language),
        Subject::Arrangement(arrangement) => {
            texts(&mut document.texts, &arrangement.title, Weight::Title);
            document.numbers.push(arrangement.id.clone());
            document
                .economies
                .extend(arrangement.parties.iter().cloned());
            for chapter in &arrangement.chapters {
                texts(&mut document.texts, &chapter.title, Weight::Body);
                let standards = chapter.coverage.standards.iter();
                document
                    .standards
                    .extend(standards.map(ToString::to_string));
                document.scheme = document
                    .scheme
                    .take()
                    .or_else(|| chapter.coverage.schemes.first().cloned());
                for products in &chapter.coverage.products {
                    document.hs.extend(products.include.iter().cloned());
                }
            }
        }
        Subject::Participation(participation) => {
            document.numbers.push(participation.arrangement.id.clone());
            if let comity_model::participation::Participant::Economy(code) =
                &participation.participant
            {
                document.economies.push(code.clone());
            }
        }
        Subject::StatusEvent(event) => {
            texts(&mut document.texts, &event.reason, Weight::Body);
            document.economies.extend(event.territory.iter().cloned());
            let ids = event.subjects.iter().take(MAX_IDENTIFIERS);
            document
                .numbers
                .extend(ids.map(|subject| subject.id.clone()));
        }
        Subject::Registration(registration) => {
            texts(&mut document.parties, &registration.names, Weight::Title);
            document.holder = Some(registration.id.clone());
            document
                .economies
                .extend(registration.economies.iter().cloned());
            let numbers = registration.identifiers.iter();
            document
                .numbers
                .extend(numbers.map(|identifier| identifier.value.clone()));
        }
        Subject::KeyRevocation(revocation) => {
            document.holder = Some(revocation.id.clone());
            document.numbers.push(revocation.key.clone());
        }
        Subject::FederationList(_) | Subject::MemberKeys(_) | Subject::Takedown(_) => {
            describe_federal(document, record);
        }
        Subject::Standard(_)
        | Subject::ImportRule(_)
        | Subject::Commitment(_)
        | Subject::Notice(_)
        | Subject::CoverageStatement(_) => further::describe(document, record),
    }
}

/// What is asked for the ways by which an attestation may count somewhere. Its legal days are the
/// days of its validity: an envelope that differs from them decides nothing.
fn describe_ways(document: &mut Document, traits: Traits) {
    document.sides = traits.sides.iter().map(ToString::to_string).collect();
    document.schemes = traits.schemes.into_iter().collect();
    document.designations = traits.standards.into_iter().collect();
    document.valid_from = Some(traits.valid_from.days_since_epoch());
    document.valid_until = traits.valid_until.map(Day::days_since_epoch);
}

fn describe_federal(document: &mut Document, record: &Record) {
    match &record.subject {
        Subject::FederationList(list) => {
            let members = list.members.iter();
            document
                .economies
                .extend(members.map(|member| member.economy.clone()));
        }
        Subject::MemberKeys(keys) => {
            document.economies.push(keys.economy.clone());
            let keys = keys.authority_keys.iter().map(|key| key.key.clone());
            document.numbers.extend(keys);
        }
        Subject::Takedown(takedown) => {
            document.numbers.push(takedown.id.clone());
            document
                .texts
                .push(text(None, &takedown.legal_basis, Weight::Body));
        }
        _ => {}
    }
}

/// A kind of attestation as the format writes it, and as it is indexed.
pub(crate) fn word(kind: AttestationKind) -> String {
    let word = serde_json::to_value(kind);
    let word = word.as_ref().ok().and_then(serde_json::Value::as_str);
    word.unwrap_or_default().to_owned()
}

fn describe_attestation(document: &mut Document, attestation: &Attestation, language: &str) {
    let details: &AttestationDetails = &attestation.comity;
    document.numbers.push(details.certificate_number.clone());
    document.scheme.clone_from(&details.scheme);
    document.attestation = Some(word(details.comity_kind));
    document.holder = Some(attestation.issued_to_party.id.clone());
    document.issued_on = Some(details.legal_dates.issued_on.latest().days_since_epoch());
    document.year = Some(i32::from(details.legal_dates.issued_on.latest().year()));
    let holder = &attestation.issued_to_party.name;
    document
        .parties
        .push(text(Some(language), holder, Weight::Title));
    texts(&mut document.parties, &details.holder_names, Weight::Title);
    let named = details.manufacturer.iter().chain(&details.factories);
    for party in named {
        document
            .parties
            .push(text(Some(language), &party.name, Weight::Body));
        texts(&mut document.parties, &party.names, Weight::Body);
    }
    document
        .texts
        .push(text(Some(language), &attestation.name, Weight::Title));
    if let Some(description) = &attestation.description {
        document
            .texts
            .push(text(Some(language), description, Weight::Body));
    }
    texts(&mut document.texts, &details.scope_statement, Weight::Body);
    document
        .standards
        .extend(details.standards.iter().map(ToString::to_string));
    document.numbers.extend(details.profiles.iter().cloned());
    let goods = crate::goods::undeclared(attestation);
    let goods = goods.map(|name| text(Some(&name.lang), &name.value, Weight::Title));
    document.goods.extend(goods);
    for object in &details.objects {
        texts(&mut document.texts, &object.names, Weight::Title);
        if let Some(brand) = &object.brand {
            document.texts.push(text(None, brand, Weight::Title));
        }
        document
            .numbers
            .extend(object.model_numbers.iter().cloned());
        document.numbers.extend(object.gtins.iter().cloned());
        document
            .numbers
            .extend(object.serial_numbers.iter().cloned());
        document.numbers.extend(object.lots.iter().cloned());
        for category in &object.categories {
            document.texts.push(text(None, category, Weight::Body));
        }
        let harmonised = object
            .product_codes
            .iter()
            .filter(|code| code.is_harmonised());
        document.hs.extend(harmonised.map(|code| code.code.clone()));
    }
}

fn describe_grant(document: &mut Document, grant: &CompetenceGrant, language: &str) {
    document.numbers.push(grant.number.clone());
    // Of a trust service the keys it is known by stand with who provides it.
    let identifiers = grant.grantee.identifiers.iter();
    let identifiers = identifiers.map(|identifier| identifier.value.clone());
    document.numbers.extend(identifiers.take(MAX_IDENTIFIERS));
    document.economies.extend(grant.economies.iter().cloned());
    document.grantor.clone_from(&grant.grantor.id);
    document.holder.clone_from(&grant.grantee.id);
    for party in [&grant.grantee, &grant.grantor] {
        document
            .parties
            .push(text(Some(language), &party.name, Weight::Title));
        texts(&mut document.parties, &party.names, Weight::Title);
    }
    document
        .standards
        .extend(grant.criteria.iter().map(ToString::to_string));
    for item in &grant.scope {
        texts(&mut document.texts, &item.description, Weight::Body);
        document
            .standards
            .extend(item.standards.iter().map(ToString::to_string));
        for products in &item.products {
            document.hs.extend(products.include.iter().cloned());
        }
    }
}

fn texts(into: &mut Vec<Text>, from: &LangString, weight: Weight) {
    into.extend(
        from.0
            .iter()
            .map(|one| text(Some(&one.lang), &one.value, weight)),
    );
}

fn text(language: Option<&str>, value: &str, weight: Weight) -> Text {
    Text {
        language: language.map(str::to_owned),
        value: projected(value),
        weight,
    }
}

/// What a person typed as a number, as it is looked up; `None` if nothing is left of it.
pub fn looked_up_number(typed: &str) -> Option<String> {
    let cut: String = typed.chars().take(4 * MAX_NUMBER_CHARS).collect();
    // A number copied from a page may bring marks of direction that nobody sees.
    Some(normalise(&projected(&cut))).filter(|number| !number.is_empty())
}

mod further;
pub mod notices;
pub mod rests;
#[cfg(test)]
mod tests;
