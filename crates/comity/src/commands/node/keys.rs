//! `comity node keys`: the public halves of a node's keys, for its economy's key list.

use std::path::Path;

use anyhow::Result;
use comity_node::config::{Config, Keys};
use comity_signature::digest;
use comity_tlog::note::Vkey;
use serde_json::{Value, json};

use crate::context::Context;
use crate::exit::Exit;
use crate::output;

pub(super) fn run(dir: &Path, guest: bool, context: &Context) -> Result<Exit> {
    let config = Config::load(dir)?;
    let keys = Keys::load(dir, &config)?;
    let shown = public(&config, &keys, guest);
    output::value(context.format, &shown, || words(&config, &keys, guest))?;
    context.say(
        "These are public. The secrets stay in DIR/keys; the roots that sign the list do not belong there.",
    );
    Ok(Exit::Done)
}

/// The members of an economy's key list that this node has keys for.
fn public(config: &Config, keys: &Keys, guest: bool) -> Value {
    let mut shown = json!({
        "name": config.name,
        "economy": config.economy,
        "authority": config.authority(),
        "statusKeys": [{"key": keys.status.verifying_key().to_multikey()}],
        "authorityKeys": [{"key": keys.authority.verifying_key().to_multikey()}],
    });
    if !guest {
        shown["logKeys"] = json!([{"vkey": keys.log.vkey().to_string()}]);
        shown["mirrorKeys"] = json!([{"vkey": keys.mirror.vkey().to_string()}]);
        shown["witnessKeys"] = json!([{"vkey": keys.witness.vkey().to_string()}]);
    }
    shown
}

fn words(config: &Config, keys: &Keys, guest: bool) -> String {
    let spoken = |bytes: &[u8; 32]| digest::words(bytes);
    let authority = keys.authority.verifying_key();
    let status = keys.status.verifying_key();
    let mut words = format!(
        "Keys of {} ({}, {})\nauthority  {}\n           {}\nstatus     {}\n           {}\n",
        config.name,
        config.economy,
        config.authority(),
        authority.to_multikey(),
        spoken(authority.as_bytes()),
        status.to_multikey(),
        spoken(status.as_bytes()),
    );
    let named: [(&str, &Vkey); 3] = [
        ("log", keys.log.vkey()),
        ("mirror", keys.mirror.vkey()),
        ("witness", keys.witness.vkey()),
    ];
    for (what, vkey) in named.into_iter().filter(|_| !guest) {
        output::add(
            &mut words,
            format_args!(
                "{what:<10} {vkey}\n           {}\n",
                spoken(vkey.public_key())
            ),
        );
    }
    words
}
