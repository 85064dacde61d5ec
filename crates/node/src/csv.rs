//! Comma-separated values (RFC 4180), as they are written for spreadsheets.

/// Media type of comma-separated values.
pub const CSV: &str = "text/csv; charset=utf-8";

/// One line, without its end. A cell that a spreadsheet would run as a formula gets an apostrophe
/// before it: what it says was written by strangers.
pub fn line(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| quoted(&guarded(cell), ','));
    cells.collect::<Vec<_>>().join(",")
}

/// A cell that no spreadsheet runs as a formula.
pub fn guarded(cell: String) -> String {
    let number = cell.parse::<f64>().is_ok();
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if formula && !number {
        return format!("'{cell}");
    }
    cell
}

/// A cell as it stands between delimiters.
pub fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}
