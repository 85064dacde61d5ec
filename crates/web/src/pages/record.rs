//! A record: the verdict, what to compare with the paper, the chain, the facts, what became of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::date::LegalDate;
use comity_model::notice::NoticeSort;
use comity_model::party::{PartyReference, is_economy};
use comity_model::record::{Kind, Record, Subject};
use comity_model::text::projected;
use comity_node::look_up::{Found, HistoryEvent};
use comity_node::notices::{NoticeQuery, Touched};
use comity_recognition::paper::{self, Field};
use comity_recognition::question::Selector;
use comity_recognition::wording::{self, Direction};

use crate::asked::{Asked, query_string};
use crate::diagram;
use crate::facts::{self, Fact, PaperRow, Says};
use crate::frame::{Frame, page};
use crate::icon;
use crate::pages::home::{Choice, economies};
use crate::pages::qr::Printed;
use crate::pages::search::period;
use crate::site::{Answer, Site};
use crate::texts::text;
use crate::trouble::Trouble;
use crate::verdict::{Panel, named, product, question, typed_codes};

/// Most notices under a verdict; the rest are at the interface for programs.
const NOTICES: usize = 20;

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    frame: Frame,
    name: String,
    lang: String,
    kind: String,
    state: (String, &'static str, String),
    /// That a key that signed it has been revoked, and since when.
    revoked: Option<String>,
    /// A record that no longer stands says so over the whole width.
    warning: Option<String>,
    panel: Option<Panel>,
    judged: bool,
    /// A status event has no status of its own.
    has_status: bool,
    form: Form,
    /// What can be compared with the paper, and what was.
    paper: Vec<PaperRow>,
    says: Says,
    provenance: Vec<Fact>,
    history: Vec<HistoryRow>,
    notices: Vec<NoticeRow>,
    signers: Vec<(String, String)>,
    places: Vec<(String, u64)>,
    /// Who can correct the status.
    correct: String,
    uuid: String,
    digest: String,
    document_digest: String,
    link: String,
    qr: String,
    bundle: Option<String>,
    cite: String,
}

/// What can be asked of the record.
struct Form {
    economies: Vec<Choice>,
    on: String,
    hs: String,
    /// Name of the parameter, label, value.
    printed: Vec<(&'static str, String, String)>,
    action: String,
}

impl RecordPage {
    /// Whether something of the paper was typed.
    fn has_typed(&self) -> bool {
        self.paper.iter().any(|row| row.typed.is_some())
    }
}

impl Form {
    /// Whether something of the paper was asked about.
    fn has_printed(&self) -> bool {
        self.printed.iter().any(|(.., value)| !value.is_empty())
    }
}

struct HistoryRow {
    day: String,
    what: String,
    by: String,
    by_lang: String,
    reason: String,
    lang: String,
    href: String,
}

pub(crate) struct NoticeRow {
    pub(crate) sort: String,
    pub(crate) text: String,
    pub(crate) lang: String,
    pub(crate) by: String,
    pub(crate) day: String,
    pub(crate) href: String,
}

/// Shows a record.
pub(crate) async fn record(
    State(site): State<Site>,
    Path(id): Path<String>,
    asked: Asked,
) -> Answer {
    let id = projected(&id);
    let selector = named(&id);
    if matches!(selector, Selector::Number { .. }) {
        let detail = site
            .texts
            .put("trouble-no-record-detail", &[("id", text(id))]);
        return Err(site.trouble(StatusCode::NOT_FOUND, "trouble-no-record", detail));
    }
    let found = site.node().look_up(&selector).await;
    let mut found = found.map_err(|error| site.failed(&error))?;
    if found.len() > 1 {
        return Ok(several(&site, &asked, &found));
    }
    let Some(found) = found.pop() else {
        let taken_down = site.node().taken_down_of(&selector).await;
        if taken_down.is_ok_and(|acts| !acts.is_empty()) {
            let detail = site.texts.say("trouble-taken-down-detail");
            return Err(site.trouble(StatusCode::GONE, "trouble-taken-down", detail));
        }
        let detail = site
            .texts
            .put("trouble-no-record-detail", &[("id", text(id))]);
        return Err(site.trouble(StatusCode::NOT_FOUND, "trouble-no-record", detail));
    };
    shown(&site, &asked, found).await
}

#[derive(Template)]
#[template(path = "several.html")]
struct Several {
    frame: Frame,
    records: Vec<(String, String, String)>,
}

fn several(site: &Site, asked: &Asked, found: &[Found]) -> Response {
    let title = site.texts.say("several-title");
    let rest = query_string(asked.without(&[]));
    let records = found.iter().map(|one| {
        let digest = hex::encode(one.row.digest);
        let record = one.evidence.record.as_ref().ok();
        let name = record.map_or_else(|| digest.clone(), |record| projected(&record.name));
        (
            site.href(&format!("records/{digest}?{rest}")),
            name,
            one.row.issuer.clone(),
        )
    });
    let several = Several {
        records: records.collect(),
        frame: Frame::new(site, title, &asked.here),
    };
    page(StatusCode::MULTIPLE_CHOICES, &several)
}

/// Where it is asked to count: as the reader says, or else here, if it comes from abroad.
fn destination(site: &Site, asked: &Asked, found: &Found) -> Option<String> {
    if let Some(code) = asked.one("in") {
        return is_economy(code).then(|| code.to_owned());
    }
    let config = site.node().config();
    let foreign = found.row.authority != config.authority();
    let attestation = found.row.kind == Kind::Attestation.name();
    (foreign && attestation).then(|| config.economy.clone())
}

async fn shown(site: &Site, asked: &Asked, found: Found) -> Answer {
    let digest = hex::encode(found.row.digest);
    let destination = destination(site, asked, &found);
    let attestation = found.row.kind == Kind::Attestation.name();
    let record = found.evidence.record.as_ref().ok();
    let panel = match destination.as_deref().filter(|_| attestation) {
        Some(destination) => Some(judged(site, asked, &digest, record, destination).await?),
        None => None,
    };
    let name = record.map_or_else(|| digest.clone(), |record| projected(&record.name));
    let mut frame = Frame::new(site, name.clone(), &asked.here);
    frame.twin = format!("/v1/records/{digest}");
    let follow = query_string([("record", digest.as_str()), ("lang", site.language.tag())]);
    let follow = format!("/feeds/status.atom?{follow}");
    frame.feeds = vec![("application/atom+xml", follow)];
    let uuid = found.row.id.trim_start_matches("urn:uuid:").to_owned();
    let asked_for = panel.as_ref().map(|panel| &panel.asked);
    let printed = Printed::new(&found.row.document_digest, asked_for).query();
    let (tone, icon) = icon::of_state(&found.state);
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == found.row.kind);
    let page_data = RecordPage {
        lang: record
            .map(|record| record.comity.language.clone())
            .unwrap_or_default(),
        kind: kind.map_or_else(
            || found.row.kind.clone(),
            |kind| wording::kind(kind, site.language).to_owned(),
        ),
        state: (site.state(&found.state), tone.class(), icon.svg()),
        revoked: revoked(site, &found),
        warning: warning(site, &found.state),
        judged: attestation,
        has_status: kind != Some(Kind::StatusEvent),
        form: form(site, asked, &digest, destination.as_deref()),
        paper: paper_rows(site, asked, record, panel.as_ref())?,
        says: match record {
            Some(record) => facts::says(site, record).await?,
            None => Says::default(),
        },
        provenance: match record {
            Some(record) => facts::of_record(site, record).await?,
            None => Vec::new(),
        },
        history: history(site, &found).await?,
        notices: notices(site, comity_node::Node::touched_of(&found)).await?,
        signers: signers(&found),
        places: places(&found),
        correct: corrector(&found),
        link: format!("{}/r/{uuid}{printed}", site.public_url()),
        qr: format!("/qr/{uuid}.svg{printed}"),
        bundle: destination
            .filter(|_| attestation)
            .map(|place| bundle(asked, &digest, &place)),
        cite: cited(site, &name, &digest, panel.as_ref()),
        document_digest: hex::encode(found.row.document_digest),
        panel,
        digest,
        uuid,
        name,
        frame,
    };
    Ok(page(StatusCode::OK, &page_data))
}

async fn judged(
    site: &Site,
    asked: &Asked,
    digest: &str,
    record: Option<&Record>,
    destination: &str,
) -> Result<Panel, Trouble> {
    let selector = Selector::RecordDigest(digest.to_owned());
    let ask = question(asked, selector, destination)
        .map_err(|(name, value)| site.cannot_read(name, &value))?;
    let answer = site.node().recognise(ask).await;
    let answer = answer.map_err(|error| site.failed(&error))?;
    let mut panel = Panel::new(site, &answer);
    panel.name_successor(site, &answer.verdict).await?;
    if let Some(record) = record {
        panel.links = diagram::links(site, record, &answer.verdict).await?;
    }
    Ok(panel)
}

/// What the record says that a paper would print, and what was typed of it. It is compared by the
/// verdict; where none was asked for, by the record alone.
fn paper_rows(
    site: &Site,
    asked: &Asked,
    record: Option<&Record>,
    panel: Option<&Panel>,
) -> Result<Vec<PaperRow>, Trouble> {
    let Some(record) = record else {
        return Ok(Vec::new());
    };
    if let Some(panel) = panel {
        let codes = &panel.asked.product.codes;
        return Ok(facts::paper(site, record, &panel.paper, codes));
    }
    let Subject::Attestation(attestation) = &record.subject else {
        return Ok(Vec::new());
    };
    let typed = product(asked).map_err(|(name, value)| site.cannot_read(name, &value))?;
    let compared = paper::compare(&typed, attestation);
    Ok(facts::paper(site, record, &compared, &typed.codes))
}

fn warning(site: &Site, state: &str) -> Option<String> {
    let key = match state {
        "withdrawn" => "record-withdrawn",
        "annulled" => "record-annulled",
        "suspended" | "partiallySuspended" => "record-suspended",
        "superseded" => "record-superseded",
        "transferred" => "record-transferred",
        "expired" => "record-expired",
        _ => return None,
    };
    Some(site.texts.say(key))
}

fn form(site: &Site, asked: &Asked, digest: &str, destination: Option<&str>) -> Form {
    let value = |name: &str| asked.one(name).map(projected).unwrap_or_default();
    // What the address names by the same names as a question.
    let printed = [
        Field::Number,
        Field::Holder,
        Field::Manufacturer,
        Field::Factory,
        Field::Model,
        Field::Gtin,
        Field::Serial,
        Field::Lot,
        Field::Standard,
        Field::IssuedOn,
        Field::ValidUntil,
        Field::Scope,
    ];
    Form {
        economies: economies(site, destination.unwrap_or_default()),
        on: value("on"),
        hs: typed_codes(asked)
            .map(projected)
            .collect::<Vec<_>>()
            .join(", "),
        printed: printed
            .map(|field| {
                let label = site.texts.say(facts::label(field));
                (field.name(), label, value(field.name()))
            })
            .into(),
        action: site.href(&format!("records/{digest}")),
    }
}

async fn history(site: &Site, found: &Found) -> Result<Vec<HistoryRow>, Trouble> {
    let events = site.node().history(&found.row).await;
    let events = events.map_err(|error| site.failed(&error))?;
    Ok(events
        .iter()
        .filter_map(|event| history_row(site, event))
        .collect())
}

fn history_row(site: &Site, event: &HistoryEvent) -> Option<HistoryRow> {
    let record = event.evidence.record.as_ref().ok()?;
    let Subject::StatusEvent(status) = &record.subject else {
        return None;
    };
    let day: &LegalDate = &status.effective_from;
    let (lang, reason) = site.worded(&status.reason);
    Some(HistoryRow {
        day: match &status.effective_until {
            Some(until) => period(site, day, Some(until)),
            None => site.day(day.earliest()),
        },
        what: wording::action(status.action, site.language).to_owned(),
        by: projected(&record.issuer.name),
        by_lang: record.comity.language.clone(),
        reason,
        lang,
        href: site.href(&format!("records/{}", hex::encode(event.row.digest))),
    })
}

/// The newest notices that touch something.
pub(crate) async fn notices(site: &Site, of: Touched) -> Result<Vec<NoticeRow>, Trouble> {
    let query = NoticeQuery {
        of: Some(of),
        limit: NOTICES,
        ..NoticeQuery::default()
    };
    let notices = site.node().notices(&query).await;
    let notices = notices.map_err(|error| site.failed(&error))?;
    let rows = notices.items.iter().filter_map(|notice| {
        let (_, content) = notice.read()?;
        let (lang, text) = site.worded(&content.text);
        Some(NoticeRow {
            sort: notice_sort(site, content.sort),
            text,
            lang,
            by: projected(&notice.heard.name),
            day: site.day(notice.heard.known.day()),
            href: site.href(&format!("records/{}", hex::encode(notice.row.digest))),
        })
    });
    Ok(rows.collect())
}

pub(crate) fn notice_sort(site: &Site, sort: NoticeSort) -> String {
    site.texts.say(match sort {
        NoticeSort::Misuse => "notice-misuse",
        NoticeSort::ForgedCertificate => "notice-forged",
        NoticeSort::ConfirmationRequest => "notice-request",
        NoticeSort::ConfirmationReply => "notice-reply",
        NoticeSort::Response => "notice-response",
    })
}

fn signers(found: &Found) -> Vec<(String, String)> {
    let signatures = found.evidence.signatures.as_deref().unwrap_or_default();
    let signers = signatures.iter();
    signers
        .map(|one| (one.did.clone(), one.key.clone()))
        .collect()
}

/// What stands beside the state of a record whose signer's key has been revoked: the state is that
/// of the record and says nothing of the key.
fn revoked(site: &Site, found: &Found) -> Option<String> {
    let signer = PartyReference {
        id: found.row.issuer.clone(),
        registered_by: found.row.authority.clone(),
    };
    let revoked = site.node().revoked_keys(&signer);
    let signatures = found.evidence.signatures.as_deref().unwrap_or_default();
    let of_key = signatures.iter().filter_map(|one| revoked.get(&one.key));
    let day = [("day", text(site.day(of_key.min()?.day())))];
    Some(site.texts.put("record-key-revoked", &day))
}

fn places(found: &Found) -> Vec<(String, u64)> {
    let places = found.places.iter();
    places
        .map(|place| (place.origin.clone(), place.index))
        .collect()
}

/// Whoever issued it changes its status; the source, where it was only copied from one.
fn corrector(found: &Found) -> String {
    let Ok(record) = &found.evidence.record else {
        return found.row.issuer.clone();
    };
    match &record.comity.imported_from {
        Some(from) => format!(
            "{} ({})",
            projected(&from.attributed_to.name),
            projected(&from.system)
        ),
        None => projected(&record.issuer.name),
    }
}

fn bundle(asked: &Asked, digest: &str, place: &str) -> String {
    let on = asked.one("on").map(|day| ("on", day));
    let query = query_string([("in", place)].into_iter().chain(on));
    format!("/v1/records/{digest}/bundle?{query}")
}

fn cited(site: &Site, name: &str, digest: &str, panel: Option<&Panel>) -> String {
    let day = site.day(site.today());
    let reference = panel
        .map(|panel| panel.reference.clone())
        .unwrap_or_default();
    // Each part keeps its own direction in a line that runs from right to left (UAX #9).
    let isolated = |part: &str| match site.language.direction() {
        Direction::RightToLeft => format!("\u{2068}{part}\u{2069}"),
        Direction::LeftToRight => part.to_owned(),
    };
    format!(
        "{}. {}. {}. {day}. {}",
        isolated(name),
        isolated(&site.public_url()),
        isolated(&format!("SHA-256 {digest}")),
        isolated(&reference)
    )
}
