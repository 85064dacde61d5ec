//! What every path shares.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request};

use crate::Options;
use crate::testing::{empty, filled, with};

fn request(method: Method, path: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .body(Body::empty())
        .unwrap()
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let tested = empty().await;
    for path in ["/", "/v1", "/v2/records", "/v1/records/", "/log/2026"] {
        tested.get(path).await.problem("not-found");
    }
    for (method, path) in [
        (Method::DELETE, "/v1/records"),
        (Method::PUT, "/v1/recognition"),
        (Method::POST, "/v1/node"),
        (Method::GET, "/v1/records/validate/x"),
        (Method::GET, "/v1/recognition/batch"),
        (Method::POST, "/log/2026/checkpoint"),
        (Method::PATCH, "/health/live"),
    ] {
        let reply = tested.ask(request(method.clone(), path)).await;
        if path.ends_with("/x") {
            reply.problem("not-found");
        } else {
            reply.problem("method-not-allowed");
            assert!(!reply.header("allow").is_empty(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn whatever_hands_out_data_names_its_terms() {
    let tested = empty().await;
    let log = tested.get("/log/2026/checkpoint").await;
    let search = tested.get("/v1/records").await;
    for reply in [log, search] {
        assert_eq!(reply.header("link"), "</v1/logs>; rel=\"license\"");
    }
    for path in ["/v1/node", "/record/00", "/health"] {
        assert_eq!(tested.get(path).await.header("link"), "", "{path}");
    }
}

#[tokio::test]
async fn health_names_what_there_is_to_do() {
    let tested = empty().await;
    let report = tested.get("/health").await.json(200);
    assert_eq!(
        (&report["status"], &report["findings"]),
        (&"ok".into(), &serde_json::json!([]))
    );
    let limit = comity_node::doctor::MAX_HEAD_AGE_SECONDS;
    let later = crate::testing::now().plus_seconds(limit + 1);
    tested.node.clock().set(later);
    let report = tested.get("/health").await.json(200);
    assert_eq!(report["status"], "problem");
    assert_eq!(report["findings"][0]["code"], "log.untended");
}

#[tokio::test]
async fn every_method_of_the_table_is_answered_and_no_other() {
    let tested = empty().await;
    for (path, _, methods) in crate::routes::table() {
        let path = path
            .replace("{*place}", "0/000")
            .replace("{*file}", "index.html");
        let path = path.replace(['{', '}'], "");
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let expected = methods.contains(&method.as_str().to_lowercase().as_str());
            let reply = tested.ask(request(method.clone(), &path)).await;
            assert_eq!(reply.status != 405, expected, "{method} {path}");
            // What a witness answers is written elsewhere (C2SP tlog-witness), and is plain text.
            if reply.status.is_client_error() && path != "/add-checkpoint" {
                let kind = reply.header("content-type");
                assert_eq!(kind, "application/problem+json", "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn head_answers_the_headers_of_get() {
    let tested = filled().await;
    let get = tested.get("/v1/node").await;
    let head = tested.ask(request(Method::HEAD, "/v1/node")).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("etag"), get.header("etag"));
    assert!(head.body.is_empty());
}

#[tokio::test]
async fn requests_have_ids_and_answers_safe_headers() {
    let tested = empty().await;
    let reply = tested
        .get_with("/v1/node", &[("x-request-id", "check-17")])
        .await;
    assert_eq!(reply.header("x-request-id"), "check-17");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert!(
        reply
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
    let at = "a".repeat(crate::layers::MAX_REQUEST_ID_BYTES);
    for (given, kept) in [
        (at.clone(), true),
        (format!("{at}a"), false),
        ("a b".to_owned(), false),
    ] {
        let reply = tested
            .get_with("/v1/none", &[("x-request-id", &given)])
            .await;
        assert_eq!(reply.problem("not-found")["requestId"] == given, kept);
    }
}

#[tokio::test]
async fn any_site_may_read_and_none_may_write() {
    let tested = empty().await;
    let reply = tested
        .get_with("/v1/node", &[("origin", "https://a.example")])
        .await;
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    let ask = Request::options("/v1/records")
        .header("origin", "https://a.example")
        .header("access-control-request-method", "POST");
    let reply = tested.ask(ask.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.header("access-control-allow-methods"), "GET,HEAD");
}

#[tokio::test]
async fn long_answers_are_compressed_and_problems_stay_whole() {
    let tested = empty().await;
    let gzip = [("accept-encoding", "gzip")];
    let reply = tested.get_with("/v1/openapi.json", &gzip).await;
    assert_eq!(reply.header("content-encoding"), "gzip");
    let reply = tested.get_with("/v1/records?isuer=x", &gzip).await;
    if reply.header("content-encoding").is_empty() {
        reply.problem("invalid-parameter");
    }
}

#[tokio::test]
async fn a_panic_is_a_problem_and_its_text_stays_inside() {
    let tested = with(Options::default()).await;
    let app = crate::shared(tested.node.clone(), Options::default());
    let path = axum::Router::new().route("/panic", axum::routing::get(panicking));
    let router = crate::layers::layered(path, &app).with_state(app);
    let tested = crate::testing::Tested {
        node: tested.node,
        router,
    };
    let reply = tested.get("/panic").await;
    assert_eq!(reply.problem("internal")["status"], 500);
    assert!(!reply.text().contains("secret"));
}

async fn panicking() -> &'static str {
    panic!("the secret cause")
}

#[tokio::test]
async fn too_much_and_too_slow_are_given_up() {
    let none = Options {
        max_concurrency: 0,
        ..Options::default()
    };
    let tested = with(none).await;
    let reply = tested.get("/v1/node").await;
    reply.problem("overloaded");
    assert_eq!(reply.header("retry-after"), "1");
    assert_eq!(tested.get("/health/live").await.status, 200);

    let hasty = Options {
        request_timeout: Duration::from_millis(5),
        ..Options::default()
    };
    let tested = with(hasty).await;
    let body = Body::from_stream(futures::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let reply = tested.post("/v1/records", "application/vc", body).await;
    reply.problem("timeout");
}

#[tokio::test]
async fn readiness_looks_at_the_age_of_the_log() {
    let tested = filled().await;
    let ready = tested.get("/health/ready").await.json(200);
    assert_eq!(
        (&ready["logSize"], &ready["indexed"]),
        (&2.into(), &2.into())
    );
    let limit = crate::routes::health::MAX_HEAD_AGE_SECONDS;
    tested
        .node
        .clock()
        .set(crate::testing::now().plus_seconds(limit));
    assert_eq!(tested.get("/health/ready").await.status, 200);
    tested
        .node
        .clock()
        .set(crate::testing::now().plus_seconds(limit + 1));
    tested.get("/health/ready").await.problem("read-only");
}

#[tokio::test]
async fn figures_are_counted_by_route() {
    let tested = filled().await;
    tested
        .get("/v1/records/one")
        .await
        .problem("invalid-parameter");
    tested
        .get("/v1/records/two")
        .await
        .problem("invalid-parameter");
    let text = tested.get("/metrics").await.text();
    let line = "comity_requests_total{method=\"GET\",route=\"/v1/records/{id}\",status=\"400\"} 2";
    assert!(text.contains(line), "{text}");
    assert!(
        text.contains("comity_request_duration_seconds_bucket"),
        "{text}"
    );
    assert!(text.contains("comity_log_entries 2"), "{text}");
    assert!(text.contains("comity_index_lag_entries 0"), "{text}");
    let problems = "comity_findings{severity=\"problem\"} 0";
    assert!(text.contains(problems), "{text}");
    // What cannot be read is no nought.
    tested.node.close().await;
    tested.get("/metrics").await.problem("unavailable");
    let silent = Options {
        metrics: false,
        ..Options::default()
    };
    with(silent)
        .await
        .get("/metrics")
        .await
        .problem("not-found");
}
