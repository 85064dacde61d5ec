//! Spellings that a reader takes for the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest term in characters; longer words are cut, on both sides alike.
pub(crate) const MAX_TERM_CHARS: usize = 60;

/// Compatibility forms and case removed (NFKC, lower case): what segmentation and stemming read.
pub(crate) fn prepare(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    compatible(text).flat_map(char::to_lowercase).collect()
}

/// NFKC, except that a numero sign is no letters (`№5` is not `no5`), and Arabic digits are read
/// as the digits that codes are printed in.
pub(crate) fn compatible(text: &str) -> impl Iterator<Item = char> {
    let digit = |character: char, zero: u32| {
        let value = u32::from(character).checked_sub(zero);
        value.and_then(|value| char::from_digit(value, 10))
    };
    let plain = text.chars().map(move |character| match character {
        '№' => ' ',
        '\u{0660}'..='\u{0669}' => digit(character, 0x0660).unwrap_or(character),
        '\u{06F0}'..='\u{06F9}' => digit(character, 0x06F0).unwrap_or(character),
        other => other,
    });
    plain.nfkc()
}

/// Folds a prepared, and perhaps stemmed, word: accents on Latin and Greek letters, Arabic alef,
/// ya, ta marbuta, tatweel and harakat, Cyrillic io, Devanagari spellings. Marks of other scripts
/// are letters to their readers (Thai vowels, Cyrillic short i) and stay.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().take(MAX_TERM_CHARS).collect();
    }
    if word.contains(is_devanagari) {
        return fold_devanagari(word);
    }
    let mut folded = String::with_capacity(word.len());
    let mut accents_count = true;
    for character in word.nfd() {
        if is_combining_mark(character) && !accents_count {
            continue;
        }
        match character {
            // Harakat, superscript alef and tatweel; U+0653 to U+0655 are hamza and madda above.
            '\u{064B}'..='\u{065F}' | '\u{0670}' | 'ـ' => {}
            'ٱ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ک' => folded.push('ك'),
            'ة' => folded.push('ه'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            other => folded.push(other),
        }
        if !is_combining_mark(character) {
            accents_count =
                !matches!(character, 'a'..='z' | '\u{00C0}'..='\u{024F}' | '\u{0370}'..='\u{03FF}');
        }
    }
    let composed: String = folded.nfc().take(MAX_TERM_CHARS).collect();
    if composed.contains('ё') {
        composed.replace('ё', "е")
    } else {
        composed
    }
}

fn is_devanagari(character: char) -> bool {
    matches!(character, '\u{0900}'..='\u{097F}')
}

/// One spelling of a Hindi word: nasals before a consonant, nukta, borrowed vowels and the length of
/// vowels are written in several ways (Larkey et al. 2003, "Hindi CLIR in thirty days").
fn fold_devanagari(word: &str) -> String {
    const VIRAMA: char = '\u{094D}';
    let mut folded = String::with_capacity(word.len());
    let mut letters = word.nfd().take(MAX_TERM_CHARS).peekable();
    while let Some(letter) = letters.next() {
        folded.push(match letter {
            'न' if letters.next_if_eq(&VIRAMA).is_some() => '\u{0902}',
            '\u{0901}' => '\u{0902}',
            '\u{093C}' | VIRAMA => continue,
            'ॲ' | 'आ' => 'अ',
            'ई' => 'इ',
            'ऊ' => 'उ',
            'ऍ' | 'ऎ' | 'ऐ' => 'ए',
            'ऑ' | 'ऒ' | 'औ' => 'ओ',
            '\u{0940}' => '\u{093F}',
            '\u{0942}' => '\u{0941}',
            '\u{0945}' | '\u{0946}' | '\u{0948}' => '\u{0947}',
            '\u{0949}' | '\u{094A}' | '\u{094C}' => '\u{094B}',
            other => other,
        });
    }
    folded
}
