//! A record: the verdict, what to compare with the paper, the chain, the facts, what became of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::party::PartyReference;
use comity_model::record::{Kind, Record, Subject};
use comity_model::text::projected;
use comity_node::look_up::Found;
use comity_recognition::paper::{self, Field};
use comity_recognition::question::{Question, Selector};
use comity_recognition::wording;

use crate::asked::{Asked, query_string};
use crate::diagram;
use crate::facts::{self, Fact, PaperRow, Says};
use crate::frame::{Frame, page};
use crate::icon;
use crate::pages::home::{Choice, economies};
use crate::pages::impact::impact_href;
use crate::pages::qr::Printed;
use crate::pages::search::{Goods, goods_of};
use crate::pages::taken_down;
use crate::rows::{Said, question_query, said_by};
use crate::site::{Answer, Site};
use crate::texts::text;
use crate::title::Title;
use crate::trouble::Trouble;
use crate::verdict::{Panel, named, product, question, typed_codes};

mod acts;
mod notices;

use acts::{HistoryRow, OtherActs};
pub(crate) use notices::{NoticeRow, notice_sort, noticed, notices, warnings};
use notices::{OfRecord, of_record};

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    frame: Frame,
    title: Title,
    /// Language and title of a certificate as signed, where it is called otherwise here.
    signed: Option<(String, String)>,
    goods: Option<Goods>,
    kind: String,
    state: (String, &'static str, String),
    /// That a key that signed it has been revoked, and since when.
    revoked: Option<String>,
    /// A record that no longer stands says so over the whole width.
    warning: Option<String>,
    /// The address of who is hit by it, of a record on which others may rest.
    hit: Option<String>,
    panel: Option<Panel>,
    judged: bool,
    form: Form,
    /// What can be compared with the paper, and what was.
    paper: Vec<PaperRow>,
    says: Says,
    provenance: Vec<Fact>,
    history: Vec<HistoryRow>,
    /// Of a status event.
    acts: Option<OtherActs>,
    notices: OfRecord,
    signers: Vec<(String, String)>,
    places: Vec<(String, u64)>,
    /// Who can correct the status: language and name.
    correct: (String, String),
    /// Where it is judged for this node's own economy, as none was chosen: that.
    here: Option<String>,
    uuid: String,
    digest: String,
    document_digest: String,
    link: String,
    /// What the link and its code ask.
    code_asks: String,
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
    /// What goes along without a field: codes in another form, the edition of the others.
    hidden: Vec<(&'static str, String)>,
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
    if let Some(digits) = site.only(&asked, "d")? {
        let held = !found.is_empty();
        found.retain(|found| hex::encode(found.row.document_digest).starts_with(digits));
        if held && found.is_empty() {
            let detail = site.texts.say("trouble-not-printed-detail");
            return Err(site.trouble(StatusCode::NOT_FOUND, "trouble-not-printed", detail));
        }
    }
    if found.len() > 1 {
        return Ok(several(&site, &asked, &found));
    }
    let Some(found) = found.pop() else {
        let taken_down = site.node().taken_down_of(&selector).await;
        let taken_down = taken_down.map_err(|error| site.failed(&error))?;
        if !taken_down.is_empty() {
            return Ok(taken_down::gone(&site, &asked, &taken_down));
        }
        let detail = site
            .texts
            .put("trouble-no-record-detail", &[("id", text(id))]);
        return Err(site.trouble(StatusCode::NOT_FOUND, "trouble-no-record", detail));
    };
    Box::pin(shown(&site, &asked, found)).await
}

#[derive(Template)]
#[template(path = "several.html")]
struct Several {
    frame: Frame,
    /// Address, title, whose word it is.
    records: Vec<(String, Title, Said)>,
}

fn several(site: &Site, asked: &Asked, found: &[Found]) -> Response {
    let title = site.texts.say("several-title");
    let rest = query_string(asked.without(&[]));
    let said = said_by(site, found.iter().map(|one| &*one.evidence));
    let records = found.iter().zip(said).map(|(one, said)| {
        let digest = hex::encode(one.row.digest);
        let title = match &one.evidence.record {
            Ok(record) => Title::of(site, record),
            Err(_) => Title::plain((String::new(), digest.clone())),
        };
        (site.href(&format!("records/{digest}?{rest}")), title, said)
    });
    let several = Several {
        records: records.collect(),
        frame: Frame::new(site, title, &asked.here),
    };
    page(StatusCode::MULTIPLE_CHOICES, &several)
}

/// Where it is asked to count: as the reader says, or else here, if it comes from abroad.
fn destination(site: &Site, asked: &Asked, found: &Found) -> Result<Option<String>, Trouble> {
    if let Some(code) = site.place_in(asked)? {
        return Ok(Some(code.to_owned()));
    }
    let config = site.node().config();
    let foreign = found.row.authority != config.authority();
    let attestation = found.row.kind == Kind::Attestation.name();
    Ok((foreign && attestation).then(|| config.economy.clone()))
}

async fn shown(site: &Site, asked: &Asked, found: Found) -> Answer {
    let digest = hex::encode(found.row.digest);
    let destination = destination(site, asked, &found)?;
    let attestation = found.row.kind == Kind::Attestation.name();
    let record = found.evidence.record.as_ref().ok();
    let panel = match destination.as_deref().filter(|_| attestation) {
        Some(destination) => Some(judged(site, asked, &digest, record, destination).await?),
        None => None,
    };
    let unnamed = || Title::plain((String::new(), digest.clone()));
    let title = record.map_or_else(unnamed, |record| Title::of(site, record));
    let name = title.in_line(site);
    let issuer = said_by(site, [&*found.evidence]).pop();
    let issuer = issuer.and_then(|said| said.by.name);
    let mut frame = Frame::new(site, name.clone(), &asked.here);
    frame.twin = format!("/v1/records/{digest}");
    let follow = query_string([("record", digest.as_str()), ("lang", site.language.tag())]);
    let follow = format!("/feeds/status.atom?{follow}");
    frame.feeds = vec![("application/atom+xml", follow)];
    let uuid = found.row.id.trim_start_matches("urn:uuid:").to_owned();
    let asked_for = panel.as_ref().map(|panel| &panel.asked);
    let printed = Printed::new(&found.row.document_digest, asked_for);
    let code_asks = site.texts.say(printed.says());
    let printed = printed.query();
    let (tone, icon) = icon::of_state(&found.state);
    let notices = of_record(site, &found).await?;
    let page_data = RecordPage {
        signed: record.and_then(|record| signed(record, &title)),
        here: here(site, asked).filter(|_| panel.is_some()),
        kind: kind_of(site, &found),
        goods: record.and_then(|record| goods_of(site, record)),
        state: (site.state(&found.state), tone.class(), icon.svg()),
        revoked: revoked(site, &found),
        warning: warning(site, &found.state),
        hit: hit_href(site, record, &digest),
        judged: attestation,
        form: form(site, asked, &digest, destination.as_deref()),
        paper: paper_rows(site, asked, record, panel.as_ref())?,
        says: match record {
            Some(record) => facts::says(site, record).await?,
            None => Says::default(),
        },
        provenance: match record {
            Some(record) => facts::of_record(site, record, issuer.as_ref()).await?,
            None => Vec::new(),
        },
        history: acts::history(site, &found).await?,
        acts: acts::others(site, &found).await?,
        notices,
        signers: signers(&found),
        places: places(&found),
        correct: corrector(&found, issuer),
        code_asks,
        link: format!("{}/r/{uuid}{printed}", site.public_url()),
        qr: format!("/qr/{uuid}.svg{printed}"),
        bundle: asked_for.and_then(|question| bundle(&digest, question)),
        cite: cited(site, &name, &digest, panel.as_ref()),
        document_digest: hex::encode(found.row.document_digest),
        panel,
        digest,
        uuid,
        title,
        frame,
    };
    Ok(page(StatusCode::OK, &page_data))
}

/// The kind of a record in words; of one that this version does not know as the log names it.
/// The address of who is hit by a record, of those on which others may rest.
fn hit_href(site: &Site, record: Option<&Record>, digest: &str) -> Option<String> {
    let kind = record?.kind();
    let rested_on = matches!(kind, Kind::Attestation | Kind::CompetenceGrant);
    rested_on.then(|| impact_href(site, "of", digest))
}

/// Language and title of a certificate as its signer gave it, where it is another than `title`.
fn signed(record: &Record, title: &Title) -> Option<(String, String)> {
    let name = projected(&record.name);
    let other = record.kind() == Kind::Attestation && name != title.words;
    let whole = title.number.is_none();
    (other && whole).then(|| (record.comity.language.clone(), name))
}

/// That it is judged for this node's own economy, where no place was chosen.
fn here(site: &Site, asked: &Asked) -> Option<String> {
    asked.one("in").is_none().then(|| site.here("record-here"))
}

fn kind_of(site: &Site, found: &Found) -> String {
    let mut kinds = Kind::ALL.into_iter();
    let kind = kinds.find(|kind| kind.name() == found.row.kind);
    let word = kind.map(|kind| wording::kind(kind, site.language));
    word.map_or_else(|| found.row.kind.clone(), str::to_owned)
}

async fn judged(
    site: &Site,
    asked: &Asked,
    digest: &str,
    record: Option<&Record>,
    destination: &str,
) -> Result<Panel, Trouble> {
    let selector = Selector::RecordDigest(digest.to_owned());
    let ask = question(site, asked, selector, destination)?;
    let answer = site.node().recognise(ask).await;
    let answer = answer.map_err(|error| site.failed(&error))?;
    let mut panel = Panel::new(site, &answer);
    panel.link_successor(site, &answer.verdict).await?;
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
    let typed = product(site, asked)?;
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
        Field::Quantity,
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
        hidden: ["code", "hsEdition"]
            .into_iter()
            .flat_map(|name| asked.many(name).map(move |value| (name, projected(value))))
            .collect(),
        action: site.href(&format!("records/{digest}")),
    }
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
pub(crate) fn revoked(site: &Site, found: &Found) -> Option<String> {
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
fn corrector(found: &Found, issuer: Option<(String, String)>) -> (String, String) {
    let Ok(record) = &found.evidence.record else {
        return (String::new(), found.row.issuer.clone());
    };
    let lang = record.comity.language.clone();
    match &record.comity.imported_from {
        Some(from) => {
            let name = projected(&from.attributed_to.name);
            (lang, format!("{name} ({})", projected(&from.system)))
        }
        None => issuer.unwrap_or_else(|| (lang, projected(&record.issuer.name))),
    }
}

/// The verdict to take along: of the whole question that was answered.
fn bundle(digest: &str, question: &Question) -> Option<String> {
    let query = question_query(question)?;
    Some(format!("/v1/records/{digest}/bundle?{query}"))
}

fn cited(site: &Site, name: &str, digest: &str, panel: Option<&Panel>) -> String {
    let arguments = [
        ("name", text(name)),
        ("site", text(site.public_url())),
        ("digest", text(format!("SHA-256 {digest}"))),
        ("day", text(site.day(site.today()))),
    ];
    let mut cited = site.texts.put("record-citation", &arguments);
    if let Some(panel) = panel {
        let reference = [("reference", text(panel.reference.clone()))];
        cited.push_str(wording::between_sentences(site.language));
        cited.push_str(&site.texts.put("record-citation-answer", &reference));
    }
    cited
}
