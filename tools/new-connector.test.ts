// The skeleton of a connector passes its own tests and type-checks as it is written; a name that cannot be is refused with a sentence.
import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { newConnector } from './new-connector.mjs';

const root = resolve(import.meta.dirname, '..');
// As deep as connectors/, so that the paths of the skeleton lead where they will; left out by git and by the test runner.
const folder = join(root, '.nx');
const name = `try-out-${process.pid}`;
await mkdir(folder, { recursive: true });
const written = await newConnector({ name, title: 'Try-out Books', folder });
afterAll(() => rmSync(written, { recursive: true, force: true }));

// Its suites register themselves here.
await import(join(written, `src/${name}.test.ts`));

describe('a new connector', () => {
  it('type-checks', () => {
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/tsnative/bin/tsc'), '-p', written, '--noEmit'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
  it.each([
    ['a capital letter', 'Acme', 'Acme', /no name for a connector/],
    ['a path', '../acme', 'Acme', /no name for a connector/],
    ['no title', 'acme', '', /title/],
    ['a quote in the title', 'acme', "Ada's", /title/],
    ['a name that is taken', name, 'Again', /is there already/],
  ])('is not written for %s', async (_, given, title, words) => {
    await expect(newConnector({ name: given, title, folder })).rejects.toThrow(words);
  });
});
