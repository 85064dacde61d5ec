//! A checker of C2SP logs on Go's `x/mod/sumdb`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use comity_tlog::bundle::bundles;
use comity_tlog::checkpoint::{Checkpoint, cosignatures};
use comity_tlog::note::SignedNote;
use comity_tlog::tile::tiles;

use super::{copy_files, printed, run};
use crate::format_vectors::folder;
use crate::format_vectors::logs::{golden_log, signers};
use crate::program::federation::Federation;

/// Where Debian's `golang-golang-x-mod-dev` puts its source.
const GO_SOURCES: &str = "/usr/share/gocode";

/// The checker, built below the target folder; `None` with a word why.
fn go_checker() -> Option<PathBuf> {
    let Some(source) = crate::shared("peers/gocheck") else {
        eprintln!("skipped: no Go checker beside the repository");
        return None;
    };
    if !Path::new(GO_SOURCES).join("src/golang.org/x/mod").exists() {
        eprintln!("skipped: golang-golang-x-mod-dev is not installed");
        return None;
    }
    let go_path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gopath");
    copy_files(&source, &go_path.join("src/gocheck"));
    let program = go_path.join("gocheck");
    let mut build = Command::new("go");
    build
        .args(["build", "-o"])
        .arg(&program)
        .arg("gocheck")
        .env("GO111MODULE", "off")
        .env("GOFLAGS", "")
        .env("GOPATH", format!("{}:{GO_SOURCES}", go_path.display()))
        .env("GOCACHE", go_path.join("cache"));
    let Some(output) = run(&mut build) else {
        eprintln!("skipped: go is not installed");
        return None;
    };
    assert!(output.status.success(), "{}", printed(&output));
    Some(program)
}

/// The words of the checker about the log in `folder`.
fn check(checker: &Path, folder: &Path, vkeys: &[String]) -> (bool, String) {
    let output = run(Command::new(checker).arg(folder).args(vkeys)).unwrap();
    (output.status.success(), printed(&output))
}

fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

#[test]
fn the_go_checker_accepts_our_logs() {
    let Some(checker) = go_checker() else { return };
    let [(_, norda), (_, suda), (_, golden)] = signers();
    let vkeys = |signers: &crate::format_vectors::logs::Signers| {
        [&signers.log, &signers.own, &signers.mirror].map(|signer| signer.vkey().to_string())
    };
    let (ok, words) = check(&checker, &folder().join("log-norda"), &vkeys(&norda));
    assert!(
        ok && words.contains("size=10 signatures=3 entries_proved=10 consistency_proved=6"),
        "{words}"
    );
    let (ok, words) = check(&checker, &folder().join("log-suda"), &vkeys(&suda));
    assert!(
        ok && words.contains("size=3 signatures=3 entries_proved=3 consistency_proved=1"),
        "{words}"
    );

    let place = tempfile::tempdir().unwrap();
    let mut files = golden_log();
    write(place.path(), &files);
    let (ok, words) = check(&checker, place.path(), &vkeys(&golden));
    assert!(
        ok && words.contains("size=300 signatures=3 entries_proved=300 consistency_proved=4"),
        "{words}"
    );

    // Its yes means something: one digit of one entry is changed.
    let bundle = files.get_mut("tile/entries/000").unwrap();
    bundle[60] = if bundle[60] == b'0' { b'1' } else { b'0' };
    write(place.path(), &files);
    let (ok, words) = check(&checker, place.path(), &vkeys(&golden));
    assert!(!ok && words.contains("entry 0"), "{words}");
}

/// The files of the log of a node, as another server of tiles would have them.
fn files_of(world: &Federation, at: usize) -> (u64, BTreeMap<String, Vec<u8>>) {
    let log = world.path_at(at, at);
    let note = world.shows_at(at, &format!("{log}/checkpoint"));
    let text = SignedNote::parse(&note).unwrap().text;
    let size = Checkpoint::parse(&text).unwrap().size;
    let paths = bundles(0, size).map(|id| id.path());
    let paths = paths.chain(tiles(size).map(|id| id.path()));
    let files = paths.map(|path| {
        let bytes = world.shows_at(at, &format!("{log}/{path}"));
        (path, bytes)
    });
    let mut files: BTreeMap<_, _> = files.collect();
    files.insert("checkpoint".to_owned(), note);
    (size, files)
}

#[test]
fn the_go_checker_accepts_a_log_that_others_co_signed() {
    let Some(checker) = go_checker() else { return };
    let world = Federation::of(3);
    world.registers_laboratory(0);
    world.publishes(0, "LAB-1");
    world.agrees();
    let log = world.members[0].log_vkey();
    let mirrors = [1, 2].map(|at| world.members[at].cosigner_vkey("mirror"));
    let vkeys: Vec<String> = [log.clone(), log.as_cosigner()]
        .iter()
        .chain(&mirrors)
        .map(ToString::to_string)
        .collect();
    world.comes_to("the checkpoint carries the lines of both mirrors", || {
        let note = world.shows_at(0, &format!("{}/checkpoint", world.path_at(0, 0)));
        let note = SignedNote::parse(&note).unwrap();
        cosignatures(&note, &mirrors).len() == 2
    });
    let (size, files) = files_of(&world, 0);
    let place = tempfile::tempdir().unwrap();
    write(place.path(), &files);
    let (ok, words) = check(&checker, place.path(), &vkeys);
    let expected = format!("size={size} signatures=4 entries_proved={size}");
    assert!(ok && size >= 2 && words.contains(&expected), "{words}");
}
