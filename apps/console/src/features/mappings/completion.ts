import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { bindingTable, functionTable } from '@waybill/mapping-language';

/** JSONata's own functions that the language keeps, with their arguments. */
const builtIn: [string, string, string][] = [
  ['$append', '(array, array)', 'Two arrays as one'],
  ['$contains', '(text, pattern)', 'Does the text contain it?'],
  ['$count', '(array)', 'How many'],
  ['$distinct', '(array)', 'Each value once'],
  ['$each', '(object, function)', 'A function for every field'],
  ['$exists', '(value)', 'Is there a value?'],
  ['$filter', '(array, function)', 'What the function says yes to'],
  ['$join', '(array, separator)', 'Texts as one'],
  ['$keys', '(object)', 'Names of the fields'],
  ['$length', '(text)', 'Characters'],
  ['$lookup', '(object, key)', 'The value of a field by name'],
  ['$lowercase', '(text)', 'In small letters'],
  ['$map', '(array, function)', 'Each by the function'],
  ['$match', '(text, pattern)', 'What matches'],
  ['$merge', '(array)', 'Objects as one'],
  ['$not', '(value)', 'The opposite'],
  ['$number', '(value)', 'As a number; not for money'],
  ['$pad', '(text, width, char)', 'Padded to a width'],
  ['$reduce', '(array, function, start)', 'Folded to one value'],
  ['$replace', '(text, pattern, by)', 'Replaced'],
  ['$reverse', '(array)', 'The other way round'],
  ['$sort', '(array, function)', 'Sorted'],
  ['$split', '(text, separator)', 'Cut into parts'],
  ['$string', '(value)', 'As text'],
  ['$substring', '(text, start, length)', 'A part'],
  ['$substringAfter', '(text, mark)', 'What comes after'],
  ['$substringBefore', '(text, mark)', 'What comes before'],
  ['$trim', '(text)', 'Without spaces at the ends'],
  ['$type', '(value)', 'Its type, as a word'],
  ['$uppercase', '(text)', 'In capital letters'],
];

const functions: Completion[] = [
  ...functionTable.map((f): Completion => ({
    label: f.name,
    apply: `${f.name}(`,
    detail: f.signature,
    info: f.summary,
    type: 'function',
    boost: 2,
  })),
  ...bindingTable.map((b): Completion => ({ label: b.name, info: b.summary, type: 'variable', boost: 3 })),
  ...builtIn.map(([label, detail, info]): Completion => ({ label, apply: `${label}(`, detail, info, type: 'function' })),
];

/** Keys of the sample at the path before the cursor; `$functions`; variables of the text. */
export function jsonataCompletion(sample: () => { input: unknown; enriched: unknown }): Extension {
  return autocompletion({
    override: [(context) => complete(context, sample())],
    icons: false,
    activateOnTyping: true,
  });
}

export function complete(context: CompletionContext, sample: { input: unknown; enriched: unknown }): CompletionResult | null {
  const dollar = context.matchBefore(/\$[\w.]*$/);
  const path = context.matchBefore(/(?:\$source|\$enriched|\$\$|\$|[A-Za-z_]\w*|\])(?:\.\w+)*\.\w*$/);
  const money = dollar && /^\$(money|date)\./.test(dollar.text);
  if (path && !money) {
    const parts = path.text.split('.');
    const typed = parts.pop() ?? '';
    const fields = fieldsAt(sample, parts);
    if (fields.length) return { from: context.pos - typed.length, options: fields, validFor: /^\w*$/ };
    if (!dollar) return null;
  }
  if (dollar) {
    const variables = [...new Set(context.state.doc.toString().match(/\$\w+(?=\s*:=)/g) ?? [])].map((label): Completion => ({
      label,
      type: 'variable',
      detail: 'of this mapping',
      boost: 4,
    }));
    return { from: dollar.from, options: [...variables, ...functions], validFor: /^\$[\w.]*$/ };
  }
  const word = context.matchBefore(/[A-Za-z_]\w*$/);
  if (!word && !context.explicit) return null;
  const options = fieldsOf(sample.input);
  return options.length ? { from: word?.from ?? context.pos, options, validFor: /^\w*$/ } : null;
}

function fieldsAt(sample: { input: unknown; enriched: unknown }, parts: string[]): Completion[] {
  const [first, ...rest] = parts;
  const roots: Record<string, unknown> = { $source: sample.input, $enriched: sample.enriched, $$: sample.input, $: sample.input };
  const start = first !== undefined && first in roots ? roots[first] : step(sample.input, first ?? '');
  return fieldsOf(rest.reduce(step, start));
}

/** Like JSONata: a field of an array is that field of its items. */
function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.flatMap((item) => step(item, key) ?? []);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function fieldsOf(value: unknown): Completion[] {
  const objects = (Array.isArray(value) ? value : [value]).filter(
    (item): item is Record<string, unknown> => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
  const seen = new Map<string, unknown>();
  for (const item of objects) for (const [key, inner] of Object.entries(item)) if (!seen.has(key)) seen.set(key, inner);
  return [...seen].map(([key, inner]) => ({
    label: key,
    apply: /^[A-Za-z_]\w*$/.test(key) ? key : `\`${key}\``,
    detail: example(inner),
    type: 'property',
    boost: 5,
  }));
}

function example(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`;
  if (typeof value === 'object' && value !== null) return '{…}';
  const text = JSON.stringify(value) ?? '';
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
