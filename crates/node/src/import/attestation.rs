//! Rows to an attestation.

use comity_model::attestation::{
    Attestation, AttestationDetails, BasedOn, ConformityObject, EvidenceRole, GrantReliance,
    LegalDates, ObjectType, UntpNamed, UntpParty,
};
use comity_model::date::LegalDate;
use comity_model::party::NamedParty;
use comity_model::reference::{Reference, SourceReference};
use comity_model::text::LangString;

use super::fields::Fields;
use super::map::parse_word;
use super::text::percent_encode;
use super::{RowFault, Source};

/// Makes the subject of an attestation, with the end of its validity as the row says it.
pub(crate) fn build(
    fields: &Fields<'_>,
    source_id: &str,
    issued_on: LegalDate,
    valid_until: Option<LegalDate>,
    word: Option<String>,
    source: &Source,
) -> Result<Attestation, RowFault> {
    let number = fields.required("number")?;
    let holder = fields.required("holder")?;
    let system = &fields.map().system;
    let urn = |kind: &str, text: &str| {
        format!("urn:comity:import:{system}:{kind}:{}", percent_encode(text))
    };
    let objects = objects(fields, &number)?;
    let title = match (fields.text("title")?, objects.first()) {
        (Some(title), _) => title,
        (None, Some(object)) => {
            let first = object.names.0.first();
            first.map_or(&number, |name| &name.value).to_owned()
        }
        (None, None) => number.clone(),
    };
    let scheme = fields.text("scheme")?;
    let scheme_code = scheme.clone().unwrap_or_else(|| system.clone());
    let details = AttestationDetails {
        objects,
        ..details(fields, number, issued_on, valid_until, word, source)?
    };
    Ok(Attestation {
        untp_type: vec!["ConformityAttestation".to_owned()],
        id: fields.text("uri")?.unwrap_or_else(|| urn("row", source_id)),
        name: title,
        description: fields.text("description")?,
        assessor_level: fields
            .text("assessor_level")?
            .unwrap_or_else(|| "unspecified".to_owned()),
        assessment_level: fields
            .text("assessment_level")?
            .unwrap_or_else(|| "no-endorsement".to_owned()),
        attestation_type: details.comity_kind.untp_type().to_owned(),
        issued_to_party: UntpParty {
            untp_type: vec!["Party".to_owned()],
            id: fields
                .text("holder_uri")?
                .unwrap_or_else(|| urn("party", &holder)),
            name: holder,
            registered_id: fields.text("holder_registered_id")?,
        },
        reference_scheme: UntpNamed {
            untp_type: vec!["ConformityScheme".to_owned()],
            id: fields
                .text("scheme_uri")?
                .unwrap_or_else(|| format!("urn:comity:scheme:{}", percent_encode(&scheme_code))),
            name: fields.text("scheme_name")?.unwrap_or(scheme_code),
        },
        comity: details,
    })
}

/// Our part of the attestation, without its objects.
fn details(
    fields: &Fields<'_>,
    number: String,
    issued_on: LegalDate,
    valid_until: Option<LegalDate>,
    word: Option<String>,
    source: &Source,
) -> Result<AttestationDetails, RowFault> {
    let mut scope = LangString::default();
    let statements = fields.texts("scope")?;
    if !statements.is_empty() {
        scope = fields.in_language(&statements.join("\n"));
    }
    let comity_kind = fields
        .word("kind")?
        .ok_or_else(|| fields.fault("kind", "the row says no kind of attestation"))?;
    Ok(AttestationDetails {
        comity_kind,
        certificate_number: number,
        version_number: fields.text("version")?,
        legal_dates: LegalDates {
            issued_on,
            valid_from: fields.day("valid_from")?,
            valid_until,
            first_issued_on: fields.day("first_issued_on")?,
            procedure_began_on: fields.day("procedure_began_on")?,
        },
        statement_of_conformity: None,
        regime: fields.word("regime")?,
        scheme: fields.text("scheme")?,
        holder_names: names(fields)?,
        manufacturer: party(fields, "manufacturer")?,
        factories: factories(fields)?,
        grants: grants(fields, source)?,
        standards: fields.standards("standards")?,
        regulations: fields.texts("regulations")?,
        profiles: fields.texts("profiles")?,
        scope_statement: scope,
        objects: Vec::new(),
        based_on: based_on(fields)?,
        deviations_covered: Vec::new(),
        level: fields.level("level")?,
        claimed_arrangements: fields.texts("claimed_arrangements")?,
        conditions_of_use: fields.lang_texts("conditions")?,
        source_status: word,
    })
}

/// Further names of the holder: in English where the register keeps them beside the legal name.
fn names(fields: &Fields<'_>) -> Result<LangString, RowFault> {
    let mut names = LangString::default();
    for name in fields.texts("holder_names")? {
        names = names.and("en", &name);
    }
    Ok(names)
}

fn party(fields: &Fields<'_>, field: &str) -> Result<Option<NamedParty>, RowFault> {
    let Some(name) = fields.text(field)? else {
        return Ok(None);
    };
    Ok(Some(NamedParty {
        country: fields.economy(&format!("{field}_country"))?,
        address: fields.text(&format!("{field}_address"))?,
        ..NamedParty::named(&name)
    }))
}

/// One factory a row, once each.
fn factories(fields: &Fields<'_>) -> Result<Vec<NamedParty>, RowFault> {
    let mut all: Vec<NamedParty> = Vec::new();
    for row in fields.each_row() {
        if let Some(factory) = party(&row, "factory")?
            && !all.contains(&factory)
        {
            all.push(factory);
        }
    }
    Ok(all)
}

/// References to imported grants: the newest revision of that row (format.md 2.9).
fn grants(fields: &Fields<'_>, source: &Source) -> Result<Vec<GrantReliance>, RowFault> {
    let system = fields
        .first_extra("grants")
        .and_then(|extra| extra.system.clone());
    let system = system.unwrap_or_default();
    let reliance = |source_id: String| GrantReliance {
        grant: Reference::Source(SourceReference {
            signer: source.signer.clone(),
            system: system.clone(),
            source_id,
        }),
        scope_items: Vec::new(),
    };
    Ok(fields.texts("grants")?.into_iter().map(reliance).collect())
}

fn based_on(fields: &Fields<'_>) -> Result<Vec<BasedOn>, RowFault> {
    let Some(extra) = fields.first_extra("based_on") else {
        return Ok(Vec::new());
    };
    let role: EvidenceRole = match extra.role.as_deref() {
        None => EvidenceRole::ComponentCertificate,
        Some(role) => parse_word(role).map_err(|reason| fields.fault("based_on", reason))?,
    };
    let issuers = extra.issuer_lookup.as_ref();
    let issuers = issuers.and_then(|name| fields.map().codes.get(name));
    let piece = |number: String| {
        let name = issuers.and_then(|codes| codes.get(&number)?.first());
        BasedOn {
            role,
            record: None,
            issuer: name.map(|name| NamedParty::named(name)),
            number: Some(number),
            issued_on: None,
        }
    };
    Ok(fields.texts("based_on")?.into_iter().map(piece).collect())
}

/// One object a row; rows that say the same of it make one.
fn objects(fields: &Fields<'_>, number: &str) -> Result<Vec<ConformityObject>, RowFault> {
    let mut all: Vec<ConformityObject> = Vec::new();
    for row in fields.each_row() {
        let name = row.text("object")?;
        let names = row.in_language(name.as_deref().unwrap_or(number));
        let mut codes = row.hs("hs")?;
        codes.extend(row.product_codes("product_codes")?);
        let object = ConformityObject {
            brand: row.text("brand")?,
            model_numbers: row.texts("models")?,
            gtins: row.texts("gtins")?,
            serial_numbers: row.texts("serials")?,
            lots: row.texts("lots")?,
            product_codes: codes,
            categories: row.texts("categories")?,
            origin: row.economy("origin")?,
            ..ConformityObject::named(
                row.word("object_type")?.unwrap_or(ObjectType::Product),
                names,
            )
        };
        if !all.contains(&object) {
            all.push(object);
        }
    }
    Ok(all)
}
