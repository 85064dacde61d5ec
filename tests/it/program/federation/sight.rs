//! What the nodes of a federation show of their logs.

use std::time::Duration;

use comity_signature::digest::sha256;
use serde_json::Value;

use super::Federation;
use crate::program::{Said, http, wait_until, wait_until_or};

/// How long nothing moves where all is quiet: longer than a head is shown for.
const QUIET: Duration = Duration::from_secs(7);

/// Leaves the nodes alone for a moment, before they are asked again.
fn rests() -> bool {
    std::thread::sleep(Duration::from_millis(50));
    false
}

impl Federation {
    /// Where the node `at` serves the log of `of`: its own, or its copy of it.
    pub(crate) fn path_at(&self, at: usize, of: usize) -> String {
        let origin = self.members[of].origin();
        if at == of {
            format!("/log/{}", origin.rsplit('/').next().unwrap())
        } else {
            format!("/mirror/{}", hex::encode(sha256(origin.as_bytes())))
        }
    }

    /// What the node `at` says of the log of the member `of`.
    pub(crate) fn log(&self, at: usize, of: usize) -> Option<Value> {
        let logs = http::get(&format!("{}/v1/logs", self.url(at))).ok()?;
        let logs = logs.json().ok()?;
        let origin = self.members[of].origin();
        let mut items = logs["items"].as_array()?.iter();
        items.find(|log| log["origin"] == origin.as_str()).cloned()
    }

    /// Entries of the own log of a node.
    pub(crate) fn size(&self, at: usize) -> u64 {
        let health = http::json(&format!("{}/health/live", self.url(at)));
        health["logSize"].as_u64().unwrap()
    }

    /// Whether `at` holds the log of `of` up to `size`, under quorum.
    pub(crate) fn holds(&self, at: usize, of: usize, size: u64) -> bool {
        self.log(at, of).is_some_and(|log| {
            log["quorum"] == true && log["size"].as_u64().is_some_and(|held| held >= size)
        })
    }

    /// Waits until every running node holds what the log of every running node has now, each log
    /// under quorum there.
    pub(crate) fn agrees(&self) {
        let running = self.running();
        let sizes: Vec<(usize, u64)> = running.iter().map(|&of| (of, self.size(of))).collect();
        for &(of, size) in &sizes {
            for &at in &running {
                wait_until_or(
                    || self.holds(at, of, size) || rests(),
                    || {
                        format!(
                            "{} holds the log of {} up to {size} under quorum; it is {:#}",
                            self.members[at].economy,
                            self.members[of].economy,
                            self.log(at, of).unwrap_or_default(),
                        )
                    },
                );
            }
        }
    }

    /// Waits until nothing has moved for a while: no log grew, and no line came.
    pub(crate) fn is_quiet(&self) {
        let running = self.running();
        let seen = || -> Vec<(Value, usize)> {
            let logs = running.iter().flat_map(|&at| {
                let logs = http::json(&format!("{}/v1/logs", self.url(at)));
                logs["items"].as_array().unwrap().clone()
            });
            let shown = logs.map(|log| {
                let lines = log["cosignatures"].as_array().map_or(0, Vec::len);
                (log["root"].clone(), lines)
            });
            shown.collect()
        };
        let mut last = (seen(), std::time::Instant::now());
        self.comes_to("nothing moves", || {
            let now = seen();
            if now != last.0 {
                last = (now, std::time::Instant::now());
            }
            last.1.elapsed() > QUIET
        });
    }

    /// Waits until `holds`.
    #[expect(clippy::unused_self, reason = "it reads as what the federation does")]
    pub(crate) fn comes_to(&self, what: &str, mut holds: impl FnMut() -> bool) {
        wait_until(what, || holds() || rests());
    }

    /// Waits until search on every running node finds what it holds.
    pub(crate) fn is_indexed(&self) {
        for at in self.running() {
            let logs = format!("{}/v1/logs", self.url(at));
            wait_until("search has caught up", || {
                let logs = http::json(&logs);
                let mut items = logs["items"].as_array().unwrap().iter();
                items.all(|log| log["indexed"] == log["size"]) || rests()
            });
        }
    }

    /// The traveller asks a node.
    pub(crate) fn asks(&self, at: usize, line: &str) -> Said {
        let url = self.url(at);
        self.traveller.does(&format!("{line} --node {url}"))
    }

    /// What a node shows at a path.
    #[track_caller]
    pub(crate) fn shows_at(&self, at: usize, path: &str) -> Vec<u8> {
        http::bytes(&format!("{}{path}", self.url(at)))
    }
}
