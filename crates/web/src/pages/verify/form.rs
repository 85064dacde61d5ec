//! Forms with a file in them (RFC 7578), as browsers send them.

#[cfg(test)]
mod tests;

/// Most fields of a form; the page has three.
const MAX_FIELDS: usize = 16;
/// Longest boundary (RFC 2046, 5.1.1).
const MAX_BOUNDARY_BYTES: usize = 70;

/// The fields of a form: name and content, in order. `None` for what is no such form.
pub(super) fn fields<'b>(content_type: &str, body: &'b [u8]) -> Option<Vec<(String, &'b [u8])>> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters
        .trim()
        .strip_prefix("boundary=")?
        .trim_matches('"');
    if boundary.is_empty() || boundary.len() > MAX_BOUNDARY_BYTES {
        return None;
    }
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&between.as_bytes()[2..])?;
    let mut fields = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, between.as_bytes())?;
        let (content, after) = part.split_at(end);
        let head_end = find(content, b"\r\n\r\n")?;
        let (head, content) = content.split_at(head_end);
        if fields.len() >= MAX_FIELDS {
            return None;
        }
        fields.push((name_of(std::str::from_utf8(head).ok()?)?, &content[4..]));
        rest = &after[between.len()..];
    }
    rest.starts_with(b"--").then_some(fields)
}

/// The name of a field, from the head of its part.
fn name_of(head: &str) -> Option<String> {
    let mut lines = head.split("\r\n");
    let line = lines.find(|line| {
        let name = line.split(':').next().unwrap_or_default();
        name.eq_ignore_ascii_case("content-disposition")
    })?;
    let (_, rest) = line.split_once("; name=\"")?;
    Some(rest.split('"').next()?.to_owned())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
