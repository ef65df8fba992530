/** The console's own files as a parser reads them, and what their calls of the language room say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const src = join(process.cwd(), 'apps/console/src');

/** Every file that people hear from; neither tests, nor generated types, nor the language room. */
export const codeFiles = (): { file: string; source: ts.SourceFile }[] =>
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|schema\.d\.ts$|^language[\\/]/.test(file))
    .map((file) => ({
      file,
      source: ts.createSourceFile(
        file,
        readFileSync(join(src, file), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
        file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
      ),
    }));

/** A text in English, with its key in a catalogue; without either where it is not written out. */
export interface Said {
  text: string | undefined;
  key: string | undefined;
}

/** What a call says, if it is one of the language room. */
function saidByCall(name: string, first?: string, second?: string, third?: string): Said[] {
  switch (name) {
    case 't':
    case 'rich':
      return [{ text: first, key: first }];
    case 'tIn':
      return [{ text: second, key: first === undefined || second === undefined ? undefined : `${second}_${first}` }];
    case 'counted':
      return [
        { text: second, key: third && `${third}_one` },
        { text: third, key: third && `${third}_other` },
      ];
    default:
      return [];
  }
}

/** Everything said within a node; `at` is the call that says it. */
export function saidWithin(node: ts.Node): (Said & { at: ts.Node })[] {
  const all: (Said & { at: ts.Node })[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isCallExpression(inner) && ts.isIdentifier(inner.expression)) {
      const [first, second, third] = inner.arguments.map((given) => (ts.isStringLiteral(given) ? given.text : undefined));
      for (const said of saidByCall(inner.expression.text, first, second, third)) all.push({ ...said, at: inner });
    }
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return all;
}
