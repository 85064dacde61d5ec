//! What the chapters are called.

/// Chapter and names, in the order of [`super::LANGUAGES`], separated by tabs.
const NAMES: &str = include_str!("../../thesaurus/chapters.tsv");

/// The plain name of a chapter; `language` is an index into [`super::LANGUAGES`].
pub(super) fn name(chapter: &str, language: usize) -> Option<&'static str> {
    let mut lines = NAMES.lines();
    let names = lines.find_map(|line| line.strip_prefix(chapter)?.strip_prefix('\t'))?;
    names.split('\t').nth(language)
}
