//! A paper in plain words, for people who are about to sign it.

use comity_model::federation::{FederationList, FederationMember, MemberKeys, Terms};
use comity_model::record::{Record, Subject};
use comity_model::text::projected;
use comity_signature::digest;
use serde_json::{Value, json};

use super::{Paper, Rule};
use crate::output::add;

/// Everything that `paper` says, its digest in words, and who has signed it.
pub(crate) fn words(paper: &Paper, rule: Option<&Rule>) -> String {
    let mut words = match &paper.record.subject {
        Subject::FederationList(list) => of_list(list),
        Subject::MemberKeys(keys) => of_keys(keys, &paper.record.issuer.id),
        _ => String::new(),
    };
    words.push_str(&of_record(&paper.record));
    add(&mut words, format_args!("\n{}", digest_words(paper)));
    words.push_str("\nSigned by\n");
    if paper.signed.is_empty() {
        words.push_str("  nobody yet\n");
    }
    for signer in &paper.signed {
        add(&mut words, format_args!("  {signer}\n"));
    }
    if let Some(rule) = rule {
        words.push_str(&standing_words(paper, rule));
    }
    words
}

/// The digest as it is read aloud and as it is written.
pub(crate) fn digest_words(paper: &Paper) -> String {
    format!(
        "Read aloud, and compare letter by letter:\n  words      {}\n  digest     {}\n  as pinned  {}\n",
        digest::words(&paper.digest),
        digest::to_hex(&paper.digest),
        digest::to_multibase(paper.digest),
    )
}

/// Which groups have signed, and who is missing.
pub(crate) fn standing_words(paper: &Paper, rule: &Rule) -> String {
    let mut words = String::new();
    for standing in rule.standing(&paper.signed) {
        let state = if standing.is_met() {
            "enough".to_owned()
        } else {
            let more = standing.needed - standing.signed.len();
            format!("{more} more must sign")
        };
        add(
            &mut words,
            format_args!(
                "{}: {} of {} needed have signed: {state}\n",
                capitalised(&standing.what),
                standing.signed.len(),
                standing.needed,
            ),
        );
        for open in standing.open {
            add(&mut words, format_args!("  not yet    {open}\n"));
        }
    }
    words
}

/// The same for programs.
pub(crate) fn value(paper: &Paper, rule: Option<&Rule>) -> Value {
    let subject: Value = serde_json::from_slice(&paper.bytes)
        .map(|mut document: Value| document["credentialSubject"].take())
        .unwrap_or_default();
    let groups = rule.map(|rule| {
        let standings = rule.standing(&paper.signed);
        let groups = standings.iter().map(|standing| {
            json!({
                "who": standing.what, "needed": standing.needed,
                "signed": standing.signed, "open": standing.open, "met": standing.is_met(),
            })
        });
        groups.collect::<Vec<_>>()
    });
    let complete = rule.map(|rule| is_complete(paper, rule));
    json!({
        "kind": paper.record.kind().name(),
        "version": paper.version(),
        "documentDigest": digest::to_hex(&paper.digest),
        "digestMultibase": digest::to_multibase(paper.digest),
        "words": digest::words(&paper.digest),
        "signed": paper.signed,
        "groups": groups,
        "complete": complete,
        "says": subject,
    })
}

/// Whether every group has signed in its number.
pub(crate) fn is_complete(paper: &Paper, rule: &Rule) -> bool {
    let mut standings = rule.standing(&paper.signed).into_iter();
    standings.all(|standing| standing.is_met())
}

/// What stands around the list itself: names are shown to people by every program that reads it.
fn of_record(record: &Record) -> String {
    format!(
        "\nThe record\n  title       {}\n  issued by   {} ({})\n  authority   {}\n  language    {}\n  id          {}\n",
        projected(&record.name),
        projected(&record.issuer.name),
        record.issuer.id,
        record.comity.authority,
        record.comity.language,
        record.id,
    )
}

fn of_list(list: &FederationList) -> String {
    let mut words = format!(
        "Federation list, version {}{}\n  in effect  {} to {}\n",
        list.version,
        after(list.previous.as_deref()),
        list.effective_from,
        list.valid_until,
    );
    add(
        &mut words,
        format_args!("\nKeyholders, of whom {} must sign\n", list.threshold),
    );
    for holder in &list.keyholders {
        add(
            &mut words,
            format_args!("  {}\n{}", holder.did, key_words(&holder.key)),
        );
    }
    add(
        &mut words,
        format_args!("\n{} members\n", list.members.len()),
    );
    for member in &list.members {
        words.push_str(&of_member(member));
    }
    let threshold = list.cosigners.threshold;
    add(
        &mut words,
        format_args!(
            "\n{} cosigners{}\n",
            list.cosigners.members.len(),
            threshold.map_or(String::new(), |number| format!(
                ", at least {number} lines needed"
            )),
        ),
    );
    for cosigner in &list.cosigners.members {
        let key = cosigner.vkey.as_deref();
        add(
            &mut words,
            format_args!(
                "  {}  {}\n",
                cosigner.economy,
                key.map_or("by its own mirror key".to_owned(), projected)
            ),
        );
    }
    words
}

fn of_member(member: &FederationMember) -> String {
    let mut words = format!(
        "  {} {}: {} of {} roots sign\n",
        member.economy,
        member.authority,
        member.root_threshold,
        member.root_keys.len()
    );
    if let Some(url) = &member.url {
        add(
            &mut words,
            format_args!("    node     {}\n", projected(url)),
        );
    }
    if let Some(origin) = &member.log_at {
        add(
            &mut words,
            format_args!("    guest    publishes in {}\n", projected(origin)),
        );
    }
    for key in &member.root_keys {
        words.push_str(&key_words(key));
    }
    words
}

fn of_keys(keys: &MemberKeys, authority: &str) -> String {
    let mut words = format!(
        "Keys of {} ({authority}), version {}{}\n  in effect  from {}\n",
        keys.economy,
        keys.version,
        after(keys.previous.as_deref()),
        keys.effective_from,
    );
    if let Some(roots) = &keys.roots {
        add(
            &mut words,
            format_args!(
                "\nRoots from now on, of which {} must sign\n",
                roots.threshold
            ),
        );
        for key in &roots.keys {
            words.push_str(&key_words(key));
        }
    }
    let named = [
        ("Log keys", &keys.log_keys),
        ("Mirror keys", &keys.mirror_keys),
        ("Witness keys", &keys.witness_keys),
    ];
    for (what, list) in named {
        heading(&mut words, what, list.len());
        for entry in list {
            let period = period(&entry.from.to_string(), entry.until);
            add(
                &mut words,
                format_args!("  {}\n    {period}\n", projected(&entry.vkey)),
            );
        }
    }
    heading(&mut words, "Status keys", keys.status_keys.len());
    for entry in &keys.status_keys {
        let period = period(&entry.from.to_string(), entry.until);
        add(
            &mut words,
            format_args!("{}    {period}\n", key_words(&entry.key)),
        );
    }
    heading(
        &mut words,
        "Keys of the authority",
        keys.authority_keys.len(),
    );
    for entry in &keys.authority_keys {
        let period = period(&entry.from.to_string(), entry.until);
        let reason = serde_json::to_value(entry.reason).unwrap_or_default();
        let reason = reason
            .as_str()
            .map_or(String::new(), |reason| format!(" ({reason})"));
        add(
            &mut words,
            format_args!("{}    {period}{reason}\n", key_words(&entry.key)),
        );
    }
    if let Some(terms) = &keys.terms {
        words.push_str(&of_terms(terms));
    }
    words
}

fn of_terms(terms: &Terms) -> String {
    let mut words = String::new();
    add(
        &mut words,
        format_args!(
            "\nTerms of the data\n  licence     {}\n  attribution {}\n  corrections {}\n",
            projected(&terms.licence),
            projected(&terms.attribution),
            projected(&terms.correction.office),
        ),
    );
    let office = &terms.correction;
    let ways = [
        ("mailbox", &office.email),
        ("page", &office.url),
        ("telephone", &office.telephone),
    ];
    for (what, way) in ways {
        let Some(way) = way else { continue };
        add(
            &mut words,
            format_args!("  {what:<11} {}\n", projected(way)),
        );
    }
    words
}

fn heading(words: &mut String, what: &str, number: usize) {
    let none = if number == 0 { ": none" } else { "" };
    add(words, format_args!("\n{what}{none}\n"));
}

fn after(previous: Option<&str>) -> String {
    previous.map_or(String::new(), |digest| format!(", after {digest}"))
}

fn period(from: &str, until: Option<comity_model::date::Instant>) -> String {
    until.map_or_else(
        || format!("from {from}"),
        |until| format!("from {from} until {until}"),
    )
}

/// A key, and the words that two people compare.
fn key_words(key: &str) -> String {
    let spoken = crate::registration::spoken(key).unwrap_or_else(|_| "no key".to_owned());
    format!("    {key}\n      {spoken}\n")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
