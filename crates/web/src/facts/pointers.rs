//! What values point at gets its name: parties, records and arrangements that are held.

use comity_model::participation::ArrangementName;
use comity_model::party::PartyReference;
use comity_model::reference::Identity;
use comity_model::text::projected;

use super::{Fact, Value, worded};
use crate::site::Site;
use crate::title::after;
use crate::trouble::Trouble;

/// What a value points at.
#[derive(Clone, Debug)]
pub(super) enum Pointer {
    Party(PartyReference),
    Record(Identity),
    /// The arrangement, or the chapter of that id.
    Arrangement(ArrangementName, Option<String>),
    /// The chapter of that id, where its arrangement is named already.
    Chapter(ArrangementName, String),
}

/// Puts names in the place of identifiers, as far as what they stand for is held.
pub(super) async fn named(
    site: &Site,
    rows: impl Iterator<Item = &mut Fact>,
) -> Result<(), Trouble> {
    let values = rows.flat_map(|row| &mut row.values);
    let mut values: Vec<_> = values.filter(|value| value.points.is_some()).collect();
    let (mut parties, mut records, mut arrangements) = (Vec::new(), Vec::new(), Vec::new());
    for value in &values {
        match &value.points {
            Some(Pointer::Party(party)) => parties.push(party.clone()),
            Some(Pointer::Record(identity)) => records.push(identity.clone()),
            Some(Pointer::Arrangement(name, _) | Pointer::Chapter(name, _)) => {
                arrangements.push(name.clone());
            }
            None => {}
        }
    }
    let parties = site.node().offices(&parties);
    let records = site.node().pointed_at(&records).await;
    let records = records.map_err(|error| site.failed(&error))?;
    let arrangements = site.node().arrangements_named(&arrangements);
    for value in &mut values {
        let named = match &value.points {
            Some(Pointer::Party(party)) => {
                parties.get(party).map(|office| worded(site, &office.names))
            }
            Some(Pointer::Record(identity)) => {
                records.get(identity).map(|record| match &record.number {
                    Some(number) => titled(number, &projected(&record.name)),
                    None => Value::plain(&record.name, &record.lang),
                })
            }
            Some(Pointer::Arrangement(name, chapter)) => arrangements.get(name).map(|held| {
                let titles = chapter.as_ref().and_then(|id| held.chapters.get(id));
                let mut value = worded(site, titles.unwrap_or(&held.title));
                value.beside = titles.map(|_| worded(site, &held.title).text);
                let digest = hex::encode(held.digest);
                value.leading_to(site.href(&format!("records/{digest}")))
            }),
            Some(Pointer::Chapter(name, chapter)) => arrangements.get(name).and_then(|held| {
                let value = worded(site, held.chapters.get(chapter)?);
                let digest = hex::encode(held.digest);
                Some(value.leading_to(site.href(&format!("records/{digest}"))))
            }),
            None => None,
        };
        if let Some(named) = named.filter(|named| !named.text.is_empty()) {
            let href = named.href.or_else(|| value.href.take());
            let beside = named.beside.or_else(|| value.beside.take());
            **value = Value {
                beside,
                href,
                ..named
            };
        }
    }
    Ok(())
}

/// A number, and beside it the title; without the number where that begins with it.
pub(super) fn titled(number: &str, title: &str) -> Value {
    let title = after(number, title).unwrap_or(title);
    let value = Value::code(number);
    if title.is_empty() {
        return value;
    }
    value.with(title)
}
