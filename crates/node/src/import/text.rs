//! Text as registers hold it: encodings, HTML entities, stray control characters.

use std::borrow::Cow;

/// How the bytes of a file are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8; a cell that is not is a fault of its row.
    #[default]
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    Windows1252,
    /// Per cell: UTF-8, else Windows-1252.
    Utf8OrWindows1252,
}

impl Encoding {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "utf-8" => Some(Self::Utf8),
            "windows-1252" | "latin-1" | "iso-8859-1" => Some(Self::Windows1252),
            "utf-8 or windows-1252" | "utf-8 or latin-1" => Some(Self::Utf8OrWindows1252),
            _ => None,
        }
    }

    /// The text of `bytes`; `None` where they are not in this encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match (self, std::str::from_utf8(bytes)) {
            (Self::Utf8 | Self::Utf8OrWindows1252, Ok(text)) => Some(Cow::Borrowed(text)),
            (Self::Utf8, Err(_)) => None,
            (Self::Windows1252 | Self::Utf8OrWindows1252, _) => {
                Some(bytes.iter().map(|byte| windows_1252(*byte)).collect())
            }
        }
    }
}

/// The characters of 0x80 to 0x9F in Windows-1252 (WHATWG Encoding Standard, index windows-1252).
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    let high = byte.checked_sub(0x80).map(usize::from);
    high.and_then(|at| HIGH.get(at))
        .copied()
        .unwrap_or(char::from(byte))
}

/// The text without what no record may carry (format.md 1.8): control characters other than
/// newline and tab, and noncharacters; without surrounding space; no-break spaces as spaces.
pub(crate) fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_noncharacter(*c)))
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .collect();
    kept.trim().to_owned()
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Named entities in use in registers; every other name is left as it stands.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("reg", "®"),
    ("copy", "©"),
    ("trade", "™"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bull", "•"),
    ("deg", "°"),
    ("micro", "µ"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("aring", "å"),
    ("oslash", "ø"),
    ("ntilde", "ñ"),
];

/// Longest entity in bytes; beyond this an `&` is an ordinary character.
const MAX_ENTITY_BYTES: usize = 10;

/// Decodes HTML character references, once: `&amp;lt;` becomes `&lt;`.
pub(crate) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after
            .split_once(';')
            .filter(|(name, _)| name.len() <= MAX_ENTITY_BYTES)
            .and_then(|(name, tail)| Some((entity(name)?, tail)));
        if let Some((decoded, tail)) = entity {
            out.push_str(&decoded);
            rest = tail;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    let found = ENTITIES.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| (*text).to_owned())
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, 2.3.
pub(crate) fn percent_encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The last segment of a path or URL, without its extension.
pub(crate) fn file_stem(text: &str) -> String {
    let name = text.rsplit('/').next().unwrap_or(text);
    let name = name.split(['?', '#']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 4 => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// A word as code tables compare it: lower case, single spaces.
pub(crate) fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
