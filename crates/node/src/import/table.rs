//! A table of text: gzip or plain bytes, decoded row by row, columns found by header name.

use std::collections::BTreeMap;
use std::io::Read as _;

use super::ImportError;
use super::text::{self, Encoding};

/// Most bytes of one table once inflated: the largest public registers of certificates are below
/// a hundred megabytes, and a table is held in memory.
pub const MAX_TABLE_BYTES: usize = 256 * 1024 * 1024;
/// Most rows of one table.
pub const MAX_ROWS: usize = 1_000_000;
/// Most columns of one table; a file of another kind read as CSV shows itself here.
pub const MAX_COLUMNS: usize = 1_000;
/// Longest cell in bytes: the longest string a record may carry (format.md 1.11).
pub const MAX_CELL_BYTES: usize = 64 * 1024;

/// A table in memory. Cells are clean text; a cell that could not be decoded is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// The line of the file it begins on, from 1.
    pub(crate) line: u64,
    pub(crate) cells: Vec<Option<String>>,
    /// How many cells it has, where that is not the number of headers.
    pub(crate) ragged: Option<usize>,
}

/// How the bytes of a table are read.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) encoding: Encoding,
    pub(crate) delimiter: u8,
    pub(crate) html_entities: bool,
    /// Folded texts that mean that nothing is said.
    pub(crate) empty: Vec<String>,
}

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Found {
    At(usize),
    Nowhere,
    /// Several headers read alike.
    Ambiguous,
}

impl Table {
    /// Reads the table `name` from its bytes, inflating gzip.
    pub(crate) fn read(name: &str, bytes: &[u8], form: &Form) -> Result<Self, ImportError> {
        let bytes = inflate(name, bytes, MAX_TABLE_BYTES)?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(form.delimiter)
            .from_reader(bytes);
        let mut table = Self::default();
        for record in reader.byte_records() {
            let record = record.map_err(|error| ImportError::Table {
                table: name.to_owned(),
                reason: error.to_string(),
            })?;
            let line = line_of(bytes, &record);
            table.push(name, &record, line, form)?;
        }
        if table.headers.is_empty() {
            return Err(ImportError::Table {
                table: name.to_owned(),
                reason: "it is empty: the first line must name the columns".to_owned(),
            });
        }
        Ok(table)
    }

    fn push(
        &mut self,
        name: &str,
        record: &csv::ByteRecord,
        line: u64,
        form: &Form,
    ) -> Result<(), ImportError> {
        let limit = |limit: &'static str, most: usize| ImportError::Limit {
            table: name.to_owned(),
            limit,
            most,
        };
        if record.len() > MAX_COLUMNS {
            return Err(limit("columns", MAX_COLUMNS));
        }
        let cells: Vec<Option<String>> = record.iter().map(|cell| read_cell(cell, form)).collect();
        if self.headers.is_empty() {
            self.headers = cells.into_iter().map(Option::unwrap_or_default).collect();
            return Ok(());
        }
        if self.rows.len() >= MAX_ROWS {
            return Err(limit("rows", MAX_ROWS));
        }
        let ragged = (cells.len() != self.headers.len()).then_some(cells.len());
        self.rows.push(Row {
            line,
            cells,
            ragged,
        });
        Ok(())
    }

    /// Where the column `name` stands: the header of exactly this name, else the one that reads
    /// alike (letters and digits only, lower case).
    pub(crate) fn find(&self, name: &str) -> Found {
        if let Some(at) = self.headers.iter().position(|header| header == name) {
            return Found::At(at);
        }
        let wanted = fold_header(name);
        let mut alike = self
            .headers
            .iter()
            .enumerate()
            .filter(|(_, header)| fold_header(header) == wanted);
        match (alike.next(), alike.next()) {
            (Some((at, _)), None) => Found::At(at),
            (Some(_), Some(_)) => Found::Ambiguous,
            (None, _) => Found::Nowhere,
        }
    }

    /// The rows by the text of one column.
    pub(crate) fn index(&self, column: usize) -> BTreeMap<String, Vec<usize>> {
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(Some(key)) = row.cells.get(column) {
                index.entry(text::fold(key)).or_default().push(at);
            }
        }
        index
    }
}

/// The line a record begins on: its position may lie before the line ends that precede it.
pub(crate) fn line_of(bytes: &[u8], record: &csv::ByteRecord) -> u64 {
    let Some(position) = record.position() else {
        return 0;
    };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ends = bytes
        .get(start..)
        .unwrap_or_default()
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let skipped = ends.filter(|byte| **byte == b'\n').count();
    position.line() + u64::try_from(skipped).unwrap_or(0)
}

fn read_cell(cell: &[u8], form: &Form) -> Option<String> {
    if cell.len() > MAX_CELL_BYTES {
        return None;
    }
    let decoded = form.encoding.decode(cell)?;
    let decoded = if form.html_entities {
        text::decode_entities(&decoded)
    } else {
        decoded
    };
    let clean = text::clean(&decoded);
    let nothing = form.empty.contains(&text::fold(&clean));
    Some(if nothing { String::new() } else { clean })
}

/// `bytes`, inflated where they are gzip (by the magic of RFC 1952), at most `most` of them.
pub(crate) fn inflate(name: &str, bytes: &[u8], most: usize) -> Result<Vec<u8>, ImportError> {
    let mut out = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        flate2::read::MultiGzDecoder::new(bytes)
            .take(limit)
            .read_to_end(&mut out)
            .map_err(|error| ImportError::Table {
                table: name.to_owned(),
                reason: format!("it begins like gzip but cannot be inflated: {error}"),
            })?;
    } else {
        out.extend_from_slice(bytes.get(..most.saturating_add(1)).unwrap_or(bytes));
    }
    if out.len() > most {
        return Err(ImportError::Limit {
            table: name.to_owned(),
            limit: "bytes once inflated",
            most,
        });
    }
    Ok(out)
}

/// A header as it is compared: letters and digits only, lower case.
pub(crate) fn fold_header(header: &str) -> String {
    header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Longest name that is compared for likeness, in characters.
const MAX_LIKENESS_CHARS: usize = 64;

/// The candidate most like `name`; `None` where none shares half of its letters.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted: Vec<char> = fold_header(name).chars().take(MAX_LIKENESS_CHARS).collect();
    candidates
        .map(|candidate| {
            let folded: Vec<char> = fold_header(candidate)
                .chars()
                .take(MAX_LIKENESS_CHARS)
                .collect();
            let most = wanted.len().max(folded.len());
            let contains = !folded.is_empty()
                && (fold_header(name).contains(&fold_header(candidate))
                    || fold_header(candidate).contains(&fold_header(name)));
            let distance = distance(&wanted, &folded);
            let cost = if contains {
                distance.min(most / 2)
            } else {
                distance
            };
            (cost, most, candidate)
        })
        .filter(|(cost, most, _)| cost * 2 <= *most)
        .min_by_key(|(cost, _, _)| *cost)
        .map(|(_, _, candidate)| candidate)
}

/// Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, left) in a.iter().enumerate() {
        let mut diagonal = at;
        let mut before = at + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = diagonal + usize::from(left != right);
            before = cost.min(above + 1).min(before + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
