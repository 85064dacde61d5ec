//! By what a search is narrowed, and what of it cannot be read.

use comity_model::party::is_economy;
use comity_model::record::Kind;
use comity_node::search::{Condition, Property, is_hs_prefix};
use comity_recognition::standing_now::RecordState;

use super::parameter;
use crate::asked::Asked;
use crate::pages::counting;
use crate::site::Site;
use crate::texts::text;
use crate::trouble::brief;

/// The orders of a search.
const SORTS: [&str; 4] = ["relevance", "newest", "expiring", "logged"];
/// State of a record whose content is withheld.
const WITHHELD: &str = "withheld";

/// The conditions of a search; `Err` holds the name and value of one that no record can meet.
pub(super) fn conditions(asked: &Asked) -> Vec<Result<Condition, (&'static str, String)>> {
    let mut conditions = Vec::new();
    for property in Property::ALL {
        let name = parameter(property);
        for value in asked.many(name) {
            if !is_value(property, value) {
                conditions.push(Err((name, value.to_owned())));
                continue;
            }
            let value = match property {
                Property::Hs => value.chars().filter(char::is_ascii_digit).collect(),
                _ => value.to_owned(),
            };
            conditions.push(Ok(Condition {
                property,
                value,
                unwanted: false,
            }));
        }
    }
    conditions
}

/// Whether any record could have a value.
pub(super) fn is_value(property: Property, value: &str) -> bool {
    match property {
        Property::Kind => Kind::ALL.iter().any(|kind| kind.name() == value),
        Property::Status => {
            let states = RecordState::ALL.iter();
            value == WITHHELD || states.into_iter().any(|state| state.word() == value)
        }
        Property::Economy | Property::IssuerEconomy => is_economy(value),
        Property::Hs => is_hs_prefix(value),
        Property::Year => value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()),
        Property::Issuer
        | Property::Holder
        | Property::Grantor
        | Property::Standard
        | Property::Scheme => true,
    }
}

/// What of a search cannot be read and is left out of it, each in a sentence.
pub(super) fn wrong(site: &Site, asked: &Asked) -> Vec<String> {
    // What is to count somewhere has a product of its own, and is refused as a whole.
    let counting = counting::is_asked(asked);
    let conditions = conditions(asked).into_iter().filter_map(Result::err);
    let mut wrong: Vec<_> = conditions
        .filter(|(name, _)| !(counting && *name == "hs"))
        .collect();
    let sort = asked.one("sort").filter(|sort| !SORTS.contains(sort));
    wrong.extend(sort.map(|sort| ("sort", sort.to_owned())));
    let sentences = wrong.into_iter().map(|(name, value)| {
        let arguments = [
            ("name", text(label(site, name))),
            ("value", text(brief(&value))),
        ];
        let mut said = site.texts.put("search-wrong", &arguments);
        if name == "hs" {
            said.push(' ');
            said.push_str(&site.texts.say("search-wrong-hs"));
        }
        said
    });
    sentences.collect()
}

/// What a parameter is called.
fn label(site: &Site, name: &str) -> String {
    site.texts.say(match name {
        "type" => "search-facet-kind",
        "status" => "search-facet-status",
        "economy" => "economies-economy",
        "issuerEconomy" => "search-facet-economy",
        "year" => "search-facet-year",
        "hs" => "ask-hs",
        _ => "search-sort",
    })
}
