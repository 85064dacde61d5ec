//! `GET /v1/trust`: whose keys this node believes, for whoever verifies by himself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::date::Instant;
use comity_recognition::policy::{DatedBy, TrustedKey};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;

/// Name and version of the format.
const FORMAT: &str = "comity.trust/v1";

/// The keys that the policy of this node believes, with what its federation says filled in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrustView {
    /// `comity.trust/v1`.
    pub format: &'static str,
    /// Whose node says so.
    pub node: TrustNode,
    /// When this was so.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Instant,
    /// Digest of the policy, in hex, as it stands in every verdict.
    pub policy_digest: String,
    /// Heads of registration chains.
    pub authorities: Vec<TrustAuthority>,
    /// Logs whose entries count.
    pub logs: Vec<TrustLog>,
    /// Verification keys of cosigners.
    pub cosigners: Vec<String>,
    /// Who dates logs that do not date themselves, from when to when.
    pub cosigner_sets: Vec<TrustCosigners>,
    /// Keys that may sign the status statements of bundles, as multikeys.
    pub status_signers: Vec<TrustKey>,
}

/// The node whose list it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustNode {
    /// Name of the authority.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the economy.
    pub economy: String,
    /// DID of the authority.
    pub authority: String,
}

/// A key and the instants between which it counts, both included.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustKey {
    /// The key, as multikey.
    pub key: String,
    /// From this instant, if there is a beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Instant>,
    /// Until this instant, if there is an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Instant>,
}

/// A verification key of a log and the instants between which it counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustVkey {
    /// The key, as vkey.
    pub vkey: String,
    /// From this instant, if there is a beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Instant>,
    /// Until this instant, if there is an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Instant>,
}

/// An authority that heads registration chains.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustAuthority {
    /// DID.
    pub did: String,
    /// ISO 3166-1 alpha-2 code; none of an international secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// Its keys.
    pub keys: Vec<TrustKey>,
}

/// A log whose entries count.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrustLog {
    /// Origin.
    pub origin: String,
    /// Every key that it had and will have.
    pub vkeys: Vec<TrustVkey>,
    /// `self` or `quorum`.
    #[schema(value_type = String)]
    pub dated_by: DatedBy,
    /// Economies whose log it is; their mirrors do not date it.
    pub economies: Vec<String>,
}

/// A set of cosigners.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustCosigners {
    /// From this instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Until this instant, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Instant>,
    /// More lines than a quorum needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<usize>,
    /// Its members.
    pub members: Vec<TrustMember>,
}

/// A cosigner. One whose key is not known counts too, under a key that nobody has.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustMember {
    /// Public key, 32 bytes in hex.
    pub key: String,
    /// ISO 3166-1 alpha-2 code of its economy.
    pub economy: String,
}

/// Read whose keys this node believes.
///
/// With this list a browser, or anybody offline, tells that a record is genuine and was published:
/// signatures, receipts and cosignatures. Whether it counts is a question for `/v1/recognition`.
#[utoipa::path(
    get, path = "/v1/trust", tag = "node", operation_id = "getTrust",
    responses((status = 200, description = "The trust list", body = TrustView)),
)]
pub(crate) async fn trust(
    State(app): State<Arc<App>>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let config = app.node.config();
    let (as_of, list) = app.node.trust_list();
    let keys = |keys: Vec<TrustedKey>| keys.into_iter().map(TrustKey::from).collect();
    let view = TrustView {
        format: FORMAT,
        node: TrustNode {
            name: config.name.clone(),
            economy: config.economy.clone(),
            authority: config.authority(),
        },
        as_of,
        policy_digest: hex::encode(app.node.policy().digest()),
        authorities: (list.authorities.into_iter())
            .map(|authority| TrustAuthority {
                did: authority.did,
                economy: authority.economy,
                keys: keys(authority.keys),
            })
            .collect(),
        logs: (list.logs.into_iter())
            .map(|log| TrustLog {
                origin: log.origin,
                vkeys: log.vkeys.into_iter().map(TrustVkey::from).collect(),
                dated_by: log.dated_by,
                economies: log.economies,
            })
            .collect(),
        cosigners: list.cosigners,
        cosigner_sets: (list.cosigner_sets.into_iter())
            .map(|set| TrustCosigners {
                from: set.from,
                until: set.until,
                threshold: set.threshold,
                members: (set.members.into_iter())
                    .map(|(key, economy)| TrustMember { key, economy })
                    .collect(),
            })
            .collect(),
        status_signers: keys(list.status_signers),
    };
    let response = respond::json(StatusCode::OK, &view);
    Ok(respond::kept(
        response,
        &weak_tag(&app, ""),
        Keep::ForSeconds,
    ))
}

impl From<TrustedKey> for TrustKey {
    fn from(TrustedKey { key, from, until }: TrustedKey) -> Self {
        Self { key, from, until }
    }
}

impl From<TrustedKey> for TrustVkey {
    fn from(TrustedKey { key, from, until }: TrustedKey) -> Self {
        Self {
            vkey: key,
            from,
            until,
        }
    }
}
