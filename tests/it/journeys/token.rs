//! The key of a laboratory lies in a PKCS#11 token, and signs as one in a file does.

use serde_json::Value;

use super::World;
use crate::program::Person;
use crate::program::database::Database;

/// What the token is told, and nobody else may say.
const PIN: &str = "48151623";

/// The key in the token, as it is named on a command line.
fn uri(library: &str, changed: (&str, &str)) -> String {
    let uri = format!(
        "pkcs11:token=lab%20token;object=signing;id=%01?module-path={library}\
         &pin-source=pin.txt&comity-did=did:web:house.example"
    );
    format!("'{}'", uri.replace(changed.0, changed.1))
}

const COMITY: &str = "SOFTHSM2_CONF=softhsm.conf comity";

/// A laboratory whose key lies in a file and in a token, so that what the two sign can be compared.
fn laboratory(world: &World) -> Person {
    let lab = Person::new().asks(&world.url());
    let options = "--name 'Test House' --role laboratory --kind attestation --kind commitment";
    world.registers(&lab, "house", options);
    lab.does("mkdir tokens").exits(0);
    lab.writes(
        "softhsm.conf",
        "directories.tokendir = tokens\nobjectstore.backend = file\nlog.level = ERROR\n",
    );
    lab.writes("pin.txt", format!("{PIN}\n"));
    lab.writes("wrong.txt", "00000000\n");
    let softhsm = "SOFTHSM2_CONF=softhsm.conf softhsm2-util";
    for line in [
        format!("--init-token --free --label 'lab token' --so-pin 1234567 --pin {PIN}"),
        format!("--import house.pem --token 'lab token' --label signing --id 01 --pin {PIN}"),
    ] {
        lab.does(&format!("{softhsm} {line}")).exits(0);
    }
    lab
}

#[test]
fn a_token_signs_what_a_file_would() {
    let Ok(library) = std::env::var("COMITY_TEST_SOFTHSM") else {
        eprintln!(
            "skipped: a key in a token, because COMITY_TEST_SOFTHSM is not set (tests/softhsm.sh)"
        );
        return;
    };
    let world = World::new(Database::Sqlite);
    let lab = laboratory(&world);
    let key = uri(&library, ("", ""));

    let file = lab
        .does("comity keys show house.pem -o json")
        .exits(0)
        .json();
    let token = lab
        .does(&format!("{COMITY} keys show {key} -o json"))
        .exits(0)
        .json();
    assert_eq!(token, file);
    lab.does(
        "comity record new attestation --issuer did:web:house.example \
         --authority did:web:nqi.example.se > draft.json",
    )
    .exits(0);
    let by_file = lab.does("comity sign draft.json --key house.pem").exits(0);
    let by_token = lab
        .does(&format!("{COMITY} sign draft.json --key {key} -v"))
        .exits(0);
    assert_eq!(by_token.out, by_file.out);

    lab.writes("TR-1.pdf", "Report TR-1: passed.\n");
    let said = lab
        .does(&format!(
            "{COMITY} commit --key {key} --openings private.ndjson TR-1.pdf"
        ))
        .exits(0);
    assert_eq!(said.lines()[0]["outcome"], Value::from("committed"));
    lab.does("comity reveal TR-1 --openings private.ndjson")
        .exits(0);
    lab.does("comity reveal --check TR-1.pdf TR-1.opening.json")
        .exits(0);

    for (changed, code, words) in [
        (("pin.txt", "wrong.txt"), 4, "the PIN is wrong"),
        (("pin.txt", "gone.txt"), 4, "gone.txt cannot be read"),
        (("lab%20token", "other"), 4, "shows no token of that name"),
        (
            ("signing", "other"),
            4,
            "has no private Ed25519 key of that name",
        ),
        (("libsofthsm2.so", "gone.so"), 4, "cannot be loaded"),
        (
            ("house.example", "other.example"),
            2,
            "may not sign this attestation",
        ),
        (
            ("pin-source=pin.txt", "pin-value=48151623"),
            2,
            "is read by everybody",
        ),
    ] {
        let line = format!(
            "{COMITY} sign draft.json --key {} -v",
            uri(&library, changed)
        );
        let said = lab.does(&line).exits(code).warns(words);
        assert!(
            !format!("{}{}", said.text(), said.err).contains(PIN),
            "{changed:?}"
        );
    }
}
