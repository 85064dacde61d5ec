//! Certificates and reports of the demo, each made up. Those that a story asks about say so.

mod east;
mod west;

use anyhow::Result;
use comity_model::attestation::{
    Attestation, AttestationDetails, AttestationKind, ConformityObject, GrantReliance, LegalDates,
    ObjectType, Regime, UntpNamed, UntpParty,
};
use comity_model::product::ProductCode;
use comity_model::record::Subject;
use comity_model::reference::Reference;
use comity_model::text::LangString;

use super::cast::Body;
use super::ledger::{Draft, Ledger, on, standards, texts};

/// The edition of the Harmonized System that the demo's codes are of.
const HS_EDITION: &str = "2022";

/// A certificate or report to be written.
struct Paper {
    /// Its number; also what the demo calls it, unless `key` says otherwise.
    number: &'static str,
    key: Option<&'static str>,
    by: &'static Body,
    kind: AttestationKind,
    /// Title in the issuer's language.
    title: &'static str,
    issued: &'static str,
    until: Option<&'static str>,
    holder: &'static str,
    object: LangString,
    object_type: ObjectType,
    standards: &'static [&'static str],
    hs: &'static [&'static str],
    models: &'static [&'static str],
    /// Number of the grant relied on, and the items of its scope.
    grant: Option<(&'static str, &'static [&'static str])>,
    /// The older paper it takes the place of.
    replaces: Option<&'static str>,
}

impl Paper {
    /// A product certificate that says what it must.
    fn product(by: &'static Body, number: &'static str, title: &'static str) -> Self {
        Self {
            number,
            key: None,
            by,
            kind: AttestationKind::ProductCertificate,
            title,
            issued: "",
            until: None,
            holder: "",
            object: LangString::of(by.language, title),
            object_type: ObjectType::Product,
            standards: &[],
            hs: &[],
            models: &[],
            grant: None,
            replaces: None,
        }
    }

    /// Its title and what it is about, in the issuer's language.
    fn name(&self) -> String {
        let object = self
            .object
            .in_language(self.by.language)
            .unwrap_or_default();
        format!("{}: {object}", self.title)
    }

    /// A test report.
    fn report(by: &'static Body, number: &'static str, title: &'static str) -> Self {
        Self {
            kind: AttestationKind::TestReport,
            ..Self::product(by, number, title)
        }
    }
}

/// Adds every certificate and report.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn issue(ledger: &mut Ledger) -> Result<()> {
    east::issue(ledger)?;
    west::issue(ledger)
}

fn add(ledger: &mut Ledger, paper: &Paper) -> Result<()> {
    add_with(ledger, paper, |_| Ok(()))
}

/// Adds a paper with what only it says.
fn add_with(
    ledger: &mut Ledger,
    paper: &Paper,
    change: impl FnOnce(&mut AttestationDetails) -> Result<()>,
) -> Result<()> {
    let mut attestation = attestation(ledger, paper)?;
    change(&mut attestation.comity)?;
    let draft = Draft {
        key: paper.key.unwrap_or(paper.number),
        logged: paper.issued,
        by: paper.by,
        name: &paper.name(),
        subject: Subject::Attestation(Box::new(attestation)),
    };
    let signer = (paper.by, paper.by.key(1));
    ledger.add_signed(draft, paper.replaces, &[signer])
}

fn attestation(ledger: &Ledger, paper: &Paper) -> Result<Attestation> {
    let plain: String = (paper.number.chars())
        .filter(char::is_ascii_alphanumeric)
        .collect();
    Ok(Attestation {
        untp_type: texts(&["ConformityAttestation"]),
        id: format!("https://{}/certificates/{plain}", paper.by.host()),
        name: paper.name(),
        description: None,
        assessor_level: "3rdParty".to_owned(),
        assessment_level: "authority-mandate".to_owned(),
        attestation_type: paper.kind.untp_type().to_owned(),
        issued_to_party: UntpParty {
            untp_type: texts(&["Party"]),
            id: format!("https://holders.example/demo/{plain}"),
            name: paper.holder.to_owned(),
            registered_id: None,
        },
        reference_scheme: UntpNamed {
            untp_type: texts(&["ConformityScheme"]),
            id: format!("https://{}/schemes/demo", paper.by.host()),
            name: format!("DEMO scheme of {}", paper.by.english),
        },
        comity: details(ledger, paper)?,
    })
}

fn details(ledger: &Ledger, paper: &Paper) -> Result<AttestationDetails> {
    let grants = match paper.grant {
        Some((number, items)) => vec![GrantReliance {
            grant: Reference::Record(ledger.reference(number)?),
            scope_items: texts(items),
        }],
        None => Vec::new(),
    };
    let codes = paper.hs.iter();
    let object = ConformityObject {
        model_numbers: texts(paper.models),
        product_codes: codes
            .filter_map(|code| ProductCode::hs(code, Some(HS_EDITION)))
            .collect(),
        ..ConformityObject::named(paper.object_type, paper.object.clone())
    };
    Ok(AttestationDetails {
        comity_kind: paper.kind,
        certificate_number: paper.number.to_owned(),
        version_number: None,
        legal_dates: LegalDates {
            issued_on: on(paper.issued)?,
            valid_from: None,
            valid_until: paper.until.map(on).transpose()?,
            first_issued_on: None,
            procedure_began_on: None,
        },
        statement_of_conformity: None,
        regime: Some(Regime::Voluntary),
        scheme: None,
        holder_names: LangString::default(),
        manufacturer: None,
        factories: Vec::new(),
        grants,
        standards: standards(paper.standards)?,
        regulations: Vec::new(),
        profiles: Vec::new(),
        scope_statement: LangString::default(),
        objects: vec![object],
        based_on: Vec::new(),
        deviations_covered: Vec::new(),
        level: None,
        claimed_arrangements: Vec::new(),
        conditions_of_use: Vec::new(),
        source_status: None,
    })
}
