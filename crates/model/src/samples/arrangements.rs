//! Samples of `Arrangement` and `Participation`.

use crate::arrangement::{
    Acceptor, AfterEnd, Arrangement, ArrangementType, Chapter, Coverage, Degree, DirectedPair,
    Direction, DirectionMode, ExistingAttestations, IssuerEligibility, LegalNature, Obligation,
    Phase, RequirementsBasis, Transcription,
};
use crate::attestation::AttestationKind;
use crate::grant::{Activity, GrantType};
use crate::level::{AboveCap, LevelMode, LevelRule};
use crate::participation::{
    ArrangementName, AssertedBy, Declaration, Participant, Participation, ParticipationRole,
};
use crate::product::CodeSelector;
use crate::record::{Record, Subject};
use crate::text::LangString;

use super::world::{
    ACCREDITOR_KZ, AUTHORITY_FR, AUTHORITY_KZ, AUTHORITY_NZ, AUTHORITY_TH, SECRETARIAT, day, from,
    on, record, span, standard, texts,
};

pub(super) const GOODS: &str = "did:web:secretariat.example#goods";
const SECURITY: &str = "did:web:authority-nz.example#security-evaluations";

pub(super) fn arrangements() -> Vec<Record> {
    vec![goods(), transcribed(), one_way()]
}

pub(super) fn participations() -> Vec<Record> {
    vec![
        by_secretariat(),
        by_destination(),
        of_a_party(),
        of_a_transcription(),
    ]
}

/// A chapter that says only what every chapter must.
pub(super) fn chapter(id: &str, title: LangString, degree: Degree) -> Chapter {
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
        acceptor: Acceptor::default(),
        conditions: Vec::new(),
        period: from("2020-01-01"),
        issued_from: None,
        after_end: None,
    }
}

fn pair(from: &[&str], to: &[&str]) -> DirectedPair {
    DirectedPair {
        from: texts(from),
        to: texts(to),
        period: None,
    }
}

/// An agreement in three chapters of different degree, signed by its secretariat and two parties.
fn goods() -> Record {
    let subject = Arrangement {
        id: GOODS.to_owned(),
        version: 1,
        title: LangString::of("en", "Sample Agreement on Mutual Recognition of Goods")
            .and(
                "fr",
                "Accord d’exemple sur la reconnaissance mutuelle des produits",
            )
            .and("ru", "Примерное соглашение о взаимном признании товаров"),
        citation: Some("SAMRG 2019".to_owned()),
        arrangement_type: ArrangementType::GovernmentMra,
        legal_nature: LegalNature::Agreement,
        signers: vec![
            SECRETARIAT.reference(),
            AUTHORITY_FR.reference(),
            AUTHORITY_KZ.reference(),
        ],
        secretariat: Some(SECRETARIAT.reference()),
        parties: texts(&["FR", "KZ", "TH"]),
        chapters: vec![testing_chapter(), systems_chapter(), appliances_chapter()],
        transcription: None,
    };
    record(
        0x201,
        &SECRETARIAT,
        "Sample Agreement on Mutual Recognition of Goods",
        Subject::Arrangement(Box::new(subject)),
    )
}

/// Reports are accepted, the importer still approves.
fn testing_chapter() -> Chapter {
    Chapter {
        obligation: Obligation::ShallAcceptOrJustify,
        coverage: Coverage {
            attestation_kinds: vec![AttestationKind::TestReport],
            standards: vec![standard("IEC 60335-2-15")],
            ..Coverage::default()
        },
        issuer_eligibility: IssuerEligibility {
            grant_types: vec![GrantType::Accreditation],
            activities: vec![Activity::Testing],
            criteria: vec![standard("ISO/IEC 17025")],
            grantor_in: Some(format!("{GOODS}/systems")),
            ..IssuerEligibility::default()
        },
        conditions: vec![
            LangString::of("en", "A sample may be asked for")
                .and("ru", "Может быть запрошен образец"),
        ],
        ..chapter(
            "testing",
            LangString::of("en", "Test reports").and("fr", "Rapports d’essai"),
            Degree::Results,
        )
    }
}

/// Accreditations count as equal.
fn systems_chapter() -> Chapter {
    Chapter {
        obligation: Obligation::ShallPromoteAcceptance,
        direction: Direction {
            mode: DirectionMode::ProducerToAll,
            pairs: Vec::new(),
            except: vec![pair(&["TH"], &["FR"])],
        },
        coverage: Coverage {
            attestation_kinds: vec![AttestationKind::MsCertificate],
            ..Coverage::default()
        },
        issuer_eligibility: IssuerEligibility {
            participant_roles: vec![ParticipationRole::Signatory],
            ..IssuerEligibility::default()
        },
        ..chapter(
            "systems",
            LangString::of("en", "Management systems"),
            Degree::Competence,
        )
    }
}

/// The other side's bodies work to the importer's rules; it has lapsed, with an after-end rule.
fn appliances_chapter() -> Chapter {
    Chapter {
        phase: Phase::Lapsed,
        direction: Direction {
            mode: DirectionMode::DeclaredPairs,
            pairs: vec![pair(&["FR"], &["KZ"]), pair(&["KZ"], &["FR"])],
            except: Vec::new(),
        },
        requirements_basis: RequirementsBasis::Importer,
        coverage: Coverage {
            products: vec![CodeSelector {
                scheme: "HS".to_owned(),
                edition: Some("2022".to_owned()),
                include: texts(&["8509", "8516"]),
                exclude: texts(&["851610"]),
            }],
            regulations: texts(&["Directive 2014/35/UE"]),
            ..Coverage::default()
        },
        issuer_eligibility: IssuerEligibility {
            designated_under_chapter: true,
            ..IssuerEligibility::default()
        },
        acceptor: Acceptor {
            roles: vec![ParticipationRole::Signatory],
            declaration_required: true,
        },
        period: span("2020-01-01", "2026-05-31"),
        issued_from: Some(on("2020-07-01")),
        after_end: Some(AfterEnd {
            existing_attestations: ExistingAttestations::UntilDate,
            date: Some(on("2027-05-31")),
            procedures_under_way_until: Some(on("2026-11-30")),
        }),
        ..chapter(
            "appliances",
            LangString::of("en", "Household appliances").and("ru", "Бытовые приборы"),
            Degree::Bodies,
        )
    }
}

/// A public text read and signed by one node alone, capped at a level.
fn transcribed() -> Record {
    let subject = Arrangement {
        id: SECURITY.to_owned(),
        version: 1,
        title: LangString::of("en", "Sample arrangement on security evaluations"),
        citation: None,
        arrangement_type: ArrangementType::CertificateRecognition,
        legal_nature: LegalNature::NonBindingArrangement,
        signers: vec![AUTHORITY_NZ.reference()],
        secretariat: None,
        parties: texts(&["FR", "NZ"]),
        chapters: vec![Chapter {
            coverage: Coverage {
                schemes: texts(&["CC"]),
                categories: texts(&["Smart Cards and similar devices"]),
                profiles: texts(&["EX-PP-*"]),
                ..Coverage::default()
            },
            level: Some(LevelRule {
                scale: "EAL".to_owned(),
                mode: LevelMode::Cap,
                rank: 2,
                within: texts(&["ALC_FLR", "AVA_VAN.3"]),
                above_cap: AboveCap::AcceptedUpToCap,
            }),
            after_end: Some(AfterEnd {
                existing_attestations: ExistingAttestations::UntilExpiry,
                date: None,
                procedures_under_way_until: None,
            }),
            ..chapter(
                "general",
                LangString::of("en", "Certificates up to EAL2"),
                Degree::Certificates,
            )
        }],
        transcription: Some(transcription()),
    };
    record(
        0x202,
        &AUTHORITY_NZ,
        "Sample arrangement on security evaluations (transcribed)",
        Subject::Arrangement(Box::new(subject)),
    )
}

fn transcription() -> Transcription {
    Transcription {
        system: "sample-arrangements".to_owned(),
        source: "https://arrangement.example/text.pdf".to_owned(),
        read_on: day("2026-10-01"),
        licence: Some("CC-BY-4.0".to_owned()),
        not_in_source: texts(&["The list of product categories"]),
    }
}

/// A unilateral measure, second version.
fn one_way() -> Record {
    let subject = Arrangement {
        id: "did:web:authority-th.example#medical".to_owned(),
        version: 2,
        title: LangString::of("th", "การยอมรับใบรับรองเครื่องมือแพทย์ต่างประเทศ").and(
            "en",
            "Acceptance of foreign certificates of medical devices",
        ),
        citation: None,
        arrangement_type: ArrangementType::Unilateral,
        legal_nature: LegalNature::UnilateralMeasure,
        signers: vec![AUTHORITY_TH.reference()],
        secretariat: None,
        parties: texts(&["TH"]),
        chapters: vec![Chapter {
            obligation: Obligation::MayAccept,
            direction: Direction {
                mode: DirectionMode::OneWay,
                pairs: vec![pair(&["FR", "NZ"], &["TH"])],
                except: Vec::new(),
            },
            requirements_basis: RequirementsBasis::Exporter,
            ..chapter(
                "devices",
                LangString::of("th", "เครื่องมือแพทย์"),
                Degree::Certificates,
            )
        }],
        transcription: None,
    };
    let mut record = record(
        0x203,
        &AUTHORITY_TH,
        "การยอมรับใบรับรองเครื่องมือแพทย์ต่างประเทศ",
        Subject::Arrangement(Box::new(subject)),
    );
    record.comity.replaces = Some(super::world::reference(0x20F, &AUTHORITY_TH));
    record
}

/// Membership of `participant` in the sample agreement.
pub(super) fn participation(participant: Participant, asserted_by: AssertedBy) -> Participation {
    Participation {
        arrangement: ArrangementName {
            authority: SECRETARIAT.authority.to_owned(),
            id: GOODS.to_owned(),
        },
        participant,
        roles: vec![ParticipationRole::Signatory],
        chapters: Vec::new(),
        period: from("2020-01-01"),
        declaration: None,
        additional_requirements: Vec::new(),
        arrangement_version: None,
        asserted_by,
        transcription: None,
    }
}

fn by_secretariat() -> Record {
    let mut subject = participation(
        Participant::Economy("FR".to_owned()),
        AssertedBy::Secretariat,
    );
    subject.chapters = texts(&["testing", "appliances"]);
    subject.period = span("2020-01-01", "2030-12-31");
    record(
        0x301,
        &SECRETARIAT,
        "France in the Sample Agreement",
        Subject::Participation(Box::new(subject)),
    )
}

/// A destination's own declaration, with what it asks besides.
fn by_destination() -> Record {
    let mut subject = participation(
        Participant::Economy("KZ".to_owned()),
        AssertedBy::Participant,
    );
    subject.declaration = Some(Declaration::AcceptWithConditions);
    subject.additional_requirements = vec![
        LangString::of("ru", "Маркировка на казахском и русском языках")
            .and("en", "Marking in Kazakh and Russian"),
    ];
    subject.arrangement_version = Some(1);
    record(
        0x302,
        &AUTHORITY_KZ,
        "Казахстан: заявление о признании",
        Subject::Participation(Box::new(subject)),
    )
}

/// An accreditation body as a party.
fn of_a_party() -> Record {
    let mut subject = participation(
        Participant::Party(ACCREDITOR_KZ.reference()),
        AssertedBy::Secretariat,
    );
    subject.chapters = texts(&["systems"]);
    record(
        0x303,
        &SECRETARIAT,
        "Accreditation body in the chapter on management systems",
        Subject::Participation(Box::new(subject)),
    )
}

fn of_a_transcription() -> Record {
    let mut subject = participation(
        Participant::Economy("FR".to_owned()),
        AssertedBy::Transcriber,
    );
    subject.arrangement = ArrangementName {
        authority: AUTHORITY_NZ.authority.to_owned(),
        id: SECURITY.to_owned(),
    };
    subject.roles = vec![ParticipationRole::Authorising, ParticipationRole::Consuming];
    subject.transcription = Some(transcription());
    record(
        0x304,
        &AUTHORITY_NZ,
        "France in the security arrangement (transcribed)",
        Subject::Participation(Box::new(subject)),
    )
}
