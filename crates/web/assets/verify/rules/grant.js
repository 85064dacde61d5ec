// Rules of `CompetenceGrant` and `StatusEvent` (crates/model/src/record/rules/grant.rs and
// status.rs).

import * as parts from "./parts.js";
import { SHAPES } from "./shapes.js";

/** What an event may do; a word of a later format is read and never written. */
const ACTIONS = SHAPES.Action.split("|");
const MAX_SUBJECTS = 1_000;
const MAX_STATEMENTS = 1_000;

export function checkGrant(faults, record, subject) {
  const isImported = record.comity.importedFrom !== undefined;
  const { grantor, grantee, period, initialOn } = subject;
  faults.member("grantor", () => {
    parts.checkParty(faults, grantor);
    const under = grantor.registeredBy ?? record.comity.authority;
    faults.require(isImported || grantor.id === record.issuer.id, "id", "grantor");
    faults.require(isImported || under === record.comity.authority, "registeredBy", "grantor");
  });
  faults.member("grantee", () => parts.checkParty(faults, grantee));
  parts.checkEconomies(faults, "economies", subject.economies, 1);
  parts.checkDistinct(faults, "criteria", subject.criteria);
  parts.checkCount(faults, "activities", subject.activities, isImported ? 0 : 1);
  parts.checkDistinct(faults, "activities", subject.activities);
  parts.checkPeriod(faults, "period", period);
  faults.require(isImported || !subject.periodInferred, "periodInferred", "periodInferred");
  parts.checkDate(faults, "initialOn", initialOn);
  const isEarlier = !initialOn || parts.earliest(initialOn) <= parts.latest(period.from);
  faults.require(isEarlier, "initialOn", "order");
  checkScope(faults, "scope", subject.scope);
  parts.checkDistinct(faults, "underChapters", subject.underChapters);
  faults.each("underChapters", subject.underChapters, (name) => {
    parts.checkChapterName(faults, name);
  });
}

/** The items of a scope: of a grant, or as they result from an event. */
function checkScope(faults, name, items) {
  const isFirst = parts.firsts(({ id }) => id);
  faults.each(name, items, (item) => {
    faults.require(isFirst(item), "id", "duplicate");
    checkScopeItem(faults, item);
  });
}

function checkScopeItem(faults, item) {
  parts.checkLangString(faults, "description", item.description);
  parts.checkDistinct(faults, "activities", item.activities);
  parts.checkDistinct(faults, "standards", item.standards);
  parts.checkSelectors(faults, "products", item.products);
  parts.checkDistinct(faults, "sectors", item.sectors);
  if (item.maxLevel) {
    faults.member("maxLevel", () => parts.checkLevel(faults, item.maxLevel));
  }
  parts.checkPeriod(faults, "period", item.period);
  const isStructured = item.standards.length > 0 || item.products.length > 0;
  if (item.description.length === 0 && item.sectors.length === 0 && !isStructured) {
    faults.note("scopeItem");
  }
  faults.require(isStructured || !item.exhaustive, "exhaustive", "scopeItem");
}

export function checkStatusEvent(faults, record, subject) {
  const { action, effectiveFrom, effectiveUntil, observed } = subject;
  const isKnown = ACTIONS.includes(action);
  faults.require(isKnown, "action", "action");
  checkCapacity(faults, subject);
  checkRefusal(faults, subject);
  checkTransfer(faults, subject);
  checkSubjects(faults, record, subject);
  parts.checkDate(faults, "effectiveFrom", effectiveFrom);
  parts.checkDate(faults, "effectiveUntil", effectiveUntil);
  parts.checkOrder(faults, "effectiveUntil", effectiveFrom, effectiveUntil);
  const mayEnd = action === "suspend" || action === "refuseRecognition";
  faults.require(mayEnd || !effectiveUntil, "effectiveUntil", "effectiveUntil");
  parts.checkEconomies(faults, "territory", subject.territory, 0);
  parts.checkDistinct(faults, "scopeItems", subject.scopeItems);
  checkParts(faults, subject);
  parts.checkLangString(faults, "reason", subject.reason);
  if (observed) {
    faults.member("observed", () => checkObserved(faults, subject, observed));
  }
}

/** What a document said is of one row, in one order, and stands in no event that does something. */
function checkObserved(faults, subject, { document, fetchedOn, statements }) {
  if (document) {
    faults.member("document", () => {
      parts.checkDigest(faults, "digestMultibase", document.digestMultibase);
      if (document.signerCertificate !== undefined) {
        parts.checkDigest(faults, "signerCertificate", document.signerCertificate);
      }
    });
  }
  const promised = document?.nextUpdate?.slice(0, 10) ?? fetchedOn;
  faults.require(fetchedOn <= promised, "fetchedOn", "fetchedOn");
  if (statements.length === 0) {
    return;
  }
  faults.require(document !== undefined, "statements", "statements");
  faults.require(subject.action === "observed", "statements", "statements");
  faults.require(subject.subjects.length === 1, "statements", "statements");
  faults.require(statements.length <= MAX_STATEMENTS, "statements", "tooLong");
  const isNewestFirst = statements.every(({ since }, at) => {
    return at === 0 || statements[at - 1].since >= since;
  });
  faults.require(isNewestFirst, "statements", "order");
  parts.checkDistinct(faults, "statements", statements);
}

/** Which capacity may do what (docs/format.md 2.7). */
function checkCapacity(faults, { action, capacity, territory, legalBasis }) {
  const isByDestination = action === "refuseRecognition" || action === "restoreRecognition";
  const isOwn = !isByDestination && action !== "disown";
  const isOfOthers = isOwn && action !== "observed" && action !== "transfer";
  const holds = {
    destinationAuthority: isByDestination,
    laboratory: action === "disown",
    issuer: isOwn,
    authority: isOwn && action !== "observed",
    grantor: isOfOthers,
    court: isOfOthers,
  }[capacity];
  faults.require(holds, "action", "capacity");
  const isOneTerritory = capacity !== "destinationAuthority" || territory.length === 1;
  faults.require(isOneTerritory, "territory", "territory");
  faults.require(capacity !== "court" || legalBasis !== undefined, "legalBasis", "legalBasis");
}

/** A destination that refuses says why and by which law. */
function checkRefusal(faults, { action, reason, legalBasis }) {
  if (action === "refuseRecognition") {
    parts.checkLangStringGiven(faults, "reason", reason);
    faults.require(legalBasis !== undefined, "legalBasis", "legalBasis");
  }
}

/** A transfer names the body that takes over and the last day of the old record. */
function checkTransfer(faults, subject) {
  const { transferredTo, graceUntil, subjects, effectiveFrom } = subject;
  const transfers = subject.action === "transfer";
  faults.require((transferredTo !== undefined) === transfers, "transferredTo", "transferredTo");
  faults.require((graceUntil !== undefined) === transfers, "graceUntil", "graceUntil");
  if (transferredTo) {
    const { id, registeredBy } = transferredTo;
    faults.member("transferredTo", () => parts.checkPartyReference(faults, transferredTo));
    const isItself = subjects.some((one) => one.issuer === id && one.authority === registeredBy);
    faults.require(!isItself, "transferredTo", "transferredTo");
  }
  const isLater = graceUntil === undefined || graceUntil >= parts.latest(effectiveFrom);
  faults.require(isLater, "graceUntil", "order");
  if (transfers) {
    faults.require(subject.scopeItems.length === 0, "scopeItems", "scopeItems");
    faults.require(subject.territory.length === 0, "territory", "territory");
  }
}

function checkSubjects(faults, record, { subjects, capacity }) {
  const isCount = subjects.length >= 1 && subjects.length <= MAX_SUBJECTS;
  faults.require(isCount, "subjects", "subjects");
  const named = ({ authority, issuer, id }) => JSON.stringify([authority, issuer, id]);
  const isFirst = parts.firsts(named);
  faults.each("subjects", subjects, (target) => {
    if (!isFirst(target)) {
      faults.note("duplicate");
    }
    checkSubject(faults, target);
    const isOwn = target.issuer === record.issuer.id && target.authority === record.comity.authority;
    faults.require(isOwn || capacity !== "issuer", "issuer", "capacity");
  });
}

function checkSubject(faults, target) {
  const { sequence, previousEvent } = target;
  parts.checkRecordReference(faults, target);
  faults.require(sequence >= 1, "sequence", "sequence");
  if (previousEvent === undefined) {
    faults.require(sequence <= 1, "previousEvent", "previousEvent");
  } else {
    faults.require(sequence > 1, "previousEvent", "previousEvent");
    parts.checkDigest(faults, "previousEvent", previousEvent);
  }
}

/** Members that belong to single actions. */
function checkParts(faults, { action, resultingScope: scope, successor, observed }) {
  const changesScope = action === "reduceScope" || action === "extendScope";
  faults.require(changesScope === (scope !== undefined), "resultingScope", "resultingScope");
  if (scope) {
    faults.require(scope.length > 0, "resultingScope", "resultingScope");
    checkScope(faults, "resultingScope", scope);
  }
  faults.require((successor !== undefined) === (action === "supersede"), "successor", "successor");
  if (successor) {
    faults.member("successor", () => parts.checkRecordReference(faults, successor));
  }
  faults.require(observed !== undefined || action !== "observed", "observed", "observed");
}
