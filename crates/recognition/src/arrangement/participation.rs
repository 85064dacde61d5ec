//! Who is in an arrangement, on whose word (format.md 2.5).
//!
//! For a destination only its own authority's signature counts. For the issuer's side that of
//! the secretariat, of the destination's authority, or a digest in the policy; a participation
//! that a party signed for itself may only restrict it. Transcriptions that the policy names are
//! exempt.

use comity_model::date::{LegalDate, Truth};
use comity_model::participation::{
    ArrangementName, Declaration, Participant, Participation, ParticipationRole,
};
use comity_model::party::PartyReference;
use comity_model::record::Subject as Says;

use super::versions::{Held, Version};
use crate::competence::contains;
use crate::evidence::EvidenceRecord;
use crate::known::Known;
use crate::policy::Preference;
use crate::status::Condition;
use comity_model::date::{Day, Instant};

/// A participation that is known and whose signature counts.
pub(crate) struct Member<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) participation: &'a Participation,
    pub(crate) given: Instant,
    /// Authority and DID of the signer.
    signer: (&'a str, &'a str),
    chain: Vec<&'a str>,
    transcribed: bool,
    pinned: bool,
    starts_late: bool,
}

/// How one side stands to a chapter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side<'a> {
    /// Whether any participation of it is held.
    pub(crate) held: bool,
    /// Whether it is in; `None` where nothing is held.
    pub(crate) is_in: Option<Truth>,
    pub(crate) roles: Vec<ParticipationRole>,
    pub(crate) evidence: Vec<&'a EvidenceRecord>,
    /// What it declares and asks besides, as a destination.
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) requirements: Vec<(String, String)>,
    /// Its own authority signed.
    pub(crate) self_signed: bool,
    /// The last days of the periods that hold.
    pub(crate) ends: Vec<LegalDate>,
    pub(crate) starts_late: bool,
}

/// Every participation in `name` that is known and signed by somebody who may.
pub(crate) fn members<'a>(known: &Known<'a>, name: &ArrangementName) -> Vec<Member<'a>> {
    let mut members: Vec<Member<'a>> = (known.evidence.trust.participations(name).into_iter())
        .filter_map(|evidence| member(known, name, evidence))
        .collect();
    // A revision takes the place of what its signer said before.
    let replaced: Vec<_> = (members.iter())
        .filter_map(|member| {
            let record = member.evidence.record.as_ref().ok()?;
            let replaced = record.comity.replaces.as_ref()?.identity();
            (replaced.issuer == record.issuer.id).then_some(replaced)
        })
        .collect();
    members.retain(|member| {
        member
            .evidence
            .identity()
            .is_none_or(|identity| !replaced.contains(&identity))
    });
    members
}

fn member<'a>(
    known: &Known<'a>,
    name: &ArrangementName,
    evidence: &'a EvidenceRecord,
) -> Option<Member<'a>> {
    let record = evidence.record.as_ref().ok()?;
    let Says::Participation(participation) = &record.subject else {
        return None;
    };
    let given = known.given_at(evidence)?;
    let standing = known.standing(evidence, record, given).ok()?;
    let issuer = record.issuer.id.as_str();
    let transcribed = match &participation.transcription {
        Some(from)
            if known
                .policy
                .names_importer(&record.comity.authority, issuer, &from.system) =>
        {
            true
        }
        Some(_) => return None,
        None => false,
    };
    let pinned = known.policy.file().arrangement.iter().any(|rule| {
        rule.rule == Preference::Accept
            && (&rule.authority, &rule.name) == (&name.authority, &name.id)
            && rule.digest.as_deref() == Some(&evidence.document_multibase)
    });
    Some(Member {
        evidence,
        participation,
        given,
        signer: (&record.comity.authority, issuer),
        chain: standing.chain,
        transcribed,
        pinned,
        starts_late: participation.transcription.is_none()
            && known.starts_late(evidence, participation.period.from.latest()),
    })
}

impl<'a> Member<'a> {
    /// Whether an authority of `economy` signed it.
    pub(crate) fn signed_by_authority_of(&self, known: &Known<'_>, economy: &str) -> bool {
        self.signer.0 == self.signer.1 && known.policy.is_authority_of(self.signer.1, economy)
    }

    fn signed_by(&self, party: Option<&PartyReference>) -> bool {
        party.is_some_and(|party| (&*party.registered_by, &*party.id) == self.signer)
    }

    /// Whether it is signed by somebody who can give the issuer's side rights towards the
    /// destination.
    pub(super) fn gives(&self, known: &Known<'_>, version: &Version<'_>) -> bool {
        self.transcribed
            || self.pinned
            || self.signed_by(version.arrangement.secretariat.as_ref())
            || self.signed_by_authority_of(known, &known.question.in_economy)
    }

    pub(super) fn of_chapter(&self, chapter: &str) -> bool {
        let chapters = &self.participation.chapters;
        chapters.is_empty() || chapters.iter().any(|id| id == chapter)
    }

    /// Whether it holds on a day that may be known only roughly.
    fn holds(&self, known: &Known<'a>, day: &LegalDate) -> Truth {
        let by_events = |day: Day| {
            let state = known.state_by_chain(self.evidence, &self.chain, day);
            match (state.certain && state.broken.is_none(), state.condition) {
                (_, Condition::TransferEnded | Condition::Withdrawn | Condition::Annulled)
                    if state.certain =>
                {
                    Truth::No
                }
                (false, _) => Truth::Unknown,
                (_, Condition::Active | Condition::Transferred | Condition::Superseded) => {
                    Truth::Yes
                }
                (_, Condition::Suspended) => Truth::No,
                _ => Truth::Unknown,
            }
        };
        let (first, last) = (by_events(day.earliest()), by_events(day.latest()));
        let events = if first == last { first } else { Truth::Unknown };
        contains(&self.participation.period, day).and(events)
    }
}

/// Who is asked about.
pub(crate) enum Whose<'q> {
    Economy(&'q str),
    Party(PartyReference),
}

/// The producing side: whether it is in the chapter on `day`, on the word of somebody who can
/// give rights towards `destination`.
pub(crate) fn producer<'a>(
    known: &Known<'a>,
    members: &[Member<'a>],
    version: &Version<'a>,
    chapter: &str,
    whose: &Whose<'_>,
    day: &LegalDate,
) -> Side<'a> {
    let (mut side, mut own) = (Side::default(), Side::default());
    for member in members.iter().filter(|member| member.of_chapter(chapter)) {
        let matched = participates(known, version, member, whose, day);
        if matched == Truth::No {
            continue;
        }
        let gives = member.gives(known, version);
        let itself = match whose {
            Whose::Economy(economy) => member.signed_by_authority_of(known, economy),
            Whose::Party(party) => member.signed_by(Some(party)),
        };
        let held = match (gives, itself) {
            (true, _) => &mut side,
            (false, true) => &mut own,
            (false, false) => continue,
        };
        held.add(member, matched.and(member.holds(known, day)));
    }
    // What a party signed for itself gives it nothing, and binds it.
    if let (Some(is_in), Some(says_itself)) = (side.is_in, own.is_in) {
        side.is_in = Some(is_in.and(says_itself));
        side.evidence.extend(own.evidence);
    }
    side
}

/// The destination's side: what its own authority signed, or a named transcription says.
pub(crate) fn destination<'a>(
    known: &Known<'a>,
    members: &[Member<'a>],
    version: &Version<'a>,
    chapter: &str,
    day: &LegalDate,
) -> (Side<'a>, Side<'a>) {
    let here = known.question.in_economy.as_str();
    let (mut own, mut others) = (Side::default(), Side::default());
    for member in members.iter().filter(|member| member.of_chapter(chapter)) {
        let matched = participates(known, version, member, &Whose::Economy(here), day);
        if matched == Truth::No {
            continue;
        }
        let signed = member.signed_by_authority_of(known, here);
        let counts = member.transcribed || signed;
        let secretariat = member.signed_by(version.arrangement.secretariat.as_ref());
        let held = match (counts, secretariat) {
            (true, _) => &mut own,
            (false, true) => &mut others,
            (false, false) => continue,
        };
        held.add(member, matched.and(member.holds(known, day)));
        held.self_signed |= signed;
    }
    (own, others)
}

impl<'a> Side<'a> {
    fn add(&mut self, member: &Member<'a>, holds: Truth) {
        let participation = member.participation;
        self.held = true;
        self.is_in = Some(self.is_in.map_or(holds, |held| held.or(holds)));
        self.evidence.push(member.evidence);
        if holds == Truth::No {
            return;
        }
        self.roles.extend(&participation.roles);
        self.declarations.extend(participation.declaration);
        self.ends.extend(participation.period.until);
        self.starts_late |= member.starts_late;
        for requirement in &participation.additional_requirements {
            let texts = requirement.0.iter();
            self.requirements
                .extend(texts.map(|text| (text.lang.clone(), text.value.clone())));
        }
    }
}

/// Whether the participant of `member` is `whose`, itself or by a group it belongs to.
fn participates(
    known: &Known<'_>,
    version: &Version<'_>,
    member: &Member<'_>,
    whose: &Whose<'_>,
    day: &LegalDate,
) -> Truth {
    match (&member.participation.participant, whose) {
        (Participant::Economy(named), Whose::Economy(economy)) => {
            names(known, version, named, economy, day)
        }
        (Participant::Party(named), Whose::Party(party)) => (named == party).into(),
        _ => Truth::No,
    }
}

/// Whether `named`, an economy or the id of a group of economies, means `economy` on `day`.
pub(crate) fn names(
    known: &Known<'_>,
    version: &Version<'_>,
    named: &str,
    economy: &str,
    day: &LegalDate,
) -> Truth {
    if named == economy {
        return Truth::Yes;
    }
    if named.contains('#') {
        in_group(known, &version.record.comity.authority, named, economy, day)
    } else {
        Truth::No
    }
}

/// Whether `economy` belongs to the harmonised regime of that id (format.md 2.6). A group is
/// looked for under the authority of the arrangement that names it and under its own DID.
fn in_group(
    known: &Known<'_>,
    authority: &str,
    group: &str,
    economy: &str,
    day: &LegalDate,
) -> Truth {
    let own = group.split_once('#').map_or(group, |(did, _)| did);
    let mut found = Truth::No;
    for name in known.evidence.trust.arrangement_names() {
        if name.id != group || (name.authority != authority && name.authority != own) {
            continue;
        }
        let Some(held) = super::versions::held(known, name) else {
            continue;
        };
        found = found.or(in_regime(known, &held, economy, day));
    }
    found
}

fn in_regime(known: &Known<'_>, held: &Held<'_>, economy: &str, day: &LegalDate) -> Truth {
    let Some(version) = held.proper.last() else {
        return Truth::No;
    };
    let secretariat = version.arrangement.secretariat.as_ref();
    let here = economy == known.question.in_economy;
    let mut is_in = Truth::No;
    for member in members(known, held.name) {
        let named = matches!(
            &member.participation.participant, Participant::Economy(named) if named == economy
        );
        let itself = member.signed_by_authority_of(known, economy);
        // As destination only by its own signature; as the issuer's economy as any producer.
        let gives = if here {
            itself
        } else {
            member.signed_by(secretariat)
                || member.signed_by_authority_of(known, &known.question.in_economy)
        };
        if named && (gives || member.transcribed || member.pinned) {
            is_in = is_in.or(member.holds(known, day));
        }
    }
    is_in
}
