//! Comma-separated values (RFC 4180).

/// Media type of comma-separated values.
pub const CSV: &str = "text/csv; charset=utf-8";

/// One line, without its end. A cell that a spreadsheet would run as a formula gets an apostrophe
/// before it: what it says was written by strangers.
pub fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        let number = cell.parse::<f64>().is_ok();
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
        let cell = if formula { format!("'{cell}") } else { cell };
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    quoted.collect::<Vec<_>>().join(",")
}
