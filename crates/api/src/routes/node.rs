//! `GET /v1/node`: who runs this node.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::party::Contact;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;

/// Who runs this node, its keys, and how much it holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NodeView {
    /// Name of the authority.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the economy.
    pub economy: String,
    /// DID of the authority.
    pub authority: String,
    /// Public host name.
    pub host: String,
    /// Where the world reaches it, if configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Origin of the open log.
    pub origin: String,
    /// Verification key of the open log.
    pub vkey: String,
    /// Key of the authority that this node's policy holds, as multikey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_key: Option<String>,
    /// Program and version.
    pub software: String,
    /// Set for made-up worlds: nothing here is real.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
    /// The office to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub contact: Option<Contact>,
    /// The sentence that stands under every verdict.
    pub legal_notice: String,
    /// Records held, by kind.
    pub counts: BTreeMap<String, u64>,
}

/// Read who runs this node.
#[utoipa::path(
    get, path = "/v1/node", tag = "node", operation_id = "getNode",
    responses((status = 200, description = "The node", body = NodeView)),
)]
pub(crate) async fn node(
    State(app): State<Arc<App>>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let config = app.node.config();
    let authority = config.authority();
    let origin = config.origin();
    let logs = app.node.logs().await?;
    let vkey = logs
        .into_iter()
        .find(|log| log.origin == origin)
        .map(|log| log.vkey);
    let entry = app.node.policy().authority(&authority);
    let key = entry
        .and_then(|entry| entry.keys.last())
        .map(|entry| entry.key.clone());
    let view = NodeView {
        name: config.name.clone(),
        economy: config.economy.clone(),
        host: config.host.clone(),
        url: app.options.public_url.clone(),
        vkey: vkey.unwrap_or_default(),
        authority_key: key,
        software: concat!("comity/", env!("CARGO_PKG_VERSION")).to_owned(),
        demo: config.demo,
        contact: config.contact.clone(),
        legal_notice: config.legal_notice.clone(),
        counts: app.node.counts().await?.into_iter().collect(),
        authority,
        origin,
    };
    let response = respond::json(StatusCode::OK, &view);
    Ok(respond::kept(
        response,
        &weak_tag(&app, ""),
        Keep::ForSeconds,
    ))
}
