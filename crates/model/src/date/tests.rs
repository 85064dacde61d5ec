use proptest::prelude::{any, proptest};

use super::{Day, Instant, LegalDate, Period, Truth};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn between(a: &str, b: &str) -> LegalDate {
    LegalDate::between(day(a), day(b))
}

#[test]
fn days_are_read_in_one_form_only() {
    for text in [
        "2026-11-23",
        "0001-01-01",
        "9999-12-31",
        "2024-02-29",
        "2000-02-29",
    ] {
        assert_eq!(day(text).to_string(), text);
    }
    for text in [
        "",
        "2026-1-23",
        "2026-11-3",
        "26-11-23",
        "2026/11/23",
        "20261123",
        "2026-11-23 ",
        " 2026-11-23",
        "2026-11-23T00:00:00Z",
        "+026-11-23",
        "-026-11-23",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-04-31",
        "2023-02-29",
        "1900-02-29",
        "0000-01-01",
        "２０２６-11-23",
        "2026-11-2３",
        "2026-11\u{2010}23",
    ] {
        assert!(text.parse::<Day>().is_err(), "{text}");
    }
}

#[test]
fn instants_are_whole_seconds_in_utc() {
    for text in [
        "1970-01-01T00:00:00Z",
        "2026-11-23T23:59:59Z",
        "0001-01-01T00:00:00Z",
    ] {
        assert_eq!(text.parse::<Instant>().unwrap().to_string(), text);
    }
    for text in [
        "2026-11-23",
        "2026-11-23T23:59:59",
        "2026-11-23T23:59:60Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T23:60:00Z",
        "2026-11-23T23:59:59.5Z",
        "2026-11-23T23:59:59+00:00",
        "2026-11-23t23:59:59z",
        "2026-11-23 23:59:59Z",
        "2026-11-23T2:59:59Z",
        "2026-02-30T00:00:00Z",
        "2026-11-23T23:59:59ZZ",
        "2026-11-23T23:5959:Z",
        "2026-11-23T12:34:56:Z",
    ] {
        assert!(text.parse::<Instant>().is_err(), "{text}");
    }
    let instant: Instant = "2000-02-29T12:00:00Z".parse().unwrap();
    assert_eq!(instant.seconds(), 951_825_600);
    assert_eq!(instant.day(), day("2000-02-29"));
    assert_eq!(Instant::from_seconds(i64::MAX), None);
    assert_eq!(Instant::from_seconds(i64::MIN), None);
    assert_eq!(instant.plus_seconds(i64::MAX), instant);
}

#[test]
fn days_count_through_leap_years() {
    assert_eq!(day("2024-02-28").plus_days(1), day("2024-02-29"));
    assert_eq!(day("2023-02-28").plus_days(1), day("2023-03-01"));
    assert_eq!(day("1900-02-28").plus_days(1), day("1900-03-01"));
    assert_eq!(day("2000-03-01").plus_days(-1), day("2000-02-29"));
    assert_eq!(day("1970-01-01").days_since_epoch(), 0);
    assert_eq!(day("1969-12-31").days_since_epoch(), -1);
    // Saturating at the ends of the calendar leaves the day as it is.
    assert_eq!(day("9999-12-31").plus_days(1), day("9999-12-31"));
    assert_eq!(day("0001-01-01").plus_days(-1), day("0001-01-01"));
    assert_eq!(day("2026-01-01").plus_days(i32::MAX), day("2026-01-01"));
    let leap = day("2024-02-29");
    assert_eq!(leap.first_second().to_string(), "2024-02-29T00:00:00Z");
    assert_eq!(leap.last_second().to_string(), "2024-02-29T23:59:59Z");
}

#[test]
fn truth_tables() {
    use Truth::{No, Unknown, Yes};
    for (a, b, and, or) in [
        (Yes, Yes, Yes, Yes),
        (Yes, No, No, Yes),
        (Yes, Unknown, Unknown, Yes),
        (No, No, No, No),
        (No, Unknown, No, Unknown),
        (Unknown, Unknown, Unknown, Unknown),
    ] {
        assert_eq!((a.and(b), b.and(a)), (and, and), "{a:?} and {b:?}");
        assert_eq!((a.or(b), b.or(a)), (or, or), "{a:?} or {b:?}");
        assert_eq!(!(a.and(b)), (!a).or(!b));
    }
    assert_eq!((Truth::from(true), Truth::from(false)), (Yes, No));
}

#[test]
fn inside_an_interval_nothing_is_certain() {
    let date = between("2026-03-01", "2026-03-31");
    for (on, reached, passed) in [
        ("2026-02-28", Truth::No, Truth::No),
        ("2026-03-01", Truth::Unknown, Truth::No),
        ("2026-03-30", Truth::Unknown, Truth::Unknown),
        ("2026-03-31", Truth::Yes, Truth::Unknown),
        ("2026-04-01", Truth::Yes, Truth::Yes),
    ] {
        assert_eq!(date.reached_on(day(on)), reached, "reached on {on}");
        assert_eq!(date.passed_on(day(on)), passed, "passed on {on}");
    }
    let exact: LegalDate = day("2026-03-01").into();
    assert_eq!(exact.reached_on(day("2026-03-01")), Truth::Yes);
    assert_eq!(exact.passed_on(day("2026-03-01")), Truth::No);
    assert_eq!(exact.not_before(&exact), Truth::Yes);
    assert_eq!(exact.not_before(&date), Truth::Unknown);
    assert_eq!(date.not_before(&exact), Truth::Yes);
    assert_eq!(
        exact.not_before(&between("2026-03-02", "2026-03-03")),
        Truth::No
    );
}

#[test]
fn intervals_are_ordered_and_of_one_day_are_days() {
    assert_eq!(
        between("2026-03-01", "2026-03-01"),
        LegalDate::Day(day("2026-03-01"))
    );
    assert!(between("2026-03-01", "2026-03-02").is_ordered());
    assert!(!between("2026-03-02", "2026-03-01").is_ordered());
    let json = r#"{"notBefore":"2026-03-01","notAfter":"2026-03-31"}"#;
    let date: LegalDate = serde_json::from_str(json).unwrap();
    assert_eq!(date, between("2026-03-01", "2026-03-31"));
    assert_eq!(
        serde_json::to_value(date).unwrap()["notAfter"],
        "2026-03-31"
    );
    assert_eq!(date.to_string(), "between 2026-03-01 and 2026-03-31");
}

#[test]
fn periods_include_both_ends() {
    let period = Period::new(day("2026-01-01"), Some(day("2026-12-31").into()));
    for (on, inside) in [
        ("2025-12-31", Truth::No),
        ("2026-01-01", Truth::Yes),
        ("2026-12-31", Truth::Yes),
        ("2027-01-01", Truth::No),
    ] {
        assert_eq!(period.contains(day(on)), inside, "{on}");
    }
    let open = Period::new(day("2026-01-01"), None);
    assert_eq!(open.contains(day("9999-12-31")), Truth::Yes);
    let rough = Period::new(
        between("2026-01-01", "2026-01-31"),
        Some(between("2026-06-01", "2026-06-30")),
    );
    assert_eq!(rough.contains(day("2026-01-15")), Truth::Unknown);
    assert_eq!(rough.contains(day("2026-03-15")), Truth::Yes);
    assert_eq!(rough.contains(day("2026-06-15")), Truth::Unknown);
    assert_eq!(rough.contains(day("2026-07-01")), Truth::No);
}

proptest! {
    #[test]
    fn every_day_survives_its_number_and_its_text(days in -719_162..=2_932_896) {
        let day = Day::from_days_since_epoch(days).unwrap();
        assert_eq!(day.days_since_epoch(), days);
        assert_eq!(day.to_string().parse(), Ok(day));
        assert_eq!(day.first_second().day(), day);
        assert_eq!(day.last_second().day(), day);
    }

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        let _ = text.parse::<Day>();
        let _ = text.parse::<Instant>();
    }

    #[test]
    fn texts_like_dates_are_read_as_they_were_or_not_at_all(text in "[0-9+-]{10}") {
        if let Ok(day) = text.parse::<Day>() {
            assert_eq!(day.to_string(), text);
        }
    }
}

#[test]
fn moments_with_an_offset() {
    for (text, expected) in [
        ("2016-06-30T22:00:00Z", "2016-06-30T22:00:00Z"),
        ("2016-07-01T00:00:00+02:00", "2016-06-30T22:00:00Z"),
        ("2016-06-30T16:30:00-05:30", "2016-06-30T22:00:00Z"),
        ("2022-06-27T11:30:08.032+02:00", "2022-06-27T09:30:08Z"),
        ("2016-06-30T22:00:00.999999999999Z", "2016-06-30T22:00:00Z"),
        ("2016-02-29T23:59:59-00:00", "2016-02-29T23:59:59Z"),
    ] {
        let read = Instant::from_rfc3339(text).unwrap();
        assert_eq!(read.to_string(), expected, "{text}");
    }
    for text in [
        "",
        "2016-06-30",
        "2016-06-30T22:00:00",
        "2016-06-30 22:00:00Z",
        "2016-06-30t22:00:00z",
        "2016-06-30T22:00Z",
        "2016-06-30T24:00:00Z",
        "2016-06-30T22:00:60Z",
        "2015-02-29T22:00:00Z",
        "2016-06-30T22:00:00.Z",
        "2016-06-30T22:00:00.1a+02:00",
        "2016-06-30T22:00:00+2:00",
        "2016-06-30T22:00:00+02",
        "2016-06-30T22:00:00+24:00",
        "2016-06-30T22:00:00+02:60",
        "2016-06-30T22:00:00Zé",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ] {
        assert!(Instant::from_rfc3339(text).is_err(), "{text}");
    }
}
