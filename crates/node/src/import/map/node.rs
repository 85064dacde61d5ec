//! Walks a parsed TOML table and remembers which keys were read, so that a misspelt one is
//! reported with its line and the nearest key that exists.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::MapError;
use crate::import::table::nearest;

/// One table of the file, the path that leads to it, and the keys read so far.
pub(super) struct Node<'a> {
    path: String,
    text: &'a str,
    span: Range<usize>,
    table: &'a DeTable<'a>,
    read: RefCell<BTreeSet<String>>,
}

impl<'a> Node<'a> {
    pub(super) fn root(text: &'a str, table: &'a DeTable<'a>) -> Self {
        Self::new(String::new(), text, 0..0, table)
    }

    fn new(path: String, text: &'a str, span: Range<usize>, table: &'a DeTable<'a>) -> Self {
        let read = RefCell::default();
        Self {
            path,
            text,
            span,
            table,
            read,
        }
    }

    /// The table that `value` is, under this path.
    pub(super) fn of(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Node<'a>, MapError> {
        let table = value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong(key, value, "a table"))?;
        Ok(Node::new(self.join(key), self.text, value.span(), table))
    }

    /// The value of `key`, marked as read.
    pub(super) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.read.borrow_mut().insert(key.to_owned());
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(_, value)| value)
    }

    /// Every key with its value, all marked as read.
    pub(super) fn entries(&self) -> Vec<(String, &'a Spanned<DeValue<'a>>)> {
        self.table
            .iter()
            .map(|(name, value)| {
                let name = name.get_ref().to_string();
                self.read.borrow_mut().insert(name.clone());
                (name, value)
            })
            .collect()
    }

    pub(super) fn table(&self, key: &str) -> Result<Option<Node<'a>>, MapError> {
        self.get(key).map(|value| self.of(key, value)).transpose()
    }

    pub(super) fn string(&self, key: &str) -> Result<Option<String>, MapError> {
        self.get(key)
            .map(|value| {
                let text = value.get_ref().as_str();
                text.map(str::to_owned)
                    .ok_or_else(|| self.wrong(key, value, "a text in quotes"))
            })
            .transpose()
    }

    pub(super) fn required(&self, key: &str) -> Result<String, MapError> {
        self.string(key)?.ok_or_else(|| self.missing(key))
    }

    pub(super) fn boolean(&self, key: &str) -> Result<Option<bool>, MapError> {
        self.get(key)
            .map(|value| {
                let flag = value.get_ref().as_bool();
                flag.ok_or_else(|| self.wrong(key, value, "true or false"))
            })
            .transpose()
    }

    /// A text or a list of texts; empty where the key is absent.
    pub(super) fn strings(&self, key: &str) -> Result<Vec<String>, MapError> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(value) => self.strings_of(key, value),
        }
    }

    /// The texts that `value` is: one, or a list.
    pub(super) fn strings_of(
        &self,
        key: &str,
        value: &Spanned<DeValue<'a>>,
    ) -> Result<Vec<String>, MapError> {
        let wrong = || self.wrong(key, value, "a text in quotes or a list of texts");
        match value.get_ref() {
            DeValue::String(text) => Ok(vec![text.to_string()]),
            DeValue::Array(items) => items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned).ok_or_else(wrong))
                .collect(),
            _ => Err(wrong()),
        }
    }

    /// One of the words of an enumeration, by the name it has in records.
    pub(super) fn word<T: serde::de::DeserializeOwned>(
        &self,
        key: &str,
    ) -> Result<Option<T>, MapError> {
        let Some(text) = self.string(key)? else {
            return Ok(None);
        };
        parse_word(&text)
            .map(Some)
            .map_err(|reason| self.error(key, &reason))
    }

    pub(super) fn missing(&self, key: &str) -> MapError {
        let line = line_of(self.text, self.span.start);
        MapError::new(self.join(key), line, "this key is required")
    }

    /// An error at the line of `key`, or of the table where it is absent.
    pub(super) fn error(&self, key: &str, message: &str) -> MapError {
        let at = self
            .table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map_or(self.span.start, |(name, _)| name.span().start);
        MapError::new(self.join(key), line_of(self.text, at), message)
    }

    /// An error for a value of the wrong type.
    pub(super) fn wrong(
        &self,
        key: &str,
        value: &Spanned<DeValue<'a>>,
        expected: &str,
    ) -> MapError {
        let found = value.get_ref().type_str();
        let line = line_of(self.text, value.span().start);
        MapError::new(
            self.join(key),
            line,
            format!("expected {expected}, found {found}"),
        )
    }

    /// Refuses the first key that nobody read.
    pub(super) fn finish(&self) -> Result<(), MapError> {
        let read = self.read.borrow();
        let unread = self
            .table
            .iter()
            .find(|(name, _)| !read.contains(name.get_ref().as_ref()));
        let Some((name, _)) = unread else {
            return Ok(());
        };
        let message = match nearest(name.get_ref(), read.iter().map(String::as_str)) {
            Some(known) => format!("no key of this name is defined here; did you mean `{known}`?"),
            None => "no key of this name is defined here".to_owned(),
        };
        let line = line_of(self.text, name.span().start);
        Err(MapError::new(self.join(name.get_ref()), line, message))
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

/// The line, from 1, that the byte at `offset` stands in.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.split(|byte| *byte == b'\n').count()
}

/// The variant of an enumeration of the model that is written `text` in records.
pub(crate) fn parse_word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|error| format!("`{text}` is none of the words a record may have here: {error}"))
}
