//! Attestations: who issued what to whom, on which grounds, for how long.

use anyhow::{Context as _, Result};
use comity_model::attestation::{
    Attestation, AttestationDetails, AttestationKind, BasedOn, ConformityObject, GrantReliance,
    LegalDates, Regime, UntpNamed, UntpParty,
};
use comity_model::date::{Day, LegalDate};
use comity_model::party::NamedParty;
use comity_model::record::Subject;
use comity_model::reference::{RecordReference, Reference};
use comity_model::standard::StandardReference;
use comity_model::text::LangString;

use super::cast::{Body, ECONOMIES};
use super::chance::Chance;
use super::shares::{FACTORIES, OLD_EDITION};
use super::sign::{Draft, Paper, Signed, sign};
use super::tables::{LANGUAGES, Norm};
use super::words::{SCHEME, title};
use super::world::Holder;

/// An attestation to be issued.
#[derive(Debug)]
pub(super) struct Issue<'a> {
    pub(super) by: &'a Body,
    pub(super) kind: AttestationKind,
    pub(super) number: String,
    /// The revision, from the second on.
    pub(super) revision: Option<&'static str>,
    pub(super) issued: Day,
    pub(super) until: Option<Day>,
    pub(super) holder: &'a Holder,
    /// Id of the scope's item that covers it.
    pub(super) item: &'static str,
    pub(super) standards: Vec<StandardReference>,
    pub(super) object: ConformityObject,
    pub(super) based_on: Vec<BasedOn>,
    pub(super) replaces: Option<RecordReference>,
}

/// Signs it. Its state on the base day `date` is that of its dates.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn issue(chance: &mut Chance, issue: Issue<'_>, date: Day) -> Result<Signed> {
    let Issue { by, issued, .. } = issue;
    let expired = issue.until.is_some_and(|until| until < date);
    let paper = Paper {
        number: issue.number.clone(),
        economy: by.code(),
        state: if expired { "expired" } else { "active" },
    };
    let name = name(&issue);
    let replaces = issue.replaces.clone();
    let attestation = attestation(chance, issue)?;
    let draft = Draft {
        by,
        on: issued,
        name,
        replaces,
        subject: Subject::Attestation(Box::new(attestation)),
    };
    let signed = sign(chance, draft)?;
    Ok(Signed {
        paper: Some(paper),
        ..signed
    })
}

fn name(issue: &Issue<'_>) -> String {
    let by = issue.by;
    let object = issue.object.names.in_language(by.tag()).unwrap_or_default();
    format!("{}: {object}", by.say(&title(issue.kind)))
}

fn attestation(chance: &mut Chance, issue: Issue<'_>) -> Result<Attestation> {
    let texts = |text: &str| vec![text.to_owned()];
    let (by, holder) = (issue.by, issue.holder);
    let plain: String = (issue.number.chars())
        .filter(char::is_ascii_alphanumeric)
        .collect();
    Ok(Attestation {
        untp_type: texts("ConformityAttestation"),
        id: format!("https://{}/certificates/{plain}", by.host()),
        name: name(&issue),
        description: None,
        assessor_level: "3rdParty".to_owned(),
        assessment_level: "authority-mandate".to_owned(),
        attestation_type: issue.kind.untp_type().to_owned(),
        issued_to_party: UntpParty {
            untp_type: texts("Party"),
            id: holder.id.clone(),
            name: holder.company.own.clone(),
            registered_id: None,
        },
        reference_scheme: UntpNamed {
            untp_type: texts("ConformityScheme"),
            id: format!("https://{}/schemes/{}", by.host(), issue.item),
            name: format!("{}, {}", by.say(&SCHEME), by.name),
        },
        comity: details(chance, issue)?,
    })
}

fn details(chance: &mut Chance, issue: Issue<'_>) -> Result<AttestationDetails> {
    let report = issue.kind == AttestationKind::TestReport;
    let goods = matches!(
        issue.kind,
        AttestationKind::ProductCertificate | AttestationKind::TypeExamination
    );
    let holder = issue.holder;
    let economy = ECONOMIES
        .get(holder.economy)
        .context("economies are drawn by place")?;
    let factories = goods && chance.is(FACTORIES);
    let regime = if goods && chance.is(500) {
        Regime::Mandatory
    } else {
        Regime::Voluntary
    };
    Ok(AttestationDetails {
        comity_kind: issue.kind,
        certificate_number: issue.number,
        version_number: issue.revision.map(str::to_owned),
        legal_dates: LegalDates {
            issued_on: LegalDate::from(issue.issued),
            valid_from: None,
            valid_until: issue.until.map(LegalDate::from),
            first_issued_on: None,
            procedure_began_on: None,
        },
        statement_of_conformity: report.then_some(true),
        regime: Some(regime),
        scheme: None,
        holder_names: if holder.company.english == holder.company.own {
            LangString::default()
        } else {
            LangString::of("en", &holder.company.english)
        },
        manufacturer: goods.then(|| maker(holder, economy.code)),
        factories: factories
            .then(|| NamedParty {
                address: Some(address(chance, LANGUAGES[economy.language])),
                ..maker(holder, economy.code)
            })
            .into_iter()
            .collect(),
        grants: reliances(issue.by, issue.item),
        standards: issue.standards,
        regulations: Vec::new(),
        profiles: Vec::new(),
        scope_statement: LangString::default(),
        objects: vec![issue.object],
        based_on: issue.based_on,
        deviations_covered: Vec::new(),
        level: None,
        claimed_arrangements: Vec::new(),
        conditions_of_use: Vec::new(),
        source_status: None,
    })
}

/// The accreditation, by the item that covers it if one does, and the designation if it covers it.
fn reliances(by: &Body, item: &str) -> Vec<GrantReliance> {
    let reliance = |(place, grant): (usize, &super::cast::Granted)| {
        let covered = grant.items.iter().any(|known| known == item);
        (covered || place == 0).then(|| GrantReliance {
            grant: Reference::Record(grant.reference.clone()),
            scope_items: covered.then(|| item.to_owned()).into_iter().collect(),
        })
    };
    by.grants.iter().enumerate().filter_map(reliance).collect()
}

fn maker(holder: &Holder, country: &str) -> NamedParty {
    NamedParty {
        country: Some(country.to_owned()),
        ..NamedParty::named(&holder.company.own)
    }
}

fn address(chance: &mut Chance, language: &str) -> String {
    let number = chance.between(1, 240);
    match language {
        "zh-Hans" => format!("演示工业园{number}号"),
        "ru" => format!("ДЕМО-промзона, ул. Заводская, {number}"),
        "ar" => format!("المنطقة الصناعية التجريبية، قطعة {number}"),
        "fr" => format!("{number}, rue de l’Usine, zone industrielle DÉMO"),
        _ => format!("Unit {number}, DEMO Industrial Estate"),
    }
}

/// The standard as it is cited on that day: in China and Kazakhstan with the national one before
/// it, and now and then in the edition before.
///
/// # Errors
/// If the table is written wrongly.
pub(super) fn cited(
    chance: &mut Chance,
    norm: &Norm,
    language: &str,
    on: Day,
) -> Result<Vec<StandardReference>> {
    let year = u16::try_from(on.year()).unwrap_or_default();
    let known: Vec<u16> = (norm.editions.iter().copied())
        .filter(|edition| *edition <= year)
        .collect();
    let newest = known.len().saturating_sub(1);
    let place = if chance.is(OLD_EDITION) {
        newest.saturating_sub(1)
    } else {
        newest
    };
    let edition = known.get(place).or(norm.editions.first());
    let edition = edition.context("every standard has an edition")?;
    let national = norm.national(language).cloned();
    Ok(national
        .into_iter()
        .chain([norm.edition(*edition)?])
        .collect())
}
