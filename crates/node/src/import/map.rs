//! The mapping file: which column of a register becomes which field of a record.
//!
//! The language is documented for users in `docs/import/README.md`.

mod node;
mod spec;
mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use comity_model::record::{Attribution, PublicationBasis};
use comity_model::status::ReasonCode;
use toml::de::DeTable;

use super::dates::Format;
use super::table::{Form, nearest};
use super::text::{Encoding, fold};
pub(crate) use node::parse_word;
use node::{Node, line_of};
pub(crate) use spec::{Extra, One, Otherwise, Part, Spec, Take};

/// Largest mapping file in bytes; code tables of every country fit many times.
pub const MAX_MAP_BYTES: usize = 1024 * 1024;

/// A checked mapping file.
#[derive(Clone, Debug)]
pub struct Map {
    pub(crate) system: String,
    pub(crate) kind: MapKind,
    pub(crate) language: String,
    pub(crate) publication_basis: Option<PublicationBasis>,
    pub(crate) form: Form,
    pub(crate) dates: Vec<Format>,
    pub(crate) group_by: Vec<String>,
    pub(crate) attribution: Attributions,
    pub(crate) columns: BTreeMap<String, Spec>,
    pub(crate) status: Option<Status>,
    pub(crate) amendments: Option<Spec>,
    pub(crate) codes: BTreeMap<String, Codes>,
    pub(crate) sides: BTreeMap<String, Side>,
    pub(crate) vanished: Vanished,
}

/// Which kind of record a row makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapKind {
    Attestation,
    Grant,
}

/// To whom the register attributes its rows.
#[derive(Clone, Debug)]
pub(crate) enum Attributions {
    One(Attribution),
    /// By the text of a column, folded.
    By(Spec, BTreeMap<String, Attribution>),
}

/// How the register's words for a state are read.
#[derive(Clone, Debug)]
pub(crate) struct Status {
    pub(crate) word: Spec,
    /// The day the state began, where the register says it.
    pub(crate) since: Option<Spec>,
    /// Dated signs of life; the latest counts.
    pub(crate) alive: Option<Spec>,
    pub(crate) words: BTreeMap<String, Meaning>,
}

/// What a register's word for a state means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) standing: Standing,
    pub(crate) reason: Option<ReasonCode>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// In force, as far as its dates go.
    Active,
    /// Its validity has ended, by a date or since the register was last seen otherwise.
    Expired,
    /// Suspended.
    Suspended,
    /// Withdrawn.
    Withdrawn,
    /// Void from the start.
    Annulled,
    /// Not to be published; like a row that is not there.
    LeaveOut,
}

/// A code table: folded words, some of them prefixes, and what they become.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    exact: BTreeMap<String, Vec<String>>,
    prefixes: Vec<(String, Vec<String>)>,
}

impl Codes {
    /// What `text` becomes; an empty list where the table drops it.
    pub(crate) fn get(&self, text: &str) -> Option<&[String]> {
        let folded = fold(text);
        self.exact
            .get(&folded)
            .or_else(|| {
                let fits = |(prefix, _): &&(String, Vec<String>)| folded.starts_with(prefix);
                let longest = |(prefix, _): &&(String, Vec<String>)| prefix.len();
                let found = self.prefixes.iter().filter(fits).max_by_key(longest);
                found.map(|(_, values)| values)
            })
            .map(Vec::as_slice)
    }
}

/// A second table whose rows belong to rows of the main one.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) file: String,
    /// Its column that holds the key.
    pub(crate) key: String,
    /// The main table's column with the same key.
    pub(crate) on: String,
    pub(crate) optional: bool,
}

/// What it means that a row known before is no longer there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Vanished {
    #[default]
    Report,
    Suspend,
    Withdraw,
}

/// What is wrong with a mapping file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapError {
    /// Path of the key, such as `columns.issued_on`.
    pub key: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong and what is expected.
    pub message: String,
}

impl MapError {
    fn new(key: String, line: usize, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { key, line, message }
    }
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.key, self.message)
    }
}

impl std::error::Error for MapError {}

impl Map {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// The first key that is missing, unknown or of the wrong form, with its line.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        if text.len() > MAX_MAP_BYTES {
            let message = format!("a mapping file has at most {MAX_MAP_BYTES} bytes");
            return Err(MapError::new(String::new(), 1, message));
        }
        let document = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            MapError::new("TOML".to_owned(), line_of(text, at), error.message())
        })?;
        let root = Node::root(text, document.get_ref());
        let source = root
            .table("source")?
            .ok_or_else(|| root.missing("source"))?;
        let kind = match source.required("kind")?.as_str() {
            "attestation" => MapKind::Attestation,
            "grant" => MapKind::Grant,
            _ => return Err(source.error("kind", "expected `attestation` or `grant`")),
        };
        let map = Self {
            system: source.required("system")?,
            kind,
            language: source
                .string("language")?
                .unwrap_or_else(|| "en".to_owned()),
            publication_basis: source.word("publication_basis")?,
            form: form(&source)?,
            dates: spec::formats(&source, "dates")?,
            group_by: source.strings("group_by")?,
            attribution: attribution(&root)?,
            columns: columns(&root, kind)?,
            status: status(&root)?,
            amendments: amendments(&root)?,
            codes: codes(&root)?,
            sides: sides(&root)?,
            vanished: vanished(&root)?,
        };
        if kind == MapKind::Attestation && map.publication_basis.is_none() {
            return Err(source.missing("publication_basis"));
        }
        source.finish()?;
        root.finish()?;
        map.check_names(&root)?;
        Ok(map)
    }

    /// The register's name, as policies say it.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// File names of the side tables, and whether the import can do without each.
    pub fn side_tables(&self) -> impl Iterator<Item = (&str, bool)> {
        let sides = self.sides.values();
        sides.map(|side| (side.file.as_str(), side.optional))
    }

    /// Every spec with the key it stands under.
    pub(crate) fn specs(&self) -> impl Iterator<Item = (String, &Spec)> {
        let columns = self
            .columns
            .iter()
            .map(|(name, spec)| (format!("columns.{name}"), spec));
        let status = self.status.iter().flat_map(|status| {
            [
                ("status.word", Some(&status.word)),
                ("status.since", status.since.as_ref()),
                ("status.alive", status.alive.as_ref()),
            ]
        });
        let amendments = [("amendments.dates", self.amendments.as_ref())];
        let attribution = match &self.attribution {
            Attributions::One(_) => None,
            Attributions::By(spec, _) => Some(spec),
        };
        let others = status
            .chain(amendments)
            .chain([("attribution.column", attribution)])
            .filter_map(|(key, spec)| Some((key.to_owned(), spec?)));
        columns.chain(others)
    }

    /// Refuses code tables and side tables that are named but not there.
    fn check_names(&self, root: &Node<'_>) -> Result<(), MapError> {
        for (key, spec) in self.specs() {
            let (section, name) = key.split_once('.').unwrap_or((&key, ""));
            let fail = |message: String| {
                let error = root.error(section, "");
                let table = root.table(section).ok().flatten();
                let line = table.map_or(error.line, |table| table.error(name, "").line);
                Err(MapError::new(key.clone(), line, message))
            };
            for one in &spec.alternatives {
                let tables = one.lookup.iter().chain(&one.extra.issuer_lookup);
                for name in tables {
                    if !self.codes.contains_key(name) {
                        return fail(format!("there is no code table [codes.{name}]"));
                    }
                }
                if let Some(side) = one.side.as_ref()
                    && !self.sides.contains_key(side)
                {
                    return fail(format!("there is no side table [side.{side}]"));
                }
            }
        }
        Ok(())
    }
}

fn form(source: &Node<'_>) -> Result<Form, MapError> {
    let encoding = source.string("encoding")?;
    let encoding = match encoding.as_deref().map(Encoding::parse) {
        None => Encoding::Utf8,
        Some(Some(encoding)) => encoding,
        Some(None) => {
            return Err(source.error(
                "encoding",
                "expected `utf-8`, `windows-1252` or `utf-8 or windows-1252`",
            ));
        }
    };
    let delimiter = source
        .string("delimiter")?
        .unwrap_or_else(|| ",".to_owned());
    let &[delimiter] = delimiter.as_bytes() else {
        return Err(source.error("delimiter", "expected one character, such as `;`"));
    };
    let html_entities = source.boolean("html_entities")?.unwrap_or(false);
    let empty = source.strings("empty")?;
    let empty = empty.iter().map(|word| fold(word)).collect();
    Ok(Form {
        encoding,
        delimiter,
        html_entities,
        empty,
    })
}

fn attribution(root: &Node<'_>) -> Result<Attributions, MapError> {
    let node = root
        .table("attribution")?
        .ok_or_else(|| root.missing("attribution"))?;
    let Some(column) = node.get("column") else {
        let one = attributed(&node)?;
        node.finish()?;
        return Ok(Attributions::One(one));
    };
    let spec = spec::parse(&node, "column", column)?;
    let by = node.table("by")?.ok_or_else(|| node.missing("by"))?;
    let mut bodies = BTreeMap::new();
    for (key, value) in by.entries() {
        let body = by.of(&key, value)?;
        let aliases = body.strings("aliases")?;
        let attribution = attributed(&body)?;
        body.finish()?;
        for name in std::iter::once(&key).chain(&aliases) {
            if bodies.insert(fold(name), attribution.clone()).is_some() {
                return Err(by.error(&key, &format!("`{name}` is named twice")));
            }
        }
    }
    node.finish()?;
    Ok(Attributions::By(spec, bodies))
}

fn attributed(node: &Node<'_>) -> Result<Attribution, MapError> {
    let economies = node.strings("economies")?;
    let wrong = |code: &&String| !comity_model::party::is_economy(code);
    if economies.is_empty() {
        return Err(node.missing("economies"));
    }
    if let Some(code) = economies.iter().find(wrong) {
        let message = format!("`{code}` is no ISO 3166-1 alpha-2 code");
        return Err(node.error("economies", &message));
    }
    Ok(Attribution {
        id: node.required("id")?,
        name: node.required("name")?,
        economies,
    })
}

fn columns(root: &Node<'_>, kind: MapKind) -> Result<BTreeMap<String, Spec>, MapError> {
    let node = root
        .table("columns")?
        .ok_or_else(|| root.missing("columns"))?;
    let targets = targets::of(kind);
    let mut columns = BTreeMap::new();
    for (key, value) in node.entries() {
        if !targets.iter().any(|target| target.name == key) {
            let known = nearest(&key, targets.iter().map(|target| target.name));
            let hint = known.map(|known| format!("; did you mean `{known}`?"));
            let message = format!("no such field{}", hint.unwrap_or_default());
            return Err(node.error(&key, &message));
        }
        let spec = spec::parse(&node, &key, value)?;
        targets::check_extra(&key, &spec).map_err(|message| node.error(&key, &message))?;
        columns.insert(key, spec);
    }
    let absent = targets
        .iter()
        .find(|target| target.required && !columns.contains_key(target.name));
    match absent {
        Some(target) => Err(node.missing(target.name)),
        None => Ok(columns),
    }
}

fn status(root: &Node<'_>) -> Result<Option<Status>, MapError> {
    let Some(node) = root.table("status")? else {
        return Ok(None);
    };
    let spec = |key: &str| {
        let value = node.get(key);
        value
            .map(|value| spec::parse(&node, key, value))
            .transpose()
    };
    let word = spec("word")?.ok_or_else(|| node.missing("word"))?;
    let (since, alive) = (spec("since")?, spec("alive")?);
    let list = node.table("words")?.ok_or_else(|| node.missing("words"))?;
    let mut words = BTreeMap::new();
    for (key, value) in list.entries() {
        let (state, reason) = if let Some(state) = value.get_ref().as_str() {
            (state.to_owned(), None)
        } else {
            let table = list.of(&key, value)?;
            let pair = (table.required("state")?, table.word("reason")?);
            table.finish()?;
            pair
        };
        let standing = match state.as_str() {
            "active" => Standing::Active,
            "expired" => Standing::Expired,
            "suspended" => Standing::Suspended,
            "withdrawn" => Standing::Withdrawn,
            "annulled" => Standing::Annulled,
            "leave-out" => Standing::LeaveOut,
            _ => {
                return Err(list.error(
                    &key,
                    "expected one of active, expired, suspended, withdrawn, annulled, leave-out",
                ));
            }
        };
        words.insert(fold(&key), Meaning { standing, reason });
    }
    node.finish()?;
    Ok(Some(Status {
        word,
        since,
        alive,
        words,
    }))
}

fn amendments(root: &Node<'_>) -> Result<Option<Spec>, MapError> {
    let Some(node) = root.table("amendments")? else {
        return Ok(None);
    };
    let dates = node.get("dates").ok_or_else(|| node.missing("dates"))?;
    let spec = spec::parse(&node, "dates", dates)?;
    node.finish()?;
    Ok(Some(spec))
}

fn codes(root: &Node<'_>) -> Result<BTreeMap<String, Codes>, MapError> {
    let Some(node) = root.table("codes")? else {
        return Ok(BTreeMap::new());
    };
    let mut tables = BTreeMap::new();
    for (name, value) in node.entries() {
        let table = node.of(&name, value)?;
        let mut codes = Codes::default();
        let mut seen = BTreeSet::new();
        for (word, value) in table.entries() {
            let values = table.strings_of(&word, value)?;
            let values: Vec<String> = values.into_iter().filter(|text| !text.is_empty()).collect();
            if !seen.insert(fold(&word)) {
                return Err(table.error(&word, "this word stands here twice, up to case and space"));
            }
            match word.strip_suffix('*') {
                Some(prefix) => codes.prefixes.push((fold(prefix), values)),
                None => {
                    codes.exact.insert(fold(&word), values);
                }
            }
        }
        tables.insert(name, codes);
    }
    Ok(tables)
}

fn sides(root: &Node<'_>) -> Result<BTreeMap<String, Side>, MapError> {
    let Some(node) = root.table("side")? else {
        return Ok(BTreeMap::new());
    };
    let mut sides = BTreeMap::new();
    for (name, value) in node.entries() {
        let table = node.of(&name, value)?;
        let key = table.required("key")?;
        let side = Side {
            file: table.required("file")?,
            on: table.string("on")?.unwrap_or_else(|| key.clone()),
            key,
            optional: table.boolean("optional")?.unwrap_or(false),
        };
        table.finish()?;
        sides.insert(name, side);
    }
    Ok(sides)
}

fn vanished(root: &Node<'_>) -> Result<Vanished, MapError> {
    let Some(node) = root.table("vanished")? else {
        return Ok(Vanished::Report);
    };
    let action = match node.required("action")?.as_str() {
        "report" => Vanished::Report,
        "suspend" => Vanished::Suspend,
        "withdraw" => Vanished::Withdraw,
        _ => return Err(node.error("action", "expected `report`, `suspend` or `withdraw`")),
    };
    node.finish()?;
    Ok(action)
}
