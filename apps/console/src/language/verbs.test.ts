// What a notice says was done, or could not be, is the verb of a button that does it: in English, and in German.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { codeFiles, saidWithin, src } from '../../test/texts-of-code.js';
import { participle, partizip, running, verbOf, verbsOf, withZu, wordsOf } from '../../test/verbs.js';

const german = JSON.parse(readFileSync(join(src, 'language/de.json'), 'utf8')) as Record<string, string>;

interface Text {
  text: string;
  key: string;
  file: string;
}

const isCallOf = (node: ts.Node, name: string): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name && node.arguments.length > 0;
const named = (node: ts.Node, name: string): node is ts.PropertyAssignment | ts.VariableDeclaration =>
  (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && node.name.getText() === name && node.initializer !== undefined;
const isButton = (node: ts.JsxOpeningLikeElement): boolean => /Button|Menu\.Item|ActionIcon/.test(node.tagName.getText());

/** Titles that are said by another name than `done(…)` and `failed(…)` have them; each is read where its words are. */
const elsewhere: Record<string, (node: ts.Node) => ts.Node[]> = {
  'parts/views.tsx': (node) => (isCallOf(node, 'after') ? [node.arguments[0]!] : []),
  'features/flows/release-acts.tsx': (node) => (named(node, 'done') ? [node.initializer!] : []),
  'features/exceptions/acts.ts': (node) => (named(node, 'outcomes') ? [node.initializer!] : []),
};
/** What is passed on from there. */
const passedOn = ['title', 'otherwise', 'acts[act].done', 'outcomeWords(word, outcome)'];

const done: Text[] = [];
const failed: Text[] = [];
const buttons: Text[] = [];
const silent: string[] = [];

for (const { file, source } of codeFiles()) {
  const take = (into: Text[], node: ts.Node): void => {
    for (const { text, key } of saidWithin(node)) if (text !== undefined && key !== undefined) into.push({ text, key, file });
  };
  const visit = (node: ts.Node): void => {
    for (const [name, into] of [
      ['done', done],
      ['failed', failed],
    ] as const)
      // prettier-ignore
      if (isCallOf(node, name)) {
        const title = node.arguments[0]!;
        if (saidWithin(title).length === 0 && !passedOn.includes(title.getText())) silent.push(`${file}: ${node.getText().slice(0, 80)}`);
        take(into, title);
      }
    for (const title of elsewhere[file]?.(node) ?? []) take(done, title);
    if (file === 'parts/views.tsx' && isCallOf(node, 'after')) take(failed, node.arguments[1]!);
    if (named(node, 'verb')) take(buttons, node.initializer!);
    if (ts.isJsxElement(node) && isButton(node.openingElement)) node.children.forEach((child) => take(buttons, child));
    if (ts.isJsxAttribute(node) && node.initializer) {
      const of = node.parent.parent;
      const name = node.name.getText();
      if (name === 'verb' || (name === 'aria-label' && isButton(of))) take(buttons, node.initializer);
      if (name === 'title' && of.tagName.getText() === 'Refused') take(failed, node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Files whose button is pressed in another file of their room. */
const pressedElsewhere = ['features/connections/consent-return.tsx', 'features/exceptions/acts.ts', 'features/tables/use-begin-draft.ts'];

/** Buttons of its file that could have done it. */
const pressedFor = ({ file }: Text, does: (button: Text) => boolean): Text[] =>
  buttons.filter(
    (button) => (button.file === file || (pressedElsewhere.includes(file) && dirname(button.file) === dirname(file))) && does(button),
  );

const says = (title: Text) => (button: Text) => {
  const verb = verbOf(button.text);
  const words = wordsOf(title.text);
  if (title.text.startsWith('Nothing to ')) return words[2] === verb;
  return words.includes(participle(verb)) || words.includes(running(verb));
};
const refuses = (title: Text) => (button: Text) => wordsOf(title.text)[2] === verbOf(button.text);

/** In German one of these buttons has the verb: over, or as it is asked for. */
function germanSays(title: Text, pressed: readonly Text[]): boolean {
  const words = wordsOf(german[title.key]!);
  const verbs = pressed.flatMap((button) => verbsOf(german[button.key]!));
  const asked = words.includes('nicht') || words.includes('nichts');
  return verbs.some((verb) => words.includes(partizip(verb)) || (asked && (words.includes(verb) || words.includes(withZu(verb)))));
}

const told = (title: Text): string => `${title.file}: ${title.text} = ${german[title.key]}`;
/** The verb of the button itself stands in it, whichever it is. */
const ofItself = ({ text }: Text): boolean => text === 'Could not {{verb}}';
/** What fails without a button: a page that reads, a search that goes on by itself, a rule of the engine. */
const refused = failed.filter((title) => title.text.startsWith('Could not ') && !ofItself(title));

describe('what was done', () => {
  it('is written out where it is said', () => {
    expect(silent).toEqual([]);
    expect(done.length).toBeGreaterThan(80);
    expect(refused.length).toBeGreaterThan(40);
  });

  it('has the verb of a button that does it', () =>
    expect(done.filter((title) => pressedFor(title, says(title)).length === 0).map(told)).toEqual([]));

  it('has it in German', () => expect(done.filter((title) => !germanSays(title, pressedFor(title, says(title)))).map(told)).toEqual([]));

  it('and what could not be done has it, in both', () => {
    expect(refused.filter((title) => pressedFor(title, refuses(title)).length === 0).map(told)).toEqual([]);
    expect(refused.filter((title) => !germanSays(title, pressedFor(title, refuses(title)))).map(told)).toEqual([]);
  });

  it('is not said by a notice of failure in other words', () =>
    expect(failed.filter((title) => !title.text.startsWith('Could not ')).map(({ text }) => text)).toEqual([
      'It cannot be corrected like that',
      'Payloads were not searched',
      'The search stopped',
    ]));
});
