//! A node restored from an old backup: it asks its mirrors first, refuses to sign below what they
//! have co-signed, takes back what it has forgotten, and goes on.

use comity_node::Node;
use comity_recognition::question::Selector;

use super::nodes::Nodes;

async fn close(nodes: &Nodes, node: Node) {
    nodes.take_down(0);
    // A commit of the index that is under way would outlive it.
    node.indexed().await;
    node.close().await;
    drop(node);
}

/// A node in a folder whose mirrors hold more than its database.
async fn forgetful() -> (Nodes, tempfile::TempDir) {
    let nodes = Nodes::of(3).await;
    let dir = tempfile::tempdir().unwrap();
    nodes.folder(dir.path());
    let node = nodes.open(dir.path(), true).await;
    nodes.publish_at(&node, 0, 1).await;
    close(&nodes, node).await;
    let backup = dir.path().join("backup.sqlite");
    std::fs::copy(dir.path().join("node.sqlite"), &backup).unwrap();
    let node = nodes.open(dir.path(), true).await;
    for number in 2..300 {
        nodes.publish_at(&node, 0, number).await;
    }
    nodes.pass(10);
    nodes.mirror(1).await;
    nodes.mirror(2).await;
    close(&nodes, node).await;
    std::fs::copy(&backup, dir.path().join("node.sqlite")).unwrap();
    for file in ["node.sqlite-wal", "node.sqlite-shm"] {
        let _ = std::fs::remove_file(dir.path().join(file));
    }
    (nodes, dir)
}

#[tokio::test]
async fn what_was_forgotten_is_taken_back_before_anything_is_signed() {
    let (nodes, dir) = forgetful().await;
    let node = nodes.open(dir.path(), false).await;
    assert_eq!(node.head().size, 1);
    let why = node.read_only().unwrap();
    assert!(why.contains("mirrors"), "{why}");
    assert!(node.publish(vec![nodes.grant(0, 900)]).await.is_err());
    node.tend_once().await.unwrap();
    assert_eq!(node.read_only(), None);
    assert_eq!(node.head().size, 299);
    let id = format!("urn:uuid:{}", crate::testing::uuid(250));
    assert_eq!(node.look_up(&Selector::Id(id)).await.unwrap().len(), 1);
    nodes.publish_at(&node, 0, 900).await;
    assert_eq!(node.head().size, 300);
    nodes.pass(10);
    // The mirrors go on with it.
    assert!(nodes.all[1].mirror_once().await.unwrap().is_empty());
    assert_eq!(
        nodes.all[1].forked_logs().await.unwrap(),
        Vec::<String>::new()
    );
    close(&nodes, node).await;
}

#[tokio::test]
async fn a_folder_restored_whole_is_caught_by_the_mirrors() {
    let (nodes, dir) = forgetful().await;
    std::fs::remove_file(dir.path().join("head")).unwrap();
    let node = nodes.open(dir.path(), false).await;
    node.tend_once().await.unwrap();
    assert_eq!((node.head().size, node.read_only()), (299, None));
    close(&nodes, node).await;
}

#[tokio::test]
async fn without_answers_it_stays_read_only_until_an_operator_says() {
    let (nodes, dir) = forgetful().await;
    std::fs::remove_file(dir.path().join("head")).unwrap();
    nodes.take_down(1);
    nodes.take_down(2);
    let node = nodes.open(dir.path(), false).await;
    node.tend_once().await.unwrap();
    assert!(node.read_only().unwrap().contains("--assume-latest"));
    // One of two is enough: with both needed for a quorum, it has seen whatever had one.
    nodes.replace(2, &nodes.all[2]);
    node.tend_once().await.unwrap();
    assert_eq!((node.head().size, node.read_only()), (299, None));
    close(&nodes, node).await;
}

/// What was signed last may be held by one mirror only, and that one may be away.
#[tokio::test]
async fn of_a_folder_that_is_a_copy_every_mirror_is_asked() {
    let nodes = Nodes::of(3).await;
    let (dir, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    nodes.folder(dir.path());
    let node = nodes.open(dir.path(), true).await;
    nodes.publish_at(&node, 0, 1).await;
    close(&nodes, node).await;
    let copied = std::process::Command::new("cp")
        .arg("-a")
        .arg(dir.path().join("."))
        .arg(copy.path())
        .status();
    assert!(copied.unwrap().success());
    let node = nodes.open(dir.path(), true).await;
    nodes.publish_at(&node, 0, 2).await;
    nodes.mirror(1).await;
    close(&nodes, node).await;
    nodes.take_down(1);
    let node = nodes.open(copy.path(), false).await;
    node.tend_once().await.unwrap();
    let why = node.read_only().unwrap();
    assert!(why.contains("this folder is a copy"), "{why}");
    nodes.replace(1, &nodes.all[1]);
    node.tend_once().await.unwrap();
    assert_eq!((node.head().size, node.read_only()), (2, None));
    close(&nodes, node).await;
    // From then on it is a folder like any other.
    nodes.take_down(1);
    let node = nodes.open(copy.path(), false).await;
    node.tend_once().await.unwrap();
    assert_eq!((node.head().size, node.read_only()), (2, None));
    close(&nodes, node).await;
}

#[tokio::test]
async fn an_operator_may_say_that_nothing_was_forgotten() {
    let nodes = Nodes::of(3).await;
    let dir = tempfile::tempdir().unwrap();
    nodes.folder(dir.path());
    nodes.take_down(1);
    nodes.take_down(2);
    let node = nodes.open(dir.path(), false).await;
    assert!(node.publish(vec![nodes.grant(0, 1)]).await.is_err());
    close(&nodes, node).await;
    let node = nodes.open(dir.path(), true).await;
    nodes.publish_at(&node, 0, 1).await;
    close(&nodes, node).await;
}

#[tokio::test]
async fn signing_over_what_was_forgotten_ends_the_log() {
    let (nodes, dir) = forgetful().await;
    std::fs::remove_file(dir.path().join("head")).unwrap();
    let node = nodes.open(dir.path(), true).await;
    nodes.publish_at(&node, 0, 901).await;
    // The operator was wrong: the mirrors say so, and the log signs nothing any more.
    node.collect_once().await.unwrap();
    assert!(node.read_only().is_some());
    assert!(node.publish(vec![nodes.grant(0, 902)]).await.is_err());
    close(&nodes, node).await;
    let node = nodes.open(dir.path(), false).await;
    node.tend_once().await.unwrap();
    assert!(node.read_only().unwrap().contains("two histories"));
    close(&nodes, node).await;
}
