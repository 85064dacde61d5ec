//! Feeds of entries: Atom (RFC 4287) and JSON Feed 1.1.

use std::fmt::Write as _;

use comity_model::date::Instant;
use serde::Serialize;

#[cfg(test)]
mod tests;

/// Media type of an Atom feed.
pub(crate) const ATOM: &str = "application/atom+xml; charset=utf-8";
/// Media type of a JSON feed.
pub(crate) const JSON_FEED: &str = "application/feed+json; charset=utf-8";

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// A feed.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    /// What it is called.
    pub(crate) title: String,
    /// Where the node is reached, such as `https://nqi.example.se`.
    pub(crate) base: String,
    /// Its own path and query string.
    pub(crate) path: String,
    /// That more is held than stands in it, and where.
    pub(crate) more: Option<String>,
    /// The newest first.
    pub(crate) entries: Vec<Entry>,
}

/// One entry of a feed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Its permanent name, an absolute address.
    pub(crate) id: String,
    /// Where it is read, with the media type of what is there.
    pub(crate) link: (String, &'static str),
    pub(crate) title: String,
    /// In seconds; where a log gave no time, none.
    pub(crate) published: Option<Instant>,
    /// When something last became of it.
    pub(crate) updated: Option<Instant>,
    /// Who says it.
    pub(crate) author: String,
    /// Language of the title, where it has one.
    pub(crate) language: Option<String>,
    /// What it is about, in one word or two.
    pub(crate) categories: Vec<String>,
    /// Terms of use, where the signer gave some.
    pub(crate) rights: Option<String>,
    /// Plain text.
    pub(crate) content: String,
}

/// The time of what has none: Atom requires one.
const NO_TIME: &str = "1970-01-01T00:00:00Z";

impl Format {
    /// Its media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Atom => ATOM,
            Self::Json => JSON_FEED,
        }
    }
}

impl Feed {
    /// The feed in a format.
    pub(crate) fn write(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Atom => self.atom().into_bytes(),
            Format::Json => self.json(),
        }
    }

    fn atom(&self) -> String {
        let newest = self.entries.iter().filter_map(|entry| entry.updated).max();
        let own = escaped(&format!("{}{}", self.base, self.path));
        let mut feed = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let _ = write!(
            feed,
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{own}</id>\n<title>{}</title>\n\
             <updated>{}</updated>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n",
            escaped(&self.title),
            time(newest),
        );
        if let Some(more) = &self.more {
            let _ = writeln!(feed, "<subtitle>{}</subtitle>", escaped(more));
        }
        for entry in &self.entries {
            entry.atom(&mut feed);
        }
        feed.push_str("</feed>\n");
        feed
    }

    fn json(&self) -> Vec<u8> {
        let feed = JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            home_page_url: format!("{}/", self.base),
            feed_url: format!("{}{}", self.base, self.path),
            description: self.more.as_deref(),
            items: self.entries.iter().map(Entry::json).collect(),
        };
        serde_json::to_vec(&feed).unwrap_or_default()
    }
}

impl Entry {
    fn atom(&self, feed: &mut String) {
        let (link, kind) = &self.link;
        let language = self.language.as_deref().map(escaped);
        let language = language.map_or(String::new(), |tag| format!(" xml:lang=\"{tag}\""));
        let _ = write!(
            feed,
            "<entry>\n<id>{}</id>\n<title{language}>{}</title>\n<updated>{}</updated>\n\
             <published>{}</published>\n<author><name>{}</name></author>\n\
             <link rel=\"alternate\" type=\"{kind}\" href=\"{}\"/>\n",
            escaped(&self.id),
            escaped(&self.title),
            time(self.updated),
            time(self.published),
            escaped(&self.author),
            escaped(link),
        );
        for category in &self.categories {
            let _ = writeln!(feed, "<category term=\"{}\"/>", escaped(category));
        }
        if let Some(rights) = &self.rights {
            let _ = writeln!(feed, "<rights>{}</rights>", escaped(rights));
        }
        let _ = write!(
            feed,
            "<content type=\"text\">{}</content>\n</entry>\n",
            escaped(&self.content)
        );
    }

    fn json(&self) -> JsonItem<'_> {
        JsonItem {
            id: &self.id,
            url: &self.link.0,
            title: &self.title,
            content_text: &self.content,
            date_published: self.published.map(|at| at.to_string()),
            date_modified: self.updated.map(|at| at.to_string()),
            authors: vec![JsonAuthor { name: &self.author }],
            tags: &self.categories,
            language: self.language.as_deref(),
        }
    }
}

fn time(at: Option<Instant>) -> String {
    at.map_or_else(|| NO_TIME.to_owned(), |at| at.to_string())
}

/// JSON Feed 1.1, as far as it is used.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

/// Text as it stands in XML, in content and in attributes: its five characters escaped, and what
/// XML 1.0 knows no character for left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
