// The golden site "invented", built into a temporary folder and served from this machine.

import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Makes a folder that goes again. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-web-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Copies a golden site into a temporary folder with other settings. */
export function copySite(name, change) {
  const copy = temporary();
  cpSync(join(repository, `tests/golden/${name}/in`), copy.folder, { recursive: true });
  const settings = join(copy.folder, 'site.toml');
  writeFileSync(settings, change(readFileSync(settings, 'utf8')));
  return copy;
}

/** Builds a golden site, or that of a folder, and returns its folder; `more` are further arguments of `dateline build`. */
export function buildSite(name = 'invented', more = [], built = temporary()) {
  const root = name.startsWith('/') ? name : `tests/golden/${name}/in`;
  const args = ['run', '--quiet', '--', 'build', '--root', root, '--out', built.folder, '--now', '2026-06-01', '--format', 'json'];
  execFileSync('cargo', [...args, ...more], { cwd: repository });
  // A build puts forecasts on record beside site.toml; the golden site has none.
  rmSync(resolve(repository, root, 'forecasts.lock'), { force: true });
  return built;
}

/** Lists the files of the site with one of some endings. */
export function filesOf(folder, endings) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => endings.includes(extname(file)));
  return files.filter((file) => !file.startsWith('.')).sort();
}

/** Gives the errors and the warnings of the Nu checker on files of the site, each once. */
export function faults(folder, files) {
  const jar = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
  const args = ['-jar', jar, '--also-check-css', '--also-check-svg', '--format', 'json', ...files.map((file) => join(folder, file))];
  const { stderr, error } = spawnSync('java', args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error) throw error;
  const found = JSON.parse(stderr).messages.filter(({ type, subType }) => type === 'error' || subType === 'warning');
  return [...new Set(found.map((one) => `${one.url?.split(folder).pop()}:${one.lastLine}: ${one.message} ${one.extract ?? ''}`))];
}

/** The policy that pages are published with, from where it is written. */
export function policy() {
  const [, policy] = readFileSync(join(repository, 'src/publish/headers.rs'), 'utf8').match(/POLICY: &str = "([^"]+)"/);
  return policy;
}

/** Serves a folder as a plain host does: a folder's index.html, and 404.html for what is not there; `zipped`, if asked. */
export async function serve(folder, headers = {}, { zipped = false } = {}) {
  const server = createServer((request, response) => {
    let path = normalize(decodeURIComponent(new URL(request.url, 'http://host').pathname));
    if (path.endsWith('/')) path += 'index.html';
    const file = join(folder, path);
    const found = existsSync(file) && extname(file) !== '';
    const type = types[found ? extname(file) : '.html'] ?? 'application/octet-stream';
    const zips = zipped && /text|json|svg/.test(type);
    response.writeHead(found ? 200 : 404, { ...headers, 'content-type': type, ...(zips && { 'content-encoding': 'gzip' }) });
    const bytes = readFileSync(found ? file : join(folder, '404.html'));
    response.end(zips ? gzipSync(bytes) : bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Gives what axe says against a page, under WCAG 2.2 AA and its own best practices; `rules` turns some of its rules off. */
export async function violations(page, rules = {}) {
  // The page's own policy keeps scripts out that it does not name, so this one comes through the debugger.
  await page.evaluate(axe);
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate((options) => axe.run(options), { runOnly, rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join('\n  ')}`);
}

/** Starts Chromium, which is the system's own and must not call anybody. */
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** The pages that stand for all others: one of each kind. */
export const pages = {
  home: '/',
  analysis: '/analyses/spring-cut/',
  'analysis-picture': '/analyses/recall/',
  company: '/companies/orbital-kettle/',
  unit: '/companies/orbital-kettle/foundry/',
  person: '/people/nia-quill/',
  page: '/how-we-work/',
  claims: '/claims/',
  disputed: '/claims/disputed/',
  corrections: '/corrections/',
  sources: '/sources/',
  source: '/sources/orbit-8k/',
  list: '/analyses/',
  companies: '/companies/',
  tags: '/tags/',
  series: '/series/the-kettle-file/',
  missing: '/404.html',
};
