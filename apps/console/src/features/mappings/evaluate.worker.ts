import {
  bindingsOf,
  compile,
  differencesOf,
  failureFacts,
  output,
  seeing,
  seeingFunction,
  type Bindings,
  type CaseDifference,
  type GoldenCase,
  type MappingFailureFacts,
  type Range,
  type TableRows,
} from '@waybill/mapping-language';

/** What a mapping is run with beside its text. */
export interface Given {
  input: unknown;
  enriched: unknown;
  flow: unknown;
  delivery: unknown;
  revision: string;
  asOf: string;
  tables: readonly TableRows[];
}

/** Runs a mapping apart from the page: a file of its own, with a policy of its own, that the page may kill at any time. */
export type EvaluateTask =
  /** The output, as JSON with indents. */
  | { kind: 'run'; source: string; given: Given }
  /** What one part of the expression was, each time that it was evaluated: `Seen` as JSON. */
  | { kind: 'see'; source: string; given: Given; part: Range }
  /** `CaseRun[]` as JSON. */
  | { kind: 'cases'; source: string; cases: readonly GoldenCase[]; tables: readonly TableRows[] };
export type EvaluateRequest = EvaluateTask & { id: number };
export type EvaluateAnswer = { id: number; ms: number } & ({ ok: true; output: string } | { ok: false; failure: MappingFailureFacts });

export interface Seen {
  /** How often it was evaluated; JSON of the first ones, null where it was nothing. */
  times: number;
  values: (string | null)[];
}

export interface CaseRun {
  id: string;
  differences: CaseDifference[];
  /** What came out where it is not what is expected, for who accepts it. */
  output?: unknown;
  failure?: MappingFailureFacts;
}

const seenMax = 20;
const seenTextMax = 2_000;

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<EvaluateRequest>) => void) | null;
  postMessage(answer: EvaluateAnswer): void;
};

scope.onmessage = ({ data }) => {
  const began = performance.now();
  const { id } = data;
  void work(data)
    .then((text) => scope.postMessage({ id, ms: performance.now() - began, ok: true, output: text }))
    .catch((error: unknown) => scope.postMessage({ id, ms: performance.now() - began, ok: false, failure: failureFacts(error) }));
};

const byName = (tables: readonly TableRows[]): Record<string, TableRows> => Object.fromEntries(tables.map((table) => [table.name, table]));

const bindings = ({ input, enriched, flow, delivery, revision, asOf, tables }: Given, more: Bindings['more'] = {}): Bindings => ({
  source: input,
  enriched: enriched ?? {},
  flow,
  delivery,
  revision,
  asOf,
  tables: byName(tables),
  more,
});

async function work(task: EvaluateTask): Promise<string> {
  switch (task.kind) {
    case 'run': {
      const value = await compile(task.source).evaluate(task.given.input, bindings(task.given));
      return JSON.stringify(JSON.parse(output(value)), null, 2);
    }
    case 'see':
      return JSON.stringify(await see(task));
    case 'cases': {
      const runs: CaseRun[] = [];
      for (const one of task.cases) runs.push(await runCase(task.source, one, byName(task.tables)));
      return JSON.stringify(runs);
    }
  }
}

async function see({ source, given, part }: Extract<EvaluateTask, { kind: 'see' }>): Promise<Seen> {
  const seen: Seen = { times: 0, values: [] };
  const look = (value: unknown): unknown => {
    seen.times += 1;
    if (seen.values.length < seenMax) seen.values.push(shortText(value));
    return value;
  };
  try {
    await compile(seeing(source, part)).evaluate(given.input, bindings(given, { [seeingFunction]: look }));
  } catch (error) {
    // What was seen before the expression failed is what helps to find out why.
    if (seen.times === 0) throw error;
  }
  return seen;
}

function shortText(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'function' || (typeof value === 'object' && value !== null && '_jsonata_lambda' in value)) return 'a function';
  const text = JSON.stringify(value) ?? 'a function';
  return text.length > seenTextMax ? `${text.slice(0, seenTextMax - 1)}…` : text;
}

async function runCase(source: string, one: GoldenCase, tables: Record<string, TableRows>): Promise<CaseRun> {
  try {
    const value = await compile(source).evaluate(one.input, bindingsOf(one, tables));
    const made = JSON.parse(output(value)) as unknown;
    const differences = differencesOf(one.expects, { output: made });
    return { id: one.id, differences, ...(differences.length > 0 ? { output: made } : {}) };
  } catch (error) {
    const failure = failureFacts(error);
    const differences = differencesOf(one.expects, { failure });
    return { id: one.id, differences, ...(differences.length > 0 ? { failure } : {}) };
  }
}
