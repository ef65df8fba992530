import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import {
  bindingTable,
  functionTable,
  parseSyntax,
  plainFunctions,
  subExpressionAt,
  type Range,
  type SubExpression,
} from '@waybill/mapping-language';
import { t } from '../../language/index.js';
import type { Seen } from './evaluate.worker.js';
import type { Outcome } from './evaluator.js';

const bindingFunctions = bindingTable.filter(({ name }) => ['$table', '$require', '$fail'].includes(name)).map(({ name, summary }) => ({ name, signature: '', summary })); // prettier-ignore
const documented = new Map([...functionTable, ...plainFunctions, ...bindingFunctions].map((f) => [f.name, f]));

/** The function or the name of the engine that a pointer is over. */
export function documentationAt(
  text: string,
  offset: number,
): { name: string; signature: string; summary: string; from: number; to: number } | undefined {
  const before = /\$[\w.]*$/.exec(text.slice(0, offset + 1));
  if (!before) return undefined;
  const from = before.index;
  const word = /^\$(?:(?:money|date)\.)?\w*/.exec(text.slice(from))![0];
  const to = from + word.length;
  const known =
    documented.get(word) ?? bindingTable.map(({ name, summary }) => ({ name, signature: '', summary })).find(({ name }) => name === word);
  return offset < to && known ? { name: known.name, signature: known.signature, summary: known.summary, from, to } : undefined;
}

/** A part of an expression and what it was; `undefined` values are not told of a part that was never evaluated. */
export interface Looked {
  part: SubExpression;
  text: string;
  words: string;
}

export function partAt(source: string, range: Range): { part: SubExpression; text: string } | undefined {
  const syntax = parseSyntax(source);
  const part = syntax && subExpressionAt(syntax, range.from, range.to);
  return part && { part, text: source.slice(part.from, part.to) };
}

const shownMax = 3;

/** What a part was, as a sentence. */
export function seenWords(outcome: Outcome): string {
  if (!outcome.ok) return t('It cannot be said: {{message}}', { message: outcome.failure.message });
  const { times, values } = JSON.parse(outcome.output) as Seen;
  if (times === 0) return t('With this sample it is not evaluated.');
  const words = [...new Set(values.map((value) => value ?? t('nothing')))];
  const shown = words.slice(0, shownMax).join(' · ');
  if (times === 1) return shown;
  return t('{{values}} (evaluated {{times}} times)', {
    values: words.length > shownMax || times > values.length ? `${shown} · …` : shown,
    times,
  });
}

/** What stands under the pointer: signature and words of a function, and what the part of the expression is with this sample. */
export function lookingExtension(look: (range: Range) => Promise<{ text: string; words: string } | undefined>): Extension {
  return hoverTooltip(async (view, pos) => {
    const source = view.state.doc.toString();
    const documentation = documentationAt(source, pos);
    const looked = await look({ from: pos, to: pos });
    if (!documentation && !looked) return null;
    return {
      pos: documentation?.from ?? pos,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-looking';
        const line = (className: string, words: string) => {
          const row = dom.appendChild(document.createElement('div'));
          row.className = className;
          row.textContent = words;
        };
        if (documentation) {
          line('cm-looking-name', `${documentation.name}${documentation.signature}`);
          line('cm-looking-summary', documentation.summary);
        }
        if (looked) {
          line('cm-looking-part', looked.text.length > 120 ? `${looked.text.slice(0, 119)}…` : looked.text);
          line('cm-looking-value', looked.words);
        }
        return { dom };
      },
    };
  });
}
