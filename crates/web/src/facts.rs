//! What a record says, as rows: first what can be compared with the paper in hand.

use comity_model::attestation::{Attestation, ConformityObject};
use comity_model::party::NamedParty;
use comity_model::record::{Record, Subject};
use comity_model::text::{LangString, projected};
use comity_recognition::wording;

use crate::site::Site;

/// Most values of one row; `more` says how many follow in the signed file.
const MAX_SHOWN: usize = 30;

/// One line of a comparison or of a list of facts.
#[derive(Debug)]
pub(crate) struct Fact {
    /// What it is, in the language of the page.
    pub(crate) label: String,
    /// As the signer wrote it.
    pub(crate) values: Vec<Value>,
    /// How many more the signed file has.
    pub(crate) more: usize,
}

/// One value.
#[derive(Debug)]
pub(crate) struct Value {
    /// Language tag of the text; empty for numbers and codes.
    pub(crate) lang: String,
    pub(crate) text: String,
    /// The same in the reader's language, where the signer gave it.
    pub(crate) beside: Option<String>,
    /// A number or a code: kept left to right.
    pub(crate) code: bool,
}

impl Value {
    fn code(text: &str) -> Self {
        Self {
            lang: String::new(),
            text: projected(text),
            beside: None,
            code: true,
        }
    }

    fn plain(text: &str, lang: &str) -> Self {
        Self {
            lang: lang.to_owned(),
            text: projected(text),
            beside: None,
            code: false,
        }
    }
}

/// Rows under construction.
struct Facts<'a> {
    site: &'a Site,
    /// Language of the record.
    lang: &'a str,
    rows: Vec<Fact>,
}

impl Facts<'_> {
    fn add(&mut self, key: &str, mut values: Vec<Value>) {
        values.retain(|value| !value.text.is_empty());
        if values.is_empty() {
            return;
        }
        let more = values.len().saturating_sub(MAX_SHOWN);
        values.truncate(MAX_SHOWN);
        self.rows.push(Fact {
            label: self.site.texts.say(key),
            values,
            more,
        });
    }

    fn codes<'b>(&mut self, key: &str, codes: impl IntoIterator<Item = &'b str>) {
        let values = codes.into_iter().map(Value::code).collect();
        self.add(key, values);
    }

    fn text(&self, text: &LangString, or: &str) -> Value {
        let own = text.in_language(self.lang).unwrap_or(or);
        let beside = self.site.of(text).filter(|beside| *beside != own);
        Value {
            lang: self.lang.to_owned(),
            text: projected(own),
            beside: beside.map(projected),
            code: false,
        }
    }

    fn party(&self, party: &NamedParty) -> Value {
        let mut value = self.text(&party.names, &party.name);
        if let Some(address) = &party.address {
            value.text = format!("{}, {}", value.text, projected(address));
        }
        if let Some(country) = &party.country {
            value.text = format!("{} ({})", value.text, self.site.economy(country));
        }
        value
    }

    fn day(&mut self, key: &str, day: Option<&comity_model::date::LegalDate>) {
        if let Some(day) = day {
            let (from, to) = (day.earliest(), day.latest());
            let text = if from == to {
                self.site.day(from)
            } else {
                format!("{} – {}", self.site.day(from), self.site.day(to))
            };
            let value = Value {
                beside: (from == to).then(|| from.to_string()),
                ..Value::plain(&text, "")
            };
            self.add(key, vec![value]);
        }
    }
}

/// What the record says that a paper would print; empty of records that are on no paper.
pub(crate) fn paper(site: &Site, record: &Record) -> Vec<Fact> {
    let Subject::Attestation(attestation) = &record.subject else {
        return Vec::new();
    };
    let mut facts = Facts {
        site,
        lang: &record.comity.language,
        rows: Vec::new(),
    };
    printed(&mut facts, attestation);
    let objects: Vec<_> = attestation.comity.objects.iter().collect();
    products(&mut facts, &objects);
    let details = &attestation.comity;
    let scope = facts.text(&details.scope_statement, "");
    facts.add("fact-scope", vec![scope]);
    facts.rows
}

fn printed(facts: &mut Facts<'_>, attestation: &Attestation) {
    let details = &attestation.comity;
    facts.codes("fact-number", [details.certificate_number.as_str()]);
    facts.codes("fact-revision", details.version_number.as_deref());
    let holder = facts.text(&details.holder_names, &attestation.issued_to_party.name);
    facts.add("fact-holder", vec![holder]);
    let maker = details.manufacturer.iter().map(|party| facts.party(party));
    let maker = maker.collect();
    facts.add("fact-maker", maker);
    let factories = details.factories.iter().map(|party| facts.party(party));
    let factories = factories.collect();
    facts.add("fact-factory", factories);
    let standards: Vec<_> = details.standards.iter().map(ToString::to_string).collect();
    facts.codes("fact-standard", standards.iter().map(String::as_str));
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
    let names = names.collect();
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
    let codes = codes.map(|code| Value::code(&format!("{} {}", code.scheme, code.code)));
    facts.add("fact-codes", codes.collect());
    let origins = objects.iter().filter_map(|object| object.origin.as_deref());
    let origins = origins.map(|origin| Value::plain(&facts.site.economy(origin), ""));
    let origins = origins.collect();
    facts.add("fact-origin", origins);
}

/// What a record says of itself, of whatever kind.
pub(crate) fn of_record(site: &Site, record: &Record) -> Vec<Fact> {
    let mut facts = Facts {
        site,
        lang: &record.comity.language,
        rows: Vec::new(),
    };
    let kind = Value::plain(wording::kind(record.kind(), site.language), "");
    facts.add("fact-kind", vec![kind]);
    let issuer = Value::plain(&record.issuer.name, &record.comity.language);
    facts.add("fact-issuer", vec![issuer]);
    facts.codes("fact-issuer-did", [record.issuer.id.as_str()]);
    facts.codes("fact-authority", [record.comity.authority.as_str()]);
    if let Some(from) = &record.comity.imported_from {
        let text = format!("{} {} ({})", from.system, from.source_id, from.fetched_on);
        facts.add("fact-imported", vec![Value::plain(&text, "")]);
        let name = Value::plain(&from.attributed_to.name, &record.comity.language);
        facts.add("fact-attributed", vec![name]);
    }
    facts.codes("fact-id", [record.id.as_str()]);
    facts.rows
}
