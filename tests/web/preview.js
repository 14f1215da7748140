// A copy of the golden site "invented", shown by `dateline serve`.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Starts a preview on a port that the system chooses, and returns its address and the site's files.
 *  DATELINE_BIN names another build of the program to be tested. */
export async function startPreview() {
  const root = mkdtempSync(join(tmpdir(), 'dateline-preview-'));
  cpSync(join(repository, 'tests/golden/invented/in'), root, { recursive: true });
  // What a build leaves out is wrong on purpose there; here it is shown.
  for (const name of ['draft', 'embargoed', 'expired']) {
    const file = join(root, `content/analyses/${name}/index.md`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('[broken](nowhere.md)', ''));
  }
  const other = process.env.DATELINE_BIN;
  const args = ['serve', '--port', '0', '--now', '2026-06-01', '--root', root];
  const program = spawn(other ?? 'cargo', other ? args : ['run', '--quiet', '--', ...args], { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = await new Promise((found, failed) => {
    let said = '';
    program.stdout.on('data', (bytes) => {
      said += bytes;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (address) found(address[0]);
    });
    program.on('exit', () => failed(new Error(`the preview ended: ${said}`)));
  });
  return {
    origin,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (path, text) => writeFileSync(join(root, path), text),
    remove: (path) => rmSync(join(root, path)),
    close: () => {
      program.kill();
      rmSync(root, { recursive: true });
    },
  };
}
