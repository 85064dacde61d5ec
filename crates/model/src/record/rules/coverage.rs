//! Rules of `CoverageStatement` (format.md 2.15).

use crate::coverage::{CoverageStatement, MAX_COVERED_ISSUERS, MAX_WITHIN_HOURS};
use crate::fault::Faults;
use crate::record::{Kind, Record};

use super::parts::{check_count, check_distinct, check_party_reference, check_period};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &CoverageStatement) {
    check_count(faults, "kinds", &subject.kinds, 1);
    check_distinct(faults, "kinds", &subject.kinds);
    faults.each("kinds", &subject.kinds, |faults, _, kind| {
        if !matches!(kind, Kind::Attestation | Kind::Commitment) {
            faults.note(
                "coverage",
                "expected Attestation or Commitment: absence of others is told by the logs",
            );
        }
    });
    check_count(faults, "issuers", &subject.issuers, 1);
    check_distinct(faults, "issuers", &subject.issuers);
    if subject.issuers.len() > MAX_COVERED_ISSUERS {
        faults.note_at(
            "issuers",
            "count",
            format!("expected at most {MAX_COVERED_ISSUERS}"),
        );
    }
    let authority = &record.comity.authority;
    faults.each("issuers", &subject.issuers, |faults, _, issuer| {
        check_party_reference(faults, issuer);
        faults.require(
            issuer.registered_by == *authority,
            "registeredBy",
            "coverage",
            "expected the authority of this record: nobody promises for others' bodies",
        );
    });
    faults.require(
        (1..=MAX_WITHIN_HOURS).contains(&subject.within_hours),
        "withinHours",
        "range",
        &format!("expected 1 to {MAX_WITHIN_HOURS} hours"),
    );
    check_period(faults, "period", &subject.period);
    check_promised_days(faults, subject);
}

/// From which day on is said twice, so both must agree, and a promise with rough edges is none.
fn check_promised_days(faults: &mut Faults, subject: &CoverageStatement) {
    if subject.since < subject.period.from.earliest() {
        faults.note_at(
            "since",
            "order",
            format!("expected {} or later, within period", subject.period.from),
        );
    }
    if let Some(last) = &subject.period.until
        && last.latest() < subject.since
    {
        faults.note_at(
            "since",
            "order",
            format!("expected {last} or earlier, within period"),
        );
    }
    faults.member("period", |faults| {
        let ends = [
            ("from", Some(&subject.period.from)),
            ("until", subject.period.until.as_ref()),
        ];
        for (name, date) in ends {
            faults.require(
                date.is_none_or(|date| date.earliest() == date.latest()),
                name,
                "exactDate",
                "expected one day: nobody can be held to a promise that begins or ends about then",
            );
        }
    });
}
