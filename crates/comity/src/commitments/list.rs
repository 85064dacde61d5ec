//! Which reports to commit to: files by their names, or a list as CSV or NDJSON.

#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::Result;
use comity_model::date::{Day, Instant};
use comity_signature::digest::{from_hex, from_multibase, sha256};
use serde::Deserialize;

use super::{Report, fault_of_number};
use crate::exit::Failure;
use crate::input::read_whole;

/// Largest report that is read.
pub(crate) const MAX_REPORT_BYTES: u64 = 256 * 1024 * 1024;
/// Largest list: a million lines of a number, a day and a digest take half of it.
const MAX_LIST_BYTES: u64 = 256 * 1024 * 1024;
/// Most reports of one list.
pub(crate) const MAX_LIST_REPORTS: usize = 1_000_000;
/// The columns that a list may have.
const COLUMNS: [&str; 4] = ["number", "issuedOn", "file", "contentDigest"];

/// A line that was read, or why it is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Where it stands: a file, or a list and a line.
    pub(crate) place: String,
    /// Number, as far as there is one.
    pub(crate) number: String,
    /// The report.
    pub(crate) report: Result<Report, String>,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Row {
    /// Number as printed.
    #[serde(default)]
    pub(crate) number: String,
    /// The day it was issued; if none, that of the file, or the one given for all.
    #[serde(default)]
    pub(crate) issued_on: Option<Day>,
    /// The file with the content, seen from the list's folder.
    #[serde(default)]
    pub(crate) file: Option<String>,
    /// SHA-256 of the content, in hex or as `digestMultibase`.
    #[serde(default)]
    pub(crate) content_digest: Option<String>,
}

/// A report that is a file: its number is the file's name without the last ending.
pub(crate) fn of_file(path: &Path, issued_on: Option<Day>) -> Item {
    let row = Row {
        number: number_of(path),
        issued_on,
        ..Row::default()
    };
    let report = read(&row, Some(path));
    Item {
        place: path.display().to_string(),
        number: row.number,
        report,
    }
}

/// The number that the name of a file says.
fn number_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy());
    stem.unwrap_or_default().into_owned()
}

/// The reports of a list. A line that is none is answered as such; the others count.
pub(crate) fn of_list(name: &str, issued_on: Option<Day>) -> Result<Vec<Item>> {
    let bytes = read_whole(name, MAX_LIST_BYTES)?;
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let item = |(line, row): (u64, Result<Row, String>)| {
        let place = format!("{name}:{line}");
        let mut number = String::new();
        let report = row.and_then(|mut row| {
            let file = row.file.as_ref().filter(|file| !file.is_empty());
            let file = file.map(|file| folder.join(file));
            if row.number.is_empty() {
                row.number = file.as_deref().map(number_of).unwrap_or_default();
            }
            number.clone_from(&row.number);
            row.issued_on = row.issued_on.or(issued_on);
            read(&row, file.as_deref())
        });
        Item {
            place,
            number,
            report,
        }
    };
    let rows = rows(name, &bytes)?;
    if rows.len() > MAX_LIST_REPORTS {
        let what = format!("{name} lists more than {MAX_LIST_REPORTS} reports");
        return Err(Failure::usage(what).help("divide the list").into());
    }
    Ok(rows.into_iter().map(item).collect())
}

/// The lines of a list with their numbers: NDJSON if it begins with `{`, else CSV with a header.
pub(crate) fn rows(name: &str, bytes: &[u8]) -> Result<Vec<(u64, Result<Row, String>)>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"{") {
        let lines = bytes.split(|&byte| byte == b'\n').zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim_ascii().is_empty());
        let read = |line: &[u8]| serde_json::from_slice(line).map_err(|error| error.to_string());
        return Ok(lines.map(|(line, number)| (number, read(line))).collect());
    }
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header = reader.headers().map_err(|error| {
        Failure::unreadable(format!("{name} is no list: {error}"))
            .help("give CSV or NDJSON in UTF-8")
    })?;
    let unknown = header.iter().find(|column| !COLUMNS.contains(column));
    if unknown.is_some()
        || !header
            .iter()
            .any(|column| column == "number" || column == "file")
    {
        let what = match unknown {
            Some(column) if column.contains(';') || column.contains('\t') => {
                format!("{name}: the columns are not divided by commas")
            }
            Some(column) => format!("{name}: the column {column:?} is not known"),
            None => format!("{name} has no column number"),
        };
        return Err(Failure::unreadable(what)
            .help("the first line is: number,issuedOn,file,contentDigest (file or contentDigest may be absent)")
            .into());
    }
    let read = reader.deserialize::<Row>().zip(2..);
    Ok(read
        .map(|(row, line)| {
            let at = |error: &csv::Error| error.position().map(csv::Position::line);
            match row {
                Ok(row) => (line, Ok(row)),
                Err(error) => {
                    let why = match error.kind() {
                        csv::ErrorKind::Utf8 { .. } => {
                            "it is not in UTF-8; save the list as UTF-8".to_owned()
                        }
                        csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
                        _ => error.to_string(),
                    };
                    (at(&error).unwrap_or(line), Err(why))
                }
            }
        })
        .collect())
}

/// The report of a row, its file read.
pub(crate) fn read(row: &Row, file: Option<&Path>) -> Result<Report, String> {
    let number = row.number.trim();
    if let Some(why) = fault_of_number(number) {
        return Err(why);
    }
    let stated = match row
        .content_digest
        .as_deref()
        .filter(|text| !text.is_empty())
    {
        None => None,
        Some(text) => Some(digest_of(text)?),
    };
    let mut issued_on = row.issued_on;
    let content_digest = match (file, stated) {
        (None, None) => return Err("neither a file nor a contentDigest is given".to_owned()),
        (None, Some(digest)) => digest,
        (Some(path), stated) => {
            let name = path.display();
            check_readable(path)?;
            let bytes = read_whole(&path.to_string_lossy(), MAX_REPORT_BYTES)
                .map_err(|error| error.to_string())?;
            if bytes.is_empty() {
                return Err(format!("{name} is empty: there is nothing to commit to"));
            }
            let digest = sha256(&bytes);
            if stated.is_some_and(|stated| stated != digest) {
                return Err(format!("{name} has another digest than contentDigest says"));
            }
            issued_on = issued_on.or_else(|| written_on(path));
            digest
        }
    };
    let issued_on = issued_on.ok_or("the day of issue is not given: issuedOn, or --issued-on")?;
    Ok(Report {
        number: number.to_owned(),
        issued_on,
        content_digest,
    })
}

/// A report is a plain file within the limit; of a larger one its digest is given instead.
fn check_readable(path: &Path) -> Result<(), String> {
    let name = path.display();
    let Ok(metadata) = std::fs::metadata(path) else {
        // Reading it says why not.
        return Ok(());
    };
    if metadata.is_dir() {
        return Err(format!("{name} is a folder"));
    }
    if !metadata.is_file() {
        return Err(format!("{name} is no plain file"));
    }
    if metadata.len() > MAX_REPORT_BYTES {
        return Err(format!(
            "{name} has more than {} MiB; give its contentDigest in a list, as sha256sum says it",
            MAX_REPORT_BYTES / (1024 * 1024)
        ));
    }
    Ok(())
}

fn digest_of(text: &str) -> Result<[u8; 32], String> {
    from_hex(&text.to_ascii_lowercase())
        .or_else(|| from_multibase(text))
        .ok_or_else(|| {
            "contentDigest is no SHA-256: give the 64 hex digits of sha256sum".to_owned()
        })
}

/// The day on which a file was last written, in UTC.
fn written_on(path: &Path) -> Option<Day> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let seconds = written.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let instant = Instant::from_seconds(i64::try_from(seconds).ok()?)?;
    Some(instant.day())
}
