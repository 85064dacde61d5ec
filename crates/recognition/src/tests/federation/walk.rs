//! From the pinned list to what counts: thresholds, versions, roots, forks.

use comity_model::date::Instant;
use comity_model::federation::Roots;

use super::{ECONOMIES, Federal, authority_key, multikey, remove, roots};
use crate::federation::FederationView;
use crate::tests::world::{authority, noon};
use crate::trust_graph::TrustGraph;

fn versions(federal: &Federal) -> Vec<u64> {
    let view = federal.view();
    view.lists
        .iter()
        .map(|version| version.list.version)
        .collect()
}

fn key_versions(federal: &Federal, economy: &str) -> Vec<u64> {
    let view = federal.view();
    let member = view.economy(economy).unwrap();
    member
        .versions
        .iter()
        .map(|version| version.keys.version)
        .collect()
}

#[test]
fn a_new_list_needs_the_threshold_of_the_one_before_and_its_own() {
    for (holders, counts) in [
        (vec!["1", "2"], false),
        (vec!["1", "2", "4"], true),
        (vec!["1", "4"], false),
        (vec!["3", "4"], false),
        (vec!["1", "3", "4"], true),
    ] {
        let mut federal = Federal::new();
        federal.world.on("2018-03-01");
        let mut next = federal.next_list();
        // The new set: holders 3 and 4, both of whom must sign, or 1 with 4.
        next.keyholders.remove(1);
        next.keyholders[1].did = "did:web:holder-4.example".to_owned();
        next.keyholders[1].key = multikey("holder 4");
        let own = holders
            .iter()
            .filter(|holder| ["1", "4"].contains(holder))
            .count();
        federal.publish_list(&next, &holders);
        let expected = if counts { vec![1, 2] } else { vec![1] };
        assert_eq!(
            versions(&federal),
            expected,
            "{holders:?}, {own} of its own"
        );
        assert_eq!(federal.view().problems.is_empty(), counts, "{holders:?}");
    }
}

#[test]
fn a_key_counts_once_and_only_with_its_own_name() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let mut next = federal.next_list();
    next.keyholders.truncate(2);
    // Holder 1 signs; holder 2's key signs under the name of holder 3.
    let issuer = super::authority("SE");
    let mut record = federal.world.draft(
        &issuer,
        comity_model::record::Subject::FederationList(Box::new(next)),
    );
    record.issuer.id = "did:web:holder-1.example".to_owned();
    record.comity.authority = "did:web:holder-1.example".to_owned();
    record.valid_until = Some(noon("2019-01-01"));
    record.comity.publication_basis = None;
    let by = |n: &str, key: &str| {
        (
            format!("did:web:holder-{n}.example"),
            format!("holder {key}"),
        )
    };
    federal.publish("SE", &record, &[by("1", "1"), by("3", "2")]);
    assert_eq!(versions(&federal), [1]);
    federal.publish("SE", &record, &[by("1", "1"), by("2", "2")]);
    assert_eq!(versions(&federal), [1, 2]);
}

#[test]
fn versions_are_walked_one_by_one_forwards_and_back() {
    let mut federal = Federal::new();
    for month in ["2018-02-01", "2018-03-01", "2018-04-01"] {
        federal.world.on(month);
        let next = federal.next_list();
        federal.publish_list(&next, &["2", "3"]);
    }
    assert_eq!(versions(&federal), [1, 2, 3, 4]);
    // Whoever pins the newest reaches the oldest by its digests.
    federal.pinned = federal.list.1.clone();
    assert_eq!(versions(&federal), [1, 2, 3, 4]);
    // Also of an instant before the pinned one took effect.
    federal.world.on("2018-03-15");
    assert_eq!(versions(&federal), [1, 2, 3]);
    federal.world.on("2017-12-31");
    assert_eq!(versions(&federal), [0_u64; 0]);
    assert!(federal.view().problems[0].contains("takes effect at 2018-04-01"));
    federal.world.on("2018-04-15");
    // As of March only what had taken effect then.
    federal.pinned = federal.view().lists[0].document_multibase.clone();
    federal.world.on("2018-03-15");
    assert_eq!(versions(&federal), [1, 2, 3]);
    // A version that is not held stops the walk.
    federal.world.on("2018-04-15");
    let third = federal.view().lists[2].document_digest;
    federal
        .world
        .records
        .retain(|record| record.document_digest != third);
    assert_eq!(versions(&federal), [1, 2]);
    // Nothing is made of a list that is not held.
    federal.pinned = "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let view = federal.view();
    assert!(view.lists.is_empty() && view.members.is_empty());
    assert!(
        view.problems[0].contains("is not held"),
        "{:?}",
        view.problems
    );
}

#[test]
fn two_lists_of_one_version_stop_the_walk_and_are_named() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let mut one = federal.next_list();
    let mut other = one.clone();
    remove(&mut one, "JP");
    remove(&mut other, "KZ");
    let one = federal.publish_list(&one, &["1", "2"]);
    let other = federal.publish_list(&other, &["2", "3"]);
    let view = federal.view();
    assert_eq!(versions(&federal), [1]);
    let (first, second) = view.fork.clone().unwrap();
    let mut named = [first, second];
    named.sort();
    let mut expected = [one, other].map(|record| record.document_multibase.clone());
    expected.sort();
    assert_eq!(named, expected);
    assert_eq!(view.current().count(), 3, "the members stay");
    // Before either took effect there is nothing to see.
    let before = noon("2018-02-01");
    assert_eq!(
        FederationView::walk(&federal.pinned, &federal.trust(), before).fork,
        None
    );
}

#[test]
fn keys_need_the_threshold_of_the_roots() {
    for (signers, counts) in [(vec![0], false), (vec![0, 2], true), (vec![0, 1, 2], true)] {
        let mut federal = Federal::founded();
        let keys = federal.first_keys("SE");
        let by: Vec<String> = signers.iter().map(|at| roots("SE")[*at].clone()).collect();
        federal.publish_keys("SE", &keys, &by);
        assert_eq!(
            key_versions(&federal, "SE").len(),
            usize::from(counts),
            "{signers:?}"
        );
    }
    // Another member's roots are nobody's here.
    let mut federal = Federal::founded();
    let keys = federal.first_keys("SE");
    federal.publish_keys("SE", &keys, &roots("JP")[..2]);
    assert_eq!(key_versions(&federal, "SE"), [0_u64; 0]);
    assert!(federal.view().problems[0].contains("0 of the roots signed it"));
}

#[test]
fn roots_are_rotated_by_the_old_and_the_new() {
    let new: Vec<String> = ["SE new root 1", "SE new root 2"].map(str::to_owned).into();
    let old = roots("SE")[..2].to_vec();
    let both: Vec<String> = old.iter().chain(&new).cloned().collect();
    for (signers, counts) in [(&old, false), (&new, false), (&both, true)] {
        let mut federal = Federal::new();
        federal.world.on("2018-03-01");
        let mut next = federal.next_keys("SE");
        next.roots = Some(Roots {
            keys: new.iter().map(|root| multikey(root)).collect(),
            threshold: 2,
        });
        federal.publish_keys("SE", &next, signers);
        let expected = if counts { vec![1, 2] } else { vec![1] };
        assert_eq!(key_versions(&federal, "SE"), expected, "{signers:?}");
        if !counts {
            continue;
        }
        // From then on the new ones alone sign.
        federal.world.on("2018-04-01");
        let third = federal.next_keys("SE");
        let kept = federal.keys["SE"].clone();
        federal.publish_keys("SE", &third, &old);
        assert_eq!(key_versions(&federal, "SE"), [1, 2]);
        federal.keys.insert("SE", kept);
        federal.publish_keys("SE", &third, &new);
        assert_eq!(key_versions(&federal, "SE"), [1, 2, 3]);
    }
}

/// The roots of an economy are stolen, and the keyholders give it others.
#[test]
fn a_list_resets_roots_and_old_ones_say_nothing_any_more() {
    let mut federal = Federal::new();
    let before = federal.keys["SE"].clone();
    let new: Vec<String> = ["SE new root 1", "SE new root 2"].map(str::to_owned).into();
    federal.world.on("2018-03-01");
    let mut next = federal.next_list();
    let member = next
        .members
        .iter_mut()
        .find(|member| member.economy == "SE")
        .unwrap();
    member.root_keys = new.iter().map(|root| multikey(root)).collect();
    federal.publish_list(&next, &["1", "2"]);
    // Until its new roots say which keys go on, the economy has none.
    let now = |federal: &Federal| {
        federal
            .view()
            .economy("SE")
            .unwrap()
            .mirror_key(federal.world.now)
            .is_some()
    };
    assert!(!now(&federal));
    // The thief signs with the old roots, dated back to their time.
    federal.world.on("2018-03-10");
    let mut stolen = federal.next_keys("SE");
    stolen.effective_from = noon("2018-02-15");
    stolen
        .authority_keys
        .push(authority_key("thief", noon("2018-02-15")));
    federal.publish_keys("SE", &stolen, &roots("SE")[..2]);
    assert!(!now(&federal));
    let theft = federal.certify("SE", "thief");
    assert_ne!(federal.registration(&theft, "SE"), super::COUNTS);
    // The economy goes on with its new roots, and the thief's version is as if it were not there.
    federal.keys.insert("SE", before);
    federal.world.on("2018-03-20");
    let mut restated = federal.next_keys("SE");
    restated
        .authority_keys
        .push(authority_key("SE authority 2", federal.world.now));
    federal.publish_keys("SE", &restated, &new);
    assert!(now(&federal));
    let view = federal.view();
    let keys = &view.economy("SE").unwrap().newest().unwrap().keys;
    assert_eq!(keys, &restated);
    assert_eq!(key_versions(&federal, "SE"), [1, 2]);
    let certificate = federal.certify("SE", "SE authority 2");
    assert_eq!(federal.registration(&certificate, "SE"), super::COUNTS);
    assert_ne!(federal.registration(&theft, "SE"), super::COUNTS);
}

#[test]
fn two_key_lists_of_one_version_count_neither() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let mut one = federal.next_keys("SE");
    let mut other = one.clone();
    one.authority_keys
        .push(authority_key("one", one.effective_from));
    other
        .authority_keys
        .push(authority_key("other", one.effective_from));
    federal.publish_keys("SE", &one, &roots("SE")[..2]);
    federal.publish_keys("SE", &other, &roots("SE")[1..]);
    assert_eq!(key_versions(&federal, "SE"), [1]);
    assert!(federal.view().problems[0].contains("two key lists"));
}

#[test]
fn a_log_on_somebody_elses_host_is_left_out() {
    let mut federal = Federal::founded();
    let mut keys = federal.first_keys("SE");
    keys.log_keys = federal.first_keys("JP").log_keys;
    federal.publish_keys("SE", &keys, &roots("SE")[..2]);
    let view = federal.view();
    assert!(view.economy("SE").unwrap().log_keys.is_empty());
    assert!(
        view.problems[0].contains("whose host is neither"),
        "{:?}",
        view.problems
    );
}

#[test]
fn a_key_of_two_uses_is_refused_whatever_its_spelling() {
    let mut federal = Federal::founded();
    let mut keys = federal.first_keys("SE");
    // The seed of the mirror key, as a status key.
    let seed = comity_signature::digest::sha256(b"se.example/mirror");
    keys.status_keys[0].key = comity_signature::key::SigningKey::from_seed(&seed)
        .verifying_key()
        .to_multikey();
    federal.publish_keys("SE", &keys, &roots("SE")[..2]);
    assert_eq!(key_versions(&federal, "SE"), [0_u64; 0]);
    assert!(federal.view().problems[0].contains("every key has one use"));
}

/// A guest has its own roots, keys and records, and logs in another member's log; later it opens
/// its own.
#[test]
fn a_guest_publishes_in_another_members_log_and_later_in_its_own() {
    let mut federal = Federal::founded();
    federal.world.on("2018-02-01");
    let mut next = federal.next_list();
    let guest = next
        .members
        .iter_mut()
        .find(|member| member.economy == "KZ")
        .unwrap();
    guest.log_at = Some("se.example/log/2018".to_owned());
    guest.url = None;
    federal.publish_list(&next, &["1", "2"]);
    for economy in ["JP", "SE"] {
        let keys = federal.first_keys(economy);
        federal.publish_keys(economy, &keys, &roots(economy)[..2]);
    }
    let mut keys = federal.first_keys("KZ");
    keys.effective_from = federal.world.now;
    let with_log = keys.clone();
    keys.log_keys.clear();
    // An open log of its own beside the other's is refused.
    federal.publish_keys_in("SE", "KZ", &with_log, &roots("KZ")[..2]);
    assert_eq!(key_versions(&federal, "KZ"), [0_u64; 0]);
    federal.publish_keys_in("SE", "KZ", &keys, &roots("KZ")[..2]);
    assert_eq!(key_versions(&federal, "KZ"), [1]);
    let policy = federal.policy();
    let policy = policy.resolve(&federal.trust(), federal.world.now);
    let log = policy
        .logs()
        .iter()
        .find(|log| log.origin == "se.example/log/2018")
        .unwrap();
    assert_eq!(log.economies, ["SE", "KZ"]);
    // Mirrors of either economy do not date it: one of three is left, and one is enough of one.
    let certificate = federal.certify_in("SE", "KZ", "KZ authority");
    assert_eq!(federal.registration(&certificate, "KZ"), super::COUNTS);

    federal.world.on("2018-05-01");
    let mut next = federal.next_list();
    let guest = next
        .members
        .iter_mut()
        .find(|member| member.economy == "KZ")
        .unwrap();
    guest.log_at = None;
    guest.url = Some("https://kz.example".to_owned());
    federal.publish_list(&next, &["1", "2"]);
    let mut own = federal.next_keys("KZ");
    own.log_keys = federal.first_keys("KZ").log_keys;
    federal.publish_keys_in("SE", "KZ", &own, &roots("KZ")[..2]);
    assert_eq!(
        federal.view().economy("KZ").unwrap().origins(),
        ["kz.example/log/2018"]
    );
    let later = federal.certify("KZ", "KZ authority");
    assert_eq!(federal.registration(&later, "KZ"), super::COUNTS);
    assert_eq!(federal.registration(&certificate, "KZ"), super::COUNTS);
}

#[test]
fn what_the_policy_says_itself_stands() {
    let mut federal = Federal::new();
    let explicit = super::authority("SE");
    federal.world.policy = format!(
        "[[authority]]\neconomy = \"SE\"\ndid = \"did:web:other.example\"\nkeys = [{{ key = \"{}\" }}]\n\
         [[log]]\norigin = \"jp.example/log/2018\"\nvkey = \"{}\"\neconomy = \"JP\"\n",
        explicit.multikey(),
        super::log_signer("JP", "").vkey(),
    );
    let policy = federal.policy();
    let resolved = policy.resolve(&federal.trust(), federal.world.now);
    assert_eq!(resolved.digest(), policy.digest());
    assert!(resolved.authority("did:web:se.example").is_none());
    assert!(resolved.is_authority_of("did:web:jp.example", "JP"));
    assert!(!resolved.is_authority_of("did:web:se.example", "SE"));
    let dated_by = |origin: &str| {
        resolved
            .logs()
            .iter()
            .find(|l| l.origin == origin)
            .unwrap()
            .dated_by
    };
    assert_eq!(
        dated_by("jp.example/log/2018"),
        crate::policy::DatedBy::SelfDated
    );
    assert_eq!(
        dated_by("se.example/log/2018"),
        crate::policy::DatedBy::Quorum
    );
    assert_eq!(resolved.logs().len(), ECONOMIES.len());
}

#[test]
fn resolving_again_gives_the_same_and_follows_what_is_held() {
    let mut federal = Federal::new();
    let policy = federal.policy();
    let at = |federal: &Federal, at: Instant| -> Vec<u64> {
        let resolved = policy.resolve(&federal.trust(), at);
        resolved
            .federation()
            .unwrap()
            .lists
            .iter()
            .map(|list| list.list.version)
            .collect()
    };
    assert_eq!(at(&federal, noon("2018-06-01")), [1]);
    federal.world.on("2018-03-01");
    let next = federal.next_list();
    federal.publish_list(&next, &["1", "2"]);
    for _ in 0..2 {
        assert_eq!(at(&federal, noon("2018-02-28")), [1]);
        assert_eq!(at(&federal, noon("2018-03-01")), [1, 2]);
        assert_eq!(at(&federal, noon("2018-06-01")), [1, 2]);
    }
    let nothing = policy.resolve(&TrustGraph::default(), noon("2018-06-01"));
    assert_eq!(nothing.federation().unwrap().lists, []);
    assert_eq!(nothing.logs(), []);
}

/// Anybody can log lists that nobody else signed; they cost little and hide nothing.
#[test]
fn lists_of_strangers_change_nothing() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    for n in 0..150_u32 {
        let mut next = federal.next_list();
        next.valid_until = next.valid_until.plus_seconds(i64::from(n));
        let kept = federal.list.clone();
        federal.publish_list(&next, &["9"]);
        federal.list = kept;
    }
    let next = federal.next_list();
    federal.publish_list(&next, &["1", "2"]);
    let view = federal.view();
    assert_eq!(versions(&federal), [1, 2]);
    assert_eq!(view.fork, None);
    assert_eq!(view.problems.len(), crate::federation::MAX_PROBLEMS);
}

/// Whoever can log anything logs any number of key lists: what is given to others stays small, and
/// whole.
#[test]
fn what_does_not_count_is_not_handed_on_without_end() {
    let mut federal = Federal::new();
    let next = federal.next_keys("SE");
    let mut far = next.clone();
    for number in 0..20 {
        far.version = 7 + number;
        federal.publish_keys("SE", &far, &["thief".to_owned()]);
        federal.publish_keys("SE", &next, &[format!("thief {number}")]);
    }
    federal.publish_keys("SE", &next, &roots("SE")[..2]);
    let (view, trust) = (federal.view(), federal.trust());
    let documents = view.documents(&trust);
    let held = |digest: &[u8; 32]| {
        let mut documents = documents.iter();
        documents.any(|record| record.document_digest == *digest && record.signatures.is_ok())
    };
    assert_eq!(view.member(&authority("SE").did).unwrap().versions.len(), 2);
    for version in view.members.iter().flat_map(|member| &member.versions) {
        assert!(held(&version.document_digest));
    }
    assert!(view.lists.iter().all(|list| held(&list.document_digest)));
    assert!(documents.len() <= 1 + 4 + 8, "{}", documents.len());
    let again = FederationView::walk(&federal.pinned, &TrustGraph::build(documents), view.at);
    assert_eq!((again.lists, again.members), (view.lists, view.members));
}
