//! What is asked: does this record count in that economy, on that day, for that product, as
//! known at that moment?

use comity_model::attestation::Quantity;
use comity_model::date::{Day, Instant};
use comity_model::product::ProductCode;
use comity_model::reference::Identity;
use comity_model::standard::StandardReference;
use serde::{Deserialize, Serialize};

/// A question, fully resolved: nothing in it depends on a clock or on a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Which record.
    pub record: Selector,
    /// The destination, as ISO 3166-1 alpha-2 code.
    #[serde(rename = "in")]
    pub in_economy: String,
    /// The legal day: facts are judged as they were in law on this day.
    pub on: Day,
    /// Evidence counts as far as it was known at this instant (format.md 2.10).
    pub known_at: Instant,
    /// What is known of the goods, person or service it is used for.
    #[serde(default, skip_serializing_if = "ProductFacts::is_empty")]
    pub product: ProductFacts,
    /// The asker's own file number: echoed, never part of the answer's identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_number: Option<String>,
}

impl Question {
    /// A question about a destination itself, whatever record is brought.
    pub(crate) fn about(economy: &str, on: Day, known_at: Instant) -> Self {
        Self {
            record: Selector::Id(String::new()),
            in_economy: economy.to_owned(),
            on,
            known_at,
            product: ProductFacts::default(),
            file_number: None,
        }
    }
}

/// Which record is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Selector {
    /// One record by its full name.
    Identity(Identity),
    /// Whatever has this `urn:uuid:` identifier; may be several, under several signers.
    Id(String),
    /// Exactly these bytes: the record digest in lower-case hex.
    RecordDigest(String),
    /// A printed number; may be several.
    Number {
        /// The number as printed.
        number: String,
        /// DID of the signer, or the identifier an imported record attributes itself to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer: Option<String>,
    },
}

/// What is known of the product and of the paper that is shown for it; what is left out is not asked
/// about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductFacts {
    /// Classification codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<ProductCode>,
    /// Model number; several with commas or semicolons of any script between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// GTIN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// Serial number of a single item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Lot or batch of a consignment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// How much of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Name of the holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// Name of the manufacturer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    /// Name of the factory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factory: Option<String>,
    /// The day of issue, as the paper prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Day>,
    /// A standard that the record must state fulfilment of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardReference>,
    /// The number of the certificate, as the paper prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The last day of validity, as the paper prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// The scope in words, as the paper prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl ProductFacts {
    /// Whether nothing is known of the product.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// All of it as parameters of an address, by the names that the interface for programs has.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let edition = self.codes.first().and_then(|code| code.edition.as_deref());
        let plain =
            |code: &ProductCode| ProductCode::hs(&code.code, edition).as_ref() == Some(code);
        // Codes of the HS in one edition are written short.
        let short = self.codes.iter().all(plain) && edition.is_none_or(is_hs_edition);
        let codes = self.codes.iter().map(|code| {
            if short {
                ("hs", code.code.clone())
            } else {
                ("code", code.to_parameter())
            }
        });
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        let standard = self.standard.as_ref().map(ToString::to_string);
        let facts = [
            ("hsEdition", edition.filter(|_| short).map(str::to_owned)),
            ("model", self.model.clone()),
            ("gtin", self.gtin.clone()),
            ("serial", self.serial.clone()),
            ("lot", self.lot.clone()),
            (
                "quantity",
                self.quantity.as_ref().map(Quantity::to_parameter),
            ),
            ("holder", self.holder.clone()),
            ("manufacturer", self.manufacturer.clone()),
            ("factory", self.factory.clone()),
            ("issuedOn", day(self.issued_on)),
            ("standard", standard),
            ("number", self.number.clone()),
            ("validUntil", day(self.valid_until)),
            ("scope", self.scope.clone()),
        ];
        let facts = facts
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        codes.chain(facts).collect()
    }
}

/// Whether an edition of the HS is a year in which there may be one.
pub fn is_hs_edition(edition: &str) -> bool {
    let year: Option<u16> = edition.parse().ok();
    year.is_some_and(|year| (1988..=2100).contains(&year))
}
