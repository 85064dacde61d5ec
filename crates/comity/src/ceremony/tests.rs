mod walk;

use comity_model::date::Instant;
use comity_model::federation::{
    AuthorityKey, Cosigners, FederationMember, Keyholder, MemberKeys, Roots, Terms,
};
use comity_model::party::Contact;
use comity_model::record::Subject;
use comity_signature::key::SigningKey;

use super::*;
use crate::registration::{Authority, by_authority};

const SE: &str = "did:web:nqi.example.se";
const ID: &str = "urn:uuid:00000000-0000-7000-8000-000000000001";

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn key(did: &str, seed: u8) -> NamedKey {
    NamedKey {
        did: did.to_owned(),
        key: SigningKey::from_seed(&[seed; 32]).into(),
    }
}

fn multikey(seed: u8) -> String {
    let key = SigningKey::from_seed(&[seed; 32]);
    key.verifying_key().to_multikey()
}

fn holder(number: u8) -> String {
    format!("did:web:nqi{number}.example")
}

fn paper(did: &str, subject: Subject) -> Paper {
    let issuer = Authority {
        did: did.to_owned(),
        name: "Somebody".to_owned(),
        language: "en".to_owned(),
    };
    let now = at("2026-01-01T00:00:00Z");
    let record = by_authority(&issuer, ID.to_owned(), "A list".to_owned(), now, subject);
    let bytes = canonical::to_canonical(&record.to_value()).unwrap();
    Paper::read("paper.json", &bytes).unwrap()
}

/// A list whose keyholders are those of the seeds, of whom `threshold` sign.
fn list(version: u64, previous: Option<&Paper>, seeds: &[u8], threshold: u64) -> Paper {
    let list = FederationList {
        version,
        previous: previous.map(|paper| digest::to_multibase(paper.digest)),
        effective_from: at("2026-01-01T00:00:00Z"),
        valid_until: at("2027-01-01T00:00:00Z"),
        keyholders: (seeds.iter())
            .map(|seed| Keyholder {
                did: holder(*seed),
                key: multikey(*seed),
            })
            .collect(),
        threshold,
        members: vec![FederationMember {
            economy: "SE".to_owned(),
            authority: SE.to_owned(),
            root_keys: vec![multikey(101), multikey(102), multikey(103)],
            root_threshold: 2,
            url: None,
            log_at: None,
        }],
        cosigners: Cosigners::default(),
    };
    let first = seeds.iter().map(|seed| holder(*seed)).min().unwrap();
    paper(&first, Subject::FederationList(Box::new(list)))
}

fn keys(version: u64, previous: Option<&Paper>, roots: Option<Roots>) -> Paper {
    let keys = MemberKeys {
        economy: "SE".to_owned(),
        version,
        previous: previous.map(|paper| digest::to_multibase(paper.digest)),
        effective_from: at("2026-01-02T00:00:00Z"),
        roots,
        log_keys: Vec::new(),
        mirror_keys: Vec::new(),
        witness_keys: Vec::new(),
        status_keys: Vec::new(),
        authority_keys: vec![AuthorityKey {
            key: multikey(7),
            from: at("2026-01-01T00:00:00Z"),
            until: None,
            reason: None,
        }],
        terms: None,
    };
    paper(SE, Subject::MemberKeys(Box::new(keys)))
}

/// Copies of `paper`, each signed by one.
fn copies(paper: &Paper, rule: &Rule, signers: &[NamedKey]) -> Vec<Paper> {
    let signed = |key: &NamedKey| {
        let bytes = paper.signed_by(key, rule).unwrap();
        Paper::read("copy.json", &bytes).unwrap()
    };
    signers.iter().map(signed).collect()
}

fn met(paper: &Paper, rule: &Rule) -> Vec<(String, bool)> {
    let standings = rule.standing(&paper.signed).into_iter();
    standings
        .map(|one| (one.what.clone(), one.is_met()))
        .collect()
}

#[test]
fn a_first_list_needs_its_own_keyholders() {
    let draft = list(1, None, &[1, 2, 3], 2);
    let rule = Rule::of(&draft, None, &[]).unwrap();
    let one = copies(&draft, &rule, &[key(&holder(3), 3)]);
    assert!(!facts::is_complete(&one[0], &rule));
    let two = copies(&draft, &rule, &[key(&holder(3), 3), key(&holder(1), 1)]);
    let whole = joined(&two, &rule).unwrap();
    assert!(facts::is_complete(&whole, &rule));
    // Whatever the order of the copies, the bytes are the same, and are what one after the other makes.
    let turned: Vec<Paper> = two.iter().rev().cloned().collect();
    assert_eq!(joined(&turned, &rule).unwrap().bytes, whole.bytes);
    let after = two[0].signed_by(&key(&holder(1), 1), &rule).unwrap();
    assert_eq!(after, whole.bytes);
    // The same proof twice counts once.
    let twice = joined(&[two[0].clone(), two[0].clone()], &rule).unwrap();
    assert!(!facts::is_complete(&twice, &rule));
}

#[test]
fn the_next_list_needs_both_thresholds() {
    let first = list(1, None, &[1, 2, 3], 2);
    let next = list(2, Some(&first), &[3, 4, 5], 2);
    let rule = Rule::of(&next, Some(&first), &[]).unwrap();
    let sign = |seeds: &[u8]| {
        let signers: Vec<_> = seeds
            .iter()
            .map(|seed| key(&holder(*seed), *seed))
            .collect();
        joined(&copies(&next, &rule, &signers), &rule).unwrap()
    };
    let named = |first, second| {
        vec![
            ("keyholders of version 1".to_owned(), first),
            ("keyholders of version 2".to_owned(), second),
        ]
    };
    assert_eq!(met(&sign(&[4, 5]), &rule), named(false, true));
    assert_eq!(met(&sign(&[1, 2]), &rule), named(true, false));
    assert_eq!(met(&sign(&[1, 3]), &rule), named(true, false));
    // Number 3 is in both sets and counts in both.
    assert_eq!(met(&sign(&[1, 3, 4]), &rule), named(true, true));
}

#[test]
fn a_stranger_is_refused() {
    let draft = list(1, None, &[1, 2], 1);
    let rule = Rule::of(&draft, None, &[]).unwrap();
    // A keyholder's DID with another key, and a listed key under another DID.
    for stranger in [key(&holder(1), 2), key("did:web:other.example", 1)] {
        let error = draft.signed_by(&stranger, &rule).unwrap_err();
        assert!(error.to_string().contains("not among those"), "{error}");
    }
    // A proof that was added elsewhere is not taken over.
    let bytes = data_integrity::sign(
        &draft.bytes,
        "did:web:other.example",
        &SigningKey::from_seed(&[9; 32]),
        None,
        &Limits::default(),
    );
    let added = Paper::read("added.json", &bytes.unwrap()).unwrap();
    let error = joined(&[added], &rule).unwrap_err();
    assert!(
        error.to_string().contains("did:web:other.example"),
        "{error}"
    );
}

#[test]
fn versions_follow_each_other() {
    let first = list(1, None, &[1, 2], 1);
    let other = list(1, None, &[1], 1);
    let second = list(2, Some(&first), &[1, 2], 1);
    let third = list(3, Some(&second), &[1, 2], 1);
    assert!(Rule::of(&second, Some(&first), &[]).is_ok());
    for (paper, previous, why) in [
        (&second, None, "version 1"),
        (&second, Some(&other), "names"),
        (&third, Some(&first), "versions 1 and 3"),
        (&third, Some(&keys(2, Some(&second), None)), "MemberKeys"),
    ] {
        let error = Rule::of(paper, previous, &[]).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    let error = joined(&[first, other], &Rule::default()).unwrap_err();
    assert!(
        error.to_string().contains("not the same document"),
        "{error}"
    );
}

#[test]
fn a_changed_paper_is_not_read() {
    let draft = list(1, None, &[1], 1);
    let rule = Rule::of(&draft, None, &[]).unwrap();
    let signed = draft.signed_by(&key(&holder(1), 1), &rule).unwrap();
    let text = String::from_utf8(signed).unwrap();
    let changed = text.replace("2027-01-01", "2028-01-01");
    assert!(Paper::read("changed.json", changed.as_bytes()).is_err());
}

#[test]
fn member_keys_are_signed_by_the_roots_of_the_list() {
    let federation = list(1, None, &[1], 1);
    let draft = keys(1, None, None);
    assert!(Rule::of(&draft, None, &[]).is_err());
    let rule = Rule::of(&draft, None, &[&federation]).unwrap();
    let whole = joined(&copies(&draft, &rule, &[key(SE, 101), key(SE, 103)]), &rule).unwrap();
    assert!(facts::is_complete(&whole, &rule));
    // The online key is no root.
    assert!(draft.signed_by(&key(SE, 7), &rule).is_err());
}

#[test]
fn new_roots_are_signed_by_both_sets() {
    let federation = list(1, None, &[1], 1);
    let first = keys(1, None, None);
    let new = Roots {
        keys: vec![multikey(111), multikey(112)],
        threshold: 2,
    };
    let second = keys(2, Some(&first), Some(new));
    let rule = Rule::of(&second, Some(&first), &[&federation]).unwrap();
    let sign = |seeds: &[u8]| {
        let signers: Vec<_> = seeds.iter().map(|seed| key(SE, *seed)).collect();
        joined(&copies(&second, &rule, &signers), &rule).unwrap()
    };
    assert!(!facts::is_complete(&sign(&[101, 102]), &rule));
    assert!(!facts::is_complete(&sign(&[111, 112, 101]), &rule));
    assert!(facts::is_complete(&sign(&[101, 102, 111, 112]), &rule));
    // From then on the new ones sign, and no list is needed to know it.
    let third = keys(3, Some(&second), second.keys().unwrap().roots.clone());
    let rule = Rule::of(&third, Some(&second), &[]).unwrap();
    assert_eq!(rule.groups.len(), 1);
    assert!(rule.names(&method(SE, &multikey(111))));
    assert!(!rule.names(&method(SE, &multikey(101))));
}

#[test]
fn every_fact_is_shown() {
    let federation = list(1, None, &[1, 2], 2);
    let rule = Rule::of(&federation, None, &[]).unwrap();
    let words = facts::words(&federation, Some(&rule));
    for shown in [
        "Federation list, version 1",
        &multikey(102),
        &crate::registration::spoken(&multikey(2)).unwrap(),
        &digest::words(&federation.digest),
        "2 more must sign",
    ] {
        assert!(words.contains(shown), "{shown} is not in {words}");
    }
    let value = facts::value(&federation, Some(&rule));
    assert_eq!(value["complete"], false);
    let mut record = keys(1, None, None).record;
    "A title that is shown".clone_into(&mut record.name);
    if let Subject::MemberKeys(keys) = &mut record.subject {
        keys.terms = Some(Terms {
            licence: "CC-BY-4.0".to_owned(),
            attribution: "The authority".to_owned(),
            correction: Contact {
                office: "The office".to_owned(),
                url: Some("https://office.example".to_owned()),
                email: Some("office@nqi.example".to_owned()),
                telephone: Some("+46 8 000 000".to_owned()),
            },
        });
    }
    let bytes = canonical::to_canonical(&record.to_value()).unwrap();
    let words = facts::words(&Paper::read("keys.json", &bytes).unwrap(), None);
    for shown in [
        &multikey(7),
        "A title that is shown",
        "Somebody",
        ID,
        "CC-BY-4.0",
        "The office",
        "https://office.example",
        "office@nqi.example",
        "+46 8 000 000",
    ] {
        assert!(words.contains(shown), "{shown} is not in {words}");
    }
}
