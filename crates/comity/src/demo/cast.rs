//! Who acts in the demo: authorities, accreditation bodies and bodies of seven economies, all
//! made up. Their hosts end in `.example` (RFC 2606) and their names say DEMO in their language.
//!
//! The keys are made from seeds that anybody can compute: they prove nothing outside of this
//! world, and no policy but the demo's names them.

use comity_model::attestation::AttestationKind;
use comity_model::party::{NamedParty, PartyReference};
use comity_model::record::Kind;
use comity_model::registration::Role;
use comity_signature::digest::sha256;
use comity_signature::key::SigningKey;

/// A made-up body.
#[derive(Debug)]
pub(super) struct Body {
    /// DID, `did:web:` and a host below `.example`.
    pub(super) did: &'static str,
    /// DID of the authority at the head of its registration chain; its own for an authority.
    pub(super) authority: &'static str,
    /// ISO 3166-1 alpha-2 code; none for a secretariat.
    pub(super) economy: Option<&'static str>,
    /// Language of its records.
    pub(super) language: &'static str,
    /// Its name in that language, as it signs.
    pub(super) name: &'static str,
    /// Its name in English.
    pub(super) english: &'static str,
}

/// How a body came to be registered: by whom, as what, to issue what.
#[derive(Debug)]
pub(super) struct Enrolment {
    pub(super) body: &'static Body,
    /// The authority, or an accreditation body that may register.
    pub(super) parent: &'static Body,
    pub(super) role: Role,
    /// Kinds of attestation it may issue; none for those who issue no attestation.
    pub(super) issues: &'static [AttestationKind],
}

impl Body {
    /// Its key number `generation`, from 1.
    pub(super) fn key(&self, generation: u32) -> SigningKey {
        seed(self.did, generation, SigningKey::from_seed)
    }

    /// Its host.
    pub(super) fn host(&self) -> &'static str {
        self.did.strip_prefix("did:web:").unwrap_or(self.did)
    }

    /// It as a party of a record.
    pub(super) fn party(&self) -> NamedParty {
        NamedParty::registered(self.did, self.authority, self.name)
    }

    /// It as the pair that names it.
    pub(super) fn reference(&self) -> PartyReference {
        PartyReference {
            id: self.did.to_owned(),
            registered_by: self.authority.to_owned(),
        }
    }
}

impl Enrolment {
    /// The kinds of records it may sign.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        if self.role == Role::AccreditationBody {
            return vec![
                Kind::CompetenceGrant,
                Kind::StatusEvent,
                Kind::Registration,
                Kind::KeyRevocation,
            ];
        }
        // Whoever may be named in a notice may respond to it.
        vec![
            Kind::Attestation,
            Kind::StatusEvent,
            Kind::Commitment,
            Kind::CoverageStatement,
            Kind::Notice,
        ]
    }
}

/// What `make` makes of the seed that the demo has for `name`. Known to everybody.
pub(super) fn seed<T>(name: &str, generation: u32, make: impl FnOnce(&[u8; 32]) -> T) -> T {
    let public = format!("comity demo key {generation}, known to everybody: {name}");
    make(&sha256(public.as_bytes()))
}

const fn body(
    did: &'static str,
    authority: &'static Body,
    language: &'static str,
    name: &'static str,
    english: &'static str,
) -> Body {
    Body {
        did,
        authority: authority.did,
        economy: authority.economy,
        language,
        name,
        english,
    }
}

const fn authority(
    did: &'static str,
    economy: Option<&'static str>,
    language: &'static str,
    name: &'static str,
    english: &'static str,
) -> Body {
    Body {
        did,
        authority: did,
        economy,
        language,
        name,
        english,
    }
}

const fn keyholder(did: &'static str, name: &'static str) -> Body {
    authority(did, None, "en", name, name)
}

pub(super) static SE: Body = authority(
    "did:web:demo-se.example",
    Some("SE"),
    "en",
    "DEMO Quality Authority, Sweden",
    "DEMO Quality Authority, Sweden",
);
pub(super) static FR: Body = authority(
    "did:web:demo-fr.example",
    Some("FR"),
    "fr",
    "Autorité DÉMO de la qualité, France",
    "DEMO Quality Authority, France",
);
pub(super) static TN: Body = authority(
    "did:web:demo-tn.example",
    Some("TN"),
    "fr",
    "Autorité DÉMO de la qualité, Tunisie",
    "DEMO Quality Authority, Tunisia",
);
pub(super) static KZ: Body = authority(
    "did:web:demo-kz.example",
    Some("KZ"),
    "ru",
    "ДЕМО-орган по качеству, Казахстан",
    "DEMO Quality Authority, Kazakhstan",
);
pub(super) static CN: Body = authority(
    "did:web:demo-cn.example",
    Some("CN"),
    "zh-Hans",
    "演示质量主管机构（中国）",
    "DEMO Quality Authority, China",
);
pub(super) static SA: Body = authority(
    "did:web:demo-sa.example",
    Some("SA"),
    "ar",
    "هيئة الجودة، عرض تجريبي، السعودية",
    "DEMO Quality Authority, Saudi Arabia",
);
pub(super) static JP: Body = authority(
    "did:web:demo-jp.example",
    Some("JP"),
    "ja",
    "デモ品質当局（日本）",
    "DEMO Quality Authority, Japan",
);
/// Keeps arrangements of several economies and belongs to none.
pub(super) static SECRETARIAT: Body = authority(
    "did:web:demo-secretariat.example",
    None,
    "en",
    "DEMO Secretariat of Arrangements",
    "DEMO Secretariat of Arrangements",
);

/// Who signs the list of members; the first in byte order stands as its issuer.
pub(super) static KEYHOLDERS: [Body; 3] = [
    keyholder(
        "did:web:keyholder-1.demo-federation.example",
        "DEMO keyholder 1",
    ),
    keyholder(
        "did:web:keyholder-2.demo-federation.example",
        "DEMO keyholder 2",
    ),
    keyholder(
        "did:web:keyholder-3.demo-federation.example",
        "DEMO keyholder 3",
    ),
];

pub(super) static SE_ACCREDITOR: Body = body(
    "did:web:accreditation.demo-se.example",
    &SE,
    "en",
    "DEMO Accreditation Board, Sweden",
    "DEMO Accreditation Board, Sweden",
);
pub(super) static FR_ACCREDITOR: Body = body(
    "did:web:accreditation.demo-fr.example",
    &FR,
    "fr",
    "Comité DÉMO d’accréditation",
    "DEMO Accreditation Committee, France",
);
pub(super) static KZ_ACCREDITOR: Body = body(
    "did:web:accreditation.demo-kz.example",
    &KZ,
    "ru",
    "ДЕМО-центр аккредитации",
    "DEMO Accreditation Centre, Kazakhstan",
);
pub(super) static CN_ACCREDITOR: Body = body(
    "did:web:accreditation.demo-cn.example",
    &CN,
    "zh-Hans",
    "演示认可中心",
    "DEMO Accreditation Centre, China",
);
pub(super) static SA_ACCREDITOR: Body = body(
    "did:web:accreditation.demo-sa.example",
    &SA,
    "ar",
    "مركز الاعتماد، عرض تجريبي",
    "DEMO Accreditation Centre, Saudi Arabia",
);
pub(super) static SE_CERTIFIER: Body = body(
    "did:web:certification.demo-se.example",
    &SE,
    "en",
    "DEMO Certification, Sweden",
    "DEMO Certification, Sweden",
);
pub(super) static SE_SECURITY: Body = body(
    "did:web:security.demo-se.example",
    &SE,
    "en",
    "DEMO Security Certification Scheme",
    "DEMO Security Certification Scheme",
);
pub(super) static FR_LABORATORY: Body = body(
    "did:web:essais.demo-fr.example",
    &FR,
    "fr",
    "Laboratoire DÉMO d’essais",
    "DEMO Testing Laboratory, France",
);
pub(super) static FR_CERTIFIER: Body = body(
    "did:web:certification.demo-fr.example",
    &FR,
    "fr",
    "Certification DÉMO",
    "DEMO Certification, France",
);
pub(super) static TN_CERTIFIER: Body = body(
    "did:web:certification.demo-tn.example",
    &TN,
    "fr",
    "Certification DÉMO, Tunis",
    "DEMO Certification, Tunis",
);
pub(super) static KZ_CERTIFIER: Body = body(
    "did:web:certification.demo-kz.example",
    &KZ,
    "ru",
    "ТОО «ДЕМО-Сертификация»",
    "DEMO Certification, Kazakhstan",
);
pub(super) static KZ_LABORATORY: Body = body(
    "did:web:lab.demo-kz.example",
    &KZ,
    "ru",
    "ДЕМО-лаборатория испытаний",
    "DEMO Testing Laboratory, Kazakhstan",
);
pub(super) static CN_LABORATORY: Body = body(
    "did:web:lab.demo-cn.example",
    &CN,
    "zh-Hans",
    "演示电器检测实验室",
    "DEMO Appliance Testing Laboratory, China",
);
pub(super) static CN_CERTIFIER: Body = body(
    "did:web:certification.demo-cn.example",
    &CN,
    "zh-Hans",
    "演示产品认证中心",
    "DEMO Product Certification Centre, China",
);
pub(super) static SA_INSPECTOR: Body = body(
    "did:web:inspection.demo-sa.example",
    &SA,
    "ar",
    "شركة التفتيش، عرض تجريبي",
    "DEMO Inspection Company, Saudi Arabia",
);
pub(super) static SA_CERTIFIER: Body = body(
    "did:web:certification.demo-sa.example",
    &SA,
    "ar",
    "شركة منح الشهادات، عرض تجريبي",
    "DEMO Certification Company, Saudi Arabia",
);
pub(super) static JP_CERTIFIER: Body = body(
    "did:web:certification.demo-jp.example",
    &JP,
    "ja",
    "デモ認証機関",
    "DEMO Certification Body, Japan",
);

const PRODUCT: &[AttestationKind] = &[AttestationKind::ProductCertificate];
const REPORT: &[AttestationKind] = &[AttestationKind::TestReport];

const fn enrolment(
    body: &'static Body,
    parent: &'static Body,
    role: Role,
    issues: &'static [AttestationKind],
) -> Enrolment {
    Enrolment {
        body,
        parent,
        role,
        issues,
    }
}

/// Everybody who is registered, parents before those they register.
pub(super) static ENROLMENTS: [Enrolment; 17] = [
    enrolment(&SE_ACCREDITOR, &SE, Role::AccreditationBody, &[]),
    enrolment(&FR_ACCREDITOR, &FR, Role::AccreditationBody, &[]),
    enrolment(&KZ_ACCREDITOR, &KZ, Role::AccreditationBody, &[]),
    enrolment(&CN_ACCREDITOR, &CN, Role::AccreditationBody, &[]),
    enrolment(&SA_ACCREDITOR, &SA, Role::AccreditationBody, &[]),
    enrolment(&SE_SECURITY, &SE, Role::CertificationBody, PRODUCT),
    enrolment(&TN_CERTIFIER, &TN, Role::CertificationBody, PRODUCT),
    enrolment(&JP_CERTIFIER, &JP, Role::CertificationBody, PRODUCT),
    enrolment(
        &SE_CERTIFIER,
        &SE_ACCREDITOR,
        Role::CertificationBody,
        PRODUCT,
    ),
    enrolment(&FR_LABORATORY, &FR_ACCREDITOR, Role::Laboratory, REPORT),
    enrolment(
        &FR_CERTIFIER,
        &FR_ACCREDITOR,
        Role::CertificationBody,
        PRODUCT,
    ),
    enrolment(
        &KZ_CERTIFIER,
        &KZ_ACCREDITOR,
        Role::CertificationBody,
        &[
            AttestationKind::ProductCertificate,
            AttestationKind::MsCertificate,
        ],
    ),
    enrolment(&KZ_LABORATORY, &KZ_ACCREDITOR, Role::Laboratory, REPORT),
    enrolment(&CN_LABORATORY, &CN_ACCREDITOR, Role::Laboratory, REPORT),
    enrolment(
        &CN_CERTIFIER,
        &CN_ACCREDITOR,
        Role::CertificationBody,
        PRODUCT,
    ),
    enrolment(
        &SA_INSPECTOR,
        &SA_ACCREDITOR,
        Role::InspectionBody,
        &[AttestationKind::ConsignmentCertificate],
    ),
    enrolment(
        &SA_CERTIFIER,
        &SA_ACCREDITOR,
        Role::CertificationBody,
        PRODUCT,
    ),
];
