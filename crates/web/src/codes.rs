//! Codes within sentences: numbers and identifiers are marked, so that they are read from left to
//! right and no line ends within one.

use std::fmt::Write as _;

#[cfg(test)]
mod tests;

/// A sentence as markup: escaped, with its numbers and identifiers marked.
pub(crate) fn marked(sentence: &str) -> String {
    let mut markup = String::with_capacity(sentence.len() + 64);
    let mut rest = sentence;
    while let Some(start) = rest.find(is_of_code) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_of_code(c)).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        escape(before, &mut markup);
        mark(run, &mut markup);
        rest = after;
    }
    escape(rest, &mut markup);
    markup
}

fn is_of_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | ':' | '_' | '#' | '%' | '*')
}

/// One run of letters, digits and what joins them. What ends a sentence is no part of a code.
fn mark(run: &str, markup: &mut String) {
    let code = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '*');
    let end = &run[code.len()..];
    let start = code.len()
        - code
            .trim_start_matches(|c: char| !c.is_ascii_alphanumeric())
            .len();
    let (start, code) = code.split_at(start);
    escape(start, markup);
    let class = if code.starts_with("did:") {
        "code did"
    } else if code.contains(['-', '/']) && code.contains(|c: char| c.is_ascii_digit()) {
        "code"
    } else {
        ""
    };
    if class.is_empty() {
        escape(code, markup);
    } else {
        // Nothing of it needs to be escaped.
        let written = write!(markup, "<bdi dir=\"ltr\" class=\"{class}\">{code}</bdi>");
        debug_assert!(written.is_ok(), "a text takes what is written");
    }
    escape(end, markup);
}

/// As the templates do it.
fn escape(text: &str, markup: &mut String) {
    for c in text.chars() {
        match c {
            '&' => markup.push_str("&#38;"),
            '<' => markup.push_str("&#60;"),
            '>' => markup.push_str("&#62;"),
            '"' => markup.push_str("&#34;"),
            '\'' => markup.push_str("&#39;"),
            c => markup.push(c),
        }
    }
}
