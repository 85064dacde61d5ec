//! Rules of `Commitment` (format.md 2.14).

use std::collections::HashSet;

use crate::commitment::{Commitment, MAX_COMMITTED_REPORTS};
use crate::fault::Faults;
use crate::number::normalise;

use super::parts::{check_count, check_digest, check_printed_number};

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
        check_printed_number(faults, &report.number);
        if !seen.insert(normalise(&report.number)) {
            faults.note_at(
                "number",
                "duplicate",
                "expected each only once, however it is spelled",
            );
        }
        check_digest(faults, "digest", &report.digest);
    });
}
