// Opens pages and pictures that hold hostile text, and lists whatever acted:
//
//     node inert.mjs FILE...
//
// Each is opened without its security policy, so that only how its text is written protects it. What
// counts is a title other than it was written, a dialog, a request, a script error, or another page.
// CHROMIUM names another browser.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const files = process.argv.slice(2);
if (!files.length) {
  console.error("usage: node inert.mjs FILE...");
  process.exit(2);
}
const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  const context = await browser.newContext({ bypassCSP: true, offline: true });
  for (const file of files) {
    await open(context, file).catch((error) => faults.push(`${file}: ${error.message}`));
  }
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${files.length} files in a browser: ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

async function open(context, file) {
  const address = pathToFileURL(resolve(file)).href;
  const page = await context.newPage();
  const fault = (text) => faults.push(`${file}: ${text}`);
  page.on("request", (request) => {
    if (request.url() !== address) fault(`asks for ${request.url().slice(0, 200)}`);
  });
  page.on("dialog", (dialog) => { fault(`says ${dialog.message()}`); return dialog.dismiss(); });
  page.on("pageerror", (error) => fault(`error: ${error.message}`));
  page.on("framenavigated", (frame) => {
    if (frame.url() !== address) fault(`goes to ${frame.url().slice(0, 200)}`);
  });
  await page.goto(address, { waitUntil: "load" });
  // Wake whatever waits for its reader.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll("body *, svg, svg *")) {
      for (const kind of ["mouseover", "mouseenter", "focus", "begin", "toggle", "error", "load"]) {
        element.dispatchEvent(new Event(kind));
      }
    }
  });
  const links = await page.evaluate(() => [...document.querySelectorAll("a")].map(
    (link) => link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "",
  ));
  for (const link of links) {
    if (!link.startsWith("#") && !link.startsWith("https://")) fault(`links to ${link}`);
  }
  const title = await page.title();
  const source = await readFile(file, "utf8");
  if (title === "acted" || !source.includes("<title")) fault(`its title is ${title}`);
  await page.close();
}
