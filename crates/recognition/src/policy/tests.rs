use super::{MAX_POLICY_BYTES, Policy};

const KEY: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

fn faults(text: &str) -> Vec<String> {
    let faults = Policy::parse(text).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn defaults_stand_in_the_digest() {
    let empty = Policy::parse("").unwrap();
    let said = Policy::parse("max_age_hours = 24\nimported_max_age_days = 30\n").unwrap();
    assert_eq!(empty.digest(), said.digest());
    let other = Policy::parse("max_age_hours = 25\n").unwrap();
    assert_ne!(empty.digest(), other.digest());
}

#[test]
fn faults_name_their_key() {
    let text = format!(
        "max_age_hours = 0\n\
         [[authority]]\ndid = \"did:key:x\"\neconomy = \"Sweden\"\nkeys = []\n\
         [[authority]]\ndid = \"did:web:a.example\"\nkeys = [{{ key = \"{KEY}x\" }}]\n\
         [[log]]\norigin = \"a.example\"\nvkey = \"nothing\"\n"
    );
    let faults = faults(&text);
    let keys: Vec<&str> = faults
        .iter()
        .filter_map(|fault| fault.split(": ").next())
        .collect();
    assert_eq!(
        keys,
        [
            "authority[0].did",
            "authority[0].economy",
            "authority[0].keys",
            "authority[1].keys[0].key",
            "max_age_hours",
            "log[0].origin",
            "log[0].vkey"
        ]
    );
}

#[test]
fn an_unknown_key_is_refused() {
    assert!(faults("max_age_days = 3\n")[0].contains("max_age_days"));
}

#[test]
fn a_policy_has_a_largest_size() {
    let comment = |bytes: usize| format!("#{}", " ".repeat(bytes - 1));
    assert!(Policy::parse(&comment(MAX_POLICY_BYTES)).is_ok());
    assert!(Policy::parse(&comment(MAX_POLICY_BYTES + 1)).is_err());
}

#[test]
fn a_log_belongs_to_the_authority_on_its_host() {
    let signer = comity_tlog::note::NoteSigner::log("a.example/log/2026", &[7; 32]).unwrap();
    let text = format!(
        "[[authority]]\ndid = \"did:web:a.example\"\neconomy = \"SE\"\n\
         keys = [{{ key = \"{KEY}\" }}]\n\
         [[log]]\norigin = \"a.example/log/2026\"\nvkey = \"{}\"\n",
        signer.vkey()
    );
    let policy = Policy::parse(&text).unwrap();
    assert_eq!(policy.logs()[0].economies, ["SE"]);
    let keys = [KEY.to_owned()];
    let vkey = signer.vkey().to_string();
    let own = Policy::for_own_node(
        "did:web:a.example",
        "SE",
        &keys,
        "a.example/log/2026",
        &vkey,
        &[],
    );
    assert_eq!(own.unwrap().logs(), policy.logs());
}

#[test]
fn a_key_has_one_vote() {
    let vkey = comity_tlog::note::NoteSigner::cosigner("a.example/mirror", &[7; 32]).unwrap();
    let vkey = vkey.vkey();
    let text = format!(
        "[[cosigners]]\nfrom = \"2026-01-01T00:00:00Z\"\nmembers = [\n\
         {{ vkey = \"{vkey}\", economy = \"FI\" }},\n{{ vkey = \"{vkey}\", economy = \"NO\" }},\n]\n"
    );
    let faults = faults(&text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("cosigners[0].members[1].vkey"));
}
