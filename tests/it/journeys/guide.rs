//! The commands of the publisher guide, exactly as its page shows them, against a real node.

use super::{certificate, listens, wait_until_indexed};
use crate::program::{Person, Serving, free_port};

const AUTHORITY: &str = "did:web:nqi.example.se";

#[test]
fn a_laboratory_follows_the_guide() {
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let (authority, lab) = (Person::new(), Person::new());
    authority
        .does("comity node init se --economy SE --host nqi.example.se --name 'Authority of SE'")
        .exits(0);
    listens(&authority, "se", port);
    let node = Serving::begin(&authority, "comity node serve se", port);
    let steps = comity_web::guide::steps(&url, AUTHORITY, "SE");
    assert_eq!(steps.len(), 6);
    for step in steps {
        for line in step.commands {
            if line.contains(comity_web::guide::NUMBER) {
                wait_until_indexed(&url);
            }
            lab.does(&line).exits(0);
        }
        match step.name {
            "listed" => {
                lab.sends("lab.request.json", &authority);
                let approve = "comity register approve --node se lab.request.json --yes";
                authority.does(approve).exits(0);
            }
            "write" => lab.edits("draft.json", &certificate(comity_web::guide::NUMBER)),
            _ => {}
        }
    }
    wait_until_indexed(&url);
    let shown = format!(
        "comity show --node {url} {} -o json",
        comity_web::guide::NUMBER
    );
    let shown = lab.does(&shown).exits(0).json();
    assert_eq!(shown["state"], "withdrawn", "{shown}");
    node.stop();
}
