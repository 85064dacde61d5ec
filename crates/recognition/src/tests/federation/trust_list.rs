//! Whose keys a policy believes, as a list for those who verify by themselves.

use super::{ECONOMIES, Federal, authority_key, dated, log_signer, mirror, multikey, roots};
use crate::policy::DatedBy;
use crate::tests::world::noon;

#[test]
fn a_list_has_the_keys_of_all_members_with_their_times() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let turn = federal.world.now;
    let mut next = federal.next_keys("SE");
    next.log_keys[0].until = Some(turn.plus_seconds(-1));
    next.log_keys
        .push(dated(&log_signer("SE", " 2"), turn, None));
    next.authority_keys = vec![authority_key("SE authority 2", turn)];
    federal.publish_keys("SE", &next, &roots("SE")[..2]);
    federal.world.on("2018-04-01");
    let policy = federal.policy();
    let list = policy
        .resolve(&federal.trust(), federal.world.now)
        .trust_list();

    let economies: Vec<_> = list.authorities.iter().map(|one| &one.economy).collect();
    for economy in ECONOMIES {
        assert!(economies.contains(&&Some(economy.to_owned())), "{economy}");
        let vkey = mirror(economy, "").vkey().to_string();
        assert!(list.cosigners.contains(&vkey), "{economy}");
        let status = multikey(&format!("{economy} status"));
        let signer = list.status_signers.iter().find(|one| one.key == status);
        assert_eq!(signer.unwrap().from, Some(noon("2018-01-01")));
    }
    assert!(list.cosigners.is_sorted());

    let log = list.logs.iter().find(|log| log.economies == ["SE"]);
    let log = log.unwrap();
    let vkeys: Vec<_> = log.vkeys.iter().map(|one| one.key.clone()).collect();
    let newest = log_signer("SE", " 2").vkey().to_string();
    assert_eq!(vkeys, [newest, log_signer("SE", "").vkey().to_string()]);
    assert_eq!(log.vkeys[1].until, Some(turn.plus_seconds(-1)));
    assert_eq!(log.dated_by, DatedBy::Quorum);

    let mut authorities = list.authorities.iter();
    let authority = authorities.find(|one| one.economy.as_deref() == Some("SE"));
    let keys = &authority.unwrap().keys;
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0].key, multikey("SE authority"));
    assert_eq!(keys[0].until, Some(turn.plus_seconds(-1)));
    assert_eq!(
        (keys[1].from, keys[1].until),
        (Some(turn), None),
        "the key that took its place"
    );

    let set = list.cosigner_sets.last().unwrap();
    let mut of: Vec<_> = set.members.iter().map(|(_, economy)| &**economy).collect();
    of.sort_unstable();
    let mut all = ECONOMIES.to_vec();
    all.sort_unstable();
    assert_eq!(of, all);
}
