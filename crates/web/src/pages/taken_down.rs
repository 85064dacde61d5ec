//! Records that were taken down: when, by whom, on what ground, and whom to ask.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::party::PartyReference;
use comity_model::text::projected;
use comity_node::takedown::TakenDown;

use crate::asked::Asked;
use crate::frame::{Frame, page};
use crate::rows::{Named, Office, named};
use crate::site::Site;
use crate::texts::text;

/// Most takedowns that one page tells of.
const MAX_TAKEN_DOWN: usize = 5;

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

#[derive(Template)]
#[template(path = "taken-down.html")]
struct TakenDownPage {
    frame: Frame,
    rows: Vec<TakenDownRow>,
}

/// The page in the place of a record that was taken down.
pub(crate) fn gone(site: &Site, asked: &Asked, acts: &[TakenDown]) -> Response {
    let title = site.texts.say("trouble-taken-down");
    let mut frame = Frame::new(site, title, &asked.here);
    frame.listed = false;
    let rows = rows(site, acts, "taken-down");
    page(StatusCode::GONE, &TakenDownPage { frame, rows })
}

/// Takedowns, each said by the message `key`.
pub(crate) fn rows(site: &Site, acts: &[TakenDown], key: &str) -> Vec<TakenDownRow> {
    let acts = acts.iter().take(MAX_TAKEN_DOWN);
    acts.map(|act| row(site, act, key)).collect()
}

fn row(site: &Site, act: &TakenDown, key: &str) -> TakenDownRow {
    let authority = PartyReference {
        id: act.by.clone(),
        registered_by: act.by.clone(),
    };
    let mut offices = site.node().offices(std::slice::from_ref(&authority));
    let office = offices.remove(&authority).and_then(|office| office.contact);
    TakenDownRow {
        said: site.texts.put(key, &[("day", text(site.day(act.on)))]),
        ground: projected(&act.ground),
        by: named(site, [act.by.as_str()]).pop(),
        office: office.as_ref().map(Office::new).unwrap_or_default(),
        href: site.href(&format!("records/{}", hex::encode(act.takedown))),
    }
}
