//! Lists that point to other lists.

use comity_model::arrangement::Phase;
use comity_model::participation::Participant;

use super::*;

fn pointer(territory: &str, agreement: &str) -> String {
    format!(
        r"<OtherTSLPointer><TSLLocation>https://{}.example/tl.xml</TSLLocation><AdditionalInformation>
<OtherInformation><TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric</TSLType></OtherInformation>
<OtherInformation><SchemeTerritory>{territory}</SchemeTerritory></OtherInformation>
<OtherInformation>{agreement}</OtherInformation></AdditionalInformation></OtherTSLPointer>",
        territory.to_ascii_lowercase()
    )
}

/// An agreement of one equivalence with these changes, the newest first.
fn agreement(changes: &[(&str, &str)]) -> String {
    let change = |(word, since): &(&str, &str)| {
        format!(
            "<m:TrustServiceEquivalenceStatus>http://x.example/mra/{word}</m:TrustServiceEquivalenceStatus><m:TrustServiceEquivalenceStatusStartingTime>{since}</m:TrustServiceEquivalenceStatusStartingTime>"
        )
    };
    let (now, history) = changes.split_first().unwrap();
    let history: Vec<String> = history
        .iter()
        .map(|one| format!("<m:TrustServiceEquivalenceHistoryInstance>{}</m:TrustServiceEquivalenceHistoryInstance>", change(one)))
        .collect();
    let history = history.concat();
    format!(
        r#"<m:MutualRecognitionAgreementInformation xmlns:m="urn:mra" MRADepth="1"><m:TrustServiceEquivalenceInformation>
<m:TrustServiceLegalIdentifier>QCForESig</m:TrustServiceLegalIdentifier>
<m:TrustServiceTSLTypeListPointedParty><m:TrustServiceTSLType><ServiceTypeIdentifier>http://zz.example/QC</ServiceTypeIdentifier></m:TrustServiceTSLType></m:TrustServiceTSLTypeListPointedParty>
{}<m:TrustServiceEquivalenceHistory>{history}</m:TrustServiceEquivalenceHistory>
</m:TrustServiceEquivalenceInformation></m:MutualRecognitionAgreementInformation>"#,
        change(now)
    )
}

fn lists(number: u32, day: u32, pointers: &str) -> TrustedList {
    let text = list(number, day, "").replace("<SchemeTerritory>XS", "<SchemeTerritory>EU");
    let text = text.replace(
        "<ListIssueDateTime>",
        &format!("<PointersToOtherTSL>{pointers}</PointersToOtherTSL><ListIssueDateTime>"),
    );
    let mut list = parsed(&text);
    list.providers.clear();
    list
}

fn transcribed(list: &TrustedList, known: &mut Texts) -> Vec<Record> {
    let records = transcribe(list, &source(list), known);
    for record in &records {
        assert_eq!(record.validate(), [], "{}", record.name);
        known.add(record, &digest(record));
    }
    records
}

/// Who takes part, and until when.
fn parts(records: &[Record]) -> Vec<(String, Option<String>)> {
    let parts = records.iter().filter_map(|record| match &record.subject {
        Subject::Participation(subject) => {
            let Participant::Economy(economy) = &subject.participant else {
                return None;
            };
            Some((
                economy.clone(),
                subject.period.until.map(|until| until.to_string()),
            ))
        }
        _ => None,
    });
    parts.collect()
}

#[test]
fn whose_lists_are_pointed_to_takes_part() {
    let mut known = Texts::new(SIGNER);
    let all = pointer("EU", "") + &pointer("EL", "") + &pointer("UK", "") + &pointer("EL", "");
    let first = lists(1, 1, &all);
    let records = transcribed(&first, &mut known);
    let open = |code: &str| (code.to_owned(), None);
    assert_eq!(parts(&records), [open("GR"), open("GB")]);
    assert_eq!(records.len(), 3);
    assert!(transcribed(&first, &mut known).is_empty());
    // A later list that says the same; one that leaves one out.
    assert!(transcribed(&lists(2, 2, &all), &mut known).is_empty());
    let records = transcribed(
        &lists(3, 9, &(pointer("EU", "") + &pointer("EL", ""))),
        &mut known,
    );
    let ended = ("GB".to_owned(), Some("2019-07-08".to_owned()));
    assert_eq!(parts(&records), [ended]);
    let [arrangement, participation] = records.as_slice() else {
        panic!("{records:?}")
    };
    assert!(arrangement.comity.replaces.is_some() && participation.comity.replaces.is_some());
}

/// Phase, first and last day of each chapter.
fn chapters(changes: &[(&str, &str)]) -> Vec<(Phase, String, Option<String>)> {
    let list = lists(
        1,
        1,
        &(pointer("EL", "") + &pointer("ZZ", &agreement(changes))),
    );
    assert_eq!(list.faults, []);
    let records = transcribed(&list, &mut Texts::new(SIGNER));
    let agreements = records.iter().filter_map(|record| match &record.subject {
        Subject::Arrangement(subject) if subject.id.ends_with("#mra-eu-zz") => Some(subject),
        _ => None,
    });
    let chapters = agreements.flat_map(|agreement| &agreement.chapters);
    chapters
        .map(|chapter| {
            let until = chapter.period.until.map(|until| until.to_string());
            (chapter.phase, chapter.period.from.to_string(), until)
        })
        .collect()
}

#[test]
fn an_equivalence_is_in_force_from_its_enactment_to_its_repeal() {
    let from = |day: &str, until: Option<&str>| {
        (Phase::Operational, day.to_owned(), until.map(str::to_owned))
    };
    assert_eq!(
        chapters(&[("enacted", "2020-05-16T23:59:59Z")]),
        [from("2020-05-16", None)]
    );
    assert_eq!(
        chapters(&[
            ("enacted", "2023-02-01T00:00:00Z"),
            ("repealed", "2022-01-01T12:00:00Z"),
            ("enacted", "2020-05-16T23:59:59Z"),
        ]),
        [
            from("2020-05-16", Some("2021-12-31")),
            from("2023-02-01", None),
        ]
    );
    assert_eq!(
        chapters(&[("repealed", "2022-01-01T12:00:00Z")]),
        [(Phase::Repealed, "2022-01-01".to_owned(), None)]
    );
}

#[test]
fn an_equivalence_of_another_word_is_left_out_with_its_pointer() {
    let text =
        pointer("EL", "") + &pointer("ZZ", &agreement(&[("paused", "2020-05-16T23:59:59Z")]));
    let list = lists(1, 1, &text);
    let [fault] = list.faults.as_slice() else {
        panic!("{:?}", list.faults)
    };
    assert_eq!(fault.column, "TrustServiceEquivalenceStatus");
    assert_eq!(list.pointers.len(), 1);
}
