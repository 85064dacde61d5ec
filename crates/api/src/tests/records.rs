//! Reading records: views, documents, proofs, history, printed links.

use comity_model::record::{Kind, Subject};
use comity_model::status::Action;
use comity_model::takedown::Takedown;
use comity_signature::canonical::to_canonical;
use comity_signature::digest::{sha256, to_multibase};
use comity_tlog::entry::Entry;
use comity_tlog::note::Vkey;
use comity_tlog::receipt::Receipt;
use serde_json::Value;

use crate::Options;
use crate::testing::{
    AUTHORITY, attestation, by_laboratory, digest_of, filled, grant, record, registration, signed,
    suspension, uuid, with,
};

#[tokio::test]
async fn a_record_is_found_under_each_of_its_names() {
    let tested = filled().await;
    let body = signed(&attestation(2));
    let names = [uuid(2), format!("urn:uuid:{}", uuid(2)), digest_of(&body)];
    for name in names {
        let view = tested.get(&format!("/v1/records/{name}")).await.json(200);
        assert_eq!(view["certificateNumber"], "SE-0002");
        assert_eq!(view["state"], "active");
        assert_eq!(view["stateAsOf"], "2026-11-23T08:00:00Z");
        assert_eq!(view["signers"][0]["did"], crate::testing::AUTHORITY);
        assert_eq!(view["log"][0]["index"], 1);
        let document: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(view["document"], document);
    }
}

#[tokio::test]
async fn what_is_not_held_is_not_found_and_what_is_no_name_is_refused() {
    let tested = filled().await;
    for tail in ["", "/document", "/proof", "/history", "/status-events"] {
        let path = format!("/v1/records/{}{tail}", uuid(99));
        let problem = tested.get(&path).await.problem("not-found");
        assert_eq!(problem["instance"], path);
        let path = format!("/v1/records/SE-0002{tail}");
        assert_eq!(tested.get(&path).await.wrong_parameter(), "id");
        let path = format!("/v1/records/{}{tail}?extra=1", uuid(2));
        assert_eq!(tested.get(&path).await.wrong_parameter(), "extra");
    }
    let upper = digest_of(b"").to_uppercase();
    assert_eq!(
        tested
            .get(&format!("/v1/records/{upper}"))
            .await
            .wrong_parameter(),
        "id"
    );
}

#[tokio::test]
async fn several_documents_under_one_id_are_listed() {
    let tested = filled().await;
    // The same issuer would be refused; another one has ids of its own.
    tested
        .post("/v1/records", "application/vc", signed(&registration(3)))
        .await
        .json(201);
    let twin = by_laboratory(attestation(2));
    let outcome = tested
        .post("/v1/records", "application/vc", twin.clone())
        .await;
    outcome.json(201);
    let several = tested
        .get(&format!("/v1/records/{}", uuid(2)))
        .await
        .json(300);
    assert_eq!(several["candidates"].as_array().unwrap().len(), 2);
    let digest = digest_of(&twin);
    let path = format!("/v1/records/{}/document?digest={digest}", uuid(2));
    assert_eq!(tested.get(&path).await.body, twin);
    let printed = &several["candidates"][1]["documentDigest"].as_str().unwrap()[..24];
    let view = tested
        .get(&format!("/r/{}?d={printed}", uuid(2)))
        .await
        .json(200);
    assert_eq!(
        view["documentDigest"],
        several["candidates"][1]["documentDigest"]
    );
    assert_eq!(tested.get(&format!("/r/{}", uuid(2))).await.status, 300);
}

#[tokio::test]
async fn a_document_is_its_exact_bytes_for_ever() {
    let tested = filled().await;
    let body = signed(&attestation(2));
    let path = format!("/v1/records/{}/document", uuid(2));
    let reply = tested.get_with(&path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(reply.body, body);
    assert_eq!(reply.header("content-type"), "application/vc");
    assert_eq!(reply.header("etag"), format!("\"{}\"", digest_of(&body)));
    assert_eq!(
        reply.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let etag = reply.header("etag");
    for held in [etag.clone(), format!("\"other\", W/{etag}"), "*".to_owned()] {
        let reply = tested.get_with(&path, &[("if-none-match", &held)]).await;
        assert_eq!((reply.status.as_u16(), reply.body.len()), (304, 0));
        assert_eq!(reply.header("etag"), etag);
    }
    let other = tested
        .get_with(&path, &[("if-none-match", "\"other\"")])
        .await;
    assert_eq!(other.status, 200);
    let digest = format!("{path}?digest={}", digest_of(b"other"));
    tested.get(&digest).await.problem("not-found");
    assert_eq!(
        tested
            .get(&format!("{path}?digest=zz"))
            .await
            .wrong_parameter(),
        "digest"
    );
}

#[tokio::test]
async fn a_view_is_unchanged_until_the_log_grows_or_the_hour_ends() {
    let tested = filled().await;
    let path = format!("/v1/records/{}", uuid(2));
    let etag = tested.get(&path).await.header("etag");
    assert!(etag.starts_with("W/"));
    let held = [("if-none-match", etag.as_str())];
    assert_eq!(tested.get_with(&path, &held).await.status, 304);

    tested
        .node
        .clock()
        .set("2026-11-23T09:00:00Z".parse().unwrap());
    let reply = tested.get_with(&path, &held).await;
    assert_eq!(reply.status, 200);
    let etag = reply.header("etag");
    let held = [("if-none-match", etag.as_str())];
    assert_eq!(tested.get_with(&path, &held).await.status, 304);
    tested
        .post("/v1/records", "application/vc", signed(&grant(5)))
        .await
        .json(201);
    assert_eq!(tested.get_with(&path, &held).await.status, 200);
}

#[tokio::test]
async fn a_receipt_verifies() {
    let tested = filled().await;
    let body = signed(&attestation(2));
    let reply = tested.get(&format!("/v1/records/{}/proof", uuid(2))).await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-type").starts_with("text/plain"));
    let receipt = Receipt::parse(&reply.body).unwrap();
    let digest = comity_signature::digest::record_digest(&body);
    let entry = Entry::record("Attestation", digest, body.len() as u64).unwrap();
    let logs = tested.get("/v1/logs").await.json(200);
    let vkey = Vkey::parse(logs["items"][0]["vkey"].as_str().unwrap()).unwrap();
    let included = receipt
        .verify(&entry.encode(), &vkey, &[vkey.as_cosigner()])
        .unwrap();
    assert_eq!((included.index(), included.size()), (1, 2));
}

#[tokio::test]
async fn history_lists_events_and_the_revisions_before() {
    let tested = filled().await;
    let first = attestation(2);
    let mut second = attestation(4);
    second.comity.replaces = Some(comity_model::reference::RecordReference {
        authority: crate::testing::AUTHORITY.to_owned(),
        issuer: crate::testing::AUTHORITY.to_owned(),
        id: first.id.clone(),
        digest_multibase: comity_signature::digest::to_multibase(comity_signature::digest::sha256(
            &comity_signature::canonical::to_canonical(&first.to_value()).unwrap(),
        )),
    });
    tested
        .post("/v1/records", "application/vc", signed(&second))
        .await
        .json(201);
    let event = suspension(6, &second);
    tested
        .post("/v1/records", "application/vc", signed(&event))
        .await
        .json(201);
    let history = tested
        .get(&format!("/v1/records/{}/history", uuid(4)))
        .await
        .json(200);
    assert_eq!(history["items"][0]["event"]["id"], event.id);
    assert_eq!(history["revisions"][0]["id"], first.id);
    let older = tested
        .get(&format!("/v1/records/{}", uuid(2)))
        .await
        .json(200);
    assert_eq!(older["state"], "superseded");
}

#[tokio::test]
async fn a_printed_link_that_leads_nowhere_says_so_in_the_language_of_the_browser() {
    let tested = with(Options {
        pages: Some(axum::Router::new()),
        ..Options::default()
    })
    .await;
    let browser = [
        ("accept", "text/html,*/*;q=0.8"),
        ("accept-language", "fr, en;q=0.5"),
    ];
    for asked in [
        format!("{}?d={}&in=JP", uuid(99), "0".repeat(24)),
        format!("{}?in=Japan", uuid(99)),
        "SE-0002".to_owned(),
    ] {
        let path = format!("/r/{asked}");
        let reply = tested.get_with(&path, &browser).await;
        assert_eq!(reply.status, 303, "{path}: {}", reply.text());
        assert_eq!(reply.header("location"), format!("/fr/records/{asked}"));
        assert!(reply.header("vary").contains("accept-language"), "{path}");
        let json = tested
            .get_with(&path, &[("accept", "application/json")])
            .await;
        assert!(json.status.is_client_error(), "{path}");
        // A cache must not give a browser the problem that a program was told.
        let vary = json.header("vary");
        assert!(vary.contains("accept, accept-language"), "{path}: {vary}");
    }
    // Without pages there is nothing to lead to.
    let bare = filled().await;
    let path = format!("/r/{}", uuid(99));
    bare.get_with(&path, &browser).await.problem("not-found");
}

#[tokio::test]
async fn a_printed_link_leads_on() {
    let tested = filled().await;
    let body = signed(&attestation(2));
    let path = format!("/r/{}", uuid(2));
    let view = tested.get(&path).await.json(200);
    assert_eq!(view["certificateNumber"], "SE-0002");
    let reply = tested
        .get_with(&path, &[("accept", "application/vc")])
        .await;
    assert_eq!(reply.body, body);
    assert_eq!(reply.header("vary").matches("accept").count().min(1), 1);
    let reply = tested
        .get_with(&path, &[("accept", "text/html,*/*;q=0.8")])
        .await;
    assert_eq!(reply.status, 303);
    let target = reply.header("location");
    assert_eq!(
        tested.get(&target).await.json(200)["certificateNumber"],
        "SE-0002"
    );

    let printed = &view["documentDigest"].as_str().unwrap()[..24];
    assert_eq!(tested.get(&format!("{path}?d={printed}")).await.status, 200);
    let other = format!("{path}?d={}", "0".repeat(24));
    tested.get(&other).await.problem("not-found");
    for d in ["0".repeat(23), "0".repeat(25), "Z".repeat(24)] {
        assert_eq!(
            tested.get(&format!("{path}?d={d}")).await.wrong_parameter(),
            "d"
        );
    }
    assert_eq!(tested.get("/r/SE-0002").await.wrong_parameter(), "uuid");
    tested
        .get(&format!("/r/{}", uuid(99)))
        .await
        .problem("not-found");
}

#[tokio::test]
async fn what_lifts_and_what_is_lifted_name_each_other_and_a_past_day_tells_what_came_later() {
    let tested = filled().await;
    let post = |body: Vec<u8>| tested.post("/v1/records", "application/vc", body);
    let suspended = suspension(4, &attestation(2));
    post(signed(&suspended)).await.json(201);
    let asked = format!("/v1/recognition?record={}&in=SE", uuid(2));
    let earlier = format!("{asked}&on=2026-11-22");
    let answer = tested.get(&earlier).await.json(200);
    assert_eq!(answer["later"]["state"], "suspended", "{answer}");
    let said = answer["laterInWords"].as_str().unwrap();
    assert!(said.starts_with("Since that day: suspended"), "{said}");
    let text = tested.get_with(&earlier, &[("accept", "text/plain")]).await;
    assert!(text.text().contains(said), "{}", text.text());
    let today = tested.get(&asked).await.json(200);
    assert!(today.get("later").is_none(), "{today}");
    assert!(today.get("laterInWords").is_none(), "{today}");

    let mut reinstated = suspension(5, &attestation(2));
    if let Subject::StatusEvent(event) = &mut reinstated.subject {
        event.action = Action::Reinstate;
        let document = to_canonical(&suspended.to_value()).unwrap();
        event.subjects[0].sequence = 2;
        event.subjects[0].previous_event = Some(to_multibase(sha256(&document)));
    }
    post(signed(&reinstated)).await.json(201);
    let path = format!("/v1/records/{}/status-events", uuid(2));
    let events = tested.get(&path).await.json(200);
    let (first, second) = (&events["items"][0]["event"], &events["items"][1]["event"]);
    assert_eq!(first["action"], "suspend", "{events}");
    assert_eq!(first["liftedBy"], second["recordDigest"]);
    assert_eq!(second["lifts"], serde_json::json!([first["recordDigest"]]));
    assert!(first.get("lifts").is_none() && second.get("liftedBy").is_none());
    let answer = tested.get(&earlier).await.json(200);
    assert!(answer.get("later").is_none(), "{answer}");
}

#[tokio::test]
async fn a_number_that_was_taken_down_is_told_by_search_and_verdict() {
    let tested = filled().await;
    let body = signed(&attestation(2));
    let found = tested.get("/v1/records?number=SE-0002").await.json(200);
    assert!(found.get("takenDown").is_none(), "{found}");
    let view = tested
        .get(&format!("/v1/records/{}", uuid(2)))
        .await
        .json(200);
    let document: [u8; 32] = hex::decode(view["documentDigest"].as_str().unwrap())
        .unwrap()
        .try_into()
        .unwrap();
    let mut takedown = record(Kind::Takedown, 22);
    takedown.subject = Subject::Takedown(Box::new(Takedown {
        authority: AUTHORITY.to_owned(),
        issuer: AUTHORITY.to_owned(),
        id: attestation(2).id,
        kind: Kind::Attestation.name().to_owned(),
        record_digest: to_multibase(sha256(&body)),
        document_digest: to_multibase(document),
        legal_basis: "Order 7".to_owned(),
    }));
    let order = signed(&takedown);
    let posted = tested.post("/v1/records", "application/vc", order.clone());
    posted.await.json(201);
    tested.node.indexed().await;
    let told = serde_json::json!([{
        "recordDigest": digest_of(&body),
        "on": "2026-11-23",
        "by": AUTHORITY,
        "legalBasis": "Order 7",
        "takedown": digest_of(&order),
    }]);
    for path in ["/v1/records?number=se%200002", "/v1/records?q=SE-0002"] {
        let found = tested.get(path).await.json(200);
        assert_eq!(found["total"]["value"], 0, "{path}: {found}");
        assert_eq!(found["takenDown"], told, "{path}: {found}");
    }
    let other = tested.get("/v1/records?number=SE-0003").await.json(200);
    assert!(other.get("takenDown").is_none(), "{other}");
    let answer = tested
        .get("/v1/recognition?record=SE-0002&in=SE")
        .await
        .json(200);
    let decisive = answer["decisiveStep"].as_u64().unwrap();
    assert_eq!(
        answer["steps"][usize::try_from(decisive).unwrap() - 1]["code"],
        "record.takenDown",
        "{answer}"
    );
}
