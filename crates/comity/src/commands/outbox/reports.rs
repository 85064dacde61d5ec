//! Reports of an outbox: they are committed to, and their openings put beside them.

use std::collections::HashMap;

use anyhow::Result;
use comity_model::number::normalise;
use serde_json::json;

use super::Outbox;
use super::folder::Ready;
use crate::asking::text;
use crate::commitments::list::{of_file, read};
use crate::commitments::opening_file::OpeningFile;
use crate::commitments::openings::Standing;
use crate::commitments::{Answer, Committing, Outcome, Report};
use crate::exit::Exit;

impl Outbox<'_> {
    /// Commits to reports, and to what an earlier run left.
    pub(super) async fn commit(&mut self, files: Vec<Ready>) -> Result<Exit> {
        let mut exit = Exit::Done;
        let mut names: HashMap<String, (String, Report)> = HashMap::new();
        let mut reports = Vec::new();
        for Ready { name, row } in files {
            let path = self.folder.path(&name);
            let report = match row {
                Some(mut row) => {
                    if row.number.is_empty() {
                        row.number = of_file(&path, None).number;
                    }
                    read(&row, Some(&path))
                }
                None => of_file(&path, None).report,
            };
            let report = match report {
                Ok(report) => report,
                Err(why) => {
                    self.fail(&name, &why)?;
                    exit = Exit::Refused;
                    continue;
                }
            };
            let number = normalise(&report.number);
            if let Some((other, _)) = names.get(&number) {
                let why = format!("{other} has the same number {}", report.number);
                self.fail(
                    &name,
                    &format!("{why}; give one of them another in index.csv"),
                )?;
                exit = Exit::Refused;
                continue;
            }
            names.insert(number, (name, report.clone()));
            reports.push(report);
        }
        if reports.is_empty() && self.openings.pending().is_empty() {
            return Ok(exit);
        }
        let signer = self.signer().await?;
        let committing = Committing {
            key: &self.key,
            signer: &signer,
            title: &self.options.title,
            language: &self.options.language,
            batch: self.options.batch,
        };
        let mut answers = Vec::new();
        let (remote, context) = (&self.remote, self.context);
        let ended = committing
            .commit(
                remote,
                &mut self.openings,
                reports,
                context,
                &mut |answer| {
                    answers.push(answer);
                    Ok(())
                },
            )
            .await;
        for answer in answers {
            let Some((name, report)) = names.get(&normalise(&answer.number)) else {
                continue;
            };
            exit = exit.worst(self.settle_one(name, report, &answer)?);
        }
        ended?;
        Ok(exit)
    }

    /// Puts beside a report what became of it.
    fn settle_one(&self, name: &str, report: &Report, answer: &Answer) -> Result<Exit> {
        if !matches!(
            answer.outcome,
            Outcome::Committed | Outcome::AlreadyCommitted
        ) {
            self.fail(name, &answer.why)?;
            return Ok(Exit::Refused);
        }
        let found = self.openings.opened(&report.number)?;
        let Some((opening, Standing::Logged(place))) = found else {
            // Another run's batch, not acknowledged yet: it is taken up again at the next look.
            return Ok(Exit::Done);
        };
        let file = OpeningFile::short(&opening, text(place, "/recordDigest").to_owned());
        self.folder.open_beside(name, &file.text()?)?;
        let receipt = json!({
            "outcome": answer.outcome.word(),
            "number": opening.number,
            "issuedOn": opening.issued_on,
            "commitment": opening.commitment,
            "recordDigest": place.get("recordDigest"),
            "log": place.get("log"),
            "node": place.get("node"),
            "file": opening.content_digest,
        });
        self.folder.finish(name, &receipt)?;
        let more = json!({"number": opening.number, "commitment": opening.commitment, "log": place.get("log")});
        self.say(name, answer.outcome.word(), &more)?;
        Ok(Exit::Done)
    }
}
