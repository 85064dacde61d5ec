//! Scripts that write no spaces between words.

/// Whether a character is written without spaces between words and is indexed in pairs as well:
/// Han, Kana and Hangul.
pub(crate) fn is_ideographic(character: char) -> bool {
    matches!(
        character,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{323AF}'
    )
}

/// The runs of a prepared text, each of ideographs or of none, and which of the two it is.
pub(crate) fn runs(prepared: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = prepared;
    std::iter::from_fn(move || {
        let ideographic = is_ideographic(rest.chars().next()?);
        let end = rest
            .find(|character| is_ideographic(character) != ideographic)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((run, ideographic))
    })
}

/// Pairs of neighbouring ideographs, and the last one of each run alone, so that every single
/// ideograph begins a gram. Dictionary words depend on their neighbours; pairs do not, so 电线 is
/// found inside 电线电缆 however that was cut.
pub(crate) fn grams(prepared: &str) -> Vec<String> {
    let mut grams = Vec::new();
    let mut previous: Option<char> = None;
    for character in prepared.chars() {
        if !is_ideographic(character) {
            grams.extend(previous.take().map(String::from));
            continue;
        }
        if let Some(first) = previous {
            grams.push(String::from_iter([first, character]));
        }
        previous = Some(character);
    }
    grams.extend(previous.map(String::from));
    grams
}

/// Every ideograph alone that [`grams`] has in a pair only: with the pairs, a sentence is told from
/// another that shares less of it.
pub(crate) fn beginnings(prepared: &str) -> impl Iterator<Item = String> {
    let after = prepared.chars().skip(1);
    prepared
        .chars()
        .zip(after)
        .filter(|(one, next)| is_ideographic(*one) && is_ideographic(*next))
        .map(|(one, _)| one.into())
}
