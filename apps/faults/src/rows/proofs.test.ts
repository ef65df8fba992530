// The rows that are proved elsewhere are proved by tests that are there; every row of sections E to H is somewhere.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from './index.js';
import { proofs } from './proofs.js';

const repository = join(import.meta.dirname, '../../../..');

describe('rows that the engine’s own tests prove', () => {
  it.each(proofs.flatMap(({ id, tests }) => tests.flatMap(({ file, titles }) => titles.map((title) => ({ id, file, title })))))(
    'row $id: $title',
    ({ file, title }) => {
      // As a test's name stands in its file: in single quotes or in backticks.
      const text = readFileSync(join(repository, file), 'utf8');
      expect([file, [`'${title}'`, `\`${title}\``].some((written) => text.includes(written))]).toEqual([file, true]);
    },
  );

  it('are rows 45 to 87, with those that are injected here', () => {
    const stated = new Set([...proofs.map(({ id }) => id), ...rows.map(({ id }) => id.replace(/\D+$/, ''))]);
    const missing = Array.from({ length: 87 - 45 + 1 }, (_, n) => String(45 + n)).filter((id) => !stated.has(id));
    expect(missing).toEqual([]);
  });

  it('say what they leave open where they prove nothing', () => {
    expect(proofs.filter(({ tests, open }) => tests.length === 0 && open === undefined)).toEqual([]);
    expect(new Set(proofs.map(({ id }) => id)).size).toBe(proofs.length);
  });
});
