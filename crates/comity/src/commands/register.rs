//! `comity register`: a body asks, its authority grants, refuses or revokes.

mod authority;

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::attestation::AttestationKind;
use comity_model::party::{Contact, Identifier};
use comity_model::record::Kind;
use comity_model::registration::{Mandate, Role};
use comity_model::text::{LangString, Text};

use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::check_did;
use crate::key::read_key;
use crate::output;
use crate::registration::{REQUEST_TYPE, Request};
use crate::words;

/// What to do about registration.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Body: make a request that proves it holds its key
    #[command(after_help = "Example:\n  \
        comity register request --key lab.pem --name \"Test Laboratory\" --economy SE \\\n    \
        --role laboratory --kind attestation --kind status-event \\\n    \
        --contact-office \"Certificate office\" --contact-email office@lab.example > lab.request.json\n\n\
        Send the file to the authority, and be ready to read the words of the key to it by telephone \
        (comity keys show lab.pem).")]
    Request(Box<RequestOptions>),
    /// Authority: grant a request, and publish the registration
    #[command(
        after_help = "Example:\n  comity register approve --node nqi lab.request.json\n\n\
        Shows the key as words: have the body read them to you over a telephone number you know, \
        then confirm. --kind and --attestation-kind grant less than was asked for. A guest economy, which \
        has a folder and no log, publishes with --at at the node of its host."
    )]
    Approve(authority::Approve),
    /// Authority: write a note that says why a request is refused
    #[command(
        after_help = "Example:\n  comity register refuse --node nqi lab.request.json --reason \"not accredited yet\""
    )]
    Refuse(authority::Refuse),
    /// Authority: end a key before its time, and publish that
    #[command(
        after_help = "Example:\n  comity register revoke --node nqi lab.request.json --reason keyCompromise"
    )]
    Revoke(authority::Revoke),
}

/// What a body asks.
#[derive(Args, Debug)]
pub(crate) struct RequestOptions {
    /// Key file; give several to register several keys
    #[arg(long = "key", value_name = "PEM", required = true)]
    keys: Vec<String>,
    /// Name to publish under, LANG=NAME for further languages
    #[arg(long = "name", required = true)]
    names: Vec<String>,
    /// Language of names without one
    #[arg(long, value_name = "LANG", default_value = "en")]
    language: String,
    /// Economy whose body it is
    #[arg(long = "economy", value_name = "CODE", required = true, value_parser = words::economy)]
    economies: Vec<String>,
    /// laboratory, certification-body, inspection-body, accreditation-body, ...
    #[arg(long = "role", required = true, value_parser = words::word::<Role>)]
    roles: Vec<Role>,
    /// Identifier in another register, such as lei:529900T8BM49AURSDO55
    #[arg(long = "identifier", value_name = "SCHEME:VALUE", value_parser = words::identifier)]
    identifiers: Vec<Identifier>,
    /// Name of the office to ask, never of a person
    #[arg(long, value_name = "OFFICE")]
    contact_office: String,
    /// Its page
    #[arg(long, value_name = "URL")]
    contact_url: Option<String>,
    /// Its mailbox
    #[arg(long, value_name = "ADDRESS")]
    contact_email: Option<String>,
    /// Its telephone
    #[arg(long, value_name = "NUMBER")]
    contact_telephone: Option<String>,
    /// Kind of record it wishes to issue
    #[arg(long = "kind", required = true, value_parser = words::kind)]
    kinds: Vec<Kind>,
    /// Kind of attestation it wishes to issue, such as test-report [default: all]
    #[arg(long = "attestation-kind", value_name = "KIND", value_parser = words::word::<AttestationKind>)]
    attestation_kinds: Vec<AttestationKind>,
    /// It wishes to register bodies itself (accreditation bodies)
    #[arg(long)]
    may_register: bool,
    /// The authority it is meant for; no other can use it then
    #[arg(long, value_name = "DID", value_parser = check_did)]
    authority: Option<String>,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::Request(options) => request(*options, context),
        Options::Approve(options) => authority::approve(options, context).await,
        Options::Refuse(options) => authority::refuse(&options, context),
        Options::Revoke(options) => authority::revoke(options, context).await,
    }
}

fn request(options: RequestOptions, context: &Context) -> Result<Exit> {
    let keys = options
        .keys
        .iter()
        .map(|path| read_key(path))
        .collect::<Result<Vec<_>>>()?;
    let did = keys.first().map(|key| key.did.clone()).unwrap_or_default();
    if let Some(other) = keys.iter().find(|key| key.did != did) {
        return Err(
            Failure::usage(format!("the keys belong to {did} and to {}", other.did))
                .help("make one request for each body")
                .into(),
        );
    }
    if !options.attestation_kinds.is_empty() && !options.kinds.contains(&Kind::Attestation) {
        return Err(Failure::usage("--attestation-kind goes with --kind attestation").into());
    }
    let names = options.names.iter().map(|name| {
        let (lang, value) = words::text_in_language(name);
        Text {
            lang: lang.unwrap_or(&options.language).to_owned(),
            value: value.to_owned(),
        }
    });
    let request = Request {
        type_name: REQUEST_TYPE.to_owned(),
        id: did,
        authority: options.authority,
        created: context.now(),
        names: LangString(names.collect()),
        economies: options.economies,
        roles: options.roles,
        identifiers: options.identifiers,
        keys: keys
            .iter()
            .map(|key| key.key.verifying_key().to_multikey())
            .collect(),
        mandate: Mandate {
            kinds: options.kinds,
            attestation_kinds: options.attestation_kinds,
            may_register: options.may_register,
        },
        contact: Contact {
            office: options.contact_office,
            url: options.contact_url,
            email: options.contact_email,
            telephone: options.contact_telephone,
        },
    };
    let signed = request.sign(&keys)?;
    output::line(&String::from_utf8(signed)?)?;
    for key in &request.keys {
        context.say(&format!(
            "Key {key}\n  read to the authority by telephone as: {}",
            crate::registration::spoken(key)?
        ));
    }
    Ok(Exit::Done)
}
