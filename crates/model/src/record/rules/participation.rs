//! Rules of `Participation` (format.md 2.4 and 2.5).

use crate::arrangement::split_id;
use crate::fault::Faults;
use crate::participation::{AssertedBy, Declaration, Participant, Participation};
use crate::party::is_slug;
use crate::record::Record;

use super::parts::{
    check_count, check_did, check_distinct, check_economy, check_lang_string_given,
    check_party_reference, check_period, check_transcription,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &Participation) {
    faults.member("arrangement", |faults| {
        check_did(faults, "authority", &subject.arrangement.authority);
        faults.require(
            split_id(&subject.arrangement.id).is_some(),
            "id",
            "arrangementId",
            "expected <DID>#<name> with a name of a-z, 0-9 and -",
        );
    });
    faults.member("participant", |faults| match &subject.participant {
        Participant::Economy(economy) => check_economy(faults, "economy", economy),
        Participant::Party(party) => {
            faults.member("party", |faults| check_party_reference(faults, party));
        }
    });
    check_count(faults, "roles", &subject.roles, 1);
    check_distinct(faults, "roles", &subject.roles);
    check_distinct(faults, "chapters", &subject.chapters);
    faults.each("chapters", &subject.chapters, |faults, _, chapter| {
        if !is_slug(chapter) {
            faults.note("chapterId", "expected the id of a chapter: a-z, 0-9 and -");
        }
    });
    check_period(faults, "period", &subject.period);
    check_declaration(faults, subject);
    faults.require(
        subject.arrangement_version != Some(0),
        "arrangementVersion",
        "version",
        "expected 1 or more",
    );
    check_word(faults, record, subject);
    check_transcription(faults, subject.transcription.as_ref());
}

/// Declarations and further requirements are a destination's, and destinations are economies.
fn check_declaration(faults: &mut Faults, subject: &Participation) {
    let economy = matches!(subject.participant, Participant::Economy(_));
    faults.require(
        economy || subject.declaration.is_none(),
        "declaration",
        "declaration",
        "expected of an economy only: a body is no destination",
    );
    faults.require(
        economy || subject.additional_requirements.is_empty(),
        "additionalRequirements",
        "declaration",
        "expected of an economy only: a body is no destination",
    );
    faults.require(
        subject.declaration != Some(Declaration::AcceptWithConditions)
            || !subject.additional_requirements.is_empty(),
        "additionalRequirements",
        "declaration",
        "expected the conditions that acceptWithConditions speaks of",
    );
    faults.member("additionalRequirements", |faults| {
        for (index, requirement) in subject.additional_requirements.iter().enumerate() {
            check_lang_string_given(faults, &index.to_string(), requirement);
        }
    });
}

/// On whose word: the signer must be able to be the one named.
fn check_word(faults: &mut Faults, record: &Record, subject: &Participation) {
    let authority_signs = record.issuer.id == record.comity.authority;
    let (holds, message) = match (subject.asserted_by, &subject.participant) {
        (AssertedBy::Participant, Participant::Economy(_)) => (
            authority_signs,
            "expected the economy's own authority as issuer: it alone speaks for the economy",
        ),
        (AssertedBy::Participant, Participant::Party(party)) => (
            party.id == record.issuer.id && party.registered_by == record.comity.authority,
            "expected the participant itself as issuer",
        ),
        (AssertedBy::Peer, _) => (
            authority_signs,
            "expected the authority of another party as issuer",
        ),
        (AssertedBy::Secretariat | AssertedBy::Transcriber, _) => (true, ""),
    };
    faults.require(holds, "assertedBy", "assertedBy", message);
    let transcribed = subject.asserted_by == AssertedBy::Transcriber;
    faults.require(
        transcribed == subject.transcription.is_some(),
        "transcription",
        "transcription",
        "expected with assertedBy transcriber, and only then",
    );
}
