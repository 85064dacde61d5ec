//! A verdict as a few lines of plain text, for the weakest line.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use comity_node::recognise::Ask;
use comity_recognition::wording::{self, Language};

use crate::App;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::respond::{JSON, TEXT};

/// Name of the media type of plain text, without its parameters.
pub(crate) const PLAIN: &str = "text/plain";

/// The form of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Text,
}

impl Form {
    /// The form that `format` asks for, or else the first that `Accept` names; JSON where it names
    /// none.
    pub(crate) fn of(parameters: &mut Parameters, headers: &HeaderMap) -> Result<Self, Problem> {
        let words = [("json", Self::Json), ("text", Self::Text)];
        if let Some(form) = parameters.word("format", &words)? {
            return Ok(form);
        }
        let accept = headers.get_all(header::ACCEPT).iter();
        let accept = accept.filter_map(|value| value.to_str().ok());
        let mut types = accept.flat_map(|value| value.split(','));
        let named = types.find_map(|accepted| {
            match accepted.split(';').next().unwrap_or_default().trim() {
                PLAIN => Some(Self::Text),
                JSON | "application/*" | "*/*" => Some(Self::Json),
                _ => None,
            }
        });
        Ok(named.unwrap_or(Self::Json))
    }

    /// What tells its tag from that of the other form.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Json => "",
            Self::Text => "-text",
        }
    }
}

/// The answer to a question in plain text.
pub(crate) async fn text(app: &App, ask: Ask, language: Language) -> Result<Response, Problem> {
    let answered = app.node.recognise(ask).await?;
    let (verdict, by) = (&answered.verdict, &answered.computed_by);
    let text = wording::plain(verdict, by, answered.demo, language);
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, TEXT)], text).into_response())
}

/// An answer that depends on what the asker accepts.
pub(crate) fn varied(mut response: Response) -> Response {
    let depends = HeaderValue::from_static("accept");
    response.headers_mut().append(header::VARY, depends);
    response
}
