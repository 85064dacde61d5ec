// Receipts (C2SP tlog-proof, docs/format.md 3.12): the proof, for offline use, that a record stands
// in a log, and by whom that was co-signed.

import { fromBase64, toBase64, toHex, utf8 } from "./digest.js";
import {
  cosignedAt,
  decimal,
  noteText,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
} from "./note.js";
import { Refused } from "./refused.js";
import { countable, dated, linesNeeded, timesOf } from "./time.js";
import { MAX_PROOF_HASHES, leafHash, verifyInclusion } from "./tree.js";
import { isWithin, membersOutside } from "./trust.js";

/** How a receipt begins. */
export const HEADER = "c2sp.org/tlog-proof@v1\n";
/** Most bytes of a receipt. */
export const MAX_RECEIPT_BYTES = (MAX_PROOF_HASHES + 2) * 45 + 65_535;

/** Reads a receipt: `{index, siblings, note, checkpoint}`. Throws `Refused`. */
export function parseReceipt(text) {
  if (utf8(text).length > MAX_RECEIPT_BYTES) {
    throw new Refused("receiptTooLarge");
  }
  const end = text.indexOf("\n\n");
  if (!text.startsWith(HEADER) || end < 0) {
    throw new Refused("receiptMalformed");
  }
  const [indexLine, ...lines] = text.slice(HEADER.length, end).split("\n");
  const index = decimal(/^index ([0-9]+)$/.exec(indexLine)?.[1]);
  const siblings = lines.map(fromBase64);
  if (index === undefined || lines.length > MAX_PROOF_HASHES) {
    throw new Refused("receiptMalformed");
  }
  // An `extra` line is no hash either: unsigned text that readers might believe.
  if (siblings.some((sibling) => sibling?.length !== 32)) {
    throw new Refused("receiptMalformed");
  }
  const note = parseNote(text.slice(end + 2));
  return { index, siblings, note, checkpoint: parseCheckpoint(note.text) };
}

/** Writes a receipt. */
export function receiptText({ index, siblings, note }) {
  const lines = siblings.map((sibling) => `${toBase64(sibling)}\n`).join("");
  return `${HEADER}index ${index}\n${lines}\n${noteText(note)}`;
}

/** The entry of a record in a log (docs/format.md 3.2). */
export function recordEntry(kind, recordDigest, length) {
  return `comity.entry/v1\nrecord ${kind} ${toHex(recordDigest)} ${length}\n`;
}

/**
 * Verifies that `entry` stands in a log that `trust` pins. Answers `{origin, index, size, root,
 * lines, refused}`: the cosigners' valid lines under the note, and the names of those of known
 * keys that do not hold. Undefined where `trust` pins no such log. Throws `Refused`.
 */
export async function verifyReceipt(receipt, entry, trust) {
  const opened = await verifyNote(receipt.note, trust);
  if (!opened) {
    return undefined;
  }
  const leaf = await leafHash(utf8(entry));
  await verifyInclusion(leaf, receipt.index, opened.size, receipt.siblings, opened.root);
  return { ...opened, index: receipt.index };
}

/**
 * Verifies a checkpoint by the keys of a trust list; undefined where it pins no such log. Notes
 * that were verified are remembered with the list: many records stand under one.
 */
export async function verifyNote(note, trust) {
  const log = trust.logs.get(parseCheckpoint(note.text).origin);
  if (!log) {
    return undefined;
  }
  const text = noteText(note);
  if (!trust.notes.has(text)) {
    trust.notes.set(text, verifyLines(note, log, trust));
  }
  return trust.notes.get(text);
}

async function verifyLines(note, log, trust) {
  const checkpoint = await openByAny(note, log.keys);
  const own = log.keys.map((key) => key.own);
  const lines = [];
  const refused = [];
  for (const cosigner of [...trust.cosigners, ...own]) {
    const { timeUnix, isRefused } = await cosignedAt(note, cosigner);
    if (isRefused) {
      refused.push(cosigner.name);
    }
    if (timeUnix !== undefined) {
      lines.push({
        cosigner: cosigner.keyHex,
        name: cosigner.name,
        size: checkpoint.size,
        timeUnix,
      });
    }
  }
  return { ...checkpoint, lines, refused };
}

/**
 * Who dated a place in a log, and when (docs/format.md 3.6): `{by: "self" | "quorum", timeUnix,
 * counted, needed, members}`. `timeUnix` is undefined where too few have co-signed. `places` are
 * what `verifyReceipt` answered for one log and index, `smaller` checkpoints of the log below it.
 */
export function dateOf(places, smaller, trust, knownAt) {
  const [{ origin, index }] = places;
  const log = trust.logs.get(origin);
  const checkpoints = [...places, ...smaller.filter(({ size }) => size <= index)];
  const lines = checkpoints.flatMap((checkpoint) => checkpoint.lines);
  const sizes = new Set(places.map(({ size }) => size));
  if (log.datedBy === "self") {
    return { by: "self", ...earliest(ownLines(lines, log, knownAt), sizes, (times) => times[0]) };
  }
  let best;
  for (const set of trust.cosignerSets) {
    const members = membersOutside(set, log.economies);
    const ofMembers = lines.filter(({ cosigner }) => members.includes(cosigner));
    const counting = countable(ofMembers, { from: set.from, until: set.until, knownAt });
    const time = (times) => dated(members.length, set.threshold, times);
    const found = {
      by: "quorum",
      ...earliest(counting, sizes, time),
      needed: linesNeeded(members.length, set.threshold),
      members: members.length,
    };
    if (!best || rank(found) < rank(best)) {
      best = found;
    }
  }
  return best ?? { by: "quorum", timeUnix: undefined, counted: 0, members: 0 };
}

/** What was dated, the earliest first; else the set of which most have co-signed. */
function rank({ timeUnix, counted }) {
  return timeUnix ?? Number.MAX_SAFE_INTEGER - counted;
}

function earliest(lines, sizes, time) {
  let best = { timeUnix: undefined, counted: 0 };
  for (const size of sizes) {
    const times = timesOf(lines, size).sort((one, other) => one - other);
    const timeUnix = time(times);
    const isBetter =
      timeUnix === undefined
        ? best.timeUnix === undefined && times.length > best.counted
        : timeUnix < (best.timeUnix ?? Infinity);
    if (isBetter) {
      best = { timeUnix, counted: times.length };
    }
  }
  return best;
}

/** The lines of a log itself, under whatever key it had then, as those of one cosigner. */
function ownLines(lines, log, knownAt) {
  const own = lines.filter(({ cosigner, timeUnix }) => {
    return log.keys.some((key) => key.own.keyHex === cosigner && isWithin(key, timeUnix));
  });
  return countable(
    own.map((line) => ({ ...line, cosigner: "own" })),
    { knownAt },
  );
}

async function openByAny(note, keys) {
  let first;
  for (const { vkey } of keys) {
    try {
      return await openCheckpoint(note, vkey);
    } catch (refused) {
      first ??= refused;
    }
  }
  throw first;
}
