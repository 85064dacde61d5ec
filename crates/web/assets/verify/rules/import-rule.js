// Rules of `ImportRule` and `Standard` (crates/model/src/record/rules/import_rule.rs and standard.rs).

import * as parts from "./parts.js";

const MAX_REQUIREMENTS = 100;
const MAX_RELATED = 100;

export function checkImportRule(faults, record, subject) {
  const { requirements, attestations, effect } = subject;
  checkWord(faults, record, subject);
  parts.checkEconomy(faults, "economy", subject.economy);
  parts.checkLangStringGiven(faults, "title", subject.title);
  parts.checkSelectors(faults, "products", subject.products);
  // Each effect has its own member, and no other.
  const asks = effect === "required";
  faults.require(asks === requirements.length > 0, "requirements", "effect");
  const chooses = effect === "accepted" || effect === "refused";
  faults.require(chooses === (attestations !== undefined), "attestations", "effect");
  parts.checkPeriod(faults, "period", subject.period);
  parts.checkMost(faults, "requirements", requirements, MAX_REQUIREMENTS);
  const isFirst = parts.firsts(({ id }) => id);
  faults.each("requirements", requirements, (requirement) => {
    faults.require(parts.isSlug(requirement.id), "id", "requirementId");
    faults.require(isFirst(requirement), "id", "duplicate");
    parts.checkLangStringGiven(faults, "text", requirement.text);
    checkSort(faults, requirement);
  });
  if (attestations) {
    faults.member("attestations", () => checkFilter(faults, attestations));
  }
}

/** On whose word: the destination's own authority's, or, imported, of somebody of that economy. */
function checkWord(faults, { issuer, comity }, { economy }) {
  if (comity.importedFrom) {
    const isOwn = comity.importedFrom.attributedTo.economies.includes(economy);
    faults.require(isOwn, "economy", "attributedTo");
  } else if (issuer.id !== comity.authority) {
    faults.note("signer");
  }
}

/** Each sort has the member that says more, and no other. */
function checkSort(faults, { sort, attestation, deviation, languages }) {
  for (const [name, due, isGiven] of [
    ["attestation", "attestation", attestation !== undefined],
    ["deviation", "deviation", deviation !== undefined],
    ["languages", "language", languages.length > 0],
  ]) {
    faults.require((sort === due) === isGiven, name, "requirementSort");
  }
  if (attestation) {
    faults.member("attestation", () => checkFilter(faults, attestation));
  }
  if (deviation) {
    faults.member("deviation", () => checkDeviation(faults, deviation));
  }
  parts.checkDistinct(faults, "languages", languages);
  faults.member("languages", () => {
    languages.forEach((tag, at) => faults.require(parts.isLanguageTag(tag), at, "language"));
  });
}

function checkFilter(faults, filter) {
  const { issuers, issuerEconomies, issuedFrom } = filter;
  if (Object.values(filter).every((one) => one === undefined || one.length === 0)) {
    faults.note("empty");
  }
  for (const name of ["kinds", "standards", "regulations", "schemes", "issuers"]) {
    parts.checkDistinct(faults, name, filter[name]);
  }
  faults.each("issuers", issuers, (issuer) => parts.checkPartyReference(faults, issuer));
  parts.checkEconomies(faults, "issuerEconomies", issuerEconomies, 0);
  parts.checkDistinct(faults, "grantTypes", filter.grantTypes);
  parts.checkDate(faults, "issuedFrom", issuedFrom);
}

/** A clause in which an economy differs. */
export function checkDeviation(faults, { economy, standard, clause }) {
  parts.checkEconomy(faults, "economy", economy);
  parts.checkEditionSaid(faults, "standard", standard);
  parts.checkClause(faults, clause);
}

export function checkStandard(faults, record, subject) {
  const { standard: own, period, replaces, amends, adopts, ics } = subject;
  parts.checkEditionSaid(faults, "standard", own);
  parts.checkLangStringGiven(faults, "title", subject.title);
  parts.checkEconomies(faults, "economies", subject.economies, 0);
  parts.checkPeriod(faults, "period", period);
  for (const [name, list] of Object.entries({ replaces, amends, adopts })) {
    parts.checkMost(faults, name, list, MAX_RELATED);
  }
  const standards = (list) => list.map(({ standard }) => standard);
  parts.checkEachEditionOnce(faults, "replaces", standards(replaces));
  faults.each("replaces", replaces, ({ standard, coexistsUntil }) => {
    checkOther(faults, "standard", own, standard);
    parts.checkDate(faults, "coexistsUntil", coexistsUntil);
    parts.checkOrder(faults, "coexistsUntil", period.from, coexistsUntil);
  });
  parts.checkEachEditionOnce(faults, "amends", amends);
  faults.member("amends", () => amends.forEach((one, at) => checkOther(faults, at, own, one)));
  parts.checkEachEditionOnce(faults, "adopts", standards(adopts));
  faults.each("adopts", adopts, (adoption) => {
    checkOther(faults, "standard", own, adoption.standard);
    checkAdoption(faults, adoption);
  });
  parts.checkDistinct(faults, "ics", ics);
  faults.member("ics", () => {
    const isCode = (code) => /^[0-9]{2}(\.[0-9]{3}(\.[0-9]{2})?)?$/.test(code);
    ics.forEach((code, at) => faults.require(isCode(code), at, "ics"));
  });
}

/** Another standard than its own, in a certain edition. */
function checkOther(faults, name, own, other) {
  faults.require(parts.editionOf(own) !== parts.editionOf(other), name, "itself");
  parts.checkEditionSaid(faults, name, other);
}

/** ISO/IEC Guide 21-1: an identical adoption has no deviations, and those of a modified one are named. */
function checkAdoption(faults, { correspondence, deviations }) {
  const isIdentical = correspondence === "IDT";
  faults.require(!isIdentical || deviations.length === 0, "deviations", "correspondence");
  const isFirst = parts.firsts((clause) => clause);
  faults.each("deviations", deviations, ({ clause, text }) => {
    parts.checkClause(faults, clause);
    faults.require(isFirst(clause), "clause", "duplicate");
    parts.checkLangStringGiven(faults, "text", text);
  });
}
