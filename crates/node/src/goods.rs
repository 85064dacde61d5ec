//! From words for goods to codes of the HS: what the thesaurus says, and what the records here
//! declare that are found by the same words.

use std::collections::BTreeMap;

use comity_model::attestation::Attestation;
use comity_model::product::ProductCode;
use comity_model::record::{Kind, Record, Subject};
use comity_model::text::Text;
use comity_search::thesaurus::{HS_EDITION, thesaurus};

use crate::Node;
use crate::error::Error;
use crate::search::{Condition, Property, SearchRequest};

pub use comity_search::thesaurus::{MAX_CANDIDATES, MAX_DESCRIPTION_CHARS};

/// Most records looked at for the codes they declare.
const MAX_RECORDS: usize = 50;
/// What being declared by every record that was found adds to a code, against a full score.
const DECLARED: f32 = 0.5;
/// Digits of a subheading; further ones are national.
const SUBHEADING: usize = 6;

/// A code that fits words.
#[derive(Clone, Debug, PartialEq)]
pub struct Goods {
    /// Four digits of a heading, or six of a subheading.
    pub code: String,
    /// Its plain name in the language asked for.
    pub name: Option<&'static str>,
    /// The words that decided, the best first; none where records alone did.
    pub words: Vec<String>,
    /// From 0 to 1 and a half, to compare within one answer.
    pub score: f32,
    /// How many records found by the same words declare it, of the first 50.
    pub declared: usize,
}

/// A place in the tree of the HS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Two, four or six digits.
    pub code: String,
    /// Its plain name in the language asked for.
    pub name: Option<&'static str>,
}

/// Edition of the codes.
pub fn edition() -> &'static str {
    HS_EDITION
}

/// As the HS prints it: `8544.49`, further digits after another dot.
pub fn printed(digits: &str) -> String {
    match (digits.get(..4), digits.get(4..6), digits.get(6..)) {
        (Some(heading), Some(sub), Some("")) => format!("{heading}.{sub}"),
        (Some(heading), Some(sub), Some(rest)) => format!("{heading}.{sub}.{rest}"),
        _ => digits.to_owned(),
    }
}

/// The plain name of a chapter, heading or subheading; of a longer code that of the subheading it lies in.
pub fn name(code: &str, language: &str) -> Option<&'static str> {
    let shared = code.get(..SUBHEADING).unwrap_or(code);
    thesaurus().name(shared, language)
}

/// What lies directly under a chapter or heading, as far as it has a plain name.
pub fn under(code: &str, language: &str) -> Vec<Place> {
    let digits = match code.len() {
        2 => 4,
        4 => SUBHEADING,
        _ => return Vec::new(),
    };
    let codes = thesaurus().codes();
    let below = codes.filter(|one| one.len() == digits && one.starts_with(code));
    below
        .map(|one| Place {
            name: name(one, language),
            code: one.to_owned(),
        })
        .collect()
}

/// Codes that words lead to with some certainty, the best first.
pub fn certain(words: &str, language: &str) -> Vec<Place> {
    let found = comity_search::derived_codes(words, Some(language)).into_iter();
    let place = |code: String| Place {
        name: name(&code, language),
        code,
    };
    found.map(|one| place(one.code)).collect()
}

/// Most names of goods from which codes are derived.
const MAX_DERIVED_FROM: usize = 4;

/// The first names of the goods of a certificate that declares no code of the HS.
pub(crate) fn undeclared(attestation: &Attestation) -> impl Iterator<Item = &Text> {
    let objects = &attestation.comity.objects;
    let codes = objects.iter().flat_map(|object| &object.product_codes);
    let declared = codes.into_iter().any(ProductCode::is_harmonised);
    let bare = if declared { &[] } else { objects.as_slice() };
    let names = bare.iter().flat_map(|object| &object.names.0);
    names.take(MAX_DERIVED_FROM)
}

/// The code that the names of the goods of a certificate lead to where it declares none: derived,
/// and nobody's statement.
pub fn derived(record: &Record) -> Option<String> {
    let Subject::Attestation(attestation) = &record.subject else {
        return None;
    };
    let mut names = undeclared(attestation);
    let found = names.find_map(|name| {
        let codes = comity_search::derived_codes(&name.value, Some(&name.lang));
        codes.into_iter().next()
    });
    found.map(|candidate| candidate.code)
}

/// What the thesaurus alone says, the best first.
pub fn of_thesaurus(words: &str, language: &str) -> Vec<Goods> {
    let candidates = thesaurus().candidates(words, Some(language), MAX_CANDIDATES);
    let best = candidates.first().map_or(1.0, |best| best.score);
    let goods = candidates.into_iter().map(|candidate| Goods {
        name: name(&candidate.code, language),
        score: candidate.score / best,
        code: candidate.code,
        words: candidate.words,
        declared: 0,
    });
    goods.collect()
}

impl Node {
    /// Codes that fit words for goods, the best first. `language` is that of the names, and the
    /// one preferred where words could be of several.
    ///
    /// # Errors
    /// As [`Node::find`].
    pub async fn goods(
        &self,
        words: &str,
        language: &str,
        limit: usize,
    ) -> Result<Vec<Goods>, Error> {
        let mut found = of_thesaurus(words, language);
        let (declared, records) = self.declared(words).await?;
        for (code, count) in declared {
            #[expect(clippy::cast_precision_loss, reason = "both are at most 50")]
            let share = DECLARED * count as f32 / records.max(1) as f32;
            if let Some(known) = found.iter_mut().find(|goods| goods.code == code) {
                known.declared = count;
                known.score += share;
            } else {
                found.push(Goods {
                    name: name(&code, language),
                    words: Vec::new(),
                    score: share,
                    declared: count,
                    code,
                });
            }
        }
        found.sort_by(|one, other| other.score.total_cmp(&one.score));
        found.truncate(limit);
        Ok(found)
    }

    /// Codes that the first records declare which a search for the words finds, and how many those
    /// are.
    async fn declared(&self, words: &str) -> Result<(BTreeMap<String, usize>, usize), Error> {
        let text: String = words.chars().take(crate::search::MAX_TEXT_CHARS).collect();
        let request = SearchRequest {
            text,
            words_only: true,
            conditions: vec![Condition {
                property: Property::Kind,
                value: Kind::Attestation.name().to_owned(),
                unwanted: false,
            }],
            limit: MAX_RECORDS,
            ..SearchRequest::default()
        };
        let mut declared: BTreeMap<String, usize> = BTreeMap::new();
        let hits = match self.find(request).await {
            Ok(page) => page.hits,
            // A description of more words than a search takes.
            Err(Error::Question { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        for found in &hits {
            let Ok(Record {
                subject: Subject::Attestation(attestation),
                ..
            }) = &found.evidence.record
            else {
                continue;
            };
            let codes = attestation
                .comity
                .objects
                .iter()
                .flat_map(|object| &object.product_codes);
            let mut codes: Vec<_> = codes
                .filter(|code| code.is_harmonised())
                .filter(|code| {
                    code.edition
                        .as_deref()
                        .is_none_or(|edition| edition == HS_EDITION)
                })
                .map(|code| code.code.get(..SUBHEADING).unwrap_or(&code.code).to_owned())
                .filter(|code| code.len() >= 4)
                .collect();
            codes.sort_unstable();
            codes.dedup();
            for code in codes {
                *declared.entry(code).or_default() += 1;
            }
        }
        Ok((declared, hits.len()))
    }
}
