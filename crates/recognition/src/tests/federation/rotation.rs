//! Keys change hands, are lost, and end: each played through to what is answered.

use comity_model::date::Instant;
use comity_model::federation::DatedKey;
use comity_model::revocation::RevocationReason;

use super::{
    COUNTS, Federal, authority_key, dated, end, log_signer, mirror, multikey, remove, roots,
};
use crate::code::{Code, Outcome};
use crate::known::{Known, Logged};
use crate::tests::world::{Shared, noon};

fn two(economy: &str) -> Vec<String> {
    roots(economy)[..2].to_vec()
}

/// The logged time of a record, as known now.
fn logged(federal: &Federal, record: &Shared) -> Option<Instant> {
    let question = federal.world.ask(record, "SE");
    let trust = federal.trust();
    let evidence = crate::evidence::Evidence {
        candidates: Vec::new(),
        revisions: Vec::new(),
        events: Vec::new(),
        trust: &trust,
        heads: &[],
        taken_down: Vec::new(),
        held_of_issuer: None,
        reports: Vec::new(),
        issued: Vec::new(),
        unread: crate::evidence::Unread::default(),
        no_statement: None,
    };
    let policy = federal.policy();
    let policy = policy.resolve(&trust, question.known_at);
    let known = Known::new(&question, &evidence, &policy);
    match known.logged(record) {
        Logged::At(entry) => Some(entry.time),
        _ => None,
    }
}

#[test]
fn rotation_of_a_log_key() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let before = federal.certify("SE", "SE authority");
    federal.world.on("2018-03-01");
    let mut next = federal.next_keys("SE");
    let turn = federal.world.now;
    next.log_keys[0].until = Some(turn.plus_seconds(-1));
    next.log_keys
        .push(dated(&log_signer("SE", " 2"), turn, None));
    federal.publish_keys("SE", &next, &two("SE"));
    federal.world.on("2018-04-01");
    let after = federal.certify("SE", "SE authority");
    assert_eq!(federal.registration(&before, "SE"), COUNTS);
    assert_eq!(federal.registration(&after, "SE"), COUNTS);
    let view = federal.view();
    let member = view.economy("SE").unwrap();
    let keys: Vec<_> = member.keys_of_log("se.example/log/2018").collect();
    assert_eq!(keys.len(), 2);
    assert!(keys[0].contains(turn.plus_seconds(-1)) && !keys[0].contains(turn));
    assert!(keys[1].contains(turn) && !keys[1].contains(turn.plus_seconds(-1)));
    let policy = federal.policy();
    let resolved = policy.resolve(&federal.trust(), federal.world.now);
    let log = resolved
        .logs()
        .iter()
        .find(|log| log.origin == "se.example/log/2018")
        .unwrap();
    assert_eq!(log.key, *log_signer("SE", " 2").vkey().public_key());
}

#[test]
fn rotation_of_a_mirror_key() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let before = federal.certify("SE", "SE authority");
    federal.world.on("2018-03-01");
    let turn = federal.world.now;
    let mut next = federal.next_keys("JP");
    next.mirror_keys[0].until = Some(turn.plus_seconds(-1));
    next.mirror_keys
        .push(dated(&mirror("JP", " 2"), turn, None));
    federal.publish_keys("JP", &next, &two("JP"));
    federal.world.on("2018-04-01");
    // JP goes on with the old key: its line does not count any more, and two of two are needed.
    let with_old = federal.certify("SE", "SE authority");
    assert_eq!(logged(&federal, &with_old), None);
    federal.mirrors.insert("JP", " 2");
    let with_new = federal.certify("SE", "SE authority");
    assert_eq!(logged(&federal, &with_new), Some(noon("2018-04-01")));
    assert_eq!(federal.registration(&with_new, "SE"), COUNTS);
    // What the old key dated in its time stays dated.
    assert_eq!(logged(&federal, &before), Some(noon("2018-02-01")));
    assert_eq!(federal.registration(&before, "SE"), COUNTS);
    // And a new key dates nothing before its time.
    federal.world.on("2018-02-10");
    let early = federal.certify("SE", "SE authority");
    federal.world.on("2018-05-01");
    assert_eq!(logged(&federal, &early), None);
}

#[test]
fn an_end_that_is_said_later_takes_no_dates_away() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let certificate = federal.certify("SE", "SE authority");
    // JP says in March that its mirror key ended in January, and names none; or leaves it out.
    for left_out in [false, true] {
        let kept = (federal.keys.clone(), federal.world.records.clone());
        federal.world.on("2018-03-01");
        let mut next = federal.next_keys("JP");
        if left_out {
            next.mirror_keys.clear();
        } else {
            next.mirror_keys[0].until = Some(noon("2018-01-02"));
        }
        federal.publish_keys("JP", &next, &two("JP"));
        assert_eq!(
            logged(&federal, &certificate),
            Some(noon("2018-02-01")),
            "{left_out}"
        );
        let later = federal.certify("SE", "SE authority");
        assert_eq!(logged(&federal, &later), None, "{left_out}");
        (federal.keys, federal.world.records) = kept;
    }
}

/// JP says in March that another key had been its mirror's since January: what the old one dated
/// in between stays dated.
#[test]
fn a_key_that_is_named_later_begins_then() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let certificate = federal.certify("SE", "SE authority");
    federal.world.on("2018-03-01");
    let mut next = federal.next_keys("JP");
    next.mirror_keys[0].until = Some(noon("2018-01-02"));
    next.mirror_keys
        .push(dated(&mirror("JP", " 2"), noon("2018-01-03"), None));
    federal.publish_keys("JP", &next, &two("JP"));
    assert_eq!(logged(&federal, &certificate), Some(noon("2018-02-01")));
    federal.world.on("2018-04-01");
    federal.mirrors.insert("JP", " 2");
    let later = federal.certify("SE", "SE authority");
    assert_eq!(logged(&federal, &later), Some(noon("2018-04-01")));
}

#[test]
fn rotation_of_a_status_key() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let turn = federal.world.now;
    let mut next = federal.next_keys("SE");
    next.status_keys[0].until = Some(turn.plus_seconds(-1));
    next.status_keys.push(DatedKey {
        key: multikey("SE status 2"),
        from: turn,
        until: None,
    });
    federal.publish_keys("SE", &next, &two("SE"));
    federal.world.on("2018-04-01");
    let policy = federal.policy();
    let policy = policy.resolve(&federal.trust(), federal.world.now);
    let signs = |name: &str, at: &str| policy.is_status_signer(&multikey(name), noon(at));
    assert!(signs("SE status", "2018-02-01") && !signs("SE status", "2018-03-15"));
    assert!(!signs("SE status 2", "2018-02-01") && signs("SE status 2", "2018-03-15"));
    assert!(!signs("SE authority", "2018-03-15"));
}

#[test]
fn rotation_of_authority_keys() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let before = federal.certify("SE", "SE authority");
    let early = federal.certify("SE", "SE authority 2");
    federal.world.on("2018-03-01");
    let now = federal.world.now;
    let mut next = federal.next_keys("SE");
    end(&mut next, "SE authority", now, RevocationReason::Superseded);
    next.authority_keys
        .push(authority_key("SE authority 2", now));
    federal.publish_keys("SE", &next, &two("SE"));
    federal.world.on("2018-04-01");
    let old = federal.certify("SE", "SE authority");
    let new = federal.certify("SE", "SE authority 2");
    assert_eq!(federal.registration(&before, "SE"), COUNTS);
    assert_eq!(federal.registration(&new, "SE"), COUNTS);
    let revoked = (Outcome::Fail, Code::RegistrationKeyRevoked);
    assert_eq!(federal.registration(&old, "SE"), revoked);
    let never = (Outcome::Fail, Code::RegistrationKeyNotAuthoritys);
    assert_eq!(federal.registration(&early, "SE"), never);
}

/// Everything online is stolen: log, mirror, status and authority keys. The roots name new ones.
#[test]
fn loss_of_all_online_keys_of_one_economy() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let before = federal.certify("SE", "SE authority");
    federal.world.on("2018-03-05");
    let stolen = federal.certify("SE", "SE authority");
    federal.world.on("2018-03-10");
    let now = federal.world.now;
    let mut next = federal.next_keys("SE");
    end(
        &mut next,
        "SE authority",
        noon("2018-03-01"),
        RevocationReason::KeyCompromise,
    );
    next.authority_keys
        .push(authority_key("SE authority 2", now));
    let last = now.plus_seconds(-1);
    next.log_keys[0].until = Some(last);
    next.log_keys
        .push(dated(&log_signer("SE", " 2"), now, None));
    next.mirror_keys[0].until = Some(last);
    next.mirror_keys.push(dated(&mirror("SE", " 2"), now, None));
    next.status_keys[0].until = Some(noon("2018-03-01"));
    federal.mirrors.insert("SE", " 2");
    federal.publish_keys("SE", &next, &two("SE"));
    let recovered = federal.certify("SE", "SE authority 2");
    // What was logged before the theft stands; what came between falls, though it was dated.
    assert_eq!(federal.registration(&before, "SE"), COUNTS);
    let revoked = (Outcome::Fail, Code::RegistrationKeyRevoked);
    assert_eq!(federal.registration(&stolen, "SE"), revoked);
    assert_eq!(federal.registration(&recovered, "SE"), COUNTS);
    // The others' logs go on under the new mirror key.
    let abroad = federal.certify("JP", "JP authority");
    assert_eq!(federal.registration(&abroad, "JP"), COUNTS);
    // Before the roots spoke nobody could know.
    federal.world.on("2018-03-07");
    federal.mirrors.insert("SE", "");
    assert_eq!(federal.registration(&stolen, "SE"), COUNTS);
}

#[test]
fn removal_of_a_member() {
    let mut federal = Federal::new();
    federal.world.on("2018-02-01");
    let before = federal.certify("KZ", "KZ authority");
    federal.world.on("2018-03-01");
    let mut next = federal.next_list();
    remove(&mut next, "KZ");
    federal.publish_list(&next, &["1", "2"]);
    federal.world.on("2018-04-01");
    let after = federal.certify("KZ", "KZ authority");
    let view = federal.view();
    let economies: Vec<_> = view
        .current()
        .map(|member| member.economy.as_str())
        .collect();
    assert_eq!(economies, ["JP", "SE"]);
    assert_eq!(federal.registration(&before, "KZ"), COUNTS);
    let gone = (Outcome::Fail, Code::RegistrationNotMember);
    assert_eq!(federal.registration(&after, "KZ"), gone);
    // Its mirror dates nothing any more: of two mirrors outside of SE one is left.
    let certificate = federal.certify("SE", "SE authority");
    assert_eq!(logged(&federal, &certificate), Some(noon("2018-04-01")));
    // It comes back, and is judged by its periods.
    federal.world.on("2018-05-01");
    let mut back = federal.next_list();
    back.members.push(super::member("KZ"));
    federal.publish_list(&back, &["1", "2"]);
    federal.world.on("2018-06-01");
    let again = federal.certify("KZ", "KZ authority");
    assert_eq!(federal.registration(&again, "KZ"), COUNTS);
    assert_eq!(federal.registration(&after, "KZ"), gone);
}

#[test]
fn an_expired_list_warns_and_after_its_grace_nothing_can_be_told() {
    let mut federal = Federal::new();
    federal.world.on("2018-06-01");
    let certificate = federal.certify("SE", "SE authority");
    // The list is valid until noon of 2019-01-01; the policy gives 30 days.
    for (day, expected) in [
        ("2018-12-31", COUNTS),
        ("2019-01-01", COUNTS),
        (
            "2019-01-02",
            (Outcome::Warn, Code::RegistrationFederationExpired),
        ),
        (
            "2019-01-31",
            (Outcome::Warn, Code::RegistrationFederationExpired),
        ),
        (
            "2019-02-01",
            (Outcome::Unknown, Code::RegistrationFederationExpired),
        ),
    ] {
        federal.world.on(day);
        assert_eq!(federal.registration(&certificate, "SE"), expected, "{day}");
    }
    federal.world.on("2019-01-11");
    let verdict = federal.ask(&certificate, "SE");
    let step = verdict.step(crate::code::StepName::Registration).unwrap();
    assert_eq!(step.facts["expiredDays"], "10");
    // Nothing new is accepted: keys that are logged now do not count, the existing ones go on.
    let mut next = federal.next_keys("SE");
    next.authority_keys
        .push(authority_key("SE authority 2", federal.world.now));
    federal.publish_keys("SE", &next, &two("SE"));
    let new = federal.certify("SE", "SE authority 2");
    let old = federal.certify("SE", "SE authority");
    let never = (Outcome::Fail, Code::RegistrationKeyNotAuthoritys);
    assert_eq!(federal.registration(&new, "SE"), never);
    let warned = (Outcome::Warn, Code::RegistrationFederationExpired);
    assert_eq!(federal.registration(&old, "SE"), warned);
    // A new list mends it.
    let mut renewed = federal.next_list();
    renewed.valid_until = noon("2020-01-01");
    federal.publish_list(&renewed, &["1", "2"]);
    assert_eq!(federal.registration(&new, "SE"), COUNTS);
}

#[test]
fn keys_that_no_log_holds_sign_nothing() {
    let mut federal = Federal::new();
    // Held, as from a file, and logged nowhere.
    let of_se = federal.keys["SE"].1.clone();
    for record in &mut federal.world.records {
        if record.document_multibase == of_se {
            let mut copy = (**record).clone();
            copy.locations.clear();
            *record = copy.into();
        }
    }
    federal.world.on("2018-02-01");
    let certificate = federal.certify("SE", "SE authority");
    let unlogged = (Outcome::Unknown, Code::RegistrationMemberKeysNotLogged);
    assert_eq!(federal.registration(&certificate, "SE"), unlogged);
    // They date logs all the same.
    assert_eq!(logged(&federal, &certificate), Some(noon("2018-02-01")));
}

/// An end that is clamped to its logged time, in another log than what the key signed: which came
/// first cannot be told by times (format.md 3.6).
#[test]
fn an_end_in_another_log_is_unordered_unless_a_date_before_it_covers_the_record() {
    for (log, certified, expected) in [
        ("JP", "2018-02-20", COUNTS),
        (
            "JP",
            "2018-03-01",
            (Outcome::Unknown, Code::RegistrationRevocationUnordered),
        ),
        (
            "JP",
            "2018-03-20",
            (Outcome::Unknown, Code::RegistrationRevocationUnordered),
        ),
        ("SE", "2018-02-20", COUNTS),
        (
            "SE",
            "2018-03-20",
            (Outcome::Fail, Code::RegistrationKeyRevoked),
        ),
    ] {
        let mut federal = Federal::new();
        federal.world.on("2018-03-01");
        let mut next = federal.next_keys("SE");
        end(
            &mut next,
            "SE authority",
            noon("2018-01-15"),
            RevocationReason::Ceased,
        );
        federal.publish_keys("SE", &next, &two("SE"));
        federal.world.on(certified);
        let certificate = federal.certify_in(log, "SE", "SE authority");
        federal.world.on("2018-04-01");
        assert_eq!(
            federal.registration(&certificate, "SE"),
            expected,
            "{log} {certified}"
        );
    }
}

/// Entries of one log are ordered by index: what stands before the end was signed before it,
/// though one checkpoint dates both.
#[test]
fn an_end_under_the_same_checkpoint_reaches_only_what_stands_after_it() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let before = federal.certify("SE", "SE authority");
    let mut next = federal.next_keys("SE");
    end(
        &mut next,
        "SE authority",
        noon("2018-02-01"),
        RevocationReason::Superseded,
    );
    federal.publish_keys("SE", &next, &two("SE"));
    let after = federal.certify("SE", "SE authority");
    assert_eq!(federal.registration(&before, "SE"), COUNTS);
    let revoked = (Outcome::Fail, Code::RegistrationKeyRevoked);
    assert_eq!(federal.registration(&after, "SE"), revoked);
}
