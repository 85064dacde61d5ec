//! What a row asks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use comity_model::date::Day;
use comity_model::number::normalise;
use comity_model::party::is_economy;
use comity_model::product::ProductCode;
use comity_recognition::question::ProductFacts;
use comity_recognition::wording::{self, Language};

use super::columns::Column;
use super::everyday::EVERYDAY;
use super::read::{List, Row};
use super::{MAX_ASKED_CHARS, columns};
use crate::recognise::{Ask, selector};

/// What holds for every row that does not say it itself.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Where it is to count.
    pub in_economy: Option<String>,
    /// The legal day; today if absent here too.
    pub on: Option<Day>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is used for.
    pub product: ProductFacts,
}

/// The question of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Number, identifier, digest or link.
    pub record: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Where it is to count (ISO 3166-1 alpha-2).
    pub in_economy: String,
    /// The legal day; today if absent.
    pub on: Option<Day>,
    /// What it is used for.
    pub product: ProductFacts,
    /// The row names its product in words, which are compared with nothing.
    pub product_in_words: bool,
}

/// Why a row asks nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// No number.
    #[error("no number stands in this row")]
    NoNumber,
    /// No place, and none for the whole list.
    #[error("it is not said where it is to count")]
    NoPlace,
    /// A place that no economy is called by.
    #[error("no economy is called {0}; write its ISO 3166-1 code, such as JP")]
    UnknownPlace(String),
    /// A day that cannot be read, or be read in two ways.
    #[error("{0} is no day; write it as 2026-11-28")]
    UnreadableDay(String),
    /// An HS code that is none.
    #[error("{0} is no HS code")]
    UnreadableCode(String),
    /// A cell that is too long or holds control characters.
    #[error("the {} of this row is longer than {MAX_ASKED_CHARS} characters, or holds control characters", .0.name())]
    Illegible(Column),
    /// More cells than columns.
    #[error(
        "the row has {found} cells under {columns} headings; a cell with the delimiter in it must be quoted"
    )]
    TooManyCells {
        /// Cells that are not empty, counted to the last.
        found: usize,
        /// Headings.
        columns: usize,
    },
}

impl RowFault {
    /// Its word, stable.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NoNumber => "list.noNumber",
            Self::NoPlace => "list.noPlace",
            Self::UnknownPlace(_) => "list.unknownPlace",
            Self::UnreadableDay(_) => "list.unreadableDay",
            Self::UnreadableCode(_) => "list.unreadableCode",
            Self::Illegible(_) => "list.illegible",
            Self::TooManyCells { .. } => "list.tooManyCells",
        }
    }
}

impl List {
    /// The question of a row.
    ///
    /// # Errors
    /// [`RowFault`]: the row asks nothing, and the others do not suffer by it.
    pub fn asked(&self, row: &Row, defaults: &Defaults) -> Result<Asked, RowFault> {
        self.is_in_columns(row)?;
        for column in Column::ALL {
            let cell = self.cell(row, column).unwrap_or_default();
            if cell.chars().count() > MAX_ASKED_CHARS || cell.chars().any(char::is_control) {
                return Err(RowFault::Illegible(column));
            }
        }
        let record = self.cell(row, Column::Number).ok_or(RowFault::NoNumber)?;
        let record = western(record);
        let place = match self.cell(row, Column::Place) {
            Some(place) => {
                Some(economy(place).ok_or_else(|| RowFault::UnknownPlace(place.to_owned()))?)
            }
            None => defaults.in_economy.clone(),
        };
        let on = match self.cell(row, Column::Day) {
            Some(text) => {
                let read = day(&western(text));
                Some(read.ok_or_else(|| RowFault::UnreadableDay(text.to_owned()))?)
            }
            None => defaults.on,
        };
        let issuer = self.cell(row, Column::Issuer).map(str::to_owned);
        let (product, product_in_words) = self.product(row, &defaults.product)?;
        Ok(Asked {
            record,
            issuer: issuer.or_else(|| defaults.issuer.clone()),
            in_economy: place.ok_or(RowFault::NoPlace)?,
            on,
            product,
            product_in_words,
        })
    }

    /// Cells behind the last column may only be empty.
    fn is_in_columns(&self, row: &Row) -> Result<(), RowFault> {
        let columns = self.headings.as_ref().map_or(1, Vec::len);
        let last = row.cells.iter().rposition(|cell| !cell.trim().is_empty());
        let found = last.map_or(0, |at| at + 1);
        if found > columns {
            return Err(RowFault::TooManyCells { found, columns });
        }
        Ok(())
    }

    /// What is known of the product, and whether it is named in words.
    fn product(
        &self,
        row: &Row,
        defaults: &ProductFacts,
    ) -> Result<(ProductFacts, bool), RowFault> {
        let mut facts = defaults.clone();
        if let Some(text) = self.cell(row, Column::Hs) {
            let code = ProductCode::hs(&western(text), None);
            facts.codes = vec![code.ok_or_else(|| RowFault::UnreadableCode(text.to_owned()))?];
        }
        if let Some(model) = self.cell(row, Column::Model) {
            facts.model = Some(model.to_owned());
        }
        if let Some(gtin) = self.cell(row, Column::Gtin) {
            facts.gtin = Some(western(gtin));
        }
        let Some(text) = self.cell(row, Column::Product) else {
            return Ok((facts, false));
        };
        let text = &western(text);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        match ProductCode::hs(text, None) {
            // 12 to 14 digits are a GTIN; the HS and what is built on it have up to ten.
            Some(code) if digits <= 10 => facts.codes = vec![code],
            Some(_) => facts.gtin = Some(text.to_owned()),
            None if digits > 0 && !text.contains(char::is_whitespace) => {
                facts.model = Some(text.to_owned());
            }
            None => return Ok((facts, true)),
        }
        Ok((facts, false))
    }

    /// What a row asks about, so that the same row is found in another list: number, issuer,
    /// product and place, and the day where the row has one of its own.
    pub(super) fn key(&self, row: &Row, place: Option<&str>) -> String {
        let cell = |column| self.cell(row, column).unwrap_or_default();
        let place = economy(cell(Column::Place)).or_else(|| place.map(str::to_owned));
        let parts = [
            normalise(cell(Column::Number)),
            columns::fold(cell(Column::Issuer)),
            columns::fold(cell(Column::Product)),
            columns::fold(cell(Column::Hs)),
            columns::fold(cell(Column::Model)),
            columns::fold(cell(Column::Gtin)),
            place.unwrap_or_default(),
            cell(Column::Day).to_owned(),
        ];
        parts.join("\n")
    }
}

impl Asked {
    /// The question as a node takes it.
    pub fn ask(&self) -> Ask {
        let mut ask = Ask::new(
            selector(&self.record, self.issuer.as_deref()),
            &self.in_economy,
        );
        ask.on = self.on;
        ask.product = self.product.clone();
        ask
    }
}

/// A text with the digits of Arabic and Persian keyboards as numbers, codes and days are printed.
fn western(text: &str) -> String {
    let digit = |c: char| {
        let zero = match c {
            '\u{660}'..='\u{669}' => 0x660,
            '\u{6f0}'..='\u{6f9}' => 0x6f0,
            _ => return None,
        };
        char::from_digit(u32::from(c) - zero, 10)
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// The code of an economy from its code or its name in one of the languages, its everyday name too.
pub fn economy(text: &str) -> Option<String> {
    let text = text.trim();
    let code = text.to_ascii_uppercase();
    if is_economy(&code) {
        return Some(code);
    }
    names().get(&columns::fold(text)).cloned()
}

/// Codes of economies by their names in every language.
fn names() -> &'static BTreeMap<String, String> {
    static READ: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    READ.get_or_init(|| {
        let letters = || b'A'..=b'Z';
        let codes = letters().flat_map(|first| letters().map(move |second| [first, second]));
        let mut names = BTreeMap::new();
        for code in codes {
            let code = code.map(char::from).iter().collect::<String>();
            for language in Language::ALL {
                let alone = wording::economy(&code, language);
                let within = wording::economy_in_text(&code, language);
                for name in [alone, within] {
                    if name != code {
                        names.insert(columns::fold(&name), code.clone());
                    }
                }
            }
        }
        for (code, everyday) in EVERYDAY {
            for name in *everyday {
                names
                    .entry(columns::fold(name))
                    .or_insert_with(|| (*code).to_owned());
            }
        }
        names
    })
}

/// A day that can be read in one way only: `2026-11-28`, with slashes or dots too, `28.11.2026`,
/// and `2026年11月28日`. `03/04/2026` can be read in two.
fn day(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text
        .trim_end_matches(['日', '.'])
        .split(['-', '/', '.', '年', '月'])
        .map(str::trim)
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let dotted = text.matches('.').count() >= 2;
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) if dotted => (third, second, first),
        _ => return None,
    };
    if !(1..=2).contains(&second.len()) {
        return None;
    }
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}
