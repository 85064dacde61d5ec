//! A first map, written by reading the columns of a file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::MAIN_TABLE;
use super::dates::{self, Format};
use super::table::{Form, Table, fold_header};
use super::text::{Encoding, file_stem, fold};

/// Most rows that are looked at: what a column holds shows in the first thousand.
pub const MAX_SAMPLE_ROWS: usize = 1_000;
/// Most distinct texts a column of status words has.
const MAX_STATUS_WORDS: usize = 15;

/// Date formats that are tried, the unambiguous ones first.
const FORMATS: [&str; 10] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%Y-%m-%dT%*",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
];

/// What the header of a column suggests, and the field it would fill; the first that fits wins.
const TEXT_HINTS: &[(&str, &[&str])] = &[
    (
        "number",
        &[
            "certificatenumber",
            "certificateno",
            "certid",
            "certno",
            "number",
            "identitynumber",
            "reference",
            "id",
        ],
    ),
    (
        "holder",
        &[
            "holder",
            "vendor",
            "manufacturer",
            "applicant",
            "licensee",
            "company",
            "organisation",
            "organization",
            "certifiedentity",
            "client",
        ],
    ),
    (
        "object",
        &[
            "product", "module", "model", "object", "name", "title", "scope",
        ],
    ),
];
const MORE_HINTS: &[(&str, &[&str])] = &[
    ("standards", &["standard", "norm"]),
    ("categories", &["category", "productclass"]),
    ("profiles", &["profile"]),
    ("conditions", &["caveat", "condition", "limitation"]),
    ("description", &["description", "remarks"]),
];
const ISSUE_HINTS: &[&str] = &[
    "issue",
    "validfrom",
    "notvalidbefore",
    "firstvalidation",
    "certificationdate",
    "granted",
    "from",
    "date",
];
const END_HINTS: &[&str] = &[
    "expir",
    "validuntil",
    "validto",
    "notvalidafter",
    "sunset",
    "archived",
    "enddate",
    "until",
];

/// What a column looks like.
struct Column {
    header: String,
    folded: String,
    filled: usize,
    distinct: BTreeSet<String>,
    formats: Vec<&'static str>,
}

/// Writes a first map for a file: commented TOML that parses as a [`super::Map`], with what could
/// not be told marked `CHECK`. A file that is no table gives a map with made-up column names and
/// the reason as a comment.
pub fn propose(bytes: &[u8], file_name: &str) -> String {
    let mut out = String::new();
    let form = Form {
        encoding: Encoding::Utf8OrWindows1252,
        delimiter: delimiter(bytes),
        html_entities: false,
        empty: vec![String::new()],
    };
    let (columns, rows) = match Table::read(MAIN_TABLE, bytes, &form) {
        Ok(table) => (look(&table), table.rows.len()),
        Err(error) => {
            let reason = error.to_string().replace(['\n', '\r'], " ");
            line(
                &mut out,
                &format!("# CHECK: the file could not be read: {reason}"),
            );
            (Vec::new(), 0)
        }
    };
    line(
        &mut out,
        &format!(
            "# First map for {}: {rows} rows, {} columns.",
            one_line(file_name),
            columns.len()
        ),
    );
    line(
        &mut out,
        "# Every line with CHECK is a guess that a person has to confirm.\n",
    );
    source(&mut out, file_name, form.delimiter, &columns);
    fields(&mut out, &columns);
    status(&mut out, &columns);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let escaped = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

fn delimiter(bytes: &[u8]) -> u8 {
    let inflated = super::table::inflate(MAIN_TABLE, bytes, super::MAX_TABLE_BYTES);
    let inflated = inflated.unwrap_or_default();
    let first = inflated
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |wanted: u8| first.split(|byte| *byte == wanted).count();
    [b',', b';', b'\t', b'|']
        .into_iter()
        .max_by_key(|byte| (count(*byte), *byte == b','))
        .unwrap_or(b',')
}

fn look(table: &Table) -> Vec<Column> {
    let column = |(at, header): (usize, &String)| {
        let mut filled = 0;
        let mut distinct = BTreeSet::new();
        for row in table.rows.iter().take(MAX_SAMPLE_ROWS) {
            if let Some(Some(text)) = row.cells.get(at).filter(|cell| cell.as_deref() != Some("")) {
                filled += 1;
                distinct.insert(text.clone());
            }
        }
        let fits = |format: &&str| {
            let format: Option<Format> = format.parse().ok();
            let reads = |text: &String| {
                format
                    .as_ref()
                    .is_some_and(|format| dates::read(text, std::slice::from_ref(format)).is_ok())
            };
            !distinct.is_empty() && distinct.iter().all(reads)
        };
        let formats = FORMATS.into_iter().filter(fits).collect();
        Column {
            header: header.clone(),
            folded: fold_header(header),
            filled,
            distinct,
            formats,
        }
    };
    let named = table
        .headers
        .iter()
        .enumerate()
        .filter(|(_, header)| !header.is_empty());
    named.map(column).collect()
}

/// The column whose header fits the earliest hint, among those that `suit`.
fn guess<'a>(
    columns: &'a [Column],
    hints: &[&str],
    suit: impl Fn(&Column) -> bool,
) -> Option<&'a Column> {
    hints.iter().find_map(|hint| {
        let fits = |column: &&Column| column.folded.contains(hint) && suit(column);
        columns.iter().find(fits)
    })
}

fn source(out: &mut String, file_name: &str, delimiter: u8, columns: &[Column]) {
    let system: String = file_stem(&file_stem(file_name))
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    line(out, "[source]");
    line(
        out,
        &format!(
            "system = {} # CHECK: the register's name in policies",
            quoted(&system)
        ),
    );
    line(out, "kind = \"attestation\"");
    line(
        out,
        "publication_basis = \"law\" # CHECK: law, schemeRule, clientConsent or ownStatement",
    );
    line(out, "encoding = \"utf-8 or windows-1252\"");
    line(out, "html_entities = true");
    if delimiter != b',' {
        let written = if delimiter == b'\t' {
            "\\t".to_owned()
        } else {
            char::from(delimiter).to_string()
        };
        line(out, &format!("delimiter = \"{written}\""));
    }
    let used: BTreeSet<&str> = columns
        .iter()
        .flat_map(|column| column.formats.iter().copied())
        .collect();
    let used: Vec<String> = FORMATS
        .iter()
        .filter(|format| used.contains(**format))
        .map(|format| quoted(format))
        .collect();
    if used.contains(&quoted("%m/%d/%Y")) && used.contains(&quoted("%d/%m/%Y")) {
        line(
            out,
            "# CHECK: day and month cannot be told apart; keep one of the two formats with slashes.",
        );
    }
    let formats = if used.is_empty() {
        quoted("%Y-%m-%d")
    } else {
        used.join(", ")
    };
    line(out, &format!("dates = [{formats}]"));
    line(out, "empty = [\"None\", \"N/A\", \"-\"]\n");
    line(
        out,
        "[attribution] # CHECK: who issued these, for which economies (ISO 3166-1 alpha-2)",
    );
    line(
        out,
        "id = \"unknown\"\nname = \"CHECK: name of the issuing body\"\neconomies = [\"ZZ\"]\n",
    );
}

fn fields(out: &mut String, columns: &[Column]) {
    line(out, "[columns]");
    line(out, "kind = { value = \"productCertificate\" } # CHECK");
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let is_text = |column: &Column| column.formats.is_empty() && column.filled > 0;
    for (field, hints) in TEXT_HINTS {
        let unique = |column: &Column| column.distinct.len() == column.filled;
        let free = |column: &Column| !used.contains(column.header.as_str());
        let found = guess(columns, hints, |c| {
            free(c) && is_text(c) && (*field != "number" || unique(c))
        })
        .or_else(|| guess(columns, hints, |c| free(c) && is_text(c)))
        .or_else(|| {
            columns
                .iter()
                .find(|c| *field == "number" && c.filled > 0 && unique(c))
        });
        match found {
            Some(column) => {
                used.insert(&column.header);
                line(out, &format!("{field} = {}", quoted(&column.header)));
            }
            None if *field == "object" => {}
            None => line(
                out,
                &format!("{field} = {{ value = \"CHECK: which column?\" }}"),
            ),
        }
    }
    date_fields(out, columns);
    for (field, hints) in MORE_HINTS {
        let free = |column: &Column| is_text(column) && !used.contains(column.header.as_str());
        if let Some(column) = guess(columns, hints, free) {
            used.insert(&column.header);
            line(
                out,
                &format!("{field} = {} # CHECK", quoted(&column.header)),
            );
        }
    }
    if let Some((column, parser)) = level(columns) {
        line(
            out,
            &format!(
                "level = {{ column = {}, parser = \"{parser}\" }} # CHECK",
                quoted(&column.header)
            ),
        );
    }
    for column in columns.iter().filter(|column| is_country(column)) {
        line(
            out,
            &format!(
                "# {} looks like a country; it may fill origin, manufacturer_country or [attribution].",
                quoted(&column.header)
            ),
        );
    }
    out.push('\n');
}

fn date_fields(out: &mut String, columns: &[Column]) {
    let dated = |column: &Column| !column.formats.is_empty();
    let end = guess(columns, END_HINTS, dated);
    let is_end = |column: &Column| end.is_some_and(|end| end.header == column.header);
    match guess(columns, ISSUE_HINTS, |column| {
        dated(column) && !is_end(column)
    }) {
        Some(column) => line(out, &format!("issued_on = {}", quoted(&column.header))),
        None => line(
            out,
            "issued_on = { default = \"1900-01-01..fetched\" } # CHECK: which column?",
        ),
    }
    if let Some(column) = end {
        line(out, &format!("valid_until = {}", quoted(&column.header)));
    }
}

fn level(columns: &[Column]) -> Option<(&Column, &'static str)> {
    let by_text = columns.iter().find(|column| {
        column
            .distinct
            .iter()
            .any(|text| text.to_uppercase().contains("EAL"))
            && column
                .distinct
                .iter()
                .any(|text| text.to_uppercase().starts_with("EAL") || text.contains("| EAL"))
    });
    by_text
        .map(|column| (column, "common-criteria"))
        .or_else(|| {
            let numbers = |column: &Column| {
                column
                    .distinct
                    .iter()
                    .all(|text| matches!(text.as_str(), "1" | "2" | "3" | "4"))
            };
            guess(columns, &["level"], |column| {
                column.filled > 0 && numbers(column)
            })
            .map(|column| (column, "fips140"))
        })
}

fn is_country(column: &Column) -> bool {
    let codes = column
        .distinct
        .iter()
        .filter(|text| comity_model::party::is_economy(text))
        .count();
    let all_codes = codes > 0 && codes == column.distinct.len();
    all_codes
        || ["country", "economy", "nation"]
            .iter()
            .any(|hint| column.folded.contains(hint))
}

fn status(out: &mut String, columns: &[Column]) {
    let few = |column: &Column| (1..=MAX_STATUS_WORDS).contains(&column.distinct.len());
    let Some(column) = guess(columns, &["status", "state"], few) else {
        return;
    };
    line(
        out,
        &format!(
            "[status]\nword = {}\n\n[status.words] # CHECK each",
            quoted(&column.header)
        ),
    );
    let mut seen = BTreeSet::new();
    for word in &column.distinct {
        if !seen.insert(fold(word)) {
            continue;
        }
        let lower = fold(word);
        let is = |words: &[&str]| words.iter().any(|known| lower.contains(known));
        let state = if is(&["suspend", "inactive", "暂停"]) {
            "suspended"
        } else if is(&["withdraw", "revoke", "cancel", "terminat", "撤销", "注销"]) {
            "withdrawn"
        } else if is(&["expire", "archive", "histor", "ended", "过期"]) {
            "expired"
        } else if is(&["hidden", "delete", "pending", "draft"]) {
            "leave-out"
        } else {
            "active"
        };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{} = \"{state}\"", quoted(word));
    }
}
