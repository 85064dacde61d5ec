//! Why bytes were refused, where, and what to do about it.

use std::fmt;

/// Bytes that are not canonical, or not JSON, or beyond a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the received bytes the offender begins, counted from 0.
    pub offset: usize,
    /// JSON Pointer (RFC 6901) of the offending value; empty for the root.
    pub pointer: String,
    /// What is wrong, stable for programs.
    pub code: RefusalCode,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the document itself"
        } else {
            &self.pointer
        };
        let (what, remedy) = self.code.words();
        write!(
            formatter,
            "{what} at byte {offset}, in {place}: {remedy}",
            offset = self.offset
        )
    }
}

impl std::error::Error for Refusal {}

/// What can be wrong with received bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// Longer than the limit for the whole document.
    DocumentTooLong,
    /// Nested deeper than the limit.
    TooDeep,
    /// More elements than the limit for one array.
    ArrayTooLong,
    /// A string or member name beyond its limit.
    StringTooLong,
    /// Not UTF-8 (this includes overlong forms and encoded surrogates).
    NotUtf8,
    /// A byte order mark before the document.
    ByteOrderMark,
    /// Whitespace between tokens or after the document.
    Whitespace,
    /// A byte that cannot stand here in JSON.
    UnexpectedByte,
    /// The bytes end in the middle of the document.
    UnexpectedEnd,
    /// Bytes follow the end of the document.
    TrailingBytes,
    /// The top level is not an object.
    NotAnObject,
    /// A member stands after one that should follow it.
    NamesOutOfOrder,
    /// One object has the same name twice.
    DuplicateName,
    /// An escape where the character itself, or a shorter escape, is due.
    EscapeNotMinimal,
    /// A backslash followed by something that JSON does not know.
    InvalidEscape,
    /// Half of a surrogate pair.
    LoneSurrogate,
    /// A code point that Unicode keeps out of text, such as U+FFFE.
    Noncharacter,
    /// A control character that is not an escaped newline or tab.
    ControlCharacter,
    /// A number that is not JSON, or not spelled as RFC 8785 spells it.
    NumberSpelling,
    /// An integer beyond 2^53 - 1 in magnitude.
    IntegerTooLarge,
    /// A number that no double can hold.
    NumberOutOfRange,
    /// A number with more digits than a double keeps.
    NumberLossy,
}

impl RefusalCode {
    /// The stable camelCase name of this code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DocumentTooLong => "documentTooLong",
            Self::TooDeep => "tooDeep",
            Self::ArrayTooLong => "arrayTooLong",
            Self::StringTooLong => "stringTooLong",
            Self::NotUtf8 => "notUtf8",
            Self::ByteOrderMark => "byteOrderMark",
            Self::Whitespace => "whitespace",
            Self::UnexpectedByte => "unexpectedByte",
            Self::UnexpectedEnd => "unexpectedEnd",
            Self::TrailingBytes => "trailingBytes",
            Self::NotAnObject => "notAnObject",
            Self::NamesOutOfOrder => "namesOutOfOrder",
            Self::DuplicateName => "duplicateName",
            Self::EscapeNotMinimal => "escapeNotMinimal",
            Self::InvalidEscape => "invalidEscape",
            Self::LoneSurrogate => "loneSurrogate",
            Self::Noncharacter => "noncharacter",
            Self::ControlCharacter => "controlCharacter",
            Self::NumberSpelling => "numberSpelling",
            Self::IntegerTooLarge => "integerTooLarge",
            Self::NumberOutOfRange => "numberOutOfRange",
            Self::NumberLossy => "numberLossy",
        }
    }

    /// What is wrong, and what the sender should do.
    fn words(self) -> (&'static str, &'static str) {
        const CANONICALISE: &str = "write the document in canonical form (RFC 8785)";
        match self {
            Self::DocumentTooLong => ("the document is too long", "shorten or divide it"),
            Self::TooDeep => ("values are nested too deep", "flatten the structure"),
            Self::ArrayTooLong => ("an array has too many elements", "divide it"),
            Self::StringTooLong => ("a text is too long", "shorten it"),
            Self::NotUtf8 => ("a byte is not UTF-8", "save the document as UTF-8"),
            Self::ByteOrderMark => ("a byte order mark", "save the document without it"),
            Self::Whitespace => ("whitespace between tokens", CANONICALISE),
            Self::UnexpectedByte => ("an unexpected byte", "correct the JSON"),
            Self::UnexpectedEnd => ("the document ends too early", "send all of it"),
            Self::TrailingBytes => ("bytes after the end", "send one document only"),
            Self::NotAnObject => ("the top level is not an object", "send one JSON object"),
            Self::NamesOutOfOrder => ("member names out of order", CANONICALISE),
            Self::DuplicateName => ("a member name that stands twice", "remove one of the two"),
            Self::EscapeNotMinimal => ("an escape that is not the shortest", CANONICALISE),
            Self::InvalidEscape => ("an escape unknown to JSON", "correct the escape"),
            Self::LoneSurrogate => ("half of a surrogate pair", "correct the text"),
            Self::Noncharacter => ("a code point that is no character", "remove it"),
            Self::ControlCharacter => (
                "a control character",
                r"only newline and tab may stand in text, written as \n and \t",
            ),
            Self::NumberSpelling => ("a number not spelled as RFC 8785 has it", CANONICALISE),
            Self::IntegerTooLarge => ("an integer beyond 2^53 - 1", "write it as a string"),
            Self::NumberOutOfRange => ("a number out of range", "write it as a string"),
            Self::NumberLossy => (
                "a number with more digits than a reader keeps",
                "round it or write it as a string",
            ),
        }
    }
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A refusal on its way up: each level adds its own name to the path.
///
/// One pointer wide, so that the way that succeeds stays narrow.
#[derive(Debug)]
pub(super) struct Fault(Box<Parts>);

#[derive(Debug)]
struct Parts {
    offset: usize,
    code: RefusalCode,
    /// Pointer tokens, innermost first.
    path: Vec<String>,
}

impl Fault {
    pub(super) fn new(offset: usize, code: RefusalCode) -> Self {
        let path = Vec::new();
        Self(Box::new(Parts { offset, code, path }))
    }

    pub(super) fn offset(&self) -> usize {
        self.0.offset
    }

    /// The same fault under another code.
    pub(super) fn with_code(mut self, code: RefusalCode) -> Self {
        self.0.code = code;
        self
    }

    /// The same fault seen from the object that holds member `name`.
    pub(super) fn below_name(mut self, name: &str) -> Self {
        self.0.path.push(name.replace('~', "~0").replace('/', "~1"));
        self
    }

    /// The same fault seen from the array that holds element `index`.
    pub(super) fn below_index(mut self, index: usize) -> Self {
        self.0.path.push(index.to_string());
        self
    }
}

impl From<Fault> for Refusal {
    fn from(Fault(parts): Fault) -> Self {
        let mut pointer = String::new();
        for token in parts.path.iter().rev() {
            pointer.push('/');
            pointer.push_str(token);
        }
        Self {
            offset: parts.offset,
            pointer,
            code: parts.code,
        }
    }
}
