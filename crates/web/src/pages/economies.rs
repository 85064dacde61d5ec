//! The economies that this node knows, and one of them: its authority, bodies, grants, rules.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use comity_model::party::is_did;
use comity_model::record::Kind;
use comity_model::text::projected;
use comity_node::browse::EconomyStanding;
use comity_node::logs::LogStanding;
use comity_node::search::{Condition, Property, SearchRequest, SortOrder};

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::pages::log::LogRow;
use crate::rows::{Office, Rows, segment};
use crate::site::{Answer, Site};
use crate::texts::text;
use crate::trouble::brief;

/// Newest records shown of an economy.
const NEWEST: usize = 10;

#[derive(Template)]
#[template(path = "economies.html")]
struct Economies {
    frame: Frame,
    economies: Vec<EconomyRow>,
}

#[derive(Template)]
#[template(path = "economy.html")]
struct EconomyPage {
    frame: Frame,
    economy: EconomyRow,
    office: Option<Office>,
    rules: Rows,
    arrangements: Rows,
    bodies: Rows,
    grants: Rows,
    newest: Rows,
}

struct EconomyRow {
    code: String,
    name: String,
    href: String,
    /// DID and address of each authority.
    authorities: Vec<(String, String)>,
    logs: Vec<LogRow>,
    records: String,
    /// All its records.
    search: String,
}

impl EconomyRow {
    fn new(site: &Site, economy: &EconomyStanding) -> Self {
        let code = economy.code.clone();
        let dids = economy.authorities.iter().filter(|did| is_did(did));
        let query = query_string([("economy", code.as_str())]);
        Self {
            name: site.economy(&code),
            href: site.href(&format!("economies/{code}")),
            authorities: dids
                .map(|did| (did.clone(), party_href(site, did)))
                .collect(),
            logs: economy
                .logs
                .iter()
                .map(|log| LogRow::new(site, log))
                .collect(),
            records: site.number(economy.records),
            search: site.href(&format!("search?{query}")),
            code,
        }
    }
}

/// The page of a party.
pub(crate) fn party_href(site: &Site, did: &str) -> String {
    site.href(&format!("parties/{}", segment(did)))
}

/// Every economy that is known.
pub(crate) async fn economies(State(site): State<Site>) -> Answer {
    let known = site.node().economies().await;
    let known = known.map_err(|error| site.failed(&error))?;
    let mut economies: Vec<_> = known
        .iter()
        .map(|one| EconomyRow::new(&site, one))
        .collect();
    economies.sort_by(|one, other| one.name.cmp(&other.name));
    let title = site.texts.say("economies-title");
    let mut frame = Frame::new(&site, title, "economies");
    frame
        .twins
        .push(("application/json", "/v1/logs".to_owned()));
    Ok(page(StatusCode::OK, &Economies { frame, economies }))
}

/// One economy.
pub(crate) async fn economy(
    State(site): State<Site>,
    Path(code): Path<String>,
    asked: Asked,
) -> Answer {
    let known = site.node().economies().await;
    let known = known.map_err(|error| site.failed(&error))?;
    let Some(standing) = known.iter().find(|one| one.code == code) else {
        let code = [("code", text(brief(&code)))];
        let detail = site.texts.put("economies-unknown-detail", &code);
        return Err(site.trouble(StatusCode::NOT_FOUND, "economies-unknown", detail));
    };
    let failed = |error| site.failed(&error);
    let node = site.node();
    let newest = node.find(newest_of(&code)).await.map_err(failed)?;
    let rules = node.rules_of(&code).await.map_err(failed)?;
    let arrangements = node.arrangements_with(Some(&code)).await.map_err(failed)?;
    let bodies = node.registered_in(&code).await.map_err(failed)?;
    let grants = node.grants_for(&code).await.map_err(failed)?;
    let mut frame = Frame::new(&site, site.economy(&code), &asked.here);
    let query = query_string([("economy", code.as_str())]);
    frame
        .twins
        .push(("application/json", format!("/v1/records?{query}")));
    let economy = EconomyPage {
        frame,
        office: standing.logs.iter().find_map(office),
        economy: EconomyRow::new(&site, standing),
        rules: Rows::of(&site, &rules),
        arrangements: Rows::of(&site, &arrangements),
        bodies: Rows::of(&site, &bodies),
        grants: Rows::of(&site, &grants),
        newest: Rows::found(&site, &newest.hits, newest.total),
    };
    Ok(page(StatusCode::OK, &economy))
}

/// The office that corrects what stands in a log, as the terms of its member name it.
fn office(log: &LogStanding) -> Option<Office> {
    let contact = log.terms.as_ref()?.get("correction")?;
    let text = |name: &str| contact.get(name)?.as_str().map(projected);
    Some(Office::checked(
        text("office"),
        text("url"),
        text("email"),
        text("telephone"),
    ))
}

fn newest_of(code: &str) -> SearchRequest {
    let wanted = |property, value: &str| Condition {
        property,
        value: value.to_owned(),
        unwanted: false,
    };
    SearchRequest {
        conditions: vec![
            wanted(Property::Economy, code),
            wanted(Property::Kind, Kind::Attestation.name()),
        ],
        sort: SortOrder::Newest,
        limit: NEWEST,
        ..SearchRequest::default()
    }
}
