//! Titles and sentences of the made-up records, in the order of
//! [`LANGUAGES`](super::tables::LANGUAGES).

use comity_model::attestation::AttestationKind;
use comity_model::status::ReasonCode;

use super::tables::Words;

/// Title of a paper of that kind.
pub(super) fn title(kind: AttestationKind) -> Words {
    match kind {
        AttestationKind::TypeExamination => [
            "DEMO type examination certificate",
            "演示型式检验证书",
            "ДЕМО-сертификат соответствия типа",
            "شهادة فحص النوع، تجريبي",
            "Certificat DÉMO d’examen de type",
        ],
        AttestationKind::MsCertificate => [
            "DEMO management system certificate",
            "演示管理体系认证证书",
            "ДЕМО-сертификат системы менеджмента",
            "شهادة نظام الإدارة، تجريبي",
            "Certificat DÉMO de système de management",
        ],
        AttestationKind::TestReport => [
            "DEMO test report",
            "演示检测报告",
            "ДЕМО-протокол испытаний",
            "تقرير اختبار، تجريبي",
            "Rapport d’essai DÉMO",
        ],
        AttestationKind::ConsignmentCertificate => [
            "DEMO certificate of an inspected consignment",
            "演示货物检验证书",
            "ДЕМО-сертификат на партию",
            "شهادة إرسالية مفحوصة، تجريبي",
            "Certificat DÉMO de lot inspecté",
        ],
        AttestationKind::CalibrationCertificate => [
            "DEMO calibration certificate",
            "演示校准证书",
            "ДЕМО-сертификат калибровки",
            "شهادة معايرة، تجريبي",
            "Certificat d’étalonnage DÉMO",
        ],
        AttestationKind::InspectionCertificate => [
            "DEMO inspection certificate",
            "演示检验证书",
            "ДЕМО-акт инспекции",
            "شهادة تفتيش، تجريبي",
            "Certificat d’inspection DÉMO",
        ],
        _ => [
            "DEMO product certificate",
            "演示产品认证证书",
            "ДЕМО-сертификат соответствия",
            "شهادة مطابقة منتج، تجريبي",
            "Certificat DÉMO de conformité",
        ],
    }
}

/// A component, with the name of what it is a part of in place of `{}`.
pub(super) const COMPONENT: Words = [
    "component of a product: {}",
    "{}用部件",
    "комплектующее изделие: {}",
    "مكوّن لمنتج: {}",
    "composant pour : {}",
];

/// What a certificate of a management system is about, with the family in place of `{}`.
pub(super) const SYSTEM: Words = [
    "design and manufacture: {}",
    "{}的设计与制造",
    "проектирование и производство: {}",
    "تصميم وتصنيع: {}",
    "conception et fabrication : {}",
];

/// Title of an event.
pub(super) const EVENT: Words = [
    "DEMO change of status",
    "演示证书状态变更",
    "ДЕМО: изменение статуса",
    "تغيير حالة، تجريبي",
    "Changement de statut DÉMO",
];

/// Title of a commitment.
pub(super) const COMMITMENT: Words = [
    "DEMO commitment to reports",
    "演示报告存证",
    "ДЕМО: обязательство о протоколах",
    "التزام بتقارير، تجريبي",
    "Engagement DÉMO sur des rapports",
];

/// Title of a promise.
pub(super) const PROMISE: Words = [
    "DEMO: all certificates are here",
    "演示：全部证书均在此公布",
    "ДЕМО: здесь все сертификаты",
    "تجريبي: جميع الشهادات هنا",
    "DÉMO : tous les certificats sont ici",
];

/// A scheme, with the body's name after it.
pub(super) const SCHEME: Words = [
    "DEMO scheme",
    "演示认证方案",
    "ДЕМО-схема сертификации",
    "برنامج تجريبي لمنح الشهادات",
    "Schéma DÉMO",
];

/// Why a status changed, with the words for it.
pub(super) const REASONS: [(ReasonCode, Words); 7] = [
    (
        ReasonCode::SurveillanceNotPermitted,
        [
            "DEMO: surveillance refused",
            "演示：拒绝监督检查",
            "ДЕМО: отказ от инспекционного контроля",
            "تجريبي: رفض المتابعة",
            "DÉMO : surveillance refusée",
        ],
    ),
    (
        ReasonCode::Nonconformity,
        [
            "DEMO: nonconformity found in surveillance",
            "演示：监督抽查不合格",
            "ДЕМО: несоответствие при контроле",
            "تجريبي: عدم مطابقة في المتابعة",
            "DÉMO : non-conformité relevée",
        ],
    ),
    (
        ReasonCode::NonPayment,
        [
            "DEMO: fee not paid",
            "演示：未缴费用",
            "ДЕМО: не уплачен сбор",
            "تجريبي: عدم دفع الرسوم",
            "DÉMO : redevance impayée",
        ],
    ),
    (
        ReasonCode::Voluntary,
        [
            "DEMO: at the holder’s wish",
            "演示：应持证人要求",
            "ДЕМО: по желанию держателя",
            "تجريبي: بطلب من صاحب الشهادة",
            "DÉMO : à la demande du titulaire",
        ],
    ),
    (
        ReasonCode::SafetyRisk,
        [
            "DEMO: may overheat",
            "演示：存在过热危险",
            "ДЕМО: опасность перегрева",
            "تجريبي: خطر السخونة الزائدة",
            "DÉMO : risque de surchauffe",
        ],
    ),
    (
        ReasonCode::MisuseOfMark,
        [
            "DEMO: the mark was misused",
            "演示：滥用认证标志",
            "ДЕМО: неправомерное применение знака",
            "تجريبي: إساءة استخدام العلامة",
            "DÉMO : usage abusif de la marque",
        ],
    ),
    (
        ReasonCode::ClericalError,
        [
            "DEMO: spelling of the holder’s name",
            "演示：更正持证人名称",
            "ДЕМО: исправление имени держателя",
            "تجريبي: تصحيح اسم صاحب الشهادة",
            "DÉMO : orthographe du nom du titulaire",
        ],
    ),
];

/// What a reinstatement says.
pub(super) const PUT_RIGHT: Words = [
    "DEMO: put right",
    "演示：整改完成",
    "ДЕМО: устранено",
    "تجريبي: تم التصحيح",
    "DÉMO : corrigé",
];

/// A new revision.
pub(super) const NEW_REVISION: Words = [
    "DEMO: a new revision",
    "演示：换发新版证书",
    "ДЕМО: новая редакция",
    "تجريبي: إصدار جديد",
    "DÉMO : nouvelle révision",
];

/// A notice of a forged number, of misuse, a request, a reply.
pub(super) const FORGED: Words = [
    "DEMO: papers with this number are about that the body never issued",
    "演示：发现冒用该编号的伪造证书",
    "ДЕМО: обнаружены поддельные сертификаты с этим номером",
    "تجريبي: توجد شهادات مزورة تحمل هذا الرقم",
    "DÉMO : de faux certificats portent ce numéro",
];
/// See [`FORGED`].
pub(super) const MISUSED: Words = [
    "DEMO: the mark is used on another product",
    "演示：标志被用于其他产品",
    "ДЕМО: знак применяется на другой продукции",
    "تجريبي: العلامة مستخدمة على منتج آخر",
    "DÉMO : la marque est apposée sur un autre produit",
];
/// See [`FORGED`].
pub(super) const ASKED: Words = [
    "DEMO: please confirm this certificate",
    "演示：请确认该证书",
    "ДЕМО: просим подтвердить сертификат",
    "تجريبي: نرجو تأكيد هذه الشهادة",
    "DÉMO : merci de confirmer ce certificat",
];
/// See [`FORGED`].
pub(super) const CONFIRMED: Words = [
    "DEMO: it is as stated",
    "演示：情况属实",
    "ДЕМО: подтверждаем",
    "تجريبي: نؤكد صحتها",
    "DÉMO : nous confirmons",
];
