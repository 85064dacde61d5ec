//! What a list says of other lists, as transcribed arrangements and participations.

use std::collections::BTreeMap;

use comity_model::arrangement::{
    Arrangement, ArrangementType, Chapter, Coverage, Degree, Direction, DirectionMode,
    IssuerEligibility, LegalNature, Obligation, Phase, RequirementsBasis, Transcription,
};
use comity_model::date::{LegalDate, Period};
use comity_model::participation::{
    ArrangementName, AssertedBy, Participant, Participation, ParticipationRole,
};
use comity_model::party::PartyReference;
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::text::LangString;

use super::pointers::Pointer;
use super::read::TrustedList;
use super::services::cut;
use super::{agreement, system_of};
use crate::import::Source;
use crate::import::identity::{imported_id, subject_digest};

/// The law on which the list of lists of the European Union rests.
const REGULATION: &str = "Regulation (EU) No 910/2014";
/// What the list of lists does not say.
const NOT_IN_SOURCE: [&str; 2] = [
    "that every participant recognises what another's list grants: Regulation (EU) No 910/2014, \
     articles 25(3), 35(3) and 41(3)",
    "since when a participant is in: the day on which a list that points to its list was issued",
];

/// Arrangements and participations of one signer that are known: the newest of each.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    signer: String,
    arrangements: BTreeMap<String, Held<Arrangement>>,
    participations: BTreeMap<(String, String), Held<Participation>>,
}

#[derive(Clone, Debug)]
struct Held<S> {
    reference: RecordReference,
    subject: S,
}

impl Texts {
    /// Nothing known yet of what `signer` has transcribed.
    pub fn new(signer: &str) -> Self {
        Self {
            signer: signer.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a record, with its document digest as multibase. Order of the log.
    pub fn add(&mut self, record: &Record, document_digest: &str) {
        if record.issuer.id != self.signer {
            return;
        }
        let reference = RecordReference {
            authority: record.comity.authority.clone(),
            issuer: record.issuer.id.clone(),
            id: record.id.clone(),
            digest_multibase: document_digest.to_owned(),
        };
        match &record.subject {
            Subject::Arrangement(subject) => {
                let subject = (**subject).clone();
                let key = subject.id.clone();
                self.arrangements.insert(key, Held { reference, subject });
            }
            Subject::Participation(subject) => {
                let subject = (**subject).clone();
                if let Participant::Economy(economy) = &subject.participant {
                    let key = (subject.arrangement.id.clone(), economy.clone());
                    self.participations.insert(key, Held { reference, subject });
                }
            }
            _ => {}
        }
    }
}

/// The arrangements and participations that a list speaks of, as far as they are new or say
/// something else than before.
pub fn transcribe(list: &TrustedList, source: &Source, known: &Texts) -> Vec<Record> {
    let mut writing = Writing {
        list,
        source,
        known,
        system: system_of(list),
        records: Vec::new(),
    };
    writing.lists();
    for pointer in &list.pointers {
        writing.agreement(pointer);
    }
    writing.records
}

struct Writing<'a> {
    list: &'a TrustedList,
    source: &'a Source,
    known: &'a Texts,
    system: String,
    records: Vec<Record>,
}

impl Writing<'_> {
    /// Economies whose lists this list points to, without agreements. None for a list that points
    /// to a list of lists only, as national ones do.
    fn pointed(&self) -> Vec<(String, &Pointer)> {
        let mut found: Vec<(String, &Pointer)> = Vec::new();
        for pointer in &self.list.pointers {
            let is_other = !pointer.is_to_lists() && pointer.agreement.is_none();
            let is_new = found.iter().all(|(economy, _)| *economy != pointer.economy);
            if is_other && is_new && pointer.economy != self.list.economy {
                found.push((pointer.economy.clone(), pointer));
            }
        }
        found
    }

    /// A list of lists: whoever's list it points to takes part.
    fn lists(&mut self) {
        let pointed = self.pointed();
        if pointed.is_empty() || !self.list.providers.is_empty() {
            return;
        }
        let slug = "trusted-lists".to_owned() + "-" + &self.list.territory.to_ascii_lowercase();
        let economies: Vec<String> = pointed.iter().map(|(economy, _)| economy.clone()).collect();
        let title = format!(
            "Trusted lists that {} points to",
            self.list.document.operator
        );
        let mut arrangement = self.arrangement(&slug, &title, &self.list_source());
        arrangement.citation = Some(REGULATION.to_owned());
        arrangement.arrangement_type = ArrangementType::HarmonisedRegime;
        arrangement.legal_nature = LegalNature::Treaty;
        arrangement.parties.clone_from(&economies);
        arrangement.chapters = vec![self.chapter_of_lists()];
        let participations: Vec<(String, String, Vec<ParticipationRole>)> = pointed
            .iter()
            .map(|(economy, pointer)| {
                let operator = pointer.operator.in_language("en").unwrap_or("not named");
                let source = format!("{}: {operator}, {}", self.list_source(), pointer.location);
                (economy.clone(), source, vec![ParticipationRole::Member])
            })
            .collect();
        let not_in_source = NOT_IN_SOURCE.map(str::to_owned).to_vec();
        self.write(arrangement, &slug, participations, &not_in_source);
    }

    fn chapter_of_lists(&self) -> Chapter {
        Chapter {
            id: "trust-services".to_owned(),
            title: LangString::of("en", "Qualified trust services"),
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
                regulations: vec![REGULATION.to_owned()],
                ..Coverage::default()
            },
            level: None,
            issuer_eligibility: IssuerEligibility::default(),
            acceptor: comity_model::arrangement::Acceptor::default(),
            conditions: Vec::new(),
            period: Period::new(self.list.document.issued_at.day(), None),
            issued_from: None,
            after_end: None,
        }
    }

    /// A recognition agreement that a pointer carries.
    fn agreement(&mut self, pointer: &Pointer) {
        let Some(agreed) = &pointer.agreement else {
            return;
        };
        let members: Vec<String> = self.pointed().into_iter().map(|(code, _)| code).collect();
        // A list of lists speaks for all whose lists it points to, another one for its own economy.
        let pointing = if members.is_empty() {
            vec![self.list.economy.clone()]
        } else {
            members
        };
        let others = vec![pointer.economy.clone()];
        let chapters = agreement::chapters(agreed, &others, &pointing);
        let first = chapters
            .iter()
            .map(|chapter| chapter.period.from.earliest());
        let Some(first) = first.min() else { return };
        let (here, there) = (&self.list.territory, &pointer.economy);
        let slug = format!("mra-{here}-{there}").to_ascii_lowercase();
        let title = format!("Equivalence of trust services of {there} in the lists of {here}");
        let place = format!("{}: {}", self.list_source(), pointer.location);
        let mut arrangement = self.arrangement(&slug, &title, &place);
        arrangement.citation = (!agreed.terms.is_empty()).then(|| agreed.terms.join(", "));
        arrangement.arrangement_type = ArrangementType::Equivalence;
        arrangement.legal_nature = LegalNature::Agreement;
        arrangement.parties = pointing.iter().chain(&others).cloned().collect();
        arrangement.chapters = chapters;
        let issuing = ParticipationRole::IssuingAuthority;
        let consuming = ParticipationRole::Consuming;
        let participations = others
            .iter()
            .map(|economy| (economy, issuing))
            .chain(pointing.iter().map(|economy| (economy, consuming)))
            .map(|(economy, role)| (economy.clone(), place.clone(), vec![role]));
        let participations: Vec<_> = participations.collect();
        let mut not_in_source: Vec<String> = Vec::new();
        not_in_source.extend(agreement::NOT_IN_SOURCE.map(str::to_owned));
        arrangement.transcription = Some(self.transcription(&place, not_in_source.clone()));
        let begin = LegalDate::from(first);
        self.write_from(begin, arrangement, &slug, participations, &not_in_source);
    }

    fn arrangement(&self, slug: &str, title: &str, source: &str) -> Arrangement {
        Arrangement {
            id: format!("{}#{slug}", self.source.signer),
            version: 1,
            title: LangString::of("en", title),
            citation: None,
            arrangement_type: ArrangementType::Equivalence,
            legal_nature: LegalNature::Agreement,
            signers: vec![PartyReference {
                id: self.source.signer.clone(),
                registered_by: self.source.authority.clone(),
            }],
            secretariat: None,
            parties: Vec::new(),
            chapters: Vec::new(),
            transcription: Some(
                self.transcription(source, NOT_IN_SOURCE.map(str::to_owned).to_vec()),
            ),
        }
    }

    fn list_source(&self) -> String {
        format!("trusted list of {}", self.list.territory)
    }

    fn transcription(&self, source: &str, not_in_source: Vec<String>) -> Transcription {
        let document = &self.list.document;
        let number = document.series_number;
        let number = number.map_or_else(String::new, |number| format!(" no. {number}"));
        Transcription {
            system: self.system.clone(),
            source: format!(
                "{source}; list{number} issued {}, SHA-256 {}; its signature was not verified here",
                document.issued_at, document.digest_multibase
            ),
            read_on: document.issued_at.day(),
            licence: None,
            not_in_source,
        }
    }

    fn write(
        &mut self,
        arrangement: Arrangement,
        slug: &str,
        participations: Vec<(String, String, Vec<ParticipationRole>)>,
        not_in_source: &[String],
    ) {
        let begin = LegalDate::from(self.list.document.issued_at.day());
        self.write_from(begin, arrangement, slug, participations, not_in_source);
    }

    fn write_from(
        &mut self,
        begin: LegalDate,
        arrangement: Arrangement,
        slug: &str,
        participations: Vec<(String, String, Vec<ParticipationRole>)>,
        not_in_source: &[String],
    ) {
        let id = arrangement.id.clone();
        let title = arrangement
            .title
            .in_language("en")
            .unwrap_or(slug)
            .to_owned();
        self.write_arrangement(begin, arrangement, slug, &title);
        let there: Vec<String> = participations
            .iter()
            .map(|(code, ..)| code.clone())
            .collect();
        for (economy, place, roles) in participations {
            let participation = Participation {
                arrangement: ArrangementName {
                    authority: self.source.authority.clone(),
                    id: id.clone(),
                },
                participant: Participant::Economy(economy),
                roles,
                chapters: Vec::new(),
                period: Period {
                    from: begin,
                    until: None,
                },
                declaration: None,
                additional_requirements: Vec::new(),
                arrangement_version: None,
                asserted_by: AssertedBy::Transcriber,
                transcription: Some(self.transcription(&place, not_in_source.to_vec())),
            };
            self.write_participation(slug, &title, participation);
        }
        self.end_others(slug, &title, &id, &there);
    }

    fn write_arrangement(
        &mut self,
        begin: LegalDate,
        mut arrangement: Arrangement,
        slug: &str,
        title: &str,
    ) {
        let held = self.known.arrangements.get(&arrangement.id);
        if let Some(held) = held {
            let mut before = held.subject.clone();
            arrangement.version = before.version + 1;
            before.version = arrangement.version;
            before.transcription.clone_from(&arrangement.transcription);
            // When it was first pointed to stays; the list does not say it.
            for (now, then) in arrangement.chapters.iter_mut().zip(&before.chapters) {
                if arrangement.arrangement_type == ArrangementType::HarmonisedRegime {
                    now.period.from = then.period.from;
                }
            }
            if before == arrangement {
                return;
            }
        }
        let replaces = held.map(|held| held.reference.clone());
        let subject = Subject::Arrangement(Box::new(arrangement));
        self.record(slug, title, (begin, None), replaces, subject);
    }

    fn write_participation(&mut self, slug: &str, title: &str, mut now: Participation) {
        let Participant::Economy(economy) = &now.participant else {
            return;
        };
        let economy = economy.clone();
        let key = (now.arrangement.id.clone(), economy.clone());
        let held = self.known.participations.get(&key);
        if let Some(held) = held {
            let mut before = held.subject.clone();
            before.transcription.clone_from(&now.transcription);
            if before.period.until.is_none() {
                now.period.from = before.period.from;
            }
            if before == now {
                return;
            }
        }
        let replaces = held.map(|held| held.reference.clone());
        let period = (now.period.from, now.period.until);
        let subject = Subject::Participation(Box::new(now));
        let (place, name) = (format!("{slug}/{economy}"), format!("{title}: {economy}"));
        self.record(&place, &name, period, replaces, subject);
    }

    /// Whoever is no longer pointed to was last known to take part on the day before this list.
    fn end_others(&mut self, slug: &str, title: &str, id: &str, there: &[String]) {
        let known = self.known;
        for ((arrangement, economy), held) in &known.participations {
            let ended = held.subject.period.until.is_some();
            if arrangement != id || there.contains(economy) || ended {
                continue;
            }
            let mut ended = held.subject.clone();
            let last = self.list.document.issued_at.day().plus_days(-1);
            ended.period.until = Some(last.max(ended.period.from.latest()).into());
            self.write_participation(slug, title, ended);
        }
    }

    fn record(
        &mut self,
        source_id: &str,
        name: &str,
        (from, until): (LegalDate, Option<LegalDate>),
        replaces: Option<RecordReference>,
        subject: Subject,
    ) {
        let mut record = Record {
            id: String::new(),
            issuer: Issuer {
                id: self.source.signer.clone(),
                name: self.source.signer_name.clone(),
            },
            name: cut(name),
            valid_from: from.earliest().first_second(),
            valid_until: until.map(|until| until.latest().last_second()),
            comity: Envelope {
                authority: self.source.authority.clone(),
                language: "en".to_owned(),
                model_version: MODEL_VERSION,
                replaces,
                imported_from: None,
                publication_basis: None,
            },
            subject,
        };
        let digest = subject_digest(&record);
        record.id = imported_id(&self.source.signer, &self.system, source_id, &digest, None);
        self.records.push(record);
    }
}
