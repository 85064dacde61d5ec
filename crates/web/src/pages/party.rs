//! A party: its names, roles and keys, what it may do and did, and what is said of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use comity_model::date::Instant;
use comity_model::party::{PartyReference, is_did};
use comity_model::record::{Kind, Subject};
use comity_model::registration::{RegisteredKey, Registration, Role};
use comity_model::text::projected;
use comity_node::browse::Listed;
use comity_node::notices::Touched;
use comity_node::search::{Condition, Property, SearchRequest, SortOrder};
use comity_recognition::wording;

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::icon;
use crate::pages::impact::impact_href;
use crate::pages::record::{NoticeRow, notices};
use crate::pages::search::period;
use crate::rows::{Named, Office, Rows, named};
use crate::site::{Answer, Site};
use crate::texts::text;
use crate::trouble::brief;

/// Newest records shown of a party.
const NEWEST: usize = 10;

#[derive(Template)]
#[template(path = "party.html")]
struct PartyPage {
    frame: Frame,
    did: String,
    name: (String, String),
    registrations: Vec<RegistrationRow>,
    notices: Vec<NoticeRow>,
    held: Rows,
    given: Rows,
    issued: Rows,
    /// All its records.
    search: String,
    /// Who is hit by it.
    hit: String,
}

struct RegistrationRow {
    href: String,
    version: u64,
    state: (String, &'static str, String),
    /// The parent.
    by: Vec<Named>,
    /// Language and text.
    names: Vec<(String, String)>,
    roles: Vec<String>,
    /// Code and name.
    economies: Vec<(String, String)>,
    /// Scheme and value.
    identifiers: Vec<(String, String)>,
    period: String,
    may: Vec<String>,
    /// Key, from, until, and that it has been revoked.
    keys: Vec<(String, String, String, Option<String>)>,
    office: Option<Office>,
}

impl RegistrationRow {
    fn new(site: &Site, listed: &Listed) -> Option<Self> {
        let record = listed.evidence.record.as_ref().ok()?;
        let Subject::Registration(registration) = &record.subject else {
            return None;
        };
        let (tone, icon) = icon::of_state(&listed.state);
        let digest = hex::encode(listed.evidence.record_digest);
        let names = registration.names.0.iter();
        let economies = registration.economies.iter();
        let identifiers = registration.identifiers.iter();
        let roles = registration.roles.iter();
        let keys = registration.keys.iter();
        let revoked = site.node().revoked_keys(&PartyReference {
            id: registration.id.clone(),
            registered_by: record.comity.authority.clone(),
        });
        Some(Self {
            href: site.href(&format!("records/{digest}")),
            version: registration.version,
            state: (site.state(&listed.state), tone.class(), icon.svg()),
            by: named(site, [record.issuer.id.as_str()]),
            names: names
                .map(|name| (name.lang.clone(), projected(&name.value)))
                .collect(),
            roles: roles.map(|one| role(site, *one)).collect(),
            economies: economies
                .map(|code| (code.clone(), site.economy(code)))
                .collect(),
            identifiers: identifiers
                .map(|one| (projected(&one.scheme), projected(&one.value)))
                .collect(),
            period: period(
                site,
                &registration.period.from,
                registration.period.until.as_ref(),
            ),
            may: may(site, registration),
            keys: keys
                .map(|one| key(site, one, revoked.get(&one.key).copied()))
                .collect(),
            office: registration.contact.as_ref().map(Office::new),
        })
    }
}

fn may(site: &Site, registration: &Registration) -> Vec<String> {
    let mandate = &registration.mandate;
    let kinds = mandate.kinds.iter();
    let kinds = kinds.map(|one| wording::kind(*one, site.language).to_owned());
    let of_attestations = mandate.attestation_kinds.iter();
    let of_attestations =
        of_attestations.map(|one| wording::attestation(*one, site.language).to_owned());
    kinds.chain(of_attestations).collect()
}

fn key(
    site: &Site,
    key: &RegisteredKey,
    revoked: Option<Instant>,
) -> (String, String, String, Option<String>) {
    let from = key.from.map(|at| site.day(at.day()));
    let until = key.until.map(|at| site.day(at.day()));
    (
        key.key.clone(),
        from.unwrap_or_else(|| site.texts.say("party-key-start")),
        until.unwrap_or_else(|| site.texts.say("party-key-open")),
        revoked.map(|from| {
            let day = [("day", text(site.day(from.day())))];
            site.texts.put("record-key-revoked", &day)
        }),
    )
}

/// A role in the words of ISO/IEC 17000.
pub(crate) fn role(site: &Site, role: Role) -> String {
    site.texts.say(match role {
        Role::AccreditationBody => "role-accreditationBody",
        Role::CertificationBody => "role-certificationBody",
        Role::Laboratory => "role-laboratory",
        Role::InspectionBody => "role-inspectionBody",
        Role::MetrologyInstitute => "role-metrologyInstitute",
        Role::DesignatingAuthority => "role-designatingAuthority",
        Role::Regulator => "role-regulator",
        Role::MarketSurveillance => "role-marketSurveillance",
        Role::Customs => "role-customs",
        Role::SchemeOwner => "role-schemeOwner",
        Role::Secretariat => "role-secretariat",
        Role::ValidationVerificationBody => "role-vv",
        Role::ProficiencyTestingProvider => "role-pt",
        Role::ReferenceMaterialProducer => "role-rm",
        Role::Biobank => "role-biobank",
    })
}

/// Shows a party.
pub(crate) async fn party(
    State(site): State<Site>,
    Path(did): Path<String>,
    asked: Asked,
) -> Answer {
    let none = |did: &str| {
        let id = [("id", text(brief(did)))];
        let detail = site.texts.put("party-none-detail", &id);
        site.trouble(StatusCode::NOT_FOUND, "party-none", detail)
    };
    if !is_did(&did) {
        return Err(none(&did));
    }
    let failed = |error| site.failed(&error);
    let held = site.node().party(&did).await.map_err(failed)?;
    let issued = site.node().find(issued_by(&did)).await.map_err(failed)?;
    let nothing = [&held.registrations, &held.grants_held, &held.grants_given];
    if issued.total == 0 && nothing.iter().all(|list| list.total == 0) {
        return Err(none(&did));
    }
    let registrations = held.registrations.items.iter();
    let registrations = registrations.filter_map(|one| RegistrationRow::new(&site, one));
    let registrations: Vec<_> = registrations.collect();
    let name = name_of(&site, &did).unwrap_or((String::new(), did.clone()));
    let query = query_string([("issuer", did.as_str())]);
    let mut frame = Frame::new(&site, name.1.clone(), &asked.here);
    frame.twin = format!("/v1/records?{query}");
    let party = PartyPage {
        name,
        registrations,
        notices: notices(&site, Touched::party(&did)).await?,
        held: Rows::of(&site, &held.grants_held),
        given: Rows::of(&site, &held.grants_given),
        issued: Rows::found(&site, &issued.hits, issued.total),
        search: site.href(&format!("search?{query}")),
        hit: impact_href(&site, "of", &did),
        did,
        frame,
    };
    Ok(page(StatusCode::OK, &party))
}

/// Its name, in the reader's language where it has one.
fn name_of(site: &Site, did: &str) -> Option<(String, String)> {
    named(site, [did]).pop()?.name
}

fn issued_by(did: &str) -> SearchRequest {
    SearchRequest {
        conditions: vec![
            Condition {
                property: Property::Issuer,
                value: did.to_owned(),
                unwanted: false,
            },
            Condition {
                property: Property::Kind,
                value: Kind::CompetenceGrant.name().to_owned(),
                unwanted: true,
            },
        ],
        sort: SortOrder::Newest,
        limit: NEWEST,
        ..SearchRequest::default()
    }
}
