//! `did:web` names as records may use them. Format v1, 1.10.

#[cfg(test)]
mod tests;

/// The longest DID, in bytes. Format v1, 1.10: it stands in every reference,
/// key and index, and a host name with a short path needs far less.
pub const MAX_DID_BYTES: usize = 200;

/// The longest label of a host name (RFC 1035, section 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// Says whether a text is a DID that records may use: `did:web:`, a
/// lower-case ASCII host of LDH labels without a port, path segments of
/// `[a-z0-9-]+` divided by colons, at most [`MAX_DID_BYTES`].
///
/// # Errors
/// One sentence saying what to correct.
///
/// ```
/// use comity_signature::did::check;
///
/// assert!(check("did:web:lab.example:testing").is_ok());
/// assert!(check("did:web:Lab.example").is_err());
/// ```
pub fn check(did: &str) -> Result<(), &'static str> {
    if did.len() > MAX_DID_BYTES {
        return Err("a DID has at most 200 bytes");
    }
    let Some(name) = did.strip_prefix("did:web:") else {
        return Err("a DID begins with did:web:");
    };
    let mut parts = name.split(':');
    let host = parts.next().unwrap_or_default();
    if !host.split('.').all(is_label) {
        return Err(
            "the host of a DID has labels of a-z, 0-9 and inner hyphens, divided by dots, and no port",
        );
    }
    // did:web names hosts by name; a last label of digits would be an address.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("the host of a DID is a name, not an address");
    }
    if !parts.all(|segment| !segment.is_empty() && segment.bytes().all(is_letter)) {
        return Err("the path segments of a DID have a-z, 0-9 and hyphens only");
    }
    Ok(())
}

/// Divides a verification method `<DID>#<multikey>` at its one `#`.
///
/// Neither half is checked here: see [`check`] and
/// [`VerifyingKey::from_multikey`](crate::key::VerifyingKey::from_multikey).
pub fn split_verification_method(method: &str) -> Option<(&str, &str)> {
    let (did, multikey) = method.split_once('#')?;
    let whole = !did.is_empty() && !multikey.is_empty() && !multikey.contains('#');
    whole.then_some((did, multikey))
}

/// A letter-digit-hyphen label (RFC 5890, section 2.3.1), lower case.
fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL_BYTES).contains(&label.len())
        && label.bytes().all(is_letter)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_letter(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}
