//! Numbers as RFC 8785, section 3.2.2.3, spells them.

use super::refusal::RefusalCode;

/// The largest integer every JSON reader keeps: 2^53 - 1 (RFC 8259, section 6).
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// A decimal needs at most so many significant digits to name one double, and
/// programs that print with full precision print so many. More digits say
/// something that a double cannot keep.
const MAX_SIGNIFICANT_DIGITS: usize = 17;

/// Says whether a token is the canonical spelling of a number.
pub(super) fn check(token: &str) -> Result<(), RefusalCode> {
    let magnitude = token.strip_prefix('-').unwrap_or(token);
    if !magnitude.is_empty() && magnitude.bytes().all(|byte| byte.is_ascii_digit()) {
        return check_integer(token, magnitude);
    }
    if canonical(token)? == token {
        Ok(())
    } else {
        Err(RefusalCode::NumberSpelling)
    }
}

/// Integers are most of the numbers there are, and need no double.
fn check_integer(token: &str, magnitude: &str) -> Result<(), RefusalCode> {
    if token == "0" {
        return Ok(());
    }
    if magnitude.starts_with('0') {
        return Err(RefusalCode::NumberSpelling);
    }
    match magnitude.parse::<u64>() {
        Ok(integer) if integer <= MAX_INTEGER => Ok(()),
        _ => Err(RefusalCode::IntegerTooLarge),
    }
}

/// The canonical spelling of any JSON number that a double keeps.
pub(super) fn canonical(token: &str) -> Result<String, RefusalCode> {
    if !is_json(token) {
        return Err(RefusalCode::NumberSpelling);
    }
    let value: f64 = token.parse().map_err(|_| RefusalCode::NumberSpelling)?;
    if !value.is_finite() {
        return Err(RefusalCode::NumberOutOfRange);
    }
    let spelled = es6(value);
    let (digits, exponent) = significant(token);
    if value == 0.0 && !digits.is_empty() {
        return Err(RefusalCode::NumberOutOfRange);
    }
    let magnitude = spelled.strip_prefix('-').unwrap_or(&spelled);
    if magnitude.bytes().all(|byte| byte.is_ascii_digit()) && spelled != "0" {
        check_integer(&spelled, magnitude)?;
    }
    if digits.len() > MAX_SIGNIFICANT_DIGITS && (digits, exponent) != significant(&spelled) {
        return Err(RefusalCode::NumberLossy);
    }
    Ok(spelled)
}

/// A finite double as ECMAScript writes it.
pub(super) fn es6(value: f64) -> String {
    serde_json_canonicalizer::to_string(&value)
        .expect("a finite double can always be written as JSON")
}

/// The grammar of RFC 8259, section 6.
fn is_json(token: &str) -> bool {
    let rest = token.strip_prefix('-').unwrap_or(token);
    let (integer, rest) = split_digits(rest);
    if integer.is_empty() || (integer.len() > 1 && integer.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.') {
        Some(after_point) => {
            let (fraction, rest) = split_digits(after_point);
            if fraction.is_empty() {
                return false;
            }
            rest
        }
        None => rest,
    };
    let Some(power) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty();
    };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let (digits, rest) = split_digits(power);
    !digits.is_empty() && rest.is_empty()
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// The digits that carry the value, and the power of ten of the last of them.
///
/// Two JSON numbers of one sign are equal exactly if these are.
fn significant(token: &str) -> (String, i64) {
    let token = token.strip_prefix('-').unwrap_or(token);
    let (mantissa, power) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let kept = digits.trim_start_matches('0').trim_end_matches('0');
    if kept.is_empty() {
        return (String::new(), 0);
    }
    let trailing = digits.len() - digits.trim_end_matches('0').len();
    // A power beyond 64 bits was refused before, as a number out of range; so
    // whatever stands here for it is compared with nothing.
    let power: i64 = power.parse().unwrap_or(i64::MAX / 2);
    let exponent = power
        .saturating_sub_unsigned(fraction.len() as u64)
        .saturating_add_unsigned(trailing as u64);
    (kept.to_owned(), exponent)
}
