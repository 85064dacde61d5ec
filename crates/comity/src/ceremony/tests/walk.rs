//! Whose roots sign a version, where lists and versions change them by turns.

use super::*;

fn roots(seeds: &[u8], threshold: u64) -> Roots {
    Roots {
        keys: seeds.iter().map(|seed| multikey(*seed)).collect(),
        threshold,
    }
}

/// A list in effect from that day on that names these roots of SE.
fn naming(version: u64, previous: Option<&Paper>, from: &str, roots: &Roots) -> Paper {
    let mut record = list(version, previous, &[1], 1).record;
    if let Subject::FederationList(list) = &mut record.subject {
        list.effective_from = at(&format!("{from}T00:00:00Z"));
        list.members[0].root_keys.clone_from(&roots.keys);
        list.members[0].root_threshold = roots.threshold;
        record.valid_from = list.effective_from;
    }
    again(&format!("list-{version}.json"), &record)
}

/// A version of the keys of SE in effect from that day on.
fn stating(version: u64, previous: Option<&Paper>, from: &str, roots: Option<Roots>) -> Paper {
    let mut record = keys(version, previous, roots).record;
    if let Subject::MemberKeys(keys) = &mut record.subject {
        keys.effective_from = at(&format!("{from}T00:00:00Z"));
        record.valid_from = keys.effective_from;
    }
    again(&format!("keys-{version}.json"), &record)
}

fn again(name: &str, record: &Record) -> Paper {
    let bytes = canonical::to_canonical(&record.to_value()).unwrap();
    Paper::read(name, &bytes).unwrap()
}

/// The first group of a rule: how many must sign, and the seeds of those who may.
fn due(rule: &Rule) -> (usize, Vec<u8>) {
    let group = &rule.groups[0];
    let mut seeds: Vec<u8> = (100..150)
        .filter(|seed| group.members.contains(&method(SE, &multikey(*seed))))
        .collect();
    seeds.sort_unstable();
    assert_eq!(seeds.len(), group.members.len());
    (group.needed, seeds)
}

#[test]
fn a_list_that_repeats_roots_leaves_newer_ones_in_place() {
    let (old, new) = (roots(&[101, 102], 2), roots(&[111, 112], 1));
    let one = naming(1, None, "2026-01-01", &old);
    let two = naming(2, Some(&one), "2026-02-01", &roots(&[102, 101], 2));
    let three = naming(3, Some(&two), "2026-03-01", &roots(&[121], 1));
    let first = stating(1, None, "2026-01-02", None);
    let second = stating(2, Some(&first), "2026-01-03", Some(new.clone()));
    let third = |from| stating(3, Some(&second), from, Some(new.clone()));
    let lists = [&one, &two, &three];
    let of = |paper: &Paper, lists: &[&Paper]| Rule::of(paper, Some(&second), lists);

    let rule = of(&third("2026-02-02"), &lists).unwrap();
    assert_eq!(due(&rule), (1, vec![111, 112]));
    assert_eq!(rule.groups.len(), 1);
    // Another set resets them, once it is in effect.
    let rule = of(&third("2026-03-02"), &lists).unwrap();
    assert_eq!(due(&rule), (1, vec![121]));
    // By itself a newer list does not say whether it repeats or resets.
    let error = of(&third("2026-02-02"), &[&two]).unwrap_err();
    assert!(error.to_string().contains("is not known"), "{error}");
    // Of one that names the same, or is not in effect, it need not be known.
    let same = naming(2, Some(&one), "2026-02-01", &new);
    for list in [&same, &three] {
        let rule = of(&third("2026-02-02"), &[list]).unwrap();
        assert_eq!(due(&rule), (1, vec![111, 112]));
    }
}

#[test]
fn another_threshold_of_the_same_roots_resets_them() {
    let one = naming(1, None, "2026-01-01", &roots(&[101, 102, 103], 2));
    let raised = naming(2, Some(&one), "2026-02-01", &roots(&[103, 102, 101], 3));
    let stated = Some(roots(&[101, 102, 103], 2));
    let first = stating(1, None, "2026-01-02", stated);
    let second = stating(2, Some(&first), "2026-02-02", None);
    let rule = Rule::of(&second, Some(&first), &[&one, &raised]).unwrap();
    assert_eq!(due(&rule), (3, vec![101, 102, 103]));
}

#[test]
fn every_version_is_signed_by_the_roots_of_its_time() {
    let one = naming(1, None, "2026-01-01", &roots(&[101, 102], 2));
    let two = naming(2, Some(&one), "2026-02-01", &roots(&[121], 1));
    let first = stating(1, None, "2026-01-02", Some(roots(&[111], 1)));
    let second = stating(2, Some(&first), "2026-01-03", None);
    let third = stating(3, Some(&second), "2026-02-02", None);
    let versions = [&first, &second, &third];
    let expected = [(2, vec![101, 102]), (1, vec![111]), (1, vec![121])];
    for (number, due_then) in expected.into_iter().enumerate() {
        let earlier = &versions[..number];
        let rule = Rule::after(versions[number], earlier, &[&one, &two]).unwrap();
        assert_eq!(due(&rule), due_then, "version {}", number + 1);
    }
    // Where the versions before are held elsewhere, by the lists alone.
    let rule = Rule::after(&third, &[], &[&one, &two]).unwrap();
    assert_eq!(due(&rule), (1, vec![121]));
}

#[test]
fn no_version_takes_effect_before_the_one_it_follows() {
    let old = roots(&[101], 1);
    let one = naming(1, None, "2026-02-01", &old);
    let early = naming(2, Some(&one), "2026-01-31", &old);
    let first = stating(1, None, "2026-02-02", None);
    let earlier = stating(2, Some(&first), "2026-02-01", None);
    for (paper, previous) in [(&early, &one), (&earlier, &first)] {
        let error = Rule::of(paper, Some(previous), &[&one]).unwrap_err();
        assert!(error.to_string().contains("takes effect at"), "{error}");
    }
    let same_day = stating(2, Some(&first), "2026-02-02", None);
    assert!(Rule::of(&same_day, Some(&first), &[&one]).is_ok());
}
