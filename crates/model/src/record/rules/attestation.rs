//! Rules of `Attestation`.

use crate::attestation::{
    Attestation, AttestationDetails, AttestationKind, BasedOn, ConformityObject, LegalDates,
    ObjectType, is_decimal,
};
use crate::fault::Faults;
use crate::number::MAX_NUMBER_CHARS;
use crate::record::Record;

use super::parts::{
    check_count, check_date, check_distinct, check_economy, check_lang_string,
    check_lang_string_given, check_level, check_name, check_optional_date, check_order,
    check_party, check_product_code, check_record_reference, check_reference, is_pattern,
};

/// UNTP 0.7.0, code list of `assessorLevel`.
const ASSESSOR_LEVELS: [&str; 7] = [
    "self",
    "commercial",
    "buyer",
    "membership",
    "unspecified",
    "3rdParty",
    "hybrid",
];

/// UNTP 0.7.0, code list of `assessmentLevel`.
const ASSESSMENT_LEVELS: [&str; 8] = [
    "authority-benchmark",
    "authority-mandate",
    "authority-globalmra",
    "authority-peer",
    "authority-extended-mra",
    "scheme-self",
    "scheme-cab",
    "no-endorsement",
];

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &Attestation) {
    check_untp(faults, subject);
    let imported = record.comity.imported_from.is_some();
    faults.member("comity", |faults| {
        check_details(faults, &subject.comity, imported);
    });
}

fn check_untp(faults: &mut Faults, subject: &Attestation) {
    check_types(faults, "type", &subject.untp_type, "ConformityAttestation");
    check_uri(faults, &subject.id);
    check_name(faults, "name", &subject.name);
    check_code(
        faults,
        "assessorLevel",
        &subject.assessor_level,
        &ASSESSOR_LEVELS,
    );
    check_code(
        faults,
        "assessmentLevel",
        &subject.assessment_level,
        &ASSESSMENT_LEVELS,
    );
    let kind = subject.comity.comity_kind;
    // UNTP keeps validation and verification apart, one kind of ours says both.
    let codes: &[&str] = if kind == AttestationKind::VvStatement {
        &["verification", "validation"]
    } else {
        &[kind.untp_type()]
    };
    check_code(faults, "attestationType", &subject.attestation_type, codes);
    faults.member("issuedToParty", |faults| {
        check_types(faults, "type", &subject.issued_to_party.untp_type, "Party");
        check_uri(faults, &subject.issued_to_party.id);
        check_name(faults, "name", &subject.issued_to_party.name);
    });
    faults.member("referenceScheme", |faults| {
        let scheme = &subject.reference_scheme;
        check_types(faults, "type", &scheme.untp_type, "ConformityScheme");
        check_uri(faults, &scheme.id);
    });
}

fn check_types(faults: &mut Faults, name: &str, types: &[String], wanted: &str) {
    if !types.iter().any(|given| given == wanted) {
        faults.note_at(name, "untpType", format!("expected [\"{wanted}\"]"));
    }
}

fn check_uri(faults: &mut Faults, uri: &str) {
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    let absolute = scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    faults.require(
        absolute && uri.bytes().all(|byte| byte.is_ascii_graphic()),
        "id",
        "uri",
        "expected an absolute URI in ASCII letters, others percent-encoded",
    );
}

fn check_code(faults: &mut Faults, name: &str, code: &str, codes: &[&str]) {
    if !codes.contains(&code) {
        faults.note_at(name, "untpCode", format!("expected {}", codes.join(", ")));
    }
}

fn check_details(faults: &mut Faults, details: &AttestationDetails, imported: bool) {
    if details.comity_kind == AttestationKind::PersonCertificate {
        faults.note_at(
            "comityKind",
            "personCertificate",
            "certificates of persons are refused until salted disclosures exist",
        );
    }
    check_number(faults, "certificateNumber", &details.certificate_number);
    if let Some(version) = &details.version_number {
        check_number(faults, "versionNumber", version);
    }
    faults.member("legalDates", |faults| {
        check_dates(faults, &details.legal_dates);
    });
    check_lang_string(faults, "holderNames", &details.holder_names);
    if let Some(manufacturer) = &details.manufacturer {
        faults.member("manufacturer", |faults| check_party(faults, manufacturer));
    }
    faults.each("factories", &details.factories, |faults, _, factory| {
        check_party(faults, factory);
    });
    faults.each("grants", &details.grants, |faults, _, reliance| {
        faults.member("grant", |faults| {
            check_reference(faults, &reliance.grant, imported);
        });
        check_distinct(faults, "scopeItems", &reliance.scope_items);
    });
    check_distinct(faults, "standards", &details.standards);
    check_distinct(faults, "regulations", &details.regulations);
    check_distinct(faults, "profiles", &details.profiles);
    check_lang_string(faults, "scopeStatement", &details.scope_statement);
    // A source may not say what was assessed; a native record does.
    check_count(faults, "objects", &details.objects, usize::from(!imported));
    faults.each("objects", &details.objects, |faults, _, object| {
        check_object(faults, object);
    });
    faults.each("basedOn", &details.based_on, |faults, _, item| {
        check_based_on(faults, item, imported);
    });
    check_distinct(faults, "deviationsCovered", &details.deviations_covered);
    faults.each(
        "deviationsCovered",
        &details.deviations_covered,
        |faults, _, deviation| super::import_rule::check_deviation(faults, deviation),
    );
    if let Some(level) = &details.level {
        faults.member("level", |faults| check_level(faults, level));
    }
    faults.member("conditionsOfUse", |faults| {
        for (index, condition) in details.conditions_of_use.iter().enumerate() {
            check_lang_string_given(faults, &index.to_string(), condition);
        }
    });
}

fn check_number(faults: &mut Faults, name: &str, number: &str) {
    if number.chars().count() > MAX_NUMBER_CHARS {
        faults.note_at(
            name,
            "tooLong",
            format!("expected a number of at most {MAX_NUMBER_CHARS} characters"),
        );
    }
}

fn check_dates(faults: &mut Faults, dates: &LegalDates) {
    check_date(faults, "issuedOn", &dates.issued_on);
    check_optional_date(faults, "validFrom", dates.valid_from.as_ref());
    check_optional_date(faults, "validUntil", dates.valid_until.as_ref());
    check_optional_date(faults, "firstIssuedOn", dates.first_issued_on.as_ref());
    check_optional_date(
        faults,
        "procedureBeganOn",
        dates.procedure_began_on.as_ref(),
    );
    let from = dates.valid_from.unwrap_or(dates.issued_on);
    check_order(faults, "validUntil", &from, dates.valid_until.as_ref());
    for (name, earlier) in [
        ("firstIssuedOn", dates.first_issued_on),
        ("procedureBeganOn", dates.procedure_began_on),
    ] {
        if let Some(earlier) = earlier
            && earlier.earliest() > dates.issued_on.latest()
        {
            faults.note_at(
                name,
                "order",
                format!("expected {} or earlier", dates.issued_on),
            );
        }
    }
}

fn check_object(faults: &mut Faults, object: &ConformityObject) {
    if object.object_type == ObjectType::Person {
        faults.note_at(
            "objectType",
            "personCertificate",
            "certificates of persons are refused until salted disclosures exist",
        );
    }
    check_lang_string_given(faults, "names", &object.names);
    check_distinct(faults, "modelNumbers", &object.model_numbers);
    faults.each("modelNumbers", &object.model_numbers, |faults, _, model| {
        if !is_pattern(model) || model.chars().count() > MAX_NUMBER_CHARS {
            faults.note(
                "model",
                "expected a model number of at most 200 characters, exact or with one * at its end",
            );
        }
    });
    check_distinct(faults, "gtins", &object.gtins);
    faults.each("gtins", &object.gtins, |faults, _, gtin| {
        if !is_gtin(gtin) {
            faults.note(
                "gtin",
                "expected 8, 12, 13 or 14 digits with the right check digit",
            );
        }
    });
    check_distinct(faults, "serialNumbers", &object.serial_numbers);
    check_distinct(faults, "lots", &object.lots);
    if let Some(quantity) = &object.quantity {
        faults.member("quantity", |faults| {
            faults.require(
                is_decimal(&quantity.value),
                "value",
                "decimal",
                "expected digits with at most one decimal point, such as 1200 or 0.5",
            );
        });
    }
    check_distinct(faults, "productCodes", &object.product_codes);
    faults.each("productCodes", &object.product_codes, |faults, _, code| {
        check_product_code(faults, code);
    });
    if let Some(origin) = &object.origin {
        check_economy(faults, "origin", origin);
    }
}

/// GS1 General Specifications, section 7.9: weights 3 and 1 from the right, sum divisible by 10.
fn is_gtin(gtin: &str) -> bool {
    let sum: u32 = gtin
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| u32::from(byte.wrapping_sub(b'0')) * if at % 2 == 0 { 1 } else { 3 })
        .sum();
    matches!(gtin.len(), 8 | 12 | 13 | 14)
        && gtin.bytes().all(|byte| byte.is_ascii_digit())
        && sum.is_multiple_of(10)
}

fn check_based_on(faults: &mut Faults, item: &BasedOn, imported: bool) {
    if let Some(record) = &item.record {
        faults.member("record", |faults| check_record_reference(faults, record));
    }
    if let Some(issuer) = &item.issuer {
        faults.member("issuer", |faults| check_party(faults, issuer));
    }
    check_optional_date(faults, "issuedOn", item.issued_on.as_ref());
    let by_number = item.number.is_some() && (imported || item.issuer.is_some());
    if item.record.is_none() && !by_number {
        faults.note(
            "basedOn",
            "expected the record, or the issuer and the number of the report",
        );
    }
}
