//! What does a photographed code say? A picture in, the texts of the QR codes in it out.
//!
//! The command line and the pages share it; nothing is read or written here but the bytes that are
//! given. The picture is a stranger's: its bytes, its pixels and the work that is done on it are
//! limited, whatever it holds.
//!
//! Where the code stands is found in `code`, in bounded time; its dots are read by `rqrr`.

mod code;
mod picture;
#[cfg(test)]
mod tests;

use comity_recognition::question::Selector;

use crate::recognise::selector;
use crate::registers;

/// Largest file of a picture in bytes: a telephone's photograph has 2 to 8 MB.
pub const MAX_PHOTO_BYTES: usize = 12 << 20;
/// Most pixels of a picture, width times height: telephones photograph with 12 or 24 million.
pub const MAX_PIXELS: usize = 25_000_000;
/// Longest text of a code that is taken for something to look up, in characters.
pub const MAX_TEXT_CHARS: usize = 2_000;

/// Why a picture was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It begins like no JPEG and no PNG.
    #[error("this is no photograph in JPEG or PNG")]
    NoPicture,
    /// More bytes than [`MAX_PHOTO_BYTES`].
    #[error("the picture has more than {} MB", MAX_PHOTO_BYTES >> 20)]
    TooManyBytes,
    /// More pixels than [`MAX_PIXELS`].
    #[error("the picture has more than {} million pixels", MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    /// It begins like a picture and cannot be decoded.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
    /// No code was found, or none whose dots could be read.
    #[error("no QR code was found in the picture")]
    NoCode,
}

/// What the codes of a picture name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// One of them leads somewhere: the link of a record, its identifier or digest, the address of
    /// a certificate in another register, or, where the picture has one code only, plain text.
    One(String),
    /// One code only, with an address that is no record's and no known register's.
    Elsewhere(String),
    /// Several codes, and more than one or none of them leads to a record or a register.
    Several(Vec<String>),
}

/// Whether bytes begin like a picture that [`read`] reads.
pub fn is_photo(bytes: &[u8]) -> bool {
    picture::is_jpeg(bytes) || picture::is_png(bytes)
}

/// The different texts of the QR codes (ISO/IEC 18004) in a JPEG or PNG, as they were found; at
/// least one. It computes for up to some seconds, so it does not belong on a thread that answers.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, Unread> {
    if bytes.len() > MAX_PHOTO_BYTES {
        return Err(Unread::TooManyBytes);
    }
    let texts = code::texts(&picture::decode(bytes)?);
    if texts.is_empty() {
        return Err(Unread::NoCode);
    }
    Ok(texts)
}

/// Which of the texts in a picture is to be looked up. A certificate may bear a code of its issuer's
/// beside the one that leads to its record.
pub fn said(mut texts: Vec<String>) -> Said {
    let mut leading = texts.iter().filter(|text| leads(text));
    if let (Some(one), None) = (leading.next(), leading.next()) {
        return Said::One(one.clone());
    }
    match (texts.pop(), texts.is_empty()) {
        (Some(one), true) => {
            let address = one.contains("://") && registers::gtin(&one).is_none();
            if address || one.chars().count() > MAX_TEXT_CHARS || leads_nowhere(&one) {
                Said::Elsewhere(one)
            } else {
                Said::One(one)
            }
        }
        (last, _) => {
            texts.extend(last);
            Said::Several(texts)
        }
    }
}

/// Whether a text names a record by itself, or is the address of a certificate in a known register.
fn leads(text: &str) -> bool {
    !matches!(selector(text, None), Selector::Number { .. }) || registers::read(text).is_some()
}

/// A text that nobody types into a box: a visiting card, the password of a network.
fn leads_nowhere(text: &str) -> bool {
    text.trim().is_empty() || text.trim().contains('\n') || text.starts_with("WIFI:")
}
