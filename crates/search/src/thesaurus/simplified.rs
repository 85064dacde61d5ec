//! Traditional characters as the simplified ones in which the words are written.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A simplified character, a tab, the traditional ones that are read as it.
const TABLE: &str = include_str!("../../thesaurus/traditional.tsv");

/// A text with its traditional characters replaced; Japanese ones that were simplified in another
/// way stay as they are.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    static TRADITIONAL: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
        let pairs = lines.filter_map(|(to, from)| Some((to.chars().next()?, from)));
        let pairs = pairs.flat_map(|(to, from)| from.chars().map(move |from| (from, to)));
        pairs.collect()
    });
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let read = |character| TRADITIONAL.get(&character).copied().unwrap_or(character);
    Cow::Owned(text.chars().map(read).collect())
}
