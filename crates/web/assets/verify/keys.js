// Ed25519 keys and signatures under the registry's rule (docs/format.md 1.17): a key is admissible
// only if its bytes are what its point encodes to, and the point is neither of small order nor has
// a small-order component; a signature counts only if S < L, R is not of small order, and
// `[S]B - [k]A` encodes to R byte for byte. Browsers differ on crafted keys and signatures, so
// what the rule asks beyond WebCrypto is decided here.

import { L, decode, holds, isSmallOrder, isTorsionFree, littleEndian } from "./ed25519.js";
import { concat } from "./digest.js";
import { Refused } from "./refused.js";

/** The letters of an Ed25519 multikey: `z` and 47 of base58btc for 34 bytes. */
const MULTIKEY_LETTERS = 48;
/** The multicodec head of an Ed25519 public key. */
const MULTICODEC_HEAD = [0xed, 0x01];
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** Most admitted keys that are remembered. To admit one costs some milliseconds. */
const MAX_ADMITTED_KEYS = 4096;

const admitted = new Map();

/**
 * Admits 32 bytes as a key. Throws `Refused` with `notAPoint`, `notCanonical`, `smallOrder` or
 * `torsion`.
 */
export function admit(bytes) {
  const name = bytes.join();
  const known = admitted.get(name);
  if (known) {
    return known;
  }
  const decoded = decode(bytes);
  if (!decoded) {
    throw new Refused("notAPoint");
  }
  if (!decoded.isCanonical) {
    throw new Refused("notCanonical");
  }
  if (isSmallOrder(decoded.point)) {
    throw new Refused("smallOrder");
  }
  if (!isTorsionFree(decoded.point)) {
    throw new Refused("torsion");
  }
  if (admitted.size >= MAX_ADMITTED_KEYS) {
    admitted.clear();
  }
  const key = { bytes: Uint8Array.from(bytes), point: decoded.point };
  admitted.set(name, key);
  return key;
}

/** Reads and admits a multikey `z6Mk...`. Throws `Refused`, `multikey` for another text. */
export function fromMultikey(text) {
  // Base58 costs the square of the length, so that is asked first.
  const right = text.length === MULTIKEY_LETTERS && text.startsWith("z");
  const bytes = right ? fromBase58(text.slice(1), 34) : undefined;
  if (!bytes || bytes[0] !== MULTICODEC_HEAD[0] || bytes[1] !== MULTICODEC_HEAD[1]) {
    throw new Refused("multikey");
  }
  return admit(bytes.subarray(2));
}

/** Reads base58btc of exactly `length` bytes; undefined for anything else. */
export function fromBase58(text, length) {
  let number = 0n;
  for (const letter of text) {
    const digit = BASE58.indexOf(letter);
    if (digit < 0) {
      return undefined;
    }
    number = number * 58n + BigInt(digit);
  }
  const zeros = text.length - text.replace(/^1+/, "").length;
  const bytes = [];
  for (; number > 0n; number >>= 8n) {
    bytes.unshift(Number(number & 0xffn));
  }
  return zeros + bytes.length === length
    ? Uint8Array.from([...new Array(zeros).fill(0), ...bytes])
    : undefined;
}

/** Whether 64 bytes are this admitted key's signature over a message, strictly. */
export async function verify(key, message, signature) {
  if (signature.length !== 64) {
    return false;
  }
  const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  if (s >= L) {
    return false;
  }
  const decoded = decode(r);
  // With a key free of torsion the equation gives a point free of torsion: R is one too. So it
  // makes no difference whether a browser multiplies by the cofactor.
  if (!decoded?.isCanonical || isSmallOrder(decoded.point) || !isTorsionFree(decoded.point)) {
    return false;
  }
  const platform = await platformKey(key);
  if (platform) {
    return crypto.subtle.verify("Ed25519", platform, signature, message);
  }
  // The same equation by our own arithmetic, where a browser has no Ed25519 yet.
  const hashed = await crypto.subtle.digest("SHA-512", concat([r, key.bytes, message]));
  return holds(s, decoded.point, littleEndian(new Uint8Array(hashed)) % L, key.point);
}

/** The key as the platform holds it, or undefined where it has no Ed25519. */
async function platformKey(key) {
  key.platform ??= crypto.subtle
    .importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"])
    .catch(() => undefined);
  return key.platform;
}
