//! When a key counts: every order of the instants at which it was authorised, used, ended, and
//! from which the end is to hold. The answers are worked out by hand from format.md 2.3, 2.10 and
//! 2.11.
//!
//! An order is four letters, earliest first: A the authorisation is logged, R the record is
//! logged, V the end (a revocation, or a next version of the keys) is logged, E the instant that
//! the end names. Each answer stands twice: for an ordinary end, and for a compromised key.

use comity_model::date::Instant;
use comity_model::revocation::RevocationReason;

use super::federation::{Federal, authority_key, end, roots};
use super::world::{Body, Shared, World, authority, noon};
use crate::code::{Code, Outcome, StepName};

/// It counts.
const YES: &str = "counts";
/// Nothing authorised the key by then.
const EARLY: &str = "too early";
/// The key had ended.
const ENDED: &str = "ended";

/// For bodies: the authorisation is a Registration, the end a `KeyRevocation`.
///
/// Too early wherever R is before A. Else an ordinary end holds from the later of V and E, and
/// one for compromise from E.
const OF_BODIES: [(&str, &str, &str); 24] = [
    ("ARVE", YES, YES),
    ("AREV", YES, YES),
    ("AVRE", YES, YES),
    ("AVER", ENDED, ENDED),
    ("AERV", YES, ENDED),
    ("AEVR", ENDED, ENDED),
    ("RAVE", EARLY, EARLY),
    ("RAEV", EARLY, EARLY),
    ("RVAE", EARLY, EARLY),
    ("RVEA", EARLY, EARLY),
    ("REAV", EARLY, EARLY),
    ("REVA", EARLY, EARLY),
    ("VARE", YES, YES),
    ("VAER", ENDED, ENDED),
    ("VRAE", EARLY, EARLY),
    ("VREA", EARLY, EARLY),
    ("VEAR", ENDED, ENDED),
    ("VERA", EARLY, EARLY),
    ("EARV", YES, ENDED),
    ("EAVR", ENDED, ENDED),
    ("ERAV", EARLY, EARLY),
    ("ERVA", EARLY, EARLY),
    ("EVAR", ENDED, ENDED),
    ("EVRA", EARLY, EARLY),
];

/// For authorities of a federation: the authorisation is a version of its keys, the end the next
/// version, which names the key until E.
///
/// The highest version logged by R counts: before A and V none, which cannot be told; after A and
/// before V the first, which lists the key; after V the second, which lists it until E. For
/// compromise what is after E falls in any case.
const OF_AUTHORITIES: [(&str, &str, &str); 24] = [
    ("ARVE", YES, YES),
    ("AREV", YES, YES),
    ("AVRE", YES, YES),
    ("AVER", ENDED, ENDED),
    ("AERV", YES, ENDED),
    ("AEVR", ENDED, ENDED),
    ("RAVE", EARLY, EARLY),
    ("RAEV", EARLY, EARLY),
    ("RVAE", EARLY, EARLY),
    ("RVEA", EARLY, EARLY),
    ("REAV", EARLY, EARLY),
    ("REVA", EARLY, EARLY),
    ("VARE", YES, YES),
    ("VAER", ENDED, ENDED),
    ("VRAE", YES, YES),
    ("VREA", YES, YES),
    ("VEAR", ENDED, ENDED),
    ("VERA", ENDED, ENDED),
    ("EARV", YES, ENDED),
    ("EAVR", ENDED, ENDED),
    ("ERAV", EARLY, ENDED),
    ("ERVA", EARLY, ENDED),
    ("EVAR", ENDED, ENDED),
    ("EVRA", ENDED, ENDED),
];

/// The instant of a letter of an order: ten days apart.
fn instant(order: &str, letter: char) -> Instant {
    let place = order.find(letter).unwrap();
    noon("2018-02-01").plus_seconds(i64::try_from(place).unwrap() * 10 * 86_400)
}

fn reason(compromised: bool) -> RevocationReason {
    if compromised {
        RevocationReason::KeyCompromise
    } else {
        RevocationReason::Ceased
    }
}

fn word(outcome: Outcome, code: Code) -> &'static str {
    match (outcome, code) {
        (Outcome::Pass | Outcome::Warn, _) => YES,
        (_, Code::RegistrationNotYetLogged | Code::RegistrationMemberKeysNotLogged) => EARLY,
        (Outcome::Fail, Code::RegistrationKeyRevoked | Code::RegistrationKeyNotAuthoritys) => ENDED,
        (outcome, code) => panic!("{outcome:?} {}", code.as_str()),
    }
}

/// Publishes by `publish` what the letters A, R and V stand for, in the order of the log.
fn play(order: &str, mut publish: impl FnMut(char, Instant)) {
    for letter in order.chars().filter(|letter| *letter != 'E') {
        publish(letter, instant(order, letter));
    }
}

fn of_a_body(order: &str, compromised: bool) -> &'static str {
    let mut world = World::new();
    let parent = authority("SE");
    let body = Body {
        did: "did:web:lab.example".to_owned(),
        ..parent.with_key("lab")
    };
    let mut record: Option<Shared> = None;
    play(order, |letter, at| {
        world.now = at;
        match letter {
            'A' => drop(world.register(&parent, &body, 1)),
            'R' => record = Some(world.attest(&body, |_| {})),
            _ => drop(world.revoke_from(&parent, &body, reason(compromised), instant(order, 'E'))),
        }
    });
    // The registration begins with the world, whenever it is logged.
    world.now = noon("2018-06-01");
    let verdict = world.answer(&world.ask(&record.unwrap(), "SE"));
    let step = verdict.step(StepName::Registration).unwrap();
    word(step.outcome, step.code)
}

fn of_an_authority(order: &str, compromised: bool) -> &'static str {
    let mut federal = Federal::founded();
    for economy in ["JP", "KZ"] {
        let keys = federal.first_keys(economy);
        federal.publish_keys(economy, &keys, &roots(economy)[..2]);
    }
    // What is stated does not change with the order in which it is logged: version 2 names
    // version 1 by its digest. Both are in effect from the beginning.
    let mut first = federal.first_keys("SE");
    first
        .authority_keys
        .push(authority_key("SE other", first.effective_from));
    let by = roots("SE")[..2].to_vec();
    let (first, second) = federal.two_versions("SE", &first, &by, |next| {
        end(
            next,
            "SE authority",
            instant(order, 'E'),
            reason(compromised),
        );
    });
    let mut record: Option<Shared> = None;
    play(order, |letter, at| {
        federal.world.now = at;
        match letter {
            'A' => federal.place("SE", &first),
            'R' => record = Some(federal.certify("SE", "SE authority")),
            _ => federal.place("SE", &second),
        }
    });
    federal.world.now = noon("2018-06-01");
    let (outcome, code) = federal.registration(&record.unwrap(), "SE");
    word(outcome, code)
}

#[test]
fn a_body_key_counts_in_every_order_as_worked_out_by_hand() {
    for (order, ordinary, compromised) in OF_BODIES {
        assert_eq!(of_a_body(order, false), ordinary, "{order}, ordinary");
        assert_eq!(of_a_body(order, true), compromised, "{order}, compromised");
    }
}

#[test]
fn an_authority_key_counts_in_every_order_as_worked_out_by_hand() {
    for (order, ordinary, compromised) in OF_AUTHORITIES {
        assert_eq!(of_an_authority(order, false), ordinary, "{order}, ordinary");
        assert_eq!(
            of_an_authority(order, true),
            compromised,
            "{order}, compromised"
        );
    }
}

#[test]
fn the_tables_hold_every_order_once() {
    for table in [OF_BODIES, OF_AUTHORITIES] {
        let mut orders: Vec<&str> = table.iter().map(|(order, _, _)| *order).collect();
        orders.sort_unstable();
        orders.dedup();
        assert_eq!(orders.len(), 24);
        for order in orders {
            let mut letters: Vec<char> = order.chars().collect();
            letters.sort_unstable();
            assert_eq!(letters, ['A', 'E', 'R', 'V']);
        }
    }
}

/// At the very instant: an ordinary end holds from it on (entries of one log are ordered by
/// index), one for compromise too; the last instant of a period still counts.
#[test]
fn at_the_very_instant() {
    // The revocation takes effect at the record's own logged time.
    for (compromised, expected) in [(false, ENDED), (true, ENDED)] {
        let mut world = World::new();
        let body = world.body("SE", "lab");
        world.on("2018-06-02");
        world.revoke(&authority("SE"), &body, reason(compromised), "2018-06-20");
        world.on("2018-06-20");
        let record = world.attest(&body, |_| {});
        world.on("2018-06-30");
        let verdict = world.answer(&world.ask(&record, "SE"));
        let step = verdict.step(StepName::Registration).unwrap();
        assert_eq!(word(step.outcome, step.code), expected);
    }
    // A key of an authority counts until its last instant, itself included, and no longer.
    for (seconds, expected) in [(0, YES), (1, ENDED)] {
        for compromised in [false, true] {
            let mut federal = Federal::new();
            federal.world.on("2018-02-01");
            let mut next = federal.next_keys("SE");
            let until = noon("2018-03-01");
            end(&mut next, "SE authority", until, reason(compromised));
            federal.publish_keys("SE", &next, &roots("SE")[..2]);
            federal.world.now = until.plus_seconds(seconds);
            let record = federal.certify("SE", "SE authority");
            federal.world.on("2018-04-01");
            let (outcome, code) = federal.registration(&record, "SE");
            assert_eq!(word(outcome, code), expected, "{seconds} {compromised}");
        }
    }
}
