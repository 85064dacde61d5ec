// Rules of `Notice`, `Commitment` and `CoverageStatement` (crates/model/src/record/rules/notice.rs,
// commitment.rs and coverage.rs).

import * as parts from "./parts.js";

const MAX_NOTICE_SUBJECTS = 100;
const MAX_COMMITTED_REPORTS = 2_000;
const MAX_COVERED_ISSUERS = 1_000;
const MAX_WITHIN_HOURS = 8_784;

export function checkNotice(faults, record, subject) {
  const { about, sort, addressee, answerBy, inReplyTo, answer } = subject;
  parts.checkCount(faults, "about", about, 1);
  parts.checkMost(faults, "about", about, MAX_NOTICE_SUBJECTS);
  parts.checkDistinct(faults, "about", about);
  faults.each("about", about, (one) => checkAbout(faults, one));
  parts.checkLangStringGiven(faults, "text", subject.text);
  const isRequest = sort === "confirmationRequest";
  const isReply = sort === "confirmationReply";
  const replies = isReply || sort === "response";
  for (const [name, isDue, given] of [
    ["addressee", isRequest, addressee],
    ["answerBy", isRequest, answerBy],
    ["inReplyTo", replies, inReplyTo],
    ["answer", isReply, answer],
  ]) {
    faults.require(isDue === (given !== undefined), name, "noticeSort");
  }
  if (addressee) {
    faults.member("addressee", () => parts.checkPartyReference(faults, addressee));
  }
  if (inReplyTo) {
    faults.member("inReplyTo", () => {
      parts.checkRecordReference(faults, inReplyTo);
      faults.require(inReplyTo.id !== record.id, "id", "itself");
    });
  }
  const isInTime = answerBy === undefined || answerBy >= record.validFrom.slice(0, 10);
  faults.require(isInTime, "answerBy", "order");
  // Who asks, answers or responds signs itself.
  const warns = sort === "misuse" || sort === "forgedCertificate";
  faults.require(warns || record.comity.importedFrom === undefined, "sort", "importedKind");
}

function checkAbout(faults, { record, number, party }) {
  if ([record, number, party].filter(Boolean).length !== 1) {
    faults.note("about");
  }
  if (record) {
    faults.member("record", () => parts.checkRecordReference(faults, record));
  }
  if (number) {
    faults.member("number", () => {
      parts.checkPrintedNumber(faults, number.number);
      if (number.issuer) {
        faults.member("issuer", () => parts.checkParty(faults, number.issuer));
      }
    });
  }
  if (party) {
    faults.member("party", () => parts.checkParty(faults, party));
  }
}

export function checkCommitment(faults, record, { reports }) {
  parts.checkCount(faults, "reports", reports, 1);
  parts.checkMost(faults, "reports", reports, MAX_COMMITTED_REPORTS);
  if (reports.length > MAX_COMMITTED_REPORTS) {
    return;
  }
  const isFirst = parts.firsts(parts.normalise);
  faults.each("reports", reports, ({ number, digest }) => {
    parts.checkPrintedNumber(faults, number);
    faults.require(isFirst(number), "number", "duplicate");
    parts.checkDigest(faults, "digest", digest);
  });
}

export function checkCoverageStatement(faults, record, subject) {
  const { kinds, issuers, withinHours, period } = subject;
  parts.checkCount(faults, "kinds", kinds, 1);
  parts.checkDistinct(faults, "kinds", kinds);
  faults.member("kinds", () => {
    const isCovered = (kind) => kind === "Attestation" || kind === "Commitment";
    kinds.forEach((kind, at) => faults.require(isCovered(kind), at, "coverage"));
  });
  parts.checkCount(faults, "issuers", issuers, 1);
  parts.checkDistinct(faults, "issuers", issuers);
  parts.checkMost(faults, "issuers", issuers, MAX_COVERED_ISSUERS);
  faults.each("issuers", issuers, (issuer) => {
    parts.checkPartyReference(faults, issuer);
    const isOwn = issuer.registeredBy === record.comity.authority;
    faults.require(isOwn, "registeredBy", "coverage");
  });
  const isRange = withinHours >= 1 && withinHours <= MAX_WITHIN_HOURS;
  faults.require(isRange, "withinHours", "range");
  parts.checkPeriod(faults, "period", period);
  checkPromisedDays(faults, subject);
}

/** From which day on is said twice, so both must agree, and a promise with rough edges is none. */
function checkPromisedDays(faults, { since, period: { from, until } }) {
  faults.require(since >= parts.earliest(from), "since", "order");
  faults.require(!until || parts.latest(until) >= since, "since", "order");
  faults.member("period", () => {
    for (const [name, date] of Object.entries({ from, until })) {
      const isDay = !date || parts.earliest(date) === parts.latest(date);
      faults.require(isDay, name, "exactDate");
    }
  });
}
