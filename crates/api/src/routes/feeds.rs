//! `GET /feeds/records.atom`, `/feeds/status.atom`, and the same as JSON Feed: what is new of a
//! search, and what became of records.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use comity_model::date::LegalDate;
use comity_model::record::{Kind, Subject};
use comity_model::status::StatusEvent;
use comity_model::text::projected;
use comity_node::look_up::{Found, HistoryEvent, LoggedAt};
use comity_node::search::{Condition, Property, SearchPage, SearchRequest, SortOrder};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::standing_now::RecordState;
use comity_recognition::wording::{self, Language};
use utoipa::IntoParams;

use crate::App;
use crate::feed::{Entry, Feed, Format};
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, JSON, Keep};
use crate::routes::record::{find, single};
use crate::routes::search::{SearchParameters, narrowed};
use crate::view;

/// Entries of a feed, the last logged ones.
pub const MAX_ENTRIES: usize = 50;
/// Events looked at to date the entry of a record anew, the last received ones.
pub const MAX_DATING_EVENTS: usize = 10;

/// In which language an entry speaks and leads on.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "documents what `language` reads")]
pub(crate) struct LanguageParameter {
    /// Language of the words around a record, such as `fr`; English if absent.
    #[param(max_length = 35)]
    lang: Option<String>,
}

/// Whose events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "documents what `status` reads")]
pub(crate) struct RecordParameter {
    /// The events on this record only: UUID, `urn:uuid:` or record digest. Takes no other
    /// parameter but `lang`.
    #[param(max_length = 2000)]
    record: Option<String>,
}

/// Subscribe to a search: an Atom feed (RFC 4287) of the 50 records that were logged last.
///
/// An entry is dated anew by the events on its record, of which the 10 that this node received last
/// are looked at. A feed that leaves older ones out says so.
#[utoipa::path(
    get, path = "/feeds/records.atom", tag = "records", operation_id = "followRecords",
    params(SearchParameters, LanguageParameter),
    responses(
        (status = 200, description = "The feed", body = String, content_type = "application/atom+xml"),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn records_atom(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    records(&app, parameters, &uri, &headers, Format::Atom).await
}

/// Subscribe to a search: the same as JSON Feed 1.1.
#[utoipa::path(
    get, path = "/feeds/records.json", tag = "records", operation_id = "followRecordsAsJson",
    params(SearchParameters, LanguageParameter),
    responses(
        (status = 200, description = "The feed", body = Object, content_type = "application/feed+json"),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn records_json(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    records(&app, parameters, &uri, &headers, Format::Json).await
}

/// Subscribe to changes of status: an Atom feed (RFC 4287) of the 50 events that were logged last,
/// on one record, or by words, status, issuer and economy of the events themselves. A feed that
/// leaves older ones out says so.
#[utoipa::path(
    get, path = "/feeds/status.atom", tag = "records", operation_id = "followStatus",
    params(RecordParameter, SearchParameters, LanguageParameter),
    responses(
        (status = 200, description = "The feed", body = String, content_type = "application/atom+xml"),
        (status = 300, description = "Several records stand under the name in `record`", body = view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "The record in `record` is not held", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn status_atom(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    status(&app, parameters, &uri, &headers, Format::Atom).await
}

/// Subscribe to changes of status: the same as JSON Feed 1.1.
#[utoipa::path(
    get, path = "/feeds/status.json", tag = "records", operation_id = "followStatusAsJson",
    params(RecordParameter, SearchParameters, LanguageParameter),
    responses(
        (status = 200, description = "The feed", body = Object, content_type = "application/feed+json"),
        (status = 300, description = "Several records stand under the name in `record`", body = view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "The record in `record` is not held", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn status_json(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    status(&app, parameters, &uri, &headers, Format::Json).await
}

async fn records(
    app: &App,
    mut parameters: Parameters,
    uri: &Uri,
    headers: &HeaderMap,
    format: Format,
) -> Result<Response, Problem> {
    let speaker = Speaker::read(app, &mut parameters)?;
    let request = newest(narrowed(&mut parameters)?);
    parameters.finish()?;
    let about = described(&request);
    let mut entries = Vec::new();
    let found = app.node.find(request).await?;
    let more = more_found(&found);
    for found in found.hits {
        let newest = app.node.newest_events(&found.row, MAX_DATING_EVENTS);
        let (events, _) = newest.await?;
        entries.push(speaker.record(&found, &events));
    }
    let title = format!("Records{about} · {}", app.node.config().name);
    Ok(speaker.answer((title, more), entries, uri, headers, format))
}

async fn status(
    app: &App,
    mut parameters: Parameters,
    uri: &Uri,
    headers: &HeaderMap,
    format: Format,
) -> Result<Response, Problem> {
    let speaker = Speaker::read(app, &mut parameters)?;
    let (title, more, entries) = if let Some(name) = parameters.one("record")? {
        parameters.finish()?;
        let found = match single(app, find(app, &name).await?, &name) {
            Ok(found) => found,
            Err(response) => return Ok(*response),
        };
        let (events, more) = app.node.newest_events(&found.row, MAX_ENTRIES).await?;
        let more = more.then(|| {
            let history = speaker.history(&found);
            format!("The last {MAX_ENTRIES} events. More are held: {history}")
        });
        let entries = events.iter();
        let entries = entries.filter_map(|event| speaker.event(&event.evidence, &event.places));
        (format!(" of {}", name_of(&found)), more, entries.collect())
    } else {
        let mut request = newest(narrowed(&mut parameters)?);
        parameters.finish()?;
        of_events(&request)?;
        let about = described(&request);
        request.conditions.push(Condition {
            property: Property::Kind,
            value: Kind::StatusEvent.name().to_owned(),
            unwanted: false,
        });
        let found = app.node.find(request).await?;
        let entries = found.hits.iter();
        let entries = entries.filter_map(|found| speaker.event(&found.evidence, &found.places));
        (about, more_found(&found), entries.collect())
    };
    let title = format!("Changes of status{title} · {}", app.node.config().name);
    Ok(speaker.answer((title, more), entries, uri, headers, format))
}

/// That a search finds more than a feed has.
fn more_found(found: &SearchPage) -> Option<String> {
    found.next.as_ref().map(|_| {
        format!(
            "The {MAX_ENTRIES} that were logged last. More are held: /v1/records finds them all."
        )
    })
}

/// Refuses conditions that no event can meet, so that a feed does not stay empty for ever.
fn of_events(request: &SearchRequest) -> Result<(), Problem> {
    let known = [Property::Status, Property::Issuer, Property::Economy];
    let mut others = request
        .conditions
        .iter()
        .map(|condition| condition.property);
    match others.find(|property| !known.contains(property)) {
        Some(property) => {
            let name = if property == Property::Kind {
                "type"
            } else {
                property.name()
            };
            let detail = "no change of status has this; follow one record by `record`";
            Err(Problem::parameter(name, "invalid", detail))
        }
        None => Ok(()),
    }
}

fn newest(request: SearchRequest) -> SearchRequest {
    SearchRequest {
        sort: SortOrder::Logged,
        limit: MAX_ENTRIES,
        ..request
    }
}

/// What is asked, as a title says it.
fn described(request: &SearchRequest) -> String {
    let conditions = request.conditions.iter();
    let values = conditions.map(|one| {
        if one.unwanted {
            format!("-{}", one.value)
        } else {
            one.value.clone()
        }
    });
    let words = Some(request.text.clone()).filter(|text| !text.trim().is_empty());
    let parts: Vec<_> = words.into_iter().chain(values).collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(": {}", projected(&parts.join(", ")))
}

fn name_of(found: &Found) -> String {
    let record = found.evidence.record.as_ref();
    record.map_or_else(|_| found.row.id.clone(), |record| projected(&record.name))
}

/// Writes entries in a language, with addresses of a node.
struct Speaker {
    base: String,
    language: Language,
    /// Whether there are pages to lead to.
    pages: bool,
}

impl Speaker {
    fn read(app: &App, parameters: &mut Parameters) -> Result<Self, Problem> {
        let language = match parameters.one("lang")? {
            Some(tag) => Language::of_tag(&tag).ok_or_else(|| {
                let tags = Language::ALL.map(Language::tag).join(", ");
                Problem::parameter("lang", "invalid", format!("expected one of {tags}"))
            })?,
            None => Language::En,
        };
        Ok(Self {
            base: app.base(),
            language,
            pages: app.options.pages.is_some(),
        })
    }

    fn answer(
        self,
        (title, more): (String, Option<String>),
        mut entries: Vec<Entry>,
        uri: &Uri,
        headers: &HeaderMap,
        format: Format,
    ) -> Response {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
        let feed = Feed {
            title,
            more,
            base: self.base,
            path: uri
                .path_and_query()
                .map_or("", |path| path.as_str())
                .to_owned(),
            entries,
        };
        let written = feed.write(format);
        respond::content(headers, format.media_type(), written, Keep::ForAMinute)
    }

    /// Where all events of a record are.
    fn history(&self, found: &Found) -> String {
        let digest = hex::encode(found.row.digest);
        format!("{}/v1/records/{digest}/history", self.base)
    }

    /// What both sorts of entry say.
    fn entry(&self, evidence: &EvidenceRecord, places: &[LoggedAt]) -> Entry {
        let digest = hex::encode(evidence.record_digest);
        let data = format!("{}/v1/records/{digest}", self.base);
        let tag = self.language.tag();
        let logged = places.iter().filter_map(|place| place.at).min();
        let record = evidence.record.as_ref().ok();
        Entry {
            link: if self.pages {
                (format!("{}/{tag}/records/{digest}", self.base), "text/html")
            } else {
                (data.clone(), JSON)
            },
            id: data,
            title: record.map_or(digest, |record| projected(&record.name)),
            language: record.map(|record| record.comity.language.clone()),
            author: record.map_or_else(String::new, |record| projected(&record.issuer.name)),
            published: logged,
            updated: logged,
            categories: record
                .iter()
                .map(|one| one.kind().name().to_owned())
                .collect(),
            ..Entry::default()
        }
    }

    fn record(&self, found: &Found, events: &[HistoryEvent]) -> Entry {
        let mut entry = self.entry(&found.evidence, &found.places);
        let times = events.iter().flat_map(|event| &event.places);
        let newest = times.filter_map(|place| place.at).max();
        entry.updated = entry.updated.max(newest);
        entry.categories.push(found.state.clone());
        let Ok(record) = &found.evidence.record else {
            return entry;
        };
        let said = view::described(record);
        let state = RecordState::ALL.into_iter();
        let state = state.into_iter().find(|one| one.word() == found.state);
        let state = state.map(|state| wording::status(state, self.language));
        let kind = wording::kind(record.kind(), self.language);
        let lines = [
            Some(format!("{kind}: {}", state.unwrap_or(&found.state))),
            said.certificate_number.as_deref().map(projected),
            said.holder.map(|holder| holder.name),
            Some(said.standards.join(", ")).filter(|standards| !standards.is_empty()),
            said.valid_from
                .as_ref()
                .map(|from| period(from, said.valid_until.as_ref())),
        ];
        entry.content = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
        entry
    }

    fn event(&self, evidence: &EvidenceRecord, places: &[LoggedAt]) -> Option<Entry> {
        let record = evidence.record.as_ref().ok()?;
        let Subject::StatusEvent(event) = &record.subject else {
            return None;
        };
        let action = wording::action(event.action, self.language);
        let mut entry = self.entry(evidence, places);
        entry.title = format!("{action}: {}", entry.title);
        entry.content = self.said(event).join("\n");
        Some(entry)
    }

    /// What an event says, in lines.
    fn said(&self, event: &StatusEvent) -> Vec<String> {
        let until = event.effective_until.as_ref();
        let mut lines = vec![period(&event.effective_from, until)];
        lines.extend(
            event
                .reason_code
                .map(|code| wording::reason(code, self.language).to_owned()),
        );
        lines.extend(event.reason.0.iter().map(|text| projected(&text.value)));
        lines.extend(event.legal_basis.as_deref().map(projected));
        let subjects = event.subjects.iter().take(MAX_ENTRIES);
        lines.extend(subjects.map(|one| self.link(&one.id)));
        let more = event.subjects.len().saturating_sub(MAX_ENTRIES);
        lines.extend((more > 0).then(|| format!("+ {more}")));
        lines
    }

    fn link(&self, id: &str) -> String {
        match id.strip_prefix("urn:uuid:") {
            Some(uuid) => format!("{}/r/{uuid}", self.base),
            None => projected(id),
        }
    }
}

/// ISO 8601-1 5.5.2: an interval, open where it has no end.
fn period(from: &LegalDate, until: Option<&LegalDate>) -> String {
    let until = until.map_or_else(|| "..".to_owned(), |until| until.latest().to_string());
    format!("{}/{until}", from.earliest())
}
