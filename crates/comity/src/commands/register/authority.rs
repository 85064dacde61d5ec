//! The authority's side: with the folder of its node, whose keys sign.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use comity_model::attestation::AttestationKind;
use comity_model::date::{Day, Instant, LegalDate, Period};
use comity_model::record::{Kind, Record, Subject};
use comity_model::registration::Mandate;
use comity_model::revocation::{KeyRevocation, RevocationReason};
use comity_node::Node;
use comity_node::clock::Clock;
use comity_node::config::{self, Config, Keys, new_record_id};
use comity_node::remote::Remote;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::ask::confirm;
use crate::asking::{registrations_of, text};
use crate::commands::node::{bind, serve_until};
use crate::commands::publish::send;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::{Document, one_document};
use crate::output;
use crate::registration::{Authority, Granted, Request, by_authority, narrowed, signed, spoken};
use crate::words;

/// What is granted.
#[derive(Args, Debug)]
pub(crate) struct Approve {
    /// Folder of the authority's node
    #[arg(id = "node", long = "node", value_name = "DIR")]
    dir: String,
    /// The body's request
    request: String,
    /// Grant only this kind of record
    #[arg(long = "kind", value_parser = words::kind)]
    kinds: Vec<Kind>,
    /// Grant only this kind of attestation
    #[arg(long = "attestation-kind", value_name = "KIND", value_parser = words::word::<AttestationKind>)]
    attestation_kinds: Vec<AttestationKind>,
    /// Grant that it registers bodies itself, if it asked for that
    #[arg(long)]
    may_register: bool,
    /// First day [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Last day [default: no end]
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    /// Publish at another member's node: a guest economy has no log of its own
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    /// The body is registered already, with other keys: these take their place
    #[arg(long)]
    replace_keys: bool,
    /// The words were compared: do not ask
    #[arg(long)]
    yes: bool,
}

/// What is refused.
#[derive(Args, Debug)]
pub(crate) struct Refuse {
    /// Folder of the authority's node
    #[arg(id = "node", long = "node", value_name = "DIR")]
    dir: String,
    /// The body's request
    request: String,
    /// Why, in a sentence for the body
    #[arg(long)]
    reason: String,
}

/// What is revoked.
#[derive(Args, Debug)]
pub(crate) struct Revoke {
    /// Folder of the authority's node
    #[arg(id = "node", long = "node", value_name = "DIR")]
    dir: String,
    /// The body's request; its keys are revoked, or those named with --key
    request: String,
    /// Revoke only this key, as multikey
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
    /// keyCompromise, superseded or ceased
    #[arg(long, value_parser = words::word::<RevocationReason>)]
    reason: RevocationReason,
    /// From which moment, such as 2026-05-01T00:00:00Z [default: now]; an earlier one counts for
    /// a compromise only
    #[arg(long, value_name = "INSTANT")]
    effective: Option<Instant>,
    /// Publish at another member's node: a guest economy has no log of its own
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

pub(crate) async fn approve(options: Approve, context: &Context) -> Result<Exit> {
    let office = Office::open(&options.dir, &options.request)?;
    let by = Mandate {
        kinds: options.kinds,
        attestation_kinds: options.attestation_kinds,
        may_register: options.may_register,
    };
    let mandate = narrowed(&office.request.mandate, &by)?;
    office.show(&mandate, context)?;
    let question =
        "Did the body read these words to you over a number you know, and may it publish this?";
    if !confirm(question, options.yes)? {
        return Err(Failure::refused("not confirmed; nothing was signed").into());
    }
    let now = context.now();
    let door = Door::open(&office, options.at.as_deref(), context).await?;
    let done = async {
        let version = door.next_version(&office).await?;
        if !options.replace_keys {
            door.check_keys(&office).await?;
        }
        let granted = Granted {
            authority: office.authority(),
            id: new_record_id(now)?,
            version,
            mandate,
            period: Period::new(
                options.from.unwrap_or_else(|| now.day()),
                options.until.map(LegalDate::from),
            ),
            now,
        };
        let record = office.request.grant(&granted);
        door.publish(&office, &record, context).await
    }
    .await;
    door.close().await;
    let exit = done?;
    if exit == Exit::Done {
        context.say(&format!(
            "{} is registered and may publish.",
            office.request.id
        ));
    }
    Ok(exit)
}

pub(crate) fn refuse(options: &Refuse, context: &Context) -> Result<Exit> {
    let office = Office::open(&options.dir, &options.request)?;
    let note = json!({
        "type": "ComityRegistrationRefusal",
        "id": office.request.id,
        "keys": office.request.keys,
        "authority": office.config.authority(),
        "refusedAt": context.now(),
        "reason": options.reason,
    });
    let path = PathBuf::from(format!("{}.refusal.json", options.request));
    std::fs::write(&path, serde_json::to_vec_pretty(&note)?).map_err(|error| {
        Failure::unreadable(format!("{} cannot be written: {error}", path.display()))
    })?;
    output::value(context.format, &note, || {
        format!(
            "Refused: {}. The note for the body is in {}.",
            office.request.id,
            path.display()
        )
    })?;
    context.say("Nothing was published: a refusal is between the authority and the body.");
    Ok(Exit::Done)
}

pub(crate) async fn revoke(options: Revoke, context: &Context) -> Result<Exit> {
    let office = Office::open(&options.dir, &options.request)?;
    let keys = if options.keys.is_empty() {
        &office.request.keys
    } else {
        &options.keys
    };
    for key in keys {
        context.warn(&format!(
            "revoke {key} of {}\n  {}",
            office.request.id,
            spoken(key)?
        ));
    }
    if !confirm("A revocation cannot be called back. Revoke?", options.yes)? {
        return Err(Failure::refused("not confirmed; nothing was signed").into());
    }
    let now = context.now();
    let door = Door::open(&office, options.at.as_deref(), context).await?;
    let mut exit = Exit::Done;
    let mut done = Ok(());
    for key in keys {
        let subject = KeyRevocation {
            id: office.request.id.clone(),
            key: key.clone(),
            reason: options.reason,
            effective_from: options.effective.unwrap_or(now),
        };
        let record = by_authority(
            &office.authority(),
            new_record_id(now)?,
            format!("Revocation of a key of {}", office.request.id),
            now,
            Subject::KeyRevocation(Box::new(subject)),
        );
        match door.publish(&office, &record, context).await {
            Ok(one) => exit = exit.worst(one),
            Err(error) => {
                done = Err(error);
                break;
            }
        }
    }
    door.close().await;
    done.map(|()| exit)
}

/// A node's folder and a request that lies on its desk.
struct Office {
    dir: PathBuf,
    config: Config,
    keys: Keys,
    request: Request,
}

impl Office {
    fn open(dir: &str, request: &str) -> Result<Self> {
        if dir.starts_with("http") {
            return Err(Failure::usage(format!("{dir} is a URL"))
                .help("give the folder of the authority's node: its keys sign, and they never leave it")
                .into());
        }
        let dir = Path::new(dir);
        let config = Config::load(dir)?;
        let keys = Keys::load(dir, &config)?;
        let request = Request::verify(&one_document(request)?.bytes)?;
        let authority = config.authority();
        if let Some(meant) = request
            .authority
            .as_ref()
            .filter(|meant| **meant != authority)
        {
            return Err(Failure::no(format!(
                "the request is meant for {meant}, not for {authority}"
            ))
            .into());
        }
        if request.id == authority {
            return Err(Failure::no(
                "the authority does not register itself: its keys stand in policies",
            )
            .into());
        }
        Ok(Self {
            dir: dir.to_owned(),
            config,
            keys,
            request,
        })
    }

    fn authority(&self) -> Authority {
        Authority {
            did: self.config.authority(),
            name: self.config.name.clone(),
            language: self.config.language.clone(),
        }
    }

    /// Shows who asks for what, and the keys in words.
    fn show(&self, mandate: &Mandate, context: &Context) -> Result<()> {
        let request = &self.request;
        let names: Vec<String> = request
            .names
            .0
            .iter()
            .map(|name| {
                format!(
                    "{} ({})",
                    comity_model::text::projected(&name.value),
                    name.lang
                )
            })
            .collect();
        let words_of = |list: &[Kind]| {
            list.iter()
                .map(|kind| kind.name())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let said = |value: Value| output::text_of(&value);
        context.warn(&format!(
            "{} asks to be registered by {}\n  names        {}\n  economies    {}\n  roles        {}\n  \
             contact      {}\n  may issue    {}{}",
            request.id,
            self.config.authority(),
            names.join(", "),
            request.economies.join(", "),
            said(json!(request.roles)),
            comity_model::text::projected(&request.contact.office),
            words_of(&mandate.kinds),
            if mandate.may_register { ", and register bodies" } else { "" },
        ));
        if !mandate.attestation_kinds.is_empty() {
            context.warn(&format!(
                "  attestations {}",
                said(json!(mandate.attestation_kinds))
            ));
        }
        for identifier in &request.identifiers {
            context.warn(&format!("  {:<12} {}", identifier.scheme, identifier.value));
        }
        for key in &request.keys {
            context.warn(&format!(
                "  key          {key}\n  words        {}",
                spoken(key)?
            ));
        }
        Ok(())
    }
}

/// The way into the node: the running one, or one opened for this command.
struct Door {
    remote: Remote,
    own: Option<(oneshot::Sender<()>, JoinHandle<Result<()>>)>,
}

impl Door {
    /// The node of a host, if one is named; the node that serves the folder, where it listens; else
    /// the folder itself, opened.
    async fn open(office: &Office, host: Option<&str>, context: &Context) -> Result<Self> {
        if let Some(host) = host {
            let remote = crate::context::remote(host)?;
            context.say(&format!("publishing at {}", remote.base()));
            return Ok(Self { remote, own: None });
        }
        let address = config::address(&office.dir, &office.config);
        let remote = Remote::new(&format!("http://{address}"))?;
        if let Ok(answer) = remote.get("/v1/node").await
            && let Ok(node) = answer.json()
            && text(&node, "/origin") == office.config.origin()
            && text(&node, "/vkey") == office.keys.log.vkey().to_string()
        {
            context.say(&format!(
                "publishing to the running node at {}",
                remote.base()
            ));
            return Ok(Self { remote, own: None });
        }
        let node = Node::open(&office.dir, Clock::System)
            .await
            .map_err(|error| match error {
                comity_node::error::Error::Busy(why) => Failure::unreadable(why).help(format!(
                    "the node of {} runs, but does not answer at {address}",
                    office.dir.display()
                )),
                error => Failure::unreadable(error.to_string()),
            })?;
        let listener = bind("127.0.0.1:0").await?;
        let remote = Remote::new(&format!("http://{}", listener.local_addr()?))?;
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve_until(
            node,
            listener,
            comity_web::Options::at(None),
            async move {
                // A dropped sender stops it as well.
                let _ = stopped.await;
            },
        ));
        Ok(Self {
            remote,
            own: Some((stop, served)),
        })
    }

    /// The number of the next registration of the body by this authority.
    async fn next_version(&self, office: &Office) -> Result<u64> {
        let authority = office.config.authority();
        let registrations = registrations_of(&self.remote, &office.request.id).await?;
        let versions = registrations
            .iter()
            .filter(|item| text(item, "/parent") == authority)
            .filter_map(|item| item.get("version").and_then(Value::as_u64));
        Ok(versions.max().unwrap_or(0) + 1)
    }

    /// Refuses a request whose keys would silently take the place of others.
    async fn check_keys(&self, office: &Office) -> Result<()> {
        let authority = office.config.authority();
        let registrations = registrations_of(&self.remote, &office.request.id).await?;
        let newest = registrations
            .iter()
            .find(|item| text(item, "/parent") == authority);
        let Some(newest) = newest else {
            return Ok(());
        };
        let held = newest
            .pointer("/registration/keys")
            .and_then(Value::as_array);
        let lost: Vec<&str> = (held.into_iter().flatten())
            .map(|key| text(key, "/key"))
            .filter(|key| !office.request.keys.iter().any(|asked| asked == key))
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let id = &office.request.id;
        Err(Failure::refused(format!(
            "{id} is registered already, and this request would take away its key {}",
            lost.join(", ")
        ))
        .help("make sure over a number you know that the body itself asks; then add --replace-keys")
        .into())
    }

    /// Signs with the authority's key, publishes, and shows the acknowledgement.
    async fn publish(&self, office: &Office, record: &Record, context: &Context) -> Result<Exit> {
        let key = office.keys.authority.clone().into();
        let bytes = signed(record, &office.config.authority(), &key)?;
        let answers = send(&self.remote, vec![Document { line: 1, bytes }]).await?;
        answers.stopped?;
        let Some(sent) = answers.sent.first() else {
            return Err(Failure::unreadable("the node gave no answer").into());
        };
        if !sent.is_acknowledged() {
            return Err(
                Failure::refused(format!("the node refuses it: {}", sent.refusal())).into(),
            );
        }
        output::value(context.format, &sent.answer, || {
            format!(
                "{} {} is logged at index {}",
                record.kind(),
                record.id,
                output::text_of(sent.answer.pointer("/log/index").unwrap_or(&Value::Null))
            )
        })?;
        Ok(Exit::Done)
    }

    async fn close(self) {
        if let Some((stop, served)) = self.own {
            let _ = stop.send(());
            // What it could not close it says in its own diagnostics.
            let _ = served.await;
        }
    }
}
