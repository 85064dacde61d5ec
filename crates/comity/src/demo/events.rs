//! What happened to records of the demo after they were signed.

use anyhow::Result;
use comity_model::record::{Kind, Subject};
use comity_model::status::{Action, Capacity, EventSubject, ReasonCode, StatusEvent};
use comity_model::takedown::Takedown;
use comity_model::text::LangString;
use comity_signature::digest::to_multibase;

use super::cast::{
    Body, CN_ACCREDITOR, CN_CERTIFIER, FR, FR_CERTIFIER, FR_LABORATORY, KZ, KZ_CERTIFIER,
    SE_CERTIFIER,
};
use super::ledger::{Draft, Ledger, day, on, texts};

/// The day the news of a made-up report reaches the certification body, and the annulment.
const ANNULLED: &str = "2025-08-20";

/// The day a record is taken down.
const TAKEN_DOWN: &str = "2026-04-20";

/// The day of the liar's withdrawal: every log is still fresh for a day when the demo opens.
const WITHDRAWN_BY_LIAR: &str = "2026-06-14";

/// What happens, to which record, why.
struct Happening {
    key: &'static str,
    title: &'static str,
    by: &'static Body,
    action: Action,
    capacity: Capacity,
    subject: &'static str,
    /// The day it is logged and, unless `from` says otherwise, takes effect.
    logged: &'static str,
    from: Option<&'static str>,
    reason_code: ReasonCode,
    reason: LangString,
}

/// Adds every event, each signer's in the order of their days.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn happen(ledger: &mut Ledger) -> Result<()> {
    for happening in by_certifier().into_iter().chain(by_others()) {
        add(ledger, happening, |_| Ok(()))?;
    }
    let successor = ledger.reference("DEMO-CN-2024-0402/2")?;
    add(ledger, superseded(), |event| {
        event.successor = Some(successor);
        Ok(())
    })?;
    add(ledger, refused(), |event| {
        event.territory = texts(&["KZ"]);
        event.legal_basis = Some("DEMO-постановление № 7".to_owned());
        Ok(())
    })?;
    add(ledger, disowned(), |_| Ok(()))?;
    add(ledger, refused_for_a_while(), |event| {
        event.territory = texts(&["KZ"]);
        event.legal_basis = Some("DEMO-постановление № 9".to_owned());
        Ok(())
    })?;
    add(ledger, restored(), |event| {
        event.territory = texts(&["KZ"]);
        event.legal_basis = Some("DEMO-постановление № 12".to_owned());
        Ok(())
    })?;
    add(ledger, handed_over(), |event| {
        event.transferred_to = Some(KZ_CERTIFIER.reference());
        event.grace_until = Some(day("2026-05-31")?);
        Ok(())
    })?;
    take_down(ledger, "DEMO-FR-2026-0012")
}

/// A court has a record withheld, everywhere: its authority says so.
fn take_down(ledger: &mut Ledger, key: &str) -> Result<()> {
    let record = ledger.reference(key)?;
    let takedown = Takedown {
        authority: record.authority,
        issuer: record.issuer,
        id: record.id,
        kind: Kind::Attestation.name().to_owned(),
        record_digest: to_multibase(ledger.record_digest(key)?),
        document_digest: record.digest_multibase,
        legal_basis: "DÉMO : tribunal de démonstration, ordonnance n° 3".to_owned(),
    };
    ledger.add(Draft {
        key: "taken down in France",
        logged: TAKEN_DOWN,
        by: &FR,
        name: "Retrait DÉMO d’un certificat de la publication",
        subject: Subject::Takedown(Box::new(takedown)),
    })
}

/// Adds the withdrawal that the liar hides ([`super::liar`]).
///
/// # Errors
/// If it cannot be signed.
pub(super) fn withdraw(ledger: &mut Ledger) -> Result<()> {
    let reason = LangString::of("en", "DEMO: leaks of refrigerant");
    let happening = by_liar(Action::Withdraw, ReasonCode::SafetyRisk, reason);
    add(ledger, happening, |_| Ok(()))
}

/// Adds what the liar shows in its place.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn correct(ledger: &mut Ledger) -> Result<()> {
    let reason = LangString::of("en", "DEMO: spelling of the holder’s name");
    let happening = by_liar(Action::Amend, ReasonCode::ClericalError, reason);
    add(ledger, happening, |_| Ok(()))
}

fn by_liar(action: Action, reason_code: ReasonCode, reason: LangString) -> Happening {
    Happening {
        key: "air conditioner, by the liar",
        title: "DEMO status of an air conditioner",
        by: &SE_CERTIFIER,
        action,
        capacity: Capacity::Issuer,
        subject: "DEMO-SE-2025-0009",
        logged: WITHDRAWN_BY_LIAR,
        from: None,
        reason_code,
        reason,
    }
}

fn add(
    ledger: &mut Ledger,
    happening: Happening,
    change: impl FnOnce(&mut StatusEvent) -> Result<()>,
) -> Result<()> {
    let subject: EventSubject = ledger.subject(happening.subject, happening.by)?;
    let mut event = StatusEvent {
        action: happening.action,
        capacity: happening.capacity,
        subjects: vec![subject],
        effective_from: on(happening.from.unwrap_or(happening.logged))?,
        effective_until: None,
        territory: Vec::new(),
        scope_items: Vec::new(),
        resulting_scope: None,
        reason_code: Some(happening.reason_code),
        reason: happening.reason,
        legal_basis: None,
        decided_on: Some(day(happening.logged)?),
        successor: None,
        transferred_to: None,
        grace_until: None,
        selection: None,
        observed: None,
    };
    change(&mut event)?;
    ledger.add(Draft {
        key: happening.key,
        logged: happening.logged,
        by: happening.by,
        name: happening.title,
        subject: Subject::StatusEvent(Box::new(event)),
    })
}

fn by_certifier() -> Vec<Happening> {
    let of_certifier = |key, action, subject, logged, reason_code, reason| Happening {
        key,
        title: "演示证书状态变更",
        by: &CN_CERTIFIER,
        action,
        capacity: Capacity::Issuer,
        subject,
        logged,
        from: None,
        reason_code,
        reason,
    };
    vec![
        Happening {
            from: Some("2025-02-03"),
            ..of_certifier(
                "toaster annulled",
                Action::Annul,
                "DEMO-CN-2025-0020",
                ANNULLED,
                ReasonCode::FictitiousReport,
                LangString::of("zh-Hans", "演示：所依据的检测报告系伪造")
                    .and("en", "DEMO: the test report it rests on was made up"),
            )
        },
        of_certifier(
            "hair dryer suspended",
            Action::Suspend,
            "DEMO-CN-2024-0377",
            "2025-09-01",
            ReasonCode::SurveillanceNotPermitted,
            LangString::of("zh-Hans", "演示：拒绝监督检查").and("en", "DEMO: surveillance refused"),
        ),
        of_certifier(
            "hair dryer reinstated",
            Action::Reinstate,
            "DEMO-CN-2024-0377",
            "2025-11-10",
            ReasonCode::Voluntary,
            LangString::of("zh-Hans", "演示：整改完成").and("en", "DEMO: put right"),
        ),
        of_certifier(
            "fan heater withdrawn",
            Action::Withdraw,
            "DEMO-CN-2024-0310",
            "2026-01-19",
            ReasonCode::Nonconformity,
            LangString::of("zh-Hans", "演示：产品不合格").and("en", "DEMO: nonconformity"),
        ),
    ]
}

fn by_others() -> Vec<Happening> {
    vec![
        Happening {
            key: "laboratory suspended",
            title: "演示：暂停认可",
            by: &CN_ACCREDITOR,
            action: Action::Suspend,
            capacity: Capacity::Grantor,
            subject: "DEMO-CN-LAB-1",
            logged: "2025-10-01",
            from: None,
            reason_code: ReasonCode::Nonconformity,
            reason: LangString::of("zh-Hans", "演示：比对试验不合格")
                .and("en", "DEMO: failed a comparison between laboratories"),
        },
        Happening {
            key: "hob corrected",
            title: "Correction DÉMO",
            by: &FR_CERTIFIER,
            action: Action::Amend,
            capacity: Capacity::Issuer,
            subject: "DEMO-2025-100 of France",
            logged: "2025-10-20",
            from: None,
            reason_code: ReasonCode::ClericalError,
            reason: LangString::of("fr", "DÉMO : orthographe du nom du titulaire")
                .and("en", "DEMO: spelling of the holder’s name"),
        },
    ]
}

fn superseded() -> Happening {
    Happening {
        key: "oven superseded",
        title: "演示：证书换版",
        by: &CN_CERTIFIER,
        action: Action::Supersede,
        capacity: Capacity::Issuer,
        subject: "DEMO-CN-2024-0402/1",
        logged: "2026-02-02",
        from: None,
        reason_code: ReasonCode::StandardSuperseded,
        reason: LangString::of("zh-Hans", "演示：换发新版证书").and("en", "DEMO: a new revision"),
    }
}

fn disowned() -> Happening {
    Happening {
        key: "report of a hob disowned",
        title: "Rapport DÉMO désavoué",
        by: &FR_LABORATORY,
        action: Action::Disown,
        capacity: Capacity::Laboratory,
        subject: "DEMO-FR-2026-0034",
        logged: "2026-04-13",
        from: None,
        reason_code: ReasonCode::FictitiousReport,
        reason: LangString::of("fr", "DÉMO : ce n’est pas notre rapport")
            .and("en", "DEMO: this is not our report"),
    }
}

fn refused() -> Happening {
    Happening {
        key: "iron refused in Kazakhstan",
        title: "ДЕМО: отказ в признании",
        by: &KZ,
        action: Action::RefuseRecognition,
        capacity: Capacity::DestinationAuthority,
        subject: "DEMO-CN-2025-0133",
        logged: "2025-11-24",
        from: None,
        reason_code: ReasonCode::SafetyRisk,
        reason: LangString::of("ru", "ДЕМО: опасность перегрева").and("en", "DEMO: may overheat"),
    }
}

fn refused_for_a_while() -> Happening {
    Happening {
        key: "hair dryer refused in Kazakhstan",
        subject: "DEMO-CN-2024-0377",
        logged: "2026-02-09",
        reason: LangString::of("ru", "ДЕМО: нет руководства на казахском языке")
            .and("en", "DEMO: no manual in Kazakh"),
        reason_code: ReasonCode::Nonconformity,
        ..refused()
    }
}

fn restored() -> Happening {
    Happening {
        key: "hair dryer restored in Kazakhstan",
        title: "ДЕМО: восстановление признания",
        action: Action::RestoreRecognition,
        logged: "2026-03-23",
        reason: LangString::of("ru", "ДЕМО: руководство представлено")
            .and("en", "DEMO: the manual was shown"),
        ..refused_for_a_while()
    }
}

fn handed_over() -> Happening {
    Happening {
        key: "coffee maker handed over",
        title: "演示：证书移交",
        by: &CN_CERTIFIER,
        action: Action::Transfer,
        capacity: Capacity::Issuer,
        subject: "DEMO-CN-2025-0150",
        logged: "2026-03-02",
        from: Some("2026-03-16"),
        reason_code: ReasonCode::Voluntary,
        reason: LangString::of("zh-Hans", "演示：业务移交").and("en", "DEMO: work handed over"),
    }
}
