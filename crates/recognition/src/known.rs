//! What was known: when records were logged, and how fresh the logs are, under one policy and
//! at one `known_at`.

mod logs;

use comity_model::date::Instant;
use comity_model::record::Kind;
use comity_tlog::time::{self, Caution, Dating, Line};

use logs::is_closed;
pub(crate) use logs::{LogState, MAX_SUCCESSORS};

use crate::code::{Code, Outcome};
use crate::evidence::{Evidence, EvidenceRecord};
use crate::finding::Finding;
use crate::policy::{DatedBy, PinnedCosigners, Policy};
use crate::question::Question;
use crate::verdict::Who;

/// Question, evidence and policy together, with the state of each log worked out once.
pub(crate) struct Known<'a> {
    pub(crate) question: &'a Question,
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) logs: Vec<LogState<'a>>,
}

/// When and where a record was logged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) time: Instant,
    pub(crate) caution: Option<Caution>,
    pub(crate) origin: &'a str,
    pub(crate) index: u64,
}

/// Whether a record counts as logged.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Logged<'a> {
    At(Entry<'a>),
    /// A draft laid over the evidence.
    Hypothetical,
    Nowhere,
    NotPinned(&'a str),
    /// Only in a log that shows two histories.
    Forked(&'a str),
    /// Every entry of it was voided by a takedown of the log's authority.
    TakenDown(&'a EvidenceRecord),
    NotDated(&'a str),
    /// Dated, but only after `known_at`.
    Later(Instant),
}

impl<'a> Known<'a> {
    pub(crate) fn new(
        question: &'a Question,
        evidence: &'a Evidence<'a>,
        policy: &'a Policy,
    ) -> Self {
        let mut known = Self {
            question,
            evidence,
            policy,
            logs: Vec::new(),
        };
        known.logs = known.follow_logs();
        known
    }

    pub(crate) fn at(&self) -> Instant {
        self.question.known_at
    }

    /// When `record` was logged, as known at `known_at`: the earliest over the logs that count.
    pub(crate) fn logged(&self, record: &'a EvidenceRecord) -> Logged<'a> {
        if record.hypothetical {
            return Logged::Hypothetical;
        }
        let mut best: Option<Entry<'a>> = None;
        let mut trouble = Logged::Nowhere;
        let takedowns = self.takedowns(record);
        for location in &record.locations {
            let Some(log) = self.log(&location.origin) else {
                if matches!(trouble, Logged::Nowhere) {
                    trouble = Logged::NotPinned(&location.origin);
                }
                continue;
            };
            if log.forked {
                trouble = Logged::Forked(&location.origin);
                continue;
            }
            if let Some(by) = self.voided(&takedowns, record, log) {
                trouble = Logged::TakenDown(by);
                continue;
            }
            if let Some((time, caution)) = self.dated(log, location, self.at()) {
                let entry = Entry {
                    time,
                    caution,
                    origin: &location.origin,
                    index: location.index,
                };
                let key = |e: &Entry<'a>| (e.time, e.origin, e.index);
                if best.as_ref().is_none_or(|held| key(&entry) < key(held)) {
                    best = Some(entry);
                }
            } else if best.is_none() {
                trouble = match self.dated(log, location, self.ever()) {
                    Some((time, _)) => Logged::Later(time),
                    None => Logged::NotDated(&location.origin),
                };
            }
        }
        best.map_or(trouble, Logged::At)
    }

    /// When `record` was or will be logged, whatever `known_at` is asked.
    pub(crate) fn ever_logged(&self, record: &'a EvidenceRecord) -> Option<Instant> {
        let places = record.locations.iter().filter_map(|location| {
            let log = self.log(&location.origin).filter(|log| !log.forked)?;
            self.dated(log, location, self.ever())
        });
        places.map(|(time, _)| time).min()
    }

    fn ever(&self) -> Instant {
        Instant::from_seconds(MAX_SECONDS).unwrap_or(self.at())
    }

    fn dated(
        &self,
        log: &LogState<'_>,
        location: &crate::evidence::Location,
        known_at: Instant,
    ) -> Option<(Instant, Option<Caution>)> {
        if log.dated_by == DatedBy::SelfDated
            && let [checkpoint] = &*location.checkpoints
        {
            // The common case: one checkpoint, one line of the log itself.
            let own = checkpoint.lines.iter().filter(|line| log.is_own(line));
            let counted =
                own.filter(|line| line.time <= known_at && checkpoint.size > location.index);
            return counted
                .map(|line| line.time)
                .min()
                .map(|time| (time, Some(Caution::SelfDated)));
        }
        let lines = |members: &[[u8; 32]]| -> Vec<Line> {
            (location.checkpoints.iter())
                .flat_map(|checkpoint| checkpoint.lines.iter().map(move |l| (checkpoint.size, l)))
                .filter(|(_, line)| members.contains(&line.cosigner))
                .map(|(size, line)| Line {
                    cosigner: line.cosigner,
                    size,
                    time_unix: unix(line.time),
                })
                .collect()
        };
        let logged = if log.dated_by == DatedBy::SelfDated {
            let own = own_lines(log, location);
            let countable = time::countable(&own, &(0..=u64::MAX), unix(known_at));
            time::logged(Dating::SelfDated, 1, &countable, location.index)
        } else {
            let sets = self.policy.cosigners().iter();
            sets.filter_map(|set| {
                let members = members_outside(set, log.economies);
                let period = unix(set.from)..=set.until.map_or(u64::MAX, unix);
                let countable = time::countable(&lines(&members), &period, unix(known_at));
                let dating = Dating::Quorum {
                    threshold: set.threshold,
                };
                time::logged(dating, members.len(), &countable, location.index)
            })
            .min_by_key(|logged| (logged.dated.time_unix, logged.size))
        }?;
        Some((instant(logged.dated.time_unix)?, logged.dated.caution))
    }

    /// When evidence that gives is known: from its logged time (format.md 2.10).
    pub(crate) fn given_at(&self, record: &'a EvidenceRecord) -> Option<Instant> {
        match self.logged(record) {
            Logged::At(entry) => Some(entry.time),
            Logged::Hypothetical => Some(self.at()),
            _ => None,
        }
    }

    /// When evidence that takes away is known: from the earlier of its logged time and its
    /// receipt (format.md 2.10).
    pub(crate) fn taken_at(&self, record: &'a EvidenceRecord) -> Option<Instant> {
        let logged = self.given_at(record);
        let received = record.received_at.filter(|received| *received <= self.at());
        match (logged, received) {
            (Some(logged), Some(received)) => Some(logged.min(received)),
            (logged, received) => logged.or(received),
        }
    }

    pub(crate) fn log(&self, origin: &str) -> Option<&LogState<'a>> {
        self.logs.iter().find(|log| log.origin == origin)
    }

    /// Lets a step that states an absence pass only with fresh heads (format.md 4.5) of the logs
    /// of `subjects` and the open logs of `economies`. `lenient` is evidence that is transcribed
    /// or imported: an economy without a pinned log then warns.
    pub(crate) fn absent(
        &self,
        mut finding: Finding<'a>,
        subjects: &[&'a EvidenceRecord],
        economies: &[&str],
        lenient: bool,
    ) -> Finding<'a> {
        let mut stale: Option<&str> = None;
        let mut forked: Option<&str> = None;
        let mut unpinned: Vec<&str> = Vec::new();
        for (at, log) in self.logs.iter().enumerate() {
            let of_subject = subjects.iter().any(|subject| {
                subject
                    .locations
                    .iter()
                    .any(|location| &*location.origin == log.origin)
            });
            let of_economy = economies.iter().any(|economy| log.is_of(economy));
            if of_subject || (of_economy && !is_closed(log)) {
                finding.rests_on(at);
                if log.forked && forked.is_none_or(|held| log.origin < held) {
                    forked = Some(log.origin);
                }
                if !log.fresh && stale.is_none_or(|held| log.origin < held) {
                    stale = Some(log.origin);
                }
            }
        }
        for economy in economies {
            // A closed log without its successor shows nothing that was said since.
            let mut open = self.logs.iter().filter(|log| !is_closed(log));
            let pinned = open.any(|log| log.is_of(economy));
            if !pinned && !unpinned.contains(economy) {
                unpinned.push(economy);
            }
        }
        unpinned.sort_unstable();
        if !matches!(finding.outcome, Outcome::Pass | Outcome::Warn) {
            return finding;
        }
        let (stale_code, unpinned_code) = freshness_codes(&finding);
        if let Some(origin) = forked {
            finding.become_(Outcome::Unknown, Code::LogForked);
            finding.fact("log", origin);
            return finding.ask(Who::LogOperator, None, Some(origin));
        }
        if let Some(origin) = stale {
            finding.become_(Outcome::Unknown, stale_code);
            finding.fact("log", origin);
            return finding.ask(Who::LogOperator, None, Some(origin));
        }
        if !unpinned.is_empty() {
            finding.fact("economiesWithoutLog", &unpinned.join(", "));
            if !lenient {
                finding.become_(Outcome::Unknown, unpinned_code);
                return finding.ask(Who::PolicyKeeper, None, None);
            }
            if finding.outcome == Outcome::Pass {
                finding.become_(Outcome::Warn, unpinned_code);
                return finding.ask(Who::PolicyKeeper, None, None);
            }
        }
        finding
    }

    /// Up to when the fresh, open logs of `economy` show every record of a kind, and their places;
    /// `None` where one of them is not fresh or not held whole, or none is pinned.
    pub(crate) fn seen_until(&self, economy: &str, kind: Kind) -> Option<(Instant, Vec<usize>)> {
        if !self.is_fresh(economy) {
            return None;
        }
        let logs = self.logs.iter().enumerate();
        let open: Vec<_> = logs
            .filter(|(_, log)| log.is_of(economy) && !is_closed(log))
            .collect();
        let lacks = |log: &LogState<'_>| log.head.is_some_and(|head| head.lacks.contains(&kind));
        if open.iter().any(|(_, log)| lacks(log)) {
            return None;
        }
        let seen = open.iter().map(|(_, log)| log.seen_until);
        let seen = seen.min().flatten()?;
        Some((seen, open.into_iter().map(|(at, _)| at).collect()))
    }

    /// Whether the open logs of `economy` are pinned and fresh.
    pub(crate) fn is_fresh(&self, economy: &str) -> bool {
        let mut open = self.logs.iter();
        let mut any = false;
        let all = open.all(|log| {
            let asked = log.is_of(economy) && !is_closed(log);
            any |= asked;
            !asked || log.fresh
        });
        any && all
    }
}

/// The lines of a log itself on the checkpoints of a place, under whatever key it had then.
fn own_lines(log: &LogState<'_>, location: &crate::evidence::Location) -> Vec<Line> {
    let checkpoints = location.checkpoints.iter();
    let lines = checkpoints.flat_map(|checkpoint| {
        let own = checkpoint.lines.iter().filter(|line| log.is_own(line));
        own.map(move |line| Line {
            cosigner: log.key,
            size: checkpoint.size,
            time_unix: unix(line.time),
        })
    });
    lines.collect()
}

/// The last second of the year 9999.
const MAX_SECONDS: i64 = 253_402_300_799;

fn freshness_codes(finding: &Finding<'_>) -> (Code, Code) {
    use crate::code::StepName;
    match finding.step {
        StepName::Registration => (Code::RegistrationStaleLog, Code::RegistrationNoLogPinned),
        StepName::Status => (Code::StatusStaleLog, Code::StatusNoLogPinned),
        StepName::Territory => (Code::TerritoryStaleLog, Code::TerritoryNoLogPinned),
        StepName::Competence => (Code::CompetenceStaleLog, Code::CompetenceNoLogPinned),
        StepName::Accreditor => (Code::AccreditorStaleLog, Code::AccreditorNoLogPinned),
        _ => (Code::ArrangementStaleLog, Code::ArrangementNoLogPinned),
    }
}

/// The members of a cosigner set outside of a log's economies, at most twelve (format.md 3.6).
fn members_outside(set: &PinnedCosigners, economies: &[String]) -> Vec<[u8; 32]> {
    let outside = set.members.iter().filter(|(_, of)| !economies.contains(of));
    outside
        .map(|(key, _)| *key)
        .take(time::MAX_MEMBERS)
        .collect()
}

fn within(set: &PinnedCosigners, time: Instant) -> bool {
    set.from <= time && set.until.is_none_or(|until| time <= until)
}

fn unix(instant: Instant) -> u64 {
    u64::try_from(instant.seconds()).unwrap_or(0)
}

fn instant(unix: u64) -> Option<Instant> {
    i64::try_from(unix).ok().and_then(Instant::from_seconds)
}
