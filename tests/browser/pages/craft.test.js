// What every page has to be: accessible, light, safe, and the same in every language.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";

import { AXE, LANGUAGES, SIZES, openBrowser, openPage, openWorld } from "./world.js";

/** Most bytes of the first page without scripts, compressed. */
const MAX_FIRST_PAGE_BYTES = 50_000;
/** Tallest header of a phone: one row. */
const MAX_HEADER_PIXELS = 72;

let world;
let browser;
before(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.close();
});

const PAGES = [
  "",
  "search?in=KZ&type=Attestation",
  "search?q=nothing-of-this-name",
  "go?q=DEMO-CN-2024-0402/2&hs=8516.60",
  "go?q=DEMO-CN-L-2025-0117&in=SE",
  "records/00000000-0000-7000-8000-000000000000",
  "help",
  "verify",
  "economies",
  "economies/CN",
  "arrangements",
  "hs/8516.60?in=KZ",
  "standards/IEC%2060335-1",
  "log",
  "impact",
  "impact?of=DEMO-CN-2024-0402/2",
  "impact?standard=IEC%2060335-1",
  "impact?of=did:web:nobody.example",
  "guide",
  "list",
];

/** A list with answers of several kinds, one that is not understood, and one of nothing. */
const LIST = "number,place\nDEMO-CN-2024-0402/2,KZ\nDEMO-JP-2025-0013,FR\nNO-SUCH-1,KZ\nDEMO-KZ-2025-0007,Atlantis\n";

// A dark theme changes colours and nothing else.
const RULES = {
  light: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  dark: { type: "rule", values: ["color-contrast"] },
};

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every page is accessible: ${language}, ${colorScheme}`, async () => {
      const page = await openPage(browser, { viewport: SIZES.desk, colorScheme, locale: language });
      const examine = async (path) => {
        await page.evaluate(AXE);
        const found = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), RULES[colorScheme]);
        const faults = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
        assert.deepEqual(faults, [], `/${language}/${path}`);
      };
      for (const path of PAGES) {
        await page.goto(`${world.nodes.KZ}/${language}/${path}`);
        await examine(path);
      }
      // The last page asks about a list: its answers, and what is wrong with a list.
      for (const [list, seen] of [[LIST, "table tbody tr"], ["number,number\n1,2\n", "[role=alert]"]]) {
        await page.fill("#list", list);
        await page.locator("#list").evaluate((field) => field.form.requestSubmit());
        await page.waitForSelector(seen);
        await examine(`list with ${seen}`);
        await page.goto(`${world.nodes.KZ}/${language}/list`);
      }
      await page.context().close();
    });
  }
}

/** Bytes of an answer as they go over the line. */
function compressed(url) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk) => {
        bytes += chunk.length;
      });
      response.on("end", () => resolve(bytes));
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("the first page is light, and fetches nothing from elsewhere", async () => {
  for (const language of LANGUAGES) {
    const page = await openPage(browser, { viewport: SIZES.phone, javaScriptEnabled: false });
    const urls = [];
    page.on("request", (request) => urls.push(request.url()));
    await page.goto(`${world.nodes.KZ}/${language}/`);
    let bytes = 0;
    for (const url of urls) {
      assert.ok(url.startsWith(world.nodes.KZ), url);
      bytes += await compressed(url);
    }
    assert.ok(bytes <= MAX_FIRST_PAGE_BYTES, `${language}: ${bytes} bytes`);
    await page.context().close();
  }
});

test("without colours of its own a result still has its word and its shape", async () => {
  const page = await openPage(browser, { viewport: SIZES.desk, forcedColors: "active" });
  await page.goto(`${world.nodes.KZ}/en/go?q=DEMO-CN-2024-0402/2`);
  const heading = page.locator("section.verdict h2");
  assert.ok((await heading.innerText()).trim().length > 0);
  assert.ok(await heading.locator("svg").isVisible());
  await page.context().close();
});

test("nothing is wider than 320 pixels, as with a zoom of 400 %", async () => {
  for (const language of LANGUAGES) {
    const page = await openPage(browser, { viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
    for (const path of PAGES) {
      await page.goto(`${world.nodes.KZ}/${language}/${path}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `/${language}/${path}: ${width} pixels`);
    }
    await page.context().close();
  }
});

test("on a phone the header is one row, and no code ends a line at a hyphen that has room", async () => {
  for (const language of LANGUAGES) {
    const page = await openPage(browser, { viewport: SIZES.phone, javaScriptEnabled: false });
    for (const path of ["", "search?type=CompetenceGrant", "log"]) {
      await page.goto(`${world.nodes.KZ}/${language}/${path}`);
      const { height } = await page.locator("header.top").boundingBox();
      assert.ok(height <= MAX_HEADER_PIXELS, `/${language}/${path}: ${height} pixels`);
    }
    await page.goto(`${world.nodes.KZ}/${language}/search?type=CompetenceGrant`);
    for (const code of await page.locator("ol.hits code").all()) {
      const { height } = await code.boundingBox();
      const number = await code.innerText();
      assert.ok(number.length > 30 || height < 32, `${number} is broken: ${height} pixels`);
    }
    await page.context().close();
  }
});

test("every page names what it says as JSON, and its feeds, and they answer", async () => {
  const page = await openPage(browser, { viewport: SIZES.desk, javaScriptEnabled: false });
  const answered = new Map();
  for (const path of PAGES) {
    const shown = await page.goto(`${world.nodes.KZ}/fr/${path}`);
    const links = await page.locator("link[rel=alternate][type]").evaluateAll((found) =>
      found.map(({ type, href }) => ({ type, href })));
    const twins = links.filter(({ type }) => type === "application/json");
    assert.equal(twins.length, 1, `/${path}`);
    assert.equal(links.length > 1, /^(search|records\/|go)/.test(path) && shown.ok(), `/${path}`);
    for (const { type, href } of links) {
      if (answered.has(href)) continue;
      const answer = await fetch(href);
      assert.equal(answer.status, 200, href);
      const kind = answer.headers.get("content-type");
      assert.ok(kind.startsWith(type), `${href}: ${kind}`);
      if (type !== "application/atom+xml") await answer.json();
      else {
        const faults = await page.evaluate((text) => {
          const read = new DOMParser().parseFromString(text, "application/xml");
          return read.querySelectorAll("parsererror").length;
        }, await answer.text());
        assert.equal(faults, 0, href);
      }
      answered.set(href, type);
    }
  }
  const kinds = new Set(answered.values());
  assert.deepEqual([...kinds].sort(), ["application/atom+xml", "application/feed+json", "application/json"]);
  await page.context().close();
});

test("the box completes a name while it is typed", async () => {
  const page = await openPage(browser, { viewport: SIZES.desk });
  await page.goto(`${world.nodes.KZ}/en/`);
  await page.locator("#q").pressSequentially("demo sec");
  const option = page.locator("#q-suggestions option").first();
  await option.waitFor({ state: "attached" });
  assert.match(await option.getAttribute("value"), /Secretariat/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
