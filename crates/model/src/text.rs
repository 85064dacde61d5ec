//! Texts in several languages, and what is cut away before a text is shown or indexed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// Longest projected text in characters: what is copied into a column or an index is cut here.
pub const MAX_PROJECTED_CHARS: usize = 4_000;

/// Longest name of a record or a party in characters; the longest printed names known have 415.
pub const MAX_NAME_CHARS: usize = 1_000;

/// Longest text in bytes (format.md 1.11).
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// BCP 47 tag, such as `en`, `zh-Hans`, `ru`.
    pub lang: String,
    /// The text itself, in that language.
    pub value: String,
}

impl Text {
    /// Whether it is in the language `lang`, whatever script or region either tag says.
    pub fn is_in(&self, lang: &str) -> bool {
        let primary = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        primary(&self.lang) == primary(lang)
    }
}

/// The same statement in one or more languages, the signer's own words in each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct LangString(pub Vec<Text>);

impl LangString {
    /// A text in one language.
    pub fn of(lang: &str, value: &str) -> Self {
        Self(vec![Text {
            lang: lang.to_owned(),
            value: value.to_owned(),
        }])
    }

    /// The same with one language more.
    #[must_use]
    pub fn and(mut self, lang: &str, value: &str) -> Self {
        self.0.push(Text {
            lang: lang.to_owned(),
            value: value.to_owned(),
        });
        self
    }

    /// The text in `lang`, else in a language of the same primary subtag, else in English, else the
    /// first.
    pub fn in_language(&self, lang: &str) -> Option<&str> {
        self.chosen(lang).map(|text| text.value.as_str())
    }

    /// The same with the language it is in: what is shown to somebody who reads `lang`.
    ///
    /// ```
    /// use comity_model::text::LangString;
    ///
    /// let title = LangString::of("kk", "Шәйнек").and("ru", "Чайник");
    /// assert_eq!(title.chosen("ru-KZ").unwrap().value, "Чайник");
    /// assert_eq!(title.chosen("fr").unwrap().lang, "kk");
    /// assert_eq!(title.and("en", "Kettle").chosen("fr").unwrap().lang, "en");
    /// ```
    pub fn chosen(&self, lang: &str) -> Option<&Text> {
        let texts = self.0.iter();
        let mut exact = texts.clone();
        exact
            .find(|text| text.lang.eq_ignore_ascii_case(lang))
            .or_else(|| texts.clone().find(|text| text.is_in(lang)))
            .or_else(|| texts.clone().find(|text| text.is_in("en")))
            .or_else(|| self.0.first())
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether `tag` has the shape of a BCP 47 language tag.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=8).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// `text` as it is copied into a column, an index or a sentence: control and bidirectional
/// formatting characters stripped, cut at [`MAX_PROJECTED_CHARS`] characters (format.md 1.8).
pub fn projected(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_bidi_control(*c))
        .take(MAX_PROJECTED_CHARS)
        .collect()
}

/// What may stand between several values in one line: the commas and semicolons of Latin, Chinese
/// and Arabic scripts, and the end of a line.
const SEPARATORS: [char; 8] = [',', ';', '，', '；', '、', '،', '؛', '\n'];

/// The values that stand in one text, such as `8516.60, 8544.49`; none of them empty.
pub fn several(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(SEPARATORS).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// Whether records may not hold `c` (format.md 1.8): U+0000 to U+001F except newline and tab, and
/// noncharacters. (Lone surrogates cannot stand in a Rust text.)
pub fn is_refused(c: char) -> bool {
    let noncharacter = matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE;
    (c < ' ' && c != '\n' && c != '\t') || noncharacter
}

/// Whether `c` turns the direction of what stands around it (Unicode, UAX #9, 2): marks,
/// embeddings, overrides, isolates.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

/// Whether `c` prints nothing itself, and is no space: controls, format characters (general category
/// Cf) and fillers. No paper shows them.
pub fn is_hidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t');
    control
        || is_bidi_control(c)
        || matches!(
            c,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180E}'
                | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// `text` without what is hidden in it.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}
