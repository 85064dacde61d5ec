//! What is published beside certificates: commitments to reports, notices, takedowns.

use anyhow::{Context as _, Result};
use comity_model::commitment::{Commitment, CommittedReport};
use comity_model::date::Day;
use comity_model::notice::{ConfirmationAnswer, Notice, NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::record::Subject;
use comity_model::takedown::Takedown;
use comity_signature::digest::{record_digest, sha256, to_multibase};

use super::cast::Body;
use super::chance::Chance;
use super::sign::{Draft, Signed, sign};
use super::tables::Words;
use super::words::{ASKED, COMMITMENT, CONFIRMED, FORGED, MISUSED};
use super::world::World;

/// Reports of one commitment, at most.
const MOST_REPORTS: u64 = 60;
/// Days before the base day within which authorities wrote.
const WRITTEN_DAYS: u32 = 300;
/// Days within which an answer is asked for, and within which it came.
const ANSWER_DAYS: i32 = 30;

/// That the report `number` of `by` exists, and some others of that day, their contents private.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn commitment(
    chance: &mut Chance,
    by: &Body,
    number: String,
    on: Day,
) -> Result<Signed> {
    let mut numbers = vec![number];
    for further in 1..=chance.below(MOST_REPORTS) {
        numbers.push(format!("{}-{further}", numbers[0]));
    }
    let reports = numbers.into_iter().map(|number| CommittedReport {
        number,
        issued_on: on,
        digest: to_multibase(sha256(&chance.bits().to_le_bytes())),
    });
    let reports = reports.collect();
    let draft = Draft {
        by,
        on,
        name: by.say(&COMMITMENT).to_owned(),
        replaces: None,
        subject: Subject::Commitment(Box::new(Commitment { reports })),
    };
    sign(chance, draft)
}

/// What authorities write about a certificate of `by`: a warning, or a request and its answer.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn notices(
    world: &World,
    chance: &mut Chance,
    about: &Signed,
    by: &Body,
) -> Result<Vec<Signed>> {
    let on = world
        .date
        .plus_days(-chance.days(ANSWER_DAYS.unsigned_abs() + 1, WRITTEN_DAYS));
    let own = &world.cast.authorities[by.economy];
    let record = subject(|subject| subject.record = Some(about.reference.clone()));
    match chance.below(3) {
        0 => {
            let paper = about.paper.as_ref().context("a certificate has a number")?;
            let number = subject(|subject| {
                subject.number = Some(PrintedNumber {
                    number: format!("{}-X", paper.number),
                    issuer: Some(by.party()),
                });
            });
            let forged = notice(NoticeSort::ForgedCertificate, number, own, &FORGED);
            Ok(vec![publish(chance, own, on, &FORGED, forged)?])
        }
        1 => {
            let other = other(world, chance, by)?;
            let misuse = notice(NoticeSort::Misuse, record, other, &MISUSED);
            Ok(vec![publish(chance, other, on, &MISUSED, misuse)?])
        }
        _ => {
            let other = other(world, chance, by)?;
            let asked = Notice {
                addressee: Some(own.reference()),
                answer_by: Some(on.plus_days(ANSWER_DAYS)),
                ..notice(
                    NoticeSort::ConfirmationRequest,
                    record.clone(),
                    other,
                    &ASKED,
                )
            };
            let asked = publish(chance, other, on, &ASKED, asked)?;
            let reply = Notice {
                in_reply_to: Some(asked.reference.clone()),
                answer: Some(ConfirmationAnswer::Confirmed),
                ..notice(NoticeSort::ConfirmationReply, record, own, &CONFIRMED)
            };
            let later = on.plus_days(chance.days(1, ANSWER_DAYS.unsigned_abs()));
            let reply = publish(chance, own, later, &CONFIRMED, reply)?;
            Ok(vec![asked, reply])
        }
    }
}

/// A court has a certificate withheld: the authority of its issuer says so.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn takedown(
    chance: &mut Chance,
    about: &Signed,
    authority: &Body,
    on: Day,
) -> Result<Signed> {
    let reference = &about.reference;
    let takedown = Takedown {
        authority: reference.authority.clone(),
        issuer: reference.issuer.clone(),
        id: reference.id.clone(),
        kind: about.kind.name().to_owned(),
        record_digest: to_multibase(record_digest(&about.body)),
        document_digest: reference.digest_multibase.clone(),
        legal_basis: format!("DEMO court order {}/{}", chance.between(1, 99), on.year()),
    };
    let draft = Draft {
        by: authority,
        on,
        name: "DEMO takedown of a certificate".to_owned(),
        replaces: None,
        subject: Subject::Takedown(Box::new(takedown)),
    };
    sign(chance, draft)
}

fn other<'a>(world: &'a World, chance: &mut Chance, by: &Body) -> Result<&'a Body> {
    let authorities = world.cast.authorities.iter();
    let others: Vec<&Body> = authorities
        .filter(|authority| authority.economy != by.economy)
        .collect();
    chance
        .one_of(&others)
        .copied()
        .context("there is another economy")
}

fn subject(say: impl FnOnce(&mut NoticeSubject)) -> NoticeSubject {
    let mut subject = NoticeSubject {
        record: None,
        number: None,
        party: None,
    };
    say(&mut subject);
    subject
}

fn notice(sort: NoticeSort, about: NoticeSubject, by: &Body, text: &Words) -> Notice {
    Notice {
        sort,
        about: vec![about],
        text: by.both(text),
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: None,
        legal_basis: None,
    }
}

fn publish(
    chance: &mut Chance,
    by: &Body,
    on: Day,
    name: &Words,
    notice: Notice,
) -> Result<Signed> {
    let draft = Draft {
        by,
        on,
        name: by.say(name).to_owned(),
        replaces: None,
        subject: Subject::Notice(Box::new(notice)),
    };
    sign(chance, draft)
}
