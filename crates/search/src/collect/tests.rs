use std::cmp::Reverse;

use tantivy::DocAddress;

use super::{Candidate, LAST_DAY, relevance};
use crate::query::Sort;

#[test]
fn a_day_decides_between_equals_however_high_the_score_is() {
    for score in [0.0, 0.5, 16.0, 40.0, 1_000.0] {
        let on = |day: i64| relevance(score, day, false);
        assert!(on(20_000) < on(20_001), "{score}");
        assert!(on(0) < on(1), "{score}");
        // Neither before the first day nor after the last is anything added or taken.
        assert_eq!(on(-1), on(0));
        assert_eq!(on(i64::from(LAST_DAY)), on(i64::MAX));
    }
}

#[test]
fn what_is_in_force_comes_before_all_days_and_after_what_fits_better() {
    let old = relevance(20.0, 0, true);
    let newest = relevance(20.0, i64::MAX, false);
    assert!(old > newest);
    assert!(relevance(20.2, 0, false) > relevance(20.0, i64::MAX, true));
}

#[test]
fn a_score_is_read_back_from_its_key() {
    let candidate = Candidate {
        key: relevance(16.5, 0, false),
        tie: Reverse(0),
        address: DocAddress::new(0, 0),
    };
    assert_eq!(
        candidate.score(Sort::Relevance).to_bits(),
        16.5_f32.to_bits()
    );
    assert_eq!(candidate.score(Sort::Newest).to_bits(), 0);
}
