//! Who is in the arrangements of the demo. A right to be recognised rests on the word of the
//! secretariat or of the destination; a duty to recognise on the word of the economy that bears
//! it. So most economies are in twice: once by another's word and once by their own.

use anyhow::Result;
use comity_model::participation::{
    ArrangementName, AssertedBy, Declaration, Participant, Participation, ParticipationRole,
};
use comity_model::record::Subject;

use super::{CONSIGNMENTS, GOODS, MLA, MRA, Named, ONE_WAY, REGION, REPORTS, SECURITY};
use crate::demo::cast::{
    Body, CN, CN_ACCREDITOR, FR, FR_ACCREDITOR, JP, KZ, KZ_ACCREDITOR, SA, SE, SE_ACCREDITOR,
    SECRETARIAT, TN,
};
use crate::demo::ledger::{Draft, Ledger, since, span};

/// The day they join.
const JOINED: &str = "2024-06-06";
/// The day the departure of one of them is published.
const DEPARTURE_PUBLISHED: &str = "2025-11-03";
/// Its last day as a member.
const LAST_DAY_OF_MEMBER: &str = "2025-12-31";

/// Adds every participation.
///
/// # Errors
/// If one cannot be signed.
pub(in crate::demo) fn join(ledger: &mut Ledger) -> Result<()> {
    let signatory: &[ParticipationRole] = &[ParticipationRole::Signatory];
    let member: &[ParticipationRole] = &[ParticipationRole::Member];
    let consuming: &[ParticipationRole] = &[ParticipationRole::Consuming];
    let authorising = &[ParticipationRole::Authorising, ParticipationRole::Consuming];
    for accreditor in [
        &SE_ACCREDITOR,
        &FR_ACCREDITOR,
        &KZ_ACCREDITOR,
        &CN_ACCREDITOR,
    ] {
        let participant = Participant::Party(accreditor.reference());
        let by = &SECRETARIAT;
        let joins = participation(MLA, participant, signatory, AssertedBy::Secretariat)?;
        add(ledger, MLA, accreditor, by, joins)?;
    }
    for economy in [&SE, &FR, &KZ, &CN] {
        for named in [MLA, REPORTS] {
            by_another(ledger, named, economy, &SECRETARIAT, signatory)?;
            by_itself(ledger, named, economy, signatory, None)?;
        }
    }
    for economy in [&SE, &FR, &TN] {
        by_another(ledger, REGION, economy, &SECRETARIAT, member)?;
        by_itself(ledger, REGION, economy, member, None)?;
    }
    by_another(ledger, SECURITY, &SE, &SECRETARIAT, authorising)?;
    by_another(ledger, SECURITY, &FR, &SECRETARIAT, consuming)?;
    by_another(ledger, SECURITY, &JP, &SECRETARIAT, consuming)?;
    for economy in [&SE, &FR, &JP] {
        let accepts = Some(Declaration::Accept);
        by_itself(ledger, SECURITY, economy, consuming, accepts)?;
    }
    for (named, one, other) in [(GOODS, &CN, &KZ), (CONSIGNMENTS, &SA, &KZ), (MRA, &FR, &JP)] {
        by_another(ledger, named, one, other, signatory)?;
        by_another(ledger, named, other, one, signatory)?;
        by_itself(ledger, named, one, signatory, None)?;
        by_itself(ledger, named, other, signatory, None)?;
    }
    by_another(ledger, ONE_WAY, &SE, &SA, signatory)?;
    by_itself(ledger, ONE_WAY, &SA, consuming, Some(Declaration::Accept))?;
    leave(ledger, member)
}

/// One member leaves the region: the secretariat and the member itself say so.
fn leave(ledger: &mut Ledger, member: &[ParticipationRole]) -> Result<()> {
    for (by, word) in [
        (&SECRETARIAT, AssertedBy::Secretariat),
        (&TN, AssertedBy::Participant),
    ] {
        let participant = Participant::Economy("TN".to_owned());
        let mut leaves = participation(REGION, participant, member, word)?;
        leaves.period = span(JOINED, LAST_DAY_OF_MEMBER)?;
        let joined = key(REGION, &TN, by);
        let draft = Draft {
            key: &format!("{joined}, leaving"),
            logged: DEPARTURE_PUBLISHED,
            by,
            name: "DEMO harmonised region: Tunisia leaves",
            subject: Subject::Participation(Box::new(leaves)),
        };
        ledger.add_signed(draft, Some(&joined), &[(by, by.key(1))])?;
    }
    Ok(())
}

/// `by`, the secretariat or a peer, says that an economy is in.
fn by_another(
    ledger: &mut Ledger,
    named: Named,
    economy: &'static Body,
    by: &'static Body,
    roles: &[ParticipationRole],
) -> Result<()> {
    let word = match by.economy {
        None => AssertedBy::Secretariat,
        Some(_) => AssertedBy::Peer,
    };
    let joins = participation(named, of_economy(economy), roles, word)?;
    add(ledger, named, economy, by, joins)
}

/// An economy says so itself, and what it declares as a destination.
fn by_itself(
    ledger: &mut Ledger,
    named: Named,
    economy: &'static Body,
    roles: &[ParticipationRole],
    declaration: Option<Declaration>,
) -> Result<()> {
    let word = AssertedBy::Participant;
    let mut joins = participation(named, of_economy(economy), roles, word)?;
    joins.declaration = declaration;
    add(ledger, named, economy, economy, joins)
}

fn of_economy(authority: &Body) -> Participant {
    Participant::Economy(authority.economy.unwrap_or_default().to_owned())
}

fn participation(
    named: Named,
    participant: Participant,
    roles: &[ParticipationRole],
    asserted_by: AssertedBy,
) -> Result<Participation> {
    Ok(Participation {
        arrangement: ArrangementName {
            authority: named.authority.did.to_owned(),
            id: named.id(),
        },
        participant,
        roles: roles.to_vec(),
        chapters: Vec::new(),
        period: since(JOINED)?,
        declaration: None,
        additional_requirements: Vec::new(),
        arrangement_version: None,
        asserted_by,
        transcription: None,
    })
}

fn add(
    ledger: &mut Ledger,
    named: Named,
    who: &Body,
    by: &'static Body,
    joins: Participation,
) -> Result<()> {
    ledger.add(Draft {
        key: &key(named, who, by),
        logged: JOINED,
        by,
        name: &format!("{}: {}", named.slug, who.name),
        subject: Subject::Participation(Box::new(joins)),
    })
}

fn key(named: Named, who: &Body, by: &Body) -> String {
    format!("{} in {} says {}", who.did, named.slug, by.did)
}
