//! Which arrangements there are: between whom, how far they go, and what they are called.

use comity_model::arrangement::{Degree, DirectionMode};
use comity_model::attestation::AttestationKind;
use comity_model::grant::Activity;

use crate::generate::tables::Words;

/// Two economies, or one that accepts what comes from the other, and how far they go.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) one: &'static str,
    pub(super) other: &'static str,
    pub(super) degree: Degree,
    pub(super) mode: DirectionMode,
}

const fn plan(one: &'static str, other: &'static str, degree: Degree, mode: DirectionMode) -> Plan {
    Plan {
        one,
        other,
        degree,
        mode,
    }
}

/// The agreements of two economies. Those of bodies rest on designations.
pub(super) const PLANS: [Plan; 14] = [
    plan("CN", "KZ", Degree::Certificates, DirectionMode::Mutual),
    plan("CN", "SG", Degree::Certificates, DirectionMode::Mutual),
    plan("CN", "SA", Degree::Certificates, DirectionMode::Mutual),
    plan("CN", "AU", Degree::Certificates, DirectionMode::Mutual),
    plan("GB", "AU", Degree::Certificates, DirectionMode::Mutual),
    plan("GB", "AE", Degree::Certificates, DirectionMode::Mutual),
    plan("FR", "EG", Degree::Certificates, DirectionMode::Mutual),
    plan("SA", "KZ", Degree::Certificates, DirectionMode::Mutual),
    plan("EG", "KE", Degree::Certificates, DirectionMode::Mutual),
    plan("GB", "SG", Degree::Bodies, DirectionMode::Mutual),
    plan("FR", "AU", Degree::Bodies, DirectionMode::Mutual),
    plan("FR", "SN", Degree::Certificates, DirectionMode::Mutual),
    plan("KE", "GB", Degree::Certificates, DirectionMode::OneWay),
    plan("SN", "CN", Degree::Certificates, DirectionMode::OneWay),
];
/// Economies with common rules.
pub(super) const REGIONS: [(&str, [&str; 2]); 3] = [
    ("steppe", ["KZ", "KG"]),
    ("gulf", ["SA", "AE"]),
    ("channel", ["FR", "GB"]),
];
/// Economies that take no part in the arrangements on reports and on management systems.
pub(super) const ABSENT: [&str; 3] = ["KG", "SN", "EG"];

/// The arrangement of accreditation bodies.
pub(super) const MLA: &str = "accreditation";
/// The chapters of that arrangement: id, name, what is issued, what is granted.
pub(super) const ACCREDITED: [(&str, Words, AttestationKind, Activity); 4] = [
    (
        "testing",
        ["testing", "检测", "испытания", "الاختبار", "essais"],
        AttestationKind::TestReport,
        Activity::Testing,
    ),
    (
        "calibration",
        [
            "calibration",
            "校准",
            "калибровка",
            "المعايرة",
            "étalonnage",
        ],
        AttestationKind::CalibrationCertificate,
        Activity::Calibration,
    ),
    (
        "products",
        [
            "product certification",
            "产品认证",
            "сертификация продукции",
            "منح شهادات المنتجات",
            "certification de produits",
        ],
        AttestationKind::ProductCertificate,
        Activity::ProductCertification,
    ),
    (
        "systems",
        [
            "management systems",
            "管理体系",
            "системы менеджмента",
            "أنظمة الإدارة",
            "systèmes de management",
        ],
        AttestationKind::MsCertificate,
        Activity::MsCertification,
    ),
];

pub(super) const PAIR: Words = [
    "DEMO agreement on mutual recognition, {}",
    "演示互认协定，{}",
    "ДЕМО-соглашение о взаимном признании, {}",
    "اتفاق تجريبي للاعتراف المتبادل، {}",
    "Accord DÉMO de reconnaissance mutuelle, {}",
];
pub(super) const REGION: Words = [
    "DEMO region with common rules, {}",
    "演示统一规则区域，{}",
    "ДЕМО-регион с общими правилами, {}",
    "منطقة تجريبية بقواعد موحدة، {}",
    "Région DÉMO aux règles communes, {}",
];
pub(super) const ACCREDITATION: Words = [
    "DEMO accreditation arrangement",
    "演示认可多边协议",
    "ДЕМО-соглашение об аккредитации",
    "ترتيب تجريبي للاعتماد",
    "Accord DÉMO d’accréditation",
];
pub(super) const REPORTS: Words = [
    "DEMO arrangement on reports",
    "演示检测报告互认安排",
    "ДЕМО-соглашение о протоколах",
    "ترتيب تجريبي بشأن التقارير",
    "Accord DÉMO sur les rapports",
];
pub(super) const SYSTEMS: Words = [
    "DEMO arrangement on management systems",
    "演示管理体系互认安排",
    "ДЕМО-соглашение о системах менеджмента",
    "ترتيب تجريبي بشأن أنظمة الإدارة",
    "Accord DÉMO sur les systèmes de management",
];
pub(super) const GOODS: Words = ["goods", "商品", "товары", "السلع", "marchandises"];

/// An economy that has agreed with `code` on certificates.
pub(in crate::generate) fn partner(code: &str) -> &'static str {
    let regions = REGIONS.iter().map(|(_, parties)| *parties);
    let plans = PLANS.iter().map(|plan| [plan.one, plan.other]);
    let mut pairs = regions.chain(plans);
    match pairs.find(|pair| pair.contains(&code)) {
        Some([one, other]) if one == code => other,
        Some([one, _]) => one,
        None => "GB",
    }
}
