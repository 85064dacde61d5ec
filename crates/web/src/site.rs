//! What every page is made from: the node, and the language it is read in.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use comity_model::date::Day;
use comity_model::party::{NamedParty, is_did};
use comity_model::text::{LangString, Text, projected};
use comity_node::{Node, goods};
use comity_recognition::standing_now::RecordState;
use comity_recognition::verdict::{Extent, Verdict, VerdictResult};
use comity_recognition::wording::{self, Language};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::Options;
use crate::texts::{Texts, text, texts};
use crate::trouble::Trouble;

/// What all pages of a node share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) node: Node,
    pub(crate) options: Options,
    /// How many lists may be answered at once.
    pub(crate) lists: Semaphore,
    /// How many photographs may be read at once; a permit goes along with the work.
    pub(crate) photos: Arc<Semaphore>,
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

    /// A label and what it is of, with the colon of this language between them.
    pub(crate) fn labelled(&self, label: &str, of: &str) -> String {
        format!("{label}{}{of}", self.texts.say("colon"))
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
        let chosen = text.chosen(wanted).filter(|text| text.is_in(wanted));
        chosen.map(|text| text.value.as_str())
    }

    /// Whether a language is the reader's.
    pub(crate) fn is_read(&self, lang: &str) -> bool {
        let primary = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
        primary(lang) == primary(self.language.tag())
    }

    /// A text of a record in the reader's language or else in English, where its signer gave it in
    /// one of them.
    fn read<'a>(&self, text: &'a LangString) -> Option<&'a Text> {
        let wanted = self.language.tag();
        let chosen = text.chosen(wanted);
        chosen.filter(|text| text.is_in(wanted) || text.is_in("en"))
    }

    /// Language tag and words of a text of a record: in the reader's language where its signer gave
    /// it in that, else in English, else as the signer gave it first.
    pub(crate) fn worded(&self, text: &LangString) -> (String, String) {
        let chosen = text.chosen(self.language.tag());
        chosen.map_or_else(Default::default, in_its_language)
    }

    /// The same, of what stands in a record in the language `lang` and may have names beside it.
    pub(crate) fn worded_or(&self, text: &LangString, or: &str, lang: &str) -> (String, String) {
        let read = self.read(text).map(in_its_language);
        read.unwrap_or_else(|| (lang.to_owned(), projected(or)))
    }

    /// Language tag and name of a party of a record in the language `lang`: in the reader's language
    /// where the record names it in that, or where it is registered under such a name; else in
    /// English, else as the record names it.
    pub(crate) fn party(&self, party: &NamedParty, lang: &str) -> (String, String) {
        let wanted = self.language.tag();
        if let Some(own) = self.of(&party.names) {
            return (wanted.to_owned(), projected(own));
        }
        let did = party.id.clone().filter(|did| is_did(did));
        let names = did.map(|did| self.node().names_of(&BTreeSet::from([did])));
        let registered = names.and_then(|names| names.into_values().next());
        let registered = registered.unwrap_or_default();
        match self.of(&registered) {
            Some(own) => (wanted.to_owned(), projected(own)),
            None if self.read(&party.names).is_some() => self.worded(&party.names),
            None => self.worded_or(&registered, &party.name, lang),
        }
    }

    /// The result of a verdict in words, with the level above which it does not count.
    pub(crate) fn came_to(&self, verdict: &Verdict) -> String {
        let result = wording::result(verdict.result, self.language);
        match &verdict.extent {
            Extent::CappedAt(level) if verdict.result < VerdictResult::CannotTell => {
                let arguments = [("result", text(result)), ("level", text(projected(level)))];
                self.texts.put("verdict-up-to", &arguments)
            }
            _ => result.to_owned(),
        }
    }

    /// That it is asked for the economy of this node, as nobody chose another.
    pub(crate) fn here(&self, key: &str) -> String {
        let economy = self.economy(&self.node().config().economy);
        self.texts.put(key, &[("economy", text(economy))])
    }

    /// A code of the HS as it is printed, with the plain name of what it stands for.
    pub(crate) fn goods(&self, digits: &str) -> String {
        let printed = goods::printed(digits);
        match goods::name(digits, self.language.tag()) {
            Some(name) => {
                let arguments = [("code", text(printed)), ("name", text(name))];
                self.texts.put("goods-named", &arguments)
            }
            None => printed,
        }
    }

    /// One of the places for pages with as many verdicts behind them as a list has; held until the
    /// page is answered.
    pub(crate) fn place(&self) -> Result<SemaphorePermit<'_>, Trouble> {
        self.app.lists.try_acquire().map_err(|_| {
            let detail = self.texts.say("list-busy");
            self.trouble(StatusCode::SERVICE_UNAVAILABLE, "trouble-failed", detail)
        })
    }

    /// Where the world reaches this node.
    pub(crate) fn public_url(&self) -> String {
        self.app.public_url()
    }
}

impl App {
    /// Where the world reaches this node.
    pub(crate) fn public_url(&self) -> String {
        let url = self.options.public_url.clone();
        url.unwrap_or_else(|| format!("https://{}", self.node.config().host))
    }
}

/// A text with the tag of its language.
fn in_its_language(text: &Text) -> (String, String) {
    (text.lang.clone(), projected(&text.value))
}
