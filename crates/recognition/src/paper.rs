//! What a paper says beside what the record says, value by value.
//!
//! [`compare`] is the one comparison: the step `product` takes its outcome from it, sentences name by
//! it what differs, and pages show its lines. Nothing that is merely similar is the same, and where
//! the record is silent nothing is.

use comity_model::attestation::{Attestation, ConformityObject, ObjectType, Quantity};
use comity_model::date::{Day, LegalDate};
use comity_model::party::NamedParty;
use comity_model::product::ProductCode;
use comity_model::text::{LangString, projected};
use serde::Serialize;

use crate::code::{Code, Outcome};
use crate::question::ProductFacts;

mod rules;

use rules::{Judged, NOT_SAID};

/// Most values of the record that a line repeats; `more` says how many follow.
pub const MAX_VALUES: usize = 20;

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As JSON writes it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// What is printed on a paper, and asked about as a [`ProductFacts`] names it.
    Field {
        /// Number of the certificate.
        Number = "number",
        /// Name of the holder.
        Holder = "holder",
        /// Name of the manufacturer.
        Manufacturer = "manufacturer",
        /// Name of the factory.
        Factory = "factory",
        /// Model numbers.
        Model = "model",
        /// GTIN.
        Gtin = "gtin",
        /// Serial number.
        Serial = "serial",
        /// Lot or batch.
        Lot = "lot",
        /// Quantity.
        Quantity = "quantity",
        /// Classification codes.
        Codes = "codes",
        /// Standard and edition.
        Standard = "standard",
        /// Day of issue.
        IssuedOn = "issuedOn",
        /// Last day of validity.
        ValidUntil = "validUntil",
        /// Scope in words.
        Scope = "scope",
    }
}

words! {
    /// How what the paper says stands to what the record says.
    Mark {
        /// The same.
        Same = "same",
        /// Within what the record says, by a rule: one of several, under a heading, in a period.
        Covered = "covered",
        /// Not the same.
        Differs = "differs",
        /// It cannot be compared mechanically: a person has to read it.
        Reading = "reading",
        /// The record does not say.
        NotSaid = "notSaid",
    }
}

impl Field {
    /// Whether it is said of each object of the record by itself.
    pub fn is_of_object(self) -> bool {
        matches!(
            self,
            Self::Model | Self::Gtin | Self::Serial | Self::Lot | Self::Quantity | Self::Codes
        )
    }
}

/// One value of the paper beside what the record says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What it is.
    pub field: Field,
    /// What the paper says, as it was asked about.
    pub paper: Vec<String>,
    /// What the record says, of that object which fits the paper best; at most [`MAX_VALUES`].
    pub record: Vec<String>,
    /// How many more values the record has.
    pub more: usize,
    /// How they stand to each other.
    pub mark: Mark,
    #[serde(skip)]
    pub(crate) outcome: Outcome,
    #[serde(skip)]
    pub(crate) code: Code,
}

impl Compared {
    fn new<'a>(
        field: Field,
        paper: impl IntoIterator<Item = &'a str>,
        record: impl IntoIterator<Item = &'a str>,
        judged: Judged,
    ) -> Self {
        let mut said: Vec<String> = Vec::new();
        for value in record.into_iter().map(projected) {
            if !value.trim().is_empty() && !said.contains(&value) {
                said.push(value);
            }
        }
        let more = said.len().saturating_sub(MAX_VALUES);
        said.truncate(MAX_VALUES);
        Self {
            field,
            paper: paper.into_iter().map(projected).collect(),
            record: said,
            more,
            mark: judged.mark,
            outcome: judged.outcome,
            code: judged.code,
        }
    }

    fn weight(&self) -> (u8, Code) {
        (rank(self.outcome), self.code)
    }
}

/// How much an outcome weighs: the worst decides.
pub(crate) fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NotApplicable | Outcome::Pass => 0,
        Outcome::Warn => 1,
        Outcome::Unknown => 2,
        Outcome::Fail => 3,
    }
}

/// Compares everything that is asked about with the record, in the order of [`Field::ALL`]. What is
/// said of an object must fit one and the same object.
pub fn compare(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let details = &attestation.comity;
    let objects = details.objects.iter().map(|one| of_object(facts, one));
    let best = objects.min_by_key(|lines| {
        let worst = lines.iter().map(Compared::weight).max();
        let differing = lines.iter().filter(|line| line.mark == Mark::Differs);
        (
            worst.unwrap_or((0, Code::ProductMatches)),
            differing.count(),
        )
    });
    let mut lines = best.unwrap_or_else(|| of_none(facts));
    lines.extend(of_paper(facts, attestation));
    lines.extend(of_parties(facts, attestation));
    lines.extend(of_dates(facts, attestation));
    lines.sort_by_key(|line| line.field);
    lines
}

/// Number, standard and scope.
fn of_paper(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let details = &attestation.comity;
    let mut lines = Vec::new();
    if let Some(asked) = &facts.number {
        let number = details.certificate_number.as_str();
        let judged = rules::number(asked, number);
        let line = Compared::new(Field::Number, [asked.as_str()], [number], judged);
        lines.push(line);
    }
    if let Some(asked) = &facts.standard {
        let stated: Vec<String> = details.standards.iter().map(ToString::to_string).collect();
        let stated = stated.iter().map(String::as_str);
        let judged = rules::standard(asked, &details.standards);
        let asked = asked.to_string();
        let line = Compared::new(Field::Standard, [asked.as_str()], stated, judged);
        lines.push(line);
    }
    if let Some(asked) = &facts.scope {
        let scope: Vec<&str> = texts(&details.scope_statement).collect();
        let judged = rules::scope(asked, &scope);
        lines.push(Compared::new(Field::Scope, [asked.as_str()], scope, judged));
    }
    lines
}

fn of_parties(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let details = &attestation.comity;
    let mut lines = Vec::new();
    if let Some(asked) = &facts.holder {
        let name = std::iter::once(attestation.issued_to_party.name.as_str());
        let known: Vec<&str> = name.chain(texts(&details.holder_names)).collect();
        let judged = rules::name(asked, &known, Code::ProductHolderDiffers);
        lines.push(Compared::new(
            Field::Holder,
            [asked.as_str()],
            known,
            judged,
        ));
    }
    if let Some(asked) = &facts.manufacturer {
        let known: Vec<&str> = details.manufacturer.iter().flat_map(names).collect();
        let judged = rules::name(asked, &known, Code::ProductManufacturerDiffers);
        let line = Compared::new(Field::Manufacturer, [asked.as_str()], known, judged);
        lines.push(line);
    }
    if let Some(asked) = &facts.factory {
        let known = details.factories.iter().flat_map(names);
        let judged = rules::factory(asked, &details.factories);
        lines.push(Compared::new(
            Field::Factory,
            [asked.as_str()],
            known,
            judged,
        ));
    }
    lines
}

fn of_dates(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let dates = &attestation.comity.legal_dates;
    let line = |field, asked: Option<Day>, stated: Option<&LegalDate>, code| {
        let asked = asked?;
        let judged = rules::day(asked, stated, code);
        let stated = stated.map(ToString::to_string);
        Some(Compared::new(
            field,
            [asked.to_string().as_str()],
            stated.as_deref(),
            judged,
        ))
    };
    let until = dates.valid_until.as_ref();
    let lines = [
        line(
            Field::IssuedOn,
            facts.issued_on,
            Some(&dates.issued_on),
            Code::ProductIssueDayDiffers,
        ),
        line(
            Field::ValidUntil,
            facts.valid_until,
            until,
            Code::ProductValidityDiffers,
        ),
    ];
    lines.into_iter().flatten().collect()
}

/// What is asked of the goods, compared with one object.
fn of_object(facts: &ProductFacts, object: &ConformityObject) -> Vec<Compared> {
    let line = |field, asked: &Option<String>, listed: &[String], rule: Rule| {
        let asked = asked.as_deref()?;
        let judged = rule(asked, listed);
        let listed = listed.iter().map(String::as_str);
        Some(Compared::new(field, [asked], listed, judged))
    };
    let quantity = facts.quantity.as_ref().map(|asked| {
        let judged = rules::quantity(asked, object.quantity.as_ref());
        let shown = |one: &Quantity| format!("{} {}", one.value, one.unit);
        let listed = object.quantity.as_ref().map(shown);
        let asked = shown(asked);
        Compared::new(Field::Quantity, [asked.as_str()], listed.as_deref(), judged)
    });
    let codes = (!facts.codes.is_empty()).then(|| {
        let judged = rules::codes(&facts.codes, &object.product_codes);
        let shown = |codes: &[ProductCode]| -> Vec<String> {
            codes.iter().map(ToString::to_string).collect()
        };
        let (asked, listed) = (shown(&facts.codes), shown(&object.product_codes));
        let (asked, listed) = (asked.iter(), listed.iter());
        Compared::new(
            Field::Codes,
            asked.map(String::as_str),
            listed.map(String::as_str),
            judged,
        )
    });
    let lines = [
        line(
            Field::Model,
            &facts.model,
            &object.model_numbers,
            rules::model,
        ),
        line(Field::Gtin, &facts.gtin, &object.gtins, rules::gtin),
        line(
            Field::Serial,
            &facts.serial,
            &object.serial_numbers,
            rules::serial,
        ),
        line(Field::Lot, &facts.lot, &object.lots, rules::lot),
        quantity,
        codes,
    ];
    lines.into_iter().flatten().collect()
}

/// The same where the record names no object: it says nothing of the goods.
fn of_none(facts: &ProductFacts) -> Vec<Compared> {
    let nothing = ConformityObject::named(ObjectType::Product, LangString::default());
    let lines = of_object(facts, &nothing).into_iter().map(|line| Compared {
        mark: NOT_SAID.mark,
        outcome: NOT_SAID.outcome,
        code: NOT_SAID.code,
        ..line
    });
    lines.collect()
}

/// How one value is compared with a list.
type Rule = fn(&str, &[String]) -> Judged;

fn texts(texts: &LangString) -> impl Iterator<Item = &str> {
    texts.0.iter().map(|text| text.value.as_str())
}

fn names(party: &NamedParty) -> impl Iterator<Item = &str> {
    std::iter::once(party.name.as_str()).chain(texts(&party.names))
}
