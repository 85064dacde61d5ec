//! A small world to ask questions about: three economies with an authority and a log each, an
//! international secretariat, and whatever bodies and records a test adds. Everything is signed
//! by test keys and logged on the world's day.

mod asking;
mod further;

use std::sync::Arc;

use comity_model::arrangement::{
    Acceptor, AfterEnd, Arrangement, ArrangementType, Chapter, Coverage, Degree, Direction,
    DirectionMode, ExistingAttestations, IssuerEligibility, LegalNature, Obligation, Phase,
    RequirementsBasis, Transcription,
};
use comity_model::attestation::{
    Attestation, AttestationDetails, AttestationKind, ConformityObject, GrantReliance, LegalDates,
    ObjectType, UntpNamed, UntpParty,
};
use comity_model::date::{Day, Instant, LegalDate, Period};
use comity_model::grant::{Activity, CompetenceGrant, Flexibility, GrantType, ScopeItem};
use comity_model::participation::{
    ArrangementName, AssertedBy, Participant, Participation, ParticipationRole,
};
use comity_model::party::{NamedParty, PartyReference};
use comity_model::product::CodeSelector;
use comity_model::record::{
    Attribution, Envelope, ImportedFrom, Issuer, Kind, PublicationBasis, Record, Subject,
};
use comity_model::reference::{RecordReference, Reference};
use comity_model::registration::{Mandate, RegisteredKey, Registration, Role};
use comity_model::revocation::{KeyRevocation, RevocationReason};
use comity_model::status::{Action, Capacity, EventSubject, StatusEvent};
use comity_model::text::LangString;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;
use comity_tlog::note::NoteSigner;

pub(super) use further::{adopts, certificate, replaces, requirement};

use crate::evidence::{CheckpointEvidence, CosignatureTime, EvidenceRecord, Location, LogHead};

/// A signed record in the world.
pub(super) type Shared = Arc<EvidenceRecord>;

/// A body: its DID, the authority that heads its registration, and its key.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) did: String,
    pub(super) authority: String,
    pub(super) economy: String,
    pub(super) key: SigningKey,
}

/// The world on its current day.
pub(super) struct World {
    pub(super) now: Instant,
    pub(super) records: Vec<Shared>,
    /// Their bytes, in the same order.
    pub(super) bodies: Vec<Vec<u8>>,
    pub(super) heads: Vec<LogHead>,
    /// Further lines of `policy.toml`.
    pub(super) policy: String,
    /// Keys at the start of `policy.toml`, before its tables.
    pub(super) policy_head: String,
    /// Economies of which the policy pins neither authority nor log.
    pub(super) unpinned: Vec<&'static str>,
    /// Economies and secretariats with an authority and a log.
    pub(super) economies: Vec<&'static str>,
    /// Why nobody answers for what is not held, as of a bundle without its statement.
    pub(super) no_statement: Option<crate::evidence::NoStatement>,
    /// What is not looked through to its end.
    pub(super) unread: crate::evidence::Unread,
    entries: u64,
    ids: u32,
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn date(text: &str) -> LegalDate {
    match text.split_once("..") {
        Some((from, to)) => LegalDate::between(day(from), day(to)),
        None => LegalDate::Day(day(text)),
    }
}

pub(super) fn noon(text: &str) -> Instant {
    day(text).first_second().plus_seconds(12 * 3_600)
}

pub(super) fn period(from: &str, until: Option<&str>) -> Period {
    Period::new(date(from), until.map(date))
}

pub(super) fn en(text: &str) -> LangString {
    LangString::of("en", text)
}

pub(super) fn seed(name: &str) -> [u8; 32] {
    comity_signature::digest::sha256(name.as_bytes())
}

/// The authority of an economy; `INT` is the secretariat, which has none.
pub(super) fn authority(economy: &str) -> Body {
    let did = format!("did:web:{}.example", economy.to_ascii_lowercase());
    Body {
        key: SigningKey::from_seed(&seed(&did)),
        authority: did.clone(),
        economy: economy.to_owned(),
        did,
    }
}

pub(super) fn log_signer(economy: &str) -> NoteSigner {
    let origin = format!("{}.example/log/2018", economy.to_ascii_lowercase());
    NoteSigner::log(&origin, &seed(&origin)).unwrap()
}

impl Body {
    /// The same DID with another key.
    pub(super) fn with_key(&self, name: &str) -> Self {
        Self {
            key: SigningKey::from_seed(&seed(name)),
            ..self.clone()
        }
    }

    pub(super) fn party(&self) -> NamedParty {
        NamedParty::registered(&self.did, &self.authority, &self.did)
    }

    pub(super) fn reference(&self) -> PartyReference {
        PartyReference {
            id: self.did.clone(),
            registered_by: self.authority.clone(),
        }
    }

    pub(super) fn multikey(&self) -> String {
        self.key.verifying_key().to_multikey()
    }
}

pub(super) fn reference(record: &Shared) -> RecordReference {
    let identity = record.identity().unwrap();
    RecordReference {
        authority: identity.authority,
        issuer: identity.issuer,
        id: identity.id,
        digest_multibase: record.document_multibase.clone(),
    }
}

impl World {
    /// The economies SE, JP and KZ and the secretariat INT, on 2018-06-01.
    pub(super) fn new() -> Self {
        Self {
            now: noon("2018-06-01"),
            records: Vec::new(),
            bodies: Vec::new(),
            heads: Vec::new(),
            policy: String::new(),
            policy_head: String::new(),
            unpinned: Vec::new(),
            economies: vec!["SE", "JP", "KZ", "INT"],
            no_statement: None,
            unread: crate::evidence::Unread::default(),
            entries: 0,
            ids: 0,
        }
    }

    pub(super) fn on(&mut self, text: &str) -> &mut Self {
        self.now = noon(text);
        self
    }

    fn next_id(&mut self) -> String {
        self.ids += 1;
        format!("urn:uuid:018f0000-0000-7000-8000-{:012}", self.ids)
    }

    /// A record by `signer`, not yet signed.
    pub(super) fn draft(&mut self, signer: &Body, subject: Subject) -> Record {
        Record {
            id: self.next_id(),
            issuer: Issuer {
                id: signer.did.clone(),
                name: signer.did.clone(),
            },
            name: "Test".to_owned(),
            valid_from: self.now,
            valid_until: None,
            comity: Envelope {
                authority: signer.authority.clone(),
                language: "en".to_owned(),
                model_version: 1,
                replaces: None,
                imported_from: None,
                publication_basis: Some(PublicationBasis::OwnStatement),
            },
            subject,
        }
    }

    /// Signs and logs a record in the log of the signer's economy.
    pub(super) fn publish(&mut self, signers: &[&Body], record: &Record) -> Shared {
        let mut bytes = to_canonical(&record.to_value()).unwrap();
        for signer in signers {
            bytes = sign(&bytes, &signer.did, &signer.key, None, &Limits::default()).unwrap();
        }
        let economy = signers.first().map_or("SE", |signer| &signer.economy);
        self.log(&bytes, economy)
    }

    /// Logs bytes in the log of an economy, and holds them from then on.
    pub(super) fn log(&mut self, bytes: &[u8], economy: &str) -> Shared {
        let location = self.location(economy);
        let shared = Arc::new(EvidenceRecord::examine(
            bytes,
            vec![location],
            Some(self.now),
        ));
        self.records.push(shared.clone());
        self.bodies.push(bytes.to_vec());
        shared
    }

    pub(super) fn location(&mut self, economy: &str) -> Location {
        let vkey = log_signer(economy).vkey().clone();
        let index = self.entries;
        self.entries += 1;
        Location {
            origin: vkey.name().into(),
            index,
            checkpoints: Arc::new([CheckpointEvidence {
                size: index + 1,
                root: [0; 32],
                lines: vec![CosignatureTime {
                    cosigner: *vkey.public_key(),
                    time: self.now,
                }],
            }]),
        }
    }

    /// A body registered by the authority of its economy.
    pub(super) fn body(&mut self, economy: &str, name: &str) -> Body {
        let parent = authority(economy);
        let did = format!("did:web:{name}.example");
        let body = Body {
            key: SigningKey::from_seed(&seed(&did)),
            authority: parent.did.clone(),
            economy: economy.to_owned(),
            did,
        };
        self.register(&parent, &body, 1);
        body
    }

    /// The registration of `body` by `parent`.
    pub(super) fn registration(&self, body: &Body, version: u64) -> Registration {
        Registration {
            id: body.did.clone(),
            version,
            names: en(&body.did),
            economies: vec![body.economy.clone()],
            roles: vec![Role::CertificationBody],
            identifiers: Vec::new(),
            keys: vec![RegisteredKey {
                key: body.multikey(),
                from: None,
                until: None,
            }],
            mandate: Mandate {
                kinds: Kind::ALL.to_vec(),
                attestation_kinds: Vec::new(),
                may_register: false,
            },
            contact: None,
            period: Period::new(self.now.day(), None),
            same_as: Vec::new(),
        }
    }

    pub(super) fn register(&mut self, parent: &Body, body: &Body, version: u64) -> Shared {
        let registration = self.registration(body, version);
        let mut record = self.draft(parent, Subject::Registration(Box::new(registration)));
        record.comity.authority.clone_from(&body.authority);
        self.publish(&[parent], &record)
    }

    pub(super) fn revoke(
        &mut self,
        parent: &Body,
        body: &Body,
        reason: RevocationReason,
        from: &str,
    ) -> Shared {
        self.revoke_from(parent, body, reason, noon(from))
    }

    pub(super) fn revoke_from(
        &mut self,
        parent: &Body,
        body: &Body,
        reason: RevocationReason,
        effective_from: Instant,
    ) -> Shared {
        let revocation = KeyRevocation {
            id: body.did.clone(),
            key: body.multikey(),
            reason,
            effective_from,
        };
        let mut record = self.draft(parent, Subject::KeyRevocation(Box::new(revocation)));
        record.comity.authority.clone_from(&body.authority);
        self.publish(&[parent], &record)
    }

    /// A grant by `grantor` to `grantee` for product certification of IEC 60335-1, HS 8516.
    pub(super) fn grant(
        &mut self,
        grantor: &Body,
        grantee: &Body,
        change: impl FnOnce(&mut CompetenceGrant),
    ) -> Shared {
        let mut grant = CompetenceGrant {
            grant_type: GrantType::Accreditation,
            grantor: grantor.party(),
            grantee: grantee.party(),
            economies: vec![grantor.economy.clone()],
            number: "A-1".to_owned(),
            criteria: Vec::new(),
            activities: vec![Activity::ProductCertification],
            period: Period::new(self.now.day(), None),
            period_inferred: false,
            initial_on: None,
            flexibility: Flexibility::Fixed,
            scope: vec![ScopeItem {
                id: "1".to_owned(),
                description: en("Household appliances"),
                standards: vec!["IEC 60335-1".parse().unwrap()],
                products: vec![CodeSelector {
                    scheme: "HS".to_owned(),
                    edition: None,
                    include: vec!["8516".to_owned()],
                    exclude: Vec::new(),
                }],
                exhaustive: true,
                ..ScopeItem::default()
            }],
            under_chapters: Vec::new(),
        };
        change(&mut grant);
        let record = self.draft(grantor, Subject::CompetenceGrant(Box::new(grant)));
        self.publish(&[grantor], &record)
    }

    /// A product certificate for model X-1 (HS 8516.72), issued on the world's day.
    pub(super) fn attestation(&self) -> AttestationDetails {
        let mut object = ConformityObject::named(ObjectType::Product, en("Toaster"));
        object.model_numbers = vec!["X-1".to_owned()];
        object.product_codes = comity_model::product::ProductCode::hs("8516.72", None)
            .into_iter()
            .collect();
        AttestationDetails {
            comity_kind: AttestationKind::ProductCertificate,
            certificate_number: "C-100".to_owned(),
            version_number: None,
            legal_dates: LegalDates {
                issued_on: self.now.day().into(),
                valid_from: None,
                valid_until: None,
                first_issued_on: None,
                procedure_began_on: None,
            },
            statement_of_conformity: None,
            regime: None,
            scheme: Some("CC".to_owned()),
            holder_names: LangString::default(),
            manufacturer: None,
            factories: Vec::new(),
            grants: Vec::new(),
            standards: vec!["IEC 60335-1:2020".parse().unwrap()],
            regulations: Vec::new(),
            profiles: Vec::new(),
            scope_statement: LangString::default(),
            objects: vec![object],
            based_on: Vec::new(),
            deviations_covered: Vec::new(),
            level: None,
            claimed_arrangements: Vec::new(),
            conditions_of_use: Vec::new(),
            source_status: None,
        }
    }

    /// The same as a record by `issuer`, not yet signed.
    pub(super) fn attest_draft(
        &mut self,
        issuer: &Body,
        change: impl FnOnce(&mut AttestationDetails),
    ) -> Record {
        let mut details = self.attestation();
        change(&mut details);
        let named = |name: &str| UntpNamed {
            untp_type: Vec::new(),
            id: "https://scheme.example/1".to_owned(),
            name: name.to_owned(),
        };
        let attestation = Attestation {
            untp_type: vec!["ConformityAttestation".to_owned()],
            id: "https://body.example/1".to_owned(),
            name: "Certificate".to_owned(),
            description: None,
            assessor_level: "3rdParty".to_owned(),
            assessment_level: "authority-mandate".to_owned(),
            attestation_type: "certification".to_owned(),
            issued_to_party: UntpParty {
                untp_type: Vec::new(),
                id: "https://maker.example".to_owned(),
                name: "Maker".to_owned(),
                registered_id: None,
            },
            reference_scheme: named("Scheme"),
            comity: details,
        };
        self.draft(issuer, Subject::Attestation(Box::new(attestation)))
    }

    /// The same, signed and logged.
    pub(super) fn attest(
        &mut self,
        issuer: &Body,
        change: impl FnOnce(&mut AttestationDetails),
    ) -> Shared {
        let record = self.attest_draft(issuer, change);
        self.publish(&[issuer], &record)
    }

    /// An attestation imported by the authority of SE from `register`, attributed to `economies`.
    pub(super) fn import(
        &mut self,
        economies: &[&str],
        row: &str,
        change: impl FnOnce(&mut AttestationDetails),
    ) -> Shared {
        let importer = authority("SE");
        let mut record = self.attest_draft(&importer, change);
        record.comity.imported_from = Some(ImportedFrom {
            system: "register".to_owned(),
            source_id: row.to_owned(),
            fetched_on: self.now.day(),
            attributed_to: Attribution {
                id: "https://scheme.example".to_owned(),
                name: "Scheme body".to_owned(),
                economies: economies
                    .iter()
                    .map(|&economy| economy.to_owned())
                    .collect(),
            },
            source_signed: false,
        });
        self.publish(&[&importer], &record)
    }

    /// A chapter that covers product certificates mutually, in force from 2018.
    pub(super) fn chapter(id: &str) -> Chapter {
        Chapter {
            id: id.to_owned(),
            title: en(id),
            phase: Phase::Operational,
            degree: Degree::Certificates,
            obligation: Obligation::ShallAccept,
            direction: Direction {
                mode: DirectionMode::Mutual,
                pairs: Vec::new(),
                except: Vec::new(),
            },
            requirements_basis: RequirementsBasis::CommonStandard,
            coverage: Coverage {
                attestation_kinds: vec![AttestationKind::ProductCertificate],
                ..Coverage::default()
            },
            level: None,
            issuer_eligibility: IssuerEligibility::default(),
            acceptor: Acceptor::default(),
            conditions: Vec::new(),
            period: period("2018-01-01", None),
            issued_from: None,
            after_end: None,
        }
    }

    pub(super) fn until_expiry() -> AfterEnd {
        AfterEnd {
            existing_attestations: ExistingAttestations::UntilExpiry,
            date: None,
            procedures_under_way_until: None,
        }
    }

    /// An arrangement of that slug, signed by all `signers`, the first of them its namer.
    pub(super) fn arrangement(
        &mut self,
        slug: &str,
        signers: &[&Body],
        chapters: Vec<Chapter>,
    ) -> Shared {
        let arrangement = Self::arrangement_of(slug, signers, chapters);
        let record = self.draft(signers[0], Subject::Arrangement(Box::new(arrangement)));
        self.publish(signers, &record)
    }

    pub(super) fn arrangement_of(
        slug: &str,
        signers: &[&Body],
        chapters: Vec<Chapter>,
    ) -> Arrangement {
        let secretariat = signers.iter().find(|signer| signer.economy == "INT");
        Arrangement {
            id: format!("{}#{slug}", signers[0].did),
            version: 1,
            title: en(slug),
            citation: None,
            arrangement_type: ArrangementType::CertificateRecognition,
            legal_nature: LegalNature::Agreement,
            signers: signers.iter().map(|signer| signer.reference()).collect(),
            secretariat: secretariat.map(|secretariat| secretariat.reference()),
            parties: Vec::new(),
            chapters,
            transcription: None,
        }
    }

    /// The same transcribed by the authority of SE from `texts`.
    pub(super) fn transcribe(&mut self, slug: &str, chapters: Vec<Chapter>) -> Shared {
        let transcriber = authority("SE");
        let mut arrangement = Self::arrangement_of(slug, &[&transcriber], chapters);
        arrangement.transcription = Some(Self::transcription());
        let record = self.draft(&transcriber, Subject::Arrangement(Box::new(arrangement)));
        self.publish(&[&transcriber], &record)
    }

    pub(super) fn transcription() -> Transcription {
        Transcription {
            system: "texts".to_owned(),
            source: "Official journal".to_owned(),
            read_on: day("2018-06-01"),
            licence: None,
            not_in_source: Vec::new(),
        }
    }

    /// That `economy` is in `arrangement` from 2018, on the word of `signer`.
    pub(super) fn join(
        &mut self,
        arrangement: &Shared,
        economy: &str,
        signer: &Body,
        change: impl FnOnce(&mut Participation),
    ) -> Shared {
        let record = arrangement.record.as_ref().unwrap();
        let Subject::Arrangement(of) = &record.subject else {
            panic!("an arrangement was given");
        };
        let mut participation = Participation {
            arrangement: ArrangementName {
                authority: record.comity.authority.clone(),
                id: of.id.clone(),
            },
            participant: Participant::Economy(economy.to_owned()),
            roles: vec![ParticipationRole::Member],
            chapters: Vec::new(),
            period: period("2018-05-15", None),
            declaration: None,
            additional_requirements: Vec::new(),
            arrangement_version: None,
            asserted_by: AssertedBy::Secretariat,
            transcription: of.transcription.clone(),
        };
        change(&mut participation);
        let record = self.draft(signer, Subject::Participation(Box::new(participation)));
        self.publish(&[signer], &record)
    }

    /// An event by `signer` on `subject`, effective on the world's day.
    pub(super) fn event(
        &mut self,
        signer: &Body,
        subject: &Shared,
        action: Action,
        change: impl FnOnce(&mut StatusEvent),
    ) -> Shared {
        let of = reference(subject);
        let mut event = StatusEvent {
            action,
            capacity: Capacity::Issuer,
            subjects: vec![EventSubject {
                authority: of.authority,
                issuer: of.issuer,
                id: of.id,
                digest_multibase: of.digest_multibase,
                sequence: 1,
                previous_event: None,
            }],
            effective_from: self.now.day().into(),
            effective_until: None,
            territory: Vec::new(),
            scope_items: Vec::new(),
            resulting_scope: None,
            reason_code: None,
            reason: LangString::default(),
            legal_basis: None,
            decided_on: None,
            successor: None,
            transferred_to: None,
            grace_until: None,
            selection: None,
            observed: None,
        };
        change(&mut event);
        let record = self.draft(signer, Subject::StatusEvent(Box::new(event)));
        self.publish(&[signer], &record)
    }
}

/// A grant as an attestation relies on it.
pub(super) fn relies_on(grant: &Shared) -> Vec<GrantReliance> {
    vec![GrantReliance {
        grant: Reference::Record(reference(grant)),
        scope_items: Vec::new(),
    }]
}
