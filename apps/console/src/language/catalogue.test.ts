// Every text in the code stands in the German catalogue with the same placeholders and its plural forms, and the catalogue holds nothing else.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const src = join(process.cwd(), 'apps/console/src');
const german = JSON.parse(readFileSync(join(src, 'language/de.json'), 'utf8')) as Record<string, string>;

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\.|schema\.d\.ts$|^language[\\/]/.test(file),
);

function keysOfCall(name: string, first?: string, second?: string, third?: string): (string | undefined)[] {
  switch (name) {
    case 't':
    case 'rich':
      return [first];
    case 'tIn':
      return [first === undefined || second === undefined ? undefined : `${second}_${first}`];
    case 'counted':
      return third === undefined ? [undefined] : [`${third}_one`, `${third}_other`];
    default:
      return [];
  }
}

/** Keys by where they are first said; a key that is not written out has no place in a catalogue. */
function keysOf(text: string, file: string): { keys: string[]; unclear: string[] } {
  const keys: string[] = [];
  const unclear: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [first, second, third] = node.arguments.map((given) => (ts.isStringLiteral(given) ? given.text : undefined));
      for (const key of keysOfCall(node.expression.text, first, second, third))
        if (key === undefined) unclear.push(`${file}: ${node.getText(source).slice(0, 80)}`);
        else keys.push(key);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { keys, unclear };
}

const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!))].sort();
const english = (key: string): string => key.replace(/_(one|other)$/, '');

describe('the German catalogue', () => {
  const found = files.map((file) => keysOf(readFileSync(join(src, file), 'utf8'), file));
  const used = new Set(found.flatMap(({ keys }) => keys));

  it('is asked for keys that are written out', () => expect(found.flatMap(({ unclear }) => unclear)).toEqual([]));

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
