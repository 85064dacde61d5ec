//! `/qr/{uuid}.svg`: the code that is printed on a certificate, leading to its record, and to the
//! question that was asked of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_model::date::Day;
use comity_model::product::ProductCode;
use comity_recognition::question::{Question, Selector};
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use crate::asked::{Asked, query_string};
use crate::site::App;
use crate::verdict::named;

/// Hexadecimal digits of the document digest in a printed link (format.md 4.6).
pub(crate) const PRINTED_DIGITS: usize = 24;
/// Most product codes in a printed link: a longer one is a code that no telephone reads. Of more,
/// none is printed, nor where and when, and so of one with an edition or of another classification:
/// with other codes it is another question.
const MAX_CODES: usize = 4;

/// What a printed link says after its path.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// The first digits of the document digest.
    digits: Option<String>,
    economy: Option<String>,
    codes: Vec<String>,
    on: Option<Day>,
}

impl Printed {
    /// The link to a document, and to a question about it that somebody has asked.
    pub(crate) fn new(document_digest: &[u8; 32], question: Option<&Question>) -> Self {
        let digits = hex::encode(document_digest);
        let question = question.filter(|question| {
            let codes = &question.product.codes;
            let plain =
                |code: &ProductCode| ProductCode::hs(&code.code, None).as_ref() == Some(code);
            codes.len() <= MAX_CODES && codes.iter().all(plain)
        });
        let codes = question.map(|question| question.product.codes.as_slice());
        let codes = codes.unwrap_or_default().iter();
        Self {
            digits: digits.get(..PRINTED_DIGITS).map(str::to_owned),
            economy: question.map(|question| question.in_economy.clone()),
            codes: codes.map(|code| code.code.clone()).collect(),
            on: question.map(|question| question.on),
        }
    }

    /// As an address has it; none where something in it has not the form of a printed link.
    fn read(asked: &Asked) -> Option<Self> {
        let digits = |d: &&str| {
            d.len() == PRINTED_DIGITS && d.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        let codes = asked.many("hs").map(|code| ProductCode::hs(code, None));
        let codes: Vec<_> = codes.collect::<Option<_>>()?;
        let printed = asked.only("d").ok()?;
        if codes.len() > MAX_CODES || printed.is_some_and(|d| !digits(&d)) {
            return None;
        }
        Some(Self {
            digits: printed.map(str::to_owned),
            economy: asked.place().ok()?.map(str::to_owned),
            codes: codes.into_iter().map(|code| code.code).collect(),
            on: asked.read("on").ok()?,
        })
    }

    /// The text that says what it asks about its record.
    pub(crate) fn says(&self) -> &'static str {
        match self.economy {
            Some(_) => "record-code-question",
            None => "record-code-record",
        }
    }

    /// With its question mark; nothing where nothing is said.
    pub(crate) fn query(&self) -> String {
        let on = self.on.map(|day| day.to_string());
        let text = |name, value: &'_ Option<String>| value.clone().map(|value| (name, value));
        let codes = self.codes.iter().map(|code| ("hs", code.clone()));
        let pairs: Vec<(&str, String)> = text("d", &self.digits)
            .into_iter()
            .chain(text("in", &self.economy))
            .chain(codes)
            .chain(text("on", &on))
            .collect();
        if pairs.is_empty() {
            return String::new();
        }
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        format!("?{}", query_string(pairs))
    }
}

/// The code of a link. It holds what the address says, whether or not the record is held: what is
/// printed today is published tomorrow.
pub(crate) async fn code(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    asked: Asked,
) -> Response {
    let uuid = file.strip_suffix(".svg").map(named);
    let Some(Selector::Id(id)) = uuid else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let uuid = id.strip_prefix("urn:uuid:").unwrap_or(&id);
    let Some(printed) = Printed::read(&asked) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let query = printed.query();
    let url = app.public_url();
    let built = QRBuilder::new(format!("{url}/r/{uuid}{query}"))
        .ecl(ECL::M)
        .build();
    let Ok(code) = built else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let svg = SvgBuilder::default().margin(4).to_str(&code);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("image/svg+xml"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=86400"),
        ),
    ];
    (headers, svg).into_response()
}
