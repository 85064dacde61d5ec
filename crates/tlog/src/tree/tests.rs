//! Proofs, for every small tree and at the far end of the numbers.

use proptest::prelude::{any, prop_assert, proptest};

use super::{
    EMPTY_ROOT, MAX_PROOF_HASHES, MAX_TREE_SIZE, Tree, leaf_hash, node_hash, prove_consistency,
    prove_inclusion, root_at, verify_consistency, verify_inclusion,
};
use crate::{Error, Hash};

/// More than two full tiles, so that three levels of tiles are not needed but
/// every shape of right edge occurs.
const LARGEST: u64 = 600;

/// The definition of RFC 6962, 2.1, word for word.
pub(crate) fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

pub(crate) fn leaves(count: u64) -> Vec<Hash> {
    (0..count)
        .map(|index| leaf_hash(&index.to_be_bytes()))
        .collect()
}

/// A source of subtree hashes that recomputes them from the leaves.
pub(crate) fn source(leaves: &[Hash]) -> impl FnMut(u8, u64) -> Result<Hash, Error> {
    let mut rows = vec![leaves.to_vec()];
    while let Some(row) = rows.last().filter(|row| row.len() > 1) {
        let pairs = row.as_chunks::<2>().0;
        rows.push(
            pairs
                .iter()
                .map(|[left, right]| node_hash(left, right))
                .collect(),
        );
    }
    move |level, index| Ok(rows[usize::from(level)][usize::try_from(index).unwrap()])
}

fn roots(leaves: &[Hash]) -> Vec<Hash> {
    let mut tree = Tree::new();
    let mut roots = vec![tree.root()];
    for leaf in leaves {
        tree.append(*leaf).unwrap();
        roots.push(tree.root());
    }
    roots
}

#[test]
fn the_tree_grows_as_it_is_defined() {
    let leaves = leaves(LARGEST);
    let roots = roots(&leaves);
    for size in 0..=leaves.len() {
        assert_eq!(roots[size], naive_root(&leaves[..size]), "{size}");
    }
    assert_eq!(leaf_hash(b"")[..4], [0x6e, 0x34, 0x0b, 0x9c]);
}

#[test]
fn every_inclusion_proof_holds_and_no_neighbour_does() {
    let leaves = leaves(LARGEST);
    let roots = roots(&leaves);
    let mut read = source(&leaves);
    for size in 1..=LARGEST {
        let root = roots[usize::try_from(size).unwrap()];
        // All places of the first sizes, then every seventh and the last.
        for index in (0..size).filter(|index| size <= 130 || index % 7 == 0 || index + 2 > size) {
            let leaf = leaves[usize::try_from(index).unwrap()];
            let proof = prove_inclusion(index, size, &mut read).unwrap();
            assert_eq!(proof.index, index);
            verify_inclusion(&leaf, index, size, &proof.hashes, &root).unwrap();
            for other in [index.wrapping_sub(1), index + 1] {
                let shifted = verify_inclusion(&leaf, other, size, &proof.hashes, &root);
                assert!(shifted.is_err(), "{index} as {other} of {size}");
            }
        }
    }
}

#[test]
fn every_earlier_root_is_found_again() {
    let leaves = leaves(LARGEST);
    let mut read = source(&leaves);
    for (size, root) in (0..).zip(roots(&leaves)) {
        assert_eq!(root_at(size, &mut read), Ok(root), "{size}");
    }
}

#[test]
fn every_consistency_proof_holds() {
    let leaves = leaves(LARGEST);
    let roots = roots(&leaves);
    let mut read = source(&leaves);
    for new in 1..=LARGEST {
        let new_root = roots[usize::try_from(new).unwrap()];
        for old in (1..=new).filter(|old| new <= 130 || old % 7 == 0 || old + 2 > new) {
            let old_root = roots[usize::try_from(old).unwrap()];
            let proof = prove_consistency(old, new, &mut read).unwrap();
            verify_consistency(old, &old_root, new, &new_root, &proof).unwrap();
            if old < new {
                let swapped = verify_consistency(old, &new_root, new, &old_root, &proof);
                assert!(swapped.is_err(), "{old} {new}");
            }
        }
    }
}

proptest! {
    #[test]
    fn one_flipped_bit_spoils_an_inclusion_proof(
        size in 1..LARGEST, place in any::<u64>(), which in any::<usize>(), bit in 0..256_usize,
    ) {
        let leaves = leaves(size);
        let root = naive_root(&leaves);
        let index = place % size;
        let mut leaf = leaves[usize::try_from(index).unwrap()];
        let mut root_and_proof = prove_inclusion(index, size, source(&leaves)).unwrap().hashes;
        root_and_proof.push(root);
        // The leaf, the root and every sibling: whichever is flipped, it fails.
        let which = which % (root_and_proof.len() + 1);
        let flipped = root_and_proof.get_mut(which).unwrap_or(&mut leaf);
        flipped[bit / 8] ^= 1 << (bit % 8);
        let root = root_and_proof.pop().unwrap();
        prop_assert!(verify_inclusion(&leaf, index, size, &root_and_proof, &root).is_err());
    }

    #[test]
    fn one_flipped_bit_spoils_a_consistency_proof(
        new in 2..LARGEST, place in any::<u64>(), which in any::<usize>(), bit in 0..256_usize,
    ) {
        let leaves = leaves(new);
        let old = place % (new - 1) + 1;
        let mut old_root = naive_root(&leaves[..usize::try_from(old).unwrap()]);
        let mut proof = prove_consistency(old, new, source(&leaves)).unwrap();
        proof.push(naive_root(&leaves));
        let which = which % (proof.len() + 1);
        let flipped = proof.get_mut(which).unwrap_or(&mut old_root);
        flipped[bit / 8] ^= 1 << (bit % 8);
        let new_root = proof.pop().unwrap();
        prop_assert!(verify_consistency(old, &old_root, new, &new_root, &proof).is_err());
    }

    #[test]
    fn any_numbers_are_answered(
        index: u64, size: u64, proof in proptest::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let root = [9; 32];
        prop_assert!(verify_inclusion(&root, index, size, &proof, &[8; 32]).is_err());
        prop_assert!(verify_consistency(index, &root, size, &[8; 32], &proof).is_err());
    }
}

#[test]
fn proofs_of_another_length_are_refused() {
    let leaves = leaves(7);
    let root = naive_root(&leaves);
    let proof = prove_inclusion(3, 7, source(&leaves)).unwrap().hashes;
    let longer = [proof.clone(), vec![root]].concat();
    let shorter = proof.get(1..).unwrap();
    for wrong in [longer.as_slice(), shorter, &[]] {
        let refused = verify_inclusion(&leaves[3], 3, 7, wrong, &root);
        assert!(
            matches!(refused, Err(Error::ProofRefused { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn an_old_tree_of_size_zero_has_nothing_to_prove() {
    let out_of_range = verify_consistency(0, &EMPTY_ROOT, 5, &[1; 32], &[]);
    assert!(matches!(out_of_range, Err(Error::OutOfRange { .. })));
    assert!(prove_consistency(0, 5, |_, _| Ok::<_, Error>([0; 32])).is_err());
    assert!(prove_consistency(6, 5, |_, _| Ok::<_, Error>([0; 32])).is_err());
}

/// A tree of which all subtrees of one height are the same can be as large as
/// numbers go.
#[test]
fn proofs_at_the_largest_size_are_built_and_hold() {
    let mut rows = vec![leaf_hash(b"same")];
    for level in 1..64 {
        let below: Hash = rows[level - 1];
        rows.push(node_hash(&below, &below));
    }
    let read = |level: u8, _: u64| Ok::<_, Error>(rows[usize::from(level)]);
    let peaks = (0..63).rev().map(|level| rows[level]).collect();
    let mut tree = Tree::from_parts(MAX_TREE_SIZE, peaks).unwrap();
    let root = tree.root();
    for index in [
        0,
        1,
        MAX_TREE_SIZE / 2,
        MAX_TREE_SIZE - 2,
        MAX_TREE_SIZE - 1,
    ] {
        let proof = prove_inclusion(index, MAX_TREE_SIZE, read).unwrap();
        assert!(proof.hashes.len() <= MAX_PROOF_HASHES);
        verify_inclusion(&rows[0], index, MAX_TREE_SIZE, &proof.hashes, &root).unwrap();
    }
    let old = 1 << 62;
    let proof = prove_consistency(old, MAX_TREE_SIZE, read).unwrap();
    verify_consistency(old, &rows[62], MAX_TREE_SIZE, &root, &proof).unwrap();

    let full = tree.append([0; 32]);
    assert!(matches!(full, Err(Error::OutOfRange { .. })), "{full:?}");
    assert!(prove_inclusion(0, MAX_TREE_SIZE + 1, read).is_err());
    assert!(prove_inclusion(u64::MAX, u64::MAX, read).is_err());
    assert!(prove_consistency(1, u64::MAX, read).is_err());
}

#[test]
fn an_edge_must_fit_its_size() {
    assert!(Tree::from_parts(5, vec![[0; 32]; 2]).is_ok());
    assert!(Tree::from_parts(5, vec![[0; 32]; 3]).is_err());
    assert!(Tree::from_parts(0, vec![[0; 32]]).is_err());
    assert!(Tree::from_parts(u64::MAX, vec![[0; 32]; 64]).is_err());
}
