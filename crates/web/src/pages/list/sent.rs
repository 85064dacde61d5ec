//! What the form sends: the list, pasted or as a file, and what holds where a row says nothing.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::header;
use comity_model::party::is_economy;
use comity_node::list::{Defaults, Limits, ListError};

use super::words;
use crate::site::Site;

/// Most bytes of a form: a list of which each byte is percent-encoded, or a list beside a file, and
/// the other fields.
const MAX_FORM_BYTES: usize = 3 * Limits::UPLOAD.bytes + 64 * 1024;
/// Most fields of a form.
const MAX_FIELDS: usize = 16;

/// A list as it was sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) list: Vec<u8>,
    pub(super) defaults: Defaults,
    /// The answers are wanted as a file.
    pub(super) as_file: bool,
}

impl Sent {
    /// Reads the form; or says what is wrong with it.
    pub(super) async fn read(site: &Site, request: Request) -> Result<Self, String> {
        let too_large = || {
            let most = Limits::UPLOAD.bytes;
            words::of_list(site, &ListError::TooLarge { most })
        };
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let several_parts = kind.starts_with("multipart/form-data");
        let (parts, body) = request.into_parts();
        // One bound for both encodings, whatever the extractors' own is.
        let body = to_bytes(body, MAX_FORM_BYTES)
            .await
            .map_err(|_| too_large())?;
        if several_parts {
            return Self::of_parts(site, Request::from_parts(parts, body.into())).await;
        }
        let mut sent = Self::default();
        for (name, value) in form_urlencoded::parse(&body).take(MAX_FIELDS) {
            sent.take(site, &name, Bytes::from(value.into_owned()))?;
        }
        Ok(sent)
    }

    async fn of_parts(site: &Site, mut request: Request) -> Result<Self, String> {
        let unreadable = || words::of_list(site, &ListError::Unreadable(String::new()));
        // The body is bounded above.
        request
            .extensions_mut()
            .insert(axum::extract::DefaultBodyLimit::disable());
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|_| unreadable())?;
        let mut sent = Self::default();
        for _ in 0..MAX_FIELDS {
            let Some(field) = parts.next_field().await.map_err(|_| unreadable())? else {
                break;
            };
            let name = field.name().unwrap_or_default().to_owned();
            let value = field.bytes().await.map_err(|_| unreadable())?;
            sent.take(site, &name, value)?;
        }
        Ok(sent)
    }

    fn take(&mut self, site: &Site, name: &str, value: Bytes) -> Result<(), String> {
        let text = std::str::from_utf8(&value).unwrap_or_default().trim();
        match name {
            // A file goes before what is pasted; a form without a file sends an empty one.
            "file" if !value.is_empty() => self.list = value.into(),
            "list" if self.list.is_empty() => self.list = value.into(),
            "in" if is_economy(text) => self.defaults.in_economy = Some(text.to_owned()),
            "in" if !text.is_empty() => return Err(words::of_place(site, text)),
            "on" if !text.is_empty() => {
                let day = text.parse().map_err(|_| words::of_day(site, text))?;
                self.defaults.on = Some(day);
            }
            "format" => self.as_file = text == "csv",
            _ => {}
        }
        Ok(())
    }
}
