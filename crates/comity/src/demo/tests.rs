//! The demo loads, holds what it says, and answers as worked out by hand.

mod counting;
mod languages;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use comity_model::notice::NoticeSort;
use comity_model::record::{Kind, Record};
use comity_node::Place;
use comity_node::notices::{NoticeQuery, Touched};
use comity_recognition::notice::RequestState;
use comity_recognition::verdict::Verdict;
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;

use super::members::NODES;
use super::stories::all;
use super::world::{Site, World};
use super::{guide, ledger, listeners, notices};

async fn sites() -> Vec<Site> {
    let listeners = listeners("127.0.0.1:0").await.unwrap();
    let site = |listener| Site {
        listener,
        place: Place::Memory,
    };
    listeners.into_iter().map(site).collect()
}

/// One world for all tests, which ask and change nothing: it takes the longest.
static WORLD: OnceCell<World> = OnceCell::const_new();
/// What the nodes of the world run on, also between two tests.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Asks the demo.
fn asking(test: impl AsyncFnOnce(&World)) {
    RUNTIME.block_on(async {
        let opened = async || {
            let started = tokio::time::Instant::now();
            let world = World::build(sites().await, None).await.unwrap();
            eprintln!("the demo opened in {} ms", started.elapsed().as_millis());
            world
        };
        test(WORLD.get_or_init(opened).await).await;
    });
}

#[test]
fn every_node_holds_every_log_under_quorum() {
    asking(async |world| {
        let mut held = BTreeSet::new();
        for opened in world.nodes() {
            assert!(opened.node.config().origin().contains("demo"));
            assert!(opened.node.config().demo);
            let counts: BTreeMap<String, u64> =
                opened.node.counts().await.unwrap().into_iter().collect();
            eprintln!("{} {counts:?}", opened.url);
            let kinds: BTreeSet<_> = counts.keys().map(String::as_str).collect();
            assert_eq!(kinds, Kind::ALL.map(Kind::name).into());
            assert!(counts.values().sum::<u64>() >= 80);
            let mut logs = BTreeSet::new();
            for log in opened.node.logs().await.unwrap() {
                assert!(log.quorum, "{log:?}");
                assert!(log.alarms.is_empty(), "{log:?}");
                logs.insert((log.origin, log.size, log.root));
            }
            assert_eq!(logs.len(), NODES.len());
            held.insert(logs);
        }
        assert_eq!(held.len(), 1, "all hold the same: {held:?}");
    });
}

#[test]
fn every_record_says_demo_in_one_of_six_languages() {
    let marks = ["DEMO", "DÉMO", "ДЕМО", "演示", "تجريبي", "デモ"];
    let mut languages = BTreeSet::new();
    let mut authorities = BTreeSet::new();
    for signed in ledger().unwrap().take_batches().into_values().flatten() {
        let record = Record::check(&signed.body).unwrap();
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
        authorities.insert(record.comity.authority.clone());
    }
    assert_eq!(languages.len(), 6, "{languages:?}");
    let expected = "seven economies, a secretariat and the keyholder of the list";
    assert_eq!(authorities.len(), 9, "{expected}");
}

#[test]
fn records_stand_in_the_log_of_their_own_economy_or_its_host() {
    let mut logs: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for signed in ledger().unwrap().take_batches().into_values().flatten() {
        let record = Record::check(&signed.body).unwrap();
        if record.kind() == Kind::FederationList {
            assert_eq!(signed.at.len(), NODES.len(), "the list stands in every log");
            continue;
        }
        let [node] = signed.at[..] else {
            panic!("{} is logged by {:?}", record.name, signed.at);
        };
        logs.entry(node)
            .or_default()
            .insert(record.comity.authority);
    }
    let logs: Vec<Vec<_>> = (logs.values())
        .map(|authorities| {
            authorities
                .iter()
                .map(|did| &did["did:web:".len()..])
                .collect()
        })
        .collect();
    let expected: [&[&str]; 5] = [
        &["demo-se.example"],
        &[
            "demo-fr.example",
            "demo-secretariat.example",
            "demo-tn.example",
        ],
        &["demo-kz.example", "demo-sa.example"],
        &["demo-cn.example"],
        &["demo-jp.example"],
    ];
    assert_eq!(logs, expected);
}

#[test]
fn it_is_the_same_every_time() {
    let one = ledger().unwrap().take_batches();
    let other = ledger().unwrap().take_batches();
    assert_eq!(one, other);
}

#[test]
fn every_story_ends_as_worked_out_by_hand() {
    asking(async |world| {
        let mut wrong = Vec::new();
        for (name, story) in all() {
            let opened = world.asked_in(story.in_economy).unwrap();
            let ask = story.ask().unwrap();
            let verdict = opened.node.recognise(ask).await.unwrap().verdict;
            if let Some(difference) = story.difference(&verdict) {
                wrong.push(format!(
                    "{name} ({}): {difference}\n{}",
                    story.about,
                    steps(&verdict)
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        unclear_stories_say_why(world).await;
        every_node_gives_the_same_verdict(world).await;
    });
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

async fn unclear_stories_say_why(world: &World) {
    let ask = async |story: super::stories::Story| {
        let opened = world.asked_in(story.in_economy).unwrap();
        let answered = opened.node.recognise(story.ask().unwrap()).await;
        answered.unwrap().verdict
    };
    let story = super::stories::FREE_TEXT_SCOPE;
    let verdict = ask(story).await;
    let step = verdict.step(story.answer.step).unwrap();
    assert_eq!(
        step.facts.get("scope").unwrap(),
        "DEMO: food safety, except food for infants"
    );
    let verdict = ask(super::stories::AMBIGUOUS).await;
    assert_eq!(verdict.candidates.len(), 2);
    let verdict = ask(super::stories::NOT_HELD).await;
    assert!(verdict.held_of_issuer.unwrap().attestations > 5);
}

/// Policy and evidence are the same everywhere, so the verdict is, whoever is asked.
async fn every_node_gives_the_same_verdict(world: &World) {
    for (name, story) in all() {
        let mut answers = BTreeSet::new();
        for opened in world.nodes() {
            let ask = story.ask().unwrap();
            let verdict = opened.node.recognise(ask).await.unwrap().verdict;
            answers.insert(format!("{:?} {:?}", verdict.result, steps(&verdict)));
        }
        assert_eq!(answers.len(), 1, "{name}: {answers:#?}");
    }
}

#[test]
fn the_five_commands_answer_as_printed() {
    asking(async |world| {
        let text = guide::text(world).await.unwrap();
        eprintln!("{text}");
        let answers = guide::trials(world)
            .await
            .unwrap()
            .map(|trial| trial.answer);
        assert_eq!(answers[0], "Recognised in JP on 2026-06-15, up to EAL2.");
        assert!(
            answers[1].starts_with("Not recognised in SE on 2026-06-15."),
            "{}",
            answers[1]
        );
        assert_eq!(text.matches("\n  comity ").count(), 5);
        assert!(text.contains("/docs"));
        let stories = guide::stories(world).await.unwrap();
        assert!(stories.matches("  comity check ").count() > 40, "{stories}");
    });
}

#[test]
fn notices_are_shown_at_every_node() {
    asking(async |world| {
        for opened in world.nodes() {
            let touching = async |of: Touched| {
                let query = NoticeQuery {
                    of: Some(of),
                    ..NoticeQuery::default()
                };
                let mut page = opened.node.notices(&query).await.unwrap();
                assert_eq!((page.total, page.left_out), (1, 0), "{}", opened.url);
                page.items.pop().unwrap()
            };
            let certifier = super::cast::CN_CERTIFIER.did;
            let forged = Touched::number("demo cn 2026 9999", Some(certifier)).unwrap();
            let forged = touching(forged).await;
            let (record, notice) = forged.read().unwrap();
            assert_eq!(notice.sort, NoticeSort::ForgedCertificate);
            assert_eq!(record.issuer.id, super::cast::CN.did);
            assert!(forged.heard.stands() && forged.heard.is_authority);
            let of_other = Touched::number(notices::FORGED_NUMBER, Some(super::cast::KZ.did));
            let query = NoticeQuery {
                of: of_other,
                ..NoticeQuery::default()
            };
            assert_eq!(opened.node.notices(&query).await.unwrap().total, 0);

            let identity = |key: &str| ledger().unwrap().reference(key).unwrap().identity();
            let asked = touching(Touched::record(identity(notices::ASKED_ABOUT))).await;
            let request = asked.request.unwrap();
            assert_eq!(request.state, RequestState::NoAnswerByTheDay);
            assert_eq!(request.answered_on, None);

            let misused = touching(Touched::record(identity(notices::MISUSED))).await;
            let [response] = misused.answers.as_slice() else {
                panic!("{:?}", misused.answers);
            };
            let (record, notice) = response.read().unwrap();
            assert_eq!(notice.sort, NoticeSort::Response);
            assert_eq!(record.issuer.id, super::cast::FR_CERTIFIER.did);
        }
    });
}
