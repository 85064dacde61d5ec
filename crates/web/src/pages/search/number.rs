//! What is told above the results where a number was typed: warnings of it, and that a record with it
//! was taken down.

use comity_model::party::PartyReference;
use comity_model::text::projected;
use comity_node::notices::Touched;
use comity_node::registers;
use comity_node::takedown::TakenDown;
use comity_recognition::question::Selector;

use crate::asked::Asked;
use crate::pages::record::{NoticeRow, notices, warnings};
use crate::rows::{Named, Office, named};
use crate::site::Site;
use crate::texts::text;
use crate::trouble::Trouble;
use crate::typed::{self, Typed};

#[cfg(test)]
mod tests;

/// Most takedowns that one page tells of.
const MAX_TAKEN_DOWN: usize = 5;

/// What is known of a number besides the records that have it.
#[derive(Default)]
pub(crate) struct OfNumber {
    pub(crate) warnings: Vec<NoticeRow>,
    pub(crate) taken_down: Vec<TakenDownRow>,
}

/// A record that was taken down, by whom, and whom to ask.
pub(crate) struct TakenDownRow {
    /// That it was published, and taken down on that day.
    pub(crate) said: String,
    pub(crate) ground: String,
    pub(crate) by: Option<Named>,
    pub(crate) office: Office,
    /// The order.
    pub(crate) href: String,
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
    let taken_down = acts.iter().take(MAX_TAKEN_DOWN);
    Ok(OfNumber {
        warnings,
        taken_down: taken_down.map(|act| taken_down_row(site, act)).collect(),
    })
}

/// The number that was typed, by itself or as an address of another register names it.
fn typed(asked: &Asked) -> Option<String> {
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

fn taken_down_row(site: &Site, act: &TakenDown) -> TakenDownRow {
    let authority = PartyReference {
        id: act.by.clone(),
        registered_by: act.by.clone(),
    };
    let mut offices = site.node().offices(std::slice::from_ref(&authority));
    let office = offices.remove(&authority).and_then(|office| office.contact);
    TakenDownRow {
        said: site
            .texts
            .put("search-taken-down", &[("day", text(site.day(act.on)))]),
        ground: projected(&act.ground),
        by: named(site, [act.by.as_str()]).pop(),
        office: office.as_ref().map(Office::new).unwrap_or_default(),
        href: site.href(&format!("records/{}", hex::encode(act.takedown))),
    }
}
