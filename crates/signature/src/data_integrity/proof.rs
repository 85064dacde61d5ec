//! One `eddsa-jcs-2022` proof, read from canonical bytes.

use crate::canonical::{Member, members, plain_string};
use crate::digest;

use super::Invalid;

pub(super) const SUITE: &str = "eddsa-jcs-2022";
pub(super) const TYPE: &str = "DataIntegrityProof";
pub(super) const PURPOSE: &str = "assertionMethod";

/// The most letters of a `proofValue`: `z` and 88 of base58btc for 64 bytes.
/// Base58 costs the square of the length, so it is asked before decoding.
const MAX_PROOF_VALUE_LETTERS: usize = 89;

/// A well-formed proof of our suite; whether it is valid is another question.
pub(super) struct Proof<'a> {
    pub(super) context: Option<&'a [u8]>,
    pub(super) created: Option<&'a str>,
    pub(super) method: &'a str,
    pub(super) signature: [u8; 64],
    /// SHA-256 of the proof without `proofValue`.
    pub(super) digest: [u8; 32],
}

/// The seven members a proof may have.
#[derive(Default)]
struct Seven<'a> {
    context: Option<&'a [u8]>,
    created: Option<Member<'a>>,
    suite: Option<Member<'a>>,
    purpose: Option<Member<'a>>,
    value: Option<Member<'a>>,
    kind: Option<Member<'a>>,
    method: Option<Member<'a>>,
    others: bool,
}

impl<'a> Proof<'a> {
    /// Reads the canonical bytes of one proof; `None` for another suite.
    pub(super) fn read(bytes: &'a [u8], index: usize) -> Result<Option<Self>, Invalid> {
        if !bytes.starts_with(b"{") {
            return Err(Invalid::ProofNotAnObject { proof: index });
        }
        let seven = Seven::read(bytes);
        let malformed = |member| Invalid::MemberMalformed {
            proof: index,
            member,
        };
        let kind = seven.kind.and_then(text);
        match seven.suite.map(text) {
            Some(Some(SUITE)) => {}
            // A proof type of its own, from before there were cryptosuites.
            None if kind.is_some_and(|kind| kind != TYPE) => return Ok(None),
            Some(Some(_)) => return Ok(None),
            _ => return Err(malformed("cryptosuite")),
        }
        if seven.others {
            return Err(Invalid::MemberUnknown { proof: index });
        }
        if kind != Some(TYPE) {
            return Err(malformed("type"));
        }
        let purpose = seven.purpose.and_then(text);
        if purpose.ok_or_else(|| malformed("proofPurpose"))? != PURPOSE {
            return Err(Invalid::PurposeWrong { proof: index });
        }
        let created = match seven.created.map(text) {
            None => None,
            Some(Some(instant)) if is_instant(instant) => Some(instant),
            Some(_) => return Err(Invalid::CreatedMalformed { proof: index }),
        };
        let method = seven.method.and_then(text);
        let value = seven.value.ok_or_else(|| malformed("proofValue"))?;
        let signature =
            read_signature(value).ok_or(Invalid::ProofValueMalformed { proof: index })?;
        Ok(Some(Self {
            context: seven.context,
            created,
            method: method.ok_or_else(|| malformed("verificationMethod"))?,
            signature,
            digest: digest_without(bytes, value),
        }))
    }
}

impl<'a> Seven<'a> {
    fn read(bytes: &'a [u8]) -> Self {
        let mut seven = Self::default();
        for member in members(bytes) {
            match member.name {
                b"@context" => seven.context = Some(member.value),
                b"created" => seven.created = Some(member),
                b"cryptosuite" => seven.suite = Some(member),
                b"proofPurpose" => seven.purpose = Some(member),
                b"proofValue" => seven.value = Some(member),
                b"type" => seven.kind = Some(member),
                b"verificationMethod" => seven.method = Some(member),
                _ => seven.others = true,
            }
        }
        seven
    }
}

fn text(member: Member<'_>) -> Option<&str> {
    plain_string(member.value)
}

/// Reads `z` and base58btc of exactly 64 bytes.
fn read_signature(value: Member<'_>) -> Option<[u8; 64]> {
    let encoded = text(value).filter(|text| text.len() <= MAX_PROOF_VALUE_LETTERS)?;
    let mut signature = [0; 64];
    let length = bs58::decode(encoded.strip_prefix('z')?)
        .onto(&mut signature)
        .ok()?;
    (length == signature.len()).then_some(signature)
}

/// SHA-256 of canonical proof bytes without one member and its comma.
///
/// `proofPurpose` stands before `proofValue` in every well-formed proof, so
/// the comma before it is the one to go.
fn digest_without(bytes: &[u8], member: Member<'_>) -> [u8; 32] {
    let before = bytes.get(..member.start.saturating_sub(1));
    let after = bytes.get(member.end..);
    digest::sha256_parts([before.unwrap_or_default(), after.unwrap_or_default()])
}

/// Says whether a text is an instant in whole seconds of UTC,
/// `YYYY-MM-DDThh:mm:ssZ`, of a day that the calendar has. Format v1, 1.6.
pub(super) fn is_instant(text: &str) -> bool {
    let bytes = text.as_bytes();
    let form = b"0000-00-00T00:00:00Z";
    let fits = |(given, wanted): (&u8, &u8)| match wanted {
        b'0' => given.is_ascii_digit(),
        _ => given == wanted,
    };
    if bytes.len() != form.len() || !bytes.iter().zip(form).all(fits) {
        return false;
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse().ok());
    let parts: Option<[u32; 6]> = (|| {
        Some([
            number(0, 4)?,
            number(5, 7)?,
            number(8, 10)?,
            number(11, 13)?,
            number(14, 16)?,
            number(17, 19)?,
        ])
    })();
    let Some([year, month, day, hour, minute, second]) = parts else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60
}
