//! A product by its HS code: where it stands, what is certified under it, and what a destination
//! requires for it. The texts of the HS are not ours to copy.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use comity_model::date::Day;
use comity_model::import_rule::RuleEffect;
use comity_model::product::ProductCode;
use comity_model::text::projected;
use comity_node::goods;
use comity_node::requirements::{Requirements, RequirementsQuery};
use comity_node::search::{Condition, Property, SearchRequest, SortOrder};
use comity_recognition::import_rule::RuleInForce;
use comity_recognition::wording::{self, RequirementsFound, Style};

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::pages::home::{Choice, economies};
use crate::pages::record::noticed;
use crate::pages::search::{Hit, parameter, period};
use crate::pages::standard::standard_href;
use crate::rows::{Answerer, Rows, judged_href};
use crate::site::{Answer, Site};
use crate::texts::{number, text};
use crate::trouble::{Trouble, brief};
use crate::typed::national;
use crate::verdict::asked_for;

/// Newest records shown under a code.
const NEWEST: usize = 10;
/// Values shown of a facet.
const VALUES: usize = 12;
/// Digits of a subheading; what follows is not the HS any more.
const SUBHEADING: usize = 6;
/// Digits of a heading, under which certificates are judged.
const HEADING: usize = 4;
/// The parameter that holds a longer code that was typed.
pub(crate) const TYPED: &str = "typed";
/// Most answering certificates shown.
const ANSWERS: usize = 20;

#[derive(Template)]
#[template(path = "product.html")]
struct ProductPage {
    frame: Frame,
    /// What each step is, from the chapter to this code.
    path: Vec<Step>,
    /// What lies directly under this code.
    under: Vec<Step>,
    economies: Vec<Choice>,
    on: String,
    asked: Option<AskedFor>,
    records: Rows,
    count: String,
    /// Value, address, count.
    standards: Vec<(String, String, String)>,
    issuers: Vec<(String, String, String)>,
    search: String,
    /// Where a longer code was typed: that its first digits were taken.
    cut: Option<String>,
}

/// A place in the tree of the HS.
struct Step {
    /// Chapter, heading, subheading.
    sort: String,
    code: String,
    href: String,
    /// Its plain name, where it has one.
    name: &'static str,
}

/// What a destination requires.
struct AskedFor {
    economy: String,
    sentence: String,
    rules: Vec<RuleRow>,
    answers: Vec<Hit>,
    judged: String,
    ask: Answerer,
    twin: String,
}

struct RuleRow {
    lang: String,
    title: String,
    href: String,
    effect: String,
    legal_basis: String,
    needs_reading: bool,
    period: String,
    things: Vec<Thing>,
}

/// One thing that is asked.
struct Thing {
    /// By its parts, in the language of the page.
    asked: String,
    lang: String,
    /// In the destination's words.
    text: String,
    /// An attestation could answer it, and none does.
    open: bool,
}

/// Shows a product.
pub(crate) async fn product(
    State(site): State<Site>,
    Path(code): Path<String>,
    asked: Asked,
) -> Answer {
    let Some(product) = ProductCode::hs(&code, None) else {
        let code = [("code", text(brief(&code)))];
        let detail = site.texts.put("product-wrong-detail", &code);
        return Err(site.trouble(StatusCode::NOT_FOUND, "trouble-question", detail));
    };
    let on = asked.read::<Day>("on");
    let on = on.map_err(|value| site.cannot_read("on", &value))?;
    let digits = product.code.clone();
    let found = site.node().find(under(&digits)).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let destination = site.place_in(&asked)?;
    let asked_for = match destination {
        Some(economy) => Some(required(&site, product, economy, on).await?),
        None => None,
    };
    let query = query_string([("hs", digits.as_str())]);
    let arguments = [("code", text(goods::printed(&digits)))];
    let title = site.texts.put("product-title", &arguments);
    let mut frame = Frame::new(&site, title, &asked.here);
    let twin = asked_for.as_ref().map(|asked| asked.twin.clone());
    let twin = twin.unwrap_or_else(|| format!("/v1/records?{query}"));
    frame.twin = twin;
    let values = |property| {
        let mut facets = found.facets.iter();
        let found = facets.find(|(one, _)| *one == property);
        let counts = found.map(|(_, counts)| counts.as_slice());
        counts.unwrap_or_default().iter().take(VALUES)
    };
    let standards = values(Property::Standard).map(|(value, count)| {
        (
            projected(value),
            standard_href(&site, value),
            site.number(*count),
        )
    });
    let issuers = values(Property::IssuerEconomy).map(|(value, count)| {
        let query = query_string([
            ("hs", digits.as_str()),
            (parameter(Property::IssuerEconomy), value),
        ]);
        let href = site.href(&format!("search?{query}"));
        (site.economy(value), href, site.number(*count))
    });
    let product = ProductPage {
        path: path(&site, &digits),
        under: below(&site, &digits),
        economies: economies(&site, destination.unwrap_or_default()),
        on: asked.one("on").unwrap_or_default().to_owned(),
        asked: asked_for,
        count: site.texts.put(
            "product-count",
            &[
                ("count", number(found.total)),
                ("code", text(goods::printed(&digits))),
            ],
        ),
        standards: standards.collect(),
        issuers: issuers.collect(),
        records: Rows::found(&site, &found.hits, found.total),
        search: site.href(&format!("search?{query}")),
        cut: asked
            .one(TYPED)
            .and_then(|typed| cut(&site, &digits, typed)),
        frame,
    };
    Ok(page(StatusCode::OK, &product))
}

/// Chapter, heading, subheading and what an economy adds.
fn path(site: &Site, digits: &str) -> Vec<Step> {
    let steps = [
        ("product-chapter", 2),
        ("product-heading", 4),
        ("product-subheading", 6),
    ];
    let steps = steps.into_iter().filter(|(_, end)| *end < digits.len());
    let whole = match digits.len() {
        2 | 3 => "product-chapter",
        4 | 5 => "product-heading",
        6 => "product-subheading",
        _ => "product-extension",
    };
    let steps = steps.chain([(whole, digits.len())]);
    let steps = steps.filter_map(|(key, end)| {
        let code = digits.get(..end)?;
        let named = goods::name(code, site.language.tag()).filter(|_| end <= SUBHEADING);
        Some(step(site, site.texts.say(key), code, named))
    });
    steps.collect()
}

/// That the first digits of what was typed were taken; of anything but a national code that lies
/// under this one an address may say what it will.
fn cut(site: &Site, digits: &str, typed: &str) -> Option<String> {
    let typed = national(typed).filter(|national| national.starts_with(digits))?;
    let arguments = [
        ("typed", text(goods::printed(&typed))),
        ("code", text(goods::printed(digits))),
    ];
    Some(site.texts.put("product-cut", &arguments))
}

fn below(site: &Site, digits: &str) -> Vec<Step> {
    let sort = match digits.len() {
        2 => "product-heading",
        _ => "product-subheading",
    };
    let places = goods::under(digits, site.language.tag()).into_iter();
    places
        .map(|place| step(site, site.texts.say(sort), &place.code, place.name))
        .collect()
}

fn step(site: &Site, sort: String, code: &str, name: Option<&'static str>) -> Step {
    Step {
        sort,
        code: goods::printed(code),
        href: site.href(&format!("hs/{code}")),
        name: name.unwrap_or_default(),
    }
}

fn under(digits: &str) -> SearchRequest {
    SearchRequest {
        conditions: vec![Condition {
            property: Property::Hs,
            value: digits.to_owned(),
            unwanted: false,
        }],
        sort: SortOrder::Newest,
        limit: NEWEST,
        facets: vec![Property::Standard, Property::IssuerEconomy],
        ..SearchRequest::default()
    }
}

async fn required(
    site: &Site,
    code: ProductCode,
    economy: &str,
    on: Option<Day>,
) -> Result<AskedFor, Trouble> {
    let query = RequirementsQuery {
        in_economy: economy.to_owned(),
        code,
        on,
    };
    let _place = site.place()?;
    let found = site.node().requirements(&query).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let said = RequirementsFound {
        economy,
        code: &site.goods(&query.code.code),
        on: found.on,
        rules: found.said(),
        counting: found.answers.len(),
        judged: (!found.all_judged).then_some((found.judged, found.found)),
    };
    let shown = found.answers.iter().take(ANSWERS);
    let records = shown.clone().map(|answer| &answer.record);
    let records = records.map(|record| (&*record.evidence, record.state.as_str()));
    let mut answers = Hit::all(site, records);
    for (answer, hit) in shown.zip(&mut answers) {
        let digest = hex::encode(answer.record.row.digest);
        if let Some(href) = judged_href(site, &digest, &answer.verdict.question) {
            hit.href = href;
        }
        hit.judged(site, &answer.verdict);
        hit.noticed = noticed(site, &answer.record).await?;
    }
    let heading = query.code.code.get(..HEADING).unwrap_or(&query.code.code);
    let judged = [
        ("heading", text(heading)),
        ("judged", number(found.judged as u64)),
        ("found", number(found.found)),
    ];
    let day = found.on.to_string();
    let twin = [("in", economy), ("hs", &*query.code.code), ("on", &*day)];
    Ok(AskedFor {
        economy: site.economy(economy),
        sentence: wording::requirements(&said, site.language, Style::Names),
        rules: rules(site, &found),
        answers,
        judged: site.texts.put("product-judged", &judged),
        ask: Answerer::new(site, &found.ask),
        twin: format!("/v1/requirements?{}", query_string(twin)),
    })
}

/// What a rule does.
pub(crate) fn rule_effect(site: &Site, effect: RuleEffect) -> String {
    site.texts.say(match effect {
        RuleEffect::Required => "rule-required",
        RuleEffect::NothingRequired => "rule-nothing",
        RuleEffect::Accepted => "rule-accepted",
        RuleEffect::Refused => "rule-refused",
    })
}

fn rules(site: &Site, found: &Requirements) -> Vec<RuleRow> {
    let unanswered = found.unanswered();
    let row = |held: &RuleInForce| {
        let rule = &held.rule;
        let (lang, title) = site.worded(&rule.title);
        let things = rule.requirements.iter().map(|thing| {
            let (lang, text) = site.worded(&thing.text);
            let known = found.all_judged;
            Thing {
                asked: asked_for(site, thing),
                lang,
                text,
                open: known && unanswered.contains(&(held.digest, thing.id.as_str())),
            }
        });
        let digest = hex::encode(held.digest);
        RuleRow {
            lang,
            title,
            href: site.href(&format!("records/{digest}")),
            effect: rule_effect(site, rule.effect),
            legal_basis: projected(&rule.legal_basis),
            needs_reading: held.needs_reading,
            period: period(site, &rule.period.from, rule.period.until.as_ref()),
            things: things.collect(),
        }
    };
    found.in_force.rules.iter().map(row).collect()
}
