//! Rules of `Notice` (format.md 2.16).

use crate::fault::Faults;
use crate::notice::{MAX_NOTICE_SUBJECTS, Notice, NoticeSort, NoticeSubject};
use crate::record::Record;

use super::parts::{
    check_count, check_distinct, check_lang_string_given, check_party, check_party_reference,
    check_printed_number, check_record_reference,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &Notice) {
    check_count(faults, "about", &subject.about, 1);
    if subject.about.len() > MAX_NOTICE_SUBJECTS {
        faults.note_at(
            "about",
            "count",
            format!("expected at most {MAX_NOTICE_SUBJECTS}"),
        );
    }
    check_distinct(faults, "about", &subject.about);
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
            faults.require(
                notice.id != record.id,
                "id",
                "itself",
                "expected another notice: none replies to itself",
            );
        });
    }
    check_own_word(faults, record, subject);
}

/// A time to answer that has passed when it is asked, and words that are put into another's mouth.
fn check_own_word(faults: &mut Faults, record: &Record, subject: &Notice) {
    if let Some(last) = subject.answer_by
        && last < record.valid_from.day()
    {
        faults.note_at(
            "answerBy",
            "order",
            format!("expected {} or later", record.valid_from.day()),
        );
    }
    let warns = matches!(
        subject.sort,
        NoticeSort::Misuse | NoticeSort::ForgedCertificate
    );
    faults.require(
        warns || record.comity.imported_from.is_none(),
        "sort",
        "importedKind",
        "expected a warning: who asks, answers or responds signs itself",
    );
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
            check_printed_number(faults, &number.number);
            if let Some(issuer) = &number.issuer {
                faults.member("issuer", |faults| check_party(faults, issuer));
            }
        });
    }
    if let Some(party) = &about.party {
        faults.member("party", |faults| check_party(faults, party));
    }
}
