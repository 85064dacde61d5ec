//! What a record says, as rows: first what can be compared with the paper in hand.

use comity_model::date::{Instant, LegalDate, Period};
use comity_model::party::{Contact, NamedParty, PartyReference};
use comity_model::product::{CodeSelector, ProductCode};
use comity_model::record::Record;
use comity_model::reference::{Identity, RecordReference};
use comity_model::standard::StandardReference;
use comity_model::text::{LangString, projected};
use comity_node::goods;
use comity_recognition::wording::{self, Language};

use crate::pages::search::period;
use crate::pages::standard::standard_href;
use crate::rows::Office;
use crate::rows::party_href;
use crate::site::Site;
use crate::trouble::Trouble;

mod paper;
mod pointers;
mod says;
#[cfg(test)]
mod tests;

pub(crate) use paper::{PaperRow, label, paper};
pub(crate) use says::{Says, says};

use pointers::{Pointer, named};

/// Most values of one row; `more` says how many follow in the signed file.
const MAX_SHOWN: usize = 30;

/// One line of a comparison or of a list of facts.
#[derive(Debug)]
pub(crate) struct Fact {
    /// Key of its label.
    key: &'static str,
    /// What it is, in the language of the page.
    pub(crate) label: String,
    /// As the signer wrote it.
    pub(crate) values: Vec<Value>,
    /// How many more the signed file has.
    pub(crate) more: usize,
}

/// One value.
#[derive(Debug, Default)]
pub(crate) struct Value {
    /// Language tag of the text; empty for numbers and codes.
    pub(crate) lang: String,
    pub(crate) text: String,
    /// The same in the reader's language, where the signer gave it; or what a code means.
    pub(crate) beside: Option<String>,
    /// A number or a code: kept left to right.
    pub(crate) code: bool,
    /// Where it leads.
    pub(crate) href: Option<String>,
    /// What it points at, until that is named.
    points: Option<Pointer>,
}

impl Value {
    fn code(text: &str) -> Self {
        Self {
            text: projected(text),
            code: true,
            ..Self::default()
        }
    }

    fn plain(text: &str, lang: &str) -> Self {
        Self {
            lang: lang.to_owned(),
            text: projected(text),
            ..Self::default()
        }
    }

    /// Words of the page, in its language.
    fn word(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    fn with(self, beside: impl Into<String>) -> Self {
        Self {
            beside: Some(beside.into()),
            ..self
        }
    }

    fn leading_to(self, href: String) -> Self {
        Self {
            href: Some(href),
            ..self
        }
    }
}

/// A part of what a record says that has a title of its own: a chapter, a requirement.
#[derive(Debug)]
pub(crate) struct Part {
    /// What it is, in the language of the page; nothing of the first part, the record itself.
    pub(crate) label: String,
    /// How it is called.
    pub(crate) title: Value,
    pub(crate) rows: Vec<Fact>,
}

/// Rows under construction.
struct Facts<'a> {
    site: &'a Site,
    /// Language of the record.
    lang: &'a str,
    rows: Vec<Fact>,
}

impl<'a> Facts<'a> {
    fn new(site: &'a Site, record: &'a Record) -> Self {
        Self {
            site,
            lang: &record.comity.language,
            rows: Vec::new(),
        }
    }

    fn language(&self) -> Language {
        self.site.language
    }

    fn add(&mut self, key: &'static str, values: impl IntoIterator<Item = Value>) {
        let mut values: Vec<_> = values.into_iter().collect();
        values.retain(|value| !value.text.is_empty());
        if values.is_empty() {
            return;
        }
        let more = values.len().saturating_sub(MAX_SHOWN);
        values.truncate(MAX_SHOWN);
        self.rows.push(Fact {
            key,
            label: self.site.texts.say(key),
            values,
            more,
        });
    }

    fn codes<'b>(&mut self, key: &'static str, codes: impl IntoIterator<Item = &'b str>) {
        self.add(key, codes.into_iter().map(Value::code));
    }

    /// Words of the page: those of closed lists.
    fn words<T: Copy>(
        &mut self,
        key: &'static str,
        list: &[T],
        word: fn(T, Language) -> &'static str,
    ) {
        let language = self.language();
        self.add(
            key,
            list.iter().map(|one| Value::word(word(*one, language))),
        );
    }

    /// One of them.
    fn word<T>(&mut self, key: &'static str, one: T, word: fn(T, Language) -> &'static str) {
        let said = word(one, self.language());
        self.add(key, [Value::word(said)]);
    }

    /// That something is so, where it is.
    fn holds(&mut self, key: &'static str, so: bool) {
        let said = self.site.texts.say("says-so");
        self.add(key, so.then(|| Value::word(said)));
    }

    fn texts(&mut self, key: &'static str, texts: &[LangString]) {
        let site = self.site;
        self.add(key, texts.iter().map(|text| worded(site, text)));
    }

    /// As the record's language has it, and beside it the reader's: to compare with a paper.
    fn text(&self, text: &LangString, or: &str) -> Value {
        let own = text.in_language(self.lang).unwrap_or(or);
        let beside = self.site.of(text).filter(|beside| *beside != own);
        Value {
            beside: beside.map(projected),
            ..Value::plain(own, self.lang)
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
        value.href = party.id.as_deref().map(|did| party_href(self.site, did));
        value
    }

    /// Parties that are named by their DID only.
    fn parties<'b>(
        &mut self,
        key: &'static str,
        parties: impl IntoIterator<Item = &'b PartyReference>,
    ) {
        let site = self.site;
        self.add(
            key,
            parties.into_iter().map(|party| registered(site, party)),
        );
    }

    fn records<'b>(
        &mut self,
        key: &'static str,
        records: impl IntoIterator<Item = &'b RecordReference>,
    ) {
        let site = self.site;
        let records = records.into_iter();
        self.add(key, records.map(|one| pointed(site, &one.identity())));
    }

    fn economies(&mut self, key: &'static str, codes: &[String]) {
        let site = self.site;
        let named = codes.iter().map(|code| {
            let href = site.href(&format!("economies/{}", crate::rows::segment(code)));
            Value::word(projected(&site.economy(code))).leading_to(href)
        });
        self.add(key, named);
    }

    fn standards(&mut self, key: &'static str, standards: &[StandardReference]) {
        let site = self.site;
        let standards = standards.iter().map(|one| standard(site, one));
        self.add(key, standards);
    }

    /// Products by their codes, each with its plain name; and those left out.
    fn products(&mut self, selectors: &[CodeSelector]) {
        let site = self.site;
        let of = |of: fn(&CodeSelector) -> &Vec<String>| {
            let codes = selectors.iter().flat_map(move |selector| {
                of(selector).iter().map(|code| ProductCode {
                    scheme: selector.scheme.clone(),
                    edition: selector.edition.clone(),
                    code: code.clone(),
                })
            });
            codes.map(|code| product(site, &code)).collect::<Vec<_>>()
        };
        self.add("fact-codes", of(|selector| &selector.include));
        self.add("says-products-without", of(|selector| &selector.exclude));
    }

    fn period(&mut self, key: &'static str, of: &Period) {
        let said = period(self.site, &of.from, of.until.as_ref());
        self.add(key, [Value::word(said)]);
    }

    fn moment(&mut self, key: &'static str, at: Instant) {
        let said = wording::moment(at, self.language());
        self.add(key, [Value::word(said)]);
    }

    fn contact(&mut self, contact: Option<&Contact>) {
        let office = contact.map(Office::new).unwrap_or_default();
        let name = office.name.map(|name| Value::plain(&name, ""));
        let link = |text: Option<String>, scheme: &str| {
            text.map(|text| Value::code(&text).leading_to(format!("{scheme}{text}")))
        };
        let email = office.email.map(|email| match office.letters {
            Some(letters) => Value::code(&email).leading_to(letters),
            None => Value::code(&email),
        });
        let ways = [
            name,
            link(office.telephone, "tel:"),
            email,
            link(office.url, ""),
        ];
        self.add("browse-contact", ways.into_iter().flatten());
    }

    /// A day, and beside it as a paper may print it.
    fn day(&mut self, key: &'static str, day: Option<&LegalDate>) {
        let printed = day.filter(|day| day.earliest() == day.latest());
        let beside = printed.map(|day| day.earliest().to_string());
        let said = day.map(|day| Value {
            beside,
            ..self.dated(day)
        });
        self.add(key, said);
    }

    /// A day in words alone.
    fn on_day(&mut self, key: &'static str, day: Option<&LegalDate>) {
        let said = day.map(|day| self.dated(day));
        self.add(key, said);
    }

    fn dated(&self, day: &LegalDate) -> Value {
        let (from, to) = (day.earliest(), day.latest());
        Value::word(if from == to {
            self.site.day(from)
        } else {
            format!("{} – {}", self.site.day(from), self.site.day(to))
        })
    }
}

/// A text of a record in the language of the reader, or else as its signer gave it first.
fn worded(site: &Site, text: &LangString) -> Value {
    let (lang, text) = site.worded(text);
    Value::plain(&text, &lang)
}

fn registered(site: &Site, party: &PartyReference) -> Value {
    Value {
        points: Some(Pointer::Party(party.clone())),
        ..Value::code(&party.id).leading_to(party_href(site, &party.id))
    }
}

fn pointed(site: &Site, identity: &Identity) -> Value {
    let uuid = identity.id.trim_start_matches("urn:uuid:");
    let href = site.href(&format!("records/{}", crate::rows::segment(uuid)));
    Value {
        points: Some(Pointer::Record(identity.clone())),
        ..Value::code(uuid).leading_to(href)
    }
}

fn standard(site: &Site, reference: &StandardReference) -> Value {
    let href = standard_href(site, reference.designation());
    Value::code(&reference.to_string()).leading_to(href)
}

/// A code as it is printed, and the plain name of what it stands for.
fn product(site: &Site, code: &ProductCode) -> Value {
    if !code.is_harmonised() {
        return Value::code(&code.to_string());
    }
    let printed = ProductCode {
        code: goods::printed(&code.code),
        ..code.clone()
    };
    let href = site.href(&format!("hs/{}", crate::rows::segment(&code.code)));
    Value {
        beside: goods::name(&code.code, site.language.tag()).map(str::to_owned),
        ..Value::code(&printed.to_string()).leading_to(href)
    }
}

/// Where a record comes from, of whatever kind; its issuer as the reader calls it, if known.
pub(crate) async fn of_record(
    site: &Site,
    record: &Record,
    issuer: Option<&(String, String)>,
) -> Result<Vec<Fact>, Trouble> {
    let mut facts = Facts::new(site, record);
    facts.word("fact-kind", record.kind(), wording::kind);
    let signed = Value::plain(&record.issuer.name, facts.lang);
    let shown = match issuer {
        Some((lang, name)) if *name != signed.text => {
            Value::plain(name, lang).with(signed.text.as_str())
        }
        _ => signed,
    };
    let shown = shown.leading_to(party_href(site, &record.issuer.id));
    facts.add("fact-issuer", [shown]);
    facts.codes("fact-issuer-did", [record.issuer.id.as_str()]);
    let authority = &record.comity.authority;
    let authority = PartyReference {
        id: authority.clone(),
        registered_by: authority.clone(),
    };
    facts.parties("fact-authority", [&authority]);
    if let Some(from) = &record.comity.imported_from {
        let text = format!("{} {} ({})", from.system, from.source_id, from.fetched_on);
        facts.add("fact-imported", [Value::plain(&text, "")]);
        let name = Value::plain(&from.attributed_to.name, facts.lang);
        facts.add("fact-attributed", [name]);
    }
    facts.codes("fact-id", [record.id.as_str()]);
    let mut rows = facts.rows;
    named(site, rows.iter_mut()).await?;
    Ok(rows)
}
