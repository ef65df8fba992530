import { exceptionCategories } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import type { ProblemItem } from '../../platform/problems/index.js';
import { formCheck, readYaml, type FormWords } from '../../platform/yaml/index.js';
import type { FlowDefinition } from './definition.js';
import { priorities } from './priority.js';

const Name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 });
const TypeName = Type.String({ pattern: '^[a-z][a-z-]*@[1-9][0-9]*$' });
const Expression = Type.String({ minLength: 1, maxLength: 10_000 });
const Duration = Type.String({ pattern: '^[1-9][0-9]{0,5}(ms|s|m|h|d)$' });
const By = Type.Record(Type.String({ maxLength: 60 }), Expression, { minProperties: 1, maxProperties: 8 });
const closed = { additionalProperties: false } as const;
const Canonical = Type.Object({ canonical: TypeName }, closed);

/** The shape of a flow file; also the schema that the reference page and the editor's completion are made of. */
export const FlowFile = Type.Object(
  {
    flow: Name,
    description: Type.Optional(Type.String({ maxLength: 500 })),
    from: Type.Union([Type.Object({ connection: Name, stream: Type.String({ maxLength: 80 }) }, closed), Canonical]),
    accept: Type.Optional(Type.String({ maxLength: 120 })),
    key: Type.Optional(Expression),
    revision: Type.Optional(Expression),
    orderBy: Type.Optional(Expression),
    when: Type.Optional(Expression),
    enrich: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]*$' }),
        Type.Union([
          Type.Object({ table: Name, by: By, asOf: Type.Optional(Expression) }, closed),
          Type.Object({ connection: Name, lookup: Type.String({ maxLength: 80 }), by: By }, closed),
          Type.Object({ canonical: TypeName, by: By, asOf: Type.Optional(Expression) }, closed),
        ]),
        { maxProperties: 20 },
      ),
    ),
    map: Name,
    produce: Type.Optional(TypeName),
    permit: Type.Optional(
      Type.Array(
        Type.Object(
          {
            rule: Type.String({ minLength: 1, maxLength: 80 }),
            when: Type.Optional(Expression),
            unless: Type.Optional(Expression),
            on: Type.Optional(Type.Union([Type.Literal('source'), Type.Literal('output')])),
            then: Type.Union([
              Type.Literal('skip'),
              Type.Object(
                { hold: Type.Union(exceptionCategories.map((c) => Type.Literal(c))), say: Type.String({ minLength: 1, maxLength: 1_000 }) },
                closed,
              ),
              Type.Object({ approve: Name, say: Type.Optional(Type.String({ maxLength: 1_000 })) }, closed),
            ]),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    ),
    to: Type.Union([Type.Object({ connection: Name, operation: Type.String({ maxLength: 80 }) }, closed), Canonical]),
    waitFor: Type.Optional(
      Type.Array(Type.Object({ posted: TypeName, key: Expression, within: Type.Optional(Duration) }, closed), { maxItems: 5 }),
    ),
    retry: Type.Optional(
      Type.Object(
        { attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })), from: Type.Optional(Duration), to: Type.Optional(Duration) },
        closed,
      ),
    ),
    blocks: Type.Optional(Type.Union([Type.Literal('document'), Type.Literal('orderingKey')])),
    priority: Type.Optional(Type.Union(priorities.map((one) => Type.Literal(one)))),
    promise: Type.Optional(Type.Object({ within: Duration, share: Type.Number({ exclusiveMinimum: 0, maximum: 100 }) }, closed)),
    edits: Type.Optional(Type.Union([Type.Literal('free'), Type.Literal('never'), Type.Object({ approve: Name }, closed)])),
  },
  closed,
);

const words: FormWords = {
  code: 'FLOW_FIELD',
  file: 'a flow file',
  unions: [
    [/^\/from$/, 'must be { connection, stream } or { canonical: type@version }'],
    [/^\/to$/, 'must be { connection, operation } or { canonical: type@version }'],
    [/^\/enrich\/[^/]+$/, 'must be { table, by }, { connection, lookup, by } or { canonical: type@version, by }'],
    [/^\/edits$/, 'must be free, never or { approve: role }'],
    [/^\/priority$/, `must be ${priorities.join(', ')}`],
    [/^\/permit\/\d+\/then$/, `must be skip, { hold: ${exceptionCategories.join(' | ')}, say } or { approve: role }`],
  ],
};
const problemsOfForm = formCheck(FlowFile, words);

/** A file as read: what could be understood, and every problem of its form, with lines. References to other things are checked apart. */
export interface ReadFlow {
  definition: FlowDefinition | undefined;
  problems: ProblemItem[];
  /** Adds the line to a problem found later. */
  locate(path: string): { line?: number; column?: number };
}

export function readFlowFile(yaml: string): ReadFlow {
  const { value: raw, problems, locate } = readYaml(yaml, { code: 'FLOW_YAML', begins: 'flow' });
  if (!raw) return { definition: undefined, problems, locate };
  problems.push(...problemsOfForm(raw).map((p) => ({ ...p, ...locate(p.path ?? '') })));
  for (const [index, rule] of (Array.isArray(raw['permit']) ? (raw['permit'] as Record<string, unknown>[]) : []).entries()) {
    if ((rule?.['when'] === undefined) === (rule?.['unless'] === undefined)) {
      const path = `/permit/${index}`;
      problems.push({
        code: 'FLOW_FIELD',
        path,
        detail: `the rule ${JSON.stringify(rule?.['rule'] ?? index)} needs either when or unless`,
        ...locate(path),
      });
    }
  }
  return { definition: problems.length === 0 ? complete(raw as never) : undefined, problems, locate };
}

/** Durations as people write them, in milliseconds. */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) as unknown as [string, string, 'ms' | 's' | 'm' | 'h' | 'd'];
  return Number(count) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
}

type Raw = Omit<FlowDefinition, 'retry' | 'waitFor' | 'promise' | 'enrich' | 'permit' | 'blocks' | 'description'> & {
  description?: string;
  enrich?: FlowDefinition['enrich'];
  permit?: FlowDefinition['permit'];
  waitFor?: { posted: string; key: string; within?: string }[];
  retry?: { attempts?: number; from?: string; to?: string };
  promise?: { within: string; share: number };
  blocks?: FlowDefinition['blocks'];
};

function complete({ promise, ...raw }: Raw): FlowDefinition {
  return {
    ...raw,
    description: raw.description ?? '',
    enrich: raw.enrich ?? {},
    permit: raw.permit ?? [],
    waitFor: (raw.waitFor ?? []).map(({ posted, key, within }) => ({ posted, key, withinMs: durationMs(within ?? '72h') })),
    retry: { attempts: raw.retry?.attempts ?? 8, fromMs: durationMs(raw.retry?.from ?? '10s'), toMs: durationMs(raw.retry?.to ?? '1h') },
    blocks: raw.blocks ?? 'document',
    ...(promise ? { promise: { withinMs: durationMs(promise.within), share: promise.share } } : {}),
  };
}
