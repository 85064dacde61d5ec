//! What is asked, drawn from the documents by a rule: a hundred certificates at equal distances, and
//! of each its number, words of its title, a party and its code.

use comity_search::Weight;

use super::documents::Stored;

/// Questions of each class.
const QUESTIONS: u64 = 100;
/// Shortest word that is asked for.
const MIN_WORD_CHARS: usize = 4;
/// Letters of a beginning.
const PREFIX_CHARS: usize = 4;

/// Kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A certificate's number, as printed.
    Number,
    /// One word of a title.
    Word,
    /// Three words of a title, all of which a hit has.
    Words,
    /// Two neighbouring words of a title; this search, which keeps no places of words, has both.
    Phrase,
    /// The beginning of a word of a party's name.
    Prefix,
    /// What lies under a heading of the Harmonized System.
    Hs,
    /// A word with two letters changed over.
    Fuzzy,
    /// One word, with the counts of kinds, statuses, schemes and years.
    Facets,
    /// One word, of what one side of an arrangement issued in one kind of attestation.
    RecognisedIn,
}

pub(crate) const CLASSES: [Class; 9] = [
    Class::Number,
    Class::Word,
    Class::Words,
    Class::Phrase,
    Class::Prefix,
    Class::Hs,
    Class::Fuzzy,
    Class::Facets,
    Class::RecognisedIn,
];

impl Class {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Class::Number => "number",
            Class::Word => "one word",
            Class::Words => "three words",
            Class::Phrase => "phrase",
            Class::Prefix => "prefix",
            Class::Hs => "HS prefix",
            Class::Fuzzy => "fuzzy",
            Class::Facets => "facets",
            Class::RecognisedIn => "recognisedIn",
        }
    }
}

/// One question.
pub(crate) struct Question {
    pub(crate) class: Class,
    /// Words, number, beginning or digits.
    pub(crate) text: String,
    /// A side and a kind of attestation.
    pub(crate) way: Option<(String, String)>,
}

/// All questions.
pub(crate) fn questions(stored: &Stored) -> Vec<Question> {
    let every = (stored.count() / (QUESTIONS * 4)).max(1);
    let mut asked = Vec::new();
    let (mut seen, mut taken) = (0_u64, 0_u64);
    stored.batches(1_000, |documents| {
        for document in documents {
            seen += 1;
            if seen < taken * every || taken == QUESTIONS {
                continue;
            }
            taken += u64::from(of(document, taken, &mut asked).is_some());
        }
    });
    asked
}

/// Questions of one document, if it is a certificate with all that is asked for, in a script that
/// every engine can cut.
fn of(document: &comity_search::Document, turn: u64, asked: &mut Vec<Question>) -> Option<()> {
    let title = document
        .texts
        .iter()
        .find(|text| text.weight == Weight::Title)?;
    let spaced = |word: &&str| {
        word.chars().count() >= MIN_WORD_CHARS
            && word
                .chars()
                .all(|one| one.is_alphabetic() && u32::from(one) < 0x0700)
    };
    let cut = |text: &'_ str| -> Vec<String> {
        text.split_whitespace()
            .filter(spaced)
            .map(str::to_lowercase)
            .collect()
    };
    let words = cut(&title.value);
    let neighbours: Vec<&str> = title.value.split_whitespace().collect();
    let phrase = neighbours.windows(2).find(|pair| pair.iter().all(spaced))?;
    let party = cut(&document.parties.first()?.value);
    let attestation = document.attestation.clone()?;
    let pick = |from: &[String]| {
        let count = u64::try_from(from.len()).ok()?;
        from.get(usize::try_from(turn.checked_rem(count)?).ok()?)
            .cloned()
    };
    if words.len() < 3 {
        return None;
    }
    let word = pick(&words)?;
    let beginning = pick(&party)?.chars().take(PREFIX_CHARS).collect();
    let hs: String = document
        .hs
        .first()?
        .replace('.', "")
        .chars()
        .take(4)
        .collect();
    let side = document.sides.first()?.clone();
    let mut ask = |class: Class, text: String, way: Option<(String, String)>| {
        asked.push(Question { class, text, way });
    };
    ask(Class::Number, document.numbers.first()?.clone(), None);
    ask(Class::Word, word.clone(), None);
    ask(Class::Words, words.get(..3)?.join(" "), None);
    ask(Class::Phrase, phrase.join(" ").to_lowercase(), None);
    ask(Class::Prefix, beginning, None);
    ask(Class::Hs, hs, None);
    ask(Class::Fuzzy, changed_over(&word), None);
    ask(Class::Facets, word.clone(), None);
    ask(Class::RecognisedIn, word, Some((side, attestation)));
    Some(())
}

/// A word with its second and third letters changed over.
fn changed_over(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.swap(1, 2);
    letters.into_iter().collect()
}
