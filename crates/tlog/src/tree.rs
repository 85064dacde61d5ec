//! The Merkle tree of RFC 6962: hashes, roots, inclusion and consistency
//! proofs.

use sha2::{Digest as _, Sha256};

use crate::{Error, Hash};

/// Largest tree. Checkpoints are read by programs that hold sizes as signed
/// 64-bit integers, and no log comes near.
pub const MAX_TREE_SIZE: u64 = u64::MAX >> 1;

/// Most hashes of a proof: one for each level below the root.
pub const MAX_PROOF_HASHES: usize = 63;

/// The root of a tree without entries: SHA-256 of nothing.
pub const EMPTY_ROOT: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// The hash of an entry as a leaf (RFC 6962, 2.1).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(entry)
        .finalize()
        .into()
}

/// The hash of an inner node (RFC 6962, 2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// A tree by its size and its right edge: the roots of the complete subtrees
/// it is made of, largest first. It can grow and say its root, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    size: u64,
    /// One hash for each bit set in `size`, from the highest bit down.
    peaks: Vec<Hash>,
}

impl Tree {
    /// The tree without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// A tree from its parts, as [`Tree::size`] and [`Tree::peaks`] gave them.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a size beyond [`MAX_TREE_SIZE`],
    /// [`Error::Malformed`] when the number of hashes does not fit the size.
    pub fn from_parts(size: u64, peaks: Vec<Hash>) -> Result<Self, Error> {
        check_size(size)?;
        if peaks.len() as u64 != u64::from(size.count_ones()) {
            return Err(Error::malformed("tree", "the edge does not fit the size"));
        }
        Ok(Self { size, peaks })
    }

    /// A tree whose edge is known to fit its size.
    pub(crate) fn from_edge(size: u64, peaks: Vec<Hash>) -> Self {
        Self { size, peaks }
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf at the right and answers its index.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] when the tree has [`MAX_TREE_SIZE`] leaves.
    pub fn append(&mut self, leaf: Hash) -> Result<u64, Error> {
        let index = self.size;
        check_size(index.saturating_add(1))?;
        // Each low bit that is set is a complete subtree of that height
        // waiting for its right sibling.
        let mut hash = leaf;
        for _ in 0..index.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size = index + 1;
        Ok(index)
    }

    /// The root hash.
    ///
    /// ```
    /// use comity_tlog::tree::{EMPTY_ROOT, Tree, leaf_hash, node_hash};
    /// let mut tree = Tree::new();
    /// assert_eq!(tree.root(), EMPTY_ROOT);
    /// tree.append(leaf_hash(b"a"))?;
    /// tree.append(leaf_hash(b"b"))?;
    /// assert_eq!(tree.root(), node_hash(&leaf_hash(b"a"), &leaf_hash(b"b")));
    /// # Ok::<(), comity_tlog::Error>(())
    /// ```
    pub fn root(&self) -> Hash {
        fold_right(&self.peaks).unwrap_or(EMPTY_ROOT)
    }
}

/// The proof that an entry stands at an index of a tree: the siblings on the
/// way from the leaf to the root (RFC 6962, 2.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    /// The index of the leaf.
    pub index: u64,
    /// The siblings, the leaf's own first.
    pub hashes: Vec<Hash>,
}

/// Checks that `leaf` is the leaf hash at `index` in the tree (`size`,
/// `root`), by the siblings in `proof`.
///
/// # Errors
/// [`Error::OutOfRange`] when the tree has no such index,
/// [`Error::ProofRefused`] when the proof does not lead to the root.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), Error> {
    let refused = |why| Error::ProofRefused {
        what: "inclusion proof",
        why,
    };
    check_size(size)?;
    check_index(index, size)?;
    let (inner, border) = path_lengths(index, size);
    let (inner_hashes, border_hashes) = proof
        .split_at_checked(inner)
        .filter(|(_, border_hashes)| border_hashes.len() == border)
        .ok_or(refused("it has a wrong number of hashes"))?;
    let seed = climb(*leaf, inner_hashes, index);
    if climb_border(seed, border_hashes) != *root {
        return Err(refused("it leads to another root"));
    }
    Ok(())
}

/// Checks that the tree (`old_size`, `old_root`) is a beginning of the tree
/// (`new_size`, `new_root`) (RFC 6962, 2.1.2). Every tree begins with the
/// empty one, so there is nothing to prove about it and size 0 is refused.
///
/// # Errors
/// [`Error::OutOfRange`] unless `1 <= old_size <= new_size`,
/// [`Error::ProofRefused`] when the proof does not lead to both roots.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), Error> {
    let refused = |why| Error::ProofRefused {
        what: "consistency proof",
        why,
    };
    check_size(new_size)?;
    check_old_size(old_size, new_size)?;
    if old_size == new_size {
        if !proof.is_empty() {
            return Err(refused("trees of one size need no hashes"));
        }
        if old_root != new_root {
            return Err(refused("two roots for one size"));
        }
        return Ok(());
    }
    let shift = old_size.trailing_zeros();
    let (inner, border) = path_lengths(old_size - 1, new_size);
    let inner = inner.saturating_sub(shift as usize);
    // A complete old tree is itself the first node of the way.
    let (seed, hashes) = if old_size.is_power_of_two() {
        (old_root, proof)
    } else {
        proof.split_first().ok_or(refused("it is empty"))?
    };
    let (inner_hashes, border_hashes) = hashes
        .split_at_checked(inner)
        .filter(|(_, border_hashes)| border_hashes.len() == border)
        .ok_or(refused("it has a wrong number of hashes"))?;
    let path = (old_size - 1) >> shift;
    let old = climb_border(climb_right(*seed, inner_hashes, path), border_hashes);
    if old != *old_root {
        return Err(refused("it leads to another old root"));
    }
    if climb_border(climb(*seed, inner_hashes, path), border_hashes) != *new_root {
        return Err(refused("it leads to another new root"));
    }
    Ok(())
}

/// Builds the inclusion proof of `index` in the tree of `size`. `read` gives
/// the hash of the complete subtree of height `level` (0 is a leaf) and
/// position `index` on that level.
///
/// # Errors
/// [`Error::OutOfRange`] when the tree has no such index, and those of `read`.
pub fn prove_inclusion<E: From<Error>>(
    index: u64,
    size: u64,
    mut read: impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<InclusionProof, E> {
    check_size(size)?;
    check_index(index, size)?;
    let (mut begin, mut end) = (0, size);
    let mut siblings = Vec::new();
    while end - begin > 1 {
        let middle = begin + left_width(end - begin);
        if index < middle {
            siblings.push((middle, end));
            end = middle;
        } else {
            siblings.push((begin, middle));
            begin = middle;
        }
    }
    let hashes = range_hashes(&siblings, &mut read)?;
    Ok(InclusionProof { index, hashes })
}

/// Builds the consistency proof between two sizes of a tree; `read` as in
/// [`prove_inclusion`].
///
/// # Errors
/// [`Error::OutOfRange`] unless `1 <= old_size <= new_size`, and those of
/// `read`.
pub fn prove_consistency<E: From<Error>>(
    old_size: u64,
    new_size: u64,
    mut read: impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    check_size(new_size)?;
    check_old_size(old_size, new_size)?;
    let (mut begin, mut end) = (0, new_size);
    let mut parts = Vec::new();
    while end != old_size {
        let middle = begin + left_width(end - begin);
        if old_size <= middle {
            parts.push((middle, end));
            end = middle;
        } else {
            parts.push((begin, middle));
            begin = middle;
        }
    }
    // The verifier knows the old root; it lacks a smaller part of that tree.
    if begin != 0 {
        parts.push((begin, end));
    }
    range_hashes(&parts, &mut read)
}

/// The root that a tree had when it was `size` long; `read` as in
/// [`prove_inclusion`].
///
/// # Errors
/// [`Error::OutOfRange`] for a size beyond [`MAX_TREE_SIZE`], and those of
/// `read`.
pub fn root_at<E: From<Error>>(
    size: u64,
    mut read: impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Hash, E> {
    check_size(size)?;
    range_hash(0, size, &mut read)
}

/// Refuses a size beyond [`MAX_TREE_SIZE`].
pub(crate) fn check_size(size: u64) -> Result<(), Error> {
    if size > MAX_TREE_SIZE {
        return Err(Error::OutOfRange {
            what: "tree size",
            value: size,
            bound: MAX_TREE_SIZE,
        });
    }
    Ok(())
}

/// The root of a row of subtrees of falling height, or of no subtree.
pub(crate) fn fold_right(peaks: &[Hash]) -> Option<Hash> {
    let mut from_right = peaks.iter().rev();
    let last = *from_right.next()?;
    Some(from_right.fold(last, |hash, left| node_hash(left, &hash)))
}

/// The root of a complete subtree; `hashes` is not empty and its number is a
/// power of two.
pub(crate) fn complete_root(hashes: &[Hash]) -> Option<Hash> {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        let (pairs, odd) = row.as_chunks::<2>();
        if !odd.is_empty() {
            return None;
        }
        row = pairs
            .iter()
            .map(|[left, right]| node_hash(left, right))
            .collect();
    }
    row.first().copied()
}

fn check_index(index: u64, size: u64) -> Result<(), Error> {
    if index >= size {
        return Err(Error::OutOfRange {
            what: "index",
            value: index,
            bound: size,
        });
    }
    Ok(())
}

fn check_old_size(old_size: u64, new_size: u64) -> Result<(), Error> {
    if old_size == 0 || old_size > new_size {
        return Err(Error::OutOfRange {
            what: "old size",
            value: old_size,
            bound: new_size,
        });
    }
    Ok(())
}

/// How many hashes of a path lie below the point where the index leaves the
/// right edge of the tree, and how many above. Needs `index < size`.
fn path_lengths(index: u64, size: u64) -> (usize, usize) {
    let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
    let border = index.checked_shr(inner).unwrap_or(0).count_ones();
    (inner as usize, border as usize)
}

/// Climbs with siblings on the side that the bits of `path` say.
fn climb(seed: Hash, siblings: &[Hash], path: u64) -> Hash {
    let levels = siblings.iter().enumerate();
    levels.fold(seed, |hash, (level, sibling)| {
        if path >> level & 1 == 0 {
            node_hash(&hash, sibling)
        } else {
            node_hash(sibling, &hash)
        }
    })
}

/// As [`climb`], but leaves out the siblings on the right: they are newer.
fn climb_right(seed: Hash, siblings: &[Hash], path: u64) -> Hash {
    let levels = siblings.iter().enumerate();
    levels.fold(seed, |hash, (level, sibling)| {
        if path >> level & 1 == 0 {
            hash
        } else {
            node_hash(sibling, &hash)
        }
    })
}

/// Climbs along the right edge, where all siblings are on the left.
fn climb_border(seed: Hash, siblings: &[Hash]) -> Hash {
    siblings
        .iter()
        .fold(seed, |hash, sibling| node_hash(sibling, &hash))
}

/// The largest power of two below `width`, which is at least 2.
fn left_width(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The hashes of the ranges, last one first.
fn range_hashes<E: From<Error>>(
    ranges: &[(u64, u64)],
    read: &mut impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let from_leaf = ranges.iter().rev();
    from_leaf
        .map(|&(begin, end)| range_hash(begin, end, read))
        .collect()
}

/// The hash of a range that the tree splits off: complete but for its right
/// edge, so a row of complete subtrees of falling height.
fn range_hash<E: From<Error>>(
    begin: u64,
    end: u64,
    read: &mut impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let mut peaks = Vec::new();
    let mut position = begin;
    while position < end {
        let height = (end - position).ilog2();
        // A height is at most 62, because sizes are below 2^63.
        let level = u8::try_from(height).unwrap_or(u8::MAX);
        peaks.push(read(level, position >> height)?);
        position += 1 << height;
    }
    Ok(fold_right(&peaks).unwrap_or(EMPTY_ROOT))
}

#[cfg(test)]
pub(crate) mod tests;
