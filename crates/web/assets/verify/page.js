// The page of verification: files chosen, dropped or photographed, and the list of what was proved.
// Every word of it stands in the template `texts` of the page.

import { readReceipts, recordsIn } from "./acknowledged.js";
import { MAX_FILE_BYTES, NO_RECORD, outcomeOf, verify } from "./verify.js";
import { readCamera, readPhoto } from "./scan.js";
import { readTrust } from "./trust.js";

const texts = new Map();
for (const element of document.getElementById("texts").content.querySelectorAll("[data-text]")) {
  texts.set(element.dataset.text, element.textContent);
}
const page = document.querySelector("[data-verify]").dataset;
const [form, result] = [document.getElementById("upload"), document.getElementById("result")];
// Green is kept for a full "recognised", which no file proves by itself.
const TONES = { pass: "blue", fail: "red", unknown: "grey" };
/** Of a dating by the log alone nothing is proved by others. */
const SELF_DATED = "cosigners.selfDated";
/** Most records that are checked at once. */
const MAX_RECORDS = 50;
/** Which steps of a verdict tell what a file does not prove. */
const TOLD = { key: "registration", status: "status" };
let isScanning = false;

document.querySelectorAll("[data-scripted]").forEach((element) => (element.hidden = false));
document.querySelectorAll("[data-unscripted]").forEach((element) => (element.hidden = true));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(form.elements.file.files);
});
form.elements.file.multiple = true;
form.elements.file.addEventListener("change", () => check(form.elements.file.files));
for (const name of ["dragover", "drop"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    if (name === "drop") {
      check(event.dataTransfer.files);
    }
  });
}
document.getElementById("photo").addEventListener("change", async ({ target }) => {
  await scan(() => readPhoto(target.files[0]));
});
document.getElementById("camera").addEventListener("click", async () => {
  const video = document.getElementById("view");
  isScanning = !isScanning;
  video.hidden = !isScanning;
  if (isScanning) {
    await scan(() => readCamera(video, () => isScanning));
    [isScanning, video.hidden] = [false, true];
  }
});
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(page.worker, { scope: page.scope }).catch(() => {});
}

/** Looks up the text of a code as if it had been typed. */
async function scan(read) {
  tell("verify-reading");
  let text;
  try {
    text = await read();
  } catch {
    return tell("verify-no-picture");
  }
  if (text === undefined) {
    return tell("verify-no-code");
  }
  const address = new URL(page.go, window.location.href);
  address.searchParams.set("q", text);
  window.location.assign(address);
}

async function check(files) {
  const chosen = [...files];
  if (chosen.length === 0) {
    return;
  }
  if (!globalThis.crypto?.subtle) {
    return tell("verify-no-crypto");
  }
  if (chosen.some(({ size }) => size > MAX_FILE_BYTES)) {
    return tell("verify-too-large");
  }
  tell("verify-working");
  const read = await Promise.all(
    chosen.map(async (file) => new Uint8Array(await file.arrayBuffer())),
  );
  const receipts = [];
  const [proofs, records] = [[], []];
  for (const bytes of read) {
    const found = readReceipts(bytes);
    if (found) {
      receipts.push(...found.told);
      proofs.push(...found.proofs);
    } else {
      records.push(...recordsIn(bytes));
    }
  }
  if (records.length === 0) {
    return tell("verify-receipts-alone");
  }
  const trust = await trustList();
  const options = {
    trust,
    now: Math.floor(Date.now() / 1000),
    receipts: proofs,
    told: receipts.length > 0 ? receipts : undefined,
    oneOfMany: records.length > 1,
  };
  const shown = [];
  for (const bytes of records.slice(0, MAX_RECORDS)) {
    const steps = await verify(bytes, options);
    // Of a file that is not what it claims to be there is nothing to ask.
    const isAsked = form.elements.ask.checked && outcomeOf(steps) !== "fail";
    const answer = isAsked ? await askNode(bytes, steps) : undefined;
    shown.push(...panelOf(steps, trust, answer));
  }
  if (records.length > MAX_RECORDS) {
    const counts = { shown: String(MAX_RECORDS), total: String(records.length) };
    shown.unshift(element("p", "banner", text("verify-first-of", counts)));
  }
  result.replaceChildren(...shown);
  result.focus();
}

/** The trust list of this node; without a network the one that was kept. */
async function trustList() {
  try {
    const response = await fetch("/v1/trust");
    return response.ok ? await readTrust(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

/** Sends the file to this node, because that was asked for. */
async function askNode(bytes, steps) {
  const isBundle = steps.some(({ step }) => step === "bundle");
  const text = new TextDecoder().decode(bytes);
  const place = JSON.stringify(form.elements.in.value);
  const body = isBundle ? bytes : `{"document":${text},"in":${place}}`;
  const type = isBundle ? "application/x-ndjson" : "application/json";
  const headers = { "Content-Type": type, "Accept-Language": document.documentElement.lang };
  try {
    const response = await fetch("/v1/recognition", { method: "POST", headers, body });
    const answer = await response.json();
    return response.ok ? answer : { refused: answer.detail ?? answer.title };
  } catch {
    return { refused: texts.get("verify-not-reached") };
  }
}

/** What is shown of one record. */
function panelOf(steps, trust, answer) {
  if (steps[0].code === NO_RECORD) {
    const head = element("h2", "", text("verify-result-noRecord"));
    const expected = element("p", "", text("verify-reason-noRecord"));
    return [element("div", "verdict grey", head, expected)];
  }
  const outcome = outcomeOf(steps);
  const by = trust
    ? text("verify-with-list", { date: isolated(trust.asOf), node: isolated(trust.node.name) })
    : text("verify-without-list");
  const kind = outcome === "fail" ? kindOfFault(steps) : outcome;
  const head = element("h2", "", text(`verify-result-${kind}`));
  const panel = element(
    "div",
    `verdict ${TONES[kind] ?? TONES.unknown}`,
    head,
    element("p", "", by),
    ...told(answer),
  );
  return [panel, element("ol", "chain", ...steps.map((step) => row(step, answer)))];
}

/** A file that was only saved anew, or never signed, is no forgery: its signature was not reached. */
function kindOfFault(steps) {
  const { step, code } = steps.find(({ outcome }) => outcome === "fail");
  if (step === "canonical") {
    return "form";
  }
  return code === "signature.noProof" ? "unsigned" : "fail";
}

/** What the node says of recognition, in its own sentence. */
function told(answer) {
  if (!answer) {
    return [];
  }
  const sentence = answer.refused ?? answer.summary;
  return [element("p", "", text("verify-told"), " ", isolated(sentence))];
}

function row({ step, outcome, place, code, facts }, answer) {
  const said = answer?.steps?.find((one) => one.step === TOLD[step]);
  const isTold = said || (step === "recognition" && answer?.summary);
  const words = isTold
    ? isolated(said?.because ?? answer.summary)
    : text(sentenceOf(step, outcome, code.split(".")[1]), { code: codeElement(code) });
  const isProved = outcome === "pass" && code !== SELF_DATED;
  const here = outcome === "fail" ? "verify-disproved" : isProved ? "verify-here" : "verify-not-here";
  const mark = isTold ? "verify-by-node" : place === "here" ? here : "verify-open";
  const tone = code === SELF_DATED ? TONES.unknown : TONES[outcome];
  return element(
    "li",
    tone,
    element("h3", "", text(`verify-step-${step}`), " ", element("span", "mark", text(mark))),
    element("p", "", words),
    element(
      "p",
      "small",
      ...factsOf(facts).flatMap((fact) => [isolated(fact), " "]),
      codeElement(said?.code ?? code),
    ),
  );
}

/** The sentence of a reason where it has one of its own, else that of the outcome. */
function sentenceOf(step, outcome, reason) {
  if (step === "rules" && outcome === "fail") {
    return "verify-broken-rules";
  }
  const own = [`verify-reason-${reason}`];
  if (outcome === "pass") {
    own.push(`verify-pass-${step}`);
  } else if (step === "canonical") {
    own.push("verify-reason-form");
  }
  return own.find((key) => texts.has(key)) ?? `verify-outcome-${outcome}`;
}

/** What was read in the file, as it stands there. */
function factsOf({ signers, origin, index, node, timeUnix, recordDigest, kind, id, line, faults }) {
  const times = timeUnix === undefined ? [] : [new Date(timeUnix * 1000).toISOString()];
  const dids = (signers ?? []).map(({ did }) => did);
  const place = origin === undefined ? [] : [`${origin} #${index}`];
  return [
    kind,
    id,
    ...dids,
    recordDigest,
    ...place,
    node,
    ...times,
    ...(faults ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
    line && texts.get("verify-line").replace("%line%", line),
  ].filter(Boolean);
}

function tell(key) {
  result.replaceChildren(element("p", "", text(key)));
}

/** A text of the page; its `%names%` are filled in with elements. */
function text(key, parts = {}) {
  const fragment = document.createDocumentFragment();
  for (const piece of (texts.get(key) ?? key).split(/(%[a-z]+%)/)) {
    const name = /^%([a-z]+)%$/.exec(piece)?.[1];
    fragment.append((name && parts[name]) || piece);
  }
  return fragment;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

function codeElement(code) {
  const made = element("bdi", "", element("code", "", code));
  made.dir = "ltr";
  return made;
}

/** Text of a file, which never turns the line around it. */
function isolated(said) {
  return element("bdi", "", String(said));
}
