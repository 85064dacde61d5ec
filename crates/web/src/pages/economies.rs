//! The economies that this node knows, and one of them: its authority, bodies, grants, rules.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use comity_model::date::Day;
use comity_model::record::Kind;
use comity_model::text::projected;
use comity_node::browse::EconomyStanding;
use comity_node::logs::LogStanding;
use comity_node::search::{Condition, Property, SearchRequest, SortOrder};
use comity_recognition::wording;

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::pages::arrangements::members_on;
use crate::pages::log::LogRow;
use crate::pages::search::parameter;
use crate::rows::{Named, Office, Rows, named};
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
    /// The day on which it takes part in them.
    on: String,
    /// That whoever stands there is in it on that day.
    members_on: String,
    arrangements: Rows,
    bodies: Rows,
    grants: Rows,
    newest: Rows,
}

struct EconomyRow {
    code: String,
    name: String,
    href: String,
    authorities: Vec<Named>,
    logs: Vec<LogRow>,
    records: String,
    /// All its records.
    search: String,
}

impl EconomyRow {
    fn new(site: &Site, economy: &EconomyStanding, named: &[Named]) -> Self {
        let code = economy.code.clone();
        let of = |one: &&Named| economy.authorities.contains(&one.did);
        let query = query_string([(parameter(Property::IssuerEconomy), code.as_str())]);
        Self {
            name: site.economy(&code),
            href: site.href(&format!("economies/{code}")),
            authorities: named.iter().filter(of).cloned().collect(),
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

/// Every economy that is known.
pub(crate) async fn economies(State(site): State<Site>) -> Answer {
    let known = site.node().economies().await;
    let known = known.map_err(|error| site.failed(&error))?;
    let named = named(&site, known.iter().flat_map(authorities));
    let mut economies: Vec<_> = known
        .iter()
        .map(|one| EconomyRow::new(&site, one, &named))
        .collect();
    economies.sort_by_key(|one| wording::economy_rank(&one.code, site.language));
    let title = site.texts.say("economies-title");
    let mut frame = Frame::new(&site, title, "economies");
    frame.twin = String::from("/v1/logs");
    Ok(page(StatusCode::OK, &Economies { frame, economies }))
}

/// One economy.
pub(crate) async fn economy(
    State(site): State<Site>,
    Path(code): Path<String>,
    asked: Asked,
) -> Answer {
    let standing = site.node().economy(&code).await;
    let Some(standing) = standing.map_err(|error| site.failed(&error))? else {
        let code = [("code", text(brief(&code)))];
        let detail = site.texts.put("economies-unknown-detail", &code);
        return Err(site.trouble(StatusCode::NOT_FOUND, "economies-unknown", detail));
    };
    let on = asked.read::<Day>("on");
    let on = on.map_err(|value| site.cannot_read("on", &value))?;
    let on = on.unwrap_or_else(|| site.today());
    let failed = |error| site.failed(&error);
    let node = site.node();
    let newest = node.find(newest_of(&code)).await.map_err(failed)?;
    let rules = node.rules_of(&code).await.map_err(failed)?;
    let arrangements = node.arrangements_with(Some(&code), on).await;
    let arrangements = arrangements.map_err(failed)?;
    let bodies = node.registered_in(&code).await.map_err(failed)?;
    let grants = node.grants_for(&code).await.map_err(failed)?;
    let mut frame = Frame::new(&site, site.economy(&code), &asked.here);
    let query = query_string([(parameter(Property::IssuerEconomy), code.as_str())]);
    frame.twin = format!("/v1/records?{query}");
    let named = named(&site, authorities(&standing));
    let economy = EconomyPage {
        frame,
        office: standing.logs.iter().find_map(office),
        economy: EconomyRow::new(&site, &standing, &named),
        rules: Rows::of(&site, &rules),
        arrangements: Rows::of_arrangements(&site, &arrangements),
        members_on: members_on(&site, on),
        on: on.to_string(),
        bodies: Rows::of(&site, &bodies),
        grants: Rows::of(&site, &grants),
        newest: Rows::found(&site, &newest.hits, newest.total),
    };
    Ok(page(StatusCode::OK, &economy))
}

fn authorities(standing: &EconomyStanding) -> impl Iterator<Item = &str> {
    standing.authorities.iter().map(String::as_str)
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
            wanted(Property::IssuerEconomy, code),
            wanted(Property::Kind, Kind::Attestation.name()),
        ],
        sort: SortOrder::Newest,
        limit: NEWEST,
        ..SearchRequest::default()
    }
}
