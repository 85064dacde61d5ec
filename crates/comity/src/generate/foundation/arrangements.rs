//! What is recognised between whom: an arrangement of accreditation bodies, one on reports and one
//! on management systems, three regions with common rules, agreements of two economies, and what
//! some accept on their own. Who is in is said by another and by itself, as in life.

use anyhow::{Context as _, Result};
use comity_model::arrangement::{
    AfterEnd, Arrangement, ArrangementType, Chapter, Degree, DirectedPair, Direction,
    DirectionMode, ExistingAttestations, IssuerEligibility, LegalNature, Obligation, Phase,
    RequirementsBasis,
};
use comity_model::attestation::AttestationKind;
use comity_model::date::Period;
use comity_model::grant::{Activity, GrantType};
use comity_model::participation::{
    ArrangementName, AssertedBy, Declaration, Participant, Participation, ParticipationRole,
};
use comity_model::record::Subject;
use comity_model::text::LangString;

mod plans;

use super::{Foundation, headings, hs};
use crate::demo::arrangements::chapter;
use crate::generate::cast::{Body, Cast};
use crate::generate::chance::Chance;
use crate::generate::sign::{Draft, sign_by};
use crate::generate::tables::{LANGUAGES, Tables, Words};
pub(in crate::generate) use plans::partner;
use plans::{
    ABSENT, ACCREDITATION, ACCREDITED, GOODS, MLA, PAIR, PLANS, Plan, REGION, REGIONS, REPORTS,
    SYSTEMS,
};

/// Chapters of an agreement of two economies, one a family of goods.
const CHAPTERS_OF_A_PAIR: usize = 5;
/// What agreements on goods are about.
const CERTIFICATES: [AttestationKind; 3] = [
    AttestationKind::ProductCertificate,
    AttestationKind::TypeExamination,
    AttestationKind::ConsignmentCertificate,
];
/// The economy with which a chapter lapsed.
const LAPSED_WITH: &str = "SN";
/// Days before the base day on which it did.
const LAPSED_DAYS: i32 = 300;

/// A chapter of an agreement of two economies under which bodies are designated.
#[derive(Debug)]
pub(super) struct Designated {
    /// Its full name.
    pub(super) chapter: String,
    /// Place of its family of goods.
    pub(super) family: usize,
    /// The economies.
    pub(super) economies: [&'static str; 2],
}

/// What [`conclude`] leaves for those who join.
#[derive(Debug, Default)]
pub(super) struct Concluded {
    joining: Vec<Joining>,
    /// Under which chapters bodies are designated.
    pub(super) designated: Vec<Designated>,
}

/// Who joins an arrangement, by whose word.
#[derive(Debug)]
struct Joining {
    name: ArrangementName,
    /// Place in the authorities.
    who: usize,
    /// The secretariat, or the authority of another party.
    word: Word,
    role: ParticipationRole,
    declaration: Option<Declaration>,
}

#[derive(Clone, Copy, Debug)]
enum Word {
    Secretariat,
    Peer(usize),
    Own,
}

/// Adds every arrangement.
pub(super) fn conclude(
    foundation: &mut Foundation,
    cast: &Cast,
    tables: &Tables,
) -> Result<Concluded> {
    let mut concluded = Concluded::default();
    accreditation(foundation, cast)?;
    let everybody: Vec<&'static str> = cast.authorities.iter().map(Body::code).collect();
    in_secretariat(
        &mut concluded,
        cast,
        MLA,
        &everybody,
        ParticipationRole::Signatory,
    )?;
    let present: Vec<&'static str> = everybody
        .into_iter()
        .filter(|code| !ABSENT.contains(code))
        .collect();
    let both = [
        ("reports", REPORTS, Degree::Results, &ACCREDITED[..2]),
        ("systems", SYSTEMS, Degree::Certificates, &ACCREDITED[3..]),
    ];
    for (slug, title, degree, parts) in both {
        let mut text = of_secretariat(cast, slug, all(&title, ""), &present);
        for (id, name, kind, activity) in parts {
            let mut part = chapter(id, all(name, ""), degree, foundation.since());
            part.obligation = Obligation::ShallAcceptOrJustify;
            part.coverage.attestation_kinds = vec![*kind];
            part.issuer_eligibility = accredited(cast, id, *activity);
            text.chapters.push(part);
        }
        publish(foundation, &[&cast.secretariat], text)?;
        in_secretariat(
            &mut concluded,
            cast,
            slug,
            &present,
            ParticipationRole::Signatory,
        )?;
    }
    for (slug, parties) in REGIONS {
        let title = all(&REGION, &parties.join("–"));
        let mut text = of_secretariat(cast, slug, title, &parties);
        text.arrangement_type = ArrangementType::HarmonisedRegime;
        text.legal_nature = LegalNature::Treaty;
        let mut part = chapter("goods", all(&GOODS, ""), Degree::Rules, foundation.since());
        part.coverage.attestation_kinds = CERTIFICATES.to_vec();
        part.issuer_eligibility.participant_roles = vec![ParticipationRole::Member];
        part.acceptor.roles = vec![ParticipationRole::Member];
        text.chapters.push(part);
        publish(foundation, &[&cast.secretariat], text)?;
        in_secretariat(
            &mut concluded,
            cast,
            slug,
            &parties,
            ParticipationRole::Member,
        )?;
    }
    for plan in &PLANS {
        pair(foundation, cast, tables, plan, &mut concluded)?;
    }
    Ok(concluded)
}

fn accreditation(foundation: &mut Foundation, cast: &Cast) -> Result<()> {
    let everybody: Vec<&'static str> = cast.authorities.iter().map(Body::code).collect();
    let mut text = of_secretariat(cast, MLA, all(&ACCREDITATION, ""), &everybody);
    text.arrangement_type = ArrangementType::AccreditationMla;
    text.legal_nature = LegalNature::PrivateMultilateral;
    for (id, name, kind, activity) in &ACCREDITED {
        let mut part = chapter(id, all(name, ""), Degree::Competence, foundation.since());
        part.obligation = Obligation::ShallPromoteAcceptance;
        part.coverage.attestation_kinds = vec![*kind];
        part.issuer_eligibility = accredited(cast, id, *activity);
        text.chapters.push(part);
    }
    publish(foundation, &[&cast.secretariat], text)
}

/// An agreement of two economies: chapters of some families of goods.
fn pair(
    foundation: &mut Foundation,
    cast: &Cast,
    tables: &Tables,
    plan: &Plan,
    concluded: &mut Concluded,
) -> Result<()> {
    let places = [place(cast, plan.one)?, place(cast, plan.other)?];
    let [first, second] = places.map(|place| &cast.authorities[place]);
    let slug = [plan.one, plan.other]
        .map(str::to_ascii_lowercase)
        .join("-");
    let one_way = plan.mode == DirectionMode::OneWay;
    let signers = if one_way {
        vec![first]
    } else {
        vec![first, second]
    };
    let title = all(&PAIR, &[plan.one, plan.other].join("–"));
    let mut text = arrangement(first, &slug, title, &signers);
    if one_way {
        text.arrangement_type = ArrangementType::Unilateral;
        text.legal_nature = LegalNature::UnilateralMeasure;
    }
    for family in families(&mut foundation.chance, tables) {
        let part = part(tables, plan, family, foundation.since());
        if plan.degree == Degree::Bodies {
            concluded.designated.push(Designated {
                chapter: format!("{}/{}", text.id, part.id),
                family,
                economies: [plan.one, plan.other],
            });
        }
        text.chapters.push(part);
    }
    if let (true, Some(last)) = (plan.other == LAPSED_WITH, text.chapters.last_mut()) {
        last.phase = Phase::Lapsed;
        let ended = foundation.date.plus_days(-LAPSED_DAYS);
        last.period = Period::new(foundation.begun, Some(ended.into()));
        last.after_end = Some(AfterEnd {
            existing_attestations: ExistingAttestations::UntilExpiry,
            date: None,
            procedures_under_way_until: None,
        });
    }
    publish(foundation, &signers, text)?;
    let name = name_of(first, &slug);
    let joining = joining_pair(places, one_way);
    concluded
        .joining
        .extend(joining.map(|(who, word, role, declaration)| Joining {
            name: name.clone(),
            who,
            word,
            role,
            declaration,
        }));
    Ok(())
}

/// A chapter for a family of goods.
fn part(tables: &Tables, plan: &Plan, family: usize, period: Period) -> Chapter {
    let known = &tables.families[family];
    let mut part = chapter(known.key, all(&known.names, ""), plan.degree, period);
    part.coverage.products = hs(headings(tables, family));
    part.coverage.attestation_kinds = CERTIFICATES.to_vec();
    part.issuer_eligibility.grant_types = vec![GrantType::Accreditation];
    if plan.degree == Degree::Bodies {
        part.requirements_basis = RequirementsBasis::Importer;
        part.issuer_eligibility = IssuerEligibility {
            grant_types: vec![GrantType::Designation],
            designated_under_chapter: true,
            ..IssuerEligibility::default()
        };
    }
    if plan.mode == DirectionMode::OneWay {
        part.direction = Direction {
            mode: plan.mode,
            pairs: vec![DirectedPair {
                from: vec![plan.other.to_owned()],
                to: vec![plan.one.to_owned()],
                period: None,
            }],
            except: Vec::new(),
        };
    }
    part
}

/// Who joins an agreement of two, by whose word, as what, with what declaration. Where one accepts
/// alone, it says so, and that the other is in.
fn joining_pair(
    [one, other]: [usize; 2],
    one_way: bool,
) -> impl Iterator<Item = (usize, Word, ParticipationRole, Option<Declaration>)> {
    let signatory = ParticipationRole::Signatory;
    let accepts = one_way.then_some(Declaration::Accept);
    let own = if one_way {
        ParticipationRole::Consuming
    } else {
        signatory
    };
    let always = [
        (other, Word::Peer(one), signatory, None),
        (one, Word::Own, own, accepts),
    ];
    let mutual = [
        (one, Word::Peer(other), signatory, None),
        (other, Word::Own, signatory, None),
    ];
    let mutual = mutual.into_iter().filter(move |_| !one_way);
    always.into_iter().chain(mutual)
}

fn families(chance: &mut Chance, tables: &Tables) -> Vec<usize> {
    let mut families = Vec::new();
    while families.len() < CHAPTERS_OF_A_PAIR.min(tables.families.len()) {
        let family = chance.place(tables.families.len());
        if !families.contains(&family) {
            families.push(family);
        }
    }
    families
}

fn publish(foundation: &mut Foundation, signers: &[&Body], text: Arrangement) -> Result<()> {
    let by = signers.first().context("an arrangement has a signer")?;
    let name = text.title.in_language("en").unwrap_or("DEMO").to_owned();
    let draft = Draft {
        by,
        on: foundation.begun,
        name,
        replaces: None,
        subject: Subject::Arrangement(Box::new(text)),
    };
    let signers = signers
        .iter()
        .map(|signer| (signer.did.as_str(), &signer.key));
    let signers: Vec<_> = signers.collect();
    let signed = sign_by(&mut foundation.chance, draft, &signers)?;
    foundation.made.push(signed);
    Ok(())
}

/// Each economy is in by the word of the secretariat and by its own.
fn in_secretariat(
    concluded: &mut Concluded,
    cast: &Cast,
    slug: &str,
    parties: &[&'static str],
    role: ParticipationRole,
) -> Result<()> {
    for code in parties {
        for word in [Word::Secretariat, Word::Own] {
            concluded.joining.push(Joining {
                name: name_of(&cast.secretariat, slug),
                who: place(cast, code)?,
                word,
                role,
                declaration: None,
            });
        }
    }
    Ok(())
}

/// Adds every participation.
pub(super) fn join(foundation: &mut Foundation, cast: &Cast, concluded: &Concluded) -> Result<()> {
    for accreditor in &cast.accreditors {
        let name = name_of(&cast.secretariat, MLA);
        let participation = Participation {
            participant: Participant::Party(accreditor.reference()),
            ..participation(foundation, name, "", ParticipationRole::Signatory)
        };
        let title = format!("DEMO: {MLA}, {}", accreditor.english);
        let subject = Subject::Participation(Box::new(participation));
        foundation.add(&cast.secretariat, foundation.begun, title, subject)?;
    }
    for joining in &concluded.joining {
        let who = &cast.authorities[joining.who];
        let (by, asserted_by) = match joining.word {
            Word::Secretariat => (&cast.secretariat, AssertedBy::Secretariat),
            Word::Peer(peer) => (&cast.authorities[peer], AssertedBy::Peer),
            Word::Own => (who, AssertedBy::Participant),
        };
        let name = joining.name.clone();
        let title = format!("DEMO: {}, {}", who.code(), name.id);
        let participation = Participation {
            declaration: joining.declaration,
            asserted_by,
            ..participation(foundation, name, who.code(), joining.role)
        };
        let subject = Subject::Participation(Box::new(participation));
        foundation.add(by, foundation.begun, title, subject)?;
    }
    Ok(())
}

fn participation(
    foundation: &Foundation,
    arrangement: ArrangementName,
    economy: &str,
    role: ParticipationRole,
) -> Participation {
    Participation {
        arrangement,
        participant: Participant::Economy(economy.to_owned()),
        roles: vec![role],
        chapters: Vec::new(),
        period: foundation.since(),
        declaration: None,
        additional_requirements: Vec::new(),
        arrangement_version: None,
        asserted_by: AssertedBy::Secretariat,
        transcription: None,
    }
}

fn name_of(by: &Body, slug: &str) -> ArrangementName {
    ArrangementName {
        authority: by.did.clone(),
        id: format!("{}#{slug}", by.did),
    }
}

fn place(cast: &Cast, code: &str) -> Result<usize> {
    let found = cast
        .authorities
        .iter()
        .position(|known| known.code() == code);
    found.with_context(|| format!("{code} is not among the made-up economies"))
}

/// These words in every language, with `what` in place of `{}`.
fn all(words: &Words, what: &str) -> LangString {
    let texts = LANGUAGES.iter().zip(words);
    texts.fold(LangString::default(), |all, (language, text)| {
        all.and(language, &text.replace("{}", what))
    })
}

/// The grantor must itself be in that chapter of the accreditation arrangement.
fn accredited(cast: &Cast, chapter: &str, activity: Activity) -> IssuerEligibility {
    IssuerEligibility {
        grant_types: vec![GrantType::Accreditation],
        activities: vec![activity],
        grantor_in: Some(format!("{}/{chapter}", name_of(&cast.secretariat, MLA).id)),
        ..IssuerEligibility::default()
    }
}

fn of_secretariat(cast: &Cast, slug: &str, title: LangString, parties: &[&str]) -> Arrangement {
    let mut text = arrangement(&cast.secretariat, slug, title, &[&cast.secretariat]);
    text.secretariat = Some(cast.secretariat.reference());
    text.parties = parties.iter().map(|&code| code.to_owned()).collect();
    text
}

/// An arrangement without chapters.
fn arrangement(by: &Body, slug: &str, title: LangString, signers: &[&Body]) -> Arrangement {
    Arrangement {
        id: name_of(by, slug).id,
        version: 1,
        title,
        citation: Some(format!("DEMO {slug}")),
        arrangement_type: ArrangementType::CertificateRecognition,
        legal_nature: LegalNature::Agreement,
        signers: signers.iter().map(|signer| signer.reference()).collect(),
        secretariat: None,
        parties: signers
            .iter()
            .map(|signer| signer.code().to_owned())
            .collect(),
        chapters: Vec::new(),
        transcription: None,
    }
}
