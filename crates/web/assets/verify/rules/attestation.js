// Rules of `Attestation` (crates/model/src/record/rules/attestation.rs).

import { checkDeviation } from "./import-rule.js";
import * as parts from "./parts.js";

/** UNTP 0.7.0, code lists. */
const ASSESSOR_LEVELS = [
  "self",
  "commercial",
  "buyer",
  "membership",
  "unspecified",
  "3rdParty",
  "hybrid",
];
const ASSESSMENT_LEVELS = [
  "authority-benchmark",
  "authority-mandate",
  "authority-globalmra",
  "authority-peer",
  "authority-extended-mra",
  "scheme-self",
  "scheme-cab",
  "no-endorsement",
];
/** UNTP's `attestationType` of a kind; of all others it is a certification. */
const UNTP_TYPES = {
  testReport: ["testing"],
  ptReport: ["testing"],
  inspectionReport: ["inspection"],
  inspectionCertificate: ["inspection"],
  consignmentCertificate: ["inspection"],
  shipmentCertificate: ["inspection"],
  calibrationCertificate: ["calibration"],
  refMaterialCertificate: ["calibration"],
  vvStatement: ["verification", "validation"],
  declaration: ["declaration"],
};

export function checkAttestation(faults, record, subject) {
  checkUntp(faults, subject);
  const isImported = record.comity.importedFrom !== undefined;
  faults.member("comity", () => checkDetails(faults, subject.comity, isImported));
}

function checkUntp(faults, subject) {
  const { assessorLevel, assessmentLevel, attestationType, issuedToParty, referenceScheme } = subject;
  checkTypes(faults, subject.type, "ConformityAttestation");
  checkUri(faults, subject.id);
  parts.checkName(faults, "name", subject.name);
  faults.require(ASSESSOR_LEVELS.includes(assessorLevel), "assessorLevel", "untpCode");
  faults.require(ASSESSMENT_LEVELS.includes(assessmentLevel), "assessmentLevel", "untpCode");
  const types = UNTP_TYPES[subject.comity.comityKind] ?? ["certification"];
  faults.require(types.includes(attestationType), "attestationType", "untpCode");
  faults.member("issuedToParty", () => {
    checkTypes(faults, issuedToParty.type, "Party");
    checkUri(faults, issuedToParty.id);
    parts.checkName(faults, "name", issuedToParty.name);
  });
  faults.member("referenceScheme", () => {
    checkTypes(faults, referenceScheme.type, "ConformityScheme");
    checkUri(faults, referenceScheme.id);
  });
}

function checkTypes(faults, types, wanted) {
  faults.require(types.includes(wanted), "type", "untpType");
}

/** The member `id` is an absolute URI in ASCII. */
function checkUri(faults, uri) {
  faults.require(/^[A-Za-z][A-Za-z0-9+.-]*:[!-~]*$/.test(uri), "id", "uri");
}

function checkDetails(faults, details, isImported) {
  const isOfPerson = details.comityKind === "personCertificate";
  faults.require(!isOfPerson, "comityKind", "personCertificate");
  for (const name of ["certificateNumber", "versionNumber"]) {
    const number = details[name] ?? "";
    faults.require(parts.lengthOf(number) <= parts.MAX_NUMBER, name, "tooLong");
  }
  faults.member("legalDates", () => checkDates(faults, details.legalDates));
  parts.checkLangString(faults, "holderNames", details.holderNames);
  if (details.manufacturer) {
    faults.member("manufacturer", () => parts.checkParty(faults, details.manufacturer));
  }
  faults.each("factories", details.factories, (factory) => parts.checkParty(faults, factory));
  faults.each("grants", details.grants, ({ grant, scopeItems }) => {
    faults.member("grant", () => parts.checkReference(faults, grant, isImported));
    parts.checkDistinct(faults, "scopeItems", scopeItems);
  });
  for (const name of ["standards", "regulations", "profiles"]) {
    parts.checkDistinct(faults, name, details[name]);
  }
  parts.checkLangString(faults, "scopeStatement", details.scopeStatement);
  // A source may not say what was assessed; a native record does.
  parts.checkCount(faults, "objects", details.objects, isImported ? 0 : 1);
  faults.each("objects", details.objects, (object) => checkObject(faults, object));
  faults.each("basedOn", details.basedOn, (item) => checkBasedOn(faults, item, isImported));
  parts.checkDistinct(faults, "deviationsCovered", details.deviationsCovered);
  faults.each("deviationsCovered", details.deviationsCovered, (one) => checkDeviation(faults, one));
  if (details.level) {
    faults.member("level", () => parts.checkLevel(faults, details.level));
  }
  parts.checkLangStrings(faults, "conditionsOfUse", details.conditionsOfUse);
}

function checkDates(faults, dates) {
  const { issuedOn, validFrom, validUntil } = dates;
  for (const name of ["issuedOn", "validFrom", "validUntil", "firstIssuedOn", "procedureBeganOn"]) {
    parts.checkDate(faults, name, dates[name]);
  }
  parts.checkOrder(faults, "validUntil", validFrom ?? issuedOn, validUntil);
  for (const name of ["firstIssuedOn", "procedureBeganOn"]) {
    const isEarlier = !dates[name] || parts.earliest(dates[name]) <= parts.latest(issuedOn);
    faults.require(isEarlier, name, "order");
  }
}

function checkObject(faults, object) {
  faults.require(object.objectType !== "person", "objectType", "personCertificate");
  parts.checkLangStringGiven(faults, "names", object.names);
  parts.checkDistinct(faults, "modelNumbers", object.modelNumbers);
  faults.each("modelNumbers", object.modelNumbers, (model) => {
    if (!parts.isPattern(model) || parts.lengthOf(model) > parts.MAX_NUMBER) {
      faults.note("model");
    }
  });
  parts.checkDistinct(faults, "gtins", object.gtins);
  faults.member("gtins", () => {
    object.gtins.forEach((gtin, at) => faults.require(isGtin(gtin), at, "gtin"));
  });
  parts.checkDistinct(faults, "serialNumbers", object.serialNumbers);
  parts.checkDistinct(faults, "lots", object.lots);
  if (object.quantity) {
    faults.member("quantity", () => {
      faults.require(/^-?[0-9]+(\.[0-9]+)?$/.test(object.quantity.value), "value", "decimal");
    });
  }
  parts.checkDistinct(faults, "productCodes", object.productCodes);
  faults.each("productCodes", object.productCodes, (code) => parts.checkProductCode(faults, code));
  if (object.origin !== undefined) {
    parts.checkEconomy(faults, "origin", object.origin);
  }
}

/** GS1 General Specifications, section 7.9: weights 1 and 3 from the right, sum divisible by 10. */
function isGtin(gtin) {
  const digits = [...gtin].reverse().map(Number);
  const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0);
  return /^([0-9]{8}|[0-9]{12,14})$/.test(gtin) && sum % 10 === 0;
}

function checkBasedOn(faults, { record, issuer, number, issuedOn }, isImported) {
  if (record) {
    faults.member("record", () => parts.checkRecordReference(faults, record));
  }
  if (issuer) {
    faults.member("issuer", () => parts.checkParty(faults, issuer));
  }
  parts.checkDate(faults, "issuedOn", issuedOn);
  if (!record && (number === undefined || !(isImported || issuer))) {
    faults.note("basedOn");
  }
}
