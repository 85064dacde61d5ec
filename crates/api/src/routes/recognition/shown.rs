//! A record shown inside a question, as it was signed.

use serde_json::value::RawValue;

#[cfg(test)]
mod tests;

/// The bytes of the record. Signed records are canonical JSON (RFC 8785), which has no white space
/// and writes characters plainly: what a JSON library put in around and into the question is taken
/// back token by token. Numbers and the order of members stay as they were written, so that a text
/// which is canonical is never changed.
pub(super) fn exact_bytes(document: &RawValue) -> Vec<u8> {
    let mut rest = document.get();
    let mut exact = String::with_capacity(rest.len());
    while let Some(at) = rest.find('"') {
        let (plain, quoted) = rest.split_at(at);
        let (text, after) = quoted.split_at(end_of_text(quoted));
        exact.extend(plain.chars().filter(|c| !c.is_ascii_whitespace()));
        exact.push_str(&plainly(text));
        rest = after;
    }
    exact.extend(rest.chars().filter(|c| !c.is_ascii_whitespace()));
    exact.into_bytes()
}

/// Where the JSON text ends that `quoted` begins with: after its second quotation mark.
fn end_of_text(quoted: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in quoted.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    quoted.len()
}

/// A JSON text with those escapes only that it must have; one that is no Unicode stays as it is.
fn plainly(text: &str) -> String {
    serde_json::from_str::<String>(text)
        .and_then(|text| serde_json::to_string(&text))
        .unwrap_or_else(|_| text.to_owned())
}
