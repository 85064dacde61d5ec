//! Levels in the spellings of registers: Common Criteria and FIPS 140, or a plain number.

use comity_model::level::Level;

/// The names of the parsers, as a map writes them.
pub(crate) const PARSERS: [&str; 3] = ["common-criteria", "fips140", "number"];

/// The level that `text` says by that parser; `None` where it says none.
///
/// # Errors
/// A sentence where a level is named but cannot be told.
pub(crate) fn read(parser: &str, scale: Option<&str>, text: &str) -> Result<Option<Level>, String> {
    match parser {
        "common-criteria" => common_criteria(text),
        "fips140" => fips140(text).map(|rank| Some(Level::plain("FIPS140", rank))),
        _ => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let rank = digits
                .parse()
                .map_err(|_| format!("`{text}` has no number that could be a level"))?;
            Ok(Some(Level::plain(scale.unwrap_or("level"), rank)))
        }
    }
}

/// A text that names no evaluation assurance level (`None`, `PP Compliant`, a profile's name)
/// is no level; one that names several is a fault.
fn common_criteria(text: &str) -> Result<Option<Level>, String> {
    let spelled = spell_components(
        &text
            .to_uppercase()
            .replace("EVALUATION ASSURANCE LEVEL", "EAL")
            .replace(" PLUS", "+"),
    );
    match Level::common_criteria(&spelled) {
        Some(level) => Ok(Some(level)),
        None if spelled.contains("EAL") => Err(format!(
            "`{text}` does not name exactly one evaluation assurance level from 1 to 7"
        )),
        None => Ok(None),
    }
}

/// The classes of components in the editions of Common Criteria.
const CLASSES: [&str; 12] = [
    "ACM", "ACO", "ADO", "ADV", "AGD", "ALC", "AMA", "APE", "ASE", "ATE", "AVA", "ACE",
];

/// Spells `ALC-FLR.2`, `ALC FLR 2` and `ALC_FLR2` as `ALC_FLR.2`.
fn spell_components(upper: &str) -> String {
    let mut out = String::with_capacity(upper.len());
    let mut rest = upper;
    while let Some(c) = rest.chars().next() {
        let boundary = !out.ends_with(|c: char| c.is_ascii_alphanumeric());
        if let Some((spelled, after)) = boundary.then(|| component_at(rest)).flatten() {
            out.push_str(&spelled);
            rest = after;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

fn component_at(text: &str) -> Option<(String, &str)> {
    let class = text.get(..3).filter(|class| CLASSES.contains(class))?;
    let rest = text.get(3..)?.strip_prefix(['_', '-', ' ', '.'])?;
    let family = rest
        .get(..3)
        .filter(|family| family.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let rest = rest.get(3..)?;
    let rest = rest.strip_prefix(['.', ' ', '-', '_']).unwrap_or(rest);
    let digit = rest.chars().next().filter(char::is_ascii_digit)?;
    let after = rest.get(1..)?;
    let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric());
    ends.then(|| (format!("{class}_{family}.{digit}"), after))
}

/// The level of FIPS 140 that a text says: `3`, `Level 2`, `L2`, `Overall level: 3`,
/// `Security Level II`, `FIPS 140-2 Level 3`. Where an overall level is named it decides.
fn fips140(text: &str) -> Result<u32, String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let refuse = || format!("`{text}` does not name exactly one level from 1 to 4");
    if let &[word] = words.as_slice() {
        return rank(word).or_else(|| level_word(word)).ok_or_else(refuse);
    }
    let overall = words.iter().position(|word| *word == "overall");
    let from = overall.unwrap_or(0);
    let mut ranks: Vec<u32> = Vec::new();
    let mut expects = overall.is_some();
    for word in words.iter().skip(from) {
        let found = level_word(word).or_else(|| expects.then(|| rank(word)).flatten());
        ranks.extend(found);
        expects = matches!(*word, "level" | "lvl" | "overall" | "security") && found.is_none();
        if overall.is_some() && !ranks.is_empty() {
            break;
        }
    }
    if ranks.is_empty() {
        // The level may stand before its word: `2 (overall)`.
        ranks.extend(words.iter().filter_map(|word| rank(word)));
    }
    ranks.sort_unstable();
    ranks.dedup();
    match ranks.as_slice() {
        &[rank] => Ok(rank),
        _ => Err(refuse()),
    }
}

/// `level2`, `l2`: the word and the number in one.
fn level_word(word: &str) -> Option<u32> {
    let digit = word
        .strip_prefix("level")
        .or_else(|| word.strip_prefix("lvl"))
        .or_else(|| word.strip_prefix('l'))?;
    rank(digit.trim_start_matches('-'))
}

fn rank(word: &str) -> Option<u32> {
    match word {
        "1" | "i" | "one" => Some(1),
        "2" | "ii" | "two" => Some(2),
        "3" | "iii" | "three" => Some(3),
        "4" | "iv" | "four" => Some(4),
        _ => None,
    }
}
