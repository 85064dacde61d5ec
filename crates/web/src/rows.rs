//! Lists of records, contacts and addresses, as several pages show them.

use comity_model::attestation::Quantity;
use comity_model::party::{Contact, is_did};
use comity_model::product::ProductCode;
use comity_model::text::projected;
use comity_node::browse::{Arrangements, List};
use comity_node::look_up::Found;
use comity_node::named::WhomToAsk;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Question;
use comity_recognition::wording;

use crate::asked::{MAX_QUERY_STRING_BYTES, is_kept, query_string};
use crate::pages::search::Hit;
use crate::site::Site;
use crate::texts::number;
use crate::verdict::MAX_CODES;

#[cfg(test)]
mod tests;

/// Records of a list.
pub(crate) struct Rows {
    pub(crate) items: Vec<Hit>,
    /// How many of how many are shown, where that is not all.
    pub(crate) more: Option<String>,
}

impl Rows {
    /// A list as it was made.
    pub(crate) fn of(site: &Site, list: &List) -> Self {
        let items = list.items.iter();
        let items = items.map(|one| (&*one.evidence, one.state.as_str()));
        Self::shown(site, Hit::all(site, items), list.total as u64)
    }

    /// Arrangements, each with who is in it on the day of the list.
    pub(crate) fn of_arrangements(site: &Site, held: &Arrangements) -> Self {
        let mut rows = Self::of(site, &held.list);
        for (hit, one) in rows.items.iter_mut().zip(&held.list.items) {
            let members = held.members.get(&one.evidence.record_digest);
            let mut members: Vec<_> = members.into_iter().flatten().collect();
            members.sort_by_key(|code| wording::economy_rank(code, site.language));
            hit.economies = members.into_iter().map(|code| site.economy(code)).collect();
        }
        rows
    }

    /// What was found by a search.
    pub(crate) fn found(site: &Site, found: &[Found], total: u64) -> Self {
        let items = found.iter();
        let items = items.map(|one| (&*one.evidence, one.state.as_str()));
        Self::shown(site, Hit::all(site, items), total)
    }

    fn shown(site: &Site, items: Vec<Hit>, total: u64) -> Self {
        let shown = items.len() as u64;
        let counts = [("shown", number(shown)), ("total", number(total))];
        let more = (shown < total).then(|| site.texts.put("browse-more", &counts));
        Self { items, more }
    }
}

/// Whom to ask where a destination's rules do not answer.
pub(crate) struct Answerer {
    /// None where no authority is believed.
    pub(crate) authority: Option<Named>,
    pub(crate) offices: Vec<Office>,
}

impl Answerer {
    pub(crate) fn new(site: &Site, ask: &WhomToAsk) -> Self {
        let name = Some(site.worded(&ask.names)).filter(|(_, name)| !name.is_empty());
        Self {
            authority: ask.authority.as_ref().map(|did| Named {
                did: projected(did),
                href: party_href(site, did),
                name,
            }),
            offices: ask.contacts.iter().map(Office::new).collect(),
        }
    }
}

/// A party: its DID, the address of its page, and where its name is held, that.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) did: String,
    pub(crate) href: String,
    /// Language tag and name, in the reader's language where it is held in that.
    pub(crate) name: Option<(String, String)>,
}

/// Parties with their names.
pub(crate) fn named<'d>(site: &Site, dids: impl IntoIterator<Item = &'d str>) -> Vec<Named> {
    let dids: Vec<&str> = dids.into_iter().filter(|did| is_did(did)).collect();
    let wanted = dids.iter().map(|did| (*did).to_owned()).collect();
    let names = site.node().names_of(&wanted);
    let parties = dids.into_iter().map(|did| Named {
        did: did.to_owned(),
        href: party_href(site, did),
        name: names.get(did).map(|name| site.worded(name)),
    });
    parties.collect()
}

/// Whose word a record is.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) by: Named,
    /// It is signed with a key that is registered for whom it names as its issuer.
    pub(crate) own: bool,
}

/// Whose word records are, in their order: with a name only where the signature is its own.
pub(crate) fn said_by<'e>(
    site: &Site,
    records: impl IntoIterator<Item = &'e EvidenceRecord>,
) -> Vec<Said> {
    let voices = site.node().voices(records).into_iter();
    let said = voices.map(|voice| Said {
        by: Named {
            href: party_href(site, &voice.did),
            name: Some(site.worded(&voice.names)).filter(|(_, name)| !name.is_empty()),
            did: projected(&voice.did),
        },
        own: voice.own,
    });
    said.collect()
}

/// The page of a judged record, with the question it was judged for; none where an address does not
/// say that question.
pub(crate) fn judged_href(site: &Site, digest: &str, question: &Question) -> Option<String> {
    let query = question_query(question)?;
    let is_read = query.len() <= MAX_QUERY_STRING_BYTES;
    is_read.then(|| site.href(&format!("records/{digest}?{query}")))
}

/// A question as addresses ask it: the destination, the day, and all that is known of the product.
/// None of a question that they cannot ask whole: with more codes than are read, or with a text that
/// is read otherwise than it stands.
pub(crate) fn question_query(question: &Question) -> Option<String> {
    let product = &question.product;
    let is_read =
        |code: &ProductCode| ProductCode::of_parameter(&code.to_parameter()).as_ref() == Some(code);
    let is_weighed = |quantity: &Quantity| {
        Quantity::of_parameter(&quantity.to_parameter()).as_ref() == Some(quantity)
    };
    if product.codes.len() > MAX_CODES
        || !product.codes.iter().all(is_read)
        || !product.quantity.iter().all(is_weighed)
    {
        return None;
    }
    let asked = [
        ("in", question.in_economy.clone()),
        ("on", question.on.to_string()),
    ];
    let pairs: Vec<_> = asked.into_iter().chain(product.parameters()).collect();
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    let mut values = pairs.clone().map(|(_, value)| value);
    values
        .all(|value| is_kept(value) && !value.is_empty())
        .then(|| query_string(pairs))
}

/// The page of a party.
pub(crate) fn party_href(site: &Site, did: &str) -> String {
    site.href(&format!("parties/{}", segment(did)))
}

/// The office to ask, with links only where they lead to what they say.
#[derive(Debug, Default)]
pub(crate) struct Office {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
    /// Where a letter to it goes, where it is plainly one address.
    pub(crate) letters: Option<String>,
    pub(crate) telephone: Option<String>,
}

impl Office {
    pub(crate) fn new(contact: &Contact) -> Self {
        let text = |text: &Option<String>| text.as_deref().map(projected);
        Self::checked(
            Some(projected(&contact.office)),
            text(&contact.url),
            text(&contact.email),
            text(&contact.telephone),
        )
    }

    /// A record may hold any address: only one of the web is linked.
    pub(crate) fn checked(
        name: Option<String>,
        url: Option<String>,
        email: Option<String>,
        telephone: Option<String>,
    ) -> Self {
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        Self {
            name: name.filter(|name| !name.is_empty()),
            url: url.filter(web),
            letters: email.as_deref().and_then(letters_to),
            email,
            telephone,
        }
    }
}

/// The link for a letter to one address (RFC 6068), and none where the address holds what a letter
/// program reads as more: a second addressee, a field of the letter, an encoded character.
fn letters_to(email: &str) -> Option<String> {
    let (local, host) = email.split_once('@')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let dotted = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.');
    let is_local = dotted(local) && local.chars().all(plain);
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let is_host = dotted(host) && host.contains('.') && host.chars().all(letter);
    (is_local && is_host).then(|| format!("mailto:{email}"))
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}
