// Merkle trees of logs (RFC 6962, section 2.1). Sizes and indexes are BigInt: they go up to 2^63.

import { isSame, sha256 } from "./digest.js";
import { Refused } from "./refused.js";

/** The most entries of a log. */
export const MAX_TREE_SIZE = 2n ** 63n - 1n;
/** The most hashes of an inclusion proof. */
export const MAX_PROOF_HASHES = 63;

/** The hash of an entry. */
export function leafHash(entry) {
  return sha256(Uint8Array.of(0), entry);
}

/**
 * Checks that `leaf` is the leaf hash at `index` in the tree (`size`, `root`), by its siblings.
 * Throws `Refused`: `indexOutOfRange`, `proofLength` or `otherRoot`.
 */
export async function verifyInclusion(leaf, index, size, siblings, root) {
  if (size > MAX_TREE_SIZE || index >= size) {
    throw new Refused("indexOutOfRange");
  }
  // Below the point where the index leaves the right edge of the tree its bits say on which side
  // a sibling stands; above it all are on the left.
  const inner = bitLength(index ^ (size - 1n));
  const border = bitCount(index >> BigInt(inner));
  if (siblings.length !== inner + border) {
    throw new Refused("proofLength");
  }
  let hash = leaf;
  for (const [level, sibling] of siblings.entries()) {
    const isLeft = level < inner && ((index >> BigInt(level)) & 1n) === 0n;
    hash = await (isLeft ? nodeHash(hash, sibling) : nodeHash(sibling, hash));
  }
  if (!isSame(hash, root)) {
    throw new Refused("otherRoot");
  }
}

function nodeHash(left, right) {
  return sha256(Uint8Array.of(1), left, right);
}

function bitLength(number) {
  return number === 0n ? 0 : number.toString(2).length;
}

function bitCount(number) {
  return number.toString(2).replaceAll("0", "").length;
}
