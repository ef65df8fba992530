import { isMap, isPair, isScalar, isSeq, parseDocument, Scalar, visit } from 'yaml';

/** What is known of a place of the file; generated of the shape that the engine checks. */
export interface FlowKey {
  summary: string;
  /** Which keys go together; more than one where there is a choice. */
  forms?: readonly { required: readonly string[]; optional: readonly string[] }[];
  constants?: readonly string[];
  holds?: 'list' | 'names';
}
export type FlowKeys = Readonly<Record<string, FlowKey>>;

/** Where in the file something is written. */
export interface FlowSpot {
  writing: 'key' | 'value';
  /** Of the mapping that the key is of, or of the value; `*` stands for a place in a list. */
  path: string[];
  /** What else the mapping says; of what is no plain word, nothing. */
  beside: ReadonlyMap<string, string | undefined>;
  from: number;
  typed: string;
  /** A colon stands behind the key already. */
  colon: boolean;
}

export interface Offer {
  label: string;
  summary: string;
  apply: string;
  first: boolean;
}

/** Stands where the next word will; no file has it. */
const marker = 'waybill_next_word';

/** Where the cursor is, unless it is in a comment, a quoted text or in the middle of a sentence. */
export function spotAt(text: string, offset: number): FlowSpot | undefined {
  const typed = /(?:[A-Za-z0-9][\w@/.-]*)?$/.exec(text.slice(0, offset))![0];
  const from = offset - typed.length;
  const rest = /^[\w@/.-]*/.exec(text.slice(offset))![0];
  const behind = text.slice(offset + rest.length);
  const colon = /^[ \t]*:(?=\s|$)/.test(behind);
  const beginsLine = /(?:^|\n)[ \t]*(?:- +)*$/.test(text.slice(0, from));
  // A word that begins a line is a key whose colon is not written yet, unless its braces are open.
  for (const end of beginsLine && !colon ? ['', ':'] : ['']) {
    const spot = spotOfMarker(`${text.slice(0, from)}${marker}${end}${behind}`);
    if (spot && !(end === '' && beginsLine && !colon && spot.writing === 'value')) return { ...spot, from, typed, colon };
  }
  return undefined;
}

function spotOfMarker(text: string): Pick<FlowSpot, 'writing' | 'path' | 'beside'> | undefined {
  let found: Pick<FlowSpot, 'writing' | 'path' | 'beside'> | undefined;
  visit(parseDocument(text, { logLevel: 'silent' }), {
    Scalar(role, node, ancestors) {
      if (node.value !== marker || node.type !== Scalar.PLAIN) return undefined;
      const path = ancestors.flatMap((one) => (isSeq(one) ? ['*'] : isPair(one) ? [wordOf(one.key) ?? ''] : []));
      const holder = ancestors.findLast(isMap);
      const beside = new Map(
        (holder?.items ?? []).flatMap(({ key, value }): [string, string | undefined][] => {
          const name = wordOf(key);
          return name === undefined || name === marker ? [] : [[name, wordOf(value)]];
        }),
      );
      found = role === 'key' ? { writing: 'key', path: path.slice(0, -1), beside } : { writing: 'value', path, beside };
      return visit.BREAK;
    },
  });
  return found;
}

const wordOf = (node: unknown): string | undefined => (isScalar(node) && node.value !== null ? String(node.value) : undefined);

/** The path as the keys are known by: names that the file makes up are `*`. */
export function knownPath(path: readonly string[], keys: FlowKeys): string | undefined {
  let known = '';
  for (const part of path) {
    const next = keys[known]?.holds ? '*' : part;
    if (part === '*' && keys[known]?.holds !== 'list') return undefined;
    known = known === '' ? next : `${known}.${next}`;
    if (!keys[known]) return undefined;
  }
  return known;
}

/** A rule has one of them. */
const either: Record<string, string> = { when: 'unless', unless: 'when' };

/** Keys that are not there yet and go with those that are, the required ones first; or the constants of a value. */
export function offersAt(spot: FlowSpot, keys: FlowKeys): Offer[] {
  const path = knownPath(spot.path, keys);
  const here = path === undefined ? undefined : keys[path];
  if (path === undefined || here === undefined) return [];
  if (spot.writing === 'value')
    return (here.constants ?? []).map((label) => ({ label, summary: here.summary, apply: label, first: false }));
  const present = [...spot.beside.keys()];
  const forms = (here.forms ?? []).filter(({ required, optional }) => present.every((key) => required.includes(key) || optional.includes(key))); // prettier-ignore
  const required = new Set(forms.flatMap((form) => form.required));
  return [...new Set([...required, ...forms.flatMap((form) => form.optional)])]
    .filter((key) => !spot.beside.has(key) && !(path === 'permit.*' && spot.beside.has(either[key] ?? '')))
    .map((label) => ({
      label,
      summary: keys[path === '' ? label : `${path}.${label}`]?.summary ?? '',
      apply: spot.colon ? label : `${label}: `,
      first: required.has(label),
    }));
}

/** The key under a pointer, with its summary. */
export function summaryAt(
  text: string,
  offset: number,
  keys: FlowKeys,
): { name: string; summary: string; from: number; to: number } | undefined {
  const to = offset + /^\w*/.exec(text.slice(offset))![0].length;
  const spot = spotAt(text, to);
  if (!spot || spot.writing !== 'key' || !spot.colon || spot.typed === '') return undefined;
  const path = knownPath([...spot.path, spot.typed], keys);
  const summary = path === undefined ? undefined : keys[path]?.summary;
  return summary ? { name: spot.typed, summary, from: spot.from, to } : undefined;
}
