// Who dated an entry, and when (docs/format.md 3.6; crates/tlog/src/time.rs).

/** Most members of a cosigner set that dates a log. */
export const MAX_MEMBERS = 12;

/** How many of `members` must have co-signed; undefined when no number of them is enough. */
export function linesNeeded(members, threshold = 0) {
  if (members === 0 || members > MAX_MEMBERS) {
    return undefined;
  }
  const needed = Math.max(Math.floor((2 * members) / 3) + 1, threshold);
  return needed <= members ? needed : undefined;
}

/**
 * The time of a checkpoint from the counted lines under it, one for each cosigner: with n members
 * the ceil(n/3)-th smallest for n >= 4, the largest for 1 to 3. Undefined when they are too few.
 */
export function dated(members, threshold, times) {
  const needed = linesNeeded(members, threshold);
  if (needed === undefined || times.length < needed || times.length > members) {
    return undefined;
  }
  const sorted = [...times].sort((one, other) => one - other);
  return members <= 3 ? sorted.at(-1) : sorted[Math.ceil(members / 3) - 1];
}

/**
 * The lines that may count: those from `from` to `until`, not after `knownAt`, and not earlier
 * than any line of the same cosigner on a smaller checkpoint. A line is
 * `{cosigner, size, timeUnix}`; all are of one log.
 */
export function countable(lines, { from = 0, until = Infinity, knownAt = Infinity }) {
  return lines.filter(({ cosigner, size, timeUnix }) => {
    const isOverrun = lines.some((earlier) => {
      return earlier.cosigner === cosigner && earlier.size < size && earlier.timeUnix > timeUnix;
    });
    return timeUnix >= from && timeUnix <= until && timeUnix <= knownAt && !isOverrun;
  });
}

/** The times that count for the checkpoint of `size`: the earliest countable line of each. */
export function timesOf(lines, size) {
  const earliest = new Map();
  for (const line of lines.filter((one) => one.size === size)) {
    const held = earliest.get(line.cosigner) ?? Infinity;
    earliest.set(line.cosigner, Math.min(held, line.timeUnix));
  }
  return [...earliest.values()];
}
