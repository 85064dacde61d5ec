// A keyboard alone does all of it: no mouse, and nothing is clicked by the test itself.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SIZES, asked, openBrowser, openPage, openWorld, say } from "./world.js";

/** One language from left to right, one from right to left. */
const DIRECTIONS = ["en", "ar"];
const PAGES = [
  "",
  "search?q=cooker&in=KZ",
  "go?q=DEMO-CN-2024-0402/2",
  "verify",
  "economies/CN",
  "arrangements",
  "hs/8516.60?in=KZ",
  "log",
  "list",
  "help",
];
/** Most presses of a key before something counts as not reached. */
const MAX_PRESSES = 250;

let world;
let browser;
before(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.close();
});

/** Opens a page of a node in a language, and hands it to a story. */
async function on(language, path, story) {
  const page = await openPage(browser, { viewport: SIZES.desk, locale: language });
  await page.goto(`${world.nodes.KZ}/${language}/${path}`);
  await story(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

const focused = (page, what) => page.evaluate((what) => document.activeElement.matches(what), what);

/** Presses Tab, or another key, until what is wanted has the focus. */
async function reach(page, what, key = "Tab") {
  for (let press = 0; press < MAX_PRESSES; press += 1) {
    await page.keyboard.press(key);
    if (await focused(page, what)) {
      return;
    }
  }
  assert.fail(`${key} does not reach ${what}`);
}

/** Chooses an option of the list that has the focus: by its first letter, where that is a key, and the arrows. */
async function choose(page, value) {
  const places = () => page.evaluate((value) => {
    const { options, selectedIndex } = document.activeElement;
    const wanted = [...options].findIndex((option) => option.value === value);
    return { now: selectedIndex, wanted, letter: options[wanted].text[0] };
  }, value);
  const { letter } = await places();
  if (/[A-Z]/i.test(letter)) {
    await page.keyboard.press(letter);
  }
  const { now, wanted } = await places();
  for (let at = now; at !== wanted; at += Math.sign(wanted - now)) {
    await page.keyboard.press(wanted > now ? "ArrowDown" : "ArrowUp");
  }
  assert.equal(await page.evaluate(() => document.activeElement.value), value);
}

/** The files that are chosen where a key opens the browser's own list of files. */
async function chooseFile(page, key, file) {
  const opened = page.waitForEvent("filechooser");
  // The wait is made known to the browser before the key is: what follows it is answered after it.
  await page.evaluate(() => null);
  await page.keyboard.press(key);
  await (await opened).setFiles(file);
}

async function verdictIs(page, language, number, question) {
  const answer = await asked(world.nodes.KZ, "/v1/recognition", { record: number, ...question });
  const word = say("recognition", language, "words", `result-${answer.verdict}`);
  assert.ok((await page.locator("section.verdict h2").innerText()).includes(word), word);
}

for (const language of DIRECTIONS) {
  test(`a regulator asks about a number, by keyboard: ${language}`, async () => {
    await on(language, "", async (page) => {
      assert.ok(await focused(page, "#q"), "the box has the focus at once");
      await page.keyboard.type("DEMO-CN-2024-0402/2");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/records\//);
      await reach(page, "form.ask #in");
      await choose(page, "SE");
      await reach(page, "#hs");
      await page.keyboard.type("8516.60");
      await page.keyboard.press("Enter");
      await page.waitForURL(/in=SE.*hs=8516/);
      await verdictIs(page, language, "DEMO-CN-2024-0402/2", { in: "SE", hs: "8516.60" });
      // What the paper says is folded away until somebody wants to compare it.
      await reach(page, "form.ask summary");
      await page.keyboard.press("Space");
      await reach(page, "#model");
      await page.keyboard.type("DX-9999");
      await reach(page, "form.ask button");
      await page.keyboard.press("Space");
      await page.waitForURL(/model=DX-9999/);
      const other = { in: "SE", hs: "8516.60", model: "DX-9999" };
      await verdictIs(page, language, "DEMO-CN-2024-0402/2", other);
      // What is kept beside the printed sheet: the signed file, the bundle, the receipt.
      await reach(page, ".actions a[download$='.comity.ndjson']");
      const saved = page.waitForEvent("download");
      await page.keyboard.press("Enter");
      assert.match((await saved).suggestedFilename(), /\.comity\.ndjson$/);
    });
  });

  test(`a trader goes from a word to a judged record, by keyboard: ${language}`, async () => {
    const [words, market, number] = {
      en: ["rice cooker", "FR", "DEMO-JP-2025-0013"],
      ar: ["تمور", "KZ", "DEMO-SA-2026-0031"],
    }[language];
    await on(language, "search", async (page) => {
      await reach(page, "form.ask #q");
      await page.keyboard.type(words);
      await reach(page, "form.ask #in");
      await choose(page, market);
      await reach(page, "form.ask button", "Shift+Tab");
      await page.keyboard.press("Space");
      await page.waitForURL(/in=/);
      const href = await page.locator("ol.hits > li", { hasText: number }).locator("h2 a").getAttribute("href");
      await reach(page, `ol.hits h2 a[href="${href}"]`);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/records\//);
      await verdictIs(page, language, number, { in: market });
    });
  });

  test(`a list and a file are sent by keyboard: ${language}`, async () => {
    await on(language, "list", async (page) => {
      await reach(page, "#list");
      await page.keyboard.type("number,place\nDEMO-CN-2024-0402/2,KZ\n");
      await reach(page, "form.ask #in");
      await reach(page, "form.ask button:not([name])");
      await page.keyboard.press("Enter");
      await page.waitForSelector("table tbody tr");
      // The answers are reached before the form that asked for them.
      await reach(page, "[role=region]");
      const buffer = Buffer.from("number,place\nDEMO-JP-2025-0013,FR\nNO-SUCH-1,KZ\n");
      await page.goto(`${world.nodes.KZ}/${language}/list`);
      await reach(page, "#file");
      await chooseFile(page, "Space", { name: "list.csv", mimeType: "text/csv", buffer });
      await reach(page, "form.ask button:not([name])");
      await page.keyboard.press("Space");
      await page.waitForSelector("table tbody tr + tr");
    });
    await on(language, "verify", async (page) => {
      await reach(page, "#file");
      await chooseFile(page, "Enter", { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("number\n1\n") });
      await page.waitForSelector("#result .verdict");
      assert.ok(await focused(page, "#result"), "the result is where the focus goes");
      const heading = await page.innerText("#result h2");
      assert.equal(heading, say("web", language, "verify", "verify-result-noRecord"));
    });
  });

  test(`Tab reaches everything in its order, seen and never caught: ${language}`, async () => {
    const page = await openPage(browser, { viewport: SIZES.desk, locale: language });
    for (const path of PAGES) {
      await page.goto(`${world.nodes.KZ}/${language}/${path}`);
      await skip(page, path);
      await walk(page, path);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("on a phone the menu and the languages unfold by keyboard, and are folded before", async () => {
  const page = await openPage(browser, { viewport: SIZES.phone });
  await page.goto(`${world.nodes.KZ}/ar/help`);
  const [menu, languages] = [page.locator("header .menu nav"), page.locator("header .languages nav")];
  assert.deepEqual([await menu.isVisible(), await languages.isVisible()], [false, false]);
  await reach(page, "header .menu > summary");
  await page.keyboard.press("Enter");
  assert.ok(await menu.isVisible());
  await reach(page, "header .menu a[href='/ar/log']");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/ar/log");
  await reach(page, "header .languages > summary");
  await page.keyboard.press("Space");
  await reach(page, "header .languages a[lang=fr]");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/fr/log");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** The first stop of a page leads past what stands on every page. */
async function skip(page, path) {
  await reach(page, "a.skip");
  await page.keyboard.press("Enter");
  assert.ok(await focused(page, "#main"), `/${path}: the link does not skip`);
  await page.keyboard.press("Tab");
  assert.ok(!(await focused(page, "a.skip, header *")), `/${path}: Tab goes back`);
}

/** Once around a page: over its end, and from its beginning to where it began. */
async function walk(page, path) {
  const due = await page.evaluate(listen);
  let passed = [];
  for (let press = 0; passed.filter(({ at }) => at === passed[0].at).length < 2; press += 1) {
    assert.ok(press < 3 * due.length + 10, `/${path}: Tab is caught at ${due[passed.at(-1)?.at]}`);
    await page.keyboard.press("Tab");
    if (press >= due.length) {
      passed = await page.evaluate(() => globalThis.passed);
    }
  }
  for (const { at, isSeen } of passed) {
    assert.ok(isSeen, `/${path}: the focus is not seen at ${due[at]}`);
  }
  const places = passed.map(({ at }) => at);
  const once = places.slice(0, places.indexOf(places[0], 1));
  const first = once.indexOf(0);
  const fromTop = [...once.slice(first), ...once.slice(0, first)];
  assert.deepEqual(fromTop.map((at) => due[at]), due, `/${path}`);
}

/**
 * In the page: names everything that Tab is to reach, in the order of the document, and notes in
 * `passed` where the focus goes and whether that is seen.
 */
function listen() {
  const reachable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const due = [...document.querySelectorAll(reachable)].filter((one) => {
    return !one.disabled && one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
  });
  globalThis.passed = [];
  document.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target);
    const isSeen = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    // A region that scrolls is a stop of the browser's own; one stop may be told twice.
    const at = due.indexOf(target);
    if (at >= 0 && globalThis.passed.at(-1)?.at !== at) globalThis.passed.push({ at, isSeen });
  });
  return due.map((one, at) => `${at} ${one.localName}#${one.id} ${one.textContent.trim().slice(0, 30)}`);
}
