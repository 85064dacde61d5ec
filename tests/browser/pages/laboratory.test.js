// A laboratory does what the publisher guide says, with the commands as its page shows them, and finds
// in the pages what it published: in every language, on a phone's size and a desk's, with scripts and
// without.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { LANGUAGES, PROGRAM, SIZES, asked, openBrowser, openMenu, openPage, say } from "./world.js";

const HOST = "nqi.example.se";
const DEADLINE_MS = 60_000;
/** The steps of the guide, by the names of their headings. */
const STEPS = ["key", "listed", "write", "lint", "publish", "status"];

let browser;
/** By language: what its laboratory published, with the node where it did. */
const laboratories = new Map();
/** What is ended and removed when everything is over. */
const [nodes, folders] = [[], []];

before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await Promise.all(nodes.map(stop));
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const environment = { ...process.env, COMITY_LANG: "en" };
environment.PATH = [dirname(PROGRAM), process.env.PATH].join(delimiter);
delete environment.COMITY_NODE;

/** Runs a line of a shell in a folder; what it said. */
function does(folder, line) {
  return new Promise((resolve, reject) => {
    execFile("sh", ["-c", line], { cwd: folder, env: environment }, (error, said, complaint) => {
      if (error) reject(new Error(`${line}\n${said}\n${complaint}`));
      else resolve(said);
    });
  });
}

async function until(what, holds) {
  const end = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`in vain was waited until ${what}`);
    await pause(20);
  }
}

/** An authority with its node, and a laboratory beside it; each has a folder of its own. */
async function openOffices() {
  const folder = mkdtempSync(join(tmpdir(), "comity-laboratory-"));
  folders.push(folder);
  const [authority, lab] = ["authority", "lab"].map((name) => join(folder, name));
  for (const office of [authority, lab]) mkdirSync(office);
  await does(authority, `comity node init se --economy SE --host ${HOST} --name 'Authority of SE'`);
  const serving = spawn(PROGRAM, ["node", "serve", "se", "--listen", "127.0.0.1:0"], {
    cwd: authority,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  nodes.push(serving);
  let said = "";
  serving.stderr.on("data", (text) => {
    said += text;
  });
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  await until("the node answers", async () => {
    if (serving.exitCode !== null) throw new Error(`the node ended: ${said}`);
    if (!address()) return false;
    const response = await fetch(`${address()}/health/ready`).catch(() => undefined);
    return response?.ok;
  });
  return { authority, lab, node: address() };
}

function stop(serving) {
  if (serving.exitCode !== null) return undefined;
  const ended = new Promise((resolve) => serving.on("exit", resolve));
  serving.kill("SIGTERM");
  return ended;
}

/** Search finds everything that is logged. */
function isIndexed(node) {
  return until("search has caught up", async () => {
    const { indexed, logSize } = await asked(node, "/health/live", {});
    return indexed === logSize;
  });
}

const named = (number) => `Electric kettle, ${number}`;

/** What the laboratory changes in the draft, in its editor. */
function fillIn(file, number) {
  const draft = JSON.parse(readFileSync(file, "utf8"));
  draft.name = named(number);
  const subject = draft.credentialSubject;
  subject.id = `https://lab.example/${number}`;
  subject.name = "Certificate of an electric kettle";
  subject.issuedToParty = { type: ["Party"], id: "https://kettles.example/id", name: "Kettles of Example" };
  const scheme = { id: "https://lab.example/scheme", name: "Household appliances" };
  subject.referenceScheme = { type: ["ConformityScheme"], ...scheme };
  const { grants, factories, manufacturer, ...comity } = subject.comity;
  const product = {
    objectType: "product",
    names: [{ lang: "en", value: "Electric kettle" }],
    brand: "Boil",
    modelNumbers: ["K-100"],
    productCodes: [{ scheme: "HS", code: "851679", edition: "2022" }],
  };
  const standards = ["IEC 60335-2-15:2012"];
  subject.comity = { ...comity, certificateNumber: number, standards, objects: [product] };
  writeFileSync(file, JSON.stringify(draft, undefined, 2));
}

/** The command lines that a reader of the guide sees, by the heading above them. */
async function shown(page) {
  const steps = {};
  for (const block of await page.locator("main [aria-labelledby]:has(> pre)").all()) {
    const lines = (await block.locator("pre").innerText()).trim().split("\n");
    steps[await block.getAttribute("aria-labelledby")] = lines;
  }
  return steps;
}

async function closed(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

for (const language of LANGUAGES) {
  test(`a laboratory publishes by the commands that the guide shows: ${language}`, async () => {
    const { authority, lab, node } = await openOffices();
    const page = await openPage(browser, { viewport: SIZES.desk, locale: language });
    await page.goto(`${node}/${language}/guide`);
    const steps = await shown(page);
    await closed(page);
    assert.deepEqual(Object.keys(steps), STEPS);
    const [, number] = /^comity receipt .*?([A-Z]+-\d+-\d+)/m.exec(steps.publish.join("\n"));
    const answers = [];
    for (const name of STEPS) {
      for (const line of steps[name]) {
        assert.match(line, /^comity /);
        if (line.includes(number)) await isIndexed(node);
        // The host is made up: instead of its name stands where its node is.
        answers.push([line, await does(lab, line.replaceAll(`https://${HOST}`, node))]);
      }
      if (name === "listed") {
        copyFileSync(join(lab, "lab.request.json"), join(authority, "lab.request.json"));
        await does(authority, "comity register approve --node se lab.request.json --yes");
      }
      if (name === "write") fillIn(join(lab, "draft.json"), number);
    }
    await isIndexed(node);
    const said = (command) => JSON.parse(answers.find(([line]) => line.startsWith(`comity ${command} `))[1]);
    assert.deepEqual(said("record lint").warnings, []);
    const [{ log, recordDigest }, receipt] = [said("publish"), said("receipt")];
    assert.deepEqual([receipt.origin, receipt.index, receipt.quorum], [log.origin, log.index, true]);
    const { state } = await asked(node, `/v1/records/${recordDigest}`, {});
    assert.equal(state, "withdrawn");
    const proof = readFileSync(join(lab, receipt.file));
    laboratories.set(language, { node, steps, number, log, digest: recordDigest, proof });
  });
}

/** The steps that a browser has checked, as it lists them. */
function checked(page) {
  return page.locator("#result ol.chain > li").evaluateAll((rows) =>
    rows.map((row) => ({
      title: row.querySelector("h3").firstChild.textContent,
      mark: row.querySelector(".mark").textContent,
      tone: row.className,
      text: row.textContent,
    })));
}

async function provesHere(page, language, files, log) {
  const words = (key) => say("web", language, "verify", key);
  await page.setInputFiles("#file", files);
  await page.waitForSelector("#result ol.chain");
  const rows = await checked(page);
  const row = (step) => rows.find(({ title }) => title === words(`verify-step-${step}`));
  for (const step of ["canonical", "signature", "publishedForm", "record", "signers", "log"]) {
    const { mark, tone, text } = row(step);
    assert.deepEqual([mark, tone], [words("verify-here"), "blue"], text);
  }
  // The node has no neighbours yet: that others dated it is not proved.
  const dated = row("cosigners");
  assert.deepEqual([dated.mark, dated.tone], [words("verify-not-here"), "grey"], dated.text);
  assert.ok(dated.text.includes(words("verify-reason-selfDated")), dated.text);
  const { text } = row("log");
  assert.ok(text.includes(`${log.origin} #${log.index}`), text);
}

async function isTold(page, language, document, log) {
  await page.setInputFiles("#file", document);
  await page.click("#upload button:visible");
  await page.waitForSelector("section.verdict");
  const told = say("web", language, "verify", "verify-uploaded");
  assert.equal(await page.locator("main p", { hasText: told }).count(), 1);
  for (const code of ["integrity.verified", "registration.valid", "log.selfDated", "status.withdrawn"]) {
    const said = await page.innerText(`#step-${code.split(".")[0]}`);
    assert.ok(said.includes(code), said);
  }
  assert.ok((await page.innerText("#step-log")).includes(log.origin));
  assert.ok((await page.getAttribute("#step-status", "class")).includes("decisive"));
}

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, `${page.url()} scrolls sideways`);
}

async function walk(page, language, scripted) {
  assert.ok(laboratories.has(language), "nothing was published");
  const { node, steps, number, log, digest, proof } = laboratories.get(language);
  const link = (file, key) => page.getByRole("link", { name: say("web", language, file, key), exact: true });

  // Everybody is shown the same commands.
  await page.goto(`${node}/${language}/guide`);
  assert.equal(await page.getAttribute("html", "lang"), language);
  assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
  assert.deepEqual(await shown(page), steps);
  assert.deepEqual(steps, laboratories.get(LANGUAGES[0])?.steps);
  await fits(page);

  // The number leads to the record, which says where it stands and what happened to it.
  await page.click("header .name a");
  await page.fill("#q", number);
  await page.press("#q", "Enter");
  await page.waitForURL(`**/records/${digest}`);
  assert.equal(await page.innerText("h1"), named(number));
  const warning = [say("web", language, "record", "record-withdrawn"), say("web", language, "impact", "impact-link")];
  assert.equal(await page.innerText(".banner.red"), warning.join(" "));
  assert.equal(await page.locator("section[aria-labelledby=history] li").count(), 2);
  const provenance = await page.innerText("section.provenance");
  assert.ok(provenance.includes(`${log.origin} #${log.index}`), provenance);
  await fits(page);

  // There it stands in the log.
  await openMenu(page);
  await link("frame", "frame-log").click();
  await page.fill("#index", String(log.index));
  await page.press("#index", "Enter");
  await page.waitForURL(`**/log?index=${log.index}`);
  const entry = page.locator("section[aria-labelledby=entries] tbody tr").first();
  assert.equal(await entry.locator("th").innerText(), String(log.index));
  await fits(page);
  await entry.getByRole("link", { name: named(number), exact: true }).click();
  await page.waitForURL(`**/records/${digest}`);

  // What is taken from there: the signed file, and the receipt that the laboratory keeps.
  const download = page.waitForEvent("download");
  await link("record", "record-signed-file").click();
  const file = await download;
  const buffer = readFileSync(await file.path());
  const document = { name: file.suggestedFilename(), mimeType: "application/json", buffer };
  const answer = page.waitForResponse("**/receipt");
  await link("record", "record-receipt").click();
  const receipt = await (await answer).json();
  assert.deepEqual([receipt.origin, receipt.index, receipt.quorum], [log.origin, log.index, true]);
  const [format, place, ...rest] = receipt.proof.split("\n");
  assert.deepEqual([format, place], ["c2sp.org/tlog-proof@v1", `index ${log.index}`]);
  assert.ok(rest.includes(log.origin), receipt.proof);

  await page.goto(`${node}/${language}/verify`);
  const kept = { name: "receipt.tlog-proof", mimeType: "text/plain", buffer: proof };
  if (scripted) await provesHere(page, language, [document, kept], log);
  else await isTold(page, language, document, log);
  await fits(page);
}

for (const language of LANGUAGES) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const javaScriptEnabled of [true, false]) {
      const scripts = javaScriptEnabled ? "scripts" : "no scripts";
      test(`what a laboratory published is found and proved: ${language}, ${size}, ${scripts}`, async () => {
        const page = await openPage(browser, { viewport, javaScriptEnabled, locale: language });
        await walk(page, language, javaScriptEnabled);
        await closed(page);
      });
    }
  }
}
