//! Names of logs: `<host>/log/<name>` (`docs/format.md` 3.1).

use sha2::{Digest as _, Sha256};

use crate::Error;

/// Most bytes of a host in an origin: as many as a DID may have.
pub const MAX_HOST_BYTES: usize = 200;

/// Most bytes of the name after `/log/`.
pub const MAX_LOG_NAME_BYTES: usize = 32;

/// Most bytes of any origin. `tlog-cosignature` gives origins one length byte
/// in its post-quantum form, so a longer one could not be carried over.
pub const MAX_ORIGIN_BYTES: usize = 255;

/// The origin of the log `name` at `host`.
///
/// # Errors
/// As [`split`].
///
/// ```
/// let origin = comity_tlog::origin::log_origin("nqi.example.se", "2026")?;
/// assert_eq!(origin, "nqi.example.se/log/2026");
/// # Ok::<(), comity_tlog::Error>(())
/// ```
pub fn log_origin(host: &str, name: &str) -> Result<String, Error> {
    let origin = format!("{host}/log/{name}");
    split(&origin)?;
    Ok(origin)
}

/// The host and the name of a Comity origin.
///
/// # Errors
/// [`Error::Malformed`] unless the host is lower-case ASCII (letters, digits
/// and inner hyphens, no port) and the name is `[a-z0-9-]{1,32}`;
/// [`Error::TooLarge`] for a host beyond [`MAX_HOST_BYTES`].
pub fn split(origin: &str) -> Result<(&str, &str), Error> {
    let (host, name) = origin
        .split_once("/log/")
        .ok_or(Error::malformed("origin", "it has no /log/"))?;
    if host.len() > MAX_HOST_BYTES {
        return Err(Error::TooLarge {
            what: "host of an origin",
            limit: MAX_HOST_BYTES as u64,
        });
    }
    if !host.split('.').all(is_host_label) {
        return Err(Error::malformed(
            "origin",
            "the host is not a lower-case host name",
        ));
    }
    let lengths = 1..=MAX_LOG_NAME_BYTES;
    if !lengths.contains(&name.len()) || !name.bytes().all(is_name_byte) {
        return Err(Error::malformed(
            "origin",
            "the name is not [a-z0-9-]{1,32}",
        ));
    }
    Ok((host, name))
}

/// The lower-case hex SHA-256 of an origin, by which URLs name a log.
pub fn log_id(origin: &str) -> String {
    hex::encode(Sha256::digest(origin.as_bytes()))
}

/// Where a mirror serves its head of the log `origin`, with a leading slash.
pub fn mirror_path(origin: &str) -> String {
    format!("/mirror/{}/checkpoint", log_id(origin))
}

fn is_host_label(label: &str) -> bool {
    // 63 is the most that the DNS allows for one label (RFC 1035, 2.3.4).
    (1..=63).contains(&label.len())
        && label.bytes().all(is_name_byte)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

#[cfg(test)]
mod tests;
