//! Lists of records: the names in a file, and the pairs of a query.

#[cfg(test)]
mod tests;

use anyhow::Result;

use crate::exit::Failure;

/// Columns that name a record, the surest first; the headings of `comity search -o csv` are
/// among them.
const COLUMNS: [&str; 5] = [
    "record",
    "id",
    "recorddigest",
    "number",
    "certificatenumber",
];

/// Names that a query may set.
const NAMES: [&str; 9] = [
    "q", "type", "status", "issuer", "economy", "standard", "hs", "scheme", "on",
];

/// The names in the text of a list: one a line, or the cells of one column of a CSV table with
/// a heading.
pub(super) fn names(file: &str, text: &str) -> Result<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headings = table.headers().cloned().unwrap_or_default();
    let fold = |heading: &str| heading.to_ascii_lowercase();
    let at = (COLUMNS.iter()).find_map(|column| headings.iter().position(|h| fold(h) == *column));
    let Some(at) = at else {
        if headings.len() > 1 && file.to_ascii_lowercase().ends_with(".csv") {
            return Err(Failure::usage(format!(
                "{file}:1: none of its columns names records: {}",
                headings.iter().collect::<Vec<_>>().join(", ")
            ))
            .help("call the column record, id, recordDigest or number")
            .into());
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        return Ok(lines.map(str::to_owned).collect());
    };
    let mut names = Vec::new();
    for row in table.records() {
        let row = row.map_err(|error| Failure::unreadable(format!("{file}: {error}")))?;
        match row.get(at) {
            Some(name) if !name.is_empty() => names.push(name.to_owned()),
            _ => {
                let line = row.position().map_or(0, csv::Position::line);
                let what = format!("{file}:{line}: the column {:?} is empty", &headings[at]);
                return Err(Failure::usage(what)
                    .help("name a record in each line, or take the line out")
                    .into());
            }
        }
    }
    Ok(names)
}

/// A query as parameters of a search: pairs divided by blanks or, as in a URL, by `&`; what is
/// none is searched for as words. A value goes on until the next pair begins.
pub(super) fn selection(query: &str) -> Vec<(&'static str, String)> {
    let as_words = || vec![("q", query.to_owned())];
    let divided: Vec<String> = if query.contains('&') {
        query.split('&').map(str::to_owned).collect()
    } else {
        let mut pairs: Vec<String> = Vec::new();
        for word in query.split_whitespace() {
            match pairs.last_mut() {
                Some(last) if pair(word).is_none() => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ => pairs.push(word.to_owned()),
            }
        }
        pairs
    };
    let pairs: Option<Vec<_>> = divided.iter().map(|text| pair(text)).collect();
    pairs
        .filter(|pairs| !pairs.is_empty())
        .unwrap_or_else(as_words)
}

fn pair(text: &str) -> Option<(&'static str, String)> {
    let (name, value) = text.split_once('=')?;
    let name = match name.trim() {
        "kind" => "type",
        name => name,
    };
    let known = NAMES.into_iter().find(|known| *known == name)?;
    Some((known, value.trim().to_owned()))
}
