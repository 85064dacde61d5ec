//! The made-up bodies that sign the samples, and what every sample needs.

use base64::Engine as _;

use crate::date::{Day, Instant, LegalDate, Period};
use crate::party::{NamedParty, PartyReference};
use crate::product::ProductCode;
use crate::record::{Envelope, Issuer, MODEL_VERSION, PublicationBasis, Record, Subject};
use crate::reference::RecordReference;
use crate::standard::StandardReference;

/// A made-up body.
pub(super) struct Body {
    pub(super) did: &'static str,
    pub(super) authority: &'static str,
    pub(super) name: &'static str,
    pub(super) language: &'static str,
}

const fn body(
    did: &'static str,
    authority: &'static str,
    name: &'static str,
    language: &'static str,
) -> Body {
    Body {
        did,
        authority,
        name,
        language,
    }
}

const FR: &str = "did:web:authority-fr.example";
const CN: &str = "did:web:authority-cn.example";
const KZ: &str = "did:web:authority-kz.example";
const EG: &str = "did:web:authority-eg.example";
const TH: &str = "did:web:authority-th.example";
const NZ: &str = "did:web:authority-nz.example";
const SECRETARIAT_DID: &str = "did:web:secretariat.example";

pub(super) const AUTHORITY_FR: Body = body(FR, FR, "Autorité nationale d’exemple", "fr");
pub(super) const AUTHORITY_CN: Body = body(CN, CN, "示例国家认证认可管理局", "zh-Hans");
pub(super) const AUTHORITY_KZ: Body = body(KZ, KZ, "Примерный национальный орган", "ru");
pub(super) const AUTHORITY_EG: Body = body(EG, EG, "الهيئة الوطنية النموذجية", "ar");
pub(super) const AUTHORITY_TH: Body = body(TH, TH, "หน่วยงานกำกับตัวอย่าง", "th");
pub(super) const AUTHORITY_NZ: Body = body(NZ, NZ, "Sample National Authority", "en");
pub(super) const SECRETARIAT: Body = body(
    SECRETARIAT_DID,
    SECRETARIAT_DID,
    "Sample Recognition Secretariat",
    "en",
);
pub(super) const CERTIFIER_FR: Body = body(
    "did:web:certification-fr.example",
    FR,
    "Certification Exemple SAS",
    "fr",
);
pub(super) const LABORATORY_CN: Body =
    body("did:web:lab-cn.example", CN, "示例电器检测中心", "zh-Hans");
pub(super) const ACCREDITOR_CN: Body = body(
    "did:web:accreditation-cn.example",
    CN,
    "示例认可中心",
    "zh-Hans",
);
pub(super) const CERTIFIER_KZ: Body = body(
    "did:web:certification-kz.example",
    KZ,
    "ТОО «Образцовая сертификация»",
    "ru",
);
pub(super) const ACCREDITOR_KZ: Body = body(
    "did:web:accreditation-kz.example",
    KZ,
    "Образцовый центр аккредитации",
    "ru",
);
pub(super) const METROLOGY_EG: Body = body(
    "did:web:metrology-eg.example",
    EG,
    "المعهد النموذجي للقياس والمعايرة",
    "ar",
);
pub(super) const LABORATORY_EG: Body =
    body("did:web:lab-eg.example", EG, "مختبر الأغذية النموذجي", "ar");
pub(super) const LABORATORY_FR: Body = body(
    "did:web:laboratoire-fr.example",
    FR,
    "Laboratoire Exemple",
    "fr",
);
pub(super) const LABORATORY_KZ: Body = body(
    "did:web:lab-kz.example",
    KZ,
    "Образцовая испытательная лаборатория",
    "ru",
);
pub(super) const LABORATORY_NZ: Body = body(
    "did:web:lab-nz.example",
    NZ,
    "Sample Testing Laboratory",
    "en",
);
pub(super) const INSPECTOR_TH: Body = body(
    "did:web:inspection-th.example",
    TH,
    "บริษัท ตรวจสอบตัวอย่าง จำกัด",
    "th",
);
pub(super) const ACCREDITOR_NZ: Body = body(
    "did:web:accreditation-nz.example",
    NZ,
    "Sample Accreditation Board",
    "en",
);
pub(super) const EVALUATOR_NZ: Body = body(
    "did:web:evaluation-nz.example",
    NZ,
    "Sample Security Evaluation Scheme",
    "en",
);

impl Body {
    pub(super) fn party(&self) -> NamedParty {
        NamedParty::registered(self.did, self.authority, self.name)
    }

    pub(super) fn reference(&self) -> PartyReference {
        PartyReference {
            id: self.did.to_owned(),
            registered_by: self.authority.to_owned(),
        }
    }
}

/// The record number `serial` of the samples, signed by `body`.
pub(super) fn record(serial: u32, body: &Body, name: &str, subject: Subject) -> Record {
    // Kinds without legal days of their own begin on a day of the samples' past.
    let (valid_from, valid_until) = subject
        .envelope_dates()
        .unwrap_or((day("2026-01-05").first_second(), None));
    let publication_basis = match subject {
        Subject::Attestation(_) => Some(PublicationBasis::ClientConsent),
        Subject::Notice(_) => Some(PublicationBasis::Law),
        _ => None,
    };
    Record {
        id: id(serial),
        issuer: Issuer {
            id: body.did.to_owned(),
            name: body.name.to_owned(),
        },
        name: name.to_owned(),
        valid_from,
        valid_until,
        comity: Envelope {
            authority: body.authority.to_owned(),
            language: body.language.to_owned(),
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis,
        },
        subject,
    }
}

/// The id of the sample number `serial`.
pub(super) fn id(serial: u32) -> String {
    format!("urn:uuid:01936c00-0000-7000-8000-{serial:012x}")
}

/// A digest of the right form, of nothing.
pub(super) fn digest(fill: u8) -> String {
    let mut multihash = vec![0x12, 0x20];
    multihash.extend([fill; 32]);
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    format!("u{}", engine.encode(multihash))
}

/// A reference to the sample number `serial` of `body`.
pub(super) fn reference(serial: u32, body: &Body) -> RecordReference {
    RecordReference {
        authority: body.authority.to_owned(),
        issuer: body.did.to_owned(),
        id: id(serial),
        digest_multibase: digest(u8::try_from(serial % 256).unwrap_or_default()),
    }
}

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("the samples' days are written here")
}

pub(super) fn on(text: &str) -> LegalDate {
    day(text).into()
}

pub(super) fn instant(text: &str) -> Instant {
    text.parse()
        .expect("the samples' instants are written here")
}

pub(super) fn from(text: &str) -> Period {
    Period::new(day(text), None)
}

pub(super) fn span(from: &str, until: &str) -> Period {
    Period::new(day(from), Some(on(until)))
}

pub(super) fn standard(text: &str) -> StandardReference {
    text.parse()
        .expect("the samples' standards are written here")
}

pub(super) fn hs(code: &str) -> ProductCode {
    ProductCode::hs(code, Some("2022")).expect("the samples' codes are written here")
}

pub(super) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}
