//! Every page, in every language, over a node whose records mean harm.

use comity_recognition::wording::Language;

use crate::testing::{AUTHORITY, HOSTILE, LABORATORY, Reply, empty, filled};
use crate::texts::texts;

/// Longest page that a hostile address may bring about, in bytes.
const MAX_HOSTILE_BYTES: usize = 200_000;

/// Every page that stands for itself, after the language.
fn pages() -> Vec<String> {
    let pages = [
        "",
        "help",
        "guide",
        "search",
        "search?q=certificate",
        "economies",
        "economies/SE",
        "economies/JP",
        "arrangements",
        "arrangements?on=2026-12-01&scope=CB&hs=8516.60",
        "hs/85",
        "hs/8516.60",
        "hs/8516.60?in=SE&on=2026-12-01",
        "hs/8544?in=JP",
        "standards/EDIT%201234",
        "standards/ISO/IEC%2017025",
        "log",
        "log?index=0",
        "log?index=18446744073709551615",
    ];
    let parties = [AUTHORITY, LABORATORY].map(|did| format!("parties/{did}"));
    let pages = pages.map(str::to_owned).into_iter();
    pages.chain(parties).collect()
}

/// What no page may have: a script or a style within it, a handler, a text that was not found.
#[track_caller]
fn is_sound(page: &Reply, path: &str) {
    for part in [
        "<script",
        "<style",
        " style=\"",
        "onclick=\"",
        "javascript:",
        "{ $",
    ] {
        assert!(!page.text.contains(part), "{path} has {part}");
    }
    assert!(!page.text.contains('\0'), "{path} has a NUL");
    let policy = page.headers.get("content-security-policy");
    let policy = policy.map(|policy| policy.to_str().unwrap().to_owned());
    let policy = policy.unwrap_or_default();
    assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
}

#[tokio::test]
async fn every_page_answers_in_every_language() {
    let tested = filled().await;
    for language in Language::ALL {
        let tag = language.tag();
        for page in pages() {
            let path = format!("/{tag}/{page}");
            let reply = tested.get(&path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.text);
            is_sound(&reply, &path);
            let opening = format!(
                "<html lang=\"{tag}\" dir=\"{}\">",
                language.direction().attribute()
            );
            assert!(reply.text.contains(&opening), "{path}");
            assert!(!reply.text.contains("<title> "), "{path} has no title");
            for key in texts(language).keys() {
                assert!(!reply.text.contains(&format!(">{key}<")), "{path}: {key}");
            }
        }
    }
    tested.node.close().await;
}

#[tokio::test]
async fn an_empty_node_has_every_page_that_needs_no_record() {
    let tested = empty().await;
    for page in [
        "economies",
        "economies/SE",
        "arrangements",
        "log",
        "guide",
        "hs/8516?in=SE",
    ] {
        let path = format!("/en/{page}");
        let reply = tested.get(&path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        is_sound(&reply, &path);
    }
    for page in ["economies/XX", "parties/did:web:nobody.example", "hs/1"] {
        let reply = tested.get(&format!("/en/{page}")).await;
        assert_eq!(reply.status, 404, "{page}: {}", reply.text);
    }
    tested.node.close().await;
}

#[tokio::test]
async fn what_records_say_is_on_the_pages_and_escaped() {
    let tested = filled().await;
    let escaped = |reply: &Reply| reply.text.contains("&#60;script&#62;alert(1)");
    for page in [
        "economies/SE",
        "arrangements",
        "parties/did:web:lab.example.se",
        "hs/8516?in=SE",
        "standards/EDIT%201234",
        "log",
    ] {
        let reply = tested.get(&format!("/en/{page}")).await;
        assert!(
            escaped(&reply),
            "{page} does not show {HOSTILE}: {}",
            reply.text
        );
        is_sound(&reply, page);
    }
    let matrix = tested.get("/en/arrangements").await.text;
    assert!(matrix.contains("<td class=\"cell green\">"), "{matrix}");
    let rule = tested.get("/en/hs/8516?in=SE").await.text;
    let twin = "/v1/requirements?in=SE&#38;hs=8516&#38;on=2026-11-23";
    assert!(rule.contains(twin), "{rule}");
    let none = tested.get("/en/hs/8516?in=JP").await.text;
    let lead = none.find("<p class=\"lead\">").unwrap();
    assert!(lead < none.find("<form class=\"ask noprint\"").unwrap());
    let home = tested.get("/en/go?q=8516.60&in=SE").await;
    assert_eq!(home.headers["location"], "/en/hs/851660?in=SE");
    tested.node.close().await;
}

#[tokio::test]
async fn hostile_addresses_are_answered_briefly_and_escaped() {
    let tested = filled().await;
    let long = "A".repeat(6_000);
    let markup = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let bidi = "%E2%80%AE%E2%81%A6abc";
    for folder in ["economies", "parties", "hs", "standards", "records"] {
        for hostile in [long.as_str(), markup, bidi, "%00", "..%2F..%2Fetc"] {
            let path = format!("/en/{folder}/{hostile}");
            let reply = tested.get(&path).await;
            assert!(reply.status.as_u16() < 500, "{path}: {}", reply.status);
            is_sound(&reply, &path);
            assert!(reply.text.len() < MAX_HOSTILE_BYTES, "{path}");
            assert!(!reply.text.contains('\u{202E}'), "{path} turns the text");
        }
    }
    for query in [
        "arrangements?on=",
        "arrangements?scope=",
        "arrangements?hs=",
        "hs/8516?in=",
        "hs/8516?in=SE&on=",
        "log?index=",
        "standards/ISO%209001?on=",
        "search?q=",
    ] {
        for hostile in [long.as_str(), markup, bidi, "%00x", "-1"] {
            let path = format!("/en/{query}{hostile}");
            let reply = tested.get(&path).await;
            assert!(reply.status.as_u16() < 500, "{path}: {}", reply.status);
            is_sound(&reply, &path);
            assert!(reply.text.len() < MAX_HOSTILE_BYTES, "{path}");
        }
    }
    tested.node.close().await;
}
