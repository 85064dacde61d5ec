//! The recognition matrix: whose certificates count where, by the arrangements and participations
//! that are in force on a day.
//!
//! A cell speaks of a certificate that is issued on the very day, is within the coverage of the
//! chapter, and whose body the chapter lets issue: what can only be said of one certificate (its
//! body's grants, its level, its product) is left to its verdict. What a destination accepts by
//! an import rule of its own stands in no cell, nor does what an economy issues for itself.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::arrangement::{Chapter, Coverage, Degree};
use comity_model::attestation::LegalDates;
use comity_model::date::{Day, Instant, LegalDate, Truth};
use comity_model::level::Level;
use comity_model::participation::{ArrangementName, Declaration, Participant};
use comity_model::party::is_economy;
use comity_model::product::ProductCode;
use comity_model::record::Subject as Says;
use serde::Serialize;

use super::participation::{Member, Side, Whose, destination, members, producer};
use super::path::{Binding, Checks, binding, destination_in, issuer_in};
use super::versions::{self, Held};
use super::{coverage, direction, policy_note};
use crate::code::{Code, Outcome};
use crate::evidence::{Digest, Evidence};
use crate::known::Known;
use crate::policy::Policy;
use crate::question::{ProductFacts, Question, Selector};

/// Most chapters named in one cell, those first that reach furthest.
pub const MAX_PATHS: usize = 20;

/// What the matrix is about; what is left open restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Certificates under this scheme, by short code.
    pub scheme: Option<String>,
    /// Certificates of this product.
    pub product: Option<ProductCode>,
}

/// How far a chapter reaches, from the most to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    /// Certificates count in full.
    Full,
    /// Certificates count, and something named is left to do.
    WithConditions,
    /// Certificates count with regard to a level.
    ToLevel,
    /// Results or competence count; the decision is taken anew.
    ResultsOnly,
    /// What is held does not settle it.
    Unclear,
}

impl Reach {
    /// Every reach, from the most to the least.
    pub const ALL: [Self; 5] = [
        Self::Full,
        Self::WithConditions,
        Self::ToLevel,
        Self::ResultsOnly,
        Self::Unclear,
    ];
}

/// One chapter by which results of one economy count in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixPath {
    /// The arrangement.
    pub arrangement: ArrangementName,
    /// Full name of the chapter, `<arrangement id>/<chapter>`.
    pub chapter: String,
    /// Version of the arrangement that binds the destination.
    pub version: u64,
    /// Record digest of that version.
    pub record: Digest,
    /// How far it reaches.
    pub reach: Reach,
    /// What the destination undertakes.
    pub degree: Degree,
    /// The level it turns on, such as `EAL 2`.
    pub level: Option<String>,
    /// It is the transcription of a public text.
    pub transcribed: bool,
}

/// Whose results count where, and by which chapters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The economy of issue.
    pub from: String,
    /// The destination.
    pub to: String,
    /// The chapters, those first that reach furthest; never empty.
    pub paths: Vec<MatrixPath>,
}

impl Cell {
    /// How far the best chapter reaches.
    pub fn reach(&self) -> Reach {
        let best = self.paths.iter().map(|path| path.reach).min();
        best.unwrap_or(Reach::Unclear)
    }
}

/// Every cell that says something, by economy of issue and destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The economies of its rows and columns, sorted.
    pub economies: Vec<String>,
    /// The cells, sorted by `from` and `to`; where there is none, nothing held says that anything
    /// counts.
    pub cells: Vec<Cell>,
}

impl Matrix {
    /// The cell of an economy of issue and a destination.
    pub fn cell(&self, from: &str, to: &str) -> Option<&Cell> {
        let at = |cell: &Cell| (cell.from.as_str(), cell.to.as_str()).cmp(&(from, to));
        let found = self.cells.binary_search_by(at).ok()?;
        self.cells.get(found)
    }
}

/// The matrix of the day `on`, as known at `known_at`.
pub fn matrix(
    scope: &Scope,
    (on, known_at): (Day, Instant),
    evidence: &Evidence<'_>,
    policy: &Policy,
) -> Matrix {
    let policy = &*policy.resolve(evidence.trust, known_at);
    let questions: Vec<Question> = named_economies(evidence, policy)
        .into_iter()
        .map(|economy| towards(economy, on, known_at))
        .collect();
    let Some(first) = questions.first() else {
        return Matrix::default();
    };
    let mut known = Known::new(first, evidence, policy);
    let mut found: BTreeMap<(&str, &str), Vec<MatrixPath>> = BTreeMap::new();
    for name in evidence.trust.arrangement_names() {
        let Some(held) = versions::held(&known, name) else {
            continue;
        };
        let members = members(&known, name);
        for question in &questions {
            known.question = question;
            let column = Column::new(&known, &held, &members);
            for (from, path) in column.iter().flat_map(|c| c.paths(scope, &questions)) {
                let cell = found.entry((from, &question.in_economy));
                cell.or_default().push(path);
            }
        }
    }
    let economies: BTreeSet<&str> = found.keys().flat_map(|&(from, to)| [from, to]).collect();
    Matrix {
        economies: economies.into_iter().map(str::to_owned).collect(),
        cells: found.into_iter().map(cell).collect(),
    }
}

fn cell(((from, to), mut paths): ((&str, &str), Vec<MatrixPath>)) -> Cell {
    paths.sort_by(|one, other| {
        let key = |path: &MatrixPath| (path.reach, std::cmp::Reverse(path.degree));
        (key(one), &one.chapter).cmp(&(key(other), &other.chapter))
    });
    paths.truncate(MAX_PATHS);
    Cell {
        from: from.to_owned(),
        to: to.to_owned(),
        paths,
    }
}

fn towards(economy: String, on: Day, known_at: Instant) -> Question {
    Question {
        record: Selector::Id(String::new()),
        in_economy: economy,
        on,
        known_at,
        product: ProductFacts::default(),
        file_number: None,
    }
}

/// The economies that arrangements, participations and the policy name.
fn named_economies(evidence: &Evidence<'_>, policy: &Policy) -> BTreeSet<String> {
    let authorities = policy.file().authority.iter();
    let mut economies: BTreeSet<String> = authorities
        .filter_map(|entry| entry.economy.clone())
        .collect();
    for held in evidence.trust.records() {
        match held.record.as_ref().map(|record| &record.subject) {
            Ok(Says::Participation(participation)) => {
                if let Participant::Economy(code) = &participation.participant {
                    economies.insert(code.clone());
                }
            }
            Ok(Says::Arrangement(arrangement)) => {
                let pairs = arrangement.chapters.iter();
                let pairs = pairs.flat_map(|chapter| &chapter.direction.pairs);
                economies.extend(pairs.flat_map(|pair| pair.from.iter().chain(&pair.to).cloned()));
            }
            _ => {}
        }
    }
    economies.retain(|code| is_economy(code));
    economies
}

/// One arrangement seen from one destination.
struct Column<'k, 'a> {
    known: &'k Known<'a>,
    held: &'k Held<'a>,
    members: &'k [Member<'a>],
    binding: Binding<'a>,
    /// The dates of a certificate issued on the day asked about.
    dates: LegalDates,
    policy: Option<(Outcome, Code)>,
}

/// A chapter seen from a destination that it concerns.
struct Row<'k, 'a> {
    chapter: &'a Chapter,
    here: &'k Side<'a>,
    /// What concerns every economy of issue alike.
    shared: Option<(Outcome, Code)>,
    /// Somebody says that it is in.
    named: bool,
}

impl<'k, 'a> Column<'k, 'a> {
    fn new(known: &'k Known<'a>, held: &'k Held<'a>, members: &'k [Member<'a>]) -> Option<Self> {
        let binding = binding(known, held, members)?;
        let policy = policy_note(known, held, &binding.version);
        let dates = LegalDates {
            issued_on: LegalDate::Day(known.question.on),
            valid_from: None,
            valid_until: None,
            first_issued_on: None,
            procedure_began_on: None,
        };
        Some(Self {
            known,
            held,
            members,
            binding,
            dates,
            policy,
        })
    }

    fn here(&self) -> &'a str {
        self.known.question.in_economy.as_str()
    }

    /// The economies whose results count here by this arrangement.
    fn paths<'q>(&self, scope: &Scope, questions: &'q [Question]) -> Vec<(&'q str, MatrixPath)> {
        let mut paths = Vec::new();
        for chapter in &self.binding.version.arrangement.chapters {
            let covered = covered(scope, &chapter.coverage);
            if covered == Truth::No {
                continue;
            }
            let on_day = LegalDate::Day(self.known.question.on);
            let version = &self.binding.version;
            let (here, others) =
                destination(self.known, self.members, version, &chapter.id, &on_day);
            let mut checks = Checks::default();
            checks.add(self.policy);
            if covered == Truth::Unknown {
                checks.unknown(Code::ArrangementCoverageNeedsReading);
            }
            self.destination(&mut checks, chapter, &here, &others);
            let fails = matches!(checks.0, Some((Outcome::Fail, _)));
            if fails || !self.concerns(chapter, &here, &others) {
                continue;
            }
            let row = Row {
                chapter,
                here: &here,
                shared: checks.0,
                named: here.held || others.held || self.binding.signed,
            };
            let froms = questions.iter().map(|question| &*question.in_economy);
            let others = froms.filter(|from| *from != self.here());
            paths.extend(others.filter_map(|from| Some((from, self.path(&row, from)?))));
        }
        paths
    }

    /// Whether anybody says anything of this destination.
    fn concerns(&self, chapter: &Chapter, here: &Side<'_>, others: &Side<'_>) -> bool {
        let named = chapter.direction.pairs.iter();
        let named = self.held.transcribed && named.clone().any(|pair| !pair.to.is_empty());
        here.held || others.held || self.binding.signed || named
    }

    /// Checks the chapter itself and the destination.
    fn destination(
        &self,
        checks: &mut Checks,
        chapter: &Chapter,
        here: &Side<'_>,
        others: &Side<'_>,
    ) {
        if self.held.fork.is_some() {
            checks.unknown(Code::ArrangementVersionFork);
        }
        checks.add(coverage::term(chapter, &self.dates, self.known.question.on).trouble);
        let bound = self.binding.signed || (here.self_signed && !self.binding.accepted_another);
        if self.held.transcribed || bound {
            destination_in(checks, chapter, here, others);
        } else if super::is_closed(self.known) {
            checks.fail(Code::ArrangementDestinationNotSigned);
        } else {
            checks.unknown(Code::ArrangementDestinationNotSigned);
        }
    }

    /// What the chapter makes of results of `from`; `None` where they do not count.
    fn path(&self, row: &Row<'_, 'a>, from: &str) -> Option<MatrixPath> {
        let (known, version, chapter) = (self.known, &self.binding.version, row.chapter);
        let issued = &self.dates.issued_on;
        let pairs = direction::pairs(known, version, chapter, from, issued);
        if pairs.counts == Truth::No {
            return None;
        }
        let whose = Whose::Economy(from);
        let side = producer(known, self.members, version, &chapter.id, &whose, issued);
        let by_act = (pairs.names_issuer && (self.held.transcribed || self.binding.signed))
            || (self.binding.signed && version.signed_by(known, from));
        if side.is_in.is_none() && !by_act {
            return None;
        }
        // A transcription that names its destinations by pairs names this one, or nobody does.
        let by_transcript = self.held.transcribed && pairs.names_destination;
        if !(row.named || by_transcript) {
            return None;
        }
        let mut checks = Checks::default();
        checks.add(row.shared);
        checks.add(direction::trouble(&pairs));
        issuer_in(
            &mut checks,
            known,
            self.held,
            version,
            chapter,
            &side,
            by_act,
        );
        self.restrict(&mut checks, chapter, from);
        let reach = match checks.0 {
            Some((Outcome::Fail, _)) => return None,
            Some((Outcome::Unknown, _)) => Reach::Unclear,
            _ => reach_of(chapter, row.here),
        };
        let rule = chapter.level.as_ref();
        Some(MatrixPath {
            arrangement: self.held.name.clone(),
            chapter: format!("{}/{}", self.held.name.id, chapter.id),
            version: version.arrangement.version,
            record: version.evidence.record_digest,
            reach,
            degree: chapter.degree,
            level: rule.map(|rule| Level::plain(&rule.scale, rule.rank).to_string()),
            transcribed: self.held.transcribed,
        })
    }

    /// A later version with fewer signatures restricts those who signed it.
    fn restrict(&self, checks: &mut Checks, chapter: &Chapter, from: &str) {
        let known = self.known;
        for version in &self.binding.restricting {
            if !version.signed_by(known, self.here()) && !version.signed_by(known, from) {
                continue;
            }
            let mut chapters = version.arrangement.chapters.iter();
            let Some(same) = chapters.find(|one| one.id == chapter.id) else {
                checks.fail(Code::ArrangementNotInForce);
                continue;
            };
            checks.add(coverage::term(same, &self.dates, known.question.on).trouble);
            let pairs = direction::pairs(known, version, same, from, &self.dates.issued_on);
            checks.add(direction::trouble(&pairs));
            if same != chapter {
                // What is left between the two texts has to be read.
                checks.unknown(Code::ArrangementCoverageNeedsReading);
            }
        }
    }
}

/// How far a chapter reaches that holds.
fn reach_of(chapter: &Chapter, here: &Side<'_>) -> Reach {
    let conditions = !chapter.conditions.is_empty()
        || !here.requirements.is_empty()
        || here
            .declarations
            .contains(&Declaration::AcceptWithConditions);
    match chapter.degree {
        Degree::Competence | Degree::Results => Reach::ResultsOnly,
        _ if chapter.level.is_some() => Reach::ToLevel,
        _ if conditions => Reach::WithConditions,
        _ => Reach::Full,
    }
}

/// Whether a chapter is about what is asked.
fn covered(scope: &Scope, covers: &Coverage) -> Truth {
    let scheme = scope.scheme.as_ref().is_none_or(|asked| {
        let mut schemes = covers.schemes.iter();
        covers.schemes.is_empty() || schemes.any(|scheme| scheme.eq_ignore_ascii_case(asked))
    });
    let product = scope.product.as_ref();
    let product = product.map_or(Truth::Yes, |code| {
        coverage::chosen(&covers.products, std::iter::once(code))
    });
    Truth::from(scheme).and(product)
}
