use comity_tlog::note::NoteSigner;

use super::{PeerFile, PeerMode, Peers};

const ORIGIN: &str = "nqi.example.jp/log/2026";

#[test]
fn what_is_written_is_read() {
    let vkey = NoteSigner::log(ORIGIN, &[1; 32])
        .unwrap()
        .vkey()
        .to_string();
    let cosigner = NoteSigner::cosigner("w.example/witness", &[1; 32]).unwrap();
    let text = format!(
        "[[peer]]\nurl = \"https://nqi.example.jp\"\norigin = \"{ORIGIN}\"\nvkey = \"{vkey}\"\n\
         mode = \"follower\"\nkinds = [\"Attestation\"]\ndaily_entries = 10\n\n\
         [[witness]]\nurl = \"https://w.example\"\nvkey = \"{}\"\n",
        cosigner.vkey()
    );
    let peers = Peers::parse(&text).unwrap();
    assert_eq!(peers.peers[0].mode, PeerMode::Follower);
    assert_eq!(Peers::parse(&peers.to_text().unwrap()).unwrap(), peers);
    for (from, to) in [
        (ORIGIN, "nqi.example.jp"),
        ("follower", "friend"),
        ("/witness", "/nobody"),
        ("daily_entries", "daily"),
    ] {
        assert!(Peers::parse(&text.replace(from, to)).is_err(), "{to}");
    }
}

#[test]
fn a_changed_file_is_read_again_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = PeerFile::open(folder.path()).unwrap();
    assert_eq!(file.current(), Peers::default());
    let path = folder.path().join(super::PEERS_FILE);
    let peer = format!("[[peer]]\nurl = \"https://nqi.example.jp\"\norigin = \"{ORIGIN}\"\n");
    std::fs::write(&path, &peer).unwrap();
    assert_eq!(file.current().peers.len(), 1);
    std::fs::write(&path, "[[peer]]").unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
    let written = std::fs::File::options().write(true).open(&path).unwrap();
    written.set_modified(later).unwrap();
    assert_eq!(file.current().peers.len(), 1);
}
