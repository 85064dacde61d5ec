//! The compiled thesaurus, read where it lies.

use super::layout::{CODE_BYTES, LANGUAGES, PLACE_BITS, SECTIONS, Section};

/// The bytes that `build.rs` has made of the words.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/thesaurus.bin"));

/// The sections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    sections: [&'static [u8]; SECTIONS],
}

/// A word or group of words for goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) index: u32,
    /// Index of its code.
    pub(super) entry: u32,
    /// Index into [`LANGUAGES`].
    pub(super) language: usize,
    pub(super) is_name: bool,
}

impl Table {
    /// That of the program.
    pub(super) fn of_program() -> Self {
        let mut sections = [&[][..]; SECTIONS];
        let mut rest = COMPILED.get(4 * SECTIONS..).unwrap_or_default();
        for (index, section) in sections.iter_mut().enumerate() {
            let length = number(COMPILED, index).min(rest.len());
            (*section, rest) = rest.split_at(length);
        }
        Self { sections }
    }

    fn section(&self, section: Section) -> &'static [u8] {
        self.sections
            .get(section as usize)
            .copied()
            .unwrap_or_default()
    }

    fn number(&self, section: Section, index: usize) -> usize {
        number(self.section(section), index)
    }

    /// The text of an index.
    pub(super) fn text(&self, index: usize) -> &'static str {
        let from = self.number(Section::TextStarts, index);
        let to = self.number(Section::TextStarts, index + 1);
        string(self.section(Section::Texts), from, to)
    }

    /// How many texts there are.
    #[cfg(test)]
    pub(super) fn texts(&self) -> usize {
        (self.section(Section::TextStarts).len() / 4).saturating_sub(1)
    }

    /// The codes, in order.
    pub(super) fn codes(&self) -> impl Iterator<Item = &'static str> {
        let codes = self.section(Section::Codes).chunks_exact(CODE_BYTES);
        codes.map(|code| string(code, 0, CODE_BYTES).trim_end())
    }

    /// The code of an index.
    pub(super) fn code(&self, entry: usize) -> &'static str {
        let from = entry * CODE_BYTES;
        string(self.section(Section::Codes), from, from + CODE_BYTES).trim_end()
    }

    /// The index of a code.
    pub(super) fn entry(&self, code: &str) -> Option<usize> {
        let count = self.section(Section::Codes).len() / CODE_BYTES;
        let at = first_from(count, |entry| self.code(entry) < code);
        (at < count && self.code(at) == code).then_some(at)
    }

    /// The plain name of a code in one of the [`LANGUAGES`].
    pub(super) fn name(&self, entry: usize, language: usize) -> &'static str {
        self.text(self.number(Section::Names, entry * LANGUAGES.len() + language))
    }

    fn keys(&self) -> usize {
        (self.section(Section::KeyRanges).len() / 12).saturating_sub(1)
    }

    /// A spelling, and on how many headings it stands.
    fn key(&self, index: usize) -> &'static str {
        let from = self.number(Section::KeyRanges, index * 3);
        let to = self.number(Section::KeyRanges, index * 3 + 3);
        string(self.section(Section::Keys), from, to)
    }

    /// Index of the first spelling that does not stand before another.
    fn first_key(&self, from: &str) -> usize {
        first_from(self.keys(), |index| self.key(index) < from)
    }

    fn known(&self, key: &str) -> Option<usize> {
        let at = self.first_key(key);
        (at < self.keys() && self.key(at) == key).then_some(at)
    }

    /// Whether a spelling is known.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.known(key).is_some()
    }

    /// Known spellings that begin with a text.
    pub(super) fn beginning_with(&self, start: &str) -> impl Iterator<Item = &'static str> {
        let first = self.first_key(start);
        let keys = (first..self.keys()).map(|index| self.key(index));
        keys.take_while(move |key| key.starts_with(start))
    }

    /// Where a spelling stands, to give to [`Table::place`].
    pub(super) fn places(&self, key: &str) -> Option<&'static [[u8; 4]]> {
        let index = self.known(key)?;
        let from = self.number(Section::KeyRanges, index * 3 + 1) * 4;
        let to = self.number(Section::KeyRanges, index * 3 + 4) * 4;
        let (places, _) = self.section(Section::Places).get(from..to)?.as_chunks();
        Some(places)
    }

    /// A phrase and the place in it.
    pub(super) fn place(bytes: [u8; 4]) -> (u32, usize) {
        let place = u32::from_le_bytes(bytes);
        (place >> PLACE_BITS, at(place & ((1 << PLACE_BITS) - 1)))
    }

    /// How many tokens a phrase has.
    pub(super) fn tokens(&self, phrase: u32) -> usize {
        let (from, to) = self.token_range(phrase);
        to.saturating_sub(from)
    }

    fn token_range(&self, phrase: u32) -> (usize, usize) {
        let phrase = at(phrase);
        let from = self.number(Section::PhraseTokens, phrase);
        (from, self.number(Section::PhraseTokens, phrase + 1))
    }

    /// For each token of a phrase the number of headings that its most telling spelling stands
    /// under.
    pub(super) fn headings(&self, phrase: u32) -> impl Iterator<Item = u16> + Clone {
        let (from, to) = self.token_range(phrase);
        let tokens = self.section(Section::Tokens).get(from * 2..to * 2);
        let tokens = tokens.unwrap_or_default().chunks_exact(2);
        tokens.map(|two| {
            two.iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u16::from(*byte))
        })
    }

    /// What a phrase stands for.
    pub(super) fn phrase(&self, index: u32) -> Phrase {
        let origin = self.number(Section::PhraseOrigins, at(index));
        Phrase {
            index,
            entry: u32::try_from(origin >> 4).unwrap_or_default(),
            language: origin >> 1 & 0b111,
            is_name: origin & 1 == 1,
        }
    }

    /// A phrase as it is written.
    pub(super) fn written(&self, phrase: &Phrase) -> &'static str {
        self.text(self.number(Section::PhraseTexts, at(phrase.index)))
    }
}

fn at(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

/// The number of four bytes at an index; nothing stands behind the end.
fn number(bytes: &[u8], index: usize) -> usize {
    let four = bytes.get(index.saturating_mul(4)..).unwrap_or_default();
    let four = four.first_chunk().copied().unwrap_or_default();
    at(u32::from_le_bytes(four))
}

fn string(bytes: &'static [u8], from: usize, to: usize) -> &'static str {
    let bytes = bytes.get(from..to).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The first index of which `before` does not hold; it holds of a beginning.
fn first_from(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
