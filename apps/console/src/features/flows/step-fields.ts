/** A step of a flow as a form: which places of the file it is made of, and the file with those places changed. Pure; loaded when somebody opens a form. */
import { Document, isMap, isScalar, parseDocument, YAMLMap, type Pair } from 'yaml';
import { t } from '../../language/index.js';
import type { Step } from './outline.js';

export type Place = readonly (string | number)[];

/** A field of the form: a place of the flow file. */
export interface StepField {
  place: Place;
  label: string;
  /** What stands there now; empty: nothing. */
  value: string;
  kind: 'text' | 'expression' | 'number';
}

export interface StepChange {
  place: Place;
  /** Empty takes the place out of the file. */
  value: string;
  kind: StepField['kind'];
}

/** The keys of a flow file in the order in which people write them; a key that is new comes after those before it. */
const order = ['flow', 'description', 'from', 'accept', 'key', 'revision', 'orderBy', 'when', 'enrich', 'map', 'produce', 'permit', 'to', 'waitFor', 'retry', 'blocks', 'priority', 'promise', 'edits']; // prettier-ignore

type Wanted = readonly [place: Place, label: string, kind?: StepField['kind']];

/** Fields of a step, or nothing where the file cannot be read. */
export function fieldsOf(yaml: string, step: Pick<Step, 'id'>): StepField[] {
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents)) return [];
  const at = (place: Place): string => {
    const value: unknown = document.getIn(place);
    return value === undefined || value === null || typeof value === 'object' ? '' : String(value as string | number | boolean);
  };
  const has = (...place: Place) => document.hasIn(place);
  return wantedOf(step.id, has, document).map(([place, label, kind = 'text']) => ({ place, label, value: at(place), kind }));
}

function wantedOf(step: string, has: (...place: Place) => boolean, document: Document): Wanted[] {
  const expression = 'expression' as const;
  if (step === 'source')
    return [
      ...end('from', 'stream', has),
      [['when'], t('Takes only what this holds for'), expression],
    ]; // prettier-ignore
  if (step === 'accept') return [[['accept'], t('Schema that a record must fit')]];
  if (step === 'dedupe')
    return [
      [['key'], t('Key: which document it is'), expression],
      [['revision'], t('Revision: which version of it'), expression],
      [['orderBy'], t('What keeps its order'), expression],
    ];
  if (step === 'map') return [[['map'], t('Mapping')], [['produce'], t('Canonical type that it makes')]]; // prettier-ignore
  if (step === 'permit') return rules(document).flatMap((at) => rule(at, has));
  if (step === 'send')
    return [
      [['retry', 'attempts'], t('Attempts at most'), 'number'],
      [['retry', 'from'], t('First pause between attempts, such as 5s')],
      [['retry', 'to'], t('Longest pause, such as 10m')],
      [['priority'], t('Priority')],
    ];
  if (step === 'settle' || step === 'target')
    return [
      ...end('to', 'operation', has),
      [['promise', 'within'], t('Promised within, such as 15m')],
      [['promise', 'share'], t('Promised share in percent'), 'number'],
    ];
  if (step.startsWith('enrich.')) return lookup(step.slice('enrich.'.length), has, document);
  return [];
}

const end = (key: 'from' | 'to', of: 'stream' | 'operation', has: (...place: Place) => boolean): Wanted[] =>
  has(key, 'canonical')
    ? [[[key, 'canonical'], t('Canonical type')]]
    : [
        [[key, 'connection'], t('Connection')],
        [[key, of], of === 'stream' ? t('Stream') : t('Operation')],
      ];

function lookup(name: string, has: (...place: Place) => boolean, document: Document): Wanted[] {
  const at = (key: string): Place => ['enrich', name, key];
  const by: unknown = document.getIn(at('by'));
  const known = (key: string, label: string): Wanted[] => (has('enrich', name, key) ? [[at(key), label]] : []);
  return [
    ...known('table', t('Table')),
    ...known('connection', t('Connection')),
    ...known('lookup', t('Look-up')),
    ...known('canonical', t('Canonical type')),
    ...(isMap(by)
      ? by.items.map(({ key }): Wanted => [
          ['enrich', name, 'by', keyText(key)],
          t('By {{column}}', { column: keyText(key) }),
          'expression',
        ])
      : []),
    ...(has('enrich', name, 'connection') ? [] : ([[at('asOf'), t('As of which day'), 'expression']] satisfies Wanted[])),
  ];
}

/** The rules that are there, by their number. */
const rules = (document: Document): number[] => {
  const permit = document.toJS() as { permit?: unknown };
  return Array.isArray(permit.permit) ? permit.permit.map((_, at) => at) : [];
};

function rule(at: number, has: (...place: Place) => boolean): Wanted[] {
  const place = (...rest: Place): Place => ['permit', at, ...rest];
  const number = { number: at + 1 };
  return [
    [place('rule'), t('Name of rule {{number}}', number)],
    has(...place('unless'))
      ? [place('unless'), t('Rule {{number}} lets go what this holds for', number), 'expression']
      : [place('when'), t('Rule {{number}} is for what this holds for', number), 'expression'],
    ...(has(...place('then', 'approve')) ? ([[place('then', 'approve'), t('Role that approves, by rule {{number}}', number)]] satisfies Wanted[]) : []),
    ...(has(...place('then', 'hold')) ? ([[place('then', 'hold'), t('Category of what rule {{number}} holds', number)]] satisfies Wanted[]) : []),
    ...(has(...place('then', 'say')) || has(...place('then', 'approve'))
      ? ([[place('then', 'say'), t('Sentence that rule {{number}} says', number)]] satisfies Wanted[])
      : []),
  ];
} // prettier-ignore

/** The file with the places changed: only the keys that hold them are written anew, everything else stays byte for byte. */
export function withChanges(yaml: string, changes: readonly StepChange[]): string {
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents)) return yaml;
  const touched = new Set<string>();
  for (const { place, value, kind } of changes) {
    const before: unknown = document.getIn(place);
    const after = kind === 'number' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    if (after === (before ?? '')) continue;
    touched.add(String(place[0]));
    if (value === '') takeOut(document, place);
    else document.setIn(place, after);
  }
  return [...touched].reduce((text, key) => written(text, key, document), yaml);
}

/** A mapping that has nothing left goes with its last place. */
function takeOut(document: Document, place: Place): void {
  document.deleteIn(place);
  const above = place.slice(0, -1);
  const left: unknown = above.length > 0 ? document.getIn(above) : undefined;
  if (isMap(left) && left.items.length === 0) takeOut(document, above);
}

function written(text: string, key: string, changed: Document): string {
  const pair = pairOf(changed, key);
  const piece = pair === undefined ? '' : alone(pair);
  const now = parseDocument(text);
  const range = rangeOf(now, key, text);
  if (range) return text.slice(0, range[0]) + piece + text.slice(range[1]);
  const before = order.slice(0, order.indexOf(key)).findLast((one) => pairOf(now, one) !== undefined);
  const at = before === undefined ? 0 : rangeOf(now, before, text)![1];
  const head = text.slice(0, at);
  return `${head}${head === '' || head.endsWith('\n') ? '' : '\n'}${piece}${text.slice(at)}`;
}

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);
const pairOf = ({ contents }: Document, key: string): Pair | undefined =>
  isMap(contents) ? contents.items.find((pair) => keyText(pair.key) === key) : undefined;

function alone(pair: Pair): string {
  const document = new Document();
  const map = new YAMLMap();
  map.items.push(pair);
  document.contents = map as never;
  return document.toString({ lineWidth: 0, singleQuote: true });
}

/** From the key to the end of its last line. */
function rangeOf(document: Document, key: string, text: string): [number, number] | undefined {
  const pair = pairOf(document, key);
  if (!pair) return undefined;
  const from = (pair.key as { range: [number, number, number] }).range[0];
  const value = pair.value as { range?: [number, number, number] } | null;
  const to = value?.range?.[1] ?? (pair.key as { range: [number, number, number] }).range[1];
  const line = text.indexOf('\n', Math.max(from, to - 1));
  return [from, line < 0 ? text.length : line + 1];
}
