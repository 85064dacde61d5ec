// `did:web` names as records may use them (docs/format.md 1.10).

import { utf8 } from "./digest.js";

/** The longest DID, in bytes. */
export const MAX_DID_BYTES = 200;

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DID = new RegExp(`^did:web:${LABEL}(?:\\.${LABEL})*(?::[a-z0-9-]+)*$`);

/** Whether a text is a DID that records may use. */
export function isDid(text) {
  if (typeof text !== "string" || text.length > MAX_DID_BYTES || !DID.test(text)) {
    return false;
  }
  // A last label of digits would be an address.
  const host = text.slice("did:web:".length).split(":")[0];
  return !/^[0-9]+$/.test(host.split(".").at(-1));
}

/** Divides `<DID>#<multikey>` at its one `#`; undefined for anything else. */
export function splitMethod(method) {
  const parts = method.split("#");
  if (parts.length !== 2 || parts.includes("") || utf8(parts[0]).length > MAX_DID_BYTES) {
    return undefined;
  }
  return { did: parts[0], multikey: parts[1] };
}
