//! The languages, and which of them a reader is answered in.

use std::fmt;
use std::str::FromStr;

/// A language in which verdicts are worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese in simplified characters.
    ZhHans,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
    /// French.
    Fr,
}

/// In which direction a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A language tag that is none of [`Language::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(String);

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags: Vec<&str> = Language::ALL.iter().map(|one| one.tag()).collect();
        write!(
            f,
            "{:?} is none of the languages there are: {}",
            self.0,
            tags.join(", ")
        )
    }
}

impl std::error::Error for UnknownLanguage {}

impl Language {
    /// Every language.
    pub const ALL: [Self; 5] = [Self::En, Self::ZhHans, Self::Ru, Self::Ar, Self::Fr];

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
            Self::Ru => "ru",
            Self::Ar => "ar",
            Self::Fr => "fr",
        }
    }

    /// Its name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhHans => "简体中文",
            Self::Ru => "Русский",
            Self::Ar => "العربية",
            Self::Fr => "Français",
        }
    }

    /// The direction of its script.
    pub fn direction(self) -> Direction {
        match self {
            Self::Ar => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// The language that a tag asks for, if it is one of these: `ru-KZ` asks for Russian, `zh`,
    /// `zh-CN` and `zh-Hans-SG` for Chinese in simplified characters. Traditional characters
    /// (`zh-Hant`, `zh-TW`, `zh-HK`, `zh-MO`) are another written language, which there is not.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let traditional = |part: &str| matches!(part, "hant" | "tw" | "hk" | "mo");
        match language {
            "en" => Some(Self::En),
            "zh" if parts.clone().any(|part| part == "hans") => Some(Self::ZhHans),
            "zh" if parts.any(traditional) => None,
            "zh" => Some(Self::ZhHans),
            "ru" => Some(Self::Ru),
            "ar" => Some(Self::Ar),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }

    /// The language to answer in (RFC 9110, 12.5.4): of those that the header names, the one with
    /// the highest weight, of equal ones the first. English where it names none of them, cannot
    /// be read, or is not there.
    ///
    /// ```
    /// use comity_recognition::wording::Language;
    ///
    /// assert_eq!(Language::negotiate("de, ru;q=0.8, en;q=0.5"), Language::Ru);
    /// assert_eq!(Language::negotiate("zh-CN"), Language::ZhHans);
    /// assert_eq!(Language::negotiate("*"), Language::En);
    /// ```
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best: Option<(u16, Self)> = None;
        for range in accept_language.split(',').take(MAX_RANGES) {
            let (tag, weight) = match range.split_once(';') {
                Some((tag, weight)) => (tag, weight_of(weight)),
                None => (range, Some(1_000)),
            };
            let Some(weight) = weight.filter(|weight| *weight > 0) else {
                continue;
            };
            let Some(language) = Self::of_tag(tag) else {
                continue;
            };
            if best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, language));
            }
        }
        best.map_or(Self::En, |(_, language)| language)
    }
}

/// Most ranges of a header that are looked at.
pub const MAX_RANGES: usize = 100;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        Self::of_tag(tag).ok_or_else(|| UnknownLanguage(tag.chars().take(40).collect()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// `q=0.8` in thousandths (RFC 9110, 12.4.2).
fn weight_of(parameter: &str) -> Option<u16> {
    let value = parameter.trim().strip_prefix(['q', 'Q'])?.trim_start();
    let value = value.strip_prefix('=')?.trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}
