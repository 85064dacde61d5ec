//! One chapter as a path from the issuer's side to the destination.

use comity_model::arrangement::Chapter;
use comity_model::date::{Day, LegalDate, Truth};
use comity_model::level::{Level, LevelFit};
use comity_model::participation::{Declaration, Participant, ParticipationRole};
use comity_model::text::{LangString, Text};

use super::conditions::conditions;
use super::participation::{Member, Side, Whose, destination, producer};
use super::versions::{Held, Version};
use super::{Judged, Sides, cited, coverage, direction, eligibility};
use crate::code::{Code, Outcome, StepName};
use crate::editions;
use crate::finding::{Finding, through};
use crate::known::Known;
use crate::verdict::{Basis, Extent, VerdictResult, Who};

/// The version that binds the destination, and what restricts it.
pub(crate) struct Binding<'a> {
    pub(crate) version: Version<'a>,
    pub(super) restricting: Vec<Version<'a>>,
    /// The destination's own authority signed the version.
    pub(super) signed: bool,
    /// It accepted another version by name, and not this one.
    pub(super) accepted_another: bool,
}

/// The version that applies to the destination: the highest that its own authority signed or
/// accepted; of a transcription the highest. Where it did neither, the highest there is, to be
/// explained. `None` where two documents claim to be one version is told by `held.fork`.
pub(crate) fn binding<'a>(
    known: &Known<'a>,
    held: &Held<'a>,
    members: &[Member<'a>],
) -> Option<Binding<'a>> {
    let here = known.question.in_economy.as_str();
    let accepted = |version: &Version<'a>| {
        members.iter().any(|member| {
            let itself = member.participation.participant == Participant::Economy(here.to_owned());
            let named = member.participation.arrangement_version;
            let number = version.arrangement.version;
            let then = named.map_or(version.given <= member.given || number == 1, |v| {
                v == number
            });
            itself && member.signed_by_authority_of(known, here) && then
        })
    };
    let binds = |version: &&Version<'a>| {
        held.transcribed || version.signed_by(known, here) || accepted(version)
    };
    let version = held
        .proper
        .iter()
        .rev()
        .find(binds)
        .or(held.proper.last())?;
    let restricting = held
        .restricting
        .iter()
        .filter(|restricting| restricting.arrangement.version > version.arrangement.version);
    let another = |member: &Member<'a>| {
        member.participation.participant == Participant::Economy(here.to_owned())
            && member.signed_by_authority_of(known, here)
            && (member.participation.arrangement_version)
                .is_some_and(|named| named != version.arrangement.version)
    };
    Some(Binding {
        accepted_another: !accepted(version) && members.iter().any(another),
        version: version.clone(),
        restricting: restricting.cloned().collect(),
        signed: version.signed_by(known, here),
    })
}

/// What goes wrong on a path: the first fail, else the first unknown, else a warning.
#[derive(Default)]
pub(super) struct Checks(pub(super) Option<(Outcome, Code)>);

impl Checks {
    pub(super) fn add(&mut self, trouble: Option<(Outcome, Code)>) {
        let severity = |held: Option<(Outcome, Code)>| match held.map(|held| held.0) {
            Some(Outcome::Fail) => 3,
            Some(Outcome::Unknown) => 2,
            Some(Outcome::Warn) => 1,
            _ => 0,
        };
        if severity(trouble) > severity(self.0) {
            self.0 = trouble;
        }
    }

    pub(super) fn fail(&mut self, code: Code) {
        self.add(Some((Outcome::Fail, code)));
    }

    pub(super) fn unknown(&mut self, code: Code) {
        self.add(Some((Outcome::Unknown, code)));
    }
}

/// Judges one chapter. `None` where it does not concern the destination or, for want of
/// anything held, the issuer's side.
pub(crate) fn judge<'a>(
    sides: &Sides<'_, 'a>,
    held: &Held<'a>,
    members: &[Member<'a>],
    binding: &Binding<'a>,
    chapter: &'a Chapter,
) -> Option<Judged<'a>> {
    // The issuer may act for several economies: the best of them counts.
    let all = sides.economies.iter();
    let judged = all.filter_map(|from| judge_from(sides, held, members, binding, chapter, from));
    judged.min_by_key(|judged| crate::competence::severity(&judged.arrangement))
}

/// Both sides of a chapter, as they stand on the days that count for them.
struct Meeting<'a> {
    from: &'a str,
    term: coverage::Term,
    pairs: direction::Pairs,
    /// The destination, by its own word, and by that of the secretariat.
    here: Side<'a>,
    others: Side<'a>,
    /// The issuer's side, on the day of issue.
    producing: Side<'a>,
    /// Whether the issuer's side is in on the legal day, where anything is held.
    producing_today: Option<Truth>,
    /// The destination's own authority signed the version or its participation.
    bound: bool,
}

fn judge_from<'a>(
    sides: &Sides<'_, 'a>,
    held: &Held<'a>,
    members: &[Member<'a>],
    binding: &Binding<'a>,
    chapter: &'a Chapter,
    from: &'a str,
) -> Option<Judged<'a>> {
    let known = sides.known;
    let version = &binding.version;
    let meeting = meet(sides, members, binding, chapter, from);
    let signs_for_itself = version.signed_by(known, &known.question.in_economy);
    let named_here = meeting.pairs.names_destination && held.transcribed;
    if !meeting.here.held && !meeting.others.held && !signs_for_itself && !named_here {
        return None;
    }
    let full_name = format!("{}/{}", held.name.id, chapter.id);
    let mut checks = check(sides, held, binding, chapter, &meeting);
    let extent = level(
        &mut checks,
        chapter,
        sides.subject.attestation.comity.level.as_ref(),
    );
    let imported = sides.subject.is_imported();
    checks.add(eligibility::grant(
        chapter,
        &full_name,
        sides.competence,
        imported,
    ));
    let restrictions = restrict(&mut checks, sides, binding, chapter, from);
    if meeting.here.starts_late || meeting.producing.starts_late {
        checks.add(Some((Outcome::Warn, Code::ArrangementLoggedLater)));
    }
    let finding = found(sides, binding, chapter, &meeting, &checks, &extent)
        .with("chapter", &full_name)
        .cite_all(restrictions);
    let lenient = held.transcribed;
    let related = editions::standard(sides, &chapter.coverage.standards);
    let mut conditions = conditions(chapter, &meeting.here);
    conditions.extend(related.conditions);
    Some(Judged {
        arrangement: absent(known, ask(finding, version), version, lenient),
        territory: crate::steps::territory::territory(
            known,
            sides.subject,
            lenient || sides.subject.is_imported(),
        ),
        accreditor: eligibility::accreditor(
            known,
            sides.subject,
            chapter,
            held.name,
            sides.competence,
        ),
        chapter: Some((held.name, full_name, version.arrangement.version)),
        degree: Some(chapter.degree),
        extent,
        basis: match (held.transcribed, meeting.bound) {
            (true, _) => Basis::Transcribed,
            (false, true) => Basis::DestinationSigned,
            (false, false) => Basis::PartiesSigned,
        },
        standard: related.finding,
        conditions,
        policy_note: None,
        result: VerdictResult::CannotTell,
    })
}

/// Looks at both sides on the days that count for them; once the chapter has ended, no later
/// than its last day.
fn meet<'a>(
    sides: &Sides<'_, 'a>,
    members: &[Member<'a>],
    binding: &Binding<'a>,
    chapter: &'a Chapter,
    from: &'a str,
) -> Meeting<'a> {
    let known = sides.known;
    let version = &binding.version;
    let details = &sides.subject.attestation.comity;
    let term = coverage::term(chapter, &details.legal_dates, known.question.on);
    let capped = |day: LegalDate| match chapter.period.until {
        Some(end) if term.ended && day.earliest() > end.latest() => end,
        _ => day,
    };
    let issued = capped(details.legal_dates.issued_on);
    let on_day = capped(LegalDate::Day(known.question.on));
    let (here, others) = destination(known, members, version, &chapter.id, &on_day);
    let whose = Whose::Economy(from);
    Meeting {
        from,
        pairs: direction::pairs(known, version, chapter, from, &issued),
        producing: producer(known, members, version, &chapter.id, &whose, &issued),
        producing_today: producer(known, members, version, &chapter.id, &whose, &on_day).is_in,
        bound: binding.signed || (here.self_signed && !binding.accepted_another),
        term,
        here,
        others,
    }
}

fn check(
    sides: &Sides<'_, '_>,
    held: &Held<'_>,
    binding: &Binding<'_>,
    chapter: &Chapter,
    meeting: &Meeting<'_>,
) -> Checks {
    let known = sides.known;
    let version = &binding.version;
    let mut checks = Checks::default();
    if held.fork.is_some() {
        checks.unknown(Code::ArrangementVersionFork);
    }
    checks.add(meeting.term.trouble);
    checks.add(direction::trouble(&meeting.pairs));
    if held.transcribed || meeting.bound {
        destination_in(&mut checks, chapter, &meeting.here, &meeting.others);
    } else if super::is_closed(known) {
        // Others say that it is in, and all that it signed itself is held.
        checks.fail(Code::ArrangementDestinationNotSigned);
    } else {
        checks.unknown(Code::ArrangementDestinationNotSigned);
    }
    let by_act = (meeting.pairs.names_issuer && (held.transcribed || binding.signed))
        || (binding.signed && version.signed_by(known, meeting.from));
    let producing = &meeting.producing;
    issuer_in(
        &mut checks,
        known,
        held,
        version,
        chapter,
        producing,
        by_act,
    );
    if producing.is_in == Some(Truth::Yes) {
        let today = meeting.producing_today;
        checks.add(coverage::since_left(chapter, today, known.question.on));
    }
    if coverage::covers(sides, &chapter.coverage) != Truth::Yes {
        checks.unknown(Code::ArrangementCoverageNeedsReading);
    }
    checks
}

fn found<'a>(
    sides: &Sides<'_, 'a>,
    binding: &Binding<'a>,
    chapter: &Chapter,
    meeting: &Meeting<'a>,
    checks: &Checks,
    extent: &Extent,
) -> Finding<'a> {
    let version = &binding.version;
    let question = sides.known.question;
    let (outcome, code) = checks.0.unwrap_or(match extent {
        Extent::Full => (Outcome::Pass, Code::ArrangementCovers),
        Extent::CappedAt(_) => (Outcome::Pass, Code::ArrangementCapped),
    });
    let mut finding = Finding::new(StepName::Arrangement, outcome, code)
        .saying("title", [&title(version, chapter)])
        .with("issuedIn", meeting.from)
        .with("economy", &question.in_economy)
        .cite_all(cited(&[version]))
        .cite_all(meeting.here.evidence.iter().copied())
        .cite_all(meeting.producing.evidence.iter().copied())
        .until(meeting.term.until)
        .until(ends(&meeting.here, question.on, meeting.term.ended));
    if let Extent::CappedAt(level) = extent {
        finding.fact("cappedAt", level);
    }
    if let Some(level) = &sides.subject.attestation.comity.level {
        finding.fact("level", &level.to_string());
    }
    finding
}

/// The destination must be in, by its own authority's word, in a role that accepts.
pub(super) fn destination_in(
    checks: &mut Checks,
    chapter: &Chapter,
    here: &Side<'_>,
    others: &Side<'_>,
) {
    let by_others = others.is_in.unwrap_or(Truth::Yes);
    match here.is_in.map_or(by_others, |is_in| is_in.and(by_others)) {
        Truth::No => checks.fail(Code::ArrangementDestinationNotIn),
        Truth::Unknown => checks.unknown(Code::ArrangementDestinationUnclear),
        Truth::Yes => {}
    }
    let asked = &chapter.acceptor.roles;
    if !asked.is_empty() && here.held && !here.roles.iter().any(|role| asked.contains(role)) {
        checks.fail(Code::ArrangementDestinationNotIn);
    }
    if here.declarations.contains(&Declaration::NotAccept) {
        checks.fail(Code::ArrangementDestinationDeclines);
    } else if chapter.acceptor.declaration_required && here.declarations.is_empty() {
        checks.unknown(Code::ArrangementDeclarationMissing);
    }
}

/// The issuer's side must have been in on the day of issue, in a role that produces.
pub(super) fn issuer_in(
    checks: &mut Checks,
    known: &Known<'_>,
    held: &Held<'_>,
    version: &Version<'_>,
    chapter: &Chapter,
    issuer: &Side<'_>,
    by_act: bool,
) {
    match issuer.is_in {
        Some(Truth::Yes) if direction::produces(chapter, issuer) => {}
        Some(Truth::Yes) => checks.fail(Code::ArrangementIssuerRole),
        Some(Truth::No) => checks.fail(Code::ArrangementIssuerSideNotIn),
        Some(Truth::Unknown) => checks.unknown(Code::ArrangementIssuerSideUnclear),
        // Named in the text itself, or a signer of it.
        None if by_act => {
            let asked = &chapter.issuer_eligibility.participant_roles;
            if !asked.is_empty() && !asked.contains(&ParticipationRole::Signatory) {
                checks.unknown(Code::ArrangementIssuerSideUnclear);
            }
        }
        // Nothing is held. That is a no only where everything would be.
        None => {
            let signers = version.signer_economies(known);
            let all_fresh = signers.iter().all(|economy| known.is_fresh(economy));
            if held.transcribed || (super::is_closed(known) && all_fresh) {
                checks.fail(Code::ArrangementIssuerSideNotIn);
            } else {
                checks.unknown(Code::ArrangementIssuerSideUnclear);
            }
        }
    }
}

/// A later version with fewer signatures restricts those who signed it: where the destination or
/// the issuer's side did, the chapter must hold there too.
fn restrict<'a>(
    checks: &mut Checks,
    sides: &Sides<'_, 'a>,
    binding: &Binding<'a>,
    chapter: &Chapter,
    from: &str,
) -> Vec<&'a crate::evidence::EvidenceRecord> {
    let known = sides.known;
    let details = &sides.subject.attestation.comity;
    let mut cited = Vec::new();
    for version in &binding.restricting {
        let here = version.signed_by(known, &known.question.in_economy);
        if !here && !version.signed_by(known, from) {
            continue;
        }
        cited.push(version.evidence);
        let Some(same) = version
            .arrangement
            .chapters
            .iter()
            .find(|c| c.id == chapter.id)
        else {
            checks.fail(Code::ArrangementNotInForce);
            continue;
        };
        checks.add(coverage::term(same, &details.legal_dates, known.question.on).trouble);
        let issued = &details.legal_dates.issued_on;
        let pairs = direction::pairs(known, version, same, from, issued);
        checks.add(direction::trouble(&pairs));
        match coverage::covers(sides, &same.coverage) {
            Truth::Yes => {}
            Truth::No => checks.fail(Code::ArrangementNotInForce),
            Truth::Unknown => checks.unknown(Code::ArrangementCoverageNeedsReading),
        }
        level(checks, same, details.level.as_ref());
        let same_terms = same.level == chapter.level
            && same.conditions == chapter.conditions
            && same.issuer_eligibility == chapter.issuer_eligibility
            && same.acceptor == chapter.acceptor
            && same.after_end == chapter.after_end;
        if same.degree < chapter.degree || !same_terms {
            // What is left between the two texts has to be read.
            checks.unknown(Code::ArrangementCoverageNeedsReading);
        }
    }
    cited
}

fn level(checks: &mut Checks, chapter: &Chapter, level: Option<&Level>) -> Extent {
    let Some(rule) = &chapter.level else {
        return Extent::Full;
    };
    match rule.fit(level) {
        LevelFit::Full => Extent::Full,
        LevelFit::Capped => Extent::CappedAt(Level::plain(&rule.scale, rule.rank).to_string()),
        LevelFit::Outside => {
            checks.fail(Code::ArrangementLevelOutside);
            Extent::Full
        }
        LevelFit::Unknown => {
            checks.unknown(Code::ArrangementLevelUnsaid);
            Extent::Full
        }
    }
}

/// Arrangement and chapter, in every language in which the arrangement has a title.
fn title(version: &Version<'_>, chapter: &Chapter) -> LangString {
    let titles = version.arrangement.title.0.iter().map(|of| {
        let part = chapter.title.in_language(&of.lang).unwrap_or_default();
        Text {
            lang: of.lang.clone(),
            value: format!("{}, {part}", of.value),
        }
    });
    LangString(titles.collect())
}

fn ends(side: &Side<'_>, on: Day, ended: bool) -> Option<Day> {
    if ended {
        return None;
    }
    side.ends.iter().filter_map(|end| through(end, on)).max()
}

fn ask<'a>(finding: Finding<'a>, version: &Version<'a>) -> Finding<'a> {
    let secretariat = version.arrangement.secretariat.as_ref();
    // Where there is none, the first of those who signed it.
    let party = secretariat.or(version.arrangement.signers.first());
    finding.ask(
        Who::Secretariat,
        party.map(|party| &*party.registered_by),
        party.map(|party| &*party.id),
    )
}

/// An arrangement relied on may have been restricted: in the destination's logs, in those of its
/// signers, and of a transcription in the transcriber's.
fn absent<'a>(
    known: &Known<'a>,
    finding: Finding<'a>,
    version: &Version<'a>,
    lenient: bool,
) -> Finding<'a> {
    let here = known.question.in_economy.as_str();
    let mut economies = vec![here];
    economies.extend(version.signer_economies(known));
    economies.dedup();
    known.absent(finding, &[version.evidence], &economies, lenient)
}
