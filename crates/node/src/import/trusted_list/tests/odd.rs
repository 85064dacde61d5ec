//! Odd lists: what is left out of them, and what is read all the same.

use super::*;

const GRANTED: [(&str, &str); 1] = [("granted", "2016-06-30T22:00:00Z")];

/// The statements of the only service.
fn statements(text: &str) -> Vec<(String, StatedState)> {
    let list = parsed(text);
    assert_eq!(list.faults, []);
    let service = list.providers.first().unwrap().services.first().unwrap();
    let statements = service.statements.iter();
    statements
        .map(|one| (one.since.to_string(), one.state))
        .collect()
}

#[test]
fn one_bad_service_is_reported_and_the_rest_goes_in() {
    let good = service("Good", "AAAAAAAAAAA=", &GRANTED);
    let bad = service("Bad", "AAAAAAAAAAE=", &GRANTED);
    for (from, to, element) in [
        (
            "2016-06-30T22:00:00Z",
            "2016-06-31T22:00:00Z",
            "StatusStartingTime",
        ),
        ("2016-06-30T22:00:00Z", "", "StatusStartingTime"),
        ("ServiceStatus>", "Status>", "ServiceStatus"),
        ("ServiceTypeIdentifier>", "Type>", "ServiceTypeIdentifier"),
        ("ServiceInformation>", "Information>", "ServiceInformation"),
        ("AAAAAAAAAAE=", "not in base64!", "X509SKI"),
    ] {
        let list = parsed(&super::list(
            1,
            1,
            &format!("{good}{}", bad.replace(from, to)),
        ));
        let [fault] = list.faults.as_slice() else {
            panic!("{from}: {:?}", list.faults)
        };
        assert_eq!(fault.column, element);
        assert!(fault.line > 1, "{fault}");
        assert_eq!(list.providers.first().unwrap().services.len(), 1);
    }
}

#[test]
fn a_history_that_cannot_be_read_is_not_shortened() {
    let history = [("granted", "2016-06-30T22:00:00Z"), ("accredited", "then")];
    let list = parsed(&list(1, 1, &service("CA", "AAAAAAAAAAA=", &history)));
    assert_eq!(list.faults.len(), 1);
    assert!(list.providers.first().unwrap().services.is_empty());
}

#[test]
fn histories_out_of_order_repeated_and_of_one_second() {
    use StatedState::{Active, Unknown, Withdrawn};
    let text = list(
        1,
        1,
        &service(
            "CA",
            "AAAAAAAAAAA=",
            &[
                ("withdrawn", "2016-06-30T22:00:00Z"),
                ("accredited", "2009-01-01T00:00:00Z"),
                ("granted", "2016-06-30T22:00:00Z"),
                ("setaside", "2012-01-01T01:00:00.75+01:00"),
                ("accredited", "2009-01-01T00:00:00Z"),
            ],
        ),
    );
    let at = |since: &str, state: StatedState| (since.to_owned(), state);
    // Of one second the one that the list puts first is the newer one.
    assert_eq!(
        statements(&text),
        [
            at("2016-06-30T22:00:00Z", Withdrawn),
            at("2016-06-30T22:00:00Z", Active),
            at("2012-01-01T00:00:00Z", Unknown),
            at("2009-01-01T00:00:00Z", Active),
        ]
    );
    // What the unknown word means leaves the days in doubt until the next one.
    let made = World::new().import(&text);
    let act = |action: Action, day: &str| (action, day.to_owned());
    assert_eq!(
        acts(&made),
        [
            act(Action::Suspend, "between 2012-01-01 and 2016-06-30"),
            act(Action::Reinstate, "2016-06-30"),
            act(Action::Withdraw, "2016-06-30"),
        ]
    );
}

#[test]
fn times_as_schemas_allow_them() {
    for (text, expected) in [
        ("2016-06-30T24:00:00Z", "2016-07-01T00:00:00Z"),
        ("2016-06-30T22:00:00", "2016-06-30T22:00:00Z"),
        (" 2016-07-01T00:00:00+02:00\n", "2016-06-30T22:00:00Z"),
        ("2016-06-30T22:00:00.000Z", "2016-06-30T22:00:00Z"),
    ] {
        let text = list(1, 1, &service("CA", "AAAAAAAAAAA=", &[("granted", text)]));
        assert_eq!(
            statements(&text),
            [(expected.to_owned(), StatedState::Active)]
        );
    }
}

#[test]
fn services_of_one_key_are_told_apart_whatever_their_order() {
    let one = service("For signatures", "AAAAAAAAAAA=", &GRANTED);
    let two = service(
        "For seals",
        "AAAAAAAAAAA=",
        &[("withdrawn", "2017-01-01T00:00:00Z")],
    );
    let mut world = World::new();
    let made = world.import(&list(1, 1, &format!("{one}{two}")));
    assert_eq!(made.plan.new.len(), 2);
    let turned = world.import(&list(2, 2, &format!("{two}{one}")));
    assert!(
        turned.plan.new.is_empty() && acts(&turned).is_empty(),
        "{turned:?}"
    );
    assert_eq!(turned.plan.unchanged, 2);
    // Two that nothing tells apart are two all the same.
    let made = World::new().import(&list(1, 1, &format!("{one}{one}")));
    let ids: std::collections::BTreeSet<_> = made.plan.new.iter().map(|one| &one.id).collect();
    assert_eq!(ids.len(), 2);
}

#[test]
fn a_service_keeps_its_identifier_when_another_comes_under_its_key() {
    let one = service("For signatures", "AAAAAAAAAAA=", &GRANTED);
    let two = service("For seals", "AAAAAAAAAAA=", &GRANTED);
    let mut world = World::new();
    world.import(&list(1, 1, &one));
    let id = world.only_id();
    let made = world.import(&list(2, 2, &format!("{two}{one}")));
    assert_eq!(made.plan.new.len(), 1);
    assert!(made.plan.vanished.is_empty() && made.plan.revisions.is_empty());
    let held = world.known.rows().get(&id).unwrap();
    assert_eq!(held.name, "Suda Trust: For signatures");
}

#[test]
fn a_name_that_changes_is_a_revision() {
    let mut world = World::new();
    world.import(&list(1, 1, &service("CA", "AAAAAAAAAAA=", &GRANTED)));
    let made = world.import(&list(2, 2, &service("CA one", "AAAAAAAAAAA=", &GRANTED)));
    let [record] = made.plan.revisions.as_slice() else {
        panic!("{made:?}")
    };
    assert!(record.comity.replaces.is_some() && made.plan.new.is_empty());
    // And back again: not the identifier of the first.
    let made = world.import(&list(3, 3, &service("CA", "AAAAAAAAAAA=", &GRANTED)));
    assert_eq!(made.plan.revisions.len(), 1);
}

#[test]
fn what_may_be_left_out_may_be_missing() {
    let bare = r#"<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><SchemeInformation>
<SchemeTerritory>el</SchemeTerritory><ListIssueDateTime>2019-07-01T00:00:00Z</ListIssueDateTime></SchemeInformation>
<TrustServiceProviderList><TrustServiceProvider><TSPServices><TSPService><ServiceInformation>
<ServiceTypeIdentifier>urn:x</ServiceTypeIdentifier><ServiceStatus>granted</ServiceStatus>
<StatusStartingTime>2019-01-01T00:00:00Z</StatusStartingTime></ServiceInformation></TSPService></TSPServices>
</TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"#;
    let list = parsed(bare);
    assert_eq!(
        (list.territory.as_str(), list.economy.as_str()),
        ("EL", "GR")
    );
    assert_eq!(system_of(&list), "trusted-list-el");
    assert_eq!(list.warnings.len(), 1, "a version that is not known");
    assert_eq!(days_overdue(&list, "2026-01-01".parse().unwrap()), None);
    let known = Known::new(SIGNER, "trusted-list-el");
    let made = plan(&list, &source(&list), &known, &digest).unwrap();
    for record in made.plan.new.iter().chain(&made.plan.events) {
        assert_eq!(record.validate(), []);
    }
    assert_eq!(made.plan.new.len(), 1);
}

#[test]
fn what_is_no_list_is_refused_with_the_reason() {
    let good = list(1, 1, "");
    assert_eq!(parsed(&good).faults, []);
    let refusal = |text: &[u8]| read(text).map(|_| ()).unwrap_err();
    assert_eq!(refusal(b"\xFD7zXZ\0"), ListError::Packed("xz"));
    assert!(refusal(b"\xFD7zXZ\0").to_string().contains("xz -d"));
    assert_eq!(refusal(b"\x1F\x8B\x08"), ListError::Packed("gzip"));
    assert!(matches!(refusal(b"<a>"), ListError::Xml(_)));
    assert!(matches!(refusal(b"\xFF\xFE<\0"), ListError::NoList(_)));
    assert!(matches!(refusal(b"<a/>"), ListError::NoList(_)));
    let entities = good.replace(
        "<TrustServiceStatusList",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><TrustServiceStatusList",
    );
    assert!(matches!(refusal(entities.as_bytes()), ListError::Xml(_)));
    for member in ["SchemeTerritory", "ListIssueDateTime", "SchemeInformation"] {
        let text = good.replace(member, "Other");
        assert!(
            matches!(refusal(text.as_bytes()), ListError::NoList(_)),
            "{member}"
        );
    }
    let other = good.replace("02231/v2#", "02231/v3#");
    assert!(matches!(refusal(other.as_bytes()), ListError::NoList(_)));
    let long = vec![b' '; super::super::MAX_LIST_BYTES + 1];
    assert!(matches!(refusal(&long), ListError::Limit("bytes", _)));
}

#[test]
fn levels_of_elements_have_a_limit() {
    let nested = |levels: usize| {
        let inner = "<x>".repeat(levels) + &"</x>".repeat(levels);
        list(1, 1, &service("CA", "AAAAAAAAAAA=", &GRANTED))
            .replace("<TSPTradeName>", &format!("{inner}<TSPTradeName>"))
    };
    // TSPInformation is the fourth level of elements.
    let most = MAX_DEPTH - 4;
    assert!(read(nested(most).as_bytes()).is_ok());
    let deep = read(nested(most + 1).as_bytes()).map(|_| ()).unwrap_err();
    assert!(
        matches!(deep, ListError::Limit("levels of elements", _)),
        "{deep}"
    );
    let deepest = read(nested(200_000).as_bytes()).map(|_| ()).unwrap_err();
    assert!(matches!(deepest, ListError::Limit(..)), "{deepest}");
}
