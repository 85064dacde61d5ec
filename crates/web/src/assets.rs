//! Style sheets, icons and scripts, in the program itself: nothing comes from elsewhere.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

#[cfg(test)]
mod tests;

const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";
const WASM: &str = "application/wasm";

/// A script as a file.
macro_rules! script {
    ($name:literal) => {
        ($name, SCRIPT, include_bytes!(concat!("../assets/", $name)))
    };
}

/// Each file: its name under `assets/`, its media type, its bytes.
const FILES: &[(&str, &str, &[u8])] = &[
    ("comity.css", CSS, include_bytes!("../assets/comity.css")),
    ("mark.svg", SVG, include_bytes!("../assets/mark.svg")),
    script!("suggest.js"),
    script!("verify/acknowledged.js"),
    script!("verify/bundle.js"),
    script!("verify/canonical.js"),
    script!("verify/did.js"),
    script!("verify/digest.js"),
    script!("verify/ed25519.js"),
    script!("verify/keys.js"),
    script!("verify/note.js"),
    script!("verify/page.js"),
    script!("verify/proof.js"),
    script!("verify/receipt.js"),
    script!("verify/record.js"),
    script!("verify/refused.js"),
    script!("verify/rules/arrangement.js"),
    script!("verify/rules/attestation.js"),
    script!("verify/rules/faults.js"),
    script!("verify/rules/federation.js"),
    script!("verify/rules/grant.js"),
    script!("verify/rules/import-rule.js"),
    script!("verify/rules/notice.js"),
    script!("verify/rules/parts.js"),
    script!("verify/rules/read.js"),
    script!("verify/rules/registration.js"),
    script!("verify/rules/rules.js"),
    script!("verify/rules/shapes.js"),
    script!("verify/rules/standard-reference.js"),
    script!("verify/scan.js"),
    script!("verify/standing.js"),
    script!("verify/time.js"),
    script!("verify/tree.js"),
    script!("verify/trust.js"),
    script!("verify/verify.js"),
    script!("verify/worker.js"),
    // The reader of QR codes: ZXing-C++ as zxing-wasm 3.1.4 packs it, unchanged.
    script!("vendor/zxing/reader/index.js"),
    script!("vendor/zxing/share.js"),
    (
        "vendor/zxing/zxing_reader.wasm",
        WASM,
        include_bytes!("../assets/vendor/zxing/zxing_reader.wasm"),
    ),
    (
        "vendor/zxing/LICENSE.txt",
        PLAIN,
        include_bytes!("../assets/vendor/zxing/LICENSE.txt"),
    ),
    (
        "vendor/zxing/SHA256SUMS.txt",
        PLAIN,
        include_bytes!("../assets/vendor/zxing/SHA256SUMS.txt"),
    ),
];

/// Names what all files hold, so that each may be kept for ever.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (name, _, bytes) in FILES {
        hash.update(name.as_bytes());
        hash.update(bytes);
    }
    let mut version = hex::encode(hash.finalize());
    version.truncate(16);
    version
});

/// Where the files of this program are.
pub(crate) fn folder() -> String {
    format!("/assets/{}", *VERSION)
}

/// A file; one of another version of the program is answered with what there is now, and not kept.
pub(crate) async fn asset(Path((version, name)): Path<(String, String)>) -> Response {
    let Some((_, kind, bytes)) = FILES.iter().find(|(file, ..)| *file == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keep = if version == *VERSION {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, *bytes).into_response()
}
