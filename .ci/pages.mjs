// Serves each page on loopback and holds it to axe-core and Lighthouse; exits 1 when anything is found.
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import puppeteer from 'puppeteer-core';
import lighthouse from 'lighthouse';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const files = process.argv.slice(2);
if (files.length === 0) throw new Error('no pages named');

const server = createServer((request, response) => {
  const file = files[Number(request.url.slice(1))];
  if (request.url === '/favicon.ico' || file === undefined) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, {'content-type': 'text/html; charset=utf-8'}).end(readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
let bad = 0;
const say = (file, what) => {
  bad++;
  console.log(`${file}: ${what}`);
};

for (const [i, file] of files.entries()) {
  const url = `http://127.0.0.1:${server.address().port}/${i}`;
  for (const width of [390, 1280]) {
    for (const scheme of ['light', 'dark']) {
      const page = await browser.newPage();
      await page.setViewport({width, height: 900});
      await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      await page.goto(url);
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
      await page.evaluate(axe); // by the debugger, which no policy of the page stops
      const result = await page.evaluate(() => axe.run(document, {resultTypes: ['violations']}));
      for (const v of result.violations) {
        say(file, `axe ${scheme} ${width}: ${v.id}: ${v.help}: ${v.nodes.length}, first ${v.nodes[0].html.slice(0, 160)} (${v.nodes[0].failureSummary.replace(/\s+/g, ' ').slice(0, 200)})`);
      }
      if (result.passes.length === 0) say(file, `axe ${scheme} ${width}: no rule passed: nothing was looked at`);
      await page.close();
    }
  }
  const page = await browser.newPage();
  const {lhr} = await lighthouse(url, {onlyCategories: ['accessibility', 'best-practices'], logLevel: 'error'}, undefined, page);
  const scores = Object.values(lhr.categories).map((c) => `${c.id} ${Math.round(100 * c.score)}`);
  console.log(`${file}: axe 4 views, Lighthouse ${lhr.lighthouseVersion} ${scores.join(', ')}`);
  for (const category of Object.values(lhr.categories)) {
    if (category.score === 1) continue;
    for (const {id, weight} of category.auditRefs) {
      const audit = lhr.audits[id];
      if (weight > 0 && audit.score !== null && audit.score < 1) {
        say(file, `Lighthouse ${category.id}: ${id}: ${audit.title}: ${JSON.stringify(audit.details?.items ?? []).slice(0, 300)}`);
      }
    }
    if (category.score !== 1) say(file, `Lighthouse ${category.id} is ${category.score}, want 1`);
  }
  await page.close();
}
await browser.close();
server.close();
process.exit(bad > 0 ? 1 : 0);
