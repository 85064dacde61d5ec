//! The registers of the real world through import, log and verdict: counts, differences, an audit
//! from outside, and the questions of `docs/questions.md` with their answers worked out by hand.
//!
//! The data stands beside the repository; where it does not, each test says so and ends. One
//! world holds everything, so that the questions are asked of one node with all registers.

mod differences;
mod impact;
mod questions;
mod world;

use comity_node::audit::audit;
use comity_node::remote::Remote;
use comity_tlog::note::Vkey;

use questions::{Asked, Document, Part};
use world::{Database, World};

/// The world on SQLite, from the first import to the audit.
#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    let Some(mut world) = World::new(Database::Sqlite).await else {
        return;
    };
    let document = Document::read();
    let mut faults = differences::first_imports(&mut world).await;
    faults.extend(impact::of_components(&world).await);
    // Another policy opens the node anew, which is quicker while it holds less.
    let mut asked = document.ask(&mut world, Part::PoliciesWithoutCmvp).await;
    faults.extend(differences::import_cmvp(&mut world).await);
    asked.extend(document.ask(&mut world, Part::Rest).await);
    assert_eq!(asked.len(), document.len());
    faults.extend(asked.iter().flat_map(|asked| asked.faults.clone()));
    faults.extend(policies_are_named(&asked));
    faults.extend(differences::again(&mut world).await);
    faults.extend(differences::other_spellings(&mut world).await);
    faults.extend(differences::edited(&mut world).await);
    faults.extend(audited(&world).await);
    world.end().await;
    nothing_differs(&faults, &asked);
}

/// The same answers on PostgreSQL, without the largest register: the statements are the same.
#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let Some(mut world) = World::new(database).await else {
        return;
    };
    let mut faults = differences::first_imports(&mut world).await;
    let document = Document::read();
    let asked = document.ask(&mut world, Part::PoliciesWithoutCmvp).await;
    faults.extend(asked.iter().flat_map(|asked| asked.faults.clone()));
    faults.extend(audited(&world).await);
    world.end().await;
    nothing_differs(&faults, &asked);
}

fn nothing_differs(faults: &[String], asked: &[Asked]) {
    assert!(
        faults.is_empty(),
        "\n{} of {} questions and the imports differ:\n{}",
        faults.len(),
        asked.len(),
        faults.join("\n")
    );
}

/// Where a policy about arrangements takes something away, the verdict names it.
fn policies_are_named(asked: &[Asked]) -> Vec<String> {
    let about_arrangements = |asked: &&Asked| {
        let code = asked.verdict.policy_notes.is_empty();
        code && asked.of_arrangements && asked.verdict.result.is_less_than_recognised()
    };
    let unnamed = asked.iter().filter(about_arrangements);
    unnamed
        .map(|asked| {
            let number = asked.number;
            format!("question {number}: the policy made this answer and is not named in it")
        })
        .collect()
}

/// A reading of a result that the tests need.
trait LessThanRecognised {
    /// Whether this is a no, or cannot be told.
    fn is_less_than_recognised(&self) -> bool;
}

impl LessThanRecognised for comity_recognition::verdict::VerdictResult {
    fn is_less_than_recognised(&self) -> bool {
        *self > Self::ResultsOnly
    }
}

/// Audits the whole log over HTTP, as a stranger would.
async fn audited(world: &World) -> Vec<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = comity_api::router(world.node().clone(), comity_api::Options::default());
    let served = tokio::spawn(async move { axum::serve(listener, router).await });
    let remote = Remote::new(&format!("http://{address}")).unwrap();
    let vkey = Vkey::parse(&world.log_vkey()).unwrap();
    let report = audit(&remote, &world.log_path(), &vkey, &mut |_, _| ()).await;
    served.abort();
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    eprintln!(
        "audited: {} entries, {} bodies, {} tiles",
        report.size, report.bodies_verified, report.tiles
    );
    let mut faults = report.findings;
    if report.records != world.published() || report.bodies_verified != report.records {
        faults.push(format!(
            "the audit saw {} records and verified {}, published were {}",
            report.records,
            report.bodies_verified,
            world.published()
        ));
    }
    faults
}
