//! Sentences in the language that the asker prefers; the verdict is the same in each.

use comity_recognition::wording::Language;
use serde_json::json;

use crate::testing::{Reply, Tested, filled, uuid};

fn path() -> String {
    format!("/v1/recognition?record={}&in=SE&on=2026-11-23", uuid(2))
}

async fn in_language(tested: &Tested, path: &str, preferred: &str) -> Reply {
    let headers = [("accept-language", preferred)];
    tested.get_with(path, &headers).await
}

#[tokio::test]
async fn a_verdict_is_worded_in_the_language_preferred() {
    let tested = filled().await;
    let english = tested.get(&path()).await;
    assert_eq!(english.header("content-language"), "en");
    let english = english.json(200);
    let mut summaries = Vec::new();
    for language in Language::ALL {
        let preferred = format!("de, {};q=0.8, *;q=0.1", language.tag());
        let reply = in_language(&tested, &path(), &preferred).await;
        assert_eq!(reply.header("content-language"), language.tag());
        assert!(reply.header("vary").contains("accept-language"));
        let answer = reply.json(200);
        assert_eq!(answer["language"], language.tag());
        summaries.push(answer["summary"].as_str().unwrap().to_owned());
        for (step, in_english) in
            (answer["steps"].as_array().unwrap().iter()).zip(english["steps"].as_array().unwrap())
        {
            for said in ["question", "because"] {
                let same = step[said] == in_english[said];
                assert_eq!(same, language == Language::En, "{step}");
            }
            let ask = (&step["next"]["ask"], &in_english["next"]["ask"]);
            let same = ask.0 == ask.1;
            assert!(same == (language == Language::En) || ask.1 == "" || ask.1.is_null());
            for kept in ["step", "outcome", "code", "evidence", "facts"] {
                assert_eq!(step[kept], in_english[kept]);
            }
        }
        for kept in ["reference", "verdictDigest", "verdict", "question", "heads"] {
            assert_eq!(answer[kept], english[kept], "{kept}");
        }
    }
    summaries.sort_unstable();
    summaries.dedup();
    assert_eq!(summaries.len(), Language::ALL.len());
}

#[tokio::test]
async fn a_kept_answer_is_of_one_language() {
    let tested = filled().await;
    let requirements = "/v1/requirements?in=SE&hs=8516.60&on=2026-11-23";
    for path in [path().as_str(), requirements] {
        let russian = in_language(&tested, path, "ru").await;
        let tag = russian.header("etag");
        assert_ne!(tag, tested.get(path).await.header("etag"), "{path}");
        let headers = [
            ("if-none-match", tag.as_str()),
            ("accept-language", "ru-KZ"),
        ];
        let again = tested.get_with(path, &headers).await;
        assert_eq!(again.status, 304);
        assert_eq!(again.header("content-language"), "ru");
        assert!(again.header("vary").contains("accept-language"));
        let headers = [("if-none-match", tag.as_str()), ("accept-language", "fr")];
        assert_eq!(tested.get_with(path, &headers).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn questions_in_bodies_and_lines_are_answered_in_it_too() {
    let tested = filled().await;
    let question = json!({"record": uuid(2), "in": "SE", "on": "2026-11-23"}).to_string();
    for (path, media) in [
        ("/v1/recognition", "application/json"),
        ("/v1/recognition/batch", "application/x-ndjson"),
    ] {
        let request = axum::http::Request::post(path)
            .header("content-type", media)
            .header("accept-language", "zh-CN")
            .body(question.clone().into())
            .unwrap();
        let reply = tested.ask(request).await;
        assert_eq!(reply.header("content-language"), "zh-Hans", "{path}");
        let answer = reply.text();
        assert!(answer.contains("签名真实吗？"), "{answer}");
    }
}
