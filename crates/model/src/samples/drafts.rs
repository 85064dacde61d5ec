//! Complete starting points for publishers: valid as they stand, to be edited.

use crate::arrangement::{Arrangement, ArrangementType, Degree, LegalNature};
use crate::attestation::{
    Attestation, AttestationKind, ConformityObject, GrantReliance, ObjectType, Regime,
};
use crate::commitment::{Commitment, CommittedReport};
use crate::coverage::CoverageStatement;
use crate::date::{Day, LegalDate, Period};
use crate::federation::{
    AuthorityKey, Cosigners, FederationList, FederationMember, Keyholder, MemberKeys,
};
use crate::grant::{Activity, CompetenceGrant, Flexibility, GrantType, ScopeItem};
use crate::import_rule::{AttestationFilter, ImportRule, Requirement, RequirementSort, RuleEffect};
use crate::notice::{Notice, NoticeSort, NoticeSubject, PrintedNumber};
use crate::participation::{AssertedBy, Declaration, Participant, Participation};
use crate::party::{Contact, NamedParty, PartyReference};
use crate::product::{CodeSelector, ProductCode};
use crate::record::{Envelope, Issuer, Kind, MODEL_VERSION, PublicationBasis, Record, Subject};
use crate::reference::{RecordReference, Reference};
use crate::registration::{Mandate, Registration, Role};
use crate::revocation::{KeyRevocation, RevocationReason};
use crate::standard::{Adoption, Correspondence, ReplacedEdition, Standard, StandardSort};
use crate::status::{Action, Capacity, EventSubject, ReasonCode, StatusEvent};
use crate::takedown::Takedown;
use crate::text::LangString;

use super::arrangements::{chapter, participation};
use super::attestations::blank;
use super::events::event;
use super::registrations::registration;
use super::world::{digest, standard, texts};

/// Stands for the authority of the reader's own economy.
const AUTHORITY: &str = "did:web:edit-authority.example";
/// Stands for another registered body.
const OTHER: &str = "did:web:edit-body.example";
/// Stands for an economy: a code that ISO 3166-1 leaves to users.
const ECONOMY: &str = "ZZ";
/// Stands for a public key; no such key is known to exist.
const KEY: &str = "z6MkEditThisKeyEditThisKeyEditThisKeyEditThisKey";
/// Stands for the id of a record.
const NIL_ID: &str = "urn:uuid:00000000-0000-0000-0000-000000000000";
const DAYS_OF_A_YEAR: i32 = 365;
const DAYS_OF_THREE_YEARS: i32 = 3 * 365;

/// Hosts that nobody can have (RFC 2606), as they stand in examples.
const EXAMPLE_HOSTS: [&str; 3] = ["example.com", "example.net", "example.org"];
/// What other templates have where something is to be put.
const TO_REPLACE: [&str; 4] = ["REPLACE-ME", "REPLACE_ME", "CHANGE-ME", "CHANGEME"];
/// Fewest zeros that are no code and no number.
const FEWEST_ZEROS: usize = 4;

/// Whether a text of a record still stands for one that somebody has to put there.
pub(super) fn is_placeholder(text: &str) -> bool {
    let zeros = text.len() >= FEWEST_ZEROS && text.bytes().all(|byte| byte == b'0');
    let edit = ["edit-", "did:web:edit-"];
    let whole = [ECONOMY, KEY, NIL_ID].contains(&text) || text == digest(0) || zeros;
    let upper = text.to_uppercase();
    let told = text.strip_prefix("EDIT");
    let ours = told.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        || edit.iter().any(|begin| text.starts_with(begin))
        || text.contains("//edit-")
        || text.contains("#edit-");
    whole || ours || TO_REPLACE.iter().any(|one| upper.contains(one)) || names_example_host(text)
}

/// `https://example.org/x`, `did:web:lab.example.com`, `office@example.net`; not `example.org.uk`.
fn names_example_host(text: &str) -> bool {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')));
    let mut words = words.map(|word| word.trim_end_matches('.').to_ascii_lowercase());
    words.any(|word| {
        EXAMPLE_HOSTS.iter().any(|host| {
            let before = word.strip_suffix(host);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    })
}

pub(super) fn draft(kind: Kind, issuer_did: &str, id: &str, today: Day) -> Record {
    let subject = match kind {
        Kind::Attestation => Subject::Attestation(Box::new(attestation(today))),
        Kind::CompetenceGrant => Subject::CompetenceGrant(Box::new(grant(issuer_did, today))),
        Kind::Arrangement => Subject::Arrangement(Box::new(arrangement(issuer_did, today))),
        Kind::Participation => Subject::Participation(Box::new(membership(issuer_did, today))),
        Kind::StatusEvent => Subject::StatusEvent(Box::new(status(issuer_did, today))),
        Kind::Registration => Subject::Registration(Box::new(registered(today))),
        Kind::KeyRevocation => Subject::KeyRevocation(Box::new(revoked(today))),
        Kind::FederationList => Subject::FederationList(Box::new(list(issuer_did, today))),
        Kind::MemberKeys => Subject::MemberKeys(Box::new(online_keys(today))),
        Kind::Standard => Subject::Standard(Box::new(edition(today))),
        Kind::ImportRule => Subject::ImportRule(Box::new(rule(today))),
        Kind::Commitment => Subject::Commitment(Box::new(committed(today))),
        Kind::Notice => Subject::Notice(Box::new(notice())),
        Kind::Takedown => Subject::Takedown(Box::new(taken_down())),
        Kind::CoverageStatement => Subject::CoverageStatement(Box::new(promise(issuer_did, today))),
    };
    // Bodies sign the first group under their authority; authorities sign the others themselves.
    let authority = match kind {
        Kind::Attestation
        | Kind::CompetenceGrant
        | Kind::StatusEvent
        | Kind::Standard
        | Kind::Commitment
        | Kind::CoverageStatement => AUTHORITY,
        Kind::Arrangement
        | Kind::Participation
        | Kind::Registration
        | Kind::KeyRevocation
        | Kind::FederationList
        | Kind::MemberKeys
        | Kind::ImportRule
        | Kind::Notice
        | Kind::Takedown => issuer_did,
    };
    let (valid_from, valid_until) = subject
        .envelope_dates()
        .unwrap_or((today.first_second(), None));
    Record {
        id: id.to_owned(),
        issuer: Issuer {
            id: issuer_did.to_owned(),
            name: "EDIT your name as registered".to_owned(),
        },
        name: "EDIT title of this record".to_owned(),
        valid_from,
        valid_until,
        comity: Envelope {
            authority: authority.to_owned(),
            language: "en".to_owned(),
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis: match kind {
                Kind::Attestation => Some(PublicationBasis::ClientConsent),
                Kind::Notice => Some(PublicationBasis::Law),
                _ => None,
            },
        },
        subject,
    }
}

fn three_years(today: Day) -> Period {
    let last: LegalDate = today.plus_days(DAYS_OF_THREE_YEARS).into();
    Period::new(today, Some(last))
}

fn record_to_edit(issuer: &str) -> RecordReference {
    RecordReference {
        authority: AUTHORITY.to_owned(),
        issuer: issuer.to_owned(),
        id: NIL_ID.to_owned(),
        digest_multibase: digest(0),
    }
}

fn attestation(today: Day) -> Attestation {
    let mut subject = blank(
        AttestationKind::ProductCertificate,
        "EDIT-NUMBER",
        &today.to_string(),
        ("https://edit-holder.example/id", "EDIT holder"),
        ("https://edit-scheme.example", "EDIT scheme"),
    );
    subject.name = "EDIT title as printed".into();
    let details = &mut subject.comity;
    details.legal_dates.valid_until = three_years(today).until;
    details.regime = Some(Regime::Voluntary);
    details.manufacturer = Some(NamedParty::named("EDIT manufacturer"));
    details.factories = vec![NamedParty {
        address: Some("EDIT address".to_owned()),
        country: Some(ECONOMY.to_owned()),
        ..NamedParty::named("EDIT factory")
    }];
    details.grants = vec![GrantReliance {
        grant: Reference::Record(record_to_edit(OTHER)),
        scope_items: texts(&["edit-item"]),
    }];
    details.standards = vec![standard("EDIT 1234:2000")];
    details.objects = vec![ConformityObject {
        brand: Some("EDIT brand".to_owned()),
        model_numbers: texts(&["EDIT-MODEL"]),
        product_codes: ProductCode::hs("000000", Some("2022"))
            .into_iter()
            .collect(),
        ..ConformityObject::named(ObjectType::Product, LangString::of("en", "EDIT product"))
    }];
    subject
}

fn grant(issuer_did: &str, today: Day) -> CompetenceGrant {
    CompetenceGrant {
        grant_type: GrantType::Accreditation,
        grantor: NamedParty::registered(issuer_did, AUTHORITY, "EDIT your name as registered"),
        grantee: NamedParty::registered(OTHER, AUTHORITY, "EDIT body"),
        economies: texts(&[ECONOMY]),
        number: "EDIT-NUMBER".to_owned(),
        criteria: vec![standard("ISO/IEC 17025:2017")],
        activities: vec![Activity::Testing],
        period: three_years(today),
        period_inferred: false,
        initial_on: Some(today.into()),
        flexibility: Flexibility::Fixed,
        scope: vec![ScopeItem {
            id: "edit-item".to_owned(),
            description: LangString::of("en", "EDIT what it covers"),
            standards: vec![standard("EDIT 1234")],
            products: vec![CodeSelector {
                scheme: "HS".to_owned(),
                edition: Some("2022".to_owned()),
                include: texts(&["0000"]),
                exclude: Vec::new(),
            }],
            ..ScopeItem::default()
        }],
        under_chapters: Vec::new(),
    }
}

fn arrangement(issuer_did: &str, today: Day) -> Arrangement {
    let mut first = chapter(
        "edit-chapter",
        LangString::of("en", "EDIT title of the chapter"),
        Degree::Certificates,
    );
    first.period = Period::new(today, None);
    first.coverage.standards = vec![standard("EDIT 1234")];
    Arrangement {
        id: format!("{issuer_did}#edit-name"),
        version: 1,
        title: LangString::of("en", "EDIT title of the arrangement"),
        citation: None,
        arrangement_type: ArrangementType::GovernmentMra,
        legal_nature: LegalNature::Agreement,
        signers: [issuer_did, OTHER]
            .map(|did| PartyReference {
                id: did.to_owned(),
                registered_by: did.to_owned(),
            })
            .into(),
        secretariat: None,
        parties: texts(&[ECONOMY]),
        chapters: vec![first],
        transcription: None,
    }
}

fn membership(issuer_did: &str, today: Day) -> Participation {
    let mut subject = participation(
        Participant::Economy(ECONOMY.to_owned()),
        AssertedBy::Participant,
    );
    subject.arrangement.authority = issuer_did.into();
    subject.arrangement.id = format!("{issuer_did}#edit-name");
    subject.chapters = texts(&["edit-chapter"]);
    subject.period = Period::new(today, None);
    subject.declaration = Some(Declaration::Accept);
    subject
}

fn status(issuer_did: &str, today: Day) -> StatusEvent {
    let target = record_to_edit(issuer_did);
    let target = EventSubject {
        authority: target.authority,
        issuer: target.issuer,
        id: target.id,
        digest_multibase: target.digest_multibase,
        sequence: 1,
        previous_event: None,
    };
    StatusEvent {
        reason_code: Some(ReasonCode::UnknownCause),
        reason: LangString::of("en", "EDIT why"),
        decided_on: Some(today),
        ..event(
            Action::Suspend,
            Capacity::Issuer,
            target,
            &today.to_string(),
        )
    }
}

fn registered(today: Day) -> Registration {
    let names = LangString::of("en", "EDIT name of the body");
    let mut subject = registration(OTHER, names, Role::Laboratory, KEY);
    subject.economies = texts(&[ECONOMY]);
    subject.mandate = Mandate {
        kinds: vec![Kind::Attestation, Kind::StatusEvent],
        attestation_kinds: vec![AttestationKind::TestReport],
        may_register: false,
    };
    subject.contact = Some(Contact {
        office: "EDIT office".to_owned(),
        url: Some("https://edit-body.example/contact".to_owned()),
        email: None,
        telephone: None,
    });
    subject.period = Period::new(today, None);
    subject
}

fn revoked(today: Day) -> KeyRevocation {
    KeyRevocation {
        id: OTHER.to_owned(),
        key: KEY.to_owned(),
        reason: RevocationReason::KeyCompromise,
        effective_from: today.first_second(),
    }
}

fn list(issuer_did: &str, today: Day) -> FederationList {
    FederationList {
        version: 1,
        previous: None,
        effective_from: today.first_second(),
        valid_until: today.plus_days(DAYS_OF_A_YEAR).last_second(),
        keyholders: vec![Keyholder {
            did: issuer_did.to_owned(),
            key: KEY.to_owned(),
        }],
        threshold: 1,
        members: vec![FederationMember {
            economy: ECONOMY.to_owned(),
            authority: AUTHORITY.to_owned(),
            root_keys: texts(&[KEY]),
            root_threshold: 1,
            url: Some("https://edit-authority.example".to_owned()),
            log_at: None,
        }],
        cosigners: Cosigners::default(),
    }
}

fn online_keys(today: Day) -> MemberKeys {
    MemberKeys {
        economy: ECONOMY.to_owned(),
        version: 1,
        previous: None,
        effective_from: today.first_second(),
        roots: None,
        log_keys: Vec::new(),
        mirror_keys: Vec::new(),
        witness_keys: Vec::new(),
        status_keys: Vec::new(),
        authority_keys: vec![AuthorityKey {
            key: KEY.to_owned(),
            from: today.first_second(),
            until: None,
            reason: None,
        }],
        terms: None,
    }
}

fn edition(today: Day) -> Standard {
    Standard {
        standard: standard("EDIT 1234:2000"),
        sort: StandardSort::Standard,
        title: LangString::of("en", "EDIT title of the standard"),
        economies: texts(&[ECONOMY]),
        period: Period::new(today, None),
        replaces: vec![ReplacedEdition {
            standard: standard("EDIT 1234:1990"),
            coexists_until: Some(today.plus_days(DAYS_OF_THREE_YEARS).into()),
        }],
        amends: Vec::new(),
        adopts: vec![Adoption {
            standard: standard("EDIT 5678:1999"),
            correspondence: Correspondence::Identical,
            deviations: Vec::new(),
        }],
        ics: Vec::new(),
    }
}

fn rule(today: Day) -> ImportRule {
    ImportRule {
        economy: ECONOMY.to_owned(),
        title: LangString::of("en", "EDIT title of the rule"),
        products: vec![CodeSelector {
            scheme: "HS".to_owned(),
            edition: Some("2022".to_owned()),
            include: texts(&["0000"]),
            exclude: Vec::new(),
        }],
        effect: RuleEffect::Required,
        requirements: vec![Requirement {
            id: "edit-requirement".to_owned(),
            sort: RequirementSort::Attestation,
            text: LangString::of("en", "EDIT what is asked"),
            attestation: Some(AttestationFilter {
                kinds: vec![AttestationKind::ProductCertificate],
                standards: vec![standard("EDIT 1234")],
                ..AttestationFilter::default()
            }),
            deviation: None,
            languages: Vec::new(),
        }],
        attestations: None,
        legal_basis: "EDIT the law".to_owned(),
        contact: Some(Contact {
            office: "EDIT office".to_owned(),
            url: Some("https://edit-authority.example/contact".to_owned()),
            email: None,
            telephone: None,
        }),
        period: Period::new(today, None),
    }
}

fn committed(today: Day) -> Commitment {
    Commitment {
        reports: vec![CommittedReport {
            number: "EDIT-NUMBER".to_owned(),
            issued_on: today,
            digest: digest(0),
        }],
    }
}

fn notice() -> Notice {
    Notice {
        sort: NoticeSort::ForgedCertificate,
        about: vec![NoticeSubject {
            record: None,
            number: Some(PrintedNumber {
                number: "EDIT-NUMBER".to_owned(),
                issuer: Some(NamedParty::registered(OTHER, AUTHORITY, "EDIT body")),
            }),
            party: None,
        }],
        text: LangString::of("en", "EDIT what was found"),
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: None,
        legal_basis: Some("EDIT the law".to_owned()),
    }
}

fn promise(issuer_did: &str, today: Day) -> CoverageStatement {
    CoverageStatement {
        kinds: vec![Kind::Attestation],
        issuers: vec![PartyReference {
            id: issuer_did.to_owned(),
            registered_by: AUTHORITY.to_owned(),
        }],
        since: today,
        within_hours: 24,
        period: Period::new(today, None),
    }
}

fn taken_down() -> Takedown {
    Takedown {
        authority: AUTHORITY.to_owned(),
        issuer: OTHER.to_owned(),
        id: NIL_ID.to_owned(),
        kind: "Attestation".to_owned(),
        record_digest: digest(0),
        document_digest: digest(0),
        legal_basis: "EDIT the law or order".to_owned(),
    }
}
