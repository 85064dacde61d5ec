//! Instants on the command line: a moment, or a day for its first or last second.

use comity_model::date::{Day, Instant};

/// A moment, or the first second of a day.
pub(super) fn from(text: &str) -> Result<Instant, String> {
    either(text, Day::first_second)
}

/// A moment, or the last second of a day.
pub(super) fn until(text: &str) -> Result<Instant, String> {
    either(text, Day::last_second)
}

fn either(text: &str, of_day: impl Fn(Day) -> Instant) -> Result<Instant, String> {
    if let Ok(day) = text.parse::<Day>() {
        return Ok(of_day(day));
    }
    text.parse()
        .map_err(|_| "expected 2026-05-01 or 2026-05-01T00:00:00Z".to_owned())
}
