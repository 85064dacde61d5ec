//! Search for what counts in a destination: each group with its heading, and first, where no rule
//! of the destination is held, that and whom to ask.

use comity_model::date::Day;
use comity_node::counting::{CountingPage, CountingQuery, GROUPS};
use comity_node::search::{Condition, Property, SearchRequest};
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording::{self, Style};

use crate::asked::Asked;

use crate::pages::record::noticed;
use crate::pages::search::{Data, FacetList, Hit, Shown, Values, address, href, narrowing, words};
use crate::rows::Answerer;
use crate::site::Site;
use crate::texts::text;
use crate::trouble::Trouble;

/// The parameter by which only what counts is asked for, and its value.
pub(crate) const ONLY: &str = "only";
const COUNTING: &str = "counting";

/// What counts, in groups.
pub(crate) struct Counted {
    /// Where no rule of the destination is in force for the product: that, and whom to ask.
    pub(crate) no_rule: Option<String>,
    pub(crate) ask: Answerer,
    /// Heading and hits of each group that has any.
    pub(crate) groups: Vec<(String, Vec<Hit>)>,
    /// How many were judged.
    pub(crate) judged: String,
}

/// Whether only what counts in the destination is asked for.
pub(crate) fn is_asked(asked: &Asked) -> bool {
    asked.one(ONLY) == Some(COUNTING)
}

/// What says that only this is shown, with the address of the search without it.
pub(crate) fn chip(
    site: &Site,
    asked: &Asked,
    destination: Option<&str>,
) -> Option<(String, String)> {
    let economy = destination.filter(|_| is_asked(asked))?;
    let economy = [("economy", text(site.economy(economy)))];
    let href = address(site, asked, &[ONLY, "cursor"], &[]);
    Some((site.texts.put("search-only-chip", &economy), href))
}

/// What of a search counts in an economy.
pub(crate) async fn counted(
    site: &Site,
    asked: &Asked,
    economy: &str,
    mut request: SearchRequest,
) -> Result<Shown, Trouble> {
    let on = asked.read::<Day>("on");
    let on = on.map_err(|value| site.cannot_read("on", &value))?;
    let code = site.product_in(asked)?;
    let is_product = |condition: &Condition| condition.property == Property::Hs;
    request
        .conditions
        .retain(|condition| !is_product(condition));
    let query = CountingQuery {
        request,
        in_economy: economy.to_owned(),
        code: code.clone(),
        on,
    };
    let _place = site.place()?;
    let found = site.node().counting(query).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let code = code.map(|code| site.goods(&code.code));
    let judged = wording::judged(
        found.judged,
        found.candidates,
        found.cannot_tell,
        site.language,
    );
    let counted = Counted {
        no_rule: wording::no_rule(
            (economy, code.as_deref()),
            found.on,
            &found.in_force,
            site.language,
            Style::Names,
        ),
        ask: Answerer::new(site, &found.ask),
        groups: groups(site, asked, &found).await?,
        judged,
    };
    Ok(Shown {
        heading: heading(site, asked, economy),
        data: Data::counting(asked, economy),
        hits: Vec::new(),
        counted: Some(counted),
        nothing: "search-counting-nothing",
        facets: facets(site, asked, &found),
        next: found.next,
        did_you_mean: found.did_you_mean,
        is_searched: true,
    })
}

fn heading(site: &Site, asked: &Asked, economy: &str) -> String {
    let economy = ("economy", text(site.economy(economy)));
    match words(asked) {
        "" => site.texts.put("search-counting", &[economy]),
        words => {
            let words = ("words", text(words.to_owned()));
            site.texts.put("search-counting-for", &[economy, words])
        }
    }
}

async fn groups(
    site: &Site,
    asked: &Asked,
    found: &CountingPage,
) -> Result<Vec<(String, Vec<Hit>)>, Trouble> {
    let mut groups = Vec::new();
    for result in GROUPS {
        let items: Vec<_> = found.group(result).collect();
        let records = items.iter().map(|item| &item.record);
        let records = records.map(|record| (&*record.evidence, record.state.as_str()));
        let mut hits = Hit::all(site, records);
        for (item, hit) in items.iter().zip(&mut hits) {
            hit.href = href(site, asked, &item.record);
            hit.judged(site, &item.verdict);
            hit.noticed = noticed(site, &item.record).await?;
        }
        let key = match result {
            VerdictResult::Recognised => "search-group-recognised",
            VerdictResult::RecognisedWithConditions => "search-group-conditions",
            _ => "search-group-results",
        };
        if !hits.is_empty() {
            groups.push((site.texts.say(key), hits));
        }
    }
    Ok(groups)
}

/// By what the candidates differ, without counts: they would not be of what is shown. The product
/// is asked for already.
fn facets(site: &Site, asked: &Asked, found: &CountingPage) -> Vec<FacetList> {
    let differing = found
        .facets
        .iter()
        .filter(|(property, _)| *property != Property::Hs);
    let values = differing.map(|(property, values)| {
        let values = values.iter().map(|value| (value.as_str(), None));
        (*property, values.collect())
    });
    narrowing(site, asked, &values.collect::<Vec<Values<'_>>>())
}
