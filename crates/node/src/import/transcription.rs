//! Arrangements transcribed from public texts: a compact TOML file to `Arrangement` and
//! `Participation` records, signed by the importing node alone and marked as transcribed.
//!
//! The file's language is documented for users in `docs/import/README.md`.

use std::collections::BTreeMap;

use comity_model::arrangement::{
    Acceptor, AfterEnd, Arrangement, ArrangementType, Chapter, Coverage, Degree, DirectedPair,
    Direction, DirectionMode, ExistingAttestations, IssuerEligibility, LegalNature, Obligation,
    Phase, RequirementsBasis, Transcription,
};
use comity_model::attestation::AttestationKind;
use comity_model::date::{Day, LegalDate, Period};
use comity_model::level::{AboveCap, LevelMode, LevelRule};
use comity_model::participation::{
    ArrangementName, AssertedBy, Participant, Participation, ParticipationRole,
};
use comity_model::party::{PartyReference, is_economy};
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, Record, Subject};
use comity_model::text::LangString;
use serde::Deserialize;

use super::identity::{imported_id, subject_digest};
use super::map::{MAX_MAP_BYTES, MapError, parse_word};
use super::{Source, dates};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    transcription: Head,
    #[serde(default)]
    components: BTreeMap<String, Vec<String>>,
    arrangement: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    system: String,
    read_on: String,
    licence: Option<String>,
    #[serde(default = "english")]
    language: String,
}

fn english() -> String {
    "en".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    slug: String,
    title: String,
    citation: Option<String>,
    #[serde(rename = "type")]
    sort: String,
    legal_nature: String,
    source: String,
    #[serde(default)]
    not_in_source: Vec<String>,
    chapter: Vec<ChapterEntry>,
    participants: Vec<Participants>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterEntry {
    id: String,
    title: String,
    #[serde(default = "operational")]
    phase: String,
    degree: String,
    obligation: String,
    requirements_basis: String,
    direction: DirectionEntry,
    #[serde(default)]
    coverage: CoverageEntry,
    level: Option<LevelEntry>,
    #[serde(default)]
    conditions: Vec<String>,
    from: String,
    until: Option<String>,
    issued_from: Option<String>,
    after_end: Option<AfterEndEntry>,
}

fn operational() -> String {
    "operational".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectionEntry {
    mode: String,
    #[serde(default)]
    pairs: Vec<PairEntry>,
    #[serde(default)]
    except: Vec<PairEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairEntry {
    #[serde(default)]
    from: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    since: Option<String>,
    until: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CoverageEntry {
    #[serde(default)]
    attestation_kinds: Vec<String>,
    #[serde(default)]
    schemes: Vec<String>,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    profiles: Vec<String>,
    #[serde(default)]
    standards: Vec<String>,
    #[serde(default)]
    regulations: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelEntry {
    scale: String,
    mode: String,
    rank: u32,
    #[serde(default)]
    within: Vec<String>,
    above_cap: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AfterEndEntry {
    existing_attestations: String,
    date: Option<String>,
    procedures_under_way_until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Participants {
    economies: Vec<String>,
    from: String,
    until: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    chapters: Vec<String>,
    #[serde(default)]
    not_in_source: Vec<String>,
}

/// Reads a file of transcribed arrangements: each arrangement, followed by its participations.
/// The same text gives the same records and ids for the same signer.
///
/// # Errors
/// The first thing wrong, with its key and line as far as the file tells.
pub fn read(text: &str, source: &Source) -> Result<Vec<Record>, MapError> {
    let fail = |key: &str, line: usize, message: String| MapError {
        key: key.to_owned(),
        line,
        message,
    };
    if text.len() > MAX_MAP_BYTES {
        return Err(fail("", 1, format!("at most {MAX_MAP_BYTES} bytes")));
    }
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        fail("TOML", line_at(text, at), error.message().to_owned())
    })?;
    let mut records = Vec::new();
    for entry in &file.arrangement {
        let key = format!("arrangement {}", entry.slug);
        let line = text.find(&format!("\"{}\"", entry.slug)).unwrap_or(0);
        entry
            .write(&file, source, &mut records)
            .map_err(|message| fail(&key, line_at(text, line), message))?;
    }
    Ok(records)
}

fn line_at(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.split(|byte| *byte == b'\n').count()
}

impl Entry {
    fn write(&self, file: &File, source: &Source, records: &mut Vec<Record>) -> Result<(), String> {
        let language = &file.transcription.language;
        let id = format!("{}#{}", source.signer, self.slug);
        let mut parties: Vec<String> = Vec::new();
        for economy in self.participants.iter().flat_map(|group| &group.economies) {
            if !is_economy(economy) {
                return Err(format!("`{economy}` is no ISO 3166-1 alpha-2 code"));
            }
            if !parties.contains(economy) {
                parties.push(economy.clone());
            }
        }
        let chapters = self.chapter.iter().map(|chapter| {
            let read = chapter.read(&file.components, language);
            read.map_err(|reason| format!("chapter {}: {reason}", chapter.id))
        });
        let arrangement = Arrangement {
            id: id.clone(),
            version: 1,
            title: LangString::of(language, &self.title),
            citation: self.citation.clone(),
            arrangement_type: parse_word::<ArrangementType>(&self.sort)?,
            legal_nature: parse_word::<LegalNature>(&self.legal_nature)?,
            signers: vec![PartyReference {
                id: source.signer.clone(),
                registered_by: source.authority.clone(),
            }],
            secretariat: None,
            parties,
            chapters: chapters.collect::<Result<_, _>>()?,
            transcription: Some(self.transcription(file, &self.not_in_source)?),
        };
        let begin = self
            .chapter
            .iter()
            .map(|chapter| day(&chapter.from).map(|date| date.earliest()))
            .collect::<Result<Vec<Day>, String>>()?;
        let begin = begin
            .into_iter()
            .min()
            .ok_or("an arrangement needs a chapter")?;
        let subject = Subject::Arrangement(Box::new(arrangement));
        let place = (self.slug.clone(), self.title.clone());
        records.push(draft(file, source, &place, begin.into(), None, subject));
        self.write_participations(file, source, &id, records)
    }

    fn write_participations(
        &self,
        file: &File,
        source: &Source,
        id: &str,
        records: &mut Vec<Record>,
    ) -> Result<(), String> {
        for group in &self.participants {
            let transcription = self.transcription(file, &group.not_in_source)?;
            let period = period(&group.from, group.until.as_deref())?;
            let mut roles = words(&group.roles)?;
            if roles.is_empty() {
                roles.push(ParticipationRole::Signatory);
            }
            for economy in &group.economies {
                let participation = Participation {
                    arrangement: ArrangementName {
                        authority: source.authority.clone(),
                        id: id.to_owned(),
                    },
                    participant: Participant::Economy(economy.clone()),
                    roles: roles.clone(),
                    chapters: group.chapters.clone(),
                    period,
                    declaration: None,
                    additional_requirements: Vec::new(),
                    arrangement_version: None,
                    asserted_by: AssertedBy::Transcriber,
                    transcription: Some(transcription.clone()),
                };
                let subject = Subject::Participation(Box::new(participation));
                let place = (
                    format!("{}/{economy}", self.slug),
                    format!("{}: {economy}", self.title),
                );
                records.push(draft(
                    file,
                    source,
                    &place,
                    period.from,
                    period.until,
                    subject,
                ));
            }
        }
        Ok(())
    }

    fn transcription(
        &self,
        file: &File,
        not_in_source: &[String],
    ) -> Result<Transcription, String> {
        let head = &file.transcription;
        Ok(Transcription {
            system: head.system.clone(),
            source: self.source.clone(),
            read_on: head
                .read_on
                .parse()
                .map_err(|error| format!("read_on: {error}"))?,
            licence: head.licence.clone(),
            not_in_source: not_in_source.to_vec(),
        })
    }
}

impl ChapterEntry {
    fn read(
        &self,
        components: &BTreeMap<String, Vec<String>>,
        language: &str,
    ) -> Result<Chapter, String> {
        let level = self.level.as_ref();
        let after_end = self.after_end.as_ref();
        let texts = |texts: &[String]| {
            let text = |text: &String| LangString::of(language, text);
            texts.iter().map(text).collect()
        };
        Ok(Chapter {
            id: self.id.clone(),
            title: LangString::of(language, &self.title),
            phase: parse_word::<Phase>(&self.phase)?,
            degree: parse_word::<Degree>(&self.degree)?,
            obligation: parse_word::<Obligation>(&self.obligation)?,
            direction: Direction {
                mode: parse_word::<DirectionMode>(&self.direction.mode)?,
                pairs: pairs(&self.direction.pairs)?,
                except: pairs(&self.direction.except)?,
            },
            requirements_basis: parse_word::<RequirementsBasis>(&self.requirements_basis)?,
            coverage: self.coverage.read()?,
            level: level.map(|level| level.read(components)).transpose()?,
            issuer_eligibility: IssuerEligibility::default(),
            acceptor: Acceptor::default(),
            conditions: texts(&self.conditions),
            period: period(&self.from, self.until.as_deref())?,
            issued_from: self.issued_from.as_deref().map(day).transpose()?,
            after_end: after_end.map(AfterEndEntry::read).transpose()?,
        })
    }
}

impl CoverageEntry {
    fn read(&self) -> Result<Coverage, String> {
        let standard = |text: &String| text.parse().map_err(|error| format!("`{text}`: {error}"));
        Ok(Coverage {
            attestation_kinds: words::<AttestationKind>(&self.attestation_kinds)?,
            schemes: self.schemes.clone(),
            products: Vec::new(),
            categories: self.categories.clone(),
            standards: self
                .standards
                .iter()
                .map(standard)
                .collect::<Result<_, String>>()?,
            regulations: self.regulations.clone(),
            profiles: self.profiles.clone(),
        })
    }
}

impl LevelEntry {
    /// A name `@eal2` in `within` stands for the list of that name in `[components]`.
    fn read(&self, components: &BTreeMap<String, Vec<String>>) -> Result<LevelRule, String> {
        let mut within: Vec<String> = Vec::new();
        for name in &self.within {
            match name.strip_prefix('@') {
                None => within.push(name.clone()),
                Some(list) => {
                    let list = components.get(list);
                    let list = list.ok_or_else(|| format!("[components] has no list `{name}`"))?;
                    within.extend(list.iter().cloned());
                }
            }
        }
        within.sort();
        within.dedup();
        Ok(LevelRule {
            scale: self.scale.clone(),
            mode: parse_word::<LevelMode>(&self.mode)?,
            rank: self.rank,
            within,
            above_cap: match &self.above_cap {
                None => AboveCap::default(),
                Some(word) => parse_word(word)?,
            },
        })
    }
}

impl AfterEndEntry {
    fn read(&self) -> Result<AfterEnd, String> {
        let rule = parse_word::<ExistingAttestations>(&self.existing_attestations)?;
        let under_way = self.procedures_under_way_until.as_deref();
        Ok(AfterEnd {
            existing_attestations: rule,
            date: self.date.as_deref().map(day).transpose()?,
            procedures_under_way_until: under_way.map(day).transpose()?,
        })
    }
}

fn pairs(entries: &[PairEntry]) -> Result<Vec<DirectedPair>, String> {
    let pair = |entry: &PairEntry| {
        let since = entry.since.as_deref();
        let period = since
            .map(|since| period(since, entry.until.as_deref()))
            .transpose()?;
        Ok(DirectedPair {
            from: entry.from.clone(),
            to: entry.to.clone(),
            period,
        })
    };
    entries.iter().map(pair).collect()
}

fn words<T: serde::de::DeserializeOwned>(texts: &[String]) -> Result<Vec<T>, String> {
    texts.iter().map(|text| parse_word(text)).collect()
}

fn period(from: &str, until: Option<&str>) -> Result<Period, String> {
    Ok(Period::new(day(from)?, until.map(day).transpose()?))
}

/// A date as the file writes it: `2014-09-08`, `2000-05` (some day of that month), or
/// `2010-04..2011-09` (no earlier than the first, no later than the second).
fn day(text: &str) -> Result<LegalDate, String> {
    let formats: Vec<dates::Format> = ["%Y-%m-%d", "%Y-%m"]
        .iter()
        .map(|format| format.parse())
        .collect::<Result<_, String>>()?;
    let one = |text: &str| dates::read(text.trim(), &formats);
    match text.split_once("..") {
        None => one(text),
        Some((from, until)) => {
            let date = LegalDate::between(one(from)?.earliest(), one(until)?.latest());
            let ordered = date.is_ordered();
            ordered
                .then_some(date)
                .ok_or_else(|| format!("`{text}` ends before it begins"))
        }
    }
}

fn draft(
    file: &File,
    source: &Source,
    (source_id, name): &(String, String),
    from: LegalDate,
    until: Option<LegalDate>,
    subject: Subject,
) -> Record {
    let mut record = Record {
        id: String::new(),
        issuer: Issuer {
            id: source.signer.clone(),
            name: source.signer_name.clone(),
        },
        name: name.clone(),
        valid_from: from.earliest().first_second(),
        valid_until: until.map(|until| until.latest().last_second()),
        comity: Envelope {
            authority: source.authority.clone(),
            language: file.transcription.language.clone(),
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis: None,
        },
        subject,
    };
    let digest = subject_digest(&record);
    record.id = imported_id(
        &source.signer,
        &file.transcription.system,
        source_id,
        &digest,
        None,
    );
    record
}
