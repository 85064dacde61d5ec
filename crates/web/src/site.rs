//! What every page is made from: the node, and the language it is read in.

use std::sync::Arc;

use axum::response::Response;
use comity_model::date::Day;
use comity_model::text::{LangString, projected};
use comity_node::Node;
use comity_recognition::standing_now::RecordState;
use comity_recognition::wording::{self, Language};
use tokio::sync::Semaphore;

use crate::Options;
use crate::texts::{Texts, texts};
use crate::trouble::Trouble;

/// What all pages of a node share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) node: Node,
    pub(crate) options: Options,
    /// How many lists may be answered at once.
    pub(crate) lists: Semaphore,
}

/// A node in one language.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) language: Language,
    pub(crate) texts: &'static Texts,
}

/// A page, or the page that says why not.
pub(crate) type Answer = Result<Response, Trouble>;

impl Site {
    pub(crate) fn new(app: Arc<App>, language: Language) -> Self {
        Self {
            app,
            language,
            texts: texts(language),
        }
    }

    pub(crate) fn node(&self) -> &Node {
        &self.app.node
    }

    /// The address of a page in this language; `path` begins after the language.
    pub(crate) fn href(&self, path: &str) -> String {
        format!("/{}/{path}", self.language.tag())
    }

    /// Today, by the node's clock (UTC).
    pub(crate) fn today(&self) -> Day {
        self.node().clock().now().day()
    }

    /// A day as it is written in this language.
    pub(crate) fn day(&self, day: Day) -> String {
        wording::day(day, self.language)
    }

    /// An economy as it is called in this language.
    pub(crate) fn economy(&self, code: &str) -> String {
        wording::economy(code, self.language).into_owned()
    }

    /// A number, grouped as this language does.
    pub(crate) fn number(&self, value: u64) -> String {
        let count = [("count", crate::texts::number(value))];
        self.texts.put("search-facet-count", &count)
    }

    /// The state of a record, from its word in the API.
    pub(crate) fn state(&self, word: &str) -> String {
        let state = RecordState::ALL
            .into_iter()
            .find(|state| state.word() == word);
        state
            .map_or(word, |state| wording::status(state, self.language))
            .to_owned()
    }

    /// A text of a record in the reader's language, where its signer gave it in that language.
    pub(crate) fn of<'a>(&self, text: &'a LangString) -> Option<&'a str> {
        let wanted = self.language.tag();
        let primary = |tag: &str| {
            tag.split('-')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let mut given = text.0.iter();
        given
            .find(|text| primary(&text.lang) == primary(wanted))
            .map(|text| text.value.as_str())
    }

    /// Language tag and words of a text of a record: in the reader's language where its signer gave
    /// it in that, else as the signer gave it first.
    pub(crate) fn worded(&self, text: &LangString) -> (String, String) {
        match (self.of(text), text.0.first()) {
            (Some(own), _) => (self.language.tag().to_owned(), projected(own)),
            (None, Some(first)) => (first.lang.clone(), projected(&first.value)),
            (None, None) => (String::new(), String::new()),
        }
    }

    /// Where the world reaches this node.
    pub(crate) fn public_url(&self) -> String {
        let host = &self.node().config().host;
        let url = self.app.options.public_url.clone();
        url.unwrap_or_else(|| format!("https://{host}"))
    }
}
