//! The program as a mirror that catches up, from nothing to a co-signature.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use comity_node::remote::Remote;
use serde_json::Value;

use super::origin::Log;

/// How often the mirror is looked at.
const LOOK: Duration = Duration::from_millis(200);
/// Clock ticks of a second in `/proc` (`getconf CLK_TCK`; the same on every Linux).
const TICKS: f64 = 100.0;

/// Catches up once and prints what it took.
pub(crate) async fn measure(log: Log, bare: f64) {
    let log = Arc::new(log);
    let url = log.serve().await;
    let folder = tempfile::tempdir().unwrap();
    let mut mirror = start(folder.path(), &log, &url);
    let remote = Remote::new(&format!("http://{}", listening(folder.path()).await)).unwrap();
    let (start, mut used) = (Instant::now(), Used::default());
    let mut held = None;
    loop {
        tokio::time::sleep(LOOK).await;
        used = Used::read(mirror.id()).unwrap_or(used);
        let standing = standing(&remote, &log.origin).await;
        if held.is_none() && standing["size"] == log.count {
            held = Some((start.elapsed(), used));
        }
        if standing["size"] == log.count && standing["indexed"] == log.count {
            break;
        }
        assert!(mirror.try_wait().unwrap().is_none(), "the mirror has ended");
    }
    let elapsed = start.elapsed();
    mirror.kill().unwrap();
    mirror.wait().unwrap();
    let (verified, at_hand) = held.unwrap();
    println!(
        "catch up with {} entries over HTTP, one mirror process",
        log.count
    );
    line(
        "verified, kept and co-signed",
        log.count,
        verified,
        at_hand,
        bare,
    );
    line("and searchable", log.count, elapsed, used, bare);
    println!(
        "  most memory resident                       {:8.0} MiB",
        used.peak_mib
    );
}

fn line(what: &str, count: usize, elapsed: Duration, used: Used, bare: f64) {
    let each = used.seconds * 1e6 / count as f64;
    println!(
        "  {what:<42} {:8.0} entries/s, {:6.0} a core-second, {each:6.1} us   {:.2} x bare",
        count as f64 / elapsed.as_secs_f64(),
        1e6 / each,
        each / bare
    );
}

/// A new node that follows the log.
fn start(folder: &Path, log: &Log, url: &str) -> Child {
    let program = env!("CARGO_BIN_EXE_comity");
    let dir = folder.join("jp");
    let made = Command::new(program)
        .args([
            "node",
            "init",
            "--economy",
            "JP",
            "--host",
            "nqi.example.jp",
        ])
        .arg(&dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success());
    let peers = format!(
        "[[peer]]\nurl = {url:?}\norigin = {:?}\nvkey = {:?}\n\
         daily_entries = 1000000000\ndaily_bytes = 1000000000000\n",
        log.origin, log.vkey
    );
    std::fs::write(dir.join("peers.toml"), peers).unwrap();
    // Dated by itself, so that what is mirrored can be searched as well.
    let policy = std::fs::read_to_string(dir.join("policy.toml")).unwrap();
    let pinned = format!(
        "\n[[log]]\norigin = {:?}\nvkey = {:?}\neconomy = \"SE\"\ndated_by = \"self\"\n",
        log.origin, log.vkey
    );
    let policy = policy + &pinned;
    std::fs::write(dir.join("policy.toml"), policy).unwrap();
    Command::new(program)
        .args(["node", "serve", "-q", "--listen", "127.0.0.1:0"])
        .arg(&dir)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Where the mirror listens, once it does.
async fn listening(folder: &Path) -> String {
    let noted = folder.join("jp/address");
    loop {
        if let Ok(address) = std::fs::read_to_string(&noted) {
            return address.trim().trim_start_matches("http://").to_owned();
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn standing(remote: &Remote, origin: &str) -> Value {
    let Ok(answer) = remote.get("/v1/logs").await else {
        return Value::Null;
    };
    let logs = answer.json().unwrap_or_default();
    let items = logs["items"].as_array().cloned().unwrap_or_default();
    let found = items.into_iter().find(|log| log["origin"] == origin);
    found.unwrap_or_default()
}

/// What a process has used so far.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    seconds: f64,
    peak_mib: f64,
}

impl Used {
    fn read(process: u32) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
        let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let peak = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kib: f64 = peak.split_whitespace().nth(1)?.parse().ok()?;
        Some(Self {
            seconds: (ticks(11)? + ticks(12)?) / TICKS,
            peak_mib: kib / 1024.0,
        })
    }
}
