//! What is told above the results where a number was typed: warnings of it, and that a record with it
//! was taken down.

use comity_node::look_up::Found;
use comity_node::notices::Touched;
use comity_node::recognise::other_number;
use comity_node::registers;
use comity_recognition::question::Selector;

use crate::asked::Asked;
use crate::pages::record::{NoticeRow, notices, warnings};
use crate::pages::taken_down::{self, TakenDownRow};
use crate::site::Site;
use crate::trouble::Trouble;
use crate::typed::{self, Typed};

#[cfg(test)]
mod tests;

/// What is known of a number besides the records that have it.
#[derive(Default)]
pub(crate) struct OfNumber {
    pub(crate) warnings: Vec<NoticeRow>,
    pub(crate) taken_down: Vec<TakenDownRow>,
}

/// What is known of the number that was typed; nothing where words were.
pub(crate) async fn of_number(site: &Site, asked: &Asked) -> Result<OfNumber, Trouble> {
    let Some(number) = typed(asked) else {
        return Ok(OfNumber::default());
    };
    let issuer = asked.one("issuer").map(str::to_owned);
    let warnings = match Touched::number(&number, issuer.as_deref()) {
        Some(touched) => warnings(&notices(site, touched).await?),
        None => Vec::new(),
    };
    let selector = Selector::Number { number, issuer };
    let acts = site.node().taken_down_of(&selector).await;
    let acts = acts.map_err(|error| site.failed(&error))?;
    Ok(OfNumber {
        warnings,
        taken_down: taken_down::rows(site, &acts, "search-taken-down"),
    })
}

/// The number that was typed, by itself or as an address of another register names it.
pub(super) fn typed(asked: &Asked) -> Option<String> {
    if let Some(number) = asked.one("number") {
        return Some(number.to_owned());
    }
    let words = asked.one("q")?;
    match typed::read(words) {
        Typed::Number(number) => {
            let read = registers::read(&number).map(|read| read.number);
            Some(read.unwrap_or(number))
        }
        Typed::Digits(_) => Some(words.to_owned()),
        _ => None,
    }
}

/// The number that was typed, where a record is found by it that prints another: it is that of the
/// paper.
pub(super) fn of_paper(asked: &Asked, found: &Found) -> Option<String> {
    let record = found.evidence.record.as_ref().ok()?;
    other_number(&typed(asked)?, record)
}
