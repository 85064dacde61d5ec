//! Who acts: the authorities of twelve economies, their accreditation bodies, a secretariat, and
//! the bodies that issue attestations. All made up, with keys that anybody can compute.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use comity_model::attestation::AttestationKind;
use comity_model::grant::Activity;
use comity_model::party::{Contact, NamedParty, PartyReference};
use comity_model::reference::RecordReference;
use comity_model::registration::Role;
use comity_model::text::LangString;
use comity_signature::digest::sha256;
use comity_signature::key::SigningKey;

use super::chance::{Chance, Odds};
use super::names::stem;
use super::shares::{COMMITTING, FEWEST_BODIES, MOST_BODIES, OUT_OF_SCOPE, RECORDS_OF_A_BODY};
use super::tables::{LANGUAGES, Tables, Words};

/// The hosts of this world lie below this name, which is nobody's (RFC 2606).
const DOMAIN: &str = "made-up.example";

/// An economy: its code, the place of its language, its share of the attestations in a thousand,
/// its name in English and in its language.
#[derive(Debug)]
pub(super) struct Economy {
    pub(super) code: &'static str,
    pub(super) language: usize,
    share: u64,
    english: &'static str,
    own: &'static str,
}

const fn economy(
    code: &'static str,
    language: usize,
    share: u64,
    english: &'static str,
    own: &'static str,
) -> Economy {
    Economy {
        code,
        language,
        share,
        english,
        own,
    }
}

/// The economies; the first runs the node, the others are its guests.
pub(super) static ECONOMIES: [Economy; 12] = [
    economy("GB", 0, 110, "United Kingdom", "United Kingdom"),
    economy("AU", 0, 60, "Australia", "Australia"),
    economy("KE", 0, 30, "Kenya", "Kenya"),
    economy("CN", 1, 270, "China", "中国"),
    economy("SG", 1, 40, "Singapore", "新加坡"),
    economy("KZ", 2, 90, "Kazakhstan", "Казахстан"),
    economy("KG", 2, 40, "Kyrgyzstan", "Кыргызстан"),
    economy("SA", 3, 90, "Saudi Arabia", "السعودية"),
    economy("EG", 3, 70, "Egypt", "مصر"),
    economy("AE", 3, 50, "United Arab Emirates", "الإمارات"),
    economy("FR", 4, 110, "France", "France"),
    economy("SN", 4, 40, "Senegal", "Sénégal"),
];

const AUTHORITY: Words = [
    "DEMO Quality Authority, {}",
    "演示质量主管机构（{}）",
    "ДЕМО-орган по качеству, {}",
    "هيئة الجودة، عرض تجريبي، {}",
    "Autorité DÉMO de la qualité, {}",
];
const ACCREDITOR: Words = [
    "DEMO Accreditation Board, {}",
    "演示认可中心（{}）",
    "ДЕМО-центр аккредитации, {}",
    "مركز الاعتماد، عرض تجريبي، {}",
    "Comité DÉMO d’accréditation, {}",
];

/// What a body that issues attestations does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Certifier,
    Laboratory,
    Inspector,
    Calibrator,
}

impl Sort {
    pub(super) const ALL: [Self; 4] = [
        Self::Certifier,
        Self::Laboratory,
        Self::Inspector,
        Self::Calibrator,
    ];
    /// How many of a thousand bodies are of each.
    const SHARES: [u64; 4] = [460, 390, 100, 50];

    /// Who issues that kind of attestation.
    pub(super) fn of(kind: AttestationKind) -> Self {
        match kind {
            AttestationKind::TestReport => Self::Laboratory,
            AttestationKind::CalibrationCertificate => Self::Calibrator,
            AttestationKind::ConsignmentCertificate | AttestationKind::InspectionCertificate => {
                Self::Inspector
            }
            _ => Self::Certifier,
        }
    }

    pub(super) fn role(self) -> Role {
        match self {
            Self::Certifier => Role::CertificationBody,
            Self::Laboratory | Self::Calibrator => Role::Laboratory,
            Self::Inspector => Role::InspectionBody,
        }
    }

    pub(super) fn issues(self) -> &'static [AttestationKind] {
        match self {
            Self::Certifier => &[
                AttestationKind::ProductCertificate,
                AttestationKind::TypeExamination,
                AttestationKind::MsCertificate,
            ],
            Self::Laboratory => &[AttestationKind::TestReport],
            Self::Inspector => &[
                AttestationKind::ConsignmentCertificate,
                AttestationKind::InspectionCertificate,
            ],
            Self::Calibrator => &[AttestationKind::CalibrationCertificate],
        }
    }

    pub(super) fn activities(self) -> &'static [Activity] {
        match self {
            Self::Certifier => &[Activity::ProductCertification, Activity::MsCertification],
            Self::Laboratory => &[Activity::Testing],
            Self::Inspector => &[Activity::Inspection],
            Self::Calibrator => &[Activity::Calibration],
        }
    }

    /// What its competence is assessed against.
    pub(super) fn criteria(self) -> &'static [&'static str] {
        match self {
            Self::Certifier => &["ISO/IEC 17065:2012", "ISO/IEC 17021-1:2015"],
            Self::Laboratory | Self::Calibrator => &["ISO/IEC 17025:2017"],
            Self::Inspector => &["ISO/IEC 17020:2012"],
        }
    }

    fn name(self) -> Words {
        match self {
            Self::Certifier => [
                "DEMO {} Certification",
                "演示{}认证中心",
                "ДЕМО-{} Сертификация",
                "شركة {} لمنح الشهادات، عرض تجريبي",
                "{} Certification DÉMO",
            ],
            Self::Laboratory => [
                "DEMO {} Testing Laboratory",
                "演示{}检测实验室",
                "ДЕМО-{} Испытательная лаборатория",
                "مختبر {} للاختبارات، عرض تجريبي",
                "Laboratoire DÉMO {}",
            ],
            Self::Inspector => [
                "DEMO {} Inspection",
                "演示{}检验公司",
                "ДЕМО-{} Инспекция",
                "شركة {} للتفتيش، عرض تجريبي",
                "{} Inspection DÉMO",
            ],
            Self::Calibrator => [
                "DEMO {} Calibration",
                "演示{}计量校准中心",
                "ДЕМО-{} Калибровка",
                "مختبر {} للمعايرة، عرض تجريبي",
                "{} Étalonnage DÉMO",
            ],
        }
    }
}

/// Somebody who signs.
#[derive(Debug)]
pub(super) struct Body {
    /// DID.
    pub(super) did: String,
    /// DID of the authority at the head of its registration chain; its own for an authority.
    pub(super) authority: String,
    /// Place of its economy in [`ECONOMIES`]; that of its seat for the secretariat.
    pub(super) economy: usize,
    /// Place of its language in [`LANGUAGES`].
    pub(super) language: usize,
    /// Its name in that language, as it signs.
    pub(super) name: String,
    /// Its name in English.
    pub(super) english: String,
    /// Its key.
    pub(super) key: SigningKey,
    /// What it does, if it issues attestations.
    pub(super) sort: Option<Sort>,
    /// The families that its scope covers.
    pub(super) families: Vec<usize>,
    /// It keeps its reports private and commits to them.
    pub(super) commits: bool,
    /// The form of number that it keeps to.
    pub(super) style: usize,
    /// Its accreditation, once that is made, and its designation, if it has one.
    pub(super) grants: Vec<Granted>,
}

/// A grant that a body relies on.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) reference: RecordReference,
    /// Ids of its scope's items.
    pub(super) items: Vec<String>,
}

impl Body {
    /// Its host.
    pub(super) fn host(&self) -> &str {
        self.did.strip_prefix("did:web:").unwrap_or(&self.did)
    }

    /// Its economy's code.
    pub(super) fn code(&self) -> &'static str {
        ECONOMIES
            .get(self.economy)
            .map_or("GB", |economy| economy.code)
    }

    /// The tag of its language.
    pub(super) fn tag(&self) -> &'static str {
        LANGUAGES.get(self.language).copied().unwrap_or("en")
    }

    /// These words in its language.
    pub(super) fn say(&self, words: &Words) -> &'static str {
        words.get(self.language).copied().unwrap_or_default()
    }

    /// These words in its language and in English.
    pub(super) fn both(&self, words: &Words) -> LangString {
        in_both(self.language, words)
    }

    /// It as a party of a record.
    pub(super) fn party(&self) -> NamedParty {
        NamedParty::registered(&self.did, &self.authority, &self.name)
    }

    /// It as the pair that names it.
    pub(super) fn reference(&self) -> PartyReference {
        PartyReference {
            id: self.did.clone(),
            registered_by: self.authority.clone(),
        }
    }

    /// The office to ask.
    pub(super) fn office(&self) -> Contact {
        Contact {
            office: "DEMO office".to_owned(),
            url: Some(format!("https://{}/contact", self.host())),
            email: Some(format!("office@{}", self.host())),
            telephone: None,
        }
    }
}

/// These words in that language and in English.
pub(super) fn in_both(language: usize, words: &Words) -> LangString {
    let [english, ..] = *words;
    match (words.get(language), LANGUAGES.get(language)) {
        (Some(own), Some(tag)) if language > 0 => LangString::of(tag, own).and("en", english),
        _ => LangString::of("en", english),
    }
}

/// Bodies of one sort, economy and family, the first drawn most often.
#[derive(Debug, Default)]
struct Desk {
    bodies: Vec<usize>,
    odds: Odds,
}

/// Everybody.
#[derive(Debug)]
pub(super) struct Cast {
    /// In the order of [`ECONOMIES`].
    pub(super) authorities: Vec<Body>,
    /// In the same order.
    pub(super) accreditors: Vec<Body>,
    /// Keeps arrangements of several economies and belongs to none.
    pub(super) secretariat: Body,
    /// Those that issue attestations.
    pub(super) bodies: Vec<Body>,
    /// How often each economy's bodies are asked.
    pub(super) economies: Odds,
    desks: HashMap<(usize, Sort, Option<usize>), Desk>,
}

/// The seed that everybody can compute for `name`.
pub(super) fn public_seed(seed: u64, name: &str) -> [u8; 32] {
    sha256(format!("comity generate key, known to everybody: {seed} {name}").as_bytes())
}

impl Cast {
    /// Everybody in a world of that many records.
    pub(super) fn of(seed: u64, records: u64, tables: &Tables) -> Self {
        let secretariat = Body {
            authority: format!("did:web:secretariat.{DOMAIN}"),
            ..plain(
                seed,
                0,
                &format!("did:web:secretariat.{DOMAIN}"),
                ["DEMO Secretariat of Arrangements"; 2],
            )
        };
        let mut cast = Self {
            authorities: heads(seed, &AUTHORITY, ""),
            accreditors: heads(seed, &ACCREDITOR, "accreditation."),
            secretariat,
            bodies: Vec::new(),
            economies: Odds::of(ECONOMIES.iter().map(|economy| economy.share)),
            desks: HashMap::new(),
        };
        let count = (records / RECORDS_OF_A_BODY).clamp(FEWEST_BODIES, MOST_BODIES);
        for number in 0..count {
            let body = cast.body(seed, number, tables);
            cast.bodies.push(body);
        }
        cast.seat();
        cast
    }

    /// A body of that sort in that economy, mostly one whose scope covers the family.
    ///
    /// # Errors
    /// If the economy has none of that sort.
    pub(super) fn ask(
        &self,
        chance: &mut Chance,
        economy: usize,
        sort: Sort,
        family: usize,
    ) -> Result<&Body> {
        let family = (!chance.is(OUT_OF_SCOPE)).then_some(family);
        let fitting = self.desks.get(&(economy, sort, family));
        let desk = fitting.or_else(|| self.desks.get(&(economy, sort, None)));
        let desk = desk.context("every economy has a body of each sort")?;
        let place = desk.bodies.get(desk.odds.draw(chance));
        let body = place.and_then(|place| self.bodies.get(*place));
        body.context("a desk names bodies that there are")
    }

    /// Body number `number`: the first ones make up one of each sort for every economy.
    fn body(&self, seed: u64, number: u64, tables: &Tables) -> Body {
        let mut chance = Chance::of(seed, "body", number);
        let place = usize::try_from(number).unwrap_or_default();
        let given = Sort::ALL.get(place / ECONOMIES.len());
        let (economy, sort) = if let Some(sort) = given {
            (place % ECONOMIES.len(), *sort)
        } else {
            let sort = Sort::ALL[Odds::of(Sort::SHARES).draw(&mut chance)];
            (self.economies.draw(&mut chance), sort)
        };
        let country = &ECONOMIES[economy];
        let tag = LANGUAGES[country.language];
        let stem = stem(&mut chance, tag);
        let names = sort.name();
        let own = names[country.language].replace("{}", &stem.own);
        let english = names[0].replace("{}", &stem.latin);
        let did = format!(
            "did:web:body-{number}.{}.{DOMAIN}",
            country.code.to_ascii_lowercase()
        );
        Body {
            sort: Some(sort),
            families: families(&mut chance, sort, given.is_some(), tables),
            style: chance.place(24),
            commits: sort == Sort::Laboratory && chance.is(COMMITTING),
            ..plain(seed, economy, &did, [&own, &english])
        }
    }

    /// Lists who can be asked for what.
    fn seat(&mut self) {
        for (place, body) in self.bodies.iter().enumerate() {
            let Some(sort) = body.sort else { continue };
            let families = body.families.iter().map(|family| Some(*family));
            for family in families.chain([None]) {
                let desk = self.desks.entry((body.economy, sort, family)).or_default();
                desk.bodies.push(place);
            }
        }
        for desk in self.desks.values_mut() {
            desk.odds = Odds::zipf(desk.bodies.len());
        }
    }
}

/// The families that a body of that sort covers: all of them if it is its economy's first.
fn families(chance: &mut Chance, sort: Sort, first: bool, tables: &Tables) -> Vec<usize> {
    let keyed = |key: &str| tables.families.iter().position(|family| family.key == key);
    let mut families: Vec<usize> = match sort {
        Sort::Calibrator => return keyed("instruments").into_iter().collect(),
        _ if first => return (0..tables.families.len()).collect(),
        Sort::Inspector => keyed("food").into_iter().collect(),
        Sort::Certifier | Sort::Laboratory => Vec::new(),
    };
    for _ in 0..chance.between(4, 9) {
        families.push(chance.place(tables.families.len()));
    }
    families.sort_unstable();
    families.dedup();
    families
}

/// The body of every economy that has such a name.
fn heads(seed: u64, names: &Words, prefix: &str) -> Vec<Body> {
    let head = |(place, country): (usize, &Economy)| {
        let host = format!("{prefix}{}.{DOMAIN}", country.code.to_ascii_lowercase());
        let own = names[country.language].replace("{}", country.own);
        let english = names[0].replace("{}", country.english);
        plain(seed, place, &format!("did:web:{host}"), [&own, &english])
    };
    ECONOMIES.iter().enumerate().map(head).collect()
}

/// Somebody of that economy, under its authority.
fn plain(seed: u64, economy: usize, did: &str, names: [&str; 2]) -> Body {
    let country = &ECONOMIES[economy];
    let [own, english] = names;
    Body {
        did: did.to_owned(),
        authority: format!("did:web:{}.{DOMAIN}", country.code.to_ascii_lowercase()),
        economy,
        language: country.language,
        name: own.to_owned(),
        english: english.to_owned(),
        key: SigningKey::from_seed(&public_seed(seed, did)),
        sort: None,
        families: Vec::new(),
        commits: false,
        style: 0,
        grants: Vec::new(),
    }
}
