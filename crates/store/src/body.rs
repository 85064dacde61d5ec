//! Bodies at rest: one zstd frame each, or as received where that is shorter.

use crate::{Error, MAX_BODY_BYTES};

/// `body_encoding` of a body kept as received.
const PLAIN: i64 = 0;

/// `body_encoding` of a body kept as one zstd frame.
const ZSTD: i64 = 1;

/// zstd's own default: halves a record in some 15 µs; higher levels cost more time
/// than they save space at this size.
const LEVEL: i32 = 3;

/// A body as it stands in its row.
#[derive(Debug)]
pub(crate) struct Encoded {
    pub(crate) encoding: i64,
    pub(crate) bytes: Vec<u8>,
}

/// Encodes bodies one after another with the same working memory: making it anew
/// costs more than compressing one record.
pub(crate) struct Encoder(Option<zstd::bulk::Compressor<'static>>);

impl Encoder {
    /// Without memory for a compressor, bodies are kept as they are.
    pub(crate) fn new() -> Self {
        Self(zstd::bulk::Compressor::new(LEVEL).ok())
    }

    /// The shorter of the two forms.
    pub(crate) fn encode(&mut self, body: &[u8]) -> Encoded {
        let frame = self
            .0
            .as_mut()
            .and_then(|compressor| compressor.compress(body).ok());
        match frame {
            Some(bytes) if bytes.len() < body.len() => Encoded {
                encoding: ZSTD,
                bytes,
            },
            _ => Encoded {
                encoding: PLAIN,
                bytes: body.to_vec(),
            },
        }
    }
}

/// The body as received. `length` is its length as received: a frame that would
/// grow beyond it, or a body of another length, is not ours.
pub(crate) fn decode(encoding: i64, length: u64, bytes: Vec<u8>) -> Option<Vec<u8>> {
    let length = usize::try_from(length)
        .ok()
        .filter(|length| *length <= MAX_BODY_BYTES)?;
    let body = match encoding {
        PLAIN => bytes,
        ZSTD => zstd::bulk::decompress(&bytes, length).ok()?,
        _ => return None,
    };
    (body.len() == length).then_some(body)
}

/// What [`decode`] answers, or the inconsistency of that row.
pub(crate) fn decoded(
    encoding: i64,
    length: u64,
    bytes: Vec<u8>,
    row: impl FnOnce() -> String,
) -> Result<Vec<u8>, Error> {
    decode(encoding, length, bytes).ok_or_else(|| Error::Inconsistent {
        table: "record",
        column: "body",
        row: row(),
    })
}

#[cfg(test)]
mod tests;
