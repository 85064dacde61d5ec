//! Rules of `Standard` (format.md 2.13).

use crate::fault::Faults;
use crate::standard::{Adoption, Correspondence, MAX_RELATED, Standard, StandardReference};

use super::parts::{
    check_distinct, check_economies, check_lang_string_given, check_optional_date, check_period,
};

pub(super) fn check(faults: &mut Faults, subject: &Standard) {
    let own = &subject.standard;
    faults.require(
        own.edition().is_some(),
        "standard",
        "edition",
        "expected the edition too, such as ISO 9001:2015: each has a record of its own",
    );
    check_lang_string_given(faults, "title", &subject.title);
    check_economies(faults, "economies", &subject.economies, 0);
    check_period(faults, "period", &subject.period);
    for (name, count) in [
        ("replaces", subject.replaces.len()),
        ("amends", subject.amends.len()),
        ("adopts", subject.adopts.len()),
    ] {
        if count > MAX_RELATED {
            faults.note_at(name, "count", format!("expected at most {MAX_RELATED}"));
        }
    }
    check_distinct(faults, "replaces", &subject.replaces);
    faults.each("replaces", &subject.replaces, |faults, _, replaced| {
        check_other(faults, "standard", own, &replaced.standard);
        check_optional_date(faults, "coexistsUntil", replaced.coexists_until.as_ref());
    });
    check_distinct(faults, "amends", &subject.amends);
    faults.each("amends", &subject.amends, |faults, _, amended| {
        if amended == own {
            faults.note("itself", OTHER_EXPECTED);
        }
    });
    faults.each("adopts", &subject.adopts, |faults, _, adoption| {
        check_other(faults, "standard", own, &adoption.standard);
        check_adoption(faults, adoption);
    });
    check_distinct(faults, "ics", &subject.ics);
}

const OTHER_EXPECTED: &str = "expected another standard or another edition than this one";

fn check_other(
    faults: &mut Faults,
    name: &str,
    own: &StandardReference,
    other: &StandardReference,
) {
    faults.require(own != other, name, "itself", OTHER_EXPECTED);
    faults.require(
        other.edition().is_some(),
        name,
        "edition",
        "expected the edition too: another edition may differ",
    );
}

/// ISO/IEC Guide 21-1: an identical adoption has no technical deviations, and those of a modified
/// one are identified.
fn check_adoption(faults: &mut Faults, adoption: &Adoption) {
    if adoption.correspondence == Correspondence::Identical && !adoption.deviations.is_empty() {
        faults.note_at(
            "deviations",
            "correspondence",
            "expected none: an identical adoption does not deviate",
        );
    }
    faults.each(
        "deviations",
        &adoption.deviations,
        |faults, _, deviation| {
            check_lang_string_given(faults, "text", &deviation.text);
        },
    );
}
