//! Ordinary JSON, read strictly and written out as canonical bytes.

use super::refusal::{Fault, RefusalCode};
use super::text::{objection, unicode_escape, utf16_order, write_string};
use super::{Limits, MAX_BODY_BYTES, Refusal, check, number};

/// The longest ordinary JSON text that is read: four times the largest body,
/// because a hand-written draft may be indented.
pub const MAX_TEXT_BYTES: usize = 4 * MAX_BODY_BYTES;

/// Reads ordinary JSON strictly and writes it as canonical bytes (RFC 8785).
///
/// Whitespace, any order of members, escapes and number spellings are
/// welcome. Refused is what would lose or change something: a name that
/// stands twice, an integer beyond 2^53 - 1, a number with more digits than a
/// double keeps, text that records may not hold. `limits.bytes` is for the
/// result; the text itself may have [`MAX_TEXT_BYTES`].
///
/// # Errors
/// A [`Refusal`] whose offset counts in `text`.
///
/// ```
/// use comity_signature::canonical::{canonicalise, Limits};
///
/// let bytes = canonicalise(br#"{ "b": 1.50, "a": "\u00e9" }"#, &Limits::default())?;
/// assert_eq!(bytes, r#"{"a":"é","b":1.5}"#.as_bytes());
/// # Ok::<(), comity_signature::canonical::Refusal>(())
/// ```
pub fn canonicalise(text: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let node = read(text, limits.capped()).map_err(Refusal::from)?;
    let mut out = String::with_capacity(text.len());
    node.write(&mut out);
    let bytes = out.into_bytes();
    // The scan is the judge of what is canonical, also of what we wrote; only
    // the length of the whole can still be wrong.
    check(&bytes, limits)?;
    Ok(bytes)
}

fn read(text: &[u8], limits: Limits) -> Result<Node, Fault> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Fault::new(MAX_TEXT_BYTES, RefusalCode::DocumentTooLong));
    }
    let text = std::str::from_utf8(text)
        .map_err(|error| Fault::new(error.valid_up_to(), RefusalCode::NotUtf8))?;
    if text.starts_with('\u{FEFF}') {
        return Err(Fault::new(0, RefusalCode::ByteOrderMark));
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        limits,
    };
    reader.skip_whitespace();
    let start = reader.at;
    let node = reader.value(0)?;
    reader.skip_whitespace();
    if reader.at < text.len() {
        return Err(Fault::new(reader.at, RefusalCode::TrailingBytes));
    }
    match node {
        Node::Object(_) => Ok(node),
        _ => Err(Fault::new(start, RefusalCode::NotAnObject)),
    }
}

/// A JSON value on its way to canonical form.
enum Node {
    /// A string, number or word, already spelled.
    Spelled(String),
    Array(Vec<Node>),
    /// Members in canonical order.
    Object(Vec<Property>),
}

struct Property {
    name: String,
    offset: usize,
    value: Node,
}

impl Node {
    fn write(&self, out: &mut String) {
        match self {
            Self::Spelled(token) => out.push_str(token),
            Self::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(properties) => {
                out.push('{');
                for (index, property) in properties.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_string(&property.name, out);
                    out.push(':');
                    property.value.write(out);
                }
                out.push('}');
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    limits: Limits,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        match self.peek() {
            Some(b'"') => {
                let mut spelled = String::new();
                write_string(&self.string()?, &mut spelled);
                Ok(Node::Spelled(spelled))
            }
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node, Fault> {
        self.open(depth)?;
        let mut properties = Vec::new();
        if self.eat(b'}') {
            return Ok(Node::Object(properties));
        }
        loop {
            let offset = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let name = self.string()?;
            self.skip_whitespace();
            if !self.eat(b':') {
                return Err(self.unexpected());
            }
            let value = self.value(depth).map_err(|fault| fault.below_name(&name))?;
            properties.push(Property {
                name,
                offset,
                value,
            });
            self.skip_whitespace();
            if self.eat(b'}') {
                return in_order(properties).map(Node::Object);
            }
            if !self.eat(b',') {
                return Err(self.unexpected());
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Node, Fault> {
        self.open(depth)?;
        let mut elements = Vec::new();
        if self.eat(b']') {
            return Ok(Node::Array(elements));
        }
        loop {
            if elements.len() >= self.limits.array {
                return Err(Fault::new(self.at, RefusalCode::ArrayTooLong));
            }
            let index = elements.len();
            let element = self
                .value(depth)
                .map_err(|fault| fault.below_index(index))?;
            elements.push(element);
            self.skip_whitespace();
            if self.eat(b']') {
                return Ok(Node::Array(elements));
            }
            if !self.eat(b',') {
                return Err(self.unexpected());
            }
        }
    }

    /// Steps over an opening bracket or brace and the whitespace behind it.
    fn open(&mut self, depth: usize) -> Result<(), Fault> {
        if depth > self.limits.depth {
            return Err(Fault::new(self.at, RefusalCode::TooDeep));
        }
        self.at += 1;
        self.skip_whitespace();
        Ok(())
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let offset = self.at;
            let rest = self.text.get(offset..).unwrap_or_default();
            let Some(character) = rest.chars().next() else {
                return Err(Fault::new(offset, RefusalCode::UnexpectedEnd));
            };
            self.at += character.len_utf8();
            let read = match character {
                '"' => break,
                '\0'..='\x1F' => return Err(Fault::new(offset, RefusalCode::ControlCharacter)),
                '\\' => self.escape().map_err(|code| Fault::new(offset, code))?,
                other => other,
            };
            if let Some(code) = objection(u32::from(read)) {
                return Err(Fault::new(offset, code));
            }
            text.push(read);
        }
        if text.len() > self.limits.string_bytes {
            return Err(Fault::new(start, RefusalCode::StringTooLong));
        }
        Ok(text)
    }

    /// Reads an escape, of which the backslash is already behind us.
    fn escape(&mut self) -> Result<char, RefusalCode> {
        let letter = self.peek().ok_or(RefusalCode::UnexpectedEnd)?;
        self.at += 1;
        match letter {
            b'"' | b'\\' | b'/' => Ok(char::from(letter)),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{C}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => {
                let digits = self.bytes.get(self.at..).unwrap_or_default();
                let (code_point, length) = unicode_escape(digits)?;
                self.at += length;
                char::from_u32(code_point).ok_or(RefusalCode::LoneSurrogate)
            }
            _ => Err(RefusalCode::InvalidEscape),
        }
    }

    fn number(&mut self) -> Result<Node, Fault> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest
            .find(|character| !matches!(character, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let token = rest.get(..length).unwrap_or_default();
        let spelled = number::canonical(token).map_err(|code| Fault::new(start, code))?;
        self.at = start + length;
        Ok(Node::Spelled(spelled))
    }

    fn word(&mut self) -> Result<Node, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for word in ["true", "false", "null"] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(Node::Spelled(word.to_owned()));
            }
        }
        Err(self.unexpected())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Steps over `byte` and the whitespace behind it, if it stands here.
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
            self.skip_whitespace();
        }
        found
    }

    fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn unexpected(&self) -> Fault {
        let code = match self.peek() {
            None => RefusalCode::UnexpectedEnd,
            Some(_) => RefusalCode::UnexpectedByte,
        };
        Fault::new(self.at, code)
    }
}

/// Sorts members by UTF-16 code units and refuses a name that stands twice.
fn in_order(mut properties: Vec<Property>) -> Result<Vec<Property>, Fault> {
    properties.sort_by(|one, other| utf16_order(&one.name, &other.name));
    for (earlier, later) in properties.iter().zip(properties.iter().skip(1)) {
        if earlier.name == later.name {
            let fault = Fault::new(later.offset, RefusalCode::DuplicateName);
            return Err(fault.below_name(&later.name));
        }
    }
    Ok(properties)
}
