//! The files of the thesaurus.
//!
//! A code stands on a line of its own, `8516` or `8516.60`; under it one line a language, in the
//! order of [`LANGUAGES`]: `en plain name | word, word`. Lines that begin with
//! `#` are remarks.

use super::layout::LANGUAGES;

/// A heading or subheading with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// Four or six digits, without a dot.
    pub(super) code: String,
    /// In the order of the languages.
    pub(super) words: Vec<Words<'a>>,
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words<'a> {
    /// What it is called in plain words.
    pub(super) name: &'a str,
    words: &'a str,
}

impl<'a> Words<'a> {
    /// The plain name, then every word.
    pub(super) fn phrases(self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.name).chain(self.words.split(", ").map(str::trim))
    }
}

/// The entries of a chapter, or what is wrong with a line.
pub(super) fn entries(text: &str) -> impl Iterator<Item = Result<Entry<'_>, String>> {
    let blocks = Blocks {
        lines: text.lines(),
        code: None,
    };
    blocks.map(|(code, lines)| entry(code, &lines))
}

fn entry<'a>(code: &str, lines: &[&'a str]) -> Result<Entry<'a>, String> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let shaped = match digits.len() {
        4 => code == digits,
        6 => code.split_once('.') == Some(digits.split_at(4)),
        _ => false,
    };
    if !shaped {
        return Err(format!("{code}: expected a code such as 8516 or 8516.60"));
    }
    let mut words = Vec::new();
    for (language, line) in LANGUAGES.iter().zip(lines) {
        let said = line
            .strip_prefix(language)
            .and_then(|rest| rest.strip_prefix(' '));
        let said = said.and_then(|rest| rest.split_once(" | "));
        let (name, said) = said.ok_or_else(|| {
            format!("{code}: expected `{language} plain name | word, word`, found `{line}`")
        })?;
        words.push(Words { name, words: said });
    }
    if words.len() != LANGUAGES.len() || lines.len() != LANGUAGES.len() {
        return Err(format!(
            "{code}: expected one line for each of {LANGUAGES:?}"
        ));
    }
    Ok(Entry {
        code: digits,
        words,
    })
}

/// Codes with the lines under them.
struct Blocks<'a> {
    lines: std::str::Lines<'a>,
    code: Option<&'a str>,
}

impl<'a> Iterator for Blocks<'a> {
    type Item = (&'a str, Vec<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut under = Vec::new();
        for line in self.lines.by_ref() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with(|c: char| c.is_ascii_digit()) {
                if let Some(code) = self.code.replace(line) {
                    return Some((code, under));
                }
                continue;
            }
            under.push(line);
        }
        self.code.take().map(|code| (code, under))
    }
}
