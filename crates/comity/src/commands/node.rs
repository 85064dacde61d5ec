//! `comity node`: run one economy's node.

mod doctor;
mod federate;
mod keys;

use std::future::Future;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Subcommand;
use comity_api::Options as ApiOptions;
use comity_node::clock::Clock;
use comity_node::config::{self, Config, Keys};
use comity_node::{Joining, Node};
use comity_signature::digest;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::words;

/// What to do with a node.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Make the folder of a new node: configuration, keys of the authority, policy
    #[command(
        after_help = "Example:\n  comity node init nqi --economy SE --host nqi.example.se --name \"Accreditation Authority\"\n\n\
        DIR/keys holds secrets: keep a copy in a safe place. DIR/policy.toml says whose evidence \
        the node believes: at first its own only."
    )]
    Init {
        /// The folder; it must not hold a node yet
        dir: PathBuf,
        /// The economy, as ISO 3166-1 alpha-2 code
        #[arg(long, value_parser = words::economy)]
        economy: String,
        /// Public host name; the authority is did:web:HOST
        #[arg(long)]
        host: String,
        /// Name of the authority, as its records carry it [default: the host]
        #[arg(long)]
        name: Option<String>,
        /// Database, `sqlite://FILE` or `postgres://...` [default: DIR/node.sqlite]
        #[arg(long, value_name = "URL")]
        database: Option<String>,
        /// Name of the log [default: the year]
        #[arg(long, value_name = "NAME")]
        log: Option<String>,
    },
    /// Serve a node until it is told to stop
    #[command(
        after_help = "Example:\n  comity node serve nqi --listen 127.0.0.1:8080\n\n\
        Stop it with Ctrl-C or SIGTERM: requests under way are answered first. Speak TLS in front \
        of it. RUST_LOG chooses what is traced, such as RUST_LOG=comity_node=debug."
    )]
    Serve {
        /// The node's folder
        dir: PathBuf,
        /// Address and port [default: `listen` of DIR/config.toml]; port 0 takes a free one
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
        /// Say in a Server-Timing header how long each page took: to measure, not for the world
        #[arg(long)]
        timing: bool,
        /// Sign without asking the mirrors whether this database has forgotten something: say so
        /// only if you know that it has not
        #[arg(long)]
        assume_latest: bool,
    },
    /// Show the public keys of a node, for the key list of its economy
    #[command(
        after_help = "Example:\n  comity node keys nqi -o json > keys.json\n  \
        comity ceremony new member-keys --from keys.json > keys-1.json"
    )]
    Keys {
        /// The node's folder
        dir: PathBuf,
        /// Leave out the keys of log, mirror and witness: a guest publishes at another member's node
        #[arg(long)]
        guest: bool,
    },
    /// Believe a federation list: check it, pin it in the policy, keep it and member keys
    #[command(
        after_help = "Example:\n  comity node federate nqi list-1.signed.json keys-se-1.signed.json\n\n\
        Shows the digest of the list as words: compare them with another member by telephone. Pins it in \
        DIR/policy.toml, where everything else stays as it is, and keeps the files in DIR/federation. \
        Give every version from the pinned one on; later versions are found in the logs by themselves."
    )]
    Federate {
        /// The node's folder
        dir: PathBuf,
        /// Federation lists and member keys, as `comity ceremony merge` wrote them
        #[arg(required = true)]
        files: Vec<String>,
        /// Begin with another list than the one pinned until now
        #[arg(long)]
        repin: bool,
        /// The words were compared: do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Say what is wrong with a node, what expires within 90 days, and what to type about it
    #[command(
        after_help = "Examples:\n  comity node doctor nqi\n  comity node doctor --node https://nqi.example.se\n\n\
        Exit code 0: nothing to do. 1: there is. 4: the folder or the node cannot be read. A folder whose \
        node does not run is opened for the look."
    )]
    Doctor {
        /// The node's folder [default: ask the node of --node]
        dir: Option<PathBuf>,
    },
    /// Make the search index anew from the log
    #[command(after_help = "Example:\n  comity node reindex nqi\n\nThe node must not be running.")]
    Reindex {
        /// The node's folder
        dir: PathBuf,
    },
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::Init {
            dir,
            economy,
            host,
            name,
            database,
            log,
        } => {
            let name = name.unwrap_or_else(|| host.clone());
            let mut config = Config::new(&economy, &host, &name, context.now())
                .map_err(|error| Failure::usage(error.to_string()))?;
            config.database = database;
            if let Some(log) = log {
                config.log = log;
            }
            init(&dir, &config, context)
        }
        Options::Serve {
            dir,
            listen,
            timing,
            assume_latest,
        } => {
            let serving = Serving {
                listen,
                timing,
                assume_latest,
            };
            serve(&dir, serving, context).await
        }
        Options::Keys { dir, guest } => keys::run(&dir, guest, context),
        Options::Federate {
            dir,
            files,
            repin,
            yes,
        } => {
            let request = federate::Request {
                dir: &dir,
                files: &files,
                repin,
                yes,
            };
            federate::run(&request, context)
        }
        Options::Doctor { dir } => doctor::run(dir.as_deref(), context).await,
        Options::Reindex { dir } => reindex(&dir, context).await,
    }
}

fn init(dir: &Path, config: &Config, context: &Context) -> Result<Exit> {
    config::init(dir, config)?;
    let keys = Keys::load(dir, config)?;
    let key = keys.authority.verifying_key();
    let words = digest::words(key.as_bytes());
    let shown = json!({
        "folder": dir,
        "authority": config.authority(),
        "key": key.to_multikey(),
        "words": words,
        "origin": config.origin(),
        "vkey": keys.log.vkey().to_string(),
    });
    output::value(context.format, &shown, || {
        format!(
            "A new node is in {}.\nauthority   {}\nkey         {}\nwords       {words}\nlog         {}\nlog key     {}",
            dir.display(),
            config.authority(),
            key.to_multikey(),
            config.origin(),
            keys.log.vkey(),
        )
    })?;
    context.say(&format!("Next: comity node serve {}", dir.display()));
    Ok(Exit::Done)
}

/// How a node is served.
struct Serving {
    listen: Option<String>,
    timing: bool,
    assume_latest: bool,
}

async fn serve(dir: &Path, serving: Serving, context: &Context) -> Result<Exit> {
    trace(context);
    let joining = Joining {
        assume_latest: serving.assume_latest,
        ..Joining::default()
    };
    let node = Box::pin(Node::open_joining(dir, Clock::System, joining)).await?;
    let listen = (serving.listen).unwrap_or_else(|| node.config().listen.clone());
    let listener = bind(&listen).await?;
    let address = listener.local_addr()?;
    config::write_address(dir, &address.to_string())?;
    let keys = Keys::load(dir, node.config())?;
    let key = keys.authority.verifying_key();
    context.say(&format!(
        "http://{address}\n  {} ({})\n  log    {}\n  key    {}\n  words  {}",
        node.config().name,
        node.config().authority(),
        node.config().origin(),
        key.to_multikey(),
        digest::words(key.as_bytes()),
    ));
    let pages = comity_web::Options {
        public_url: Some(format!("https://{}", node.config().host)),
        timing: serving.timing,
    };
    serve_until(node, listener, pages, stop_signal()?).await?;
    context.say("Stopped; everything acknowledged is on the disk.");
    Ok(Exit::Done)
}

pub(crate) async fn bind(listen: &str) -> Result<TcpListener> {
    TcpListener::bind(listen).await.map_err(|error| {
        Failure::unreadable(format!("cannot listen on {listen}: {error}"))
            .help("choose another address with --listen, such as 127.0.0.1:8081")
            .into()
    })
}

/// Serves `node` until `stop`, answers what is under way, and closes it.
pub(crate) async fn serve_until(
    node: Node,
    listener: TcpListener,
    pages: comity_web::Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let options = ApiOptions {
        public_url: pages.public_url.clone(),
        pages: Some(comity_web::router(node.clone(), pages)),
        ..ApiOptions::default()
    };
    let served = comity_api::serve(listener, node.clone(), options, stop).await;
    node.close().await;
    Ok(served?)
}

/// Ends with SIGTERM or Ctrl-C.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Diagnostics to stderr: readable on a terminal, JSON for collectors otherwise.
pub(crate) fn trace(context: &Context) {
    let default = match (context.quiet, context.verbose) {
        (true, _) => "error",
        (false, 0) => "warn,comity_node=info,comity_api=info",
        (false, 1) => "info,comity_node=debug,comity_api=debug",
        (false, _) => "debug",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A subscriber that is there already goes on.
    let _ = if std::io::stderr().is_terminal() {
        subscriber.try_init()
    } else {
        subscriber.json().try_init()
    };
}

async fn reindex(dir: &Path, context: &Context) -> Result<Exit> {
    // Opened once before, so that a running node keeps its index.
    let node = Node::open(dir, Clock::System).await?;
    node.close().await;
    drop(node);
    comity_node::index::delete(&dir.join("index"))?;
    let node = Node::open(dir, Clock::System).await?;
    let size = node.head().size;
    let bar = context.bar(size, "indexing");
    let mut look = tokio::time::interval(std::time::Duration::from_millis(200));
    loop {
        tokio::select! {
            () = node.indexed() => break,
            _ = look.tick() => {
                let indexed = node.logs().await?.iter().map(|log| log.indexed).sum();
                bar.set_position(indexed);
            }
        }
    }
    bar.finish_and_clear();
    node.close().await;
    context.say(&format!("{size} log entries are indexed anew."));
    Ok(Exit::Done)
}
