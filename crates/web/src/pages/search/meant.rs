//! What else than records of those words may be meant: codes of goods, numbers that look alike.

use comity_model::text::projected;
use comity_node::goods;

use super::words;
use crate::asked::{Asked, query_string};
use crate::pages::home::{SHARED_DIGITS, product_path};
use crate::site::Site;
use crate::trouble::Trouble;
use crate::typed;

/// Codes that the words typed probably mean, with what goes along to their pages.
pub(super) fn codes(site: &Site, asked: &Asked) -> Vec<(String, &'static str, String)> {
    let rest = query_string(asked.without(&["q", "hs", "cursor", "sort", "number", "issuer"]));
    if let Some(code) = asked.one("number").and_then(typed::digits) {
        let shared = code.get(..SHARED_DIGITS).unwrap_or(&code);
        let name = goods::name(shared, site.language.tag()).unwrap_or_default();
        let page = product_path(&code);
        let sign = if page.contains('?') { '&' } else { '?' };
        let href = site.href(&format!("{page}{sign}{rest}"));
        return vec![(goods::printed(&code), name, href)];
    }
    let Some(words) = asked.one("q") else {
        return Vec::new();
    };
    let found = goods::certain(words, site.language.tag()).into_iter();
    found
        .map(|place| {
            let href = site.href(&format!("hs/{}?{rest}", place.code));
            (
                goods::printed(&place.code),
                place.name.unwrap_or_default(),
                href,
            )
        })
        .collect()
}

/// Numbers that look like the one typed, each with the address that leads to it.
pub(super) async fn similar(site: &Site, asked: &Asked) -> Result<Vec<(String, String)>, Trouble> {
    let found = site.node().numbers_like(words(asked)).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let numbers = found.into_iter().map(|number| {
        let kept = asked.without(&["q", "number", "cursor"]);
        let query = query_string([("q", number.as_str())].into_iter().chain(kept));
        let href = site.href(&format!("go?{query}"));
        (projected(&number), href)
    });
    Ok(numbers.collect())
}
