//! Rules of the words that several kinds share.

use std::collections::HashSet;
use std::hash::Hash;

use crate::arrangement::{Transcription, split_chapter};
use crate::date::{LegalDate, Period};
use crate::fault::Faults;
use crate::level::{Level, component};
use crate::number::{MAX_NUMBER_CHARS, normalise};
use crate::party::{NamedParty, PartyReference, is_did, is_economy};
use crate::product::{CodeSelector, MAX_CODE_DIGITS, ProductCode};
use crate::reference::{RecordReference, Reference, is_digest_multibase, is_record_id};
use crate::standard::{MAX_CLAUSE_CHARS, StandardReference};
use crate::text::{LangString, MAX_NAME_CHARS, is_language_tag, projected};

const DID_EXPECTED: &str = "expected did:web: with a lower-case host, no port, path segments of \
                            a-z, 0-9 and -, at most 200 bytes";

pub(super) fn check_did(faults: &mut Faults, name: &str, did: &str) {
    faults.require(is_did(did), name, "did", DID_EXPECTED);
}

pub(super) fn check_name(faults: &mut Faults, member: &str, name: &str) {
    if name.chars().count() > MAX_NAME_CHARS {
        faults.note_at(
            member,
            "tooLong",
            format!("expected a name of at most {MAX_NAME_CHARS} characters"),
        );
    }
}

/// At least `least` economies, each of the right form, once each.
pub(super) fn check_economies(faults: &mut Faults, name: &str, economies: &[String], least: usize) {
    check_count(faults, name, economies, least);
    check_distinct(faults, name, economies);
    faults.each(name, economies, |faults, _, economy| {
        if !is_economy(economy) {
            faults.note(
                "economy",
                "expected an ISO 3166-1 alpha-2 code in upper case",
            );
        }
    });
}

pub(super) fn check_count<T>(faults: &mut Faults, name: &str, items: &[T], least: usize) {
    if items.len() < least {
        faults.note_at(name, "empty", format!("expected at least {least}"));
    }
}

/// Notes every item that stands in the list before.
pub(super) fn check_distinct<T: Eq + Hash>(faults: &mut Faults, name: &str, items: &[T]) {
    let mut seen = HashSet::new();
    faults.each(name, items, |faults, index, _| {
        if let Some(item) = items.get(index)
            && !seen.insert(item)
        {
            faults.note("duplicate", "expected each only once");
        }
    });
}

/// Texts of at least one language.
pub(super) fn check_lang_string_given(faults: &mut Faults, name: &str, texts: &LangString) {
    check_count(faults, name, &texts.0, 1);
    check_lang_string(faults, name, texts);
}

pub(super) fn check_lang_string(faults: &mut Faults, name: &str, texts: &LangString) {
    check_distinct(faults, name, &texts.0);
    faults.each(name, &texts.0, |faults, _, text| {
        faults.require(
            is_language_tag(&text.lang),
            "lang",
            "language",
            "expected a BCP 47 language tag such as en or zh-Hans",
        );
    });
}

pub(super) fn check_date(faults: &mut Faults, name: &str, date: &LegalDate) {
    faults.require(
        date.is_ordered(),
        name,
        "interval",
        "expected notBefore no later than notAfter",
    );
}

pub(super) fn check_optional_date(faults: &mut Faults, name: &str, date: Option<&LegalDate>) {
    if let Some(date) = date {
        check_date(faults, name, date);
    }
}

/// Notes at `name` that `later` certainly lies before `earlier`.
pub(super) fn check_order(
    faults: &mut Faults,
    name: &str,
    earlier: &LegalDate,
    later: Option<&LegalDate>,
) {
    if let Some(later) = later
        && later.latest() < earlier.earliest()
    {
        faults.note_at(name, "order", format!("expected {earlier} or later"));
    }
}

pub(super) fn check_period(faults: &mut Faults, name: &str, period: &Period) {
    faults.member(name, |faults| {
        check_date(faults, "from", &period.from);
        check_optional_date(faults, "until", period.until.as_ref());
        check_order(faults, "until", &period.from, period.until.as_ref());
    });
}

pub(super) fn check_party_reference(faults: &mut Faults, party: &PartyReference) {
    check_did(faults, "id", &party.id);
    check_did(faults, "registeredBy", &party.registered_by);
}

pub(super) fn check_party(faults: &mut Faults, party: &NamedParty) {
    match (&party.id, &party.registered_by) {
        (Some(_), None) => faults.note_at(
            "registeredBy",
            "registeredBy",
            "required beside id: the DID of the authority that registered the party",
        ),
        (None, Some(_)) => faults.note_at(
            "registeredBy",
            "registeredBy",
            "expected only beside id: a party without a DID is registered by no one",
        ),
        _ => {}
    }
    for (member, did) in [("id", &party.id), ("registeredBy", &party.registered_by)] {
        if let Some(did) = did {
            check_did(faults, member, did);
        }
    }
    check_name(faults, "name", &party.name);
    check_lang_string(faults, "names", &party.names);
    check_distinct(faults, "identifiers", &party.identifiers);
    if let Some(country) = &party.country {
        check_economy(faults, "country", country);
    }
}

pub(super) fn check_economy(faults: &mut Faults, name: &str, economy: &str) {
    faults.require(
        is_economy(economy),
        name,
        "economy",
        "expected an ISO 3166-1 alpha-2 code in upper case",
    );
}

pub(super) fn check_record_reference(faults: &mut Faults, reference: &RecordReference) {
    check_did(faults, "authority", &reference.authority);
    check_did(faults, "issuer", &reference.issuer);
    check_record_id(faults, &reference.id);
    check_digest(faults, "digestMultibase", &reference.digest_multibase);
}

pub(super) fn check_record_id(faults: &mut Faults, id: &str) {
    faults.require(
        is_record_id(id),
        "id",
        "recordId",
        "expected urn:uuid: and a UUID in lower case",
    );
}

pub(super) fn check_digest(faults: &mut Faults, name: &str, digest: &str) {
    faults.require(
        is_digest_multibase(digest),
        name,
        "digest",
        "expected u and the base64url of a SHA-256 multihash",
    );
}

/// A reference; only imported records may point at a row of a register.
pub(super) fn check_reference(faults: &mut Faults, reference: &Reference, imported: bool) {
    match reference {
        Reference::Record(reference) => check_record_reference(faults, reference),
        Reference::Source(reference) => {
            check_did(faults, "signer", &reference.signer);
            if !imported {
                faults.note(
                    "sourceReference",
                    "expected {authority, issuer, id, digestMultibase}: only imported records \
                     point at rows of a register",
                );
            }
        }
    }
}

pub(super) fn check_product_code(faults: &mut Faults, product: &ProductCode) {
    let harmonised = product.is_harmonised();
    faults.require(
        is_code(&product.code, harmonised, 2),
        "code",
        "productCode",
        CODE_EXPECTED,
    );
    check_edition(faults, product.edition.as_deref(), harmonised);
    check_scheme(faults, &product.scheme);
}

const CODE_EXPECTED: &str = "expected the code without dots and spaces: 2 to 14 digits in the \
                             Harmonized System, at most 14 letters and digits elsewhere";

fn is_code(code: &str, harmonised: bool, least_digits: usize) -> bool {
    let least = if harmonised { least_digits } else { 1 };
    (least..=MAX_CODE_DIGITS).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (!harmonised && byte.is_ascii_alphanumeric()))
}

fn check_edition(faults: &mut Faults, edition: Option<&str>, harmonised: bool) {
    let year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(edition) = edition {
        faults.require(
            !harmonised || year(edition),
            "edition",
            "edition",
            "expected the year of the edition in four digits, such as 2022",
        );
    }
}

fn check_scheme(faults: &mut Faults, scheme: &str) {
    let upper = scheme
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    faults.require(
        upper,
        "scheme",
        "scheme",
        "expected the short name of the classification in upper case, such as HS or CPC",
    );
}

pub(super) fn check_selector(faults: &mut Faults, selector: &CodeSelector) {
    let probe = ProductCode {
        scheme: selector.scheme.clone(),
        edition: None,
        code: String::new(),
    };
    let harmonised = probe.is_harmonised();
    check_scheme(faults, &selector.scheme);
    check_edition(faults, selector.edition.as_deref(), harmonised);
    check_count(faults, "include", &selector.include, 1);
    for (name, prefixes) in [
        ("include", &selector.include),
        ("exclude", &selector.exclude),
    ] {
        check_distinct(faults, name, prefixes);
        faults.each(name, prefixes, |faults, _, prefix| {
            if !is_code(prefix, harmonised, 1) {
                faults.note("productCode", CODE_EXPECTED);
            }
        });
    }
    faults.each("exclude", &selector.exclude, |faults, _, prefix| {
        if !selector
            .include
            .iter()
            .any(|within| prefix.starts_with(within))
        {
            faults.note(
                "selector",
                "expected a code within one that is included; others are not chosen anyway",
            );
        }
    });
}

/// Highest rank of the scales that have one.
fn highest_rank(scale: &str) -> u32 {
    match scale {
        "EAL" => 7,
        "FIPS140" | "SIL" => 4,
        _ => u32::MAX,
    }
}

pub(super) fn check_rank(faults: &mut Faults, scale: &str, rank: u32) {
    let highest = highest_rank(scale);
    if !(1..=highest).contains(&rank) {
        let most = if highest == u32::MAX {
            String::new()
        } else {
            format!(" to {highest}")
        };
        faults.note_at("rank", "level", format!("expected a rank from 1{most}"));
    }
}

pub(super) fn check_level(faults: &mut Faults, level: &Level) {
    check_rank(faults, &level.scale, level.rank);
    check_distinct(faults, "augmentations", &level.augmentations);
    faults.require(
        level.augmentations.is_sorted(),
        "augmentations",
        "level",
        "expected the components in alphabetical order",
    );
    if level.scale == "EAL" {
        faults.each("augmentations", &level.augmentations, |faults, _, word| {
            if component(word).is_none() {
                faults.note("level", "expected a component such as ALC_FLR.2");
            }
        });
    }
}

pub(super) fn check_chapter_name(faults: &mut Faults, name: &str) {
    if split_chapter(name).is_none() {
        faults.note(
            "chapterName",
            "expected <DID>#<arrangement>/<chapter>, such as did:web:sec.example#mla/testing",
        );
    }
}

pub(super) fn check_transcription(faults: &mut Faults, transcription: Option<&Transcription>) {
    if let Some(transcription) = transcription {
        faults.member("transcription", |faults| {
            check_name(faults, "system", &transcription.system);
        });
    }
}

/// The member `number`: a number as printed on one line, of which something is left when it is
/// normalised. What turns the direction of a text around makes another number to the eye.
pub(super) fn check_printed_number(faults: &mut Faults, number: &str) {
    let printable = number.chars().count() <= MAX_NUMBER_CHARS && projected(number) == number;
    if normalise(number).is_empty() || !printable {
        faults.note_at(
            "number",
            "number",
            format!(
                "expected a number of 1 to {MAX_NUMBER_CHARS} letters and digits on one line, \
                 without control characters"
            ),
        );
    }
}

/// A clause as the standard numbers it: it is compared as it stands.
pub(super) fn check_clause(faults: &mut Faults, clause: &str) {
    if clause.trim() != clause || clause.chars().count() > MAX_CLAUSE_CHARS {
        faults.note_at(
            "clause",
            "clause",
            format!(
                "expected the clause as the standard numbers it, at most {MAX_CLAUSE_CHARS} \
                 characters and no space around them"
            ),
        );
    }
}

/// Where it is said what a standard asks, its edition must be said too.
pub(super) fn check_edition_said(faults: &mut Faults, name: &str, standard: &StandardReference) {
    faults.require(
        standard.edition().is_some(),
        name,
        "edition",
        "expected the edition too, such as ISO 9001:2015: another edition may differ",
    );
}

/// Notes every item of `list` whose standard and edition stand in it before, whatever else is said
/// of them.
pub(super) fn check_each_edition_once<'a>(
    faults: &mut Faults,
    list: &str,
    standards: impl Iterator<Item = &'a StandardReference>,
) {
    let mut seen = HashSet::new();
    faults.member(list, |faults| {
        for (index, standard) in standards.enumerate() {
            if !seen.insert((standard.designation(), standard.edition())) {
                faults.note_at(index, "duplicate", "expected each edition only once");
            }
        }
    });
}

/// `*` once, at the end, after something else (format.md 1.14).
pub(super) fn is_pattern(text: &str) -> bool {
    let text = text.trim();
    let fixed = text.strip_suffix('*').unwrap_or(text);
    !fixed.is_empty() && !fixed.contains('*')
}
