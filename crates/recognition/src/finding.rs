//! A step while it is being worked out: borrowed evidence, and who can settle it.

use std::fmt::Display;

use comity_model::date::{Day, LegalDate};
use comity_model::text::LangString;

use crate::code::{Code, Outcome, StepName};
use crate::evidence::EvidenceRecord;
use crate::verdict::{Facts, Name, Names, Texts, Who, joined};

/// A step before it is written into a verdict.
#[derive(Clone, Debug)]
pub(crate) struct Finding<'a> {
    pub(crate) step: StepName,
    pub(crate) outcome: Outcome,
    pub(crate) code: Code,
    pub(crate) evidence: Vec<&'a EvidenceRecord>,
    /// Records that bear on it by their words and do not count (format.md 2.7).
    pub(crate) ignored: Vec<&'a EvidenceRecord>,
    /// Indices of logs whose heads it rests on.
    pub(crate) logs: Vec<usize>,
    pub(crate) facts: Facts,
    pub(crate) texts: Texts,
    pub(crate) names: Names,
    /// Parties that a fact names by their DIDs: the fact, the head authority where it is known, the
    /// DID.
    pub(crate) parties: Vec<(&'static str, Option<String>, String)>,
    pub(crate) who: Option<Asked>,
    /// The last legal day on which it stays as it is.
    pub(crate) until: Option<Day>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) who: Who,
    pub(crate) authority: Option<String>,
    pub(crate) did: Option<String>,
}

impl<'a> Finding<'a> {
    pub(crate) fn new(step: StepName, outcome: Outcome, code: Code) -> Self {
        Self {
            step,
            outcome,
            code,
            evidence: Vec::new(),
            ignored: Vec::new(),
            logs: Vec::new(),
            facts: Facts::new(),
            texts: Texts::new(),
            names: Names::new(),
            parties: Vec::new(),
            who: None,
            until: None,
        }
    }

    pub(crate) fn cite(mut self, record: &'a EvidenceRecord) -> Self {
        self.evidence.push(record);
        self
    }

    pub(crate) fn cite_all(
        mut self,
        records: impl IntoIterator<Item = &'a EvidenceRecord>,
    ) -> Self {
        self.evidence.extend(records);
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.facts.insert(name, value.to_string());
        self
    }

    pub(crate) fn fact(&mut self, name: &'static str, value: &str) {
        self.facts.insert(name, value.to_owned());
    }

    /// Texts of records, as a fact in English or as they stand first; a sentence takes them in the
    /// reader's language.
    pub(crate) fn say<'t>(
        &mut self,
        name: &'static str,
        texts: impl IntoIterator<Item = &'t LangString>,
    ) {
        let texts: Vec<_> = texts.into_iter().cloned().collect();
        if !texts.is_empty() {
            self.facts.insert(name, joined(&texts, "en"));
            self.texts.insert(name, texts);
        }
    }

    /// The same while it is made.
    pub(crate) fn saying<'t>(
        mut self,
        name: &'static str,
        texts: impl IntoIterator<Item = &'t LangString>,
    ) -> Self {
        self.say(name, texts);
        self
    }

    /// A party as a fact: its DID; of several one after the other. A sentence names it, as far as it
    /// is known by that name.
    pub(crate) fn party(&mut self, fact: &'static str, authority: Option<&str>, did: &str) {
        let again = self.parties.iter().any(|(name, ..)| *name == fact);
        let before = self.facts.get(fact).filter(|_| again);
        let dids = before.map_or_else(|| did.to_owned(), |before| format!("{before}, {did}"));
        self.facts.insert(fact, dids);
        let authority = authority.map(str::to_owned);
        self.parties.push((fact, authority, did.to_owned()));
    }

    /// The same of a party whose names are known already.
    pub(crate) fn named(&mut self, fact: &'static str, did: &str, names: &LangString) {
        self.fact(fact, did);
        self.parties.retain(|(name, ..)| *name != fact);
        let party = vec![(did.to_owned(), names.clone())];
        self.names.insert(fact, Name::Parties(party));
    }

    pub(crate) fn become_(&mut self, outcome: Outcome, code: Code) {
        self.outcome = outcome;
        self.code = code;
    }

    pub(crate) fn rests_on(&mut self, log: usize) {
        if !self.logs.contains(&log) {
            self.logs.push(log);
        }
    }

    /// The same of several logs.
    pub(crate) fn rests_on_all(mut self, logs: &[usize]) -> Self {
        for log in logs {
            self.rests_on(*log);
        }
        self
    }

    /// Says who can settle it: the party `did` under `authority`.
    pub(crate) fn ask(mut self, who: Who, authority: Option<&str>, did: Option<&str>) -> Self {
        self.who = Some(Asked {
            who,
            authority: authority.map(str::to_owned),
            did: did.map(str::to_owned),
        });
        self
    }

    /// Holds no longer than `last`.
    pub(crate) fn until(mut self, last: Option<Day>) -> Self {
        self.until = earliest(self.until, last);
        self
    }
}

/// The earlier of two days that may be unknown.
pub(crate) fn earliest(one: Option<Day>, other: Option<Day>) -> Option<Day> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The next day after `on` at which `date` may take effect, less one: the last day before.
pub(crate) fn before(date: &LegalDate, on: Day) -> Option<Day> {
    [date.earliest(), date.latest()]
        .into_iter()
        .filter(|day| *day > on)
        .map(|day| day.plus_days(-1))
        .min()
}

/// The last day of a period that ends with `date`, if that is not before `on`.
pub(crate) fn through(date: &LegalDate, on: Day) -> Option<Day> {
    [date.earliest(), date.latest()]
        .into_iter()
        .filter(|day| *day >= on)
        .min()
}
