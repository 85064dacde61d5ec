//! Lists of records, contacts and addresses, as several pages show them.

use comity_model::party::Contact;
use comity_model::text::projected;
use comity_node::browse::List;
use comity_node::look_up::Found;

use crate::pages::search::Hit;
use crate::site::Site;
use crate::texts::number;

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
        let items = items.map(|one| Hit::new(site, &one.evidence, &one.state));
        Self::shown(site, items.collect(), list.total as u64)
    }

    /// What was found by a search.
    pub(crate) fn found(site: &Site, found: &[Found], total: u64) -> Self {
        let items = found.iter();
        let items = items.map(|one| Hit::new(site, &one.evidence, &one.state));
        Self::shown(site, items.collect(), total)
    }

    fn shown(site: &Site, items: Vec<Hit>, total: u64) -> Self {
        let shown = items.len() as u64;
        let counts = [("shown", number(shown)), ("total", number(total))];
        let more = (shown < total).then(|| site.texts.put("browse-more", &counts));
        Self { items, more }
    }
}

/// The office to ask, with links only where they lead to what they say.
#[derive(Debug, Default)]
pub(crate) struct Office {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
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
            email,
            telephone,
        }
    }
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}
