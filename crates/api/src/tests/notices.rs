//! Notices: under records, in lists, beside verdicts, as a list and as a feed.

use comity_model::notice::{NoticeSort, NoticeSubject};
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::revocation::RevocationReason;
use comity_model::samples::draft;
use comity_signature::canonical::to_canonical;
use comity_signature::digest;
use serde_json::json;

use crate::testing::{
    AUTHORITY, LABORATORY, Tested, attestation, by_laboratory, digest_of, filled, forged, now,
    registration, signed, suspension, uuid,
};

const VC: &str = "application/vc";
const JSON: &str = "application/json";
/// The laboratory's DID in an address.
const OF_LABORATORY: &str = "did%3Aweb%3Alab.example.se";

async fn publish(tested: &Tested, body: Vec<u8>) {
    tested.post("/v1/records", VC, body).await.json(201);
}

fn cited(record: &Record) -> RecordReference {
    let document = to_canonical(&record.to_value()).unwrap();
    let identity = record.identity();
    RecordReference {
        authority: identity.authority,
        issuer: identity.issuer,
        id: identity.id,
        digest_multibase: digest::to_multibase(digest::sha256(&document)),
    }
}

/// The laboratory's registration with notices in its mandate.
fn registration_for_notices(number: u32) -> Record {
    let mut record = registration(number);
    if let Subject::Registration(registration) = &mut record.subject {
        registration.mandate.kinds.push(Kind::Notice);
    }
    record
}

#[tokio::test]
async fn a_forged_number_that_no_record_has_is_warned_of_beside_the_verdict() {
    let tested = filled().await;
    let path = format!("/v1/recognition?record=LAB-999&issuer={OF_LABORATORY}&in=SE");
    let before = tested.get(&path).await.json(200);
    assert_eq!(before["verdict"], "cannotTell");
    assert!(before.get("notices").is_none(), "{before}");
    publish(&tested, signed(&forged(5, "LAB-999"))).await;

    // Of the same moment, the verdict has the same bytes.
    let ask = json!({
        "record": "LAB-999", "issuer": LABORATORY, "in": "SE", "on": before["question"]["on"],
        "knownAt": before["question"]["knownAt"],
    });
    let after = tested.post("/v1/recognition", JSON, ask.to_string()).await;
    let mut after = after.json(200);
    assert_eq!(after["verdictDigest"], before["verdictDigest"]);
    let notices = after.as_object_mut().unwrap().remove("notices").unwrap();
    assert_eq!(after, before, "nothing but the notices is new");
    assert_eq!((&notices["total"], notices.get("cut")), (&json!(1), None));
    let item = &notices["items"][0];
    assert_eq!(item["sort"], "forgedCertificate");
    assert_eq!(item["state"], "active");
    assert_eq!(item["touches"], json!(["number"]));
    assert_eq!(item["by"]["id"], AUTHORITY);
    assert_eq!(item["by"]["isAuthority"], true);
    assert_eq!(item["by"]["economy"], "SE");
    assert_eq!(item["knownSince"], now().to_string());
    let all = tested.get(notices["all"].as_str().unwrap()).await.json(200);
    assert_eq!(all["items"][0]["recordDigest"], item["recordDigest"]);
    assert_eq!((&all["total"], &all["next"]), (&json!(1), &json!(null)));

    let answer = tested.get(&path).await.json(200);
    assert_eq!(answer["notices"]["total"], 1);
    let looked_up = tested.get("/v1/records?number=lab999").await.json(200);
    assert_eq!(looked_up["total"]["value"], 0);
    assert_eq!(looked_up["notices"]["total"], 1);
    // The same number of another issuer is another number.
    let other = path.replace("lab.example.se", "other.example.se");
    let answer = tested.get(&other).await.json(200);
    assert!(answer.get("notices").is_none(), "{answer}");
}

#[tokio::test]
async fn a_record_shows_what_touches_it_and_lists_count() {
    let tested = filled().await;
    let mut warning = forged(5, "x");
    if let Subject::Notice(notice) = &mut warning.subject {
        notice.sort = NoticeSort::Misuse;
        notice.about = vec![NoticeSubject {
            record: Some(cited(&attestation(2))),
            number: None,
            party: None,
        }];
    }
    publish(&tested, signed(&warning)).await;
    let record = format!("/v1/records/{}", uuid(2));
    let view = tested.get(&record).await.json(200);
    assert_eq!(view["notices"]["items"][0]["touches"], json!(["record"]));
    assert_eq!(view["notices"]["items"][0]["id"], warning.id);
    let count = json!({"count": 1, "mostSerious": "misuse"});
    tested.node.indexed().await;
    for path in ["/v1/records?number=SE-0002", "/v1/records?type=Attestation"] {
        let list = tested.get(path).await.json(200);
        assert_eq!(list["items"][0]["noticed"], count, "{path}");
        assert!(list["items"][0].get("notices").is_none(), "{list}");
    }
    let path = format!("/v1/recognition?record={}&in=SE", uuid(2));
    let answer = tested.get(&path).await.json(200);
    assert_eq!(answer["verdict"], "recognised");
    assert_eq!(answer["notices"]["items"][0]["sort"], "misuse");
    let list = tested.get(&format!("/v1/notices?about={}", uuid(2))).await;
    assert_eq!(list.json(200)["total"], 1);
    // Suspended by its own signer it is shown as such, and counts no more.
    publish(&tested, signed(&suspension(6, &warning))).await;
    let view = tested.get(&record).await.json(200);
    assert_eq!(view["notices"]["items"][0]["state"], "suspended");
    let list = tested.get("/v1/records?number=SE-0002").await.json(200);
    assert!(list["items"][0].get("noticed").is_none(), "{list}");
}

#[tokio::test]
async fn the_body_named_responds_and_a_stranger_does_not() {
    let tested = filled().await;
    publish(&tested, signed(&registration_for_notices(3))).await;
    let warning = forged(5, "LAB-999");
    publish(&tested, signed(&warning)).await;
    let mut other = forged(6, "SE-0002");
    if let Subject::Notice(notice) = &mut other.subject {
        let party = notice.about[0].number.as_mut().unwrap();
        party.issuer.as_mut().unwrap().id = Some(AUTHORITY.to_owned());
    }
    publish(&tested, signed(&other)).await;
    for (number, to) in [(7, &warning), (8, &other)] {
        let mut response = forged(number, "LAB-999");
        if let Subject::Notice(notice) = &mut response.subject {
            notice.sort = NoticeSort::Response;
            notice.in_reply_to = Some(cited(to));
        }
        publish(&tested, by_laboratory(response)).await;
    }
    let list = tested.get("/v1/notices?number=LAB-999").await.json(200);
    assert_eq!(list["total"], 1, "an answer stands under what it answers");
    let answers = list["items"][0]["answers"].as_array().unwrap();
    let said: Vec<_> = answers
        .iter()
        .map(|a| (&a["sort"], &a["by"]["id"]))
        .collect();
    assert_eq!(said, [(&json!("response"), &json!(LABORATORY))]);
    let list = tested.get("/v1/notices?number=SE-0002").await.json(200);
    assert!(list["items"][0].get("answers").is_none(), "{list}");
    // The notice's own page shows it with its answers too.
    let view = tested
        .get(&format!("/v1/records/{}", uuid(5)))
        .await
        .json(200);
    assert_eq!(
        view["notices"]["items"][0]["answers"][0]["sort"],
        "response"
    );
}

#[tokio::test]
async fn a_smear_by_one_who_is_not_registered_is_shown_under_nothing() {
    let tested = filled().await;
    // Nobody registered the laboratory yet.
    let smear = by_laboratory(forged(5, "SE-0002"));
    let refused = tested.post("/v1/records", VC, smear.clone()).await;
    refused.problem("not-entitled");
    publish(&tested, signed(&registration_for_notices(3))).await;
    let mut about = forged(5, "SE-0002");
    if let Subject::Notice(notice) = &mut about.subject {
        let number = notice.about[0].number.as_mut().unwrap();
        number.issuer.as_mut().unwrap().id = Some(AUTHORITY.to_owned());
    }
    publish(&tested, by_laboratory(about)).await;
    let record = format!("/v1/records/{}", uuid(2));
    let view = tested.get(&record).await.json(200);
    assert_eq!(view["notices"]["total"], 1);
    // It was not the laboratory: its key was stolen before.
    let mut revocation = draft(Kind::KeyRevocation, AUTHORITY, &uuid_urn(6), now().day());
    revocation.comity.authority = AUTHORITY.to_owned();
    let registered = registration(3);
    let (Subject::KeyRevocation(revoked), Subject::Registration(registered)) =
        (&mut revocation.subject, &registered.subject)
    else {
        panic!("other kinds");
    };
    LABORATORY.clone_into(&mut revoked.id);
    revoked.key.clone_from(&registered.keys[0].key);
    revoked.reason = RevocationReason::KeyCompromise;
    revoked.effective_from = now().plus_seconds(-3_600);
    publish(&tested, signed(&revocation)).await;
    let view = tested.get(&record).await.json(200);
    assert!(view.get("notices").is_none(), "{view}");
    let list = tested.get("/v1/notices").await.json(200);
    assert_eq!(list["items"], json!([]));
    assert_eq!(list["notFromRegisteredAuthorities"], 1);
}

fn uuid_urn(number: u32) -> String {
    format!("urn:uuid:{}", uuid(number))
}

#[tokio::test]
async fn the_feed_is_text_whatever_is_in_it_and_is_sent_once() {
    let tested = filled().await;
    let empty = tested.get("/v1/notices.atom").await;
    assert_eq!(empty.status, 200);
    assert_eq!(empty.text().matches("<entry>").count(), 0);
    let warning = forged(5, "LAB-999");
    let body = signed(&warning);
    publish(&tested, body.clone()).await;
    let feed = tested.get("/v1/notices.atom").await;
    assert_eq!(
        feed.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    let text = feed.text();
    assert!(
        text.contains("[en] Forged &lt;b&gt;&amp;&lt;/b&gt;"),
        "{text}"
    );
    let link = format!("https://nqi.example.se/v1/records/{}", digest_of(&body));
    assert!(text.contains(&format!("<id>{link}</id>")), "{text}");
    assert!(
        text.contains("<updated>2026-11-23T08:00:00Z</updated>"),
        "{text}"
    );
    let etag = feed.header("etag");
    let held = [("if-none-match", etag.as_str())];
    let again = tested.get_with("/v1/notices.atom", &held).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    publish(&tested, signed(&forged(6, "LAB-998"))).await;
    let again = tested.get_with("/v1/notices.atom", &held).await;
    assert_eq!(again.text().matches("<entry>").count(), 2);
    let one = tested.get("/v1/notices.atom?number=LAB-998").await;
    assert_eq!(one.text().matches("<entry>").count(), 1);
}

#[tokio::test]
async fn what_cannot_be_asked_says_which_parameter() {
    let tested = filled().await;
    publish(&tested, signed(&forged(5, "LAB-999"))).await;
    for (query, parameter) in [
        ("about=SE-0002", "about"),
        ("number=-", "number"),
        ("number=1&party=did:web:lab.example", "about"),
        ("issuer=did:web:lab.example", "issuer"),
        ("party=Somebody", "party"),
        ("by=Somebody", "by"),
        ("since=yesterday", "since"),
        ("on=2026-02-30", "on"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
        ("sort=misuse", "sort"),
    ] {
        let reply = tested.get(&format!("/v1/notices?{query}")).await;
        assert_eq!(reply.wrong_parameter(), parameter, "{query}");
    }
    let path = format!("/v1/notices?about={}", uuid(99));
    tested.get(&path).await.problem("not-found");
    publish(&tested, signed(&forged(6, "LAB-999"))).await;
    let page = tested.get("/v1/notices?limit=1").await;
    let link = page.header("link");
    let next = page.json(200)["next"].as_str().unwrap().to_owned();
    assert_eq!(
        link,
        format!("</v1/notices?limit=1&cursor={next}>; rel=\"next\"")
    );
    let page = tested
        .get(&format!("/v1/notices?limit=1&cursor={next}"))
        .await;
    assert_eq!(page.json(200)["next"], json!(null));
}
