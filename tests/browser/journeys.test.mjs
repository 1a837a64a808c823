// Journeys through the real pages in a real browser, with and without JavaScript.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import { axe, browser, byKeys, fill, goOn, overhang, published, run, scratch, serve } from "./house.mjs";

const PHONE = { width: 360, height: 740 };
const NARROW = { width: 320, height: 640 };
const DESK = { width: 1280, height: 800 };
const SCREENS = 60;

let chromium, data, server;
before(async () => {
  data = scratch();
  [chromium, server] = [await browser(), await serve(data.path)];
});
after(async () => {
  await chromium?.close();
  server?.end();
  data?.end();
});

/** A visitor on a phone; `look` is called on every screen. */
async function visit(language, { javaScriptEnabled, viewport = PHONE, colorScheme = "light" }, look) {
  const context = await chromium.newContext({ javaScriptEnabled, viewport, colorScheme });
  const page = await context.newPage();
  await page.goto(`${server.url}/newcomer-needs/${language}`);
  for (let place = 0; place < SCREENS; place += 1) {
    await look(page, place);
    if (await page.locator("#number").count()) return { page, context, place };
    if (page.url().endsWith("/review")) {
      await page.locator('button[value="finish"]:visible').last().click();
    } else {
      await fill(page);
      await goOn(page);
    }
  }
  throw new Error("the survey has no end");
}

describe("a newcomer answers", () => {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";
    test(`in Arabic ${how}: right to left on every page, and a number at the end`, async () => {
      const { page, context, place } = await visit("ar", { javaScriptEnabled }, async (page) => {
        assert.equal(await page.locator("html").getAttribute("dir"), "rtl", page.url());
        assert.equal(await page.locator("html").getAttribute("lang"), "ar", page.url());
      });
      assert.ok(place > 8, `only ${place} screens`);
      assert.match(await page.locator("#number").innerText(), /^\d{4}\s\d{4}\s\d{4}$/);
      await context.close();
    });

    test(`switches from Arabic to French half way ${how}: place and answers stay`, async () => {
      const context = await chromium.newContext({ javaScriptEnabled, viewport: PHONE });
      const page = await context.newPage();
      await page.goto(`${server.url}/newcomer-needs/ar`);
      for (let place = 0; place < 5; place += 1) {
        await fill(page);
        await goOn(page);
      }
      await fill(page);
      const [url, chosen] = [page.url(), await marked(page)];
      await page.locator("header details summary").click();
      await page.locator('button[value="lang:fr"]').click();
      assert.equal(page.url(), url);
      assert.equal(await page.locator("html").getAttribute("lang"), "fr");
      assert.equal(await page.locator("html").getAttribute("dir"), "ltr");
      assert.deepEqual(await marked(page), chosen);
      assert.ok(chosen.length > 0);
      await context.close();
    });
  }

  for (const language of ["en", "fr", "ar"]) {
    test(`stops in ${language} and goes on by the number on another phone, every page of it accessible`, async () => {
      const first = await chromium.newContext({ viewport: NARROW });
      const page = await first.newPage();
      const look = async (page) => {
        assert.deepEqual(await axe(page), [], page.url());
        assert.equal(await overhang(page), 0, page.url());
      };
      await page.goto(`${server.url}/newcomer-needs/${language}`);
      for (let place = 0; place < 2; place += 1) {
        await fill(page);
        await goOn(page);
      }
      assert.ok(await page.locator(".leave").isVisible(), "a sensitive page has a way out");
      await fill(page);
      await page.locator('main button[value="save"]').click();
      await look(page);
      const number = await page.locator("#number").innerText();
      const second = await chromium.newContext({ viewport: NARROW, javaScriptEnabled: true, colorScheme: "dark" });
      const other = await second.newPage();
      for (const path of ["help", "privacy", "resume"]) {
        await other.goto(`${server.url}/newcomer-needs/${path}?lang=${language}`);
        await look(other);
      }
      await other.locator("#f-number").fill(number.replaceAll(/\s/g, "-"));
      await other.keyboard.press("Enter");
      await other.waitForURL(/\/q\/coming$/);
      assert.equal(await other.locator("html").getAttribute("lang"), language);
      await look(other);
      // Wherever the focus goes, the way out does not stand over it.
      await other.locator('main button[value="save"]').focus();
      for (let press = 0; press < 12; press += 1) {
        await other.keyboard.press("Shift+Tab");
        // The browser scrolls to what has the focus in its own time.
        await other.waitForTimeout(120);
        const covered = await other.evaluate(() => {
          const [bar, one] = [document.querySelector(".leave"), document.activeElement];
          if (!bar || !one || bar.contains(one) || one === document.body) return false;
          return one.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom && one.id;
        });
        assert.ok(!covered, `the focus is hidden: ${covered}`);
      }
      await first.close();
      await second.close();
    });
  }

  test("answers the whole short form in Arabic with the keyboard alone", async () => {
    const context = await chromium.newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.goto(`${server.url}/newcomer-needs/ar`);
    let place = 0;
    for (; place < SCREENS && !(await page.locator("#number").count()); place += 1) {
      await byKeys(page);
    }
    assert.ok(place > 8, `only ${place} screens`);
    assert.match(await page.locator("#number").innerText(), /^\d{4}\s\d{4}\s\d{4}$/);
    await context.close();
  });

  test("Enter means Continue", async () => {
    const context = await chromium.newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.goto(`${server.url}/newcomer-needs/en`);
    await fill(page);
    await page.locator('input[value="yes"]').press("Enter");
    await page.waitForURL(/\/q\//);
    await context.close();
  });

  test("a refusal stands beside the field and keeps what was chosen", async () => {
    const context = await chromium.newContext({ javaScriptEnabled: false, viewport: PHONE });
    const page = await context.newPage();
    await page.goto(`${server.url}/newcomer-needs/en`);
    await fill(page);
    await goOn(page);
    await page.locator('input[name="age_group"][value="a25_34"]').check();
    await goOn(page);
    assert.ok(await page.locator('[role="alert"]').count());
    assert.ok(await page.locator("p.error").count());
    assert.ok(await page.locator('input[name="age_group"][value="a25_34"]').isChecked());
    await context.close();
  });
});

describe("apart from the answers", () => {
  let place, box, code, logo;
  before(async () => {
    place = scratch();
    const lock = run("keys", "new", "--out", join(place.path, "key")).trim();
    const data = join(place.path, "data");
    code = run("invite", published(), "--data", data, "--batch", "letters", "--count", "3").match(/^[a-z0-9]{10}$/m)[0];
    logo = join(published(), "logo.svg");
    writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#0b5"/></svg>');
    box = await serve(data, "--seal-for", lock);
  });
  after(() => {
    box?.end();
    rmSync(logo, { force: true });
    place?.end();
  });

  for (const language of ["en", "fr", "ar"]) {
    test(`an invitation and a contact in ${language}: accessible, with the host's logo, at 320 px`, async () => {
      const context = await chromium.newContext({ viewport: NARROW, javaScriptEnabled: true });
      const page = await context.newPage();
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      const look = async () => {
        assert.deepEqual(await axe(page), [], page.url());
        assert.equal(await overhang(page), 0, page.url());
      };
      await page.goto(`${box.url}/i/${code}?lang=${language}`);
      await look();
      assert.ok((await page.locator("img.logo").boundingBox()).width > 50, "the logo is shown");
      assert.equal(requests.filter((url) => !url.startsWith("data:")).length, 1, "it travels with the page");
      await page.goto(`${box.url}/newcomer-needs/contact?lang=${language}`);
      await look();
      await page.locator("#f-contact").fill("x");
      await page.keyboard.press("Enter");
      await page.locator('[role="alert"]').waitFor();
      await look();
      await page.locator("#f-contact").fill("amina@example.org");
      await page.keyboard.press("Enter");
      await page.locator("#f-contact").waitFor({ state: "detached" });
      await look();
      await context.close();
    });
  }

  test("a code opens the survey once, without JavaScript, and says so afterwards", async () => {
    const context = await chromium.newContext({ viewport: PHONE, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${box.url}/i/${code}`);
    await fill(page);
    await goOn(page);
    assert.match(page.url(), /\/q\//);
    const other = await (await chromium.newContext({ viewport: PHONE })).newPage();
    await other.goto(`${box.url}/i/${code}?lang=en`);
    assert.match(await other.locator("main").innerText(), /already used/);
    assert.deepEqual(await axe(other), []);
    await context.close();
  });

  test("what no person sees is reached by no key, and a program that fills it is noticed", async () => {
    const context = await chromium.newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.goto(`${server.url}/newcomer-needs/en`);
    await fill(page);
    await goOn(page);
    assert.equal(await page.locator('[name="_rest"]').count(), 1);
    for (let press = 0; press < 80; press += 1) {
      await page.keyboard.press("Tab");
      assert.notEqual(await page.evaluate(() => document.activeElement?.getAttribute("name")), "_rest");
    }
    const { width, height } = await page.locator('[name="_rest"]').locator("..").boundingBox();
    assert.ok(width <= 1 && height <= 1, `${width} x ${height}`);
    await context.close();
  });
});

describe("every page", () => {
  for (const language of ["en", "fr", "ar"]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`is accessible and fits 320 px in ${language}, ${colorScheme}`, async () => {
        const { context } = await visit(language, { viewport: NARROW, colorScheme }, async (page) => {
          assert.deepEqual(await axe(page), [], page.url());
          assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways`);
        });
        await context.close();
      });
    }
  }

  test("asks nothing of another host, and the first page is one request of at most 13 kB", async () => {
    const requests = [];
    const context = await chromium.newContext({ viewport: PHONE });
    context.on("request", (request) => requests.push(request.url()));
    const page = await context.newPage();
    const first = await page.goto(`${server.url}/newcomer-needs`);
    await page.waitForLoadState("networkidle");
    assert.equal(requests.filter((url) => !url.startsWith("data:")).length, 1, requests.join("\n"));
    const sent = (await first.allHeaders())["content-length"];
    assert.ok(gzipSync(await first.body()).length <= 13_000);
    assert.ok(sent === undefined || Number(sent) <= 13_000);
    await context.close();
    const walk = await visit("en", {}, async (page) => page.on("request", (request) => requests.push(request.url())));
    await walk.context.close();
    const foreign = requests.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:"));
    assert.deepEqual(foreign, []);
  });
});

describe("a planner reads", () => {
  let folder;
  before(() => {
    folder = scratch();
    run("demo", "--once", "--respondents", "300", "--dir", join(folder.path, "demo"));
  });
  after(() => folder?.end());

  for (const language of ["en", "fr"]) {
    for (const viewport of [PHONE, DESK]) {
      test(`the report in ${language} at ${viewport.width} px: accessible, whole, and marked synthetic`, async () => {
        const path = join(folder.path, "demo/report", language, "index.html");
        assert.match(readFileSync(path, "utf8"), language === "fr" ? /synthétiques?/ : /synthetic/);
        const requests = [];
        const context = await chromium.newContext({ viewport });
        context.on("request", (request) => requests.push(request.url()));
        const page = await context.newPage();
        await page.goto(`file://${path}`);
        assert.deepEqual(await axe(page), []);
        assert.ok((await overhang(page)) <= 0, "the report scrolls sideways");
        assert.ok((await page.locator("figure svg").count()) >= 3);
        assert.equal(requests.filter((url) => !url.startsWith("data:")).length, 1);
        await context.close();
      });
    }
  }
});

/** What is checked, selected or typed on the screen. */
function marked(page) {
  return page.$$eval("main input:checked, main select", (all) => all.map((each) => `${each.name}=${each.value}`));
}
