//! Levels of assurance or accuracy: a scale, a rank on it, and components beyond the rank.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

#[cfg(test)]
mod tests;

/// A level on an ordered scale, with augmentations.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Level {
    /// The scale: `EAL` (Common Criteria), `FIPS140`, `ITSEC`, `SIL`...
    pub scale: String,
    /// Rank on the scale; a higher rank includes the lower ones.
    pub rank: u32,
    /// Components beyond the rank's own, such as `ALC_FLR.2`, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub augmentations: Vec<String>,
    /// Said to go beyond the rank (`EAL4+`) without saying by what.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub augmented: bool,
}

impl Level {
    /// The level `rank` of `scale` without augmentations.
    pub fn plain(scale: &str, rank: u32) -> Self {
        Self {
            scale: scale.to_owned(),
            rank,
            augmentations: Vec::new(),
            augmented: false,
        }
    }

    /// Reads a Common Criteria level in the spellings in use: `EAL4+`, `EAL 4 augmented by
    /// ALC_FLR.2`, `ALC_DVS.2 | AVA_VAN.5 | EAL5+`, `EAL4+,ALC_FLR.2`. `None` where no single
    /// evaluation assurance level is named.
    pub fn common_criteria(text: &str) -> Option<Self> {
        let upper = text.nfkc().collect::<String>().to_uppercase();
        let mut ranks = Vec::new();
        let mut plus = upper.contains("AUGMENT");
        let mut rest = upper.as_str();
        while let Some(at) = rest.find("EAL") {
            rest = rest.get(at + 3..).unwrap_or_default();
            let tail = rest.trim_start_matches([' ', '-', '_', '\u{a0}']);
            let mut chars = tail.chars();
            let digit = chars.next().and_then(|c| c.to_digit(10));
            let single = !chars.clone().next().is_some_and(|c| c.is_ascii_digit());
            if let (Some(rank @ 1..=7), true) = (digit, single) {
                ranks.push(rank);
                plus |= chars.as_str().trim_start().starts_with('+');
            }
        }
        ranks.sort_unstable();
        ranks.dedup();
        let &[rank] = ranks.as_slice() else {
            return None;
        };
        let augmentations = components(&upper);
        Some(Self {
            scale: "EAL".to_owned(),
            rank,
            augmented: plus && !augmentations.iter().any(|one| is_beyond(one, rank)),
            augmentations,
        })
    }
}

/// Number that each family has in the packages EAL1 to EAL7; 0 where it is not part of one.
/// Common Criteria 3.1 part 3 (revision 5), chapter 8, and below them the families that only
/// version 2.3 had.
const PACKAGES: [(&str, [u32; 7]); 35] = [
    ("ADV_ARC", [0, 1, 1, 1, 1, 1, 1]),
    ("ADV_FSP", [1, 2, 3, 4, 5, 5, 6]),
    ("ADV_IMP", [0, 0, 0, 1, 1, 2, 2]),
    ("ADV_INT", [0, 0, 0, 0, 2, 3, 3]),
    ("ADV_SPM", [0, 0, 0, 0, 0, 1, 1]),
    ("ADV_TDS", [0, 1, 2, 3, 4, 5, 6]),
    ("AGD_OPE", [1, 1, 1, 1, 1, 1, 1]),
    ("AGD_PRE", [1, 1, 1, 1, 1, 1, 1]),
    ("ALC_CMC", [1, 2, 3, 4, 4, 5, 5]),
    ("ALC_CMS", [1, 2, 3, 4, 5, 5, 5]),
    ("ALC_DEL", [0, 1, 1, 1, 1, 1, 1]),
    ("ALC_DVS", [0, 0, 1, 1, 1, 2, 2]),
    ("ALC_LCD", [0, 0, 1, 1, 1, 1, 2]),
    ("ALC_TAT", [0, 0, 0, 1, 2, 3, 3]),
    ("ASE_CCL", [1, 1, 1, 1, 1, 1, 1]),
    ("ASE_ECD", [1, 1, 1, 1, 1, 1, 1]),
    ("ASE_INT", [1, 1, 1, 1, 1, 1, 1]),
    ("ASE_OBJ", [1, 2, 2, 2, 2, 2, 2]),
    ("ASE_REQ", [1, 2, 2, 2, 2, 2, 2]),
    ("ASE_SPD", [0, 1, 1, 1, 1, 1, 1]),
    ("ASE_TSS", [1, 1, 1, 1, 1, 1, 1]),
    ("ATE_COV", [0, 1, 2, 2, 2, 3, 3]),
    ("ATE_DPT", [0, 0, 1, 1, 3, 3, 4]),
    ("ATE_FUN", [0, 1, 1, 1, 1, 2, 2]),
    ("ATE_IND", [1, 2, 2, 2, 2, 2, 3]),
    ("AVA_VAN", [1, 2, 2, 3, 4, 5, 5]),
    ("ACM_AUT", [0, 0, 0, 1, 1, 2, 2]),
    ("ACM_CAP", [1, 2, 3, 4, 4, 5, 5]),
    ("ADO_DEL", [0, 1, 1, 2, 2, 2, 3]),
    ("ADO_IGS", [1, 1, 1, 1, 1, 1, 1]),
    ("ADV_HLD", [0, 1, 2, 2, 3, 4, 5]),
    ("ADV_LLD", [0, 0, 0, 1, 1, 2, 2]),
    ("AVA_MSU", [0, 0, 1, 2, 2, 3, 3]),
    ("AVA_SOF", [0, 1, 1, 1, 1, 1, 1]),
    ("AVA_VLA", [0, 1, 1, 2, 3, 4, 4]),
];

/// Whether a component goes beyond the package of that evaluation assurance level.
fn is_beyond(word: &str, rank: u32) -> bool {
    let Some((family, number)) = component(word) else {
        return false;
    };
    let package = PACKAGES.iter().find(|(name, _)| *name == family);
    let at = usize::try_from(rank)
        .ok()
        .and_then(|rank| rank.checked_sub(1));
    let in_package = package
        .zip(at)
        .and_then(|((_, numbers), at)| numbers.get(at));
    in_package.is_none_or(|&in_package| number > in_package)
}

/// The assurance components named in an upper-case text: three letters, `_`, three letters,
/// `.`, digit; sorted, once each.
pub fn components(upper: &str) -> Vec<String> {
    let mut found: Vec<String> = upper
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        .map(|word| word.trim_matches('.'))
        .filter(|word| component(word).is_some())
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Family and number of a component such as `ALC_FLR.2`.
pub fn component(word: &str) -> Option<(&str, u32)> {
    let (family, number) = word.split_once('.')?;
    let letters = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    let (class, name) = family.split_once('_')?;
    (letters(class) && letters(name))
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (family, number))
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scale.as_str() {
            "EAL" => write!(f, "EAL{}", self.rank)?,
            "FIPS140" => write!(f, "level {}", self.rank)?,
            scale => write!(f, "{scale} {}", self.rank)?,
        }
        if self.augmented {
            f.write_str("+")?;
        }
        for augmentation in &self.augmentations {
            write!(f, " + {augmentation}")?;
        }
        Ok(())
    }
}

/// What a chapter makes of levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LevelRule {
    /// The scale it speaks of.
    pub scale: String,
    /// How the rank is compared.
    pub mode: LevelMode,
    /// The rank it is compared with.
    pub rank: u32,
    /// Components that stay within the rule although they go beyond the rank: a family
    /// (`ALC_FLR`, any number of it) or a component (`AVA_VAN.3`, up to that number).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
    /// What happens above the cap.
    #[serde(default)]
    pub above_cap: AboveCap,
}

/// How a level is compared with a chapter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LevelMode {
    /// Up to the rank.
    Cap,
    /// Exactly the rank.
    Exact,
    /// The rank or more.
    Min,
}

/// What a chapter makes of a level above its cap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AboveCap {
    /// Recognised up to the cap.
    #[default]
    AcceptedUpToCap,
    /// Not recognised.
    NotAccepted,
}

/// How a level stands to a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelFit {
    /// Recognised in full.
    Full,
    /// Recognised up to the rule's rank; what goes beyond it is not.
    Capped,
    /// Not within the rule.
    Outside,
    /// Another scale, or not said: it cannot be told.
    Unknown,
}

impl LevelRule {
    /// How `level` stands to this rule.
    pub fn fit(&self, level: Option<&Level>) -> LevelFit {
        let Some(level) = level.filter(|level| level.scale == self.scale) else {
            return LevelFit::Unknown;
        };
        match self.mode {
            LevelMode::Exact if level.rank == self.rank => LevelFit::Full,
            LevelMode::Min if level.rank >= self.rank => LevelFit::Full,
            LevelMode::Exact | LevelMode::Min => LevelFit::Outside,
            LevelMode::Cap => {
                let outside = |component: &String| !self.is_within(component);
                let beyond = level.rank > self.rank
                    || level.augmented
                    || level.augmentations.iter().any(outside);
                match (beyond, self.above_cap) {
                    (false, _) => LevelFit::Full,
                    (true, AboveCap::AcceptedUpToCap) => LevelFit::Capped,
                    (true, AboveCap::NotAccepted) => LevelFit::Outside,
                }
            }
        }
    }

    fn is_within(&self, augmentation: &str) -> bool {
        self.within.iter().any(|allowed| {
            if allowed == augmentation {
                return true;
            }
            match (component(augmentation), component(allowed)) {
                (Some((family, _)), None) => family == allowed,
                (Some((family, number)), Some((allowed_family, most))) => {
                    family == allowed_family && number <= most
                }
                _ => false,
            }
        })
    }
}
