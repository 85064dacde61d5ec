// Whose key it is (docs/format.md 2.2, 2.3): an authority's by the trust list, a body's by the
// Registrations that lead from it to that authority. A file that is no bundle has none of these.

import { isWithin, unix } from "./trust.js";

/**
 * Says whether the key that signed a record was its signer's at `timeUnix`, from signed evidence:
 * `evidence` are records `{value, kind, signers, timeUnix}` whose signatures and places in a log
 * were verified, with the time at which they were logged.
 *
 * Answers `{isProved, reason, facts}`. Reasons that are no proof: `authorityNotListed`,
 * `keyNotListed`, `notRegisteredHere`, `registrationsDiffer`, `keyRevoked`.
 */
export function keyStanding({ value, signers }, timeUnix, trust, evidence) {
  const authority = value.comity?.authority;
  for (const signer of signers) {
    const answer = standingOf(signer, authority, timeUnix, trust, evidence, 2);
    if (!answer.isProved) {
      return answer;
    }
    // Every signer of an arrangement is of another authority; the last one is told.
    if (signer === signers.at(-1)) {
      return answer;
    }
  }
  return no("notRegisteredHere");
}

/** Most registrations that lead from a body to its authority. */
function standingOf({ did, key }, authority, timeUnix, trust, evidence, depth) {
  const entry = trust.authorities.find((one) => one.did === did);
  if (entry) {
    const isListed = entry.keys.some((one) => one.key === key && isWithin(one, timeUnix));
    return isListed ? yes("authorityKey", { did }) : no("keyNotListed", { did });
  }
  if (!trust.authorities.some((one) => one.did === authority)) {
    return no("authorityNotListed", { did, authority });
  }
  const registrations = evidence.filter(({ kind, value, timeUnix: logged }) => {
    const isOf = kind === "Registration" && value.credentialSubject?.id === did;
    return isOf && value.comity?.authority === authority && logged <= timeUnix;
  });
  const proved = registrations.filter(({ signers, timeUnix: logged }) => {
    return (
      depth > 0 && standingOf(signers[0], authority, logged, trust, evidence, depth - 1).isProved
    );
  });
  if (proved.length === 0) {
    return no("notRegisteredHere", { did, authority });
  }
  return newestOf(proved, { did, key }, timeUnix, evidence);
}

/** The highest version lists all keys; parents must not differ, and no revocation may be held. */
function newestOf(registrations, { did, key }, timeUnix, evidence) {
  const versionOf = ({ value }) => value.credentialSubject.version;
  const newest = registrations.reduce((held, one) =>
    versionOf(one) > versionOf(held) ? one : held,
  );
  const isTwin = (one) => one !== newest && versionOf(one) === versionOf(newest);
  const parent = newest.signers[0].did;
  if (registrations.some((one) => isTwin(one) || one.signers[0].did !== parent)) {
    return no("registrationsDiffer", { did });
  }
  const keys = newest.value.credentialSubject.keys ?? [];
  const isListed = keys.some((one) => {
    return one.key === key && isWithin({ from: unix(one.from), until: unix(one.until) }, timeUnix);
  });
  if (!isListed) {
    return no("keyNotListed", { did });
  }
  const isRevoked = evidence.some(({ kind, value }) => {
    const subject = value.credentialSubject;
    return kind === "KeyRevocation" && subject?.id === did && subject.key === key;
  });
  // From which moment a revocation counts is for a verdict to say.
  return isRevoked ? no("keyRevoked", { did }) : yes("registered", { did, by: parent });
}

function yes(reason, facts) {
  return { isProved: true, reason, facts };
}

function no(reason, facts = {}) {
  return { isProved: false, reason, facts };
}
