//! Legal days as civil dates, instants as whole seconds, and periods of either certainty.
//!
//! A legal day carries no zone and is compared as a date (format.md 1.6). A date known only
//! roughly is an interval; a question that falls inside it cannot be answered yes or no, so
//! comparisons answer a [`Truth`].

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[cfg(test)]
mod tests;

/// Yes, no, or not to be told from what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// What is known does not decide it.
    Unknown,
}

impl Truth {
    /// Both hold: no beats unknown beats yes.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// Either holds: yes beats unknown beats no.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::No, Self::No) => Self::No,
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// A civil date `YYYY-MM-DD`, years 0001 to 9999, without a zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of that year, month and day of month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        Date::new(year, month, day).ok().map(Self)
    }

    /// Days since 1970-01-01; negative before.
    pub fn days_since_epoch(self) -> i32 {
        let epoch = jiff::civil::date(1970, 1, 1);
        // A span between two dates of four-digit years is below four million days.
        self.0
            .since((jiff::Unit::Day, epoch))
            .map_or(0, |span| span.get_days())
    }

    /// The day that many days after 1970-01-01.
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        let date = jiff::civil::date(1970, 1, 1).checked_add(span).ok()?;
        Self::new(date.year(), date.month(), date.day())
    }

    /// The day `days` later (earlier if negative); saturates at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        self.days_since_epoch()
            .checked_add(days)
            .and_then(Self::from_days_since_epoch)
            .unwrap_or(self)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The first second of this day in UTC.
    pub fn first_second(self) -> Instant {
        Instant(i64::from(self.days_since_epoch()) * 86_400)
    }

    /// The last second of this day in UTC.
    pub fn last_second(self) -> Instant {
        Instant(i64::from(self.days_since_epoch()) * 86_400 + 86_399)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a date or an instant could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(&'static str);

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for DateError {}

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        const WANTED: DateError = DateError("expected a calendar date as YYYY-MM-DD");
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(WANTED);
        }
        let mut parts = text.split('-');
        let mut number = || parts.next().and_then(|part| part.parse::<i16>().ok());
        let (Some(year), Some(month), Some(day)) = (number(), number(), number()) else {
            return Err(WANTED);
        };
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
            return Err(WANTED);
        };
        Self::new(year, month, day).ok_or(WANTED)
    }
}

/// A moment in UTC, whole seconds since 1970, written `YYYY-MM-DDThh:mm:ssZ`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// The moment that many seconds after 1970-01-01T00:00:00Z, within years 1 to 9999.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let instant = Self(seconds);
        let day = instant.day_or_none()?;
        (day.year() >= 1).then_some(instant)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// The UTC day this moment lies in.
    pub fn day(self) -> Day {
        self.day_or_none()
            .unwrap_or(Day(jiff::civil::date(1970, 1, 1)))
    }

    fn day_or_none(self) -> Option<Day> {
        i32::try_from(self.0.div_euclid(86_400))
            .ok()
            .and_then(Day::from_days_since_epoch)
    }

    /// Reads a date and time with `Z` or an offset (RFC 3339, section 5.6): whole seconds,
    /// truncated.
    ///
    /// ```
    /// use comity_model::date::Instant;
    ///
    /// let midnight = Instant::from_rfc3339("2016-07-01T00:00:00.900+02:00").unwrap();
    /// assert_eq!(midnight.to_string(), "2016-06-30T22:00:00Z");
    /// ```
    ///
    /// # Errors
    /// Any other form; a date alone too, which is no moment.
    pub fn from_rfc3339(text: &str) -> Result<Self, DateError> {
        const WANTED: DateError = DateError(
            "expected a moment such as 2016-06-30T22:00:00Z or 2016-07-01T00:00:00+02:00",
        );
        let (day, time) = text.split_once('T').ok_or(WANTED)?;
        let day: Day = day.parse().map_err(|_| WANTED)?;
        let (time, offset) = split_offset(time).ok_or(WANTED)?;
        let whole = match time.split_once('.') {
            None => time,
            Some((whole, part)) => {
                let digits = part.bytes().all(|byte| byte.is_ascii_digit());
                if part.is_empty() || !digits {
                    return Err(WANTED);
                }
                whole
            }
        };
        let utc: Self = format!("{day}T{whole}Z").parse().map_err(|_| WANTED)?;
        Self::from_seconds(utc.0 - offset).ok_or(WANTED)
    }

    /// The moment `seconds` later (earlier if negative); saturates.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_seconds(self.0.saturating_add(seconds)).unwrap_or(self)
    }
}

/// A time of day and its offset from UTC in seconds.
fn split_offset(text: &str) -> Option<(&str, i64)> {
    if let Some(time) = text.strip_suffix('Z') {
        return Some((time, 0));
    }
    let (time, offset) = text.split_at_checked(text.rfind(['+', '-'])?)?;
    let two = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<i64>().ok()).flatten()
    };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let seconds = hours * 3_600 + minutes * 60;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    (hours < 24 && minutes < 60).then_some((time, sign * seconds))
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.day())
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Instant {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        const WANTED: DateError = DateError("expected an instant as YYYY-MM-DDThh:mm:ssZ");
        let (day, time) = text.split_once('T').ok_or(WANTED)?;
        let day: Day = day.parse().map_err(|_| WANTED)?;
        let time = time.strip_suffix('Z').ok_or(WANTED)?;
        let fields: Vec<i64> = time
            .split(':')
            .filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .filter_map(|part| part.parse().ok())
            .collect();
        match fields.as_slice() {
            &[hour, minute, second]
                if time.len() == 8 && hour < 24 && minute < 60 && second < 60 =>
            {
                Ok(Self(
                    day.first_second().0 + hour * 3_600 + minute * 60 + second,
                ))
            }
            _ => Err(WANTED),
        }
    }
}

macro_rules! serde_as_text {
    ($type:ty, $name:literal, $pattern:literal, $about:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "pattern": $pattern, "description": $about
                })
            }
        }
    };
}
pub(crate) use serde_as_text;

serde_as_text!(
    Day,
    "Day",
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "A civil date, YYYY-MM-DD, without a zone."
);
serde_as_text!(
    Instant,
    "Instant",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    "A moment in UTC, whole seconds."
);

/// A legal date: one day, or an interval of days when the source tells no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LegalDate {
    /// Exactly this day.
    Day(Day),
    /// Some day of this interval, both ends included.
    Between(DayInterval),
}

/// An interval of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayInterval {
    /// No earlier than this day.
    pub not_before: Day,
    /// No later than this day.
    pub not_after: Day,
}

impl LegalDate {
    /// The interval from `not_before` to `not_after`; a single day where they are equal.
    pub fn between(not_before: Day, not_after: Day) -> Self {
        if not_before == not_after {
            Self::Day(not_before)
        } else {
            Self::Between(DayInterval {
                not_before,
                not_after,
            })
        }
    }

    /// The earliest day it can be.
    pub fn earliest(&self) -> Day {
        match self {
            Self::Day(day) => *day,
            Self::Between(interval) => interval.not_before,
        }
    }

    /// The latest day it can be.
    pub fn latest(&self) -> Day {
        match self {
            Self::Day(day) => *day,
            Self::Between(interval) => interval.not_after,
        }
    }

    /// Whether `day` is this date or later.
    pub fn reached_on(&self, day: Day) -> Truth {
        if day >= self.latest() {
            Truth::Yes
        } else if day < self.earliest() {
            Truth::No
        } else {
            Truth::Unknown
        }
    }

    /// Whether `day` is later than this date.
    pub fn passed_on(&self, day: Day) -> Truth {
        if day > self.latest() {
            Truth::Yes
        } else if day <= self.earliest() {
            Truth::No
        } else {
            Truth::Unknown
        }
    }

    /// Whether this date is the other or later.
    pub fn not_before(&self, other: &Self) -> Truth {
        if self.earliest() >= other.latest() {
            Truth::Yes
        } else if self.latest() < other.earliest() {
            Truth::No
        } else {
            Truth::Unknown
        }
    }

    /// Whether an interval is in order.
    pub fn is_ordered(&self) -> bool {
        self.earliest() <= self.latest()
    }
}

impl From<Day> for LegalDate {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl fmt::Display for LegalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Between(i) => write!(f, "between {} and {}", i.not_before, i.not_after),
        }
    }
}

/// From a day to a last day, both included; open where the end is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// The first day.
    pub from: LegalDate,
    /// The last day; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<LegalDate>,
}

impl Period {
    /// The period from `from` to `until`.
    pub fn new(from: impl Into<LegalDate>, until: Option<LegalDate>) -> Self {
        Self {
            from: from.into(),
            until,
        }
    }

    /// Whether `day` lies in the period.
    pub fn contains(&self, day: Day) -> Truth {
        let ended = self
            .until
            .as_ref()
            .map_or(Truth::No, |until| until.passed_on(day));
        self.from.reached_on(day).and(!ended)
    }
}
