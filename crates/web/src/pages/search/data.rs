//! Addresses of what a search found, for programs.

use comity_node::search::Property;

use super::parameter;
use crate::asked::{Asked, query_string};
use crate::site::Site;

/// Addresses of what was found, for programs.
pub(crate) struct Data {
    pub(crate) json: String,
    /// The same as a table and to follow; not of what counts in a destination.
    pub(crate) more: Option<More>,
}

/// What else there is of a search without a destination.
pub(crate) struct More {
    pub(crate) csv: String,
    pub(crate) atom: String,
    pub(crate) json_feed: String,
}

impl Data {
    /// Of a search, or of an exact look-up.
    pub(crate) fn new(site: &Site, asked: &Asked) -> Self {
        let mut found = found(asked, "validOn");
        // A spreadsheet and a feed are of a search: there a number is words like others.
        found.extend(asked.one("number").map(|number| ("q", number)));
        let feed: Vec<_> = (found.iter().copied())
            .chain([("lang", site.language.tag())])
            .collect();
        found.extend(asked.one("sort").map(|sort| ("sort", sort)));
        let exact = asked.one("number").map(|number| {
            let issuer = asked.one("issuer").map(|issuer| ("issuer", issuer));
            query_string([("number", number)].into_iter().chain(issuer))
        });
        let (query, feed) = (query_string(found), query_string(feed));
        Self {
            json: format!("/v1/records?{}", exact.as_ref().unwrap_or(&query)),
            more: Some(More {
                csv: format!("/v1/records.csv?{query}"),
                atom: format!("/feeds/records.atom?{feed}"),
                json_feed: format!("/feeds/records.json?{feed}"),
            }),
        }
    }

    /// Of what counts in an economy.
    pub(crate) fn counting(asked: &Asked, economy: &str) -> Self {
        let mut found = found(asked, "on");
        found.extend(asked.one("sort").map(|sort| ("sort", sort)));
        found.push(("recognisedIn", economy));
        let query = query_string(found);
        Self {
            json: format!("/v1/records?{query}"),
            more: None,
        }
    }

    pub(crate) fn feeds(&self) -> Vec<(&'static str, String)> {
        let feeds = self.more.iter().flat_map(|more| {
            [
                ("application/atom+xml", more.atom.clone()),
                ("application/feed+json", more.json_feed.clone()),
            ]
        });
        feeds.collect()
    }
}

/// Words, the day that stands in `day`, and properties.
fn found<'a>(asked: &'a Asked, day: &str) -> Vec<(&'a str, &'a str)> {
    let words = asked.one("q").map(|words| ("q", words));
    let day = asked.one(day).map(|day| ("on", day));
    let mut found: Vec<_> = words.into_iter().chain(day).collect();
    for name in Property::ALL.map(parameter) {
        found.extend(asked.many(name).map(|value| (name, value)));
    }
    found
}
