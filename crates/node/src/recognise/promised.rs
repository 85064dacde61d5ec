//! What became of a promise of completeness, beside the statement that gives it.

use comity_model::record::Subject;
use comity_recognition::absence::{Late, broken_by};
use comity_recognition::evidence::Evidence;
use comity_recognition::question::Selector;
use comity_recognition::signers::Signers;

use super::behind::MAX_COMMITMENTS;
use super::{Ask, MAX_COUNTED};
use crate::Node;
use crate::error::Error;
use crate::look_up::Found;
use crate::projection;

/// Most issuers of a statement whose records are looked through for late ones.
pub const MAX_ISSUERS_READ: usize = 10;

/// What came late of what a statement promises.
#[derive(Clone, Debug, Default)]
pub struct Promised {
    /// Of each issuer of whom something came late, one record.
    pub late: Vec<Late>,
    /// Not everything of every issuer was looked through.
    pub cut: bool,
}

impl Node {
    /// What broke the promise that a coverage statement gives; `None` for another record.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn promised(&self, found: &Found) -> Result<Option<Promised>, Error> {
        let Ok(Subject::CoverageStatement(statement)) =
            found.evidence.record.as_ref().map(|record| &record.subject)
        else {
            return Ok(None);
        };
        let node = &self.shared;
        // Any question gathers what is trusted; this one fits no record.
        let nothing = Ask::new(Selector::Id(String::new()), &node.config.economy);
        let prepared = node.prepare(nothing).await?;
        let known_at = prepared.question.known_at;
        let mut promised = Promised {
            cut: statement.issuers.len() > MAX_ISSUERS_READ,
            ..Promised::default()
        };
        for issuer in statement.issuers.iter().take(MAX_ISSUERS_READ) {
            let mut issued = Vec::new();
            for (name, most) in [
                (projection::issuer_key(&issuer.id), MAX_COUNTED),
                (projection::commitments_key(&issuer.id), MAX_COMMITMENTS),
            ] {
                let policy = node.policy.resolve(&prepared.trust, known_at);
                let keys = Signers::new(&policy, &prepared.trust).of(&issuer.id);
                let mut rows = node.pointing(&name, &keys, most).await?;
                promised.cut |= rows.cut || rows.rows.len() > most;
                rows.rows.truncate(most);
                issued.extend(node.examined(&rows.rows).await?);
            }
            let mut evidence: Evidence<'_> = prepared.evidence();
            evidence.issued = issued;
            if promised.cut {
                evidence.unread.parties.insert(issuer.id.clone());
            }
            let (of, question) = (&found.evidence, &prepared.question);
            promised
                .late
                .extend(broken_by(of, issuer, question, &evidence, &node.policy));
        }
        Ok(Some(promised))
    }
}
