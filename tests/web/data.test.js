// What a program meets: the tables of the example, read by Frictionless's own library.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSite } from './site.js';

const { Package } = createRequire(import.meta.url)('datapackage');

describe('the data package', () => {
  let site;
  let descriptor;

  before(async () => {
    site = buildSite();
    descriptor = await Package.load(join(site.folder, 'data', 'datapackage.json'));
  });

  after(() => site?.remove());

  test('is a tabular data package', () => {
    assert.deepEqual(descriptor.errors.map(String), []);
    assert.ok(descriptor.valid);
    assert.deepEqual(descriptor.resourceNames, ['claims', 'relations', 'sources', 'forecasts', 'events', 'entities']);
  });

  test('has rows that are what its schemas say, each with a key of its own', async () => {
    for (const resource of descriptor.resources) {
      const rows = await resource.read({ keyed: true });
      assert.ok(rows.length > 0, `${resource.name} is empty`);
    }
  });
});
