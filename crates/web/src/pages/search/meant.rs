//! What else than records of those words may be meant: codes of goods, numbers that look alike.

use std::collections::BTreeSet;

use comity_model::number::{Alphabet, look_alike};
use comity_model::text::projected;
use comity_node::goods;
use comity_node::notices::Touched;

use super::{number, words};
use crate::asked::{Asked, query_string};
use crate::pages::home::{SHARED_DIGITS, product_path};
use crate::pages::record::{NoticeRow, notices, warnings};
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

/// Numbers like the one typed.
#[derive(Default)]
pub(super) struct Similar {
    /// Each with the address that leads to it.
    pub(super) numbers: Vec<(String, String)>,
    /// Of which alphabets letters were typed that stand for others in them, a sentence each.
    pub(super) letters: Vec<String>,
    /// Warnings in force about those that differ in that only.
    pub(super) warnings: Vec<NoticeRow>,
}

/// Numbers that look like the one typed.
pub(super) async fn similar(site: &Site, asked: &Asked) -> Result<Similar, Trouble> {
    let typed = number::typed(asked).unwrap_or_default();
    let found = site.node().numbers_like(words(asked)).await;
    let mut similar = Similar::default();
    let mut alphabets = BTreeSet::new();
    for number in found.map_err(|error| site.failed(&error))? {
        let letters = look_alike(&typed, &number);
        if let (false, Some(touched)) = (letters.is_empty(), Touched::number(&number, None)) {
            let of_number = warnings(&notices(site, touched).await?);
            similar.warnings.extend(of_number);
        }
        alphabets.extend(letters);
        let kept = asked.without(&["q", "number", "cursor"]);
        let query = query_string([("q", number.as_str())].into_iter().chain(kept));
        let href = site.href(&format!("go?{query}"));
        similar.numbers.push((projected(&number), href));
    }
    let letters = alphabets.into_iter().map(|alphabet| match alphabet {
        Alphabet::Latin => "search-letters-latin",
        Alphabet::Cyrillic => "search-letters-cyrillic",
        Alphabet::Greek => "search-letters-greek",
    });
    similar.letters = letters.map(|key| site.texts.say(key)).collect();
    Ok(similar)
}
