//! Changing one setting in a TOML file that people wrote: comments, order and blank lines stay.
//!
//! Only what the program itself changes is understood: a key of a table, and whole tables of an
//! array. Every result must be read again by its reader before it is written.

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::error::Error;

/// Puts a file in the place of another in one step: whoever reads it meets the old or the new one.
///
/// # Errors
/// [`Error::File`].
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let draft = path.with_extension("new");
    std::fs::write(&draft, text)
        .and_then(|()| std::fs::rename(&draft, path))
        .map_err(|source| Error::file(path, source))
}

/// Sets `key = value` in the table `[table]`, which is added at the end if it is not there.
/// `value` is TOML already.
pub fn set(text: &str, table: &str, key: &str, value: &str) -> String {
    let heading = format!("[{table}]");
    let line = format!("{key} = {value}");
    let Some(section) = sections(text)
        .into_iter()
        .find(|one| one.heading == heading)
    else {
        return with_block(text, &[heading, line]);
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let held = section.entries.iter().find(|entry| entry.key == key);
    match held {
        Some(entry) => {
            let last = lines.get(entry.last).map_or("", String::as_str);
            let remark = remark_of(last).map(str::to_owned);
            let line = remark.map_or(line.clone(), |remark| format!("{line} {remark}"));
            lines.splice(entry.first..=entry.last, [line]);
        }
        None => lines.insert(section.line + 1, line),
    }
    joined(&lines)
}

/// Adds a table `[[name]]` with these entries, each `key = value`, at the end.
pub fn add_table(text: &str, name: &str, entries: &[(String, String)]) -> String {
    let mut block = vec![format!("[[{name}]]")];
    block.extend(
        entries
            .iter()
            .map(|(key, value)| format!("{key} = {value}")),
    );
    with_block(text, &block)
}

/// Removes the tables `[[name]]` in which `key` is the string `value`; how many there were. Their
/// comments stay: they were written by people.
pub fn remove_tables(text: &str, name: &str, key: &str, value: &str) -> (String, usize) {
    let heading = format!("[[{name}]]");
    let lines: Vec<&str> = text.lines().collect();
    let mut gone = vec![false; lines.len()];
    let mut removed = 0;
    for section in sections(text) {
        let is_meant = section.heading == heading
            && section.entries.iter().any(|entry| {
                let of_entry = lines.get(entry.first..=entry.last).unwrap_or_default();
                entry.key == key && string_value(&of_entry.join("\n")).as_deref() == Some(value)
            });
        if !is_meant {
            continue;
        }
        removed += 1;
        let of_entries = section
            .entries
            .iter()
            .flat_map(|entry| entry.first..=entry.last);
        for line in of_entries.chain([section.line]) {
            if let Some(place) = gone.get_mut(line) {
                *place = true;
            }
        }
    }
    let kept = lines.iter().zip(&gone).filter(|(_, gone)| !**gone);
    let kept: Vec<String> = kept.map(|(line, _)| (*line).to_owned()).collect();
    (joined(&kept), removed)
}

/// `text` as a TOML string.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A heading and what stands below it.
struct Section {
    heading: String,
    line: usize,
    entries: Vec<Entry>,
}

/// A key and the lines of its value.
struct Entry {
    key: String,
    first: usize,
    last: usize,
}

/// The tables of a file, in order; entries before the first heading belong to none.
fn sections(text: &str) -> Vec<Section> {
    let lines: Vec<&str> = text.lines().collect();
    let mut sections: Vec<Section> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let bare = without_remark(line).trim();
        if bare.starts_with('[') {
            sections.push(Section {
                heading: bare.to_owned(),
                line: at,
                entries: Vec::new(),
            });
        } else if let Some((key, _)) = bare.split_once('=') {
            let last = end_of_value(&lines, at);
            if let Some(section) = sections.last_mut() {
                section.entries.push(Entry {
                    key: key.trim().to_owned(),
                    first: at,
                    last,
                });
            }
            at = last;
        }
        at += 1;
    }
    sections
}

/// The last line of a value that begins on line `at`: an array may go over several.
fn end_of_value(lines: &[&str], at: usize) -> usize {
    let mut depth = 0_i32;
    for (line, text) in lines.iter().enumerate().skip(at) {
        let bare = without_strings(without_remark(text));
        for letter in bare.chars() {
            match letter {
                '[' | '{' => depth += 1,
                ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return line;
        }
    }
    at
}

/// The string on the right of the first `=`.
fn string_value(entry: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(entry).ok()?;
    let value = table.into_iter().next()?.1;
    value.as_str().map(str::to_owned)
}

/// A line without the remark at its end.
fn without_remark(line: &str) -> &str {
    remark_start(line).map_or(line, |at| line.get(..at).unwrap_or(line))
}

fn remark_of(line: &str) -> Option<&str> {
    line.get(remark_start(line)?..)
}

fn remark_start(line: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for (at, letter) in line.char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if letter == '\\' => escaped = true,
            Some(mark) if letter == mark => quote = None,
            None if letter == '#' => return Some(at),
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            _ => {}
        }
    }
    None
}

/// A line with its strings emptied.
fn without_strings(line: &str) -> String {
    let mut bare = String::new();
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for letter in line.chars() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if letter == '\\' => escaped = true,
            Some(mark) if letter == mark => quote = None,
            Some(_) => {}
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            None => bare.push(letter),
        }
    }
    bare
}

fn with_block(text: &str, block: &[String]) -> String {
    let text = text.trim_end();
    let gap = if text.is_empty() { "" } else { "\n\n" };
    format!("{text}{gap}{}\n", block.join("\n"))
}

fn joined(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}
