//! Words on the command line: `test-report` and `testReport` are the same, kinds by any name.

#[cfg(test)]
mod tests;

use comity_model::attestation::Quantity;
use comity_model::party::{Identifier, is_economy};
use comity_model::product::ProductCode;
use comity_model::record::Kind;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads one word of a closed list, in camel case or with hyphens.
pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(Value::String(camel_case(text))).map_err(|error| {
        let said = error.to_string();
        said.split_once("expected one of ")
            .map_or(said.clone(), |(_, list)| {
                format!("expected one of {}", list.replace('`', ""))
            })
    })
}

/// `product-certificate` as `productCertificate`.
pub(crate) fn camel_case(text: &str) -> String {
    let mut parts = text.split('-');
    let mut word = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        word.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        word.push_str(letters.as_str());
    }
    word
}

/// A kind by its name (`CompetenceGrant`), its slug (`competence-grant`) or its last word.
pub(crate) fn kind(text: &str) -> Result<Kind, String> {
    let wanted = text.to_lowercase().replace('-', "");
    let found = Kind::ALL.into_iter().find(|kind| {
        let name = kind.name().to_lowercase();
        name == wanted
            || (kind.slug().contains('-') && kind.slug().ends_with(&format!("-{wanted}")))
    });
    found.ok_or_else(|| {
        let slugs: Vec<&str> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
        format!("expected one of {}", slugs.join(", "))
    })
}

/// An ISO 3166-1 alpha-2 code.
pub(crate) fn economy(text: &str) -> Result<String, String> {
    if is_economy(text) {
        Ok(text.to_owned())
    } else {
        Err("expected an ISO 3166-1 alpha-2 code in capitals, such as SE".to_owned())
    }
}

/// A code with its classification.
pub(crate) fn product_code(text: &str) -> Result<ProductCode, String> {
    ProductCode::of_parameter(text)
        .ok_or_else(|| "expected CLASSIFICATION:CODE, such as HS@2017:8544.49".to_owned())
}

/// An amount with its unit.
pub(crate) fn quantity(text: &str) -> Result<Quantity, String> {
    Quantity::of_parameter(text)
        .ok_or_else(|| "expected a decimal, a space and a unit, such as \"40 kg\"".to_owned())
}

/// `lei:529900...` as an identifier in a register.
pub(crate) fn identifier(text: &str) -> Result<Identifier, String> {
    match text.split_once(':') {
        Some((scheme, value)) if !scheme.is_empty() && !value.is_empty() => Ok(Identifier {
            scheme: scheme.to_owned(),
            value: value.to_owned(),
        }),
        _ => Err("expected SCHEME:VALUE, such as lei:529900T8BM49AURSDO55".to_owned()),
    }
}

/// `LANG=TEXT`; a text without a language has none here.
pub(crate) fn text_in_language(text: &str) -> (Option<&str>, &str) {
    match text.split_once('=') {
        Some((tag, rest)) if tag.len() <= 12 && comity_model::text::is_language_tag(tag) => {
            (Some(tag), rest)
        }
        _ => (None, text),
    }
}
