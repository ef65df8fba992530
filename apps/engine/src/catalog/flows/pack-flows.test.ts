// Every flow that is shipped parses under the name of its file, and every mapping compiles.
import { describe, expect, it } from '@jest/globals';
import { checkExpression } from '@waybill/mapping-language';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readFlowFile } from './flow-file.js';

const mappings = resolve(import.meta.dirname, '../../../../../mappings');
const files = (ending: string) =>
  readdirSync(mappings, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .sort();

describe('the packs', () => {
  it('are found', () => {
    expect(files('.flow.yaml').length).toBeGreaterThan(10);
    expect(files('.jsonata').length).toBeGreaterThan(10);
  });

  it.each(files('.flow.yaml'))('%s parses, under its own name', (file) => {
    const { definition, problems } = readFlowFile(readFileSync(join(mappings, file), 'utf8'));
    expect(problems).toEqual([]);
    expect(definition?.flow).toBe(basename(file, '.flow.yaml'));
  });

  it.each(files('.jsonata'))('%s compiles', (file) => {
    expect(checkExpression(readFileSync(join(mappings, file), 'utf8'))).toEqual([]);
  });
});
