//! Names of holders and bodies in another script than they are written in.
//!
//! Two transliterations of a name rarely agree in their vowels, but mostly in their consonants:
//! `Siemens` and `Сименс` are both *smns*. Arabic writes no short vowels and has no *p* or *v*, so
//! towards it more letters are alike. Only names in different scripts are compared by sound.

use std::collections::BTreeSet;

use crate::text::{fold, is_ideographic, latin, runs};

/// Least consonants that tell names apart.
const MIN_SOUNDS: usize = 3;
/// Longest run of ideographs that is read as a name.
const MAX_RUN_CHARS: usize = 16;
/// Ideographs that are read together in Latin letters.
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=5;

/// Words of legal forms and articles, folded, in the scripts and romanisations of five languages: a
/// name is the same without them.
const LEGAL_FORMS: &str = "
    ltd limited inc llc llp plc corp co company gmbh ag kg sa sas sarl spa srl bv nv ab oy oyj
    as asa pte pty sdn bhd kk jsc ojsc pjsc cjsc ooo oao zao pao ao too ип ооо оао зао пао ао
    тоо гк нпо компания общество акционерное شركه الشركه مؤسسه مءسسه ش م ذ ذمم شمم المحدوده
    محدوده sharikat sharika al el societe compagnie youxian gongsi gufen
";
/// Ends of Chinese names that say their legal form, the longest first.
const LEGAL_ENDS: [&str; 6] = [
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "公司",
    "集团",
];

/// Whether a folded word is a legal form.
pub(crate) fn is_legal_form(folded: &str) -> bool {
    LEGAL_FORMS.split_whitespace().any(|form| form == folded)
}

/// A run of ideographs without the legal form at its end; all of it where nothing else is there.
pub(crate) fn without_legal_end(run: &str) -> &str {
    if LEGAL_ENDS.contains(&run) {
        return run;
    }
    let ends = LEGAL_ENDS.iter().filter_map(|end| run.strip_suffix(end));
    let named = ends.filter(|rest| rest.chars().count() >= 2);
    named.min_by_key(|rest| rest.len()).unwrap_or(run)
}

/// Scripts that are compared by sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
}

impl Script {
    fn of(word: &str) -> Option<Script> {
        match word.chars().find(|letter| letter.is_alphabetic())? {
            'a'..='z' | '\u{c0}'..='\u{24f}' => Some(Script::Latin),
            '\u{400}'..='\u{4ff}' => Some(Script::Cyrillic),
            '\u{620}'..='\u{6d3}' => Some(Script::Arabic),
            _ => None,
        }
    }

    fn mark(self) -> char {
        match self {
            Script::Latin => 'l',
            Script::Cyrillic => 'c',
            Script::Arabic => 'a',
        }
    }
}

/// The terms of a word of a name: how it sounds, with its script.
pub(crate) fn sounds(prepared: &str) -> Vec<String> {
    let Some(script) = Script::of(prepared) else {
        return Vec::new();
    };
    let word = fold(prepared);
    if is_legal_form(&word) {
        return Vec::new();
    }
    let mut terms = Vec::new();
    if script != Script::Arabic {
        terms.extend(sound(&word, false).map(|sound| format!("{}={sound}", script.mark())));
    }
    terms.extend(sound(&word, true).map(|sound| format!("{}~{sound}", script.mark())));
    terms
}

/// Terms that names in other scripts have which sound like a word.
pub(crate) fn sounds_elsewhere(prepared: &str) -> Vec<String> {
    let Some(script) = Script::of(prepared) else {
        return Vec::new();
    };
    let word = fold(prepared);
    let (near, towards_arabic) = (sound(&word, false), sound(&word, true));
    let near = |of: Script| near.as_ref().map(|sound| format!("{}={sound}", of.mark()));
    let arabic = |of: Script| {
        let sound = towards_arabic.as_ref();
        sound.map(|sound| format!("{}~{sound}", of.mark()))
    };
    let terms = match script {
        Script::Latin => [near(Script::Cyrillic), arabic(Script::Arabic)],
        Script::Cyrillic => [near(Script::Latin), arabic(Script::Arabic)],
        Script::Arabic => [arabic(Script::Latin), arabic(Script::Cyrillic)],
    };
    terms.into_iter().flatten().collect()
}

/// The consonants of a folded word, those that are mistaken for each other made one; a vowel only
/// where it begins the word.
fn sound(word: &str, towards_arabic: bool) -> Option<String> {
    let word = word
        .strip_prefix("ال")
        .filter(|rest| rest.chars().count() >= MIN_SOUNDS)
        .unwrap_or(word);
    let letters: Vec<char> = word.chars().collect();
    let mut found = String::new();
    let mut last = None;
    let mut rest = letters.as_slice();
    let mut begins = true;
    while !rest.is_empty() {
        let (said, length) = letter(rest);
        for one in said.chars() {
            let one = match one {
                'p' if towards_arabic => 'b',
                'v' if towards_arabic => 'f',
                'w' if towards_arabic => '-',
                'w' => 'v',
                other => other,
            };
            let vowel = one == '-';
            if vowel && begins {
                found.push('a');
            } else if !vowel && (last != Some(one)) {
                found.push(one);
            }
            begins = false;
            if !(vowel && towards_arabic) {
                last = Some(one);
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    let consonants = found.chars().filter(|one| *one != 'a').count();
    (consonants >= MIN_SOUNDS).then_some(found)
}

/// Letters of Latin and Cyrillic that are said together, with what they are said as, the longest
/// first.
const TOGETHER: [(&str, &str); 17] = [
    ("sch", "j"),
    ("tch", "j"),
    ("sh", "j"),
    ("ch", "j"),
    ("zh", "j"),
    ("dj", "j"),
    ("dz", "j"),
    ("дж", "j"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("gh", "k"),
    ("ck", "k"),
    ("qu", "k"),
    ("ts", "s"),
    ("ce", "s-"),
];

/// What the first letters are said as, with how many they are; `-` is a vowel.
fn letter(letters: &[char]) -> (&'static str, usize) {
    let together = TOGETHER.iter().find(|(written, _)| {
        let length = written.chars().count();
        letters.len() >= length
            && written
                .chars()
                .zip(letters)
                .all(|(one, other)| one == *other)
    });
    if let Some((written, said)) = together {
        return (said, written.chars().count());
    }
    let (first, second) = (letters.first().copied(), letters.get(1));
    let Some(first) = first else {
        return ("-", 1);
    };
    let said = match first {
        'b' | 'б' | 'ب' => "b",
        'p' | 'п' => "p",
        'f' | 'ф' | 'ف' => "f",
        'v' | 'в' => "v",
        'w' => "w",
        'c' if matches!(second, Some('i' | 'y')) => "s",
        'k' | 'c' | 'q' | 'g' | 'к' | 'г' | 'ك' | 'ق' | 'غ' => "k",
        'x' => "ks",
        's' | 'z' | 'с' | 'з' | 'ц' | 'س' | 'ص' | 'ز' | 'ظ' => "s",
        'j' | 'ж' | 'ч' | 'ш' | 'щ' | 'ش' | 'ج' => "j",
        't' | 'т' | 'ت' | 'ط' | 'ث' => "t",
        'd' | 'д' | 'د' | 'ض' | 'ذ' => "d",
        'l' | 'л' | 'ل' => "l",
        'm' | 'м' | 'م' => "m",
        'n' | 'н' | 'ن' => "n",
        'r' | 'р' | 'ر' => "r",
        'h' | 'х' | 'ح' | 'خ' => "h",
        // The Arabic t that ends a feminine name is folded to a h that nobody says.
        'ه' if second.is_some() => "h",
        _ => "-",
    };
    (said, 1)
}

/// Names in ideographs as a Latin keyboard writes them: neighbouring syllables as one word.
pub(crate) fn syllables(prepared: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let names = runs(prepared).filter(|(_, ideographic)| *ideographic);
    for (run, _) in names {
        let characters: Vec<char> = run.chars().take(MAX_RUN_CHARS).collect();
        for length in SYLLABLES {
            for part in characters.windows(length) {
                debug_assert!(part.iter().all(|one| is_ideographic(*one)));
                found.extend(latin(&String::from_iter(part)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
