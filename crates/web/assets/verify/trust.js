// The trust list of a node (`GET /v1/trust`): whose logs, cosigners and authorities its policy
// believes, with what its federation says filled in. It is the only thing that is taken on the
// node's word, so its date and the digest of the policy are shown beside every result.

import { fromHex } from "./digest.js";
import { fromMultikey } from "./keys.js";
import { asCosigner, parseVkey } from "./note.js";
import { isInstant } from "./proof.js";
import { Refused } from "./refused.js";

/** Name and version of the format. */
export const FORMAT = "comity.trust/v1";
/** Largest trust list in bytes. */
export const MAX_TRUST_BYTES = 1 << 20;

/** UTC seconds of an instant. */
export function unix(instant) {
  return instant === undefined ? undefined : Date.parse(instant) / 1000;
}

/** Reads a trust list from its bytes or its parsed JSON. Throws `Refused` with `trustMalformed`. */
export async function readTrust(source) {
  const json = source instanceof Uint8Array ? parse(source) : source;
  expect(json?.format === FORMAT && isInstant(json.asOf), "format");
  expect(fromHex(json.policyDigest, 32), "policyDigest");
  const logs = new Map();
  for (const log of list(json.logs)) {
    const keys = await Promise.all(list(log.vkeys).map(readLogKey));
    expect(keys.length > 0 && keys.every(({ vkey }) => vkey.name === log.origin), "logs");
    expect(["self", "quorum"].includes(log.datedBy), "logs");
    logs.set(log.origin, { keys, datedBy: log.datedBy, economies: list(log.economies) });
  }
  return {
    asOf: json.asOf,
    node: json.node,
    policyDigest: json.policyDigest,
    authorities: list(json.authorities).map(readAuthority),
    logs,
    cosigners: await Promise.all(list(json.cosigners).map(parseVkey)),
    cosignerSets: list(json.cosignerSets).map(readSet),
    statusSigners: list(json.statusSigners).map(readPeriod),
    notes: new Map(),
  };
}

/** Pins the successor of a closed log by the key that its closing entry names (format.md 3.2). */
export async function pinSuccessor(trust, origin, vkey) {
  if (trust.logs.has(vkey.name)) {
    return;
  }
  const log = trust.logs.get(origin);
  trust.logs.set(vkey.name, { ...log, keys: [{ vkey, own: await asCosigner(vkey) }] });
}

/** The members of a set who may date a log: outside of its economies, at most twelve. */
export function membersOutside(set, economies) {
  const outside = set.members.filter(({ economy }) => !economies.includes(economy));
  return outside.slice(0, 12).map(({ key }) => key);
}

/** Whether a period `{from?, until?}` holds at an instant of UTC seconds, both ends included. */
export function isWithin({ from, until }, timeUnix) {
  return (from ?? -Infinity) <= timeUnix && timeUnix <= (until ?? Infinity);
}

async function readLogKey({ vkey, ...period }) {
  const read = await parseVkey(vkey);
  return { vkey: read, own: await asCosigner(read), ...readPeriod(period) };
}

function readAuthority({ did, economy, keys }) {
  expect(typeof did === "string", "authorities");
  const read = list(keys).map(readPeriod);
  read.forEach(({ key }) => fromMultikey(key));
  return { did, economy, keys: read };
}

function readSet({ members, threshold, ...period }) {
  for (const { key, economy } of list(members)) {
    expect(fromHex(key, 32) && typeof economy === "string", "cosignerSets");
  }
  expect(threshold === undefined || Number.isInteger(threshold), "cosignerSets");
  return { members, threshold, ...readPeriod(period) };
}

function readPeriod({ from, until, ...rest }) {
  expect(
    [from, until].every((end) => end === undefined || isInstant(end)),
    "period",
  );
  return { ...rest, from: unix(from), until: unix(until) };
}

function parse(bytes) {
  expect(bytes.length <= MAX_TRUST_BYTES, "length");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refused("trustMalformed", { what: "json" });
  }
}

function list(value) {
  expect(Array.isArray(value), "list");
  return value;
}

function expect(holds, what) {
  if (!holds) {
    throw new Refused("trustMalformed", { what });
  }
}
