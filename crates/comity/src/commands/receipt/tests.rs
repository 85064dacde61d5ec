use super::*;
use crate::exit::exit_of;

const UUID: &str = "01935fa0-0000-7000-8000-000000000001";

#[test]
fn a_receipt_replaces_nothing_that_a_node_could_name() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("here");
    std::fs::create_dir(&folder).unwrap();
    let outside = above.path().join("x.tlog-proof");
    std::fs::write(&outside, "mine").unwrap();
    for id in [
        "urn:uuid:../x",
        "urn:uuid:",
        "x",
        "/x",
        &format!("urn:uuid:{UUID}/x"),
    ] {
        let error = keep(&folder, id, "receipt").unwrap_err();
        assert_eq!(exit_of(&error), Exit::Unreachable, "{id}");
    }
    assert_eq!(std::fs::read(&outside).unwrap(), b"mine");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);

    let id = format!("urn:uuid:{UUID}");
    let file = keep(&folder, &id, "receipt").unwrap();
    assert_eq!(file, folder.join(format!("{UUID}.tlog-proof")));
    // The same again is no loss; anything else would be.
    assert_eq!(keep(&folder, &id, "receipt").unwrap(), file);
    let error = keep(&folder, &id, "another").unwrap_err();
    assert_eq!(exit_of(&error), Exit::Usage);
    assert!(error.to_string().contains("is there already"), "{error}");
    assert_eq!(std::fs::read(&file).unwrap(), b"receipt");
}
