//! The demo as five processes: the parent builds the world in folders and closes it; then each
//! node is a process of its own, this program again, which serves its folder and asks the others
//! over HTTP.
//!
//! A child ends when its stdin is closed. So none outlives the parent, however that ends.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use comity_node::Place;
use comity_node::clock::Clock;

use super::liar::How;
use super::members::NODES;
use super::{POLL_SECONDS, federation, go_on, opened_at, world};
use crate::commands::node::{bind, serve_until, stop_signal};

/// Time that a child has to end by itself.
const ENDING: Duration = Duration::from_secs(10);
/// Pause between two looks at whether a child runs.
const LOOK: Duration = Duration::from_millis(50);

/// A folder for the time of the demo, removed with everything in it.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes it below the system's folder for such things.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("comity-demo-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        let folder = Self(path);
        for number in 0..NODES.len() {
            std::fs::create_dir(folder.of(number))?;
        }
        Ok(folder)
    }

    /// The folder of a node, by its number.
    pub(super) fn of(&self, number: usize) -> PathBuf {
        let node = NODES.get(number).and_then(|node| node.economy);
        self.0.join(node.unwrap_or_default().to_lowercase())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a child is told; hidden from people.
#[derive(clap::Args, Debug)]
pub(super) struct ChildOptions {
    /// Number of the node
    #[arg(long, hide = true, requires_all = ["folder", "opened", "addresses"])]
    child: Option<usize>,
    /// Its folder
    #[arg(long, hide = true)]
    folder: Option<PathBuf>,
    /// When the demo opened, by the machine's clock, in seconds since 1970
    #[arg(long, hide = true)]
    opened: Option<i64>,
    /// Addresses of all nodes
    #[arg(long, hide = true, value_delimiter = ',')]
    addresses: Vec<String>,
}

impl ChildOptions {
    /// Whether this process is a child.
    pub(super) fn is_child(&self) -> bool {
        self.child.is_some()
    }
}

/// Serves one node, which the parent has built, until the parent says that it is enough.
///
/// # Errors
/// If the address cannot be had, or the folder holds no such node.
pub(super) async fn serve(options: &ChildOptions, liar: Option<How>) -> Result<()> {
    let number = options.child.unwrap_or_default();
    let (Some(authority), Some(folder), Some(opened), Some(address)) = (
        NODES.get(number),
        &options.folder,
        options.opened,
        options.addresses.get(number),
    ) else {
        anyhow::bail!("the demo has no such node");
    };
    let listener = bind(address).await?;
    let passed = Clock::System.now().seconds().saturating_sub(opened);
    let passed = Duration::from_secs(u64::try_from(passed).unwrap_or_default());
    let clock = Clock::simulated(opened_at()?);
    let urls: Vec<_> = (options.addresses.iter())
        .map(|address| format!("http://{address}"))
        .collect();
    let mut config = federation::config(authority);
    config.mirroring.poll_seconds = POLL_SECONDS;
    let place = Place::Folder(folder.clone());
    let connect = world::way(&urls, authority, liar, &clock)?;
    let node = world::start(place, config, &clock, connect, false).await?;
    let going = tokio::spawn(go_on(clock, passed));
    println!("{address}");
    let stop = stop_signal()?;
    let stop = async move {
        tokio::select! {
            () = stop => {}
            () = abandoned() => {}
        }
    };
    let pages = comity_web::Options::at(urls.get(number).cloned());
    let served = serve_until(node, listener, pages, stop).await;
    going.abort();
    served
}

/// Ends when the parent has closed this process's stdin.
async fn abandoned() {
    // The thread waits as long as the process lives.
    let (closed, noticed) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        // An error ends it as well.
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = closed.send(());
    });
    let _ = noticed.await;
}

/// Starts a process for every node; each has said that it answers.
///
/// # Errors
/// If one cannot be started.
pub(super) async fn start(
    folder: &Folder,
    addresses: &[String],
    liar: Option<How>,
) -> Result<Vec<Child>> {
    let program = std::env::current_exe().context("finding this program")?;
    let opened = Clock::System.now().seconds().to_string();
    let liar = liar.map(|how| format!("--liar={}", how.name()));
    let mut children = Vec::new();
    let mut said = Vec::new();
    for number in 0..addresses.len() {
        let mut child = Command::new(&program)
            .args([
                "demo",
                "--opened",
                &opened,
                "--addresses",
                &addresses.join(","),
            ])
            .args(["--child", &number.to_string(), "--folder"])
            .arg(folder.of(number))
            .args(&liar)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting a node")?;
        said.extend(child.stdout.take());
        children.push(child);
    }
    let answering = tokio::task::spawn_blocking(move || {
        said.into_iter()
            .all(|said| BufReader::new(said).lines().next().is_some())
    });
    if !answering.await? {
        end(children).await;
        anyhow::bail!("a node of the demo ended before it answered");
    }
    Ok(children)
}

/// Waits until `stop`, or until a child has ended; then lets every child end.
///
/// # Errors
/// If a child ended by itself.
pub(super) async fn run(
    mut children: Vec<Child>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let ended = tokio::select! {
        () = stop => false,
        () = one_has_ended(&mut children) => true,
    };
    end(children).await;
    anyhow::ensure!(!ended, "a node of the demo ended by itself");
    Ok(())
}

async fn one_has_ended(children: &mut [Child]) {
    while children.iter_mut().all(runs) {
        tokio::time::sleep(LOOK).await;
    }
}

fn runs(child: &mut Child) -> bool {
    matches!(child.try_wait(), Ok(None))
}

/// Lets every child end, and waits for it.
async fn end(mut children: Vec<Child>) {
    for child in &mut children {
        drop(child.stdin.take());
    }
    let given_up = tokio::time::Instant::now() + ENDING;
    for child in &mut children {
        while runs(child) {
            if tokio::time::Instant::now() > given_up {
                // Its folder goes with the demo, so nothing is lost.
                let _ = child.kill();
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}
