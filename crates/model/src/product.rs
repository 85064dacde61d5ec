//! What a product is: codes of classifications with their edition, and selectors over them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// Longest product code in digits; national extensions of the HS go to ten and more.
pub const MAX_CODE_DIGITS: usize = 14;

/// Digits that the Harmonized System shares with every extension of it.
const SHARED_DIGITS: usize = 6;

/// A code of a product classification, in one edition of it.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct ProductCode {
    /// The classification: `HS`, `CN`, `TNVED`, `HTS`, `CPC`, `UNSPSC`, `IAF`, `ICS`...
    pub scheme: String,
    /// The edition, such as `2022`; unsaid if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The code without dots and spaces: `851679`.
    pub code: String,
}

impl ProductCode {
    /// A code of the Harmonized System, in the edition said or in none. Dots and spaces of the
    /// printed form (`8516.79`) are dropped, full-width ones as well. `None` unless 2 to 14 digits remain.
    pub fn hs(code: &str, edition: Option<&str>) -> Option<Self> {
        let narrow = |c: char| match c {
            '\u{FF10}'..='\u{FF19}' => char::from_digit(u32::from(c) - 0xFF10, 10).unwrap_or(c),
            '\u{FF0E}' => '.',
            '\u{3000}' => ' ',
            c => c,
        };
        let code: String = code
            .chars()
            .map(narrow)
            .filter(|c| !matches!(c, '.' | ' ' | '-'))
            .collect();
        let digits = code.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (2..=MAX_CODE_DIGITS).contains(&code.len())).then(|| Self {
            scheme: "HS".to_owned(),
            edition: edition.map(str::to_owned),
            code,
        })
    }

    /// As an address writes it: `HS@2017:854449`, `UNSPSC:52141500`.
    pub fn to_parameter(&self) -> String {
        match &self.edition {
            Some(edition) => format!("{}@{edition}:{}", self.scheme, self.code),
            None => format!("{}:{}", self.scheme, self.code),
        }
    }

    /// A code as an address writes it; one of the HS may have its dots. `None` where the scheme, the
    /// code, or an edition that is begun is empty, or a code of the HS is none.
    ///
    /// ```
    /// use comity_model::product::ProductCode;
    /// let code = ProductCode::of_parameter("HS@2017:8544.49");
    /// assert_eq!(code, ProductCode::hs("854449", Some("2017")));
    /// ```
    pub fn of_parameter(text: &str) -> Option<Self> {
        let (scheme, code) = text.split_once(':')?;
        let (scheme, edition) = match scheme.split_once('@') {
            Some((_, "")) => return None,
            Some((scheme, edition)) => (scheme, Some(edition)),
            None => (scheme, None),
        };
        if scheme == "HS" {
            return Self::hs(code, edition);
        }
        (!scheme.is_empty() && !code.is_empty()).then(|| Self {
            scheme: scheme.to_owned(),
            edition: edition.map(str::to_owned),
            code: code.to_owned(),
        })
    }

    /// Whether the scheme is the Harmonized System or a national extension of it, whose first
    /// six digits are HS.
    pub fn is_harmonised(&self) -> bool {
        matches!(self.scheme.as_str(), "HS" | "CN" | "TNVED" | "HTS")
    }

    /// Whether this code and the other can be compared: the same scheme (or both built on the
    /// HS) and no two different editions.
    pub fn comparable(&self, other: &Self) -> bool {
        let scheme = self.scheme == other.scheme || (self.is_harmonised() && other.is_harmonised());
        let edition = match (&self.edition, &other.edition) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        scheme && edition
    }
}

impl fmt::Display for ProductCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.edition {
            Some(edition) => write!(f, "{} {} ({edition})", self.scheme, self.code),
            None => write!(f, "{} {}", self.scheme, self.code),
        }
    }
}

/// A choice of products: codes of one classification by prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct CodeSelector {
    /// The classification.
    pub scheme: String,
    /// Its edition; any if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Prefixes of codes that are chosen.
    pub include: Vec<String>,
    /// Prefixes of codes that are not, within those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
}

/// How a selector stands to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The code is chosen.
    Chosen,
    /// The code is not chosen, and a code of this classification decides that.
    NotChosen,
    /// Part of what the code covers is chosen (the code is shorter than the prefix), or the
    /// classifications or editions differ: a person has to read it.
    NotComparable,
}

impl CodeSelector {
    /// Whether `code` is chosen.
    pub fn select(&self, code: &ProductCode) -> Selection {
        let mine = ProductCode {
            scheme: self.scheme.clone(),
            edition: self.edition.clone(),
            code: String::new(),
        };
        if !mine.comparable(code) {
            return Selection::NotComparable;
        }
        // Beyond six digits, extensions of different economies mean different goods: what stands
        // there decides nothing.
        let shared = if self.scheme == code.scheme {
            usize::MAX
        } else {
            SHARED_DIGITS
        };
        let clip = |text: &str| {
            text.get(..shared.min(text.len()))
                .unwrap_or(text)
                .to_owned()
        };
        let asked = clip(&code.code);
        let whole = |prefix: &String| prefix.len() <= shared && asked.starts_with(prefix.as_str());
        let part = |prefix: &String| {
            let clipped = clip(prefix);
            clipped.starts_with(&asked) || asked.starts_with(&clipped)
        };
        if self.exclude.iter().any(whole) {
            return Selection::NotChosen;
        }
        let partly_out = self.exclude.iter().any(part);
        let chosen = self.include.iter().any(whole);
        let partly_in = self.include.iter().any(part);
        match (chosen, partly_in, partly_out) {
            (true, _, false) => Selection::Chosen,
            (true, _, true) | (false, true, _) => Selection::NotComparable,
            (false, false, _) => Selection::NotChosen,
        }
    }
}
