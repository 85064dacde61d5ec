//! Rules of `Commitment` (format.md 2.14).

use std::collections::HashSet;

use crate::commitment::{Commitment, MAX_COMMITTED_REPORTS};
use crate::fault::Faults;
use crate::number::{MAX_NUMBER_CHARS, normalise};

use super::parts::{check_count, check_digest};

pub(super) fn check(faults: &mut Faults, subject: &Commitment) {
    check_count(faults, "reports", &subject.reports, 1);
    if subject.reports.len() > MAX_COMMITTED_REPORTS {
        faults.note_at(
            "reports",
            "count",
            format!("expected at most {MAX_COMMITTED_REPORTS}; put the others in a further record"),
        );
        return;
    }
    let mut seen = HashSet::new();
    faults.each("reports", &subject.reports, |faults, _, report| {
        let number = normalise(&report.number);
        if number.is_empty() || report.number.chars().count() > MAX_NUMBER_CHARS {
            faults.note_at(
                "number",
                "number",
                format!("expected a number of 1 to {MAX_NUMBER_CHARS} letters and digits"),
            );
        }
        if !seen.insert(number) {
            faults.note_at(
                "number",
                "duplicate",
                "expected each only once, however it is spelled",
            );
        }
        check_digest(faults, "digest", &report.digest);
    });
}
