//! The one scan that decides whether bytes are canonical.
//!
//! It recurses at most [`MAX_DEPTH`](super::MAX_DEPTH) times, allocates only
//! for names that are not plain ASCII and numbers that are not integers, and
//! builds the pointer of an offender on the way up, so that good documents
//! pay nothing for good messages.

use std::cmp::Ordering;

use super::refusal::{Fault, RefusalCode};
use super::text::{RawText, objection, unicode_escape};
use super::{CanonicalDocument, Limits, number};

type Scan<T> = Result<T, Fault>;

/// Checks a whole document.
pub(super) fn document(bytes: &[u8], limits: Limits) -> Scan<CanonicalDocument<'_>> {
    if bytes.len() > limits.bytes {
        return Err(Fault::new(limits.bytes, RefusalCode::DocumentTooLong));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(bytes, error.valid_up_to(), limits)),
    };
    let mut scanner = Scanner::new(text, limits);
    scanner.root()?;
    Ok(scanner.finish())
}

/// Refuses bytes whose first `valid` are UTF-8 and whose next is not. The
/// valid part is scanned for the place, or for an earlier fault.
fn not_utf8(bytes: &[u8], valid: usize, limits: Limits) -> Fault {
    let prefix = bytes
        .get(..valid)
        .and_then(|part| std::str::from_utf8(part).ok());
    let earlier = Scanner::new(prefix.unwrap_or_default(), limits).root();
    match earlier {
        Err(fault) if fault.offset() >= valid => fault.with_code(RefusalCode::NotUtf8),
        Err(fault) => fault,
        Ok(()) => Fault::new(valid, RefusalCode::NotUtf8),
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    limits: Limits,
    /// Top-level member `proof`: where the member, its value and it end.
    proof: Option<[usize; 3]>,
    context: Option<&'a [u8]>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, limits: Limits) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            limits,
            proof: None,
            context: None,
        }
    }

    fn root(&mut self) -> Scan<()> {
        match self.peek() {
            Some(b'{') => {}
            Some(b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                return Err(Fault::new(0, RefusalCode::NotAnObject));
            }
            Some(0xEF) if self.text.starts_with('\u{FEFF}') => {
                return Err(Fault::new(0, RefusalCode::ByteOrderMark));
            }
            _ => return Err(self.unexpected()),
        }
        self.object(1)?;
        match self.peek() {
            None => Ok(()),
            Some(b' ' | b'\n' | b'\r' | b'\t') => Err(self.unexpected()),
            Some(_) => Err(Fault::new(self.at, RefusalCode::TrailingBytes)),
        }
    }

    /// The checked document. The slices cannot fail: their bounds were
    /// noted while the same bytes were scanned.
    fn finish(self) -> CanonicalDocument<'a> {
        let bytes = self.bytes;
        let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
        let Some([start, value, end]) = self.proof else {
            return CanonicalDocument {
                bytes,
                before: bytes,
                after: &[],
                proof: None,
                context: self.context,
            };
        };
        // The first member takes the comma behind it along, any other the
        // comma before it.
        let (cut_from, cut_to) = match (start, bytes.get(end)) {
            (1, Some(b',')) => (start, end + 1),
            (1, _) => (start, end),
            _ => (start - 1, end),
        };
        CanonicalDocument {
            bytes,
            before: part(0, cut_from),
            after: part(cut_to, bytes.len()),
            proof: Some(part(value, end)),
            context: self.context,
        }
    }

    fn value(&mut self, depth: usize) -> Scan<()> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            _ => Err(self.unexpected()),
        }
    }

    fn object(&mut self, depth: usize) -> Scan<()> {
        self.open(depth)?;
        if self.eat(b'}') {
            return Ok(());
        }
        let mut previous: Option<RawText<'a>> = None;
        loop {
            let start = self.at;
            let name = self.string()?;
            let order = previous.map_or(Ordering::Less, |earlier| earlier.order(&name));
            if order != Ordering::Less {
                let code = match order {
                    Ordering::Equal => RefusalCode::DuplicateName,
                    _ => RefusalCode::NamesOutOfOrder,
                };
                return Err(Fault::new(start, code).below_name(&name.unescaped()));
            }
            previous = Some(name);
            if !self.eat(b':') {
                return Err(self.unexpected());
            }
            let value = self.at;
            self.value(depth)
                .map_err(|fault| fault.below_name(&name.unescaped()))?;
            if depth == 1 {
                self.note(name.raw, start, value);
            }
            if self.eat(b'}') {
                return Ok(());
            }
            if !self.eat(b',') {
                return Err(self.unexpected());
            }
        }
    }

    /// Remembers the two top-level members that signatures are about. Their
    /// names hold nothing that could be escaped, so raw bytes decide.
    fn note(&mut self, name: &str, start: usize, value: usize) {
        match name {
            "proof" => self.proof = Some([start, value, self.at]),
            "@context" => self.context = self.bytes.get(value..self.at),
            _ => {}
        }
    }

    fn array(&mut self, depth: usize) -> Scan<()> {
        self.open(depth)?;
        if self.eat(b']') {
            return Ok(());
        }
        let mut index = 0;
        loop {
            if index >= self.limits.array {
                return Err(Fault::new(self.at, RefusalCode::ArrayTooLong));
            }
            self.value(depth)
                .map_err(|fault| fault.below_index(index))?;
            index += 1;
            if self.eat(b']') {
                return Ok(());
            }
            if !self.eat(b',') {
                return Err(self.unexpected());
            }
        }
    }

    /// Steps over an opening bracket or brace.
    fn open(&mut self, depth: usize) -> Scan<()> {
        if depth > self.limits.depth {
            return Err(Fault::new(self.at, RefusalCode::TooDeep));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Scan<RawText<'a>> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        let start = self.at + 1;
        let mut at = start;
        let mut plain = true;
        loop {
            at = plain_run_end(self.bytes, at);
            match self.bytes.get(at).copied() {
                Some(b'"') => break,
                None => return Err(Fault::new(at, RefusalCode::UnexpectedEnd)),
                Some(b'\\') => {
                    plain = false;
                    let rest = self.bytes.get(at + 1..).unwrap_or_default();
                    check_escape(rest).map_err(|code| Fault::new(at, code))?;
                    at += 2;
                }
                Some(0..=0x1F) => return Err(Fault::new(at, RefusalCode::ControlCharacter)),
                Some(lead) => {
                    plain = false;
                    at += self.check_wide(at, lead)?;
                }
            }
        }
        let raw = self.text.get(start..at).unwrap_or_default();
        self.at = at + 1;
        let text = RawText { raw, plain };
        let limit = self.limits.string_bytes;
        if raw.len() > limit && text.unescaped().len() > limit {
            return Err(Fault::new(start - 1, RefusalCode::StringTooLong));
        }
        Ok(text)
    }

    /// The length of the character beyond ASCII that begins with `lead`.
    ///
    /// The bytes are UTF-8, so only noncharacters are to be found, and those
    /// begin with 0xEF or four-byte leads.
    fn check_wide(&self, at: usize, lead: u8) -> Scan<usize> {
        if lead < 0xE0 {
            return Ok(2);
        }
        if lead < 0xEF {
            return Ok(3);
        }
        let character = self.text.get(at..).and_then(|rest| rest.chars().next());
        let objected = character.and_then(|character| objection(u32::from(character)));
        match objected {
            Some(code) => Err(Fault::new(at, code)),
            None => Ok(character.map_or(1, char::len_utf8)),
        }
    }

    fn number(&mut self) -> Scan<()> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let belongs = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().take_while(|byte| belongs(byte)).count();
        let token = self.text.get(start..start + length).unwrap_or_default();
        number::check(token).map_err(|code| Fault::new(start, code))?;
        self.at = start + length;
        Ok(())
    }

    fn literal(&mut self, word: &str) -> Scan<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            let same = rest.iter().zip(word.bytes()).take_while(|(a, b)| **a == *b);
            self.at += same.count();
            return Err(self.unexpected());
        }
        self.at += word.len();
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The fault of whatever stands here instead of what was due.
    fn unexpected(&self) -> Fault {
        let code = match self.peek() {
            None => RefusalCode::UnexpectedEnd,
            Some(b' ' | b'\n' | b'\r' | b'\t') => RefusalCode::Whitespace,
            Some(_) => RefusalCode::UnexpectedByte,
        };
        Fault::new(self.at, code)
    }
}

/// Says whether an escape is one that canonical text may hold, all of which
/// are two bytes long. `rest` begins behind the backslash.
fn check_escape(rest: &[u8]) -> Result<(), RefusalCode> {
    match rest {
        [b'"' | b'\\' | b'n' | b't', ..] => Ok(()),
        [b'b' | b'f' | b'r', ..] => Err(RefusalCode::ControlCharacter),
        [b'/', ..] => Err(RefusalCode::EscapeNotMinimal),
        [b'u', digits @ ..] => {
            let (code_point, _) = unicode_escape(digits)?;
            Err(objection(code_point).unwrap_or(RefusalCode::EscapeNotMinimal))
        }
        [] => Err(RefusalCode::UnexpectedEnd),
        _ => Err(RefusalCode::InvalidEscape),
    }
}

/// Where a run of ASCII that needs no look ends, beginning at `at`.
///
/// Eight bytes at a time: a byte is worth a look if it is a quote, a
/// backslash, a control or beyond ASCII. Borrows of the subtractions can only
/// mark bytes above one that is marked rightly, and the lowest mark counts.
fn plain_run_end(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH * 0x80;
    let rest = bytes.get(at..).unwrap_or_default();
    let (eights, tail) = rest.as_chunks::<8>();
    for eight in eights {
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(EACH * 0x20);
        let quote = (word ^ (EACH * 0x22)).wrapping_sub(EACH);
        let backslash = (word ^ (EACH * 0x5C)).wrapping_sub(EACH);
        let marks = (word | control | quote | backslash) & HIGH;
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let worth = |byte: &u8| matches!(byte, 0..=0x1F | b'"' | b'\\' | 0x80..);
    at + tail.iter().position(worth).unwrap_or(tail.len())
}
