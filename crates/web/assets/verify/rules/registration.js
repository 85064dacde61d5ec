// Rules of `Registration` and `KeyRevocation` (crates/model/src/record/rules/registration.rs).

import * as parts from "./parts.js";

const MAX_KEYS = 32;
/** What authorities and keyholders alone sign. */
const UNMANDATED = ["FederationList", "MemberKeys", "ImportRule", "Takedown"];

export function checkRegistration(faults, record, subject) {
  checkRegistered(faults, record, subject.id);
  faults.require(subject.version >= 1, "version", "version");
  parts.checkLangStringGiven(faults, "names", subject.names);
  parts.checkEconomies(faults, "economies", subject.economies, 1);
  parts.checkCount(faults, "roles", subject.roles, 1);
  parts.checkDistinct(faults, "roles", subject.roles);
  parts.checkDistinct(faults, "identifiers", subject.identifiers);
  checkKeys(faults, subject.keys);
  faults.member("mandate", () => checkMandate(faults, subject.mandate));
  parts.checkPeriod(faults, "period", subject.period);
  parts.checkDistinct(faults, "sameAs", subject.sameAs);
}

export function checkRevocation(faults, record, subject) {
  checkRegistered(faults, record, subject.id);
  faults.require(parts.isMultikey(subject.key), "key", "multikey");
}

/** The registered party: not the parent itself, and not the authority, whose keys are pinned. */
function checkRegistered(faults, { issuer, comity }, id) {
  parts.checkDid(faults, "id", id);
  faults.require(id !== issuer.id && id !== comity.authority, "id", "selfRegistered");
}

function checkKeys(faults, keys) {
  faults.require(keys.length >= 1 && keys.length <= MAX_KEYS, "keys", "keys");
  const isFirst = parts.firsts((key) => key);
  faults.each("keys", keys, ({ key, from, until }) => {
    faults.require(isFirst(key), "key", "duplicate");
    faults.require(parts.isMultikey(key), "key", "multikey");
    const isOrdered = from === undefined || until === undefined || until >= from;
    faults.require(isOrdered, "until", "order");
  });
}

function checkMandate(faults, { kinds, attestationKinds }) {
  parts.checkCount(faults, "kinds", kinds, 1);
  parts.checkDistinct(faults, "kinds", kinds);
  faults.member("kinds", () => {
    kinds.forEach((kind, at) => faults.require(!UNMANDATED.includes(kind), at, "mandate"));
  });
  parts.checkDistinct(faults, "attestationKinds", attestationKinds);
  const isBeside = attestationKinds.length === 0 || kinds.includes("Attestation");
  faults.require(isBeside, "attestationKinds", "mandate");
}
