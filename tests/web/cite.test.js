// What a citation manager meets: BibTeX and CSL-JSON of the example's pages, read by citation.js.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSite } from './site.js';

const require = createRequire(import.meta.url);
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
require('@citation-js/plugin-csl');

/** Reads what a page shows in `<pre>` below "How to cite": BibTeX, then CSL-JSON. */
function citations(folder, path) {
  const page = readFileSync(join(folder, path, 'index.html'), 'utf8').split('id="cite"')[1];
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#x2F': '/' };
  const texts = [...page.matchAll(/<pre><code>([^<]*)<\/code>/g)].slice(0, 2);
  return texts.map(([, text]) => text.replace(/&(#?\w+);/g, (_, name) => named[name]));
}

describe('a citation', () => {
  let site;

  before(() => (site = buildSite()));
  after(() => site?.remove());

  for (const path of ['analyses/spring-cut', 'analyses/recall']) {
    test(`of ${path} says the same in both forms`, () => {
      const [bibtex, csl] = citations(site.folder, path).map((text) => new Cite(text).data);
      assert.equal(bibtex.length, 1);
      assert.equal(csl.length, 1);
      assert.equal(bibtex[0].title, csl[0].title);
      assert.equal(bibtex[0].URL, csl[0].URL);
      assert.deepEqual(bibtex[0].issued['date-parts'], csl[0].issued['date-parts']);
      const names = (authors) => authors?.map((name) => name.literal ?? [name.given, name.family].filter(Boolean).join(' '));
      assert.deepEqual(names(bibtex[0].author), names(csl[0].author));
    });

    test(`of ${path} can be set in a style`, () => {
      const [, csl] = citations(site.folder, path);
      const text = new Cite(csl).format('bibliography', { template: 'apa', lang: 'en-US' });
      assert.match(text, /\((2025|2026), [A-Z][a-z]+ \d+\)/);
    });
  }
});
