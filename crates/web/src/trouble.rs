//! Pages that say why not, and what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use comity_model::text::projected;
use comity_node::error::Error;

use crate::frame::{Frame, page};
use crate::site::Site;
use crate::texts::text;

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
            Error::Question { detail, .. } => {
                (StatusCode::BAD_REQUEST, "trouble-question", detail.clone())
            }
            error => {
                tracing::error!(%error, "a page could not be answered");
                let detail = self.texts.say("trouble-failed-detail");
                (StatusCode::SERVICE_UNAVAILABLE, "trouble-failed", detail)
            }
        };
        self.trouble(status, key, detail)
    }

    /// The page of a parameter whose value cannot be read.
    pub(crate) fn cannot_read(&self, name: &str, value: &str) -> Trouble {
        let label = match name {
            "hs" => self.texts.say("ask-hs"),
            "on" | "validOn" => self.texts.say("ask-on"),
            "in" => self.texts.say("ask-in"),
            "issuedOn" => self.texts.say("fact-issued"),
            "validUntil" => self.texts.say("fact-until"),
            "standard" => self.texts.say("fact-standard"),
            name => name.to_owned(),
        };
        let arguments = [("name", text(label)), ("value", text(brief(value)))];
        let detail = self.texts.put("trouble-parameter-detail", &arguments);
        self.trouble(StatusCode::BAD_REQUEST, "trouble-question", detail)
    }

    /// The page of an address that no page has.
    pub(crate) fn no_such_page(&self) -> Trouble {
        let detail = self.texts.say("trouble-no-page-detail");
        self.trouble(StatusCode::NOT_FOUND, "trouble-no-page", detail)
    }
}
