//! Walking over canonical bytes that [`check`](super::check) has passed.
//!
//! These iterators trust their input: on other bytes they stop early or
//! answer nonsense, but never panic.

/// One member of a canonical object, as slices of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member<'a> {
    /// The name as it stands between its quotes, escapes included.
    pub(crate) name: &'a [u8],
    /// The value.
    pub(crate) value: &'a [u8],
    /// Where the name's opening quote stands in the object.
    pub(crate) start: usize,
    /// Where the value ends in the object.
    pub(crate) end: usize,
}

/// The members of a canonical object in order; none for any other value.
pub(crate) fn members(object: &[u8]) -> impl Iterator<Item = Member<'_>> {
    let mut at = usize::from(object.first() == Some(&b'{'));
    std::iter::from_fn(move || {
        let start = at;
        if start == 0 || object.get(start) != Some(&b'"') {
            return None;
        }
        let colon = value_end(object, start)?;
        let end = value_end(object, colon + 1)?;
        at = end + 1;
        Some(Member {
            name: object.get(start + 1..colon.checked_sub(1)?)?,
            value: object.get(colon + 1..end)?,
            start,
            end,
        })
    })
}

/// The elements of a canonical array in order; none for any other value.
pub(crate) fn items(array: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = usize::from(array.first() == Some(&b'['));
    std::iter::from_fn(move || {
        let start = at;
        if start == 0 || start + 1 >= array.len() {
            return None;
        }
        let end = value_end(array, start)?;
        at = end + 1;
        array.get(start..end)
    })
}

/// The text of a string value that has no escapes; `None` for all others.
pub(crate) fn plain_string(value: &[u8]) -> Option<&str> {
    match value {
        [b'"', text @ .., b'"'] if !text.contains(&b'\\') => std::str::from_utf8(text).ok(),
        _ => None,
    }
}

/// Where the value that begins at `start` ends.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'"' => at = string_end(bytes, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' if depth > 0 => at += 1,
            _ if depth > 0 => at = scalar_end(bytes, at),
            _ => return Some(scalar_end(bytes, at)),
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Where the string whose opening quote stands at `start` ends.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where a number, `true`, `false` or `null` ends.
fn scalar_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let ends = |byte: &u8| matches!(byte, b',' | b':' | b'}' | b']' | b'"' | b'{' | b'[');
    start + rest.iter().position(ends).unwrap_or(rest.len())
}
