use super::*;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A node of which there is nothing to say.
fn well() -> Facts {
    let now = at("2026-06-01T12:00:00Z");
    Facts {
        now,
        read_only: None,
        head_signed_at: now.plus_seconds(-60),
        size: 1_000,
        indexed: 1_000,
        unanchored: None,
        federation: Some(FederationFacts {
            version: Some(3),
            valid_until: at("2027-06-01T00:00:00Z"),
            grace_days: 30,
            problems: Vec::new(),
        }),
        unlisted: Vec::new(),
        endings: vec![Ending {
            sort: EndingSort::Registration,
            what: "The registration of did:web:lab.example".to_owned(),
            until: at("2027-01-01T00:00:00Z"),
        }],
        logs: vec![
            log("nqi.example.se/log/2026", true),
            log("nqi.example.fi/log/2026", false),
        ],
    }
}

fn log(origin: &str, own: bool) -> LogFacts {
    LogFacts {
        origin: origin.to_owned(),
        own,
        age_seconds: Some(60),
        checked_at: Some(at("2026-06-01T11:59:58Z")),
        lag: 0,
        quorum: Some(true),
        lines: (4, Some(3)),
        alarms: Vec::new(),
    }
}

fn codes(facts: &Facts) -> Vec<&'static str> {
    let found = examine(facts);
    assert!(
        found
            .iter()
            .all(|one| !one.command.is_empty() && !one.detail.is_empty())
    );
    assert!(found.is_sorted_by_key(|one| one.severity));
    found.iter().map(|one| one.code).collect()
}

#[test]
fn a_healthy_node_is_told_nothing() {
    assert_eq!(codes(&well()), Vec::<&str>::new());
    let alone = Facts {
        federation: None,
        ..well()
    };
    assert_eq!(codes(&alone), Vec::<&str>::new());
}

#[test]
fn an_old_list_is_announced_then_warned_of_then_ends() {
    let with = |until: &str| Facts {
        federation: Some(FederationFacts {
            version: Some(3),
            valid_until: at(until),
            grace_days: 30,
            problems: Vec::new(),
        }),
        ..well()
    };
    // One day more than is announced; the last day of it.
    assert_eq!(codes(&with("2026-08-30T12:00:00Z")), Vec::<&str>::new());
    assert_eq!(codes(&with("2026-08-30T11:59:59Z")), ["federation.expires"]);
    let found = examine(&with("2026-05-22T12:00:00Z"));
    assert_eq!(found[0].severity, Severity::Problem);
    assert!(
        found[0].detail.contains("10 days ago"),
        "{}",
        found[0].detail
    );
    assert!(
        found[0].detail.contains("in 20 days"),
        "{}",
        found[0].detail
    );
    let found = examine(&with("2026-04-01T12:00:00Z"));
    assert!(
        found[0].detail.contains("cannot tell"),
        "{}",
        found[0].detail
    );
    let mut pinned_only = well();
    pinned_only.federation.as_mut().unwrap().version = None;
    assert_eq!(codes(&pinned_only), ["federation.notHeld"]);
    let mut doubtful = well();
    let problem = "version 2 of the keys of FI is signed by too few".to_owned();
    doubtful.federation.as_mut().unwrap().problems = vec![problem];
    assert_eq!(codes(&doubtful), ["federation.problem"]);
    let unlisted = Facts {
        unlisted: vec![("mirror", "nqi.example.se/mirror+00000000+B".to_owned())],
        ..well()
    };
    assert_eq!(codes(&unlisted), ["key.notListed"]);
}

#[test]
fn what_ends_is_named_the_soonest_first() {
    let ending = |sort, what: &str, until: &str| Ending {
        sort,
        what: what.to_owned(),
        until: at(until),
    };
    let facts = Facts {
        endings: vec![
            ending(EndingSort::Grant, "A grant", "2026-07-01T00:00:00Z"),
            ending(EndingSort::OwnKey, "The mirror key", "2026-08-01T00:00:00Z"),
            ending(
                EndingSort::OwnKey,
                "A key of the authority",
                "2026-06-02T00:00:00Z",
            ),
            ending(
                EndingSort::BodyKey,
                "A key long gone",
                "2024-01-01T00:00:00Z",
            ),
            ending(
                EndingSort::Registration,
                "A registration that ended",
                "2026-05-20T00:00:00Z",
            ),
        ],
        ..well()
    };
    assert_eq!(
        codes(&facts),
        [
            "key.expires",
            "key.expires",
            "registration.expires",
            "grant.expires"
        ]
    );
    let found = examine(&facts);
    assert!(
        found[0]
            .detail
            .starts_with("A key of the authority ends in 12 hours"),
        "{}",
        found[0].detail
    );
    assert!(
        found[2].detail.contains("ended 12 days ago"),
        "{}",
        found[2].detail
    );
    let many = Facts {
        endings: (0..30)
            .map(|number| {
                ending(
                    EndingSort::Grant,
                    &format!("Grant {number}"),
                    "2026-07-01T00:00:00Z",
                )
            })
            .collect(),
        ..well()
    };
    let codes = codes(&many);
    assert_eq!(codes.len(), MAX_NAMED + 1);
    assert_eq!(codes.last(), Some(&"endings.more"));
}

#[test]
fn logs_without_quorum_silent_and_forked_are_named() {
    let mut facts = well();
    let foreign = &mut facts.logs[1];
    foreign.quorum = Some(false);
    foreign.age_seconds = Some(MAX_PEER_AGE_SECONDS + 1);
    foreign.lag = MAX_INDEX_LAG_ENTRIES + 1;
    assert_eq!(codes(&facts), ["log.noQuorum", "peer.stale", "peer.lags"]);
    facts.logs[1] = LogFacts {
        alarms: vec![("forked".to_owned(), "two roots at 12 entries".to_owned())],
        ..log("nqi.example.fi/log/2026", false)
    };
    assert_eq!(codes(&facts), ["log.forked"]);
    // A log whose mirrors are not needed has no quorum to miss.
    facts.logs[1] = LogFacts {
        quorum: None,
        ..log("nqi.example.fi/log/2026", false)
    };
    assert_eq!(codes(&facts), Vec::<&str>::new());
}

#[test]
fn mirrors_are_given_time_to_co_sign() {
    let mut facts = well();
    facts.logs[0].quorum = Some(false);
    facts.logs[0].age_seconds = Some(MAX_QUORUM_SECONDS);
    assert_eq!(codes(&facts), Vec::<&str>::new());
    facts.logs[0].age_seconds = Some(MAX_QUORUM_SECONDS + 1);
    assert_eq!(codes(&facts), ["log.noQuorum"]);
    facts.logs[0].lines = (0, None);
    let detail = &examine(&facts)[0].detail;
    assert!(detail.contains("nobody is named"), "{detail}");
}

#[test]
fn a_log_of_which_nothing_came_is_named() {
    let mut facts = well();
    facts.logs[0].age_seconds = None;
    facts.logs[1].age_seconds = None;
    assert_eq!(codes(&facts), ["peer.nothing"]);
}

#[test]
fn clocks_that_differ_are_named() {
    let mut facts = well();
    facts.logs[1].age_seconds = Some(-MAX_CLOCK_SECONDS);
    assert_eq!(codes(&facts), Vec::<&str>::new());
    facts.logs[1].age_seconds = Some(-MAX_CLOCK_SECONDS - 1);
    assert_eq!(codes(&facts), ["clock.differs"]);
    facts.logs[1].age_seconds = Some(0);
    facts.head_signed_at = facts.now.plus_seconds(MAX_CLOCK_SECONDS + 1);
    assert_eq!(codes(&facts), ["clock.behind"]);
}

#[test]
fn a_node_that_does_not_work_says_so_first() {
    let facts = Facts {
        read_only: Some("the disk is full".to_owned()),
        head_signed_at: at("2026-06-01T09:00:00Z"),
        indexed: 0,
        size: MAX_INDEX_LAG_ENTRIES + 1,
        unanchored: Some((5, at("2026-06-01T09:00:00Z"))),
        ..well()
    };
    assert_eq!(
        codes(&facts),
        [
            "log.readOnly",
            "log.untended",
            "index.lags",
            "log.unanchored"
        ]
    );
}

#[test]
fn a_folder_is_looked_through() {
    let dir = tempfile::tempdir().unwrap();
    let (found, usable) = folder::look(dir.path());
    assert_eq!((found[0].code, usable), ("config.unreadable", false));
    let config =
        crate::config::Config::new("SE", "nqi.example.se", "Authority", well().now).unwrap();
    let place = dir.path().join("se");
    crate::config::init(&place, &config).unwrap();
    let (found, usable) = folder::look(&place);
    let codes: Vec<_> = found.iter().map(|one| one.code).collect();
    // A machine with little room is told so, and nothing else.
    assert!(
        usable && codes.iter().all(|code| *code == "disk.full"),
        "{found:?}"
    );

    std::fs::write(place.join("policy.toml"), "max_age_hours = 0\n").unwrap();
    std::fs::write(place.join("peers.toml"), "[[peer]]\nurl = 1\n").unwrap();
    std::fs::remove_file(place.join("keys/log.seed")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(place.join("keys/authority.pem"), open).unwrap();
    }
    let (found, usable) = folder::look(&place);
    let codes: Vec<_> = found
        .iter()
        .map(|one| one.code)
        .filter(|code| *code != "disk.full")
        .collect();
    assert!(!usable);
    #[cfg(unix)]
    assert_eq!(
        codes,
        [
            "keys.readable",
            "keys.missing",
            "policy.unreadable",
            "peers.unreadable"
        ]
    );
}
