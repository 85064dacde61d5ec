// Files of receipts, in each form that ours write: the proof itself (C2SP tlog-proof), the answer of a
// node that holds one, and the lines that `comity publish` keeps beside the file it sent. Those lines
// are a node's word on where it put a record, and no proof of it.

import { BEFORE_DIGEST } from "./bundle.js";
import { utf8 } from "./digest.js";
import { HEADER } from "./receipt.js";

/**
 * What a file of receipts holds: `{proofs, told}`, the bytes of proofs, and of each record a node told
 * about `{recordDigest, origin, index, node}`. Undefined where the file is none.
 */
export function readReceipts(bytes) {
  if (startsWith(bytes, HEADER)) {
    return { proofs: [bytes], told: [] };
  }
  if (!startsWith(bytes, "{") || startsWith(bytes, BEFORE_DIGEST)) {
    return undefined;
  }
  const text = new TextDecoder().decode(bytes);
  const whole = parsed(text);
  const lines = whole ? [whole] : text.split("\n").map(parsed).filter(Boolean);
  const read = lines.map(receiptOf);
  // A line that a crash cut off is no JSON; one that is something else makes the file something else.
  if (read.length === 0 || read.includes(undefined)) {
    return undefined;
  }
  return {
    proofs: read.flatMap(({ proof }) => (proof ? [utf8(proof)] : [])),
    told: read.flatMap(({ told }) => (told ? [told] : [])),
  };
}

/** The records of a file, each as it was signed: of NDJSON one a line; a bundle is one file. */
export function recordsIn(bytes) {
  if (startsWith(bytes, BEFORE_DIGEST)) {
    return [bytes];
  }
  const lines = linesOf(bytes).filter((line) => line.length > 0);
  const isNdjson = lines.length > 0 && lines.every((line) => startsWith(line, '{"'));
  return isNdjson ? lines : [bytes];
}

function linesOf(bytes) {
  const lines = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    lines.push(bytes.subarray(start, stop));
    start = stop + 1;
  }
  return lines;
}

function startsWith(bytes, text) {
  return utf8(text).every((byte, at) => bytes[at] === byte);
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

function receiptOf({ proof, recordDigest, log, node }) {
  if (typeof proof === "string" && proof.startsWith(HEADER)) {
    return { proof };
  }
  const isDigest = /^[0-9a-f]{64}$/.test(recordDigest);
  if (!isDigest || typeof log?.origin !== "string" || !Number.isSafeInteger(log.index)) {
    return undefined;
  }
  const by = typeof node === "string" ? node : undefined;
  return { told: { recordDigest, origin: log.origin, index: String(log.index), node: by } };
}
