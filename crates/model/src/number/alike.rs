//! Letters of different alphabets that are printed alike.

use std::collections::BTreeSet;

use super::compared;

/// An alphabet of which capitals are printed like those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alphabet {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
}

/// Capitals printed alike: Latin, Cyrillic and Greek (Unicode UTS #39, confusables).
const CAPITALS: [&str; 18] = [
    "A\u{410}\u{391}",
    "B\u{412}\u{392}",
    "C\u{421}\u{3f9}",
    "E\u{415}\u{395}",
    "H\u{41d}\u{397}",
    "I\u{406}\u{399}",
    "J\u{408}\u{37f}",
    "K\u{41a}\u{39a}",
    "M\u{41c}\u{39c}",
    "N\u{39d}",
    "O\u{41e}\u{39f}",
    "P\u{420}\u{3a1}",
    "S\u{405}",
    "T\u{422}\u{3a4}",
    "X\u{425}\u{3a7}",
    "Y\u{423}\u{3a5}",
    "Z\u{396}",
    "\u{413}\u{393}",
];

impl Alphabet {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Latin, Self::Cyrillic, Self::Greek];

    /// Its name in English, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latin => "latin",
            Self::Cyrillic => "cyrillic",
            Self::Greek => "greek",
        }
    }

    fn of(letter: char) -> Self {
        match letter {
            '\u{370}'..='\u{3ff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            _ => Self::Latin,
        }
    }
}

/// The alphabets of those letters of the number `typed` in whose places `stated` has letters of
/// another alphabet that are printed alike; none where they are the same number, or differ in
/// anything else.
///
/// ```
/// use comity_model::number::{Alphabet, look_alike};
///
/// let cyrillic = look_alike("DEMO-\u{421}N-1", "DEMO-CN-1");
/// assert_eq!(cyrillic.into_iter().collect::<Vec<_>>(), [Alphabet::Cyrillic]);
/// assert!(look_alike("DEMO-CN-2", "DEMO-CN-1").is_empty());
/// ```
pub fn look_alike(typed: &str, stated: &str) -> BTreeSet<Alphabet> {
    let (mut typed, mut stated) = (compared(typed), compared(stated));
    let mut alphabets = BTreeSet::new();
    loop {
        match (typed.next(), stated.next()) {
            (None, None) => return alphabets,
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) if are_alike(one, other) => {
                alphabets.insert(Alphabet::of(one));
            }
            _ => return BTreeSet::new(),
        }
    }
}

fn are_alike(one: char, other: char) -> bool {
    let mut rows = CAPITALS.iter();
    rows.any(|row| row.contains(one) && row.contains(other))
}
