//! Lines of JSON (NDJSON) from a body, as they arrive.

use std::pin::Pin;

use axum::body::{Body, BodyDataStream, Bytes};
use futures::StreamExt as _;

#[cfg(test)]
mod tests;

/// Most lines of one stream; longer uploads are cut by the client, so that an upload that breaks
/// off is repeated in part only.
pub const MAX_STREAM_LINES: u64 = 100_000;

/// The lines of a body. Holds at most one line and one piece of the body at a time.
pub(crate) struct Lines {
    body: Pin<Box<BodyDataStream>>,
    piece: Bytes,
    line: Vec<u8>,
    /// The line being read is beyond the limit; its rest is dropped.
    overlong: bool,
    limit: usize,
    number: u64,
    ended: bool,
}

/// A line that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// 1, 2, ..., blank lines counted.
    pub(crate) number: u64,
    /// Its bytes without the line end; `None` if they are more than the limit.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// Why there is no next line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The body ended.
    Done,
    /// There are more than [`MAX_STREAM_LINES`].
    TooMany,
    /// The client broke off.
    Broken,
}

impl Lines {
    /// The lines of `body`, each of at most `limit` bytes.
    pub(crate) fn new(body: Body, limit: usize) -> Self {
        Self {
            body: Box::pin(body.into_data_stream()),
            piece: Bytes::new(),
            line: Vec::new(),
            overlong: false,
            limit,
            number: 0,
            ended: false,
        }
    }

    /// The next line that is not blank. What was read stays read if the caller stops waiting.
    pub(crate) async fn next(&mut self) -> Result<Line, End> {
        loop {
            while let Some(at) = self.piece.iter().position(|byte| *byte == b'\n') {
                let rest = self.piece.split_to(at + 1);
                self.take(rest.get(..at).unwrap_or_default());
                if let Some(line) = self.finish()? {
                    return Ok(line);
                }
            }
            let piece = std::mem::take(&mut self.piece);
            self.take(&piece);
            if self.ended {
                return Err(End::Done);
            }
            match self.body.next().await {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(_)) => return Err(End::Broken),
                None => {
                    self.ended = true;
                    if let Some(line) = self.finish()? {
                        return Ok(line);
                    }
                }
            }
        }
    }

    /// Lines read so far.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Drops what is left of the body, up to `most` bytes, so that the client reads the answer
    /// instead of a closed connection.
    pub(crate) async fn drain(&mut self, most: usize) {
        let mut dropped = 0;
        while let Some(Ok(piece)) = self.body.next().await {
            dropped += piece.len();
            if dropped > most {
                break;
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        // One byte more than the limit may be the carriage return of the line end.
        if self.overlong || self.line.len() + bytes.len() > self.limit + 1 {
            self.overlong = true;
            self.line = Vec::new();
        } else {
            self.line.extend_from_slice(bytes);
        }
    }

    fn finish(&mut self) -> Result<Option<Line>, End> {
        let mut bytes = std::mem::take(&mut self.line);
        let overlong = std::mem::take(&mut self.overlong);
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if self.ended && bytes.is_empty() && !overlong {
            return Ok(None);
        }
        self.number += 1;
        if self.number > MAX_STREAM_LINES {
            return Err(End::TooMany);
        }
        if !overlong && bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let fits = !overlong && bytes.len() <= self.limit;
        Ok(Some(Line {
            number: self.number,
            bytes: fits.then_some(bytes),
        }))
    }
}
