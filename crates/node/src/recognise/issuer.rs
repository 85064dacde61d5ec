//! An issuer by its name: lists and papers name bodies, and few know their DIDs.

use std::collections::BTreeSet;

use comity_model::party::is_did;
use comity_model::record::Record;
use comity_recognition::question::Selector;
use unicode_normalization::UnicodeNormalization as _;

use crate::Shared;
use crate::error::Error;
use crate::projection;

impl Shared {
    /// The selector with the issuer's identifier in the place of its name: that of whoever issued
    /// a record of this number under exactly this name, letter case and punctuation aside. Where
    /// several of that name did, all of the number are candidates and the answer says so; where
    /// nobody did, the selector stays as it is.
    pub(crate) async fn with_issuer_named(&self, selector: Selector) -> Result<Selector, Error> {
        let Selector::Number {
            number,
            issuer: Some(name),
        } = &selector
        else {
            return Ok(selector);
        };
        let Some(looked_up) = projection::looked_up_number(number).filter(|_| !is_did(name)) else {
            return Ok(selector);
        };
        let by_identifier = Selector::Number {
            number: looked_up.clone(),
            issuer: Some(name.clone()),
        };
        if !self.rows_of(&by_identifier).await?.is_empty() {
            return Ok(selector);
        }
        let any = Selector::Number {
            number: looked_up,
            issuer: None,
        };
        let rows = self.rows_of(&any).await?;
        let wanted = folded(name);
        let mut issuers = BTreeSet::new();
        for evidence in self.examined(&rows).await? {
            if let Ok(record) = &evidence.record {
                issuers.extend(issuer_named(record, &wanted));
            }
        }
        let only = issuers.pop_first().filter(|_| issuers.is_empty());
        Ok(match (only, issuers.is_empty()) {
            (Some(issuer), _) => Selector::Number {
                number: number.clone(),
                issuer: Some(issuer),
            },
            (None, true) => selector,
            (None, false) => Selector::Number {
                number: number.clone(),
                issuer: None,
            },
        })
    }
}

/// The identifier of the record's issuer, if that is its name: of an imported record, of the one
/// to whom the register attributes it.
fn issuer_named(record: &Record, wanted: &str) -> Option<String> {
    let (id, name) = match &record.comity.imported_from {
        Some(from) => (&from.attributed_to.id, &from.attributed_to.name),
        None => (&record.issuer.id, &record.issuer.name),
    };
    (!wanted.is_empty() && folded(name) == wanted).then(|| id.clone())
}

fn folded(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}
