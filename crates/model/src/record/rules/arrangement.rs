//! Rules of `Arrangement` (format.md 2.4 to 2.6).

use std::collections::HashSet;

use crate::arrangement::{
    AfterEnd, Arrangement, Chapter, Coverage, Direction, DirectionMode, ExistingAttestations,
    IssuerEligibility, MAX_SIGNERS, split_id,
};
use crate::fault::Faults;
use crate::level::{LevelRule, component};
use crate::party::is_slug;
use crate::record::Record;

use super::parts::{
    check_chapter_name, check_count, check_distinct, check_economies, check_lang_string_given,
    check_optional_date, check_party_reference, check_period, check_rank, check_selector,
    check_transcription, is_pattern,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &Arrangement) {
    check_id(faults, subject);
    check_version(faults, record, subject);
    check_lang_string_given(faults, "title", &subject.title);
    check_signers(faults, record, subject);
    if let Some(secretariat) = &subject.secretariat {
        faults.member("secretariat", |faults| {
            check_party_reference(faults, secretariat);
        });
    }
    check_economies(faults, "parties", &subject.parties, 0);
    check_count(faults, "chapters", &subject.chapters, 1);
    let mut seen = HashSet::new();
    faults.each("chapters", &subject.chapters, |faults, index, chapter| {
        if let Some(own) = subject.chapters.get(index)
            && !seen.insert(own.id.as_str())
        {
            faults.note_at("id", "duplicate", "expected each only once");
        }
        check_chapter(faults, chapter);
    });
    check_transcription(faults, subject.transcription.as_ref());
}

/// `<DID of the secretariat or first signer>#<slug>`.
fn check_id(faults: &mut Faults, subject: &Arrangement) {
    let Some((did, _)) = split_id(&subject.id) else {
        faults.note_at(
            "id",
            "arrangementId",
            "expected <DID>#<name> with a name of a-z, 0-9 and -",
        );
        return;
    };
    let named = subject.secretariat.iter().chain(subject.signers.first());
    faults.require(
        named.into_iter().any(|party| party.id == did),
        "id",
        "arrangementId",
        "expected the DID of the secretariat or of the first signer before #",
    );
}

fn check_version(faults: &mut Faults, record: &Record, subject: &Arrangement) {
    match (subject.version, &record.comity.replaces) {
        (0, _) => faults.note_at("version", "version", "expected 1 or more"),
        (1, Some(_)) => faults.note_at(
            "version",
            "version",
            "expected 2 or more: what replaces a version is a later one",
        ),
        (2.., None) => faults.note_at(
            "version",
            "version",
            "expected comity.replaces to name the version before",
        ),
        _ => {}
    }
}

fn check_signers(faults: &mut Faults, record: &Record, subject: &Arrangement) {
    let signers = &subject.signers;
    if !(1..=MAX_SIGNERS).contains(&signers.len()) {
        faults.note_at(
            "signers",
            "signers",
            format!("expected 1 to {MAX_SIGNERS} signers"),
        );
    }
    check_distinct(faults, "signers", signers);
    faults.each("signers", signers, |faults, _, signer| {
        check_party_reference(faults, signer);
    });
    let issuer_signs = signers.iter().any(|signer| {
        signer.id == record.issuer.id && signer.registered_by == record.comity.authority
    });
    faults.require(
        issuer_signs,
        "signers",
        "signers",
        "expected the issuer, under this record's authority, among them",
    );
    faults.require(
        subject.transcription.is_none() || signers.len() == 1,
        "signers",
        "signers",
        "expected the transcriber alone: the parties of the text did not sign this",
    );
}

fn check_chapter(faults: &mut Faults, chapter: &Chapter) {
    faults.require(
        is_slug(&chapter.id),
        "id",
        "chapterId",
        "expected a name of a-z, 0-9 and -",
    );
    check_lang_string_given(faults, "title", &chapter.title);
    faults.member("direction", |faults| {
        check_direction(faults, &chapter.direction);
    });
    faults.member("coverage", |faults| {
        check_coverage(faults, &chapter.coverage);
    });
    if let Some(rule) = &chapter.level {
        faults.member("level", |faults| check_level_rule(faults, rule));
    }
    faults.member("issuerEligibility", |faults| {
        check_eligibility(faults, &chapter.issuer_eligibility);
    });
    faults.member("acceptor", |faults| {
        check_distinct(faults, "roles", &chapter.acceptor.roles);
    });
    faults.member("conditions", |faults| {
        for (index, condition) in chapter.conditions.iter().enumerate() {
            check_lang_string_given(faults, &index.to_string(), condition);
        }
    });
    check_period(faults, "period", &chapter.period);
    check_optional_date(faults, "issuedFrom", chapter.issued_from.as_ref());
    if let Some(after) = &chapter.after_end {
        faults.member("afterEnd", |faults| check_after_end(faults, after));
    }
}

fn check_direction(faults: &mut Faults, direction: &Direction) {
    let by_pairs = matches!(
        direction.mode,
        DirectionMode::DeclaredPairs | DirectionMode::OneWay
    );
    if by_pairs {
        faults.require(
            !direction.pairs.is_empty(),
            "pairs",
            "direction",
            "required with declaredPairs and oneWay",
        );
    } else {
        faults.require(
            direction.pairs.is_empty(),
            "pairs",
            "direction",
            "expected only with declaredPairs and oneWay",
        );
    }
    for (name, pairs) in [("pairs", &direction.pairs), ("except", &direction.except)] {
        faults.each(name, pairs, |faults, _, pair| {
            check_economies(faults, "from", &pair.from, 0);
            check_economies(faults, "to", &pair.to, 0);
            if pair.from.is_empty() && pair.to.is_empty() {
                faults.note(
                    "direction",
                    "expected economies in from, in to or in both: this pair is everyone",
                );
            }
            if let Some(period) = &pair.period {
                check_period(faults, "period", period);
            }
        });
    }
}

fn check_coverage(faults: &mut Faults, coverage: &Coverage) {
    check_distinct(faults, "attestationKinds", &coverage.attestation_kinds);
    check_distinct(faults, "schemes", &coverage.schemes);
    faults.each("products", &coverage.products, |faults, _, selector| {
        check_selector(faults, selector);
    });
    check_distinct(faults, "categories", &coverage.categories);
    check_distinct(faults, "standards", &coverage.standards);
    check_distinct(faults, "regulations", &coverage.regulations);
    check_distinct(faults, "profiles", &coverage.profiles);
    faults.each("profiles", &coverage.profiles, |faults, _, profile| {
        if !is_pattern(profile) {
            faults.note(
                "profile",
                "expected a profile, exact or with one * at its end",
            );
        }
    });
}

fn check_level_rule(faults: &mut Faults, rule: &LevelRule) {
    check_rank(faults, &rule.scale, rule.rank);
    check_distinct(faults, "within", &rule.within);
    if rule.scale == "EAL" {
        faults.each("within", &rule.within, |faults, _, word| {
            // A family is a component without its number.
            if component(word).is_none() && component(&format!("{word}.1")).is_none() {
                faults.note("level", "expected a family or component such as ALC_FLR");
            }
        });
    }
}

fn check_eligibility(faults: &mut Faults, eligibility: &IssuerEligibility) {
    check_distinct(faults, "participantRoles", &eligibility.participant_roles);
    check_distinct(faults, "grantTypes", &eligibility.grant_types);
    check_distinct(faults, "activities", &eligibility.activities);
    check_distinct(faults, "criteria", &eligibility.criteria);
    if let Some(name) = &eligibility.grantor_in {
        faults.member("grantorIn", |faults| check_chapter_name(faults, name));
    }
}

fn check_after_end(faults: &mut Faults, after: &AfterEnd) {
    let until_date = after.existing_attestations == ExistingAttestations::UntilDate;
    faults.require(
        until_date == after.date.is_some(),
        "date",
        "afterEnd",
        "expected with untilDate, and only then",
    );
    check_optional_date(faults, "date", after.date.as_ref());
    check_optional_date(
        faults,
        "proceduresUnderWayUntil",
        after.procedures_under_way_until.as_ref(),
    );
}
