// Rules of `Arrangement` and `Participation` (crates/model/src/record/rules/arrangement.rs and
// participation.rs).

import * as parts from "./parts.js";

const MAX_SIGNERS = 15;

export function checkArrangement(faults, record, subject) {
  checkId(faults, subject);
  checkVersion(faults, record, subject);
  parts.checkLangStringGiven(faults, "title", subject.title);
  checkSigners(faults, record, subject);
  if (subject.secretariat) {
    faults.member("secretariat", () => parts.checkPartyReference(faults, subject.secretariat));
  }
  parts.checkEconomies(faults, "parties", subject.parties, 0);
  parts.checkCount(faults, "chapters", subject.chapters, 1);
  const isFirst = parts.firsts(({ id }) => id);
  faults.each("chapters", subject.chapters, (chapter) => {
    faults.require(isFirst(chapter), "id", "duplicate");
    checkChapter(faults, chapter);
  });
  parts.checkTranscription(faults, subject.transcription);
}

/** `<DID of the secretariat or first signer>#<slug>`. */
function checkId(faults, { id, secretariat, signers }) {
  const [did] = id.split("#");
  const isNamed = [secretariat, signers[0]].some((party) => party?.id === did);
  faults.require(parts.isArrangementId(id) && isNamed, "id", "arrangementId");
}

/** Version 1 replaces none, every later one does. */
function checkVersion(faults, record, { version }) {
  const isFirst = record.comity.replaces === undefined;
  faults.require(version >= 1 && (version === 1) === isFirst, "version", "version");
}

function checkSigners(faults, record, { signers, transcription }) {
  const isCount = signers.length >= 1 && signers.length <= MAX_SIGNERS;
  faults.require(isCount, "signers", "signers");
  parts.checkDistinct(faults, "signers", signers);
  faults.each("signers", signers, (signer) => parts.checkPartyReference(faults, signer));
  const isIssuer = ({ id, registeredBy }) => {
    return id === record.issuer.id && registeredBy === record.comity.authority;
  };
  faults.require(signers.some(isIssuer), "signers", "signers");
  faults.require(!transcription || signers.length === 1, "signers", "signers");
}

function checkChapter(faults, chapter) {
  faults.require(parts.isSlug(chapter.id), "id", "chapterId");
  parts.checkLangStringGiven(faults, "title", chapter.title);
  faults.member("direction", () => checkDirection(faults, chapter.direction));
  faults.member("coverage", () => checkCoverage(faults, chapter.coverage));
  if (chapter.level) {
    faults.member("level", () => checkLevelRule(faults, chapter.level));
  }
  faults.member("issuerEligibility", () => checkEligibility(faults, chapter.issuerEligibility));
  faults.member("acceptor", () => parts.checkDistinct(faults, "roles", chapter.acceptor.roles));
  parts.checkLangStrings(faults, "conditions", chapter.conditions);
  parts.checkPeriod(faults, "period", chapter.period);
  parts.checkDate(faults, "issuedFrom", chapter.issuedFrom);
  if (chapter.afterEnd) {
    faults.member("afterEnd", () => checkAfterEnd(faults, chapter.afterEnd));
  }
}

function checkDirection(faults, { mode, pairs, except }) {
  const isByPairs = mode === "declaredPairs" || mode === "oneWay";
  faults.require(isByPairs === pairs.length > 0, "pairs", "direction");
  for (const [name, list] of Object.entries({ pairs, except })) {
    faults.each(name, list, ({ from, to, period }) => {
      parts.checkEconomies(faults, "from", from, 0);
      parts.checkEconomies(faults, "to", to, 0);
      if (from.length === 0 && to.length === 0) {
        faults.note("direction");
      }
      parts.checkPeriod(faults, "period", period);
    });
  }
}

function checkCoverage(faults, coverage) {
  parts.checkDistinct(faults, "attestationKinds", coverage.attestationKinds);
  parts.checkDistinct(faults, "schemes", coverage.schemes);
  parts.checkSelectors(faults, "products", coverage.products);
  for (const name of ["categories", "standards", "regulations", "profiles"]) {
    parts.checkDistinct(faults, name, coverage[name]);
  }
  faults.member("profiles", () => {
    coverage.profiles.forEach((one, at) => faults.require(parts.isPattern(one), at, "profile"));
  });
}

function checkLevelRule(faults, { scale, rank, within }) {
  parts.checkRank(faults, scale, rank);
  parts.checkDistinct(faults, "within", within);
  if (scale === "EAL") {
    // A family is a component without its number.
    const isWord = (word) => parts.isComponent(word) || parts.isComponent(`${word}.1`);
    faults.member("within", () => {
      within.forEach((word, at) => faults.require(isWord(word), at, "level"));
    });
  }
}

function checkEligibility(faults, eligibility) {
  for (const name of ["participantRoles", "grantTypes", "activities", "criteria"]) {
    parts.checkDistinct(faults, name, eligibility[name]);
  }
  if (eligibility.grantorIn !== undefined) {
    faults.member("grantorIn", () => parts.checkChapterName(faults, eligibility.grantorIn));
  }
}

function checkAfterEnd(faults, { existingAttestations, date, proceduresUnderWayUntil }) {
  const isDated = date !== undefined;
  faults.require((existingAttestations === "untilDate") === isDated, "date", "afterEnd");
  parts.checkDate(faults, "date", date);
  parts.checkDate(faults, "proceduresUnderWayUntil", proceduresUnderWayUntil);
}

export function checkParticipation(faults, record, subject) {
  const { arrangement, participant } = subject;
  faults.member("arrangement", () => {
    parts.checkDid(faults, "authority", arrangement.authority);
    faults.require(parts.isArrangementId(arrangement.id), "id", "arrangementId");
  });
  faults.member("participant", () => {
    if (participant.party) {
      faults.member("party", () => parts.checkPartyReference(faults, participant.party));
    } else {
      parts.checkEconomy(faults, "economy", participant.economy);
    }
  });
  parts.checkCount(faults, "roles", subject.roles, 1);
  parts.checkDistinct(faults, "roles", subject.roles);
  parts.checkDistinct(faults, "chapters", subject.chapters);
  faults.member("chapters", () => {
    subject.chapters.forEach((one, at) => faults.require(parts.isSlug(one), at, "chapterId"));
  });
  parts.checkPeriod(faults, "period", subject.period);
  checkDeclaration(faults, subject);
  faults.require(subject.arrangementVersion !== 0, "arrangementVersion", "version");
  checkWord(faults, record, subject);
  parts.checkTranscription(faults, subject.transcription);
}

/** Declarations and further requirements are a destination's, and destinations are economies. */
function checkDeclaration(faults, { participant, declaration, additionalRequirements }) {
  const [isEconomy, isBare] = [!participant.party, additionalRequirements.length === 0];
  faults.require(isEconomy || declaration === undefined, "declaration", "declaration");
  faults.require(isEconomy || isBare, "additionalRequirements", "declaration");
  const isConditional = declaration === "acceptWithConditions";
  faults.require(!isConditional || !isBare, "additionalRequirements", "declaration");
  parts.checkLangStrings(faults, "additionalRequirements", additionalRequirements);
}

/** On whose word: the signer must be able to be the one named. */
function checkWord(faults, record, { assertedBy, participant: { party }, transcription }) {
  const { issuer, comity } = record;
  const isAuthority = issuer.id === comity.authority;
  const isItself = party?.id === issuer.id && party?.registeredBy === comity.authority;
  const holds = { peer: isAuthority, participant: party ? isItself : isAuthority }[assertedBy];
  faults.require(holds ?? true, "assertedBy", "assertedBy");
  const isTranscribed = assertedBy === "transcriber";
  faults.require(isTranscribed === (transcription !== undefined), "transcription", "transcription");
}
