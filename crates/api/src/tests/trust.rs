//! `GET /v1/trust`: whose keys a node believes.

use serde_json::json;

use crate::testing::{AUTHORITY, empty, now};

#[tokio::test]
async fn a_new_node_believes_itself_alone() {
    let tested = empty().await;
    let answer = tested.get("/v1/trust").await.json(200);
    let origin = tested.node.config().origin();
    assert_eq!(answer["format"], "comity.trust/v1");
    let node = json!({"name": "Authority", "economy": "SE", "authority": AUTHORITY});
    assert_eq!(answer["node"], node);
    assert_eq!(answer["asOf"], json!(now()));
    let digest = hex::encode(tested.node.policy().digest());
    assert_eq!(answer["policyDigest"], digest);
    assert_eq!(answer["authorities"][0]["did"], AUTHORITY);
    let key = &answer["authorities"][0]["keys"][0]["key"];
    assert!(key.as_str().unwrap().starts_with("z6Mk"));
    let told = tested.get("/v1/node").await.json(200);
    let log = json!([{
        "origin": origin, "vkeys": [{"vkey": told["vkey"]}],
        "datedBy": "self", "economies": ["SE"],
    }]);
    assert_eq!(answer["logs"], log);
    assert_eq!(answer["cosignerSets"], json!([]));
    let unknown = tested.get("/v1/trust?of=SE").await;
    assert_eq!(unknown.status, 400);
}
