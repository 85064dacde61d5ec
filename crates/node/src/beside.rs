//! What is told beside an answer and decides nothing of it: a warning in force about the number, and
//! that a number only looks like another one.

use std::collections::BTreeSet;

use comity_model::notice::NoticeSort;
use comity_model::number::{Alphabet, look_alike};
use comity_recognition::Verdict;
use comity_recognition::question::Selector;

use crate::error::Error;
use crate::notices::{NoticeFound, NoticeQuery, Touched};
use crate::{Node, Shared};

/// A number that another one looks like, with letters of another alphabet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooksLike {
    /// As it is printed.
    pub number: String,
    /// The alphabets of the letters that are others than in it.
    pub alphabets: BTreeSet<Alphabet>,
    /// A warning about it is in force.
    pub warned: bool,
}

/// What is told beside a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The gravest warning in force about the record or the number.
    pub warning: Option<NoticeSort>,
    /// What a number looks like that is not held.
    pub looks_like: Vec<LooksLike>,
}

impl Node {
    /// What is told beside the answer to a question.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Search`].
    pub async fn beside(&self, asked: &Selector, verdict: &Verdict) -> Result<Beside, Error> {
        let touched = match (&verdict.judged, asked) {
            (Some(judged), _) => self.shared.touched(&judged.record_digest).await?,
            (None, Selector::Number { number, issuer }) => {
                Touched::number(number, issuer.as_deref())
            }
            (None, _) => None,
        };
        let warnings = match touched {
            Some(touched) => self.warnings(touched).await?,
            None => Vec::new(),
        };
        // The gravest stands first.
        let gravest = warnings.first().and_then(NoticeFound::read);
        Ok(Beside {
            warning: gravest.map(|(_, notice)| notice.sort),
            looks_like: match (&verdict.judged, asked) {
                (None, Selector::Number { number, .. }) => self.looks_like(number).await?,
                _ => Vec::new(),
            },
        })
    }

    /// The warnings in force about a record or a number, the gravest first.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn warnings(&self, of: Touched) -> Result<Vec<NoticeFound>, Error> {
        let query = NoticeQuery {
            of: Some(of),
            ..NoticeQuery::default()
        };
        let mut found = self.notices(&query).await?.items;
        found.retain(NoticeFound::warns);
        Ok(found)
    }

    /// The numbers known here that a number looks like with letters of another alphabet; none where
    /// it is known itself.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Search`].
    pub async fn looks_like(&self, number: &str) -> Result<Vec<LooksLike>, Error> {
        let mut found = Vec::new();
        for other in self.shared.index.numbers_in_one_alphabet(number)? {
            let alphabets = look_alike(number, &other);
            if alphabets.is_empty() {
                continue;
            }
            let warned = match Touched::number(&other, None) {
                Some(touched) => !self.warnings(touched).await?.is_empty(),
                None => false,
            };
            found.push(LooksLike {
                number: other,
                alphabets,
                warned,
            });
        }
        Ok(found)
    }
}

impl Shared {
    /// What of a record held notices touch.
    async fn touched(&self, digest: &[u8; 32]) -> Result<Option<Touched>, Error> {
        let Some(row) = self.store.record(digest).await? else {
            return Ok(None);
        };
        let examined = self.examined(std::slice::from_ref(&row)).await?;
        let mut records = examined.iter().filter_map(|one| one.record.as_ref().ok());
        Ok(records.next().map(Touched::of))
    }
}

#[cfg(test)]
mod tests;
