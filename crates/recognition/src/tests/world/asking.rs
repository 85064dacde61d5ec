//! Asking the world: its policy, the heads of its logs, and what bears on a question.

use std::fmt::Write as _;

use comity_model::date::Instant;
use comity_model::record::{Kind, Record, Subject};

use super::{Shared, World, authority, log_signer, noon};
use crate::evidence::{CosignatureTime, Evidence, LogHead};
use crate::policy::Policy;
use crate::question::{ProductFacts, Question, Selector};
use crate::standing_now::account::{Account, NotCounted, account};
use crate::standing_now::state;
use crate::trust_graph::TrustGraph;
use crate::verdict::Verdict;

impl World {
    /// The policy: the authorities and logs of the world, each dated by itself, and `policy`.
    pub(in crate::tests) fn policy(&self) -> Policy {
        let mut text = self.policy_head.clone();
        for &economy in &self.economies {
            if self.unpinned.contains(&economy) {
                continue;
            }
            let authority = authority(economy);
            let of = if economy == "INT" {
                String::new()
            } else {
                format!("economy = \"{economy}\"\n")
            };
            let vkey = log_signer(economy).vkey().clone();
            let _ = write!(
                text,
                "\n[[authority]]\ndid = \"{}\"\n{of}keys = [{{ key = \"{}\" }}]\n\
                 [[log]]\norigin = \"{}\"\nvkey = \"{vkey}\"\n",
                authority.did,
                authority.multikey(),
                vkey.name(),
            );
        }
        text += &self.policy;
        Policy::parse(&text).unwrap()
    }

    /// The heads of all logs, fresh at `at` unless `heads` says otherwise.
    pub(in crate::tests) fn heads_at(&self, at: Instant) -> Vec<LogHead> {
        let mut heads = self.heads.clone();
        for &economy in &self.economies {
            let vkey = log_signer(economy).vkey().clone();
            if heads.iter().any(|head| head.origin == vkey.name()) {
                continue;
            }
            heads.push(LogHead {
                origin: vkey.name().to_owned(),
                size: 1_000,
                root: [1; 32],
                lines: vec![CosignatureTime {
                    cosigner: *vkey.public_key(),
                    time: at,
                }],
                closed: false,
                successor: None,
                forked: false,
                lacks: Vec::new(),
            });
        }
        heads
    }

    /// The head of a log that was last signed on `text`.
    pub(in crate::tests) fn stale(&mut self, economy: &str, text: &str) {
        let mut head = self
            .heads_at(noon(text))
            .into_iter()
            .find(|head| head.origin == log_signer(economy).vkey().name());
        self.heads.extend(head.take());
    }

    /// The question whether `record` counts in `economy`, on the world's day and as known then.
    pub(in crate::tests) fn ask(&self, record: &Shared, economy: &str) -> Question {
        Question {
            record: Selector::Identity(record.identity().unwrap()),
            in_economy: economy.to_owned(),
            on: self.now.day(),
            known_at: self.now,
            product: ProductFacts::default(),
            file_number: None,
        }
    }

    /// What `record` is for whoever counts, on `on` as known on the world's day; the word of its
    /// state is the same that lists show.
    pub(in crate::tests) fn account(
        &self,
        record: &Shared,
        on: &str,
    ) -> Result<Account, NotCounted> {
        let on = super::day(on);
        let trust = TrustGraph::build(self.records.iter().cloned());
        let heads = self.heads_at(self.now);
        let kind = |record: &Shared| record.record.as_ref().map(Record::kind).ok();
        let others = |wanted: Kind| {
            let records = self.records.iter();
            let others = records.filter(|r| r.record_digest != record.record_digest);
            others.filter(move |r| kind(r) == Some(wanted)).cloned()
        };
        let evidence = Evidence {
            candidates: vec![record.clone()],
            revisions: others(Kind::Attestation).collect(),
            events: others(Kind::StatusEvent).collect(),
            trust: &trust,
            heads: &heads,
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            no_statement: None,
        };
        let policy = self.policy();
        let account = account(record, &evidence, &policy, on, self.now);
        if let Ok(account) = &account
            && kind(record) == Some(Kind::Attestation)
        {
            let shown = state(record, &evidence, &policy, on, self.now);
            assert_eq!(account.state, shown);
        }
        account
    }

    /// Asks it, on everything the world holds that bears on it.
    pub(in crate::tests) fn answer(&self, question: &Question) -> Verdict {
        self.answer_on(question, &self.records)
    }

    /// Who recognises whom on the world's day, by everything it holds.
    pub(in crate::tests) fn matrix(&self, scope: &crate::matrix::Scope) -> crate::matrix::Matrix {
        let trust = TrustGraph::build(self.records.iter().cloned());
        let heads = self.heads_at(self.now);
        let evidence = Evidence {
            candidates: Vec::new(),
            revisions: Vec::new(),
            events: Vec::new(),
            trust: &trust,
            heads: &heads,
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: self.unread.clone(),
            no_statement: None,
        };
        crate::matrix::matrix(scope, (self.now.day(), self.now), &evidence, &self.policy())
    }

    pub(in crate::tests) fn answer_on(&self, question: &Question, records: &[Shared]) -> Verdict {
        let trust = TrustGraph::build(records.iter().cloned());
        self.decide(question, records, &trust)
    }

    pub(in crate::tests) fn decide(
        &self,
        question: &Question,
        records: &[Shared],
        trust: &TrustGraph,
    ) -> Verdict {
        let fits = |record: &Shared| match (&question.record, &record.record) {
            (Selector::RecordDigest(digest), _) => hex::encode(record.record_digest) == *digest,
            (_, Err(_)) => false,
            (Selector::Identity(identity), Ok(read)) => read.identity() == *identity,
            (Selector::Id(id), Ok(read)) => read.id == *id,
            (Selector::Number { number, .. }, Ok(read)) => match &read.subject {
                Subject::Attestation(attestation) => {
                    attestation.comity.certificate_number == *number
                }
                _ => false,
            },
        };
        let kind = |record: &Shared| record.record.as_ref().map(Record::kind).ok();
        let candidates: Vec<Shared> = records.iter().filter(|r| fits(r)).cloned().collect();
        let revisions = records
            .iter()
            .filter(|r| !fits(r) && kind(r) == Some(Kind::Attestation));
        let events = records
            .iter()
            .filter(|r| kind(r) == Some(Kind::StatusEvent));
        let heads = self.heads_at(question.known_at);
        let evidence = Evidence {
            candidates,
            revisions: revisions.cloned().collect(),
            events: events.cloned().collect(),
            trust,
            heads: &heads,
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: records.to_vec(),
            issued: records.to_vec(),
            unread: self.unread.clone(),
            no_statement: self.no_statement,
        };
        let verdict = crate::decide(question, &evidence, &self.policy());
        super::super::ways::hold(&verdict, &evidence, &self.policy());
        verdict
    }
}
