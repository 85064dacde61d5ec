//! Notices of the demo: a warning of a forged number, a request for confirmation that nobody
//! answered, and a warning to which the body named responded.

use anyhow::Result;
use comity_model::notice::{Notice, NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::record::Subject;
use comity_model::text::LangString;

use super::cast::{Body, CN, CN_CERTIFIER, FR_CERTIFIER, JP, KZ};
use super::ledger::{Draft, Ledger, day};

/// A number that its issuer never gave; papers with it are about.
pub(super) const FORGED_NUMBER: &str = "DEMO-CN-2026-9999";
/// The certificate that Kazakhstan asks China about.
pub(super) const ASKED_ABOUT: &str = "DEMO-CN-2025-0133";
/// The certificate whose mark Japan saw misused.
pub(super) const MISUSED: &str = "DEMO-2025-100 of France";

/// Adds every notice.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn give(ledger: &mut Ledger) -> Result<()> {
    request(ledger)?;
    misuse(ledger)?;
    respond(ledger)?;
    forged(ledger)
}

fn forged(ledger: &mut Ledger) -> Result<()> {
    let text = LangString::of("zh-Hans", "演示：该机构从未颁发过此编号的证书").and(
        "en",
        "DEMO: the body has never issued a certificate of this number",
    );
    let about = NoticeSubject {
        record: None,
        number: Some(PrintedNumber {
            number: FORGED_NUMBER.to_owned(),
            issuer: Some(CN_CERTIFIER.party()),
        }),
        party: None,
    };
    let mut notice = notice(NoticeSort::ForgedCertificate, about, text);
    notice.legal_basis = Some("演示法第十二条".to_owned());
    let (key, name) = ("forged number", "演示：伪造证书警告");
    add(ledger, key, "2026-04-20", &CN, name, notice)
}

fn request(ledger: &mut Ledger) -> Result<()> {
    let text = LangString::of("ru", "ДЕМО: просим подтвердить протокол испытаний")
        .and("en", "DEMO: please confirm the test report");
    let about = about(ledger, ASKED_ABOUT)?;
    let mut notice = notice(NoticeSort::ConfirmationRequest, about, text);
    notice.addressee = Some(CN.reference());
    notice.answer_by = Some(day("2025-12-31")?);
    notice.terms = Some("ДЕМО: только для органов".to_owned());
    let (key, name) = ("iron asked about", "ДЕМО: запрос подтверждения");
    add(ledger, key, "2025-11-24", &KZ, name, notice)
}

fn misuse(ledger: &mut Ledger) -> Result<()> {
    let text = LangString::of("ja", "デモ：別の製品に適合マークが使用されている")
        .and("en", "DEMO: the mark is used on another product");
    let about = about(ledger, MISUSED)?;
    let notice = notice(NoticeSort::Misuse, about, text);
    let (key, name) = ("mark misused", "デモ：適合マークの不正使用");
    add(ledger, key, "2026-02-02", &JP, name, notice)
}

fn respond(ledger: &mut Ledger) -> Result<()> {
    let text = LangString::of(
        "fr",
        "DÉMO : le titulaire a retiré ces produits de la vente",
    )
    .and("en", "DEMO: the holder has taken these products off sale");
    let about = about(ledger, MISUSED)?;
    let mut notice = notice(NoticeSort::Response, about, text);
    notice.in_reply_to = Some(ledger.reference("mark misused")?);
    let (key, name) = ("misuse answered", "DÉMO : réponse à un avertissement");
    add(ledger, key, "2026-02-03", &FR_CERTIFIER, name, notice)
}

fn about(ledger: &Ledger, key: &str) -> Result<NoticeSubject> {
    Ok(NoticeSubject {
        record: Some(ledger.reference(key)?),
        number: None,
        party: None,
    })
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

fn add(
    ledger: &mut Ledger,
    key: &str,
    logged: &str,
    by: &'static Body,
    name: &str,
    notice: Notice,
) -> Result<()> {
    ledger.add(Draft {
        key,
        logged,
        by,
        name,
        subject: Subject::Notice(Box::new(notice)),
    })
}
