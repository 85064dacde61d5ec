//! Search with facets; where a destination is named, each hit with its verdict.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use comity_model::date::{Day, LegalDate};
use comity_model::party::is_economy;
use comity_model::record::{Kind, Record, Subject};
use comity_model::text::{LangString, projected};
use comity_node::look_up::Found;
use comity_node::search::{Condition, Property, SearchPage, SearchRequest, SortOrder};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_recognition::verdict::{Extent, Verdict};
use comity_recognition::wording::{self, Style};

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::icon;
use crate::pages::home::{Choice, economies};
use crate::site::{Answer, Site};
use crate::texts::{number, text};
use crate::trouble::Trouble;
use crate::verdict::{Panel, question};

/// Results on a page.
const RESULTS: usize = 20;
/// Values shown of a facet.
const VALUES: usize = 12;
/// What can be narrowed by, in the order of the page.
const FACETS: [(Property, &str); 6] = [
    (Property::Status, "search-facet-status"),
    (Property::Kind, "search-facet-kind"),
    (Property::Economy, "search-facet-economy"),
    (Property::Standard, "search-facet-standard"),
    (Property::Hs, "search-facet-hs"),
    (Property::Year, "search-facet-year"),
];

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    frame: Frame,
    heading: String,
    words: String,
    economies: Vec<Choice>,
    on: String,
    hs: String,
    sorts: Vec<Choice>,
    /// What the search is narrowed by, each with the address without it.
    chips: Vec<(String, String)>,
    hits: Vec<Hit>,
    facets: Vec<FacetList>,
    next: Option<String>,
    did_you_mean: Option<(String, String)>,
    /// Where nothing was found: what to do.
    nothing: Option<String>,
    data: String,
    /// Names and values that go along with the form.
    hidden: Vec<(String, String)>,
}

/// One result.
pub(crate) struct Hit {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    pub(crate) kind: String,
    pub(crate) holder: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) issuer: String,
    pub(crate) economies: Vec<String>,
    pub(crate) standards: Vec<String>,
    pub(crate) dates: Option<String>,
    pub(crate) state: (String, &'static str, String),
    /// Tone, icon, word, sentence.
    pub(crate) verdict: Option<(&'static str, String, String, String)>,
    pub(crate) lang: String,
    /// Language of `product`.
    pub(crate) product_lang: String,
}

struct FacetList {
    name: String,
    values: Vec<FacetValue>,
}

struct FacetValue {
    label: String,
    count: String,
    href: String,
    chosen: bool,
}

/// Finds records.
pub(crate) async fn search(State(site): State<Site>, asked: Asked) -> Answer {
    if let Some(number) = asked.one("number") {
        let number = number.to_owned();
        return by_number(&site, &asked, &number).await;
    }
    let found = site.node().find(request(&site, &asked)?).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let total = found.total;
    shown(&site, &asked, found, total).await
}

async fn by_number(site: &Site, asked: &Asked, number: &str) -> Answer {
    let selector = Selector::Number {
        number: number.to_owned(),
        issuer: asked.one("issuer").map(str::to_owned),
    };
    let hits = site.node().look_up(&selector).await;
    let hits = hits.map_err(|error| site.failed(&error))?;
    let total = hits.len() as u64;
    let found = SearchPage {
        hits,
        next: None,
        total,
        exact: true,
        facets: Vec::new(),
        did_you_mean: None,
    };
    shown(site, asked, found, total).await
}

fn request(site: &Site, asked: &Asked) -> Result<SearchRequest, Trouble> {
    let mut request = SearchRequest {
        text: asked.one("q").unwrap_or_default().to_owned(),
        on: asked
            .read::<Day>("validOn")
            .map_err(|value| site.cannot_read("validOn", &value))?,
        limit: RESULTS,
        cursor: asked.one("cursor").map(str::to_owned),
        sort: match asked.one("sort") {
            Some("newest") => SortOrder::Newest,
            Some("expiring") => SortOrder::Expiring,
            _ => SortOrder::Relevance,
        },
        facets: FACETS.map(|(property, _)| property).to_vec(),
        ..SearchRequest::default()
    };
    for property in Property::ALL {
        for value in asked.many(parameter(property)) {
            let value = match property {
                Property::Hs => value.chars().filter(char::is_ascii_digit).collect(),
                _ => value.to_owned(),
            };
            request.conditions.push(Condition {
                property,
                value,
                unwanted: false,
            });
        }
    }
    Ok(request)
}

/// The parameter of a property, as the API names it.
fn parameter(property: Property) -> &'static str {
    if property == Property::Kind {
        "type"
    } else {
        property.name()
    }
}

async fn shown(site: &Site, asked: &Asked, found: SearchPage, total: u64) -> Answer {
    let words = asked
        .one("q")
        .or(asked.one("number"))
        .unwrap_or_default()
        .to_owned();
    let texts = site.texts;
    let count = texts.put("search-count", &[("count", number(total))]);
    let heading = if words.is_empty() {
        count
    } else {
        texts.put(
            "search-count-for",
            &[("records", text(count)), ("words", text(words.clone()))],
        )
    };
    let mut frame = Frame::new(site, heading.clone(), &asked.here);
    frame.search = None;
    frame.listed = false;
    let query = query_string(asked.without(&["cursor", "in", "on", "recognisedIn"]));
    let data = format!("/v1/records?{query}");
    frame.twins.push(("application/json", data.clone()));
    let destination = asked.one("in").filter(|code| is_economy(code));
    let mut hits = Vec::with_capacity(found.hits.len());
    for one in &found.hits {
        hits.push(hit(site, asked, one, destination).await?);
    }
    let mean = found.did_you_mean.map(|mean| {
        let href = address(site, asked, &["q", "cursor"], &[("q", &mean)]);
        (mean, href)
    });
    let page_data = Search {
        heading,
        economies: economies(site, destination.unwrap_or_default()),
        on: asked.one("on").unwrap_or_default().to_owned(),
        hs: asked.one("hs").unwrap_or_default().to_owned(),
        sorts: sorts(site, asked),
        chips: chips(site, asked),
        nothing: hits.is_empty().then(|| texts.say("search-nothing")),
        facets: facets(site, asked, &found.facets),
        next: (found.next).map(|next| address(site, asked, &["cursor"], &[("cursor", &next)])),
        did_you_mean: mean,
        data,
        hidden: hidden(asked),
        hits,
        words,
        frame,
    };
    Ok(page(StatusCode::OK, &page_data))
}

/// The address of this search without some parameters and with others.
fn address(site: &Site, asked: &Asked, without: &[&str], with: &[(&str, &str)]) -> String {
    let pairs = asked.without(without).chain(with.iter().copied());
    site.href(&format!("search?{}", query_string(pairs)))
}

/// What goes along when the form is sent again: the facets chosen.
fn hidden(asked: &Asked) -> Vec<(String, String)> {
    let fields = ["q", "in", "on", "hs", "sort", "cursor", "number"];
    asked
        .without(&fields)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn sorts(site: &Site, asked: &Asked) -> Vec<Choice> {
    let chosen = asked.one("sort").unwrap_or("relevance");
    [
        ("relevance", "search-sort-relevance"),
        ("newest", "search-sort-newest"),
        ("expiring", "search-sort-expiring"),
    ]
    .map(|(code, key)| Choice {
        code: code.to_owned(),
        name: site.texts.say(key),
        chosen: code == chosen,
    })
    .into()
}

/// What a value of a property is called.
fn label(site: &Site, property: Property, value: &str) -> String {
    match property {
        Property::Kind => Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == value)
            .map_or_else(
                || value.to_owned(),
                |kind| wording::kind(kind, site.language).to_owned(),
            ),
        Property::Status => site.state(value),
        Property::Economy => site.economy(value),
        _ => projected(value),
    }
}

fn chips(site: &Site, asked: &Asked) -> Vec<(String, String)> {
    let mut chips = Vec::new();
    for property in Property::ALL {
        let name = parameter(property);
        for value in asked.many(name) {
            let others = asked.many(name).filter(|other| *other != value);
            let kept: Vec<_> = others.map(|other| (name, other)).collect();
            let href = address(site, asked, &[name, "cursor"], &kept);
            chips.push((label(site, property, value), href));
        }
    }
    chips
}

fn facets(
    site: &Site,
    asked: &Asked,
    counted: &[(Property, Vec<(String, u64)>)],
) -> Vec<FacetList> {
    let lists = FACETS.iter().filter_map(|(property, key)| {
        let (_, values) = counted.iter().find(|(one, _)| one == property)?;
        let name = parameter(*property);
        let values = values.iter().take(VALUES).map(|(value, count)| {
            let chosen = asked.many(name).any(|one| one == value);
            FacetValue {
                label: label(site, *property, value),
                count: site
                    .texts
                    .put("search-facet-count", &[("count", number(*count))]),
                href: address(site, asked, &["cursor"], &[(name, value)]),
                chosen,
            }
        });
        let values: Vec<_> = values.collect();
        (!values.is_empty()).then(|| FacetList {
            name: site.texts.say(key),
            values,
        })
    });
    lists.collect()
}

async fn hit(
    site: &Site,
    asked: &Asked,
    found: &Found,
    destination: Option<&str>,
) -> Result<Hit, Trouble> {
    let digest = hex::encode(found.row.digest);
    let attestation = found.row.kind == Kind::Attestation.name();
    let verdict = match destination.filter(|_| attestation) {
        Some(destination) => {
            let selector = Selector::RecordDigest(digest.clone());
            match question(asked, selector, destination) {
                Ok(ask) => {
                    let answer = site.node().recognise(ask).await;
                    let answer = answer.map_err(|error| site.failed(&error))?;
                    let panel = Panel::new(site, &answer);
                    Some((panel.tone.class(), panel.icon, panel.word, panel.sentence))
                }
                Err(_) => None,
            }
        }
        None => None,
    };
    let rest = query_string(asked.without(&["q", "cursor", "sort", "number", "type", "status"]));
    let mut hit = Hit::new(site, &found.evidence, &found.state);
    hit.href = site.href(&format!("records/{digest}?{rest}"));
    hit.kind = label(site, Property::Kind, &found.row.kind);
    hit.verdict = verdict;
    Ok(hit)
}

impl Hit {
    /// A record as lists show it, without a verdict.
    pub(crate) fn new(site: &Site, evidence: &EvidenceRecord, state: &str) -> Self {
        let digest = hex::encode(evidence.record_digest);
        let record = evidence.record.as_ref().ok();
        let (tone, icon) = icon::of_state(state);
        let language = record.map(|record| record.comity.language.clone());
        let kind = record.map(|record| wording::kind(record.kind(), site.language));
        let issuer = record.map(|record| projected(&record.issuer.name));
        let mut hit = Self {
            href: site.href(&format!("records/{digest}")),
            name: record.map_or_else(|| digest.clone(), |record| projected(&record.name)),
            number: None,
            kind: kind.unwrap_or_default().to_owned(),
            holder: None,
            product: None,
            issuer: issuer.unwrap_or_default(),
            economies: Vec::new(),
            standards: Vec::new(),
            dates: None,
            state: (site.state(state), tone.class(), icon.svg()),
            verdict: None,
            lang: language.unwrap_or_default(),
            product_lang: String::new(),
        };
        if let Some(record) = record {
            describe(site, record, &mut hit);
        }
        hit
    }

    /// Its verdict beside it.
    pub(crate) fn judged(&mut self, site: &Site, verdict: &Verdict) {
        let capped = matches!(verdict.extent, Extent::CappedAt(_));
        let (tone, icon) = icon::of_result(verdict.result, capped);
        let word = wording::result(verdict.result, site.language).to_owned();
        let sentence = wording::summary(verdict, site.language, Style::Names);
        self.verdict = Some((tone.class(), icon.svg(), word, sentence));
    }

    /// Its title in the reader's language, or else in the record's.
    fn titled(&mut self, site: &Site, text: &LangString) {
        if let Some(own) = site.of(text) {
            self.product = Some(projected(own));
            site.language.tag().clone_into(&mut self.product_lang);
        } else if let Some(text) = text.in_language(&self.lang) {
            self.product = Some(projected(text));
            self.product_lang.clone_from(&self.lang);
        }
    }
}

fn describe(site: &Site, record: &Record, hit: &mut Hit) {
    match &record.subject {
        Subject::Attestation(attestation) => {
            let details = &attestation.comity;
            hit.number = Some(projected(&details.certificate_number));
            hit.holder = Some(projected(&attestation.issued_to_party.name));
            if let Some(object) = details.objects.first() {
                hit.titled(site, &object.names);
            }
            hit.standards = details.standards.iter().map(ToString::to_string).collect();
            let dates = &details.legal_dates;
            hit.dates = Some(period(
                site,
                dates.valid_from.as_ref().unwrap_or(&dates.issued_on),
                dates.valid_until.as_ref(),
            ));
        }
        Subject::CompetenceGrant(grant) => {
            hit.number = Some(projected(&grant.number));
            hit.holder = Some(projected(&grant.grantee.name));
            hit.economies = grant
                .economies
                .iter()
                .map(|code| site.economy(code))
                .collect();
            hit.standards = grant.criteria.iter().map(ToString::to_string).collect();
            hit.dates = Some(period(
                site,
                &grant.period.from,
                grant.period.until.as_ref(),
            ));
        }
        Subject::Standard(edition) => {
            hit.number = Some(edition.standard.to_string());
            hit.titled(site, &edition.title);
        }
        Subject::ImportRule(rule) => {
            hit.economies = vec![site.economy(&rule.economy)];
            hit.titled(site, &rule.title);
            hit.dates = Some(period(site, &rule.period.from, rule.period.until.as_ref()));
        }
        Subject::Registration(registration) => {
            hit.number = Some(projected(&registration.id));
            hit.titled(site, &registration.names);
            let period_of = &registration.period;
            hit.dates = Some(period(site, &period_of.from, period_of.until.as_ref()));
        }
        Subject::Arrangement(arrangement) => {
            hit.titled(site, &arrangement.title);
            hit.economies = arrangement
                .parties
                .iter()
                .map(|code| site.economy(code))
                .collect();
        }
        _ => {}
    }
}

/// From a day to a day, as the language writes it.
pub(crate) fn period(site: &Site, from: &LegalDate, until: Option<&LegalDate>) -> String {
    let from = site.day(from.earliest());
    match until {
        Some(until) => site.texts.put(
            "period",
            &[
                ("from", text(from)),
                ("until", text(site.day(until.latest()))),
            ],
        ),
        None => site.texts.put("period-open", &[("from", text(from))]),
    }
}
