import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSection,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { bindingTable, functionTable, plainFunctions, trace, type Place } from '@waybill/mapping-language';
import { t } from '../../language/index.js';
import type { KnownField, KnownFields } from './known-fields.js';

export interface CompletionWorld {
  known: KnownFields;
  tables: readonly { name: string; title: string; key: readonly string[] }[];
}

const fieldSection: CompletionSection = { name: t('Fields'), rank: 1 };
const functionSection: CompletionSection = { name: t('Functions'), rank: 2 };
const variableSection: CompletionSection = { name: t('Variables and tables'), rank: 3 };

/** Stands where the next name will; no record has a field of that name. */
const marker = 'waybill_next_name';

const functions: Completion[] = [
  ...functionTable.map((f): Completion => ({ ...functionOf(f), boost: 2 })),
  ...plainFunctions.map(functionOf),
  ...bindingTable.filter(({ name }) => ['$table', '$require', '$fail'].includes(name)).map(({ name, summary }) => functionOf({ name, signature: '', summary })),
]; // prettier-ignore

function functionOf({ name, signature, summary }: { name: string; signature: string; summary: string }): Completion {
  return { label: name, apply: `${name}(`, detail: signature, info: summary, type: 'function', section: functionSection };
}

const given: Completion[] = bindingTable
  .filter(({ name }) => !['$table', '$require', '$fail'].includes(name))
  .map(({ name, summary }) => ({ label: name, info: summary, type: 'variable', section: variableSection }));

/** In three ranks: fields at the path that the cursor is in, functions, variables and tables. */
export function jsonataCompletion(world: () => CompletionWorld): Extension {
  return autocompletion({ override: [(context) => complete(context, world())], icons: false, activateOnTyping: true });
}

export function complete(context: CompletionContext, world: CompletionWorld): CompletionResult | null {
  const inTable = context.matchBefore(/\$table\(\s*"[\w-]*$/);
  if (inTable) {
    const typed = /[\w-]*$/.exec(inTable.text)![0];
    const options = world.tables.map(({ name, title, key }): Completion => ({ label: name, detail: t('by {{keys}}', { keys: key.join(', ') }), info: title, type: 'variable', section: variableSection })); // prettier-ignore
    return { from: context.pos - typed.length, options, validFor: /^[\w-]*$/ };
  }
  const dollar = context.matchBefore(/\$[\w.]*$/);
  const family = dollar !== null && /^\$(money|date)\./.test(dollar.text);
  const path = family ? null : context.matchBefore(/\.\s*`?\w*$/);
  if (path) {
    const typed = /\w*$/.exec(path.text)![0];
    const options = fieldsAround(context, typed, world);
    if (options.length > 0) return { from: context.pos - typed.length, options, validFor: /^\w*$/ };
    if (!dollar) return null;
  }
  if (dollar) {
    const bound = [...new Set(context.state.doc.toString().match(/\$\w+(?=\s*:=)/g) ?? [])].map((label): Completion => ({ label, type: 'variable', detail: t('of this mapping'), boost: 2, section: variableSection })); // prettier-ignore
    return { from: dollar.from, options: [...functions, ...bound, ...given], validFor: /^\$[\w.]*$/ };
  }
  const word = context.matchBefore(/[A-Za-z_]\w*$/);
  if (!word && !context.explicit) return null;
  const typed = word?.text ?? '';
  const fields = fieldsAround(context, typed, world);
  const options = context.explicit && !word ? [...fields, ...functions, ...given] : fields;
  return options.length > 0 ? { from: context.pos - typed.length, options, validFor: /^\w*$/ } : null;
}

/** The tree says where the cursor is, through variables and functions; where the text is no expression yet, the words before the cursor do. */
function fieldsAround(context: CompletionContext, typed: string, { known }: CompletionWorld): Completion[] {
  const text = context.state.doc.toString();
  const from = context.pos - typed.length;
  // What comes behind the cursor in the same name belongs to it.
  const after = /^\w*/.exec(text.slice(context.pos))![0].length;
  const traced = trace(`${text.slice(0, from)}${marker}${text.slice(context.pos + after)}`);
  const places = traced
    ? traced.reads().flatMap(({ place }): Place[] => (place.path.at(-1) === marker ? [{ root: place.root, path: place.path.slice(0, -1) }] : []))
    : [placeBefore(text.slice(0, from))]; // prettier-ignore
  const fields = new Map<string, KnownField>();
  for (const place of places) for (const field of known.at(place)) if (!fields.has(field.name)) fields.set(field.name, field);
  return [...fields.values()].map(completionOf);
}

const roots: Record<string, Place['root']> = { $source: 'source', $$: 'source', $: 'source', $enriched: 'enriched' };

/** `$enriched.customer.` and the like. */
function placeBefore(text: string): Place {
  const names = /(?:[$\w]+\.)*$/.exec(text)![0].split('.').slice(0, -1);
  const root = roots[names[0] ?? ''];
  return root ? { root, path: names.slice(1) } : { root: 'source', path: names };
}

function completionOf({ name, types, share, example, from, description }: KnownField): Completion {
  const seen = from.includes('sample') || from.includes('recorded');
  return {
    label: name,
    apply: /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``,
    detail: [types.join(` ${t('or')} `), share, example].filter(Boolean).join(' · '),
    ...(description || !seen
      ? { info: [description, seen ? undefined : t('In the schema of the source; in no recorded payload.')].filter(Boolean).join(' ') }
      : {}),
    type: 'property',
    boost: seen ? 5 : 1,
    section: fieldSection,
  };
}
