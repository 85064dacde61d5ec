//! Samples of `Notice`: one of each sort.

use crate::notice::{ConfirmationAnswer, Notice, NoticeSort, NoticeSubject, PrintedNumber};
use crate::party::NamedParty;
use crate::record::{Record, Subject};
use crate::text::LangString;

use super::world::{
    AUTHORITY_CN, AUTHORITY_EG, AUTHORITY_KZ, AUTHORITY_NZ, Body, CERTIFIER_FR, CERTIFIER_KZ,
    LABORATORY_CN, day, record, reference,
};

pub(super) fn all() -> Vec<Record> {
    vec![forged(), request(), reply(), misuse(), response()]
}

fn notice(sort: NoticeSort, about: NoticeSubject, text: LangString) -> Notice {
    Notice {
        sort,
        about: vec![about],
        text,
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: None,
        legal_basis: None,
    }
}

fn number(number: &str, issuer: &Body) -> NoticeSubject {
    NoticeSubject {
        record: None,
        number: Some(PrintedNumber {
            number: number.to_owned(),
            issuer: Some(issuer.party()),
        }),
        party: None,
    }
}

fn about_record(serial: u32, issuer: &Body) -> NoticeSubject {
    NoticeSubject {
        record: Some(reference(serial, issuer)),
        number: None,
        party: None,
    }
}

fn signed(serial: u32, body: &Body, name: &str, subject: Notice) -> Record {
    record(serial, body, name, Subject::Notice(Box::new(subject)))
}

fn forged() -> Record {
    let text = LangString::of("ru", "Сертификат с этим номером орган не выдавал")
        .and("en", "The body has not issued a certificate of this number");
    let mut subject = notice(
        NoticeSort::ForgedCertificate,
        number("KZ.EX.0099.26", &CERTIFIER_KZ),
        text,
    );
    subject.legal_basis = Some("Пример-закон, статья 12".to_owned());
    signed(0x941, &AUTHORITY_KZ, "Поддельный сертификат", subject)
}

fn request() -> Record {
    let text = LangString::of("zh-Hans", "请确认该检测报告是否由贵方实验室出具").and(
        "en",
        "Please confirm that your laboratory issued this report",
    );
    let mut subject = notice(
        NoticeSort::ConfirmationRequest,
        about_record(0x1, &CERTIFIER_FR),
        text,
    );
    subject.addressee = Some(super::world::AUTHORITY_FR.reference());
    subject.answer_by = Some(day("2026-07-31"));
    subject.terms = Some("仅供主管机构核查使用".to_owned());
    signed(0x942, &AUTHORITY_CN, "请求确认", subject)
}

fn reply() -> Record {
    let text = LangString::of("fr", "Le certificat est conforme à nos dossiers")
        .and("en", "The certificate agrees with our files");
    let mut subject = notice(
        NoticeSort::ConfirmationReply,
        about_record(0x1, &CERTIFIER_FR),
        text,
    );
    subject.in_reply_to = Some(reference(0x942, &AUTHORITY_CN));
    subject.answer = Some(ConfirmationAnswer::Confirmed);
    signed(
        0x943,
        &super::world::AUTHORITY_FR,
        "Réponse à une demande de confirmation",
        subject,
    )
}

fn misuse() -> Record {
    let about = NoticeSubject {
        record: None,
        number: None,
        party: Some(NamedParty::named("شركة الأجهزة المثالية")),
    };
    let text = LangString::of("ar", "استخدام علامة المطابقة دون شهادة")
        .and("en", "Use of the conformity mark without a certificate");
    let subject = notice(NoticeSort::Misuse, about, text);
    signed(
        0x944,
        &AUTHORITY_EG,
        "تحذير من إساءة استخدام العلامة",
        subject,
    )
}

fn response() -> Record {
    let text = LangString::of(
        "en",
        "The number was printed by mistake; the paper has been called back",
    );
    let mut subject = notice(
        NoticeSort::Response,
        number("EX-2026-00873", &LABORATORY_CN),
        text,
    );
    subject.in_reply_to = Some(reference(0x944, &AUTHORITY_EG));
    signed(0x945, &AUTHORITY_NZ, "Response to a notice", subject)
}
