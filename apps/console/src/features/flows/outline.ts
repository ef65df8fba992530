import { t } from '../../language/index.js';
/** A flow as a list of steps: what the graph draws and what the outline reads out. Pure, made of the checked definition. */
export interface Step {
  id: string;
  kind: 'end' | 'stage' | 'lookup';
  stage: string;
  title: string;
  lines: string[];
  /** Ids of the steps before. */
  after: string[];
  /** Key of the flow file that says it. */
  key: string;
  counts: { state: string; count: number }[];
}

type End = { connection?: string | null; stream?: string | null; operation?: string | null; canonical?: string | null };

/** `stripe · invoices`, `invoice@1`. */
export function endOf(end: End | undefined): string {
  if (!end) return '–';
  if (end.canonical) return end.canonical;
  return [end.connection, end.stream ?? end.operation].filter(Boolean).join(' · ') || '–';
}

/** At which stage messages of a state stand. An exception can stand anywhere, so it is told for the whole flow. */
const standsAt: Record<string, string> = {
  ready: 'accept',
  claimed: 'accept',
  blocked: 'accept',
  duplicate: 'dedupe',
  superseded: 'dedupe',
  held: 'permit',
  skipped: 'permit',
  waiting: 'send',
  in_flight: 'send',
  in_doubt: 'send',
  posted: 'settle',
};

type Definition = {
  from?: End;
  to?: End;
  accept?: string;
  key?: string;
  when?: string;
  enrich?: Record<string, { table?: string; canonical?: string; connection?: string; lookup?: string }>;
  map?: string;
  produce?: string;
  permit?: { rule?: string; then?: unknown }[];
  waitFor?: { posted?: string }[];
  retry?: { attempts?: number };
};

type Lookup = NonNullable<Definition['enrich']>[string];

function lookupLine({ table, canonical, connection, lookup }: Lookup): string {
  if (table) return t('table {{table}}', { table });
  return canonical ? t('hub · {{canonical}}', { canonical }) : `${connection ?? ''} · ${lookup ?? ''}`;
}

export function outlineOf(definition: unknown, counts: Record<string, number> = {}): Step[] {
  const flow = (typeof definition === 'object' && definition !== null ? definition : {}) as Definition;
  const at = (stage: string) =>
    Object.entries(counts)
      .filter(([state, count]) => standsAt[state] === stage && count > 0)
      .map(([state, count]) => ({ state, count }));
  const lookups = Object.entries(flow.enrich ?? {}).map(([name, lookup]): Step => ({
    id: `enrich.${name}`,
    kind: 'lookup',
    stage: 'enrich',
    title: name,
    lines: [lookupLine(lookup)],
    after: ['dedupe'],
    key: 'enrich',
    counts: [],
  }));
  const rules = (flow.permit ?? []).map((rule) => `${rule.rule ?? 'rule'}: ${verdictOf(rule.then)}`);
  return [
    {
      id: 'source',
      kind: 'end',
      stage: 'source',
      title: endOf(flow.from),
      lines: flow.when ? [t('only when {{when}}', { when: flow.when })] : [],
      after: [],
      key: 'from',
      counts: [],
    },
    {
      id: 'accept',
      kind: 'stage',
      stage: 'accept',
      title: 'accept',
      lines: flow.accept ? [t('schema {{accept}}', { accept: flow.accept })] : [],
      after: ['source'],
      key: 'accept',
      counts: at('accept'),
    },
    {
      id: 'dedupe',
      kind: 'stage',
      stage: 'dedupe',
      title: 'dedupe',
      lines: flow.key ? [t('key {{key}}', { key: flow.key })] : [],
      after: ['accept'],
      key: 'key',
      counts: at('dedupe'),
    },
    ...lookups,
    {
      id: 'map',
      kind: 'stage',
      stage: 'map',
      title: 'map',
      lines: [flow.map ?? '–', ...(flow.produce ? [t('gives {{produce}}', { produce: flow.produce })] : [])],
      after: lookups.length ? lookups.map((lookup) => lookup.id) : ['dedupe'],
      key: 'map',
      counts: at('map'),
    },
    {
      id: 'permit',
      kind: 'stage',
      stage: 'permit',
      title: 'permit',
      lines: rules.length ? rules : [t('no rules')],
      after: ['map'],
      key: 'permit',
      counts: at('permit'),
    },
    {
      id: 'send',
      kind: 'stage',
      stage: 'send',
      title: 'send',
      lines: [
        ...(flow.waitFor ?? []).map((wait) => t('waits for {{posted}}', { posted: wait.posted ?? '' })),
        ...(flow.retry?.attempts ? [t('up to {{attempts}} attempts', { attempts: flow.retry.attempts })] : []),
      ],
      after: ['permit'],
      key: 'retry',
      counts: at('send'),
    },
    { id: 'settle', kind: 'stage', stage: 'settle', title: 'settle', lines: [], after: ['send'], key: 'to', counts: at('settle') },
    { id: 'target', kind: 'end', stage: 'target', title: endOf(flow.to), lines: [], after: ['settle'], key: 'to', counts: [] },
  ];
}

function verdictOf(then: unknown): string {
  if (typeof then === 'string') return then;
  if (typeof then !== 'object' || then === null) return '';
  if ('approve' in then) return t('approval by {{approve}}', { approve: String(then.approve) });
  if ('hold' in then) return t('hold, {{hold}}', { hold: String(then.hold) });
  return '';
}

/** Line of the flow file on which a key stands; 1 is the first. */
export function lineOfKey(yaml: string, key: string): number | undefined {
  const index = yaml.split('\n').findIndex((line) => line.startsWith(`${key}:`));
  return index < 0 ? undefined : index + 1;
}
