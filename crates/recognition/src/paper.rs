//! What a paper says beside what the record says, value by value.
//!
//! [`compare`] is the one comparison: the step `product` takes its outcome from it, sentences name by
//! it what differs, and pages show its lines. Nothing that is merely similar is the same, and where
//! the record is silent nothing is.

use std::collections::BTreeSet;

use comity_model::attestation::{Attestation, ConformityObject, ObjectType, Quantity};
use comity_model::date::{Day, LegalDate};
use comity_model::party::NamedParty;
use comity_model::text::{LangString, projected, visible};
use serde::Serialize;

use crate::code::{Code, Outcome};
use crate::question::ProductFacts;

mod hidden;
mod models;
mod number;
mod rules;

use hidden::{HIDDEN, heeding, hides};
pub use models::MAX_MODELS;
use rules::{NOT_SAID, READING, Relation};

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
        /// Within what the record says, by a rule: one of several models, lots, factories or
        /// standards, under a heading, in a period.
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
    /// Why it has to be read or is not the same, in a sentence of its own, where that is not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Code>,
    #[serde(skip)]
    pub(crate) outcome: Outcome,
    #[serde(skip)]
    pub(crate) code: Code,
}

/// What is told of a value beside its mark, as it is not seen.
const NOT_SEEN: [Code; 3] = [
    Code::ProductNumberDivided,
    Code::ProductHiddenCharacters,
    Code::ProductOtherAlphabet,
];

impl Compared {
    fn new<'a>(
        field: Field,
        paper: impl IntoIterator<Item = &'a str>,
        record: impl IntoIterator<Item = &'a str>,
        relation: Relation,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let mut said: Vec<String> = Vec::new();
        for value in record.into_iter().map(projected) {
            if value.trim().is_empty() || seen.contains(&value) {
                continue;
            }
            if said.len() < MAX_VALUES {
                said.push(value.clone());
            }
            seen.insert(value);
        }
        let more = seen.len() - said.len();
        Self {
            field,
            paper: paper.into_iter().map(projected).collect(),
            record: said,
            more,
            mark: relation.mark,
            why: Some(relation.code).filter(|code| NOT_SEEN.contains(code)),
            outcome: relation.outcome,
            code: relation.code,
        }
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
    let objects = details
        .objects
        .iter()
        .map(|one| (one, to_object(facts, one)));
    let best = objects.min_by_key(|(_, relations)| {
        let relations = relations.iter().map(|(_, relation)| relation);
        let worst = relations.clone().map(|relation| relation.weight()).max();
        let differing = relations.filter(|relation| relation.mark == Mark::Differs);
        (
            worst.unwrap_or((0, Code::ProductMatches)),
            differing.count(),
        )
    });
    let mut lines = match best {
        Some((object, relations)) => of_object(facts, object, &relations),
        None => of_none(facts),
    };
    over_objects(facts, &details.objects, &mut lines);
    lines.extend(of_paper(facts, attestation));
    lines.extend(of_parties(facts, attestation));
    lines.extend(of_dates(facts, attestation));
    lines.sort_by_key(|line| line.field);
    lines
}

/// Several models of one paper may be of several objects: none is excluded then only because another
/// is not of its object.
fn over_objects(facts: &ProductFacts, objects: &[ConformityObject], lines: &mut [Compared]) {
    let of_goods = lines
        .iter()
        .filter(|line| line.field.is_of_object())
        .count();
    let open = |line: &&mut Compared| {
        line.field == Field::Model && objects.len() > 1 && line.outcome != Outcome::Pass
    };
    let Some((asked, line)) = facts.model.as_ref().zip(lines.iter_mut().find(open)) else {
        return;
    };
    let listed = objects.iter().flat_map(|object| &object.model_numbers);
    let listed = listed.map(String::as_str);
    let hidden = listed.clone().any(hides);
    let seen = objects.iter().map(|object| {
        let models = object.model_numbers.iter();
        models.map(|one| visible(one)).collect::<Vec<_>>()
    });
    let seen: Vec<Vec<String>> = seen.collect();
    let seen: Vec<Vec<&str>> = seen.iter().map(|models| strs(models)).collect();
    let Some(found) = models::over_objects(&visible(asked), &seen) else {
        return;
    };
    // What else is asked of the goods is of one of the objects, and nobody can tell of which.
    let relation = match (hidden, of_goods) {
        (true, _) => HIDDEN,
        (false, 1) => found,
        (false, _) => READING,
    };
    if rank(relation.outcome) < rank(line.outcome) {
        *line = Compared::new(Field::Model, [asked.as_str()], listed, relation);
    }
}

/// Number, standard and scope.
fn of_paper(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let details = &attestation.comity;
    let mut lines = Vec::new();
    if let Some(asked) = &facts.number {
        let stated = details.certificate_number.as_str();
        let relation = heeding(asked, &[stated], number::number);
        let line = Compared::new(Field::Number, [asked.as_str()], [stated], relation);
        lines.push(line);
    }
    if let Some(asked) = &facts.standard {
        let stated: Vec<String> = details.standards.iter().map(ToString::to_string).collect();
        let stated = stated.iter().map(String::as_str);
        let relation = rules::standard(asked, &details.standards);
        let asked = asked.to_string();
        let line = Compared::new(Field::Standard, [asked.as_str()], stated, relation);
        lines.push(line);
    }
    if let Some(asked) = &facts.scope {
        let scope: Vec<&str> = texts(&details.scope_statement).collect();
        let relation = heeding(asked, &scope, rules::scope);
        lines.push(Compared::new(
            Field::Scope,
            [asked.as_str()],
            scope,
            relation,
        ));
    }
    lines
}

fn of_parties(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let details = &attestation.comity;
    let mut lines = Vec::new();
    if let Some(asked) = &facts.holder {
        let name = std::iter::once(attestation.issued_to_party.name.as_str());
        let known: Vec<&str> = name.chain(texts(&details.holder_names)).collect();
        let code = Code::ProductHolderDiffers;
        let relation = heeding(asked, &known, |asked, known| {
            rules::name(asked, known, code)
        });
        lines.push(Compared::new(
            Field::Holder,
            [asked.as_str()],
            known,
            relation,
        ));
    }
    if let Some(asked) = &facts.manufacturer {
        let known: Vec<&str> = details.manufacturer.iter().flat_map(names).collect();
        let code = Code::ProductManufacturerDiffers;
        let relation = heeding(asked, &known, |asked, known| {
            rules::name(asked, known, code)
        });
        let line = Compared::new(Field::Manufacturer, [asked.as_str()], known, relation);
        lines.push(line);
    }
    if let Some(asked) = &facts.factory {
        let known = details.factories.iter().flat_map(names);
        let relation = rules::factory(asked, &details.factories);
        lines.push(Compared::new(
            Field::Factory,
            [asked.as_str()],
            known,
            relation,
        ));
    }
    lines
}

fn of_dates(facts: &ProductFacts, attestation: &Attestation) -> Vec<Compared> {
    let dates = &attestation.comity.legal_dates;
    let line = |field, asked: Option<Day>, stated: Option<&LegalDate>, code| {
        let asked = asked?;
        let relation = rules::day(asked, stated, code);
        let stated = stated.map(ToString::to_string);
        Some(Compared::new(
            field,
            [asked.to_string().as_str()],
            stated.as_deref(),
            relation,
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

/// How what is asked of the goods stands to one object.
fn to_object(facts: &ProductFacts, object: &ConformityObject) -> Vec<(Field, Relation)> {
    let text = |field, asked: &Option<String>, listed: &[String], rule: Rule| {
        let asked = asked.as_deref()?;
        Some((field, heeding(asked, &strs(listed), rule)))
    };
    let quantity = facts.quantity.as_ref().map(|asked| {
        let relation = rules::quantity(asked, object.quantity.as_ref());
        (Field::Quantity, relation)
    });
    let codes = (!facts.codes.is_empty()).then(|| {
        let relation = rules::codes(&facts.codes, &object.product_codes);
        (Field::Codes, relation)
    });
    let models = &object.model_numbers;
    let serials = &object.serial_numbers;
    let relations = [
        text(Field::Model, &facts.model, models, models::model),
        text(Field::Gtin, &facts.gtin, &object.gtins, rules::gtin),
        text(Field::Serial, &facts.serial, serials, number::serial),
        text(Field::Lot, &facts.lot, &object.lots, number::lot),
        quantity,
        codes,
    ];
    relations.into_iter().flatten().collect()
}

/// What is asked of the goods beside what the object says, as they stand to each other.
fn of_object(
    facts: &ProductFacts,
    object: &ConformityObject,
    relations: &[(Field, Relation)],
) -> Vec<Compared> {
    let lines = relations.iter().map(|(field, relation)| {
        let line = |asked: &[String], listed: &[String]| {
            let (asked, listed) = (asked.iter(), listed.iter());
            Compared::new(
                *field,
                asked.map(String::as_str),
                listed.map(String::as_str),
                *relation,
            )
        };
        let text = |asked: &Option<String>, listed: &[String]| line(asked.as_slice(), listed);
        match field {
            Field::Model => text(&facts.model, &object.model_numbers),
            Field::Gtin => text(&facts.gtin, &object.gtins),
            Field::Serial => text(&facts.serial, &object.serial_numbers),
            Field::Lot => text(&facts.lot, &object.lots),
            Field::Quantity => line(
                shown(&facts.quantity, quantity).as_slice(),
                shown(&object.quantity, quantity).as_slice(),
            ),
            _ => line(
                &shown(&facts.codes, ToString::to_string),
                &shown(&object.product_codes, ToString::to_string),
            ),
        }
    });
    lines.collect()
}

fn shown<'a, T: 'a>(
    values: impl IntoIterator<Item = &'a T>,
    text: impl Fn(&T) -> String,
) -> Vec<String> {
    values.into_iter().map(text).collect()
}

fn quantity(quantity: &Quantity) -> String {
    format!("{} {}", quantity.value, quantity.unit)
}

/// The same where the record names no object: it says nothing of the goods.
fn of_none(facts: &ProductFacts) -> Vec<Compared> {
    let nothing = ConformityObject::named(ObjectType::Product, LangString::default());
    let mut relations = to_object(facts, &nothing);
    for (_, relation) in &mut relations {
        *relation = NOT_SAID;
    }
    of_object(facts, &nothing, &relations)
}

/// How one value is compared with a list.
type Rule = fn(&str, &[&str]) -> Relation;

fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn texts(texts: &LangString) -> impl Iterator<Item = &str> {
    texts.0.iter().map(|text| text.value.as_str())
}

fn names(party: &NamedParty) -> impl Iterator<Item = &str> {
    std::iter::once(party.name.as_str()).chain(texts(&party.names))
}
