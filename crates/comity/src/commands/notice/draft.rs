//! The notice as a record: what it is about, whom it asks, what it answers.

use anyhow::Result;
use comity_model::date::Instant;
use comity_model::notice::{Notice, NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::party::{NamedParty, PartyReference, is_did};
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, PublicationBasis, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::text::LangString;
use comity_node::config::new_record_id;
use comity_node::remote::Remote;
use comity_signature::digest;
use serde_json::Value;

use super::{About, Said};
use crate::asking::{self, Signer, text};
use crate::commands::show::{Found, find};
use crate::exit::{Exit, Failure};
use crate::lint::words_of;
use crate::output::text_of;
use crate::words::text_in_language;

/// What the options name.
pub(super) async fn about(remote: &Remote, options: &About) -> Result<Vec<NoticeSubject>> {
    let mut about = Vec::new();
    for name in &options.records {
        let view = held(remote, name).await?;
        about.push(NoticeSubject {
            record: Some(cited(&view, name)?),
            ..nothing()
        });
    }
    let under = options.under.as_deref();
    let issuer = match &options.issuer {
        Some(issuer) => Some(party(remote, issuer, under).await?),
        None => None,
    };
    for number in &options.number {
        about.push(NoticeSubject {
            number: Some(PrintedNumber {
                number: number.clone(),
                issuer: issuer.clone(),
            }),
            ..nothing()
        });
    }
    for name in &options.party {
        about.push(NoticeSubject {
            party: Some(party(remote, name, under).await?),
            ..nothing()
        });
    }
    if about.is_empty() {
        return Err(Failure::usage("it is not said what the notice is about")
            .help("name a record with --about, a number with --number, or a party with --party")
            .into());
    }
    Ok(about)
}

fn nothing() -> NoticeSubject {
    NoticeSubject {
        record: None,
        number: None,
        party: None,
    }
}

/// A registered party by its DID, with the authority that answers for it, or a name.
async fn party(remote: &Remote, name: &str, under: Option<&str>) -> Result<NamedParty> {
    if !is_did(name) {
        return Ok(NamedParty::named(name));
    }
    if let Some(authority) = under {
        return Ok(NamedParty::registered(name, authority, name));
    }
    let known = signer(remote, name, "--under").await?;
    Ok(NamedParty::registered(name, &known.authority, &known.name))
}

/// A party and the authority that answers for it.
pub(super) async fn reference(
    remote: &Remote,
    did: &str,
    authority: Option<&str>,
) -> Result<PartyReference> {
    let registered_by = match authority {
        Some(authority) => authority.to_owned(),
        None => signer(remote, did, "--to-authority").await?.authority,
    };
    Ok(PartyReference {
        id: did.to_owned(),
        registered_by,
    })
}

async fn signer(remote: &Remote, did: &str, option: &str) -> Result<Signer> {
    asking::signer_of(remote, did, None).await.map_err(|_| {
        Failure::usage(format!(
            "{} does not tell whose body {did} is",
            remote.base()
        ))
        .help(format!(
            "name its authority with {option} DID; an authority is its own"
        ))
        .into()
    })
}

/// A notice of that sort, without what belongs to single sorts.
pub(super) fn notice(sort: NoticeSort, about: Vec<NoticeSubject>, said: &Said) -> Notice {
    let texts = said.text.iter().map(|text| text_in_language(text));
    let text = texts.fold(LangString::default(), |texts, (lang, text)| {
        texts.and(lang.unwrap_or("en"), text)
    });
    Notice {
        sort,
        about,
        text,
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: said.terms.clone(),
        legal_basis: said.legal_basis.clone(),
    }
}

/// An answer to a notice that the node holds, about the same things.
pub(super) async fn answered(
    remote: &Remote,
    name: &str,
    sort: NoticeSort,
    said: &Said,
) -> Result<Notice> {
    let view = held(remote, name).await?;
    let about = view
        .pointer("/document/credentialSubject/about")
        .filter(|_| text(&view, "/kind") == "Notice")
        .and_then(|about| serde_json::from_value(about.clone()).ok());
    let Some(about) = about else {
        return Err(Failure::usage(format!("{name} is no notice"))
            .help("find its id with: comity notice list")
            .into());
    };
    let request = text(&view, "/document/credentialSubject/sort") == "confirmationRequest";
    if sort == NoticeSort::ConfirmationReply && !request {
        return Err(
            Failure::usage(format!("{name} is no request for confirmation"))
                .help("answer other notices with: comity notice respond")
                .into(),
        );
    }
    let mut subject = notice(sort, about, said);
    subject.in_reply_to = Some(cited(&view, name)?);
    Ok(subject)
}

async fn held(remote: &Remote, name: &str) -> Result<Value> {
    match find(remote, name).await? {
        Found::One(view) => Ok(*view),
        Found::Several(_) => Err(Failure::new(
            Exit::CannotTell,
            format!("several records fit {name:?}"),
        )
        .help("name the one by its digest: comity show lists them")
        .into()),
    }
}

/// The record of a view, as others cite it.
fn cited(view: &Value, name: &str) -> Result<RecordReference> {
    let digest = digest::from_hex(text(view, "/documentDigest"))
        .ok_or_else(|| Failure::unreadable(format!("the node names no digest of {name}")))?;
    Ok(RecordReference {
        authority: text(view, "/authority").to_owned(),
        issuer: text(view, "/issuer/id").to_owned(),
        id: text(view, "/id").to_owned(),
        digest_multibase: digest::to_multibase(digest),
    })
}

/// The notice as a record, in the language of its first text.
pub(super) fn record(by: &Signer, said: &Said, subject: Notice, now: Instant) -> Result<Record> {
    let by_law = said.legal_basis.is_some();
    let basis = said.basis.unwrap_or(if by_law {
        PublicationBasis::Law
    } else {
        PublicationBasis::OwnStatement
    });
    let first = subject.text.0.first();
    let language = first.map_or("en", |text| text.lang.as_str()).to_owned();
    let title = said.title.clone().unwrap_or_else(|| title(&subject));
    Ok(Record {
        id: new_record_id(now)?,
        issuer: Issuer {
            id: by.did.clone(),
            name: by.name.clone(),
        },
        name: title,
        valid_from: now,
        valid_until: None,
        comity: Envelope {
            authority: by.authority.clone(),
            language,
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis: Some(basis),
        },
        subject: Subject::Notice(Box::new(subject)),
    })
}

fn title(notice: &Notice) -> String {
    let sort = serde_json::to_value(notice.sort).unwrap_or_default();
    let sort = words_of(&text_of(&sort));
    let about = notice.about.first().map(|about| {
        let record = about.record.as_ref().map(|record| record.id.as_str());
        let number = about.number.as_ref().map(|number| number.number.as_str());
        let party = about.party.as_ref().map(|party| party.name.as_str());
        record.or(number).or(party).unwrap_or_default().to_owned()
    });
    format!("{sort}: {}", about.unwrap_or_default())
}
