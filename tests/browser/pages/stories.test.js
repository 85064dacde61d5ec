// The regulator, the trader and the laboratory, in a browser, in every language, on a phone's size
// and a desk's, with scripts and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LANGUAGES, SIZES, asked, openBrowser, openPage, openWorld, say } from "./world.js";

let world;
let browser;
before(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.close();
});

/** Runs a story once for each language, size and setting of scripts. */
function everywhere(name, story) {
  for (const language of LANGUAGES) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const javaScriptEnabled of [true, false]) {
        const scripts = javaScriptEnabled ? "scripts" : "no scripts";
        test(`${name}: ${language}, ${size}, ${scripts}`, async () => {
          const page = await openPage(browser, { viewport, javaScriptEnabled, locale: language });
          await story(page, language);
          if (javaScriptEnabled) {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
            assert.equal(wide, false, "it scrolls sideways");
          }
          assert.deepEqual(page.faults, []);
          await page.context().close();
        });
      }
    }
  }
}

const result = (language, word) => say("recognition", language, "words", `result-${word}`);

everywhere("a regulator catches a genuine number on an altered paper", async (page, language) => {
  const node = world.nodes.KZ;
  await page.goto(`${node}/${language}/`);
  await page.fill("#q", "DEMO-CN-2024-0402/2");
  await page.click("form.ask button");
  // It comes from abroad, so it is judged for where the node is.
  await page.waitForURL(/\/records\//);
  assert.equal(await page.getAttribute("html", "lang"), language);
  assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
  const panel = page.locator("section.verdict");
  const answer = await asked(node, "/v1/recognition", { record: "DEMO-CN-2024-0402/2", in: "KZ" });
  assert.ok((await panel.locator("h2").innerText()).includes(result(language, answer.verdict)));
  // The paper in hand prints another model.
  const paper = page.locator("section.paper");
  assert.ok((await paper.innerText()).includes("DX-1700"));
  await page.click("form.ask details summary");
  await page.fill("#model", "DX-9999");
  await page.click("form.ask button");
  await page.waitForURL(/model=DX-9999/);
  assert.ok((await panel.getAttribute("class")).includes("red"));
  assert.ok((await panel.locator("h2").innerText()).includes(result(language, "notRecognised")));
  const decisive = page.locator("ol.chain > li.decisive");
  assert.equal(await decisive.getAttribute("id"), "step-product");
});

// What each types, where he sells, and what he finds that is accepted there.
const TRADERS = {
  en: ["rice cooker", "FR", "DEMO-JP-2025-0013"],
  "zh-Hans": ["电饭煲", "KZ", "DEMO-CN-2026-0021"],
  ru: ["насос", "CN", "DEMO-KZ-2025-0007"],
  ar: ["تمور", "KZ", "DEMO-SA-2026-0031"],
  fr: ["vêtements", "SE", "DEMO-FR-2025-0031"],
};

everywhere("a trader finds what is accepted in his market", async (page, language) => {
  const [words, market, number] = TRADERS[language];
  const node = world.nodes.KZ;
  await page.goto(`${node}/${language}/search`);
  await page.fill("#q", words);
  await page.selectOption("#in", market);
  await page.click("form.ask button");
  await page.waitForURL(/in=/);
  const hit = page.locator("ol.hits > li", { hasText: number });
  assert.equal(await hit.count(), 1, `${number} is not among the results`);
  const answer = await asked(node, "/v1/recognition", { record: number, in: market });
  assert.ok(["recognised", "recognisedWithConditions"].includes(answer.verdict), answer.verdict);
  const tag = hit.locator("p.tag");
  assert.ok((await tag.innerText()).includes(result(language, answer.verdict)));
  const green = (await tag.getAttribute("class")).includes("green");
  assert.equal(green, answer.verdict === "recognised" && answer.extent === "full");
  // The result leads to the record, judged for the same market.
  await hit.locator("h2 a").click();
  await page.waitForURL(/\/records\//);
  assert.equal(await page.inputValue("#in"), market);
  assert.equal(await page.locator("section.verdict h2").count(), 1);
});

test("a verdict fits on one sheet with its code and its moment, in every language", async () => {
  for (const language of LANGUAGES) {
    const page = await openPage(browser, { viewport: SIZES.desk });
    await page.goto(`${world.nodes.KZ}/${language}/go?q=DEMO-CN-2024-0402/2&hs=8516.60`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g);
    assert.equal(sheets.length, 1, language);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".qr img").isVisible());
    assert.ok(await page.locator("section.verdict time").isVisible());
    assert.equal(await page.locator("form.ask").isVisible(), false);
    await page.context().close();
  }
});

test("a photographed code leads to the verdict", async () => {
  const node = world.nodes.KZ;
  const page = await openPage(browser, { viewport: SIZES.desk });
  await page.goto(`${node}/en/go?q=DEMO-CN-2024-0402/2`);
  const source = await page.getAttribute(".qr img", "src");
  const code = await (await fetch(new URL(source, node))).text();
  // The printed code lies askew under uneven light on a table.
  const camera = await openPage(browser, { viewport: { width: 900, height: 700 } });
  await camera.setContent(`<body style="margin:0;background:#9a8f7c">
    <div style="margin:90px 180px;width:420px;padding:30px;background:#fbfaf5;filter:blur(.7px);
      transform:perspective(900px) rotateX(18deg) rotateY(-14deg) rotate(9deg)">${code}</div>
    <div style="position:fixed;inset:0;background:linear-gradient(115deg,#0007,#fff2 60%)"></div>`);
  const photo = await camera.screenshot({ type: "jpeg", quality: 70 });
  await page.goto(`${node}/en/verify`);
  await page.setInputFiles("#photo", { name: "photo.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.waitForURL(/\/records\//);
  assert.equal(await page.locator("section.verdict h2").count(), 1);
  assert.ok((await page.locator("section.paper").innerText()).includes("DEMO-CN-2024-0402/2"));
  await page.context().close();
  await camera.context().close();
});
