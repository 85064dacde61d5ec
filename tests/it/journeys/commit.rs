//! A laboratory commits to reports, shows one, and leaves the rest to a folder that is watched.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::{World, certificate};
use crate::program::database::Database;
use crate::program::{Person, http, wait_until};

/// A laboratory that may commit to reports and certify, at a node.
fn laboratory() -> (World, Person) {
    let world = World::new(Database::Sqlite);
    let lab = Person::new().asks(&world.url());
    world.registers(
        &lab,
        "house",
        "--name 'Test House' --role laboratory --kind commitment --kind attestation",
    );
    for number in ["TR-1", "TR-2", "TR-3"] {
        lab.writes(
            &format!("{number}.pdf"),
            format!("Report {number}: passed.\n"),
        );
    }
    (world, lab)
}

const COMMIT: &str = "comity commit --key house.pem --openings private.ndjson";

/// How many commitments the log of the node has.
fn commitments(world: &World) -> usize {
    world.indexed();
    let found = http::json(&format!(
        "{}/v1/records?type=Commitment&limit=100",
        world.url()
    ));
    found["items"].as_array().unwrap().len()
}

#[test]
fn a_report_is_committed_to_and_shown() {
    let (world, lab) = laboratory();
    lab.does(&format!("{COMMIT} --dry-run TR-1.pdf TR-2.pdf TR-3.pdf"))
        .exits(0)
        .warns("3 reports would be committed to, in 1 records");
    assert!(!lab.path("private.ndjson").exists());
    let said = lab
        .does(&format!("{COMMIT} TR-1.pdf TR-2.pdf TR-3.pdf"))
        .exits(0);
    let rows = said.lines();
    assert_eq!(rows.len(), 3);
    for (row, number) in rows.iter().zip(["TR-1", "TR-2", "TR-3"]) {
        assert_eq!(row["number"], number);
        assert_eq!(row["outcome"], "committed");
        assert_eq!(row["commitment"], rows[0]["commitment"]);
    }
    assert_eq!(commitments(&world), 1);
    // The log tells nothing of the contents, and no two digests are alike.
    let id = rows[0]["commitment"].as_str().unwrap();
    let record = lab.does(&format!("comity show {id} --raw")).exits(0);
    assert!(!record.text().contains("passed"));

    // The same again: nothing is committed to twice, and a changed report is not let in.
    lab.writes("TR-3.pdf", "Report TR-3: failed.\n");
    let said = lab
        .does(&format!("{COMMIT} TR-1.pdf TR-2.pdf TR-3.pdf"))
        .exits(5);
    let outcomes: Vec<Value> = said
        .lines()
        .iter()
        .map(|row| row["outcome"].clone())
        .collect();
    assert_eq!(
        outcomes,
        ["alreadyCommitted", "alreadyCommitted", "differs"]
    );
    assert_eq!(commitments(&world), 1);
}

/// What is checked of a report that was shown.
const CHECK: &str = "comity reveal --check TR-1.pdf TR-1.opening.json -o json";

#[test]
fn a_holder_shows_a_report_and_nothing_else_passes_for_it() {
    let (world, lab) = laboratory();
    let said = lab.does(&format!("{COMMIT} TR-1.pdf TR-2.pdf")).exits(0);
    let id = said.lines()[0]["commitment"].as_str().unwrap().to_owned();
    lab.does("comity reveal tr-1 --openings private.ndjson --to TR-1.opening.json")
        .exits(0);
    lab.does("comity reveal TR-2 --openings private.ndjson")
        .exits(0);
    lab.does("comity reveal TR-4 --openings private.ndjson")
        .exits(1);
    let proved = lab.does(CHECK).exits(0).json();
    assert_eq!(proved["proved"], true);
    assert_eq!(proved["laboratory"], "did:web:house.example");
    let steps: Vec<&str> = proved["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["step"].as_str().unwrap())
        .collect();
    assert_eq!(
        steps,
        ["content", "digest", "signature", "log", "registration"]
    );
    let view = lab
        .does(&format!("comity show {id} -o json"))
        .exits(0)
        .json();
    assert_eq!(proved["loggedAt"], view["log"][0]["loggedAt"]);
    assert!(proved["loggedAt"].is_string());

    // Without a network: the log by the receipt and a policy that pins it, the rest by a node.
    world
        .authority
        .does("cp se/policy.toml policy.toml")
        .exits(0);
    world.authority.sends("policy.toml", &lab);
    let offline = lab
        .does(&format!("{CHECK} --policy policy.toml"))
        .exits(3)
        .json();
    assert_eq!(offline["loggedAt"], proved["loggedAt"]);
    assert_eq!(offline["steps"][3]["outcome"], "holds");
    assert_eq!(offline["steps"][4]["outcome"], "cannotTell");

    // A changed byte, another report's opening, another laboratory.
    lab.writes("TR-1.pdf", "Report TR-1: failed.\n");
    lab.does(&CHECK.replace("json -o json", "json -o table"))
        .exits(1)
        .says("NOT PROVED");
    lab.writes("TR-1.pdf", "Report TR-1: passed.\n");
    lab.does("comity reveal --check TR-1.pdf TR-2.opening.json")
        .exits(1);
    lab.does(&format!("{CHECK} --laboratory did:web:lab.example"))
        .exits(1)
        .says("not by did:web:lab.example");
    // A receipt that is of another entry.
    lab.edits(
        "TR-1.opening.json",
        &[("/receipt", json!("c2sp.org/tlog-proof@v1\nindex 0\n"))],
    );
    lab.does(&format!("{CHECK} --policy policy.toml")).exits(1);
}

#[test]
fn a_list_has_an_answer_for_every_line() {
    let (_world, lab) = laboratory();
    lab.writes(
        "list.csv",
        "number,issuedOn,file,contentDigest\n\
         A/1,2026-11-20,TR-1.pdf,\n\
         A/2,2026-11-20,gone.pdf,\n\
         A/3,2026-11-20,,7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n\
         a-1,2026-11-20,TR-2.pdf,\n",
    );
    let said = lab
        .does(&format!("{COMMIT} --list list.csv --batch 1"))
        .exits(5);
    let rows = said.lines();
    let outcomes: Vec<Value> = rows.iter().map(|row| row["outcome"].clone()).collect();
    assert_eq!(outcomes, ["wrong", "committed", "differs", "committed"]);
    assert_ne!(rows[1]["commitment"], rows[3]["commitment"]);
    lab.writes("one.pdf", "one");
    lab.does("comity reveal A-3 --openings private.ndjson --to A3.json")
        .exits(0);
    lab.does("comity reveal --check one.pdf A3.json").exits(0);
}

#[test]
fn a_laboratory_that_may_not_commit_is_refused_and_may_try_again() {
    let (world, _) = laboratory();
    let lab = &world.lab;
    lab.writes("TR-1.pdf", "Report TR-1: passed.\n");
    let commit = "comity commit --key lab.pem --openings private.ndjson TR-1.pdf";
    for _ in 0..2 {
        let said = lab.does(commit).exits(5);
        let rows = said.lines();
        assert_eq!(rows[0]["outcome"], "refused", "{rows:?}");
    }
    lab.does("comity reveal TR-1 --openings private.ndjson")
        .exits(1);
    world.registers(
        lab,
        "lab2",
        "--name 'Lab 2' --role laboratory --kind commitment",
    );
    let said = lab.does(&commit.replace("lab.pem", "lab2.pem")).exits(0);
    assert_eq!(said.lines()[0]["outcome"], "committed");
    // One whom nobody knows signs nothing.
    lab.does("comity keys generate --did did:web:nobody.example --out nobody.pem")
        .exits(0);
    lab.does("comity commit --key nobody.pem --openings other.ndjson TR-1.pdf")
        .exits(5)
        .warns("knows no registration of did:web:nobody.example");
    assert!(!lab.path("other.ndjson").exists());
}

/// Passes everything on to a node but records, which it keeps: sent on or not, nobody is answered.
struct Keeping {
    url: String,
    kept: Arc<AtomicUsize>,
}

impl Keeping {
    fn before(node: &str, sends_on: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let kept = Arc::new(AtomicUsize::new(0));
        let (node, noted) = (node.to_owned(), Arc::clone(&kept));
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming().map_while(Result::ok) {
                if let Some(stream) = pass(stream, &node, sends_on) {
                    held.push(stream);
                    noted.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        Self { url, kept }
    }

    /// Runs a line until the proxy keeps a request of it, and ends it then (SIGKILL).
    fn kills(&self, person: &Person, line: &str) {
        let before = self.kept.load(Ordering::SeqCst);
        let mut child = person.begins(&format!("{line} --node {}", self.url));
        wait_until("a record was sent", || {
            self.kept.load(Ordering::SeqCst) > before
        });
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// Answers one request, or gives back the connection of one that is kept.
fn pass(stream: TcpStream, node: &str, sends_on: bool) -> Option<TcpStream> {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let mut request = head.first()?.split(' ');
    let (method, target) = (request.next()?.to_owned(), request.next()?.to_owned());
    let url = format!("{node}{target}");
    if method == "GET" {
        let answer = http::get(&url).unwrap();
        let head = format!(
            "HTTP/1.1 {} -\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            answer.status,
            answer.content_type.unwrap_or_default(),
            answer.body.len()
        );
        let mut stream = reader.into_inner();
        let _ = stream.write_all(&[head.as_bytes(), &answer.body].concat());
        return None;
    }
    let member = |name: &str| {
        let members = head.iter().filter_map(|line| line.split_once(':'));
        let mut named = members.filter(|(member, _)| member.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim().to_owned())
    };
    let length = member("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    if sends_on {
        let remote = comity_node::remote::Remote::new(node).unwrap();
        let kind = member("content-type")?;
        let answer = http::block_on(remote.post(&target, &kind, body)).unwrap();
        assert!(answer.is_success(), "{:?}", answer.json());
    }
    Some(reader.into_inner())
}

#[test]
fn a_killed_run_loses_no_salt_and_commits_to_nothing_twice() {
    let (world, lab) = laboratory();
    let commit = format!("{COMMIT} TR-1.pdf TR-2.pdf");
    // Killed when the record was signed and not sent, and again when it was logged and not
    // acknowledged.
    Keeping::before(&world.url(), false).kills(&lab, &commit);
    assert_eq!(commitments(&world), 0);
    Keeping::before(&world.url(), true).kills(&lab, &commit);
    assert_eq!(commitments(&world), 1);
    lab.does("comity reveal TR-1 --openings private.ndjson")
        .exits(3)
        .warns("is not acknowledged by a node yet");
    let said = lab.does(&format!("{commit} TR-3.pdf")).exits(0);
    let outcomes: Vec<Value> = said
        .lines()
        .iter()
        .map(|row| row["outcome"].clone())
        .collect();
    assert_eq!(
        outcomes,
        ["alreadyCommitted", "alreadyCommitted", "committed"]
    );
    assert_eq!(commitments(&world), 2);
    for number in ["TR-1", "TR-2", "TR-3"] {
        lab.does(&format!("comity reveal {number} --openings private.ndjson"))
            .exits(0);
        lab.does(&format!(
            "comity reveal --check {number}.pdf {number}.opening.json"
        ))
        .exits(0);
    }
}

const OUTBOX: &str = "comity outbox out --key house.pem --once --settle 0";

#[test]
fn an_outbox_takes_records_reports_and_leaves_what_is_broken() {
    let (world, lab) = laboratory();
    lab.does("mkdir out && cp TR-1.pdf out/ && printf '<r/>' > out/scan.xml")
        .exits(0);
    lab.does(
        "comity record new attestation --issuer did:web:house.example \
         --authority did:web:nqi.example.se > out/cert.json",
    )
    .exits(0);
    lab.writes("out/broken.json", "{\"id\": 1,");
    lab.writes(
        "out/index.csv",
        "file,number,issuedOn\nscan.xml,XR/7,2026-11-20\n",
    );
    // A draft with placeholders in it is left to somebody who looks at it.
    let said = lab.does(OUTBOX).exits(5);
    let mut outcomes: Vec<String> = said
        .lines()
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row["file"].as_str().unwrap(),
                row["outcome"].as_str().unwrap()
            )
        })
        .collect();
    outcomes.sort();
    assert_eq!(
        outcomes,
        [
            "TR-1.pdf committed",
            "broken.json error",
            "cert.json error",
            "scan.xml committed"
        ]
    );
    let why = String::from_utf8(lab.reads("out/cert.json.error.txt")).unwrap();
    assert!(why.contains("still the placeholder of the draft"), "{why}");
    lab.does("stat -c %a out/scan.xml.opening.json out/.comity/openings.ndjson | sort -u")
        .exits(0)
        .says("600\n");
    let receipt = lab.reads_json("out/scan.xml.receipt.json");
    assert_eq!(
        (&receipt["number"], &receipt["issuedOn"]),
        (&json!("XR/7"), &json!("2026-11-20"))
    );
    lab.does("comity reveal --check out/scan.xml out/scan.xml.opening.json")
        .exits(0);
    assert_eq!(commitments(&world), 1);
    // What has an error is left, and every run says so; what is done is done.
    let said = lab
        .does(OUTBOX)
        .exits(5)
        .warns("2 files are left with an error");
    assert_eq!(said.lines(), Vec::<Value>::new());
}

#[test]
fn a_killed_outbox_does_nothing_twice() {
    let (world, lab) = laboratory();
    lab.does("mkdir out && cp TR-1.pdf out/").exits(0);
    lab.does(OUTBOX).exits(0);
    lab.does(
        "comity record new attestation --issuer did:web:house.example \
         --authority did:web:nqi.example.se > out/cert.json",
    )
    .exits(0);
    // Killed before the record is sent, after it was logged, and when only receipts are missing.
    lab.edits("out/cert.json", &certificate("H-2026-1"));
    lab.edits("out/cert.json", &[("/issuer/name", json!("Test House"))]);
    Keeping::before(&world.url(), false).kills(&lab, OUTBOX);
    Keeping::before(&world.url(), true).kills(&lab, OUTBOX);
    let rows = lab.does(OUTBOX).exits(0).lines();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["outcome"], "published");
    assert_eq!(
        lab.reads_json("out/cert.json.receipt.json")["outcome"],
        "alreadyLogged"
    );
    lab.does("comity show H-2026-1").exits(0);
    lab.does("rm out/cert.json.receipt.json out/TR-1.pdf.receipt.json out/TR-1.pdf.opening.json")
        .exits(0);
    let rows = lab.does(OUTBOX).exits(0).lines();
    assert_eq!(rows.len(), 2, "{rows:?}");
    lab.does("comity reveal --check TR-1.pdf out/TR-1.pdf.opening.json")
        .exits(0);
    assert_eq!(commitments(&world), 1);

    // Nobody can be reached: it says so, and the next run takes it.
    lab.does("cp TR-2.pdf out/").exits(0);
    lab.does(&format!("{OUTBOX} --node http://127.0.0.1:1"))
        .exits(4);
    lab.does(OUTBOX).exits(0).says("TR-2");
}

#[test]
fn a_watched_folder_is_emptied_as_it_fills() {
    let (world, lab) = laboratory();
    lab.does("mkdir out").exits(0);
    let line = "comity outbox out --key house.pem --settle 0 --gather 0";
    let mut child = lab.begins(line);
    for number in ["TR-1", "TR-2"] {
        lab.does(&format!(
            "cp {number}.pdf out/.{number}.pdf && mv out/.{number}.pdf out/{number}.pdf"
        ))
        .exits(0);
        let receipt = lab.path(&format!("out/{number}.pdf.receipt.json"));
        wait_until("the report has its receipt", || receipt.exists());
    }
    // Two would draw salts for one report.
    lab.does("comity outbox out --key house.pem --once")
        .exits(4)
        .warns("is in use by another run");
    let id = child.id().to_string();
    lab.does(&format!("kill -TERM {id}")).exits(0);
    let mut code = None;
    wait_until("the outbox has ended", || {
        code = child.try_wait().unwrap();
        code.is_some()
    });
    assert_eq!(code.unwrap().code(), Some(0));
    assert_eq!(commitments(&world), 2);
}
