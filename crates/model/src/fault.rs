//! What is wrong with a document, and where.

use std::fmt;

use serde::Serialize;

/// One fault of a document: where, which rule, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// JSON pointer (RFC 6901) of the offending member; empty for the document itself.
    pub pointer: String,
    /// Stable camelCase name of the rule.
    pub code: &'static str,
    /// One sentence for people: what is wrong and what is expected.
    pub message: String,
}

impl Fault {
    /// A fault of the rule `code` at `pointer`.
    pub fn new(pointer: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            message: message.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the document"
        } else {
            &self.pointer
        };
        write!(f, "{place}: {} ({})", self.message, self.code)
    }
}

/// Collects faults while walking a document, keeping the pointer of the current place.
#[derive(Debug, Default)]
pub struct Faults {
    path: String,
    found: Vec<Fault>,
}

impl Faults {
    /// An empty collection at the root of the document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Walks into the member `name` while `check` runs.
    pub fn member(&mut self, name: impl fmt::Display, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        let escaped = name.to_string().replace('~', "~0").replace('/', "~1");
        self.path.push('/');
        self.path.push_str(&escaped);
        check(self);
        self.path.truncate(length);
    }

    /// Walks into each element of the array `name`.
    pub fn each<T>(
        &mut self,
        name: &str,
        items: &[T],
        mut check: impl FnMut(&mut Self, usize, &T),
    ) {
        self.member(name, |faults| {
            for (index, item) in items.iter().enumerate() {
                faults.member(index, |faults| check(faults, index, item));
            }
        });
    }

    /// JSON pointer of the current place.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Notes a fault at the current place.
    pub fn note(&mut self, code: &'static str, message: impl Into<String>) {
        self.found
            .push(Fault::new(self.path.clone(), code, message));
    }

    /// Notes a fault at the member `name` of the current place.
    pub fn note_at(
        &mut self,
        name: impl fmt::Display,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.member(name, |faults| faults.note(code, message));
    }

    /// Notes a fault unless `holds`.
    pub fn require(
        &mut self,
        holds: bool,
        name: impl fmt::Display,
        code: &'static str,
        message: &str,
    ) {
        if !holds {
            self.note_at(name, code, message);
        }
    }

    /// All faults found, in the order of the walk.
    pub fn into_vec(self) -> Vec<Fault> {
        self.found
    }
}
