//! `GET /v1/notices`, `GET /v1/notices.atom`: warnings, requests for confirmation, their answers.

mod entry;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;
use comity_model::party::is_did;
use comity_node::Node;
use comity_node::notices::{MAX_PAGE, NoticePage, NoticeQuery, Touched};
use comity_node::recognise::selector;
use comity_recognition::question::Selector;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::feed::{Feed, Format};
use crate::notices::{NoticeItem, item};
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::{find, single, weak_tag};
use crate::routes::search::{limit, next_link};

/// Notices on a page if `limit` is absent.
pub const DEFAULT_NOTICES: usize = 20;
/// Entries of the feed.
pub const MAX_ENTRIES: usize = 100;

/// Which notices. At most one of `about`, `number` and `party`; they are joined with the others by
/// *and*.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `list` reads")]
pub(crate) struct NoticeParameters {
    /// A record that is held: UUID, `urn:uuid:` or record digest. Finds what touches it, its
    /// number, its signer or its holder.
    #[param(max_length = 2000)]
    about: Option<String>,
    /// A printed number, whether or not a record has it.
    #[param(max_length = 800)]
    number: Option<String>,
    /// With `number`: DID of who is said to have given it.
    #[param(max_length = 2000)]
    issuer: Option<String>,
    /// DID of a party that notices are about.
    #[param(max_length = 2000)]
    party: Option<String>,
    /// DID of the signer.
    #[param(max_length = 2000)]
    by: Option<String>,
    /// First held by this node on this day or later.
    #[param(format = Date)]
    since: Option<String>,
    /// The day as of which states are told; today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
    /// Notices on the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// `next` of the page before; the other parameters must be the same.
    #[param(max_length = 2000)]
    cursor: Option<String>,
}

/// Which notices the feed has; as of `GET /v1/notices`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `feed` reads")]
pub(crate) struct FeedParameters {
    /// A record that is held.
    #[param(max_length = 2000)]
    about: Option<String>,
    /// A printed number.
    #[param(max_length = 800)]
    number: Option<String>,
    /// With `number`: DID of who is said to have given it.
    #[param(max_length = 2000)]
    issuer: Option<String>,
    /// DID of a party that notices are about.
    #[param(max_length = 2000)]
    party: Option<String>,
    /// DID of the signer.
    #[param(max_length = 2000)]
    by: Option<String>,
    /// First held by this node on this day or later.
    #[param(format = Date)]
    since: Option<String>,
}

/// A page of notices.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeList {
    /// The notices: of a record, number or party those that stand and the gravest first, else the
    /// newest first.
    pub items: Vec<NoticeItem>,
    /// How many there are.
    pub total: usize,
    /// There are more than were looked at; narrow the question.
    pub cut: bool,
    /// Notices that fit and are left out, because their signers are not registered for notices
    /// under this node's policy.
    pub not_from_registered_authorities: usize,
    /// Where to go on; null on the last page.
    pub next: Option<String>,
}

/// List notices: warnings of misuse and of forged certificates, requests for confirmation.
///
/// Replies and responses stand under what they answer. A notice decides no verdict. Only notices
/// count whose signer is registered for them under this node's policy.
#[utoipa::path(
    get, path = "/v1/notices", tag = "records", operation_id = "listNotices",
    params(NoticeParameters),
    responses(
        (status = 200, description = "A page of notices", body = NoticeList,
            headers(("Link" = String, description = "`rel=\"next\"` where there is a next page"))),
        (status = 300, description = "Several records stand under the name in `about`", body = crate::view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "The record in `about` is not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::read(&mut parameters)?;
    let on = parameters.read("on")?;
    let limit = limit(&mut parameters, MAX_PAGE, DEFAULT_NOTICES)?;
    let cursor = parameters.one("cursor")?;
    parameters.finish()?;
    let mut query = match asked.query(&app).await? {
        Ok(query) => query,
        Err(response) => return Ok(*response),
    };
    query.on = on;
    query.limit = limit;
    query.cursor = cursor;
    let etag = weak_tag(&app, "notices");
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let page = app.node.notices(&query).await?;
    let NoticePage {
        items,
        total,
        cut,
        left_out,
        next,
    } = page;
    let list = NoticeList {
        items: items.iter().filter_map(item).collect(),
        total,
        cut,
        not_from_registered_authorities: left_out,
        next,
    };
    let mut response = respond::json(StatusCode::OK, &list);
    if let Some(link) = list.next.as_ref().and_then(|next| next_link(&uri, next)) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

/// Subscribe to notices: an Atom feed (RFC 4287) of the newest hundred.
#[utoipa::path(
    get, path = "/v1/notices.atom", tag = "records", operation_id = "followNotices",
    params(FeedParameters),
    responses(
        (status = 200, description = "The feed", body = String, content_type = "application/atom+xml"),
        (status = 300, description = "Several records stand under the name in `about`", body = crate::view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "The record in `about` is not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn feed(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::read(&mut parameters)?;
    parameters.finish()?;
    let mut query = match asked.query(&app).await? {
        Ok(query) => query,
        Err(response) => return Ok(*response),
    };
    query.limit = MAX_ENTRIES;
    let page = app.node.notices(&query).await?;
    let base = app.base();
    let items = page.items.iter().filter_map(item);
    let more = page.next.as_ref().map(|_| {
        format!("The newest {MAX_ENTRIES}. More are held: {base}/v1/notices lists them all.")
    });
    let feed = Feed {
        title: format!("Notices held by {}", app.node.config().name),
        more,
        path: uri
            .path_and_query()
            .map_or("", |path| path.as_str())
            .to_owned(),
        entries: items.map(|item| entry::entry(&base, &item)).collect(),
        base,
    };
    Ok(respond::content(
        &headers,
        Format::Atom.media_type(),
        feed.write(Format::Atom),
        Keep::ForAMinute,
    ))
}

/// What both paths are asked.
struct Asked {
    about: Option<String>,
    number: Option<String>,
    issuer: Option<String>,
    party: Option<String>,
    query: NoticeQuery,
}

impl Asked {
    fn read(parameters: &mut Parameters) -> Result<Self, Problem> {
        let asked = Self {
            about: parameters.one("about")?,
            number: parameters.one("number")?,
            issuer: parameters.one("issuer")?,
            party: did(parameters, "party")?,
            query: NoticeQuery {
                by: did(parameters, "by")?,
                since: parameters.read("since")?,
                ..NoticeQuery::default()
            },
        };
        let given = [&asked.about, &asked.number, &asked.party];
        if given.into_iter().flatten().count() > 1 {
            let detail = "give one of about, number and party; ask again for another";
            return Err(Problem::parameter("about", "exclusive", detail));
        }
        if asked.issuer.is_some() && asked.number.is_none() {
            let detail = "it says whose number is meant; give the number too, or use party";
            return Err(Problem::parameter("issuer", "withoutNumber", detail));
        }
        Ok(asked)
    }

    /// The question, or the answer that several records stand under the name.
    async fn query(self, app: &App) -> Result<Result<NoticeQuery, Box<Response>>, Problem> {
        let mut query = self.query;
        if let Some(name) = &self.about {
            if matches!(selector(name, None), Selector::Number { .. }) {
                let detail = "expected a UUID, urn:uuid: or a record digest of 64 hexadecimal \
                              digits; ask about a number with number=";
                return Err(Problem::parameter("about", "invalid", detail));
            }
            query.of = match single(app, find(app, name).await?, name) {
                Ok(found) => Some(Node::touched_of(&found)),
                Err(response) => return Ok(Err(response)),
            };
        } else if let Some(number) = &self.number {
            let touched = Touched::number(number, self.issuer.as_deref());
            query.of = Some(touched.ok_or_else(|| {
                let detail = "expected a number with letters or digits";
                Problem::parameter("number", "invalid", detail)
            })?);
        } else if let Some(party) = &self.party {
            query.of = Some(Touched::party(party));
        }
        Ok(Ok(query))
    }
}

fn did(parameters: &mut Parameters, name: &'static str) -> Result<Option<String>, Problem> {
    let did = parameters.one(name)?;
    if did.as_ref().is_some_and(|did| !is_did(did)) {
        let detail = "expected a DID such as did:web:nqi.example.se";
        return Err(Problem::parameter(name, "invalid", detail));
    }
    Ok(did)
}
