// Offline bundles (docs/format.md 4.7): one NDJSON file with a question, everything that its
// verdict rests on, and the statement that nothing else bears on it. Every line is verified under
// the trust list of the reader; no key comes from a bundle by its own word, but that of the
// successor of a pinned log, whose closing entry is proved.

import { check, scan } from "./canonical.js";
import { isDid } from "./did.js";
import { concat, fromHex, fromMultibase, isSame, sha256, toHex, toMultibase } from "./digest.js";
import { noteText, parseCheckpoint, parseNote, parseVkey, vkeyText } from "./note.js";
import { checkPublishedForm, compareBytes, isInstant, verifyProofs } from "./proof.js";
import { isSameList, kindOf } from "./record.js";
import { parseReceipt, receiptText, recordEntry, verifyNote, verifyReceipt } from "./receipt.js";
import { Refused } from "./refused.js";
import { isWithin, pinSuccessor, unix } from "./trust.js";

/** How a bundle begins. */
export const BEFORE_DIGEST = '{"digest":"';
/** Largest bundle in bytes. */
export const MAX_BUNDLE_BYTES = 16 * 1024 * 1024;
/** Most records, receipts of one record, heads, and further checkpoints. */
export const MAX_RECORDS = 4_000;
export const MAX_RECEIPTS = 32;
export const MAX_NOTES = 1_000;

const FORMAT = "comity.bundle/v1";
const SKIPPED = BEFORE_DIGEST.length + 64 + '",'.length;
const MAX_SUCCESSORS = 100;
/** A line holds a record one level deeper, and receipts and notes longer than texts of records. */
const LINE_LIMITS = {
  bytes: MAX_BUNDLE_BYTES,
  depth: 65,
  array: 10_000,
  stringBytes: MAX_BUNDLE_BYTES,
};
const STATEMENT_TYPES = ["VerifiableCredential", "ComityStatusStatement"];
const STATEMENT_CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/comity/v1"];

/**
 * Reads and verifies a bundle. Answers `{header, trust, heads, records, smaller, forked,
 * statement, digestHolds}`; a record is `{line, body, document, recordDigest, places, given}`, canonical, its
 * proofs not yet verified. Throws `Refused` with the line and what stands there.
 */
export async function openBundle(bytes, trust) {
  const lines = split(bytes);
  const header = at(1, "header", () => readHeader(lines.header));
  const pinned = { ...trust, logs: new Map(trust.logs), notes: new Map() };
  await followLogs(lines.heads, pinned);
  const heads = await readNotes(lines.heads, "head", pinned);
  const forked = new Set(
    heads.filter(({ isForked }) => isForked).map(({ checkpoint }) => checkpoint.origin),
  );
  const smaller = await readNotes(lines.checkpoints, "checkpoint", pinned);
  const records = await readRecords(lines.records, pinned, header);
  checkOneHistory(heads, smaller, records, forked);
  const after = bytes.subarray(SKIPPED);
  const before = bytes.subarray(SKIPPED, lines.beforeStatement);
  return {
    header,
    trust: pinned,
    heads,
    records,
    smaller: smaller.map(({ proven }) => proven).filter(Boolean),
    forked,
    statement: lines.statement && (await readStatement(lines.statement, before)),
    digestHolds: toHex(await sha256("{", after)) === lines.digest,
  };
}

/**
 * Why the statement of a bundle does not answer for what is not in it; undefined if it does:
 * `missing`, `otherContents`, `signerNotListed`, `otherQuestion`, `otherRecords`, `otherHeads`.
 */
export function statementFault(bundle) {
  const { statement, header, trust } = bundle;
  if (!statement) {
    return "missing";
  }
  const { knownAt, question: stated, recordDigests, logs } = statement.subject;
  const { question } = header;
  const isListed = trust.statusSigners.some((entry) => {
    return entry.key === statement.key && isWithin(entry, unix(knownAt));
  });
  const names = ["authority", "issuer", "id"];
  const isNamed = names.every((name) => question.record.identity?.[name] === stated[name]);
  const isDay = question.on === stated.on || question.on <= knownAt.slice(0, 10);
  const here = bundle.records.map(({ recordDigest }) => toMultibase(recordDigest));
  const heads = distinct(bundle.heads.map(({ checkpoint }) => checkpoint)).map(stateHead);
  if (!isNamed || question.in !== stated.in || !isDay || question.knownAt !== knownAt) {
    return "otherQuestion";
  }
  if (here.length !== recordDigests.length || !here.every((one) => recordDigests.includes(one))) {
    return "otherRecords";
  }
  if (heads.join() !== logs.map(stateHead).join()) {
    return "otherHeads";
  }
  if (!isListed) {
    return "signerNotListed";
  }
  return statement.isOfLines && statement.issuer === header.madeBy ? undefined : "otherContents";
}

/** Runs a check of one line; what it refuses names the line. */
function at(line, what, run) {
  const named = (refused) => {
    if (!(refused instanceof Refused) || refused.facts.line !== undefined) {
      return refused;
    }
    return new Refused(refused.code, { ...refused.facts, line, what });
  };
  try {
    const result = run();
    return result instanceof Promise
      ? result.catch((error) => Promise.reject(named(error)))
      : result;
  } catch (error) {
    throw named(error);
  }
}

/** The lines of a file, which stand in one order. */
function split(bytes) {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new Refused("bundleTooLarge", { line: 1, what: "header" });
  }
  const lines = { heads: [], checkpoints: [], records: [], beforeStatement: bytes.length };
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) {
      throw new Refused("noLineEnd", { line: number, what: "end" });
    }
    if (lines.statement) {
      throw new Refused("lineMisplaced", { line: number, what: "line" });
    }
    const line = bytes.subarray(start, end);
    if (number === 1) {
      at(1, "header", () => splitHeader(line, lines));
    } else {
      at(number, "line", () => take(line, number, start, lines));
    }
    start = end + 1;
  }
  return lines;
}

function splitHeader(line, lines) {
  const head = new TextDecoder().decode(line.subarray(0, SKIPPED));
  const digest = head.slice(BEFORE_DIGEST.length, -2);
  if (!head.startsWith(BEFORE_DIGEST) || !fromHex(digest, 32) || !head.endsWith('",')) {
    throw new Refused("notABundle");
  }
  lines.digest = digest;
  lines.header = concat(["{", line.subarray(SKIPPED)]);
}

/** Sorts one line by how it begins, and reads it in its one spelling. */
function take(line, number, start, lines) {
  const begin = new TextDecoder().decode(line.subarray(0, 16));
  const misplaced = (isRight) => {
    if (!isRight) {
      throw new Refused("lineMisplaced");
    }
  };
  if (begin.startsWith('{"@context":')) {
    lines.statement = { number, line };
    lines.beforeStatement = start;
  } else if (begin.startsWith('{"body":')) {
    misplaced(lines.records.length < MAX_RECORDS);
    lines.records.push({ number, ...readLine(line, ["body", "receipts", "receivedAt"]) });
  } else if (begin.startsWith('{"checkpoint":')) {
    misplaced(lines.records.length === 0 && lines.checkpoints.length < MAX_NOTES);
    const { json } = readLine(line, ["checkpoint"]);
    lines.checkpoints.push({ number, json, text: json.checkpoint });
  } else {
    misplaced(/^\{"(closed|fork|head)":/.test(begin) && lines.heads.length < MAX_NOTES);
    misplaced(lines.records.length === 0 && lines.checkpoints.length === 0);
    const { json } = readLine(line, ["closed", "fork", "head", "successor"]);
    const isText = Object.values(json).every((value) => typeof value === "string");
    misplaced(isText && (json.closed === undefined) === (json.successor === undefined));
    lines.heads.push({ number, json, text: json.head });
  }
}

/** Reads a canonical line that has no other members than these. */
function readLine(line, names) {
  const members = scan(line, LINE_LIMITS);
  if (members.some(({ name }) => !names.includes(name))) {
    throw new Refused("memberUnknown");
  }
  const json = JSON.parse(new TextDecoder().decode(line));
  const body = members.find(({ name }) => name === "body");
  return { json, body: body && line.subarray(body.value, body.end) };
}

function readHeader(line) {
  const { json } = readLine(line, ["format", "madeBy", "policyDigest", "question"]);
  const { question } = json;
  const isQuestion =
    typeof question?.in === "string" &&
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(question.on) &&
    isInstant(question.knownAt) &&
    typeof question.record?.identity?.id === "string";
  if (
    json.format !== FORMAT ||
    !isDid(json.madeBy) ||
    !fromHex(json.policyDigest, 32) ||
    !isQuestion
  ) {
    throw new Refused("headerMalformed");
  }
  return json;
}

/** The notes of heads or checkpoints, in order, those of pinned logs verified. */
async function readNotes(lines, what, trust) {
  const read = [];
  for (const line of lines) {
    await at(line.number, what, async () => {
      const note = exactNote(line.text);
      const checkpoint = parseCheckpoint(note.text);
      const last = read.at(-1);
      if (last && comparePlaces(last, { checkpoint, text: line.text }) >= 0) {
        throw new Refused("notInOrder");
      }
      const proven = await verifyNote(note, trust);
      refuseRefused(proven);
      if (line.json.closed !== undefined) {
        await checkClosed(line.json, checkpoint, trust);
      }
      const isForked = line.json.fork !== undefined;
      read.push({ line: line.number, text: line.text, checkpoint, proven, isForked });
    });
  }
  return read;
}

function exactNote(text) {
  const note = typeof text === "string" ? parseNote(text) : undefined;
  if (!note || noteText(note) !== text) {
    throw new Refused("noteMalformed");
  }
  return note;
}

/** Who relays a note could add a line that does not hold: a maker leaves it out. */
function refuseRefused(proven) {
  if (proven?.refused.length > 0) {
    throw new Refused("badSignature", { name: proven.refused[0] });
  }
}

/** By origin, size, root, then text. */
function comparePlaces(one, other) {
  const [a, b] = [one.checkpoint, other.checkpoint];
  return (
    compareBytes(a.origin, b.origin) ||
    compareNumbers(a.size, b.size) ||
    compareBytes(toHex(a.root), toHex(b.root)) ||
    compareBytes(one.text, other.text)
  );
}

function compareNumbers(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Pins what follows closed logs, one after another. */
async function followLogs(heads, trust) {
  let waiting = heads.filter(({ json }) => json.closed !== undefined);
  for (let round = 0; round < MAX_SUCCESSORS && waiting.length > 0; round += 1) {
    const left = [];
    for (const line of waiting) {
      const closed = await at(line.number, "head", () => verifyClosed(line.json, trust));
      if (closed) {
        await pinSuccessor(trust, closed.origin, closed.vkey);
      } else {
        left.push(line);
      }
    }
    if (left.length === waiting.length) {
      return;
    }
    waiting = left;
  }
}

/** Verifies the receipt of a closing entry; undefined where the log is not pinned. */
async function verifyClosed({ closed, successor }, trust) {
  const vkey = await parseVkey(successor);
  const receipt = parseReceipt(closed);
  const entry = `comity.entry/v1\nclosed ${vkeyText(vkey)}\n`;
  const proven = await verifyReceipt(receipt, entry, trust);
  if (receipt.index + 1n !== receipt.checkpoint.size) {
    throw new Refused("closingNotLast");
  }
  refuseRefused(proven);
  return proven && { ...proven, vkey };
}

async function checkClosed(json, checkpoint, trust) {
  await verifyClosed(json, trust);
  const of = parseReceipt(json.closed).checkpoint;
  const isSameHead = of.size === checkpoint.size && isSame(of.root, checkpoint.root);
  const isPinned = trust.logs.has(checkpoint.origin);
  if (of.origin !== checkpoint.origin || (isPinned && !isSameHead)) {
    throw new Refused("closingOfOtherHead");
  }
}

async function readRecords(lines, trust, header) {
  const records = [];
  for (const { number, json, body } of lines) {
    await at(number, "record", async () => {
      const document = check(body);
      const received = json.receivedAt;
      const isReceived = received === undefined || isInstant(received);
      if (!isReceived || (received !== undefined && received > header.question.knownAt)) {
        throw new Refused("receivedAt");
      }
      const recordDigest = await sha256(body);
      const last = records.at(-1);
      if (last && toHex(last.recordDigest) >= toHex(recordDigest)) {
        throw new Refused("notInOrder");
      }
      const places = await readPlaces(json.receipts, { body, document, recordDigest }, trust);
      const given = json.receipts.length;
      records.push({ line: number, body, document, recordDigest, places, given });
    });
  }
  return records;
}

/** Where a record stands, by its receipts; those of logs that are not pinned say nothing. */
async function readPlaces(receipts, { body, document, recordDigest }, trust) {
  if (!Array.isArray(receipts) || receipts.length > MAX_RECEIPTS) {
    throw new Refused("tooManyReceipts");
  }
  const places = [];
  let last;
  for (const text of receipts) {
    const receipt = parseReceipt(String(text));
    if (receiptText(receipt) !== text) {
      throw new Refused("receiptMalformed");
    }
    if (last && compareReceipts(last, { receipt, text }) >= 0) {
      throw new Refused("notInOrder");
    }
    last = { receipt, text };
    const kind = kindOf(document.value);
    if (!kind) {
      throw new Refused("unknownKind");
    }
    const proven = await verifyReceipt(
      receipt,
      recordEntry(kind, recordDigest, body.length),
      trust,
    );
    refuseRefused(proven);
    if (proven) {
      places.push(proven);
    }
  }
  return places;
}

function compareReceipts(one, other) {
  const [a, b] = [one.receipt, other.receipt];
  return (
    compareBytes(a.checkpoint.origin, b.checkpoint.origin) ||
    compareNumbers(a.index, b.index) ||
    compareNumbers(a.checkpoint.size, b.checkpoint.size) ||
    compareBytes(one.text, other.text)
  );
}

/** Refuses two roots for one size of a log, unless the file says that it showed two histories. */
function checkOneHistory(heads, smaller, records, forked) {
  const roots = new Map();
  const see = (line, what, proven) => {
    if (!proven || forked.has(proven.origin)) {
      return;
    }
    const place = `${proven.origin} ${proven.size}`;
    const root = toHex(proven.root);
    if ((roots.get(place) ?? root) !== root) {
      throw new Refused("otherHistory", { line, what });
    }
    roots.set(place, root);
  };
  heads.forEach(({ line, proven }) => see(line, "head", proven));
  smaller.forEach(({ line, proven }) => see(line, "checkpoint", proven));
  records.forEach(({ line, places }) => places.forEach((place) => see(line, "record", place)));
}

/** Reads a status statement and verifies its one signature. */
function readStatement({ number, line }, before) {
  return at(number, "statement", async () => {
    const document = check(line);
    const { value } = document;
    const names = ["@context", "credentialSubject", "id", "issuer", "proof", "type"];
    const isForm =
      Object.keys(value).every((name) => names.includes(name)) &&
      isSameList(STATEMENT_TYPES, value.type) &&
      isSameList(STATEMENT_CONTEXT, value["@context"]) &&
      isSubject(value.credentialSubject);
    if (!isForm) {
      throw new Refused("statementMalformed");
    }
    checkPublishedForm(document);
    const { signers } = await verifyProofs(document);
    if (signers.length !== 1 || signers[0].did !== value.issuer) {
      throw new Refused("issuer");
    }
    return {
      subject: value.credentialSubject,
      issuer: value.issuer,
      key: signers[0].key,
      isOfLines: value.id === statementId(await sha256(`${FORMAT}\n{`, before)),
    };
  });
}

function isSubject(subject) {
  const { knownAt, logs, question, recordDigests } = subject ?? {};
  const members = [question?.authority, question?.issuer, question?.id, question?.in, question?.on];
  return (
    isInstant(knownAt) &&
    members.every((member) => typeof member === "string") &&
    Array.isArray(recordDigests) &&
    recordDigests.every((digest, place) => {
      return fromMultibase(digest) && (place === 0 || recordDigests[place - 1] < digest);
    }) &&
    Array.isArray(logs) &&
    logs.every(({ origin, root, size }) => {
      return typeof origin === "string" && fromHex(root, 32) && Number.isInteger(size);
    })
  );
}

/** A UUID of version 8 of the first half of a hash. */
function statementId(hash) {
  const bytes = hash.slice(0, 16);
  bytes[6] = 0x80 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = toHex(bytes);
  const part = (from, to) => hex.slice(from, to);
  return `urn:uuid:${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20)}`;
}

function stateHead({ origin, size, root }) {
  return JSON.stringify([origin, String(size), typeof root === "string" ? root : toHex(root)]);
}

function distinct(checkpoints) {
  const seen = new Set();
  return checkpoints.filter((checkpoint) => {
    const name = stateHead(checkpoint);
    return !seen.has(name) && seen.add(name);
  });
}
