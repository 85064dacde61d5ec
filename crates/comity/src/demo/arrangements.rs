//! Arrangements of the demo, one of each degree, and who is in them. None of them exists.

mod participations;
mod texts;

use comity_model::arrangement::{
    Arrangement, ArrangementType, Chapter, Coverage, Degree, Direction, DirectionMode,
    IssuerEligibility, LegalNature, Obligation, Phase, RequirementsBasis,
};
use comity_model::date::Period;
use comity_model::text::LangString;

use super::cast::{Body, CN, FR, SA, SE, SECRETARIAT};

pub(super) use participations::join;
pub(super) use texts::conclude;

/// An arrangement of the demo: the authority it is published under, and its slug.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) authority: &'static Body,
    pub(super) slug: &'static str,
}

/// Accreditations treated as equal (degree: competence).
pub(super) static MLA: Named = named(&SECRETARIAT, "demo-mla");
/// Test reports accepted, approval still one's own (degree: results).
pub(super) static REPORTS: Named = named(&SECRETARIAT, "demo-reports");
/// Security certificates up to a level (degree: certificates).
pub(super) static SECURITY: Named = named(&SE, "demo-security");
/// Product certificates of machines and appliances, two economies (degree: certificates).
pub(super) static GOODS: Named = named(&CN, "demo-goods");
/// Certificates of inspected consignments, two economies (degree: certificates).
pub(super) static CONSIGNMENTS: Named = named(&SA, "demo-consignments");
/// One side accepts without reciprocity, on a condition (degree: certificates).
pub(super) static ONE_WAY: Named = named(&SA, "demo-one-way");
/// Bodies designated to work to the importer's rules (degree: bodies).
pub(super) static MRA: Named = named(&FR, "demo-mra");
/// Common rules of three economies, one of which left (degree: rules).
pub(super) static REGION: Named = named(&SECRETARIAT, "demo-region");

const fn named(authority: &'static Body, slug: &'static str) -> Named {
    Named { authority, slug }
}

impl Named {
    /// Its id, `<DID>#<slug>`.
    pub(super) fn id(self) -> String {
        format!("{}#{}", self.authority.did, self.slug)
    }

    /// The full name of one of its chapters.
    pub(super) fn chapter(self, id: &str) -> String {
        format!("{}/{id}", self.id())
    }
}

/// An arrangement of one version with nothing in it yet; its parties are its signers.
fn arrangement(named: Named, signers: &[&'static Body], title: LangString) -> Arrangement {
    let economies = signers.iter().filter_map(|signer| signer.economy);
    Arrangement {
        id: named.id(),
        version: 1,
        title,
        citation: Some(format!("DEMO {}", named.slug)),
        arrangement_type: ArrangementType::CertificateRecognition,
        legal_nature: LegalNature::Agreement,
        signers: signers.iter().map(|signer| signer.reference()).collect(),
        secretariat: None,
        parties: economies.map(str::to_owned).collect(),
        chapters: Vec::new(),
        transcription: None,
    }
}

/// A mutual chapter in operation that covers everything.
pub(crate) fn chapter(id: &str, title: LangString, degree: Degree, period: Period) -> Chapter {
    Chapter {
        id: id.to_owned(),
        title,
        phase: Phase::Operational,
        degree,
        obligation: Obligation::ShallAccept,
        direction: Direction {
            mode: DirectionMode::Mutual,
            pairs: Vec::new(),
            except: Vec::new(),
        },
        requirements_basis: RequirementsBasis::CommonStandard,
        coverage: Coverage::default(),
        level: None,
        issuer_eligibility: IssuerEligibility::default(),
        acceptor: comity_model::arrangement::Acceptor::default(),
        conditions: Vec::new(),
        period,
        issued_from: None,
        after_end: None,
    }
}
