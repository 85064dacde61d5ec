//! The fields of one record, over the row or rows it is made of.

use comity_model::date::LegalDate;
use comity_model::level::Level;
use comity_model::party::is_economy;
use comity_model::product::{CodeSelector, ProductCode};
use comity_model::standard::StandardReference;
use comity_model::text::LangString;
use serde::de::DeserializeOwned;

use super::RowFault;
use super::levels;
use super::map::{Map, Spec, parse_word};
use super::table::Row;
use super::value::{DateValue, Tables, fault};

/// The rows of one record, and the tables they stand in.
pub(crate) struct Fields<'a> {
    pub(crate) tables: &'a Tables<'a>,
    pub(crate) rows: &'a [&'a Row],
}

impl<'a> Fields<'a> {
    pub(crate) fn map(&self) -> &'a Map {
        self.tables.map
    }

    fn spec(&self, field: &str) -> Option<&'a Spec> {
        self.map().columns.get(field)
    }

    /// The same fields of one row alone.
    pub(crate) fn each_row(&self) -> impl Iterator<Item = Fields<'_>> {
        let tables = self.tables;
        self.rows.chunks(1).map(move |rows| Fields { tables, rows })
    }

    /// Every text of a field, over all rows, once each, in their order.
    pub(crate) fn texts(&self, field: &str) -> Result<Vec<String>, RowFault> {
        let mut all = Vec::new();
        if let Some(spec) = self.spec(field) {
            for row in self.rows {
                for text in self.tables.texts(field, spec, row)? {
                    if !all.contains(&text) {
                        all.push(text);
                    }
                }
            }
        }
        Ok(all)
    }

    /// The one text of a field; all rows must agree.
    pub(crate) fn text(&self, field: &str) -> Result<Option<String>, RowFault> {
        match self.texts(field)?.as_slice() {
            [] => Ok(None),
            [text] => Ok(Some(text.clone())),
            [first, second, ..] => Err(self.fault(
                field,
                format!(
                    "one value is wanted but `{first}` and `{second}` stand here; \
                     say `take`, or separate the rows"
                ),
            )),
        }
    }

    pub(crate) fn required(&self, field: &str) -> Result<String, RowFault> {
        self.text(field)?
            .ok_or_else(|| self.fault(field, "this field is required and the row says nothing"))
    }

    /// The one date of a field; all rows must agree.
    pub(crate) fn date(&self, field: &str) -> Result<Option<DateValue>, RowFault> {
        let Some(spec) = self.spec(field) else {
            return Ok(None);
        };
        self.date_by(field, spec)
    }

    /// The one date that `spec` gives.
    pub(crate) fn date_by(&self, field: &str, spec: &Spec) -> Result<Option<DateValue>, RowFault> {
        let mut all: Vec<DateValue> = Vec::new();
        for row in self.rows {
            for value in self.tables.dates(field, spec, row)? {
                if !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        match all.as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(*value)),
            [first, second, ..] => Err(self.fault(
                field,
                format!(
                    "one date is wanted but {} and {} stand here; say `take`",
                    first.date, second.date
                ),
            )),
        }
    }

    /// The one date of a field, without its certainty.
    pub(crate) fn day(&self, field: &str) -> Result<Option<LegalDate>, RowFault> {
        Ok(self.date(field)?.map(|value| value.date))
    }

    /// A word of an enumeration of the model.
    pub(crate) fn word<T: DeserializeOwned>(&self, field: &str) -> Result<Option<T>, RowFault> {
        let text = self.text(field)?;
        text.map(|text| parse_word(&text).map_err(|reason| self.fault(field, reason)))
            .transpose()
    }

    pub(crate) fn words<T: DeserializeOwned>(&self, field: &str) -> Result<Vec<T>, RowFault> {
        let texts = self.texts(field)?;
        let read = |text: &String| parse_word(text).map_err(|reason| self.fault(field, reason));
        texts.iter().map(read).collect()
    }

    pub(crate) fn standards(&self, field: &str) -> Result<Vec<StandardReference>, RowFault> {
        let read = |text: &String| {
            text.parse()
                .map_err(|error| self.fault(field, format!("`{text}`: {error}")))
        };
        self.texts(field)?.iter().map(read).collect()
    }

    /// An ISO 3166-1 alpha-2 code.
    pub(crate) fn economy(&self, field: &str) -> Result<Option<String>, RowFault> {
        let code = self.text(field)?;
        match code {
            Some(code) if !is_economy(&code) => {
                let message = format!("`{code}` is no ISO 3166-1 alpha-2 code; use a lookup");
                Err(self.fault(field, message))
            }
            code => Ok(code),
        }
    }

    /// A truth: `true`, `yes`, `1` and their opposites.
    pub(crate) fn flag(&self, field: &str) -> Result<bool, RowFault> {
        match self
            .text(field)?
            .as_deref()
            .map(str::to_lowercase)
            .as_deref()
        {
            Some("true" | "yes" | "y" | "1") => Ok(true),
            None | Some("false" | "no" | "n" | "0") => Ok(false),
            Some(text) => Err(self.fault(field, format!("`{text}` is neither true nor false"))),
        }
    }

    /// The level a field says, by the parser of its spec.
    pub(crate) fn level(&self, field: &str) -> Result<Option<Level>, RowFault> {
        let Some(spec) = self.spec(field) else {
            return Ok(None);
        };
        let mut found: Option<Level> = None;
        for row in self.rows {
            for one in &spec.alternatives {
                let single = Spec {
                    alternatives: vec![one.clone()],
                };
                let texts = self.tables.texts(field, &single, row)?;
                if texts.is_empty() {
                    continue;
                }
                let parser = one.extra.parser.as_deref().unwrap_or_default();
                let scale = one.extra.scale.as_deref();
                let level = levels::read(parser, scale, &texts.join(" | "))
                    .map_err(|reason| self.fault(field, reason))?;
                match (&found, &level) {
                    (Some(one), Some(other)) if one != other => {
                        let message = format!("the rows say {one} and {other}");
                        return Err(self.fault(field, message));
                    }
                    _ => found = found.or(level),
                }
                break;
            }
        }
        Ok(found)
    }

    /// Codes of the HS, in the edition of the spec.
    pub(crate) fn hs(&self, field: &str) -> Result<Vec<ProductCode>, RowFault> {
        let edition = self.edition(field);
        let read = |text: &String| {
            ProductCode::hs(text, edition).ok_or_else(|| {
                self.fault(field, format!("`{text}` is no HS code of 2 to 14 digits"))
            })
        };
        self.texts(field)?.iter().map(read).collect()
    }

    /// Codes of the classification that the spec names.
    pub(crate) fn product_codes(&self, field: &str) -> Result<Vec<ProductCode>, RowFault> {
        let extra = self.spec(field).and_then(|spec| spec.alternatives.first());
        let scheme = extra
            .and_then(|one| one.extra.system.clone())
            .unwrap_or_default();
        let edition = self.edition(field).map(str::to_owned);
        let code = |code: String| ProductCode {
            scheme: scheme.clone(),
            edition: edition.clone(),
            code,
        };
        Ok(self.texts(field)?.into_iter().map(code).collect())
    }

    /// HS codes as a selector by prefix.
    pub(crate) fn selectors(&self, field: &str) -> Result<Vec<CodeSelector>, RowFault> {
        let codes = self.hs(field)?;
        Ok(if codes.is_empty() {
            Vec::new()
        } else {
            vec![CodeSelector {
                scheme: "HS".to_owned(),
                edition: self.edition(field).map(str::to_owned),
                include: codes.into_iter().map(|code| code.code).collect(),
                exclude: Vec::new(),
            }]
        })
    }

    fn edition(&self, field: &str) -> Option<&'a str> {
        self.first_extra(field)?.edition.as_deref()
    }

    /// The extra keys of a field's first source.
    pub(crate) fn first_extra(&self, field: &str) -> Option<&'a super::map::Extra> {
        let one = self.spec(field)?.alternatives.first()?;
        Some(&one.extra)
    }

    /// A text in the language of the map.
    pub(crate) fn in_language(&self, text: &str) -> LangString {
        LangString::of(&self.map().language, text)
    }

    pub(crate) fn lang_texts(&self, field: &str) -> Result<Vec<LangString>, RowFault> {
        let texts = self.texts(field)?;
        Ok(texts.iter().map(|text| self.in_language(text)).collect())
    }

    /// A fault of the first row, blamed on the columns of a field.
    pub(crate) fn fault(&self, field: &str, message: impl Into<String>) -> RowFault {
        let columns: Vec<&str> = self
            .spec(field)
            .iter()
            .flat_map(|spec| &spec.alternatives)
            .flat_map(super::map::One::column_names)
            .collect();
        let column = if columns.is_empty() {
            field.to_owned()
        } else {
            columns.join(", ")
        };
        match self.rows.first() {
            Some(row) => fault(row, column, message),
            None => RowFault {
                line: 0,
                column,
                message: message.into(),
            },
        }
    }
}
