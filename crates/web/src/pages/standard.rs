//! A standard: its editions, what each takes the place of and adopts, and certificates to it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use comity_model::date::{Day, Truth};
use comity_model::record::{Kind, Subject};
use comity_model::standard::{
    Adoption, Correspondence, DeviationSort, ReplacedEdition, Standard, StandardReference,
};
use comity_model::text::projected;
use comity_node::browse::Listed;
use comity_node::search::{Condition, Property, SearchRequest};

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::icon;
use crate::pages::impact::impact_href;
use crate::pages::search::period;
use crate::rows::{Said, said_by, segment};
use crate::site::{Answer, Site};
use crate::texts::{number, text};
use crate::trouble::brief;

#[derive(Template)]
#[template(path = "standard.html")]
struct StandardPage {
    frame: Frame,
    name: String,
    on: String,
    editions: Vec<EditionRow>,
    others: Vec<EditionRow>,
    count: String,
    search: String,
    /// Who is hit by it.
    hit: String,
}

struct EditionRow {
    reference: String,
    href: String,
    lang: String,
    title: String,
    state: (String, &'static str, String),
    in_force: String,
    period: String,
    economies: Vec<String>,
    /// Who states the edition.
    by: Option<Said>,
    /// What it takes the place of, its address, and until when that counts beside it.
    replaces: Vec<(String, String, Option<String>)>,
    amends: Vec<(String, String)>,
    adopts: Vec<AdoptionRow>,
}

struct AdoptionRow {
    reference: String,
    href: String,
    /// `IDT`, `MOD` or `NEQ`.
    code: &'static str,
    word: String,
    /// Clause, what it asks, language, text.
    deviations: Vec<(String, String, String, String)>,
}

/// The page of a standard.
pub(crate) fn standard_href(site: &Site, reference: &str) -> String {
    site.href(&format!("standards/{}", segment(reference)))
}

/// Shows a standard.
pub(crate) async fn standard(
    State(site): State<Site>,
    Path(written): Path<String>,
    asked: Asked,
) -> Answer {
    let Ok(reference) = written.parse::<StandardReference>() else {
        let written = [("text", text(brief(&written)))];
        let detail = site.texts.put("standard-wrong-detail", &written);
        return Err(site.trouble(StatusCode::NOT_FOUND, "trouble-question", detail));
    };
    let on = asked.read::<Day>("on");
    let on = on.map_err(|value| site.cannot_read("on", &value))?;
    let on = on.unwrap_or_else(|| site.today());
    let designation = reference.designation();
    let failed = |error| site.failed(&error);
    let held = site.node().editions(designation).await.map_err(failed)?;
    let certificates = site.node().find(to(designation)).await.map_err(failed)?;
    let (mut editions, mut others) = (Vec::new(), Vec::new());
    for one in &held.items {
        if let Some((own, row)) = EditionRow::new(&site, one, designation, on) {
            if own { &mut editions } else { &mut others }.push(row);
        }
    }
    editions.sort_by(|one, other| other.reference.cmp(&one.reference));
    let query = [
        ("standard", designation),
        ("type", Kind::Attestation.name()),
    ];
    let query = query_string(query);
    let name = projected(designation);
    let mut frame = Frame::new(&site, name.clone(), &asked.here);
    let twin = query_string([("standard", designation)]);
    frame.twin = format!("/v1/records?{twin}");
    let count = [("count", number(certificates.total))];
    let standard = StandardPage {
        name,
        on: on.to_string(),
        editions,
        others,
        count: site.texts.put("standard-count", &count),
        search: site.href(&format!("search?{query}")),
        hit: impact_href(&site, "standard", designation),
        frame,
    };
    Ok(page(StatusCode::OK, &standard))
}

fn to(designation: &str) -> SearchRequest {
    let wanted = |property, value: &str| Condition {
        property,
        value: value.to_owned(),
        unwanted: false,
    };
    SearchRequest {
        conditions: vec![
            wanted(Property::Kind, Kind::Attestation.name()),
            wanted(Property::Standard, designation),
        ],
        limit: 1,
        ..SearchRequest::default()
    }
}

impl EditionRow {
    /// An edition, and whether it is one of the standard asked about.
    fn new(site: &Site, listed: &Listed, asked: &str, on: Day) -> Option<(bool, Self)> {
        let record = listed.evidence.record.as_ref().ok()?;
        let Subject::Standard(edition) = &record.subject else {
            return None;
        };
        let edition: &Standard = edition;
        let (tone, icon) = icon::of_state(&listed.state);
        let (lang, title) = site.worded(&edition.title);
        let digest = hex::encode(listed.evidence.record_digest);
        let key = match edition.period.contains(on) {
            Truth::Yes => "standard-now",
            Truth::No => "standard-not-now",
            Truth::Unknown => "standard-unsure",
        };
        let economies = edition.economies.iter();
        let amends = edition.amends.iter();
        let replaces = edition.replaces.iter();
        let adopts = edition.adopts.iter();
        let row = Self {
            reference: edition.standard.to_string(),
            href: site.href(&format!("records/{digest}")),
            lang,
            title,
            state: (site.state(&listed.state), tone.class(), icon.svg()),
            in_force: site.texts.put(key, &[("day", text(site.day(on)))]),
            period: period(site, &edition.period.from, edition.period.until.as_ref()),
            economies: economies.map(|code| site.economy(code)).collect(),
            by: said_by(site, [&*listed.evidence]).pop(),
            replaces: replaces.map(|old| replaced(site, old)).collect(),
            amends: amends
                .map(|old| (old.to_string(), standard_href(site, old.designation())))
                .collect(),
            adopts: adopts.map(|one| adoption(site, one)).collect(),
        };
        Some((edition.standard.designation() == asked, row))
    }
}

fn replaced(site: &Site, old: &ReplacedEdition) -> (String, String, Option<String>) {
    let until = old.coexists_until.map(|day| {
        let day = [("day", text(site.day(day.latest())))];
        site.texts.put("standard-coexists", &day)
    });
    let href = standard_href(site, old.standard.designation());
    (old.standard.to_string(), href, until)
}

/// Code and word of a degree of correspondence (ISO/IEC Guide 21-1, clause 4).
pub(crate) fn correspondence(site: &Site, of: Correspondence) -> (&'static str, String) {
    let (code, key) = match of {
        Correspondence::Identical => ("IDT", "standard-idt"),
        Correspondence::Modified => ("MOD", "standard-mod"),
        Correspondence::NotEquivalent => ("NEQ", "standard-neq"),
    };
    (code, site.texts.say(key))
}

/// What a deviation does.
pub(crate) fn deviation_sort(site: &Site, sort: DeviationSort) -> String {
    site.texts.say(match sort {
        DeviationSort::More => "standard-more",
        DeviationSort::Less => "standard-less",
        DeviationSort::Other => "standard-other",
    })
}

fn adoption(site: &Site, adoption: &Adoption) -> AdoptionRow {
    let (code, word) = correspondence(site, adoption.correspondence);
    let deviations = adoption.deviations.iter().map(|deviation| {
        let clause = [("clause", text(projected(&deviation.clause)))];
        let (lang, words) = site.worded(&deviation.text);
        (
            site.texts.put("standard-clause", &clause),
            deviation_sort(site, deviation.sort),
            lang,
            words,
        )
    });
    AdoptionRow {
        reference: adoption.standard.to_string(),
        href: standard_href(site, adoption.standard.designation()),
        code,
        word,
        deviations: deviations.collect(),
    }
}
