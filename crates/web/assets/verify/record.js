// Which kind of record a document is, and who must have signed it (docs/format.md 1.1, 1.2, 1.5).
// The field rules of the kinds stand in rules/.

import { Refused } from "./refused.js";

const W3C = "https://www.w3.org/ns/credentials/v2";
const UNTP = "https://vocabulary.uncefact.org/untp/0.7.0/context/";
const COMITY = "https://w3id.org/comity/v1";

/** Every kind of format v1. */
export const KINDS = [
  "Attestation",
  "CompetenceGrant",
  "Arrangement",
  "Participation",
  "StatusEvent",
  "Registration",
  "KeyRevocation",
  "FederationList",
  "MemberKeys",
  "Takedown",
  "Standard",
  "ImportRule",
  "Commitment",
  "Notice",
  "CoverageStatement",
];

/** The kind that `type` says; undefined for one of no known kind. Throws where there is none. */
export function kindOf(value) {
  if (!Array.isArray(value.type) || value.type.some((type) => typeof type !== "string")) {
    throw new Refused("noType");
  }
  return KINDS.find((kind) => isSameList(typesOf(kind), value.type));
}

/** Refuses a document whose `@context` is not exactly that of its kind. */
export function checkContext(value, kind) {
  const due = kind === "Attestation" ? [W3C, UNTP, COMITY] : [W3C, COMITY];
  if (!isSameList(due, value["@context"])) {
    throw new Refused("context");
  }
}

/**
 * Refuses a document that was not signed by those who must, or by somebody else as well: the
 * issuer, for an Arrangement every one of `signers`, for a list of members as many keyholders as it
 * asks for. How many roots a list of keys needs follows from the list before it; here only their
 * names are compared.
 */
export function checkSigners(value, kind, signers) {
  if (kind === "FederationList") {
    return checkKeyholders(value.credentialSubject ?? {}, signers);
  }
  const issuer = value.issuer?.id;
  const needed = kind === "Arrangement" ? partiesOf(value.credentialSubject?.signers) : [issuer];
  const missing = needed.find((did) => !signers.some((signer) => signer.did === did));
  if (needed.length === 0 || missing !== undefined) {
    throw new Refused(kind === "Arrangement" ? "signers" : "issuer", { missing });
  }
  const seen = new Set();
  for (const { did } of signers) {
    const isSpare = !needed.includes(did) || (kind !== "MemberKeys" && seen.has(did));
    if (isSpare) {
      throw new Refused("stranger", { did });
    }
    seen.add(did);
  }
}

/**
 * Of a list as many keyholders as it asks for itself; those of the version before, who sign as well,
 * are not named in it (format v1, 1.5).
 */
function checkKeyholders({ keyholders, threshold }, signers) {
  const holders = Array.isArray(keyholders) ? keyholders : [];
  const signed = holders.filter((holder) =>
    signers.some(({ did, key }) => did === holder?.did && key === holder.key),
  );
  if (!Number.isSafeInteger(threshold) || threshold < 1 || signed.length < threshold) {
    throw new Refused("keyholders", { threshold, signed: signed.length });
  }
}

/** `{authority, issuer, id}` of a record, by which it is named (format v1, 1.4). */
export function identityOf(value) {
  return { authority: value.comity?.authority, issuer: value.issuer?.id, id: value.id };
}

function typesOf(kind) {
  const untp = kind === "Attestation" ? ["DigitalConformityCredential"] : [];
  return ["VerifiableCredential", ...untp, `Comity${kind}`];
}

function partiesOf(signers) {
  return Array.isArray(signers) ? signers.map((party) => party?.id) : [];
}

/** Whether `given` is an array of just these. */
export function isSameList(due, given) {
  return (
    Array.isArray(given) &&
    given.length === due.length &&
    due.every((item, at) => item === given[at])
  );
}
