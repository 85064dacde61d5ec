use std::time::Duration;

use serde_json::json;

use super::*;

fn names(look: &Look) -> Vec<&str> {
    look.ready.iter().map(|ready| ready.name.as_str()).collect()
}

/// Writes a file as if some seconds after now, so that it is later than what is beside it.
fn write_later(path: &Path, text: &str, seconds: u64) {
    fs::write(path, text).unwrap();
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(seconds))
        .unwrap();
}

#[test]
fn a_file_is_ready_when_it_did_not_change_between_two_looks() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    fs::write(dir.path().join("TR-1.pdf"), "one").unwrap();
    let look = folder.look(false).unwrap();
    assert_eq!((names(&look), look.changing), (Vec::<&str>::new(), 1));
    fs::write(dir.path().join("TR-1.pdf"), "one and more").unwrap();
    assert_eq!(folder.look(false).unwrap().changing, 1);
    let look = folder.look(false).unwrap();
    assert_eq!((names(&look), look.changing), (vec!["TR-1.pdf"], 0));
}

#[test]
fn what_is_not_meant_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    for name in [
        ".hidden.pdf",
        "TR-1.pdf.part",
        "TR-2.TMP",
        "TR-3.pdf~",
        "TR-4.pdf.receipt.json",
        "TR-4.pdf.opening.json",
        "TR-4.pdf.error.txt",
        "TR-4.pdf",
        "draft.json",
    ] {
        fs::write(dir.path().join(name), "text").unwrap();
    }
    fs::create_dir(dir.path().join("TR-5.pdf")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("TR-6.pdf")).unwrap();
    fs::remove_file(dir.path().join("TR-4.pdf.receipt.json")).unwrap();
    fs::remove_file(dir.path().join("TR-4.pdf.error.txt")).unwrap();
    let look = folder.look(true).unwrap();
    assert_eq!(names(&look), ["TR-4.pdf", "draft.json"]);
    let records: Vec<bool> = look.ready.iter().map(Ready::is_record).collect();
    assert_eq!(records, [false, true]);
}

#[test]
fn the_index_gives_numbers_and_makes_reports_of_json() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    for name in ["results.json", "scan.pdf", "draft.json"] {
        fs::write(dir.path().join(name), "{}").unwrap();
    }
    let index = dir.path().join(INDEX);
    fs::write(
        &index,
        "file,number,issuedOn\nresults.json,TR/1,2026-11-20\n",
    )
    .unwrap();
    let look = folder.look(true).unwrap();
    assert_eq!(names(&look), ["draft.json", "results.json", "scan.pdf"]);
    let numbers = look
        .ready
        .iter()
        .map(|ready| ready.row.as_ref().map(|row| &*row.number));
    assert_eq!(numbers.collect::<Vec<_>>(), [None, Some("TR/1"), None]);
    // A list that cannot be read holds everything back, and is said once.
    for broken in [
        "file,number\nscan.pdf,TR-2\nscan.pdf,TR-3\n",
        "file,colour\n",
        "file,number\n,TR-2\n",
    ] {
        fs::write(&index, broken).unwrap();
        let look = folder.look(true).unwrap();
        assert_eq!(names(&look), Vec::<&str>::new(), "{broken}");
        assert_eq!(look.faults.len(), 1, "{broken}");
        folder.fail(INDEX, &look.faults[0].1).unwrap();
        assert_eq!(folder.look(true).unwrap().faults, []);
        fs::remove_file(dir.path().join("index.csv.error.txt")).unwrap();
    }
}

#[test]
fn a_file_with_an_error_is_left_until_it_is_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    let path = dir.path().join("draft.json");
    fs::write(&path, "broken").unwrap();
    folder.fail("draft.json", "it is broken").unwrap();
    assert_eq!(names(&folder.look(true).unwrap()), Vec::<&str>::new());
    write_later(&path, "{}", 5);
    assert_eq!(names(&folder.look(true).unwrap()), ["draft.json"]);
    folder
        .finish("draft.json", &json!({"file": "digest"}))
        .unwrap();
    assert!(!dir.path().join("draft.json.error.txt").exists());
}

#[test]
fn a_file_that_is_changed_after_it_was_taken_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    let path = dir.path().join("TR-1.pdf");
    fs::write(&path, "one").unwrap();
    let digest = folder.digest("TR-1.pdf").unwrap();
    folder.finish("TR-1.pdf", &json!({"file": digest})).unwrap();
    assert_eq!(names(&folder.look(true).unwrap()), Vec::<&str>::new());
    // Touched, and then really changed.
    write_later(&path, "one", 5);
    let look = folder.look(true).unwrap();
    assert_eq!((names(&look), look.faults.len()), (Vec::<&str>::new(), 0));
    write_later(&path, "two", 5);
    let look = folder.look(true).unwrap();
    assert_eq!(look.faults, [("TR-1.pdf".to_owned(), CHANGED.to_owned())]);
}

#[test]
fn a_name_that_leaves_no_room_for_a_receipt_is_said_once_and_stops_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    let long = format!("{}.pdf", "a".repeat(MAX_FILE_NAME_BYTES - 3));
    let longest = format!("{}.pdf", "b".repeat(MAX_FILE_NAME_BYTES - 4));
    for name in [&long, &longest] {
        fs::write(dir.path().join(name), "one").unwrap();
    }
    let look = folder.look(true).unwrap();
    assert_eq!(names(&look), [&longest]);
    let faults: Vec<_> = look.faults.iter().map(|(name, _)| name).collect();
    assert_eq!(faults, [&long]);
    folder.fail(&long, "its name").unwrap();
    folder.open_beside(&longest, "{}").unwrap();
    folder.finish(&longest, &json!({})).unwrap();
    let look = folder.look(true).unwrap();
    assert!(look.ready.is_empty() && look.faults.is_empty());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_a_fault_once_and_counted_after() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"rapport-\xe9t\xe9.pdf");
    fs::write(dir.path().join(name), "text").unwrap();
    let look = folder.look(true).unwrap();
    let (shown, why) = look.faults.first().unwrap();
    assert!(why.contains("UTF-8"), "{why}");
    folder.fail(shown, why).unwrap();
    let look = folder.look(true).unwrap();
    assert_eq!((look.faults.len(), look.left), (0, 1));
}

#[test]
fn what_is_left_and_what_the_index_names_in_vain_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    let index = "file,number\nA-1.txt,TR-1\nA2.txt,TR-2\n";
    fs::write(dir.path().join("index.csv"), index).unwrap();
    fs::write(dir.path().join("A-1.txt"), "one").unwrap();
    fs::write(dir.path().join("A-2.txt"), "two").unwrap();
    folder.fail("A-2.txt", "a reason").unwrap();
    let look = folder.look(true).unwrap();
    assert_eq!(names(&look), ["A-1.txt"]);
    assert_eq!((look.left, look.absent), (1, vec!["A2.txt".to_owned()]));
}
