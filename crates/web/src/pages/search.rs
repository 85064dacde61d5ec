//! Search with facets; where a destination is named, each hit with its verdict.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use comity_model::date::Day;
use comity_model::product::ProductCode;
use comity_model::record::Kind;
use comity_model::text::projected;
use comity_node::look_up::Found;
use comity_node::search::{Property, SearchPage, SearchRequest, SortOrder, is_searchable};
use comity_recognition::question::Selector;
use comity_recognition::wording;

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::pages::counting::{self, Counted};
use crate::pages::home::{Choice, economies};
use crate::pages::record::noticed;
use crate::rows::named;
use crate::site::{Answer, Site};
use crate::texts::{number, text};
use crate::trouble::Trouble;
use crate::verdict::question;

mod data;
mod hit;
mod meant;
mod narrowed;
mod number;

pub(crate) use data::Data;
pub(crate) use hit::{Goods, Hit, goods_of, period};
use meant::Similar;
use number::{OfNumber, of_number, of_paper};

/// Results on a page.
const RESULTS: usize = 20;
/// Values shown of a facet whose list is open.
const VALUES: usize = 12;
/// What can be narrowed by, in the order of the page.
const FACETS: [(Property, &str); 6] = [
    (Property::Status, "search-facet-status"),
    (Property::Kind, "search-facet-kind"),
    (Property::IssuerEconomy, "search-facet-economy"),
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
    /// Only what counts in the destination was asked for.
    only: bool,
    counted: Option<Counted>,
    facets: Vec<FacetList>,
    next: Option<String>,
    did_you_mean: Option<(String, String)>,
    /// What of the search could not be read and was left out.
    wrong: Vec<String>,
    /// Numbers like the one typed, where that is not here.
    similar: Similar,
    /// What is known of the number typed besides the records that have it.
    of_number: OfNumber,
    /// Codes that the words probably mean: as printed, plain name, address.
    codes: Vec<(String, &'static str, String)>,
    /// What those codes are to what was typed.
    codes_are: String,
    /// For where and when the results are judged, where they are.
    judged_for: Option<String>,
    /// Where nothing was found: what to do.
    nothing: Option<String>,
    /// None where nothing was searched.
    data: Option<Data>,
    /// Names and values that go along with the form.
    hidden: Vec<(String, String)>,
}

pub(crate) struct FacetList {
    name: String,
    values: Vec<FacetValue>,
}

struct FacetValue {
    label: String,
    /// Empty where it says nothing of what is shown.
    count: String,
    href: String,
    chosen: bool,
}

/// What a page of results is made of.
pub(crate) struct Shown {
    pub(crate) heading: String,
    pub(crate) data: Data,
    pub(crate) hits: Vec<Hit>,
    pub(crate) counted: Option<Counted>,
    /// Where there is nothing to show, what is said.
    pub(crate) nothing: &'static str,
    pub(crate) facets: Vec<FacetList>,
    pub(crate) next: Option<String>,
    pub(crate) did_you_mean: Option<String>,
    /// Whether anything was searched for.
    pub(crate) is_searched: bool,
}

/// Finds records.
pub(crate) async fn search(State(site): State<Site>, asked: Asked) -> Answer {
    let place = site.place_in(&asked)?;
    if let Some(number) = site.only(&asked, "number")? {
        let number = number.to_owned();
        return by_number(&site, &asked, &number).await;
    }
    let typed = words(&asked);
    if !typed.is_empty() && !is_searchable(typed) {
        return unsearchable(&site, &asked).await;
    }
    let request = request(&site, &asked)?;
    if let (true, Some(economy)) = (counting::is_asked(&asked), place) {
        let counted = counting::counted(&site, &asked, economy, request).await?;
        return whole(&site, &asked, counted).await;
    }
    let found = site.node().find(request).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let total = found.total;
    shown(&site, &asked, found, total).await
}

/// Of a text without a letter or digit nothing is searched: everything would be found.
async fn unsearchable(site: &Site, asked: &Asked) -> Answer {
    let shown = Shown {
        heading: site.texts.say("search-unsearchable"),
        data: Data::new(site, asked),
        hits: Vec::new(),
        counted: None,
        nothing: "search-unsearchable-detail",
        facets: Vec::new(),
        next: None,
        did_you_mean: None,
        is_searched: false,
    };
    whole(site, asked, shown).await
}

async fn by_number(site: &Site, asked: &Asked, number: &str) -> Answer {
    let selector = Selector::Number {
        number: number.to_owned(),
        issuer: site.only(asked, "issuer")?.map(str::to_owned),
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
            Some("logged") => SortOrder::Logged,
            _ => SortOrder::Relevance,
        },
        facets: FACETS.map(|(property, _)| property).to_vec(),
        ..SearchRequest::default()
    };
    let conditions = narrowed::conditions(asked).into_iter();
    request.conditions = conditions.filter_map(Result::ok).collect();
    Ok(request)
}

/// The parameter of a property, as the API names it.
pub(crate) fn parameter(property: Property) -> &'static str {
    if property == Property::Kind {
        "type"
    } else {
        property.name()
    }
}

/// Where it is to count; what cannot be read was refused before.
fn destination(asked: &Asked) -> Option<&str> {
    asked.place().ok().flatten()
}

/// What was typed.
pub(crate) fn words(asked: &Asked) -> &str {
    asked.one("q").or(asked.one("number")).unwrap_or_default()
}

async fn shown(site: &Site, asked: &Asked, found: SearchPage, total: u64) -> Answer {
    let texts = site.texts;
    let count = texts.put("search-count", &[("count", number(total))]);
    let heading = match words(asked) {
        "" => count,
        words => texts.put(
            "search-count-for",
            &[("records", text(count)), ("words", text(words.to_owned()))],
        ),
    };
    let records = found.hits.iter();
    let mut hits = Hit::all(
        site,
        records.map(|one| (&*one.evidence, one.state.as_str())),
    );
    for (one, hit) in found.hits.iter().zip(&mut hits) {
        completed(site, asked, one, hit).await?;
    }
    let shown = Shown {
        heading,
        data: Data::new(site, asked),
        hits,
        counted: None,
        nothing: "search-nothing",
        facets: facets(site, asked, &found.facets),
        next: found.next,
        did_you_mean: found.did_you_mean,
        is_searched: true,
    };
    whole(site, asked, shown).await
}

/// The page around what is shown.
async fn whole(site: &Site, asked: &Asked, shown: Shown) -> Answer {
    let mut frame = Frame::new(site, shown.heading.clone(), &asked.here);
    frame.search = None;
    frame.listed = false;
    frame.twin.clone_from(&shown.data.json);
    frame.feeds = shown.data.feeds();
    let mean = shown.did_you_mean.map(|mean| {
        let href = address(site, asked, &["q", "cursor"], &[("q", &mean)]);
        (mean, href)
    });
    let found = shown
        .counted
        .as_ref()
        .map(|counted| counted.groups.is_empty());
    let empty = found.unwrap_or(shown.hits.is_empty());
    let of_number = of_number(site, asked).await?;
    // What was taken down is not "nothing", nor is another number what was meant.
    let empty = empty && of_number.taken_down.is_empty();
    let next = shown.next;
    let page_data = Search {
        heading: shown.heading,
        words: words(asked).to_owned(),
        economies: economies(site, destination(asked).unwrap_or_default()),
        on: asked.one("on").unwrap_or_default().to_owned(),
        hs: asked.one("hs").unwrap_or_default().to_owned(),
        only: counting::is_asked(asked),
        sorts: sorts(site, asked),
        chips: chips(site, asked),
        judged_for: judged_for(site, asked).filter(|_| !empty),
        nothing: empty.then(|| site.texts.say(shown.nothing)),
        facets: shown.facets,
        next: next.map(|next| address(site, asked, &["cursor"], &[("cursor", &next)])),
        did_you_mean: mean,
        data: Some(shown.data).filter(|_| shown.is_searched),
        codes: meant::codes(site, asked),
        codes_are: site.texts.say(match asked.one("number") {
            Some(_) => "search-number-code",
            None => "search-codes",
        }),
        wrong: narrowed::wrong(site, asked),
        similar: if empty {
            meant::similar(site, asked).await?
        } else {
            Similar::default()
        },
        of_number,
        hidden: hidden(asked),
        hits: shown.hits,
        counted: shown.counted,
        frame,
    };
    Ok(page(StatusCode::OK, &page_data))
}

/// For where and when results are judged: said once, and not beside each.
fn judged_for(site: &Site, asked: &Asked) -> Option<String> {
    let economy = destination(asked)?;
    let on = asked.read::<Day>("on").ok().flatten();
    let arguments = [
        ("economy", text(site.economy(economy))),
        ("day", text(site.day(on.unwrap_or_else(|| site.today())))),
    ];
    Some(site.texts.put("search-judged-for", &arguments))
}

/// The address of this search without some parameters and with others.
pub(crate) fn address(
    site: &Site,
    asked: &Asked,
    without: &[&str],
    with: &[(&str, &str)],
) -> String {
    let pairs = asked.without(without).chain(with.iter().copied());
    site.href(&format!("search?{}", query_string(pairs)))
}

/// What goes along when the form is sent again: the facets chosen.
fn hidden(asked: &Asked) -> Vec<(String, String)> {
    let fields = [
        "q",
        "in",
        "on",
        "hs",
        "sort",
        "cursor",
        "number",
        counting::ONLY,
    ];
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
        ("logged", "search-sort-logged"),
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
        Property::Economy | Property::IssuerEconomy => site.economy(value),
        Property::Hs => match ProductCode::hs(value, None) {
            Some(code) => site.goods(&code.code),
            None => projected(value),
        },
        Property::Issuer | Property::Grantor => {
            let party = named(site, [value]).pop().and_then(|party| party.name);
            party.map_or_else(|| projected(value), |(_, name)| name)
        }
        _ => projected(value),
    }
}

fn chips(site: &Site, asked: &Asked) -> Vec<(String, String)> {
    let mut chips: Vec<_> = counting::chip(site, asked, destination(asked))
        .into_iter()
        .collect();
    for property in Property::ALL {
        let name = parameter(property);
        for value in asked
            .many(name)
            .filter(|value| narrowed::is_value(property, value))
        {
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
    let counted = counted.iter().map(|(property, values)| {
        let values = values.iter().map(|(value, count)| (&**value, Some(*count)));
        (*property, values.collect())
    });
    narrowing(site, asked, &counted.collect::<Vec<Values<'_>>>())
}

/// Values of a property, with how many records have each where that is said.
pub(crate) type Values<'v> = (Property, Vec<(&'v str, Option<u64>)>);

/// By what the search can be narrowed: values of each property, with counts where they say
/// something of what is shown.
pub(crate) fn narrowing(site: &Site, asked: &Asked, found: &[Values<'_>]) -> Vec<FacetList> {
    let lists = FACETS.iter().filter_map(|(property, key)| {
        let (_, values) = found.iter().find(|(one, _)| one == property)?;
        let name = parameter(*property);
        // Of a closed list all are shown.
        let closed = matches!(property, Property::Kind | Property::Status);
        let shown = if closed { values.len() } else { VALUES };
        let values = values.iter().take(shown).map(|(value, count)| {
            let chosen = asked.many(name).any(|one| one == *value);
            let count = count.map(|count| {
                let count = [("count", number(count))];
                site.texts.put("search-facet-count", &count)
            });
            FacetValue {
                label: label(site, *property, value),
                count: count.unwrap_or_default(),
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

/// What was asked goes along with a result, and where a destination is named, its verdict.
async fn completed(
    site: &Site,
    asked: &Asked,
    found: &Found,
    hit: &mut Hit,
) -> Result<(), Trouble> {
    hit.href = href(site, asked, found);
    hit.kind = label(site, Property::Kind, &found.row.kind);
    hit.noticed = noticed(site, found).await?;
    let attestation = found.row.kind == Kind::Attestation.name();
    let Some(destination) = destination(asked).filter(|_| attestation) else {
        return Ok(());
    };
    let record = Selector::RecordDigest(hex::encode(found.row.digest));
    let mut ask = question(site, asked, record, destination)?;
    // The number is what was searched by: of the paper where the record prints another.
    ask.product.number = of_paper(asked, found);
    let answer = site.node().recognise(ask).await;
    let answer = answer.map_err(|error| site.failed(&error))?;
    hit.judged(site, &answer.verdict);
    Ok(())
}

/// The page of a record, with what was asked about it.
pub(crate) fn href(site: &Site, asked: &Asked, found: &Found) -> String {
    let of_search = [
        "q",
        "cursor",
        "sort",
        "number",
        "type",
        "status",
        counting::ONLY,
    ];
    let number = of_paper(asked, found);
    let number = number.iter().map(|number| ("number", number.as_str()));
    let rest = query_string(asked.without(&of_search).chain(number));
    let digest = hex::encode(found.row.digest);
    site.href(&format!("records/{digest}?{rest}"))
}
