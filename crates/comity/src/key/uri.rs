//! `pkcs11:` URIs (RFC 7512): which key in which token, and where its PIN is read from.

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::Result;
use comity_signature::did;

use crate::exit::Failure;

/// How such a URI begins.
pub(crate) const SCHEME: &str = "pkcs11:";
/// Longest URI; every part of it has at most a few dozen bytes, and a path.
const MAX_URI_BYTES: usize = 4_096;
/// The parts that are understood.
const NAMES: [&str; 8] = [
    "token",
    "serial",
    "object",
    "id",
    "type",
    "module-path",
    "pin-source",
    "comity-did",
];
/// Longest name of a part that is repeated in a message.
const MAX_NAME_BYTES: usize = 24;
const HELP: &str = "write pkcs11:token=LABEL;object=LABEL?module-path=FILE.so&pin-source=FILE&comity-did=did:web:...";

/// A key in a token. It holds no secret: the PIN is in the file it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uri {
    /// Label of the token.
    pub(crate) token: Option<String>,
    /// Serial number of the token.
    pub(crate) serial: Option<String>,
    /// Label of the key.
    pub(crate) object: Option<String>,
    /// Identifier of the key.
    pub(crate) id: Option<Vec<u8>>,
    /// The library of the token's maker.
    pub(crate) module_path: PathBuf,
    /// The file with the PIN.
    pub(crate) pin_source: PathBuf,
    /// Whose key it is: a vendor attribute of ours, because tokens do not say.
    pub(crate) did: String,
}

impl Uri {
    /// Reads a URI. What it does not know it refuses: a part that is overlooked might be the one
    /// that names another key.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let wrong = |what: String| Failure::usage(what).help(HELP);
        if text.len() > MAX_URI_BYTES {
            return Err(wrong(format!("a key has at most {MAX_URI_BYTES} bytes")).into());
        }
        let rest = text.strip_prefix(SCHEME).unwrap_or(text);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut uri = Self::default();
        let mut seen = Vec::new();
        let parts = path.split(';').chain(query.split('&'));
        for part in parts.filter(|part| !part.is_empty()) {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| wrong("a part of the key is no NAME=VALUE".to_owned()))?;
            // Whatever follows a name, known or not, may be a PIN: it is in no message.
            if name == "pin-value" {
                return Err(wrong(
                    "a PIN on the command line is read by everybody on the machine".into(),
                )
                .help("write it to a file of mode 0600 and name that: pin-source=FILE")
                .into());
            }
            if !NAMES.contains(&name) {
                let said = shown(name).unwrap_or("a part");
                return Err(wrong(format!("{said} of the key is not understood")).into());
            }
            if seen.contains(&name) {
                return Err(wrong(format!("{name} stands twice in the key")).into());
            }
            seen.push(name);
            let bytes = decoded(value).ok_or_else(|| {
                wrong(format!("{name} in the key is not percent-encoded rightly"))
            })?;
            let as_text = || {
                String::from_utf8(bytes.clone())
                    .map_err(|_| wrong(format!("{name} in the key is no text in UTF-8")))
            };
            match name {
                "token" => uri.token = Some(as_text()?),
                "serial" => uri.serial = Some(as_text()?),
                "object" => uri.object = Some(as_text()?),
                "id" => uri.id = Some(bytes),
                "type" if value == "private" => {}
                "module-path" => uri.module_path = as_text()?.into(),
                "pin-source" => uri.pin_source = file_of(&as_text()?).into(),
                "comity-did" => uri.did = as_text()?,
                _ => return Err(wrong(format!("the {name} of the key is not understood")).into()),
            }
        }
        uri.check().map_err(|what| wrong(what.to_owned()))?;
        Ok(uri)
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.token.is_none() && self.serial.is_none() {
            return Err("the key names no token: token=LABEL or serial=NUMBER");
        }
        if self.object.is_none() && self.id.is_none() {
            return Err("the key names no object of the token: object=LABEL or id=%..");
        }
        if !self.module_path.is_absolute() {
            return Err("the key names no library by its whole path: module-path=/usr/lib/....so");
        }
        if self.pin_source.as_os_str().is_empty() {
            return Err("the key names no file with the PIN: pin-source=FILE");
        }
        did::check(&self.did)
            .map_err(|_| "the key does not say whose it is: comity-did=did:web:...")
    }
}

/// A name that may be repeated in a message: letters and hyphens, as all names of RFC 7512 are.
fn shown(name: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    (name.len() <= MAX_NAME_BYTES && name.bytes().all(plain)).then_some(name)
}

/// The file that `pin-source` names, as a path or as a `file:` URI.
fn file_of(text: &str) -> &str {
    let path = text.strip_prefix("file:").unwrap_or(text);
    path.strip_prefix("//").unwrap_or(path)
}

/// What a percent-encoded value says.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = after;
            continue;
        }
        let mut byte = [0];
        hex::decode_to_slice(after.get(..2)?, &mut byte).ok()?;
        bytes.extend(byte);
        rest = after.get(2..)?;
    }
    Some(bytes)
}
