//! Where the value of a field comes from: columns, constants, templates, side tables, and what
//! is done to the text on its way.

use toml::Spanned;
use toml::de::DeValue;

use super::MapError;
use super::node::Node;
use crate::import::dates::Format;

/// The sources of one field, tried in order until one gives a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spec {
    pub(crate) alternatives: Vec<One>,
}

/// One source of a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct One {
    /// Columns whose texts are joined by ` | ` before anything else is done.
    pub(crate) columns: Vec<String>,
    /// Constants; then no column is read.
    pub(crate) values: Vec<String>,
    /// A text with `{column}` in it.
    pub(crate) template: Option<Template>,
    /// The side table that the columns are read from.
    pub(crate) side: Option<String>,
    /// Rows of the side table that count: column and text.
    pub(crate) conditions: Vec<(String, String)>,
    pub(crate) split: Option<String>,
    pub(crate) part: Part,
    pub(crate) take: Take,
    pub(crate) lookup: Option<String>,
    pub(crate) otherwise: Otherwise,
    /// The source's own words are kept before what the lookup gives.
    pub(crate) keep: bool,
    /// A text with `{}` in it, put around each value.
    pub(crate) wrap: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) dates: Vec<Format>,
    /// Columns that the file does not have are taken as empty.
    pub(crate) optional: bool,
    pub(crate) extra: Extra,
}

/// What only some fields ask for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Extra {
    /// `level`: how the text is read.
    pub(crate) parser: Option<String>,
    /// `level` with the parser `number`: the scale.
    pub(crate) scale: Option<String>,
    /// `hs` and `product_codes`: the edition of the classification.
    pub(crate) edition: Option<String>,
    /// `product_codes`: the classification. `grants`: the register of the grants.
    pub(crate) system: Option<String>,
    /// `based_on`: what the pieces are.
    pub(crate) role: Option<String>,
    /// `based_on`: the code table that gives the issuer's name for a number.
    pub(crate) issuer_lookup: Option<String>,
}

/// Which part of a text is used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Part {
    #[default]
    Whole,
    /// The last segment of a path or URL, without its extension.
    FileStem,
}

/// Which of several values are used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Take {
    #[default]
    All,
    First,
    Last,
    Earliest,
    Latest,
}

/// What happens to a text that a code table does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Otherwise {
    #[default]
    Fault,
    Keep,
    Drop,
}

/// A text with `{column}` in it: pieces of text, each followed by a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<(String, Option<Hole>)>,
}

/// A column in a template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hole {
    pub(crate) column: String,
    /// `{column:url}`: percent-encoded.
    pub(crate) url: bool,
}

impl Template {
    fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after
                .split_once('}')
                .ok_or("`{` without `}`: write {Column name}")?;
            let (column, url) = match name.strip_suffix(":url") {
                Some(column) => (column, true),
                None => (name, false),
            };
            let column = column.trim().to_owned();
            pieces.push((before.to_owned(), Some(Hole { column, url })));
            rest = tail;
        }
        pieces.push((rest.to_owned(), None));
        Ok(Self { pieces })
    }

    /// The columns it names.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.pieces
            .iter()
            .filter_map(|(_, hole)| hole.as_ref().map(|hole| hole.column.as_str()))
    }
}

impl One {
    /// The columns it reads, of the side table where it names one.
    pub(crate) fn column_names(&self) -> Vec<&str> {
        let template = self.template.iter().flat_map(Template::columns);
        let conditions = self.conditions.iter().map(|(column, _)| column.as_str());
        self.columns
            .iter()
            .map(String::as_str)
            .chain(template)
            .chain(conditions)
            .collect()
    }
}

/// Reads a spec: a column name, a table, or a list of these to be tried in order.
pub(super) fn parse<'a>(
    node: &Node<'a>,
    key: &str,
    value: &'a Spanned<DeValue<'a>>,
) -> Result<Spec, MapError> {
    let alternatives = match value.get_ref() {
        DeValue::Array(items) => items
            .iter()
            .map(|item| parse_one(node, key, item))
            .collect::<Result<_, _>>()?,
        _ => vec![parse_one(node, key, value)?],
    };
    Ok(Spec { alternatives })
}

fn parse_one<'a>(
    node: &Node<'a>,
    key: &str,
    value: &'a Spanned<DeValue<'a>>,
) -> Result<One, MapError> {
    if let DeValue::String(column) = value.get_ref() {
        return Ok(One {
            columns: vec![column.to_string()],
            ..One::default()
        });
    }
    if value.get_ref().as_table().is_none() {
        return Err(node.wrong(key, value, "a column name, a table, or a list of these"));
    }
    let table = node.of(key, value)?;
    let template = table
        .string("template")?
        .map(|text| Template::parse(&text).map_err(|reason| table.error("template", &reason)))
        .transpose()?;
    let mut columns = table.strings("columns")?;
    columns.extend(table.string("column")?);
    let one = One {
        columns,
        values: table.strings("value")?,
        template,
        side: table.string("side")?,
        conditions: conditions(&table)?,
        split: table.string("split")?.filter(|split| !split.is_empty()),
        part: choose(
            &table,
            "part",
            &[("whole", Part::Whole), ("file-stem", Part::FileStem)],
        )?,
        take: choose(&table, "take", TAKES)?,
        lookup: table.string("lookup")?,
        otherwise: choose(&table, "otherwise", OTHERWISE)?,
        keep: table.boolean("keep")?.unwrap_or(false),
        wrap: table.string("wrap")?,
        default: table.string("default")?,
        dates: formats(&table, "dates")?,
        optional: table.boolean("optional")?.unwrap_or(false),
        extra: Extra {
            parser: table.string("parser")?,
            scale: table.string("scale")?,
            edition: table.string("edition")?,
            system: table.string("system")?,
            role: table.string("role")?,
            issuer_lookup: table.string("issuer_lookup")?,
        },
    };
    table.finish()?;
    check_one(&table, &one)?;
    Ok(one)
}

const TAKES: &[(&str, Take)] = &[
    ("all", Take::All),
    ("first", Take::First),
    ("last", Take::Last),
    ("earliest", Take::Earliest),
    ("latest", Take::Latest),
];

const OTHERWISE: &[(&str, Otherwise)] = &[
    ("fault", Otherwise::Fault),
    ("keep", Otherwise::Keep),
    ("drop", Otherwise::Drop),
];

fn check_one(table: &Node<'_>, one: &One) -> Result<(), MapError> {
    let sources = [
        !one.columns.is_empty(),
        !one.values.is_empty(),
        one.template.is_some(),
    ];
    let count = sources.iter().filter(|given| **given).count();
    if count != 1 && !(count == 0 && one.default.is_some()) {
        return Err(table.error(
            "column",
            "say exactly one of `column`, `columns`, `value` and `template`",
        ));
    }
    if !one.conditions.is_empty() && one.side.is_none() {
        return Err(table.error("where", "`where` chooses rows of a side table: add `side`"));
    }
    if one.keep && one.lookup.is_none() {
        return Err(table.error("keep", "`keep` goes with `lookup`"));
    }
    Ok(())
}

fn conditions(table: &Node<'_>) -> Result<Vec<(String, String)>, MapError> {
    let Some(node) = table.table("where")? else {
        return Ok(Vec::new());
    };
    node.entries()
        .into_iter()
        .map(|(column, value)| match value.get_ref().as_str() {
            Some(text) => Ok((column, text.to_owned())),
            None => Err(node.wrong(&column, value, "a text in quotes")),
        })
        .collect()
}

fn choose<T: Copy + Default>(
    table: &Node<'_>,
    key: &str,
    words: &[(&str, T)],
) -> Result<T, MapError> {
    let Some(text) = table.string(key)? else {
        return Ok(T::default());
    };
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        table.error(key, &format!("expected one of {}", known.join(", ")))
    })
}

/// The date formats listed under `key`.
pub(super) fn formats(table: &Node<'_>, key: &str) -> Result<Vec<Format>, MapError> {
    table
        .strings(key)?
        .iter()
        .map(|text| {
            text.parse()
                .map_err(|reason: String| table.error(key, &reason))
        })
        .collect()
}
