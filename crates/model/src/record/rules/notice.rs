//! Rules of `Notice` (format.md 2.16).

use crate::fault::Faults;
use crate::notice::{MAX_NOTICE_SUBJECTS, Notice, NoticeSort, NoticeSubject};
use crate::number::normalise;

use super::parts::{
    check_count, check_lang_string_given, check_party, check_party_reference,
    check_record_reference,
};

pub(super) fn check(faults: &mut Faults, subject: &Notice) {
    check_count(faults, "about", &subject.about, 1);
    if subject.about.len() > MAX_NOTICE_SUBJECTS {
        faults.note_at(
            "about",
            "count",
            format!("expected at most {MAX_NOTICE_SUBJECTS}"),
        );
    }
    faults.each("about", &subject.about, |faults, _, about| {
        check_about(faults, about);
    });
    check_lang_string_given(faults, "text", &subject.text);
    let request = subject.sort == NoticeSort::ConfirmationRequest;
    let reply = subject.sort == NoticeSort::ConfirmationReply;
    let replies = reply || subject.sort == NoticeSort::Response;
    for (name, due, given) in [
        ("addressee", request, subject.addressee.is_some()),
        ("answerBy", request, subject.answer_by.is_some()),
        ("inReplyTo", replies, subject.in_reply_to.is_some()),
        ("answer", reply, subject.answer.is_some()),
    ] {
        if due != given {
            faults.note_at(
                name,
                "noticeSort",
                "expected with the sort it belongs to, and only then",
            );
        }
    }
    if let Some(addressee) = &subject.addressee {
        faults.member("addressee", |faults| {
            check_party_reference(faults, addressee);
        });
    }
    if let Some(notice) = &subject.in_reply_to {
        faults.member("inReplyTo", |faults| {
            check_record_reference(faults, notice);
        });
    }
}

fn check_about(faults: &mut Faults, about: &NoticeSubject) {
    let given = [
        about.record.is_some(),
        about.number.is_some(),
        about.party.is_some(),
    ];
    if given.into_iter().filter(|given| *given).count() != 1 {
        faults.note("about", "expected exactly one of record, number and party");
    }
    if let Some(record) = &about.record {
        faults.member("record", |faults| check_record_reference(faults, record));
    }
    if let Some(number) = &about.number {
        faults.member("number", |faults| {
            faults.require(
                !normalise(&number.number).is_empty(),
                "number",
                "number",
                "expected a number with letters or digits",
            );
            if let Some(issuer) = &number.issuer {
                faults.member("issuer", |faults| check_party(faults, issuer));
            }
        });
    }
    if let Some(party) = &about.party {
        faults.member("party", |faults| check_party(faults, party));
    }
}
