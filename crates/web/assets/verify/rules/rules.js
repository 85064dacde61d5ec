// The field rules of every kind: each fault with its JSON pointer and the code that
// crates/model/src/record/rules.rs gives it. Whether the signer may say what it says is judged by a
// node, and signatures are verified elsewhere. Texts are within their limits and hold no refused
// characters already, being canonical.

import { isDid } from "../did.js";
import { checkArrangement, checkParticipation } from "./arrangement.js";
import { checkAttestation } from "./attestation.js";
import { Faults } from "./faults.js";
import { checkFederationList, checkMemberKeys, checkTakedown } from "./federation.js";
import { checkGrant, checkStatusEvent } from "./grant.js";
import { checkImportRule, checkStandard } from "./import-rule.js";
import { checkCommitment, checkCoverageStatement, checkNotice } from "./notice.js";
import * as parts from "./parts.js";
import { readDocument } from "./read.js";
import { checkRegistration, checkRevocation } from "./registration.js";

const MODEL_VERSION = 1;
/** Largest body that a publisher may log, in bytes, and of the kinds that may be larger. */
const MAX_BODY_BYTES = 256 * 1024;
const MAX_LARGE_BODY_BYTES = 1024 * 1024;
const LARGE = ["CompetenceGrant", "StatusEvent"];

const CHECKS = {
  Attestation: checkAttestation,
  CompetenceGrant: checkGrant,
  Arrangement: checkArrangement,
  Participation: checkParticipation,
  StatusEvent: checkStatusEvent,
  Registration: checkRegistration,
  KeyRevocation: checkRevocation,
  FederationList: checkFederationList,
  MemberKeys: checkMemberKeys,
  Standard: checkStandard,
  ImportRule: checkImportRule,
  Commitment: checkCommitment,
  Notice: checkNotice,
  Takedown: checkTakedown,
  CoverageStatement: checkCoverageStatement,
};
/** Kinds that only their own signer can say. */
const SIGNERS_OWN = [
  "Registration",
  "KeyRevocation",
  "FederationList",
  "MemberKeys",
  "Commitment",
  "Takedown",
  "CoverageStatement",
];

/** Every fault of a canonical document of a known kind, `{pointer, code}`, and none of a right one. */
export function faultsOf({ value, bytes }, kind) {
  const { view, faults: found } = readDocument(value, kind);
  if (!view) {
    return found;
  }
  const faults = new Faults();
  checkEnvelope(faults, view, kind);
  faults.member("credentialSubject", () => CHECKS[kind](faults, view, view.credentialSubject));
  const most = LARGE.includes(kind) ? MAX_LARGE_BODY_BYTES : MAX_BODY_BYTES;
  const size = bytes.length > most ? [{ pointer: "", code: "tooLarge" }] : [];
  return [...found, ...faults.found, ...size];
}

function checkEnvelope(faults, record, kind) {
  faults.require(parts.isRecordId(record.id), "id", "recordId");
  faults.member("issuer", () => {
    parts.checkDid(faults, "id", record.issuer.id);
    parts.checkName(faults, "name", record.issuer.name);
  });
  parts.checkName(faults, "name", record.name);
  faults.member("comity", () => checkComity(faults, record, kind));
  const [from, until] = datesOf(record, kind);
  faults.require(record.validFrom === from, "validFrom", "envelopeDates");
  faults.require(record.validUntil === until, "validUntil", "envelopeDates");
}

function checkComity(faults, record, kind) {
  const { authority, language, modelVersion, replaces, importedFrom, publicationBasis } = record.comity;
  parts.checkDid(faults, "authority", authority);
  faults.require(parts.isLanguageTag(language), "language", "language");
  const isModel = modelVersion >= 1 && modelVersion <= MODEL_VERSION;
  faults.require(isModel, "modelVersion", "modelVersion");
  if (replaces) {
    faults.member("replaces", () => checkReplaces(faults, record, replaces, kind));
  }
  if (importedFrom) {
    faults.member("importedFrom", () => checkImported(faults, importedFrom, kind));
  }
  const isDue = kind === "Attestation" || kind === "Notice";
  faults.require(!isDue || publicationBasis, "publicationBasis", "publicationBasis");
}

/** A record of the same issuer; a revised arrangement may be issued by another of its signers. */
function checkReplaces(faults, record, replaces, kind) {
  const { issuer, comity } = record;
  parts.checkRecordReference(faults, replaces);
  faults.require(replaces.id !== record.id, "id", "replaces");
  faults.require(kind !== "Commitment", "id", "replaces");
  const isOwn = replaces.authority === comity.authority && replaces.issuer === issuer.id;
  faults.require(isOwn || kind === "Arrangement", "issuer", "replaces");
}

/** Imported records (docs/format.md 2.9). */
function checkImported(faults, { sourceSigned, attributedTo }, kind) {
  if (SIGNERS_OWN.includes(kind)) {
    faults.note("importedKind");
  }
  faults.require(!sourceSigned, "sourceSigned", "sourceSigned");
  faults.member("attributedTo", () => {
    faults.require(!isDid(attributedTo.id), "id", "attributedTo");
    parts.checkName(faults, "name", attributedTo.name);
    parts.checkEconomies(faults, "economies", attributedTo.economies, 1);
  });
}

/**
 * What `validFrom` and `validUntil` must be: the first and last second UTC of the legal days
 * (docs/format.md 1.6). Kinds without a legal period may begin at any second and do not end.
 */
function datesOf({ validFrom, credentialSubject: subject }, kind) {
  if (kind === "FederationList") {
    return [subject.effectiveFrom, subject.validUntil];
  }
  if (kind === "MemberKeys") {
    return [subject.effectiveFrom, undefined];
  }
  const dates = kind === "Attestation" ? subject.comity.legalDates : subject.period;
  if (!dates) {
    return [validFrom, undefined];
  }
  const [from, until] =
    kind === "Attestation"
      ? [dates.validFrom ?? dates.issuedOn, dates.validUntil]
      : [dates.from, dates.until];
  return [`${parts.earliest(from)}T00:00:00Z`, until && `${parts.latest(until)}T23:59:59Z`];
}
