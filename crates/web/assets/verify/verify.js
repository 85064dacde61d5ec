// What a browser can prove of a file by itself: that a record is genuine, keeps the rules of its kind
// and was published. What it cannot, it says, and leaves to the node: what happened to the record
// since, and whether it is recognised somewhere.

import { BEFORE_DIGEST, MAX_BUNDLE_BYTES, openBundle, statementFault } from "./bundle.js";
import { check } from "./canonical.js";
import { toHex, utf8 } from "./digest.js";
import { checkPublishedForm, verifyProofs } from "./proof.js";
import { HEADER, dateOf, parseReceipt, recordEntry, verifyReceipt } from "./receipt.js";
import { checkContext, checkSigners, identityOf, kindOf } from "./record.js";
import { Refused } from "./refused.js";
import { faultsOf } from "./rules/rules.js";
import { keyStanding } from "./standing.js";

/** Largest file in bytes: that of a bundle. */
export const MAX_FILE_BYTES = MAX_BUNDLE_BYTES;
/** The code of a file that is neither a record nor a bundle. */
export const NO_RECORD = "canonical.noRecord";
/** Most receipts beside a record. */
export const MAX_RECEIPTS = 32;

/** Why a proof that is of another record is refused. */
const OTHERS = "otherRoot";
/** Most broken rules of one record that are told. */
export const MAX_TOLD_FAULTS = 10;

/** How far into a file its first brace is looked for, in bytes, and the type of all records. */
const MAX_BEGIN_BYTES = 1_024;
const CREDENTIAL = "VerifiableCredential";

/** What no file proves, and a node is asked. */
const ASKED = ["status", "recognition"];

/**
 * Verifies a record, or a bundle, and answers the list of steps: `{step, outcome, place, code,
 * facts}`, where `outcome` is `pass`, `fail` or `unknown` and `place` says whether it was proved
 * `here` or is left to the `node`. After a step that fails nothing more is checked. Of a file that is
 * none of ours the only code is `NO_RECORD`.
 *
 * `trust` is what `readTrust` answered, or undefined without a trust list; `now` is in UTC
 * seconds; `receipts` are the bytes of proofs chosen together with a record, `told` what nodes said in
 * `readReceipts` of where they put records. Where the record is `oneOfMany`, a proof may be another's.
 */
export async function verify(bytes, { trust, now, receipts = [], told, oneOfMany = false }) {
  const steps = [];
  try {
    if (isReceipt(bytes)) {
      steps.push(step("canonical", "unknown", "receiptAlone"));
    } else if (startsWith(bytes, BEFORE_DIGEST)) {
      await verifyBundle(bytes, trust, now, steps);
    } else {
      await verifyRecord(bytes, { receipts, told, oneOfMany }, trust, now, steps);
    }
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    if (isForeign(bytes)) {
      return [step("canonical", "fail", "noRecord")];
    }
    steps.push(step(error.step ?? "canonical", "fail", error.code, error.facts));
    return steps;
  }
  return [...steps, ...ASKED.map((name) => step(name, "unknown", "askNode", {}, "node"))];
}

/** Whether a file is a receipt, which is chosen beside the record it is of. */
export function isReceipt(bytes) {
  return startsWith(bytes, HEADER);
}

/**
 * What a list of steps comes to: `fail` if one fails, `pass` if everything that a file can prove is
 * proved, whose key it is among it.
 */
export function outcomeOf(steps) {
  if (steps.some(({ outcome }) => outcome === "fail")) {
    return "fail";
  }
  const provable = steps.filter(({ step: name }) => !ASKED.includes(name));
  return provable.every(({ outcome }) => outcome === "pass") ? "pass" : "unknown";
}

/**
 * Whether a file is neither a record nor a bundle, nor one that was damaged: a picture, a table, a
 * page, or JSON of somebody else's.
 */
function isForeign(bytes) {
  const begin = new TextDecoder().decode(bytes.subarray(0, MAX_BEGIN_BYTES));
  if (!/^\s*\{\s*["}]/.test(begin)) {
    return true;
  }
  try {
    const { proof, type } = JSON.parse(new TextDecoder().decode(bytes));
    return proof === undefined && !(Array.isArray(type) && type.includes(CREDENTIAL));
  } catch {
    return false;
  }
}

function step(name, outcome, reason, facts = {}, place = "here") {
  return { step: name, outcome, place, code: `${name}.${reason}`, facts };
}

/** Runs a check; what it refuses fails this step. */
async function under(name, run) {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) {
      error.step ??= name;
    }
    throw error;
  }
}

function startsWith(bytes, text) {
  return utf8(text).every((byte, at) => bytes[at] === byte);
}

async function verifyRecord(bytes, { receipts, told, oneOfMany }, trust, now, steps) {
  const record = await proveGenuine(bytes, steps, checkRules);
  const places = [];
  let given = 0;
  await under("log", async () => {
    if (receipts.length > MAX_RECEIPTS) {
      throw new Refused("tooManyReceipts");
    }
    for (const receipt of receipts) {
      try {
        places.push(await readPlace(receipt, record, trust));
        given += 1;
      } catch (error) {
        if (!(oneOfMany && error instanceof Refused && error.code === OTHERS)) {
          throw error;
        }
      }
    }
  });
  const proven = places.filter(Boolean);
  const logged = prove(proven, [], { trust, now, given, kind: record.kind });
  if (told && given === 0) {
    logged.steps[0] = toldStep(told, toHex(record.recordDigest));
  }
  steps.push(keyStep(record, logged.timeUnix ?? now, trust, []), ...logged.steps);
}

/** What a node told of where it put the record: its word, and no proof. */
function toldStep(told, recordDigest) {
  const found = told.find((one) => one.recordDigest === recordDigest);
  if (!found) {
    return step("log", "unknown", "notAcknowledged");
  }
  const { origin, index, node } = found;
  return step("log", "unknown", "acknowledged", { origin, index, node });
}

/**
 * The steps that need nothing but the record itself. `checkFields` is run between its kind and its
 * signers: evidence counts for what is read of it, whatever else a later format puts beside.
 */
async function proveGenuine(bytes, steps, checkFields = () => {}) {
  const document = await under("canonical", () => check(bytes));
  steps.push(step("canonical", "pass", "canonical", { bytes: bytes.length }));
  const proof = await under("signature", () => verifyProofs(document));
  const [recordDigest, documentDigest] = [toHex(proof.recordDigest), toHex(proof.documentDigest)];
  const { signers } = proof;
  steps.push(step("signature", "pass", "holds", { signers, recordDigest, documentDigest }));
  await under("publishedForm", () => checkPublishedForm(document));
  steps.push(step("publishedForm", "pass", "published"));
  const { value } = document;
  const kind = await under("record", () => kindOf(value));
  if (!kind) {
    steps.push(step("record", "unknown", "unknownKind"), step("rules", "unknown", "unknownKind"));
    return { value, kind, ...proof, bytes };
  }
  await under("record", () => checkContext(value, kind));
  steps.push(step("record", "pass", "known", { kind, ...identityOf(value) }));
  await under("rules", () => checkFields(document, kind, steps));
  await under("signers", () => checkSigners(value, kind, signers));
  steps.push(step("signers", "pass", "due", { dids: signers.map(({ did }) => did) }));
  return { value, kind, ...proof, bytes };
}

/** Refuses a record that breaks a rule of its kind, by the first of them. */
function checkRules(document, kind, steps) {
  const faults = faultsOf(document, kind);
  if (faults.length > 0) {
    const told = faults.slice(0, MAX_TOLD_FAULTS);
    throw new Refused(faults[0].code, { faults: told, broken: faults.length });
  }
  steps.push(step("rules", "pass", "kept"));
}

async function readPlace(bytes, { kind, recordDigest, bytes: body }, trust) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refused("receiptMalformed");
  }
  const receipt = parseReceipt(text);
  const entry = recordEntry(kind, recordDigest, body.length);
  return trust && kind ? verifyReceipt(receipt, entry, trust) : undefined;
}

function keyStep(record, timeUnix, trust, evidence) {
  if (!trust) {
    return step("key", "unknown", "noTrustList");
  }
  const { isProved, reason, facts } = keyStanding(record, timeUnix, trust, evidence);
  return isProved
    ? step("key", "pass", reason, facts)
    : step("key", "unknown", reason, facts, "node");
}

/** The steps `log` and `cosigners` over the proven places of a record. */
function prove(places, smaller, { trust, now, given, kind = "", forked = new Set() }) {
  const without = (reason) => ({
    steps: [step("log", "unknown", reason), step("cosigners", "unknown", reason)],
  });
  if (!trust) {
    return without("noTrustList");
  }
  if (given === 0) {
    return without("noReceipt");
  }
  if (places.length === 0) {
    // The entry of a record says its kind.
    return without(kind === undefined ? "unknownKind" : "logNotListed");
  }
  const counting = places.filter(({ origin }) => !forked.has(origin));
  if (counting.length === 0) {
    return without("forked");
  }
  const dates = byPlace(counting).map((of) => {
    const below = smaller.filter(({ origin }) => origin === of[0].origin);
    return { of: of[0], ...dateOf(of, below, trust, now) };
  });
  const best = dates.reduce((held, one) => {
    return (one.timeUnix ?? Infinity) < (held.timeUnix ?? Infinity) ? one : held;
  });
  const { of, by, timeUnix, counted, needed, members } = best;
  const placed = { origin: of.origin, index: String(of.index), size: String(of.size) };
  const facts = { ...placed, timeUnix, counted, needed, members };
  return { timeUnix, steps: [step("log", "pass", "included", placed), dateStep(by, facts)] };
}

function dateStep(by, facts) {
  if (facts.timeUnix === undefined) {
    return step("cosigners", "unknown", by === "self" ? "notDated" : "tooFew", facts);
  }
  if (by === "self") {
    return step("cosigners", "pass", "selfDated", facts);
  }
  return step("cosigners", "pass", facts.members <= 3 ? "fewMirrors" : "quorum", facts);
}

function byPlace(places) {
  const groups = new Map();
  for (const place of places) {
    const name = `${place.origin} ${place.index}`;
    groups.set(name, [...(groups.get(name) ?? []), place]);
  }
  return [...groups.values()];
}

async function verifyBundle(bytes, trust, now, steps) {
  if (!trust) {
    steps.push(step("bundle", "unknown", "noTrustList"));
    return;
  }
  const bundle = await under("bundle", () => openBundle(bytes, trust));
  await under("bundle", () => {
    if (!bundle.digestHolds) {
      throw new Refused("otherDigest", { line: 1, what: "header" });
    }
  });
  const { header, records } = bundle;
  const { identity } = header.question.record;
  const told = { question: header.question, madeBy: header.madeBy, records: records.length };
  steps.push(step("bundle", "pass", "whole", told));
  const asked = await under("bundle", () => {
    const found = records.find(({ document }) => isOf(document.value, identity));
    if (!found) {
      throw new Refused("recordMissing");
    }
    return found;
  });
  const record = await proveGenuine(asked.body, steps, checkRules);
  const evidence = await readEvidence(bundle, now);
  const { smaller, forked } = bundle;
  const options = { trust: bundle.trust, now, given: asked.given, forked };
  const logged = prove(asked.places, smaller, options);
  steps.push(keyStep(record, logged.timeUnix ?? now, bundle.trust, evidence.counting));
  steps.push(...logged.steps);
  const { total, unsigned } = evidence;
  steps.push(
    unsigned.length === 0
      ? step("evidence", "pass", "allSigned", { total })
      : step("evidence", "unknown", "someNotSigned", { total, unsigned }),
  );
  const fault = statementFault(bundle);
  steps.push(
    fault
      ? step("statement", "unknown", fault)
      : step("statement", "pass", "covers", { knownAt: header.question.knownAt }),
  );
}

function isOf(value, identity) {
  return Object.entries(identityOf(value)).every(([name, part]) => identity[name] === part);
}

/** The records beside the one asked about: which signatures hold, and when they were logged. */
async function readEvidence({ records, smaller, forked, trust }, now) {
  const [counting, unsigned] = [[], []];
  for (const { line, body, places, given } of records) {
    try {
      const record = await proveGenuine(body, []);
      const logged = prove(places, smaller, { trust, now, given, forked });
      counting.push({ ...record, timeUnix: logged.timeUnix ?? Infinity });
    } catch (refused) {
      if (!(refused instanceof Refused)) {
        throw refused;
      }
      unsigned.push({ line, code: refused.code });
    }
  }
  return { counting, unsigned, total: records.length };
}
