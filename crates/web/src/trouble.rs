//! Pages that say why not, and what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use comity_model::product::ProductCode;
use comity_model::text::projected;
use comity_node::error::Error;
use comity_node::matrix::MAX_SCHEME_CHARS;
use comity_node::search::{MAX_TEXT_CHARS, MAX_TEXT_WORDS};
use comity_recognition::paper::Field;

use crate::asked::{Asked, MAX_PAIRS, MAX_QUERY_STRING_BYTES, MAX_VALUE_CHARS};
use crate::facts::label;
use crate::frame::{Frame, page};
use crate::site::Site;
use crate::texts::{number, text};

/// Longest text that a page says back to whom it does not know, in characters.
const MAX_SAID_BACK_CHARS: usize = 200;

/// A page that says why not.
#[derive(Debug)]
pub(crate) struct Trouble(Box<Response>);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        *self.0
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    frame: Frame,
    what: String,
    detail: String,
}

/// What somebody typed, as a page says it back: readable, and no longer than anybody reads.
pub(crate) fn brief(text: &str) -> String {
    projected(text).chars().take(MAX_SAID_BACK_CHARS).collect()
}

impl Site {
    /// The page of something that is not there or cannot be answered; `key` names its title, and
    /// `detail` says what and what to do.
    pub(crate) fn trouble(&self, status: StatusCode, key: &str, detail: String) -> Trouble {
        let what = self.texts.say(key);
        let mut frame = Frame::new(self, what.clone(), "");
        frame.listed = false;
        let trouble = TroublePage {
            frame,
            what,
            detail,
        };
        Trouble(Box::new(page(status, &trouble)))
    }

    /// The page of what the node could not do.
    pub(crate) fn failed(&self, error: &Error) -> Trouble {
        let (status, key, detail) = match error {
            Error::Question { parameter, .. } => {
                let detail = self.beyond(parameter);
                (StatusCode::BAD_REQUEST, "trouble-question", detail)
            }
            error => {
                tracing::error!(%error, "a page could not be answered");
                let detail = self.texts.say("trouble-failed-detail");
                (StatusCode::SERVICE_UNAVAILABLE, "trouble-failed", detail)
            }
        };
        self.trouble(status, key, detail)
    }

    /// What of a question is beyond what the node reads, in words.
    pub(crate) fn beyond(&self, parameter: &str) -> String {
        let figure = |value: usize| number(u64::try_from(value).unwrap_or(u64::MAX));
        match parameter {
            "q" => self.texts.put(
                "trouble-words-detail",
                &[
                    ("characters", figure(MAX_TEXT_CHARS)),
                    ("words", figure(MAX_TEXT_WORDS)),
                ],
            ),
            "cursor" => self.texts.say("trouble-cursor-detail"),
            "scope" => {
                let most = [("most", figure(MAX_SCHEME_CHARS))];
                self.texts.put("trouble-scheme-detail", &most)
            }
            // More records have one number than are looked through.
            "issuer" => self.texts.say("trouble-issuer-detail"),
            parameter => {
                let name = [("name", text(self.parameter(parameter)))];
                self.texts.put("trouble-beyond-detail", &name)
            }
        }
    }

    /// What a parameter of an address is called.
    fn parameter(&self, name: &str) -> String {
        match name {
            "hs" | "hsEdition" | "code" => self.texts.say("ask-hs"),
            "on" | "validOn" => self.texts.say("ask-on"),
            "in" => self.texts.say("ask-in"),
            name => {
                let mut fields = Field::ALL.iter();
                let field = fields.find(|field| field.name() == name);
                field.map_or_else(|| name.to_owned(), |field| self.texts.say(label(*field)))
            }
        }
    }

    /// The page of a parameter whose value cannot be read.
    pub(crate) fn cannot_read(&self, name: &str, value: &str) -> Trouble {
        let label = self.parameter(name);
        let arguments = [("name", text(label)), ("value", text(brief(value)))];
        let detail = self.texts.put("trouble-parameter-detail", &arguments);
        self.trouble(StatusCode::BAD_REQUEST, "trouble-question", detail)
    }

    /// Where it is to count; or the page that says that it cannot be read.
    pub(crate) fn place_in<'a>(&self, asked: &'a Asked) -> Result<Option<&'a str>, Trouble> {
        let place = asked.place();
        place.map_err(|value| self.cannot_read("in", &value))
    }

    /// The one product that is asked about, if any; or the page that says that it cannot be read.
    pub(crate) fn product_in(&self, asked: &Asked) -> Result<Option<ProductCode>, Trouble> {
        let codes: Vec<&str> = asked.many("hs").collect();
        let Some(first) = codes.first() else {
            return Ok(None);
        };
        let code = ProductCode::hs(first, None).filter(|_| codes.len() == 1);
        let wrong = || self.cannot_read("hs", &codes.join(", "));
        code.map(Some).ok_or_else(wrong)
    }

    /// The one value of a parameter; or the page that says that several cannot be read as one.
    pub(crate) fn only<'a>(
        &self,
        asked: &'a Asked,
        name: &str,
    ) -> Result<Option<&'a str>, Trouble> {
        let only = asked.only(name);
        only.map_err(|values| self.cannot_read(name, &values))
    }

    /// The page of a question about more product codes than are compared at once.
    pub(crate) fn too_many_codes(&self, most: usize) -> Trouble {
        let most = [("most", number(u64::try_from(most).unwrap_or(u64::MAX)))];
        let detail = self.texts.put("trouble-codes-detail", &most);
        self.trouble(StatusCode::BAD_REQUEST, "trouble-question", detail)
    }

    /// The page of an address in which more is asked than is read.
    pub(crate) fn too_much(&self) -> Trouble {
        let figure = |value: usize| number(u64::try_from(value).unwrap_or(u64::MAX));
        let most = [
            ("size", figure(MAX_QUERY_STRING_BYTES / 1024)),
            ("values", figure(MAX_PAIRS)),
            ("characters", figure(MAX_VALUE_CHARS)),
        ];
        let detail = self.texts.put("trouble-too-long-detail", &most);
        self.trouble(StatusCode::URI_TOO_LONG, "trouble-too-long", detail)
    }

    /// The page of an address that no page has.
    pub(crate) fn no_such_page(&self) -> Trouble {
        let detail = self.texts.say("trouble-no-page-detail");
        self.trouble(StatusCode::NOT_FOUND, "trouble-no-page", detail)
    }
}
