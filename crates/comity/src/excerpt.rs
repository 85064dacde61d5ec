//! Where in a text something is wrong: the line, the column and the line itself.

#[cfg(test)]
mod tests;

/// Longest part of a source line that is shown, in characters.
const MAX_SHOWN_CHARS: usize = 100;

/// The lines that show `offset` of `text`, a file called `name`:
///
/// ```text
///   --> draft.json:3:11
///    |
///  3 |   "name": ""
///    |           ^
/// ```
pub(crate) fn show(name: &str, text: &[u8], offset: usize) -> String {
    let offset = offset.min(text.len());
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let number = before.split(|&byte| byte == b'\n').count();
    let rest = text.get(line_start..).unwrap_or_default();
    let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let lead = String::from_utf8_lossy(text.get(line_start..offset).unwrap_or_default());
    let column = lead.chars().count();
    let (shown, caret) = window(&line, column);
    let margin = " ".repeat(number.to_string().len());
    format!(
        "{margin} --> {name}:{number}:{}\n {margin} |\n {number} | {shown}\n {margin} | {}^",
        column + 1,
        " ".repeat(caret)
    )
}

/// The part of a long line around `column`, and where in it the column stands.
fn window(line: &str, column: usize) -> (String, usize) {
    let first = column.saturating_sub(MAX_SHOWN_CHARS / 2);
    let length = line.chars().count();
    let first = if length <= MAX_SHOWN_CHARS { 0 } else { first };
    let mut shown = String::new();
    if first > 0 {
        shown.push('…');
    }
    let visible = line.chars().skip(first).take(MAX_SHOWN_CHARS);
    shown.extend(visible.map(|c| if c.is_control() { ' ' } else { c }));
    if length > first + MAX_SHOWN_CHARS {
        shown.push('…');
    }
    (shown, column - first + usize::from(first > 0))
}

/// Where the value at the JSON pointer (RFC 6901) begins in `text`, or the nearest value around
/// it that is there; `None` where the text is no JSON.
pub(crate) fn locate(text: &[u8], pointer: &str) -> Option<usize> {
    let mut at = skip_space(text, 0);
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        match child(text, at, &part) {
            Some(found) => at = found,
            None => break,
        }
    }
    (at < text.len()).then_some(at)
}

/// Where the member or element `name` of the value at `at` begins.
fn child(text: &[u8], at: usize, name: &str) -> Option<usize> {
    let object = match text.get(at)? {
        b'{' => true,
        b'[' => false,
        _ => return None,
    };
    let wanted = name.parse::<usize>().ok();
    let mut index = 0;
    let mut place = skip_space(text, at + 1);
    loop {
        let found = if object {
            let end = skip_value(text, place)?;
            let key: String = serde_json::from_slice(text.get(place..end)?).ok()?;
            let colon = skip_space(text, end);
            (text.get(colon) == Some(&b':')).then_some(())?;
            place = skip_space(text, colon + 1);
            key == name
        } else {
            wanted == Some(index)
        };
        if found {
            return Some(place);
        }
        let end = skip_space(text, skip_value(text, place)?);
        if text.get(end) != Some(&b',') {
            return None;
        }
        place = skip_space(text, end + 1);
        index += 1;
    }
}

/// The end of the value that begins at `at`.
fn skip_value(text: &[u8], at: usize) -> Option<usize> {
    let mut values =
        serde_json::Deserializer::from_slice(text.get(at..)?).into_iter::<serde::de::IgnoredAny>();
    values.next()?.ok()?;
    Some(at + values.byte_offset())
}

fn skip_space(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let spaces = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
    at + spaces.count()
}
