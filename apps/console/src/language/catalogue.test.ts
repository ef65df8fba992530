// Every text in the code stands in the German catalogue with the same placeholders and its plural forms, and the catalogue holds nothing else.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeFiles, saidWithin, src } from '../../test/texts-of-code.js';

const german = JSON.parse(readFileSync(join(src, 'language/de.json'), 'utf8')) as Record<string, string>;

const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!))].sort();
const english = (key: string): string => key.replace(/_(one|other)$/, '');

describe('the German catalogue', () => {
  const found = codeFiles().flatMap(({ file, source }) => saidWithin(source).map((said) => ({ ...said, file })));
  const used = new Set(found.flatMap(({ key }) => key ?? []));

  it('is asked for keys that are written out', () =>
    expect(found.filter(({ key }) => key === undefined).map(({ file, at }) => `${file}: ${at.getText().slice(0, 80)}`)).toEqual([]));

  it('has every text that is said', () => {
    expect(used.size).toBeGreaterThan(2000);
    expect([...used].filter((key) => !german[key])).toEqual([]);
  });

  it('has none that nobody says', () => expect(Object.keys(german).filter((key) => !used.has(key))).toEqual([]));

  it('holds the same values as the English text; where one is meant, its number may be a word', () => {
    const wrong = Object.entries(german).filter(([key, text]) => {
      const [asked, given] = [placeholders(english(key)), placeholders(text)];
      const missing = asked.filter((name) => !given.includes(name) && !(name === 'count' && key.endsWith('_one')));
      return missing.length > 0 || given.some((name) => !asked.includes(name));
    });
    expect(wrong).toEqual([]);
  });

  it('is sorted, so that two who add to it do not meet', () => {
    const keys = Object.keys(german);
    expect(keys).toEqual([...keys].sort());
  });
});
