//! Numbers that differ from a typed one as an eye or a finger errs: by characters that are printed
//! alike, or by one digit. They are offered to whoever typed and never searched instead.

use std::collections::{BTreeSet, VecDeque};

/// Most numbers that are offered.
pub(crate) const MAX_ALIKE: usize = 5;
/// Most keys that are looked up for one number; each costs a look at the dictionary of each segment.
const MAX_TRIED: usize = 1_500;
/// Of those, most that differ by characters printed alike, of each script.
const MAX_REPLACED: usize = 400;
/// Shortest key for which others are looked for; with fewer characters everything is alike.
const MIN_CHARS: usize = 4;
/// Longest: certificate numbers have fewer characters.
const MAX_CHARS: usize = 40;

/// Characters printed alike in capitals: a digit, Latin, Cyrillic and Greek (Unicode UTS #39,
/// confusables, as far as they stand in numbers).
const ALIKE: [&str; 16] = [
    "0O\u{41e}\u{39f}",
    "1IL\u{406}\u{399}",
    "5S\u{405}",
    "8B\u{412}\u{392}",
    "A\u{410}\u{391}",
    "C\u{421}",
    "E\u{415}\u{395}",
    "H\u{41d}\u{397}",
    "J\u{408}",
    "K\u{41a}\u{39a}",
    "M\u{41c}\u{39c}",
    "N\u{39d}",
    "P\u{420}\u{3a1}",
    "T\u{422}\u{3a4}",
    "X\u{425}\u{3a7}",
    "Y\u{423}\u{3a5}",
];

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// Those printed like a character, itself included.
fn like(c: char) -> &'static str {
    let row = ALIKE.iter().find(|row| row.contains(c));
    row.copied().unwrap_or_default()
}

/// A key with its letters in one script, as far as they have a like there.
fn in_script(key: &str, fits: fn(char) -> bool) -> Vec<char> {
    let letter = |c: char| {
        if c.is_numeric() || fits(c) {
            return c;
        }
        like(c)
            .chars()
            .find(|one| !one.is_numeric() && fits(*one))
            .unwrap_or(c)
    };
    key.chars().map(letter).collect()
}

/// A key with its letters in one alphabet, Latin and Cyrillic, where that is another key.
pub(crate) fn in_one_alphabet(key: &str) -> Vec<String> {
    let letters = [
        in_script(key, |c| c.is_ascii()),
        in_script(key, is_cyrillic),
    ];
    let keys = letters.map(|letters| letters.into_iter().collect::<String>());
    keys.into_iter().filter(|other| other != key).collect()
}

/// Keys that are like a key, those that differ least first; the key itself is none of them.
pub(crate) fn keys(key: &str) -> Vec<String> {
    let length = key.chars().count();
    if !(MIN_CHARS..=MAX_CHARS).contains(&length) {
        return Vec::new();
    }
    let latin = in_script(key, |c| c.is_ascii());
    let cyrillic = in_script(key, is_cyrillic);
    let mut seen = BTreeSet::from([key.to_owned()]);
    let mut found = Vec::new();
    let mut note = |chars: &[char]| {
        let text: String = chars.iter().collect();
        if found.len() < MAX_TRIED && seen.insert(text.clone()) {
            found.push(text);
        }
    };
    note(&latin);
    note(&cyrillic);
    replaced(&latin, |c| c.is_ascii(), &mut note);
    replaced(
        &cyrillic,
        |c| c.is_ascii_digit() || is_cyrillic(c),
        &mut note,
    );
    let typed: Vec<char> = key.chars().collect();
    for chars in [typed, latin] {
        for at in 0..chars.len() {
            for digit in '0'..='9' {
                let mut other = chars.clone();
                match other.get_mut(at) {
                    Some(c) if c.is_ascii_digit() => *c = digit,
                    _ => continue,
                }
                note(&other);
            }
        }
    }
    found
}

/// What comes of replacing characters by those printed alike, fewer replacements first.
fn replaced(from: &[char], fits: fn(char) -> bool, note: &mut impl FnMut(&[char])) {
    let mut tried = 0;
    let mut queue = VecDeque::from([(from.to_vec(), 0)]);
    while let Some((chars, start)) = queue.pop_front() {
        for at in start..chars.len() {
            let Some(here) = chars.get(at).copied() else {
                continue;
            };
            for other in like(here).chars().filter(|one| *one != here && fits(*one)) {
                if tried == MAX_REPLACED {
                    return;
                }
                tried += 1;
                let mut next = chars.clone();
                if let Some(c) = next.get_mut(at) {
                    *c = other;
                }
                note(&next);
                queue.push_back((next, at + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests;
