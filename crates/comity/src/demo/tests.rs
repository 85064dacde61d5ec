//! The demo loads, holds what it says, and answers as worked out by hand.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::record::{Kind, Record};
use comity_node::Node;
use comity_recognition::verdict::Verdict;

use super::stories::all;
use super::{guide, ledger, world};

const URL: &str = "http://127.0.0.1:8080";

async fn opened() -> Node {
    let started = tokio::time::Instant::now();
    let node = world().await.unwrap();
    eprintln!("the demo opened in {} ms", started.elapsed().as_millis());
    node
}

#[tokio::test]
async fn it_holds_what_it_says() {
    let node = opened().await;
    let counts: BTreeMap<String, u64> = node.counts().await.unwrap().into_iter().collect();
    eprintln!("{counts:?}");
    let kinds: BTreeSet<_> = counts.keys().map(String::as_str).collect();
    let federal = [Kind::FederationList, Kind::MemberKeys, Kind::Takedown];
    let of_one_economy = Kind::ALL.into_iter().filter(|kind| !federal.contains(kind));
    assert_eq!(kinds, of_one_economy.map(Kind::name).collect());
    assert!(counts.values().sum::<u64>() >= 60);
    assert!(node.config().origin().contains("demo"));
    assert!(node.config().demo);
    node.close().await;
}

#[test]
fn every_record_says_demo_in_one_of_six_languages() {
    let marks = ["DEMO", "DÉMO", "ДЕМО", "演示", "تجريبي", "デモ"];
    let mut languages = BTreeSet::new();
    let mut economies = BTreeSet::new();
    for body in ledger().unwrap().into_batches().into_values().flatten() {
        let record = Record::check(&body).unwrap();
        let marked = |text: &str| marks.iter().any(|mark| text.to_uppercase().contains(mark));
        assert!(
            marked(&record.name),
            "{} says nothing of a demo",
            record.name
        );
        assert!(marked(&record.issuer.name), "{}", record.issuer.name);
        assert!(
            record.issuer.id.ends_with(".example"),
            "{}",
            record.issuer.id
        );
        languages.insert(record.comity.language.clone());
        economies.insert(record.comity.authority.clone());
    }
    assert_eq!(languages.len(), 6, "{languages:?}");
    assert_eq!(economies.len(), 8, "seven economies and a secretariat");
}

#[test]
fn it_is_the_same_every_time() {
    let one = ledger().unwrap().into_batches();
    let other = ledger().unwrap().into_batches();
    assert_eq!(one, other);
}

#[tokio::test]
async fn every_story_ends_as_worked_out_by_hand() {
    let node = opened().await;
    let mut wrong = Vec::new();
    for (name, story) in all() {
        let verdict = node.recognise(story.ask().unwrap()).await.unwrap().verdict;
        if let Some(difference) = story.difference(&verdict) {
            wrong.push(format!(
                "{name} ({}): {difference}\n{}",
                story.about,
                steps(&verdict)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    node.close().await;
}

fn steps(verdict: &Verdict) -> String {
    let steps = verdict.steps.iter();
    let lines = steps.map(|step| {
        format!(
            "    {:?} {} {:?}",
            step.outcome,
            step.code.as_str(),
            step.facts
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn stories_that_cannot_be_told_say_why() {
    let node = opened().await;
    let story = super::stories::FREE_TEXT_SCOPE;
    let verdict = node.recognise(story.ask().unwrap()).await.unwrap().verdict;
    let step = verdict.step(story.answer.step).unwrap();
    assert_eq!(
        step.facts.get("scope").unwrap(),
        "DEMO: food safety, except food for infants"
    );
    let story = super::stories::AMBIGUOUS;
    let verdict = node.recognise(story.ask().unwrap()).await.unwrap().verdict;
    assert_eq!(verdict.candidates.len(), 2);
    let story = super::stories::NOT_HELD;
    let verdict = node.recognise(story.ask().unwrap()).await.unwrap().verdict;
    assert!(verdict.held_of_issuer.unwrap().attestations > 5);
    node.close().await;
}

#[tokio::test]
async fn the_five_commands_answer_as_printed() {
    let node = opened().await;
    let text = guide::text(&node, URL).await.unwrap();
    eprintln!("{text}");
    let answers = guide::trials(&node, URL)
        .await
        .unwrap()
        .map(|trial| trial.answer);
    assert_eq!(answers[0], "Recognised in JP on 2026-06-15, up to EAL2.");
    assert!(
        answers[1].starts_with("Not recognised in SE on 2026-06-15."),
        "{}",
        answers[1]
    );
    assert!(!answers[2].starts_with('0'), "{}", answers[2]);
    assert_eq!(answers[3], "2 events; the certificate is active today.");
    assert_eq!(text.matches("  comity ").count(), 5);
    assert!(text.contains("/docs"));
    let stories = guide::stories(&node, URL).await.unwrap();
    assert!(stories.matches("  comity check ").count() > 40, "{stories}");
    node.close().await;
}
