// Rules of `FederationList`, `MemberKeys` and `Takedown` (crates/model/src/record/rules/federation.rs).

import { compareBytes } from "../proof.js";
import * as parts from "./parts.js";

const MAX_SIGNERS = 15;
const MAX_MEMBERS = 200;
const MAX_COSIGNERS = 12;
const MAX_KEYS_OF_A_SORT = 32;
const MAX_URL = 2_000;
/** The sorts of keys of signed-note. */
const LOG = { byte: 0x01, isNamed: parts.isOrigin };
const COSIGNER = { byte: 0x04, isNamed: () => true };

export function checkFederationList(faults, record, list) {
  const { keyholders, members } = list;
  checkVersion(faults, list);
  faults.require(list.effectiveFrom < list.validUntil, "validUntil", "order");
  const [first] = keyholders.map(({ did }) => did).sort(compareBytes);
  checkSigner(faults, record, first);
  checkLength(faults, "keyholders", keyholders, 1, MAX_SIGNERS);
  parts.checkOnce(faults, "keyholders", "did", keyholders, ({ did }) => did);
  parts.checkOnce(faults, "keyholders", "key", keyholders, ({ key }) => key);
  faults.each("keyholders", keyholders, ({ did, key }) => {
    parts.checkDid(faults, "did", did);
    faults.require(parts.isMultikey(key), "key", "multikey");
  });
  checkThreshold(faults, "threshold", list.threshold, keyholders);
  checkLength(faults, "members", members, 0, MAX_MEMBERS);
  parts.checkOnce(faults, "members", "economy", members, ({ economy }) => economy);
  parts.checkOnce(faults, "members", "authority", members, ({ authority }) => authority);
  faults.each("members", members, (member) => checkMember(faults, member));
  faults.member("cosigners", () => checkCosigners(faults, list.cosigners, members));
}

function checkMember(faults, { economy, authority, rootKeys, rootThreshold, url, logAt }) {
  parts.checkEconomy(faults, "economy", economy);
  parts.checkDid(faults, "authority", authority);
  checkRoots(faults, "rootKeys", rootKeys);
  checkThreshold(faults, "rootThreshold", rootThreshold, rootKeys);
  faults.require(url === undefined || isNodeUrl(url), "url", "url");
  faults.require(logAt === undefined || parts.isOrigin(logAt), "logAt", "origin");
}

/** `http` or `https`, a host, no query. */
function isNodeUrl(text) {
  return text.length <= MAX_URL && /^https?:\/\/(?!\/)[!$-.0->A-~/]+$/.test(text);
}

function checkCosigners(faults, cosigners, members) {
  checkLength(faults, "members", cosigners.members, 0, MAX_COSIGNERS);
  parts.checkDistinct(faults, "members", cosigners.members);
  if (cosigners.threshold !== undefined) {
    checkThreshold(faults, "threshold", cosigners.threshold, cosigners.members);
  }
  faults.each("members", cosigners.members, ({ economy, vkey }) => {
    parts.checkEconomy(faults, "economy", economy);
    const isMember = members.some((member) => member.economy === economy);
    const isKey = vkey === undefined ? isMember : parts.readVkey(vkey, COSIGNER) !== undefined;
    faults.require(isKey, "vkey", "vkey");
  });
}

export function checkMemberKeys(faults, record, keys) {
  parts.checkEconomy(faults, "economy", keys.economy);
  checkVersion(faults, keys);
  checkSigner(faults, record, record.comity.authority);
  if (keys.roots) {
    faults.member("roots", () => {
      checkRoots(faults, "keys", keys.roots.keys);
      checkThreshold(faults, "threshold", keys.roots.threshold, keys.roots.keys);
    });
  }
  checkVkeys(faults, "logKeys", keys.logKeys, LOG);
  checkVkeys(faults, "mirrorKeys", keys.mirrorKeys, COSIGNER);
  checkVkeys(faults, "witnessKeys", keys.witnessKeys, COSIGNER);
  parts.checkOnce(faults, "statusKeys", "key", keys.statusKeys, ({ key }) => key);
  checkLength(faults, "statusKeys", keys.statusKeys, 0, MAX_KEYS_OF_A_SORT);
  faults.each("statusKeys", keys.statusKeys, (key) => checkKey(faults, key));
  checkLength(faults, "authorityKeys", keys.authorityKeys, 1, MAX_KEYS_OF_A_SORT);
  parts.checkOnce(faults, "authorityKeys", "key", keys.authorityKeys, ({ key }) => key);
  faults.each("authorityKeys", keys.authorityKeys, (key) => {
    checkKey(faults, key);
    faults.require(key.reason === undefined || key.until !== undefined, "reason", "reason");
  });
  checkApart(faults, keys);
  if (keys.terms) {
    faults.member("terms", () => {
      parts.checkName(faults, "licence", keys.terms.licence);
      parts.checkName(faults, "attribution", keys.terms.attribution);
    });
  }
}

function checkKey(faults, { key, from, until }) {
  faults.require(parts.isMultikey(key), "key", "multikey");
  checkInstants(faults, from, until);
}

/** Keys of one sort: of the right form, once each, and under one name one at a time. */
function checkVkeys(faults, name, keys, sort) {
  checkLength(faults, name, keys, 0, MAX_KEYS_OF_A_SORT);
  faults.each(name, keys, (key, index) => {
    const own = parts.readVkey(key.vkey, sort);
    faults.require(own, "vkey", "vkey");
    checkInstants(faults, key.from, key.until);
    for (const earlier of own ? keys.slice(0, index) : []) {
      const other = parts.readVkey(earlier.vkey, sort);
      if (other) {
        faults.require(own.key !== other.key, "vkey", "duplicate");
        const isOneSeries = sort === COSIGNER || own.name === other.name;
        const hasEnded = key.until < earlier.from || earlier.until < key.from;
        faults.require(!isOneSeries || hasEnded, "from", "overlap");
      }
    }
  });
}

/** A key is of one sort (docs/format.md 2.3). */
function checkApart(faults, keys) {
  const checkSorts = (sorts, member, ofOthers) => {
    for (const [name, read] of sorts) {
      const own = keys[name].map(read);
      own.forEach((key, at) => {
        const isElsewhere = key !== undefined && ofOthers.has(key);
        faults.member(name, () => {
          faults.member(at, () => faults.require(!isElsewhere, member, "otherUse"));
        });
      });
      own.forEach((key) => ofOthers.add(key));
    }
  };
  const vkey = (sort) => (one) => parts.readVkey(one.vkey, sort)?.key;
  const vkeys = [
    ["logKeys", vkey(LOG)],
    ["mirrorKeys", vkey(COSIGNER)],
    ["witnessKeys", vkey(COSIGNER)],
  ];
  checkSorts(vkeys, "vkey", new Set());
  const multikeys = ["statusKeys", "authorityKeys"].map((name) => [name, ({ key }) => key]);
  checkSorts(multikeys, "key", new Set(keys.roots?.keys));
}

export function checkTakedown(faults, record, takedown) {
  checkSigner(faults, record, record.comity.authority);
  parts.checkDid(faults, "authority", takedown.authority);
  parts.checkDid(faults, "issuer", takedown.issuer);
  faults.require(parts.isRecordId(takedown.id), "id", "recordId");
  const isTakenDown = ["Attestation", "Commitment", "Notice"].includes(takedown.kind);
  faults.require(isTakenDown, "kind", "kind");
  parts.checkDigest(faults, "recordDigest", takedown.recordDigest);
  parts.checkDigest(faults, "documentDigest", takedown.documentDigest);
}

/** Version 1 has no version before, every other one has. */
function checkVersion(faults, { version, previous }) {
  faults.require(version >= 1, "version", "version");
  if (previous === undefined) {
    faults.require(version <= 1, "previous", "previous");
  } else {
    parts.checkDigest(faults, "previous", previous);
    faults.require(version !== 1, "previous", "previous");
  }
}

/** The record is signed in its own name: `issuer` and `comity.authority` are `due`. */
function checkSigner(faults, { issuer, comity }, due) {
  if (due !== undefined && (due !== issuer.id || due !== comity.authority)) {
    faults.note("signer");
  }
}

function checkLength(faults, name, { length }, least, most) {
  faults.require(length >= least && length <= most, name, "count");
}

function checkThreshold(faults, name, threshold, { length }) {
  faults.require(threshold >= 1 && threshold <= length, name, "threshold");
}

function checkRoots(faults, name, keys) {
  checkLength(faults, name, keys, 1, MAX_SIGNERS);
  parts.checkDistinct(faults, name, keys);
  faults.member(name, () => {
    keys.forEach((key, at) => faults.require(parts.isMultikey(key), at, "multikey"));
  });
}

function checkInstants(faults, from, until) {
  faults.require(until === undefined || until >= from, "until", "order");
}
