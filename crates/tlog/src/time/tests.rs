//! Logged time, worked out by hand.

use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::{
    Caution, Dated, Dating, Line, Logged, MAX_MEMBERS, countable, dated, fresh_as_of, lines_needed,
    logged, times_of,
};

const QUORUM: Dating = Dating::Quorum { threshold: None };

fn line(cosigner: u8, size: u64, time_unix: u64) -> Line {
    Line {
        cosigner: [cosigner; 32],
        size,
        time_unix,
    }
}

#[test]
fn a_quorum_is_more_than_two_thirds() {
    let needed: Vec<_> = (0..=13)
        .map(|members| lines_needed(members, None))
        .collect();
    let expected = [1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9].map(Some);
    assert_eq!(needed[1..=MAX_MEMBERS], expected);
    assert_eq!((needed[0], needed[MAX_MEMBERS + 1]), (None, None));
}

#[test]
fn a_threshold_only_raises() {
    assert_eq!(lines_needed(6, Some(2)), Some(5));
    assert_eq!(lines_needed(6, Some(6)), Some(6));
    assert_eq!(lines_needed(6, Some(7)), None);
    let raised = Dating::Quorum { threshold: Some(5) };
    assert_eq!(dated(raised, 5, &[1, 2, 3, 4]), None);
    assert!(dated(raised, 5, &[1, 2, 3, 4, 5]).is_some());
}

#[test]
fn the_time_is_beyond_what_a_third_can_shift() {
    let time = |members, times: &[u64]| dated(QUORUM, members, times).map(|dated| dated.time_unix);
    assert_eq!(time(4, &[10, 20, 30]), Some(20));
    assert_eq!(time(4, &[40, 30, 20, 10]), Some(20));
    assert_eq!(time(6, &[50, 40, 30, 20, 10]), Some(20));
    assert_eq!(time(7, &[50, 40, 30, 20, 10]), Some(30));
    assert_eq!(time(12, &[9, 8, 7, 6, 5, 4, 3, 2, 1]), Some(4));
    assert_eq!(time(4, &[10, 20]), None);
    assert_eq!(time(4, &[1, 2, 3, 4, 5]), None, "more lines than members");
    assert_eq!(time(0, &[]), None);
    assert_eq!(time(13, &[1; 13]), None);
}

#[test]
fn few_mirrors_date_late_and_say_so() {
    let few = |time_unix| {
        Some(Dated {
            time_unix,
            caution: Some(Caution::FewMirrors),
        })
    };
    assert_eq!(dated(QUORUM, 1, &[10]), few(10));
    assert_eq!(dated(QUORUM, 2, &[10, 20]), few(20));
    assert_eq!(dated(QUORUM, 3, &[30, 10, 20]), few(30));
    assert_eq!(dated(QUORUM, 2, &[10]), None);
    assert_eq!(dated(QUORUM, 3, &[10, 20]), None);
    assert_eq!(
        dated(QUORUM, 4, &[1, 2, 3]).and_then(|dated| dated.caution),
        None
    );
}

#[test]
fn a_log_that_dates_itself_says_so() {
    let own = Dated {
        time_unix: 10,
        caution: Some(Caution::SelfDated),
    };
    assert_eq!(dated(Dating::SelfDated, 0, &[20, 10]), Some(own));
    assert_eq!(dated(Dating::SelfDated, 0, &[]), None);
}

#[test]
fn freshness_takes_the_cautious_side() {
    assert_eq!(fresh_as_of(QUORUM, 2, &[20, 10]), Some(10));
    assert_eq!(fresh_as_of(QUORUM, 6, &[50, 40, 30, 20, 10]), Some(20));
    assert_eq!(fresh_as_of(QUORUM, 6, &[50, 40, 30, 20]), None);
    assert_eq!(fresh_as_of(Dating::SelfDated, 0, &[10, 20]), Some(20));
    assert_eq!(fresh_as_of(Dating::SelfDated, 0, &[]), None);
}

#[test]
fn lines_out_of_period_or_unknown_yet_do_not_count() {
    let evidence = [
        line(1, 5, 9),
        line(2, 5, 10),
        line(3, 5, 20),
        line(4, 5, 21),
        line(5, 5, 15),
    ];
    let counted = countable(&evidence, &(10..=20), 19);
    assert_eq!(counted, [line(2, 5, 10), line(5, 5, 15)]);
}

#[test]
fn a_backdated_line_does_not_count() {
    // Cosigner 1 saw size 5 at 100, so it cannot have seen size 7 at 50.
    let evidence = [
        line(1, 7, 50),
        line(1, 5, 100),
        line(1, 7, 100),
        line(2, 7, 50),
    ];
    let counted = countable(&evidence, &(0..=1_000), 1_000);
    assert_eq!(counted, [line(1, 5, 100), line(1, 7, 100), line(2, 7, 50)]);
    // A line too late to count still shows the other to be backdated.
    let evidence = [line(1, 5, 2_000), line(1, 7, 50)];
    assert_eq!(countable(&evidence, &(0..=1_000), 1_000), []);
}

#[test]
fn a_re_signed_head_keeps_its_first_time() {
    let evidence = [line(1, 5, 100), line(1, 5, 3_700), line(2, 5, 90)];
    let counted = countable(&evidence, &(0..=9_999), 9_999);
    assert_eq!(times_of(&counted, 5), [100, 90]);
    assert_eq!(times_of(&counted, 6), [0; 0]);
}

#[test]
fn an_entry_is_dated_by_the_earliest_checkpoint_that_covers_it() {
    let evidence = [
        line(1, 5, 100),
        line(2, 5, 110),
        line(3, 5, 120),
        line(1, 9, 200),
        line(2, 9, 210),
        line(3, 9, 220),
        line(4, 9, 105),
    ];
    let counted = countable(&evidence, &(0..=999), 999);
    let at = |index| logged(QUORUM, 4, &counted, index);
    let expected = |time_unix, size| {
        Some(Logged {
            dated: Dated {
                time_unix,
                caution: None,
            },
            size,
        })
    };
    assert_eq!(at(0), expected(110, 5));
    assert_eq!(at(4), expected(110, 5));
    assert_eq!(at(5), expected(200, 9));
    assert_eq!(at(9), None);
    assert_eq!(at(u64::MAX), None);
}

proptest! {
    /// As long as fewer than a third lie, the time lies between two honest ones.
    #[test]
    fn liars_below_a_third_cannot_move_the_time_out(
        members in 4..=MAX_MEMBERS, honest in proptest::collection::vec(1_000..2_000_u64, 12),
        lies in proptest::collection::vec(0..9_999_u64, 12),
    ) {
        let liars = (members - 1) / 3;
        let mut times = lies[..liars].to_vec();
        times.extend(&honest[..members - liars]);
        let dated = dated(QUORUM, members, &times).unwrap();
        prop_assert!((1_000..2_000).contains(&dated.time_unix));
    }

    #[test]
    fn order_of_evidence_does_not_matter(
        lines in proptest::collection::vec((0..5_u8, 0..6_u64, 0..50_u64), 0..40), index in 0..6_u64,
    ) {
        let mut lines: Vec<_> = lines.into_iter().map(|(who, size, at)| line(who, size, at)).collect();
        let one = logged(QUORUM, 5, &countable(&lines, &(5..=45), 40), index);
        lines.reverse();
        let other = logged(QUORUM, 5, &countable(&lines, &(5..=45), 40), index);
        prop_assert_eq!(one, other);
    }
}
