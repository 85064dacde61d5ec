//! As much of an X.509 certificate (RFC 5280, section 4.1) as names a service: its public key and
//! its subject key identifier. Nothing is verified here.

use sha2::{Digest as _, Sha256};

/// What a certificate says of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Certificate {
    /// SHA-256 of its DER.
    pub(super) digest: [u8; 32],
    /// `SubjectPublicKeyInfo` in DER; empty where the octets are no certificate.
    pub(super) public_key: Vec<u8>,
    /// The extension `subjectKeyIdentifier` (RFC 5280, section 4.2.1.2).
    pub(super) key_identifier: Option<Vec<u8>>,
}

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const EXTENSIONS: u8 = 0xA3;
const VERSION: u8 = 0xA0;
/// `id-ce-subjectKeyIdentifier`, 2.5.29.14, with tag and length.
const KEY_IDENTIFIER: [u8; 5] = [0x06, 0x03, 0x55, 0x1D, 0x0E];

impl Certificate {
    /// Reads DER. What is no certificate has a digest and no key.
    pub(super) fn read(der: &[u8]) -> Self {
        let parts = parts(der);
        Self {
            digest: Sha256::digest(der).into(),
            public_key: parts.map(|(key, _)| key.to_vec()).unwrap_or_default(),
            key_identifier: parts.and_then(|(_, rest)| key_identifier(rest)),
        }
    }
}

/// The public key of a certificate, and what follows it.
fn parts(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let certificate = Element::first(der)?.of(SEQUENCE)?;
    let mut rest = Element::first(certificate.content)?.of(SEQUENCE)?.content;
    let mut next = || {
        let element = Element::first(rest)?;
        rest = element.rest;
        Some(element)
    };
    let first = next()?;
    // With a version the serial number comes next, without one it was the first.
    if first.tag == VERSION {
        next()?;
    }
    // Signature algorithm, issuer, validity, subject.
    for _ in 0..4 {
        next()?.of(SEQUENCE)?;
    }
    let key = next()?.of(SEQUENCE)?;
    Some((key.whole, rest))
}

fn key_identifier(mut rest: &[u8]) -> Option<Vec<u8>> {
    while let Some(element) = Element::first(rest) {
        rest = element.rest;
        if element.tag != EXTENSIONS {
            continue;
        }
        let mut extensions = Element::first(element.content)?.of(SEQUENCE)?.content;
        while let Some(extension) = Element::first(extensions) {
            extensions = extension.rest;
            let Some(value) = extension.content.strip_prefix(&KEY_IDENTIFIER) else {
                continue;
            };
            let value = Element::first(value)?.of(OCTETS)?;
            let identifier = Element::first(value.content)?.of(OCTETS)?;
            return Some(identifier.content.to_vec());
        }
    }
    None
}

/// One element of DER (X.690, section 8.1) with a tag of one octet.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// With tag and length.
    pub(super) whole: &'a [u8],
    /// What follows it.
    pub(super) rest: &'a [u8],
}

impl<'a> Element<'a> {
    pub(super) fn first(der: &'a [u8]) -> Option<Self> {
        let (&tag, after) = der.split_first()?;
        let (&length, after) = after.split_first()?;
        let (length, after) = match length {
            0..=0x7F => (usize::from(length), after),
            // Four octets say more than any file of ours has.
            0x81..=0x84 => {
                let (octets, after) = after.split_at_checked(usize::from(length & 0x7F))?;
                let add = |sum: usize, octet: &u8| sum << 8 | usize::from(*octet);
                (octets.iter().fold(0, add), after)
            }
            _ => return None,
        };
        let (content, rest) = after.split_at_checked(length)?;
        let whole = der.get(..der.len() - rest.len())?;
        Some(Self {
            tag,
            content,
            whole,
            rest,
        })
    }

    pub(super) fn of(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }
}
