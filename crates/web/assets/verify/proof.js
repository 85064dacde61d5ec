// `eddsa-jcs-2022` proofs: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3, with the profile
// of docs/format.md 1.5 and 1.16. The codes are those of
// crates/signature/src/data_integrity/invalid.rs.

import { serialise } from "./canonical.js";
import { isDid, splitMethod } from "./did.js";
import { concat, sha256, utf8 } from "./digest.js";
import { fromBase58, fromMultikey, verify } from "./keys.js";
import { Refused } from "./refused.js";

/** The most proofs of one document, of whatever suite (format v1, 1.11). */
export const MAX_PROOFS = 15;

const SUITE = "eddsa-jcs-2022";
/** The most letters of a `proofValue`: `z` and 88 of base58btc for 64 bytes. */
const MAX_PROOF_VALUE_LETTERS = 89;
const MEMBERS = [
  "@context",
  "created",
  "cryptosuite",
  "proofPurpose",
  "proofValue",
  "type",
  "verificationMethod",
];

/**
 * Verifies every proof of our suite in a checked document (canonical.js). One at least must be
 * there and all must hold; those of other suites are ignored and never count.
 *
 * Answers `{signers: [{did, key, created}], recordDigest, documentDigest}`. Throws `Refused`.
 */
export async function verifyProofs(document) {
  const documentDigest = await sha256(document.withoutProof);
  const signers = new Map();
  for (const [index, value] of proofsOf(document).entries()) {
    const proof = read(value, index);
    if (!proof) {
      continue;
    }
    if (proof.context !== document.context) {
      throw new Refused("contextDiffers", { proof: index });
    }
    const named = splitMethod(proof.method);
    if (!named) {
      throw new Refused("methodMalformed", { proof: index });
    }
    const key = keyOf(named.multikey, index);
    const message = concat([await sha256(proof.configuration), documentDigest]);
    if (!(await verify(key, message, proof.signature))) {
      throw new Refused("signatureWrong", { proof: index });
    }
    if (!signers.has(proof.method)) {
      signers.set(proof.method, { did: named.did, key: named.multikey, created: proof.created });
    }
  }
  if (signers.size === 0) {
    throw new Refused("noCountedProof");
  }
  return {
    signers: [...signers.values()],
    recordDigest: await sha256(document.bytes),
    documentDigest,
  };
}

/**
 * Refuses proofs that do not stand in the one form that is published (format v1, 1.5): one as an
 * object, several as an array sorted by `verificationMethod`, one for each, all of our suite and
 * by a `did:web`. Otherwise a stranger could make a second record of a signed document.
 */
export function checkPublishedForm(document) {
  const values = proofsOf(document);
  if (Array.isArray(document.value.proof) && values.length < 2) {
    throw new Refused("proofAloneInArray");
  }
  let previous;
  for (const [index, value] of values.entries()) {
    const proof = read(value, index);
    if (!proof) {
      throw new Refused("suiteUnknown", { proof: index });
    }
    const named = splitMethod(proof.method);
    if (!named) {
      throw new Refused("methodMalformed", { proof: index });
    }
    if (!isDid(named.did)) {
      throw new Refused("didMalformed", { proof: index });
    }
    if (previous !== undefined && compareBytes(previous, proof.method) >= 0) {
      throw new Refused("proofsOutOfOrder", { proof: index });
    }
    previous = proof.method;
  }
}

/** The order of two texts as UTF-8 bytes, which that of UTF-16 code units is not. */
export function compareBytes(one, other) {
  const [a, b] = [utf8(one), utf8(other)];
  const differs = a.findIndex((byte, at) => byte !== b[at]);
  if (differs < 0) {
    return a.length - b.length;
  }
  return differs >= b.length ? 1 : a[differs] - b[differs];
}

function proofsOf(document) {
  const { proof } = document.value;
  if (proof === undefined || (Array.isArray(proof) && proof.length === 0)) {
    throw new Refused("noProof");
  }
  const values = Array.isArray(proof) ? proof : [proof];
  if (values.length > MAX_PROOFS) {
    throw new Refused("tooManyProofs");
  }
  return values;
}

/** Reads one proof; undefined for another suite. */
function read(value, index) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Refused("proofNotAnObject", { proof: index });
  }
  const malformed = (member) => new Refused("memberMalformed", { proof: index, member });
  const suite = value.cryptosuite;
  // A proof type of its own, from before there were cryptosuites.
  const isOlder = suite === undefined && isPlain(value.type) && value.type !== "DataIntegrityProof";
  if (isOlder || (isPlain(suite) && suite !== SUITE)) {
    return undefined;
  }
  if (suite !== SUITE) {
    throw malformed("cryptosuite");
  }
  if (Object.keys(value).some((name) => !MEMBERS.includes(name))) {
    throw new Refused("memberUnknown", { proof: index });
  }
  if (value.type !== "DataIntegrityProof") {
    throw malformed("type");
  }
  if (!isPlain(value.proofPurpose)) {
    throw malformed("proofPurpose");
  }
  if (value.proofPurpose !== "assertionMethod") {
    throw new Refused("purposeWrong", { proof: index });
  }
  if (value.created !== undefined && !isInstant(value.created)) {
    throw new Refused("createdMalformed", { proof: index });
  }
  if (value.proofValue === undefined) {
    throw malformed("proofValue");
  }
  const signature = readSignature(value.proofValue);
  if (!signature) {
    throw new Refused("proofValueMalformed", { proof: index });
  }
  if (!isPlain(value.verificationMethod)) {
    throw malformed("verificationMethod");
  }
  const { proofValue: _, ...configuration } = value;
  return {
    // The document is canonical, so what is written anew is what was received.
    context: value["@context"] === undefined ? undefined : serialise(value["@context"]),
    created: value.created,
    method: value.verificationMethod,
    signature,
    configuration: serialise(configuration),
  };
}

/** A text without anything that has to be escaped. */
function isPlain(value) {
  return typeof value === "string" && !/["\\\n\t]/.test(value);
}

function readSignature(text) {
  const right = isPlain(text) && text.length <= MAX_PROOF_VALUE_LETTERS && text.startsWith("z");
  return right ? fromBase58(text.slice(1), 64) : undefined;
}

function keyOf(multikey, index) {
  try {
    return fromMultikey(multikey);
  } catch (refused) {
    throw new Refused("keyNotAdmissible", { proof: index, reason: refused.code });
  }
}

/** Whether a text is `YYYY-MM-DDThh:mm:ssZ` of a day that the calendar has (format v1, 1.6). */
export function isInstant(text) {
  const parts =
    typeof text === "string" &&
    /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$/.exec(text);
  if (!parts) {
    return false;
  }
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return day >= 1 && day <= (days ?? 0) && hour < 24 && minute < 60 && second < 60;
}
