// Opens a page in a browser as people would, and lists all that is wrong with it:
//
//     node look.mjs PAGE.html OUTDIR [SHEETS]
//
// A page that takes more sheets of paper than SHEETS is a fault.
// Writes to OUTDIR the whole page on a phone (390.png) and on a desk (1280.png), what is seen first
// there (top.png), the page on paper (page.pdf), and what a screen reader is given, in its order
// (reading.txt). CHROMIUM names another browser.

import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const SCREENS = [
  { name: "390", viewport: { width: 390, height: 844 } },
  { name: "1280", viewport: { width: 1280, height: 900 } },
];
// A4 without the page's margins, in CSS pixels.
const PAPER = { name: "paper", viewport: { width: 688, height: 1009 } };
const AXE_TAGS = [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const [file, out, most] = process.argv.slice(2);
if (!file || !out) {
  console.error("usage: node look.mjs PAGE.html OUTDIR [SHEETS]");
  process.exit(2);
}
const address = pathToFileURL(resolve(file)).href;
const faults = [];
await mkdir(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: FLAGS,
});
try {
  for (const screen of SCREENS) {
    await look(screen);
    await askAxe(screen);
  }
  await print();
  await read();
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${file}: ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

/** Opens the page, noting whatever the browser complains of and whatever else is asked for. */
async function open(screen, options = {}) {
  const context = await browser.newContext({
    viewport: screen.viewport, offline: true, ...options,
  });
  const page = await context.newPage();
  const fault = (text) => faults.push(`${screen.name}: ${text}`);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) fault(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fault(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address) fault(`asks for ${request.url().slice(0, 200)}`);
  });
  await page.goto(address, { waitUntil: "load" });
  return { context, page, fault };
}

async function look(screen) {
  const { context, page, fault } = await open(screen);
  for (const text of await page.evaluate(layoutFaults)) fault(text);
  if (screen.name === "1280") await page.screenshot({ path: join(out, "top.png") });
  await page.screenshot({ path: join(out, `${screen.name}.png`), fullPage: true });
  await context.close();
}

async function askAxe(screen) {
  const { context, page, fault } = await open(screen, { bypassCSP: true });
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
  const { violations } = await page.evaluate(
    (tags) => axe.run(document, { runOnly: { type: "tag", values: tags } }),
    AXE_TAGS,
  );
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) fault(`axe: ${id}: ${help}: ${node.html.slice(0, 200)}`);
  }
  await context.close();
}

async function print() {
  const { context, page, fault } = await open(PAPER);
  await page.emulateMedia({ media: "print" });
  for (const text of await page.evaluate(layoutFaults)) fault(text);
  const pdf = await page.pdf({ path: join(out, "page.pdf"), preferCSSPageSize: true });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  if (most && sheets > Number(most)) fault(`${sheets} sheets of ${most}`);
  await context.close();
}

/** Writes the accessibility tree as lines: a role and a name each, in the order they are read. */
async function read() {
  const { context, page } = await open(SCREENS[1]);
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const walk = (node, depth) => {
    const { value: role } = node.role ?? {};
    const told = !node.ignored && !["InlineTextBox", "none", "generic"].includes(role);
    if (told) lines.push(`${"  ".repeat(depth)}${role}: ${node.name?.value ?? ""}`.trimEnd());
    for (const id of node.childIds ?? []) walk(byId.get(id), depth + (told ? 1 : 0));
  };
  walk(nodes[0], 0);
  await writeFile(join(out, "reading.txt"), `${lines.join("\n")}\n`);
  await context.close();
}

/** Runs in the page: what is wider than the screen or sticks out of it, and ids given twice. */
function layoutFaults() {
  const found = [];
  const root = document.scrollingElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide of ${width}`);

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) {
    found.push(`the id ${id} is given twice`);
  }

  // What is one pixel large is there for screen readers alone; what scrolls can be scrolled to.
  const excused = (element) => {
    for (let box = element; box; box = box.parentElement) {
      const { width: wide, height: high } = box.getBoundingClientRect();
      const { overflowX } = getComputedStyle(box);
      if (overflowX === "hidden" && (wide <= 1 || high <= 1)) return true;
      if (["auto", "scroll"].includes(overflowX) && box.scrollWidth > box.clientWidth) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    const text = textContent.trim();
    if (!text) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const picture = parentElement.closest("svg")?.getBoundingClientRect();
    const [left, right] = picture ? [picture.left, picture.right] : [0, width];
    const out = [...range.getClientRects()].some(
      (box) => box.width > 0
        && (box.left < Math.max(left, 0) - 1 || box.right > Math.min(right, width) + 1),
    );
    if (out && !excused(parentElement)) found.push(`sticks out: ${text.slice(0, 80)}`);
  }
  return found;
}
