//! A list from its bytes.

use super::answer::ANSWER_COLUMNS;
use super::columns::Column;
use super::{Limits, MAX_LIST_COLUMNS};
use crate::import::table::line_of;

/// The delimiters that are told apart, the usual first.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// What the names of our columns begin with.
const OURS: &str = "comity_";

/// Headings named in an error, at most.
const MAX_NAMED: usize = 12;

/// A list as it was given.
#[derive(Clone, Debug)]
pub struct List {
    pub(super) delimiter: char,
    pub(super) line_end: &'static str,
    pub(super) marked: bool,
    /// The first line; `None` where it names no column: a list of numbers only.
    pub(super) headings: Option<Vec<String>>,
    pub(super) width: usize,
    /// Where each column that is read stands.
    columns: Vec<(Column, usize)>,
    /// Where the answers of an earlier check stand.
    pub(super) answers: Vec<Option<usize>>,
    /// Columns of an earlier check, which give way to a new one's.
    pub(super) ours: Vec<usize>,
    rows: Vec<Row>,
}

/// A row that asks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its cells, as given.
    pub cells: Vec<String>,
}

/// Why a list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// There is nothing in it.
    #[error("the list is empty")]
    Empty,
    /// More bytes than are read.
    #[error("the list has more than {most} bytes")]
    TooLarge {
        /// The limit.
        most: usize,
    },
    /// More rows than are read.
    #[error("the list has more than {most} rows")]
    TooManyRows {
        /// The limit.
        most: usize,
    },
    /// More columns than are read.
    #[error("the list has more than {most} columns")]
    TooManyColumns {
        /// The limit.
        most: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("line {line} is no UTF-8 text; save the list as CSV in UTF-8")]
    NotUtf8 {
        /// The line of the file, from 1.
        line: u64,
    },
    /// No column holds numbers.
    #[error("no column is named number; the first line must name the columns: {}", .headings.join(", "))]
    NoNumber {
        /// The first line.
        headings: Vec<String>,
    },
    /// Two columns of one name.
    #[error("two columns are named {heading}")]
    Twice {
        /// The heading.
        heading: String,
    },
    /// A quotation mark without its pair takes the rest of the list into one cell.
    #[error("a quotation mark in the row that begins on line {line} is never closed")]
    OpenQuote {
        /// The line of the file, from 1.
        line: u64,
    },
    /// Anything else.
    #[error("the list cannot be read: {0}")]
    Unreadable(String),
}

impl List {
    /// Reads a list: UTF-8, with commas, semicolons or tabs between the cells. The first line
    /// names the columns; where each line is a number and nothing else, it may be missing.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn read(bytes: &[u8], limits: Limits) -> Result<Self, ListError> {
        if bytes.len() > limits.bytes {
            return Err(ListError::TooLarge { most: limits.bytes });
        }
        let text = text_of(bytes)?;
        let (text, marked) = match text.strip_prefix('\u{feff}') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let delimiter = delimiter_of(text);
        let mut rows = rows_of(text, delimiter, limits.rows)?;
        if rows.is_empty() {
            return Err(ListError::Empty);
        }
        let first = rows.remove(0);
        let mut list = Self {
            delimiter,
            line_end: if text.contains("\r\n") { "\r\n" } else { "\n" },
            marked,
            width: 1,
            headings: None,
            columns: vec![(Column::Number, 0)],
            answers: vec![None; ANSWER_COLUMNS.len()],
            ours: Vec::new(),
            rows: Vec::new(),
        };
        if has_number(&first.cells) {
            list.columns = columns_in(&first.cells)?;
            list.answers = answers_in(&first.cells)?;
            let headings = first.cells.iter().enumerate();
            let ours = headings.filter(|(_, heading)| heading.trim().starts_with(OURS));
            list.ours = ours.map(|(at, _)| at).collect();
            list.headings = Some(first.cells);
        } else if first.cells.len() == 1 && rows.iter().all(|row| row.cells.len() == 1) {
            rows.insert(0, first);
        } else {
            let headings = first.cells.into_iter().take(MAX_NAMED).collect();
            return Err(ListError::NoNumber { headings });
        }
        if rows.len() > limits.rows {
            return Err(ListError::TooManyRows { most: limits.rows });
        }
        if rows.is_empty() {
            return Err(ListError::Empty);
        }
        let headings = list.headings.as_ref().map_or(1, Vec::len);
        let widest = rows.iter().map(|row| row.cells.len()).max();
        list.width = headings.max(widest.unwrap_or_default());
        list.rows = rows;
        Ok(list)
    }

    /// Headings of columns that say something else than is asked: nothing in them is compared.
    pub fn not_compared(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().flatten().enumerate();
        let others = headings.filter(|(at, heading)| {
            let read = self.columns.iter().any(|(_, column)| column == at);
            !read && !self.ours.contains(at) && !heading.trim().is_empty()
        });
        others.map(|(_, heading)| heading.trim())
    }

    /// Whether bytes are a list by their look: a first line that names a column of numbers and at
    /// least one other column that is read.
    pub fn is_like(bytes: &[u8]) -> bool {
        let cut = bytes.iter().position(|byte| *byte == b'\n');
        let line = bytes.get(..cut.unwrap_or(bytes.len())).unwrap_or_default();
        let Ok(line) = std::str::from_utf8(line) else {
            return false;
        };
        let line = line.trim_start_matches('\u{feff}');
        let delimiter = delimiter_of(line);
        let cells = rows_of(line, delimiter, 1)
            .ok()
            .and_then(|mut rows| rows.pop());
        cells.is_some_and(|row| {
            let read = Column::ALL.iter().filter(|column| {
                let mut cells = row.cells.iter();
                cells.any(|cell| column.rank(cell).is_some())
            });
            has_number(&row.cells) && read.count() > 1
        })
    }

    /// The rows that ask something, in their order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether the list has that column.
    pub fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(known, _)| *known == column)
    }

    /// The cell of that column, without space around it; nothing where it is empty.
    pub fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a str> {
        let (_, at) = self.columns.iter().find(|(known, _)| *known == column)?;
        // A spreadsheet keeps a text of digits by an apostrophe before it.
        let cell = row.cells.get(*at)?.trim();
        let cell = cell.strip_prefix('\'').unwrap_or(cell);
        Some(cell).filter(|cell| !cell.is_empty())
    }
}

/// The bytes as text.
fn text_of(bytes: &[u8]) -> Result<&str, ListError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        ListError::NotUtf8 {
            line: u64::try_from(line).unwrap_or(u64::MAX),
        }
    })
}

/// The delimiter by which most headings of the first line are read; of equal ones, by which it has
/// more cells.
fn delimiter_of(text: &str) -> char {
    let first = text.lines().find(|line| !is_blank(line));
    let first = first.unwrap_or_default();
    let mut best = (0, 0, ',');
    for delimiter in DELIMITERS {
        let mut rows = match rows_of(first, delimiter, 1) {
            Ok(rows) => rows,
            // Refused when it is read.
            Err(ListError::TooManyColumns { .. }) => return delimiter,
            Err(_) => continue,
        };
        let cells = rows.pop().map(|row| row.cells).unwrap_or_default();
        let read = cells.iter().filter(|cell| {
            let mut columns = Column::ALL.iter();
            columns.any(|column| column.rank(cell).is_some())
        });
        let found = (read.count(), cells.len());
        if found > (best.0, best.1) {
            best = (found.0, found.1, delimiter);
        }
    }
    best.2
}

/// Every row that is not blank, and at most one more than `most` and the first line.
fn rows_of(text: &str, delimiter: char, most: usize) -> Result<Vec<Row>, ListError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(|error| ListError::Unreadable(error.to_string()))?;
        if record.len() > MAX_LIST_COLUMNS {
            return Err(ListError::TooManyColumns {
                most: MAX_LIST_COLUMNS,
            });
        }
        // Cells of a text divided at ASCII characters are text.
        let cells = record.iter().map(String::from_utf8_lossy);
        let cells: Vec<String> = cells.map(std::borrow::Cow::into_owned).collect();
        if cells.iter().all(|cell| is_blank(cell)) {
            continue;
        }
        if rows.len() > most + 1 {
            break;
        }
        let line = line_of(text.as_bytes(), &record);
        rows.push(Row { line, cells });
    }
    let odd = text.matches('"').count() % 2 == 1;
    match rows.last() {
        Some(last) if odd && last.cells.iter().any(|cell| cell.contains('\n')) => {
            Err(ListError::OpenQuote { line: last.line })
        }
        _ => Ok(rows),
    }
}

/// Whether nothing stands in a line or a cell but delimiters and space.
fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || DELIMITERS.contains(&c))
}

fn has_number(headings: &[String]) -> bool {
    let mut headings = headings.iter();
    headings.any(|heading| Column::Number.rank(heading).is_some())
}

/// Where each column stands: under its surest spelling.
fn columns_in(headings: &[String]) -> Result<Vec<(Column, usize)>, ListError> {
    let mut columns = Vec::new();
    for column in Column::ALL {
        let ranked = headings.iter().enumerate();
        let mut ranked: Vec<(usize, usize)> = ranked
            .filter_map(|(at, heading)| Some((column.rank(heading)?, at)))
            .collect();
        ranked.sort_unstable();
        match ranked.as_slice() {
            [(first, at), (second, _), ..] if first == second => {
                return Err(twice(headings, *at));
            }
            [(_, at), ..] => columns.push((column, *at)),
            [] => {}
        }
    }
    Ok(columns)
}

/// Where the answers of an earlier check stand.
fn answers_in(headings: &[String]) -> Result<Vec<Option<usize>>, ListError> {
    let found = ANSWER_COLUMNS.iter().map(|name| {
        let headings_at = headings.iter().enumerate();
        let mut at = headings_at.filter(|(_, heading)| heading.trim() == *name);
        match (at.next(), at.next()) {
            (Some((at, _)), Some(_)) => Err(twice(headings, at)),
            (found, _) => Ok(found.map(|(at, _)| at)),
        }
    });
    found.collect()
}

fn twice(headings: &[String], at: usize) -> ListError {
    ListError::Twice {
        heading: headings.get(at).cloned().unwrap_or_default(),
    }
}
