//! How the compiled thesaurus lies in memory: written by `compile` when the program is built, read
//! by `table` when it runs.
//!
//! A header of [`SECTIONS`] lengths in bytes, then the sections in the order of [`Section`]. Every
//! number is little-endian. A list of ranges holds one number more than it has ranges.

/// Languages of the words, as tags of BCP 47, in the order of the files.
pub(crate) const LANGUAGES: [&str; 5] = ["en", "zh", "ru", "ar", "fr"];

/// How many sections there are.
pub(super) const SECTIONS: usize = 11;
/// Bytes of a code; those of a heading end with two spaces.
pub(super) const CODE_BYTES: usize = 6;
/// Bytes of a place: its phrase above, the place in it in the last eight bits.
pub(super) const PLACE_BITS: u32 = 8;

/// The parts of the compiled thesaurus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Every text one after the other.
    Texts,
    /// Where each text begins, 4 bytes.
    TextStarts,
    /// The codes in order, [`CODE_BYTES`] each.
    Codes,
    /// For each code and language the text of its plain name, 4 bytes.
    Names,
    /// Of each phrase the text, 4 bytes.
    PhraseTexts,
    /// Of each phrase the code, the language and whether it is the plain name, 4 bytes:
    /// `code << 4 | language << 1 | name`.
    PhraseOrigins,
    /// Where the tokens of each phrase begin, 4 bytes.
    PhraseTokens,
    /// Of each token the number of headings that its most telling spelling stands under, 2 bytes.
    Tokens,
    /// The spellings in order of their bytes, one after the other.
    Keys,
    /// Of each spelling where it begins, where its places begin, and the number of headings it
    /// stands under, 4 bytes each.
    KeyRanges,
    /// Where a spelling stands: phrase and place in it, 4 bytes (see [`PLACE_BITS`]).
    Places,
}
