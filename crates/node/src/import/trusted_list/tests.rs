//! Small lists made by hand: what real ones do, and what they might.

use comity_model::record::{Record, Subject};
use comity_model::status::{Action, SourceSignature, StatedState, StatusEvent};
use comity_signature::canonical::to_canonical;
use comity_signature::digest::{sha256, to_multibase};

use super::{
    ListError, ListPlan, MAX_DEPTH, Texts, TrustedList, days_overdue, plan, read, seen_on,
    system_of, transcribe,
};
use crate::import::known::Known;
use crate::import::{Source, Standing};

mod odd;
mod pointing;

const SIGNER: &str = "did:web:nqi.norda.example";
const WORDS: &str = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus";

/// A list of XS with a number, a day of issue in July 2019, and services.
fn list(number: u32, day: u32, services: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" TSLTag="http://uri.etsi.org/19612/TSLTag">
<SchemeInformation>
<TSLVersionIdentifier>5</TSLVersionIdentifier>
<TSLSequenceNumber>{number}</TSLSequenceNumber>
<SchemeOperatorName><Name xml:lang="sv">Made-up tillsyn</Name><Name xml:lang="en">Made-up supervision</Name></SchemeOperatorName>
<SchemeTerritory>XS</SchemeTerritory>
<ListIssueDateTime>2019-07-{day:02}T01:00:00Z</ListIssueDateTime>
<NextUpdate><dateTime>2020-01-15T00:00:00Z</dateTime></NextUpdate>
</SchemeInformation>
<TrustServiceProviderList><TrustServiceProvider>
<TSPInformation>
<TSPName><Name xml:lang="en">Suda Trust</Name><Name xml:lang="fi">Suda Luottamus</Name></TSPName>
<TSPTradeName><Name xml:lang="en">VATXS-1</Name></TSPTradeName>
<TSPAddress><PostalAddresses><PostalAddress xml:lang="en"><StreetAddress>Road 1</StreetAddress><Locality>Suda</Locality><CountryName>XS</CountryName></PostalAddress></PostalAddresses></TSPAddress>
</TSPInformation>
<TSPServices>{services}</TSPServices>
</TrustServiceProvider></TrustServiceProviderList>
</TrustServiceStatusList>"#
    )
}

/// A service with a key identifier and statements, the newest first.
fn service(name: &str, key: &str, statements: &[(&str, &str)]) -> String {
    let instance = |(word, since): &(&str, &str)| {
        format!(
            r#"<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">{name}</Name></ServiceName>
<ServiceDigitalIdentity><DigitalId><X509SKI>{key}</X509SKI></DigitalId></ServiceDigitalIdentity>
<ServiceStatus>{WORDS}/{word}</ServiceStatus>
<StatusStartingTime>{since}</StatusStartingTime>"#
        )
    };
    let (now, history) = statements.split_first().unwrap();
    let history: Vec<String> = history
        .iter()
        .map(|one| {
            format!(
                "<ServiceHistoryInstance>{}</ServiceHistoryInstance>",
                instance(one)
            )
        })
        .collect();
    let history = history.concat();
    format!(
        "<TSPService><ServiceInformation>{}</ServiceInformation><ServiceHistory>{history}</ServiceHistory></TSPService>",
        instance(now)
    )
}

fn parsed(text: &str) -> TrustedList {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn source(list: &TrustedList) -> Source {
    Source {
        signer: SIGNER.to_owned(),
        signer_name: "Authority of Norda".to_owned(),
        authority: SIGNER.to_owned(),
        fetched_on: seen_on(list, "2026-03-01".parse().unwrap()),
    }
}

fn digest(record: &Record) -> String {
    to_multibase(sha256(&to_canonical(&record.to_value()).unwrap()))
}

/// What a node would hold after each of several imports.
struct World {
    known: Known,
}

impl World {
    fn new() -> Self {
        Self {
            known: Known::new(SIGNER, "trusted-list-xs"),
        }
    }

    fn import(&mut self, text: &str) -> ListPlan {
        let list = parsed(text);
        let made = plan(&list, &source(&list), &self.known, &digest).unwrap();
        let all = made.plan.new.iter().chain(&made.plan.revisions);
        for record in all.chain(&made.plan.events) {
            assert_eq!(record.validate(), [], "{}", record.name);
            self.known.add(record, &digest(record));
        }
        made
    }

    fn standing(&self, source_id: &str) -> Standing {
        self.known.rows().get(source_id).unwrap().standing
    }

    fn only_id(&self) -> String {
        let ids: Vec<&String> = self.known.rows().keys().collect();
        assert_eq!(ids.len(), 1, "{ids:?}");
        (*ids.first().unwrap()).clone()
    }
}

fn events(made: &ListPlan) -> Vec<&StatusEvent> {
    let events = made.plan.events.iter();
    let events = events.map(|record| match &record.subject {
        Subject::StatusEvent(event) => &**event,
        _ => panic!("{} is no event", record.name),
    });
    events.collect()
}

/// The days on which something ends or returns.
fn acts(made: &ListPlan) -> Vec<(Action, String)> {
    let events = events(made).into_iter();
    let acts = events.filter(|event| event.action != Action::Observed);
    acts.map(|event| (event.action, event.effective_from.to_string()))
        .collect()
}

#[test]
fn a_service_is_a_grant_with_the_words_of_the_list() {
    let text = list(
        7,
        15,
        &service(
            "Qualified CA",
            "SGy22fwuiO0=",
            &[
                ("granted", "2016-06-30T22:00:00Z"),
                ("accredited", "2009-09-14T22:00:00Z"),
                ("undersupervision", "2008-08-25T22:00:00Z"),
            ],
        ),
    );
    let mut world = World::new();
    let made = world.import(&text);
    let [record] = made.plan.new.as_slice() else {
        panic!("{:?}", made.plan.new)
    };
    let Subject::CompetenceGrant(grant) = &record.subject else {
        panic!("{record:?}")
    };
    assert_eq!(record.name, "Suda Trust: Qualified CA");
    assert_eq!(grant.grantor.name, "Made-up supervision");
    assert_eq!(
        grant.grantor.names.in_language("sv"),
        Some("Made-up tillsyn")
    );
    assert_eq!(
        grant.grantee.names.in_language("fi"),
        Some("Suda Luottamus")
    );
    assert_eq!(grant.period.from.to_string(), "2008-08-25");
    assert_eq!(grant.number, "486cb6d9fc2e88ed");
    let identifiers: Vec<(&str, &str)> = grant
        .grantee
        .identifiers
        .iter()
        .map(|one| (one.scheme.as_str(), one.value.as_str()))
        .collect();
    assert_eq!(
        identifiers,
        [("vat", "VATXS-1"), ("x509-ski", "486cb6d9fc2e88ed")]
    );
    let [item] = grant.scope.as_slice() else {
        panic!("{:?}", grant.scope)
    };
    assert_eq!(item.sectors, ["http://uri.etsi.org/TrstSvc/Svctype/CA/QC"]);
    assert_eq!(acts(&made), []);
    the_words_of_the_list_are_kept(&made, &text);
}

fn the_words_of_the_list_are_kept(made: &ListPlan, text: &str) {
    let [stated] = events(made)[..] else {
        panic!("{:?}", made.plan.events)
    };
    let observed = stated.observed.as_ref().unwrap();
    let document = observed.document.as_ref().unwrap();
    assert_eq!(observed.system, "trusted-list-xs");
    assert_eq!(document.series_number, Some(7));
    assert_eq!(
        document.digest_multibase,
        to_multibase(sha256(text.as_bytes()))
    );
    assert_eq!(document.signature, SourceSignature::Absent);
    // Nobody stands by a list after its NextUpdate.
    assert_eq!(observed.fetched_on.to_string(), "2020-01-15");
    let said: Vec<(String, String)> = observed
        .statements
        .iter()
        .map(|one| (one.since.to_string(), one.source_status.clone()))
        .collect();
    let expected = |since: &str, word: &str| (since.to_owned(), format!("{WORDS}/{word}"));
    assert_eq!(
        said,
        [
            expected("2016-06-30T22:00:00Z", "granted"),
            expected("2009-09-14T22:00:00Z", "accredited"),
            expected("2008-08-25T22:00:00Z", "undersupervision"),
        ]
    );
}

#[test]
fn ends_that_are_lifted_suspend_and_the_last_one_withdraws() {
    let mut world = World::new();
    let made = world.import(&list(
        1,
        1,
        &service(
            "CA",
            "AAAAAAAAAAA=",
            &[
                ("withdrawn", "2016-06-30T22:00:00Z"),
                ("supervisionceased", "2016-06-30T00:00:00Z"),
                ("supervisionincessation", "2012-12-31T23:00:02Z"),
                ("undersupervision", "2012-12-31T23:00:01Z"),
                ("accreditationrevoked", "2012-12-31T23:00:00Z"),
                ("accredited", "2009-09-14T22:00:00Z"),
            ],
        ),
    ));
    let act = |action: Action, day: &str| (action, day.to_owned());
    assert_eq!(
        acts(&made),
        [
            act(Action::Suspend, "2012-12-31"),
            act(Action::Reinstate, "2012-12-31"),
            act(Action::Withdraw, "2016-06-30"),
        ]
    );
    assert_eq!(world.standing(&world.only_id()), Standing::Withdrawn);
}

#[test]
fn the_same_list_adds_nothing_and_a_newer_one_only_the_difference() {
    let granted = ("granted", "2016-06-30T22:00:00Z");
    let two = |first: &[(&str, &str)]| {
        service("One", "AAAAAAAAAAA=", first) + &service("Two", "AAAAAAAAAAE=", &[granted])
    };
    let mut world = World::new();
    let first = list(1, 1, &two(&[granted]));
    assert_eq!(world.import(&first).plan.new.len(), 2);
    let again = world.import(&first);
    assert!(again.plan.is_empty(), "{:?}", again.plan);
    assert_eq!(again.plan.unchanged, 2);
    // A newer list that says the same: seen, in one event.
    let same = world.import(&list(2, 2, &two(&[granted])));
    assert!(same.plan.new.is_empty() && same.plan.revisions.is_empty());
    let [seen] = events(&same)[..] else {
        panic!("{:?}", same.plan.events)
    };
    assert_eq!((seen.action, seen.subjects.len()), (Action::Observed, 2));
    assert!(seen.observed.as_ref().unwrap().statements.is_empty());
    // A newer one that withdraws one of them.
    let third = list(
        3,
        3,
        &two(&[("withdrawn", "2019-07-02T23:30:00Z"), granted]),
    );
    let changed = world.import(&third);
    assert!(changed.plan.new.is_empty() && changed.plan.revisions.is_empty());
    assert_eq!(
        acts(&changed),
        [(Action::Withdraw, "2019-07-02".to_owned())]
    );
    assert!(changed.rewritten.is_empty());
    assert!(world.import(&third).plan.is_empty());
    // The older one would undo it.
    let old = parsed(&first);
    let refused = plan(&old, &source(&old), &world.known, &digest).unwrap_err();
    assert!(matches!(refused, ListError::Older { .. }), "{refused}");
}

#[test]
fn what_is_granted_again_is_another_grant() {
    let statements = [
        ("granted", "2019-07-03T10:00:00Z"),
        ("withdrawn", "2018-01-01T00:00:00Z"),
        ("granted", "2016-06-30T22:00:00Z"),
    ];
    let mut world = World::new();
    world.import(&list(
        1,
        1,
        &service("CA", "AAAAAAAAAAA=", &statements[1..]),
    ));
    let id = world.only_id();
    assert_eq!(world.standing(&id), Standing::Withdrawn);
    let text = list(2, 4, &service("CA", "AAAAAAAAAAA=", &statements));
    let made = world.import(&text);
    let [record] = made.plan.new.as_slice() else {
        panic!("{:?}", made.plan.new)
    };
    assert_eq!(record.comity.replaces, None);
    assert_eq!(record.valid_from.to_string(), "2019-07-03T00:00:00Z");
    assert_eq!(world.standing(&id), Standing::Withdrawn);
    assert_eq!(world.standing(&format!("{id}#2")), Standing::Active);
    // It brings the whole history along.
    let stated = events(&made).last().unwrap().observed.clone().unwrap();
    assert_eq!(stated.statements.len(), 3);
    assert!(world.import(&text).plan.is_empty());
}

#[test]
fn a_past_that_is_rewritten_is_told_as_it_is_told_now() {
    let mut world = World::new();
    let granted = ("granted", "2016-06-30T22:00:00Z");
    let before = [granted, ("accredited", "2010-01-01T00:00:00Z")];
    world.import(&list(1, 1, &service("CA", "AAAAAAAAAAA=", &before)));
    let after = [granted, ("accredited", "2011-01-01T00:00:00Z")];
    let made = world.import(&list(2, 2, &service("CA", "AAAAAAAAAAA=", &after)));
    assert_eq!(made.rewritten, [world.only_id()]);
    assert_eq!(made.plan.revisions.len(), 1, "its first day is another one");
    let stated = events(&made).last().unwrap().observed.clone().unwrap();
    let first = stated.statements.last().unwrap();
    assert_eq!(first.since.to_string(), "2011-01-01T00:00:00Z");
}

#[test]
fn missing_services_are_marked_unless_something_could_not_be_read() {
    let granted = [("granted", "2016-06-30T22:00:00Z")];
    let one = service("One", "AAAAAAAAAAA=", &granted);
    let two = service("Two", "AAAAAAAAAAE=", &granted);
    let mut world = World::new();
    world.import(&list(1, 1, &format!("{one}{two}")));
    let broken = two.replace("2016-06-30T22:00:00Z", "soon");
    let unread = world.import(&list(2, 2, &format!("{one}{broken}")));
    assert!(unread.unmarked && acts(&unread).is_empty());
    let made = world.import(&list(3, 3, &one));
    let expected = "between 2019-07-01 and 2019-07-03".to_owned();
    assert_eq!(acts(&made), [(Action::Suspend, expected)]);
    assert_eq!(made.plan.vanished.len(), 1);
    // Nothing more to say the next time.
    assert!(acts(&world.import(&list(4, 4, &one))).is_empty());
    let back = world.import(&list(5, 5, &format!("{one}{two}")));
    assert_eq!(acts(&back), [(Action::Reinstate, "2019-07-05".to_owned())]);
    assert!(back.plan.new.is_empty());
}
