//! What the arrangements of the demo say.

use anyhow::Result;
use comity_model::arrangement::{
    Acceptor, AfterEnd, Arrangement, ArrangementType, Chapter, Degree, DirectedPair, Direction,
    DirectionMode, ExistingAttestations, IssuerEligibility, LegalNature, Obligation, Phase,
    RequirementsBasis,
};
use comity_model::attestation::AttestationKind;
use comity_model::grant::{Activity, GrantType};
use comity_model::level::{AboveCap, LevelMode, LevelRule};
use comity_model::participation::ParticipationRole;
use comity_model::product::CodeSelector;
use comity_model::record::Subject;
use comity_model::text::LangString;

use super::{
    CONSIGNMENTS, GOODS, MLA, MRA, Named, ONE_WAY, REGION, REPORTS, SECURITY, arrangement, chapter,
};
use crate::demo::cast::{Body, CN, FR, JP, KZ, SA, SE, SECRETARIAT};
use crate::demo::ledger::{Draft, Ledger, since, span, texts};

/// The day the arrangements are concluded and published.
const CONCLUDED: &str = "2024-06-05";
/// The day the end of two chapters is agreed and published.
const END_AGREED: &str = "2025-10-06";
/// The last day of those chapters.
const LAST_DAY: &str = "2025-12-31";

/// Adds every arrangement, and the version of one that ends two chapters.
///
/// # Errors
/// If one cannot be signed.
pub(in crate::demo) fn conclude(ledger: &mut Ledger) -> Result<()> {
    let both = |one: &'static Body, other: &'static Body| vec![one, other];
    sign(ledger, MLA, &[&SECRETARIAT], mla()?)?;
    sign(ledger, REPORTS, &[&SECRETARIAT], reports()?)?;
    sign(ledger, REGION, &[&SECRETARIAT], region()?)?;
    sign(ledger, SECURITY, &[&SE, &FR, &JP], security()?)?;
    sign(ledger, GOODS, &both(&CN, &KZ), goods()?)?;
    sign(ledger, CONSIGNMENTS, &both(&SA, &KZ), consignments()?)?;
    sign(ledger, ONE_WAY, &[&SA], one_way()?)?;
    sign(ledger, MRA, &both(&FR, &JP), mra(false)?)?;
    let ended = mra(true)?;
    let name = english(&ended);
    let draft = Draft {
        key: "demo-mra, version 2",
        logged: END_AGREED,
        by: &FR,
        name: &name,
        subject: Subject::Arrangement(Box::new(ended)),
    };
    let signers = [(&FR, FR.key(1)), (&JP, JP.key(1))];
    ledger.add_signed(draft, Some(MRA.slug), &signers)
}

fn sign(
    ledger: &mut Ledger,
    named: Named,
    signers: &[&'static Body],
    text: Arrangement,
) -> Result<()> {
    let name = english(&text);
    let draft = Draft {
        key: named.slug,
        logged: CONCLUDED,
        by: named.authority,
        name: &name,
        subject: Subject::Arrangement(Box::new(text)),
    };
    let signers: Vec<_> = signers
        .iter()
        .map(|&signer| (signer, signer.key(1)))
        .collect();
    ledger.add_signed(draft, None, &signers)
}

fn english(text: &Arrangement) -> String {
    text.title.in_language("en").unwrap_or("DEMO").to_owned()
}

fn hs(prefixes: &[&str]) -> Vec<CodeSelector> {
    vec![CodeSelector {
        scheme: "HS".to_owned(),
        edition: None,
        include: texts(prefixes),
        exclude: Vec::new(),
    }]
}

/// The grantor must itself be in that chapter of the accreditation arrangement.
fn accredited(chapter: &str, activity: Activity) -> IssuerEligibility {
    IssuerEligibility {
        grant_types: vec![GrantType::Accreditation],
        activities: vec![activity],
        grantor_in: Some(MLA.chapter(chapter)),
        ..IssuerEligibility::default()
    }
}

fn mla() -> Result<Arrangement> {
    let title = LangString::of("en", "DEMO accreditation arrangement")
        .and("fr", "Accord DÉMO d’accréditation")
        .and("ru", "ДЕМО-соглашение об аккредитации")
        .and("zh-Hans", "演示认可多边协议");
    let mut text = arrangement(MLA, &[&SECRETARIAT], title);
    text.arrangement_type = ArrangementType::AccreditationMla;
    text.legal_nature = LegalNature::PrivateMultilateral;
    text.secretariat = Some(SECRETARIAT.reference());
    text.parties = texts(&["SE", "FR", "KZ", "CN"]);
    for (id, name, kind, activity) in [
        (
            "testing",
            "DEMO testing",
            AttestationKind::TestReport,
            Activity::Testing,
        ),
        (
            "systems",
            "DEMO management systems",
            AttestationKind::MsCertificate,
            Activity::MsCertification,
        ),
    ] {
        let title = LangString::of("en", name);
        let mut part = chapter(id, title, Degree::Competence, since(CONCLUDED)?);
        part.obligation = Obligation::ShallPromoteAcceptance;
        part.coverage.attestation_kinds = vec![kind];
        part.issuer_eligibility = accredited(id, activity);
        text.chapters.push(part);
    }
    Ok(text)
}

fn reports() -> Result<Arrangement> {
    let title = LangString::of("en", "DEMO arrangement on test reports")
        .and("fr", "Accord DÉMO sur les rapports d’essai")
        .and("ar", "ترتيب تجريبي بشأن تقارير الاختبار");
    let mut text = arrangement(REPORTS, &[&SECRETARIAT], title);
    text.legal_nature = LegalNature::NonBindingArrangement;
    text.secretariat = Some(SECRETARIAT.reference());
    text.parties = texts(&["SE", "FR", "KZ", "CN"]);
    let title = LangString::of("en", "DEMO electrical reports");
    let mut part = chapter("electrical", title, Degree::Results, since(CONCLUDED)?);
    part.obligation = Obligation::ShallAcceptOrJustify;
    part.requirements_basis = RequirementsBasis::Importer;
    part.coverage.attestation_kinds = vec![AttestationKind::TestReport];
    part.coverage.products = hs(&["85"]);
    part.issuer_eligibility = accredited("testing", Activity::Testing);
    text.chapters.push(part);
    Ok(text)
}

fn region() -> Result<Arrangement> {
    let title = LangString::of("en", "DEMO harmonised region").and("fr", "Région harmonisée DÉMO");
    let mut text = arrangement(REGION, &[&SECRETARIAT], title);
    text.arrangement_type = ArrangementType::HarmonisedRegime;
    text.legal_nature = LegalNature::Treaty;
    text.secretariat = Some(SECRETARIAT.reference());
    text.parties = texts(&["SE", "FR", "TN"]);
    let title = LangString::of("en", "DEMO common goods").and("fr", "Marchandises communes DÉMO");
    let mut part = chapter("goods", title, Degree::Rules, since(CONCLUDED)?);
    part.coverage.attestation_kinds = vec![AttestationKind::ProductCertificate];
    part.coverage.products = hs(&["61", "62"]);
    part.issuer_eligibility.participant_roles = vec![ParticipationRole::Member];
    part.acceptor.roles = vec![ParticipationRole::Member];
    text.chapters.push(part);
    Ok(text)
}

fn security() -> Result<Arrangement> {
    let title = LangString::of("en", "DEMO arrangement on security certificates")
        .and("fr", "Accord DÉMO sur les certificats de sécurité")
        .and("ja", "デモ・セキュリティ認証相互承認");
    let mut text = arrangement(SECURITY, &[&SE, &FR, &JP], title);
    text.secretariat = Some(SECRETARIAT.reference());
    let title = LangString::of("en", "DEMO certificates up to EAL2");
    let mut part = chapter("up-to-eal2", title, Degree::Certificates, since(CONCLUDED)?);
    part.direction.mode = DirectionMode::ProducerToAll;
    part.coverage.attestation_kinds = vec![AttestationKind::ProductCertificate];
    part.coverage.schemes = texts(&["DEMO-CC"]);
    part.issuer_eligibility.participant_roles = vec![ParticipationRole::Authorising];
    part.acceptor = Acceptor {
        roles: vec![ParticipationRole::Consuming],
        declaration_required: true,
    };
    part.level = Some(LevelRule {
        scale: "EAL".to_owned(),
        mode: LevelMode::Cap,
        rank: 2,
        within: texts(&["ALC_FLR"]),
        above_cap: AboveCap::AcceptedUpToCap,
    });
    text.chapters.push(part);
    Ok(text)
}

fn goods() -> Result<Arrangement> {
    let title = LangString::of("en", "DEMO agreement on machines and appliances")
        .and("zh-Hans", "演示机电产品证书互认协议")
        .and("ru", "ДЕМО-соглашение о машинах и приборах");
    let mut text = arrangement(GOODS, &[&CN, &KZ], title);
    text.arrangement_type = ArrangementType::BilateralAuthority;
    let title = LangString::of("en", "DEMO product certificates");
    let mut part = chapter(
        "certificates",
        title,
        Degree::Certificates,
        since(CONCLUDED)?,
    );
    part.coverage.attestation_kinds = vec![AttestationKind::ProductCertificate];
    part.coverage.products = hs(&["84", "85"]);
    part.issuer_eligibility.grant_types = vec![GrantType::Accreditation];
    text.chapters.push(part);
    Ok(text)
}

fn consignments() -> Result<Arrangement> {
    let title = LangString::of("ar", "اتفاق تجريبي بشأن الشحنات المفحوصة")
        .and("en", "DEMO agreement on inspected consignments")
        .and("ru", "ДЕМО-соглашение о проверенных партиях");
    let mut text = arrangement(CONSIGNMENTS, &[&SA, &KZ], title);
    let title = LangString::of("en", "DEMO consignments of food");
    let mut part = chapter("food", title, Degree::Certificates, since(CONCLUDED)?);
    part.coverage.attestation_kinds = vec![AttestationKind::ConsignmentCertificate];
    part.coverage.products = hs(&["08"]);
    part.issuer_eligibility.activities = vec![Activity::Inspection];
    text.chapters.push(part);
    Ok(text)
}

fn one_way() -> Result<Arrangement> {
    let title = LangString::of("ar", "تدبير تجريبي أحادي الجانب لقبول الشهادات")
        .and("en", "DEMO unilateral acceptance of certificates");
    let mut text = arrangement(ONE_WAY, &[&SA], title);
    text.arrangement_type = ArrangementType::Unilateral;
    text.legal_nature = LegalNature::UnilateralMeasure;
    let title = LangString::of("en", "DEMO air conditioners");
    let mut part = chapter("cooling", title, Degree::Certificates, since(CONCLUDED)?);
    part.direction = Direction {
        mode: DirectionMode::OneWay,
        pairs: vec![DirectedPair {
            from: texts(&["SE"]),
            to: texts(&["SA"]),
            period: None,
        }],
        except: Vec::new(),
    };
    part.requirements_basis = RequirementsBasis::Exporter;
    part.coverage.attestation_kinds = vec![AttestationKind::ProductCertificate];
    part.coverage.products = hs(&["8415"]);
    part.conditions = vec![
        LangString::of(
            "en",
            "DEMO: a label in Arabic before the goods are placed on the market",
        )
        .and(
            "ar",
            "تجريبي: بطاقة باللغة العربية قبل طرح البضاعة في السوق",
        ),
    ];
    text.chapters.push(part);
    Ok(text)
}

/// Three chapters of designated bodies; in the second version two of them end, each in its way.
fn mra(ended: bool) -> Result<Arrangement> {
    let title = LangString::of("fr", "Accord DÉMO de reconnaissance mutuelle")
        .and("ja", "デモ相互承認協定")
        .and("en", "DEMO mutual recognition agreement");
    let mut text = arrangement(MRA, &[&FR, &JP], title);
    text.arrangement_type = ArrangementType::GovernmentMra;
    text.legal_nature = LegalNature::Treaty;
    text.version = if ended { 2 } else { 1 };
    let lives_on = ExistingAttestations::UntilExpiry;
    let ceases = ExistingAttestations::CeaseImmediately;
    for (id, name, products, after_end) in [
        ("electrical", "DEMO electrical equipment", ["8516"], None),
        ("radio", "DEMO radio equipment", ["8517"], Some(lives_on)),
        ("toys", "DEMO toys", ["9503"], Some(ceases)),
    ] {
        let title = LangString::of("en", name);
        let mut part: Chapter = chapter(id, title, Degree::Bodies, since(CONCLUDED)?);
        part.requirements_basis = RequirementsBasis::Importer;
        part.coverage.attestation_kinds = vec![AttestationKind::ProductCertificate];
        part.coverage.products = hs(&products);
        part.issuer_eligibility = IssuerEligibility {
            grant_types: vec![GrantType::Designation],
            designated_under_chapter: true,
            ..IssuerEligibility::default()
        };
        if let (true, Some(existing_attestations)) = (ended, after_end) {
            part.phase = Phase::Lapsed;
            part.period = span(CONCLUDED, LAST_DAY)?;
            part.after_end = Some(AfterEnd {
                existing_attestations,
                date: None,
                procedures_under_way_until: None,
            });
        }
        text.chapters.push(part);
    }
    Ok(text)
}
