//! What a record says that a paper would print, and beside it what somebody read on the paper.

use comity_model::attestation::{Attestation, ConformityObject};
use comity_model::date::Day;
use comity_model::product::ProductCode;
use comity_model::record::{Record, Subject};
use comity_model::text::projected;
use comity_recognition::paper::{Compared, Field};
use comity_recognition::wording;

use super::{Fact, Facts, Value, product};
use crate::icon::{self, Tone};
use crate::site::Site;

#[cfg(test)]
mod tests;

/// One line of the comparison with a paper.
#[derive(Debug)]
pub(crate) struct PaperRow {
    /// What the record says; without values where it says nothing.
    pub(crate) fact: Fact,
    /// What somebody read on the paper.
    pub(crate) typed: Option<Typed>,
}

/// What somebody read on a paper, and how it stands to the record.
#[derive(Debug)]
pub(crate) struct Typed {
    pub(crate) values: Vec<Value>,
    pub(crate) tone: Tone,
    pub(crate) icon: String,
    /// How it stands to the record, in words.
    pub(crate) word: &'static str,
    /// Why it has to be read, where that is not seen.
    pub(crate) why: &'static str,
}

/// What the record says that a paper would print, each with what was typed of it; empty of records
/// that are on no paper.
pub(crate) fn paper(
    site: &Site,
    record: &Record,
    compared: &[Compared],
    codes: &[ProductCode],
) -> Vec<PaperRow> {
    let Subject::Attestation(attestation) = &record.subject else {
        return Vec::new();
    };
    let mut facts = Facts::new(site, record);
    printed(&mut facts, attestation);
    let objects: Vec<_> = attestation.comity.objects.iter().collect();
    products(&mut facts, &objects);
    let details = &attestation.comity;
    let scope = facts.text(&details.scope_statement, "");
    facts.add("fact-scope", [scope]);
    let rows = facts.rows.into_iter();
    let mut rows: Vec<_> = rows.map(|fact| PaperRow { fact, typed: None }).collect();
    for line in compared {
        let key = label(line.field);
        let typed = Some(typed(site, line, codes));
        let found = rows.iter_mut().find(|row| row.fact.key == key);
        // Of several objects only the one that was compared.
        let own = line.field.is_of_object() && objects.len() > 1;
        match found {
            Some(row) if own => {
                row.fact = said(site, line);
                row.typed = typed;
            }
            Some(row) => row.typed = typed,
            None => rows.push(PaperRow {
                fact: said(site, line),
                typed,
            }),
        }
    }
    rows
}

/// The key of the name of a line, as the record's own rows have it.
pub(crate) fn label(field: Field) -> &'static str {
    match field {
        Field::Number => "fact-number",
        Field::Holder => "fact-holder",
        Field::Manufacturer => "fact-maker",
        Field::Factory => "fact-factory",
        Field::Model => "fact-models",
        Field::Gtin => "fact-gtin",
        Field::Serial => "fact-serial",
        Field::Lot => "fact-lots",
        Field::Quantity => "says-quantity",
        Field::Codes => "fact-codes",
        Field::Standard => "fact-standard",
        Field::IssuedOn => "fact-issued",
        Field::ValidUntil => "fact-until",
        Field::Scope => "fact-scope",
    }
}

fn said(site: &Site, line: &Compared) -> Fact {
    let key = label(line.field);
    Fact {
        key,
        label: site.texts.say(key),
        values: line.record.iter().map(|value| Value::code(value)).collect(),
        more: line.more,
    }
}

fn typed(site: &Site, line: &Compared, codes: &[ProductCode]) -> Typed {
    let values = match line.field {
        Field::Codes => codes.iter().map(|code| product(site, code)).collect(),
        Field::IssuedOn | Field::ValidUntil => {
            let days = line
                .paper
                .iter()
                .map(|written| match written.parse::<Day>() {
                    Ok(day) => Value::word(site.day(day)).with(written.as_str()),
                    Err(_) => Value::code(written),
                });
            days.collect()
        }
        Field::Holder | Field::Manufacturer | Field::Factory | Field::Scope => {
            let texts = line.paper.iter();
            texts.map(|text| Value::plain(text, "")).collect()
        }
        _ => line.paper.iter().map(|text| Value::code(text)).collect(),
    };
    let (tone, icon) = icon::of_mark(line.mark);
    Typed {
        values,
        tone,
        icon: icon.svg(),
        word: wording::mark(line.mark, site.language),
        why: wording::why_to_read(line, site.language),
    }
}

fn printed(facts: &mut Facts<'_>, attestation: &Attestation) {
    let details = &attestation.comity;
    facts.codes("fact-number", [details.certificate_number.as_str()]);
    facts.codes("fact-revision", details.version_number.as_deref());
    let holder = facts.text(&details.holder_names, &attestation.issued_to_party.name);
    facts.add("fact-holder", [holder]);
    let maker = details
        .manufacturer
        .as_ref()
        .map(|party| facts.party(party));
    facts.add("fact-maker", maker);
    let factories = details.factories.iter().map(|party| facts.party(party));
    let factories: Vec<_> = factories.collect();
    facts.add("fact-factory", factories);
    facts.standards("fact-standard", &details.standards);
    facts.codes(
        "fact-regulation",
        details.regulations.iter().map(String::as_str),
    );
    let dates = &details.legal_dates;
    facts.day("fact-issued", Some(&dates.issued_on));
    facts.day("fact-from", dates.valid_from.as_ref());
    facts.day("fact-until", dates.valid_until.as_ref());
}

fn products(facts: &mut Facts<'_>, objects: &[&ConformityObject]) {
    let names = objects.iter().map(|object| facts.text(&object.names, ""));
    let names: Vec<_> = names.collect();
    facts.add("fact-product", names);
    facts.codes(
        "fact-brand",
        objects.iter().filter_map(|object| object.brand.as_deref()),
    );
    let each = |list: fn(&ConformityObject) -> &Vec<String>| {
        let values = objects.iter().flat_map(move |object| list(object));
        values.map(|value| Value::code(value)).collect::<Vec<_>>()
    };
    facts.add("fact-models", each(|object| &object.model_numbers));
    facts.add("fact-gtin", each(|object| &object.gtins));
    facts.add("fact-serial", each(|object| &object.serial_numbers));
    facts.add("fact-lots", each(|object| &object.lots));
    let codes = objects.iter().flat_map(|object| &object.product_codes);
    let site = facts.site;
    facts.add("fact-codes", codes.map(|code| product(site, code)));
    let origins = objects.iter().filter_map(|object| object.origin.as_deref());
    let origins = origins.map(|origin| Value::word(projected(&site.economy(origin))));
    facts.add("fact-origin", origins);
}
