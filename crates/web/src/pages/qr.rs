//! `/qr/{uuid}.svg`: the code that is printed on a certificate, leading to its record.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_recognition::question::Selector;
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use crate::asked::Asked;
use crate::site::App;
use crate::verdict::named;

/// Hexadecimal digits of the document digest in a printed link (format.md 4.6).
const PRINTED_DIGITS: usize = 24;

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
    let digits = |d: &&str| {
        d.len() == PRINTED_DIGITS && d.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let printed = asked.one("d").filter(digits);
    let printed = printed.map(|d| format!("?d={d}")).unwrap_or_default();
    let host = &app.node.config().host;
    let url = app.options.public_url.clone();
    let url = url.unwrap_or_else(|| format!("https://{host}"));
    let built = QRBuilder::new(format!("{url}/r/{uuid}{printed}"))
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
