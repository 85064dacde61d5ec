//! Figures for Prometheus: requests by matched route, and how far log and index are.

use std::time::Duration;

use comity_node::doctor::{Finding, Severity};
use comity_node::logs::LogStanding;
use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

/// Upper bounds of the durations counted, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// The figures of one router. Its own recorder, so that several nodes can live in one process.
pub(crate) struct Measures {
    recorder: PrometheusRecorder,
}

impl std::fmt::Debug for Measures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Measures")
    }
}

impl Default for Measures {
    fn default() -> Self {
        let builder = PrometheusBuilder::new();
        let builder = builder
            .set_buckets(&BUCKETS)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        Self {
            recorder: builder.build_recorder(),
        }
    }
}

impl Measures {
    /// Counts an answered request. `route` is the pattern that matched, never the path itself.
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = [
            ("method", method.to_owned()),
            ("route", route.to_owned()),
            ("status", status.to_string()),
        ];
        with_local_recorder(&self.recorder, || {
            counter!("comity_requests_total", &labels).increment(1);
            let [method, route, _] = labels;
            histogram!("comity_request_duration_seconds", &[method, route]).record(took);
        });
        // Folds the samples into the buckets, so that nothing grows between two readings.
        self.recorder.handle().run_upkeep();
    }

    /// The text that Prometheus reads, with the log's size, what search can find of it, how many
    /// logs showed two histories, how far and how well each log is followed, and what the doctor
    /// has to say.
    pub(crate) fn render(
        &self,
        log_size: u64,
        indexed: u64,
        forked: u64,
        logs: &[LogStanding],
        findings: &[Finding],
    ) -> String {
        with_local_recorder(&self.recorder, || {
            for log in logs {
                let label = [("origin", log.origin.clone())];
                gauge!("comity_log_lag_entries", &label).set(exact(log.lag));
                gauge!("comity_log_age_seconds", &label).set(exact(log.age_seconds));
                gauge!("comity_log_quorum", &label).set(exact(u64::from(log.quorum)));
                gauge!("comity_log_alarms", &label).set(exact(log.alarms.len() as u64));
            }
            for (severity, word) in [
                (Severity::Problem, "problem"),
                (Severity::Warning, "warning"),
            ] {
                let found = findings.iter().filter(|one| one.severity == severity);
                gauge!("comity_findings", "severity" => word).set(exact(found.count() as u64));
            }
            gauge!("comity_log_entries").set(exact(log_size));
            gauge!("comity_logs_forked").set(exact(forked));
            gauge!("comity_index_lag_entries").set(exact(log_size.saturating_sub(indexed)));
        });
        self.recorder.handle().render()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "logs have fewer than 2^53 entries"
)]
fn exact(count: u64) -> f64 {
    count as f64
}
