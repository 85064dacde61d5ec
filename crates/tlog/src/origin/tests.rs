//! Origins, exactly.

use super::{MAX_HOST_BYTES, log_id, log_origin, mirror_path, split};
use crate::Error;

#[test]
fn an_origin_is_host_log_name() {
    let origin = log_origin("nqi.example.se", "2026").unwrap();
    assert_eq!(origin, "nqi.example.se/log/2026");
    assert_eq!(split(&origin), Ok(("nqi.example.se", "2026")));
    assert!(log_origin("a", &"n".repeat(32)).is_ok());
    assert!(log_origin("a", &"n".repeat(33)).is_err());
}

#[test]
fn other_spellings_are_refused() {
    for origin in [
        "",
        "nqi.example.se",
        "nqi.example.se/log",
        "nqi.example.se/log/",
        "/log/2026",
        "nqi.example.se/log/2026/",
        "nqi.example.se/log/2026/log/2",
        "NQI.example.se/log/2026",
        "nqi.example.se:8080/log/2026",
        "nqi..se/log/2026",
        "-nqi.example.se/log/2026",
        "nqi-.example.se/log/2026",
        "nqi.example.se./log/2026",
        "nqi.exämple.se/log/2026",
        "nqi.example.se/log/2026 ",
        "nqi.example.se/log/A",
        "nqi.example.se/log/2026\n",
        "https://nqi.example.se/log/2026",
    ] {
        assert!(split(origin).is_err(), "{origin:?}");
    }
}

#[test]
fn the_host_has_a_limit() {
    let host = vec!["abcdefghi"; MAX_HOST_BYTES / 10].join(".") + "x";
    assert_eq!(host.len(), MAX_HOST_BYTES);
    assert!(log_origin(&host, "2026").is_ok());
    let beyond = log_origin(&format!("{host}x"), "2026");
    assert!(matches!(beyond, Err(Error::TooLarge { .. })), "{beyond:?}");
}

#[test]
fn mirrors_name_a_log_by_its_hash() {
    // `printf nqi.example.se/log/2026 | sha256sum`
    let id = "cbc1f848380b8a4aec6c1fa53cb16c689e5ed5336e693be4bf77e10c2e14366f";
    assert_eq!(log_id("nqi.example.se/log/2026"), id);
    assert_eq!(
        mirror_path("nqi.example.se/log/2026"),
        format!("/mirror/{id}/checkpoint")
    );
}
