// What every journey needs: the built program, a browser, and a person who fills in a screen.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "target/debug/soundings");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** A folder that is gone when `end` is called. */
export function scratch() {
  const path = mkdtempSync(join(tmpdir(), "soundings-"));
  return { path, end: () => rmSync(path, { recursive: true, force: true }) };
}

/** The newcomer survey published in a folder of its own, in every language: its drafts say that they are drafts. */
export const published = (() => {
  let survey;
  return () => {
    if (survey) return survey;
    survey = join(mkdtempSync(join(tmpdir(), "soundings-")), "newcomer-needs");
    cpSync(join(root, "surveys/newcomer-needs"), survey, { recursive: true });
    run("check", "--publish", "--allow-drafts", survey);
    process.on("exit", () => rmSync(join(survey, ".."), { recursive: true, force: true }));
    return survey;
  };
})();

/** Serve the newcomer survey, with more flags if wished; `end` stops it. */
export async function serve(data, ...more) {
  const listen = ["--listen", "127.0.0.1:0", "--today", "2027-02-01"];
  const child = spawn(program, ["serve", published(), "--data", data, ...listen, ...more], { cwd: root });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(String(text)));
    child.once("exit", () => reject(new Error("the server did not start")));
  });
  return { url: line.match(/http:\/\/[\d.:]+/)[0], end: () => child.kill("SIGTERM") };
}

/** Run a verb of the program to its end. */
export function run(...words) {
  const done = spawnSync(program, words, { cwd: root, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`soundings ${words.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** The browser of the machine, without any traffic of its own. */
export function browser() {
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...quiet] });
}

/** Answers that keep a person in the survey; elsewhere the first choice is taken. */
const FACTS = { agree: "yes", elig_area: "live", age_group: "a25_34", born_canada: "no", arrival_year: "2019",
  stay_kind: "permanent", region_birth: "asia_west", svc_need: "housing", svc_knew: "housing", svc_used: "housing" };

/** Fill in every question of the screen by clicking and choosing, as a person does. */
export async function fill(page) {
  const radios = await page.$$eval("main input[type=radio]", (all) => [...new Set(all.map((each) => each.name))]);
  for (const name of radios) {
    const value = FACTS[name];
    const one = `main input[type=radio][name="${name}"]`;
    await page.locator(value ? `${one}[value="${value}"]` : one).first().check();
  }
  // What stands apart says that there is no answer: prefer not to, do not know.
  const plain = "main input[type=checkbox]:not(.apart *)";
  const boxes = await page.$$eval(plain, (all) => [...new Set(all.map((each) => each.name))]);
  for (const name of boxes) {
    const one = `${plain}[name="${name}"]`;
    await page.locator(FACTS[name] ? `${one}[value="${FACTS[name]}"]` : one).first().check();
  }
  const lists = await page.$$eval("main select", (all) => all.map((each) => each.name));
  for (const [place, name] of lists.entries()) {
    const list = page.locator(`main select[name="${name}"]`);
    await (FACTS[name] ? list.selectOption(FACTS[name]) : list.selectOption({ index: place + 1 }));
  }
}

/** What has the focus: its name, value, kind, and whether its question is answered. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    const kind = one.type ?? one.tagName.toLowerCase();
    const group = [...document.getElementsByName(one.name ?? "")];
    const answered = group.some((each) => each.checked) || (kind === "select-one" && one.value !== "");
    return { name: one.name ?? "", value: one.value ?? "", kind, answered, apart: Boolean(one.closest?.(".apart")) };
  });

/** Fill in one screen with Tab, arrows, Space and Enter, and go on. */
export async function byKeys(page) {
  const before = page.url();
  for (let press = 0; press < 400; press += 1) {
    await page.keyboard.press("Tab");
    const one = await focused(page);
    if (one.kind === "submit" && one.name === "_go" && ["next", "finish"].includes(one.value)) {
      const loaded = page.waitForEvent("load");
      await page.keyboard.press("Enter");
      await loaded;
      return;
    }
    if (one.answered || one.apart) continue;
    const wanted = FACTS[one.name];
    if (one.kind === "radio") {
      await page.keyboard.press("Space");
      for (let step = 0; wanted && step < 30 && (await focused(page)).value !== wanted; step += 1) {
        await page.keyboard.press("ArrowDown");
      }
    } else if (one.kind === "checkbox" && (!wanted || wanted === one.value)) {
      await page.keyboard.press("Space");
    } else if (one.kind === "select-one") {
      await page.locator(`select[name="${one.name}"]`).evaluate((list, value) => {
        list.dataset.wanted = value ?? list.options[1].value;
      }, wanted);
      for (let step = 0; step < 120; step += 1) {
        if (await page.evaluate(() => document.activeElement.value === document.activeElement.dataset.wanted)) break;
        await page.keyboard.press("ArrowDown");
      }
    }
  }
  throw new Error(`no key leads on from ${before}`);
}

/** Press the visible button that goes on. */
export const goOn = (page) => page.locator('main button[name="_go"][value="next"]:visible').last().click();

/** What axe finds on the page, as one line each. */
export async function axe(page) {
  const found = await page.evaluate(`${axeSource}; axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`);
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
}

/** How far the page is wider than the window. */
export const overhang = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
