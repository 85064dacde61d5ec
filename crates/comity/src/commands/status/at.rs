//! `comity status at`: what the status was at one second, and in whose words.

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use comity_model::date::Instant;
use comity_node::recognise::selector;
use comity_node::remote::Remote;
use comity_recognition::question::Selector;
use serde_json::Value;

use crate::asking::{self, items, record_path, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Column, add};

/// Most services shown at once; more are a search.
const MAX_SERVICES: usize = 50;
/// Octets of the key identifiers there are: of hashes, and of parts of them (RFC 5280, 4.2.1.2).
const KEY_IDENTIFIER_BYTES: std::ops::RangeInclusive<usize> = 8..=64;

const COLUMNS: [Column; 6] = [
    ("Name", "/records/0/name"),
    ("Status", "/state"),
    ("In its words", "/sourceStatus"),
    ("Since", "/since"),
    ("Until", "/until"),
    ("Record", "/records/0/id"),
];

/// Which service, and when.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Id of a record, SHA-256 or key identifier of a certificate, or words of a name
    service: String,
    /// The second, with Z or an offset
    #[arg(value_name = "INSTANT", value_parser = moment)]
    at: Instant,
}

fn moment(text: &str) -> Result<Instant, String> {
    Instant::from_rfc3339(text).map_err(|error| error.to_string())
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let names = records(&remote, &options.service).await?;
    let at = options.at.to_string();
    let mut answers: Vec<Value> = Vec::new();
    for name in names {
        let path = record_path(&name, "/status");
        let answer = asking::get(&remote, &path, &[("at", &at)]).await?;
        // Revisions of one service have one answer.
        if answers.iter().all(|held| !is_same(held, &answer)) {
            answers.push(answer);
        }
    }
    match answers.as_slice() {
        [only] => output::value(context.format, only, || words(only))?,
        several => {
            let whole = serde_json::json!({"items": several});
            output::rows(context.format, &whole, several, &COLUMNS)?;
        }
    }
    let is_known = |answer: &Value| text(answer, "/state") != "unknown";
    Ok(if answers.iter().all(is_known) {
        Exit::Done
    } else {
        Exit::CannotTell
    })
}

/// Whether two answers are about one service.
fn is_same(one: &Value, other: &Value) -> bool {
    let id = |answer: &Value| text(answer, "/records/0/id").to_owned();
    let ids = |answer: &Value| -> Vec<String> {
        let records = answer.get("records").and_then(Value::as_array);
        let records = records.into_iter().flatten();
        records
            .map(|record| text(record, "/id").to_owned())
            .collect()
    };
    ids(one).contains(&id(other))
}

/// The records that a person may mean, as ids or digests.
async fn records(remote: &Remote, service: &str) -> Result<Vec<String>> {
    if let Selector::Id(id) = selector(service, None) {
        return Ok(vec![id]);
    }
    asking::indexed(remote).await?;
    let wanted = in_hex(service).unwrap_or_else(|| service.to_owned());
    let query = [
        ("q", wanted.as_str()),
        ("type", "CompetenceGrant"),
        ("limit", "100"),
    ];
    let found = items(&asking::get(remote, "/v1/records", &query).await?);
    let digests = found
        .iter()
        .map(|record| text(record, "/recordDigest").to_owned());
    let digests: Vec<String> = digests.collect();
    match (digests.len(), selector(service, None)) {
        (0, Selector::RecordDigest(digest)) => Ok(vec![digest]),
        (0, _) => Err(Failure::no(format!(
            "{} holds no grant that is found by {service:?}",
            remote.base()
        ))
        .help("give the SHA-256 or the key identifier of the service's certificate, or its name")
        .into()),
        (1..=MAX_SERVICES, _) => Ok(digests),
        (count, _) => Err(Failure::new(
            Exit::CannotTell,
            format!("{count} grants are found by {service:?}"),
        )
        .help("say more of the name, or give the SHA-256 of the service's certificate")
        .into()),
    }
}

/// Octets in base64, as trusted lists write key identifiers, in hex.
fn in_hex(text: &str) -> Option<String> {
    let is_hex = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex {
        return Some(text.to_ascii_lowercase());
    }
    // A name of letters only might be base64 too; a padded one is none.
    let octets = STANDARD.decode(text).ok()?;
    let padded = text.ends_with('=');
    (padded && KEY_IDENTIFIER_BYTES.contains(&octets.len())).then(|| hex::encode(octets))
}

fn words(answer: &Value) -> String {
    let member = |pointer: &str| text(answer, pointer);
    let mut words = format!("{}\n", member("/records/0/name"));
    let mut line = |text: std::fmt::Arguments<'_>| add(&mut words, format_args!("{text}\n"));
    match member("/basis") {
        "beforeFirstStatement" => line(format_args!(
            "no status is known at {}: the first statement begins at {}",
            member("/at"),
            member("/until")
        )),
        "day" => line(format_args!(
            "{} on the day of {}; these records know days only",
            member("/state"),
            member("/at")
        )),
        _ => {
            line(format_args!("{} at {}", member("/state"), member("/at")));
            line(format_args!("in its words: {}", member("/sourceStatus")));
            line(format_args!("since {}", member("/since")));
            if !member("/until").is_empty() {
                line(format_args!("until {}", member("/until")));
            }
        }
    }
    if answer.get("source").is_none() {
        return words;
    }
    let number = answer.pointer("/source/document/seriesNumber");
    let number = number.map_or_else(String::new, |number| format!(" no. {number}"));
    line(format_args!(
        "says {}: {}{number}, issued {}, SHA-256 {}",
        member("/source/document/operator"),
        member("/source/system"),
        member("/source/document/issuedAt"),
        member("/source/document/sha256"),
    ));
    line(match member("/source/document/signature") {
        "holds" => format_args!("its signature holds under the certificate it names"),
        "absent" => format_args!("it is not signed"),
        _ => format_args!("its own signature was not verified by the importer"),
    });
    line(format_args!(
        "imported and signed by {}, event {}",
        member("/source/signer/did"),
        member("/source/event")
    ));
    if answer.get("isMissing") == Some(&Value::Bool(true)) {
        line(format_args!(
            "the list issued {} has the service no longer",
            member("/newestDocument/issuedAt")
        ));
    }
    if let Some(days) = answer.get("overdueDays") {
        line(format_args!(
            "the newest list read should have been replaced {days} days ago"
        ));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::in_hex;

    #[test]
    fn key_identifiers_in_both_spellings() {
        assert_eq!(in_hex("SGy22fwuiO0=").unwrap(), "486cb6d9fc2e88ed");
        assert_eq!(in_hex("486CB6D9FC2E88ED").unwrap(), "486cb6d9fc2e88ed");
        assert_eq!(in_hex("LuxTrust"), None);
        assert_eq!(in_hex("VRK Gov. CA"), None);
    }
}
