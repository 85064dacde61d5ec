//! Notices as answers: whole in lists and beside verdicts, as a count in summaries.

use comity_model::date::{Day, Instant};
use comity_model::notice::{Notice, NoticeSort, NoticeSubject};
use comity_model::record::Record;
use comity_model::text::{LangString, projected};
use comity_node::look_up::Found;
use comity_node::notices::{NoticeFound, NoticePage, NoticeQuery, Touch, Touched};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::App;
use crate::problem::Problem;
use crate::respond::encoded;
use crate::view::{self, LogPlace};

/// Most notices shown under a record or beside a verdict; `all` leads to the rest.
pub const MAX_SHOWN: usize = 20;

/// The notices that touch a record or a number. They decide nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Notices {
    /// Those that stand and the gravest first.
    pub items: Vec<NoticeItem>,
    /// How many there are.
    pub total: usize,
    /// There are more than were looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// Where all of them are listed.
    pub all: String,
}

/// How many notices touch a record, for lists.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeCount {
    /// How many stand.
    pub count: usize,
    /// The gravest sort among them.
    #[schema(value_type = NoticeSortWord)]
    pub most_serious: NoticeSort,
}

/// One notice.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeItem {
    /// `urn:uuid:` identifier.
    pub id: String,
    /// SHA-256 of the exact bytes, in hex.
    pub record_digest: String,
    /// SHA-256 of the canonical document without proof, in hex.
    pub document_digest: String,
    /// What sort of notice.
    #[schema(value_type = NoticeSortWord)]
    pub sort: NoticeSort,
    /// Title.
    pub name: String,
    /// In words: each a language tag and a text.
    #[schema(value_type = Vec<Object>)]
    pub text: LangString,
    /// The records, numbers and parties that it is about.
    #[schema(value_type = Vec<Object>)]
    pub about: Vec<NoticeSubject>,
    /// By what it touches what was asked about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<TouchWord>)]
    pub touches: Vec<&'static str>,
    /// Whose word it is.
    pub by: NoticeSigner,
    /// Since when it is known: when it was logged, or received here if that was earlier.
    #[schema(value_type = String, format = DateTime)]
    pub known_since: Instant,
    /// What became of it, in one word: `withdrawn` once its signer has taken it back.
    #[schema(example = "active")]
    pub state: &'static str,
    /// Who is asked, of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub addressee: Option<Value>,
    /// The last day for an answer, of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub answer_by: Option<Day>,
    /// Where it stands on the day, of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<RequestWord>)]
    pub request: Option<&'static str>,
    /// The day of the first answer that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub answered_on: Option<Day>,
    /// The answer came after the last day for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub answered_late: bool,
    /// The answer, of a reply: `confirmed`, `notConfirmed` or `cannotSay`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub answer: Option<Value>,
    /// On which terms the content may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The law it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// What those who may answer have answered, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub answers: Vec<NoticeItem>,
    /// Where it was logged.
    pub log: Vec<LogPlace>,
    /// Where to read on.
    pub links: view::Links,
}

/// Whose word a notice is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeSigner {
    /// DID.
    pub id: String,
    /// The name under which it is registered.
    pub name: String,
    /// DID of the authority that answers for it.
    pub authority: String,
    /// The economy of that authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// It is the authority itself.
    pub is_authority: bool,
}

/// A sort of notice.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of `NoticeSort`")]
pub(crate) enum NoticeSortWord {
    Misuse,
    ForgedCertificate,
    ConfirmationRequest,
    ConfirmationReply,
    Response,
}

/// By what a notice touches something.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of `Touch`")]
pub(crate) enum TouchWord {
    Itself,
    Record,
    Number,
    Issuer,
    Holder,
    Party,
}

/// Where a request for confirmation stands.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of `RequestState`")]
pub(crate) enum RequestWord {
    Open,
    Answered,
    NoAnswerByTheDay,
}

/// The notices that touch a record; `None` where there are none.
///
/// # Errors
/// What the node could not do.
pub(crate) async fn of_record(app: &App, found: &Found) -> Result<Option<Notices>, Problem> {
    let digest = hex::encode(found.row.digest);
    let touched = comity_node::Node::touched_of(found);
    shown(app, touched, format!("/v1/notices?about={digest}")).await
}

/// The notices that touch a number, whether or not a record has it.
///
/// # Errors
/// As [`of_record`].
pub(crate) async fn of_number(
    app: &App,
    number: &str,
    issuer: Option<&str>,
) -> Result<Option<Notices>, Problem> {
    let Some(touched) = Touched::number(number, issuer) else {
        return Ok(None);
    };
    let mut all = format!("/v1/notices?number={}", encoded(number));
    if let Some(issuer) = issuer {
        all.push_str("&issuer=");
        all.push_str(&encoded(issuer));
    }
    shown(app, touched, all).await
}

/// The notices that touch a record which is shown and need not be held.
///
/// # Errors
/// As [`of_record`].
pub(crate) async fn of_shown(app: &App, record: &Record) -> Result<Option<Notices>, Problem> {
    let all = format!("/v1/notices?party={}", encoded(&record.issuer.id));
    shown(app, Touched::of(record), all).await
}

/// How many notices touch a record; `None` where none does.
///
/// # Errors
/// As [`of_record`].
pub(crate) async fn count(app: &App, found: &Found) -> Result<Option<NoticeCount>, Problem> {
    let touched = comity_node::Node::touched_of(found);
    let counted = app.node.notice_count(touched).await?;
    Ok(counted.map(|counted| NoticeCount {
        count: counted.count,
        most_serious: counted.most_serious,
    }))
}

async fn shown(app: &App, of: Touched, all: String) -> Result<Option<Notices>, Problem> {
    let query = NoticeQuery {
        of: Some(of),
        limit: MAX_SHOWN,
        ..NoticeQuery::default()
    };
    let page: NoticePage = app.node.notices(&query).await?;
    Ok((page.total > 0).then(|| Notices {
        items: page.items.iter().filter_map(item).collect(),
        total: page.total,
        cut: page.cut,
        all,
    }))
}

/// A notice as an answer.
pub(crate) fn item(found: &NoticeFound) -> Option<NoticeItem> {
    let (record, notice) = found.read()?;
    let Notice {
        sort,
        about,
        text,
        addressee,
        answer_by,
        in_reply_to: _,
        answer,
        terms,
        legal_basis,
    } = notice;
    let heard = &found.heard;
    Some(NoticeItem {
        id: record.id.clone(),
        record_digest: hex::encode(found.row.digest),
        document_digest: hex::encode(found.row.document_digest),
        sort: *sort,
        name: projected(&record.name),
        text: text.clone(),
        about: about.clone(),
        touches: found.touches.iter().copied().map(Touch::word).collect(),
        by: NoticeSigner {
            id: record.issuer.id.clone(),
            name: projected(&heard.name),
            authority: record.comity.authority.clone(),
            economy: heard.economy.clone(),
            is_authority: heard.is_authority,
        },
        known_since: heard.known,
        state: heard.state.word(),
        addressee: addressee.as_ref().map(|addressee| json!(addressee)),
        answer_by: *answer_by,
        request: found.request.map(|request| request.state.word()),
        answered_on: found.request.and_then(|request| request.answered_on),
        answered_late: found.request.is_some_and(|request| request.late),
        answer: answer.map(|answer| json!(answer)),
        terms: terms.clone(),
        legal_basis: legal_basis.clone(),
        answers: found.answers.iter().filter_map(item).collect(),
        log: view::places(&found.places),
        links: view::Links::of(&record.id, &found.row.digest),
    })
}
