//! Of a number: the records with it that were taken down.

use comity_model::date::Day;
use comity_model::text::projected;
use comity_recognition::question::Selector;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::problem::Problem;

/// A record whose content is withheld.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakenDownView {
    /// SHA-256 of its exact bytes, in hex.
    pub record_digest: String,
    /// The day on which it was taken down.
    #[schema(value_type = String, format = Date)]
    pub on: Day,
    /// DID of the authority that took it down: it is to be asked.
    pub by: String,
    /// The ground that it gives.
    pub legal_basis: String,
    /// Record digest of the order, in hex.
    pub takedown: String,
}

/// The records with exactly that number that were taken down.
pub(super) async fn taken_down(
    app: &App,
    number: String,
    issuer: Option<String>,
) -> Result<Vec<TakenDownView>, Problem> {
    let selector = Selector::Number { number, issuer };
    let acts = app.node.taken_down_of(&selector).await?;
    let views = acts.into_iter().map(|act| TakenDownView {
        record_digest: hex::encode(act.digest),
        on: act.on,
        by: act.by,
        legal_basis: projected(&act.ground),
        takedown: hex::encode(act.takedown),
    });
    Ok(views.collect())
}
